//! `tokio`.

pub use task::spawn;

pub mod task {
    use std::future::Future;

    pub fn spawn<F: Future>(future: F) -> JoinHandle<F::Output> {}
    pub fn spawn_blocking<F: FnOnce() -> R, R>(f: F) -> JoinHandle<R> {}
    pub fn spawn_local<F: Future>(future: F) -> JoinHandle<F::Output> {}
    pub fn block_in_place<F: FnOnce() -> R, R>(f: F) -> R {}
    pub async fn yield_now() {}
    pub async fn unconstrained<F: Future>(future: F) -> F::Output {}
    pub fn id() -> Id {}
    pub fn try_id() -> Option<Id> {}

    pub struct Id {}
    impl Clone for Id {}
    impl Copy for Id {}
    impl PartialEq for Id {}
    impl Eq for Id {}
    impl std::hash::Hash for Id {}
    impl std::fmt::Debug for Id {}
    impl std::fmt::Display for Id {}

    pub struct JoinHandle<T> {}

    impl<T> JoinHandle<T> {
        pub fn abort(&self) {}
        pub fn is_finished(&self) -> bool {}
        pub fn abort_handle(&self) -> AbortHandle {}
        pub fn id(&self) -> Id {}
    }

    impl<T> Future for JoinHandle<T> {
        type Output = Result<T, JoinError>;
    }
    impl<T> std::fmt::Debug for JoinHandle<T> {}

    pub struct AbortHandle {}

    impl AbortHandle {
        pub fn abort(&self) {}
        pub fn is_finished(&self) -> bool {}
        pub fn id(&self) -> Id {}
    }

    impl Clone for AbortHandle {}
    impl std::fmt::Debug for AbortHandle {}

    pub struct JoinError {}

    impl JoinError {
        pub fn is_cancelled(&self) -> bool {}
        pub fn is_panic(&self) -> bool {}
        pub fn into_panic(self) -> Box<dyn std::any::Any> {}
        pub fn try_into_panic(self) -> Result<Box<dyn std::any::Any>, JoinError> {}
        pub fn id(&self) -> Id {}
    }

    impl std::fmt::Debug for JoinError {}
    impl std::fmt::Display for JoinError {}
    impl std::error::Error for JoinError {}
    impl From<JoinError> for std::io::Error {}

    pub struct JoinSet<T> {}

    impl<T> JoinSet<T> {
        pub fn new() -> JoinSet<T> {}
        pub fn len(&self) -> usize {}
        pub fn is_empty(&self) -> bool {}
        pub fn spawn<F: Future<Output = T>>(&mut self, future: F) -> AbortHandle {}
        pub fn spawn_on<F: Future<Output = T>>(&mut self, future: F, handle: &crate::runtime::Handle) -> AbortHandle {}
        pub fn spawn_local<F: Future<Output = T>>(&mut self, future: F) -> AbortHandle {}
        pub fn spawn_blocking<F: FnOnce() -> T>(&mut self, f: F) -> AbortHandle {}
        pub async fn join_next(&mut self) -> Option<Result<T, JoinError>> {}
        pub async fn join_next_with_id(&mut self) -> Option<Result<(Id, T), JoinError>> {}
        pub fn try_join_next(&mut self) -> Option<Result<T, JoinError>> {}
        pub async fn join_all(self) -> Vec<T> {}
        pub async fn shutdown(&mut self) {}
        pub fn abort_all(&mut self) {}
        pub fn detach_all(&mut self) {}
    }

    impl<T> Default for JoinSet<T> {}
    impl<F: Future<Output = T>, T> FromIterator<F> for JoinSet<T> {}

    pub struct LocalSet {}

    impl LocalSet {
        pub fn new() -> LocalSet {}
        pub fn enter(&self) -> LocalEnterGuard {}
        pub fn spawn_local<F: Future>(&self, future: F) -> JoinHandle<F::Output> {}
        pub fn block_on<F: Future>(&self, runtime: &crate::runtime::Runtime, future: F) -> F::Output {}
        pub async fn run_until<F: Future>(&self, future: F) -> F::Output {}
    }

    impl Default for LocalSet {}
    impl Future for LocalSet {
        type Output = ();
    }

    pub struct LocalEnterGuard {}

    pub struct LocalKey<T> {}

    impl<T> LocalKey<T> {
        pub async fn scope<F: Future>(&self, value: T, future: F) -> F::Output {}
        pub fn sync_scope<F: FnOnce() -> R, R>(&self, value: T, f: F) -> R {}
        pub fn with<F: FnOnce(&T) -> R, R>(&self, f: F) -> R {}
        pub fn get(&self) -> T {}
    }

    pub mod futures {
        pub struct TaskLocalFuture<T, F> {}
    }
}

pub mod runtime {
    use crate::task::JoinHandle;
    use std::future::Future;
    use std::time::Duration;

    pub struct Runtime {}

    impl Runtime {
        pub fn new() -> std::io::Result<Runtime> {}
        pub fn handle(&self) -> &Handle {}
        pub fn spawn<F: Future>(&self, future: F) -> JoinHandle<F::Output> {}
        pub fn spawn_blocking<F: FnOnce() -> R, R>(&self, f: F) -> JoinHandle<R> {}
        pub fn block_on<F: Future>(&self, future: F) -> F::Output {}
        pub fn enter(&self) -> EnterGuard {}
        pub fn metrics(&self) -> RuntimeMetrics {}
        pub fn shutdown_timeout(self, duration: Duration) {}
        pub fn shutdown_background(self) {}
    }

    impl std::fmt::Debug for Runtime {}

    pub struct Handle {}

    impl Handle {
        pub fn enter(&self) -> EnterGuard {}
        pub fn current() -> Handle {}
        pub fn try_current() -> Result<Handle, TryCurrentError> {}
        pub fn spawn<F: Future>(&self, future: F) -> JoinHandle<F::Output> {}
        pub fn spawn_blocking<F: FnOnce() -> R, R>(&self, f: F) -> JoinHandle<R> {}
        pub fn block_on<F: Future>(&self, future: F) -> F::Output {}
        pub fn metrics(&self) -> RuntimeMetrics {}
        pub fn runtime_flavor(&self) -> RuntimeFlavor {}
    }

    impl Clone for Handle {}
    impl std::fmt::Debug for Handle {}

    pub enum RuntimeFlavor {
        CurrentThread,
        MultiThread,
    }

    pub struct RuntimeMetrics {}

    impl RuntimeMetrics {
        pub fn num_workers(&self) -> usize {}
        pub fn num_alive_tasks(&self) -> usize {}
        pub fn global_queue_depth(&self) -> usize {}
    }

    pub struct EnterGuard {}

    pub struct TryCurrentError {}

    impl TryCurrentError {
        pub fn is_missing_context(&self) -> bool {}
    }
    impl std::fmt::Debug for TryCurrentError {}
    impl std::fmt::Display for TryCurrentError {}
    impl std::error::Error for TryCurrentError {}

    pub struct Builder {}

