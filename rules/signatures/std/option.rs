//! `std::option`.

use crate::convert::Infallible;
use crate::ops::{Deref, DerefMut, FromResidual, Try};
use crate::pin::Pin;

pub enum Option<T> {
    None,
    Some(T),
}

impl<T> Option<T> {
    pub fn is_some(&self) -> bool {}
    pub fn is_some_and<F: FnOnce(T) -> bool>(self, f: F) -> bool {}
    pub fn is_none(&self) -> bool {}
    pub fn is_none_or<F: FnOnce(T) -> bool>(self, f: F) -> bool {}
    pub fn as_ref(&self) -> Option<&T> {}
    pub fn as_mut(&mut self) -> Option<&mut T> {}
    pub fn as_pin_ref(self: Pin<&Self>) -> Option<Pin<&T>> {}
    pub fn as_pin_mut(self: Pin<&mut Self>) -> Option<Pin<&mut T>> {}
    pub fn as_slice(&self) -> &[T] {}
    pub fn as_mut_slice(&mut self) -> &mut [T] {}
    pub fn expect(self, message: &str) -> T {}
    pub fn unwrap(self) -> T {}
    pub fn unwrap_or(self, default: T) -> T {}
    pub fn unwrap_or_else<F: FnOnce() -> T>(self, f: F) -> T {}
    pub fn unwrap_or_default(self) -> T {}
    pub unsafe fn unwrap_unchecked(self) -> T {}
    pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Option<U> {}
    pub fn inspect<F: FnOnce(&T)>(self, f: F) -> Option<T> {}
    pub fn map_or<U, F: FnOnce(T) -> U>(self, default: U, f: F) -> U {}
    pub fn map_or_else<U, D: FnOnce() -> U, F: FnOnce(T) -> U>(self, default: D, f: F) -> U {}
    pub fn ok_or<E>(self, error: E) -> Result<T, E> {}
    pub fn ok_or_else<E, F: FnOnce() -> E>(self, f: F) -> Result<T, E> {}
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
    }
    pub fn as_deref_mut(&mut self) -> Option<&mut T::Target>
    where
        T: DerefMut,
    {
    }
    pub fn iter(&self) -> Iter<T> {}
    pub fn iter_mut(&mut self) -> IterMut<T> {}
    pub fn and<U>(self, other: Option<U>) -> Option<U> {}
    pub fn and_then<U, F: FnOnce(T) -> Option<U>>(self, f: F) -> Option<U> {}
    pub fn filter<P: FnOnce(&T) -> bool>(self, predicate: P) -> Option<T> {}
    pub fn or(self, other: Option<T>) -> Option<T> {}
    pub fn or_else<F: FnOnce() -> Option<T>>(self, f: F) -> Option<T> {}
    pub fn xor(self, other: Option<T>) -> Option<T> {}
    pub fn insert(&mut self, value: T) -> &mut T {}
    pub fn get_or_insert(&mut self, value: T) -> &mut T {}
    pub fn get_or_insert_default(&mut self) -> &mut T {}
    pub fn get_or_insert_with<F: FnOnce() -> T>(&mut self, f: F) -> &mut T {}
    pub fn take(&mut self) -> Option<T> {}
    pub fn take_if<P: FnOnce(&mut T) -> bool>(&mut self, predicate: P) -> Option<T> {}
    pub fn replace(&mut self, value: T) -> Option<T> {}
    pub fn zip<U>(self, other: Option<U>) -> Option<(T, U)> {}
}

impl<T, U> Option<(T, U)> {
    pub fn unzip(self) -> (Option<T>, Option<U>) {}
}

impl<T> Option<&T> {
    pub fn copied(self) -> Option<T> {}
    pub fn cloned(self) -> Option<T> {}
}

impl<T> Option<&mut T> {
    pub fn copied(self) -> Option<T> {}
    pub fn cloned(self) -> Option<T> {}
}

impl<T, E> Option<Result<T, E>> {
    pub fn transpose(self) -> Result<Option<T>, E> {}
}

impl<T> Option<Option<T>> {
    pub fn flatten(self) -> Option<T> {}
}

impl<T: Clone> Clone for Option<T> {}
impl<T: Copy> Copy for Option<T> {}
impl<T> Default for Option<T> {}
impl<T: PartialEq> PartialEq for Option<T> {}
impl<T: Eq> Eq for Option<T> {}
impl<T: PartialOrd> PartialOrd for Option<T> {}
impl<T: Ord> Ord for Option<T> {}
impl<T: crate::hash::Hash> crate::hash::Hash for Option<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for Option<T> {}
impl<T> From<T> for Option<T> {}
impl<T> From<&Option<T>> for Option<&T> {}

impl<T> Try for Option<T> {
    type Output = T;
    type Residual = Option<Infallible>;
}

impl<T> FromResidual<Option<Infallible>> for Option<T> {}

impl<T> IntoIterator for Option<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
}

impl<T> IntoIterator for &Option<T> {
    type Item = &T;
    type IntoIter = Iter<T>;
}

impl<T> IntoIterator for &mut Option<T> {
    type Item = &mut T;
    type IntoIter = IterMut<T>;
}

impl<A, V: FromIterator<A>> FromIterator<Option<A>> for Option<V> {}
impl<T, U: crate::iter::Sum<T>> crate::iter::Sum<Option<T>> for Option<U> {}
impl<T, U: crate::iter::Product<T>> crate::iter::Product<Option<T>> for Option<U> {}

pub struct Iter<T> {}
impl<T> Iterator for Iter<T> {
    type Item = &T;
}
impl<T> DoubleEndedIterator for Iter<T> {}
impl<T> ExactSizeIterator for Iter<T> {}

pub struct IterMut<T> {}
impl<T> Iterator for IterMut<T> {
    type Item = &mut T;
}
impl<T> DoubleEndedIterator for IterMut<T> {}
impl<T> ExactSizeIterator for IterMut<T> {}

pub struct IntoIter<T> {}
impl<T> Iterator for IntoIter<T> {
    type Item = T;
}
impl<T> DoubleEndedIterator for IntoIter<T> {}
impl<T> ExactSizeIterator for IntoIter<T> {}
