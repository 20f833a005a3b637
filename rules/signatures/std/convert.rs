//! `std::convert`.

pub enum Infallible {}

impl Clone for Infallible {}
impl crate::fmt::Debug for Infallible {}
impl crate::fmt::Display for Infallible {}
impl crate::error::Error for Infallible {}

pub fn identity<T>(value: T) -> T {}

pub trait AsRef<T> {
    fn as_ref(&self) -> &T;
}

pub trait AsMut<T> {
    fn as_mut(&mut self) -> &mut T;
}

pub trait From<T>: Sized {
    fn from(value: T) -> Self;
}

pub trait Into<T>: Sized {
    fn into(self) -> T;
}

pub trait TryFrom<T>: Sized {
    type Error;
    fn try_from(value: T) -> Result<Self, Self::Error>;
}

pub trait TryInto<T>: Sized {
    type Error;
    fn try_into(self) -> Result<T, Self::Error>;
}

impl<T> From<T> for T {}
impl<T, U: From<T>> Into<U> for T {}
impl<T, U: TryFrom<T>> TryInto<U> for T {
    type Error = U::Error;
}
impl<T, U: AsRef<T>> AsRef<T> for &U {}
impl<T, U: AsRef<T>> AsRef<T> for &mut U {}
impl<T, U: AsMut<T>> AsMut<T> for &mut U {}
impl<T> AsRef<[T]> for [T] {}
impl<T> AsMut<[T]> for [T] {}
impl<T, const N: usize> AsRef<[T]> for [T; N] {}
impl<T, const N: usize> AsMut<[T]> for [T; N] {}
impl AsRef<str> for str {}
impl AsRef<[u8]> for str {}
impl AsRef<crate::path::Path> for str {}
impl AsRef<crate::ffi::OsStr> for str {}
