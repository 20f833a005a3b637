//! `std::iter`.

use crate::cmp::Ordering;
use crate::ops::{ControlFlow, Try};

pub trait Iterator {
    type Item;
    fn next(&mut self) -> Option<Self::Item>;
    fn size_hint(&self) -> (usize, Option<usize>) {}
    fn count(self) -> usize {}
    fn last(self) -> Option<Self::Item> {}
    fn advance_by(&mut self, n: usize) -> Result<(), crate::num::NonZero<usize>> {}
    fn nth(&mut self, n: usize) -> Option<Self::Item> {}
    fn step_by(self, step: usize) -> StepBy<Self> {}
    fn chain<U: IntoIterator<Item = Self::Item>>(self, other: U) -> Chain<Self, U::IntoIter> {}
    fn zip<U: IntoIterator>(self, other: U) -> Zip<Self, U::IntoIter> {}
    fn map<B, F: FnMut(Self::Item) -> B>(self, f: F) -> Map<Self, F> {}
    fn for_each<F: FnMut(Self::Item)>(self, f: F) {}
    fn filter<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> Filter<Self, P> {}
    fn filter_map<B, F: FnMut(Self::Item) -> Option<B>>(self, f: F) -> FilterMap<Self, F> {}
    fn enumerate(self) -> Enumerate<Self> {}
    fn peekable(self) -> Peekable<Self> {}
    fn skip_while<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> SkipWhile<Self, P> {}
    fn take_while<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> TakeWhile<Self, P> {}
    fn map_while<B, P: FnMut(Self::Item) -> Option<B>>(self, predicate: P) -> MapWhile<Self, P> {}
    fn skip(self, n: usize) -> Skip<Self> {}
    fn take(self, n: usize) -> Take<Self> {}
    fn scan<S, B, F: FnMut(&mut S, Self::Item) -> Option<B>>(self, state: S, f: F) -> Scan<Self, S, F> {}
    fn flat_map<U: IntoIterator, F: FnMut(Self::Item) -> U>(self, f: F) -> FlatMap<Self, U, F> {}
    fn flatten(self) -> Flatten<Self> {}
    fn fuse(self) -> Fuse<Self> {}
    fn inspect<F: FnMut(&Self::Item)>(self, f: F) -> Inspect<Self, F> {}
    fn by_ref(&mut self) -> &mut Self {}
    fn collect<B: FromIterator<Self::Item>>(self) -> B {}
    fn partition<B: Default + Extend<Self::Item>, F: FnMut(&Self::Item) -> bool>(self, f: F) -> (B, B) {}
    fn try_fold<B, F: FnMut(B, Self::Item) -> R, R: Try<Output = B>>(&mut self, init: B, f: F) -> R {}
    fn try_for_each<F: FnMut(Self::Item) -> R, R: Try<Output = ()>>(&mut self, f: F) -> R {}
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, f: F) -> B {}
    fn reduce<F: FnMut(Self::Item, Self::Item) -> Self::Item>(self, f: F) -> Option<Self::Item> {}
    fn all<F: FnMut(Self::Item) -> bool>(&mut self, f: F) -> bool {}
    fn any<F: FnMut(Self::Item) -> bool>(&mut self, f: F) -> bool {}
    fn find<P: FnMut(&Self::Item) -> bool>(&mut self, predicate: P) -> Option<Self::Item> {}
    fn find_map<B, F: FnMut(Self::Item) -> Option<B>>(&mut self, f: F) -> Option<B> {}
    fn position<P: FnMut(Self::Item) -> bool>(&mut self, predicate: P) -> Option<usize> {}
    fn rposition<P: FnMut(Self::Item) -> bool>(&mut self, predicate: P) -> Option<usize> {}
    fn max(self) -> Option<Self::Item> {}
    fn min(self) -> Option<Self::Item> {}
    fn max_by_key<B: Ord, F: FnMut(&Self::Item) -> B>(self, f: F) -> Option<Self::Item> {}
    fn max_by<F: FnMut(&Self::Item, &Self::Item) -> Ordering>(self, f: F) -> Option<Self::Item> {}
    fn min_by_key<B: Ord, F: FnMut(&Self::Item) -> B>(self, f: F) -> Option<Self::Item> {}
    fn min_by<F: FnMut(&Self::Item, &Self::Item) -> Ordering>(self, f: F) -> Option<Self::Item> {}
    fn rev(self) -> Rev<Self> {}
    fn unzip<A, B, FromA: Default + Extend<A>, FromB: Default + Extend<B>>(self) -> (FromA, FromB)
    where
        Self: Iterator<Item = (A, B)>,
    {
    }
    fn copied<T>(self) -> Copied<Self>
    where
        Self: Iterator<Item = &T>,
    {
    }
    fn cloned<T>(self) -> Cloned<Self>
    where
        Self: Iterator<Item = &T>,
    {
    }
    fn cycle(self) -> Cycle<Self> {}
    fn sum<S: Sum<Self::Item>>(self) -> S {}
    fn product<P: Product<Self::Item>>(self) -> P {}
    fn cmp<I: IntoIterator<Item = Self::Item>>(self, other: I) -> Ordering {}
    fn partial_cmp<I: IntoIterator>(self, other: I) -> Option<Ordering> {}
    fn eq<I: IntoIterator>(self, other: I) -> bool {}
    fn ne<I: IntoIterator>(self, other: I) -> bool {}
    fn lt<I: IntoIterator>(self, other: I) -> bool {}
    fn le<I: IntoIterator>(self, other: I) -> bool {}
    fn gt<I: IntoIterator>(self, other: I) -> bool {}
    fn ge<I: IntoIterator>(self, other: I) -> bool {}
    fn is_sorted(self) -> bool {}
    fn is_sorted_by<F: FnMut(&Self::Item, &Self::Item) -> bool>(self, f: F) -> bool {}
    fn is_sorted_by_key<K: PartialOrd, F: FnMut(Self::Item) -> K>(self, f: F) -> bool {}
}

