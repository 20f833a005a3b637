//! Whatever links a repository contains, nothing outside of it is written; a path outside that the
//! user names is the user's choice.
#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Output,
};

use tempfile::TempDir;

use crate::support::{program, write};

/// Every command that writes a file to the path `FILE`.
const COMMANDS: &[&str] = &[
    "check --output FILE",
    "check --report sarif=FILE",
    "check --report html=FILE",
    "graph --format json --output FILE",
    "graph --format svg --output FILE",
    "graph --format html --output FILE",
    "graph --unresolved --output FILE",
    "metrics --format csv --output FILE",
    "rules --output FILE",
    "rules r::a --output FILE",
    "why r::b r::a --output FILE",
    "init --output FILE --force --drop-rules",
];

/// Creates `repo/` with two modules, beside `victim/` with a file that must stay unchanged;
/// `repo/out` and `repo/file` are links to them.
fn repository() -> TempDir {
    let both = tempfile::tempdir().expect("a folder for the test");
    let manifest = "[package]\nname = \"r\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
    write(both.path(), "repo/Cargo.toml", manifest);
    write(
        both.path(),
        "repo/src/lib.rs",
        "pub mod a { pub struct A; }\npub mod b { pub use crate::a::A; }\n",
    );
    write(both.path(), "victim/file", "keep");
    for (link, to) in [("out", "../victim"), ("file", "../victim/file"), ("new", "../victim/new")] {
        symlink(to, both.path().join("repo").join(link)).expect("a link can be made");
    }
    both
}

fn run(folder: &Path, arguments: &str, file: &str) -> Output {
    let mut command = program();
    command.args(arguments.split(' ').map(|argument| argument.replace("FILE", file))).current_dir(folder);
    command.output().expect("the program starts")
}

fn content(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).expect("readable"))).collect()
}

#[test]
fn no_link_below_the_root_is_written_through() {
    for command in COMMANDS {
        let both = repository();
        let (repo, victim) = (both.path().join("repo"), both.path().join("victim"));
        for file in ["out/file", "out/new", "file", "new", "./src/../out/new"] {
            for folder in [repo.clone(), repo.join("src")] {
                let file = if folder == repo { file.to_owned() } else { format!("../{file}") };
                let output = run(&folder, command, &file);
                let said = String::from_utf8_lossy(&output.stderr);
                assert_eq!(output.status.code(), Some(2), "{command} {file}: {said}");
                assert!(
                    said.contains("is a symbolic link, which is not followed"),
                    "{command} {file}: {said}"
                );
                assert_eq!(content(&victim), [(victim.join("file"), b"keep".to_vec())], "{command} {file}");
            }
        }
    }
}

#[test]
fn a_real_path_below_the_root_and_any_path_outside_is_written() {
    for command in COMMANDS {
        let both = repository();
        let repo = both.path().join("repo");
        symlink("repo", both.path().join("mine")).expect("a link can be made");
        symlink("victim/file", both.path().join("own-link")).expect("a link can be made");
        for (file, written) in [
            ("src/../written", "repo/written"),
            ("../mine/src/written", "repo/src/written"),
            ("../victim/other", "victim/other"),
            ("../own-link", "victim/file"),
        ] {
            let output = run(&repo, command, file);
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{command} {file}: {said}");
            let text = fs::read(both.path().join(written)).expect("it is written");
            assert!(
                text != b"keep" && (!text.is_empty() || command.contains("unresolved")),
                "{command} {file}"
            );
        }
        assert!(fs::symlink_metadata(both.path().join("own-link")).is_ok_and(|found| found.is_symlink()));
    }
}

/// The files that commands write to default paths: each as a link to a file, as a dangling link,
/// and as a link to a folder.
#[test]
fn the_usual_files_are_not_written_through_links() {
    for (name, commands) in [
        ("archlint.toml", &["init --force"][..]),
        ("archlint-baseline.toml", &["baseline", "baseline --accept-new"]),
    ] {
        for to in ["../victim/file", "../victim/new", "../victim", "/dev/null", "other"] {
            for command in commands {
                let both = repository();
                let (repo, victim) = (both.path().join("repo"), both.path().join("victim"));
                write(&repo, "other", "");
                symlink(to, repo.join(name)).expect("a link can be made");
                let output = run(&repo, command, "");
                let said = String::from_utf8_lossy(&output.stderr);
                assert_eq!(output.status.code(), Some(2), "{command} {to}: {said}");
                assert!(said.contains(name), "{command} {to}: {said}");
                assert_eq!(content(&victim), [(victim.join("file"), b"keep".to_vec())], "{command} {to}");
                assert_eq!(fs::read(repo.join("other")).expect("readable"), b"", "{command} {to}");
            }
        }
    }
}

/// `--cache-dir` is a path that the user names; even so, no link below the root is followed.
#[test]
fn a_cache_folder_below_the_root_is_not_reached_through_links() {
    let both = repository();
    let (repo, victim) = (both.path().join("repo"), both.path().join("victim"));
    fs::create_dir(victim.join("empty")).expect("made");
    for folder in ["out/empty", "out/new", "src/../out/empty/deep"] {
        let output = run(&repo, "check --timings --cache-dir FILE", folder);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(content(&victim), [(victim.join("file"), b"keep".to_vec())], "{folder}");
        assert!(!victim.join("new").exists() && !victim.join("empty/deep").exists(), "{folder}");
    }
    assert!(run(&repo, "check --cache-dir FILE", "src/cache").status.success());
    assert!(repo.join("src/cache/CACHEDIR.TAG").exists());
    assert!(run(&repo, "check --cache-dir FILE", "../victim/empty").status.success());
    assert!(victim.join("empty/CACHEDIR.TAG").exists());
}

/// While one process writes the cache and reports, another one repeatedly replaces folders by links
/// and back.
#[test]
fn a_folder_that_turns_into_a_link_meanwhile_is_not_written_through() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let both = repository();
    let (repo, victim) = (both.path().join("repo"), both.path().join("victim"));
    fs::create_dir_all(repo.join("target/archlint")).expect("made");
    fs::create_dir_all(repo.join("reports")).expect("made");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for folder in ["target/archlint", "reports"] {
                    let (real, aside) = (repo.join(folder), repo.join("aside"));
                    let _ = fs::rename(&real, &aside);
                    let _ = symlink(&victim, &real);
                    let _ = fs::remove_file(&real);
                    let _ = fs::rename(&aside, &real);
                }
            }
        });
        for n in 0..crate::support::times(25) {
            write(&repo, "src/lib.rs", &format!("pub fn f{n}() {{}}\n"));
            run(&repo, "check --report json=FILE", "reports/out.json");
        }
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(content(&victim), [(victim.join("file"), b"keep".to_vec())]);
}
