//! The numbers of each commit, and the events.

use std::path::Path;

use serde_json::Value;

use super::story::{self, BEFORE, BROKEN, CONFIGURED, CYCLE, DAYS, DOCS, JUMP, MERGE};
use crate::{
    history::git::{Git, checkout, run as git},
    support::{run, run_json},
};

fn text(folder: &Path, arguments: &str) -> String {
    let output = run(folder, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn every_commit_of_the_line_with_its_day() {
    let (git, ids) = story::repository();
    let found = run_json(git.path(), "history --format json");
    assert_eq!((&found["format"], &found["version"]), (&"archlint.history".into(), &1.into()));
    let commits = found["commits"].as_array().expect("a list");
    let seen: Vec<(&str, &str)> =
        commits.iter().map(|c| (c["id"].as_str().expect("id"), c["day"].as_str().expect("day"))).collect();
    let expected: Vec<(&str, &str)> = ids.iter().map(String::as_str).zip(DAYS).collect();
    assert_eq!(seen, expected);
    assert_eq!(commits[CYCLE]["subject"], "Bills book <b>themselves</b>");
    assert_eq!(found["shallow"], false);
}

#[test]
fn what_cannot_be_read_is_a_gap_with_a_reason() {
    let (git, _) = story::repository();
    let found = run_json(git.path(), "history --format json");
    let reason = |at: usize| found["commits"][at]["unreadable"].as_str().unwrap_or_default().to_owned();
    assert_eq!(reason(BEFORE), "there is no `Cargo.toml`");
    assert!(reason(BROKEN).starts_with("Cargo.toml:1:"), "{}", reason(BROKEN));
    let gaps = (0..DAYS.len()).filter(|at| !reason(*at).is_empty()).count();
    assert_eq!(gaps, 2);
    assert!(found["commits"][BROKEN]["metrics"].is_null());
}

#[test]
fn cycles_come_and_go_and_numbers_jump_where_they_did() {
    let (git, _) = story::repository();
    let found = run_json(git.path(), "history --format json");
    let events = found["events"].as_array().expect("a list");
    let of = |kind: &str| -> Vec<u64> {
        let all = events.iter().filter(|e| e["kind"] == kind);
        all.map(|e| e["commit"].as_u64().expect("a place")).collect()
    };
    // One event among the components, one among the modules.
    assert_eq!(of("cycle-appeared"), [CYCLE as u64; 2]);
    assert_eq!(of("cycle-gone"), [DAYS.len() as u64 - 1; 2]);
    let appeared = events.iter().find(|e| e["kind"] == "cycle-appeared" && e["cycle"]["of"] == "modules");
    assert_eq!(
        appeared.expect("it is there")["cycle"]["members"],
        serde_json::json!(["shop::billing", "shop::ledger"])
    );
    let lines = events.iter().find(|e| e["kind"] == "jump" && e["metric"] == "lines").expect("a jump");
    assert_eq!((lines["commit"].as_u64(), lines["to"].as_f64()), (Some(JUMP as u64), Some(907.0)));
    let quiet = run_json(git.path(), "history --jump 100000000 --format json");
    let from_something = |e: &&Value| e["kind"] == "jump" && e["from"] != 0.0;
    assert_eq!(quiet["events"].as_array().expect("a list").iter().filter(from_something).count(), 0);
}

#[test]
fn findings_are_those_of_the_rules_of_the_time() {
    let (git, _) = story::repository();
    let found = run_json(git.path(), "history --format json");
    let of = |at: usize| found["commits"][at]["findings"]["dependencies"].clone();
    assert_eq!(of(CONFIGURED - 1), Value::Null);
    assert_eq!(
        (of(CONFIGURED), of(CYCLE), of(MERGE), of(JUMP + 1)),
        (0.into(), 1.into(), 1.into(), 0.into())
    );
    assert_eq!(found["commits"][DOCS]["metrics"], found["commits"][CYCLE]["metrics"]);
}

/// The numbers of a commit equal those of the other commands on its checkout.
#[test]
fn a_point_is_what_a_checkout_comes_to() {
    let (git, ids) = story::repository();
    let found = run_json(git.path(), "history --format json");
    for at in [CONFIGURED, CYCLE, MERGE, JUMP] {
        let folder = checkout(git.path(), &ids[at]);
        let metrics = run_json(folder.path(), "metrics --format json");
        for (name, value) in found["commits"][at]["metrics"].as_object().expect("numbers") {
            let there = &metrics["whole"]["values"][name];
            let close = (value.as_f64().unwrap_or(-1.0) - there.as_f64().unwrap_or(-1.0)).abs() < 1e-4;
            assert!(close, "{name} at {at}: {value} in the history, {there} in the checkout");
        }
        let report = run_json(folder.path(), "check --format json");
        let all: u64 = found["commits"][at]["findings"]
            .as_object()
            .expect("rules")
            .values()
            .filter_map(Value::as_u64)
            .sum();
        assert_eq!(report["findings"].as_array().map(Vec::len), Some(all as usize), "{at}");
    }
}

#[test]
fn the_last_commit_of_each_period() {
    let (git, ids) = story::repository();
    let chosen = |arguments: &str| -> Vec<usize> {
        let found = run_json(git.path(), &format!("history {arguments} --format json"));
        let commits = found["commits"].as_array().expect("a list").iter();
        commits.map(|c| ids.iter().position(|id| c["id"] == id.as_str()).expect("on the line")).collect()
    };
    assert_eq!(chosen("--every month"), [2, 7, 9]);
    assert_eq!(chosen("--every week"), [4, 6, 8, 9]);
    assert_eq!(chosen("--last 2 --every week"), [8, 9]);
    assert_eq!(chosen("--since 2026-01-31"), [7, 8, 9]);
    assert_eq!(chosen("--last 3"), [7, 8, 9]);
    assert_eq!(chosen("HEAD~3 --last 2"), [5, 6]);
}

#[test]
fn the_former_names_do_the_same() {
    let (git, _) = story::repository();
    for (now, former) in [
        ("history HEAD~1 --last 3 --jump 5", "drift HEAD~1 --history 3 --jump 5"),
        ("history --every week --format csv", "drift --history --every week --format csv"),
        ("coupling --level component --top 2", "drift --coupling --level component --top 2"),
        ("coupling --last 4 --format json", "drift --coupling --last 4 --format json"),
    ] {
        assert_eq!(text(git.path(), now), text(git.path(), former), "{former}");
    }
    let help = text(git.path(), "drift --help");
    assert!(!help.contains("--history") && !help.contains("--coupling"), "{help}");
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let (git, _) = story::repository();
    for format in ["text", "csv", "json", "html"] {
        let one = text(git.path(), &format!("history --threads 1 --format {format}"));
        assert_eq!(one, text(git.path(), &format!("history --threads 4 --format {format}")), "{format}");
    }
}

#[test]
fn as_text() {
    let (git, _) = story::repository();
    insta::assert_snapshot!(text(git.path(), "history"));
}

#[test]
fn as_a_table() {
    let (git, ids) = story::repository();
    let csv = text(git.path(), "history --format csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let heads: Vec<String> = reader.headers().expect("heads").iter().map(str::to_owned).collect();
    assert_eq!(&heads[..7], ["commit", "day", "time", "subject", "unreadable", "doubts", "component"]);
    assert!(heads.contains(&"findings: dependencies".to_owned()), "{heads:?}");
    let rows: Vec<csv::StringRecord> =
        reader.records().map(|r| r.expect("a row as long as the heads")).collect();
    let of = |at: usize| {
        let id = ids[at].clone();
        rows.iter().filter(move |row| row[0] == id)
    };
    assert_eq!(of(BROKEN).count(), 1);
    let parts: Vec<&str> = of(CYCLE).map(|row| &row[6]).collect();
    assert_eq!(parts, ["", "billing", "ledger", "root"]);
}

#[test]
fn a_shallow_clone_says_where_it_ends() {
    let (git_, ids) = story::repository();
    let folder = tempfile::tempdir().expect("a folder for the test");
    let (from, to) = (format!("file://{}", git_.path().display()), folder.path().join("clone"));
    git(folder.path(), &["clone", "--quiet", "--depth", "3", &from, &to.display().to_string()]);
    let found = run_json(&to, "history --format json");
    assert_eq!(found["shallow"], true);
    let commits = found["commits"].as_array().expect("a list");
    assert_eq!(commits.iter().map(|c| c["id"].as_str().expect("id")).collect::<Vec<_>>(), &ids[7..]);
    assert_eq!(run_json(&to, "history --last 2 --format json")["shallow"], false);
    assert!(text(&to, "history").contains("The clone is shallow"));
    let coupling = run_json(&to, "coupling --format json");
    assert_eq!((&coupling["commits"]["shallow"], &coupling["commits"]["all"]), (&true.into(), &3.into()));
}

#[test]
fn mistakes_are_answered() {
    let (git, _) = story::repository();
    let said = |arguments: &str| {
        let output = run(git.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(said("history --since 2026-02-30").contains("such as 2026-01-31"));
    assert!(said("history --since 2030-01-01").contains("no commit since that day"));
    assert!(said("drift --history 0").contains("at least 1"));
    assert!(said("drift HEAD~1..HEAD --history").contains("is a range"));
    assert!(said("drift mian --history").contains("did you mean `main`?"));
    assert!(said("drift --every week").contains("--history"));
    assert!(said("drift --coupling --format html").contains("the formats are text, json, csv"));
    let nowhere = Git::new();
    nowhere.write("Cargo.toml", "[package]\nname = \"a\"\nversion = \"0.0.0\"\n");
    nowhere.write("src/lib.rs", "");
    let output = run(nowhere.path(), "history");
    assert!(String::from_utf8_lossy(&output.stderr).contains("no commit yet"));
}
