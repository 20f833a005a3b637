//! `futures`, and the crates that it is made of.

pub use channel::{mpsc, oneshot};
pub use future::{BoxFuture, Future, FutureExt, LocalBoxFuture, TryFuture, TryFutureExt};
pub use io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncSeek, AsyncWrite, AsyncWriteExt};
pub use sink::{Sink, SinkExt};
pub use stream::{BoxStream, LocalBoxStream, Stream, StreamExt, TryStream, TryStreamExt};

pub mod prelude {
    pub use crate::future::{Future, FutureExt, TryFuture, TryFutureExt};
    pub use crate::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncSeek, AsyncWrite, AsyncWriteExt};
    pub use crate::sink::{Sink, SinkExt};
    pub use crate::stream::{Stream, StreamExt, TryStream, TryStreamExt};
}

pub mod task {
    pub use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

    pub fn noop_waker() -> Waker {}
    pub fn noop_waker_ref() -> &Waker {}

    pub struct AtomicWaker {}

    impl AtomicWaker {
        pub fn new() -> AtomicWaker {}
        pub fn register(&self, waker: &Waker) {}
        pub fn wake(&self) {}
        pub fn take(&self) -> Option<Waker> {}
    }
}

pub mod executor {
    use crate::future::Future;

    pub fn block_on<F: Future>(future: F) -> F::Output {}
}

pub mod future {
    pub use std::future::{Future, IntoFuture, Pending, PollFn, Ready, pending, poll_fn, ready};
    use std::pin::Pin;

    pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T>>>;
    pub type LocalBoxFuture<T> = Pin<Box<dyn Future<Output = T>>>;

    pub trait TryFuture: Future {
        type Ok;
        type Error;
    }

    impl<F: Future<Output = Result<T, E>>, T, E> TryFuture for F {
        type Ok = T;
        type Error = E;
    }

    pub trait FusedFuture: Future {
        fn is_terminated(&self) -> bool;
    }

    pub trait FutureExt: Future {
        fn map<U, F: FnOnce(Self::Output) -> U>(self, f: F) -> Map<Self, F> {}
        fn map_into<U>(self) -> Always<U> {}
        fn then<T: Future, F: FnOnce(Self::Output) -> T>(self, f: F) -> Then<Self, T, F> {}
        fn fuse(self) -> Fuse<Self> {}
        fn inspect<F: FnOnce(&Self::Output)>(self, f: F) -> Fuse<Self> {}
        fn boxed(self) -> BoxFuture<Self::Output> {}
        fn boxed_local(self) -> LocalBoxFuture<Self::Output> {}
        fn shared(self) -> Shared<Self> {}
        fn catch_unwind(self) -> Always<Result<Self::Output, Box<dyn std::any::Any>>> {}
        fn now_or_never(self) -> Option<Self::Output> {}
        fn poll_unpin(&mut self, context: &mut std::task::Context) -> std::task::Poll<Self::Output> {}
        fn into_stream(self) -> crate::stream::Once<Self> {}
    }

    impl<F: Future> FutureExt for F {}

    pub trait TryFutureExt: TryFuture {
        fn map_ok<T, F: FnOnce(Self::Ok) -> T>(self, f: F) -> Always<Result<T, Self::Error>> {}
        fn map_err<E, F: FnOnce(Self::Error) -> E>(self, f: F) -> Always<Result<Self::Ok, E>> {}
        fn err_into<E>(self) -> Always<Result<Self::Ok, E>> {}
        fn and_then<T: TryFuture, F: FnOnce(Self::Ok) -> T>(self, f: F) -> Always<Result<T::Ok, Self::Error>> {}
        fn or_else<T: TryFuture, F: FnOnce(Self::Error) -> T>(self, f: F) -> Always<Result<Self::Ok, T::Error>> {}
        fn unwrap_or_else<F: FnOnce(Self::Error) -> Self::Ok>(self, f: F) -> Always<Self::Ok> {}
    }

