//! The key that authenticates the entries of the cache.
//!
//! By default the cache is in the workspace, and a repository is untrusted: it could contain a
//! cache with false results for its code. Therefore each entry has a keyed BLAKE3 hash of its
//! content, and the key is outside of the repository: in the user's state folder, or in the
//! environment for machines that share a cache. The alternative, a cache outside of the workspace,
//! would remain after the workspace is deleted, and CI could not save and restore it together with
//! `target`.

use std::{
    env, fmt, fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::OnceLock,
};

use etcetera::base_strategy::BaseStrategy as _;

use crate::base::folder::{self, How, OpenFolder};

/// The variable with a key for machines that share a cache.
pub const VARIABLE: &str = "ARCHLINT_CACHE_KEY";

/// The minimum length of a key that a person chooses, in bytes.
const SHORTEST: usize = 16;

/// The size of a key file, in bytes.
const LENGTH: u64 = 32;

/// The size of an authentication tag, in bytes.
pub(super) const TAG: usize = 16;

/// A secret that is not in any repository.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key([u8; 32]);

/// Does not show the secret.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").finish_non_exhaustive()
    }
}

/// A key and its origin.
struct StoredKey {
    key: Key,
    /// The file that contains the key; `None` for the environment.
    file: Option<PathBuf>,
}

/// The reason why there is no key, and therefore no cache.
#[derive(Debug, Clone, thiserror::Error)]
pub enum NoKey {
    /// The value of the variable is too short.
    #[error("`{VARIABLE}` must hold a secret of at least {SHORTEST} bytes")]
    TooShort,
    /// The platform has no state folder for this user.
    #[error("there is no state folder for a key; `{VARIABLE}` can hold one")]
    NoStateFolder,
    /// The file cannot be read or written.
    #[error("the key `{}` cannot be used: {reason}", file.display())]
    Unusable {
        /// The file.
        file: PathBuf,
        /// The reason.
        reason: String,
    },
    /// The key is inside the workspace, so the repository could contain it.
    #[error("the key `{}` lies in the workspace, where a repository could place one", .0.display())]
    Inside(PathBuf),
}

impl Key {
    /// Returns the key of this user for a workspace at `root`: that of the environment, or that of
    /// the state folder, which is created on first use.
    pub(super) fn of_user(root: &Path) -> Result<Self, NoKey> {
        static FOUND: OnceLock<Result<StoredKey, NoKey>> = OnceLock::new();
        let found = FOUND.get_or_init(find).as_ref().map_err(Clone::clone)?;
        match &found.file {
            Some(file) if is_within(file, root) => Err(NoKey::Inside(file.clone())),
            _ => Ok(found.key),
        }
    }

    #[cfg(test)]
    pub(super) fn of(text: &str) -> Self {
        derived(text.as_bytes())
    }

    /// Returns the tag of `content` under this key. `name` is authenticated, too, so that one entry
    /// cannot replace another.
    pub(super) fn tag(&self, name: &str, content: &[u8]) -> [u8; TAG] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes()).update(content);
        let mut tag = [0; TAG];
        hasher.finalize_xof().fill(&mut tag);
        tag
    }
}

/// Checks the key in the environment.
pub(super) fn check() -> Result<(), NoKey> {
    from_environment().map(drop)
}

fn from_environment() -> Result<Option<Key>, NoKey> {
    match env::var_os(VARIABLE) {
        None => Ok(None),
        Some(text) if text.is_empty() => Ok(None),
        Some(text) if text.len() < SHORTEST => Err(NoKey::TooShort),
        Some(text) => Ok(Some(derived(text.as_encoded_bytes()))),
    }
}

fn derived(text: &[u8]) -> Key {
    Key(blake3::derive_key("archlint 2026-11 cache key of the environment", text))
}

fn find() -> Result<StoredKey, NoKey> {
    if let Some(key) = from_environment()? {
        return Ok(StoredKey { key, file: None });
    }
    let state = state_folder().ok_or(NoKey::NoStateFolder)?;
    let file = state.join("archlint").join("cache.key");
    match read(&file).or_else(|_| create(&file).and_then(|()| read(&file))) {
        Ok(key) => Ok(StoredKey { key, file: Some(file) }),
        Err(error) => Err(NoKey::Unusable { file, reason: error.to_string() }),
    }
}

/// Returns the platform's folder for the state of programs, or for their data if the platform does
/// not distinguish the two.
fn state_folder() -> Option<PathBuf> {
    let folders = etcetera::base_strategy::choose_native_strategy().ok()?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_dir()))
}

fn read(file: &Path) -> io::Result<Key> {
    let bytes = folder::read_real(file, LENGTH)?;
    bytes.try_into().map(Key).map_err(|_| io::Error::new(ErrorKind::InvalidData, "it does not hold 32 bytes"))
}

/// Creates a key that only the user can read. If several processes create one at the same time, the
/// first one is kept.
fn create(file: &Path) -> io::Result<()> {
    let folder = file.parent().ok_or(ErrorKind::InvalidInput)?;
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)?;
    let mut secret = [0; LENGTH as usize];
    getrandom::fill(&mut secret).map_err(io::Error::other)?;
    let name = file.file_name().ok_or(ErrorKind::InvalidInput)?;
    OpenFolder::open(folder)?.create(name, ".unfinished-", How::NewSecret, &secret)
}

/// Returns whether a file is inside a folder after links are resolved. If that is unknown, the
/// answer is the safe one: yes.
fn is_within(file: &Path, folder: &Path) -> bool {
    match (file.canonicalize(), folder.canonicalize()) {
        (Ok(file), Ok(folder)) => file.starts_with(folder),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_is_made_by_however_many() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("state/archlint/cache.key");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| create(&file).unwrap());
            }
        });
        let key = read(&file).unwrap();
        create(&file).unwrap();
        assert!(read(&file).unwrap() == key, "an existing key stays");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
        }
    }

    #[test]
    fn a_tag_is_of_one_key_one_name_and_one_content() {
        let key = Key::of("one");
        let tag = key.tag("a", b"bc");
        assert_eq!(key.tag("a", b"bc"), tag);
        assert_ne!(key.tag("ab", b"c"), tag);
        assert_ne!(key.tag("a", b"bd"), tag);
        assert_ne!(Key::of("two").tag("a", b"bc"), tag);
    }

    #[test]
    fn a_key_in_the_workspace_is_known_as_such() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("inside/cache.key");
        create(&file).unwrap();
        assert!(is_within(&file, dir.path()));
        let other = tempfile::tempdir().unwrap();
        assert!(!is_within(&file, other.path()));
    }
}