pub trait DoubleEndedIterator: Iterator {
    fn next_back(&mut self) -> Option<Self::Item>;
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {}
    fn rfold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, f: F) -> B {}
    fn try_rfold<B, F: FnMut(B, Self::Item) -> R, R: Try<Output = B>>(&mut self, init: B, f: F) -> R {}
    fn rfind<P: FnMut(&Self::Item) -> bool>(&mut self, predicate: P) -> Option<Self::Item> {}
}

pub trait ExactSizeIterator: Iterator {
    fn len(&self) -> usize {}
}

pub trait FusedIterator: Iterator {}

pub trait IntoIterator {
    type Item;
    type IntoIter: Iterator<Item = Self::Item>;
    fn into_iter(self) -> Self::IntoIter;
}

impl<I: Iterator> IntoIterator for I {
    type Item = I::Item;
    type IntoIter = I;
}

pub trait FromIterator<A>: Sized {
    fn from_iter<T: IntoIterator<Item = A>>(iter: T) -> Self;
}

impl FromIterator<()> for () {}

pub trait Extend<A> {
    fn extend<T: IntoIterator<Item = A>>(&mut self, iter: T);
}

impl<A, B, X: Extend<A>, Y: Extend<B>> Extend<(A, B)> for (X, Y) {}

pub trait Sum<A = Self>: Sized {
    fn sum<I: Iterator<Item = A>>(iter: I) -> Self;
}

pub trait Product<A = Self>: Sized {
    fn product<I: Iterator<Item = A>>(iter: I) -> Self;
}

pub trait Step: Clone + PartialOrd {}

