//! `std::default`.

pub trait Default: Sized {
    fn default() -> Self;
}

impl<T> Default for &[T] {}
impl Default for &str {}
impl<T: Default, const N: usize> Default for [T; N] {}
impl Default for () {}
impl<A: Default, B: Default> Default for (A, B) {}
impl<A: Default, B: Default, C: Default> Default for (A, B, C) {}
