//! `std::rc`.

use crate::ops::Deref;
use crate::pin::Pin;

pub struct Rc<T> {}

impl<T> Rc<T> {
    pub fn new(value: T) -> Rc<T> {}
    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(f: F) -> Rc<T> {}
    pub fn pin(value: T) -> Pin<Rc<T>> {}
    pub fn try_unwrap(this: Rc<T>) -> Result<T, Rc<T>> {}
    pub fn into_inner(this: Rc<T>) -> Option<T> {}
    pub fn unwrap_or_clone(this: Rc<T>) -> T {}
    pub fn into_raw(this: Rc<T>) -> *const T {}
    pub fn as_ptr(this: &Rc<T>) -> *const T {}
    pub unsafe fn from_raw(pointer: *const T) -> Rc<T> {}
    pub fn downgrade(this: &Rc<T>) -> Weak<T> {}
    pub fn weak_count(this: &Rc<T>) -> usize {}
    pub fn strong_count(this: &Rc<T>) -> usize {}
    pub fn get_mut(this: &mut Rc<T>) -> Option<&mut T> {}
    pub fn ptr_eq(this: &Rc<T>, other: &Rc<T>) -> bool {}
    pub fn make_mut(this: &mut Rc<T>) -> &mut T {}
}

impl Rc<dyn crate::any::Any> {
    pub fn downcast<T>(self) -> Result<Rc<T>, Rc<dyn crate::any::Any>> {}
}

impl<T> Deref for Rc<T> {
    type Target = T;
}
impl<T> Clone for Rc<T> {}
impl<T: Default> Default for Rc<T> {}
impl<T: PartialEq> PartialEq for Rc<T> {}
impl<T: Eq> Eq for Rc<T> {}
impl<T: PartialOrd> PartialOrd for Rc<T> {}
impl<T: Ord> Ord for Rc<T> {}
impl<T: crate::hash::Hash> crate::hash::Hash for Rc<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for Rc<T> {}
impl<T: crate::fmt::Display> crate::fmt::Display for Rc<T> {}
impl<T> AsRef<T> for Rc<T> {}
impl<T> From<T> for Rc<T> {}
impl<T> From<Box<T>> for Rc<T> {}
impl From<&str> for Rc<str> {}
impl From<String> for Rc<str> {}
impl<T: Clone> From<&[T]> for Rc<[T]> {}
impl<T> From<Vec<T>> for Rc<[T]> {}
impl<T> FromIterator<T> for Rc<[T]> {}

pub struct Weak<T> {}

impl<T> Weak<T> {
    pub fn new() -> Weak<T> {}
    pub fn as_ptr(&self) -> *const T {}
    pub fn upgrade(&self) -> Option<Rc<T>> {}
    pub fn strong_count(&self) -> usize {}
    pub fn weak_count(&self) -> usize {}
    pub fn ptr_eq(&self, other: &Weak<T>) -> bool {}
}

impl<T> Clone for Weak<T> {}
impl<T> Default for Weak<T> {}
impl<T> crate::fmt::Debug for Weak<T> {}
