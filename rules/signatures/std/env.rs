//! `std::env`.

use crate::ffi::{OsStr, OsString};
use crate::io;
use crate::path::{Path, PathBuf};

pub fn args() -> Args {}
pub fn args_os() -> ArgsOs {}
pub fn current_dir() -> io::Result<PathBuf> {}
pub fn current_exe() -> io::Result<PathBuf> {}
pub fn home_dir() -> Option<PathBuf> {}
pub fn join_paths<I: IntoIterator<Item = T>, T: AsRef<OsStr>>(paths: I) -> Result<OsString, JoinPathsError> {}
pub unsafe fn remove_var<K: AsRef<OsStr>>(key: K) {}
pub fn set_current_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {}
pub unsafe fn set_var<K: AsRef<OsStr>, V: AsRef<OsStr>>(key: K, value: V) {}
pub fn split_paths<T: AsRef<OsStr>>(text: &T) -> SplitPaths {}
pub fn temp_dir() -> PathBuf {}
pub fn var<K: AsRef<OsStr>>(key: K) -> Result<String, VarError> {}
pub fn var_os<K: AsRef<OsStr>>(key: K) -> Option<OsString> {}
pub fn vars() -> Vars {}
pub fn vars_os() -> VarsOs {}

pub struct Args {}
impl Iterator for Args {
    type Item = String;
}
impl DoubleEndedIterator for Args {}
impl ExactSizeIterator for Args {}

pub struct ArgsOs {}
impl Iterator for ArgsOs {
    type Item = OsString;
}
impl DoubleEndedIterator for ArgsOs {}
impl ExactSizeIterator for ArgsOs {}

pub struct Vars {}
impl Iterator for Vars {
    type Item = (String, String);
}

pub struct VarsOs {}
impl Iterator for VarsOs {
    type Item = (OsString, OsString);
}

pub struct SplitPaths {}
impl Iterator for SplitPaths {
    type Item = PathBuf;
}

pub struct JoinPathsError {}
impl crate::fmt::Debug for JoinPathsError {}
impl crate::fmt::Display for JoinPathsError {}
impl crate::error::Error for JoinPathsError {}

pub enum VarError {
    NotPresent,
    NotUnicode(OsString),
}
impl Clone for VarError {}
impl PartialEq for VarError {}
impl crate::fmt::Debug for VarError {}
impl crate::fmt::Display for VarError {}
impl crate::error::Error for VarError {}

pub mod consts {
    pub const ARCH: &str = "";
    pub const FAMILY: &str = "";
    pub const OS: &str = "";
    pub const DLL_PREFIX: &str = "";
    pub const DLL_SUFFIX: &str = "";
    pub const DLL_EXTENSION: &str = "";
    pub const EXE_SUFFIX: &str = "";
    pub const EXE_EXTENSION: &str = "";
}
