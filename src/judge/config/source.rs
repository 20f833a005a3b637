//! The text of a configuration file, and the conversion of byte offsets to positions.

use std::{ops::Range, sync::Arc};

use crate::base::{
    place::Place,
    span::{Position, Span},
};

/// The name and text of a configuration file. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name, relative to the workspace root.
    pub file: Arc<str>,
    /// The text; `None` if positions in it mean nothing to a user, as in a manifest's metadata that
    /// cargo has converted to JSON.
    text: Option<Arc<str>>,
    /// The byte offset at which each line starts.
    lines: Arc<[usize]>,
}

impl Source {
    /// Creates the source of `file` with the text `text`.
    pub fn new(file: &str, text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        Self { file: file.into(), text: Some(text.into()), lines: std::iter::once(0).chain(breaks).collect() }
    }

    /// Creates the source of `file` without positions.
    pub fn without_positions(file: &str) -> Self {
        Self { file: file.into(), text: None, lines: Arc::new([]) }
    }

    /// Returns the place of a range of bytes.
    pub fn place(&self, bytes: Range<usize>) -> Place {
        let span = match &self.text {
            Some(text) => {
                Span { start: self.position(text, bytes.start), end: self.position(text, bytes.end) }
            }
            None => Span::default(),
        };
        Place { file: self.file.clone(), span }
    }

    /// Returns the text of a range of bytes, if the text is known.
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
