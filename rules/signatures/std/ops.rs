//! `std::ops`.

use crate::convert::Infallible;

pub trait Drop {
    fn drop(&mut self);
}

pub trait FnOnce<Args> {
    type Output;
}

pub trait FnMut<Args>: FnOnce<Args> {}
pub trait Fn<Args>: FnMut<Args> {}

pub trait AsyncFnOnce<Args> {
    type Output;
}

pub trait AsyncFnMut<Args>: AsyncFnOnce<Args> {}
pub trait AsyncFn<Args>: AsyncFnMut<Args> {}

impl<A, F: Fn<A>> FnOnce<A> for &F {
    type Output = F::Output;
}
impl<A, F: Fn<A>> FnMut<A> for &F {}
impl<A, F: Fn<A>> Fn<A> for &F {}
impl<A, F: FnMut<A>> FnOnce<A> for &mut F {
    type Output = F::Output;
}
impl<A, F: FnMut<A>> FnMut<A> for &mut F {}

pub trait Deref {
    type Target;
    fn deref(&self) -> &Self::Target;
}

pub trait DerefMut: Deref {
    fn deref_mut(&mut self) -> &mut Self::Target;
}

impl<T> Deref for &T {
    type Target = T;
}
impl<T> Deref for &mut T {
    type Target = T;
}
impl<T> DerefMut for &mut T {}

pub trait Index<I> {
    type Output;
    fn index(&self, index: I) -> &Self::Output;
}

pub trait IndexMut<I>: Index<I> {
    fn index_mut(&mut self, index: I) -> &mut Self::Output;
}

pub trait Try: FromResidual<Self::Residual> {
    type Output;
    type Residual;
    fn from_output(output: Self::Output) -> Self;
    fn branch(self) -> ControlFlow<Self::Residual, Self::Output>;
}

pub trait FromResidual<R> {
    fn from_residual(residual: R) -> Self;
}

pub trait Add<R = Self> {
    type Output;
    fn add(self, other: R) -> Self::Output;
}

pub trait Sub<R = Self> {
    type Output;
    fn sub(self, other: R) -> Self::Output;
}

pub trait Mul<R = Self> {
    type Output;
    fn mul(self, other: R) -> Self::Output;
}

pub trait Div<R = Self> {
    type Output;
    fn div(self, other: R) -> Self::Output;
}

pub trait Rem<R = Self> {
    type Output;
    fn rem(self, other: R) -> Self::Output;
}

pub trait Neg {
    type Output;
    fn neg(self) -> Self::Output;
}

pub trait Not {
    type Output;
    fn not(self) -> Self::Output;
}

pub trait BitAnd<R = Self> {
    type Output;
    fn bitand(self, other: R) -> Self::Output;
}

pub trait BitOr<R = Self> {
    type Output;
    fn bitor(self, other: R) -> Self::Output;
}

pub trait BitXor<R = Self> {
    type Output;
    fn bitxor(self, other: R) -> Self::Output;
}

pub trait Shl<R = Self> {
    type Output;
    fn shl(self, other: R) -> Self::Output;
}

pub trait Shr<R = Self> {
    type Output;
    fn shr(self, other: R) -> Self::Output;
}

pub trait AddAssign<R = Self> {
    fn add_assign(&mut self, other: R);
}

pub trait SubAssign<R = Self> {
    fn sub_assign(&mut self, other: R);
}

pub trait MulAssign<R = Self> {
    fn mul_assign(&mut self, other: R);
}

pub trait DivAssign<R = Self> {
    fn div_assign(&mut self, other: R);
}

pub trait RemAssign<R = Self> {
    fn rem_assign(&mut self, other: R);
}

pub trait BitAndAssign<R = Self> {
    fn bitand_assign(&mut self, other: R);
}

pub trait BitOrAssign<R = Self> {
    fn bitor_assign(&mut self, other: R);
}

pub trait BitXorAssign<R = Self> {
    fn bitxor_assign(&mut self, other: R);
}

pub trait ShlAssign<R = Self> {
    fn shl_assign(&mut self, other: R);
}

pub trait ShrAssign<R = Self> {
    fn shr_assign(&mut self, other: R);
}

pub enum ControlFlow<B, C = ()> {
    Continue(C),
    Break(B),
}

impl<B, C> ControlFlow<B, C> {
    pub fn is_break(&self) -> bool {}
    pub fn is_continue(&self) -> bool {}
    pub fn break_value(self) -> Option<B> {}
    pub fn continue_value(self) -> Option<C> {}
    pub fn map_break<T, F: FnOnce(B) -> T>(self, f: F) -> ControlFlow<T, C> {}
    pub fn map_continue<T, F: FnOnce(C) -> T>(self, f: F) -> ControlFlow<B, T> {}
}