    impl<F: TryFuture> TryFutureExt for F {}

    /// A future of any combinator whose output is known.
    pub struct Always<T> {}
    impl<T> Future for Always<T> {
        type Output = T;
    }

    pub struct Map<Fut, F> {}
    impl<Fut: Future, U, F: FnOnce(Fut::Output) -> U> Future for Map<Fut, F> {
        type Output = U;
    }

    pub struct Then<A, B, F> {}
    impl<A, B: Future, F> Future for Then<A, B, F> {
        type Output = B::Output;
    }

    pub struct Fuse<F> {}
    impl<F: Future> Future for Fuse<F> {
        type Output = F::Output;
    }

    pub struct Shared<F> {}
    impl<F: Future> Shared<F> {
        pub fn peek(&self) -> Option<&F::Output> {}
    }
    impl<F: Future> Future for Shared<F> {
        type Output = F::Output;
    }
    impl<F> Clone for Shared<F> {}

    pub enum Either<A, B> {
        Left(A),
        Right(B),
    }

    impl<A, B> Either<A, B> {
        pub fn factor_first(self) -> A {}
    }

    impl<A: Future, B: Future<Output = A::Output>> Future for Either<A, B> {
        type Output = A::Output;
    }

    pub struct AbortHandle {}
    impl AbortHandle {
        pub fn abort(&self) {}
        pub fn is_aborted(&self) -> bool {}
        pub fn new_pair() -> (AbortHandle, AbortRegistration) {}
    }
    impl Clone for AbortHandle {}

    pub struct AbortRegistration {}
    pub struct Aborted;

    pub fn abortable<F: Future>(future: F) -> (Always<Result<F::Output, Aborted>>, AbortHandle) {}
    pub fn err<T, E>(error: E) -> Ready<Result<T, E>> {}
    pub fn join<A: Future, B: Future>(a: A, b: B) -> Always<(A::Output, B::Output)> {}
    pub fn join_all<I: IntoIterator<Item = F>, F: Future>(futures: I) -> Always<Vec<F::Output>> {}
    pub fn lazy<F: FnOnce(&mut std::task::Context) -> R, R>(f: F) -> Always<R> {}
    pub fn ok<T, E>(value: T) -> Ready<Result<T, E>> {}
    pub fn select<A: Future, B: Future>(a: A, b: B) -> Always<Either<(A::Output, B), (B::Output, A)>> {}
    pub fn select_all<I: IntoIterator<Item = F>, F: Future>(futures: I) -> Always<(F::Output, usize, Vec<F>)> {}
    pub fn try_join_all<I: IntoIterator<Item = F>, F: TryFuture>(futures: I) -> Always<Result<Vec<F::Ok>, F::Error>> {}
}

pub mod stream {
    use crate::future::{Always, Future};
    use std::pin::Pin;
    use std::task::{Context, Poll};

    pub type BoxStream<T> = Pin<Box<dyn Stream<Item = T>>>;
    pub type LocalBoxStream<T> = Pin<Box<dyn Stream<Item = T>>>;

    pub trait Stream {
        type Item;
        fn poll_next(self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<Self::Item>>;
        fn size_hint(&self) -> (usize, Option<usize>) {}
    }

    impl<S: Stream> Stream for &mut S {
        type Item = S::Item;
    }
    impl<S: Stream> Stream for Box<S> {
        type Item = S::Item;
    }
    impl<P: std::ops::DerefMut<Target = S>, S: Stream> Stream for Pin<P> {
        type Item = S::Item;
    }

    pub trait FusedStream: Stream {
        fn is_terminated(&self) -> bool;
    }

    pub trait TryStream: Stream {
        type Ok;
        type Error;
    }

    impl<S: Stream<Item = Result<T, E>>, T, E> TryStream for S {
        type Ok = T;
        type Error = E;
    }

    /// A stream of any combinator whose items are known.
    pub struct Items<T> {}
    impl<T> Stream for Items<T> {
        type Item = T;
    }

