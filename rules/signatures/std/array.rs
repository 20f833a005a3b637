//! `std::array`, and the methods of arrays.

use crate::ops::{Index, IndexMut};
use crate::slice::{self, SliceIndex};

impl<T, const N: usize> [T; N] {
    pub fn map<U, F: FnMut(T) -> U>(self, f: F) -> [U; N] {}
    pub fn as_slice(&self) -> &[T] {}
    pub fn as_mut_slice(&mut self) -> &mut [T] {}
    pub fn each_ref(&self) -> [&T; N] {}
    pub fn each_mut(&mut self) -> [&mut T; N] {}
}

impl<T, const N: usize> IntoIterator for [T; N] {
    type Item = T;
    type IntoIter = IntoIter<T, N>;
}

impl<T, const N: usize> IntoIterator for &[T; N] {
    type Item = &T;
    type IntoIter = slice::Iter<T>;
}

impl<T, const N: usize> IntoIterator for &mut [T; N] {
    type Item = &mut T;
    type IntoIter = slice::IterMut<T>;
}

impl<T, I: SliceIndex<[T]>, const N: usize> Index<I> for [T; N] {
    type Output = I::Output;
}
impl<T, I: SliceIndex<[T]>, const N: usize> IndexMut<I> for [T; N] {}
impl<T: Copy, const N: usize> Copy for [T; N] {}
impl<T: crate::fmt::Debug, const N: usize> crate::fmt::Debug for [T; N] {}
impl<T: crate::hash::Hash, const N: usize> crate::hash::Hash for [T; N] {}
impl<T: PartialEq, const N: usize> PartialEq for [T; N] {}
impl<T: Eq, const N: usize> Eq for [T; N] {}
impl<T: PartialOrd, const N: usize> PartialOrd for [T; N] {}
impl<T: Ord, const N: usize> Ord for [T; N] {}

impl<T: Copy, const N: usize> TryFrom<&[T]> for [T; N] {
    type Error = TryFromSliceError;
}
impl<T, const N: usize> TryFrom<&[T]> for &[T; N] {
    type Error = TryFromSliceError;
}

pub fn from_fn<T, F: FnMut(usize) -> T, const N: usize>(f: F) -> [T; N] {}

pub struct IntoIter<T, const N: usize> {}

impl<T, const N: usize> IntoIter<T, N> {
    pub fn as_slice(&self) -> &[T] {}
}

impl<T, const N: usize> Iterator for IntoIter<T, N> {
    type Item = T;
}
impl<T, const N: usize> DoubleEndedIterator for IntoIter<T, N> {}
impl<T, const N: usize> ExactSizeIterator for IntoIter<T, N> {}
impl<T: Clone, const N: usize> Clone for IntoIter<T, N> {}

pub struct TryFromSliceError {}

impl crate::fmt::Debug for TryFromSliceError {}
impl crate::fmt::Display for TryFromSliceError {}
impl crate::error::Error for TryFromSliceError {}
