//! Waivers from the user's point of view: they survive formatting, they expire, and reports mention
//! them.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{copy, fixtures, program, run, run_json, write};

/// Returns the status and the identity of each finding, without its place.
fn identities(folder: &Path) -> BTreeSet<(String, String)> {
    let report = run_json(folder, "check --format json");
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().expect("a list");
    findings.iter().map(|f| (text(f, "status"), text(f, "fingerprint"))).collect()
}

/// Runs `rustfmt` with `options` in `folder`. Returns the number of files that it changes; `None`
/// if there is no `rustfmt`.
fn format(folder: &Path, options: &str) -> Option<usize> {
    let sources = walkdir::WalkDir::new(folder.join("src")).into_iter().filter_map(Result::ok);
    let files: Vec<_> =
        sources.map(|e| e.into_path()).filter(|p| p.extension().is_some_and(|e| e == "rs")).collect();
    let before: Vec<_> = files.iter().map(|file| fs::read(file).expect("it is there")).collect();
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--config", options]).args(&files);
    let output = rustfmt.output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(
        files
            .iter()
            .zip(before)
            .filter(|(file, before)| fs::read(file).expect("it is there") != *before)
            .count(),
    )
}

#[test]
fn they_outlive_formatting() {
    for options in
        ["max_width=100", "max_width=40", "max_width=200,use_small_heuristics=Max", "hard_tabs=true"]
    {
        for case in ["waiver/accepted", "waiver/tests-counted", "waiver/one-file-two-modules"] {
            let folder = copy(&fixtures().join(case));
            let before = identities(folder.path());
            let Some(_) = format(folder.path(), options) else { return };
            assert_eq!(identities(folder.path()), before, "{case} with {options}");
        }
    }
    let folder = copy(&fixtures().join("waiver/accepted"));
    assert!(
        format(folder.path(), "max_width=40").is_some_and(|changed| changed > 2),
        "formatting changes something"
    );
}

const CONFIG: &str = "[[forbid]]\nid = \"pure\"\nfrom = \"shop::ui\"\nto = \"shop::db\"\n";

/// Creates a workspace whose module `ui` contains the given text.
fn shop(ui: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    write(
        folder.path(),
        "Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    write(folder.path(), "archlint.toml", CONFIG);
    write(folder.path(), "src/lib.rs", "pub mod db;\npub mod ui;\n");
    write(folder.path(), "src/db.rs", "pub struct Row;\n");
    write(folder.path(), "src/ui.rs", ui);
    folder
}

#[test]
fn they_go_where_their_code_goes() {
    let function = "// archlint: allow(pure, reason = \"moved as one\")\npub fn f() -> crate::db::Row {\n    crate::db::Row\n}\n";
    let other = "pub fn g() {}\n\npub struct S;\n";
    let folder = shop(&format!("{function}\n{other}"));
    let before = identities(folder.path());
    assert_eq!(before.len(), 1);
    write(folder.path(), "src/ui.rs", &format!("//! Words.\n\n{other}\n\n{function}"));
    assert_eq!(identities(folder.path()), before);
    fs::rename(folder.path().join("src/ui.rs"), folder.path().join("src/window.rs")).expect("renamed");
    write(folder.path(), "src/lib.rs", "pub mod db;\n#[path = \"window.rs\"]\npub mod ui;\n");
    assert_eq!(identities(folder.path()), before);
}

#[test]
fn they_hold_to_the_end_of_their_last_day() {
    let folder =
        shop("// archlint: allow(pure, reason = \"r\", until = \"2027-01-31\")\npub use crate::db::Row;\n");
    let on = |seconds: u64| {
        let mut command = program();
        command.args(["check", "--manifest-path"]).arg(folder.path().join("Cargo.toml"));
        let output = command.env("SOURCE_DATE_EPOCH", seconds.to_string()).output().expect("it starts");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    // 2027-02-01T00:00:00Z, from `date -u -d 2027-02-01 +%s`.
    let after = 1_801_440_000;
    let (code, text) = on(after - 1);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("1 waived finding"), "{text}");
    let (code, text) = on(after);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("the waiver of `pure` expired on 2027-01-31"), "{text}");
    assert!(text.contains("must not depend on"), "an expired waiver waives nothing: {text}");
}

#[test]
fn the_library_is_told_the_day() {
    use archlint::{Options, Session, base::day::Day};
    let folder =
        shop("// archlint: allow(pure, reason = \"r\", until = \"2027-01-31\")\npub use crate::db::Row;\n");
    let on = |day: &str| {
        let mut options = Options::new(folder.path().join("Cargo.toml"));
        options.today = Day::parse(day);
        Session::open(&options).and_then(|session| session.verdict()).expect("it runs").passed()
    };
    assert_eq!((on("2027-01-31"), on("2027-02-01")), (true, false));
}

#[test]
fn reports_tell_of_them() {
    let folder = copy(&fixtures().join("waiver/accepted"));
    let report = run_json(folder.path(), "check --format json");
    let findings = report["findings"].as_array().expect("a list");
    let waived: Vec<&Value> = findings.iter().filter(|f| f["status"] == "waived").collect();
    assert_eq!(report["summary"]["waived"], waived.len());
    assert!(waived.iter().any(|f| f["code"] == "acyclic") && waived.iter().any(|f| f["code"] == "forbid"));
    assert!(waived.iter().any(|f| f["code"] == "budget"));
}

#[test]
fn what_is_wrong_with_them_is_explained() {
    let folder = copy(&fixtures().join("waiver/faults"));
    let output = run(folder.path(), "check");
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stdout);
    let at = text.find("error[waiver]").expect("there is one");
    insta::assert_snapshot!(text[at..].replace(folder.path().to_string_lossy().as_ref(), "FOLDER"));
    for id in ["waiver", "baseline"] {
        let output =
            program().args(["explain", id]).current_dir(std::env::temp_dir()).output().expect("it starts");
        assert!(output.status.success() && output.stdout.starts_with(id.as_bytes()), "{output:?}");
    }
}
