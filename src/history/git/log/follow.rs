//! The present paths of files of the past.

use std::{collections::BTreeMap, sync::Arc};

use rustc_hash::FxHashMap;

use super::{Delta, Log};

/// The path of a file at the tip, by its path at some commit. Files that are not in the map have
/// the same path.
type Names = BTreeMap<String, String>;

/// Returns, for each commit of `log` with its `deltas`, the files that it changes, under their
/// paths at the tip, sorted and without duplicates. A deleted file keeps its last path.
///
/// If two branches rename a file differently, the commits common to both use the path on the branch
/// that was committed to last.
pub fn files_of_today(log: &Log, deltas: &[Delta]) -> Vec<Vec<String>> {
    let mut names: FxHashMap<&str, Arc<Names>> = FxHashMap::default();
    let mut all = Vec::with_capacity(log.revisions.len());
    for (revision, delta) in log.revisions.iter().zip(deltas) {
        let own = names.remove(revision.id.as_str()).unwrap_or_default();
        let today = |path: &String| own.get(path).unwrap_or(path).clone();
        let mut files: Vec<String> = delta.changes.iter().map(|change| today(&change.path)).collect();
        files.sort_unstable();
        files.dedup();
        all.push(files);
        for (parent, renames) in revision.parents.iter().zip(&delta.renames) {
            names.entry(parent).or_insert_with(|| before(&own, renames));
        }
    }
    all
}

/// Returns the names before some files were renamed.
fn before(after: &Arc<Names>, renames: &[(String, String)]) -> Arc<Names> {
    if renames.is_empty() {
        return Arc::clone(after);
    }
    let mut names = Names::clone(after);
    for (_, new) in renames {
        names.remove(new);
    }
    let old = |(old, new): &(String, String)| (old.clone(), after.get(new).unwrap_or(new).clone());
    names.extend(renames.iter().map(old));
    Arc::new(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::git::{Revision, log::Change};

    fn revision(id: &str, parents: &[&str]) -> Revision {
        let parents = parents.iter().map(|p| (*p).to_owned()).collect();
        Revision { parents, ..Revision::sample(id, 0, "") }
    }

    fn delta(changes: &[&str], renames: &[&[(&str, &str)]]) -> Delta {
        let change = |path: &&str| Change { path: (*path).to_owned(), from: None };
        let pair = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
        Delta {
            changes: changes.iter().map(change).collect(),
            renames: renames.iter().map(|r| r.iter().map(pair).collect()).collect(),
        }
    }

    #[test]
    fn names_are_followed_through_swaps_and_merges() {
        let graph = [("5", &["4", "3"][..]), ("4", &["2"]), ("3", &["2"]), ("2", &["1"]), ("1", &[])];
        let revisions = graph.iter().map(|(id, parents)| revision(id, parents)).collect();
        let log = Log { revisions, ..Log::default() };
        let deltas = [
            // The merge of a branch that renamed `b` to `c`.
            delta(&[], &[&[("b", "c")], &[]]),
            delta(&["b"], &[&[]]),
            delta(&["c"], &[&[("b", "c")]]),
            // `a` and `b` are swapped.
            delta(&["a", "b"], &[&[("a", "b"), ("b", "a")]]),
            delta(&["a", "b"], &[]),
        ];
        let files = files_of_today(&log, &deltas);
        assert_eq!(files, [vec![], vec!["c"], vec!["c"], vec!["a", "c"], vec!["a", "c"]]);
    }
}
