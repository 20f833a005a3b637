//! The files of one revision.
//!
//! Paths are resolved as on disk: symbolic links are followed by name, within the repository. Files
//! outside the workspace are not read, even if the repository contains them. A submodule is a
//! folder of another repository: it is empty in a listing, as in a fresh checkout, and reading a
//! file in it is an error that names the submodule.

use std::{collections::VecDeque, sync::Arc};

use gix::ObjectId;

use super::{
    entries::What,
    repository::{BlobId, Repository, Revision},
};
use crate::base::{
    files::{Absent, Entry, EntryKind, Files, MOST_FOLDERS, ReadError},
    path,
};

/// The maximum number of links on one path, as on Linux.
const MOST_LINKS: usize = 40;
/// The maximum length of a path, in bytes; no file system supports longer ones.
const MOST_PATH: usize = 4096;
/// The maximum nesting of folders, since each look-up starts at the root.
const DEEPEST: usize = 128;
/// The beginning of a Git LFS pointer, as specified by its format.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/v1\n";
/// The remedy for a partial clone.
const FETCH: &str = "the clone is a partial one, and `git fetch --refetch --no-filter` fetches what it lacks";
/// The remedy for any other clone, which should have all objects.
const DAMAGED: &str = "the clone is damaged: `git fsck` lists what it lacks, and a new clone has it";
/// The maximum length of a Git LFS pointer.
const LFS_LENGTH: usize = 1024;

impl Repository {
    /// Returns an empty list of absent objects, with the remedy for this clone.
    pub(super) fn none_absent(&self) -> Absent {
        Absent::new(self.remedy())
    }

    /// Returns the advice on objects that this clone lacks.
    pub(super) fn remedy(&self) -> &'static str {
        if self.is_partial() { FETCH } else { DAMAGED }
    }
}

/// The files below a folder of a revision.
#[derive(Debug, Clone)]
pub struct TreeFiles {
    repository: Arc<Repository>,
    root: ObjectId,
    /// The base folder of paths, relative to the root of the repository.
    folder: String,
    /// The folders that may be read: the base folder and those of members outside it, with links
    /// resolved.
    allowed: Vec<String>,
    /// The requested objects that this clone lacks.
    absent: Absent,
}

/// The target of a path; the path is relative to the root of the repository.
struct TreeEntry {
    path: String,
    what: What,
    id: ObjectId,
}

impl TreeFiles {
    /// Creates access to all files of `revision`, relative to the root of its repository.
    pub fn new(repository: Arc<Repository>, revision: &Revision) -> Self {
        let (root, allowed) = (revision.tree, vec![String::new()]);
        let absent = repository.none_absent();
        Self { repository, root, folder: String::new(), allowed, absent }
    }

    /// Returns the files below `folder`, and those of the folders `further`, which are relative to
    /// `folder` and outside it.
    pub fn within(&self, folder: &str, further: &[&str]) -> Self {
        let folder = path::join(&self.folder, folder);
        let outside = further.iter().map(|dir| path::join(&folder, dir));
        let all: Vec<String> = [folder.clone()].into_iter().chain(outside).collect();
        let real = |dir: &String| self.find(dir).ok().map(|found| found.path);
        Self { allowed: all.iter().filter_map(real).collect(), folder, ..self.clone() }
    }

    /// Returns the id of the content of the file at `path`.
    ///
    /// # Errors
    /// Returns an error if there is no file.
    pub fn blob(&self, path: &str) -> Result<BlobId, ReadError> {
        let found = self.look(path)?;
        if found.what == What::File { Ok(BlobId(found.id)) } else { Err(ReadError::NotAFile) }
    }

    /// Returns the objects that this value, or one made from it, has requested so far, and that are
    /// not in this clone.
    pub fn absent(&self) -> &Absent {
        &self.absent
    }

    /// Returns the content of the file at `path`.
    ///
    /// # Errors
    /// Returns an error if the content is missing, or is only a pointer to the file.
    pub fn content(&self, path: &str, id: BlobId) -> Result<Vec<u8>, ReadError> {
        let path = path::join(&self.folder, path);
        let bytes = self.noting(&path, self.repository.blob(id))?;
        if bytes.len() <= LFS_LENGTH && bytes.starts_with(LFS) {
            return Err(ReadError::Io("a Git LFS pointer; the file itself is not in the repository".into()));
        }
        Ok(bytes)
    }

    /// Returns the files for which `wanted` returns true and that `other` does not contain, or
    /// contains with another content; sorted. Links are not followed, and at most [`MOST_FOLDERS`]
    /// folders are listed.
    pub fn differing(&self, other: &dyn Files, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let mut differing = Vec::new();
        let mut pending = vec![String::new()];
        let mut listed = 0;
        while let Some(dir) = pending.pop().filter(|_| listed < MOST_FOLDERS) {
            listed += 1;
            for entry in self.list(&dir).unwrap_or_default() {
                let path = path::join(&dir, &entry.name);
                match entry.kind {
                    EntryKind::Dir => pending.push(path),
                    EntryKind::File if wanted(&path) && !self.same(&path, other) => differing.push(path),
                    _ => {}
                }
            }
        }
        differing.sort_unstable();
        differing
    }