    pub struct Once<F> {}
    impl<F: Future> Stream for Once<F> {
        type Item = F::Output;
    }

    pub struct Map<S, F> {}
    impl<S: Stream, T, F: FnMut(S::Item) -> T> Stream for Map<S, F> {
        type Item = T;
    }

    pub trait StreamExt: Stream {
        fn next(&mut self) -> Always<Option<Self::Item>> {}
        fn into_future(self) -> Always<(Option<Self::Item>, Self)> {}
        fn map<T, F: FnMut(Self::Item) -> T>(self, f: F) -> Map<Self, F> {}
        fn enumerate(self) -> Items<(usize, Self::Item)> {}
        fn filter<Fut, F: FnMut(&Self::Item) -> Fut>(self, f: F) -> Items<Self::Item> {}
        fn filter_map<Fut: Future<Output = Option<T>>, T, F: FnMut(Self::Item) -> Fut>(self, f: F) -> Items<T> {}
        fn then<Fut: Future, F: FnMut(Self::Item) -> Fut>(self, f: F) -> Items<Fut::Output> {}
        fn collect<C: Default + Extend<Self::Item>>(self) -> Always<C> {}
        fn concat(self) -> Always<Self::Item> {}
        fn count(self) -> Always<usize> {}
        fn fold<T, Fut: Future<Output = T>, F: FnMut(T, Self::Item) -> Fut>(self, init: T, f: F) -> Always<T> {}
        fn any<Fut, F: FnMut(Self::Item) -> Fut>(self, f: F) -> Always<bool> {}
        fn all<Fut, F: FnMut(Self::Item) -> Fut>(self, f: F) -> Always<bool> {}
        fn flatten<T>(self) -> Items<T>
        where
            Self::Item: Stream<Item = T>,
        {
        }
        fn flat_map<U: Stream, F: FnMut(Self::Item) -> U>(self, f: F) -> Items<U::Item> {}
        fn skip_while<Fut, F: FnMut(&Self::Item) -> Fut>(self, f: F) -> Items<Self::Item> {}
        fn take_while<Fut, F: FnMut(&Self::Item) -> Fut>(self, f: F) -> Items<Self::Item> {}
        fn take_until<Fut: Future>(self, until: Fut) -> Items<Self::Item> {}
        fn for_each<Fut, F: FnMut(Self::Item) -> Fut>(self, f: F) -> Always<()> {}
        fn for_each_concurrent<Fut, F: FnMut(Self::Item) -> Fut>(self, limit: usize, f: F) -> Always<()> {}
        fn take(self, n: usize) -> Items<Self::Item> {}
        fn skip(self, n: usize) -> Items<Self::Item> {}
        fn fuse(self) -> Items<Self::Item> {}
        fn by_ref(&mut self) -> &mut Self {}
        fn boxed(self) -> BoxStream<Self::Item> {}
        fn boxed_local(self) -> LocalBoxStream<Self::Item> {}
        fn buffered(self, n: usize) -> Items<<Self::Item as Future>::Output>
        where
            Self::Item: Future,
        {
        }
        fn buffer_unordered(self, n: usize) -> Items<<Self::Item as Future>::Output>
        where
            Self::Item: Future,
        {
        }
        fn zip<S: Stream>(self, other: S) -> Items<(Self::Item, S::Item)> {}
        fn chain<S: Stream>(self, other: S) -> Items<Self::Item> {}
        fn peekable(self) -> Peekable<Self> {}
        fn chunks(self, n: usize) -> Items<Vec<Self::Item>> {}
        fn inspect<F: FnMut(&Self::Item)>(self, f: F) -> Items<Self::Item> {}
        fn poll_next_unpin(&mut self, context: &mut Context) -> Poll<Option<Self::Item>> {}
        fn split<T>(self) -> (SplitSink<Self, T>, SplitStream<Self>) {}
        fn forward<S>(self, sink: S) -> Always<Result<(), S::Error>>
        where
            S: crate::sink::Sink<Self::Ok>,
            Self: TryStream,
        {
        }
    }

