//! Every kind of rule has its source, its example and its fixtures; and no such file exists without
//! a kind.

use std::{collections::BTreeSet, fs, path::Path};

use archlint::{check_workspace, judge::rules::KINDS};

use crate::support::{configured_cases, fixtures};

/// The folders of fixtures that belong to no rule kind.
const OTHER_FIXTURES: &[&str] = &[
    "health-platform",
    "health-platform-drifted",
    "hostile",
    "metrics",
    "inference",
    "resolve",
    "workspace",
    "waiver",
    "baseline",
    "packs",
    "sync",
];

fn kinds() -> BTreeSet<String> {
    KINDS.iter().map(|kind| kind.name.to_owned()).collect()
}

/// Returns the names in `folder`: folders, or the files that end in `suffix`, without the suffix.
fn listed(folder: &Path, suffix: Option<&str>) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let named = entries.filter_map(Result::ok).filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        match suffix {
            Some(suffix) => name.strip_suffix(suffix).map(str::to_owned),
            None => entry.path().is_dir().then_some(name),
        }
    });
    named.collect()
}

#[test]
fn every_kind_has_its_source_and_nothing_else_claims_to_be_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/judge/rules");
    let is_kind = |file: &String| {
        let text = fs::read_to_string(folder.join(format!("{file}.rs"))).expect("it is there");
        text.contains("pub const KIND: Kind") && text.contains("impl Rule for")
    };
    let found = listed(&folder, Some(".rs")).into_iter().filter(is_kind);
    assert_eq!(found.map(|file| file.replace('_', "-")).collect::<BTreeSet<_>>(), kinds());
}

#[test]
fn every_kind_has_its_worked_example() {
    let mut found = listed(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), Some(".toml"));
    assert!(found.remove("self"), "the architecture of archlint itself");
    assert_eq!(found, kinds());
}

#[test]
fn every_kind_has_its_fixtures() {
    let mut found = listed(&fixtures(), None);
    assert!(OTHER_FIXTURES.iter().all(|other| found.remove(*other)), "{found:?}");
    assert_eq!(found, kinds());
}

/// A fixture without a finding of its kind demonstrates nothing.
#[test]
fn the_fixtures_of_a_kind_break_it() {
    let mut broken = BTreeSet::new();
    for case in configured_cases() {
        let verdict = check_workspace(&case).unwrap_or_else(|error| panic!("{}: {error:#}", case.display()));
        let kind = case.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
        // Waivers and the baseline have findings and fixtures of their own, but are not rule kinds.
        let findings = verdict.report.findings.iter().filter(|f| kinds().contains(f.code));
        broken.extend(findings.filter(|f| f.code == kind).map(|f| f.code.to_owned()));
    }
    assert_eq!(broken, kinds());
}
