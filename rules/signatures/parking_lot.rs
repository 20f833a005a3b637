//! `parking_lot`, whose guards have no poison.

use std::ops::{Deref, DerefMut};
use std::time::{Duration, Instant};

pub struct Mutex<T> {}

impl<T> Mutex<T> {
    pub fn new(value: T) -> Mutex<T> {}
    pub fn into_inner(self) -> T {}
    pub fn lock(&self) -> MutexGuard<T> {}
    pub fn try_lock(&self) -> Option<MutexGuard<T>> {}
    pub fn try_lock_for(&self, timeout: Duration) -> Option<MutexGuard<T>> {}
    pub fn try_lock_until(&self, timeout: Instant) -> Option<MutexGuard<T>> {}
    pub fn lock_arc(self: &std::sync::Arc<Self>) -> ArcMutexGuard<T> {}
    pub fn is_locked(&self) -> bool {}
    pub fn get_mut(&mut self) -> &mut T {}
    pub fn data_ptr(&self) -> *mut T {}
}

impl<T: Default> Default for Mutex<T> {}
impl<T> From<T> for Mutex<T> {}
impl<T: std::fmt::Debug> std::fmt::Debug for Mutex<T> {}

pub struct MutexGuard<T> {}

impl<T> MutexGuard<T> {
    pub fn map<U, F: FnOnce(&mut T) -> &mut U>(guard: MutexGuard<T>, f: F) -> MappedMutexGuard<U> {}
    pub fn unlock_fair(guard: MutexGuard<T>) {}
    pub fn unlocked<F: FnOnce() -> U, U>(guard: &mut MutexGuard<T>, f: F) -> U {}
    pub fn bump(guard: &mut MutexGuard<T>) {}
}

impl<T> Deref for MutexGuard<T> {
    type Target = T;
}
impl<T> DerefMut for MutexGuard<T> {}

pub struct MappedMutexGuard<T> {}

impl<T> MappedMutexGuard<T> {
    pub fn map<U, F: FnOnce(&mut T) -> &mut U>(guard: MappedMutexGuard<T>, f: F) -> MappedMutexGuard<U> {}
}

impl<T> Deref for MappedMutexGuard<T> {
    type Target = T;
}
impl<T> DerefMut for MappedMutexGuard<T> {}

pub struct ArcMutexGuard<T> {}

impl<T> Deref for ArcMutexGuard<T> {
    type Target = T;
}
impl<T> DerefMut for ArcMutexGuard<T> {}

pub struct ReentrantMutex<T> {}

impl<T> ReentrantMutex<T> {
    pub fn new(value: T) -> ReentrantMutex<T> {}
    pub fn lock(&self) -> ReentrantMutexGuard<T> {}
    pub fn try_lock(&self) -> Option<ReentrantMutexGuard<T>> {}
}

pub struct ReentrantMutexGuard<T> {}

impl<T> Deref for ReentrantMutexGuard<T> {
    type Target = T;
}

pub struct RwLock<T> {}

impl<T> RwLock<T> {
    pub fn new(value: T) -> RwLock<T> {}
    pub fn into_inner(self) -> T {}
    pub fn read(&self) -> RwLockReadGuard<T> {}
    pub fn read_recursive(&self) -> RwLockReadGuard<T> {}
    pub fn try_read(&self) -> Option<RwLockReadGuard<T>> {}
    pub fn try_read_for(&self, timeout: Duration) -> Option<RwLockReadGuard<T>> {}
    pub fn write(&self) -> RwLockWriteGuard<T> {}
    pub fn try_write(&self) -> Option<RwLockWriteGuard<T>> {}
    pub fn try_write_for(&self, timeout: Duration) -> Option<RwLockWriteGuard<T>> {}
    pub fn upgradable_read(&self) -> RwLockUpgradableReadGuard<T> {}
    pub fn get_mut(&mut self) -> &mut T {}
    pub fn is_locked(&self) -> bool {}
}

impl<T: Default> Default for RwLock<T> {}
impl<T> From<T> for RwLock<T> {}
impl<T: std::fmt::Debug> std::fmt::Debug for RwLock<T> {}

pub struct RwLockReadGuard<T> {}

impl<T> RwLockReadGuard<T> {
    pub fn map<U, F: FnOnce(&T) -> &U>(guard: RwLockReadGuard<T>, f: F) -> MappedRwLockReadGuard<U> {}
    pub fn try_map<U, F: FnOnce(&T) -> Option<&U>>(guard: RwLockReadGuard<T>, f: F) -> Result<MappedRwLockReadGuard<U>, RwLockReadGuard<T>> {}
}

impl<T> Deref for RwLockReadGuard<T> {
    type Target = T;
}

pub struct RwLockWriteGuard<T> {}

impl<T> RwLockWriteGuard<T> {
    pub fn map<U, F: FnOnce(&mut T) -> &mut U>(guard: RwLockWriteGuard<T>, f: F) -> MappedRwLockWriteGuard<U> {}
    pub fn downgrade(guard: RwLockWriteGuard<T>) -> RwLockReadGuard<T> {}
}

impl<T> Deref for RwLockWriteGuard<T> {
    type Target = T;
}
impl<T> DerefMut for RwLockWriteGuard<T> {}

pub struct RwLockUpgradableReadGuard<T> {}

impl<T> RwLockUpgradableReadGuard<T> {
    pub fn upgrade(guard: RwLockUpgradableReadGuard<T>) -> RwLockWriteGuard<T> {}
}

impl<T> Deref for RwLockUpgradableReadGuard<T> {
    type Target = T;
}

pub struct MappedRwLockReadGuard<T> {}

impl<T> Deref for MappedRwLockReadGuard<T> {
    type Target = T;
}

pub struct MappedRwLockWriteGuard<T> {}

impl<T> Deref for MappedRwLockWriteGuard<T> {
    type Target = T;
}
impl<T> DerefMut for MappedRwLockWriteGuard<T> {}

pub struct Condvar {}

impl Condvar {
    pub fn new() -> Condvar {}
    pub fn notify_one(&self) -> bool {}
    pub fn notify_all(&self) -> usize {}
    pub fn wait<T>(&self, guard: &mut MutexGuard<T>) {}
    pub fn wait_until<T>(&self, guard: &mut MutexGuard<T>, timeout: Instant) -> WaitTimeoutResult {}
    pub fn wait_for<T>(&self, guard: &mut MutexGuard<T>, timeout: Duration) -> WaitTimeoutResult {}
    pub fn wait_while<T, F: FnMut(&mut T) -> bool>(&self, guard: &mut MutexGuard<T>, f: F) {}
}

impl Default for Condvar {}

pub struct WaitTimeoutResult {}

impl WaitTimeoutResult {
    pub fn timed_out(&self) -> bool {}
}

pub struct Once {}

impl Once {
    pub fn new() -> Once {}
    pub fn call_once<F: FnOnce()>(&self, f: F) {}
}
