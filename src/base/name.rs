//! Interned names: every identifier is a `u32` that its [`Names`] table can spell.

use std::{hash::BuildHasher as _, num::NonZeroU32, sync::OnceLock};

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

/// An identifier, without the `r#` of a raw one. Meaningful only together with the table that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name(NonZeroU32);

impl Name {
    fn of_index(index: usize) -> Self {
        let number = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
        Self(number.expect("a table of names holds less than 2^32 of them"))
    }

    /// Its place in the order of its table, from 0.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A table of names. Not global and not shared: each file's facts own one, and so does the model.
///
/// All texts are one text; most tables that are read from a cache are only ever asked to spell, so the index by text is
/// made when it is first wanted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Names {
    text: String,
    /// Where each name ends in `text`.
    ends: Vec<u32>,
    #[serde(skip)]
    by_text: OnceLock<HashTable<Name>>,
}

impl Names {
    /// The name of `text`, the same each time.
    ///
    /// # Panics
    /// Where all names together have more than 4 GiB, which no source that is read can bring about.
    pub fn intern(&mut self, text: &str) -> Name {
        let hash = hash(text);
        if let Some(name) = self.find(text, hash) {
            return name;
        }
        let name = Name::of_index(self.ends.len());
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).expect("names have less than 4 GiB together"));
        let Self { text: all, ends, by_text } = self;
        if let Some(index) = by_text.get_mut() {
            index.insert_unique(hash, name, |&name| self::hash(spelled(all, ends, name)));
        }
        name
    }

    /// The name of `text` if the table has it.
    pub fn get(&self, text: &str) -> Option<Name> {
        self.find(text, hash(text))
    }

    fn find(&self, text: &str, hash: u64) -> Option<Name> {
        let index = self.by_text.get_or_init(|| {
            let mut index = HashTable::with_capacity(self.len());
            for (name, text) in self.iter() {
                index.insert_unique(self::hash(text), name, |&name| self::hash(self.text(name)));
            }
            index
        });
        index.find(hash, |&name| self.text(name) == text).copied()
    }

    /// How `name` is spelled.
    pub fn text(&self, name: Name) -> &str {
        spelled(&self.text, &self.ends, name)
    }

    /// Every name, in the order in which they were first seen.
    pub fn iter(&self) -> impl Iterator<Item = (Name, &str)> {
        (0..self.len()).map(Name::of_index).map(|name| (name, self.text(name)))
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

fn spelled<'t>(text: &'t str, ends: &[u32], name: Name) -> &'t str {
    let start = name.index().checked_sub(1).map_or(0, |before| ends[before]);
    &text[start as usize..ends[name.index()] as usize]
}

fn hash(text: &str) -> u64 {
    FxBuildHasher.hash_one(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_name_also_after_the_table_was_written_down() {
        let mut names = Names::default();
        let texts = ["a", "", "ab", "b", "größe", "a"];
        let given = texts.map(|text| names.intern(text));
        assert_eq!(given.map(|name| names.text(name)), texts);
        assert_eq!((given[0], names.len()), (given[5], 5));
        let bytes = postcard::to_stdvec(&names).unwrap();
        let mut read: Names = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(read.get("größe"), Some(given[4]));
        assert_eq!(read.get("c"), None);
        assert_eq!((read.intern("b"), read.intern("c").index()), (given[3], 5));
        assert!(read.iter().map(|(_, text)| text).eq(["a", "", "ab", "b", "größe", "c"]));
    }
}
