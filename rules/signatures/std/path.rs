//! `std::path`.

use crate::borrow::{Borrow, Cow, ToOwned};
use crate::ffi::{OsStr, OsString};
use crate::fs;
use crate::io;
use crate::ops::{Deref, DerefMut};

pub const MAIN_SEPARATOR: char = '/';
pub const MAIN_SEPARATOR_STR: &str = "/";

pub fn is_separator(c: char) -> bool {}
pub fn absolute<P: AsRef<Path>>(path: P) -> io::Result<PathBuf> {}

pub enum Prefix {
    Verbatim(&OsStr),
    VerbatimUNC(&OsStr, &OsStr),
    VerbatimDisk(u8),
    DeviceNS(&OsStr),
    UNC(&OsStr, &OsStr),
    Disk(u8),
}

impl Prefix {
    pub fn is_verbatim(&self) -> bool {}
}

impl Clone for Prefix {}
impl Copy for Prefix {}
impl PartialEq for Prefix {}

pub struct PrefixComponent {}

impl PrefixComponent {
    pub fn kind(&self) -> Prefix {}
    pub fn as_os_str(&self) -> &OsStr {}
}

impl Clone for PrefixComponent {}
impl Copy for PrefixComponent {}
impl PartialEq for PrefixComponent {}

pub enum Component {
    Prefix(PrefixComponent),
    RootDir,
    CurDir,
    ParentDir,
    Normal(&OsStr),
}

impl Component {
    pub fn as_os_str(self) -> &OsStr {}
}

impl Clone for Component {}
impl Copy for Component {}
impl PartialEq for Component {}
impl Eq for Component {}
impl PartialOrd for Component {}
impl Ord for Component {}
impl crate::hash::Hash for Component {}
impl crate::fmt::Debug for Component {}
impl AsRef<OsStr> for Component {}
impl AsRef<Path> for Component {}

pub struct Components {}

impl Components {
    pub fn as_path(&self) -> &Path {}
}

impl Iterator for Components {
    type Item = Component;
}
impl DoubleEndedIterator for Components {}
impl Clone for Components {}
impl AsRef<Path> for Components {}
impl AsRef<OsStr> for Components {}

pub struct Iter {}

impl Iter {
    pub fn as_path(&self) -> &Path {}
}

impl Iterator for Iter {
    type Item = &OsStr;
}
impl DoubleEndedIterator for Iter {}
impl Clone for Iter {}

pub struct Ancestors {}
impl Iterator for Ancestors {
    type Item = &Path;
}
impl Clone for Ancestors {}

pub struct Display {}
impl crate::fmt::Debug for Display {}
impl crate::fmt::Display for Display {}

pub struct StripPrefixError {}
impl Clone for StripPrefixError {}
impl crate::fmt::Debug for StripPrefixError {}
impl crate::fmt::Display for StripPrefixError {}
impl crate::error::Error for StripPrefixError {}

pub struct PathBuf {}

impl PathBuf {
    pub fn new() -> PathBuf {}
    pub fn with_capacity(capacity: usize) -> PathBuf {}
    pub fn as_path(&self) -> &Path {}
    pub fn push<P: AsRef<Path>>(&mut self, path: P) {}
    pub fn pop(&mut self) -> bool {}
    pub fn set_file_name<S: AsRef<OsStr>>(&mut self, name: S) {}
    pub fn set_extension<S: AsRef<OsStr>>(&mut self, extension: S) -> bool {}
    pub fn add_extension<S: AsRef<OsStr>>(&mut self, extension: S) -> bool {}
    pub fn as_mut_os_string(&mut self) -> &mut OsString {}
    pub fn into_os_string(self) -> OsString {}
    pub fn into_boxed_path(self) -> Box<Path> {}
    pub fn capacity(&self) -> usize {}
    pub fn clear(&mut self) {}
    pub fn reserve(&mut self, additional: usize) {}
}

