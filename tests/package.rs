//! The promises of the manifest to users of the package.

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

/// Parses a release such as `1.90` or `1.90.1`.
fn release(text: &str) -> Vec<u32> {
    text.split('.').map(|part| part.parse().expect("a release is made of numbers")).collect()
}

/// Every package that users build declares that it supports `rust-version`.
///
/// The other half is clippy's `incompatible_msrv`, which CI denies: no newer item of the standard
/// library is used. Neither detects newer syntax, or a dependency that declares no version; only a
/// build with that toolchain does, and CI makes one if the toolchain is installed.
#[test]
fn no_dependency_needs_a_newer_compiler() {
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--locked", "--offline", "--all-features", "--format-version=1"]);
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo answers in JSON");
    let ours = release(env!("CARGO_PKG_RUST_VERSION"));
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 1, "a test over nothing proves nothing");
    let newer: Vec<String> = packages
        .iter()
        .filter_map(|package| {
            let needs = package["rust_version"].as_str()?;
            (release(needs) > ours).then(|| format!("{} needs {needs}", package["name"]))
        })
        .collect();
    assert!(newer.is_empty(), "rust-version is {}, but {newer:?}", env!("CARGO_PKG_RUST_VERSION"));
}

/// A user of the library who checks the architecture in a unit test builds few crates, as the
/// README promises.
#[test]
fn a_unit_test_of_the_architecture_builds_few_crates() {
    let mut command = Command::new(env!("CARGO"));
    command.args([
        "tree",
        "--locked",
        "--offline",
        "--no-default-features",
        "--edges=normal,build",
        "--prefix=none",
    ]);
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let crates: BTreeSet<&str> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    let with_its_own = crates.len() + 1;
    assert!(crates.iter().any(|name| name.starts_with("syn ")), "a test over nothing proves nothing");
    assert!(with_its_own <= 80, "{with_its_own} crates: {crates:#?}");
}

/// A release must not have a placeholder as its repository address.
#[test]
fn the_placeholder_is_the_same_everywhere() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let repository = env!("CARGO_PKG_REPOSITORY");
    for file in ["docs/book.toml", ".github/ISSUE_TEMPLATE/config.yml", "CHANGELOG.md"] {
        let text = std::fs::read_to_string(root.join(file)).expect("the file is there");
        assert!(text.contains(repository), "{file} does not name {repository}");
        let others = text.matches("github.com/").count()
            - text.matches(repository.trim_start_matches("https://")).count();
        assert_eq!(others, 0, "{file} names another repository");
    }
}
