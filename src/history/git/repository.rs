//! A repository: its revisions, and the objects that they consist of.

use std::{
    io,
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

/// The maximum size of an object that is read; a small pack can claim to contain an object that
/// would exhaust the memory.
const MOST_BYTES: u32 = 512 << 20;
/// The maximum number of folders kept in memory; a history of a thousand commits has about ten
/// thousand.
const MOST_TREES: usize = 100_000;
/// The maximum length of a chain of tags.
const MOST_TAGS: usize = 64;

/// The id of the content of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(pub(super) ObjectId);

impl BlobId {
    /// Returns the id that git would assign to `bytes`, with the same hash function as this id.
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
    /// The name under which the revision was requested: `main`, `HEAD~3`; its short id if it was
    /// not requested by name.
    pub name: String,
    /// The full id, in hexadecimal.
    pub id: String,
    /// The commit time, in seconds since 1970, UTC.
    pub time: i64,
    /// The first line of the commit message; bytes that are not UTF-8 are replaced.
    pub subject: String,
    /// The name of the author.
    pub author: String,
    /// The ids of the parents; the first is that of the branch to which the commit was made. In a
    /// shallow clone the parents may be missing.
    pub parents: Vec<String>,
    /// The root folder of the revision.
    pub(super) tree: ObjectId,
}

impl Revision {
    /// Returns the same commit under another name.
    #[must_use]
    pub fn called(self, name: String) -> Self {
        Self { name, ..self }
    }

    /// Returns the part of the id that identifies the commit for people.
    pub fn short(&self) -> &str {
        self.id.get(..10).unwrap_or(&self.id)
    }

    /// Returns the full id of the root folder, in hexadecimal.
    pub fn tree_id(&self) -> String {
        self.tree.to_hex().to_string()
    }

    /// Returns the day of the commit, in UTC.
    pub fn day(&self) -> Day {
        Day::of_unix_time(self.time.try_into().unwrap_or_default())
    }

    /// Returns a revision that is in no repository.
    #[cfg(test)]
    pub(crate) fn sample(id: &str, time: i64, subject: &str) -> Self {
        let tree = ObjectId::null(gix::hash::Kind::Sha1);
        let (name, id, subject) = (id.to_owned(), id.to_owned(), subject.to_owned());
        Self { name, id, time, subject, author: String::new(), parents: Vec::new(), tree }
    }
}

/// A git repository, opened for reading. It is cheap to share between threads.
pub struct Repository {
    shared: gix::ThreadSafeRepository,
    /// The handles that no thread is using; each has its own caches.
    idle: Mutex<Vec<gix::Repository>>,
    trees: Mutex<FxHashMap<ObjectId, Arc<Entries>>>,
}

impl std::fmt::Debug for Repository {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repository").field("git", &self.shared.git_dir()).finish_non_exhaustive()
    }
}

