//! A repository: which revisions there are, and the objects that they are made of.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use gix::{ObjectId, bstr::ByteSlice as _, objs::Kind};
use rustc_hash::FxHashMap;

use super::{
    HistoryError,
    entries::{self, Entries},
    error::reason,
    inspect,
};
use crate::base::{day::Day, files::ReadError};

/// No object of interest is larger; a small pack can claim to hold one that would exhaust the memory.
const MOST_BYTES: u32 = 512 << 20;
/// So many folders are kept in memory; a history of a thousand commits has some ten thousand.
const MOST_TREES: usize = 100_000;

/// The id of a file's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(pub(super) ObjectId);

impl BlobId {
    /// The id that git would give to `bytes`, by the same hash as this one.
    pub(super) fn same_kind_of(self, bytes: &[u8]) -> Option<Self> {
        gix::objs::compute_hash(self.0.kind(), Kind::Blob, bytes).ok().map(Self)
    }

    #[cfg(test)]
    pub(super) fn sha1_of(bytes: &[u8]) -> Option<Self> {
        Self(ObjectId::null(gix::hash::Kind::Sha1)).same_kind_of(bytes)
    }
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// What it was asked for by: `main`, `HEAD~3`; its short id where it was not asked for by name.
    pub name: String,
    /// Its id, in full, in hexadecimal.
    pub id: String,
    /// When it was committed, in seconds since 1970, UTC.
    pub time: i64,
    /// The first line of its message; what is not UTF-8 in it is replaced.
    pub subject: String,
    /// Who wrote it, by name.
    pub author: String,
    /// The ids of its parents, the first being the branch that it was committed to. In a shallow clone they need not be there.
    pub parents: Vec<String>,
    /// The folder that it holds.
    pub(super) tree: ObjectId,
}

impl Revision {
    /// The same commit, by another name.
    #[must_use]
    pub fn called(self, name: String) -> Self {
        Self { name, ..self }
    }

    /// As much of its id as tells it apart for people.
    pub fn short(&self) -> &str {
        self.id.get(..10).unwrap_or(&self.id)
    }

    /// The day on which it was committed, in UTC.
    pub fn day(&self) -> Day {
        Day::of_unix_time(self.time.try_into().unwrap_or_default())
    }

    /// A revision that is in no repository.
    #[cfg(test)]
    pub(crate) fn sample(id: &str, time: i64, subject: &str) -> Self {
        let tree = ObjectId::null(gix::hash::Kind::Sha1);
        let (name, id, subject) = (id.to_owned(), id.to_owned(), subject.to_owned());
        Self { name, id, time, subject, author: String::new(), parents: Vec::new(), tree }
    }
}

/// A git repository, for reading. Cheap to share between threads.
pub struct Repository {
    shared: gix::ThreadSafeRepository,
    /// Those that no thread uses at the moment: each has caches of its own.
    idle: Mutex<Vec<gix::Repository>>,
    trees: Mutex<FxHashMap<ObjectId, Arc<Entries>>>,
}

impl std::fmt::Debug for Repository {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repository").field("git", &self.shared.git_dir()).finish_non_exhaustive()
    }
}

impl Repository {
    /// The repository that `folder` is in. Only what lies in the repository itself configures how it is read: neither the
    /// environment nor the user's configuration, and nothing that it names is run.
    ///
    /// # Errors
    /// Where there is none, or one that cannot be opened.
    pub fn discover(folder: &Path) -> Result<Self, HistoryError> {
        inspect::repository(folder).map_err(|said| HistoryError::Unreadable(said.to_string()))?;
        let limit = format!("gitoxide.objects.allocLimit={MOST_BYTES}");
        let options = || gix::open::Options::isolated().config_overrides([limit.as_str()]);
        let trust = gix::sec::trust::Mapping { full: options(), reduced: options() };
        let shared = gix::ThreadSafeRepository::discover_opts(folder, Default::default(), trust);
        let shared = shared.map_err(|error| {
            if error.is_not_found() {
                HistoryError::NoRepository(folder.to_owned())
            } else {
                HistoryError::Unreadable(reason(&error))
            }
        })?;
        Ok(Self { shared, idle: Mutex::default(), trees: Mutex::default() })
    }

    /// The folder with the files of the revision that is checked out; `None` for a bare repository.
    pub fn work_tree(&self) -> Option<PathBuf> {
        self.shared.work_dir().map(Path::to_owned)
    }