    impl<S: Stream> StreamExt for S {}

    pub trait TryStreamExt: TryStream {
        fn try_next(&mut self) -> Always<Result<Option<Self::Ok>, Self::Error>> {}
        fn map_ok<T, F: FnMut(Self::Ok) -> T>(self, f: F) -> Items<Result<T, Self::Error>> {}
        fn map_err<E, F: FnMut(Self::Error) -> E>(self, f: F) -> Items<Result<Self::Ok, E>> {}
        fn err_into<E>(self) -> Items<Result<Self::Ok, E>> {}
        fn and_then<Fut: crate::future::TryFuture, F: FnMut(Self::Ok) -> Fut>(self, f: F) -> Items<Result<Fut::Ok, Self::Error>> {}
        fn try_for_each<Fut, F: FnMut(Self::Ok) -> Fut>(self, f: F) -> Always<Result<(), Self::Error>> {}
        fn try_for_each_concurrent<Fut, F: FnMut(Self::Ok) -> Fut>(self, limit: usize, f: F) -> Always<Result<(), Self::Error>> {}
        fn try_collect<C: Default + Extend<Self::Ok>>(self) -> Always<Result<C, Self::Error>> {}
        fn try_filter<Fut, F: FnMut(&Self::Ok) -> Fut>(self, f: F) -> Items<Result<Self::Ok, Self::Error>> {}
        fn try_fold<T, Fut, F: FnMut(T, Self::Ok) -> Fut>(self, init: T, f: F) -> Always<Result<T, Self::Error>> {}
    }

    impl<S: TryStream> TryStreamExt for S {}

    pub struct Peekable<S> {}
    impl<S: Stream> Peekable<S> {
        pub fn peek(self: Pin<&mut Self>) -> Always<Option<&S::Item>> {}
    }
    impl<S: Stream> Stream for Peekable<S> {
        type Item = S::Item;
    }

    pub struct SplitStream<S> {}
    impl<S: Stream> Stream for SplitStream<S> {
        type Item = S::Item;
    }

    pub struct SplitSink<S, T> {}
    impl<S: crate::sink::Sink<T>, T> crate::sink::Sink<T> for SplitSink<S, T> {
        type Error = S::Error;
    }

    pub struct FuturesUnordered<F> {}
    impl<F> FuturesUnordered<F> {
        pub fn new() -> FuturesUnordered<F> {}
        pub fn len(&self) -> usize {}
        pub fn is_empty(&self) -> bool {}
        pub fn push(&self, future: F) {}
        pub fn clear(&mut self) {}
    }
    impl<F: Future> Stream for FuturesUnordered<F> {
        type Item = F::Output;
    }
    impl<F> FromIterator<F> for FuturesUnordered<F> {}
    impl<F> Extend<F> for FuturesUnordered<F> {}
    impl<F> Default for FuturesUnordered<F> {}

    pub struct FuturesOrdered<F: Future> {}
    impl<F: Future> FuturesOrdered<F> {
        pub fn new() -> FuturesOrdered<F> {}
        pub fn len(&self) -> usize {}
        pub fn is_empty(&self) -> bool {}
        pub fn push_back(&mut self, future: F) {}
        pub fn push_front(&mut self, future: F) {}
    }
    impl<F: Future> Stream for FuturesOrdered<F> {
        type Item = F::Output;
    }
    impl<F: Future> FromIterator<F> for FuturesOrdered<F> {}

