//! The folder of the cache: where it may be, and how files in it are opened and removed.
//!
//! A repository is untrusted, and by default the folder lies in it. Invariants: the folder is reached and used as
//! [`OpenFolder`] does it, without following a link below the workspace root; a folder that is not empty is used only if it
//! carries the tag of archlint; files are of a bounded size; only files whose whole names archlint gives are removed.

use std::{
    ffi::OsStr,
    fs::File,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Debug, Place, UNFINISHED,
    key::{self, Key, NoKey},
};
use crate::base::folder::{self, How, OpenFolder, RANDOM};

/// The file that says what the folder is: backup programs, and archlint itself, leave such folders out
/// (<https://bford.info/cachedir/>).
const TAG_FILE: &str = "CACHEDIR.TAG";

const TAG: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of archlint. It can be removed.\n";

/// The largest file of the cache that is read, in bytes. Joined packs stay below it.
const MOST: u64 = 2 << 30;

/// What the names of the cache's files start with.
const KINDS: [&str; 5] = ["facts", "workspace", "seen", "analysis", "answer"];

/// A folder that may be used, and the key of its entries.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    folder: Arc<OpenFolder>,
    pub(super) key: Key,
}

impl Folder {
    /// The cache folder of the workspace at `root`, with its tag. `None` where there is to be none, or where the folder must not
    /// be touched.
    pub(super) fn open(place: &Place, root: &Path, debug: &Debug) -> Option<Self> {
        let folder = usable(place, root, true, debug)?;
        // In a read-only file system there may be what another process wrote.
        let _ = prepare(&folder);
        Self::with_key(folder, root, debug)
    }

    /// [`Folder::open`], without making the folder or its tag: for reading what may be there.
    pub(super) fn existing(place: &Place, root: &Path, debug: &Debug) -> Option<Self> {
        Self::with_key(usable(place, root, false, debug)?, root, debug)
    }

    fn with_key(folder: OpenFolder, root: &Path, debug: &Debug) -> Option<Self> {
        let key = Key::of_user(root).inspect_err(|error| debug.say(format!("there is no cache: {error}")));
        Some(Self { folder: Arc::new(folder), key: key.ok()? })
    }

    #[cfg(test)]
    pub(super) fn of(path: &Path, key: &str) -> Self {
        Self { folder: Arc::new(OpenFolder::open(path).unwrap()), key: Key::of(key) }
    }

    /// The names of the files in it that archlint gives, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.folder.names().unwrap_or_default().into_iter();
        let mut names: Vec<String> = names.filter_map(|name| name.into_string().ok()).collect();
        names.retain(|name| is_own_name(name));
        names.sort();
        names
    }

    /// Opens a file of the cache.
    pub(super) fn file(&self, name: &str, how: How) -> io::Result<File> {
        self.folder.file(OsStr::new(name), how)
    }

    /// The bytes of a file of the cache.
    pub(super) fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.folder.read(OsStr::new(name), MOST)
    }

    /// Writes a file of the cache in one step.
    pub(super) fn write(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        self.folder.replace(OsStr::new(name), UNFINISHED, write)
    }

    /// A file that is to become one of the cache's, and whose name hangs on what is written.
    pub(super) fn unfinished(&self) -> io::Result<folder::Unfinished<'_>> {
        self.folder.unfinished(UNFINISHED, How::New)
    }

    /// Removes a file of the cache: a regular one, by a name that archlint gives. Anything else stays.
    pub(super) fn remove(&self, name: &str) {
        if is_own_name(name) {
            let _ = self.folder.remove(OsStr::new(name));
        }
    }
}

/// The cache folder, if it may be used. With `make`, a missing folder is created.
fn usable(place: &Place, root: &Path, make: bool, debug: &Debug) -> Option<OpenFolder> {
    let folder = match place {
        Place::Nowhere => return None,
        Place::Folder(path) => folder::Place::folder(&std::path::absolute(path).ok()?, root, make),
        Place::Target => in_target(root, make),
    };
    let folder = folder.inspect_err(|error| {
        if error.kind() == ErrorKind::NotADirectory {
            debug.say(format!("there is no cache: {error}; `--cache-dir` names a folder"));
        }
    });
    let folder = folder.ok()?;
    if !is_ours_or_empty(&folder) {
        debug.say(format!("there is no cache: {}", ForeignFolder(folder.path().to_owned())));
        return None;
    }
    Some(folder)
}

fn in_target(root: &Path, make: bool) -> io::Result<OpenFolder> {
    let step = |folder: &OpenFolder, name: &str| {
        if make { folder.make(OsStr::new(name)) } else { folder.enter(OsStr::new(name)) }
    };
    step(&step(&OpenFolder::open(root)?, "target")?, "archlint")
}

/// A folder that the user named and that must not be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{}` is not empty and no cache of archlint, so it is not used as one; name a new or an empty folder with `--cache-dir`",
    .0.display()
)]
pub struct ForeignFolder(PathBuf);

/// A cache that the user asked for and that cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The folder must not be used.
    #[error(transparent)]
    Folder(#[from] ForeignFolder),
    /// The key in the environment is none.
    #[error(transparent)]
    Key(#[from] NoKey),
}

impl Place {
    /// Refuses a folder that holds something other than a cache, since files in it could be replaced; and a key in the
    /// environment that is none.
    ///
    /// # Errors
    /// Where this is such a folder, or the environment has such a key.
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
    // Another process may be making it, and its tag comes last.
    tag.is_ok_and(|tag| tag == TAG.as_bytes())
        || folder.names().is_ok_and(|names| names.iter().all(|name| name.to_str().is_some_and(is_harmless)))
}

fn is_harmless(name: &str) -> bool {
    name == ".gitignore" || is_own_name(name)
}

/// Says in the folder what it is and that no version control wants it. What is there stays as it is.
fn prepare(folder: &OpenFolder) -> io::Result<()> {
    if folder.has(OsStr::new(TAG_FILE)) {
        return Ok(());
    }
    folder.create(OsStr::new(".gitignore"), UNFINISHED, How::New, b"*\n")?;
    folder.create(OsStr::new(TAG_FILE), UNFINISHED, How::New, TAG.as_bytes())
}

/// Whether archlint gives its files this name: `kind-fingerprint-digest`, an analysis's own digest, the `.turn` of either;
/// or the name of a file that is not finished.
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
        let place = Place::Folder(dir.path().to_owned());
        let usable = || usable(&place, dir.path(), false, &Debug::default());
        assert!(place.check().is_ok(), "an empty folder will do");
        prepare(&usable().unwrap()).unwrap();
        fs::write(dir.path().join("notes-of-mine"), "").unwrap();
        assert!(place.check().is_ok(), "it carries the tag");
        fs::write(dir.path().join(TAG_FILE), "another tag").unwrap();
        assert!(place.check().is_err());
        assert!(usable().is_none());
    }
}