    /// The folder with the objects and references: `.git`, or a bare repository itself.
    pub fn git_dir(&self) -> PathBuf {
        self.shared.git_dir().to_owned()
    }

    /// Whether the clone ends at some commit whose parents are not in it.
    pub fn is_shallow(&self) -> bool {
        self.with(|git| git.is_shallow().unwrap_or(false))
    }

    /// The commit that is checked out.
    ///
    /// # Errors
    /// [`HistoryError::Empty`] where there is none yet.
    pub fn head(&self) -> Result<Revision, HistoryError> {
        let unborn = self.with(|git| git.head().map(|head| head.is_unborn()));
        match unborn {
            Ok(true) => Err(HistoryError::Empty),
            Ok(false) => self.revision("HEAD"),
            Err(error) => Err(HistoryError::Unreadable(reason(&error))),
        }
    }

    /// The commit that `name` means: a branch, a tag, an id or the beginning of one, `HEAD~3` and what else git takes.
    ///
    /// # Errors
    /// Where it means none or several, or no commit, or one that is not in this clone.
    pub fn revision(&self, name: &str) -> Result<Revision, HistoryError> {
        self.with(|git| {
            let id = git.rev_parse_single(name).map_err(|error| unknown(git, name, &error))?.detach();
            commit(git, id, name)
        })
    }

    /// The commit with the id `id`, such as one of [`Revision::parents`].
    ///
    /// # Errors
    /// [`HistoryError::Missing`] where it is not in this clone.
    pub fn commit(&self, id: &str) -> Result<Revision, HistoryError> {
        let parsed = ObjectId::from_hex(id.as_bytes()).map_err(|_| HistoryError::Unknown(id.to_owned()))?;
        self.with(|git| commit(git, parsed, id.get(..10).unwrap_or(id)))
    }

    /// `newest` and the commits that it was built on, newest first, along first parents: what was merged counts as its
    /// merge. Ends after `most`, at the first commit, or where a shallow clone ends.
    ///
    /// # Errors
    /// Where a commit cannot be read though its clone is not shallow.
    pub fn first_parents(&self, newest: &Revision, most: usize) -> Result<Vec<Revision>, HistoryError> {
        let mut line = Vec::new();
        let mut next = Some(newest.clone());
        while let Some(revision) = next.filter(|_| line.len() < most) {
            next = match revision.parents.first().map(|parent| self.commit(parent)) {
                None => None,
                Some(Ok(parent)) => Some(parent),
                Some(Err(_)) if self.is_shallow() => None,
                Some(Err(error)) => return Err(error),
            };
            line.push(revision);
        }
        Ok(line)
    }

    /// The best common ancestor of two commits: where the one branched off the other.
    ///
    /// # Errors
    /// Where there is none in this clone.
    pub fn merge_base(&self, one: &Revision, other: &Revision) -> Result<Revision, HistoryError> {
        let of = |revision: &Revision| ObjectId::from_hex(revision.id.as_bytes()).ok();
        let base = of(one).zip(of(other)).and_then(|(a, b)| {
            self.with(|git| Some(git.merge_base(a, b).ok()??.detach().to_hex().to_string()))
        });
        match base {
            Some(id) => self.commit(&id),
            None => {
                let why = if self.is_shallow() { " in this shallow clone" } else { "" };
                Err(HistoryError::Unrelated(one.name.clone(), other.name.clone(), why))
            }
        }
    }

    /// The main branch: what `origin/HEAD` points to, else `main` or `master`, of here or of `origin`.
    ///
    /// # Errors
    /// Where there is none of them.
    pub fn main_branch(&self) -> Result<Revision, HistoryError> {
        let usual = ["origin/HEAD", "main", "origin/main", "master", "origin/master"];
        let found = usual.iter().find_map(|name| {
            let exists = self.with(|git| git.try_find_reference(*name).ok().flatten().is_some());
            exists.then(|| self.revision(name).ok()).flatten()
        });
        found.ok_or(HistoryError::NoMainBranch)
    }

