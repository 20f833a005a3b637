//! Lists of distinct values.

use std::collections::BTreeMap;

/// Numbers values in the order in which they are first seen.
#[derive(Debug)]
pub(super) struct Numbering<T> {
    pub(super) list: Vec<T>,
    known: BTreeMap<T, u32>,
}

impl<T> Default for Numbering<T> {
    fn default() -> Self {
        Self { list: Vec::new(), known: BTreeMap::new() }
    }
}

impl<T: Ord + Copy> Numbering<T> {
    /// Returns the index of `thing` in the list, and adds it if it is new.
    pub(super) fn number(&mut self, thing: T) -> u32 {
        let next = self.list.len() as u32;
        *self.known.entry(thing).or_insert_with(|| {
            self.list.push(thing);
            next
        })
    }

    /// Returns the index of `thing`; -1 for none.
    pub(super) fn optional(&mut self, thing: Option<T>) -> i32 {
        thing.map_or(-1, |thing| self.number(thing) as i32)
    }
}
