//! A repository with foreign entries in place of the cache: nothing outside of it is written,
//! removed or waited for.
#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::symlink,
    path::Path,
    process::Command,
    time::{Duration, SystemTime},
};

use tempfile::TempDir;

use crate::support::{run, write};

/// Creates a repository beside a folder with somebody else's old files, two of which have names
/// like those of the cache.
fn repository_and_victim() -> TempDir {
    let both = tempfile::tempdir().expect("a folder for the test");
    let manifest = "[package]\nname = \"r\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
    write(both.path(), "repo/Cargo.toml", manifest);
    write(both.path(), "repo/src/lib.rs", "pub fn f() {}\n");
    let old = SystemTime::now() - Duration::from_secs(400 * 24 * 60 * 60);
    for name in [".gitignore", "my-thesis.docx", "seen-0123456789abcdef-0123456789abcdef"] {
        write(both.path(), &format!("victim/{name}"), "keep");
        let file = fs::File::options().write(true).open(both.path().join("victim").join(name));
        file.and_then(|file| file.set_modified(old)).expect("its time can be set");
    }
    both
}

fn content(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("it can be listed").map(|entry| entry.expect("readable"));
    let mut all: Vec<(String, String)> = entries
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).expect("a text");
            (entry.file_name().to_string_lossy().into_owned(), text)
        })
        .collect();
    all.sort();
    all
}

#[test]
fn a_linked_cache_folder_is_not_followed() {
    for (link, to) in [("repo/target/archlint", "../../victim"), ("repo/target", "../victim")] {
        let both = repository_and_victim();
        let before = content(&both.path().join("victim"));
        fs::create_dir_all(both.path().join(link).parent().expect("a folder")).expect("made");
        symlink(to, both.path().join(link)).expect("a link can be made");
        for command in ["check", "graph", "metrics"] {
            let output = run(&both.path().join("repo"), command);
            assert_eq!(
                output.status.code(),
                Some(0),
                "{command}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        assert_eq!(content(&both.path().join("victim")), before, "{link}");
    }
}

#[test]
fn files_of_the_cache_folder_that_are_links_are_not_written_through() {
    let both = repository_and_victim();
    let folder = both.path().join("repo/target/archlint");
    fs::create_dir_all(&folder).expect("made");
    symlink("../../../victim/.gitignore", folder.join(".gitignore")).expect("a link can be made");
    symlink("../../../victim/new-file", folder.join("CACHEDIR.TAG")).expect("a link can be made");
    let before = content(&both.path().join("victim"));
    assert_eq!(run(&both.path().join("repo"), "check").status.code(), Some(0));
    assert_eq!(content(&both.path().join("victim")), before);
}

#[test]
fn a_folder_of_other_files_is_refused_as_the_cache() {
    let both = repository_and_victim();
    let before = content(&both.path().join("victim"));
    let victim = both.path().join("victim");
    let output = run(&both.path().join("repo"), &format!("check --cache-dir {}", victim.display()));
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("no cache of archlint"), "{said}");
    assert_eq!(content(&both.path().join("victim")), before);
}

/// Each file of a working cache is replaced by one that never ends, or never begins.
#[test]
fn special_files_in_the_cache_folder_cost_a_cold_run() {
    for special in ["/dev/zero", "pipe"] {
        let both = repository_and_victim();
        let repo = both.path().join("repo");
        let expected = run(&repo, "check").stdout;
        let entries = fs::read_dir(repo.join("target/archlint")).expect("there is a cache");
        let files: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
        assert!(files.len() > 4, "{files:?}");
        for file in files.iter().filter(|file| !file.ends_with("CACHEDIR.TAG")) {
            fs::remove_file(file).expect("removed");
            match special {
                "pipe" => {
                    let made = Command::new("mkfifo").arg(file).status().expect("mkfifo runs");
                    assert!(made.success());
                }
                device => symlink(device, file).expect("a link can be made"),
            }
        }
        let output = run(&repo, "check");
        assert_eq!((output.status.code(), output.stdout), (Some(0), expected), "{special}");
    }
}
