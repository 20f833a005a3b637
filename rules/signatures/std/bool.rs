//! The methods and traits of `bool`.

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
