//! `anyhow`.

use std::fmt::{Debug, Display};
use std::ops::{Deref, DerefMut};

pub type Result<T, E = Error> = std::result::Result<T, E>;

pub struct Error {}

impl Error {
    pub fn new<E: std::error::Error>(error: E) -> Error {}
    pub fn msg<M: Display + Debug>(message: M) -> Error {}
    pub fn from_boxed(error: Box<dyn std::error::Error>) -> Error {}
    pub fn context<C: Display>(self, context: C) -> Error {}
    pub fn backtrace(&self) -> &std::backtrace::Backtrace {}
    pub fn chain(&self) -> Chain {}
    pub fn root_cause(&self) -> &(dyn std::error::Error + 'static) {}
    pub fn is<E: Display + Debug>(&self) -> bool {}
    pub fn downcast<E: Display + Debug>(self) -> std::result::Result<E, Error> {}
    pub fn downcast_ref<E: Display + Debug>(&self) -> Option<&E> {}
    pub fn downcast_mut<E: Display + Debug>(&mut self) -> Option<&mut E> {}
    pub fn into_boxed_dyn_error(self) -> Box<dyn std::error::Error> {}
}

impl<E: std::error::Error> From<E> for Error {}
impl Deref for Error {
    type Target = dyn std::error::Error;
}
impl DerefMut for Error {}
impl Debug for Error {}
impl Display for Error {}
impl From<Error> for Box<dyn std::error::Error> {}

pub trait Context<T, E> {
    fn context<C: Display>(self, context: C) -> std::result::Result<T, Error>;
    fn with_context<C: Display, F: FnOnce() -> C>(self, f: F) -> std::result::Result<T, Error>;
}

impl<T, E> Context<T, E> for std::result::Result<T, E> {}
impl<T> Context<T, std::convert::Infallible> for Option<T> {}

pub struct Chain {}
impl Iterator for Chain {
    type Item = &(dyn std::error::Error + 'static);
}
impl DoubleEndedIterator for Chain {}
impl ExactSizeIterator for Chain {}

pub fn Ok<T>(value: T) -> Result<T> {}
