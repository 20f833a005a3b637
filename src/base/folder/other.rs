//! The implementation for systems other than Unix: an open folder is held in a sharing mode (of
//! Windows) that prevents renaming and removing it, so that its path means the same folder for as
//! long as it is open.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{How, Occupant};

/// The path of a folder, with the open handles of the folder and of the folders entered above it.
#[derive(Debug)]
pub struct Handle {
    path: PathBuf,
    held: Vec<Arc<File>>,
}

impl Handle {
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { path: path.to_owned(), held: vec![Arc::new(hold(path, true)?)] })
    }

    pub fn enter(&self, name: &OsStr) -> io::Result<Self> {
        let path = self.path.join(name);
        let mut held = self.held.clone();
        held.push(Arc::new(hold(&path, false)?));
        Ok(Self { path, held })
    }

    pub fn make(&self, name: &OsStr) -> io::Result<()> {
        fs::create_dir(self.path.join(name))
    }

    pub fn names(&self) -> io::Result<Vec<OsString>> {
        fs::read_dir(&self.path)?.map(|entry| Ok(entry?.file_name())).collect()
    }

    pub fn file(&self, name: &OsStr, how: How) -> io::Result<File> {
        let mut options = OpenOptions::new();
        match how {
            How::Read => options.read(true),
            How::Keep => options.read(true).write(true).create(true).truncate(false),
            // Windows already restricts a user's folders to that user.
            How::New | How::NewSecret => options.write(true).create_new(true),
        };
        open_with(&self.path.join(name), &mut options, false)
    }

    /// Opens the file at `path` beneath the folder for reading, without following any link.
    pub fn beneath(&self, path: &Path) -> io::Result<File> {
        let Some(name) = path.file_name() else { return Err(ErrorKind::InvalidInput.into()) };
        let mut folder = Self { path: self.path.clone(), held: self.held.clone() };
        for step in path.parent().into_iter().flat_map(Path::components) {
            folder = folder.enter(step.as_os_str())?;
        }
        folder.file(name, How::Read)
    }

    pub fn kind(&self, name: &OsStr) -> io::Result<Occupant> {
        let found = fs::symlink_metadata(self.path.join(name))?.file_type();
        Ok(match found {
            found if found.is_file() => Occupant::File,
            found if found.is_symlink() => Occupant::Link,
            _ => Occupant::Other,
        })
    }

    pub fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    pub fn link(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        fs::hard_link(self.path.join(from), self.path.join(to))
    }

    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }
}

fn hold(path: &Path, follow: bool) -> io::Result<File> {
    let file = open_with(path, OpenOptions::new().read(true), follow)?;
    if file.metadata()?.is_dir() { Ok(file) } else { Err(ErrorKind::NotADirectory.into()) }
}

/// Opens the file at `path` for reading; `follow` says whether a link there is followed.
pub fn open_file(path: &Path, follow: bool) -> io::Result<File> {
    // Named pipes of Windows have a separate namespace outside all folders, so none can be opened
    // here.
    open_with(path, OpenOptions::new().read(true), follow)
}

#[cfg(windows)]
fn open_with(path: &Path, options: &mut OpenOptions, follow: bool) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt as _;
    /// `FILE_SHARE_READ` and `FILE_SHARE_WRITE`; without `FILE_SHARE_DELETE`, a folder cannot be
    /// renamed.
    const SHARED: u32 = 1 | 2;
    /// `FILE_SHARE_DELETE`: a file may be replaced while another process reads it.
    const REPLACED: u32 = 4;
    /// `FILE_FLAG_BACKUP_SEMANTICS`: opens folders, too.
    const FOLDERS: u32 = 0x0200_0000;
    /// `FILE_FLAG_OPEN_REPARSE_POINT`: opens a link itself rather than its target.
    const LINKS: u32 = 0x0020_0000;
    let is_folder = fs::symlink_metadata(path).is_ok_and(|found| found.is_dir());
    options.share_mode(if is_folder { SHARED } else { SHARED | REPLACED });
    options.custom_flags(if follow { FOLDERS } else { FOLDERS | LINKS });
    let file = options.open(path)?;
    if !follow && file.metadata()?.file_type().is_symlink() {
        return Err(io::Error::new(ErrorKind::NotADirectory, "a link, which is not followed there"));
    }
    Ok(file)
}

#[cfg(not(windows))]
fn open_with(path: &Path, options: &mut OpenOptions, follow: bool) -> io::Result<File> {
    if !follow && fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
        return Err(io::Error::new(ErrorKind::NotADirectory, "a link, which is not followed there"));
    }
    options.open(path)
}
