//! `std::sync`.

use crate::ops::{Deref, DerefMut};
use crate::pin::Pin;
use crate::time::Duration;

pub struct Arc<T> {}

impl<T> Arc<T> {
    pub fn new(value: T) -> Arc<T> {}
    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(f: F) -> Arc<T> {}
    pub fn pin(value: T) -> Pin<Arc<T>> {}
    pub fn try_unwrap(this: Arc<T>) -> Result<T, Arc<T>> {}
    pub fn into_inner(this: Arc<T>) -> Option<T> {}
    pub fn unwrap_or_clone(this: Arc<T>) -> T {}
    pub fn into_raw(this: Arc<T>) -> *const T {}
    pub fn as_ptr(this: &Arc<T>) -> *const T {}
    pub unsafe fn from_raw(pointer: *const T) -> Arc<T> {}
    pub unsafe fn increment_strong_count(pointer: *const T) {}
    pub unsafe fn decrement_strong_count(pointer: *const T) {}
    pub fn downgrade(this: &Arc<T>) -> Weak<T> {}
    pub fn weak_count(this: &Arc<T>) -> usize {}
    pub fn strong_count(this: &Arc<T>) -> usize {}
    pub fn ptr_eq(this: &Arc<T>, other: &Arc<T>) -> bool {}
    pub fn make_mut(this: &mut Arc<T>) -> &mut T {}
    pub fn get_mut(this: &mut Arc<T>) -> Option<&mut T> {}
}

impl Arc<dyn crate::any::Any> {
    pub fn downcast<T>(self) -> Result<Arc<T>, Arc<dyn crate::any::Any>> {}
}

impl<T> Deref for Arc<T> {
    type Target = T;
}
impl<T> Clone for Arc<T> {}
impl<T: Default> Default for Arc<T> {}
impl<T: PartialEq> PartialEq for Arc<T> {}
impl<T: Eq> Eq for Arc<T> {}
impl<T: PartialOrd> PartialOrd for Arc<T> {}
impl<T: Ord> Ord for Arc<T> {}
impl<T: crate::hash::Hash> crate::hash::Hash for Arc<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for Arc<T> {}
impl<T: crate::fmt::Display> crate::fmt::Display for Arc<T> {}
impl<T> AsRef<T> for Arc<T> {}
impl<T> From<T> for Arc<T> {}
impl<T> From<Box<T>> for Arc<T> {}
impl From<&str> for Arc<str> {}
impl From<String> for Arc<str> {}
impl From<&crate::path::Path> for Arc<crate::path::Path> {}
impl From<crate::path::PathBuf> for Arc<crate::path::Path> {}
impl<T: Clone> From<&[T]> for Arc<[T]> {}
impl<T> From<Vec<T>> for Arc<[T]> {}
impl<T, const N: usize> From<[T; N]> for Arc<[T]> {}
impl<T> FromIterator<T> for Arc<[T]> {}

pub struct Weak<T> {}

impl<T> Weak<T> {
    pub fn new() -> Weak<T> {}
    pub fn as_ptr(&self) -> *const T {}
    pub fn upgrade(&self) -> Option<Arc<T>> {}
    pub fn strong_count(&self) -> usize {}
    pub fn weak_count(&self) -> usize {}
    pub fn ptr_eq(&self, other: &Weak<T>) -> bool {}
}

impl<T> Clone for Weak<T> {}
impl<T> Default for Weak<T> {}
impl<T> crate::fmt::Debug for Weak<T> {}

pub type LockResult<T> = Result<T, PoisonError<T>>;
pub type TryLockResult<T> = Result<T, TryLockError<T>>;

pub struct PoisonError<T> {}

impl<T> PoisonError<T> {
    pub fn new(value: T) -> PoisonError<T> {}
    pub fn into_inner(self) -> T {}
    pub fn get_ref(&self) -> &T {}
    pub fn get_mut(&mut self) -> &mut T {}
}

impl<T> crate::fmt::Debug for PoisonError<T> {}
impl<T> crate::fmt::Display for PoisonError<T> {}
impl<T> crate::error::Error for PoisonError<T> {}

pub enum TryLockError<T> {
    Poisoned(PoisonError<T>),
    WouldBlock,
}

impl<T> crate::fmt::Debug for TryLockError<T> {}
impl<T> crate::fmt::Display for TryLockError<T> {}
impl<T> crate::error::Error for TryLockError<T> {}

