//! The scripts of the HTML pages: their types are correct, and so are their computations. If Node
//! or its packages are not installed these tests print a note and pass; `ARCHLINT_REQUIRE_PARSERS`
//! makes that a failure.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

const INSTALL: &str = "`npm ci --prefix tests/scripts`";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts")
}

/// Runs Node with some arguments in the folder of the tests, and fails with all of its output if
/// Node does.
fn node(arguments: &[&str]) {
    if !folder().join("node_modules").is_dir() {
        return missing(INSTALL);
    }
    let output = Command::new("node").args(arguments).current_dir(folder()).output();
    let Ok(output) = output else { return missing("`node`") };
    let [out, err] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    assert!(output.status.success(), "node {arguments:?}\n{out}\n{err}");
}

#[expect(clippy::print_stderr, reason = "a test that is passed over says so")]
fn missing(what: &str) {
    assert!(std::env::var_os("ARCHLINT_REQUIRE_PARSERS").is_none(), "{what} is not installed");
    eprintln!("skipped: {what} is not installed");
}

/// The data has the types declared in Rust, and every script uses these types.
#[test]
fn the_types_hold() {
    node(&["node_modules/typescript/bin/tsc", "--project", "."]);
}

#[test]
fn what_computes_is_right() {
    node(&["--test"]);
}

/// The formatter checks the scripts as `cargo fmt` checks Rust. The generated declarations of the
/// data are not formatted.
#[test]
fn the_scripts_are_formatted() {
    let formatter = "node_modules/prettier/bin/prettier.cjs";
    let page = "../../src/render/page/assets/**/*.js";
    node(&[
        formatter,
        "--config",
        "prettier.json",
        "--check",
        page,
        "../../src/history/trends/assets/*.js",
        "*.js",
    ]);
}

/// Node's test runner does not report a file without tests, and TypeScript does not report a file
/// that is not included.
#[test]
fn every_script_is_checked() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources =
        ["src", "tests/scripts"].map(|folder| walkdir::WalkDir::new(root.join(folder)).sort_by_file_name());
    let paths = sources.into_iter().flatten().filter_map(Result::ok).map(|entry| entry.into_path());
    let scripts = paths.filter(|path| path.extension().is_some_and(|extension| extension == "js"));
    let others =
        |path: &PathBuf| ["node_modules", "uplot"].iter().any(|name| path.iter().any(|part| part == *name));
    let scripts: Vec<PathBuf> = scripts.filter(|path| !others(path)).collect();
    assert!(scripts.len() > 30, "{scripts:?}");
    for path in scripts {
        let text = std::fs::read_to_string(&path).expect("a script is text");
        assert!(text.starts_with("// @ts-check\n"), "{} does not begin with `// @ts-check`", path.display());
    }
}
