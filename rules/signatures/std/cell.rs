//! `std::cell`.

use crate::ops::{Deref, DerefMut};

pub struct Cell<T> {}

impl<T> Cell<T> {
    pub fn new(value: T) -> Cell<T> {}
    pub fn set(&self, value: T) {}
    pub fn swap(&self, other: &Cell<T>) {}
    pub fn replace(&self, value: T) -> T {}
    pub fn into_inner(self) -> T {}
    pub fn get(&self) -> T {}
    pub fn update<F: FnOnce(T) -> T>(&self, f: F) {}
    pub fn as_ptr(&self) -> *mut T {}
    pub fn get_mut(&mut self) -> &mut T {}
    pub fn take(&self) -> T {}
    pub fn from_mut(value: &mut T) -> &Cell<T> {}
}

impl<T: Copy> Clone for Cell<T> {}
impl<T: Default> Default for Cell<T> {}
impl<T: PartialEq + Copy> PartialEq for Cell<T> {}
impl<T: crate::fmt::Debug + Copy> crate::fmt::Debug for Cell<T> {}
impl<T> From<T> for Cell<T> {}

pub struct RefCell<T> {}

impl<T> RefCell<T> {
    pub fn new(value: T) -> RefCell<T> {}
    pub fn into_inner(self) -> T {}
    pub fn replace(&self, value: T) -> T {}
    pub fn replace_with<F: FnOnce(&mut T) -> T>(&self, f: F) -> T {}
    pub fn swap(&self, other: &RefCell<T>) {}
    pub fn borrow(&self) -> Ref<T> {}
    pub fn try_borrow(&self) -> Result<Ref<T>, BorrowError> {}
    pub fn borrow_mut(&self) -> RefMut<T> {}
    pub fn try_borrow_mut(&self) -> Result<RefMut<T>, BorrowMutError> {}
    pub fn as_ptr(&self) -> *mut T {}
    pub fn get_mut(&mut self) -> &mut T {}
    pub fn take(&self) -> T {}
}

impl<T: Clone> Clone for RefCell<T> {}
impl<T: Default> Default for RefCell<T> {}
impl<T: PartialEq> PartialEq for RefCell<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for RefCell<T> {}
impl<T> From<T> for RefCell<T> {}

pub struct Ref<T> {}

impl<T> Ref<T> {
    pub fn clone(orig: &Ref<T>) -> Ref<T> {}
    pub fn map<U, F: FnOnce(&T) -> &U>(orig: Ref<T>, f: F) -> Ref<U> {}
    pub fn filter_map<U, F: FnOnce(&T) -> Option<&U>>(orig: Ref<T>, f: F) -> Result<Ref<U>, Ref<T>> {}
}

impl<T> Deref for Ref<T> {
    type Target = T;
}
impl<T: crate::fmt::Debug> crate::fmt::Debug for Ref<T> {}
impl<T: crate::fmt::Display> crate::fmt::Display for Ref<T> {}

pub struct RefMut<T> {}

impl<T> RefMut<T> {
    pub fn map<U, F: FnOnce(&mut T) -> &mut U>(orig: RefMut<T>, f: F) -> RefMut<U> {}
    pub fn filter_map<U, F: FnOnce(&mut T) -> Option<&mut U>>(orig: RefMut<T>, f: F) -> Result<RefMut<U>, RefMut<T>> {}
}

impl<T> Deref for RefMut<T> {
    type Target = T;
}
impl<T> DerefMut for RefMut<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for RefMut<T> {}
impl<T: crate::fmt::Display> crate::fmt::Display for RefMut<T> {}

pub struct BorrowError {}
impl crate::fmt::Debug for BorrowError {}
impl crate::fmt::Display for BorrowError {}
impl crate::error::Error for BorrowError {}

pub struct BorrowMutError {}
impl crate::fmt::Debug for BorrowMutError {}
impl crate::fmt::Display for BorrowMutError {}
impl crate::error::Error for BorrowMutError {}

pub struct UnsafeCell<T> {}

impl<T> UnsafeCell<T> {
    pub fn new(value: T) -> UnsafeCell<T> {}
    pub fn into_inner(self) -> T {}
    pub fn get(&self) -> *mut T {}
    pub fn get_mut(&mut self) -> &mut T {}
    pub fn raw_get(this: *const UnsafeCell<T>) -> *mut T {}
}

impl<T: Default> Default for UnsafeCell<T> {}

pub struct OnceCell<T> {}

impl<T> OnceCell<T> {
    pub fn new() -> OnceCell<T> {}
    pub fn get(&self) -> Option<&T> {}
    pub fn get_mut(&mut self) -> Option<&mut T> {}
    pub fn set(&self, value: T) -> Result<(), T> {}
    pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T {}
    pub fn into_inner(self) -> Option<T> {}
    pub fn take(&mut self) -> Option<T> {}
}

impl<T: Clone> Clone for OnceCell<T> {}
impl<T> Default for OnceCell<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for OnceCell<T> {}
impl<T> From<T> for OnceCell<T> {}

pub struct LazyCell<T, F = fn() -> T> {}

impl<T, F: FnOnce() -> T> LazyCell<T, F> {
    pub fn new(f: F) -> LazyCell<T, F> {}
    pub fn force(this: &LazyCell<T, F>) -> &T {}
}

impl<T, F: FnOnce() -> T> Deref for LazyCell<T, F> {
    type Target = T;
}
