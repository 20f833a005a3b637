//! Files on disk, which are untrusted: a path may contain links to any place, and may lead to
//! something other than a file.
//!
//! A path is resolved folder by folder, and each folder once: a plain folder costs one `lstat` for
//! all its files, a link costs one `realpath`. A file costs one `lstat` in addition to reading it.

use std::{
    collections::BTreeMap,
    fs::{self, FileType, Metadata},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use rustc_hash::FxHashMap;

use super::Workspace;
use crate::base::{
    files::{self, Entry, EntryKind, Files, ReadError},
    folder::OpenFolder,
    path,
};

/// The maximum length of a path in bytes, which no file system exceeds.
const MAX_PATH_LENGTH: usize = 4096;

/// The real path of a folder, or the reason why it must not be entered.
type RealFolder = Result<PathBuf, ReadError>;

/// The files beneath a folder on disk. The target of a symbolic link or of a `..` is read only if
/// it is beneath that folder or one of the further allowed folders, or if it is Rust source or
/// Markdown of the repository.
#[derive(Debug)]
pub struct DiskFiles {
    root: PathBuf,
    /// Real paths: the root, then the further allowed folders.
    allowed: Vec<PathBuf>,
    /// The root, held open.
    held: Option<OpenFolder>,
    /// The real path of the git repository around the root, whose Rust source and Markdown may be
    /// read.
    repository: Option<PathBuf>,
    folders: RwLock<FxHashMap<String, RealFolder>>,
    /// The files that an editor has not saved, by path.
    unsaved: BTreeMap<String, Unsaved>,
}

/// A file that an editor has not saved.
#[derive(Debug)]
struct Unsaved {
    content: Vec<u8>,
    was_read: AtomicBool,
}

impl DiskFiles {
    /// The files beneath `root`, an absolute path. If there is no such folder, every look-up
    /// reports that nothing is there.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        let allowed: Vec<PathBuf> = root.canonicalize().into_iter().collect();
        let held = allowed.first().and_then(|root| OpenFolder::open(root).ok());
        let (folders, unsaved) = (RwLock::default(), BTreeMap::new());
        Self { root, allowed, held, repository: None, folders, unsaved }
    }

    /// The files of a workspace: those beneath its root, those of members outside it, and the Rust
    /// source of the git repository that the root is part of.
    pub fn of_workspace(workspace: &Workspace) -> Self {
        let mut files = Self::new(&workspace.root);
        files.repository = files.allowed.first().and_then(|root| repository(root));
        let outside = workspace.packages.iter().filter(|package| path::escapes(&package.dir));
        for package in outside {
            files.allowed.extend(files.on_disk(&package.dir).canonicalize());
        }
        files
    }

    /// Replaces the contents of files, which need not exist, by those that an editor has not saved.
    pub fn with_unsaved(self, unsaved: BTreeMap<String, Vec<u8>>) -> Self {
        let file = |content| Unsaved { content, was_read: AtomicBool::new(false) };
        let unsaved = unsaved.into_iter().map(|(path, content)| (path, file(content))).collect();
        Self { unsaved, ..self }
    }

    /// Returns the files that an editor has not saved and that were not read.
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        let is_unread = |(_, file): &(_, &Unsaved)| !file.was_read.load(Ordering::Relaxed);
        self.unsaved.iter().filter(is_unread).map(|(path, _)| path.as_str())
    }

    /// Returns whether the content of the file is not that on disk.
    pub fn is_unsaved(&self, path: &str) -> bool {
        self.unsaved.contains_key(path)
    }

    fn on_disk(&self, path: &str) -> PathBuf {
        if path::escapes(path) { path::absolute(&self.root, Path::new(path)) } else { self.root.join(path) }
    }

    /// The real path of the folder `dir`, resolved step by step from the nearest known folder above
    /// it.
    fn folder(&self, dir: &str) -> RealFolder {
        if let Some(folder) = self.known(dir) {
            return folder;
        }
        if dir.len() > MAX_PATH_LENGTH {
            return Err(ReadError::NotFound);
        }
        if dir.is_empty() || path::escapes(dir) {
            return self.remember(dir, self.real(&self.on_disk(dir)));
        }
        let mut folder = self.folder("");
        let ends = dir.match_indices('/').map(|(end, _)| end).chain([dir.len()]);
        for step in ends.map(|end| &dir[..end]) {
            folder = match self.known(step) {
                Some(known) => known,
                None => self.remember(step, folder.and_then(|above| self.enter(&above, path::split(step).1))),
            };
        }
        folder
    }

    fn enter(&self, above: &Path, name: &str) -> RealFolder {
        let dir = above.join(name);
        if fs::symlink_metadata(&dir).map_err(read_error)?.is_symlink() { self.real(&dir) } else { Ok(dir) }
    }

    /// The real path of `path`, if reading it is allowed.
    fn real(&self, path: &Path) -> RealFolder {
        let real = path.canonicalize().map_err(read_error)?;
        let is_of_repository = || self.repository.as_ref().is_some_and(|root| real.starts_with(root));
        if self.is_allowed(&real) || is_of_repository() { Ok(real) } else { Err(ReadError::Outside) }
    }

    fn is_allowed(&self, real: &Path) -> bool {
        self.allowed.iter().any(|root| real.starts_with(root))
    }

    fn known(&self, dir: &str) -> Option<RealFolder> {
        self.folders.read().unwrap_or_else(PoisonError::into_inner).get(dir).cloned()
    }

    fn remember(&self, dir: &str, folder: RealFolder) -> RealFolder {
        self.folders.write().unwrap_or_else(PoisonError::into_inner).insert(dir.to_owned(), folder.clone());
        folder
    }

    /// Reads the file at `real`, the path after all links were resolved. A link that another
    /// process creates on this path meanwhile is not followed.
    fn read_real(&self, real: &Path, most: u64) -> io::Result<Vec<u8>> {
        let roots = self.allowed.iter().chain(&self.repository);
        let root = roots.into_iter().find(|root| real.starts_with(root)).ok_or(ErrorKind::NotFound)?;
        let beneath = real.strip_prefix(root).map_err(io::Error::other)?;
        match &self.held {
            Some(folder) if folder.path() == root => folder.read_beneath(beneath, most),
            _ => OpenFolder::open(root)?.read_beneath(beneath, most),
        }
    }

    /// The metadata of the file or folder at `path`, links followed.
    ///
    /// # Errors
    /// If there is nothing at `path`, or reading there is not allowed.
    pub fn metadata(&self, path: &str) -> Result<Metadata, ReadError> {
        self.look(path).map(|(_, metadata)| metadata)
    }

    /// The real path and the metadata of the file or folder at `path`.
    fn look(&self, path: &str) -> Result<(PathBuf, Metadata), ReadError> {
        let (dir, name) = path::split(path);
        if name.is_empty() || path::escapes(path) {
            return described(self.real(&self.on_disk(path))?);
        }
        let (path, metadata) = described(self.folder(dir)?.join(name))?;
        if metadata.is_symlink() { described(self.real(&path)?) } else { Ok((path, metadata)) }
    }
}

