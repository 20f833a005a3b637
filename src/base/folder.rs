//! Open folders and the files in them: the only code through which archlint writes, removes and
//! reads files where it must not be redirected.
//!
//! Invariants: a name is a single path component, never a path; each folder is opened relative to
//! its parent without following symbolic links, so that another process cannot replace a folder by
//! a link in the meantime; only regular files are opened, and no open call blocks; an existing file
//! is replaced by renaming, never written through, so that no reader sees it half written.
//!
//! [`Destination::of`] follows a path: links outside a root belong to the user and are followed,
//! links below it are refused.

mod destination;
#[cfg(not(unix))]
#[path = "folder/other.rs"]
mod system;
#[cfg(unix)]
#[path = "folder/unix.rs"]
mod system;

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io::{self, ErrorKind, Read, Write},
    path::{Component, Path, PathBuf},
};

pub use destination::Destination;
use system::Handle;

/// The maximum number of random names that are tried for a new file.
const ATTEMPTS: u32 = 100;

/// The length of the random suffix of an unfinished file's name, in letters and digits.
pub const RANDOM: usize = 6;

/// An open folder.
#[derive(Debug)]
pub struct OpenFolder {
    handle: Handle,
    /// The path through which the folder was opened; for messages.
    path: PathBuf,
}

/// The mode in which a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Opens an existing file for reading.
    Read,
    /// Opens a file for reading and writing; creates it if it does not exist.
    Keep,
    /// Creates a file for writing; fails if the name exists.
    New,
    /// Like [`How::New`], with access for the user alone.
    NewSecret,
}

impl OpenFolder {
    /// Opens the folder at `path`, following links.
    ///
    /// # Errors
    /// Returns an error if there is no folder, or it may not be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        Ok(Self { handle: Handle::open(path)?, path: path.to_owned() })
    }

    /// Opens the subfolder `name`, unless it is a link.
    ///
    /// # Errors
    /// Returns an error if there is no such entry; [`ErrorKind::NotADirectory`] if the
    /// entry is not a folder.
    pub fn enter(&self, name: &OsStr) -> io::Result<Self> {
        let handle = self.handle.enter(one(name)?).map_err(|error| self.explain(name, error))?;
        Ok(Self { handle, path: self.path.join(name) })
    }

    /// Opens the subfolder `name` like [`OpenFolder::enter`], and creates it first if it does not
    /// exist.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be created, and the errors of
    /// [`OpenFolder::enter`].
    pub fn make(&self, name: &OsStr) -> io::Result<Self> {
        let made = self.handle.make(one(name)?);
        self.enter(name).map_err(|error| match made {
            Err(made) if error.kind() == ErrorKind::NotFound => made,
            _ => error,
        })
    }

    /// Returns the path through which the folder was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the names of the folder's entries, unsorted.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be listed.
    pub fn names(&self) -> io::Result<Vec<OsString>> {
        self.handle.names()
    }

    /// Opens the regular file `name`. A link, a device or a pipe is an error, and none of them
    /// blocks.
    ///
    /// # Errors
    /// Returns an error if there is no such file, or it may not be opened.
    pub fn file(&self, name: &OsStr, how: How) -> io::Result<File> {
        let file = self.handle.file(one(name)?, how).map_err(|error| self.explain(name, error))?;
        regular(file)
    }

    /// Reads the regular file `name` if it has at most `most` bytes.
    ///
    /// # Errors
    /// Returns the errors of [`OpenFolder::file`]; [`ErrorKind::FileTooLarge`] if the file
    /// is larger.
    pub fn read(&self, name: &OsStr, most: u64) -> io::Result<Vec<u8>> {
        read_file(&self.file(name, How::Read)?, most)
    }

    /// Reads the regular file at `path`, which leads from this folder down name by name, if it has
    /// at most `most` bytes. No link on the way is followed, even if another process creates one
    /// meanwhile.
    ///
    /// # Errors
    /// Returns the errors of [`OpenFolder::read`].
    pub fn read_beneath(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        for component in path.components() {
            one(component.as_os_str())?;
        }
        read_file(&regular(self.handle.beneath(path)?)?, most)
    }

    /// Returns whether an entry of this name exists, including a dangling link.
    pub fn has(&self, name: &OsStr) -> bool {
        one(name).is_ok_and(|name| self.handle.kind(name).is_ok())
    }

    /// Atomically replaces the file `name` with the output of `write`: a reader sees either the old
    /// file or the new one, and a failure leaves the old one. In the meantime the folder contains a
    /// file whose name starts with `prefix`.
    ///
    /// # Errors
    /// Returns an error if `write` fails, if the name belongs to something other than a
    /// regular file, or if the folder is not writable.
    pub fn replace(
        &self,
        name: &OsStr,
        prefix: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        self.refuse_other(one(name)?)?;
        let mut unfinished = self.unfinished(prefix, How::New)?;
        write(&mut unfinished)?;
        unfinished.persist(name)
    }

    /// Atomically creates the file `name` with this content, unless an entry of that name exists.
    ///
    /// # Errors
    /// Returns an error if the folder is not writable.
    pub fn create(&self, name: &OsStr, prefix: &str, how: How, content: &[u8]) -> io::Result<()> {
        let mut unfinished = self.unfinished(prefix, how)?;
        unfinished.write_all(content)?;
        unfinished.file.sync_all()?;
        match self.handle.link(&unfinished.name, one(name)?) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            // The file system does not support hard links.
            Err(_) if !self.has(name) => unfinished.persist(name),
            result => result,
        }
    }

    /// Creates a file under a temporary name, to be renamed by [`Unfinished::persist`].
    ///
    /// # Errors
    /// Returns an error if the file cannot be created.
    pub fn unfinished(&self, prefix: &str, how: How) -> io::Result<Unfinished<'_>> {
        for _ in 0..ATTEMPTS {
            let name = OsString::from(format!("{prefix}{}", random()?));
            match self.handle.file(&name, how) {
                Ok(file) => return Ok(Unfinished { folder: self, name, file, kept: false }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// Removes `name` if it is a regular file; any other entry stays.
    ///
    /// # Errors
    /// Returns an error if the entry was not removed.
    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        if self.handle.kind(one(name)?)? == Occupant::File {
            self.handle.remove(name)
        } else {
            Err(not_regular())
        }
    }

    fn refuse_other(&self, name: &OsStr) -> io::Result<()> {
        match self.handle.kind(name) {
            Ok(Occupant::Link) => Err(self.is_link(name)),
            Ok(Occupant::Other) => Err(not_regular()),
            _ => Ok(()),
        }
    }

    /// Returns a clearer error if the entry is a link, else `error`.
    fn explain(&self, name: &OsStr, error: io::Error) -> io::Error {
        match self.handle.kind(name) {
            Ok(Occupant::Link) => self.is_link(name),
            _ => error,
        }
    }

    fn is_link(&self, name: &OsStr) -> io::Error {
        let path = self.path.join(name);
        let message = format!("`{}` is a symbolic link, which is not followed there", path.display());
        io::Error::new(ErrorKind::NotADirectory, message)
    }
}

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Occupant {
    File,
    Link,
    Other,
}

/// A file under a temporary name. Dropping it removes the file.
#[derive(Debug)]
pub struct Unfinished<'a> {
    folder: &'a OpenFolder,
    name: OsString,
    file: File,
    kept: bool,
}

