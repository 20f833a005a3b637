//! `std::fs`.

use crate::ffi::OsString;
use crate::io;
use crate::path::{Path, PathBuf};
use crate::time::SystemTime;

pub fn canonicalize<P: AsRef<Path>>(path: P) -> io::Result<PathBuf> {}
pub fn copy<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> io::Result<u64> {}
pub fn create_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {}
pub fn create_dir_all<P: AsRef<Path>>(path: P) -> io::Result<()> {}
pub fn exists<P: AsRef<Path>>(path: P) -> io::Result<bool> {}
pub fn hard_link<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {}
pub fn metadata<P: AsRef<Path>>(path: P) -> io::Result<Metadata> {}
pub fn read<P: AsRef<Path>>(path: P) -> io::Result<Vec<u8>> {}
pub fn read_dir<P: AsRef<Path>>(path: P) -> io::Result<ReadDir> {}
pub fn read_link<P: AsRef<Path>>(path: P) -> io::Result<PathBuf> {}
pub fn read_to_string<P: AsRef<Path>>(path: P) -> io::Result<String> {}
pub fn remove_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {}
pub fn remove_dir_all<P: AsRef<Path>>(path: P) -> io::Result<()> {}
pub fn remove_file<P: AsRef<Path>>(path: P) -> io::Result<()> {}
pub fn rename<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> io::Result<()> {}
pub fn set_permissions<P: AsRef<Path>>(path: P, permissions: Permissions) -> io::Result<()> {}
pub fn soft_link<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {}
pub fn symlink_metadata<P: AsRef<Path>>(path: P) -> io::Result<Metadata> {}
pub fn write<P: AsRef<Path>, C: AsRef<[u8]>>(path: P, contents: C) -> io::Result<()> {}

pub struct File {}

impl File {
    pub fn open<P: AsRef<Path>>(path: P) -> io::Result<File> {}
    pub fn create<P: AsRef<Path>>(path: P) -> io::Result<File> {}
    pub fn create_new<P: AsRef<Path>>(path: P) -> io::Result<File> {}
    pub fn options() -> OpenOptions {}
    pub fn sync_all(&self) -> io::Result<()> {}
    pub fn sync_data(&self) -> io::Result<()> {}
    pub fn lock(&self) -> io::Result<()> {}
    pub fn lock_shared(&self) -> io::Result<()> {}
    pub fn try_lock(&self) -> Result<(), TryLockError> {}
    pub fn unlock(&self) -> io::Result<()> {}
    pub fn set_len(&self, size: u64) -> io::Result<()> {}
    pub fn metadata(&self) -> io::Result<Metadata> {}
    pub fn try_clone(&self) -> io::Result<File> {}
    pub fn set_permissions(&self, permissions: Permissions) -> io::Result<()> {}
    pub fn set_times(&self, times: FileTimes) -> io::Result<()> {}
    pub fn set_modified(&self, time: SystemTime) -> io::Result<()> {}
}

impl crate::fmt::Debug for File {}
impl io::Read for File {}
impl io::Read for &File {}
impl io::Write for File {}
impl io::Write for &File {}
impl io::Seek for File {}
impl io::Seek for &File {}
impl crate::os::fd::AsRawFd for File {}
impl crate::os::fd::AsFd for File {}
impl crate::os::fd::FromRawFd for File {}
impl crate::os::fd::IntoRawFd for File {}
impl From<crate::os::fd::OwnedFd> for File {}

pub enum TryLockError {
    Error(io::Error),
    WouldBlock,
}
impl crate::fmt::Debug for TryLockError {}
impl crate::fmt::Display for TryLockError {}
impl crate::error::Error for TryLockError {}

pub struct OpenOptions {}

impl OpenOptions {
    pub fn new() -> OpenOptions {}
    pub fn read(&mut self, read: bool) -> &mut OpenOptions {}
    pub fn write(&mut self, write: bool) -> &mut OpenOptions {}
    pub fn append(&mut self, append: bool) -> &mut OpenOptions {}
    pub fn truncate(&mut self, truncate: bool) -> &mut OpenOptions {}
    pub fn create(&mut self, create: bool) -> &mut OpenOptions {}
    pub fn create_new(&mut self, create_new: bool) -> &mut OpenOptions {}
    pub fn open<P: AsRef<Path>>(&self, path: P) -> io::Result<File> {}
}

impl Clone for OpenOptions {}
impl crate::fmt::Debug for OpenOptions {}

pub struct FileTimes {}

impl FileTimes {
    pub fn new() -> FileTimes {}
    pub fn set_accessed(self, time: SystemTime) -> FileTimes {}
    pub fn set_modified(self, time: SystemTime) -> FileTimes {}
}

impl Clone for FileTimes {}
impl Copy for FileTimes {}
impl Default for FileTimes {}

pub struct Metadata {}

impl Metadata {
    pub fn file_type(&self) -> FileType {}
    pub fn is_dir(&self) -> bool {}
    pub fn is_file(&self) -> bool {}
    pub fn is_symlink(&self) -> bool {}
    pub fn len(&self) -> u64 {}
    pub fn permissions(&self) -> Permissions {}
    pub fn modified(&self) -> io::Result<SystemTime> {}
    pub fn accessed(&self) -> io::Result<SystemTime> {}
    pub fn created(&self) -> io::Result<SystemTime> {}
}

impl Clone for Metadata {}
impl crate::fmt::Debug for Metadata {}

pub struct FileType {}

impl FileType {
    pub fn is_dir(&self) -> bool {}
    pub fn is_file(&self) -> bool {}
    pub fn is_symlink(&self) -> bool {}
}

impl Clone for FileType {}
impl Copy for FileType {}
impl PartialEq for FileType {}
impl Eq for FileType {}
impl crate::fmt::Debug for FileType {}

pub struct Permissions {}

impl Permissions {
    pub fn readonly(&self) -> bool {}
    pub fn set_readonly(&mut self, readonly: bool) {}
}

impl Clone for Permissions {}
impl PartialEq for Permissions {}
impl crate::fmt::Debug for Permissions {}

pub struct ReadDir {}
impl Iterator for ReadDir {
    type Item = io::Result<DirEntry>;
}
impl crate::fmt::Debug for ReadDir {}

pub struct DirEntry {}

impl DirEntry {
    pub fn path(&self) -> PathBuf {}
    pub fn metadata(&self) -> io::Result<Metadata> {}
    pub fn file_type(&self) -> io::Result<FileType> {}
    pub fn file_name(&self) -> OsString {}
}

impl crate::fmt::Debug for DirEntry {}

pub struct DirBuilder {}

impl DirBuilder {
    pub fn new() -> DirBuilder {}
    pub fn recursive(&mut self, recursive: bool) -> &mut DirBuilder {}
    pub fn create<P: AsRef<Path>>(&self, path: P) -> io::Result<()> {}
}