impl<I: Iterator> Iterator for &mut I {
    type Item = I::Item;
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for &mut I {}
impl<I: ExactSizeIterator> ExactSizeIterator for &mut I {}

pub struct StepBy<I> {}
impl<I: Iterator> Iterator for StepBy<I> {
    type Item = I::Item;
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for StepBy<I> {}
impl<I: ExactSizeIterator> ExactSizeIterator for StepBy<I> {}
impl<I: Clone> Clone for StepBy<I> {}

pub struct Chain<A, B> {}
impl<A: Iterator, B: Iterator<Item = A::Item>> Iterator for Chain<A, B> {
    type Item = A::Item;
}
impl<A: DoubleEndedIterator, B: DoubleEndedIterator<Item = A::Item>> DoubleEndedIterator for Chain<A, B> {}
impl<A: Clone, B: Clone> Clone for Chain<A, B> {}

pub struct Zip<A, B> {}
impl<A: Iterator, B: Iterator> Iterator for Zip<A, B> {
    type Item = (A::Item, B::Item);
}
impl<A: DoubleEndedIterator, B: DoubleEndedIterator> DoubleEndedIterator for Zip<A, B> {}
impl<A: ExactSizeIterator, B: ExactSizeIterator> ExactSizeIterator for Zip<A, B> {}
impl<A: Clone, B: Clone> Clone for Zip<A, B> {}

pub struct Map<I, F> {}
impl<B, I: Iterator, F: FnMut(I::Item) -> B> Iterator for Map<I, F> {
    type Item = B;
}
impl<B, I: DoubleEndedIterator, F: FnMut(I::Item) -> B> DoubleEndedIterator for Map<I, F> {}
impl<B, I: ExactSizeIterator, F: FnMut(I::Item) -> B> ExactSizeIterator for Map<I, F> {}
impl<I: Clone, F: Clone> Clone for Map<I, F> {}

pub struct Filter<I, P> {}
impl<I: Iterator, P> Iterator for Filter<I, P> {
    type Item = I::Item;
}
impl<I: DoubleEndedIterator, P> DoubleEndedIterator for Filter<I, P> {}
impl<I: Clone, P: Clone> Clone for Filter<I, P> {}

pub struct FilterMap<I, F> {}
impl<B, I: Iterator, F: FnMut(I::Item) -> Option<B>> Iterator for FilterMap<I, F> {
    type Item = B;
}
impl<B, I: DoubleEndedIterator, F: FnMut(I::Item) -> Option<B>> DoubleEndedIterator for FilterMap<I, F> {}
impl<I: Clone, F: Clone> Clone for FilterMap<I, F> {}

pub struct Enumerate<I> {}
impl<I: Iterator> Iterator for Enumerate<I> {
    type Item = (usize, I::Item);
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Enumerate<I> {}
impl<I: ExactSizeIterator> ExactSizeIterator for Enumerate<I> {}
impl<I: Clone> Clone for Enumerate<I> {}

pub struct Peekable<I> {}
impl<I: Iterator> Peekable<I> {
    pub fn peek(&mut self) -> Option<&I::Item> {}
    pub fn peek_mut(&mut self) -> Option<&mut I::Item> {}
    pub fn next_if<F: FnOnce(&I::Item) -> bool>(&mut self, f: F) -> Option<I::Item> {}
    pub fn next_if_eq<T>(&mut self, expected: &T) -> Option<I::Item> {}
}
impl<I: Iterator> Iterator for Peekable<I> {
    type Item = I::Item;
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Peekable<I> {}
impl<I: ExactSizeIterator> ExactSizeIterator for Peekable<I> {}
impl<I: Clone> Clone for Peekable<I> {}

pub struct SkipWhile<I, P> {}
impl<I: Iterator, P> Iterator for SkipWhile<I, P> {
    type Item = I::Item;
}
impl<I: Clone, P: Clone> Clone for SkipWhile<I, P> {}

pub struct TakeWhile<I, P> {}
impl<I: Iterator, P> Iterator for TakeWhile<I, P> {
    type Item = I::Item;
}
impl<I: Clone, P: Clone> Clone for TakeWhile<I, P> {}

pub struct MapWhile<I, P> {}
impl<B, I: Iterator, P: FnMut(I::Item) -> Option<B>> Iterator for MapWhile<I, P> {
    type Item = B;
}
impl<I: Clone, P: Clone> Clone for MapWhile<I, P> {}

pub struct Skip<I> {}
impl<I: Iterator> Iterator for Skip<I> {
    type Item = I::Item;
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Skip<I> {}
impl<I: ExactSizeIterator> ExactSizeIterator for Skip<I> {}
impl<I: Clone> Clone for Skip<I> {}

pub struct Take<I> {}
impl<I: Iterator> Iterator for Take<I> {
    type Item = I::Item;
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Take<I> {}
impl<I: ExactSizeIterator> ExactSizeIterator for Take<I> {}
impl<I: Clone> Clone for Take<I> {}

pub struct Scan<I, S, F> {}
impl<B, I: Iterator, S, F: FnMut(&mut S, I::Item) -> Option<B>> Iterator for Scan<I, S, F> {
    type Item = B;
}
impl<I: Clone, S: Clone, F: Clone> Clone for Scan<I, S, F> {}

pub struct FlatMap<I, U, F> {}
impl<I: Iterator, U: IntoIterator, F: FnMut(I::Item) -> U> Iterator for FlatMap<I, U, F> {
    type Item = U::Item;
}
impl<I: DoubleEndedIterator, U: IntoIterator, F: FnMut(I::Item) -> U> DoubleEndedIterator for FlatMap<I, U, F> {}
impl<I: Clone, U: Clone, F: Clone> Clone for FlatMap<I, U, F> {}

pub struct Flatten<I> {}
impl<U: IntoIterator, I: Iterator<Item = U>> Iterator for Flatten<I> {
    type Item = U::Item;
}
impl<U: IntoIterator, I: DoubleEndedIterator<Item = U>> DoubleEndedIterator for Flatten<I> {}
impl<I: Clone> Clone for Flatten<I> {}

pub struct Fuse<I> {}
impl<I: Iterator> Iterator for Fuse<I> {
    type Item = I::Item;
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Fuse<I> {}
impl<I: ExactSizeIterator> ExactSizeIterator for Fuse<I> {}
impl<I: Clone> Clone for Fuse<I> {}

pub struct Inspect<I, F> {}
impl<I: Iterator, F> Iterator for Inspect<I, F> {
    type Item = I::Item;
}
impl<I: DoubleEndedIterator, F> DoubleEndedIterator for Inspect<I, F> {}
impl<I: ExactSizeIterator, F> ExactSizeIterator for Inspect<I, F> {}
impl<I: Clone, F: Clone> Clone for Inspect<I, F> {}

pub struct Rev<I> {}
impl<I: DoubleEndedIterator> Iterator for Rev<I> {
    type Item = I::Item;
}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Rev<I> {}
impl<I: ExactSizeIterator> ExactSizeIterator for Rev<I> {}
impl<I: Clone> Clone for Rev<I> {}

pub struct Copied<I> {}
impl<T, I: Iterator<Item = &T>> Iterator for Copied<I> {
    type Item = T;
}
impl<T, I: DoubleEndedIterator<Item = &T>> DoubleEndedIterator for Copied<I> {}
impl<T, I: ExactSizeIterator<Item = &T>> ExactSizeIterator for Copied<I> {}
impl<I: Clone> Clone for Copied<I> {}

pub struct Cloned<I> {}
impl<T, I: Iterator<Item = &T>> Iterator for Cloned<I> {
    type Item = T;
}
impl<T, I: DoubleEndedIterator<Item = &T>> DoubleEndedIterator for Cloned<I> {}
impl<T, I: ExactSizeIterator<Item = &T>> ExactSizeIterator for Cloned<I> {}
impl<I: Clone> Clone for Cloned<I> {}

pub struct Cycle<I> {}
impl<I: Clone + Iterator> Iterator for Cycle<I> {
    type Item = I::Item;
}
impl<I: Clone> Clone for Cycle<I> {}

pub fn empty<T>() -> Empty<T> {}
pub struct Empty<T> {}
impl<T> Iterator for Empty<T> {
    type Item = T;
}
impl<T> DoubleEndedIterator for Empty<T> {}
impl<T> ExactSizeIterator for Empty<T> {}
impl<T> Clone for Empty<T> {}
impl<T> Default for Empty<T> {}

pub fn once<T>(value: T) -> Once<T> {}
pub struct Once<T> {}
impl<T> Iterator for Once<T> {
    type Item = T;
}
impl<T> DoubleEndedIterator for Once<T> {}
impl<T> ExactSizeIterator for Once<T> {}
impl<T: Clone> Clone for Once<T> {}

pub fn once_with<A, F: FnOnce() -> A>(f: F) -> OnceWith<F> {}
pub struct OnceWith<F> {}
impl<A, F: FnOnce() -> A> Iterator for OnceWith<F> {
    type Item = A;
}

pub fn repeat<T: Clone>(value: T) -> Repeat<T> {}
pub struct Repeat<T> {}
impl<T: Clone> Iterator for Repeat<T> {
    type Item = T;
}
impl<T: Clone> DoubleEndedIterator for Repeat<T> {}
impl<T: Clone> Clone for Repeat<T> {}

pub fn repeat_n<T: Clone>(value: T, count: usize) -> RepeatN<T> {}
pub struct RepeatN<T> {}
impl<T: Clone> Iterator for RepeatN<T> {
    type Item = T;
}
impl<T: Clone> DoubleEndedIterator for RepeatN<T> {}
impl<T: Clone> ExactSizeIterator for RepeatN<T> {}
impl<T: Clone> Clone for RepeatN<T> {}

pub fn repeat_with<A, F: FnMut() -> A>(f: F) -> RepeatWith<F> {}
pub struct RepeatWith<F> {}
impl<A, F: FnMut() -> A> Iterator for RepeatWith<F> {
    type Item = A;
}
impl<F: Clone> Clone for RepeatWith<F> {}

pub fn from_fn<T, F: FnMut() -> Option<T>>(f: F) -> FromFn<F> {}
pub struct FromFn<F> {}
impl<T, F: FnMut() -> Option<T>> Iterator for FromFn<F> {
    type Item = T;
}
impl<F: Clone> Clone for FromFn<F> {}

pub fn successors<T, F: FnMut(&T) -> Option<T>>(first: Option<T>, f: F) -> Successors<T, F> {}
pub struct Successors<T, F> {}
impl<T, F: FnMut(&T) -> Option<T>> Iterator for Successors<T, F> {
    type Item = T;
}
impl<T: Clone, F: Clone> Clone for Successors<T, F> {}

pub fn zip<A: IntoIterator, B: IntoIterator>(a: A, b: B) -> Zip<A::IntoIter, B::IntoIter> {}
pub fn chain<A: IntoIterator, B: IntoIterator<Item = A::Item>>(a: A, b: B) -> Chain<A::IntoIter, B::IntoIter> {}
