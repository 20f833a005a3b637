//! Nothing in the workspace is executed, and no manifest breaks the program.
#![cfg(unix)]

use std::{fs, os::unix::fs::PermissionsExt};

use super::Hostile;

/// Creates a workspace with a program that leaves a trace, and everything that could lead cargo or
/// rustup to run it.
fn with_traps() -> Hostile {
    let case = Hostile::new().with("trap.sh", "");
    let (trap, trace) = (case.path("trap.sh"), case.path("trace"));
    fs::write(&trap, format!("#!/bin/sh\necho run >> '{}'\nexit 1\n", trace.display()))
        .expect("it can be written");
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let (trap, folder) = (trap.display().to_string(), case.path("toolchain").display().to_string());
    let config = format!(
        "[build]\nrustc = {trap:?}\nrustc-wrapper = {trap:?}\nrustc-workspace-wrapper = {trap:?}\n\
         [target.'cfg(all())']\nrunner = {trap:?}\nlinker = {trap:?}\n\
         [alias]\nmetadata = \"run\"\n[registry]\nglobal-credential-providers = [{trap:?}]\n\
         [credential-alias]\ncargo = [{trap:?}]\n[env]\nRUSTC = {trap:?}\n"
    );
    let case = case
        .with("rust-toolchain.toml", format!("[toolchain]\npath = {folder:?}\n"))
        .with(".cargo/config.toml", config)
        .with("build.rs", "fn main() { std::process::Command::new(\"./trap.sh\").status().unwrap(); }")
        .with("toolchain/bin/cargo", "")
        .with("toolchain/bin/rustc", "");
    for program in ["cargo", "rustc"] {
        let path = case.path(&format!("toolchain/bin/{program}"));
        fs::copy(case.path("trap.sh"), path).expect("it can be copied");
    }
    case
}

#[test]
fn nothing_of_the_workspace_is_run() {
    let case = with_traps();
    case.assert_survived();
    // Also from inside the workspace, where rustup and cargo look for their files.
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_archlint"));
    let output = command
        .args(["graph", "--format", "json"])
        .current_dir(case.path("src"))
        .output()
        .expect("it starts");
    assert!(matches!(output.status.code(), Some(0)), "{output:?}");
    assert!(!case.path("trace").exists(), "a program of the workspace was run");
}

#[test]
fn manifests_that_no_one_can_read() {
    let manifests = [
        ("empty", String::new()),
        ("no package", "[dependencies]\n".into()),
        ("not TOML", "}{".into()),
        ("deep", format!("[package]\nname = \"a\"\nx = {}{}\n", "[".repeat(100_000), "]".repeat(100_000))),
        ("dotted", format!("{} = 1\n", vec!["a"; 100_000].join("."))),
        ("name that acts", "[package]\nname = \"\\u001b[31m\"\nversion = \"0.1.0\"\n".into()),
        ("workspace of everything", "[workspace]\nmembers = [\"**\", \"src/../**\", \"/\"]\n".into()),
        ("member of itself", "[workspace]\nmembers = [\".\", \"./.\", \"src/..\"]\n".into()),
        ("root elsewhere", "[package]\nname = \"a\"\nworkspace = \"/\"\n".into()),
        (
            "library elsewhere",
            "[package]\nname = \"a\"\nversion = \"0.1.0\"\n[lib]\npath = \"/etc/passwd\"\n".into(),
        ),
        (
            "library endless",
            "[package]\nname = \"a\"\nversion = \"0.1.0\"\n[lib]\npath = \"/dev/zero\"\n".into(),
        ),
    ];
    let mut problems = String::new();
    for (name, manifest) in manifests {
        let case = Hostile::new().with("Cargo.toml", manifest).with("src/lib.rs", "");
        for command in ["graph", "check"] {
            problems.extend(case.run(command).err().map(|problem| format!("{name}: {problem}\n")));
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn configurations_that_no_one_can_read() {
    let configurations = [
        ("deep", "[".repeat(100_000)),
        ("deep value", format!("x = {}{}", "[".repeat(100_000), "]".repeat(100_000))),
        ("selector", format!("[[forbid]]\nid = \"a\"\nfrom = \"{}\"\nto = \"**\"\n", "**::*".repeat(20_000))),
        ("braces", format!("[[forbid]]\nid = \"a\"\nfrom = \"{}\"\nto = \"x\"\n", "{a}::".repeat(20_000))),
        ("glob", format!("[analysis]\nexclude = [\"{}\"]\n", "{a,".repeat(20_000))),
        ("invalid", "\u{0}\u{1b}".into()),
        ("extends itself", "extends = [\"archlint.toml\", \"./archlint.toml\", \"/dev/zero\"]\n".into()),
    ];
    let mut problems = String::new();
    for (name, configuration) in configurations {
        let case = Hostile::new().with("archlint.toml", configuration).with("src/lib.rs", "");
        problems.extend(case.run("check --color never").err().map(|problem| format!("{name}: {problem}\n")));
    }
    assert!(problems.is_empty(), "\n{problems}");
}
