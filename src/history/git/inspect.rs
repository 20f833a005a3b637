//! The inspection of a repository before gix reads it: gix opens any file that it finds, and a pipe
//! in place of `.git/config` would block it, a device or a sparse file would exhaust the memory.
//!
//! Invariant: a repository that passes contains only regular files of bounded size in all places
//! that gix reads: the repository, the main repository of a work tree, and the repositories that it
//! borrows objects from. Symbolic links to folders are refused, except directly in the repository,
//! where git's own scripts create some.

use std::{
    fmt, fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use rustc_hash::FxHashSet;

use crate::base::{files, folder, path};

/// The maximum size of a file outside the object store: configurations, references.
const LARGEST: u64 = files::LARGEST_TEXT;
/// The maximum size of a file that contains one object. Packs are mapped into memory rather than
/// read, so they are not limited.
const LARGEST_OBJECT: u64 = files::LARGEST;
/// The maximum number of repositories that lend each other objects.
const MOST_STORES: usize = 64;
/// The maximum depth of folders. No reference has a longer name, so deeper folders are malicious.
const DEEPEST: usize = 64;

/// A problem, with its path.
#[derive(Debug)]
pub(super) struct Unfit {
    at: PathBuf,
    what: String,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.at.display(), self.what)
    }
}

impl Unfit {
    fn new(at: &Path, what: impl ToString) -> Self {
        Self { at: at.to_owned(), what: what.to_string() }
    }
}

/// Inspects the repository that contains `folder`. A missing repository is not an error here, since
/// gix reports it.
pub(super) fn repository(folder: &Path) -> Result<(), Unfit> {
    let Some(git) = git_dir(folder)? else { return Ok(()) };
    let common = match pointer(&git.join("commondir"), "")? {
        Some(common) => path::absolute(&git, Path::new(&common)),
        None => git.clone(),
    };
    for dir in [&git, &common] {
        files_of(dir)?;
        tree(&dir.join("refs"), LARGEST)?;
    }
    stores(common.join("objects"))
}

/// Returns the git directory (`.git`, its target, or a bare repository) of the nearest repository
/// at or above `folder`.
fn git_dir(folder: &Path) -> Result<Option<PathBuf>, Unfit> {
    for above in folder.ancestors() {
        let git = above.join(".git");
        match fs::metadata(&git) {
            Ok(found) if found.is_dir() => return Ok(Some(git)),
            Ok(_) => {
                let to = pointer(&git, "gitdir:")?;
                return Ok(to.map(|to| path::absolute(above, Path::new(&to))));
            }
            Err(_) => {}
        }
        if ["HEAD", "objects", "refs"].iter().all(|name| above.join(name).exists()) {
            return Ok(Some(above.to_owned()));
        }
    }
    Ok(None)
}

/// Returns the path stored in a file, after the prefix `start`. `None` if there is no file.
fn pointer(file: &Path, start: &str) -> Result<Option<String>, Unfit> {
    match folder::read_text(file, LARGEST) {
        Ok(text) => Ok(Some(text.strip_prefix(start).unwrap_or(&text).trim().to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Unfit::new(file, error)),
    }
}

/// Inspects the files directly in a folder, following links.
fn files_of(dir: &Path) -> Result<(), Unfit> {
    for entry in list(dir)? {
        if fs::metadata(&entry).is_ok_and(|found| !found.is_dir()) {
            file(&entry, LARGEST)?;
        }
    }
    Ok(())
}

/// Inspects the object store `first` and those that it borrows from.
fn stores(first: PathBuf) -> Result<(), Unfit> {
    let mut known = FxHashSet::default();
    let mut next = vec![first];
    while let Some(store) = next.pop() {
        if !known.insert(fs::canonicalize(&store).unwrap_or_else(|_| store.clone())) {
            continue;
        }
        if known.len() > MOST_STORES {
            return Err(Unfit::new(&store, format!("borrows objects from more than {MOST_STORES} others")));
        }
        tree(&store, LARGEST_OBJECT)?;
        let alternates = pointer(&store.join("info/alternates"), "")?.unwrap_or_default();
        let others = alternates.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        next.extend(others.map(|line| path::absolute(&store, Path::new(line.trim_matches('"')))));
    }
    Ok(())
}

/// Inspects all files below a folder, which may itself be a link.
fn tree(root: &Path, most: u64) -> Result<(), Unfit> {
    let mut next = vec![(root.to_owned(), 0)];
    while let Some((dir, depth)) = next.pop() {
        if depth > DEEPEST {
            return Err(Unfit::new(&dir, "folders are nested too deeply"));
        }
        for entry in list(&dir)? {
            let found = fs::symlink_metadata(&entry).map_err(|error| Unfit::new(&entry, error))?;
            if found.is_dir() {
                next.push((entry, depth + 1));
            } else if found.is_symlink() && fs::metadata(&entry).is_ok_and(|to| to.is_dir()) {
                return Err(Unfit::new(&entry, "a link to a folder, which is not followed"));
            } else if !is_mapped(&entry) {
                file(&entry, most)?;
            } else if !fs::metadata(&entry).is_ok_and(|to| to.is_file()) {
                return Err(Unfit::new(&entry, "not a regular file"));
            }
        }
    }
    Ok(())
}

/// Returns whether gix maps the file into memory, regardless of its size.
fn is_mapped(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "pack" || extension == "idx")
        || file.file_name().is_some_and(|name| name == "multi-pack-index")
}

fn list(dir: &Path) -> Result<Vec<PathBuf>, Unfit> {
    match fs::read_dir(dir) {
        Ok(entries) => Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).collect()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(Vec::new())
        }
        Err(error) => Err(Unfit::new(dir, error)),
    }
}

/// Inspects a file, following links. A dangling link is ignored.
fn file(path: &Path, most: u64) -> Result<(), Unfit> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Unfit::new(path, error)),
        Ok(found) if !found.is_file() => Err(Unfit::new(path, "not a regular file")),
        Ok(found) if found.len() > most => {
            Err(Unfit::new(path, format!("larger than {} MiB; not read", most >> 20)))
        }
        Ok(_) => Ok(()),
    }
}
