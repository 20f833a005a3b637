//! `std::result`.

use crate::convert::Infallible;
use crate::fmt::Debug;
use crate::ops::{Deref, DerefMut, FromResidual, Try};

pub enum Result<T, E> {
    Ok(T),
    Err(E),
}

impl<T, E> Result<T, E> {
    pub fn is_ok(&self) -> bool {}
    pub fn is_ok_and<F: FnOnce(T) -> bool>(self, f: F) -> bool {}
    pub fn is_err(&self) -> bool {}
    pub fn is_err_and<F: FnOnce(E) -> bool>(self, f: F) -> bool {}
    pub fn ok(self) -> Option<T> {}
    pub fn err(self) -> Option<E> {}
    pub fn as_ref(&self) -> Result<&T, &E> {}
    pub fn as_mut(&mut self) -> Result<&mut T, &mut E> {}
    pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Result<U, E> {}
    pub fn map_or<U, F: FnOnce(T) -> U>(self, default: U, f: F) -> U {}
    pub fn map_or_else<U, D: FnOnce(E) -> U, F: FnOnce(T) -> U>(self, default: D, f: F) -> U {}
    pub fn map_err<O, F: FnOnce(E) -> O>(self, f: F) -> Result<T, O> {}
    pub fn inspect<F: FnOnce(&T)>(self, f: F) -> Result<T, E> {}
    pub fn inspect_err<F: FnOnce(&E)>(self, f: F) -> Result<T, E> {}
    pub fn as_deref(&self) -> Result<&T::Target, &E>
    where
        T: Deref,
    {
    }
    pub fn as_deref_mut(&mut self) -> Result<&mut T::Target, &mut E>
    where
        T: DerefMut,
    {
    }
    pub fn iter(&self) -> Iter<T> {}
    pub fn iter_mut(&mut self) -> IterMut<T> {}
    pub fn expect(self, message: &str) -> T {}
    pub fn unwrap(self) -> T {}
    pub fn unwrap_or_default(self) -> T {}
    pub fn expect_err(self, message: &str) -> E {}
    pub fn unwrap_err(self) -> E {}
    pub fn and<U>(self, other: Result<U, E>) -> Result<U, E> {}
    pub fn and_then<U, F: FnOnce(T) -> Result<U, E>>(self, f: F) -> Result<U, E> {}
    pub fn or<F>(self, other: Result<T, F>) -> Result<T, F> {}
    pub fn or_else<F, O: FnOnce(E) -> Result<T, F>>(self, f: O) -> Result<T, F> {}
    pub fn unwrap_or(self, default: T) -> T {}
    pub fn unwrap_or_else<F: FnOnce(E) -> T>(self, f: F) -> T {}
    pub unsafe fn unwrap_unchecked(self) -> T {}
    pub unsafe fn unwrap_err_unchecked(self) -> E {}
}

impl<T, E> Result<&T, E> {
    pub fn copied(self) -> Result<T, E> {}
    pub fn cloned(self) -> Result<T, E> {}
}

impl<T, E> Result<&mut T, E> {
    pub fn copied(self) -> Result<T, E> {}
    pub fn cloned(self) -> Result<T, E> {}
}

impl<T, E> Result<Option<T>, E> {
    pub fn transpose(self) -> Option<Result<T, E>> {}
}

impl<T, E> Result<Result<T, E>, E> {
    pub fn flatten(self) -> Result<T, E> {}
}

impl<T: Clone, E: Clone> Clone for Result<T, E> {}
impl<T: Copy, E: Copy> Copy for Result<T, E> {}
impl<T: PartialEq, E: PartialEq> PartialEq for Result<T, E> {}
impl<T: Eq, E: Eq> Eq for Result<T, E> {}
impl<T: PartialOrd, E: PartialOrd> PartialOrd for Result<T, E> {}
impl<T: Ord, E: Ord> Ord for Result<T, E> {}
impl<T: crate::hash::Hash, E: crate::hash::Hash> crate::hash::Hash for Result<T, E> {}
impl<T: Debug, E: Debug> Debug for Result<T, E> {}

impl<T, E> Try for Result<T, E> {
    type Output = T;
    type Residual = Result<Infallible, E>;
}

impl<T, E, F: From<E>> FromResidual<Result<Infallible, E>> for Result<T, F> {}

impl<T, E> IntoIterator for Result<T, E> {
    type Item = T;
    type IntoIter = IntoIter<T>;
}

impl<T, E> IntoIterator for &Result<T, E> {
    type Item = &T;
    type IntoIter = Iter<T>;
}

impl<T, E> IntoIterator for &mut Result<T, E> {
    type Item = &mut T;
    type IntoIter = IterMut<T>;
}

impl<A, E, V: FromIterator<A>> FromIterator<Result<A, E>> for Result<V, E> {}
impl<T, E, U: crate::iter::Sum<T>> crate::iter::Sum<Result<T, E>> for Result<U, E> {}
impl<T, E, U: crate::iter::Product<T>> crate::iter::Product<Result<T, E>> for Result<U, E> {}

pub struct Iter<T> {}
impl<T> Iterator for Iter<T> {
    type Item = &T;
}
impl<T> DoubleEndedIterator for Iter<T> {}

pub struct IterMut<T> {}
impl<T> Iterator for IterMut<T> {
    type Item = &mut T;
}
impl<T> DoubleEndedIterator for IterMut<T> {}

pub struct IntoIter<T> {}
impl<T> Iterator for IntoIter<T> {
    type Item = T;
}
impl<T> DoubleEndedIterator for IntoIter<T> {}
