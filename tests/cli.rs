//! The command line from the user's point of view.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

use crate::support::{fixtures, program, run, run_json};

/// Creates a package with one dependency between two of its modules, and a folder for output.
fn small() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    };
    write("Cargo.toml", "[package]\nname = \"small\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    write("src/lib.rs", "pub mod a;\npub mod b;\n");
    write("src/a.rs", "use crate::b::B;\npub struct A(B);\n");
    write("src/b.rs", "pub struct B;\n");
    folder
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {output:?}"))
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn drifted() -> PathBuf {
    fixtures().join("health-platform-drifted")
}

#[test]
fn zero_for_a_clean_workspace() {
    assert_eq!(code(&run(small().path(), "check")), 0);
    let clean = run(&fixtures().join("health-platform"), "check");
    assert_eq!(code(&clean), 0, "{}", String::from_utf8_lossy(&clean.stdout));
}

#[test]
fn one_for_findings() {
    assert_eq!(code(&run(&drifted(), "check")), 1);
    assert_eq!(code(&run(&drifted(), "check --format json")), 1);
}

#[test]
fn why_shows_the_line_of_each_hop() {
    let folder = small();
    let output = run(folder.path(), "why small::a small::b");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("src/a.rs:1: use crate::b::B;"), "{text}{}", stderr(&output));
    let unknown = run(folder.path(), "why small::a small::bb");
    assert_eq!(code(&unknown), 2);
    assert!(stderr(&unknown).contains("did you mean `small::b`"), "{}", stderr(&unknown));
}

#[test]
fn two_for_usage() {
    for arguments in ["", "nothing", "graph --format nothing", "graph --no-such-flag", "check --threads 0"] {
        let output =
            program().args(arguments.split(' ').filter(|a| !a.is_empty())).output().expect("it starts");
        assert_eq!(code(&output), 2, "{arguments}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments}");
    }
}

#[test]
fn help_and_version_are_answers() {
    for arguments in
        ["--help", "--version", "check --help", "graph --help", "why --help", "rules --help", "help graph"]
    {
        let output = program().args(arguments.split(' ')).output().expect("it starts");
        assert_eq!((code(&output), output.stderr.len()), (0, 0), "{arguments}");
    }
}

#[test]
fn two_and_one_error_without_a_workspace() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let output = program().arg("check").current_dir(folder.path()).output().expect("it starts");
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("Cargo.toml"), "{}", stderr(&output));
    assert_eq!(code(&run(folder.path(), "graph")), 2);
}