    impl Builder {
        pub fn new_current_thread() -> Builder {}
        pub fn new_multi_thread() -> Builder {}
        pub fn enable_all(&mut self) -> &mut Builder {}
        pub fn enable_io(&mut self) -> &mut Builder {}
        pub fn enable_time(&mut self) -> &mut Builder {}
        pub fn worker_threads(&mut self, n: usize) -> &mut Builder {}
        pub fn max_blocking_threads(&mut self, n: usize) -> &mut Builder {}
        pub fn thread_name<S: Into<String>>(&mut self, name: S) -> &mut Builder {}
        pub fn thread_name_fn<F: Fn() -> String>(&mut self, f: F) -> &mut Builder {}
        pub fn thread_stack_size(&mut self, size: usize) -> &mut Builder {}
        pub fn thread_keep_alive(&mut self, duration: Duration) -> &mut Builder {}
        pub fn on_thread_start<F: Fn()>(&mut self, f: F) -> &mut Builder {}
        pub fn on_thread_stop<F: Fn()>(&mut self, f: F) -> &mut Builder {}
        pub fn on_thread_park<F: Fn()>(&mut self, f: F) -> &mut Builder {}
        pub fn on_thread_unpark<F: Fn()>(&mut self, f: F) -> &mut Builder {}
        pub fn global_queue_interval(&mut self, n: u32) -> &mut Builder {}
        pub fn event_interval(&mut self, n: u32) -> &mut Builder {}
        pub fn start_paused(&mut self, paused: bool) -> &mut Builder {}
        pub fn build(&mut self) -> std::io::Result<Runtime> {}
    }
}

pub mod sync {
    use std::ops::{Deref, DerefMut};
    use std::sync::Arc;

    pub struct Mutex<T> {}

    impl<T> Mutex<T> {
        pub fn new(value: T) -> Mutex<T> {}
        pub fn const_new(value: T) -> Mutex<T> {}
        pub async fn lock(&self) -> MutexGuard<T> {}
        pub fn blocking_lock(&self) -> MutexGuard<T> {}
        pub async fn lock_owned(self: Arc<Self>) -> OwnedMutexGuard<T> {}
        pub fn try_lock(&self) -> Result<MutexGuard<T>, TryLockError> {}
        pub fn try_lock_owned(self: Arc<Self>) -> Result<OwnedMutexGuard<T>, TryLockError> {}
        pub fn get_mut(&mut self) -> &mut T {}
        pub fn into_inner(self) -> T {}
    }

    impl<T: Default> Default for Mutex<T> {}
    impl<T> From<T> for Mutex<T> {}
    impl<T: std::fmt::Debug> std::fmt::Debug for Mutex<T> {}

    pub struct MutexGuard<T> {}

    impl<T> MutexGuard<T> {
        pub fn map<U, F: FnOnce(&mut T) -> &mut U>(guard: MutexGuard<T>, f: F) -> MappedMutexGuard<U> {}
        pub fn mutex(guard: &MutexGuard<T>) -> &Mutex<T> {}
    }

    impl<T> Deref for MutexGuard<T> {
        type Target = T;
    }
    impl<T> DerefMut for MutexGuard<T> {}

    pub struct MappedMutexGuard<T> {}
    impl<T> Deref for MappedMutexGuard<T> {
        type Target = T;
    }
    impl<T> DerefMut for MappedMutexGuard<T> {}

    pub struct OwnedMutexGuard<T> {}
    impl<T> Deref for OwnedMutexGuard<T> {
        type Target = T;
    }
    impl<T> DerefMut for OwnedMutexGuard<T> {}

    pub struct TryLockError {}
    impl std::fmt::Debug for TryLockError {}
    impl std::fmt::Display for TryLockError {}
    impl std::error::Error for TryLockError {}

    pub struct RwLock<T> {}

    impl<T> RwLock<T> {
        pub fn new(value: T) -> RwLock<T> {}
        pub fn const_new(value: T) -> RwLock<T> {}
        pub async fn read(&self) -> RwLockReadGuard<T> {}
        pub fn blocking_read(&self) -> RwLockReadGuard<T> {}
        pub async fn read_owned(self: Arc<Self>) -> OwnedRwLockReadGuard<T> {}
        pub fn try_read(&self) -> Result<RwLockReadGuard<T>, TryLockError> {}
        pub async fn write(&self) -> RwLockWriteGuard<T> {}
        pub fn blocking_write(&self) -> RwLockWriteGuard<T> {}
        pub async fn write_owned(self: Arc<Self>) -> OwnedRwLockWriteGuard<T> {}
        pub fn try_write(&self) -> Result<RwLockWriteGuard<T>, TryLockError> {}
        pub fn get_mut(&mut self) -> &mut T {}
        pub fn into_inner(self) -> T {}
    }

    impl<T: Default> Default for RwLock<T> {}
    impl<T> From<T> for RwLock<T> {}
    impl<T: std::fmt::Debug> std::fmt::Debug for RwLock<T> {}

    pub struct RwLockReadGuard<T> {}
    impl<T> RwLockReadGuard<T> {
        pub fn map<U, F: FnOnce(&T) -> &U>(guard: RwLockReadGuard<T>, f: F) -> RwLockReadGuard<U> {}
    }
    impl<T> Deref for RwLockReadGuard<T> {
        type Target = T;
    }

    pub struct RwLockWriteGuard<T> {}
    impl<T> RwLockWriteGuard<T> {
        pub fn map<U, F: FnOnce(&mut T) -> &mut U>(guard: RwLockWriteGuard<T>, f: F) -> RwLockMappedWriteGuard<U> {}
        pub fn downgrade(self) -> RwLockReadGuard<T> {}
    }
    impl<T> Deref for RwLockWriteGuard<T> {
        type Target = T;
    }
    impl<T> DerefMut for RwLockWriteGuard<T> {}

    pub struct RwLockMappedWriteGuard<T> {}
    impl<T> Deref for RwLockMappedWriteGuard<T> {
        type Target = T;
    }
    impl<T> DerefMut for RwLockMappedWriteGuard<T> {}

    pub struct OwnedRwLockReadGuard<T> {}
    impl<T> Deref for OwnedRwLockReadGuard<T> {
        type Target = T;
    }

    pub struct OwnedRwLockWriteGuard<T> {}
    impl<T> Deref for OwnedRwLockWriteGuard<T> {
        type Target = T;
    }
    impl<T> DerefMut for OwnedRwLockWriteGuard<T> {}

    pub struct Notify {}

    impl Notify {
        pub fn new() -> Notify {}
        pub fn const_new() -> Notify {}
        pub fn notified(&self) -> futures::Notified {}
        pub fn notified_owned(self: Arc<Self>) -> futures::OwnedNotified {}
        pub fn notify_one(&self) {}
        pub fn notify_last(&self) {}
        pub fn notify_waiters(&self) {}
    }

    impl Default for Notify {}
    impl std::fmt::Debug for Notify {}

    pub mod futures {
        use std::future::Future;
        use std::pin::Pin;

        pub struct Notified {}
        impl Notified {
            pub fn enable(self: Pin<&mut Self>) -> bool {}
        }
        impl Future for Notified {
            type Output = ();
        }

        pub struct OwnedNotified {}
        impl OwnedNotified {
            pub fn enable(self: Pin<&mut Self>) -> bool {}
        }
        impl Future for OwnedNotified {
            type Output = ();
        }
    }

    pub struct Semaphore {}

