//! `std::marker`.

pub trait Send {}
pub trait Sync {}
pub trait Sized {}
pub trait Copy: Clone {}
pub trait Unpin {}
pub trait Tuple {}

impl<T> Copy for &T {}
impl<T> Copy for *const T {}
impl<T> Copy for *mut T {}

pub struct PhantomData<T>;

impl<T> Clone for PhantomData<T> {}
impl<T> Copy for PhantomData<T> {}
impl<T> Default for PhantomData<T> {}
impl<T> PartialEq for PhantomData<T> {}
impl<T> Eq for PhantomData<T> {}
impl<T> PartialOrd for PhantomData<T> {}
impl<T> Ord for PhantomData<T> {}
impl<T> crate::hash::Hash for PhantomData<T> {}
impl<T> crate::fmt::Debug for PhantomData<T> {}

pub struct PhantomPinned;

impl Clone for PhantomPinned {}
impl Default for PhantomPinned {}
impl crate::fmt::Debug for PhantomPinned {}
