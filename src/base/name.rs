//! Interned names: every identifier is a `u32` that its [`Names`] table can spell.

use rustc_hash::FxBuildHasher;
use string_interner::{StringInterner, backend::StringBackend, symbol::SymbolU32};

/// An identifier, without the `r#` of a raw one. Meaningful only together with the table that gave it.
pub type Name = SymbolU32;

/// A table of names. Not global and not shared: each file's facts own one, and so does the model.
#[derive(Debug, Clone)]
pub struct Names(StringInterner<StringBackend<Name>, FxBuildHasher>);

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
