//! `std::borrow`.

use crate::ops::{Add, AddAssign, Deref};

pub trait Borrow<T> {
    fn borrow(&self) -> &T;
}

pub trait BorrowMut<T>: Borrow<T> {
    fn borrow_mut(&mut self) -> &mut T;
}

pub trait ToOwned {
    type Owned: Borrow<Self>;
    fn to_owned(&self) -> Self::Owned;
    fn clone_into(&self, target: &mut Self::Owned) {}
}

impl<T: Clone> ToOwned for T {
    type Owned = T;
}

impl ToOwned for str {
    type Owned = String;
}

impl<T: Clone> ToOwned for [T] {
    type Owned = Vec<T>;
}

impl<T> Borrow<T> for T {}
impl<T> Borrow<T> for &T {}
impl<T> Borrow<T> for &mut T {}
impl<T> BorrowMut<T> for T {}
impl Borrow<str> for String {}
impl<T> Borrow<[T]> for Vec<T> {}
impl<T> Borrow<T> for Box<T> {}
impl<T> Borrow<T> for crate::rc::Rc<T> {}
impl<T> Borrow<T> for crate::sync::Arc<T> {}
impl<B: ToOwned> Borrow<B> for Cow<B> {}

pub enum Cow<B: ToOwned> {
    Borrowed(&B),
    Owned(B::Owned),
}

impl<B: ToOwned> Cow<B> {
    pub fn is_borrowed(&self) -> bool {}
    pub fn is_owned(&self) -> bool {}
    pub fn to_mut(&mut self) -> &mut B::Owned {}
    pub fn into_owned(self) -> B::Owned {}
}

impl<B: ToOwned> Deref for Cow<B> {
    type Target = B;
}

impl<B: ToOwned> Clone for Cow<B> {}
impl<B: ToOwned> Default for Cow<B> {}
impl<T: ToOwned> AsRef<T> for Cow<T> {}
impl<B: ToOwned, C: ToOwned> PartialEq<Cow<C>> for Cow<B> {}
impl<B: ToOwned> Eq for Cow<B> {}
impl<B: ToOwned> PartialOrd for Cow<B> {}
impl<B: ToOwned> Ord for Cow<B> {}
impl<B: ToOwned> crate::hash::Hash for Cow<B> {}
impl<B: ToOwned> crate::fmt::Debug for Cow<B> {}
impl<B: ToOwned> crate::fmt::Display for Cow<B> {}
impl From<&str> for Cow<str> {}
impl From<String> for Cow<str> {}
impl From<&String> for Cow<str> {}
impl<T> From<&[T]> for Cow<[T]> {}
impl<T> From<Vec<T>> for Cow<[T]> {}
impl From<&crate::path::Path> for Cow<crate::path::Path> {}
impl From<crate::path::PathBuf> for Cow<crate::path::Path> {}
impl AsRef<crate::path::Path> for Cow<crate::ffi::OsStr> {}

impl Add<&str> for Cow<str> {
    type Output = Cow<str>;
}
impl AddAssign<&str> for Cow<str> {}
impl FromIterator<char> for Cow<str> {}
impl FromIterator<String> for Cow<str> {}
