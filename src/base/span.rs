//! Positions in a source file.

use serde::{Deserialize, Serialize};

/// A place in a text. Lines and columns count from 1; columns count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A stretch of text, its end exclusive. The default span (all zero) stands for "nowhere in particular".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
}

impl Span {
    /// The span from `(line, column)` to `(end_line, end_column)`.
    pub fn new(line: u32, column: u32, end_line: u32, end_column: u32) -> Self {
        Self { start: Position { line, column }, end: Position { line: end_line, column: end_column } }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, last: Span) -> Self {
        Self { start: self.start.min(last.start), end: self.end.max(last.end) }
    }

    /// The smallest span that holds all those that are somewhere.
    pub fn of_all(spans: impl IntoIterator<Item = Span>) -> Self {
        spans.into_iter().filter(|span| !span.is_nowhere()).reduce(Span::to).unwrap_or_default()
    }

    /// Whether this is the span that stands for no place at all.
    pub fn is_nowhere(self) -> bool {
        self.start.line == 0
    }
}