    impl Semaphore {
        pub const MAX_PERMITS: usize = 0;
        pub fn new(permits: usize) -> Semaphore {}
        pub fn const_new(permits: usize) -> Semaphore {}
        pub fn available_permits(&self) -> usize {}
        pub fn add_permits(&self, n: usize) {}
        pub fn forget_permits(&self, n: usize) -> usize {}
        pub async fn acquire(&self) -> Result<SemaphorePermit, AcquireError> {}
        pub async fn acquire_many(&self, n: u32) -> Result<SemaphorePermit, AcquireError> {}
        pub fn try_acquire(&self) -> Result<SemaphorePermit, TryAcquireError> {}
        pub fn try_acquire_many(&self, n: u32) -> Result<SemaphorePermit, TryAcquireError> {}
        pub async fn acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, AcquireError> {}
        pub async fn acquire_many_owned(self: Arc<Self>, n: u32) -> Result<OwnedSemaphorePermit, AcquireError> {}
        pub fn try_acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, TryAcquireError> {}
        pub fn try_acquire_many_owned(self: Arc<Self>, n: u32) -> Result<OwnedSemaphorePermit, TryAcquireError> {}
        pub fn close(&self) {}
        pub fn is_closed(&self) -> bool {}
    }

    impl std::fmt::Debug for Semaphore {}

    pub struct SemaphorePermit {}
    impl SemaphorePermit {
        pub fn forget(self) {}
        pub fn merge(&mut self, other: SemaphorePermit) {}
        pub fn split(&mut self, n: usize) -> Option<SemaphorePermit> {}
        pub fn num_permits(&self) -> usize {}
    }

    pub struct OwnedSemaphorePermit {}
    impl OwnedSemaphorePermit {
        pub fn forget(self) {}
        pub fn merge(&mut self, other: OwnedSemaphorePermit) {}
        pub fn split(&mut self, n: usize) -> Option<OwnedSemaphorePermit> {}
        pub fn semaphore(&self) -> &Arc<Semaphore> {}
        pub fn num_permits(&self) -> usize {}
    }

    pub struct AcquireError {}
    impl std::fmt::Debug for AcquireError {}
    impl std::fmt::Display for AcquireError {}
    impl std::error::Error for AcquireError {}

    pub enum TryAcquireError {
        Closed,
        NoPermits,
    }
    impl std::fmt::Debug for TryAcquireError {}
    impl std::fmt::Display for TryAcquireError {}
    impl std::error::Error for TryAcquireError {}

    pub struct Barrier {}

    impl Barrier {
        pub fn new(n: usize) -> Barrier {}
        pub async fn wait(&self) -> BarrierWaitResult {}
    }

    pub struct BarrierWaitResult {}
    impl BarrierWaitResult {
        pub fn is_leader(&self) -> bool {}
    }

    pub struct OnceCell<T> {}

    impl<T> OnceCell<T> {
        pub fn new() -> OnceCell<T> {}
        pub fn const_new() -> OnceCell<T> {}
        pub fn new_with(value: Option<T>) -> OnceCell<T> {}
        pub fn initialized(&self) -> bool {}
        pub fn get(&self) -> Option<&T> {}
        pub fn get_mut(&mut self) -> Option<&mut T> {}
        pub fn set(&self, value: T) -> Result<(), SetError<T>> {}
        pub async fn get_or_init<F: FnOnce() -> Fut, Fut: std::future::Future<Output = T>>(&self, f: F) -> &T {}
        pub async fn get_or_try_init<E, F: FnOnce() -> Fut, Fut: std::future::Future<Output = Result<T, E>>>(&self, f: F) -> Result<&T, E> {}
        pub fn into_inner(self) -> Option<T> {}
        pub fn take(&mut self) -> Option<T> {}
    }

    impl<T> Default for OnceCell<T> {}

    pub enum SetError<T> {
        AlreadyInitializedError(T),
        InitializingError(T),
    }

    pub mod oneshot {
        use std::future::Future;

        pub fn channel<T>() -> (Sender<T>, Receiver<T>) {}

        pub struct Sender<T> {}

        impl<T> Sender<T> {
            pub fn send(self, value: T) -> Result<(), T> {}
            pub async fn closed(&mut self) {}
            pub fn is_closed(&self) -> bool {}
            pub fn poll_closed(&mut self, context: &mut std::task::Context) -> std::task::Poll<()> {}
        }
        impl<T> std::fmt::Debug for Sender<T> {}

        pub struct Receiver<T> {}

        impl<T> Receiver<T> {
            pub fn close(&mut self) {}
            pub fn is_terminated(&self) -> bool {}
            pub fn is_empty(&self) -> bool {}
            pub fn try_recv(&mut self) -> Result<T, error::TryRecvError> {}
            pub fn blocking_recv(self) -> Result<T, error::RecvError> {}
        }

        impl<T> Future for Receiver<T> {
            type Output = Result<T, error::RecvError>;
        }
        impl<T> std::fmt::Debug for Receiver<T> {}

        pub mod error {
            pub struct RecvError {}
            impl Clone for RecvError {}
            impl std::fmt::Debug for RecvError {}
            impl std::fmt::Display for RecvError {}
            impl std::error::Error for RecvError {}

            pub enum TryRecvError {
                Empty,
                Closed,
            }
            impl std::fmt::Debug for TryRecvError {}
            impl std::fmt::Display for TryRecvError {}
            impl std::error::Error for TryRecvError {}
        }
    }

    pub mod mpsc {
        use std::task::{Context, Poll};
        use std::time::Duration;

        pub fn channel<T>(buffer: usize) -> (Sender<T>, Receiver<T>) {}
        pub fn unbounded_channel<T>() -> (UnboundedSender<T>, UnboundedReceiver<T>) {}

        pub struct Sender<T> {}

        impl<T> Sender<T> {
            pub async fn send(&self, value: T) -> Result<(), error::SendError<T>> {}
            pub async fn closed(&self) {}
            pub fn try_send(&self, value: T) -> Result<(), error::TrySendError<T>> {}
            pub async fn send_timeout(&self, value: T, timeout: Duration) -> Result<(), error::SendTimeoutError<T>> {}
            pub fn blocking_send(&self, value: T) -> Result<(), error::SendError<T>> {}
            pub fn is_closed(&self) -> bool {}
            pub async fn reserve(&self) -> Result<Permit<T>, error::SendError<()>> {}
            pub async fn reserve_many(&self, n: usize) -> Result<PermitIterator<T>, error::SendError<()>> {}
            pub async fn reserve_owned(self) -> Result<OwnedPermit<T>, error::SendError<()>> {}
            pub fn try_reserve(&self) -> Result<Permit<T>, error::TrySendError<()>> {}
            pub fn try_reserve_owned(self) -> Result<OwnedPermit<T>, error::TrySendError<Sender<T>>> {}
            pub fn same_channel(&self, other: &Sender<T>) -> bool {}
            pub fn capacity(&self) -> usize {}
            pub fn max_capacity(&self) -> usize {}
            pub fn downgrade(&self) -> WeakSender<T> {}
            pub fn strong_count(&self) -> usize {}
            pub fn weak_count(&self) -> usize {}
        }

        impl<T> Clone for Sender<T> {}
        impl<T> std::fmt::Debug for Sender<T> {}

        pub struct WeakSender<T> {}
        impl<T> WeakSender<T> {
            pub fn upgrade(&self) -> Option<Sender<T>> {}
            pub fn strong_count(&self) -> usize {}
            pub fn weak_count(&self) -> usize {}
        }
        impl<T> Clone for WeakSender<T> {}

        pub struct Permit<T> {}
        impl<T> Permit<T> {
            pub fn send(self, value: T) {}
        }

        pub struct OwnedPermit<T> {}
        impl<T> OwnedPermit<T> {
            pub fn send(self, value: T) -> Sender<T> {}
            pub fn release(self) -> Sender<T> {}
        }

        pub struct PermitIterator<T> {}
        impl<T> Iterator for PermitIterator<T> {
            type Item = Permit<T>;
        }

