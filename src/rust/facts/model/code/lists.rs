//! Lists of ids, and of structs of ids, as ranges of one vector of numbers.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::{
    ArgumentsId, Arm, Bound, Code, Constrained, ExprId, Field, FieldPattern, FieldValue, GenericParameter,
    MemberId, Parameter, PatId, Statement, TypeId,
};
use crate::base::name::Name;

/// The place of a missing entry in a list of ids.
pub const NONE: u32 = u32::MAX;

/// A list of entries: a range of [`Code::lists`](super::Code::lists).
#[derive(Debug, Serialize, Deserialize)]
pub struct List<T> {
    /// The index of the first entry.
    pub first: u32,
    /// The number of entries.
    pub len: u32,
    of: PhantomData<T>,
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<T> {}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { first: 0, len: 0, of: PhantomData }
    }
}

impl<T> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.first, self.len) == (other.first, other.len)
    }
}

impl<T> List<T> {
    /// The list of the entries from `first` on. All empty lists are equal.
    pub fn new(first: usize, len: usize) -> Self {
        Self { first: if len == 0 { 0 } else { first as u32 }, len: len as u32, of: PhantomData }
    }

    /// The range of [`Code::lists`](super::Code::lists).
    #[inline]
    pub fn range(self) -> std::ops::Range<usize> {
        self.first as usize..self.first as usize + self.len as usize
    }

    /// Whether the list has no entries.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// A value that takes a fixed number of entries in [`Code::lists`](super::Code::lists).
pub trait Listed: Sized {
    /// The number of entries.
    const WIDTH: usize;

    /// Appends the entries.
    fn write(self, to: &mut Vec<u32>);

    /// Reads the entries.
    fn read(from: &[u32]) -> Self;
}

impl Code {
    /// Appends a list.
    pub fn list<T: Listed>(&mut self, values: impl IntoIterator<Item = T>) -> List<T> {
        let first = self.lists.len();
        values.into_iter().for_each(|value| value.write(&mut self.lists));
        List::new(first, self.lists.len() - first)
    }

    /// The values of a list.
    #[inline]
    pub fn values<T: Listed>(&self, list: List<T>) -> impl DoubleEndedIterator<Item = T> + ExactSizeIterator {
        self.lists[list.range()].chunks_exact(T::WIDTH).map(T::read)
    }
}

/// The index of an entry that must be there. That of a missing one leads nowhere, which
/// [`sound`](super::super::sound) refuses when facts are read.
#[inline]
pub fn index(number: u32) -> u32 {
    number.min(NONE - 1)
}

/// The id of an entry that may be missing.
fn optional<T>(number: u32, from: impl Fn(u32) -> T) -> Option<T> {
    (number != NONE).then(|| from(number))
}

/// The entry of an id that may be missing.
fn entry<T>(id: Option<T>, raw: impl Fn(T) -> u32) -> u32 {
    id.map_or(NONE, raw)
}

macro_rules! listed_ids {
    ($($id:ident)*) => {$(
        impl Listed for $id {
            const WIDTH: usize = 1;

            fn write(self, to: &mut Vec<u32>) {
                to.push(self.raw());
            }

            #[inline]
            fn read(from: &[u32]) -> Self {
                Self::from_raw(index(from[0]))
            }
        }
    )*};
}

listed_ids!(ExprId PatId TypeId MemberId ArgumentsId);

impl Listed for Name {
    const WIDTH: usize = 1;

    fn write(self, to: &mut Vec<u32>) {
        to.push(self.index() as u32);
    }

    #[inline]
    fn read(from: &[u32]) -> Self {
        Self::of_index(from[0] as usize)
    }
}

impl Listed for Statement {
    const WIDTH: usize = 4;

    fn write(self, to: &mut Vec<u32>) {
        let Self { pattern, ty, value, otherwise } = self;
        to.extend([
            entry(pattern, PatId::raw),
            entry(ty, TypeId::raw),
            entry(value, ExprId::raw),
            entry(otherwise, ExprId::raw),
        ]);
    }

    #[inline]
    fn read(from: &[u32]) -> Self {
        Self {
            pattern: optional(from[0], PatId::from_raw),
            ty: optional(from[1], TypeId::from_raw),
            value: optional(from[2], ExprId::from_raw),
            otherwise: optional(from[3], ExprId::from_raw),
        }
    }
}

impl Listed for Arm {
    const WIDTH: usize = 3;

    fn write(self, to: &mut Vec<u32>) {
        to.extend([self.pattern.raw(), entry(self.guard, ExprId::raw), self.value.raw()]);
    }

    #[inline]
    fn read(from: &[u32]) -> Self {
        let guard = optional(from[1], ExprId::from_raw);
        Self { pattern: PatId::from_raw(index(from[0])), guard, value: ExprId::from_raw(index(from[2])) }
    }
}

impl Listed for Parameter {
    const WIDTH: usize = 2;

    fn write(self, to: &mut Vec<u32>) {
        to.extend([self.pattern.raw(), entry(self.ty, TypeId::raw)]);
    }

    #[inline]
    fn read(from: &[u32]) -> Self {
        Self { pattern: PatId::from_raw(index(from[0])), ty: optional(from[1], TypeId::from_raw) }
    }
}

impl Listed for FieldValue {
    const WIDTH: usize = 2;

    fn write(self, to: &mut Vec<u32>) {
        to.extend([self.member.raw(), self.value.raw()]);
    }

    #[inline]
    fn read(from: &[u32]) -> Self {
        Self { member: MemberId::from_raw(index(from[0])), value: ExprId::from_raw(index(from[1])) }
    }
}

impl Listed for FieldPattern {
    const WIDTH: usize = 2;

    fn write(self, to: &mut Vec<u32>) {
        to.extend([self.member.raw(), self.pattern.raw()]);
    }

    #[inline]
    fn read(from: &[u32]) -> Self {
        Self { member: MemberId::from_raw(index(from[0])), pattern: PatId::from_raw(index(from[1])) }
    }
}

impl Listed for GenericParameter {
    const WIDTH: usize = 2;

    fn write(self, to: &mut Vec<u32>) {
        to.extend([self.name.index() as u32, entry(self.default, TypeId::raw)]);
    }

    #[inline]
    fn read(from: &[u32]) -> Self {
        Self { name: Name::read(from), default: optional(from[1], TypeId::from_raw) }
    }
}

impl Listed for Bound {
    const WIDTH: usize = 2;

    fn write(self, to: &mut Vec<u32>) {
        to.extend([self.ty.raw(), self.of_trait.raw()]);
    }

    #[inline]
    fn read(from: &[u32]) -> Self {
        Self { ty: TypeId::from_raw(index(from[0])), of_trait: TypeId::from_raw(index(from[1])) }
    }
}

impl Listed for Field {
    const WIDTH: usize = 2;

    fn write(self, to: &mut Vec<u32>) {
        to.extend([self.name.index() as u32, self.ty.raw()]);
    }

    #[inline]
    fn read(from: &[u32]) -> Self {
        Self { name: Name::read(from), ty: TypeId::from_raw(index(from[1])) }
    }
}

impl Listed for Constrained {
    const WIDTH: usize = 2;

    fn write(self, to: &mut Vec<u32>) {
        to.extend([self.name.index() as u32, self.ty.raw()]);
    }

    #[inline]
    fn read(from: &[u32]) -> Self {
        Self { name: Name::read(from), ty: TypeId::from_raw(index(from[1])) }
    }
}
