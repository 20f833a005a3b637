//! What the files of the past are called today.

use std::{collections::BTreeMap, sync::Arc};

use rustc_hash::FxHashMap;

use super::{Commit, Delta, Id};

/// A file's path at some commit → its path at the tip. What is not there is called the same.
type Names = BTreeMap<String, String>;

/// For each of `commits`, of which the newest stands first, the files that it changes under the paths that they have at the
/// tip, sorted, none twice. A file that is gone by then keeps its last path.
///
/// Where two branches rename a file differently, what they have in common goes by the name on the one that was committed to last.
pub fn files_of_today(commits: &[Commit], deltas: &[Delta]) -> Vec<Vec<String>> {
    let mut names: FxHashMap<Id, Arc<Names>> = FxHashMap::default();
    let mut all = Vec::with_capacity(commits.len());
    for (commit, delta) in commits.iter().zip(deltas) {
        let own = names.remove(&commit.id).unwrap_or_default();
        let today = |path: &String| own.get(path).unwrap_or(path).clone();
        let mut files: Vec<String> = delta.changes.iter().map(|change| today(&change.path)).collect();
        files.sort();
        files.dedup();
        all.push(files);
        for (parent, renames) in commit.parents.iter().zip(&delta.renames) {
            names.entry(*parent).or_insert_with(|| before(&own, renames));
        }
    }
    all
}

/// The names before some files were renamed.
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
    use crate::commits::Change;

    fn commit(name: u8, parents: &[u8]) -> Commit {
        let id = |digit: u8| Id::Sha1([digit; 20]);
        let parents = parents.iter().map(|p| id(*p)).collect();
        Commit { id: id(name), parents, tree: id(0), time: 0, subject: String::new(), cut: false }
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
        let commits = [commit(5, &[4, 3]), commit(4, &[2]), commit(3, &[2]), commit(2, &[1]), commit(1, &[])];
        let deltas = [
            // The merge of a branch that renamed `b` to `c`.
            delta(&[], &[&[("b", "c")], &[]]),
            delta(&["b"], &[&[]]),
            delta(&["c"], &[&[("b", "c")]]),
            // `a` and `b` trade places.
            delta(&["a", "b"], &[&[("a", "b"), ("b", "a")]]),
            delta(&["a", "b"], &[]),
        ];
        let files = files_of_today(&commits, &deltas);
        assert_eq!(files, [vec![], vec!["c"], vec!["c"], vec!["a", "c"], vec!["a", "c"]]);
    }
}