    fn same(&self, path: &str, other: &dyn Files) -> bool {
        let (Ok(id), Ok(bytes)) = (self.blob(path), other.read(path)) else { return false };
        id.same_kind_of(&bytes) == Some(id)
    }

    /// Returns the entry at `path`, relative to the base folder, if it may be read.
    fn look(&self, path: &str) -> Result<TreeEntry, ReadError> {
        let path = path::join(&self.folder, path);
        if path::escapes(&path) {
            return Err(ReadError::Outside);
        }
        let found = self.find(&path)?;
        // As on disk: Rust source may lie anywhere in the repository.
        let is_source = found.what == What::File && found.path.ends_with(".rs");
        if is_source || self.allowed.iter().any(|dir| path::is_within(&found.path, dir)) {
            Ok(found)
        } else {
            Err(ReadError::Outside)
        }
    }

    /// Returns the entry at `path`, relative to the root of the repository, with all links
    /// resolved.
    fn find(&self, path: &str) -> Result<TreeEntry, ReadError> {
        if path.len() > MOST_PATH {
            return Err(ReadError::NotFound);
        }
        let mut steps: VecDeque<String> = segments(path).collect();
        let mut trail = vec![TreeEntry { path: String::new(), what: What::Folder, id: self.root }];
        let mut links = 0;
        while let Some(step) = steps.pop_front() {
            if step == ".." {
                if trail.len() == 1 {
                    return Err(ReadError::Outside);
                }
                trail.pop();
                continue;
            }
            let next = self.step(trail.last(), &step)?;
            if next.what != What::Link {
                if trail.len() > DEEPEST {
                    return Err(ReadError::Io(format!("more than {DEEPEST} folders deep")));
                }
                trail.push(next);
                continue;
            }
            links += 1;
            if links > MOST_LINKS {
                return Err(ReadError::Io("too many levels of symbolic links".into()));
            }
            for segment in self.target(&next)?.into_iter().rev() {
                steps.push_front(segment);
            }
        }
        trail.pop().ok_or(ReadError::NotFound)
    }

    /// Returns the entry `name` of the folder `at`.
    fn step(&self, at: Option<&TreeEntry>, name: &str) -> Result<TreeEntry, ReadError> {
        let at = at.ok_or(ReadError::NotFound)?;
        match at.what {
            What::Folder => {}
            What::Submodule => return Err(ReadError::Submodule(at.path.clone())),
            What::File | What::Link => return Err(ReadError::NotFound),
        }
        let entries = self.noting(&at.path, self.repository.entries(at.id))?;
        let index = entries.binary_search_by(|entry| entry.name.as_str().cmp(name));
        let entry = index.map(|index| &entries[index]).map_err(|_| ReadError::NotFound)?;
        let path = if at.path.is_empty() { name.to_owned() } else { format!("{}/{name}", at.path) };
        Ok(TreeEntry { path, what: entry.what, id: entry.id })
    }

    /// Returns `result`, after noting the object if this clone lacks it.
    fn noting<T>(&self, path: &str, result: Result<T, ReadError>) -> Result<T, ReadError> {
        if let Err(ReadError::Absent(object)) = &result {
            self.absent.note(path, object);
        }
        result
    }

    /// Returns the target of a link, as steps from the folder that contains the link.
    fn target(&self, link: &TreeEntry) -> Result<Vec<String>, ReadError> {
        let bytes = self.noting(&link.path, self.repository.blob(BlobId(link.id)))?;
        if bytes.len() > MOST_PATH {
            return Err(ReadError::NotFound);
        }
        let text = String::from_utf8(bytes).map_err(|_| ReadError::NotFound)?;
        if text.starts_with('/') { Err(ReadError::Outside) } else { Ok(segments(&text).collect()) }
    }
}

fn segments(path: &str) -> impl Iterator<Item = String> {
    path.split('/').filter(|s| !s.is_empty() && *s != ".").map(str::to_owned)
}

impl Files for TreeFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.content(path, self.blob(path)?)
    }

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        let found = self.look(dir)?;
        match found.what {
            What::Folder => {}
            What::Submodule => return Ok(Vec::new()),
            What::File | What::Link => return Err(ReadError::NotFound),
        }
        let entries = self.noting(&found.path, self.repository.entries(found.id))?;
        Ok(entries.iter().map(|entry| Entry { name: entry.name.clone(), kind: kind(entry.what) }).collect())
    }

    fn kind(&self, path: &str) -> Option<EntryKind> {
        self.look(path).ok().map(|found| kind(found.what))
    }
}

fn kind(what: What) -> EntryKind {
    match what {
        What::File => EntryKind::File,
        What::Folder | What::Submodule => EntryKind::Dir,
        What::Link => EntryKind::Symlink,
    }
}
