//! The folder of the cache: its location, and how its files are opened and removed.
//!
//! A repository is untrusted, and by default the folder is inside it. Invariants: the folder is
//! opened and used through [`OpenFolder`], which does not follow links below the workspace root; a
//! folder that is not empty is used only if it has archlint's tag; the size of files is bounded;
//! only files whose whole names are in archlint's format are removed.

use std::{
    ffi::OsStr,
    fs::File,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use tracing::debug;

use super::{
    Storage, TARGET, UNFINISHED,
    key::{self, Key, NoKey},
};
use crate::base::folder::{self, How, OpenFolder, RANDOM};

/// The file that marks the folder as a cache, so that backup programs and archlint itself exclude
/// it (<https://bford.info/cachedir/>).
const TAG_FILE: &str = "CACHEDIR.TAG";

const TAG: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of archlint. It can be removed.\n";

/// The maximum size of a cache file that is read, in bytes. Joined packs are smaller.
const MOST: u64 = 2 << 30;

/// The prefixes of the names of cache files.
const KINDS: [&str; 5] = ["facts", "workspace", "seen", "analysis", "answer"];

/// A folder that may be used, and the key of its entries.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    folder: Arc<OpenFolder>,
    pub(super) key: Key,
}

impl Folder {
    /// Opens the cache folder of the workspace at `root`, which is created and tagged where it is
    /// missing. A folder that cannot be used is reported as an event.
    pub(super) fn open(place: &Storage, root: &Path) -> Option<Self> {
        let opened = usable(place, root, true).and_then(|folder| {
            // In a read-only file system the tag cannot be written, but entries of another process
            // can be read.
            let _ = prepare(&folder);
            Self::with_key(folder, root)
        });
        match opened {
            Ok(folder) => Some(folder),
            Err(NoCache::Off) => None,
            Err(error) => {
                debug!(target: TARGET, "there is no cache: {error}");
                None
            }
        }
    }

    /// Opens the cache folder if it exists. Nothing is created or reported: the caller tries every
    /// folder above a manifest, and most of them have no cache.
    pub(super) fn existing(place: &Storage, root: &Path) -> Option<Self> {
        Self::with_key(usable(place, root, false).ok()?, root).ok()
    }

    fn with_key(folder: OpenFolder, root: &Path) -> Result<Self, NoCache> {
        Ok(Self { folder: Arc::new(folder), key: Key::of_user(root)? })
    }

    #[cfg(test)]
    pub(super) fn of(path: &Path, key: &str) -> Self {
        Self { folder: Arc::new(OpenFolder::open(path).unwrap()), key: Key::of(key) }
    }

    /// Returns the names of archlint's files in the folder, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.folder.names().unwrap_or_default().into_iter();
        let mut names: Vec<String> = names.filter_map(|name| name.into_string().ok()).collect();
        names.retain(|name| is_own_name(name));
        names.sort_unstable();
        names
    }

    /// Opens a file of the cache.
    pub(super) fn file(&self, name: &str, how: How) -> io::Result<File> {
        self.folder.file(OsStr::new(name), how)
    }

    /// Returns the bytes of a file of the cache.
    pub(super) fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.folder.read(OsStr::new(name), MOST)
    }

    /// Writes a file of the cache atomically.
    pub(super) fn write(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        self.folder.replace(OsStr::new(name), UNFINISHED, write)
    }

    /// Creates a temporary file for an entry whose name depends on its content.
    pub(super) fn unfinished(&self) -> io::Result<folder::Unfinished<'_>> {
        self.folder.unfinished(UNFINISHED, How::New)
    }

    /// Removes a file of the cache: only a regular file with a name in archlint's format.
    pub(super) fn remove(&self, name: &str) {
        if is_own_name(name) {
            let _ = self.folder.remove(OsStr::new(name));
        }
    }
}

/// The reason why a run has no cache.
#[derive(Debug, thiserror::Error)]
enum NoCache {
    #[error("it is switched off")]
    Off,
    #[error("{0}; `--cache-dir` names a folder")]
    NotAFolder(io::Error),
    #[error(transparent)]
    Inaccessible(io::Error),
    #[error(transparent)]
    Foreign(#[from] ForeignFolder),
    #[error(transparent)]
    Key(#[from] NoKey),
}

impl From<io::Error> for NoCache {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotADirectory => Self::NotAFolder(error),
            _ => Self::Inaccessible(error),
        }
    }
}

/// Opens the cache folder, if it may be used. With `make`, a missing folder is created.
fn usable(place: &Storage, root: &Path, make: bool) -> Result<OpenFolder, NoCache> {
    let folder = match place {
        Storage::Nowhere => return Err(NoCache::Off),
        Storage::Folder(path) => folder::Destination::folder(&std::path::absolute(path)?, root, make)?,
        Storage::Target => in_target(root, make)?,
    };
    if !is_ours_or_empty(&folder) {
        return Err(ForeignFolder(folder.path().to_owned()).into());
    }
    Ok(folder)
}

