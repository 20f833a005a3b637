//! Files that `signatures` names, in every place and of every kind: each run ends, nothing outside of
//! the workspace is read, and `check` fails because it could not read what it was told to.
#![cfg(unix)]

use std::{fs, os::unix::fs::symlink, process::Command};

use super::Hostile;

/// A text that only a file outside contains.
const SECRET: &str = "hunter2_of_the_outside";

/// A package in `repo/` of a workspace that uses the crate `secret`, with a file of that name outside.
fn case(glob: &str) -> Hostile {
    let case = Hostile::new()
        .with(
            "repo/Cargo.toml",
            "[package]\nname = \"repo\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\nsecret = \"1\"\n",
        )
        .with("repo/src/lib.rs", "pub fn f(s: secret::S) { s.a(); }\n")
        .with("repo/archlint.toml", format!("[analysis]\nsignatures = [{glob:?}]\n"))
        .with("repo/signatures/note.txt", "")
        .with("outside/secret.rs", format!("pub struct {SECRET}; }} {SECRET}"));
    fs::create_dir(case.path("repo/.git")).expect("a folder can be made");
    case
}

/// Returns a description of the problem if a check of the package does not fail as it should.
fn problem(name: &str, case: &Hostile) -> Option<String> {
    let manifest = case.path("repo/Cargo.toml");
    let output = Command::new("timeout")
        .args(["60", env!("CARGO_BIN_EXE_archlint"), "check", "--no-cache", "--manifest-path"])
        .arg(manifest)
        .output()
        .expect("the program starts");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let is_right = output.status.code() == Some(1) && said.contains("error[unread]");
    (!is_right || said.contains(SECRET)).then(|| format!("{name}: {:?} {said}\n", output.status))
}

#[test]
fn outside_of_the_workspace() {
    let absolute = |case: &Hostile| case.path("outside").display().to_string();
    let root = case("");
    let globs = [
        "../outside/*.rs".to_owned(),
        "../outside/secret.rs".to_owned(),
        "signatures/../../outside/secret.rs".to_owned(),
        "linked/*.rs".to_owned(),
        "linked/secret.rs".to_owned(),
        "signatures/secret.rs".to_owned(),
        "signatures/*".to_owned(),
        "/dev/zero".to_owned(),
        format!("{}/*.rs", absolute(&root)),
        format!("{}/secret.rs", absolute(&root)),
    ];
    let problems = globs.iter().filter_map(|glob| {
        let case = case(glob);
        symlink("../outside", case.path("repo/linked")).expect("a link can be made");
        symlink("../../outside/secret.rs", case.path("repo/signatures/secret.rs"))
            .expect("a link can be made");
        problem(glob, &case)
    });
    let problems: String = problems.collect();
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn special_files() {
    let problems = ["pipe", "folder", "zero", "vast"].iter().flat_map(|special| {
        ["signatures/*.rs", "signatures/secret.rs"].into_iter().filter_map(move |glob| {
            let case = case(glob);
            super::special::place(&case.path("repo/signatures/secret.rs"), special);
            problem(&format!("{special} as {glob}"), &case)
        })
    });
    let problems: String = problems.collect();
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn strange_signatures() {
    let outer = "pub struct S; impl S { pub fn a(&self) -> S; }";
    let sources = [
        ("cycles", "pub type S = T; pub type T = S; pub trait A: B {} pub trait B: A {}".to_owned()),
        (
            "its own modules",
            "pub mod secret { pub use crate::*; pub use super::*; } pub use secret::*;".to_owned(),
        ),
        (
            "the standard library's names",
            "pub mod std { pub struct Vec; } pub struct Option<T>(T); pub use std::*;".to_owned(),
        ),
        (
            "a macro without end",
            format!("{outer} macro_rules! m {{ ($($t:tt)*) => {{ m! {{ $($t)* x }} }} }} m! {{}}"),
        ),
        ("defaults", "pub struct S<T = S<S>, U = S<T, T>>(T, U);".to_owned()),
        (
            "a dereference to more",
            "pub struct S<T = u8>(T); impl<T> std::ops::Deref for S<T> { type Target = S<(T, T)>; }"
                .to_owned(),
        ),
        ("many of one name", outer.repeat(5_000)),
        ("bytes", "\0\u{fffd}\u{202e}pub struct S;".to_owned()),
    ];
    for (name, source) in sources {
        let case = case("signatures/*.rs").with("repo/signatures/secret.rs", source);
        let output = Command::new("timeout")
            .args(["60", env!("CARGO_BIN_EXE_archlint"), "check", "--no-cache", "--manifest-path"])
            .arg(case.path("repo/Cargo.toml"))
            .output()
            .expect("the program starts");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?} {errors}", output.status);
    }
}
