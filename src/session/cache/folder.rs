//! The folder of the cache: where it may be, and how files in it are opened and removed.
//!
//! A repository is untrusted, and by default the folder lies in it. Invariants: below the workspace root no symbolic link is
//! followed to the folder or to a file in it; a folder that is not empty is used only if it carries the tag of archlint; only
//! regular files are read, of a bounded size, and none blocks; only files whose whole names archlint gives are removed; a
//! file that exists is replaced by renaming, never written through.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Read as _, Write as _},
    path::{Path, PathBuf},
};

use super::{
    Debug, Place, UNFINISHED,
    key::{self, Key, NoKey},
};

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
    path: PathBuf,
    pub(super) key: Key,
}

impl Folder {
    /// The cache folder of the workspace at `root`, with its tag. `None` where there is to be none, or where the folder must not
    /// be touched.
    pub(super) fn open(place: &Place, root: &Path, debug: &Debug) -> Option<Self> {
        let path = usable(place, root, debug)?;
        // In a read-only file system there may be what another process wrote.
        let _ = prepare(&path);
        Self::with_key(path, root, debug)
    }

    /// [`Folder::open`], without making the folder or its tag: for reading what may be there.
    pub(super) fn existing(place: &Place, root: &Path, debug: &Debug) -> Option<Self> {
        Self::with_key(usable(place, root, debug)?, root, debug)
    }

    fn with_key(path: PathBuf, root: &Path, debug: &Debug) -> Option<Self> {
        if !path.is_dir() {
            return None;
        }
        let key = Key::of_user(root).inspect_err(|error| debug.say(format!("there is no cache: {error}")));
        Some(Self { path, key: key.ok()? })
    }

    #[cfg(test)]
    pub(super) fn of(path: &Path, key: &str) -> Self {
        Self { path: path.to_owned(), key: Key::of(key) }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the file of this name is.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// The path of the cache folder, where nothing speaks against using it.
fn usable(place: &Place, root: &Path, debug: &Debug) -> Option<PathBuf> {
    let path = match place {
        Place::Nowhere => return None,
        Place::Folder(path) => path.clone(),
        Place::Target => {
            let target = root.join("target");
            let path = target.join("archlint");
            if let Some(other) = [&target, &path].into_iter().find(|folder| !is_folder_or_missing(folder)) {
                let other = other.strip_prefix(root).unwrap_or(other).display();
                debug.say(format!(
                    "there is no cache: `{other}` is a link or a file; `--cache-dir` names a folder"
                ));
                return None;
            }
            path
        }
    };
    if !is_ours_or_empty(&path) {
        debug.say(format!("there is no cache: {}", ForeignFolder(path)));
        return None;
    }
    Some(path)
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
            Self::Folder(folder) if !is_ours_or_empty(folder) => {
                return Err(ForeignFolder(folder.clone()).into());
            }
            _ => {}
        }
        Ok(key::check()?)
    }
}

fn is_folder_or_missing(path: &Path) -> bool {
    match fs::symlink_metadata(path) {
        Ok(found) => found.is_dir(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}

fn is_ours_or_empty(folder: &Path) -> bool {
    let tagged = || matches!(read(&folder.join(TAG_FILE)), Ok(tag) if tag == TAG.as_bytes());
    match fs::read_dir(folder) {
        // Another process may be making it, and its tag comes last.
        Ok(mut entries) => tagged() || entries.all(|entry| entry.is_ok_and(|entry| is_harmless(&entry))),
        // A path through a file is no folder and never will be one.
        Err(error) => matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
    }
}

fn is_harmless(entry: &fs::DirEntry) -> bool {
    entry.file_name().to_str().is_some_and(|name| name == ".gitignore" || is_own_name(name))
}

/// Makes the folder, and says in it what it is and that no version control wants it. What is there stays as it is.
fn prepare(folder: &Path) -> io::Result<()> {
    if fs::symlink_metadata(folder.join(TAG_FILE)).is_ok() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    create(folder, ".gitignore", "*\n")?;
    create(folder, TAG_FILE, TAG)
}

/// Creates a file in one step, so that no process sees half of it, unless one of that name exists.
fn create(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let mut file = super::unfinished(folder)?;
    file.write_all(text.as_bytes())?;
    match file.persist_noclobber(folder.join(name)) {
        Err(error) if error.error.kind() != ErrorKind::AlreadyExists => Err(error.error),
        _ => Ok(()),
    }
}

/// Opens a regular file of the cache with `options`; a symbolic link, a device or a pipe is an error, and none of them blocks.
pub(super) fn open_file(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    #[cfg(not(unix))]
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(not_regular());
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_regular()) }
}

fn not_regular() -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, "not a regular file")
}

/// The bytes of a regular file of the cache.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = open_file(path, File::options().read(true))?;
    let len = file.metadata()?.len();
    if len > MOST {
        return Err(io::Error::new(ErrorKind::FileTooLarge, "too large for a file of the cache"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or_default());
    file.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether archlint gives its files this name: `kind-fingerprint-digest`, an analysis's own digest, the `.turn` of either;
/// or the name of a file that is not finished.
pub(super) fn is_own_name(name: &str) -> bool {
    if let Some(random) = name.strip_prefix(UNFINISHED) {
        return random.len() == 6 && random.bytes().all(|b| b.is_ascii_alphanumeric());
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

/// Removes a file of the cache: a regular one, by a name that archlint gives. Anything else stays.
pub(super) fn remove(path: &Path) {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if is_own_name(name) && fs::symlink_metadata(path).is_ok_and(|found| found.is_file()) {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
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
        assert!(place.check().is_ok(), "an empty folder will do");
        assert!(usable(&place, dir.path(), &Debug::default()).is_some());
        prepare(dir.path()).unwrap();
        fs::write(dir.path().join("notes-of-mine"), "").unwrap();
        assert!(place.check().is_ok(), "it carries the tag");
        fs::write(dir.path().join(TAG_FILE), "another tag").unwrap();
        assert!(place.check().is_err());
        assert!(usable(&place, dir.path(), &Debug::default()).is_none());
    }
}
