//! Revisions that are judged by a configuration other than their own.

use std::path::Path;

use super::{refused, shop, shown};
use crate::support::program;

const STRICTER: &str =
    "[[forbid]]\nid = \"orders-know-no-domain\"\nfrom = \"shop::orders\"\nto = \"shop::domain\"\n";

/// Returns for each commit whether it breaks the rule of [`STRICTER`].
fn broken_by_commit(folder: &Path, arguments: &[&str]) -> Vec<bool> {
    let mut command = program();
    command.args(["history", "--format", "json"]).args(arguments).current_dir(folder);
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let commits = found["commits"].as_array().expect("a list").iter();
    commits.map(|commit| commit["findings"]["orders-know-no-domain"].as_u64() > Some(0)).collect()
}

/// A present rule finds the commit that first broke it.
#[test]
fn revisions_without_the_configuration_are_judged_by_the_one_that_is_given() {
    let git = shop();
    git.write("src/orders.rs", "");
    git.commit("orders stand alone");
    git.write("src/orders.rs", "use crate::domain::Order;\npub fn total(_: &Order) {}\n");
    git.commit("orders use the domain");
    git.write("ci/strict.toml", STRICTER);
    let text = shown(git.path(), &["HEAD~1..HEAD", "--config", "ci/strict.toml"]);
    assert!(text.contains("orders-know-no-domain"), "{text}");
    assert!(text.contains("`HEAD~1` is judged by `ci/strict.toml` of the work tree"), "{text}");
    let broken = broken_by_commit(git.path(), &["--config", "ci/strict.toml"]);
    assert_eq!(broken[broken.len() - 2..], [false, true]);

    // Files that it extends are read on disk, too.
    git.write("ci/more.toml", STRICTER);
    git.write("ci/strict.toml", "extends = [\"more.toml\"]\n");
    assert_eq!(broken_by_commit(git.path(), &["--config", "ci/strict.toml"]), broken);
}

#[test]
fn the_rules_of_the_work_tree_can_judge_revisions_that_have_their_own() {
    let git = shop();
    git.commit("with rules of its own");
    git.write("archlint.toml", STRICTER);
    assert_eq!(broken_by_commit(git.path(), &[]).last(), Some(&false));
    assert_eq!(broken_by_commit(git.path(), &["--rules-from", "work-tree"]).last(), Some(&true));
    let text = shown(git.path(), &["HEAD", "--rules-from", "work-tree"]);
    assert!(!text.contains("+ orders-know-no-domain"), "both sides break it: {text}");
    std::fs::remove_file(git.path().join("archlint.toml")).expect("it is there");
    let said = refused(git.path(), &["HEAD", "--rules-from", "work-tree"]);
    assert!(said.contains("has no `archlint.toml`") && said.contains("--config"), "{said}");
}