        pub struct Receiver<T> {}

        impl<T> Receiver<T> {
            pub async fn recv(&mut self) -> Option<T> {}
            pub async fn recv_many(&mut self, buffer: &mut Vec<T>, limit: usize) -> usize {}
            pub fn try_recv(&mut self) -> Result<T, error::TryRecvError> {}
            pub fn blocking_recv(&mut self) -> Option<T> {}
            pub fn close(&mut self) {}
            pub fn is_closed(&self) -> bool {}
            pub fn is_empty(&self) -> bool {}
            pub fn len(&self) -> usize {}
            pub fn capacity(&self) -> usize {}
            pub fn max_capacity(&self) -> usize {}
            pub fn poll_recv(&mut self, context: &mut Context) -> Poll<Option<T>> {}
            pub fn sender_strong_count(&self) -> usize {}
            pub fn sender_weak_count(&self) -> usize {}
        }
        impl<T> std::fmt::Debug for Receiver<T> {}

        pub struct UnboundedSender<T> {}

        impl<T> UnboundedSender<T> {
            pub fn send(&self, value: T) -> Result<(), error::SendError<T>> {}
            pub async fn closed(&self) {}
            pub fn is_closed(&self) -> bool {}
            pub fn same_channel(&self, other: &UnboundedSender<T>) -> bool {}
            pub fn downgrade(&self) -> WeakUnboundedSender<T> {}
            pub fn strong_count(&self) -> usize {}
            pub fn weak_count(&self) -> usize {}
        }

        impl<T> Clone for UnboundedSender<T> {}
        impl<T> std::fmt::Debug for UnboundedSender<T> {}

        pub struct WeakUnboundedSender<T> {}
        impl<T> WeakUnboundedSender<T> {
            pub fn upgrade(&self) -> Option<UnboundedSender<T>> {}
        }
        impl<T> Clone for WeakUnboundedSender<T> {}

        pub struct UnboundedReceiver<T> {}

        impl<T> UnboundedReceiver<T> {
            pub async fn recv(&mut self) -> Option<T> {}
            pub async fn recv_many(&mut self, buffer: &mut Vec<T>, limit: usize) -> usize {}
            pub fn try_recv(&mut self) -> Result<T, error::TryRecvError> {}
            pub fn blocking_recv(&mut self) -> Option<T> {}
            pub fn close(&mut self) {}
            pub fn is_closed(&self) -> bool {}
            pub fn is_empty(&self) -> bool {}
            pub fn len(&self) -> usize {}
            pub fn poll_recv(&mut self, context: &mut Context) -> Poll<Option<T>> {}
        }
        impl<T> std::fmt::Debug for UnboundedReceiver<T> {}

        pub mod error {
            pub struct SendError<T>(pub T);
            impl<T> std::fmt::Debug for SendError<T> {}
            impl<T> std::fmt::Display for SendError<T> {}
            impl<T> std::error::Error for SendError<T> {}

            pub enum TrySendError<T> {
                Full(T),
                Closed(T),
            }
            impl<T> TrySendError<T> {
                pub fn into_inner(self) -> T {}
            }
            impl<T> std::fmt::Debug for TrySendError<T> {}
            impl<T> std::fmt::Display for TrySendError<T> {}
            impl<T> std::error::Error for TrySendError<T> {}

            pub enum SendTimeoutError<T> {
                Timeout(T),
                Closed(T),
            }

            pub enum TryRecvError {
                Empty,
                Disconnected,
            }
            impl Clone for TryRecvError {}
            impl std::fmt::Debug for TryRecvError {}
            impl std::fmt::Display for TryRecvError {}
            impl std::error::Error for TryRecvError {}
        }
    }

    pub mod broadcast {
        pub fn channel<T: Clone>(capacity: usize) -> (Sender<T>, Receiver<T>) {}

        pub struct Sender<T> {}

        impl<T> Sender<T> {
            pub fn new(capacity: usize) -> Sender<T> {}
            pub fn send(&self, value: T) -> Result<usize, error::SendError<T>> {}
            pub fn subscribe(&self) -> Receiver<T> {}
            pub fn len(&self) -> usize {}
            pub fn is_empty(&self) -> bool {}
            pub fn receiver_count(&self) -> usize {}
            pub async fn closed(&self) {}
        }

        impl<T> Clone for Sender<T> {}
        impl<T> std::fmt::Debug for Sender<T> {}

        pub struct Receiver<T> {}

        impl<T> Receiver<T> {
            pub async fn recv(&mut self) -> Result<T, error::RecvError> {}
            pub fn try_recv(&mut self) -> Result<T, error::TryRecvError> {}
            pub fn blocking_recv(&mut self) -> Result<T, error::RecvError> {}
            pub fn resubscribe(&self) -> Receiver<T> {}
            pub fn len(&self) -> usize {}
            pub fn is_empty(&self) -> bool {}
            pub fn is_closed(&self) -> bool {}
            pub fn same_channel(&self, other: &Receiver<T>) -> bool {}
        }
        impl<T> std::fmt::Debug for Receiver<T> {}

        pub mod error {
            pub struct SendError<T>(pub T);
            impl<T> std::fmt::Debug for SendError<T> {}
            impl<T> std::fmt::Display for SendError<T> {}
            impl<T> std::error::Error for SendError<T> {}

            pub enum RecvError {
                Closed,
                Lagged(u64),
            }
            impl Clone for RecvError {}
            impl std::fmt::Debug for RecvError {}
            impl std::fmt::Display for RecvError {}
            impl std::error::Error for RecvError {}

            pub enum TryRecvError {
                Empty,
                Closed,
                Lagged(u64),
            }
            impl std::fmt::Debug for TryRecvError {}
            impl std::fmt::Display for TryRecvError {}
            impl std::error::Error for TryRecvError {}
        }
    }

    pub mod watch {
        use std::ops::Deref;

        pub fn channel<T>(init: T) -> (Sender<T>, Receiver<T>) {}

        pub struct Ref<T> {}
        impl<T> Ref<T> {
            pub fn has_changed(&self) -> bool {}
        }
        impl<T> Deref for Ref<T> {
            type Target = T;
        }

        pub struct Sender<T> {}

        impl<T> Sender<T> {
            pub fn new(init: T) -> Sender<T> {}
            pub fn send(&self, value: T) -> Result<(), error::SendError<T>> {}
            pub fn send_modify<F: FnOnce(&mut T)>(&self, f: F) {}
            pub fn send_if_modified<F: FnOnce(&mut T) -> bool>(&self, f: F) -> bool {}
            pub fn send_replace(&self, value: T) -> T {}
            pub fn borrow(&self) -> Ref<T> {}
            pub fn is_closed(&self) -> bool {}
            pub async fn closed(&self) {}
            pub fn subscribe(&self) -> Receiver<T> {}
            pub fn receiver_count(&self) -> usize {}
            pub fn sender_count(&self) -> usize {}
        }
        impl<T> Clone for Sender<T> {}
        impl<T: Default> Default for Sender<T> {}

        pub struct Receiver<T> {}

        impl<T> Receiver<T> {
            pub fn borrow(&self) -> Ref<T> {}
            pub fn borrow_and_update(&mut self) -> Ref<T> {}
            pub fn has_changed(&self) -> Result<bool, error::RecvError> {}
            pub fn mark_changed(&mut self) {}
            pub fn mark_unchanged(&mut self) {}
            pub async fn changed(&mut self) -> Result<(), error::RecvError> {}
            pub async fn wait_for<F: FnMut(&T) -> bool>(&mut self, f: F) -> Result<Ref<T>, error::RecvError> {}
            pub fn same_channel(&self, other: &Receiver<T>) -> bool {}
        }
        impl<T> Clone for Receiver<T> {}

