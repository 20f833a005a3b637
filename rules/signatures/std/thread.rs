//! `std::thread`.

use crate::any::Any;
use crate::io;
use crate::num::NonZero;
use crate::time::Duration;

pub type Result<T> = crate::result::Result<T, Box<dyn Any>>;

pub fn available_parallelism() -> io::Result<NonZero<usize>> {}
pub fn current() -> Thread {}
pub fn panicking() -> bool {}
pub fn park() {}
pub fn park_timeout(duration: Duration) {}
pub fn scope<F: FnOnce(&Scope) -> T, T>(f: F) -> T {}
pub fn sleep(duration: Duration) {}
pub fn spawn<F: FnOnce() -> T, T>(f: F) -> JoinHandle<T> {}
pub fn yield_now() {}

pub struct JoinHandle<T> {}

impl<T> JoinHandle<T> {
    pub fn thread(&self) -> &Thread {}
    pub fn join(self) -> Result<T> {}
    pub fn is_finished(&self) -> bool {}
}

impl<T> crate::fmt::Debug for JoinHandle<T> {}

pub struct Thread {}

impl Thread {
    pub fn unpark(&self) {}
    pub fn id(&self) -> ThreadId {}
    pub fn name(&self) -> Option<&str> {}
}

impl Clone for Thread {}
impl crate::fmt::Debug for Thread {}

pub struct ThreadId {}

impl Clone for ThreadId {}
impl Copy for ThreadId {}
impl PartialEq for ThreadId {}
impl Eq for ThreadId {}
impl crate::hash::Hash for ThreadId {}
impl crate::fmt::Debug for ThreadId {}

pub struct Builder {}

impl Builder {
    pub fn new() -> Builder {}
    pub fn name(self, name: String) -> Builder {}
    pub fn stack_size(self, size: usize) -> Builder {}
    pub fn spawn<F: FnOnce() -> T, T>(self, f: F) -> io::Result<JoinHandle<T>> {}
    pub fn spawn_scoped<F: FnOnce() -> T, T>(self, scope: &Scope, f: F) -> io::Result<ScopedJoinHandle<T>> {}
}

pub struct Scope {}

impl Scope {
    pub fn spawn<F: FnOnce() -> T, T>(&self, f: F) -> ScopedJoinHandle<T> {}
}

pub struct ScopedJoinHandle<T> {}

impl<T> ScopedJoinHandle<T> {
    pub fn thread(&self) -> &Thread {}
    pub fn join(self) -> Result<T> {}
    pub fn is_finished(&self) -> bool {}
}

pub struct LocalKey<T> {}

impl<T> LocalKey<T> {
    pub fn with<F: FnOnce(&T) -> R, R>(&self, f: F) -> R {}
    pub fn try_with<F: FnOnce(&T) -> R, R>(&self, f: F) -> crate::result::Result<R, AccessError> {}
}

impl<T> LocalKey<crate::cell::Cell<T>> {
    pub fn set(&self, value: T) {}
    pub fn get(&self) -> T {}
    pub fn take(&self) -> T {}
    pub fn replace(&self, value: T) -> T {}
}

impl<T> LocalKey<crate::cell::RefCell<T>> {
    pub fn with_borrow<F: FnOnce(&T) -> R, R>(&self, f: F) -> R {}
    pub fn with_borrow_mut<F: FnOnce(&mut T) -> R, R>(&self, f: F) -> R {}
    pub fn set(&self, value: T) {}
    pub fn take(&self) -> T {}
    pub fn replace(&self, value: T) -> T {}
}

pub struct AccessError {}
impl Clone for AccessError {}
impl crate::fmt::Debug for AccessError {}
impl crate::fmt::Display for AccessError {}
impl crate::error::Error for AccessError {}
