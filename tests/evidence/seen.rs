//! The difference between a commit and the work tree, and what the check of a commit did not see.

use super::{Case, verdict};

#[test]
fn a_record_is_about_the_commit_and_not_about_the_work_tree() {
    let case = Case::new("packs/health-data/kept");
    let clean = case.record("HEAD");
    case.git.write("src/lib.rs", "this is not Rust");
    let dirty = case.record("HEAD");
    assert_eq!(dirty["predicate"]["workTree"]["state"], "differs");
    assert_eq!(dirty["predicate"]["workTree"]["differing"], serde_json::json!(["src/lib.rs"]));
    assert_eq!(dirty["predicate"]["digests"], clean["predicate"]["digests"]);
    assert_eq!(dirty["predicate"]["controls"], clean["predicate"]["controls"]);
    case.git.commit("no Rust");
    assert_eq!(case.record("HEAD~1")["predicate"]["workTree"]["state"], "other-commit");
}

#[test]
fn the_same_commit_gives_the_same_bytes() {
    let case = Case::new("packs/health-data/kept");
    let bytes = |arguments: &str| case.run(arguments).stdout;
    assert_eq!(bytes("--key key.pem --threads 1"), bytes("--key key.pem --threads 4"));
    let bare = case.path("bare.git");
    let url = case.git.path().display().to_string();
    case.git.run(&["clone", "--quiet", "--bare", &url, &bare.display().to_string()]);
    let of_bare = case.run_in(&bare, "--unsigned").stdout;
    let text = String::from_utf8(bytes("--unsigned")).expect("text is UTF-8");
    let expected = text.replace("\"state\": \"clean\"", "\"state\": \"none\"");
    assert_eq!(String::from_utf8(of_bare).expect("text is UTF-8"), expected);
}

#[test]
fn source_that_was_not_read_is_no_pass() {
    let case = Case::new("packs/health-data/kept");
    let source = std::fs::read_to_string(case.git.path().join("src/lib.rs")).expect("the file is there");
    case.git.write("src/lib.rs", &format!("{source}\npub mod broken;\n"));
    case.git.write("src/broken.rs", "fn {");
    case.git.commit("a file that does not parse");
    let record = case.record("HEAD");
    assert_eq!(verdict(&record, "HIPAA 164.312(b)"), "unknown");
    let unseen = &record["predicate"]["unseen"];
    assert_eq!(unseen["unread"][0]["file"], "src/broken.rs", "{unseen:#}");
    assert_eq!(unseen["undermines"][0], "1 places of source were not read");
    let config = std::fs::read_to_string(case.git.path().join("archlint.toml")).expect("the file is there");
    case.git.write("archlint.toml", &format!("{config}\n[analysis]\nunread-except = [\"src/broken.rs\"]\n"));
    case.git.commit("the team accepts it");
    assert_eq!(verdict(&case.record("HEAD"), "HIPAA 164.312(b)"), "excepted");
    case.git.write("archlint.toml", &format!("{config}\n[analysis]\nunread = \"off\"\n"));
    case.git.commit("nobody wants to know");
    assert_eq!(verdict(&case.record("HEAD"), "HIPAA 164.312(b)"), "unknown");
    case.git.write("archlint.toml", &format!("{config}\n[analysis]\nexclude = [\"src/broken.rs\"]\n"));
    case.git.commit("the file is excluded");
    let record = case.record("HEAD");
    assert_eq!(record["predicate"]["unseen"]["excludedFiles"]["perMillion"], 500_000);
    assert_ne!(record["predicate"]["result"], "pass");
}

#[test]
fn a_commit_without_rules_is_no_pass() {
    let case = Case::new("packs/health-data/kept");
    std::fs::remove_file(case.git.path().join("archlint.toml")).expect("the file is there");
    case.git.commit("no rules");
    let output = case.run("--unsigned");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let record = case.record("HEAD");
    assert_eq!(record["predicate"]["result"], "unknown");
    case.git.write("archlint.toml", "[[forbid]]\nid = \"a\"\nfrom = \"nobody\"\n");
    case.git.commit("rules with mistakes");
    assert_eq!(case.run("--unsigned").status.code(), Some(2));
}

#[test]
fn a_selector_that_selects_nothing_is_no_pass() {
    let case = Case::new("packs/health-data/kept");
    let config = std::fs::read_to_string(case.git.path().join("archlint.toml")).expect("the file is there");
    let rule = "[[forbid]]\nid = \"x\"\nfrom = \"clinic::gone\"\nto = \"std::fs\"\ncontrol = [\"X 1\"]\n";
    case.git.write("archlint.toml", &format!("{config}\n{rule}"));
    case.git.commit("a dead rule");
    let record = case.record("HEAD");
    assert_eq!((verdict(&record, "X 1"), verdict(&record, "SOC2 CC6.7")), ("unknown", "pass"));
}
