//! Namespaces: the same name can mean a type, a value and a macro at once (the Rust Reference,
//! "Namespaces").

use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

/// A namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Namespace {
    /// Modules, types, traits, enums, crates.
    Types,
    /// Functions, constants, statics, constructors.
    Values,
    /// Macros of all kinds.
    Macros,
}

impl Namespace {
    /// The namespaces, in the order in which a name's meanings are listed.
    pub const ALL: [Self; 3] = [Self::Types, Self::Values, Self::Macros];

    /// The bit of the namespace in a set.
    pub const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The namespaces in which a name is looked up, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Namespaces(u8);

impl Namespaces {
    /// Types alone.
    pub const TYPES: Self = Self(Namespace::Types.bit());
    /// Values alone.
    pub const VALUES: Self = Self(Namespace::Values.bit());
    /// Macros alone.
    pub const MACROS: Self = Self(Namespace::Macros.bit());
    /// All three.
    pub const ALL: Self = Self(Self::TYPES.0 | Self::VALUES.0 | Self::MACROS.0);

    /// Whether `namespace` is in the set.
    pub fn has(self, namespace: Namespace) -> bool {
        self.0 & namespace.bit() != 0
    }

    /// The namespaces of the set, in the order of [`Namespace::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Namespace> {
        Namespace::ALL.into_iter().filter(move |&namespace| self.has(namespace))
    }

    /// The union of both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// One value for each namespace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PerNamespace<T>([T; 3]);

impl<T> PerNamespace<T> {
    /// The values, in the order of [`Namespace::ALL`].
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<T> Index<Namespace> for PerNamespace<T> {
    type Output = T;

    fn index(&self, namespace: Namespace) -> &T {
        &self.0[namespace as usize]
    }
}

impl<T> IndexMut<Namespace> for PerNamespace<T> {
    fn index_mut(&mut self, namespace: Namespace) -> &mut T {
        &mut self.0[namespace as usize]
    }
}
