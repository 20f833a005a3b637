//! Tables as written, in one file or in several: what a file extends comes first, and what it says
//! itself changes it.
//!
//! Invariant: a change replaces whole values, a list too, and never joins two of them. Every key
//! keeps the file that it was written in, so that a mistake is shown where it stands.

use std::ops::Range;

use super::{source::Source, value::Table};
use crate::base::place::Place;

/// A table, and where it was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// Its keys, each as written last.
    pub table: Table,
    /// Where it was written: the definition, then each change. Never empty.
    pub parts: Vec<Part>,
}

/// One place where a table was written.
#[derive(Debug, Clone)]
pub struct Part {
    /// The file.
    pub source: Source,
    /// The bytes in it: of the table, or of the key in its heading.
    pub bytes: Range<usize>,
    /// The bytes of each key with its value, in the order in which they stand.
    keys: Vec<Range<usize>>,
}

impl Written {
    /// A table in one file.
    pub fn new(table: Table, source: &Source, bytes: Range<usize>) -> Self {
        let mut keys: Vec<Range<usize>> =
            table.values().map(|entry| entry.key.start..entry.item.bytes.end).collect();
        keys.sort_by_key(|key| key.start);
        Self { table, parts: vec![Part { source: source.clone(), bytes, keys }] }
    }

    /// Where it is defined.
    pub fn place(&self) -> Place {
        self.parts[0].place()
    }

    /// Takes every key of `later` over what stood here, except those that `keep` names.
    pub fn change(&mut self, later: Self, keep: &[&str]) {
        let changed = later.table.into_iter().filter(|(key, _)| !keep.contains(&key.as_str()));
        self.table.extend(changed);
        self.parts.extend(later.parts);
    }
}

impl Part {
    /// The place.
    pub fn place(&self) -> Place {
        self.source.place(self.bytes.clone())
    }

    /// What each key says there, as written, where the text is known.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().filter_map(|key| self.source.slice(key.clone()))
    }
}
