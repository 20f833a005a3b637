//! Interned names: every identifier is a `u32`, whose text is in its [`Names`] table.

use std::{borrow::Cow, hash::BuildHasher as _, num::NonZeroU32, ops::Range, sync::OnceLock};

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use unicode_normalization::UnicodeNormalization as _;

/// An identifier, without the `r#` of a raw one. It is meaningful only together with the table that
/// created it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name(NonZeroU32);

/// The form in which rustc compares identifiers: without the `r#` of a raw one, and in Unicode's
/// normal form C (the Rust Reference, "Identifiers").
pub fn normalized(identifier: &str) -> Cow<'_, str> {
    let plain = identifier.strip_prefix("r#").unwrap_or(identifier);
    if plain.is_ascii() { Cow::Borrowed(plain) } else { Cow::Owned(plain.nfc().collect()) }
}

impl Name {
    /// Returns the name with that index in its table; the inverse of [`Self::index`].
    ///
    /// # Panics
    /// Panics if the index is 2^32 - 1 or more.
    #[inline]
    pub fn of_index(index: usize) -> Self {
        let number = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
        Self(number.expect("a table of names holds less than 2^32 of them"))
    }

    /// Returns the name's index in its table, from 0.
    #[inline]
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A table of names. A table is neither global nor shared: the facts of each file own one, and so
/// does the model.
///
/// All texts are stored in one string. Most tables that are read from a cache are only used to look
/// up texts, so the index by text is built on first use. Deserialization fails if a name would lie
/// outside of that string.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Names {
    text: String,
    /// The end of each name in `text`.
    ends: Vec<u32>,
    #[serde(skip)]
    by_text: OnceLock<HashTable<Name>>,
}

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Self::deserialize(deserializer)?;
        let is_end = |&end: &u32| names.text.is_char_boundary(end as usize);
        if names.ends.is_sorted() && names.ends.iter().all(is_end) {
            Ok(names)
        } else {
            Err(D::Error::custom("a name ends outside of the text"))
        }
    }
}

impl Names {
    /// Returns the name for `text`; the same text always has the same name.
    ///
    /// # Panics
    /// Panics if all names together exceed 4 GiB, which cannot happen within the size
    /// limits for source files.
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

    /// Returns the name for `text` if the table contains it.
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
        // Whole names are compared, so it does not matter where their characters start.
        let (all, ends) = (self.text.as_bytes(), &self.ends);
        index.find(hash, |&name| all[range(ends, name)] == *text.as_bytes()).copied()
    }

    /// Returns the text of `name`.
    pub fn text(&self, name: Name) -> &str {
        spelled(&self.text, &self.ends, name)
    }

    /// Returns all names, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (Name, &str)> {
        (0..self.len()).map(Name::of_index).map(|name| (name, self.text(name)))
    }

    /// Returns the number of names.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns whether the table is empty.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

fn spelled<'t>(text: &'t str, ends: &[u32], name: Name) -> &'t str {
    &text[range(ends, name)]
}

#[inline]
fn range(ends: &[u32], name: Name) -> Range<usize> {
    let start = name.index().checked_sub(1).map_or(0, |before| ends[before]);
    start as usize..ends[name.index()] as usize
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
        for ends in [vec![1, 0], vec![9], vec![2]] {
            let wrong = Names { text: "\u{e4}\u{f6}b".into(), ends, by_text: OnceLock::new() };
            let bytes = postcard::to_stdvec(&wrong).unwrap();
            let refused = postcard::from_bytes::<Names>(&bytes).is_err();
            assert_eq!(refused, wrong.ends != [2]);
        }
        assert!(read.iter().map(|(_, text)| text).eq(["a", "", "ab", "b", "größe", "c"]));
    }
}