impl<B, C> Try for ControlFlow<B, C> {
    type Output = C;
    type Residual = ControlFlow<B, Infallible>;
}
impl<B, C> FromResidual<ControlFlow<B, Infallible>> for ControlFlow<B, C> {}
impl<B: Clone, C: Clone> Clone for ControlFlow<B, C> {}
impl<B: Copy, C: Copy> Copy for ControlFlow<B, C> {}
impl<B: PartialEq, C: PartialEq> PartialEq for ControlFlow<B, C> {}
impl<B: crate::fmt::Debug, C: crate::fmt::Debug> crate::fmt::Debug for ControlFlow<B, C> {}

pub enum Bound<T> {
    Included(T),
    Excluded(T),
    Unbounded,
}

impl<T> Bound<T> {
    pub fn as_ref(&self) -> Bound<&T> {}
    pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Bound<U> {}
}

impl<T> Bound<&T> {
    pub fn cloned(self) -> Bound<T> {}
}

impl<T: Clone> Clone for Bound<T> {}
impl<T: Copy> Copy for Bound<T> {}
impl<T: PartialEq> PartialEq for Bound<T> {}
impl<T: crate::fmt::Debug> crate::fmt::Debug for Bound<T> {}

pub trait RangeBounds<T> {
    fn start_bound(&self) -> Bound<&T>;
    fn end_bound(&self) -> Bound<&T>;
    fn contains<U>(&self, item: &U) -> bool {}
}

pub struct RangeFull;

pub struct Range<I> {
    pub start: I,
    pub end: I,
}

pub struct RangeFrom<I> {
    pub start: I,
}

pub struct RangeTo<I> {
    pub end: I,
}

pub struct RangeInclusive<I> {}

pub struct RangeToInclusive<I> {
    pub end: I,
}

impl<I> Range<I> {
    pub fn contains<U>(&self, item: &U) -> bool {}
    pub fn is_empty(&self) -> bool {}
}

impl<I> RangeFrom<I> {
    pub fn contains<U>(&self, item: &U) -> bool {}
}

impl<I> RangeTo<I> {
    pub fn contains<U>(&self, item: &U) -> bool {}
}

impl<I> RangeToInclusive<I> {
    pub fn contains<U>(&self, item: &U) -> bool {}
}

impl<I> RangeInclusive<I> {
    pub fn new(start: I, end: I) -> RangeInclusive<I> {}
    pub fn start(&self) -> &I {}
    pub fn end(&self) -> &I {}
    pub fn into_inner(self) -> (I, I) {}
    pub fn contains<U>(&self, item: &U) -> bool {}
    pub fn is_empty(&self) -> bool {}
}

impl<A: crate::iter::Step> Iterator for Range<A> {
    type Item = A;
}
impl<A: crate::iter::Step> DoubleEndedIterator for Range<A> {}
impl<A: crate::iter::Step> ExactSizeIterator for Range<A> {}
impl<A: crate::iter::Step> Iterator for RangeFrom<A> {
    type Item = A;
}
impl<A: crate::iter::Step> Iterator for RangeInclusive<A> {
    type Item = A;
}
impl<A: crate::iter::Step> DoubleEndedIterator for RangeInclusive<A> {}
impl<A: crate::iter::Step> ExactSizeIterator for RangeInclusive<A> {}

impl<T> RangeBounds<T> for RangeFull {}
impl<T> RangeBounds<T> for Range<T> {}
impl<T> RangeBounds<T> for RangeFrom<T> {}
impl<T> RangeBounds<T> for RangeTo<T> {}
impl<T> RangeBounds<T> for RangeInclusive<T> {}
impl<T> RangeBounds<T> for RangeToInclusive<T> {}
impl<T> RangeBounds<T> for (Bound<T>, Bound<T>) {}

impl Clone for RangeFull {}
impl Copy for RangeFull {}
impl<I: Clone> Clone for Range<I> {}
impl<I: Clone> Clone for RangeFrom<I> {}
impl<I: Clone> Clone for RangeTo<I> {}
impl<I: Clone> Clone for RangeInclusive<I> {}
impl<I: Clone> Clone for RangeToInclusive<I> {}
impl<I: Default> Default for Range<I> {}
impl<I: PartialEq> PartialEq for Range<I> {}
impl<I: Eq> Eq for Range<I> {}
impl<I: PartialEq> PartialEq for RangeInclusive<I> {}
impl<I: Eq> Eq for RangeInclusive<I> {}
impl<I: crate::hash::Hash> crate::hash::Hash for Range<I> {}
impl<I: crate::hash::Hash> crate::hash::Hash for RangeInclusive<I> {}
impl<I: crate::fmt::Debug> crate::fmt::Debug for Range<I> {}
impl<I: crate::fmt::Debug> crate::fmt::Debug for RangeInclusive<I> {}
