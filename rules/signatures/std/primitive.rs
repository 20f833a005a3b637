//! The primitive types that have a name. Their methods are in `num`, `str` and the like.

pub struct bool {}
pub struct char {}
pub struct str {}
pub struct u8 {}
pub struct u16 {}
pub struct u32 {}
pub struct u64 {}
pub struct u128 {}
pub struct usize {}
pub struct i8 {}
pub struct i16 {}
pub struct i32 {}
pub struct i64 {}
pub struct i128 {}
pub struct isize {}
pub struct f32 {}
pub struct f64 {}

impl bool {
    pub fn then<T, F: FnOnce() -> T>(self, f: F) -> Option<T> {}
    pub fn then_some<T>(self, value: T) -> Option<T> {}
}

impl crate::clone::Clone for bool {}
impl crate::marker::Copy for bool {}
impl crate::default::Default for bool {}
impl crate::cmp::PartialEq for bool {}
impl crate::cmp::Eq for bool {}
impl crate::cmp::PartialOrd for bool {}
impl crate::cmp::Ord for bool {}
impl crate::hash::Hash for bool {}
impl crate::fmt::Debug for bool {}
impl crate::fmt::Display for bool {}
impl crate::str::FromStr for bool {
    type Err = crate::str::ParseBoolError;
}
impl crate::ops::Not for bool {
    type Output = bool;
}
impl crate::ops::BitAnd for bool {
    type Output = bool;
}
impl crate::ops::BitOr for bool {
    type Output = bool;
}
impl crate::ops::BitXor for bool {
    type Output = bool;
}
