//! The files that a commit changes.
//!
//! The changes of a commit are the differences between its folder and its parent's. The changes of
//! a merge are the differences from all of its parents: a difference from only one parent was made
//! by commits on the other side and is counted there, once. If only first parents are followed
//! those commits are not listed, and all differences from the first parent count as changes of the
//! merge.

use std::{collections::BTreeSet, io, ops::ControlFlow};

use gix::{
    ObjectId,
    bstr::{BStr, BString},
    diff::tree::{Recorder, Visit, recorder::Change as Record, visit},
    objs::TreeRefIter,
};
use rayon::prelude::*;

use crate::base::files::Absent;

use super::{
    super::{HistoryError, Repository, Revision, error::reason},
    Log,
    renames::{self, File},
};

/// A file changed by a commit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The path in the repository after the commit, or before it if the commit deletes the file.
    /// Bytes that are not UTF-8 are replaced.
    pub path: String,
    /// The previous path, if the commit renames the file.
    pub from: Option<String>,
}

/// The changes of a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delta {
    /// The changed files, sorted by path.
    pub changes: Vec<Change>,
    /// For each parent, the files renamed since: the paths before and after.
    pub renames: Vec<Vec<(String, String)>>,
}

/// Returns the changes of each commit of `log`, in its order; a commit whose parents are missing
/// has no known changes.
pub(super) fn deltas(
    repository: &Repository,
    log: &Log,
    done: &(dyn Fn() + Sync),
) -> Result<Vec<Delta>, HistoryError> {
    let absent = repository.none_absent();
    let one = |git: &mut gix::Repository, revision: &Revision| {
        let delta = if log.cut.contains(&revision.id) {
            Ok(Delta::default())
        } else {
            let delta = delta(git, &absent, revision, log.first_parent);
            delta.map_err(|error| missing(repository, &revision.id, &error))
        };
        done();
        delta
    };
    let local = || local(repository.shared());
    let deltas: Vec<Delta> =
        log.revisions.par_iter().map_init(local, one).collect::<Result<_, HistoryError>>()?;
    // With a file missing, a rename may have been taken for a deletion.
    absent.complaint().map_or(Ok(deltas), |complaint| Err(HistoryError::Absent(complaint)))
}

fn missing(repository: &Repository, commit: &str, error: &gix::Error) -> HistoryError {
    let reason = format!("{}; {}", reason(error), repository.remedy());
    HistoryError::Missing { name: commit.to_owned(), reason }
}

/// Returns a handle for one thread, with a cache of folders, since consecutive commits share most
/// of them.
fn local(repository: &gix::ThreadSafeRepository) -> gix::Repository {
    let mut local = repository.to_thread_local();
    local.object_cache_size_if_unset(4 << 20);
    local
}

/// Returns the paths at which two revisions differ, sorted.
pub(super) fn differing(
    repository: &Repository,
    one: &Revision,
    other: &Revision,
) -> Result<Vec<String>, HistoryError> {
    let records = compare(&repository.shared().to_thread_local(), Some(one.tree), other.tree);
    let records = records.map_err(|error| missing(repository, &other.id, &error))?;
    let mut paths: Vec<String> =
        records.into_iter().filter_map(|record| Some(plain(record)?.0.to_string())).collect();
    paths.sort_unstable();
    paths.dedup();
    Ok(paths)
}

fn delta(
    git: &gix::Repository,
    absent: &Absent,
    revision: &Revision,
    first_parent: bool,
) -> Result<Delta, gix::Error> {
    let followed = if first_parent { 1 } else { revision.parents.len() };
    let mut steps = Vec::new();
    for parent in revision.parents.iter().take(followed) {
        let parent = gix::ObjectId::from_hex(parent.as_bytes())?;
        let tree = git.find_commit(parent)?.tree_id()?.detach();
        steps.push(step(git, absent, compare(git, Some(tree), revision.tree)?));
    }
    if steps.is_empty() {
        steps.push(step(git, absent, compare(git, None, revision.tree)?));
    }
    let mut all = steps.iter().map(Step::changes);
    let mut changes = all.next().unwrap_or_default();
    for others in all {
        changes.retain(|change| others.binary_search_by(|other| other.path.cmp(&change.path)).is_ok());
    }
    Ok(Delta { changes, renames: steps.iter().map(Step::spelled).collect() })
}

/// The differences between two folders.
struct Step {
    modified: Vec<BString>,
    gone: Vec<BString>,
    new: Vec<BString>,
    /// The paths before and after; neither is in the other lists.
    renamed: Vec<(BString, BString)>,
}

