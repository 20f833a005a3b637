//! What a person or a machine reads. One small file per format, each a pure function of the report.
//!
//! [`FORMATS`] lists them; the command line, its help and the tests read that list. What several formats say in the same
//! words is in [`parts`]; formats for people borrow each other's escaping and the look of [`text`], and nothing else.
//!
//! Another format is one file and one line in [`FORMATS`].
//!
//! All text of a report may come from a hostile workspace. A format keeps every name, message, reason and path within its
//! quoting; the tests read each format back with somebody else's parser. Files are read through [`Sources`], since a report
//! shows the source line under each finding and has no text of its own.

mod links;
#[cfg_attr(not(feature = "reports"), allow(dead_code, reason = "the other formats use all of it"))]
mod parts;
#[cfg(feature = "reports")]
mod picture;
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

use crate::judge::{
    check::Report,
    metrics::{Level, Metrics},
    rules::ActiveRule,
};

/// Every format, in the order in which the command line lists them.
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
    /// What the command line calls it.
    pub name: &'static str,
    /// Who reads it, in one line.
    pub doc: &'static str,
    /// The whole report, with a line end.
    pub render: fn(&Report, &Context<'_>) -> String,
}

impl Format {
    /// Whether what it writes tells a runner of continuous integration what to do.
    #[cfg(feature = "reports")]
    pub fn is_commands(&self) -> bool {
        [github::FORMAT.name, teamcity::FORMAT.name, azure::FORMAT.name].contains(&self.name)
    }
}

/// What a format may use beside the report.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The source lines.
    pub sources: &'a Sources<'a>,
    /// The rules that were checked: those that nothing breaks are part of a report, too.
    pub rules: &'a [ActiveRule],
    /// The folder of the workspace within its repository: `backend`, or nothing where it is the repository's root. Code
    /// hosts know files by their path in the repository.
    pub folder: &'a str,
    /// How large and how entangled the code is, for those who show it.
    pub numbers: Option<&'a Numbers>,
}

/// The numbers of a workspace: of the whole, and of all that there is at a level.
#[derive(Debug, Clone)]
pub struct Numbers {
    /// The level.
    pub level: Level,
    /// What was measured.
    pub metrics: Metrics,
}

impl Context<'_> {
    /// The path of `file`, which is relative to the workspace root, within the repository.
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

/// The format with the name `name`.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Where a finding stands that stands nowhere else, for formats that want a file for each.
#[cfg(feature = "reports")]
const CONFIGURATION: &str = "archlint.toml";

/// The longest line, in bytes, that is shown. Longer ones were not written by hand; their place is named alone.
const MAX_LINE: usize = 2_000;

/// Gives the text of a file by its name relative to the workspace root; `None` where it cannot be read.
pub type Read<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The lines of source files, each file read once.
pub struct Sources<'a> {
    read: &'a Read<'a>,
    files: RefCell<BTreeMap<String, Option<Rc<Text>>>>,
}

/// A file's text and where its lines are.
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
    /// The sources that `read` gives.
    pub fn new(read: &'a Read<'a>) -> Self {
        Self { read, files: RefCell::default() }
    }

    /// The text of `file`.
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

    /// The line with number `line`, from 1, without its end.
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
