//! The commits of a repository: which there are, when they were made, and which files they change.
//!
//! All is read from git's objects by gix; nothing is checked out and no git program is started. Times are the committers', in
//! seconds of UTC, since those order commits as they came to be here; an author's time may be years older.
//!
//! Invariants: children stand before their parents; among those that may stand in either order, the newer first, then by id. The
//! same objects give the same list. A commit whose parents were not fetched (a shallow clone) has none here, and says so: what it
//! changed is not known.
//!
//! Deliberate absence: authors. Who changed what is nobody's business here.

mod changes;
mod follow;
mod renames;

use std::collections::{BinaryHeap, VecDeque};

use anyhow::Context as _;
use rustc_hash::FxHashMap;

pub use changes::{Change, Delta, deltas};
pub use follow::files_of_today;

/// The name of an object.
pub type Id = gix::ObjectId;

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub id: Id,
    /// Those that it follows; none for a first one, and for one that is [cut off](Self::cut).
    pub parents: Vec<Id>,
    /// The folder that it holds.
    pub tree: Id,
    /// When it was committed: seconds of UTC since the beginning of 1970; negative before.
    pub time: i64,
    /// The first line of its message; what is not UTF-8 in it is replaced.
    pub subject: String,
    /// Whether it has parents that are not in this repository.
    pub cut: bool,
}

impl Commit {
    /// The first digits of its name, as people quote it.
    pub fn short(&self) -> String {
        self.id.to_hex_with_len(SHORT).to_string()
    }
}

/// So many digits tell apart the commits of all but the largest repositories.
const SHORT: usize = 9;

/// Which commits to take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// Follow only the first parent of each: the line of the branch itself, without what was merged into it.
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
    pub commits: Vec<Commit>,
    /// Whether the repository holds less than all there was: a shallow clone that the log runs into.
    pub shallow: bool,
}

/// The commits that `tip` follows, itself included.
///
/// # Errors
/// Where `tip`, or one that it follows, cannot be read.
pub fn log(repository: &gix::Repository, tip: Id, span: Span) -> anyhow::Result<Log> {
    let mut commits = in_order(reachable(repository, tip, span.first_parent)?);
    commits.retain(|commit| span.since.is_none_or(|since| commit.time >= since));
    commits.truncate(span.last.unwrap_or(usize::MAX));
    let shallow = commits.iter().any(|commit| commit.cut);
    Ok(Log { commits, shallow })
}

fn reachable(repository: &gix::Repository, tip: Id, first_parent: bool) -> anyhow::Result<Vec<Commit>> {
    let shallow =
        repository.shallow_commits().context("the list of commits without parents cannot be read")?;
    let is_cut = |id: &Id| shallow.as_ref().is_some_and(|ids| ids.binary_search(id).is_ok());
    let mut seen = rustc_hash::FxHashSet::from_iter([tip]);
    let mut pending = VecDeque::from([tip]);
    let mut commits = Vec::new();
    while let Some(id) = pending.pop_front() {
        let mut commit = read(repository, id).with_context(|| format!("the commit {id} cannot be read"))?;
        if is_cut(&id) {
            commit.cut = !commit.parents.is_empty();
            commit.parents.clear();
        }
        let followed = if first_parent { 1 } else { usize::MAX };
        pending.extend(commit.parents.iter().take(followed).copied().filter(|parent| seen.insert(*parent)));
        commits.push(commit);
    }
    Ok(commits)
}

/// The commit of that name.
///
/// # Errors
/// Where there is none, or it is damaged.
pub fn read(repository: &gix::Repository, id: Id) -> anyhow::Result<Commit> {
    let commit = repository.find_commit(id)?;
    let message = commit.message_raw_sloppy();
    let first = message.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    Ok(Commit {
        id,
        parents: commit.parent_ids().map(gix::Id::detach).collect(),
        tree: commit.tree_id()?.detach(),
        time: commit.time()?.seconds,
        subject: String::from_utf8_lossy(first.unwrap_or_default()).trim().to_owned(),
        cut: false,
    })
}

/// Children first; among those that are free, the newest.
fn in_order(commits: Vec<Commit>) -> Vec<Commit> {
    let index: FxHashMap<Id, usize> = commits.iter().enumerate().map(|(i, c)| (c.id, i)).collect();
    let known = |commit: &Commit| -> Vec<usize> {
        commit.parents.iter().filter_map(|parent| index.get(parent).copied()).collect()
    };
    let mut children = vec![0_u32; commits.len()];
    for parent in commits.iter().flat_map(known) {
        children[parent] += 1;
    }
    let key = |i: usize| (commits[i].time, commits[i].id, i);
    let mut free: BinaryHeap<(i64, Id, usize)> =
        (0..commits.len()).filter(|i| children[*i] == 0).map(key).collect();
    let mut order = Vec::with_capacity(commits.len());
    while let Some((_, _, next)) = free.pop() {
        order.push(next);
        for parent in known(&commits[next]) {
            children[parent] -= 1;
            if children[parent] == 0 {
                free.push(key(parent));
            }
        }
    }
    let mut commits: Vec<Option<Commit>> = commits.into_iter().map(Some).collect();
    order.into_iter().filter_map(|i| commits[i].take()).collect()
}