pub struct Mutex<T> {}

impl<T> Mutex<T> {
    pub fn new(value: T) -> Mutex<T> {}
    pub fn lock(&self) -> LockResult<MutexGuard<T>> {}
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<T>> {}
    pub fn is_poisoned(&self) -> bool {}
    pub fn clear_poison(&self) {}
    pub fn into_inner(self) -> LockResult<T> {}
    pub fn get_mut(&mut self) -> LockResult<&mut T> {}
}

impl<T: Default> Default for Mutex<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for Mutex<T> {}
impl<T> From<T> for Mutex<T> {}

pub struct MutexGuard<T> {}

impl<T> Deref for MutexGuard<T> {
    type Target = T;
}
impl<T> DerefMut for MutexGuard<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for MutexGuard<T> {}
impl<T: crate::fmt::Display> crate::fmt::Display for MutexGuard<T> {}

pub struct RwLock<T> {}

impl<T> RwLock<T> {
    pub fn new(value: T) -> RwLock<T> {}
    pub fn read(&self) -> LockResult<RwLockReadGuard<T>> {}
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<T>> {}
    pub fn write(&self) -> LockResult<RwLockWriteGuard<T>> {}
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<T>> {}
    pub fn is_poisoned(&self) -> bool {}
    pub fn clear_poison(&self) {}
    pub fn into_inner(self) -> LockResult<T> {}
    pub fn get_mut(&mut self) -> LockResult<&mut T> {}
}

impl<T: Default> Default for RwLock<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for RwLock<T> {}
impl<T> From<T> for RwLock<T> {}

pub struct RwLockReadGuard<T> {}

impl<T> Deref for RwLockReadGuard<T> {
    type Target = T;
}
impl<T: crate::fmt::Debug> crate::fmt::Debug for RwLockReadGuard<T> {}

pub struct RwLockWriteGuard<T> {}

impl<T> Deref for RwLockWriteGuard<T> {
    type Target = T;
}
impl<T> DerefMut for RwLockWriteGuard<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for RwLockWriteGuard<T> {}

pub struct Condvar {}

impl Condvar {
    pub fn new() -> Condvar {}
    pub fn wait<T>(&self, guard: MutexGuard<T>) -> LockResult<MutexGuard<T>> {}
    pub fn wait_while<T, F: FnMut(&mut T) -> bool>(&self, guard: MutexGuard<T>, f: F) -> LockResult<MutexGuard<T>> {}
    pub fn wait_timeout<T>(&self, guard: MutexGuard<T>, time: Duration) -> LockResult<(MutexGuard<T>, WaitTimeoutResult)> {}
    pub fn wait_timeout_while<T, F: FnMut(&mut T) -> bool>(&self, guard: MutexGuard<T>, time: Duration, f: F) -> LockResult<(MutexGuard<T>, WaitTimeoutResult)> {}
    pub fn notify_one(&self) {}
    pub fn notify_all(&self) {}
}

impl Default for Condvar {}
impl crate::fmt::Debug for Condvar {}

pub struct WaitTimeoutResult {}

impl WaitTimeoutResult {
    pub fn timed_out(&self) -> bool {}
}

pub struct Barrier {}

impl Barrier {
    pub fn new(n: usize) -> Barrier {}
    pub fn wait(&self) -> BarrierWaitResult {}
}

pub struct BarrierWaitResult {}

impl BarrierWaitResult {
    pub fn is_leader(&self) -> bool {}
}

pub struct Once {}

impl Once {
    pub fn new() -> Once {}
    pub fn call_once<F: FnOnce()>(&self, f: F) {}
    pub fn call_once_force<F: FnOnce(&OnceState)>(&self, f: F) {}
    pub fn is_completed(&self) -> bool {}
}

pub struct OnceState {}

impl OnceState {
    pub fn is_poisoned(&self) -> bool {}
}

pub struct OnceLock<T> {}

impl<T> OnceLock<T> {
    pub fn new() -> OnceLock<T> {}
    pub fn get(&self) -> Option<&T> {}
    pub fn get_mut(&mut self) -> Option<&mut T> {}
    pub fn set(&self, value: T) -> Result<(), T> {}
    pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T {}
    pub fn wait(&self) -> &T {}
    pub fn into_inner(self) -> Option<T> {}
    pub fn take(&mut self) -> Option<T> {}
}