impl Step {
    /// Returns the changed files, sorted by path.
    fn changes(&self) -> Vec<Change> {
        let plain = self.modified.iter().chain(&self.gone).chain(&self.new);
        let plain = plain.map(|path| Change { path: path.to_string(), from: None });
        let renamed = self.spelled().into_iter().map(|(from, path)| Change { path, from: Some(from) });
        let mut changes: Vec<Change> = plain.chain(renamed).collect();
        changes.sort_unstable();
        changes
    }

    fn spelled(&self) -> Vec<(String, String)> {
        self.renamed.iter().map(|(from, to)| (from.to_string(), to.to_string())).collect()
    }
}

/// The maximum length in bytes of the paths of all differences between two folders, which suffices
/// for some two million files.
const MOST_CHANGES: usize = 200 << 20;

/// Records differences up to a bound.
struct Bounded {
    recorder: Recorder,
    /// The number of bytes of paths that may follow.
    left: usize,
}

impl Visit for Bounded {
    fn pop_front_tracked_path_and_set_current(&mut self) {
        self.recorder.pop_front_tracked_path_and_set_current();
    }

    fn push_back_tracked_path_component(&mut self, component: &BStr) {
        self.recorder.push_back_tracked_path_component(component);
    }

    fn push_path_component(&mut self, component: &BStr) {
        self.recorder.push_path_component(component);
    }

    fn pop_path_component(&mut self) {
        self.recorder.pop_path_component();
    }

    fn visit(&mut self, change: visit::Change) -> visit::Action {
        const OVERHEAD: usize = 64;
        self.left = self.left.saturating_sub(self.recorder.path().len() + OVERHEAD);
        if self.left == 0 {
            return ControlFlow::Break(());
        }
        self.recorder.visit(change)
    }
}

fn compare(
    git: &gix::Repository,
    before: Option<ObjectId>,
    after: ObjectId,
) -> Result<Vec<Record>, gix::Error> {
    let before = before.map(|id| git.find_tree(id)).transpose()?;
    let after = git.find_tree(after)?;
    let mut changes = Bounded { recorder: Recorder::default(), left: MOST_CHANGES };
    gix::diff::tree(
        TreeRefIter::from_bytes(before.as_ref().map_or(&[], |tree| &tree.data), after.id.kind()),
        TreeRefIter::from_bytes(&after.data, after.id.kind()),
        gix::diff::tree::State::default(),
        &git.objects,
        &mut changes,
    )
    .map_err(|error| match changes.left {
        0 => gix::Error::from_error(io::Error::other("the revisions differ in too many files")),
        _ => gix::Error::from_error(error),
    })?;
    Ok(changes.recorder.records)
}

/// The kind of a change of a file.
enum Fate {
    New,
    Gone,
    Modified,
}

/// Returns the path, the content and the kind of change of a file; `None` for a folder, whose files
/// have records of their own. A submodule counts as modified, since its commit is in another
/// repository, so that it cannot be compared.
fn plain(record: Record) -> Option<(BString, ObjectId, Fate)> {
    let (path, content, mode, fate) = match record {
        Record::Addition { path, oid, entry_mode, .. } => (path, oid, entry_mode, Fate::New),
        Record::Deletion { path, oid, entry_mode, .. } => (path, oid, entry_mode, Fate::Gone),
        Record::Modification { path, oid, entry_mode, .. } => (path, oid, entry_mode, Fate::Modified),
    };
    let fate = if mode.is_commit() { Fate::Modified } else { fate };
    (!mode.is_tree()).then_some((path, content, fate))
}

fn step(git: &gix::Repository, absent: &Absent, records: Vec<Record>) -> Step {
    let mut modified = Vec::new();
    let (mut gone, mut new): (Vec<File>, Vec<File>) = Default::default();
    for (path, content, fate) in records.into_iter().filter_map(plain) {
        match fate {
            Fate::New => new.push((path, content)),
            Fate::Gone => gone.push((path, content)),
            Fate::Modified => modified.push(path),
        }
    }
    gone.sort_unstable();
    new.sort_unstable();
    let renamed = renames::pair(git, absent, &gone, &new);
    let paths = |files: Vec<File>| files.into_iter().map(|(path, _)| path);
    let (from, to): (BTreeSet<&BString>, BTreeSet<&BString>) = renamed.iter().map(|(a, b)| (a, b)).unzip();
    Step {
        modified,
        gone: paths(gone).filter(|path| !from.contains(path)).collect(),
        new: paths(new).filter(|path| !to.contains(path)).collect(),
        renamed,
    }
}
