//! The keys that a table knows, as data: one list finds unknown and missing keys, documents the table, and makes the JSON
//! Schema. What a key may hold is taken from where the reader takes it.

use std::fmt;

/// A key that a table knows.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As written in the file.
    pub name: &'static str,
    /// What it may hold.
    pub holds: Holds,
    /// What it means, in one line; where it is left out, too.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: bool,
}

/// What a key may hold.
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
    /// A number that is not negative, whole or not.
    Number,
    /// One string, or a list of them: of what, in a few words. The list may be empty.
    Strings(&'static str),
    /// A selector, or a list of them that is not empty.
    Selectors,
    /// A selector, or a list of them that may be empty.
    SelectorsOrNone,
    /// `true` or `false`, or a list of strings: of what, in a few words.
    FlagOrStrings(&'static str),
    /// A list of strings and of lists of strings.
    Nested(&'static str),
    /// One of these.
    OneOf(fn() -> Vec<&'static str>),
    /// One of these, or a list of them that is not empty.
    ManyOf(fn() -> Vec<&'static str>),
    /// A table, which has keys of its own; or a list of tables.
    Table(&'static str),
}

impl Key {
    /// A key that may be left out.
    pub const fn new(name: &'static str, holds: Holds, doc: &'static str) -> Self {
        Self { name, holds, doc, required: false }
    }

    /// A key that must be there.
    pub const fn required(name: &'static str, holds: Holds, doc: &'static str) -> Self {
        Self { name, holds, doc, required: true }
    }
}

/// The names of `choices`, for [`Holds::OneOf`].
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

/// `a, b or c`.
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
