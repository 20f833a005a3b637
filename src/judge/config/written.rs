//! Tables as written, in one file or in several: a file's own keys change those of the files that
//! it extends.
//!
//! Invariant: a change replaces whole values, including lists, and never merges two of them. Every
//! key keeps the file that contains it, so that an error is reported at its place.

use std::ops::Range;

use super::{source::Source, value::Table};
use crate::base::{order::Order as _, place::Place};

/// A table and the places that define and change it.
#[derive(Debug, Clone)]
pub struct Written {
    /// The keys, each with its last value.
    pub table: Table,
    /// The parts of the table: its definition, then each change. Never empty.
    pub parts: Vec<TablePart>,
}

/// One place that defines or changes a table.
#[derive(Debug, Clone)]
pub struct TablePart {
    /// The file.
    pub source: Source,
    /// The bytes of the table, or of the key in its heading.
    pub bytes: Range<usize>,
    /// The bytes of each key with its value, in the order of the file.
    keys: Vec<Range<usize>>,
}

impl Written {
    /// Creates a table that is written in one file.
    pub fn new(table: Table, source: &Source, bytes: Range<usize>) -> Self {
        let mut keys: Vec<Range<usize>> =
            table.values().map(|entry| entry.key.start..entry.item.bytes.end).collect();
        keys.order_by_key(|key| key.start);
        Self { table, parts: vec![TablePart { source: source.clone(), bytes, keys }] }
    }

    /// Returns the place of the definition.
    pub fn place(&self) -> Place {
        self.parts[0].place()
    }

    /// Replaces values by those of `later`, except for the keys in `keep`.
    pub fn change(&mut self, later: Self, keep: &[&str]) {
        let changed = later.table.into_iter().filter(|(key, _)| !keep.contains(&key.as_str()));
        self.table.extend(changed);
        self.parts.extend(later.parts);
    }
}

impl TablePart {
    /// Returns the place of the part.
    pub fn place(&self) -> Place {
        self.source.place(self.bytes.clone())
    }

    /// Returns the bytes of each key with its value, in the order of the file.
    pub fn entries(&self) -> &[Range<usize>] {
        &self.keys
    }

    /// Returns the text of each key with its value, if the text of the file is known.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().filter_map(|key| self.source.slice(key.clone()))
    }
}
