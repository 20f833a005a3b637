//! References that are not found: they are counted, listed by their causes, and held to a number.

use std::{collections::BTreeMap, fs};

use archlint::graph::unresolved::Cause;

use crate::support::{copy, fixtures, run, run_json};

/// Returns a copy of the fixture that has each cause.
fn causes() -> tempfile::TempDir {
    copy(&fixtures().join("unresolved/causes"))
}

#[test]
fn each_cause_is_told_from_the_others() {
    let folder = causes();
    let listed = run_json(folder.path(), "graph --unresolved --format json");
    let causes = listed["causes"].as_array().expect("a list");
    let paths = |cause: &serde_json::Value| {
        let references = cause["references"].as_array().expect("a list").iter();
        references.map(|one| one["path"].as_str().expect("a path").to_owned()).collect::<Vec<_>>()
    };
    let found: BTreeMap<&str, Vec<String>> =
        causes.iter().map(|cause| (cause["cause"].as_str().expect("a name"), paths(cause))).collect();
    let expected = BTreeMap::from([
        ("derived", vec!["orders::OrderBuilder"]),
        ("excluded", vec!["left_out::Item"]),
        ("generated-code", vec!["bindings::Handle", "grpc::OrderRequest"]),
        ("macro-arguments", vec!["crate::later::Item"]),
        ("macro-not-expanded", vec!["rpc::ShopClient"]),
        ("not-in-scope", vec!["Nowhere"]),
        ("not-read", vec!["broken::Part", "gone::Thing"]),
        ("unknown-crate", vec!["::absent::call"]),
        ("unknown-macro", vec!["unknown_macro"]),
        ("unknown-name", vec!["orders::missing"]),
    ]);
    assert_eq!(
        found,
        expected.into_iter().map(|(k, v)| (k, v.into_iter().map(str::to_owned).collect())).collect()
    );
    let total: u64 = causes.iter().map(|cause| cause["count"].as_u64().expect("a count")).sum();
    assert_eq!(total, listed["resolution"]["unresolved"].as_u64().expect("a count"));
    assert_eq!(causes.len(), every_cause().len(), "the fixture has each cause");
}

fn every_cause() -> [Cause; 10] {
    let about = String::new;
    [
        Cause::Macro(about()),
        Cause::Generated,
        Cause::Derived,
        Cause::Unread,
        Cause::Excluded,
        Cause::Arguments,
        Cause::NoMacro,
        Cause::NoCrate,
        Cause::NoItem(about()),
        Cause::NotInScope,
    ]
}

#[test]
fn the_list_for_people_has_a_heading_for_each_cause() {
    let listed = run(causes().path(), "graph --unresolved");
    insta::assert_snapshot!(String::from_utf8_lossy(&listed.stdout));
    let refused = run(causes().path(), "graph --unresolved --format svg");
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn every_summary_counts_them() {
    let folder = causes();
    let said = |format: &str| {
        let output = run(folder.path(), &format!("check --format {format}"));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let resolution = &run_json(folder.path(), "graph --format json")["resolution"];
    assert_eq!((resolution["unresolved"].as_u64(), resolution["assumed"].as_u64()), (Some(12), Some(0)));
    for format in ["text", "markdown", "html"] {
        assert!(said(format).contains("12 references not resolved"), "{format}: {}", said(format));
    }
    let json = |format: &str| serde_json::from_str::<serde_json::Value>(&said(format)).expect("JSON");
    assert_eq!(json("json")["summary"]["unresolved"], 12);
    assert_eq!(json("sarif")["runs"][0]["properties"]["summary"]["unresolved"], 12);
}

/// What a glob import of an external crate may bring is counted as such, and what a path names
/// beyond doubt is not.
#[test]
fn names_from_external_globs_are_counted_apart() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write =
        |path: &str, text: &str| fs::write(folder.path().join(path), text).expect("it can be written");
    fs::create_dir(folder.path().join("src")).expect("a folder can be made");
    let package = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
    write("Cargo.toml", &format!("{package}[dependencies]\none = \"1\"\ntwo = \"1\"\n"));
    let source = "pub mod single { pub use one::*; }\npub mod both { pub use one::*; pub use two::*; }\n\
                  use single::First;\nuse both::Second;\nfn f(_: one::Third) { let x: Option<u8> = None; }\n\
                  mod inner { use two::prelude::*; fn g() { fourth(); Fifth::new(); } }\n";
    write("src/lib.rs", source);
    let resolution = run_json(folder.path(), "graph --format json")["resolution"].clone();
    let count = |key: &str| resolution[key].as_u64().expect("a count");
    assert_eq!((count("assumed"), count("unresolved")), (4, 0), "{resolution}");
    assert!(count("external") > 4, "{resolution}");
    assert_eq!(count("references"), count("resolved") + count("external"));
}

/// Kept answers depend on the number and on every reference.
#[test]
fn a_team_holds_the_line() {
    let folder = copy(&fixtures().join("unresolved/within"));
    let configuration = folder.path().join("archlint.toml");
    let text = fs::read_to_string(&configuration).expect("it is there");
    let code = || {
        let codes = [(); 2].map(|()| run(folder.path(), "check").status.code());
        assert_eq!(codes[0], codes[1], "the answer that is kept is the same");
        codes[0]
    };
    let write = |text: &str| fs::write(&configuration, text).expect("it can be written");
    assert_eq!(code(), Some(0));
    write(&text.replace("max = 2", "max = 1"));
    assert_eq!(code(), Some(1));
    write(&text.replace("unresolved-max = 2\n", ""));
    assert_eq!(code(), Some(1), "without a number there may be none");
    write(&text.replace("unresolved = \"error\"\n", "").replace("max = 2", "max = 1"));
    assert_eq!(code(), Some(1), "a number alone is held");
    write(&text.replace("\"error\"", "\"warn\"").replace("max = 2", "max = 1"));
    assert_eq!(code(), Some(0));
    write(&text.replace("max = 2", "max = 1"));
    run(folder.path(), "baseline --accept-new");
    assert_eq!(code(), Some(0), "the baseline knows two");
    let source = folder.path().join("src/billing.rs");
    let billing = fs::read_to_string(&source).expect("it is there");
    fs::write(&source, format!("{billing}use crate::other;\n")).expect("it can be written");
    assert_eq!(code(), Some(1), "and not three");
    write(&text.replace("\"error\"", "\"off\"").replace("max = 2", "max = 1"));
    assert_eq!(code(), Some(0));
}

/// Every name in these fixtures has a meaning, or is in code that no build contains.
#[test]
fn whatever_compiles_is_found() {
    for case in ["never-compiled", "normalized-identifiers", "prelude-imports"] {
        let folder = copy(&fixtures().join("resolve").join(case));
        let listed = run_json(folder.path(), "graph --unresolved --tests --format json");
        assert_eq!(listed["resolution"]["unresolved"], 0, "{case}: {listed}");
    }
}