        pub mod error {
            pub struct SendError<T>(pub T);
            impl<T> std::fmt::Debug for SendError<T> {}
            impl<T> std::fmt::Display for SendError<T> {}
            impl<T> std::error::Error for SendError<T> {}

            pub struct RecvError {}
            impl Clone for RecvError {}
            impl std::fmt::Debug for RecvError {}
            impl std::fmt::Display for RecvError {}
            impl std::error::Error for RecvError {}
        }
    }
}

pub mod time {
    pub use std::time::Duration;
    use std::future::Future;
    use std::ops::{Add, AddAssign, Sub, SubAssign};
    use std::pin::Pin;
    use std::task::{Context, Poll};

    pub fn sleep(duration: Duration) -> Sleep {}
    pub fn sleep_until(deadline: Instant) -> Sleep {}
    pub fn interval(period: Duration) -> Interval {}
    pub fn interval_at(start: Instant, period: Duration) -> Interval {}
    pub fn timeout<F: std::future::IntoFuture>(duration: Duration, future: F) -> Timeout<F::IntoFuture> {}
    pub fn timeout_at<F: std::future::IntoFuture>(deadline: Instant, future: F) -> Timeout<F::IntoFuture> {}
    pub fn pause() {}
    pub fn resume() {}
    pub async fn advance(duration: Duration) {}

    pub struct Sleep {}
    impl Sleep {
        pub fn deadline(&self) -> Instant {}
        pub fn is_elapsed(&self) -> bool {}
        pub fn reset(self: Pin<&mut Self>, deadline: Instant) {}
    }
    impl Future for Sleep {
        type Output = ();
    }

    pub struct Timeout<T> {}
    impl<T> Timeout<T> {
        pub fn get_ref(&self) -> &T {}
        pub fn get_mut(&mut self) -> &mut T {}
        pub fn into_inner(self) -> T {}
    }
    impl<T: Future> Future for Timeout<T> {
        type Output = Result<T::Output, error::Elapsed>;
    }

    pub struct Interval {}
    impl Interval {
        pub async fn tick(&mut self) -> Instant {}
        pub fn poll_tick(&mut self, context: &mut Context) -> Poll<Instant> {}
        pub fn reset(&mut self) {}
        pub fn reset_immediately(&mut self) {}
        pub fn reset_after(&mut self, after: Duration) {}
        pub fn reset_at(&mut self, deadline: Instant) {}
        pub fn missed_tick_behavior(&self) -> MissedTickBehavior {}
        pub fn set_missed_tick_behavior(&mut self, behavior: MissedTickBehavior) {}
        pub fn period(&self) -> Duration {}
    }

    pub enum MissedTickBehavior {
        Burst,
        Delay,
        Skip,
    }

    pub struct Instant {}

    impl Instant {
        pub fn now() -> Instant {}
        pub fn from_std(instant: std::time::Instant) -> Instant {}
        pub fn into_std(self) -> std::time::Instant {}
        pub fn duration_since(&self, earlier: Instant) -> Duration {}
        pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {}
        pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {}
        pub fn elapsed(&self) -> Duration {}
        pub fn checked_add(&self, duration: Duration) -> Option<Instant> {}
        pub fn checked_sub(&self, duration: Duration) -> Option<Instant> {}
    }

    impl Clone for Instant {}
    impl Copy for Instant {}
    impl PartialEq for Instant {}
    impl Eq for Instant {}
    impl PartialOrd for Instant {}
    impl Ord for Instant {}
    impl std::hash::Hash for Instant {}
    impl std::fmt::Debug for Instant {}
    impl From<std::time::Instant> for Instant {}
    impl From<Instant> for std::time::Instant {}
    impl Add<Duration> for Instant {
        type Output = Instant;
    }
    impl Sub<Duration> for Instant {
        type Output = Instant;
    }
    impl Sub<Instant> for Instant {
        type Output = Duration;
    }
    impl AddAssign<Duration> for Instant {}
    impl SubAssign<Duration> for Instant {}

    pub mod error {
        pub struct Elapsed {}
        impl std::fmt::Debug for Elapsed {}
        impl std::fmt::Display for Elapsed {}
        impl std::error::Error for Elapsed {}

        pub struct Error {}
        impl Error {
            pub fn is_shutdown(&self) -> bool {}
            pub fn is_at_capacity(&self) -> bool {}
        }
        impl std::fmt::Debug for Error {}
        impl std::fmt::Display for Error {}
        impl std::error::Error for Error {}
    }
}

pub mod io {
    pub use std::io::{Error, ErrorKind, Result, SeekFrom};
    use std::pin::Pin;
    use std::task::{Context, Poll};

    pub struct ReadBuf {}

    impl ReadBuf {
        pub fn new(buffer: &mut [u8]) -> ReadBuf {}
        pub fn uninit(buffer: &mut [std::mem::MaybeUninit<u8>]) -> ReadBuf {}
        pub fn capacity(&self) -> usize {}
        pub fn filled(&self) -> &[u8] {}
        pub fn filled_mut(&mut self) -> &mut [u8] {}
        pub fn take(&mut self, n: usize) -> ReadBuf {}
        pub fn initialized(&self) -> &[u8] {}
        pub unsafe fn inner_mut(&mut self) -> &mut [std::mem::MaybeUninit<u8>] {}
        pub unsafe fn unfilled_mut(&mut self) -> &mut [std::mem::MaybeUninit<u8>] {}
        pub fn initialize_unfilled(&mut self) -> &mut [u8] {}
        pub fn initialize_unfilled_to(&mut self, n: usize) -> &mut [u8] {}
        pub fn remaining(&self) -> usize {}
        pub fn clear(&mut self) {}
        pub fn advance(&mut self, n: usize) {}
        pub fn set_filled(&mut self, n: usize) {}
        pub unsafe fn assume_init(&mut self, n: usize) {}
        pub fn put_slice(&mut self, buffer: &[u8]) {}
    }

    pub trait AsyncRead {
        fn poll_read(self: Pin<&mut Self>, context: &mut Context, buffer: &mut ReadBuf) -> Poll<Result<()>>;
    }

    pub trait AsyncWrite {
        fn poll_write(self: Pin<&mut Self>, context: &mut Context, buffer: &[u8]) -> Poll<Result<usize>>;
        fn poll_flush(self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<()>>;
        fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<()>>;
        fn poll_write_vectored(self: Pin<&mut Self>, context: &mut Context, buffers: &[std::io::IoSlice]) -> Poll<Result<usize>> {}
        fn is_write_vectored(&self) -> bool {}
    }

    pub trait AsyncBufRead: AsyncRead {
        fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<&[u8]>>;
        fn consume(self: Pin<&mut Self>, amount: usize);
    }

    pub trait AsyncSeek {
        fn start_seek(self: Pin<&mut Self>, position: SeekFrom) -> Result<()>;
        fn poll_complete(self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<u64>>;
    }

