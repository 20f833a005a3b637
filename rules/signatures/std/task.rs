//! `std::task`.

use crate::convert::Infallible;
use crate::ops::{FromResidual, Try};
use crate::sync::Arc;

pub enum Poll<T> {
    Ready(T),
    Pending,
}

impl<T> Poll<T> {
    pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Poll<U> {}
    pub fn is_ready(&self) -> bool {}
    pub fn is_pending(&self) -> bool {}
}

impl<T, E> Poll<Result<T, E>> {
    pub fn map_ok<U, F: FnOnce(T) -> U>(self, f: F) -> Poll<Result<U, E>> {}
    pub fn map_err<U, F: FnOnce(E) -> U>(self, f: F) -> Poll<Result<T, U>> {}
}

impl<T, E> Poll<Option<Result<T, E>>> {
    pub fn map_ok<U, F: FnOnce(T) -> U>(self, f: F) -> Poll<Option<Result<U, E>>> {}
    pub fn map_err<U, F: FnOnce(E) -> U>(self, f: F) -> Poll<Option<Result<T, U>>> {}
}

impl<T: Clone> Clone for Poll<T> {}
impl<T: Copy> Copy for Poll<T> {}
impl<T: PartialEq> PartialEq for Poll<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for Poll<T> {}
impl<T> From<T> for Poll<T> {}

impl<T, E> Try for Poll<Result<T, E>> {
    type Output = Poll<T>;
    type Residual = Result<Infallible, E>;
}
impl<T, E> Try for Poll<Option<Result<T, E>>> {
    type Output = Poll<Option<T>>;
    type Residual = Result<Infallible, E>;
}
impl<T, E, F: From<E>> FromResidual<Result<Infallible, E>> for Poll<Result<T, F>> {}
impl<T, E, F: From<E>> FromResidual<Result<Infallible, E>> for Poll<Option<Result<T, F>>> {}

pub struct Context {}

impl Context {
    pub fn from_waker(waker: &Waker) -> Context {}
    pub fn waker(&self) -> &Waker {}
}

impl crate::fmt::Debug for Context {}

pub struct Waker {}

impl Waker {
    pub fn wake(self) {}
    pub fn wake_by_ref(&self) {}
    pub fn will_wake(&self, other: &Waker) -> bool {}
    pub unsafe fn new(data: *const (), vtable: &RawWakerVTable) -> Waker {}
    pub unsafe fn from_raw(waker: RawWaker) -> Waker {}
    pub fn noop() -> &Waker {}
    pub fn data(&self) -> *const () {}
    pub fn vtable(&self) -> &RawWakerVTable {}
}

impl Clone for Waker {}
impl crate::fmt::Debug for Waker {}
impl<W: Wake> From<Arc<W>> for Waker {}

pub trait Wake {
    fn wake(self: Arc<Self>);
    fn wake_by_ref(self: &Arc<Self>) {}
}

pub struct RawWaker {}

impl RawWaker {
    pub fn new(data: *const (), vtable: &RawWakerVTable) -> RawWaker {}
}

impl Clone for RawWaker {}

pub struct RawWakerVTable {}

impl RawWakerVTable {
    pub fn new(
        clone: unsafe fn(*const ()) -> RawWaker,
        wake: unsafe fn(*const ()),
        wake_by_ref: unsafe fn(*const ()),
        drop: unsafe fn(*const ()),
    ) -> RawWakerVTable {
    }
}

impl Clone for RawWakerVTable {}
impl Copy for RawWakerVTable {}
