//! The types that the invocations of the standard library's macros have, as functions: an
//! invocation has the type of a call with the same arguments.

pub fn assert() {}
pub fn assert_eq() {}
pub fn assert_ne() {}
pub fn column() -> u32 {}
pub fn concat() -> &str {}
pub fn dbg<T>(value: T) -> T {}
pub fn debug_assert() {}
pub fn debug_assert_eq() {}
pub fn debug_assert_ne() {}
pub fn env() -> &str {}
pub fn eprint() {}
pub fn eprintln() {}
pub fn file() -> &str {}
pub fn format() -> String {}
pub fn format_args() -> crate::fmt::Arguments {}
pub fn include_bytes() -> &[u8] {}
pub fn include_str() -> &str {}
pub fn line() -> u32 {}
pub fn matches() -> bool {}
pub fn module_path() -> &str {}
pub fn option_env() -> Option<&str> {}
pub fn panic() -> ! {}
pub fn pin<T>(value: T) -> crate::pin::Pin<&mut T> {}
pub fn print() {}
pub fn println() {}
pub fn stringify() -> &str {}
pub fn todo() -> ! {}
pub fn unimplemented() -> ! {}
pub fn unreachable() -> ! {}
pub fn vec<T>(element: T) -> Vec<T> {}
