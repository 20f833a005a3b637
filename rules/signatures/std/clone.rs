//! `std::clone`.

pub trait Clone: Sized {
    fn clone(&self) -> Self;
    fn clone_from(&mut self, source: &Self) {}
}

impl<T> Clone for &T {}
impl<T> Clone for *const T {}
impl<T> Clone for *mut T {}
impl<T: Clone, const N: usize> Clone for [T; N] {}
impl<A: Clone, B: Clone> Clone for (A, B) {}
impl<A: Clone, B: Clone, C: Clone> Clone for (A, B, C) {}
impl<A: Clone, B: Clone, C: Clone, D: Clone> Clone for (A, B, C, D) {}