    pub fn empty<T>() -> Items<T> {}
    pub fn iter<I: IntoIterator>(values: I) -> Items<I::Item> {}
    pub fn once<F: Future>(future: F) -> Once<F> {}
    pub fn pending<T>() -> Items<T> {}
    pub fn poll_fn<T, F: FnMut(&mut Context) -> Poll<Option<T>>>(f: F) -> Items<T> {}
    pub fn repeat<T: Clone>(value: T) -> Items<T> {}
    pub fn select<A: Stream, B: Stream<Item = A::Item>>(a: A, b: B) -> Items<A::Item> {}
    pub fn unfold<T, F: FnMut(T) -> Fut, Fut: Future<Output = Option<(Item, T)>>, Item>(init: T, f: F) -> Items<Item> {}
    pub fn try_unfold<T, F: FnMut(T) -> Fut, Fut: Future<Output = Result<Option<(Item, T)>, E>>, Item, E>(init: T, f: F) -> Items<Result<Item, E>> {}
}

pub mod sink {
    use crate::future::Always;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    pub trait Sink<Item> {
        type Error;
        fn poll_ready(self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<(), Self::Error>>;
        fn start_send(self: Pin<&mut Self>, item: Item) -> Result<(), Self::Error>;
        fn poll_flush(self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<(), Self::Error>>;
        fn poll_close(self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<(), Self::Error>>;
    }

    pub trait SinkExt<Item>: Sink<Item> {
        fn send(&mut self, item: Item) -> Always<Result<(), Self::Error>> {}
        fn feed(&mut self, item: Item) -> Always<Result<(), Self::Error>> {}
        fn flush(&mut self) -> Always<Result<(), Self::Error>> {}
        fn close(&mut self) -> Always<Result<(), Self::Error>> {}
        fn poll_ready_unpin(&mut self, context: &mut Context) -> Poll<Result<(), Self::Error>> {}
        fn start_send_unpin(&mut self, item: Item) -> Result<(), Self::Error> {}
        fn poll_flush_unpin(&mut self, context: &mut Context) -> Poll<Result<(), Self::Error>> {}
    }

    impl<T: Sink<Item>, Item> SinkExt<Item> for T {}
}

pub mod io {
    use crate::future::Always;
    pub use std::io::{Error, ErrorKind, Result, SeekFrom};
    use std::pin::Pin;
    use std::task::{Context, Poll};

    pub trait AsyncRead {
        fn poll_read(self: Pin<&mut Self>, context: &mut Context, buffer: &mut [u8]) -> Poll<Result<usize>>;
    }

    pub trait AsyncWrite {
        fn poll_write(self: Pin<&mut Self>, context: &mut Context, buffer: &[u8]) -> Poll<Result<usize>>;
        fn poll_flush(self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<()>>;
        fn poll_close(self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<()>>;
    }

    pub trait AsyncSeek {
        fn poll_seek(self: Pin<&mut Self>, context: &mut Context, position: SeekFrom) -> Poll<Result<u64>>;
    }

    pub trait AsyncBufRead: AsyncRead {
        fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context) -> Poll<Result<&[u8]>>;
        fn consume(self: Pin<&mut Self>, amount: usize);
    }

    pub trait AsyncReadExt: AsyncRead {
        fn read(&mut self, buffer: &mut [u8]) -> Always<Result<usize>> {}
        fn read_exact(&mut self, buffer: &mut [u8]) -> Always<Result<()>> {}
        fn read_to_end(&mut self, buffer: &mut Vec<u8>) -> Always<Result<usize>> {}
        fn read_to_string(&mut self, buffer: &mut String) -> Always<Result<usize>> {}
    }

    impl<R: AsyncRead> AsyncReadExt for R {}

    pub trait AsyncWriteExt: AsyncWrite {
        fn flush(&mut self) -> Always<Result<()>> {}
        fn close(&mut self) -> Always<Result<()>> {}
        fn write(&mut self, buffer: &[u8]) -> Always<Result<usize>> {}
        fn write_all(&mut self, buffer: &[u8]) -> Always<Result<()>> {}
    }

    impl<W: AsyncWrite> AsyncWriteExt for W {}

    pub trait AsyncBufReadExt: AsyncBufRead {
        fn fill_buf(&mut self) -> Always<Result<&[u8]>> {}
        fn read_until(&mut self, byte: u8, buffer: &mut Vec<u8>) -> Always<Result<usize>> {}
        fn read_line(&mut self, buffer: &mut String) -> Always<Result<usize>> {}
        fn lines(self) -> crate::stream::Items<Result<String>> {}
    }

    impl<R: AsyncBufRead> AsyncBufReadExt for R {}
}

pub mod channel {
    pub mod oneshot {
        use crate::future::Future;

        pub fn channel<T>() -> (Sender<T>, Receiver<T>) {}

        pub struct Canceled;
        impl std::fmt::Debug for Canceled {}
        impl std::fmt::Display for Canceled {}
        impl std::error::Error for Canceled {}

        pub struct Sender<T> {}
        impl<T> Sender<T> {
            pub fn send(self, value: T) -> Result<(), T> {}
            pub fn is_canceled(&self) -> bool {}
        }

        pub struct Receiver<T> {}
        impl<T> Receiver<T> {
            pub fn close(&mut self) {}
            pub fn try_recv(&mut self) -> Result<Option<T>, Canceled> {}
        }
        impl<T> Future for Receiver<T> {
            type Output = Result<T, Canceled>;
        }
    }

    pub mod mpsc {
        use crate::stream::Stream;

        pub fn channel<T>(buffer: usize) -> (Sender<T>, Receiver<T>) {}
        pub fn unbounded<T>() -> (UnboundedSender<T>, UnboundedReceiver<T>) {}

        pub struct SendError {}
        impl SendError {
            pub fn is_full(&self) -> bool {}
            pub fn is_disconnected(&self) -> bool {}
        }
        impl std::fmt::Debug for SendError {}
        impl std::fmt::Display for SendError {}
        impl std::error::Error for SendError {}

        pub struct TrySendError<T> {}
        impl<T> TrySendError<T> {
            pub fn is_full(&self) -> bool {}
            pub fn is_disconnected(&self) -> bool {}
            pub fn into_inner(self) -> T {}
        }

        pub struct Sender<T> {}
        impl<T> Sender<T> {
            pub fn try_send(&mut self, value: T) -> Result<(), TrySendError<T>> {}
            pub fn is_closed(&self) -> bool {}
            pub fn close_channel(&mut self) {}
        }
        impl<T> Clone for Sender<T> {}
        impl<T> crate::sink::Sink<T> for Sender<T> {
            type Error = SendError;
        }

        pub struct UnboundedSender<T> {}
        impl<T> UnboundedSender<T> {
            pub fn unbounded_send(&self, value: T) -> Result<(), TrySendError<T>> {}
            pub fn is_closed(&self) -> bool {}
            pub fn close_channel(&self) {}
        }
        impl<T> Clone for UnboundedSender<T> {}
        impl<T> crate::sink::Sink<T> for UnboundedSender<T> {
            type Error = SendError;
        }

        pub struct Receiver<T> {}
        impl<T> Receiver<T> {
            pub fn close(&mut self) {}
        }
        impl<T> Stream for Receiver<T> {
            type Item = T;
        }

        pub struct UnboundedReceiver<T> {}
        impl<T> UnboundedReceiver<T> {
            pub fn close(&mut self) {}
        }
        impl<T> Stream for UnboundedReceiver<T> {
            type Item = T;
        }
    }
}

pub mod lock {
    use crate::future::Always;

    pub struct Mutex<T> {}

    impl<T> Mutex<T> {
        pub fn new(value: T) -> Mutex<T> {}
        pub fn lock(&self) -> Always<MutexGuard<T>> {}
        pub fn try_lock(&self) -> Option<MutexGuard<T>> {}
        pub fn into_inner(self) -> T {}
        pub fn get_mut(&mut self) -> &mut T {}
    }

    pub struct MutexGuard<T> {}
    impl<T> std::ops::Deref for MutexGuard<T> {
        type Target = T;
    }
    impl<T> std::ops::DerefMut for MutexGuard<T> {}
}
