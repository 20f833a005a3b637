//! Interned names: every identifier is a `u32` that its [`Names`] table can spell.

use std::num::NonZeroU32;

use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use string_interner::{StringInterner, Symbol, backend::StringBackend};

/// An identifier, without the `r#` of a raw one. Meaningful only together with the table that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name(NonZeroU32);

impl Name {
    /// Its place in the order of its table, from 0.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl Symbol for Name {
    fn try_from_usize(index: usize) -> Option<Self> {
        u32::try_from(index).ok()?.checked_add(1).and_then(NonZeroU32::new).map(Self)
    }

    fn to_usize(self) -> usize {
        self.index()
    }
}

/// A table of names. Not global and not shared: each file's facts own one, and so does the model.
#[derive(Debug, Clone)]
pub struct Names(StringInterner<StringBackend<Name>, FxBuildHasher>);

/// As its names, in the order in which they were first seen: that is what each is called by.
impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|(_, text)| text))
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> serde::de::Visitor<'de> for Texts {
            type Value = Names;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("names")
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut texts: A) -> Result<Names, A::Error> {
                let mut names = Names::default();
                while let Some(text) = texts.next_element::<&str>()? {
                    names.intern(text);
                }
                Ok(names)
            }
        }
        deserializer.deserialize_seq(Texts)
    }
}

impl Default for Names {
    fn default() -> Self {
        Self(StringInterner::with_hasher(FxBuildHasher))
    }
}

impl Names {
    /// The name of `text`, the same each time.
    pub fn intern(&mut self, text: &str) -> Name {
        self.0.get_or_intern(text)
    }

    /// The name of `text` if the table has it.
    pub fn get(&self, text: &str) -> Option<Name> {
        self.0.get(text)
    }

    /// How `name` is spelled.
    pub fn text(&self, name: Name) -> &str {
        self.0.resolve(name).expect("a name belongs to the table that is asked to spell it")
    }

    /// Every name, in the order in which they were first seen.
    pub fn iter(&self) -> impl Iterator<Item = (Name, &str)> {
        self.0.iter()
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
