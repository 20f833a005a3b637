//! The baseline over time: moved modules, resolved and new findings, and merges of two branches.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::support::{run, run_json, write};

const BASELINE: &str = "archlint-baseline.toml";
const CONFIG: &str = "[[forbid]]\nid = \"pure\"\nfrom = \"shop::ui\"\nto = \"shop::db\"\n\n[[forbid]]\nid = \"still\"\nfrom = \"shop::ui\"\nto = \"std::time\"\n";

/// A workspace with ten modules `shop::ui::mN` that each depend on `shop::db`, and three of them on
/// `std::time`.
fn shop() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    write(
        folder.path(),
        "Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    write(folder.path(), "archlint.toml", CONFIG);
    write(folder.path(), "src/lib.rs", "pub mod db;\npub mod ui;\n");
    write(folder.path(), "src/db.rs", "pub struct Row;\n");
    let modules: String = (0..10).map(|n| format!("pub mod m{n};\n")).collect();
    write(folder.path(), "src/ui.rs", &modules);
    for n in 0..10 {
        let clock = if n < 3 { "pub use std::time::Instant;\n" } else { "" };
        write(folder.path(), &format!("src/ui/m{n}.rs"), &format!("pub use crate::db::Row;\n{clock}"));
    }
    folder
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn freeze(folder: &Path, arguments: &str) -> String {
    let output = run(folder, format!("baseline {arguments}").trim_end());
    assert!(output.status.success(), "{}", text(&output));
    text(&output)
}

fn baseline(folder: &Path) -> String {
    fs::read_to_string(folder.join(BASELINE)).expect("there is a baseline")
}

/// Returns the messages of the new findings.
fn new(folder: &Path) -> Vec<String> {
    let report = run_json(folder, "check --format json");
    let findings = report["findings"].as_array().expect("a list").iter().filter(|f| f["status"] == "new");
    findings.map(|f| f["message"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn it_outlives_what_does_not_change_the_architecture() {
    let folder = shop();
    let file = "src/ui/m0.rs";
    write(
        folder.path(),
        file,
        "pub use crate::db::Row;\npub fn f() -> Row { crate::db::Row }\npub fn g() {}\n",
    );
    freeze(folder.path(), "");
    let before = baseline(folder.path());
    let unchanged = |what: &str| {
        assert_eq!(new(folder.path()), Vec::<String>::new(), "{what}");
        freeze(folder.path(), "");
        assert_eq!(baseline(folder.path()), before, "{what}");
    };
    let moved = "//! Words.\n\npub fn g() {}\n\npub fn f() -> Row {\n    crate::db::Row\n}\n\npub use crate::db::Row;\n";
    write(folder.path(), file, moved);
    unchanged("reformatted, and a function moved");
    fs::rename(folder.path().join(file), folder.path().join("src/first.rs")).expect("renamed");
    let modules = fs::read_to_string(folder.path().join("src/ui.rs")).expect("it is there");
    write(folder.path(), "src/ui.rs", &modules.replace("pub mod m0;", "#[path = \"first.rs\"]\npub mod m0;"));
    unchanged("a file renamed behind `#[path]`");
}

#[test]
fn a_cycle_may_fall_apart_and_not_grow() {
    let folder = shop();
    write(folder.path(), "archlint.toml", "[[acyclic]]\nof = \"modules\"\n");
    for (from, to) in [(3, 4), (4, 5), (5, 6), (6, 3)] {
        write(folder.path(), &format!("src/ui/m{from}.rs"), &format!("pub use super::m{to};\n"));
    }
    freeze(folder.path(), "");
    let entry = "{ rule = \"acyclic\", from = \"shop::ui::m3\", to = \"shop::ui::m4\", count = 1 },";
    assert!(baseline(folder.path()).contains(entry), "{}", baseline(folder.path()));
    write(folder.path(), "src/ui/m6.rs", "pub use super::{m3, m5};\n");
    let grown = new(folder.path());
    let note = "(the baseline does not contain `shop::ui::m6 -> shop::ui::m5`)";
    assert!(grown.len() == 1 && grown[0].ends_with(note), "{grown:?}");
    freeze(folder.path(), "--accept-new");
    write(folder.path(), "src/ui/m6.rs", "pub use super::m5;\n");
    assert_eq!(run(folder.path(), "check").status.code(), Some(0), "what is left was known");
    assert_eq!(new(folder.path()).len(), 3, "what has gone is told of");
}

#[test]
fn a_check_writes_nothing() {
    let folder = shop();
    assert_eq!(run(folder.path(), "check").status.code(), Some(1));
    assert!(!folder.path().join(BASELINE).exists());
    freeze(folder.path(), "");
    write(folder.path(), "src/ui/m0.rs", "");
    let before = baseline(folder.path());
    assert_eq!(run(folder.path(), "check").status.code(), Some(0), "what is mended does not break a build");
    assert_eq!(baseline(folder.path()), before);
    assert_eq!(new(folder.path()).len(), 2, "but is told of");
}

#[test]
fn it_grows_only_when_told() {
    let folder = shop();
    freeze(folder.path(), "");
    let before = baseline(folder.path());
    write(folder.path(), "src/ui/m9.rs", "pub use crate::db::Row;\npub use std::time::Duration;\n");
    assert!(freeze(folder.path(), "").contains("1 not added"));
    assert_eq!(baseline(folder.path()), before);
    assert_eq!(run(folder.path(), "check").status.code(), Some(1));
    freeze(folder.path(), "--accept-new");
    assert_eq!(run(folder.path(), "check").status.code(), Some(0));
}

#[test]
fn waivers_come_first_and_are_not_frozen() {
    let folder = shop();
    write(
        folder.path(),
        "src/ui/m9.rs",
        "// archlint: allow(pure, reason = \"agreed\")\npub use crate::db::Row;\n\n// archlint: allow(pure)\npub fn f() {}\n",
    );
    freeze(folder.path(), "");
    assert!(!baseline(folder.path()).contains("m9") && !baseline(folder.path()).contains("waiver"));
    assert_eq!(new(folder.path()), ["the waiver of `pure` gives no reason"]);
}

/// Creates a repository of the workspace in `folder`, whose first commit contains everything, and a
/// baseline.
fn repository(folder: &Path) {
    freeze(folder, "");
    git(folder, &["init", "--quiet", "--initial-branch=main"]);
    commit(folder);
}

fn git(folder: &Path, arguments: &[&str]) -> Output {
    let mut git = Command::new("git");
    // A detached `git maintenance` would outlive the folder of its repository.
    git.args(["-c", "maintenance.auto=false", "-c", "gc.auto=0"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{who}_NAME"), "somebody")
            .env(format!("GIT_{who}_EMAIL"), "somebody@example.org");
    }
    git.output().expect("git starts")
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    let done = git(folder, &["commit", "--quiet", "--message", "work"]);
    assert!(done.status.success(), "{}", text(&done));
}

/// Makes the changes `left` and `right` on a branch each, updates the baseline on both, and merges
/// them. Returns git's output.
fn merge(folder: &Path, left: impl Fn(), right: impl Fn()) -> Output {
    for (branch, work) in [("left", &left as &dyn Fn()), ("right", &right)] {
        git(folder, &["checkout", "--quiet", "-b", branch, "main"]);
        work();
        freeze(folder, "--accept-new");
        commit(folder);
    }
    git(folder, &["merge", "--quiet", "--no-edit", "left"])
}

/// Removes the dependencies of a module.
fn mend(folder: &Path, module: u32) {
    write(folder, &format!("src/ui/m{module}.rs"), "pub struct Mended;\n");
}

/// Adds a module below `shop::ui::mN` that breaks a rule.
fn add(folder: &Path, parent: u32, name: &str) {
    let file = folder.join(format!("src/ui/m{parent}.rs"));
    let parent_text = fs::read_to_string(&file).expect("it is there");
    write(folder, &format!("src/ui/m{parent}.rs"), &format!("{parent_text}pub mod {name};\n"));
    write(folder, &format!("src/ui/m{parent}/{name}.rs"), "pub use crate::db::Row;\n");
}

#[test]
fn git_merges_changes_that_do_not_touch() {
    let folder = shop();
    let at = folder.path();
    repository(at);
    let merged = merge(at, || mend(at, 4), || (mend(at, 6), add(at, 9, "new")).1);
    assert!(merged.status.success(), "{}", text(&merged));
    assert_eq!(new(at), Vec::<String>::new());
    let text = baseline(at);
    assert!(!text.contains("m4") && !text.contains("m6") && text.contains("m9::new"), "{text}");
}

#[test]
fn git_merges_changes_at_the_border_of_two_rules() {
    let folder = shop();
    let at = folder.path();
    repository(at);
    let time = || write(at, "src/ui/m0.rs", "pub use crate::db::Row;\n");
    let merged = merge(at, || mend(at, 9), time);
    assert!(merged.status.success(), "{}", text(&merged));
    assert_eq!(new(at), Vec::<String>::new());
}

#[test]
fn git_merges_neighbours_by_union() {
    let folder = shop();
    let at = folder.path();
    write(at, ".gitattributes", "archlint-baseline.toml merge=union\n");
    repository(at);
    let merged =
        merge(at, || (mend(at, 4), add(at, 7, "a")).1, || (mend(at, 5), add(at, 7, "b"), mend(at, 8)).2);
    // Both branches added a line to the same module; that conflict is not one of the baseline.
    let conflicts = git(at, &["diff", "--name-only", "--diff-filter=U"]);
    assert_eq!(text(&conflicts).trim(), "src/ui/m7.rs", "{}", text(&merged));
    write(at, "src/ui/m7.rs", "pub use crate::db::Row;\npub mod a;\npub mod b;\n");
    let checked = run(at, "check");
    assert_eq!(checked.status.code(), Some(0), "{}\n{}", text(&checked), baseline(at));
    let stale = new(at);
    assert!(stale.iter().all(|message| message.ends_with("which was not found")), "{stale:?}");
    freeze(at, "");
    assert_eq!(new(at), Vec::<String>::new());
}

#[test]
fn git_merges_one_entry_that_both_lowered() {
    let folder = shop();
    let at = folder.path();
    let uses = |kept: &[usize]| {
        let lines = (0..30).map(|n| match n {
            _ if n % 10 != 5 => format!("// {n}\n"),
            _ if kept.contains(&(n / 10)) => "pub fn f(_: crate::db::Row) {}\n".to_owned(),
            _ => String::new(),
        });
        write(at, "src/ui/m4.rs", &lines.collect::<String>());
    };
    write(at, ".gitattributes", "archlint-baseline.toml merge=union\n");
    uses(&[0, 1, 2]);
    repository(at);
    let merged = merge(at, || uses(&[1, 2]), || uses(&[0]));
    let merged_text = fs::read_to_string(at.join("src/ui/m4.rs")).expect("it is there");
    assert!(merged.status.success() && !merged_text.contains("Row"), "{}{merged_text}", text(&merged));
    assert_eq!(run(at, "check").status.code(), Some(0), "{}", baseline(at));
    freeze(at, "");
    assert!(!baseline(at).contains("m4"));
}
