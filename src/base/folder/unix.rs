//! The implementation for Unix: `openat` and related calls, through `rustix`.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io,
    os::{fd::OwnedFd, unix::ffi::OsStrExt as _},
    path::Path,
};

use rustix::fs::{
    AtFlags, Dir, FileType, Mode, OFlags, linkat, mkdirat, open, openat, renameat, statat, unlinkat,
};

#[cfg(target_os = "linux")]
use rustix::{
    fs::{ResolveFlags, openat2},
    io::Errno,
};

use super::{How, Occupant};

/// The usual mode of new folders and files, which the user's mask restricts.
const FOLDER: Mode = Mode::from_raw_mode(0o777);
const FILE: Mode = Mode::from_raw_mode(0o666);
const SECRET: Mode = Mode::from_raw_mode(0o600);

/// A folder's file descriptor.
#[derive(Debug)]
pub struct Handle(OwnedFd);

impl Handle {
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(open(path, OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?))
    }

    pub fn enter(&self, name: &OsStr) -> io::Result<Self> {
        let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(Self(openat(&self.0, name, flags, Mode::empty())?))
    }

    pub fn make(&self, name: &OsStr) -> io::Result<()> {
        Ok(mkdirat(&self.0, name, FOLDER)?)
    }

    pub fn names(&self) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.0)? {
            let name = entry?;
            let name = name.file_name().to_bytes();
            if !matches!(name, b"." | b"..") {
                names.push(OsStr::from_bytes(name).to_owned());
            }
        }
        Ok(names)
    }

    pub fn file(&self, name: &OsStr, how: How) -> io::Result<File> {
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let (more, mode) = match how {
            How::Read => (OFlags::RDONLY, Mode::empty()),
            How::Keep => (OFlags::RDWR | OFlags::CREATE, FILE),
            How::New => (OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL, FILE),
            How::NewSecret => (OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL, SECRET),
        };
        Ok(File::from(openat(&self.0, name, flags | more, mode)?))
    }

    /// Opens the file at `path` beneath the folder for reading, without following any link: in one
    /// system call if the system supports it.
    pub fn beneath(&self, path: &Path) -> io::Result<File> {
        #[cfg(target_os = "linux")]
        match openat2(
            &self.0,
            path,
            OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC,
            Mode::empty(),
            ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS,
        ) {
            // The kernel or a sandbox does not support the call.
            Err(Errno::NOSYS | Errno::PERM) => {}
            result => return Ok(File::from(result?)),
        }
        self.step_beneath(path)
    }

    /// [`Handle::beneath`], folder by folder.
    fn step_beneath(&self, path: &Path) -> io::Result<File> {
        let (Some(name), parent) = (path.file_name(), path.parent()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let mut folder = Self(self.0.try_clone()?);
        for step in parent.into_iter().flat_map(Path::components) {
            folder = folder.enter(step.as_os_str())?;
        }
        folder.file(name, How::Read)
    }

    pub fn kind(&self, name: &OsStr) -> io::Result<Occupant> {
        let found = statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW)?;
        Ok(match FileType::from_raw_mode(found.st_mode) {
            FileType::RegularFile => Occupant::File,
            FileType::Symlink => Occupant::Link,
            _ => Occupant::Other,
        })
    }

    pub fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        Ok(renameat(&self.0, from, &self.0, to)?)
    }

    pub fn link(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        Ok(linkat(&self.0, from, &self.0, to, AtFlags::empty())?)
    }

    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        Ok(unlinkat(&self.0, name, AtFlags::empty())?)
    }
}

/// Opens the file at `path` for reading, without waiting for a writer; `follow` says whether a link
/// there is followed.
pub fn open_file(path: &Path, follow: bool) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let flags = if follow { flags } else { flags | OFlags::NOFOLLOW };
    Ok(File::from(open(path, flags, Mode::empty())?))
}
