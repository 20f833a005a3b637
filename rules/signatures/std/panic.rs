//! `std::panic`.

use crate::any::Any;
use crate::ops::{Deref, DerefMut};

pub trait UnwindSafe {}
pub trait RefUnwindSafe {}

pub fn catch_unwind<F: FnOnce() -> R, R>(f: F) -> crate::thread::Result<R> {}
pub fn panic_any<M>(message: M) -> ! {}
pub fn resume_unwind(payload: Box<dyn Any>) -> ! {}
pub fn set_hook(hook: Box<dyn Fn(&PanicHookInfo)>) {}
pub fn take_hook() -> Box<dyn Fn(&PanicHookInfo)> {}

pub type PanicInfo = PanicHookInfo;

pub struct PanicHookInfo {}

impl PanicHookInfo {
    pub fn payload(&self) -> &dyn Any {}
    pub fn payload_as_str(&self) -> Option<&str> {}
    pub fn location(&self) -> Option<&Location> {}
}

impl crate::fmt::Display for PanicHookInfo {}

pub struct Location {}

impl Location {
    pub fn caller() -> &Location {}
    pub fn file(&self) -> &str {}
    pub fn line(&self) -> u32 {}
    pub fn column(&self) -> u32 {}
}

impl Clone for Location {}
impl Copy for Location {}
impl PartialEq for Location {}
impl crate::fmt::Debug for Location {}
impl crate::fmt::Display for Location {}

pub struct AssertUnwindSafe<T>(pub T);

impl<T> Deref for AssertUnwindSafe<T> {
    type Target = T;
}
impl<T> DerefMut for AssertUnwindSafe<T> {}
impl<R, F: FnOnce() -> R> FnOnce<()> for AssertUnwindSafe<F> {
    type Output = R;
}
impl<F: Future> Future for AssertUnwindSafe<F> {
    type Output = F::Output;
}
