//! Which files a commit changes.
//!
//! A commit changes what differs between its folder and its parent's. A merge changes what differs from each of its parents:
//! what it brings from one of them was changed by the commits behind that one, and counts there, once. Where only first
//! parents are followed there are no such commits, and a merge changes all that it brings.

use std::collections::BTreeSet;

use gix::{bstr::BString, objs::TreeRefIter};
use rayon::prelude::*;

use super::{
    Commit, Id,
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

/// What each of `commits` changes, in their order; a commit that is cut off changes nothing that is known. On all threads;
/// `done` is told of each.
///
/// # Errors
/// Where a folder of one cannot be read.
pub fn deltas(
    repository: &gix::ThreadSafeRepository,
    commits: &[Commit],
    first_parent: bool,
    done: &(dyn Fn() + Sync),
) -> anyhow::Result<Vec<Delta>> {
    let one = |repository: &mut gix::Repository, commit: &Commit| {
        let delta = delta(repository, commit, first_parent);
        done();
        delta.map_err(|error| error.context(format!("the files of commit {} cannot be read", commit.id)))
    };
    commits.par_iter().map_init(|| local(repository), one).collect()
}

/// A handle for one thread, which remembers the folders that it has read: the next commit has most of them too.
fn local(repository: &gix::ThreadSafeRepository) -> gix::Repository {
    let mut local = repository.to_thread_local();
    local.object_cache_size_if_unset(4 << 20);
    local
}

fn delta(repository: &gix::Repository, commit: &Commit, first_parent: bool) -> anyhow::Result<Delta> {
    if commit.cut {
        return Ok(Delta::default());
    }
    let followed = if first_parent { 1 } else { commit.parents.len() };
    if followed == 0 || commit.parents.is_empty() {
        let changes = compare(repository, None, commit.tree)?.changes();
        return Ok(Delta { changes, renames: Vec::new() });
    }
    let mut delta: Option<Delta> = None;
    for parent in &commit.parents[..followed] {
        let tree = repository.find_commit(*parent)?.tree_id()?.detach();
        let step = compare(repository, Some(tree), commit.tree)?;
        let (changes, renames) = (step.changes(), step.spelled());
        match &mut delta {
            None => delta = Some(Delta { changes, renames: vec![renames] }),
            Some(delta) => {
                delta.changes.retain(|c| changes.binary_search_by(|other| other.path.cmp(&c.path)).is_ok());
                delta.renames.push(renames);
            }
        }
    }
    Ok(delta.unwrap_or_default())
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

fn compare(repository: &gix::Repository, before: Option<Id>, after: Id) -> anyhow::Result<Step> {
    let before = before.map(|id| repository.find_tree(id)).transpose()?;
    let after = repository.find_tree(after)?;
    let mut recorder = gix::diff::tree::Recorder::default();
    gix::diff::tree(
        TreeRefIter::from_bytes(before.as_ref().map_or(&[], |tree| &tree.data), after.id.kind()),
        TreeRefIter::from_bytes(&after.data, after.id.kind()),
        gix::diff::tree::State::default(),
        &repository.objects,
        &mut recorder,
    )?;
    Ok(step(repository, recorder.records))
}

fn step(repository: &gix::Repository, records: Vec<gix::diff::tree::recorder::Change>) -> Step {
    use gix::diff::tree::recorder::Change as Record;
    let mut modified = Vec::new();
    let (mut gone, mut new): (Vec<File>, Vec<File>) = Default::default();
    for record in records {
        match record {
            Record::Addition { entry_mode, .. } | Record::Deletion { entry_mode, .. }
                if entry_mode.is_tree() => {}
            Record::Modification { entry_mode, .. } if entry_mode.is_tree() => {}
            Record::Addition { path, oid, .. } => new.push((path, oid)),
            Record::Deletion { path, oid, .. } => gone.push((path, oid)),
            Record::Modification { path, .. } => modified.push(path),
        }
    }
    gone.sort();
    new.sort();
    let renamed = renames::pair(repository, &gone, &new);
    let paths = |files: Vec<File>| files.into_iter().map(|(path, _)| path);
    let (from, to): (BTreeSet<&BString>, BTreeSet<&BString>) = renamed.iter().map(|(a, b)| (a, b)).unzip();
    Step {
        modified,
        gone: paths(gone).filter(|path| !from.contains(path)).collect(),
        new: paths(new).filter(|path| !to.contains(path)).collect(),
        renamed,
    }
}
