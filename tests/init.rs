//! `archlint init`: the configuration that it writes has no findings, for any workspace.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::support::{fixtures, name, resolution_cases, run, write};

/// Runs `init` on the workspace in `folder`, with a new output folder. Returns the summary and the
/// path of the configuration.
fn init(folder: &Path) -> (String, TempDir, PathBuf) {
    let written = tempfile::tempdir().expect("a folder for the test");
    let path = written.path().join("archlint.toml");
    let output = run(folder, &format!("init --output {}", path.display()));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(output.status.code(), Some(0), "{}: {}", name(folder), text(&output.stderr));
    (text(&output.stdout), written, path)
}

#[test]
fn a_platform_as_it_is() {
    let (summary, _folder, path) = init(&fixtures().join("health-platform"));
    let text = fs::read_to_string(path).expect("it was written");
    let (_, summary) = summary.split_once("archlint.toml: ").expect("the file is named");
    insta::assert_snapshot!("health_platform", format!("{summary}\n{text}"));
}

#[test]
fn the_check_passes_afterwards() {
    let mut cases = resolution_cases();
    cases.push(fixtures().join("health-platform"));
    for case in cases {
        let (summary, _folder, path) = init(&case);
        assert!(summary.ends_with("; archlint check passes\n"), "{}: {summary}", name(&case));
        let checked = run(&case, &format!("check --format json --config {}", path.display()));
        let report: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("a report");
        assert_eq!(report["findings"], serde_json::json!([]), "{}", name(&case));
    }
}

/// A waiver that belongs to another configuration is a finding, so `init` must not report success.
#[test]
fn waivers_that_are_left_are_told_of() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let package = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    write(folder.path(), "Cargo.toml", package);
    let waiver = "// archlint: allow(pure, reason = \"as long as it lasts\")\npub use std::fs;\n";
    write(folder.path(), "src/lib.rs", waiver);
    let output = run(folder.path(), "init");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.contains("archlint check has 1 finding, from waivers that are left in the source"),
        "{said}"
    );
    let codes = [output.status.code(), run(folder.path(), "check").status.code()];
    assert_eq!(codes, [Some(1), Some(1)]);
    write(folder.path(), "src/lib.rs", "pub use std::fs;\n");
    let again = run(folder.path(), "init --force");
    let codes = [again.status.code(), run(folder.path(), "check").status.code()];
    assert_eq!(codes, [Some(0), Some(0)]);
}

#[test]
fn what_is_there_stays() {
    let case = fixtures().join("health-platform");
    let (_, _folder, path) = init(&case);
    fs::write(&path, "mine").expect("the file can be written");
    let again = format!("init --output {}", path.display());
    let refused = run(&case, &again);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("`--force` replaces it"));
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "mine");
    // The rules of what is not TOML are not known.
    let refused = run(&case, &format!("{again} --force"));
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is not valid TOML"));
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "mine");
    assert_eq!(run(&case, &format!("{again} --force --drop-rules")).status.code(), Some(0));
    assert_ne!(fs::read_to_string(&path).expect("it is there"), "mine");
}

/// A module with a raw name, or one that is declared twice, is a component like any other.
#[test]
fn odd_names_are_components() {
    let written = |case: &str| {
        let (_, _folder, path) = init(&fixtures().join(case));
        fs::read_to_string(path).expect("it was written")
    };
    let raw = written("resolve/raw-identifiers");
    assert!(raw.contains("[components.match]\nmodules = [\"shop::match\"]"), "{raw}");
    assert!(raw.contains("modules = [\"=shop\"]"), "{raw}");
    let twice = written("selector/odd-names");
    assert!(twice.contains("[components.platform]\nmodules = [\"shop::platform\"]"), "{twice}");
}
