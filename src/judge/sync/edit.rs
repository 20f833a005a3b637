//! Edits of a text by ranges of bytes: everything outside of them stays as it is, down to comments,
//! line ends and the order of keys.

use std::ops::Range;

/// The replacement of a range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes.
    pub bytes: Range<usize>,
    /// The new text.
    pub text: String,
}

impl Edit {
    /// Creates the insertion of `text` at `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { bytes: at..at, text: text.into() }
    }

    /// Creates the removal of `bytes`.
    pub fn remove(bytes: Range<usize>) -> Self {
        Self { bytes, text: String::new() }
    }
}

/// Applies `edits`, which do not overlap. Insertions at one place keep their order, and come before
/// a replacement that starts there.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.bytes.start, edit.bytes.end));
    let (mut result, mut at) = (String::new(), 0);
    for Edit { bytes, text: new } in edits {
        result.push_str(text.get(at..bytes.start).unwrap_or_default());
        result.push_str(&new);
        at = at.max(bytes.end);
    }
    result + text.get(at..).unwrap_or_default()
}

/// Returns the line end of `text`.
pub fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Returns the bytes of the line of `at`, its line end included.
pub fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
    let end = text[at..].find('\n').map_or(text.len(), |found| at + found + 1);
    start..end
}

/// Returns whether a line has a comment outside of its strings.
pub fn has_comment(line: &str) -> bool {
    let mut quote = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '#') => return true,
            (None, '"' | '\'') => quote = Some(c),
            (Some('"'), '\\') => drop(chars.next()),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    false
}
