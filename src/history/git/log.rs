//! The commits behind a revision, and which files each changes.
//!
//! Times are the committers', since those order commits as they came to be here; an author's time may be years older.
//!
//! Invariants: children stand before their parents; among those that may stand in either order, the newer first, then by id. The
//! same objects give the same log. What the commits at which a shallow clone ends changed is not known, and so they change nothing.

mod changes;
mod follow;
mod renames;

use std::collections::{BTreeSet, BinaryHeap, VecDeque};

use gix::ObjectId;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{HistoryError, Repository, Revision, error::reason, repository::commit};

pub use changes::{Change, Delta};
pub use follow::files_of_today;

/// Which commits to take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// Follow only the first parent of each: the line of the branch itself, where a merge stands for all that it brings.
    pub first_parent: bool,
    /// None older than this, in seconds of UTC.
    pub since: Option<i64>,
    /// At most so many, the newest.
    pub last: Option<usize>,
}

/// Commits, as the module describes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The newest first.
    pub revisions: Vec<Revision>,
    /// The ids of those whose parents are not in this clone.
    pub cut: BTreeSet<String>,
    /// As asked for.
    pub first_parent: bool,
}

impl Repository {
    /// The commits that `tip` was built on, itself included.
    ///
    /// # Errors
    /// Where one of them cannot be read.
    pub fn log(&self, tip: &Revision, span: Span) -> Result<Log, HistoryError> {
        let git = self.shared().to_thread_local();
        let (revisions, mut cut) = reachable(&git, tip, span.first_parent)?;
        let mut revisions = in_order(revisions);
        revisions.retain(|revision| span.since.is_none_or(|since| revision.time >= since));
        revisions.truncate(span.last.unwrap_or(usize::MAX));
        cut.retain(|id| revisions.iter().any(|revision| revision.id == *id));
        Ok(Log { revisions, cut, first_parent: span.first_parent })
    }

    /// What each commit of `log` changes, in its order. On all threads; `done` is told of each.
    ///
    /// # Errors
    /// Where a folder cannot be read.
    pub fn deltas(&self, log: &Log, done: &(dyn Fn() + Sync)) -> Result<Vec<Delta>, HistoryError> {
        changes::deltas(self.shared(), log, done)
    }

    /// The paths, sorted, at which two revisions differ; renames are not looked for.
    ///
    /// # Errors
    /// Where a folder cannot be read.
    pub fn differing(&self, one: &Revision, other: &Revision) -> Result<Vec<String>, HistoryError> {
        changes::differing(&self.shared().to_thread_local(), one, other)
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

/// Children first; among those that are free, the newest.
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