    impl<R: AsyncRead> AsyncRead for &mut R {}
    impl<R: AsyncRead> AsyncRead for Box<R> {}
    impl<P: std::ops::DerefMut<Target = R>, R: AsyncRead> AsyncRead for Pin<P> {}
    impl AsyncRead for &[u8] {}
    impl<T: AsRef<[u8]>> AsyncRead for std::io::Cursor<T> {}
    impl<W: AsyncWrite> AsyncWrite for &mut W {}
    impl<W: AsyncWrite> AsyncWrite for Box<W> {}
    impl<P: std::ops::DerefMut<Target = W>, W: AsyncWrite> AsyncWrite for Pin<P> {}
    impl AsyncWrite for Vec<u8> {}
    impl<T> AsyncWrite for std::io::Cursor<T> {}
    impl<B: AsyncBufRead> AsyncBufRead for &mut B {}
    impl AsyncBufRead for &[u8] {}

    pub trait AsyncReadExt: AsyncRead {
        fn chain<R: AsyncRead>(self, next: R) -> Chain<Self, R> {}
        async fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {}
        async fn read_buf<B>(&mut self, buffer: &mut B) -> Result<usize> {}
        async fn read_exact(&mut self, buffer: &mut [u8]) -> Result<usize> {}
        async fn read_to_end(&mut self, buffer: &mut Vec<u8>) -> Result<usize> {}
        async fn read_to_string(&mut self, buffer: &mut String) -> Result<usize> {}
        fn take(self, limit: u64) -> Take<Self> {}
        async fn read_u8(&mut self) -> Result<u8> {}
        async fn read_u16(&mut self) -> Result<u16> {}
        async fn read_u32(&mut self) -> Result<u32> {}
        async fn read_u64(&mut self) -> Result<u64> {}
        async fn read_i8(&mut self) -> Result<i8> {}
        async fn read_i16(&mut self) -> Result<i16> {}
        async fn read_i32(&mut self) -> Result<i32> {}
        async fn read_i64(&mut self) -> Result<i64> {}
        async fn read_u16_le(&mut self) -> Result<u16> {}
        async fn read_u32_le(&mut self) -> Result<u32> {}
        async fn read_u64_le(&mut self) -> Result<u64> {}
    }

    impl<R: AsyncRead> AsyncReadExt for R {}

    pub trait AsyncWriteExt: AsyncWrite {
        async fn write(&mut self, buffer: &[u8]) -> Result<usize> {}
        async fn write_vectored(&mut self, buffers: &[std::io::IoSlice]) -> Result<usize> {}
        async fn write_buf<B>(&mut self, buffer: &mut B) -> Result<usize> {}
        async fn write_all_buf<B>(&mut self, buffer: &mut B) -> Result<()> {}
        async fn write_all(&mut self, buffer: &[u8]) -> Result<()> {}
        async fn write_u8(&mut self, n: u8) -> Result<()> {}
        async fn write_u16(&mut self, n: u16) -> Result<()> {}
        async fn write_u32(&mut self, n: u32) -> Result<()> {}
        async fn write_u64(&mut self, n: u64) -> Result<()> {}
        async fn flush(&mut self) -> Result<()> {}
        async fn shutdown(&mut self) -> Result<()> {}
    }

    impl<W: AsyncWrite> AsyncWriteExt for W {}

    pub trait AsyncBufReadExt: AsyncBufRead {
        async fn read_until(&mut self, byte: u8, buffer: &mut Vec<u8>) -> Result<usize> {}
        async fn read_line(&mut self, buffer: &mut String) -> Result<usize> {}
        fn split(self, byte: u8) -> Split<Self> {}
        async fn fill_buf(&mut self) -> Result<&[u8]> {}
        fn consume(&mut self, amount: usize) {}
        fn lines(self) -> Lines<Self> {}
    }

    impl<R: AsyncBufRead> AsyncBufReadExt for R {}

    pub trait AsyncSeekExt: AsyncSeek {
        async fn seek(&mut self, position: SeekFrom) -> Result<u64> {}
        async fn rewind(&mut self) -> Result<()> {}
        async fn stream_position(&mut self) -> Result<u64> {}
    }

    impl<S: AsyncSeek> AsyncSeekExt for S {}

    pub struct Chain<T, U> {}
    impl<T: AsyncRead, U: AsyncRead> AsyncRead for Chain<T, U> {}

    pub struct Take<R> {}
    impl<R> Take<R> {
        pub fn limit(&self) -> u64 {}
        pub fn set_limit(&mut self, limit: u64) {}
        pub fn get_ref(&self) -> &R {}
        pub fn get_mut(&mut self) -> &mut R {}
        pub fn into_inner(self) -> R {}
    }
    impl<R: AsyncRead> AsyncRead for Take<R> {}

    pub struct Lines<R> {}
    impl<R> Lines<R> {
        pub async fn next_line(&mut self) -> Result<Option<String>> {}
        pub fn get_ref(&self) -> &R {}
        pub fn get_mut(&mut self) -> &mut R {}
        pub fn into_inner(self) -> R {}
    }

    pub struct Split<R> {}
    impl<R> Split<R> {
        pub async fn next_segment(&mut self) -> Result<Option<Vec<u8>>> {}
    }

    pub struct BufReader<R> {}
    impl<R> BufReader<R> {
        pub fn new(inner: R) -> BufReader<R> {}
        pub fn with_capacity(capacity: usize, inner: R) -> BufReader<R> {}
        pub fn get_ref(&self) -> &R {}
        pub fn get_mut(&mut self) -> &mut R {}
        pub fn into_inner(self) -> R {}
        pub fn buffer(&self) -> &[u8] {}
    }
    impl<R: AsyncRead> AsyncRead for BufReader<R> {}
    impl<R: AsyncRead> AsyncBufRead for BufReader<R> {}
    impl<R: AsyncWrite> AsyncWrite for BufReader<R> {}

    pub struct BufWriter<W> {}
    impl<W> BufWriter<W> {
        pub fn new(inner: W) -> BufWriter<W> {}
        pub fn with_capacity(capacity: usize, inner: W) -> BufWriter<W> {}
        pub fn get_ref(&self) -> &W {}
        pub fn get_mut(&mut self) -> &mut W {}
        pub fn into_inner(self) -> W {}
        pub fn buffer(&self) -> &[u8] {}
    }
    impl<W: AsyncWrite> AsyncWrite for BufWriter<W> {}

    pub struct BufStream<S> {}
    impl<S> BufStream<S> {
        pub fn new(inner: S) -> BufStream<S> {}
        pub fn get_ref(&self) -> &S {}
        pub fn get_mut(&mut self) -> &mut S {}
        pub fn into_inner(self) -> S {}
    }
    impl<S: AsyncRead> AsyncRead for BufStream<S> {}
    impl<S: AsyncRead> AsyncBufRead for BufStream<S> {}
    impl<S: AsyncWrite> AsyncWrite for BufStream<S> {}

    pub struct DuplexStream {}
    impl AsyncRead for DuplexStream {}
    impl AsyncWrite for DuplexStream {}

    pub struct ReadHalf<T> {}
    impl<T> ReadHalf<T> {
        pub fn unsplit(self, write: WriteHalf<T>) -> T {}
    }
    impl<T: AsyncRead> AsyncRead for ReadHalf<T> {}

    pub struct WriteHalf<T> {}
    impl<T: AsyncWrite> AsyncWrite for WriteHalf<T> {}

    pub struct Stdin {}
    impl AsyncRead for Stdin {}

    pub struct Stdout {}
    impl AsyncWrite for Stdout {}

    pub struct Stderr {}
    impl AsyncWrite for Stderr {}

