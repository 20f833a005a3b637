//! Which files a commit changes.
//!
//! A commit changes what differs between its folder and its parent's. A merge changes what differs from each of its parents:
//! what it brings from one of them was changed by the commits behind that one, and counts there, once. Where only first
//! parents are followed there are no such commits, and a merge changes all that it brings.

use std::collections::BTreeSet;

use gix::{
    ObjectId,
    bstr::BString,
    diff::tree::{Recorder, recorder::Change as Record},
    objs::TreeRefIter,
};
use rayon::prelude::*;

use super::{
    super::{HistoryError, Revision, error::reason},
    Log,
    renames::{self, File},
};

/// A file that a commit changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Its path in the repository after the commit, or before it where the commit takes it away. What is not UTF-8 is replaced.
    pub path: String,
    /// What it was called before, where the commit renames it.
    pub from: Option<String>,
}

/// What a commit changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delta {
    /// The files, by path.
    pub changes: Vec<Change>,
    /// For each parent, what was renamed since: before and after.
    pub renames: Vec<Vec<(String, String)>>,
}

/// What each commit of `log` changes, in its order; one that is cut off changes nothing that is known.
pub(super) fn deltas(
    repository: &gix::ThreadSafeRepository,
    log: &Log,
    done: &(dyn Fn() + Sync),
) -> Result<Vec<Delta>, HistoryError> {
    let one = |git: &mut gix::Repository, revision: &Revision| {
        let delta = if log.cut.contains(&revision.id) {
            Ok(Delta::default())
        } else {
            delta(git, revision, log.first_parent).map_err(|error| missing(&revision.id, &error))
        };
        done();
        delta
    };
    log.revisions.par_iter().map_init(|| local(repository), one).collect()
}

fn missing(commit: &str, error: &gix::Error) -> HistoryError {
    HistoryError::Missing { name: commit.to_owned(), reason: reason(error) }
}

/// A handle for one thread, which remembers the folders that it has read: the next commit has most of them too.
fn local(repository: &gix::ThreadSafeRepository) -> gix::Repository {
    let mut local = repository.to_thread_local();
    local.object_cache_size_if_unset(4 << 20);
    local
}

/// The paths at which two revisions differ, sorted.
pub(super) fn differing(
    git: &gix::Repository,
    one: &Revision,
    other: &Revision,
) -> Result<Vec<String>, HistoryError> {
    let records = compare(git, Some(one.tree), other.tree).map_err(|error| missing(&other.id, &error))?;
    let mut paths: Vec<String> =
        records.into_iter().filter_map(|record| Some(plain(record)?.0.to_string())).collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}

fn delta(git: &gix::Repository, revision: &Revision, first_parent: bool) -> Result<Delta, gix::Error> {
    let followed = if first_parent { 1 } else { revision.parents.len() };
    let mut steps = Vec::new();
    for parent in revision.parents.iter().take(followed) {
        let parent = gix::ObjectId::from_hex(parent.as_bytes())?;
        let tree = git.find_commit(parent)?.tree_id()?.detach();
        steps.push(step(git, compare(git, Some(tree), revision.tree)?));
    }
    if steps.is_empty() {
        steps.push(step(git, compare(git, None, revision.tree)?));
    }
    let mut all = steps.iter().map(Step::changes);
    let mut changes = all.next().unwrap_or_default();
    for others in all {
        changes.retain(|change| others.binary_search_by(|other| other.path.cmp(&change.path)).is_ok());
    }
    Ok(Delta { changes, renames: steps.iter().map(Step::spelled).collect() })
}

/// How two folders differ.
struct Step {
    modified: Vec<BString>,
    gone: Vec<BString>,
    new: Vec<BString>,
    /// Before and after; neither is in the other lists.
    renamed: Vec<(BString, BString)>,
}

impl Step {
    /// The files, by path.
    fn changes(&self) -> Vec<Change> {
        let plain = self.modified.iter().chain(&self.gone).chain(&self.new);
        let plain = plain.map(|path| Change { path: path.to_string(), from: None });
        let renamed = self.spelled().into_iter().map(|(from, path)| Change { path, from: Some(from) });
        let mut changes: Vec<Change> = plain.chain(renamed).collect();
        changes.sort();
        changes
    }

    fn spelled(&self) -> Vec<(String, String)> {
        self.renamed.iter().map(|(from, to)| (from.to_string(), to.to_string())).collect()
    }
}

fn compare(
    git: &gix::Repository,
    before: Option<ObjectId>,
    after: ObjectId,
) -> Result<Vec<Record>, gix::Error> {
    let before = before.map(|id| git.find_tree(id)).transpose()?;
    let after = git.find_tree(after)?;
    let mut recorder = Recorder::default();
    gix::diff::tree(
        TreeRefIter::from_bytes(before.as_ref().map_or(&[], |tree| &tree.data), after.id.kind()),
        TreeRefIter::from_bytes(&after.data, after.id.kind()),
        gix::diff::tree::State::default(),
        &git.objects,
        &mut recorder,
    )
    .map_err(gix::Error::from_error)?;
    Ok(recorder.records)
}

/// What can happen to a file.
enum Fate {
    New,
    Gone,
    Modified,
}

/// The file, its content and what happened to it; `None` for a folder, whose files speak for themselves.
fn plain(record: Record) -> Option<(BString, ObjectId, Fate)> {
    let (path, content, mode, fate) = match record {
        Record::Addition { path, oid, entry_mode, .. } => (path, oid, entry_mode, Fate::New),
        Record::Deletion { path, oid, entry_mode, .. } => (path, oid, entry_mode, Fate::Gone),
        Record::Modification { path, oid, entry_mode, .. } => (path, oid, entry_mode, Fate::Modified),
    };
    (!mode.is_tree()).then_some((path, content, fate))
}

fn step(git: &gix::Repository, records: Vec<Record>) -> Step {
    let mut modified = Vec::new();
    let (mut gone, mut new): (Vec<File>, Vec<File>) = Default::default();
    for (path, content, fate) in records.into_iter().filter_map(plain) {
        match fate {
            Fate::New => new.push((path, content)),
            Fate::Gone => gone.push((path, content)),
            Fate::Modified => modified.push(path),
        }
    }
    gone.sort();
    new.sort();
    let renamed = renames::pair(git, &gone, &new);
    let paths = |files: Vec<File>| files.into_iter().map(|(path, _)| path);
    let (from, to): (BTreeSet<&BString>, BTreeSet<&BString>) = renamed.iter().map(|(a, b)| (a, b)).unzip();
    Step {
        modified,
        gone: paths(gone).filter(|path| !from.contains(path)).collect(),
        new: paths(new).filter(|path| !to.contains(path)).collect(),
        renamed,
    }
}
