//! `std::string`.

use crate::borrow::Cow;
use crate::convert::Infallible;
use crate::ops::{Add, AddAssign, Deref, DerefMut, Index, IndexMut, RangeBounds};
use crate::slice::SliceIndex;
use crate::str::Utf8Error;

pub struct String {}

impl String {
    pub fn new() -> String {}
    pub fn with_capacity(capacity: usize) -> String {}
    pub fn from_utf8(bytes: Vec<u8>) -> Result<String, FromUtf8Error> {}
    pub fn from_utf8_lossy(bytes: &[u8]) -> Cow<str> {}
    pub fn from_utf8_lossy_owned(bytes: Vec<u8>) -> String {}
    pub fn from_utf16(units: &[u16]) -> Result<String, FromUtf16Error> {}
    pub fn from_utf16_lossy(units: &[u16]) -> String {}
    pub unsafe fn from_utf8_unchecked(bytes: Vec<u8>) -> String {}
    pub fn into_bytes(self) -> Vec<u8> {}
    pub fn as_str(&self) -> &str {}
    pub fn as_mut_str(&mut self) -> &mut str {}
    pub fn push_str(&mut self, text: &str) {}
    pub fn capacity(&self) -> usize {}
    pub fn reserve(&mut self, additional: usize) {}
    pub fn reserve_exact(&mut self, additional: usize) {}
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), crate::collections::TryReserveError> {}
    pub fn shrink_to_fit(&mut self) {}
    pub fn shrink_to(&mut self, capacity: usize) {}
    pub fn push(&mut self, c: char) {}
    pub fn as_bytes(&self) -> &[u8] {}
    pub fn truncate(&mut self, len: usize) {}
    pub fn pop(&mut self) -> Option<char> {}
    pub fn remove(&mut self, index: usize) -> char {}
    pub fn retain<F: FnMut(char) -> bool>(&mut self, f: F) {}
    pub fn insert(&mut self, index: usize, c: char) {}
    pub fn insert_str(&mut self, index: usize, text: &str) {}
    pub unsafe fn as_mut_vec(&mut self) -> &mut Vec<u8> {}
    pub fn len(&self) -> usize {}
    pub fn is_empty(&self) -> bool {}
    pub fn split_off(&mut self, at: usize) -> String {}
    pub fn clear(&mut self) {}
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain {}
    pub fn replace_range<R: RangeBounds<usize>>(&mut self, range: R, with: &str) {}
    pub fn into_boxed_str(self) -> Box<str> {}
    pub fn leak(self) -> &mut str {}
    pub fn extend_from_within<R: RangeBounds<usize>>(&mut self, range: R) {}
}

impl Deref for String {
    type Target = str;
}
impl DerefMut for String {}
impl Clone for String {}
impl Default for String {}
impl crate::fmt::Debug for String {}
impl crate::fmt::Display for String {}
impl crate::fmt::Write for String {}
impl crate::hash::Hash for String {}
impl PartialEq for String {}
impl PartialEq<str> for String {}
impl PartialEq<&str> for String {}
impl PartialEq<Cow<str>> for String {}
impl Eq for String {}
impl PartialOrd for String {}
impl Ord for String {}
impl AsRef<str> for String {}
impl AsRef<[u8]> for String {}
impl AsRef<crate::path::Path> for String {}
impl AsRef<crate::ffi::OsStr> for String {}
impl AsMut<str> for String {}
impl From<char> for String {}
impl From<&str> for String {}
impl From<&mut str> for String {}
impl From<&String> for String {}
impl From<Box<str>> for String {}
impl From<Cow<str>> for String {}
impl FromIterator<char> for String {}
impl FromIterator<&char> for String {}
impl FromIterator<&str> for String {}
impl FromIterator<String> for String {}
impl FromIterator<Box<str>> for String {}
impl FromIterator<Cow<str>> for String {}
impl Extend<char> for String {}
impl Extend<&char> for String {}
impl Extend<&str> for String {}
impl Extend<String> for String {}
impl Extend<Cow<str>> for String {}
impl crate::str::FromStr for String {
    type Err = Infallible;
}
impl Add<&str> for String {
    type Output = String;
}
impl AddAssign<&str> for String {}
impl<I: SliceIndex<str>> Index<I> for String {
    type Output = I::Output;
}
impl<I: SliceIndex<str>> IndexMut<I> for String {}

pub trait ToString {
    fn to_string(&self) -> String;
}

impl<T: crate::fmt::Display> ToString for T {}

pub type ParseError = Infallible;

pub struct FromUtf8Error {}

impl FromUtf8Error {
    pub fn as_bytes(&self) -> &[u8] {}
    pub fn into_bytes(self) -> Vec<u8> {}
    pub fn utf8_error(&self) -> Utf8Error {}
}

impl Clone for FromUtf8Error {}
impl PartialEq for FromUtf8Error {}
impl crate::fmt::Debug for FromUtf8Error {}
impl crate::fmt::Display for FromUtf8Error {}
impl crate::error::Error for FromUtf8Error {}

pub struct FromUtf16Error {}
impl crate::fmt::Debug for FromUtf16Error {}
impl crate::fmt::Display for FromUtf16Error {}
impl crate::error::Error for FromUtf16Error {}

pub struct Drain {}
impl Drain {
    pub fn as_str(&self) -> &str {}
}
impl Iterator for Drain {
    type Item = char;
}
impl DoubleEndedIterator for Drain {}