impl Unfinished<'_> {
    /// Renames the file to `name`, replacing any file of that name.
    ///
    /// # Errors
    /// Returns an error if the system refuses; the file is then removed.
    pub fn persist(mut self, name: &OsStr) -> io::Result<()> {
        self.folder.handle.rename(&self.name, one(name)?)?;
        self.kept = true;
        Ok(())
    }
}

impl Write for Unfinished<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if !self.kept {
            let _ = self.folder.handle.remove(&self.name);
        }
    }
}

/// Reads the regular file at `path` if it has at most `most` bytes. Links on the way are followed;
/// a device, a pipe or a folder is an error, and none of them blocks.
///
/// # Errors
/// Returns an error if there is no such file, or it cannot be read;
/// [`ErrorKind::FileTooLarge`] if the file is larger.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_file(&regular(system::open_file(path, true)?)?, most)
}

/// Reads a file like [`read`], as text.
///
/// # Errors
/// Returns the errors of [`read`], and an error if the content is not UTF-8.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    let text = String::from_utf8(read(path, most)?);
    text.map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not valid UTF-8"))
}

/// Reads a file like [`read`], but refuses a link at `path` itself.
///
/// # Errors
/// Returns the errors of [`read`], and an error if `path` is a link.
pub fn read_real(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_file(&regular(system::open_file(path, false)?)?, most)
}

/// Reads an open file if it has at most `most` bytes.
fn read_file(file: &File, most: u64) -> io::Result<Vec<u8>> {
    let len = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(len.min(most)).unwrap_or_default());
    // The file may grow in the meantime, so the number of bytes read is limited, too.
    if len <= most && file.take(most.saturating_add(1)).read_to_end(&mut bytes)? as u64 <= most {
        return Ok(bytes);
    }
    Err(io::Error::new(ErrorKind::FileTooLarge, format!("larger than {}; not read", Size(most))))
}

/// A number of bytes, formatted for people.
struct Size(u64);

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            bytes if bytes >= 1 << 20 => write!(f, "{} MiB", bytes >> 20),
            bytes => write!(f, "{bytes} bytes"),
        }
    }
}

fn regular(file: File) -> io::Result<File> {
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_regular()) }
}

fn not_regular() -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, "not a regular file")
}

/// Returns `name` if it is a single path component and not a stream of a file (NTFS).
fn one(name: &OsStr) -> io::Result<&OsStr> {
    let mut components = Path::new(name).components();
    let is_one = matches!(components.next(), Some(Component::Normal(only)) if only == name);
    let streams = cfg!(windows) && name.as_encoded_bytes().contains(&b':');
    if is_one && components.next().is_none() && !streams {
        return Ok(name);
    }
    Err(io::Error::new(ErrorKind::InvalidInput, format!("`{}` is not the name of a file", name.display())))
}

fn random() -> io::Result<String> {
    const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut bytes = [0; RANDOM];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect())
}

#[cfg(test)]
mod tests;