impl<T: Clone> Clone for OnceLock<T> {}
impl<T> Default for OnceLock<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for OnceLock<T> {}
impl<T> From<T> for OnceLock<T> {}

pub struct LazyLock<T, F = fn() -> T> {}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    pub fn new(f: F) -> LazyLock<T, F> {}
    pub fn force(this: &LazyLock<T, F>) -> &T {}
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;
}

pub mod mpsc {
    use crate::time::Duration;

    pub fn channel<T>() -> (Sender<T>, Receiver<T>) {}
    pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {}

    pub struct Sender<T> {}

    impl<T> Sender<T> {
        pub fn send(&self, value: T) -> Result<(), SendError<T>> {}
    }

    impl<T> Clone for Sender<T> {}
    impl<T> crate::fmt::Debug for Sender<T> {}

    pub struct SyncSender<T> {}

    impl<T> SyncSender<T> {
        pub fn send(&self, value: T) -> Result<(), SendError<T>> {}
        pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {}
    }

    impl<T> Clone for SyncSender<T> {}
    impl<T> crate::fmt::Debug for SyncSender<T> {}

    pub struct Receiver<T> {}

    impl<T> Receiver<T> {
        pub fn try_recv(&self) -> Result<T, TryRecvError> {}
        pub fn recv(&self) -> Result<T, RecvError> {}
        pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {}
        pub fn iter(&self) -> Iter<T> {}
        pub fn try_iter(&self) -> TryIter<T> {}
    }

    impl<T> crate::fmt::Debug for Receiver<T> {}
    impl<T> IntoIterator for Receiver<T> {
        type Item = T;
        type IntoIter = IntoIter<T>;
    }
    impl<T> IntoIterator for &Receiver<T> {
        type Item = T;
        type IntoIter = Iter<T>;
    }

    pub struct Iter<T> {}
    impl<T> Iterator for Iter<T> {
        type Item = T;
    }

    pub struct TryIter<T> {}
    impl<T> Iterator for TryIter<T> {
        type Item = T;
    }

    pub struct IntoIter<T> {}
    impl<T> Iterator for IntoIter<T> {
        type Item = T;
    }

    pub struct SendError<T>(pub T);
    impl<T> crate::fmt::Debug for SendError<T> {}
    impl<T> crate::fmt::Display for SendError<T> {}
    impl<T> crate::error::Error for SendError<T> {}

    pub enum TrySendError<T> {
        Full(T),
        Disconnected(T),
    }
    impl<T> crate::fmt::Debug for TrySendError<T> {}
    impl<T> crate::fmt::Display for TrySendError<T> {}
    impl<T> crate::error::Error for TrySendError<T> {}

    pub struct RecvError;
    impl Clone for RecvError {}
    impl crate::fmt::Debug for RecvError {}
    impl crate::fmt::Display for RecvError {}
    impl crate::error::Error for RecvError {}

    pub enum TryRecvError {
        Empty,
        Disconnected,
    }
    impl Clone for TryRecvError {}
    impl PartialEq for TryRecvError {}
    impl crate::fmt::Debug for TryRecvError {}
    impl crate::fmt::Display for TryRecvError {}
    impl crate::error::Error for TryRecvError {}

    pub enum RecvTimeoutError {
        Timeout,
        Disconnected,
    }
    impl Clone for RecvTimeoutError {}
    impl PartialEq for RecvTimeoutError {}
    impl crate::fmt::Debug for RecvTimeoutError {}
    impl crate::fmt::Display for RecvTimeoutError {}
    impl crate::error::Error for RecvTimeoutError {}
}

pub mod atomic {
    pub enum Ordering {
        Relaxed,
        Release,
        Acquire,
        AcqRel,
        SeqCst,
    }

    impl Clone for Ordering {}
    impl Copy for Ordering {}
    impl PartialEq for Ordering {}

    pub fn fence(order: Ordering) {}
    pub fn compiler_fence(order: Ordering) {}

    pub struct AtomicBool {}

