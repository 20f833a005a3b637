//! The text of a configuration file, and the conversion of byte offsets to positions.

use std::{ops::Range, sync::Arc};

use crate::base::{
    place::Place,
    span::{Position, Span},
};

/// The number of bytes after which a line continues in another stretch.
const LONGEST_STRETCH: usize = 256;

/// A short part of one line. Columns count characters, so the characters before a place must be
/// counted: from the start of a line, this would take time quadratic in the length of a file that is
/// one line.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// The byte offset.
    start: usize,
    /// The position of its first character.
    position: Position,
}

/// The name and text of a configuration file. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name, relative to the workspace root.
    pub file: Arc<str>,
    /// The text; `None` if positions in it mean nothing to a user, as in a manifest's metadata that
    /// cargo has converted to JSON.
    text: Option<Arc<str>>,
    /// The stretches of the text, in order.
    stretches: Arc<[Stretch]>,
}

impl Source {
    /// Creates the source of `file` with the text `text`.
    pub fn new(file: &str, text: &str) -> Self {
        Self { file: file.into(), text: Some(text.into()), stretches: stretches(text).into() }
    }

    /// Creates the source of `file` without positions.
    pub fn without_positions(file: &str) -> Self {
        Self { file: file.into(), text: None, stretches: Arc::new([]) }
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
        let after = self.stretches.partition_point(|stretch| stretch.start <= byte);
        let Some(Stretch { start, position }) = self.stretches[..after].last() else {
            return Position::default();
        };
        let before = text.get(*start..byte).unwrap_or("");
        Position { column: position.column + before.chars().count() as u32, ..*position }
    }
}

/// Divides a text into stretches.
fn stretches(text: &str) -> Vec<Stretch> {
    let mut all = vec![Stretch { start: 0, position: Position { line: 1, column: 1 } }];
    let (mut start, mut at) = (0, Position { line: 1, column: 1 });
    for (byte, char) in text.char_indices() {
        if byte - start >= LONGEST_STRETCH {
            start = byte;
            all.push(Stretch { start, position: at });
        }
        at.column += 1;
        if char == '\n' {
            (start, at) = (byte + 1, Position { line: at.line + 1, column: 1 });
            all.push(Stretch { start, position: at });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The position that counting from the start of the text gives.
    fn counted(text: &str, byte: usize) -> Position {
        let before = &text[..byte];
        let line = before.rsplit('\n').next().unwrap_or_default();
        Position { line: before.matches('\n').count() as u32 + 1, column: line.chars().count() as u32 + 1 }
    }

    #[test]
    fn long_lines_count_like_short_ones() {
        let text = format!("a\n{}\n\n{}", "bü€𝄞".repeat(200), "x".repeat(LONGEST_STRETCH * 3));
        let source = Source::new("archlint.toml", &text);
        for (byte, _) in text.char_indices() {
            assert_eq!(source.place(byte..byte).span.start, counted(&text, byte), "{byte}");
        }
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::new("archlint.toml", "a = 1\nβ = \"ü\"\n");
        let start = source.slice(6..8).unwrap();
        assert_eq!(start, "β");
        assert_eq!(source.place(11..15).span, Span::new(2, 5, 2, 8));
        assert_eq!(source.place(999..999).span.start.line, 3, "past the end is the last line");
    }
}
