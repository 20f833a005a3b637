//! Change coupling, in repositories with planted pairs.

use serde_json::Value;

use crate::{
    history::git::Git,
    support::{run, run_json},
};

/// Creates a repository in which `a` and `b` change together without depending on each other; `c`
/// depends on `d` and they never change together; `e` depends on `f` and they change together. `b`
/// is renamed halfway. A reformatting changes everything, and a branch changes `a` and `b` once
/// more.
fn repository() -> Git {
    let git = Git::new();
    let modules = ["a", "b", "c", "d", "e", "f"];
    git.write("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
    git.write("src/lib.rs", "pub mod a;\npub mod b;\npub mod c;\npub mod d;\npub mod e;\npub mod f;\n");
    for module in modules {
        git.write(&format!("src/{module}.rs"), &source(module, 0));
    }
    git.commit("All of it");
    let mut turn = 0;
    let mut change = |git: &Git, files: &[(&str, &str)]| {
        turn += 1;
        for (module, file) in files {
            git.write(file, &source(module, turn));
        }
        git.commit(&format!("Change {turn}"));
    };
    for _ in 0..6 {
        change(&git, &[("a", "src/a.rs"), ("b", "src/b.rs")]);
        change(&git, &[("c", "src/c.rs")]);
        change(&git, &[("d", "src/d.rs")]);
        change(&git, &[("e", "src/e.rs"), ("f", "src/f.rs")]);
    }
    git.run(&["mv", "src/b.rs", "src/bee.rs"]);
    git.write(
        "src/lib.rs",
        "pub mod a;\n#[path = \"bee.rs\"]\npub mod b;\npub mod c;\npub mod d;\npub mod e;\npub mod f;\n",
    );
    git.commit("A better name for a file");
    for _ in 0..4 {
        change(&git, &[("a", "src/a.rs"), ("b", "src/bee.rs")]);
        change(&git, &[("c", "src/c.rs")]);
        change(&git, &[("d", "src/d.rs")]);
    }
    git.run(&["checkout", "--quiet", "-b", "side"]);
    change(&git, &[("a", "src/a.rs"), ("b", "src/bee.rs")]);
    git.run(&["checkout", "--quiet", "main"]);
    change(&git, &[("e", "src/e.rs"), ("f", "src/f.rs")]);
    git.run(&["merge", "--quiet", "--no-ff", "--message", "Merge branch 'side'", "side"]);
    change(
        &git,
        &[("a", "src/a.rs"), ("b", "src/bee.rs"), ("c", "src/c.rs"), ("d", "src/d.rs"), ("e", "src/e.rs")],
    );
    git
}

/// Returns source that is long enough to be recognised after a change of one line.
fn source(module: &str, turn: usize) -> String {
    let uses = match module {
        "c" => "use crate::d::D;\npub struct C(pub D);\n",
        "e" => "use crate::f::F;\npub struct E(pub F);\n",
        "d" => "pub struct D;\n",
        "f" => "pub struct F;\n",
        _ => "",
    };
    let rest: String = (0..8).map(|n| format!("pub fn {module}{n}() {{}}\n")).collect();
    format!("{uses}{rest}pub const TURN: usize = {turn};\n")
}

fn pairs(found: &Value) -> Vec<(String, u64, bool)> {
    let name = |v: &Value| v.as_str().expect("a name").trim_start_matches("shop::").to_owned();
    let all = found["pairs"].as_array().expect("a list").iter();
    let pair = |p: &Value| {
        let (a, b) = (name(&p["from"]), name(&p["to"]));
        let ends = if a < b { format!("{a} {b}") } else { format!("{b} {a}") };
        (ends, p["together"].as_u64().expect("a number"), p["hidden"].as_bool().expect("a flag"))
    };
    all.map(pair).collect()
}

fn found(git: &Git, arguments: &str) -> Value {
    run_json(git.path(), &format!("coupling --format json --max-files 4{arguments}"))
}

#[test]
fn planted_pairs_are_found_through_a_rename_and_a_merge() {
    let git = repository();
    let found = found(&git, "");
    // Six and four on the main line and one on the branch; the rename changed only `b`. The merge
    // has no changes of its own.
    assert_eq!(pairs(&found), [("a b".to_owned(), 11, true), ("e f".to_owned(), 7, false)]);
    let hidden = &found["pairs"][0];
    assert_eq!((&hidden["from"], &hidden["confidence"]), (&"shop::a".into(), &1.0.into()));
    assert_eq!((&hidden["tie"], &found["pairs"][1]["tie"]), (&"none".into(), &"forward".into()));
    let silent = found["silent"].as_array().expect("a list");
    assert_eq!(silent.len(), 1);
    assert_eq!((&silent[0]["from"], &silent[0]["to"]), (&"shop::c".into(), &"shop::d".into()));
    let commits = &found["commits"];
    assert_eq!((&commits["too_large"], &commits["elsewhere"]), (&2.into(), &1.into()), "{commits}");
}

#[test]
fn a_merge_can_stand_for_its_branch() {
    let git = repository();
    let found = found(&git, " --first-parent");
    // The commit of the branch is represented by its merge.
    assert_eq!(pairs(&found)[0], ("a b".to_owned(), 11, true));
    assert_eq!(found["commits"]["elsewhere"], 0);
}

#[test]
fn thresholds_and_periods_narrow() {
    let git = repository();
    assert_eq!(pairs(&found(&git, " --min-support 8")).len(), 1);
    assert_eq!(pairs(&found(&git, " --min-support 12")).len(), 0);
    assert_eq!(found(&git, " --last 10")["commits"]["all"], 10);
    assert_eq!(found(&git, " --since 2026-01-06")["commits"]["all"], 0);
    assert_eq!(pairs(&found(&git, " --top 1 --min-support 1 --min-confidence 0")).len(), 2);
    let all = run_json(git.path(), "coupling --format json");
    assert_eq!(all["commits"]["too_large"], 0);
}

#[test]
fn one_crate_has_no_pairs_and_levels_have_names() {
    let git = repository();
    let crates = found(&git, " --level crate");
    assert_eq!((&crates["level"], pairs(&crates).len()), (&"crate".into(), 0));
    assert_eq!(found(&git, " --level component")["parts"][0]["name"], "package:shop");
}

#[test]
fn as_text_and_as_a_table() {
    let git = repository();
    let say = |arguments: &str| {
        let output = run(git.path(), arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    insta::assert_snapshot!(say("coupling --max-files 4"));
    insta::assert_snapshot!("coupling_csv", say("coupling --max-files 4 --format csv"));
}