    /// The short names of all branches and tags, sorted: `main`, `origin/main`, `v1.0`.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.with(|git| {
            let Ok(references) = git.references() else { return Vec::new() };
            let Ok(all) = references.all() else { return Vec::new() };
            let all = all.filter_map(Result::ok);
            let named = all.filter(|r| {
                let name = r.name().as_bstr();
                [&b"refs/heads/"[..], b"refs/tags/", b"refs/remotes/"].iter().any(|p| name.starts_with(p))
            });
            named.filter_map(|r| r.name().shorten().to_str().ok().map(str::to_owned)).collect()
        });
        names.sort();
        names.dedup();
        names
    }

    /// The bytes of a blob.
    pub(super) fn blob(&self, id: BlobId) -> Result<Vec<u8>, ReadError> {
        self.with(|git| match git.try_find_object(id.0) {
            Ok(Some(mut object)) if object.kind == Kind::Blob => Ok(std::mem::take(&mut object.data)),
            Ok(Some(_)) => Err(ReadError::NotAFile),
            Ok(None) => Err(absent("file")),
            Err(error) => Err(ReadError::Io(reason(&error))),
        })
    }

    /// What the folder `id` holds.
    pub(super) fn entries(&self, id: ObjectId) -> Result<Arc<Entries>, ReadError> {
        if let Some(known) = self.trees().get(&id) {
            return Ok(Arc::clone(known));
        }
        let read = self.with(|git| match git.try_find_object(id) {
            Ok(Some(object)) if object.kind == Kind::Tree => {
                entries::entries(&object.data, git.object_hash()).map_err(ReadError::Io)
            }
            Ok(Some(_)) => Err(ReadError::NotAFile),
            Ok(None) => Err(absent("folder")),
            Err(error) => Err(ReadError::Io(reason(&error))),
        });
        let entries = Arc::new(read?);
        let mut trees = self.trees();
        if trees.len() >= MOST_TREES {
            trees.clear();
        }
        trees.insert(id, Arc::clone(&entries));
        Ok(entries)
    }

    /// No blob, but of the kind of hash that this repository uses.
    pub(super) fn no_blob(&self) -> BlobId {
        BlobId(ObjectId::null(self.with(|git| git.object_hash())))
    }

    fn trees(&self) -> MutexGuard<'_, FxHashMap<ObjectId, Arc<Entries>>> {
        self.trees.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For work that has its own handle on each thread.
    pub(super) fn shared(&self) -> &gix::ThreadSafeRepository {
        &self.shared
    }

    /// Has `work` done with a handle that no other thread uses meanwhile.
    fn with<T>(&self, work: impl FnOnce(&gix::Repository) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let git = taken.unwrap_or_else(|| self.shared.to_thread_local());
        let done = work(&git);
        idle().push(git);
        done
    }
}

/// A clone may have been made without some objects; they are not fetched.
fn absent(what: &str) -> ReadError {
    ReadError::Io(format!("the {what} is not in this clone of the repository (is it a partial clone?)"))
}

fn unknown(git: &gix::Repository, name: &str, error: &gix::Error) -> HistoryError {
    use gix::revision::spec::parse::Error;
    if matches!(git.head().map(|head| head.is_unborn()), Ok(true)) && name == "HEAD" {
        return HistoryError::Empty;
    }
    let ambiguous =
        error.downcast_any_ref::<Error>().filter(|e| !matches!(e, Error::MissingReference { .. }));
    match ambiguous {
        Some(found) => {
            let reason = found.to_string().lines().collect::<Vec<_>>().join(" ");
            HistoryError::Ambiguous { name: name.to_owned(), reason }
        }
        None => HistoryError::Unknown(name.to_owned()),
    }
}

/// The commit that `id` is or that it tags; `name` is what it was asked for by.
pub(super) fn commit(git: &gix::Repository, id: ObjectId, name: &str) -> Result<Revision, HistoryError> {
    let missing = |error: gix::Error| HistoryError::Missing { name: name.to_owned(), reason: reason(&error) };
    let object = git.find_object(id).map_err(missing)?.peel_tags_to_end().map_err(missing)?;
    if object.kind != Kind::Commit {
        return Err(HistoryError::NotACommit { name: name.to_owned(), kind: object.kind.to_string() });
    }
    let commit = object.try_into_commit().map_err(missing)?;
    let subject = commit.message_raw_sloppy().lines().next().unwrap_or_default().to_str_lossy().into_owned();
    Ok(Revision {
        name: name.to_owned(),
        id: commit.id().to_hex().to_string(),
        time: commit.time().map_err(missing)?.seconds,
        subject,
        author: commit.author().map(|author| author.name.to_str_lossy().into_owned()).unwrap_or_default(),
        parents: commit.parent_ids().map(|parent| parent.to_hex().to_string()).collect(),
        tree: commit.tree_id().map_err(missing)?.detach(),
    })
}