    pub async fn copy<R: AsyncRead, W: AsyncWrite>(reader: &mut R, writer: &mut W) -> Result<u64> {}
    pub async fn copy_bidirectional<A, B>(a: &mut A, b: &mut B) -> Result<(u64, u64)> {}
    pub async fn copy_buf<R: AsyncBufRead, W: AsyncWrite>(reader: &mut R, writer: &mut W) -> Result<u64> {}
    pub fn duplex(size: usize) -> (DuplexStream, DuplexStream) {}
    pub fn split<T: AsyncRead + AsyncWrite>(stream: T) -> (ReadHalf<T>, WriteHalf<T>) {}
    pub fn stdin() -> Stdin {}
    pub fn stdout() -> Stdout {}
    pub fn stderr() -> Stderr {}

    pub struct Interest {}
    impl Interest {
        pub const READABLE: Interest = 0;
        pub const WRITABLE: Interest = 0;
        pub fn add(self, other: Interest) -> Interest {}
        pub fn is_readable(self) -> bool {}
        pub fn is_writable(self) -> bool {}
    }
    impl Clone for Interest {}
    impl Copy for Interest {}
    impl std::ops::BitOr for Interest {
        type Output = Interest;
    }

    pub struct Ready {}
    impl Ready {
        pub fn is_empty(self) -> bool {}
        pub fn is_readable(self) -> bool {}
        pub fn is_writable(self) -> bool {}
        pub fn is_read_closed(self) -> bool {}
        pub fn is_write_closed(self) -> bool {}
    }
    impl Clone for Ready {}
    impl Copy for Ready {}
}

pub mod fs {
    use std::io::Result;
    use std::path::{Path, PathBuf};

    pub async fn canonicalize<P: AsRef<Path>>(path: P) -> Result<PathBuf> {}
    pub async fn copy<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> Result<u64> {}
    pub async fn create_dir<P: AsRef<Path>>(path: P) -> Result<()> {}
    pub async fn create_dir_all<P: AsRef<Path>>(path: P) -> Result<()> {}
    pub async fn metadata<P: AsRef<Path>>(path: P) -> Result<std::fs::Metadata> {}
    pub async fn read<P: AsRef<Path>>(path: P) -> Result<Vec<u8>> {}
    pub async fn read_dir<P: AsRef<Path>>(path: P) -> Result<ReadDir> {}
    pub async fn read_link<P: AsRef<Path>>(path: P) -> Result<PathBuf> {}
    pub async fn read_to_string<P: AsRef<Path>>(path: P) -> Result<String> {}
    pub async fn remove_dir<P: AsRef<Path>>(path: P) -> Result<()> {}
    pub async fn remove_dir_all<P: AsRef<Path>>(path: P) -> Result<()> {}
    pub async fn remove_file<P: AsRef<Path>>(path: P) -> Result<()> {}
    pub async fn rename<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> Result<()> {}
    pub async fn symlink_metadata<P: AsRef<Path>>(path: P) -> Result<std::fs::Metadata> {}
    pub async fn try_exists<P: AsRef<Path>>(path: P) -> Result<bool> {}
    pub async fn write<P: AsRef<Path>, C: AsRef<[u8]>>(path: P, contents: C) -> Result<()> {}

    pub struct File {}

    impl File {
        pub async fn open<P: AsRef<Path>>(path: P) -> Result<File> {}
        pub async fn create<P: AsRef<Path>>(path: P) -> Result<File> {}
        pub fn options() -> OpenOptions {}
        pub fn from_std(file: std::fs::File) -> File {}
        pub async fn sync_all(&self) -> Result<()> {}
        pub async fn sync_data(&self) -> Result<()> {}
        pub async fn set_len(&self, size: u64) -> Result<()> {}
        pub async fn metadata(&self) -> Result<std::fs::Metadata> {}
        pub async fn try_clone(&self) -> Result<File> {}
        pub async fn into_std(self) -> std::fs::File {}
        pub async fn set_permissions(&self, permissions: std::fs::Permissions) -> Result<()> {}
        pub fn set_max_buf_size(&mut self, size: usize) {}
    }

    impl crate::io::AsyncRead for File {}
    impl crate::io::AsyncWrite for File {}
    impl crate::io::AsyncSeek for File {}
    impl std::fmt::Debug for File {}

    pub struct OpenOptions {}

    impl OpenOptions {
        pub fn new() -> OpenOptions {}
        pub fn read(&mut self, read: bool) -> &mut OpenOptions {}
        pub fn write(&mut self, write: bool) -> &mut OpenOptions {}
        pub fn append(&mut self, append: bool) -> &mut OpenOptions {}
        pub fn truncate(&mut self, truncate: bool) -> &mut OpenOptions {}
        pub fn create(&mut self, create: bool) -> &mut OpenOptions {}
        pub fn create_new(&mut self, create_new: bool) -> &mut OpenOptions {}
        pub async fn open<P: AsRef<Path>>(&self, path: P) -> Result<File> {}
    }

    pub struct ReadDir {}
    impl ReadDir {
        pub async fn next_entry(&mut self) -> Result<Option<DirEntry>> {}
    }

    pub struct DirEntry {}
    impl DirEntry {
        pub fn path(&self) -> PathBuf {}
        pub fn file_name(&self) -> std::ffi::OsString {}
        pub async fn metadata(&self) -> Result<std::fs::Metadata> {}
        pub async fn file_type(&self) -> Result<std::fs::FileType> {}
    }
}

pub mod net {
    use crate::io::{AsyncRead, AsyncWrite, Interest, Ready};
    use std::io::Result;
    use std::net::SocketAddr;

    pub trait ToSocketAddrs {}
    impl<T: std::net::ToSocketAddrs> ToSocketAddrs for T {}

    pub async fn lookup_host<T: ToSocketAddrs>(host: T) -> Result<std::vec::IntoIter<SocketAddr>> {}

    pub struct TcpListener {}

    impl TcpListener {
        pub async fn bind<A: ToSocketAddrs>(addr: A) -> Result<TcpListener> {}
        pub async fn accept(&self) -> Result<(TcpStream, SocketAddr)> {}
        pub fn from_std(listener: std::net::TcpListener) -> Result<TcpListener> {}
        pub fn into_std(self) -> Result<std::net::TcpListener> {}
        pub fn local_addr(&self) -> Result<SocketAddr> {}
    }

    pub struct TcpStream {}

    impl TcpStream {
        pub async fn connect<A: ToSocketAddrs>(addr: A) -> Result<TcpStream> {}
        pub fn from_std(stream: std::net::TcpStream) -> Result<TcpStream> {}
        pub fn into_std(self) -> Result<std::net::TcpStream> {}
        pub fn local_addr(&self) -> Result<SocketAddr> {}
        pub fn peer_addr(&self) -> Result<SocketAddr> {}
        pub async fn peek(&self, buffer: &mut [u8]) -> Result<usize> {}
        pub async fn ready(&self, interest: Interest) -> Result<Ready> {}
        pub async fn readable(&self) -> Result<()> {}
        pub async fn writable(&self) -> Result<()> {}
        pub fn try_read(&self, buffer: &mut [u8]) -> Result<usize> {}
        pub fn try_write(&self, buffer: &[u8]) -> Result<usize> {}
        pub fn try_io<R, F: FnOnce() -> Result<R>>(&self, interest: Interest, f: F) -> Result<R> {}
        pub fn nodelay(&self) -> Result<bool> {}
        pub fn set_nodelay(&self, nodelay: bool) -> Result<()> {}
        pub fn set_linger(&self, duration: Option<std::time::Duration>) -> Result<()> {}
        pub fn split(&mut self) -> (tcp::ReadHalf, tcp::WriteHalf) {}
        pub fn into_split(self) -> (tcp::OwnedReadHalf, tcp::OwnedWriteHalf) {}
    }

