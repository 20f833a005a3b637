//! `std::ptr`, and the methods of pointers.

impl<T> *const T {
    pub fn is_null(self) -> bool {}
    pub fn cast<U>(self) -> *const U {}
    pub fn cast_mut(self) -> *mut T {}
    pub fn addr(self) -> usize {}
    pub unsafe fn as_ref(self) -> Option<&T> {}
    pub unsafe fn offset(self, count: isize) -> *const T {}
    pub unsafe fn offset_from(self, origin: *const T) -> isize {}
    pub unsafe fn add(self, count: usize) -> *const T {}
    pub unsafe fn sub(self, count: usize) -> *const T {}
    pub fn wrapping_add(self, count: usize) -> *const T {}
    pub fn wrapping_sub(self, count: usize) -> *const T {}
    pub unsafe fn read(self) -> T {}
    pub unsafe fn read_volatile(self) -> T {}
    pub unsafe fn read_unaligned(self) -> T {}
    pub unsafe fn copy_to(self, target: *mut T, count: usize) {}
    pub unsafe fn copy_to_nonoverlapping(self, target: *mut T, count: usize) {}
    pub fn is_aligned(self) -> bool {}
}

impl<T> *mut T {
    pub fn is_null(self) -> bool {}
    pub fn cast<U>(self) -> *mut U {}
    pub fn cast_const(self) -> *const T {}
    pub fn addr(self) -> usize {}
    pub unsafe fn as_ref(self) -> Option<&T> {}
    pub unsafe fn as_mut(self) -> Option<&mut T> {}
    pub unsafe fn offset(self, count: isize) -> *mut T {}
    pub unsafe fn offset_from(self, origin: *const T) -> isize {}
    pub unsafe fn add(self, count: usize) -> *mut T {}
    pub unsafe fn sub(self, count: usize) -> *mut T {}
    pub fn wrapping_add(self, count: usize) -> *mut T {}
    pub fn wrapping_sub(self, count: usize) -> *mut T {}
    pub unsafe fn read(self) -> T {}
    pub unsafe fn read_volatile(self) -> T {}
    pub unsafe fn write(self, value: T) {}
    pub unsafe fn write_bytes(self, value: u8, count: usize) {}
    pub unsafe fn write_volatile(self, value: T) {}
    pub unsafe fn replace(self, value: T) -> T {}
    pub unsafe fn swap(self, with: *mut T) {}
    pub unsafe fn drop_in_place(self) {}
    pub unsafe fn copy_from(self, source: *const T, count: usize) {}
    pub unsafe fn copy_from_nonoverlapping(self, source: *const T, count: usize) {}
}

pub struct NonNull<T> {}

impl<T> NonNull<T> {
    pub fn dangling() -> NonNull<T> {}
    pub unsafe fn new_unchecked(pointer: *mut T) -> NonNull<T> {}
    pub fn new(pointer: *mut T) -> Option<NonNull<T>> {}
    pub fn from_ref(value: &T) -> NonNull<T> {}
    pub fn from_mut(value: &mut T) -> NonNull<T> {}
    pub fn as_ptr(self) -> *mut T {}
    pub unsafe fn as_ref(&self) -> &T {}
    pub unsafe fn as_mut(&mut self) -> &mut T {}
    pub fn cast<U>(self) -> NonNull<U> {}
    pub unsafe fn add(self, count: usize) -> NonNull<T> {}
    pub unsafe fn sub(self, count: usize) -> NonNull<T> {}
    pub unsafe fn read(self) -> T {}
    pub unsafe fn write(self, value: T) {}
}

impl<T> Clone for NonNull<T> {}
impl<T> Copy for NonNull<T> {}
impl<T> PartialEq for NonNull<T> {}
impl<T> Eq for NonNull<T> {}
impl<T> PartialOrd for NonNull<T> {}
impl<T> Ord for NonNull<T> {}
impl<T> crate::hash::Hash for NonNull<T> {}
impl<T> crate::fmt::Debug for NonNull<T> {}
impl<T> From<&T> for NonNull<T> {}
impl<T> From<&mut T> for NonNull<T> {}

pub fn addr_eq<T, U>(a: *const T, b: *const U) -> bool {}
pub unsafe fn copy<T>(source: *const T, target: *mut T, count: usize) {}
pub unsafe fn copy_nonoverlapping<T>(source: *const T, target: *mut T, count: usize) {}
pub fn dangling<T>() -> *const T {}
pub fn dangling_mut<T>() -> *mut T {}
pub unsafe fn drop_in_place<T>(pointer: *mut T) {}
pub fn eq<T>(a: *const T, b: *const T) -> bool {}
pub fn fn_addr_eq<T, U>(f: T, g: U) -> bool {}
pub fn from_mut<T>(value: &mut T) -> *mut T {}
pub fn from_ref<T>(value: &T) -> *const T {}
pub fn hash<T, S: crate::hash::Hasher>(pointer: *const T, state: &mut S) {}
pub fn null<T>() -> *const T {}
pub fn null_mut<T>() -> *mut T {}
pub unsafe fn read<T>(source: *const T) -> T {}
pub unsafe fn read_unaligned<T>(source: *const T) -> T {}
pub unsafe fn read_volatile<T>(source: *const T) -> T {}
pub unsafe fn replace<T>(target: *mut T, value: T) -> T {}
pub fn slice_from_raw_parts<T>(data: *const T, len: usize) -> *const [T] {}
pub fn slice_from_raw_parts_mut<T>(data: *mut T, len: usize) -> *mut [T] {}
pub unsafe fn swap<T>(a: *mut T, b: *mut T) {}
pub unsafe fn write<T>(target: *mut T, value: T) {}
pub unsafe fn write_bytes<T>(target: *mut T, value: u8, count: usize) {}
pub unsafe fn write_unaligned<T>(target: *mut T, value: T) {}
pub unsafe fn write_volatile<T>(target: *mut T, value: T) {}
