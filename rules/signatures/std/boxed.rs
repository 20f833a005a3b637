//! `std::boxed`.

use crate::any::Any;
use crate::future::Future;
use crate::mem::MaybeUninit;
use crate::ops::{Deref, DerefMut};
use crate::pin::Pin;

pub struct Box<T> {}

impl<T> Box<T> {
    pub fn new(value: T) -> Box<T> {}
    pub fn new_uninit() -> Box<MaybeUninit<T>> {}
    pub fn pin(value: T) -> Pin<Box<T>> {}
    pub fn into_pin(boxed: Box<T>) -> Pin<Box<T>> {}
    pub unsafe fn from_raw(raw: *mut T) -> Box<T> {}
    pub fn into_raw(boxed: Box<T>) -> *mut T {}
    pub fn leak(boxed: Box<T>) -> &mut T {}
}

impl<T> Box<MaybeUninit<T>> {
    pub unsafe fn assume_init(self) -> Box<T> {}
}

impl Box<dyn Any> {
    pub fn downcast<T: Any>(self) -> Result<Box<T>, Box<dyn Any>> {}
}

impl<T> Deref for Box<T> {
    type Target = T;
}
impl<T> DerefMut for Box<T> {}
impl<T: Clone> Clone for Box<T> {}
impl<T: Default> Default for Box<T> {}
impl<T: PartialEq> PartialEq for Box<T> {}
impl<T: Eq> Eq for Box<T> {}
impl<T: PartialOrd> PartialOrd for Box<T> {}
impl<T: Ord> Ord for Box<T> {}
impl<T: crate::hash::Hash> crate::hash::Hash for Box<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for Box<T> {}
impl<T: crate::fmt::Display> crate::fmt::Display for Box<T> {}
impl<T> AsRef<T> for Box<T> {}
impl<T> AsMut<T> for Box<T> {}
impl<T> From<T> for Box<T> {}
impl From<&str> for Box<str> {}
impl From<String> for Box<str> {}
impl From<&crate::path::Path> for Box<crate::path::Path> {}
impl<T: Clone> From<&[T]> for Box<[T]> {}
impl<T> From<Vec<T>> for Box<[T]> {}
impl<T, const N: usize> From<[T; N]> for Box<[T]> {}
impl<T> FromIterator<T> for Box<[T]> {}
impl FromIterator<char> for Box<str> {}

impl<I: Iterator> Iterator for Box<I> {
    type Item = I::Item;
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Box<I> {}
impl<I: ExactSizeIterator> ExactSizeIterator for Box<I> {}

impl<T> IntoIterator for Box<[T]> {
    type Item = T;
    type IntoIter = crate::vec::IntoIter<T>;
}

impl<F: Future> Future for Box<F> {
    type Output = F::Output;
}

impl<A, F: FnOnce<A>> FnOnce<A> for Box<F> {
    type Output = F::Output;
}
impl<A, F: FnMut<A>> FnMut<A> for Box<F> {}
impl<A, F: Fn<A>> Fn<A> for Box<F> {}
