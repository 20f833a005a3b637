//! The reasons why a workspace cannot be analysed.

use std::path::{Path, PathBuf};

use crate::base::{codes::Code, span::Position};

/// The error because of which a workspace cannot be read: what happened, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct WorkspaceError {
    /// The kind of problem.
    pub code: &'static Code,
    /// The message: one line that starts in lower case and has no full stop.
    pub message: String,
    /// The faulty manifest: absolute, or relative to the base of the files that were read.
    pub file: Option<PathBuf>,
    /// The position in the manifest.
    pub position: Option<Position>,
    /// Advice on how to fix the problem.
    pub help: Option<String>,
}

impl WorkspaceError {
    pub(super) fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), file: None, position: None, help: None }
    }

    pub(super) fn at(self, file: impl Into<PathBuf>) -> Self {
        Self { file: Some(file.into()), ..self }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Makes the file absolute, given the folder that the path is relative to.
    pub(super) fn on_disk(self, base: &Path) -> Self {
        Self { file: self.file.map(|file| base.join(file)), ..self }
    }
}

/// The position of a byte in a text.
pub(super) fn position(text: &str, offset: usize) -> Position {
    let boundary = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let before = &text[..boundary.unwrap_or(0)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(1);
    Position {
        line: count(before.matches('\n').count()),
        column: count(before[line_start..].chars().count()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        assert_eq!(position("ab\nçd", 0), Position { line: 1, column: 1 });
        assert_eq!(position("ab\nçd", 5), Position { line: 2, column: 2 });
        assert_eq!(position("ab", 99), Position { line: 1, column: 3 });
    }
}
