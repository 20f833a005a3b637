//! Stage 8: what a person or a machine reads. One small file per format, each a pure function of the report.
//!
//! Formats know nothing of each other. Files are read through [`Sources`], since a report shows the source line under
//! each finding and has no text of its own.

pub mod json;
mod snippet;
pub mod text;

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

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

#[cfg(test)]
mod tests;