impl Repository {
    /// Opens the repository that contains `folder`. Only configuration in the repository itself has
    /// an effect, neither the environment nor the user's configuration, and no program named in it
    /// is executed.
    ///
    /// # Errors
    /// Returns an error if there is no repository, or it cannot be opened.
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
        match foreign_references(&shared.to_thread_local()) {
            Some(format) => Err(HistoryError::References(format)),
            None => Ok(Self { shared, idle: Mutex::default(), trees: Mutex::default() }),
        }
    }

    /// Returns whether the repository is a partial clone, whose missing objects Git fetches on
    /// demand.
    pub fn is_partial(&self) -> bool {
        self.with(|git| {
            let config = git.config_snapshot();
            let remotes = config.plumbing().sections_by_name("remote").into_iter().flatten();
            let names: Vec<String> = remotes
                .filter_map(|remote| Some(remote.header().subsection_name()?.to_str_lossy().into_owned()))
                .collect();
            let is_promisor =
                |name: &String| config.boolean(format!("remote.{name}.promisor").as_str()) == Some(true);
            config.string("extensions.partialClone").is_some() || names.iter().any(is_promisor)
        })
    }

    /// Returns the folder of the checked out files; `None` for a bare repository.
    pub fn work_tree(&self) -> Option<PathBuf> {
        self.shared.work_dir().map(Path::to_owned)
    }

    /// Returns the folder of the objects and references: `.git`, or a bare repository itself.
    pub fn git_dir(&self) -> PathBuf {
        self.shared.git_dir().to_owned()
    }

    /// Returns whether the clone is shallow: the parents of some commit are missing.
    pub fn is_shallow(&self) -> bool {
        self.with(|git| git.is_shallow().unwrap_or(false))
    }

    /// Returns the commit that is checked out.
    ///
    /// # Errors
    /// Returns [`HistoryError::Empty`] if there is no commit yet.
    pub fn head(&self) -> Result<Revision, HistoryError> {
        let unborn = self.with(|git| git.head().map(|head| head.is_unborn()));
        match unborn {
            Ok(true) => Err(HistoryError::Empty),
            Ok(false) => self.revision("HEAD"),
            Err(error) => Err(HistoryError::Unreadable(reason(&error))),
        }
    }

    /// Returns the commit that `name` refers to: a branch, a tag, an id or a prefix of one,
    /// `HEAD~3` and all other syntax of git.
    ///
    /// # Errors
    /// Returns an error if the name is unknown or ambiguous, or refers to an object that is not a
    /// commit or not in this clone.
    pub fn revision(&self, name: &str) -> Result<Revision, HistoryError> {
        self.with(|git| {
            let id = resolve(git, name)?;
            commit(git, id, name)
        })
    }

    /// Returns the commit with the id `id`, such as one of [`Revision::parents`].
    ///
    /// # Errors
    /// Returns [`HistoryError::Missing`] if the commit is not in this clone.
    pub fn commit(&self, id: &str) -> Result<Revision, HistoryError> {
        let parsed = ObjectId::from_hex(id.as_bytes()).map_err(|_| HistoryError::Unknown(id.to_owned()))?;
        self.with(|git| commit(git, parsed, id.get(..10).unwrap_or(id)))
    }

    /// Returns `newest` and its first-parent ancestors, the newest first; merged commits are
    /// represented by their merge. The list ends after `most` commits, at the first commit, or at
    /// the boundary of a shallow clone.
    ///
    /// # Errors
    /// Returns an error if a commit cannot be read although the clone is not shallow.
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

    /// Returns the best common ancestor of two commits: the point where one branched off the other.
    ///
    /// # Errors
    /// Returns an error if there is none in this clone.
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

    /// Returns the main branch: the target of `origin/HEAD`, else `main` or `master`, local or of
    /// `origin`.
    ///
    /// # Errors
    /// Returns an error if none of them exists.
    pub fn main_branch(&self) -> Result<Revision, HistoryError> {
        let usual = ["origin/HEAD", "main", "origin/main", "master", "origin/master"];
        let found = usual.iter().find_map(|name| {
            let exists = self.with(|git| git.try_find_reference(*name).ok().flatten().is_some());
            exists.then(|| self.revision(name).ok()).flatten()
        });
        found.ok_or(HistoryError::NoMainBranch)
    }

    /// Returns the short names of all branches and tags, sorted: `main`, `origin/main`, `v1.0`.
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
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Returns the bytes of a blob.
    pub(super) fn blob(&self, id: BlobId) -> Result<Vec<u8>, ReadError> {
        self.with(|git| match git.try_find_object(id.0) {
            Ok(Some(mut object)) if object.kind == Kind::Blob => Ok(std::mem::take(&mut object.data)),
            Ok(Some(_)) => Err(ReadError::NotAFile),
            Ok(None) => Err(absent(id.0)),
            Err(error) => Err(ReadError::Io(reason(&error))),
        })
    }

    /// Returns the entries of the folder `id`.
    pub(super) fn entries(&self, id: ObjectId) -> Result<Arc<Entries>, ReadError> {
        if let Some(known) = self.trees().get(&id) {
            return Ok(Arc::clone(known));
        }
        let read = self.with(|git| match git.try_find_object(id) {
            Ok(Some(object)) if object.kind == Kind::Tree => {
                entries::entries(&object.data, git.object_hash()).map_err(ReadError::Io)
            }
            Ok(Some(_)) => Err(ReadError::NotAFile),
            Ok(None) => Err(absent(id)),
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

    /// Returns the null id, of the kind of hash that this repository uses.
    pub(super) fn no_blob(&self) -> BlobId {
        BlobId(ObjectId::null(self.with(|git| git.object_hash())))
    }

    fn trees(&self) -> MutexGuard<'_, FxHashMap<ObjectId, Arc<Entries>>> {
        self.trees.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the shared repository, for work that creates a handle for each thread.
    pub(super) fn shared(&self) -> &gix::ThreadSafeRepository {
        &self.shared
    }

    /// Calls `work` with a handle that no other thread uses in the meantime.
    fn with<T>(&self, work: impl FnOnce(&gix::Repository) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let git = taken.unwrap_or_else(|| self.shared.to_thread_local());
        let done = work(&git);
        idle().push(git);
        done
    }
}

/// Returns the id of the object that the revision `name` refers to.
///
/// gix panics if it follows a damaged tag, or a damaged commit to its tree, and `name` may require
/// that (`v1~2`, `HEAD^{tree}`). Therefore the part of `name` that can be a tag is followed here
/// first, and no tree is requested.
fn resolve(git: &gix::Repository, name: &str) -> Result<ObjectId, HistoryError> {
    if name.contains("^{tree}") {
        return Err(HistoryError::NotACommit { name: name.to_owned(), kind: Kind::Tree.to_string() });
    }
    let end = name.find(['^', '~', '@', ':']).filter(|end| *end > 0);
    if let Some(start) = end.and_then(|end| git.rev_parse_single(&name[..end]).ok()) {
        let tagged = git.find_object(start).and_then(untagged);
        tagged.map_err(|error| HistoryError::Unreadable(reason(&error)))?;
    }
    git.rev_parse_single(name).map(gix::Id::detach).map_err(|error| unknown(git, name, &error))
}

/// Returns the object at the end of a chain of tags.
fn untagged(mut object: gix::Object<'_>) -> Result<gix::Object<'_>, gix::Error> {
    let git = object.repo;
    for _ in 0..MOST_TAGS {
        if object.kind != Kind::Tag {
            return Ok(object);
        }
        let target = object.try_to_tag_ref()?.target();
        object = git.find_object(target)?;
    }
    Err(gix::Error::from_error(io::Error::other("the chain of tags is too long")))
}

/// Returns the error for an object that a partial clone lacks; missing objects are not fetched.
fn absent(id: ObjectId) -> ReadError {
    ReadError::Absent(id.to_hex().to_string())
}

/// Returns the format of the references if gix does not support it.
fn foreign_references(git: &gix::Repository) -> Option<String> {
    let format = git.config_snapshot().string("extensions.refStorage")?.to_string();
    // Git allows a location behind a colon for some formats.
    (!format.split(':').next().unwrap_or_default().eq_ignore_ascii_case("files")).then_some(format)
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

/// Returns the commit that `id` refers to, directly or through a tag; `name` is the requested name.
pub(super) fn commit(git: &gix::Repository, id: ObjectId, name: &str) -> Result<Revision, HistoryError> {
    let missing = |error: gix::Error| HistoryError::Missing { name: name.to_owned(), reason: reason(&error) };
    let object = git.find_object(id).and_then(untagged).map_err(missing)?;
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
