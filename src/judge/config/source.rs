//! The text of a configuration file, and where in it things stand.

use std::{ops::Range, sync::Arc};

use crate::base::{
    place::Place,
    span::{Position, Span},
};

/// A configuration file's name and text. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name, relative to the workspace root.
    pub file: Arc<str>,
    /// `None` where positions in the text mean nothing to the reader of the file, as in a
    /// manifest's metadata.
    text: Option<Arc<str>>,
    /// The byte at which each line starts.
    lines: Arc<[usize]>,
}

impl Source {
    /// The file `file`, whose text is `text`.
    pub fn new(file: &str, text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        Self { file: file.into(), text: Some(text.into()), lines: std::iter::once(0).chain(breaks).collect() }
    }

    /// The file `file`, in which no position is known.
    pub fn without_positions(file: &str) -> Self {
        Self { file: file.into(), text: None, lines: Arc::new([]) }
    }

    /// The place of some bytes of the text.
    pub fn place(&self, bytes: Range<usize>) -> Place {
        let span = match &self.text {
            Some(text) => {
                Span { start: self.position(text, bytes.start), end: self.position(text, bytes.end) }
            }
            None => Span::default(),
        };
        Place { file: self.file.clone(), span }
    }

    /// The text of some bytes, where it is known.
    pub fn slice(&self, bytes: Range<usize>) -> Option<&str> {
        self.text.as_deref()?.get(bytes)
    }

    fn position(&self, text: &str, byte: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= byte).max(1);
        let before = text.get(self.lines[line - 1]..byte).unwrap_or("");
        Position { line: line as u32, column: before.chars().count() as u32 + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("archlint.toml", "a = 1\nβ = \"ü\"\n");
        let start = source.slice(6..8).unwrap();
        assert_eq!(start, "β");
        assert_eq!(source.place(11..15).span, Span::new(2, 5, 2, 8));
        assert_eq!(source.place(999..999).span.start.line, 3, "past the end is the last line");
    }
}
