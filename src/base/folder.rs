//! A folder that is held open, and the files in it: the one way by which archlint writes, removes and reads without being led
//! elsewhere.
//!
//! Invariants: a name is one name, never a path; each folder is opened relative to the one that holds it, and no symbolic link is
//! followed, so that another process cannot put a link where a folder was just now; only regular files are opened, and none blocks;
//! a file that exists is replaced by renaming, so that no reader sees half of it, and never written through.
//!
//! A path is followed by [`Place::of`]: links outside of a root are the user's own, links below it are refused.

#[cfg(not(unix))]
#[path = "folder/other.rs"]
mod system;
#[cfg(unix)]
#[path = "folder/unix.rs"]
mod system;

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File},
    io::{self, ErrorKind, Read, Write},
    path::{Component, Path, PathBuf},
};

use system::Handle;

/// So many random names are tried before a folder counts as full of them.
const ATTEMPTS: u32 = 100;

/// What an unfinished file's name ends with: so many letters and digits.
pub const RANDOM: usize = 6;

/// A folder that is held open.
#[derive(Debug)]
pub struct OpenFolder {
    handle: Handle,
    /// How it was reached; for messages.
    path: PathBuf,
}

/// How a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// To read what is there.
    Read,
    /// To read and write what is there; made where nothing is.
    Keep,
    /// To write; an error where something is there.
    New,
    /// [`How::New`], for the user alone.
    NewSecret,
}

impl OpenFolder {
    /// The folder at `path`, links followed.
    ///
    /// # Errors
    /// Where there is none, or none that may be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        Ok(Self { handle: Handle::open(path)?, path: path.to_owned() })
    }

    /// The folder `name` in this one, if it is no link.
    ///
    /// # Errors
    /// Where there is none; [`ErrorKind::NotADirectory`] where there is something else.
    pub fn enter(&self, name: &OsStr) -> io::Result<Self> {
        let handle = self.handle.enter(one(name)?).map_err(|error| self.explain(name, error))?;
        Ok(Self { handle, path: self.path.join(name) })
    }

    /// [`OpenFolder::enter`], after making the folder where there is none.
    ///
    /// # Errors
    /// Where it cannot be made, and as [`OpenFolder::enter`].
    pub fn make(&self, name: &OsStr) -> io::Result<Self> {
        let made = self.handle.make(one(name)?);
        self.enter(name).map_err(|error| match made {
            Err(made) if error.kind() == ErrorKind::NotFound => made,
            _ => error,
        })
    }

    /// How it was reached.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The names in it, unsorted.
    ///
    /// # Errors
    /// Where it cannot be listed.
    pub fn names(&self) -> io::Result<Vec<OsString>> {
        self.handle.names()
    }

    /// The regular file `name` in it. A link, a device or a pipe is an error, and none of them blocks.
    ///
    /// # Errors
    /// Where there is no such file, or it may not be opened.
    pub fn file(&self, name: &OsStr, how: How) -> io::Result<File> {
        let file = self.handle.file(one(name)?, how).map_err(|error| self.explain(name, error))?;
        regular(file)
    }

    /// The bytes of the regular file `name`, if they are no more than `most`.
    ///
    /// # Errors
    /// As [`OpenFolder::file`]; [`ErrorKind::FileTooLarge`] where it is larger.
    pub fn read(&self, name: &OsStr, most: u64) -> io::Result<Vec<u8>> {
        read_file(&self.file(name, How::Read)?, most)
    }

    /// Whether anything is there by this name, a link that leads nowhere included.
    pub fn has(&self, name: &OsStr) -> bool {
        one(name).is_ok_and(|name| self.handle.kind(name).is_ok())
    }

    /// Writes the file `name` in one step, with what `write` writes: whoever reads it sees the old one or the new one, and a
    /// failure leaves the old one. Meanwhile there is a file whose name starts with `prefix`.
    ///
    /// # Errors
    /// Where `write` fails, where something other than a regular file is there, and where nothing can be written.
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

    /// Creates the file `name` with this content in one step, unless something is there by that name.
    ///
    /// # Errors
    /// Where nothing can be written.
    pub fn create(&self, name: &OsStr, prefix: &str, how: How, content: &[u8]) -> io::Result<()> {
        let mut unfinished = self.unfinished(prefix, how)?;
        unfinished.write_all(content)?;
        unfinished.file.sync_all()?;
        match self.handle.link(&unfinished.name, one(name)?) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            // A file system without second names.
            Err(_) if !self.has(name) => unfinished.persist(name),
            result => result,
        }
    }

    /// A new file that is to become another by [`Unfinished::persist`].
    ///
    /// # Errors
    /// Where none can be made.
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

    /// Removes the regular file `name`; anything else stays.
    ///
    /// # Errors
    /// Where it stays.
    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        if self.handle.kind(one(name)?)? == Kind::File {
            self.handle.remove(name)
        } else {
            Err(not_regular())
        }
    }

    fn refuse_other(&self, name: &OsStr) -> io::Result<()> {
        match self.handle.kind(name) {
            Ok(Kind::Link) => Err(self.is_link(name)),
            Ok(Kind::Other) => Err(not_regular()),
            _ => Ok(()),
        }
    }

    /// An error of the system, said in a way that tells what is there.
    fn explain(&self, name: &OsStr, error: io::Error) -> io::Error {
        match self.handle.kind(name) {
            Ok(Kind::Link) => self.is_link(name),
            _ => error,
        }
    }

    fn is_link(&self, name: &OsStr) -> io::Error {
        let path = self.path.join(name);
        let message = format!("`{}` is a symbolic link, which is not followed there", path.display());
        io::Error::new(ErrorKind::NotADirectory, message)
    }
}