/// The nearest folder at or above `root` that is a git repository's working tree.
fn repository(root: &Path) -> Option<PathBuf> {
    let is_repository = |dir: &&Path| {
        let git = dir.join(".git");
        git.is_file() || git.join("HEAD").is_file()
    };
    root.ancestors().find(is_repository).map(Path::to_owned)
}

fn described(path: PathBuf) -> Result<(PathBuf, Metadata), ReadError> {
    let metadata = fs::symlink_metadata(&path).map_err(read_error)?;
    Ok((path, metadata))
}

impl Files for DiskFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if let Some(unsaved) = self.unsaved.get(path) {
            unsaved.was_read.store(true, Ordering::Relaxed);
            return Ok(unsaved.content.clone());
        }
        let (real, metadata) = self.look(path)?;
        if !metadata.is_file() {
            return Err(ReadError::NotAFile);
        }
        let is_source = real.extension().is_some_and(|extension| extension == "rs" || extension == "md");
        if self.repository.is_some() && !is_source && !self.is_allowed(&real) {
            return Err(ReadError::Outside);
        }
        self.read_real(&real, files::largest(path)).map_err(read_error)
    }

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(self.folder(dir)?).map_err(read_error)? {
            let entry = entry.map_err(read_error)?;
            let kind = entry_kind(entry.file_type().map_err(read_error)?);
            entries.extend(entry.file_name().into_string().ok().map(|name| Entry { name, kind }));
        }
        let unsaved = self.unsaved.keys().map(|path| path::split(path)).filter(|(folder, _)| *folder == dir);
        entries.extend(unsaved.map(|(_, name)| Entry { name: name.to_owned(), kind: EntryKind::File }));
        entries.sort_unstable();
        entries.dedup_by(|a, b| a.name == b.name);
        Ok(entries)
    }

    fn kind(&self, path: &str) -> Option<EntryKind> {
        if self.unsaved.contains_key(path) {
            return Some(EntryKind::File);
        }
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

/// Converts an error of the system. A path through something other than a folder counts as missing,
/// and so does a name that the file system does not allow. A cycle of links does not: it stays an
/// error of the system.
fn read_error(error: io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => ReadError::NotFound,
        _ => ReadError::Io(error.to_string()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::{os::unix::fs::symlink, process::Command};

    /// `inside/` is the root; `beside/` is next to it.
    fn folders() -> (tempfile::TempDir, DiskFiles) {
        let dir = tempfile::tempdir().unwrap();
        for path in ["inside/src/net/x.rs", "inside/src/a.rs", "beside/b.rs", "further/c.rs"] {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let files = DiskFiles::new(dir.path().join("inside"));
        (dir, files)
    }

    #[test]
    fn reads_what_is_inside() {
        let (_dir, files) = folders();
        assert_eq!(files.read("src/net/x.rs"), Ok(b"x".to_vec()));
        assert_eq!(files.read("src/none.rs"), Err(ReadError::NotFound));
        assert_eq!(files.read("none/none.rs"), Err(ReadError::NotFound));
        assert_eq!(files.read("src/a.rs/b.rs"), Err(ReadError::NotFound));
        assert_eq!(files.kind(""), Some(EntryKind::Dir));
        assert_eq!(files.kind("src/a.rs"), Some(EntryKind::File));
        let names: Vec<_> = files.list("src").unwrap().into_iter().map(|entry| entry.name).collect();
        assert_eq!(names, ["a.rs", "net"]);
    }

    #[test]
    fn follows_links_only_where_they_stay_inside() {
        let (dir, files) = folders();
        let src = dir.path().join("inside/src");
        symlink("a.rs", src.join("same.rs")).unwrap();
        symlink("net", src.join("alias")).unwrap();
        symlink(dir.path().join("beside/b.rs"), src.join("leaves.rs")).unwrap();
        symlink("../../beside", src.join("away")).unwrap();
        symlink("nowhere", src.join("dangling.rs")).unwrap();
        symlink("/dev/zero", src.join("endless.rs")).unwrap();
        assert!(files.read("src/same.rs").is_ok());
        assert!(files.read("src/alias/x.rs").is_ok());
        for path in ["src/leaves.rs", "src/away/b.rs", "src/endless.rs", "../beside/b.rs", "/etc/passwd"] {
            assert_eq!(files.read(path), Err(ReadError::Outside), "{path}");
        }
        assert_eq!(files.list("src/away"), Err(ReadError::Outside));
        assert_eq!(files.kind("src/away"), None);
        assert_eq!(files.read("src/dangling.rs"), Err(ReadError::NotFound));
    }

    /// The folders are resolved before another process replaces one of them by a link.
    #[test]
    fn a_folder_that_becomes_a_link_is_not_followed() {
        let (dir, files) = folders();
        assert!(files.read("src/net/x.rs").is_ok());
        let net = dir.path().join("inside/src/net");
        fs::rename(&net, dir.path().join("inside/src/moved")).unwrap();
        fs::write(dir.path().join("beside/x.rs"), "secret").unwrap();
        symlink("../../beside", &net).unwrap();
        assert!(matches!(files.read("src/net/x.rs"), Err(ReadError::Io(_) | ReadError::NotFound)));
    }

    #[test]
    fn links_in_a_circle_end() {
        let (dir, files) = folders();
        symlink("loop.rs", dir.path().join("inside/src/loop.rs")).unwrap();
        symlink(".", dir.path().join("inside/src/again")).unwrap();
        assert!(matches!(files.read("src/loop.rs"), Err(ReadError::Io(_))));
        assert!(files.read("src/again/again/a.rs").is_ok());
        assert_eq!(files.read(&format!("{}x.rs", "a/".repeat(100_000))), Err(ReadError::NotFound));
    }

    #[test]
    fn opens_nothing_but_regular_files() {
        let (dir, files) = folders();
        let pipe = dir.path().join("inside/src/pipe.rs");
        fs::create_dir(dir.path().join("inside/src/folder.rs")).unwrap();
        assert_eq!(files.read("src/folder.rs"), Err(ReadError::NotAFile));
        assert_eq!(files.read(""), Err(ReadError::NotAFile));
        if Command::new("mkfifo").arg(pipe).status().is_ok_and(|status| status.success()) {
            assert_eq!(files.read("src/pipe.rs"), Err(ReadError::NotAFile));
        }
    }

    #[test]
    fn does_not_read_a_file_of_a_size_that_no_source_has() {
        let (dir, files) = folders();
        let sparse = fs::File::create(dir.path().join("inside/src/vast.rs")).unwrap();
        sparse.set_len(files::LARGEST + 1).unwrap();
        assert!(matches!(files.read("src/vast.rs"), Err(ReadError::Io(_))));
        let sparse = fs::File::create(dir.path().join("inside/vast.toml")).unwrap();
        sparse.set_len(files::LARGEST_TEXT + 1).unwrap();
        assert!(matches!(files.read("vast.toml"), Err(ReadError::Io(_))));
    }

    #[test]
    fn a_member_outside_the_root_may_be_read() {
        let (dir, _) = folders();
        let member = crate::graph::package::Package {
            name: "beside".to_owned(),
            dir: "../beside".to_owned(),
            targets: Vec::new(),
            dependencies: Vec::new(),
            metadata: None,
        };
        let workspace = Workspace { root: dir.path().join("inside"), packages: vec![member] };
        let files = DiskFiles::of_workspace(&workspace);
        assert!(files.read("../beside/b.rs").is_ok());
        assert_eq!(files.list("../beside").map(|entries| entries.len()), Ok(1));
        assert_eq!(files.kind("../beside"), Some(EntryKind::Dir));
        assert_eq!(files.read("../further/c.rs"), Err(ReadError::Outside));
    }

    #[test]
    fn source_of_the_same_repository_may_be_read() {
        let (dir, _) = folders();
        let workspace = Workspace { root: dir.path().join("inside"), packages: Vec::new() };
        let read = |path: &str| DiskFiles::of_workspace(&workspace).read(path);
        assert_eq!(read("../beside/b.rs"), Err(ReadError::Outside));
        fs::create_dir(dir.path().join(".git")).unwrap();
        assert_eq!(read("../beside/b.rs"), Err(ReadError::Outside), "a folder of that name is no repository");
        fs::write(dir.path().join(".git/HEAD"), "ref: refs/heads/main\n").unwrap();
        fs::write(dir.path().join("beside/secret.txt"), "x").unwrap();
        symlink("../../beside", dir.path().join("inside/src/away")).unwrap();
        assert!(read("../beside/b.rs").is_ok() && read("src/away/b.rs").is_ok());
        for path in ["../beside/secret.txt", "src/away/secret.txt"] {
            assert_eq!(read(path), Err(ReadError::Outside), "{path}");
        }
        assert_eq!(read("/etc/passwd"), Err(ReadError::Outside));
        // The workspace is a repository of its own, such as a submodule.
        fs::write(dir.path().join("inside/.git"), "gitdir: ../.git/modules/inside\n").unwrap();
        assert_eq!(read("../beside/b.rs"), Err(ReadError::Outside));
    }
}
