//! `std::alloc`.

pub struct Layout {}

impl Layout {
    pub fn from_size_align(size: usize, align: usize) -> Result<Layout, LayoutError> {}
    pub unsafe fn from_size_align_unchecked(size: usize, align: usize) -> Layout {}
    pub fn size(&self) -> usize {}
    pub fn align(&self) -> usize {}
    pub fn new<T>() -> Layout {}
    pub fn for_value<T>(value: &T) -> Layout {}
    pub fn array<T>(n: usize) -> Result<Layout, LayoutError> {}
    pub fn align_to(&self, align: usize) -> Result<Layout, LayoutError> {}
    pub fn pad_to_align(&self) -> Layout {}
    pub fn extend(&self, next: Layout) -> Result<(Layout, usize), LayoutError> {}
}

impl Clone for Layout {}
impl Copy for Layout {}
impl PartialEq for Layout {}
impl crate::fmt::Debug for Layout {}

pub struct LayoutError {}
impl Clone for LayoutError {}
impl crate::fmt::Debug for LayoutError {}
impl crate::fmt::Display for LayoutError {}
impl crate::error::Error for LayoutError {}

pub unsafe trait GlobalAlloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8;
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout);
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {}
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {}
}

pub struct System;
impl GlobalAlloc for System {}

pub unsafe fn alloc(layout: Layout) -> *mut u8 {}
pub unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {}
pub unsafe fn dealloc(pointer: *mut u8, layout: Layout) {}
pub unsafe fn realloc(pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {}
pub fn handle_alloc_error(layout: Layout) -> ! {}
