//! Positions in a source file.

use serde::{Deserialize, Serialize};

/// A position in a text. Lines and columns count from 1; columns count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A range of text with an exclusive end. The default span (all zero) means "no position".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first character.
    pub start: Position,
    /// The position after the last character.
    pub end: Position,
}

impl Span {
    /// Creates the span from `(line, column)` to `(end_line, end_column)`.
    pub fn new(line: u32, column: u32, end_line: u32, end_column: u32) -> Self {
        Self { start: Position { line, column }, end: Position { line: end_line, column: end_column } }
    }

    /// Returns the smallest span that contains both spans.
    #[must_use]
    pub fn to(self, last: Span) -> Self {
        Self { start: self.start.min(last.start), end: self.end.max(last.end) }
    }

    /// Returns the smallest span that contains all spans that have a position.
    pub fn of_all(spans: impl IntoIterator<Item = Span>) -> Self {
        spans.into_iter().filter(|span| !span.is_nowhere()).reduce(Span::to).unwrap_or_default()
    }

    /// Returns whether this is the span without a position.
    pub fn is_nowhere(self) -> bool {
        self.start.line == 0
    }
}
