//! archlint applied to its own architecture, `rules/self.toml`; and wrong imports planted in a copy
//! of it, since "no finding" means nothing if nothing would be found.

use std::{collections::BTreeSet, fs, path::Path};

use archlint::{Options, Session, Verdict};
use tempfile::TempDir;

/// The files and folders of this package that archlint reads.
const PARTS: [&str; 5] = ["Cargo.toml", "src", "tests", "benches", "rules"];

fn verdict(root: &Path) -> Verdict {
    let mut options = Options::new(root.join("Cargo.toml"));
    options.config = Some(root.join("rules/self.toml"));
    Session::open(&options).and_then(|session| session.verdict()).unwrap_or_else(|error| panic!("{error:#}"))
}

#[test]
fn the_source_keeps_its_architecture() {
    let verdict = verdict(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(verdict.report.findings.is_empty(), "\n{verdict}");
}

#[test]
fn a_wrong_import_breaks_the_right_rules() {
    let plants = [
        ("src/render/diagram/mod.rs", "use crate::judge::config::FILE;", &["dependencies"][..]),
        (
            "src/base/text.rs",
            "use crate::render::report::Sources;",
            &["dependencies", "no-room-turns-in-circles", "one-way", "rooms"],
        ),
        ("src/render/report/text.rs", "type Tree = syn::File;", &["syntax-ends-at-facts"]),
        ("src/judge/rules/judge.rs", "use petgraph::Graph as G;", &["petgraph-stays-in-graph"]),
        ("src/judge/rules/judge.rs", "type Bits = fixedbitset::FixedBitSet;", &["node-sets-are-of-graph"]),
        ("src/session/error.rs", "fn any(_: anyhow::Error) {}", &["terminal-stays-in-cli"]),
        ("src/judge/config/mod.rs", "fn ask(_: cargo_metadata::Metadata) {}", &["cargo-stays-in-its-room"]),
        ("src/judge/rules/forbid.rs", "use crate::rust::facts::STACK;", &["dependencies", "rooms"]),
        ("src/graph/mod.rs", "fn out() { let _ = anstream::stdout(); }", &["terminal-stays-in-cli"]),
        ("src/judge/check/mod.rs", "use maud::html;", &["markup-stays-in-render"]),
        (
            "src/judge/check/mod.rs",
            "use crate::Options;",
            &["dependencies", "no-room-turns-in-circles", "one-way", "rooms", "visible-to"],
        ),
        ("src/lib.rs", "pub mod stray { pub struct S; }", &["coverage"]),
    ];
    let copy = copy();
    for (file, planted, expected) in plants {
        let path = copy.path().join(file);
        let text = fs::read_to_string(&path).expect("the file is there");
        fs::write(&path, format!("{text}\n{planted}\n")).expect("the copy can be written");
        let verdict = verdict(copy.path());
        let broken: BTreeSet<&str> = verdict.report.findings.iter().map(|f| f.rule.as_str()).collect();
        assert_eq!(broken.into_iter().collect::<Vec<_>>(), expected, "{file}: {planted}\n{verdict}");
        fs::write(&path, text).expect("the copy can be written");
    }
}

fn copy() -> TempDir {
    let copy = tempfile::tempdir().expect("a folder for the test");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = PARTS.iter().flat_map(|part| walkdir::WalkDir::new(root.join(part)));
    for file in files.filter_map(Result::ok).filter(|e| e.file_type().is_file()) {
        let to = copy.path().join(file.path().strip_prefix(root).expect("beneath the root"));
        fs::create_dir_all(to.parent().expect("a file has a folder")).expect("the copy can be written");
        fs::copy(file.path(), to).expect("the copy can be written");
    }
    copy
}
