//! Repositories without some objects, and formats that are not read.

use std::path::Path;

use super::{PACKAGE, refused, shop, shown};
use crate::{history::git::Git, support::program};

/// Returns a partial clone that has only the content of checked out files.
fn partial_clone(of: &Git, filter: &str) -> tempfile::TempDir {
    of.run(&["config", "uploadpack.allowFilter", "true"]);
    of.run(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let clone = tempfile::tempdir().expect("a folder for the test");
    let (from, to) = (format!("file://{}", of.path().display()), clone.path().to_string_lossy().into_owned());
    of.run(&["clone", "--quiet", &format!("--filter={filter}"), &from, &to]);
    clone
}

/// Returns a shop with three commits that each change a file.
fn changed_shop() -> Git {
    let git = shop();
    for n in 0..3 {
        git.write("src/storage.rs", &format!("pub struct Table{n};\n"));
        git.commit("change the table");
    }
    git
}

#[test]
fn what_a_partial_clone_lacks_is_no_empty_file() {
    let git = changed_shop();
    for filter in ["blob:none", "tree:0"] {
        let clone = partial_clone(&git, filter);
        let said = refused(clone.path(), &["HEAD~2..HEAD", "--format", "json"]);
        assert!(said.contains("HEAD~2") && said.contains("not in this clone"), "{filter}: {said}");
        assert!(said.contains("`git fetch --refetch --no-filter`"), "{filter}: {said}");
        if filter == "blob:none" {
            let blob = git.run(&["rev-parse", "HEAD~2:src/storage.rs"]);
            assert!(said.contains(&format!("`src/storage.rs` ({})", blob.trim())), "{said}");
        }
        crate::history::git::run(clone.path(), &["fetch", "--quiet", "--refetch", "--no-filter"]);
        assert_eq!(
            shown(clone.path(), &["HEAD~2..HEAD"]),
            shown(git.path(), &["HEAD~2..HEAD"]),
            "{filter}: once it is fetched"
        );
    }
}

#[test]
fn what_a_partial_clone_lacks_is_a_gap_in_its_history() {
    let clone = partial_clone(&changed_shop(), "blob:none");
    let mut command = program();
    let output = command.args(["history", "--format", "json"]).current_dir(clone.path()).output();
    let output = output.expect("the program starts");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let commits = found["commits"].as_array().expect("a list");
    let gaps = commits.iter().filter_map(|commit| commit["unreadable"].as_str()).collect::<Vec<_>>();
    assert!(!gaps.is_empty() && gaps.len() < commits.len(), "HEAD is there: {found}");
    assert!(gaps.iter().all(|why| why.contains("not in this clone")), "{gaps:?}");
    assert!(commits.iter().all(|commit| commit["unreadable"].is_null() || commit["metrics"].is_null()));
}

/// A file that is moved and edited in one commit is the same file only by its lines.
#[test]
fn a_partial_clone_cannot_tell_what_was_renamed() {
    let git = shop();
    git.run(&["mv", "src/storage.rs", "src/store.rs"]);
    let text = "pub struct Table;\nimpl Table {\n    pub fn rows(&self) -> u64 {\n        1\n    }\n}\n";
    git.write("src/store.rs", text);
    git.commit("a better name");
    git.write("src/store.rs", "");
    git.commit("nothing is left");
    let coupling = |folder: &Path| {
        let output = program().args(["coupling", "--min-support", "1"]).current_dir(folder).output();
        let output = output.expect("the program starts");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let clone = partial_clone(&git, "blob:none");
    let (code, said) = coupling(clone.path());
    assert_eq!(code, Some(2), "{said}");
    let blob = git.run(&["rev-parse", "HEAD~1:src/store.rs"]);
    assert!(said.contains(&format!("`src/store.rs` ({})", blob.trim())), "{said}");
    assert!(said.contains("`git fetch --refetch --no-filter`"), "{said}");
    let (code, said) = coupling(partial_clone(&git, "tree:0").path());
    assert!(code == Some(2) && said.contains("`git fetch --refetch --no-filter`"), "{said}");
    crate::history::git::run(clone.path(), &["fetch", "--quiet", "--refetch", "--no-filter"]);
    assert_eq!(coupling(clone.path()).0, Some(0), "once it is fetched");
}

/// A missing object of a clone that is not partial.
#[test]
fn a_damaged_repository_is_no_repository_of_empty_files() {
    let git = changed_shop();
    let blob = git.run(&["rev-parse", "HEAD~1:src/storage.rs"]);
    let (start, rest) = blob.trim().split_at(2);
    std::fs::remove_file(git.path().join(".git/objects").join(start).join(rest)).expect("a loose object");
    let said = refused(git.path(), &["HEAD~1..HEAD"]);
    assert!(said.contains("`src/storage.rs`") && said.contains("git fsck"), "{said}");
}

#[test]
fn a_format_of_references_that_is_not_read_is_named() {
    let git = Git::new();
    std::fs::remove_dir_all(git.path().join(".git")).expect("it can be removed");
    git.run(&["init", "--quiet", "--ref-format=reftable"]);
    git.write("Cargo.toml", PACKAGE);
    git.write("src/lib.rs", "");
    git.commit("start");
    let said = refused(git.path(), &["HEAD"]);
    assert!(said.contains("`reftable`") && said.contains("--ref-format=files"), "{said}");
}
