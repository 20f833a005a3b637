//! Pipes, devices, folders and huge files in all places that the program reads: each run ends, and
//! reports what it did not read.
#![cfg(unix)]

use std::{fs, os::unix::fs::symlink, path::Path, process::Command};

use super::Hostile;
use crate::history::git;

/// The kinds of entries in place of a file.
const SPECIAL: &[&str] = &["pipe", "folder", "zero", "vast"];

/// Puts a pipe, a folder, an endless device or a file of 3 GiB at the path.
pub fn place(path: &Path, special: &str) {
    let _ = fs::remove_file(path);
    let _ = fs::remove_dir_all(path);
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
    match special {
        "pipe" => assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo is there").success()),
        "folder" => fs::create_dir(path).expect("a folder can be made"),
        "zero" => symlink("/dev/zero", path).expect("a link can be made"),
        _ => {
            let file = fs::File::create(path).expect("a file can be made");
            file.set_len(3 << 30).expect("a file can have holes");
        }
    }
}

/// The files of a workspace that are read, and the exit code if one of them is not a file: a gate
/// that cannot read its input must fail.
const FILES: &[(&str, i32)] = &[
    ("src/other.rs", 1),
    ("src/inner.rs", 1),
    ("src/included.in", 1),
    ("archlint.toml", 2),
    ("archlint-baseline.toml", 2),
    ("pack.toml", 2),
    ("Cargo.toml", 2),
    ("member/Cargo.toml", 2),
    ("dependency/Cargo.toml", 2),
    // These files are not read.
    ("Cargo.lock", 0),
    ("rust-toolchain.toml", 0),
    ("rust-toolchain", 0),
    (".cargo/config.toml", 0),
    ("build.rs", 0),
    (".gitignore", 0),
];

fn workspace() -> Hostile {
    Hostile::new()
        .with(
            "Cargo.toml",
            "[package]\nname = \"hostile\"\nversion = \"0.1.0\"\nedition = \"2021\"\nbuild = false\n\
             [dependencies]\ndependency = { path = \"dependency\" }\n[workspace]\nmembers = [\"member\"]\n",
        )
        .with("member/Cargo.toml", "[package]\nname = \"member\"\nversion = \"0.1.0\"\n")
        .with("member/src/lib.rs", "")
        .with("dependency/Cargo.toml", "[package]\nname = \"dependency\"\nversion = \"0.1.0\"\n")
        .with("dependency/src/lib.rs", "")
        .with("archlint.toml", "extends = [\"pack.toml\"]\n")
        .with("archlint-baseline.toml", "findings = []\n")
        .with("pack.toml", "")
        .with("src/lib.rs", "mod other;\nmod inner;\nmod included { include!(\"included.in\"); }\n")
        .with("src/other.rs", "")
        .with("src/inner.rs", "")
        .with("src/included.in", "")
}

#[test]
fn wherever_a_workspace_is_read() {
    let mut problems = String::new();
    for (file, code) in FILES {
        for special in SPECIAL {
            let case = workspace();
            place(&case.path(file), special);
            for command in ["check", "graph --no-cache --format json"] {
                match case.run(command) {
                    Err(problem) => problems += &format!("{special} as {file}: {problem}\n"),
                    Ok(run) if command.starts_with("check") && run.code != *code => {
                        problems += &format!("{special} as {file}: {command}: {} {}\n", run.code, run.errors);
                    }
                    Ok(run) if run.code == 2 && !run.errors.contains(file) && *file != "Cargo.toml" => {
                        problems += &format!("{special} as {file} is not named: {}\n", run.errors);
                    }
                    Ok(_) => {}
                }
            }
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn a_configuration_that_is_named() {
    for special in SPECIAL {
        let case = workspace();
        place(&case.path("ci/named.toml"), special);
        let config = case.path("ci/named.toml").display().to_string();
        let run = case.run(&format!("check --config {config}")).unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(run.code, 2, "{special}: {}", run.errors);
        assert!(
            run.errors.contains("named.toml") && run.errors.contains("because"),
            "{special}: {}",
            run.errors
        );
    }
}

/// The files of a repository that gix reads.
const GIT: &[&str] = &[
    "config",
    "config.worktree",
    "HEAD",
    "packed-refs",
    "shallow",
    "commondir",
    "refs/heads/main",
    "refs/heads/other",
    "refs/tags/v1",
    "objects/info/alternates",
    "objects/info/commit-graph",
    "objects/pack/pack-0123456789012345678901234567890123456789.idx",
    "objects/pack/multi-pack-index",
];

#[test]
fn wherever_a_git_repository_is_read() {
    let mut problems = String::new();
    for file in GIT {
        for special in SPECIAL.iter().filter(|special| **special != "folder") {
            let case = with_history();
            place(&case.path(".git").join(file), special);
            problems.extend(case.run("drift HEAD").err().map(|e| format!("{special} as {file}: {e}\n")));
        }
    }
    for special in SPECIAL {
        let case = with_history();
        place(&case.path(".git"), special);
        for command in ["drift HEAD", "check"] {
            problems.extend(case.run(command).err().map(|e| format!("{special} as .git: {e}\n")));
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn what_is_wrong_with_a_repository_is_said() {
    for (file, content) in [
        ("config", None),
        ("objects/info/alternates", Some("/dev\n")),
        ("objects/info/alternates", Some("../../lent\n")),
        ("objects/12/3456789012345678901234567890123456789012", None),
    ] {
        let case = with_history();
        place(&case.path("lent/12/34"), "pipe");
        match content {
            Some(text) => fs::write(case.path(".git").join(file), text).expect("it can be written"),
            None => place(&case.path(".git").join(file), "pipe"),
        }
        let run = case.run("drift HEAD").unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(run.code, 2, "{file}: {}", run.errors);
        assert!(run.errors.contains("the git repository cannot be read: `"), "{file}: {}", run.errors);
    }
}

#[test]
fn a_chain_of_lent_objects_and_an_included_configuration_end() {
    let case = with_history();
    for n in 0..200 {
        let alternates = case.path(&format!("store{n}/info/alternates"));
        fs::create_dir_all(alternates.parent().expect("a folder")).expect("made");
        fs::write(alternates, format!("../store{}\n", n + 1)).expect("it can be written");
    }
    fs::write(case.path(".git/objects/info/alternates"), "../../store0\n").expect("it can be written");
    assert_eq!(case.run("drift HEAD").map(|run| run.code), Ok(2));
    fs::remove_file(case.path(".git/objects/info/alternates")).expect("removed");
    place(&case.path("pipe"), "pipe");
    let config = case.path(".git/config");
    let text = fs::read_to_string(&config).expect("readable") + "[include]\n\tpath = ../pipe\n";
    fs::write(config, text).expect("it can be written");
    assert_eq!(case.run("drift HEAD").map(|run| run.code), Ok(0));
}

fn with_history() -> Hostile {
    let case = workspace();
    git::run(&case.path(""), &["init", "--quiet", "--initial-branch=main"]);
    git::run(&case.path(""), &["add", "--all"]);
    git::run(&case.path(""), &["commit", "--quiet", "--message", "start"]);
    case
}