#[test]
fn two_and_one_error_for_a_broken_manifest() {
    let folder = small();
    fs::write(folder.path().join("Cargo.toml"), "[package\nname = 1\n").expect("the file can be written");
    for command in ["check", "graph"] {
        let output = run(folder.path(), command);
        assert_eq!((code(&output), output.stdout.len()), (2, 0), "{command}");
        assert_eq!(
            stderr(&output).lines().filter(|l| l.starts_with("error")).count(),
            1,
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn two_for_a_broken_configuration() {
    let folder = small();
    fs::write(folder.path().join("archlint.toml"), "[[forbit]]\n").expect("the file can be written");
    let output = run(folder.path(), "check");
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("forbit"), "{}", stderr(&output));
}

#[test]
fn a_baseline_freezes_what_is_there() {
    let folder = small();
    let rule = "[[forbid]]\nfrom = \"small::a\"\nto = \"small::b\"\nreason = \"layers\"\n";
    fs::write(folder.path().join("archlint.toml"), rule).expect("the file can be written");
    assert_eq!(code(&run(folder.path(), "check")), 1);
    let frozen = run(folder.path(), "baseline");
    assert_eq!(
        String::from_utf8_lossy(&frozen.stdout),
        "archlint-baseline.toml: 1 added, 0 shrunk or gone\n"
    );
    assert_eq!(code(&run(folder.path(), "check")), 0);
    fs::write(folder.path().join("src/a.rs"), "use crate::b::B;\npub struct A(B, B);\n").expect("written");
    let grown = run(folder.path(), "check");
    assert_eq!(code(&grown), 1, "{}", String::from_utf8_lossy(&grown.stdout));
    assert!(String::from_utf8_lossy(&run(folder.path(), "baseline").stdout).contains("--accept-new"));
    assert_eq!(code(&run(folder.path(), "baseline --accept-new")), 0);
    assert_eq!(code(&run(folder.path(), "check")), 0);
}

#[test]
fn rules_and_kinds_are_explained() {
    let workspace = fixtures().join("health-platform");
    let text =
        |id: &str| String::from_utf8_lossy(&run(&workspace, &format!("explain {id}")).stdout).into_owned();
    assert!(text("messages-carry-no-phi").contains("why: Messages leave the organisation"));
    assert!(text("forbid").contains("Example:"), "{}", text("forbid"));
    let unknown = run(&workspace, "explain forbidd");
    assert_eq!(code(&unknown), 2);
    assert!(stderr(&unknown).contains("did you mean `forbid`?"), "{}", stderr(&unknown));
}

#[test]
fn a_subfolder_will_do() {
    let folder = small();
    let from = |at: &str| {
        let here = folder.path().join(at);
        program().args(["graph", "--format", "json"]).current_dir(here).output().expect("it starts").stdout
    };
    let top = from(".");
    assert!(String::from_utf8_lossy(&top).contains("small::b"), "{}", String::from_utf8_lossy(&top));
    assert_eq!(from("src"), top);
}

#[test]
fn output_goes_to_a_file() {
    let folder = small();
    let file = folder.path().join("graph.json");
    let written = |arguments: &str| {
        let output = run(folder.path(), &format!("{arguments} --output {}", file.display()));
        assert_eq!((code(&output), output.stdout.len()), (0, 0), "{}", stderr(&output));
        fs::read(&file).expect("the file is there")
    };
    assert_eq!(written("graph --format json"), run(folder.path(), "graph --format json").stdout);
    assert_eq!(written("check --format json"), run(folder.path(), "check --format json").stdout);
    let left = fs::read_dir(folder.path()).expect("the folder is there").filter_map(Result::ok);
    let left: Vec<_> =
        left.map(|e| e.file_name()).filter(|n| n.to_string_lossy().starts_with(".archlint")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn output_that_cannot_be_written_is_an_error() {
    let output = run(small().path(), "graph --output /no/such/folder/graph.dot");
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("/no/such/folder"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn a_device_is_not_replaced() {
    use std::os::unix::fs::FileTypeExt;
    assert_eq!(code(&run(small().path(), "graph --output /dev/null")), 0);
    assert!(fs::metadata("/dev/null").expect("it is there").file_type().is_char_device());
}

#[test]
fn a_reader_may_leave_early() {
    let workspace = many_modules();
    for arguments in ["graph --format json --sites", "graph", "check"] {
        let mut command = program();
        command.args(arguments.split(' ')).arg("--manifest-path").arg(workspace.path().join("Cargo.toml"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut first = String::new();
        let mut reader = BufReader::with_capacity(16, child.stdout.take().expect("a pipe"));
        reader.read_line(&mut first).expect("text");
        drop(reader);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(code(&output), 0, "{arguments}: {}", stderr(&output));
        assert!(!stderr(&output).contains("panicked"), "{arguments}: {}", stderr(&output));
    }
}

/// Creates a workspace whose graph is large enough to fill a pipe.
fn many_modules() -> TempDir {
    let folder = small();
    let module = |n: u32| {
        format!("pub mod m{n} {{ pub struct S; pub fn f(_: super::b::B, _: super::m{}::S) {{}} }}\n", n / 2)
    };
    let modules: String = (0..3000).map(module).collect();
    fs::write(folder.path().join("src/lib.rs"), format!("pub mod a;\npub mod b;\n{modules}"))
        .expect("written");
    folder
}

#[test]
fn cargo_finds_it() {
    let folder = small();
    let direct = run(folder.path(), "graph --format json").stdout;
    let bin = Path::new(env!("CARGO_BIN_EXE_cargo-archlint")).parent().expect("a binary has a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(bin.to_owned()).chain(std::env::split_paths(&path)))
        .expect("a PATH");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["archlint", "graph", "--format", "json"]).env("PATH", path).current_dir(folder.path());
    let output = cargo.output().expect("cargo starts");
    assert_eq!(output.stdout, direct, "{}", stderr(&output));
}

#[test]
fn the_graph_json_keeps_its_contract() {
    let graph = run_json(small().path(), "graph --format json --sites");
    assert_eq!((&graph["format"], &graph["version"]), (&"archlint.graph".into(), &1.into()));
    let ids: Vec<_> = graph["nodes"].as_array().expect("an array").iter().map(|n| n["id"].as_str()).collect();
    assert_eq!(ids, [Some("small"), Some("small::a"), Some("small::b")]);
    assert_eq!(graph["edges"][0]["from"], "small::a");
    let site = serde_json::json!({
        "file": "src/a.rs", "line": 1, "column": 15, "end_line": 1, "end_column": 16, "context": "import",
        "named": "small::b", "item": "B", "cfg": null,
    });
    assert_eq!(graph["edges"][0]["sites"][0], site);
}

#[test]
fn colour_is_a_choice() {
    let coloured = |when: &str| run(&drifted(), &format!("check --color {when}")).stdout.contains(&0x1b);
    assert_eq!((coloured("never"), coloured("auto"), coloured("always")), (false, false, true));
}
