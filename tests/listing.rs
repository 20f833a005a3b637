//! The findings of `archlint check` as people read them: grouped, limited, compact.

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::{fixtures, run, run_json, write};

fn drifted() -> std::path::PathBuf {
    fixtures().join("health-platform-drifted")
}

fn text(arguments: &str) -> String {
    String::from_utf8(run(&drifted(), arguments).stdout).expect("a report is UTF-8")
}

/// Returns the headlines of findings and groups.
fn headlines(text: &str) -> Vec<&str> {
    let is_headline = |line: &&str| !line.starts_with([' ', '|', ':', '.']) && !line.is_empty();
    text.lines().filter(is_headline).filter(|line| !line.starts_with(|c: char| c.is_ascii_digit())).collect()
}

#[test]
fn groups_have_titles() {
    for property in ["cause", "rule", "component", "owner", "file"] {
        let text = text(&format!("check --all --group-by {property}"));
        insta::assert_snapshot!(property, headlines(&text).join("\n"));
    }
}

#[test]
fn what_is_not_shown_is_counted() {
    let short = text("check --limit 1");
    let shown = headlines(&short);
    assert_eq!(shown.len(), 3, "the first finding, the rest and the summary: {shown:?}");
    assert!(shown[1].starts_with("and: 14 more findings not shown, of 11 causes"), "{shown:?}");
    assert_eq!(run(&drifted(), "check --limit 1").status.code(), Some(1), "the answer is the same");
    assert_eq!(text("check --all"), text("check --limit 100000"));
}

#[test]
fn programs_get_the_groups_and_compact_reports() {
    let report = run_json(&drifted(), "check --format json");
    let findings = report["findings"].as_array().expect("findings").len();
    let groups = report["groups"].as_array().expect("groups");
    let mut indices: Vec<u64> = groups
        .iter()
        .flat_map(|group| group["findings"].as_array().expect("indices").iter().filter_map(Value::as_u64))
        .collect();
    indices.sort_unstable();
    assert_eq!(indices, (0..findings as u64).collect::<Vec<_>>(), "each new finding is in one group");
    let compact = text("check --format json --compact");
    assert_eq!(compact.lines().count(), 1);
    let mut compact: Value = serde_json::from_str(&compact).expect("a document");
    assert_eq!(compact["groups"], report["groups"]);
    assert!(compact["findings"][0]["sites"][0].get("text").is_none());
    let mut full = report;
    strip(&mut full);
    strip(&mut compact);
    assert_eq!(compact, full, "nothing else is left out");
    let output = run(&drifted(), "check --compact");
    assert_eq!(output.status.code(), Some(2), "text cannot be compact");
}

/// Removes the source lines.
fn strip(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(strip),
        Value::Object(all) => {
            if all.contains_key("column") && !all.contains_key("by") {
                all.remove("text");
            }
            all.values_mut().for_each(strip);
        }
        _ => {}
    }
}

/// Many findings with few causes are a short report, which begins with the dependencies to cut.
#[test]
fn many_findings_of_one_cause_are_short() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = |path: &str, text: &str| write(folder.path(), path, text);
    let mut root = "pub mod core; pub mod disk; pub mod app;".to_owned();
    let mut app = String::new();
    for at in 0..200 {
        writeln!(app, "pub mod m{at} {{ pub fn f() {{ crate::core::f() }} }}").expect("a string");
    }
    root.push('\n');
    file("Cargo.toml", "[package]\nname = \"mono\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    file("src/lib.rs", &root);
    file("src/app.rs", &app);
    file("src/core.rs", "pub fn f() { crate::disk::f() }\n");
    file("src/disk.rs", "pub fn f() {}\n");
    file(
        "archlint.toml",
        "[[forbid]]\nid = \"pure\"\nfrom = \"mono::app\"\nto = \"mono::disk\"\ntransitive = true\n",
    );
    let output = run(folder.path(), "check");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.lines().count() < 40, "{text}");
    assert!(text.starts_with("first: without this dependency, 200 of 200 findings go"), "{text}");
    assert!(text.contains("also breaks this rule for `mono::app::m1`"), "{text}");
}
