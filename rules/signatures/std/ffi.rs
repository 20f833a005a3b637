//! `std::ffi`.

use crate::borrow::{Borrow, Cow, ToOwned};
use crate::collections::TryReserveError;
use crate::ops::{Deref, DerefMut};

pub type c_char = i8;
pub type c_schar = i8;
pub type c_uchar = u8;
pub type c_short = i16;
pub type c_ushort = u16;
pub type c_int = i32;
pub type c_uint = u32;
pub type c_long = i64;
pub type c_ulong = u64;
pub type c_longlong = i64;
pub type c_ulonglong = u64;
pub type c_float = f32;
pub type c_double = f64;
pub enum c_void {}

pub struct OsString {}

impl OsString {
    pub fn new() -> OsString {}
    pub fn as_os_str(&self) -> &OsStr {}
    pub fn into_string(self) -> Result<String, OsString> {}
    pub fn push<T: AsRef<OsStr>>(&mut self, text: T) {}
    pub fn with_capacity(capacity: usize) -> OsString {}
    pub fn clear(&mut self) {}
    pub fn capacity(&self) -> usize {}
    pub fn reserve(&mut self, additional: usize) {}
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {}
    pub fn shrink_to_fit(&mut self) {}
    pub fn into_boxed_os_str(self) -> Box<OsStr> {}
    pub fn into_encoded_bytes(self) -> Vec<u8> {}
    pub unsafe fn from_encoded_bytes_unchecked(bytes: Vec<u8>) -> OsString {}
}

impl Deref for OsString {
    type Target = OsStr;
}
impl DerefMut for OsString {}
impl Clone for OsString {}
impl Default for OsString {}
impl PartialEq for OsString {}
impl PartialEq<str> for OsString {}
impl PartialEq<OsStr> for OsString {}
impl Eq for OsString {}
impl PartialOrd for OsString {}
impl Ord for OsString {}
impl crate::hash::Hash for OsString {}
impl crate::fmt::Debug for OsString {}
impl Borrow<OsStr> for OsString {}
impl AsRef<OsStr> for OsString {}
impl AsRef<crate::path::Path> for OsString {}
impl<T: AsRef<OsStr>> From<&T> for OsString {}
impl From<String> for OsString {}
impl From<crate::path::PathBuf> for OsString {}
impl From<Box<OsStr>> for OsString {}
impl crate::str::FromStr for OsString {
    type Err = crate::convert::Infallible;
}
impl FromIterator<OsString> for OsString {}
impl Extend<OsString> for OsString {}

pub struct OsStr {}

impl OsStr {
    pub fn new<S: AsRef<OsStr>>(text: &S) -> &OsStr {}
    pub fn to_str(&self) -> Option<&str> {}
    pub fn to_string_lossy(&self) -> Cow<str> {}
    pub fn to_os_string(&self) -> OsString {}
    pub fn is_empty(&self) -> bool {}
    pub fn len(&self) -> usize {}
    pub fn into_os_string(self: Box<OsStr>) -> OsString {}
    pub fn as_encoded_bytes(&self) -> &[u8] {}
    pub unsafe fn from_encoded_bytes_unchecked(bytes: &[u8]) -> &OsStr {}
    pub fn make_ascii_lowercase(&mut self) {}
    pub fn make_ascii_uppercase(&mut self) {}
    pub fn to_ascii_lowercase(&self) -> OsString {}
    pub fn to_ascii_uppercase(&self) -> OsString {}
    pub fn is_ascii(&self) -> bool {}
    pub fn eq_ignore_ascii_case<S: AsRef<OsStr>>(&self, other: S) -> bool {}
    pub fn display(&self) -> crate::path::Display {}
}

impl ToOwned for OsStr {
    type Owned = OsString;
}
impl PartialEq for OsStr {}
impl PartialEq<str> for OsStr {}
impl PartialEq<OsString> for OsStr {}
impl Eq for OsStr {}
impl PartialOrd for OsStr {}
impl Ord for OsStr {}
impl crate::hash::Hash for OsStr {}
impl crate::fmt::Debug for OsStr {}
impl AsRef<OsStr> for OsStr {}
impl AsRef<crate::path::Path> for OsStr {}

pub struct CString {}

impl CString {
    pub fn new<T: Into<Vec<u8>>>(bytes: T) -> Result<CString, NulError> {}
    pub unsafe fn from_vec_unchecked(bytes: Vec<u8>) -> CString {}
    pub unsafe fn from_raw(pointer: *mut c_char) -> CString {}
    pub fn into_raw(self) -> *mut c_char {}
    pub fn into_string(self) -> Result<String, IntoStringError> {}
    pub fn into_bytes(self) -> Vec<u8> {}
    pub fn as_bytes(&self) -> &[u8] {}
    pub fn as_c_str(&self) -> &CStr {}
}

impl Deref for CString {
    type Target = CStr;
}
impl Clone for CString {}
impl Default for CString {}
impl PartialEq for CString {}
impl crate::fmt::Debug for CString {}
impl AsRef<CStr> for CString {}
impl Borrow<CStr> for CString {}

pub struct CStr {}

impl CStr {
    pub unsafe fn from_ptr(pointer: *const c_char) -> &CStr {}
    pub fn from_bytes_until_nul(bytes: &[u8]) -> Result<&CStr, FromBytesUntilNulError> {}
    pub fn from_bytes_with_nul(bytes: &[u8]) -> Result<&CStr, FromBytesWithNulError> {}
    pub unsafe fn from_bytes_with_nul_unchecked(bytes: &[u8]) -> &CStr {}
    pub fn as_ptr(&self) -> *const c_char {}
    pub fn count_bytes(&self) -> usize {}
    pub fn is_empty(&self) -> bool {}
    pub fn to_bytes(&self) -> &[u8] {}
    pub fn to_bytes_with_nul(&self) -> &[u8] {}
    pub fn to_str(&self) -> Result<&str, crate::str::Utf8Error> {}
    pub fn to_string_lossy(&self) -> Cow<str> {}
}

impl ToOwned for CStr {
    type Owned = CString;
}
impl PartialEq for CStr {}
impl crate::fmt::Debug for CStr {}
impl AsRef<CStr> for CStr {}

pub struct NulError {}

impl NulError {
    pub fn nul_position(&self) -> usize {}
    pub fn into_vec(self) -> Vec<u8> {}
}

impl Clone for NulError {}
impl crate::fmt::Debug for NulError {}
impl crate::fmt::Display for NulError {}
impl crate::error::Error for NulError {}

pub struct IntoStringError {}
impl crate::fmt::Debug for IntoStringError {}
impl crate::fmt::Display for IntoStringError {}
impl crate::error::Error for IntoStringError {}

pub struct FromBytesUntilNulError {}
impl crate::fmt::Debug for FromBytesUntilNulError {}
impl crate::fmt::Display for FromBytesUntilNulError {}
impl crate::error::Error for FromBytesUntilNulError {}

pub struct FromBytesWithNulError {}
impl crate::fmt::Debug for FromBytesWithNulError {}
impl crate::fmt::Display for FromBytesWithNulError {}
impl crate::error::Error for FromBytesWithNulError {}
