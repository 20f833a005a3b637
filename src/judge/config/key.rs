//! The keys of a table, as data: the same list detects unknown and missing keys, documents the
//! table, and generates the JSON Schema. The choices of a key come from the table that its reader
//! uses.

use std::fmt;

/// A key of a table.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key as written in the file.
    pub name: &'static str,
    /// The type of the value.
    pub holds: Holds,
    /// The meaning in one line, including the meaning of its absence.
    pub doc: &'static str,
    /// Whether the key is required.
    pub required: bool,
}

/// The type of a key's value.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// Any text.
    Text,
    /// A name.
    Name,
    /// A rule's id: a name of letters, digits, `-`, `_`, `.` and `/`.
    Id,
    /// `true` or `false`.
    Flag,
    /// A whole number that is not negative.
    Count,
    /// A number that is not negative.
    Number,
    /// A string, or a list of strings that may be empty. The text describes the strings in a few
    /// words.
    Strings(&'static str),
    /// A selector, or a list of them that is not empty.
    Selectors,
    /// A selector, or a list of them that may be empty.
    SelectorsOrNone,
    /// A boolean, or a list of strings, which the text describes in a few words.
    FlagOrStrings(&'static str),
    /// A list of strings and of lists of strings, which the text describes in a few words.
    Nested(&'static str),
    /// One of the choices.
    OneOf(fn() -> Vec<&'static str>),
    /// One of the choices, or a list of them that is not empty.
    ManyOf(fn() -> Vec<&'static str>),
    /// A table with keys of its own, or a list of tables.
    Table(&'static str),
}

impl Key {
    /// Returns a key that is optional.
    pub const fn new(name: &'static str, holds: Holds, doc: &'static str) -> Self {
        Self { name, holds, doc, required: false }
    }

    /// Returns a key that is required.
    pub const fn required(name: &'static str, holds: Holds, doc: &'static str) -> Self {
        Self { name, holds, doc, required: true }
    }
}

/// Returns the names of `choices`, for [`Holds::OneOf`].
pub fn names<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
    choices.iter().map(|(name, _)| *name).collect()
}

impl fmt::Display for Holds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::Name | Self::Id => f.write_str("a name"),
            Self::Flag => f.write_str("true or false"),
            Self::Count => f.write_str("a whole number"),
            Self::Number => f.write_str("a number"),
            Self::Selectors | Self::SelectorsOrNone => f.write_str("selectors"),
            Self::FlagOrStrings(what) => write!(f, "true, or {what}"),
            Self::Strings(what) | Self::Nested(what) | Self::Table(what) => f.write_str(what),
            Self::OneOf(values) => f.write_str(&list(&values(), "or")),
            Self::ManyOf(values) => f.write_str(&list(&values(), "and")),
        }
    }
}

/// Returns a list in prose, such as `a, b or c`, where `or` is `last`.
fn list(values: &[&str], last: &str) -> String {
    match values {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [front @ .., end] => format!("{} {last} {end}", front.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_key_holds_reads_as_words() {
        assert_eq!(Holds::OneOf(|| vec!["a", "b", "c"]).to_string(), "a, b or c");
        assert_eq!(Holds::ManyOf(|| vec!["a", "b"]).to_string(), "a and b");
        assert_eq!(Holds::Strings("file globs").to_string(), "file globs");
    }
}
