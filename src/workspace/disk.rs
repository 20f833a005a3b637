//! Files on disk, read as what they are: an untrusted text that may hold links to anywhere and things that are no files.
//!
//! A path is resolved folder by folder, each folder once: a plain folder costs one `lstat` for all its files, a link one
//! `realpath`. A file costs one `lstat` more than reading it.

use std::{
    fs::{self, FileType, Metadata},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
};

use rustc_hash::FxHashMap;

use super::{
    Workspace,
    files::{Entry, EntryKind, Files, ReadError},
    path,
};

/// No source file is this large (in bytes); a sparse file that claims to be would exhaust the memory.
const MAX_FILE_SIZE: u64 = 512 << 20;

/// No file system takes a longer path (in bytes).
const MAX_PATH_LENGTH: usize = 4096;

/// A folder's real place, or why it may not be entered.
type Place = Result<PathBuf, ReadError>;

/// The files beneath a folder on disk. What a symbolic link or a `..` leads to is read only if it is beneath that folder
/// too, or beneath one of the further folders that were allowed.
#[derive(Debug)]
pub struct DiskFiles {
    root: PathBuf,
    /// Real paths: the root, then what was allowed besides.
    allowed: Vec<PathBuf>,
    places: RwLock<FxHashMap<String, Place>>,
}

impl DiskFiles {
    /// The files beneath `root`, an absolute path. Where there is no such folder every answer is that nothing is there.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        let allowed = root.canonicalize().into_iter().collect();
        Self { root, allowed, places: RwLock::default() }
    }

    /// The files of a workspace, the folders of members outside its root included.
    pub fn of_workspace(workspace: &Workspace) -> Self {
        let mut files = Self::new(&workspace.root);
        let outside = workspace.packages.iter().filter(|package| path::escapes(&package.dir));
        for package in outside {
            files.allowed.extend(files.on_disk(&package.dir).canonicalize());
        }
        files
    }

    fn on_disk(&self, path: &str) -> PathBuf {
        if path::escapes(path) { path::absolute(&self.root, Path::new(path)) } else { self.root.join(path) }
    }

    /// The real place of the folder `dir`, found step by step from the nearest folder above it that is known.
    fn place(&self, dir: &str) -> Place {
        if let Some(place) = self.known(dir) {
            return place;
        }
        if dir.len() > MAX_PATH_LENGTH {
            return Err(ReadError::Io("the path is too long".to_owned()));
        }
        if dir.is_empty() || path::escapes(dir) {
            return self.remember(dir, self.real(&self.on_disk(dir)));
        }
        let mut place = self.place("");
        let ends = dir.match_indices('/').map(|(end, _)| end).chain([dir.len()]);
        for step in ends.map(|end| &dir[..end]) {
            place = match self.known(step) {
                Some(known) => known,
                None => self.remember(step, place.and_then(|above| self.enter(&above, path::split(step).1))),
            };
        }
        place
    }

    fn enter(&self, above: &Path, name: &str) -> Place {
        let dir = above.join(name);
        if fs::symlink_metadata(&dir).map_err(read_error)?.is_symlink() { self.real(&dir) } else { Ok(dir) }
    }

    /// Where `path` really is, links followed, if that is allowed.
    fn real(&self, path: &Path) -> Place {
        let real = path.canonicalize().map_err(read_error)?;
        if self.allowed.iter().any(|root| real.starts_with(root)) {
            Ok(real)
        } else {
            Err(ReadError::Outside)
        }
    }

    fn known(&self, dir: &str) -> Option<Place> {
        self.places.read().unwrap_or_else(PoisonError::into_inner).get(dir).cloned()
    }

    fn remember(&self, dir: &str, place: Place) -> Place {
        self.places.write().unwrap_or_else(PoisonError::into_inner).insert(dir.to_owned(), place.clone());
        place
    }

    /// What is at `path`, links followed, and where that really is.
    fn look(&self, path: &str) -> Result<(PathBuf, Metadata), ReadError> {
        let (dir, name) = path::split(path);
        if name.is_empty() || path::escapes(path) {
            return described(self.real(&self.on_disk(path))?);
        }
        let (path, metadata) = described(self.place(dir)?.join(name))?;
        if metadata.is_symlink() { described(self.real(&path)?) } else { Ok((path, metadata)) }
    }
}

fn described(path: PathBuf) -> Result<(PathBuf, Metadata), ReadError> {
    let metadata = fs::symlink_metadata(&path).map_err(read_error)?;
    Ok((path, metadata))
}

impl Files for DiskFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let (path, metadata) = self.look(path)?;
        if !metadata.is_file() {
            return Err(ReadError::NotAFile);
        }
        if metadata.len() > MAX_FILE_SIZE {
            return Err(ReadError::Io(format!("larger than {} MiB; not read", MAX_FILE_SIZE >> 20)));
        }
        fs::read(path).map_err(read_error)
    }

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(self.place(dir)?).map_err(read_error)? {
            let entry = entry.map_err(read_error)?;
            let kind = entry_kind(entry.file_type().map_err(read_error)?);
            entries.extend(entry.file_name().into_string().ok().map(|name| Entry { name, kind }));
        }
        entries.sort();
        Ok(entries)
    }

    fn kind(&self, path: &str) -> Option<EntryKind> {
        self.look(path).ok().map(|(_, metadata)| entry_kind(metadata.file_type()))
    }
}

fn entry_kind(file_type: FileType) -> EntryKind {
    match file_type {
        kind if kind.is_file() => EntryKind::File,
        kind if kind.is_dir() => EntryKind::Dir,
        kind if kind.is_symlink() => EntryKind::Symlink,
        _ => EntryKind::Other,
    }
}

/// A link that leads in a circle leads nowhere, and so does a path through something that is no folder.
fn read_error(error: io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => ReadError::NotFound,
        _ => ReadError::Io(error.to_string()),
    }
}