fn in_target(root: &Path, make: bool) -> io::Result<OpenFolder> {
    let step = |folder: &OpenFolder, name: &str| {
        if make { folder.make(OsStr::new(name)) } else { folder.enter(OsStr::new(name)) }
    };
    step(&step(&OpenFolder::open(root)?, "target")?, "archlint")
}

/// The error for a folder that the user named and that must not be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{}` is not empty and no cache of archlint, so it is not used as one; name a new or an empty folder with `--cache-dir`",
    .0.display()
)]
pub struct ForeignFolder(PathBuf);

/// The error for a cache that the user requested and that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The folder must not be used.
    #[error(transparent)]
    Folder(#[from] ForeignFolder),
    /// The key in the environment is invalid.
    #[error(transparent)]
    Key(#[from] NoKey),
}

impl Storage {
    /// Checks the folder and the key. A folder with other files than a cache is refused, because
    /// files in it could be replaced.
    ///
    /// # Errors
    /// Returns an error if the folder is not a cache and not empty, or if the environment contains
    /// an invalid key.
    pub fn check(&self) -> Result<(), Refused> {
        match self {
            Self::Nowhere => return Ok(()),
            Self::Folder(path) => match OpenFolder::open(path) {
                Ok(folder) if !is_ours_or_empty(&folder) => return Err(ForeignFolder(path.clone()).into()),
                _ => {}
            },
            Self::Target => {}
        }
        Ok(key::check()?)
    }
}

fn is_ours_or_empty(folder: &OpenFolder) -> bool {
    let tag = folder.read(OsStr::new(TAG_FILE), TAG.len() as u64);
    // Another process may be creating the folder, in which the tag is written last.
    tag.is_ok_and(|tag| tag == TAG.as_bytes())
        || folder.names().is_ok_and(|names| names.iter().all(|name| name.to_str().is_some_and(is_harmless)))
}

fn is_harmless(name: &str) -> bool {
    name == ".gitignore" || is_own_name(name)
}

/// Writes files that mark the folder as a cache and exclude it from version control. Existing files
/// are not changed.
fn prepare(folder: &OpenFolder) -> io::Result<()> {
    if folder.has(OsStr::new(TAG_FILE)) {
        return Ok(());
    }
    folder.create(OsStr::new(".gitignore"), UNFINISHED, How::New, b"*\n")?;
    folder.create(OsStr::new(TAG_FILE), UNFINISHED, How::New, TAG.as_bytes())
}

/// Returns whether a name is in the format of archlint's files: `kind-fingerprint-digest`, for an
/// analysis with its own digest, or `.turn` after either; or the name of a temporary file.
pub(super) fn is_own_name(name: &str) -> bool {
    if let Some(random) = name.strip_prefix(UNFINISHED) {
        return random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric());
    }
    let name = name.strip_suffix(".turn").unwrap_or(name);
    let mut parts = name.split('-');
    let known = parts.next().is_some_and(|kind| KINDS.contains(&kind));
    let is_hex = |part: &str| {
        matches!(part.len(), 16 | 32) && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    let digests: Vec<&str> = parts.collect();
    known && matches!(digests.len(), 2 | 3) && digests.into_iter().all(is_hex)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_whole_names_are_its_own() {
        let fingerprint = "0123456789abcdef";
        for name in [
            format!("seen-{fingerprint}-{fingerprint}"),
            format!("answer-{fingerprint}-{fingerprint}.turn"),
            format!("analysis-{fingerprint}-{fingerprint}-{fingerprint}{fingerprint}"),
            ".unfinished-aB3dE6".to_owned(),
        ] {
            assert!(is_own_name(&name), "{name}");
        }
        for name in
            ["LICENSE-MIT", "my-thesis.docx", "facts-1-2", "seen-x", "CACHEDIR.TAG", ".unfinished-a/b"]
        {
            assert!(!is_own_name(name), "{name}");
        }
    }

    #[test]
    fn a_folder_with_something_else_in_it_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let place = Storage::Folder(dir.path().to_owned());
        let usable = || usable(&place, dir.path(), false);
        assert!(place.check().is_ok(), "an empty folder will do");
        prepare(&usable().unwrap()).unwrap();
        fs::write(dir.path().join("notes-of-mine"), "").unwrap();
        assert!(place.check().is_ok(), "it carries the tag");
        fs::write(dir.path().join(TAG_FILE), "another tag").unwrap();
        assert!(place.check().is_err());
        assert!(matches!(usable(), Err(NoCache::Foreign(_))));
    }
}
