//! The ancestors of a revision, and the files that each commit changes.
//!
//! Times are commit times, since they order commits as they were added to the history; the author
//! time may be years earlier.
//!
//! Invariants: children come before their parents; commits that could be in either order are sorted
//! with the newer first, then by id. The same objects yield the same log. The changes of the
//! commits at which a shallow clone ends are unknown, so these commits have no changes.

mod changes;
mod follow;
mod renames;

use std::collections::{BTreeSet, BinaryHeap, VecDeque};

use gix::ObjectId;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{HistoryError, Repository, Revision, error::reason, repository::commit};

pub use changes::{Change, Delta};
pub use follow::files_of_today;

/// The range of commits to list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// Whether to follow only the first parent of each commit: the history of the branch itself, in
    /// which a merge represents everything that it merges.
    pub first_parent: bool,
    /// The earliest time of a commit, in seconds of UTC.
    pub since: Option<i64>,
    /// The maximum number of commits; the newest are kept.
    pub last: Option<usize>,
}

/// A list of commits, as the module's documentation describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The commits, the newest first.
    pub revisions: Vec<Revision>,
    /// The ids of the commits whose parents are not in this clone.
    pub cut: BTreeSet<String>,
    /// Whether only first parents were followed.
    pub first_parent: bool,
}

impl Repository {
    /// Returns `tip` and its ancestors.
    ///
    /// # Errors
    /// Returns an error if a commit cannot be read.
    pub fn log(&self, tip: &Revision, span: Span) -> Result<Log, HistoryError> {
        let git = self.shared().to_thread_local();
        let (revisions, mut cut) = reachable(&git, tip, span.first_parent)?;
        let mut revisions = in_order(revisions);
        revisions.retain(|revision| span.since.is_none_or(|since| revision.time >= since));
        revisions.truncate(span.last.unwrap_or(usize::MAX));
        cut.retain(|id| revisions.iter().any(|revision| revision.id == *id));
        Ok(Log { revisions, cut, first_parent: span.first_parent })
    }

    /// Returns the changes of each commit of `log`, in its order. All threads are used; `done` is
    /// called after each commit.
    ///
    /// # Errors
    /// Returns an error if a folder cannot be read, or if the clone lacks a file that must be compared
    /// to tell whether it was renamed.
    pub fn deltas(&self, log: &Log, done: &(dyn Fn() + Sync)) -> Result<Vec<Delta>, HistoryError> {
        changes::deltas(self, log, done)
    }

    /// Returns the paths, sorted, at which two revisions differ. Renames are not detected.
    ///
    /// # Errors
    /// Returns an error if a folder cannot be read.
    pub fn differing(&self, one: &Revision, other: &Revision) -> Result<Vec<String>, HistoryError> {
        changes::differing(self, one, other)
    }
}

fn reachable(
    git: &gix::Repository,
    tip: &Revision,
    first_parent: bool,
) -> Result<(Vec<Revision>, BTreeSet<String>), HistoryError> {
    let shallow = git.shallow_commits().map_err(|error| HistoryError::Unreadable(reason(&error)))?;
    let is_cut = |id: &ObjectId| shallow.as_ref().is_some_and(|ids| ids.binary_search(id).is_ok());
    let tip = id(&tip.id)?;
    let mut seen = FxHashSet::from_iter([tip]);
    let mut pending = VecDeque::from([tip]);
    let (mut revisions, mut cut) = (Vec::new(), BTreeSet::new());
    while let Some(next) = pending.pop_front() {
        let revision = commit(git, next, &next.to_hex_with_len(10).to_string())?;
        if is_cut(&next) && !revision.parents.is_empty() {
            cut.insert(revision.id.clone());
        } else {
            let followed = if first_parent { 1 } else { usize::MAX };
            for parent in revision.parents.iter().take(followed) {
                let parent = id(parent)?;
                if seen.insert(parent) {
                    pending.push_back(parent);
                }
            }
        }
        revisions.push(revision);
    }
    Ok((revisions, cut))
}

fn id(hex: &str) -> Result<ObjectId, HistoryError> {
    ObjectId::from_hex(hex.as_bytes()).map_err(|_| HistoryError::Unknown(hex.to_owned()))
}

/// Sorts children before parents; of the commits that could come next, the newest comes first.
fn in_order(revisions: Vec<Revision>) -> Vec<Revision> {
    let index: FxHashMap<&str, usize> =
        revisions.iter().enumerate().map(|(i, r)| (r.id.as_str(), i)).collect();
    let known: Vec<Vec<usize>> = revisions
        .iter()
        .map(|revision| revision.parents.iter().filter_map(|p| index.get(p.as_str()).copied()).collect())
        .collect();
    let mut children = vec![0_u32; revisions.len()];
    for parent in known.iter().flatten() {
        children[*parent] += 1;
    }
    let key = |i: usize| (revisions[i].time, revisions[i].id.as_str(), i);
    let mut free: BinaryHeap<(i64, &str, usize)> =
        (0..revisions.len()).filter(|i| children[*i] == 0).map(key).collect();
    let mut order = Vec::with_capacity(revisions.len());
    while let Some((_, _, next)) = free.pop() {
        order.push(next);
        for parent in &known[next] {
            children[*parent] -= 1;
            if children[*parent] == 0 {
                free.push(key(*parent));
            }
        }
    }
    let mut revisions: Vec<Option<Revision>> = revisions.into_iter().map(Some).collect();
    order.into_iter().filter_map(|i| revisions[i].take()).collect()
}