    impl AsyncRead for TcpStream {}
    impl AsyncWrite for TcpStream {}
    impl std::fmt::Debug for TcpStream {}

    pub mod tcp {
        use crate::io::{AsyncRead, AsyncWrite};

        pub struct ReadHalf {}
        impl AsyncRead for ReadHalf {}

        pub struct WriteHalf {}
        impl AsyncWrite for WriteHalf {}

        pub struct OwnedReadHalf {}
        impl OwnedReadHalf {
            pub fn reunite(self, other: OwnedWriteHalf) -> Result<super::TcpStream, ReuniteError> {}
            pub fn peer_addr(&self) -> std::io::Result<std::net::SocketAddr> {}
        }
        impl AsyncRead for OwnedReadHalf {}

        pub struct OwnedWriteHalf {}
        impl OwnedWriteHalf {
            pub fn forget(self) {}
            pub fn peer_addr(&self) -> std::io::Result<std::net::SocketAddr> {}
        }
        impl AsyncWrite for OwnedWriteHalf {}

        pub struct ReuniteError(pub OwnedReadHalf, pub OwnedWriteHalf);
    }

    pub struct TcpSocket {}

    impl TcpSocket {
        pub fn new_v4() -> Result<TcpSocket> {}
        pub fn new_v6() -> Result<TcpSocket> {}
        pub fn set_reuseaddr(&self, reuse: bool) -> Result<()> {}
        pub fn bind(&self, addr: SocketAddr) -> Result<()> {}
        pub async fn connect(self, addr: SocketAddr) -> Result<TcpStream> {}
        pub fn listen(self, backlog: u32) -> Result<TcpListener> {}
    }

    pub struct UdpSocket {}

    impl UdpSocket {
        pub async fn bind<A: ToSocketAddrs>(addr: A) -> Result<UdpSocket> {}
        pub fn from_std(socket: std::net::UdpSocket) -> Result<UdpSocket> {}
        pub fn local_addr(&self) -> Result<SocketAddr> {}
        pub fn peer_addr(&self) -> Result<SocketAddr> {}
        pub async fn connect<A: ToSocketAddrs>(&self, addr: A) -> Result<()> {}
        pub async fn send(&self, buffer: &[u8]) -> Result<usize> {}
        pub async fn recv(&self, buffer: &mut [u8]) -> Result<usize> {}
        pub async fn send_to<A: ToSocketAddrs>(&self, buffer: &[u8], target: A) -> Result<usize> {}
        pub async fn recv_from(&self, buffer: &mut [u8]) -> Result<(usize, SocketAddr)> {}
        pub async fn readable(&self) -> Result<()> {}
        pub async fn writable(&self) -> Result<()> {}
    }

    pub struct UnixListener {}

    impl UnixListener {
        pub fn bind<P: AsRef<std::path::Path>>(path: P) -> Result<UnixListener> {}
        pub async fn accept(&self) -> Result<(UnixStream, unix::SocketAddr)> {}
    }

    pub struct UnixStream {}

    impl UnixStream {
        pub async fn connect<P: AsRef<std::path::Path>>(path: P) -> Result<UnixStream> {}
        pub fn pair() -> Result<(UnixStream, UnixStream)> {}
        pub fn into_split(self) -> (unix::OwnedReadHalf, unix::OwnedWriteHalf) {}
    }

    impl AsyncRead for UnixStream {}
    impl AsyncWrite for UnixStream {}

    pub mod unix {
        use crate::io::{AsyncRead, AsyncWrite};

        pub struct SocketAddr {}

        pub struct OwnedReadHalf {}
        impl AsyncRead for OwnedReadHalf {}

        pub struct OwnedWriteHalf {}
        impl AsyncWrite for OwnedWriteHalf {}
    }
}

pub mod process {
    use std::ffi::OsStr;
    use std::io::Result;
    pub use std::process::{ExitStatus, Output, Stdio};

    pub struct Command {}

    impl Command {
        pub fn new<S: AsRef<OsStr>>(program: S) -> Command {}
        pub fn as_std(&self) -> &std::process::Command {}
        pub fn as_std_mut(&mut self) -> &mut std::process::Command {}
        pub fn arg<S: AsRef<OsStr>>(&mut self, arg: S) -> &mut Command {}
        pub fn args<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&mut self, args: I) -> &mut Command {}
        pub fn env<K: AsRef<OsStr>, V: AsRef<OsStr>>(&mut self, key: K, value: V) -> &mut Command {}
        pub fn envs<I: IntoIterator<Item = (K, V)>, K: AsRef<OsStr>, V: AsRef<OsStr>>(&mut self, vars: I) -> &mut Command {}
        pub fn env_remove<K: AsRef<OsStr>>(&mut self, key: K) -> &mut Command {}
        pub fn env_clear(&mut self) -> &mut Command {}
        pub fn current_dir<P: AsRef<std::path::Path>>(&mut self, dir: P) -> &mut Command {}
        pub fn stdin<T: Into<Stdio>>(&mut self, stdio: T) -> &mut Command {}
        pub fn stdout<T: Into<Stdio>>(&mut self, stdio: T) -> &mut Command {}
        pub fn stderr<T: Into<Stdio>>(&mut self, stdio: T) -> &mut Command {}
        pub fn kill_on_drop(&mut self, kill: bool) -> &mut Command {}
        pub fn process_group(&mut self, group: i32) -> &mut Command {}
        pub fn spawn(&mut self) -> Result<Child> {}
        pub async fn status(&mut self) -> Result<ExitStatus> {}
        pub async fn output(&mut self) -> Result<Output> {}
    }

    pub struct Child {
        pub stdin: Option<ChildStdin>,
        pub stdout: Option<ChildStdout>,
        pub stderr: Option<ChildStderr>,
    }

    impl Child {
        pub fn id(&self) -> Option<u32> {}
        pub fn start_kill(&mut self) -> Result<()> {}
        pub async fn kill(&mut self) -> Result<()> {}
        pub async fn wait(&mut self) -> Result<ExitStatus> {}
        pub fn try_wait(&mut self) -> Result<Option<ExitStatus>> {}
        pub async fn wait_with_output(self) -> Result<Output> {}
    }

    pub struct ChildStdin {}
    impl crate::io::AsyncWrite for ChildStdin {}

    pub struct ChildStdout {}
    impl crate::io::AsyncRead for ChildStdout {}

    pub struct ChildStderr {}
    impl crate::io::AsyncRead for ChildStderr {}
}

pub mod signal {
    pub async fn ctrl_c() -> std::io::Result<()> {}

    pub mod unix {
        pub fn signal(kind: SignalKind) -> std::io::Result<Signal> {}

        pub struct SignalKind {}
        impl SignalKind {
            pub fn hangup() -> SignalKind {}
            pub fn interrupt() -> SignalKind {}
            pub fn quit() -> SignalKind {}
            pub fn terminate() -> SignalKind {}
            pub fn user_defined1() -> SignalKind {}
            pub fn user_defined2() -> SignalKind {}
            pub fn child() -> SignalKind {}
            pub fn from_raw(number: i32) -> SignalKind {}
        }

        pub struct Signal {}
        impl Signal {
            pub async fn recv(&mut self) -> Option<()> {}
        }
    }
}