impl Deref for PathBuf {
    type Target = Path;
}
impl DerefMut for PathBuf {}
impl Clone for PathBuf {}
impl Default for PathBuf {}
impl PartialEq for PathBuf {}
impl PartialEq<Path> for PathBuf {}
impl Eq for PathBuf {}
impl PartialOrd for PathBuf {}
impl Ord for PathBuf {}
impl crate::hash::Hash for PathBuf {}
impl crate::fmt::Debug for PathBuf {}
impl Borrow<Path> for PathBuf {}
impl AsRef<Path> for PathBuf {}
impl AsRef<OsStr> for PathBuf {}
impl<T: AsRef<OsStr>> From<&T> for PathBuf {}
impl From<OsString> for PathBuf {}
impl From<String> for PathBuf {}
impl From<Box<Path>> for PathBuf {}
impl From<Cow<Path>> for PathBuf {}
impl crate::str::FromStr for PathBuf {
    type Err = crate::convert::Infallible;
}
impl<P: AsRef<Path>> FromIterator<P> for PathBuf {}
impl<P: AsRef<Path>> Extend<P> for PathBuf {}
impl IntoIterator for &PathBuf {
    type Item = &OsStr;
    type IntoIter = Iter;
}

pub struct Path {}

impl Path {
    pub fn new<S: AsRef<OsStr>>(text: &S) -> &Path {}
    pub fn as_os_str(&self) -> &OsStr {}
    pub fn as_mut_os_str(&mut self) -> &mut OsStr {}
    pub fn to_str(&self) -> Option<&str> {}
    pub fn to_string_lossy(&self) -> Cow<str> {}
    pub fn to_path_buf(&self) -> PathBuf {}
    pub fn is_absolute(&self) -> bool {}
    pub fn is_relative(&self) -> bool {}
    pub fn has_root(&self) -> bool {}
    pub fn parent(&self) -> Option<&Path> {}
    pub fn ancestors(&self) -> Ancestors {}
    pub fn file_name(&self) -> Option<&OsStr> {}
    pub fn strip_prefix<P: AsRef<Path>>(&self, base: P) -> Result<&Path, StripPrefixError> {}
    pub fn starts_with<P: AsRef<Path>>(&self, base: P) -> bool {}
    pub fn ends_with<P: AsRef<Path>>(&self, child: P) -> bool {}
    pub fn file_stem(&self) -> Option<&OsStr> {}
    pub fn file_prefix(&self) -> Option<&OsStr> {}
    pub fn extension(&self) -> Option<&OsStr> {}
    pub fn join<P: AsRef<Path>>(&self, path: P) -> PathBuf {}
    pub fn with_file_name<S: AsRef<OsStr>>(&self, name: S) -> PathBuf {}
    pub fn with_extension<S: AsRef<OsStr>>(&self, extension: S) -> PathBuf {}
    pub fn with_added_extension<S: AsRef<OsStr>>(&self, extension: S) -> PathBuf {}
    pub fn components(&self) -> Components {}
    pub fn iter(&self) -> Iter {}
    pub fn display(&self) -> Display {}
    pub fn metadata(&self) -> io::Result<fs::Metadata> {}
    pub fn symlink_metadata(&self) -> io::Result<fs::Metadata> {}
    pub fn canonicalize(&self) -> io::Result<PathBuf> {}
    pub fn read_link(&self) -> io::Result<PathBuf> {}
    pub fn read_dir(&self) -> io::Result<fs::ReadDir> {}
    pub fn exists(&self) -> bool {}
    pub fn try_exists(&self) -> io::Result<bool> {}
    pub fn is_file(&self) -> bool {}
    pub fn is_dir(&self) -> bool {}
    pub fn is_symlink(&self) -> bool {}
    pub fn into_path_buf(self: Box<Path>) -> PathBuf {}
}

impl ToOwned for Path {
    type Owned = PathBuf;
}
impl PartialEq for Path {}
impl PartialEq<PathBuf> for Path {}
impl Eq for Path {}
impl PartialOrd for Path {}
impl Ord for Path {}
impl crate::hash::Hash for Path {}
impl crate::fmt::Debug for Path {}
impl AsRef<Path> for Path {}
impl AsRef<OsStr> for Path {}
impl IntoIterator for &Path {
    type Item = &OsStr;
    type IntoIter = Iter;
}
