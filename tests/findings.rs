//! Compares the report on every configured workspace under `fixtures/` with the findings that its
//! source expects.

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use serde_json::Value;

use crate::{
    expectations::{findings, marks},
    support::{configured_cases, copy, fixtures, name, run, run_json, write},
};

/// File, line, severity, rule.
type Finding = (String, u64, String, String);

#[test]
fn every_finding_stands_where_its_line_says() {
    let cases = configured_cases();
    let report: String = cases.iter().map(|case| differences(case)).collect();
    assert!(report.is_empty(), "\n{report}");
}

fn differences(case: &Path) -> String {
    let report = run_json(case, "check --format json");
    let (expected, found) = (expected(case), found(&report));
    let mut text = String::new();
    for (what, one, other) in [("missing", &expected, &found), ("extra", &found, &expected)] {
        for (file, line, severity, rule) in one.difference(other) {
            let _ = writeln!(text, "  {what:8} {file}:{line} {severity} {rule}");
        }
    }
    if text.is_empty() { text } else { format!("{}\n{text}", name(case)) }
}

fn expected(case: &Path) -> BTreeSet<Finding> {
    let mut expected = BTreeSet::new();
    for mark in marks(case) {
        let here =
            |(severity, rule): (&str, String)| (mark.file.clone(), mark.line.into(), severity.into(), rule);
        expected.extend(findings(&mark).into_iter().map(here));
    }
    expected
}

/// Returns the places of each finding: its own sites, and the first of each hop of its chain.
fn found(report: &Value) -> BTreeSet<Finding> {
    let mut found = BTreeSet::new();
    for finding in list(&report["findings"]).filter(|f| f["status"] != "waived" && f["status"] != "baseline")
    {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        let place = |site: &&Value| (site["file"].as_str().map(str::to_owned), site["line"].as_u64());
        let hops = list(&finding["chain"]).filter_map(|hop| list(&hop["sites"]).min_by_key(place));
        let sites: Vec<&Value> = list(&finding["sites"]).chain(hops).collect();
        if sites.is_empty() {
            // A finding without a place matches no expectation, and is listed as an additional one
            // under its message.
            found.insert((text("message"), 0, text("severity"), text("rule")));
        }
        for site in sites {
            let file = site["file"].as_str().unwrap_or_default().to_owned();
            found.insert((file, site["line"].as_u64().unwrap_or_default(), text("severity"), text("rule")));
        }
    }
    found
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// All fields of the findings of one workspace of each kind: the texts, the ends, the identity.
/// Without methods and associated items, the module of an `impl` is no dependency.
#[test]
fn rules_about_associated_items_find_nothing_without_methods() {
    let folder = copy(&fixtures().join("forbid/associated"));
    assert_eq!(run(folder.path(), "check").status.code(), Some(1));
    let rules = fs::read_to_string(folder.path().join("archlint.toml")).expect("the fixture has rules");
    write(folder.path(), "archlint.toml", &format!("[analysis]\nmethods = false\n\n{rules}"));
    let check = run(folder.path(), "check");
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

#[test]
fn what_findings_say() {
    for case in configured_cases() {
        let kind = case.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        if !archlint::judge::rules::KINDS.iter().any(|k| k.name == kind) {
            continue;
        }
        let report = run_json(&case, "check --format json");
        let said: String = list(&report["findings"]).map(say).collect();
        insta::assert_snapshot!(name(&case).replace(['/', '\\'], "_").replace('-', "_"), said);
    }
}

fn say(finding: &Value) -> String {
    let text = |key: &str| finding[key].as_str().unwrap_or("-");
    let mut said = format!("{} {}: {}\n", text("severity"), text("rule"), text("message"));
    let components: Vec<&str> = list(&finding["components"]).filter_map(Value::as_str).collect();
    let _ = writeln!(said, "  {} → {} {components:?}", text("from"), text("to"));
    let _ = writeln!(said, "  same as: {}", text("fingerprint"));
    for key in ["reason", "instead"].iter().filter(|key| finding[**key].is_string()) {
        let _ = writeln!(said, "  {key}: {}", text(key));
    }
    for hop in list(&finding["chain"]) {
        let sites = list(&hop["sites"]).count();
        let _ = writeln!(said, "  hop {} → {} ({sites})", hop["from"], hop["to"]);
    }
    said
}
