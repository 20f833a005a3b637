//! The fixtures, and functions that run the program on a workspace.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// Returns the folder of all fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Returns the folders under `fixtures/` that contain a file named `marker` and that `keep`
/// accepts, sorted.
pub fn folders_with(marker: &str, keep: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(fixtures()).into_iter().filter_entry(|e| e.file_name() != "target");
    let mut folders: Vec<PathBuf> = files
        .filter_map(Result::ok)
        .filter(|e| e.file_name() == marker)
        .filter_map(|e| e.path().parent().map(Path::to_owned))
        .filter(|folder| keep(folder))
        .collect();
    folders.sort();
    assert!(!folders.is_empty(), "no fixture has a {marker}: a test over nothing proves nothing");
    folders
}

/// Returns the workspaces `fixtures/resolve/*`.
pub fn resolution_cases() -> Vec<PathBuf> {
    let tops = ["resolve", "inference"].map(|top| fixtures().join(top));
    folders_with("Cargo.toml", |folder| tops.iter().any(|top| folder.parent() == Some(top)))
}

/// Returns the workspaces under `fixtures/` with a configuration.
pub fn configured_cases() -> Vec<PathBuf> {
    folders_with("archlint.toml", |folder| folder.join("Cargo.toml").is_file())
}

/// Returns a copy of a fixture that a test may change.
pub fn copy(case: &Path) -> TempDir {
    let copy = tempfile::tempdir().expect("a folder for the test");
    let all = walkdir::WalkDir::new(case).into_iter().filter_entry(|e| e.file_name() != "target");
    for file in all.filter_map(Result::ok).filter(|e| e.file_type().is_file()) {
        let name =
            file.path().strip_prefix(case).expect("beneath the fixture").to_string_lossy().into_owned();
        write(copy.path(), &name, &fs::read_to_string(file.path()).expect("a fixture is text"));
    }
    copy
}

/// Writes a file of a workspace, and creates the folders that contain it.
pub fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// Returns the name of a fixture for messages: its folder under `fixtures/`.
pub fn name(case: &Path) -> String {
    case.strip_prefix(fixtures()).unwrap_or(case).display().to_string()
}

/// Returns a command for the program that does not depend on the environment of the tests.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_archlint"));
    let outer = [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "GITHUB_ACTIONS",
        "GITHUB_STEP_SUMMARY",
        "TF_BUILD",
        "TEAMCITY_VERSION",
        "SOURCE_DATE_EPOCH",
    ];
    for variable in outer {
        command.env_remove(variable);
    }
    // The key is set so that no key is created in the state folder of the user who runs the tests.
    command.env("ARCHLINT_CACHE_KEY", "the key of archlint's own tests");
    command
}

/// Runs the program with `arguments` (split at spaces) on the workspace in `folder`.
pub fn run(folder: &Path, arguments: &str) -> Output {
    let manifest = folder.join("Cargo.toml");
    let command = &mut program();
    command.args(arguments.split(' ')).arg("--manifest-path").arg(manifest);
    command.output().expect("the program starts")
}

/// Returns the standard output of the program as JSON. The program must have succeeded, or have
/// found violations.
pub fn run_json(folder: &Path, arguments: &str) -> serde_json::Value {
    let output = run(folder, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments} on {}: {errors}", folder.display());
    serde_json::from_slice(&output.stdout).expect("standard output is JSON")
}

/// Returns the number of repetitions of a randomised test: `usual` times the factor
/// `ARCHLINT_TIMES`.
pub fn times(usual: u32) -> u32 {
    let factor = std::env::var("ARCHLINT_TIMES").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    usual.saturating_mul(factor)
}
