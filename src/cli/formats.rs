//! The formats of a command, as a table that the command line, its help and the choice by a file's
//! extension share.
//!
//! A new format is a line in the table of its command.

use std::{fmt, path::Path};

use anyhow::bail;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::base::text::Printable;

/// An output format of a command; `W` is its writer.
pub struct Format<W> {
    /// The name on the command line.
    pub name: &'static str,
    /// The intended readers, in one line.
    pub doc: &'static str,
    /// The extensions of its files, in lower case; empty if the extension does not determine the
    /// format.
    pub extensions: &'static [&'static str],
    /// The writer.
    pub write: W,
}

impl<W> fmt::Debug for Format<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Format").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Parses the name of one of `formats`.
pub fn named<W: Sync + 'static>(
    formats: &'static [Format<W>],
) -> impl TypedValueParser<Value = &'static Format<W>> {
    let values = formats.iter().map(|format| PossibleValue::new(format.name).help(format.doc));
    let find = move |name: String| formats.iter().find(|format| format.name == name);
    PossibleValuesParser::new(values).try_map(move |name| find(name).ok_or("there is no such format"))
}

/// Returns the format that was requested, or else the one for the extension of the output file, or
/// else the first.
///
/// # Errors
/// Returns an error if no format was requested and none has the file's extension.
pub fn choose<W>(
    formats: &'static [Format<W>],
    asked: Option<&'static Format<W>>,
    output: Option<&Path>,
) -> anyhow::Result<&'static Format<W>> {
    if let Some(asked) = asked {
        return Ok(asked);
    }
    let extension = output.and_then(|path| path.extension()).map(|e| e.to_string_lossy().to_lowercase());
    let Some(extension) = extension else { return Ok(&formats[0]) };
    let Some(format) = formats.iter().find(|format| format.extensions.contains(&extension.as_str())) else {
        bail!(
            "no format of this command has the extension `.{}`: choose one with --format",
            Printable(&extension)
        );
    };
    Ok(format)
}
