//! The key of the cache: entries written by another user are never trusted, in whichever repository
//! they are.

use std::{fs, path::Path, process::Output};

use tempfile::TempDir;

use crate::support::{copy, fixtures, program};

const KEY: &str = "ARCHLINT_CACHE_KEY";

fn platform() -> TempDir {
    copy(&fixtures().join("health-platform-drifted"))
}

/// Runs archlint as a user whose state folder is `state`, with no key in the environment.
fn run_by(state: &Path, folder: &Path, arguments: &str) -> Output {
    let mut command = program();
    command.env_remove(KEY).env("XDG_STATE_HOME", state).env("HOME", state);
    command.args(arguments.split(' ')).arg("--manifest-path").arg(folder.join("Cargo.toml"));
    command.output().expect("the program starts")
}

fn stages(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
#[cfg(target_os = "linux")]
fn each_user_has_a_key_and_believes_no_other() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = platform();
    let users = [tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder")];
    let expected = run_by(users[0].path(), folder.path(), "check --no-cache").stdout;
    let key = users[0].path().join("archlint/cache.key");
    assert!(!key.exists(), "a run without a cache wants no key");

    let first = run_by(users[0].path(), folder.path(), "check --timings");
    let again = run_by(users[0].path(), folder.path(), "check --timings");
    assert!(stages(&first).contains("resolve") && !stages(&again).contains("resolve"), "{}", stages(&again));
    assert_eq!(fs::metadata(&key).expect("a key was made").permissions().mode() & 0o777, 0o600);

    let other = run_by(users[1].path(), folder.path(), "check --timings");
    assert!(stages(&other).contains("resolve"), "{}", stages(&other));
    assert!(stages(&other).contains("not written by this user"), "{}", stages(&other));
    for output in [first, again, other] {
        assert_eq!(output.stdout, expected);
    }
}

/// The contents of a hostile repository: the cache that the program itself writes for another state
/// of the code, under the names for this state.
#[test]
fn a_committed_cache_does_not_speak_for_the_code() {
    let harmless = copy(&fixtures().join("health-platform"));
    let harmful = platform();
    let expected = run_with("a key of the team's CI", harmful.path(), "check --no-cache");
    assert_eq!(expected.status.code(), Some(1));
    let of_harmless = run_with("a key of the attacker", harmless.path(), "check");
    assert_eq!(of_harmless.status.code(), Some(0));
    run_with("a key of the attacker", harmful.path(), "check");
    let (from, to) = (harmless.path().join("target/archlint"), harmful.path().join("target/archlint"));
    let named = |folder: &Path, kind: &str| {
        let entries = fs::read_dir(folder).expect("a cache").map(|entry| entry.expect("readable").path());
        let mut named: Vec<_> = entries
            .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(kind)))
            .filter(|path| path.extension().is_none())
            .collect();
        named.sort();
        named
    };
    for kind in ["answer", "seen", "analysis", "facts"] {
        let pairs: Vec<_> = named(&from, kind).into_iter().zip(named(&to, kind)).collect();
        assert!(!pairs.is_empty(), "{kind}");
        for (harmless, harmful) in pairs {
            fs::copy(harmless, harmful).expect("copied");
        }
    }
    let victim = run_with("a key of the team's CI", harmful.path(), "check");
    assert_eq!((victim.status.code(), victim.stdout), (expected.status.code(), expected.stdout));
}

fn run_with(key: &str, folder: &Path, arguments: &str) -> Output {
    let mut command = program();
    command.env(KEY, key).args(arguments.split(' ')).arg("--manifest-path").arg(folder.join("Cargo.toml"));
    command.output().expect("the program starts")
}

#[test]
#[cfg(target_os = "linux")]
fn a_key_that_the_repository_could_hold_is_none() {
    let folder = platform();
    let state = folder.path().join("home");
    fs::create_dir_all(&state).expect("made");
    let expected = run_by(&state, folder.path(), "check --no-cache").stdout;
    for _ in 0..2 {
        let output = run_by(&state, folder.path(), "check --timings");
        assert_eq!(output.stdout, expected);
        assert!(stages(&output).contains("resolve"), "{}", stages(&output));
        assert!(stages(&output).contains("lies in the workspace"), "{}", stages(&output));
    }
}

#[test]
fn a_short_key_is_a_mistake() {
    let folder = platform();
    let output = run_with("too short", folder.path(), "check");
    assert_eq!(output.status.code(), Some(2));
    assert!(stages(&output).contains("`ARCHLINT_CACHE_KEY` must hold a secret"), "{}", stages(&output));
    assert_eq!(run_with("too short", folder.path(), "check --no-cache").status.code(), Some(1));
}