    impl AtomicBool {
        pub fn new(value: bool) -> AtomicBool {}
        pub fn get_mut(&mut self) -> &mut bool {}
        pub fn into_inner(self) -> bool {}
        pub fn load(&self, order: Ordering) -> bool {}
        pub fn store(&self, value: bool, order: Ordering) {}
        pub fn swap(&self, value: bool, order: Ordering) -> bool {}
        pub fn compare_exchange(&self, current: bool, new: bool, success: Ordering, failure: Ordering) -> Result<bool, bool> {}
        pub fn compare_exchange_weak(&self, current: bool, new: bool, success: Ordering, failure: Ordering) -> Result<bool, bool> {}
        pub fn fetch_and(&self, value: bool, order: Ordering) -> bool {}
        pub fn fetch_nand(&self, value: bool, order: Ordering) -> bool {}
        pub fn fetch_or(&self, value: bool, order: Ordering) -> bool {}
        pub fn fetch_xor(&self, value: bool, order: Ordering) -> bool {}
        pub fn fetch_not(&self, order: Ordering) -> bool {}
        pub fn fetch_update<F: FnMut(bool) -> Option<bool>>(&self, set: Ordering, fetch: Ordering, f: F) -> Result<bool, bool> {}
        pub fn as_ptr(&self) -> *mut bool {}
    }

    impl Default for AtomicBool {}
    impl crate::fmt::Debug for AtomicBool {}
    impl From<bool> for AtomicBool {}

    pub struct AtomicPtr<T> {}

    impl<T> AtomicPtr<T> {
        pub fn new(value: *mut T) -> AtomicPtr<T> {}
        pub fn get_mut(&mut self) -> &mut *mut T {}
        pub fn into_inner(self) -> *mut T {}
        pub fn load(&self, order: Ordering) -> *mut T {}
        pub fn store(&self, value: *mut T, order: Ordering) {}
        pub fn swap(&self, value: *mut T, order: Ordering) -> *mut T {}
        pub fn compare_exchange(&self, current: *mut T, new: *mut T, success: Ordering, failure: Ordering) -> Result<*mut T, *mut T> {}
        pub fn compare_exchange_weak(&self, current: *mut T, new: *mut T, success: Ordering, failure: Ordering) -> Result<*mut T, *mut T> {}
    }

    impl<T> Default for AtomicPtr<T> {}
    impl<T> crate::fmt::Debug for AtomicPtr<T> {}

    macro_rules! atomics {
        ($($atomic:ident $int:ident)*) => {$(
            pub struct $atomic {}

            impl $atomic {
                pub fn new(value: $int) -> $atomic {}
                pub fn get_mut(&mut self) -> &mut $int {}
                pub fn into_inner(self) -> $int {}
                pub fn load(&self, order: Ordering) -> $int {}
                pub fn store(&self, value: $int, order: Ordering) {}
                pub fn swap(&self, value: $int, order: Ordering) -> $int {}
                pub fn compare_exchange(&self, current: $int, new: $int, success: Ordering, failure: Ordering) -> Result<$int, $int> {}
                pub fn compare_exchange_weak(&self, current: $int, new: $int, success: Ordering, failure: Ordering) -> Result<$int, $int> {}
                pub fn fetch_add(&self, value: $int, order: Ordering) -> $int {}
                pub fn fetch_sub(&self, value: $int, order: Ordering) -> $int {}
                pub fn fetch_and(&self, value: $int, order: Ordering) -> $int {}
                pub fn fetch_nand(&self, value: $int, order: Ordering) -> $int {}
                pub fn fetch_or(&self, value: $int, order: Ordering) -> $int {}
                pub fn fetch_xor(&self, value: $int, order: Ordering) -> $int {}
                pub fn fetch_update<F: FnMut($int) -> Option<$int>>(&self, set: Ordering, fetch: Ordering, f: F) -> Result<$int, $int> {}
                pub fn fetch_max(&self, value: $int, order: Ordering) -> $int {}
                pub fn fetch_min(&self, value: $int, order: Ordering) -> $int {}
                pub fn as_ptr(&self) -> *mut $int {}
            }

            impl Default for $atomic {}
            impl crate::fmt::Debug for $atomic {}
            impl From<$int> for $atomic {}
        )*};
    }

    atomics! {
        AtomicU8 u8
        AtomicU16 u16
        AtomicU32 u32
        AtomicU64 u64
        AtomicUsize usize
        AtomicI8 i8
        AtomicI16 i16
        AtomicI32 i32
        AtomicI64 i64
        AtomicIsize isize
    }
}
