//! Reports for people and programs. Each format is one small file with a pure function of the
//! report.
//!
//! [`FORMATS`] lists the formats; the command line, its help and the tests read that list. Wording
//! shared by several formats is in [`parts`]; formats for people share escaping functions and the
//! layout of [`text`], and nothing else.
//!
//! Adding a format takes one file and one line in [`FORMATS`].
//!
//! All text of a report may come from a hostile workspace. A format keeps every name, message,
//! reason and path within its quoting; the tests read the output of each format with an independent
//! parser. Files are read through [`Sources`], since a report shows the source line of each finding
//! but contains no source text.

mod links;
pub mod listing;
#[cfg_attr(not(feature = "reports"), allow(dead_code, reason = "the other formats use all of it"))]
mod parts;
#[cfg(feature = "reports")]
pub mod picture;
mod rustc;
mod shorten;
mod snippet;

#[cfg(feature = "reports")]
pub mod azure;
#[cfg(feature = "reports")]
pub mod github;
#[cfg(feature = "reports")]
pub mod gitlab;
#[cfg(feature = "reports")]
pub mod html;
#[cfg(feature = "reports")]
pub mod json;
#[cfg(feature = "reports")]
pub mod junit;
#[cfg(feature = "reports")]
pub mod markdown;
#[cfg(feature = "reports")]
pub mod sarif;
#[cfg(feature = "reports")]
pub mod teamcity;
pub mod text;

pub use links::root_url;

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use crate::judge::{architecture::Granularity, check::Report, metrics::Metrics, rules::ActiveRule};

/// All formats, in the order in which the command line lists them.
pub const FORMATS: &[Format] = &[
    text::FORMAT,
    #[cfg(feature = "reports")]
    json::FORMAT,
    #[cfg(feature = "reports")]
    sarif::FORMAT,
    #[cfg(feature = "reports")]
    junit::FORMAT,
    #[cfg(feature = "reports")]
    github::FORMAT,
    #[cfg(feature = "reports")]
    gitlab::FORMAT,
    #[cfg(feature = "reports")]
    teamcity::FORMAT,
    #[cfg(feature = "reports")]
    azure::FORMAT,
    #[cfg(feature = "reports")]
    markdown::FORMAT,
    #[cfg(feature = "reports")]
    html::FORMAT,
];

/// A way to write a report.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name of the format on the command line.
    pub name: &'static str,
    /// The readers of the format, in one line.
    pub doc: &'static str,
    /// Returns the whole report, with a final line end.
    pub render: fn(&Report, &ReportContext<'_>) -> String,
}

impl Format {
    /// Returns whether the output contains commands to a CI runner.
    #[cfg(feature = "reports")]
    pub fn is_commands(&self) -> bool {
        [github::FORMAT.name, teamcity::FORMAT.name, azure::FORMAT.name].contains(&self.name)
    }
}

/// The input of a format in addition to the report.
#[derive(Debug, Clone, Copy)]
pub struct ReportContext<'a> {
    /// The source lines.
    pub sources: &'a Sources<'a>,
    /// The rules that were checked: a report also lists rules without findings.
    pub rules: &'a [ActiveRule],
    /// The folder of the workspace within its repository: `backend`, or empty if the workspace root
    /// is the repository's root. Code hosts identify files by their path in the repository.
    pub folder: &'a str,
    /// The metrics of the workspace, for formats that show them.
    pub numbers: Option<&'a Numbers>,
}

/// The metrics of a workspace: of the whole, and of all subjects at one level.
#[derive(Debug, Clone)]
pub struct Numbers {
    /// The level.
    pub level: Option<Granularity>,
    /// The measured values.
    pub metrics: Metrics,
}

impl ReportContext<'_> {
    /// Returns the path of `file`, which is relative to the workspace root, within the repository.
    pub fn in_repository(&self, file: &str) -> String {
        let mut path: Vec<&str> = self.folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in file.split('/') {
            if part == ".." && path.last().is_some_and(|last| *last != "..") {
                path.pop();
            } else {
                path.push(part);
            }
        }
        path.join("/")
    }
}

/// Returns the format with the name `name`.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The file of a finding without a place, for formats that require a file for each finding.
#[cfg(feature = "reports")]
const CONFIGURATION: &str = "archlint.toml";

/// The length in bytes of the longest line that is shown. Longer lines were not written by hand;
/// only their position is given.
const MAX_LINE: usize = 2_000;

/// Returns the text of a file by its name relative to the workspace root; `None` if the file cannot
/// be read.
pub type Read<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The lines of source files, each file read once.
pub struct Sources<'a> {
    read: &'a Read<'a>,
    files: RefCell<BTreeMap<String, Option<Rc<Text>>>>,
}

/// The text of a file, and the positions of its lines.
#[derive(Debug)]
pub struct Text {
    text: String,
    starts: Vec<usize>,
}

impl std::fmt::Debug for Sources<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sources").field("files", &self.files.borrow().len()).finish_non_exhaustive()
    }
}

impl<'a> Sources<'a> {
    /// Creates sources whose texts are returned by `read`.
    pub fn new(read: &'a Read<'a>) -> Self {
        Self { read, files: RefCell::default() }
    }

    /// Returns the text of `file`.
    pub fn file(&self, file: &str) -> Option<Rc<Text>> {
        if let Some(known) = self.files.borrow().get(file) {
            return known.clone();
        }
        let text = (self.read)(file).map(|text| Rc::new(Text::new(text)));
        self.files.borrow_mut().insert(file.to_owned(), text.clone());
        text
    }
}

impl Text {
    fn new(text: String) -> Self {
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        let starts = std::iter::once(0).chain(breaks).collect();
        Self { text, starts }
    }

    /// Returns the line with number `line`, from 1, without its line end.
    pub fn line(&self, line: u32) -> Option<&str> {
        let at = (line as usize).checked_sub(1)?;
        let start = *self.starts.get(at)?;
        let end = self.starts.get(at + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text.get(start..end)?;
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

#[cfg(all(test, feature = "reports"))]
mod hostile;
#[cfg(all(test, feature = "reports"))]
mod tests;
