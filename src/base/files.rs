//! The interface through which archlint reads files: from disk, from memory, from a Git tree.
//!
//! Invariant: an implementation never follows a link out of its root, and never opens anything but
//! a regular file. Names that are not UTF-8 cannot be represented here and are left out of
//! listings.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::path;

/// The size in bytes of the largest file that is read. No source file is as large; a sparse file of
/// any claimed size could exhaust the memory.
pub const LARGEST: u64 = 512 << 20;

/// The size of the largest hand-written file that is read: a manifest, a configuration, a baseline.
pub const LARGEST_TEXT: u64 = 32 << 20;

/// The maximum number of folders that are listed in a search for files. A git repository can
/// contain one folder under any number of names, and in it another one under as many, so that a few
/// kilobytes hold more paths than can be listed.
pub const MOST_FOLDERS: usize = 100_000;

/// Returns the maximum size at which the file at `path` is read.
pub fn largest(path: &str) -> u64 {
    if path.ends_with(".toml") { LARGEST_TEXT } else { LARGEST }
}

/// Read access to the files of a workspace. Paths are relative to the workspace root, with `/` as
/// the separator, and normalised (`..` only at the front).
pub trait Files: Sync {
    /// Returns the content of the file at `path`.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// Returns the entries of a folder, sorted by name. Symbolic links are listed as such, not
    /// followed.
    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError>;

    /// Returns the kind of the entry at `path`, following symbolic links. `None` if there is no
    /// entry or it lies outside the root.
    fn kind(&self, path: &str) -> Option<EntryKind>;
}

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The name of the entry, without the folder.
    pub name: String,
    /// The kind of the entry.
    pub kind: EntryKind,
}

/// The kind of a file system entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Dir,
    /// A symbolic link. Occurs only in listings.
    Symlink,
    /// Anything else: a device, a pipe, a socket.
    Other,
}

/// The reason why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing exists at the path.
    #[error("no such file")]
    NotFound,
    /// The path leads to a folder, a device or a pipe.
    #[error("not a regular file")]
    NotAFile,
    /// The path, or a symbolic link on it, leads out of the workspace.
    #[error("outside the workspace; not followed")]
    Outside,
    /// The path leads into another repository that is mounted there as a submodule; the field is
    /// the submodule's folder.
    #[error("in the git submodule `{0}`; not followed")]
    Submodule(String),
    /// The repository has the file, and this clone lacks its content; the field is the object's id.
    #[error("not in this clone of the repository (object {0})")]
    Absent(String),
    /// An error of the operating system.
    #[error("{0}")]
    Io(String),
}

/// The objects that were requested and that a clone lacks. All files of one revision share one
/// value.
///
/// A result that was computed while an object was absent is unreliable: readers may have taken the
/// file for empty.
#[derive(Debug, Clone, Default)]
pub struct Absent {
    found: Arc<Mutex<BTreeMap<String, String>>>,
    /// The command that fetches the objects, in a sentence.
    remedy: &'static str,
}

/// The maximum number of absent objects that are listed.
const SHOWN: usize = 5;

impl Absent {
    /// Creates an empty value; `remedy` is the advice of its message.
    pub fn new(remedy: &'static str) -> Self {
        Self { found: Arc::default(), remedy }
    }

    /// Adds the object of the file or folder at `path`.
    pub fn note(&self, path: &str, object: &str) {
        self.found().insert(path.to_owned(), object.to_owned());
    }

    /// Returns the absent objects and the remedy, on one line; `None` if no object is absent.
    pub fn complaint(&self) -> Option<String> {
        let found = self.found();
        let count = match found.len() {
            0 => return None,
            1 => "1 object is".to_owned(),
            n => format!("{n} objects are"),
        };
        let shown = found.iter().take(SHOWN).map(|(path, object)| format!("`{path}` ({object})"));
        let rest = found.len().saturating_sub(SHOWN);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let shown = shown.collect::<Vec<_>>().join(", ");
        Some(format!("{count} not in this clone of the repository: {shown}{more}; {}", self.remedy))
    }

    fn found(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Files in memory: for tests, and for the unsaved buffers of an editor.
#[derive(Debug, Clone, Default)]
pub struct MemoryFiles(BTreeMap<String, Vec<u8>>);

impl MemoryFiles {
    /// Creates an empty set of files.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }
    /// Adds a file, replacing any file at the same path.
    pub fn insert(&mut self, path: &str, content: impl Into<Vec<u8>>) {
        self.0.insert(path::normalise(path), content.into());
    }

    fn beneath(&self, prefix: &str) -> impl Iterator<Item = &str> {
        let paths = self.0.range(prefix.to_owned()..).map(|(path, _)| path.as_str());
        let prefix = prefix.to_owned();
        paths.map_while(move |path| path.strip_prefix(prefix.as_str()))
    }
}

impl<P: AsRef<str>, C: Into<Vec<u8>>> FromIterator<(P, C)> for MemoryFiles {
    fn from_iter<I: IntoIterator<Item = (P, C)>>(files: I) -> Self {
        Self(
            files
                .into_iter()
                .map(|(path, content)| (path::normalise(path.as_ref()), content.into()))
                .collect(),
        )
    }
}

impl Files for MemoryFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match (self.0.get(path), self.kind(path)) {
            (Some(content), _) => Ok(content.clone()),
            (None, Some(_)) => Err(ReadError::NotAFile),
            (None, None) if path::escapes(path) => Err(ReadError::Outside),
            (None, None) => Err(ReadError::NotFound),
        }
    }

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        let mut entries: Vec<Entry> = self.beneath(&folder_prefix(dir)).map(first_entry).collect();
        entries.sort_unstable();
        entries.dedup();
        if entries.is_empty() && !dir.is_empty() { Err(ReadError::NotFound) } else { Ok(entries) }
    }

    fn kind(&self, path: &str) -> Option<EntryKind> {
        if self.0.contains_key(path) {
            return Some(EntryKind::File);
        }
        let is_dir = path.is_empty() || self.beneath(&folder_prefix(path)).next().is_some();
        is_dir.then_some(EntryKind::Dir)
    }
}

fn folder_prefix(dir: &str) -> String {
    if dir.is_empty() { String::new() } else { format!("{dir}/") }
}

fn first_entry(rest: &str) -> Entry {
    match rest.split_once('/') {
        Some((dir, _)) => Entry { name: dir.to_owned(), kind: EntryKind::Dir },
        None => Entry { name: rest.to_owned(), kind: EntryKind::File },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_has_files_and_the_folders_that_hold_them() {
        let files = MemoryFiles::from_iter([("src/lib.rs", "x"), ("src/net/mod.rs", ""), ("src.rs", "")]);
        assert_eq!(files.read("src/lib.rs"), Ok(b"x".to_vec()));
        assert_eq!(files.read("src"), Err(ReadError::NotAFile));
        assert_eq!(files.read("src/none.rs"), Err(ReadError::NotFound));
        assert_eq!(files.read("../x.rs"), Err(ReadError::Outside));
        assert_eq!(files.kind("src/net"), Some(EntryKind::Dir));
        assert_eq!(files.kind("sr"), None);
        let names: Vec<_> = files.list("src").unwrap().into_iter().map(|e| (e.name, e.kind)).collect();
        assert_eq!(names, [("lib.rs".to_owned(), EntryKind::File), ("net".to_owned(), EntryKind::Dir)]);
        assert_eq!(files.list("none"), Err(ReadError::NotFound));
    }
}
