//! `std::mem`.

use crate::ops::{Deref, DerefMut};

pub fn align_of<T>() -> usize {}
pub fn align_of_val<T>(value: &T) -> usize {}
pub fn discriminant<T>(value: &T) -> Discriminant<T> {}
pub fn drop<T>(value: T) {}
pub fn forget<T>(value: T) {}
pub fn needs_drop<T>() -> bool {}
pub fn replace<T>(target: &mut T, value: T) -> T {}
pub fn size_of<T>() -> usize {}
pub fn size_of_val<T>(value: &T) -> usize {}
pub fn swap<T>(a: &mut T, b: &mut T) {}
pub fn take<T: Default>(target: &mut T) -> T {}
pub unsafe fn transmute<A, B>(value: A) -> B {}
pub unsafe fn transmute_copy<A, B>(value: &A) -> B {}
pub unsafe fn zeroed<T>() -> T {}

pub struct Discriminant<T> {}

impl<T> Clone for Discriminant<T> {}
impl<T> Copy for Discriminant<T> {}
impl<T> PartialEq for Discriminant<T> {}
impl<T> Eq for Discriminant<T> {}
impl<T> crate::hash::Hash for Discriminant<T> {}
impl<T> crate::fmt::Debug for Discriminant<T> {}

pub struct ManuallyDrop<T> {}

impl<T> ManuallyDrop<T> {
    pub fn new(value: T) -> ManuallyDrop<T> {}
    pub fn into_inner(slot: ManuallyDrop<T>) -> T {}
    pub unsafe fn take(slot: &mut ManuallyDrop<T>) -> T {}
    pub unsafe fn drop(slot: &mut ManuallyDrop<T>) {}
}

impl<T> Deref for ManuallyDrop<T> {
    type Target = T;
}
impl<T> DerefMut for ManuallyDrop<T> {}
impl<T: Clone> Clone for ManuallyDrop<T> {}
impl<T: Default> Default for ManuallyDrop<T> {}

pub union MaybeUninit<T> {
    uninit: (),
    value: ManuallyDrop<T>,
}

impl<T> MaybeUninit<T> {
    pub fn new(value: T) -> MaybeUninit<T> {}
    pub fn uninit() -> MaybeUninit<T> {}
    pub fn zeroed() -> MaybeUninit<T> {}
    pub fn write(&mut self, value: T) -> &mut T {}
    pub fn as_ptr(&self) -> *const T {}
    pub fn as_mut_ptr(&mut self) -> *mut T {}
    pub unsafe fn assume_init(self) -> T {}
    pub unsafe fn assume_init_read(&self) -> T {}
    pub unsafe fn assume_init_drop(&mut self) {}
    pub unsafe fn assume_init_ref(&self) -> &T {}
    pub unsafe fn assume_init_mut(&mut self) -> &mut T {}
}

impl<T: Copy> Clone for MaybeUninit<T> {}
impl<T: Copy> Copy for MaybeUninit<T> {}