/// What there is by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Link,
    Other,
}

/// A file that has no name of its own yet. Dropping it removes it.
#[derive(Debug)]
pub struct Unfinished<'a> {
    folder: &'a OpenFolder,
    name: OsString,
    file: File,
    kept: bool,
}

impl Unfinished<'_> {
    /// Gives it its name, in place of what has that name now.
    ///
    /// # Errors
    /// Where the system refuses; then the file is removed.
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

/// Where a path leads that a user named: a folder, and a name in it.
#[derive(Debug)]
pub struct Place {
    /// The folder that is held open.
    pub folder: OpenFolder,
    /// The name in it. `None`: the folder itself is meant.
    pub name: Option<OsString>,
    /// Whether it lies below the root.
    pub inside: bool,
}

impl Place {
    /// Follows an absolute `path`. From where it enters `root` on, no link is followed; links outside of `root` are the user's own.
    ///
    /// # Errors
    /// Where a folder on the way is missing, or is a link below the root.
    pub fn of(path: &Path, root: &Path) -> io::Result<Self> {
        let steps = Steps::of(path, root);
        let (folder, name) = steps.walk(false)?;
        Ok(Self { folder, name, inside: steps.inside.is_some() })
    }

    /// The folder at an absolute `path`, as [`Place::of`] follows it; what is missing of it is made where `make` says so.
    ///
    /// # Errors
    /// As [`Place::of`], and where a folder cannot be made.
    pub fn folder(path: &Path, root: &Path, make: bool) -> io::Result<OpenFolder> {
        let steps = Steps::of(path, root);
        if steps.inside.is_none() {
            if make {
                fs::create_dir_all(path)?;
            }
            return OpenFolder::open(path);
        }
        match steps.walk(make)? {
            (folder, None) => Ok(folder),
            (folder, Some(name)) if make => folder.make(&name),
            (folder, Some(name)) => folder.enter(&name),
        }
    }
}

/// The steps of a path: through what is outside as the system follows it, then name by name.
struct Steps {
    outside: PathBuf,
    /// The names below `outside`, which is the root or lies in it. `None`: all of the path is outside.
    inside: Option<Vec<OsString>>,
    name: Option<OsString>,
}

impl Steps {
    fn of(path: &Path, root: &Path) -> Self {
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let enters = |path: &Path| fs::canonicalize(path).is_ok_and(|real| real.starts_with(&root));
        let name = match path.components().next_back() {
            Some(Component::Normal(name)) => Some(name.to_owned()),
            _ => None,
        };
        let above = name.as_ref().and_then(|_| path.parent()).unwrap_or(path);
        let mut steps = Self { outside: PathBuf::new(), inside: None, name };
        for component in above.components() {
            match (&mut steps.inside, component) {
                (Some(names), Component::Normal(name)) => names.push(name.to_owned()),
                (Some(names), Component::ParentDir) if !names.is_empty() => drop(names.pop()),
                (Some(_), Component::ParentDir) => {
                    steps.outside = fs::canonicalize(&steps.outside).unwrap_or_default().join("..");
                    steps.inside = enters(&steps.outside).then(Vec::new);
                }
                (Some(_), _) => {}
                (None, component) => {
                    steps.outside.push(component);
                    steps.inside = enters(&steps.outside).then(Vec::new);
                }
            }
        }
        steps
    }

    /// The folder that they lead to, and the name in it.
    fn walk(&self, make: bool) -> io::Result<(OpenFolder, Option<OsString>)> {
        let mut folder = OpenFolder::open(&self.outside)?;
        for name in self.inside.iter().flatten() {
            folder = if make { folder.make(name)? } else { folder.enter(name)? };
        }
        Ok((folder, self.name.clone()))
    }
}

/// The bytes of the regular file at `path`, if they are no more than `most`. Links on the way are followed; a device, a pipe or
/// a folder is an error, and none of them blocks.
///
/// # Errors
/// Where there is no such file, or it cannot be read; [`ErrorKind::FileTooLarge`] where it is larger.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_file(&regular(system::open_file(path, true)?)?, most)
}

/// [`read`], of text.
///
/// # Errors
/// As [`read`], and where it is not UTF-8.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    let text = String::from_utf8(read(path, most)?);
    text.map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not valid UTF-8"))
}

/// [`read`], where `path` itself must be no link.
///
/// # Errors
/// As [`read`], and where there is a link.
pub fn read_real(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_file(&regular(system::open_file(path, false)?)?, most)
}

/// The bytes of an open file, if they are no more than `most`.
fn read_file(file: &File, most: u64) -> io::Result<Vec<u8>> {
    let len = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(len.min(most)).unwrap_or_default());
    // It may grow meanwhile.
    if len <= most && file.take(most.saturating_add(1)).read_to_end(&mut bytes)? as u64 <= most {
        return Ok(bytes);
    }
    Err(io::Error::new(ErrorKind::FileTooLarge, format!("larger than {}; not read", Size(most))))
}

/// A number of bytes, for people.
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

/// A name that is one step, and no stream of a file.
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
