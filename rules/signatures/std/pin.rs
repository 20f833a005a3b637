//! `std::pin`.

use crate::future::Future;
use crate::ops::{Deref, DerefMut};

pub struct Pin<P> {}

impl<P: Deref> Pin<P> {
    pub fn new(pointer: P) -> Pin<P> {}
    pub fn into_inner(pin: Pin<P>) -> P {}
    pub unsafe fn new_unchecked(pointer: P) -> Pin<P> {}
    pub fn as_ref(&self) -> Pin<&P::Target> {}
    pub unsafe fn into_inner_unchecked(pin: Pin<P>) -> P {}
    pub fn as_mut(&mut self) -> Pin<&mut P::Target> {}
    pub fn set(&mut self, value: P::Target) {}
}

impl<T> Pin<&T> {
    pub unsafe fn map_unchecked<U, F: FnOnce(&T) -> &U>(self, f: F) -> Pin<&U> {}
    pub fn get_ref(self) -> &T {}
}

impl<T> Pin<&mut T> {
    pub fn into_ref(self) -> Pin<&T> {}
    pub fn get_mut(self) -> &mut T {}
    pub unsafe fn get_unchecked_mut(self) -> &mut T {}
    pub unsafe fn map_unchecked_mut<U, F: FnOnce(&mut T) -> &mut U>(self, f: F) -> Pin<&mut U> {}
}

impl<T> Pin<&mut Pin<T>> {
    pub fn as_deref_mut(self) -> Pin<&mut T::Target>
    where
        T: DerefMut,
    {
    }
}

impl<P: Deref> Deref for Pin<P> {
    type Target = P::Target;
}
impl<P: DerefMut> DerefMut for Pin<P> {}
impl<P: Clone> Clone for Pin<P> {}
impl<P: Copy> Copy for Pin<P> {}
impl<P: crate::fmt::Debug> crate::fmt::Debug for Pin<P> {}
impl<T> From<Box<T>> for Pin<Box<T>> {}

impl<F: Future, P: DerefMut<Target = F>> Future for Pin<P> {
    type Output = F::Output;
}
