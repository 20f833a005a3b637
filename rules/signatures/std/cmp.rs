//! `std::cmp`.

pub trait PartialEq<R = Self> {
    fn eq(&self, other: &R) -> bool;
    fn ne(&self, other: &R) -> bool {}
}

pub trait Eq: PartialEq {}

pub trait PartialOrd<R = Self>: PartialEq<R> {
    fn partial_cmp(&self, other: &R) -> Option<Ordering>;
    fn lt(&self, other: &R) -> bool {}
    fn le(&self, other: &R) -> bool {}
    fn gt(&self, other: &R) -> bool {}
    fn ge(&self, other: &R) -> bool {}
}

pub trait Ord: Eq + PartialOrd {
    fn cmp(&self, other: &Self) -> Ordering;
    fn max(self, other: Self) -> Self {}
    fn min(self, other: Self) -> Self {}
    fn clamp(self, min: Self, max: Self) -> Self {}
}

impl<A: PartialEq<B>, B> PartialEq<&B> for &A {}
impl<A: Eq> Eq for &A {}
impl<A: PartialOrd<B>, B> PartialOrd<&B> for &A {}
impl<A: Ord> Ord for &A {}
impl PartialEq for () {}
impl<A: PartialEq, B: PartialEq> PartialEq for (A, B) {}
impl<A: Eq, B: Eq> Eq for (A, B) {}
impl<A: PartialOrd, B: PartialOrd> PartialOrd for (A, B) {}
impl<A: Ord, B: Ord> Ord for (A, B) {}
impl<A: PartialEq, B: PartialEq, C: PartialEq> PartialEq for (A, B, C) {}
impl<A: Eq, B: Eq, C: Eq> Eq for (A, B, C) {}
impl<A: PartialOrd, B: PartialOrd, C: PartialOrd> PartialOrd for (A, B, C) {}
impl<A: Ord, B: Ord, C: Ord> Ord for (A, B, C) {}

pub enum Ordering {
    Less,
    Equal,
    Greater,
}

impl Ordering {
    pub fn is_eq(self) -> bool {}
    pub fn is_ne(self) -> bool {}
    pub fn is_lt(self) -> bool {}
    pub fn is_gt(self) -> bool {}
    pub fn is_le(self) -> bool {}
    pub fn is_ge(self) -> bool {}
    pub fn reverse(self) -> Ordering {}
    pub fn then(self, other: Ordering) -> Ordering {}
    pub fn then_with<F: FnOnce() -> Ordering>(self, f: F) -> Ordering {}
}

impl Clone for Ordering {}
impl Copy for Ordering {}
impl PartialEq for Ordering {}
impl Eq for Ordering {}
impl PartialOrd for Ordering {}
impl Ord for Ordering {}
impl crate::hash::Hash for Ordering {}
impl crate::fmt::Debug for Ordering {}

pub struct Reverse<T>(pub T);

impl<T: Clone> Clone for Reverse<T> {}
impl<T: Copy> Copy for Reverse<T> {}
impl<T: Default> Default for Reverse<T> {}
impl<T: PartialEq> PartialEq for Reverse<T> {}
impl<T: Eq> Eq for Reverse<T> {}
impl<T: PartialOrd> PartialOrd for Reverse<T> {}
impl<T: Ord> Ord for Reverse<T> {}
impl<T: crate::hash::Hash> crate::hash::Hash for Reverse<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for Reverse<T> {}

pub fn max<T: Ord>(a: T, b: T) -> T {}
pub fn min<T: Ord>(a: T, b: T) -> T {}
pub fn max_by<T, F: FnOnce(&T, &T) -> Ordering>(a: T, b: T, f: F) -> T {}
pub fn min_by<T, F: FnOnce(&T, &T) -> Ordering>(a: T, b: T, f: F) -> T {}
pub fn max_by_key<T, F: FnMut(&T) -> K, K: Ord>(a: T, b: T, f: F) -> T {}
pub fn min_by_key<T, F: FnMut(&T) -> K, K: Ord>(a: T, b: T, f: F) -> T {}
