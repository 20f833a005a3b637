//! Faults: killed processes, full disks, unwritable files, concurrent processes, other versions. No
//! answer is wrong, and no file is written halfway. `ARCHLINT_TIMES` multiplies the number of
//! attempts.
#![cfg(unix)]

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::support::{copy, fixtures, program, run, times};

fn platform() -> TempDir {
    copy(&fixtures().join("health-platform-drifted"))
}

fn cache(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("target/archlint")).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    files.sort();
    files
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Writes another content for one of the sources and renames it into place, so that no reader sees
/// it half written.
fn change(folder: &Path, n: u32) {
    let sources = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let path =
        sources.map(walkdir::DirEntry::into_path).find(|p| p.ends_with("src/lib.rs")).expect("a library");
    let text = fs::read_to_string(&path).expect("readable");
    let text = text.split("\nfn changed").next().unwrap_or_default();
    let beside = path.with_extension("new");
    fs::write(&beside, format!("{}\nfn changed_{n}() {{}}\n", text.trim_end())).expect("it can be written");
    fs::rename(beside, path).expect("it can be renamed");
}

/// Runs archlint with a limit on the size of files, in blocks of 512 bytes, beyond which writes
/// fail as on a full disk.
fn run_on_a_full_disk(folder: &Path, blocks: u32, arguments: &str) -> Output {
    let program = program();
    let mut command = Command::new("sh");
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
        .args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")])
        .arg(program.get_program());
    command.args(arguments.split(' ')).arg("--manifest-path").arg(folder.join("Cargo.toml"));
    command.output().expect("the program starts")
}

#[test]
fn a_full_disk_costs_the_cache_and_nothing_else() {
    let folder = platform();
    let expected = run(folder.path(), "check --no-cache");
    for n in 0..times(6) {
        // The sizes range from zero to more than any file of the cache.
        let blocks = n * n * 4 % 400;
        change(folder.path(), n);
        if n % 2 == 0 {
            let _ = fs::remove_dir_all(folder.path().join("target"));
        }
        for _ in 0..2 {
            let output = run_on_a_full_disk(folder.path(), blocks, "check");
            assert_eq!(output.status.code(), expected.status.code(), "{blocks}: {}", said(&output));
            assert!(output.stdout == expected.stdout, "{blocks}: {}", said(&output));
        }
        assert!(run(folder.path(), "check").stdout == expected.stdout, "afterwards, {blocks}");
    }
    let left = cache(folder.path()).into_iter().find(|file| file.to_string_lossy().contains(".unfinished-"));
    assert_eq!(left, None, "what could not be finished is removed");
}

#[test]
fn a_report_that_cannot_be_finished_leaves_the_old_one() {
    let folder = platform();
    for (file, arguments) in [
        ("out.json", "graph --format json --sites --no-cache --output FILE"),
        ("out.html", "check --no-cache --report html=FILE"),
        ("archlint-baseline.toml", "baseline --accept-new --no-cache"),
        ("archlint.toml", "init --force --drop-rules --no-cache"),
    ] {
        let path = folder.path().join(file);
        let before = fs::read(&path).ok();
        let arguments = arguments.replace("FILE", &path.display().to_string());
        for blocks in [0, 1] {
            let output = run_on_a_full_disk(folder.path(), blocks, &arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments}, {blocks}: {}", said(&output));
            assert!(said(&output).contains("cannot be written"), "{arguments}: {}", said(&output));
            assert!(fs::read(&path).ok() == before, "{arguments}");
        }
    }
    let hidden =
        fs::read_dir(folder.path()).expect("listed").map(|entry| entry.expect("readable").file_name());
    assert_eq!(hidden.filter(|name| name.to_string_lossy().starts_with(".archlint-")).count(), 0);
}

#[test]
fn an_answer_that_nobody_takes_is_an_error() {
    let folder = platform();
    for arguments in ["check", "check --format json", "graph", "metrics", "rules"] {
        let full = fs::File::options().write(true).open("/dev/full").expect("there is such a device");
        let mut command = program();
        command.args(arguments.split(' ')).arg("--manifest-path").arg(folder.path().join("Cargo.toml"));
        let output = command.stdout(full).stderr(Stdio::piped()).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(2), "{arguments}: {}", said(&output));
        assert!(
            said(&output).contains("standard output cannot be written"),
            "{arguments}: {}",
            said(&output)
        );
    }
    let output = run(folder.path(), "check --output /dev/full");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}

/// A reader of a file that is being written sees the old file or the new one, even if the writer is
/// killed.
#[test]
fn a_reader_never_sees_half_a_file() {
    let folder = platform();
    let out = folder.path().join("out.json");
    let arguments = format!("graph --format json --sites --tests --no-cache --output {}", out.display());
    run(folder.path(), &arguments);
    let whole = fs::read(&out).expect("it was written");
    let started = Instant::now();
    run(folder.path(), &arguments);
    let long = started.elapsed();
    for n in 0..times(15) {
        let mut command = program();
        command.args(arguments.split(' ')).arg("--manifest-path").arg(folder.path().join("Cargo.toml"));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        let until = Instant::now() + long.mul_f64(f64::from(n) * 0.618_034 % 1.1);
        while Instant::now() < until {
            assert!(fs::read(&out).expect("it is there") == whole, "half a file");
            thread::sleep(Duration::from_millis(1));
        }
        let _ = child.kill();
        child.wait().expect("it ends");
        assert!(fs::read(&out).expect("it is there") == whole, "half a file after kill {n}");
    }
}

/// A user without write permission gets the same answer. (For a user who is not bound by
/// permissions, such as root, this tests nothing.)
#[test]
fn a_workspace_that_is_read_only_gives_the_same_answer() {
    let folder = platform();
    let expected = run(folder.path(), "check --no-cache").stdout;
    for warm in [false, true] {
        if warm {
            run(folder.path(), "check");
            change(folder.path(), 1);
        }
        let mode = |mode| {
            for path in [
                folder.path().to_owned(),
                folder.path().join("target"),
                folder.path().join("target/archlint"),
            ] {
                if path.exists() {
                    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
                }
            }
        };
        mode(0o555);
        let bound = fs::write(folder.path().join("probe"), "").is_err();
        let outputs = [run(folder.path(), "check"), run(folder.path(), "baseline --accept-new")];
        mode(0o755);
        assert!(outputs[0].stdout == expected, "{}", said(&outputs[0]));
        assert!(!bound || outputs[1].status.code() == Some(2), "{}", said(&outputs[1]));
        let _ = fs::remove_file(folder.path().join("archlint-baseline.toml"));
    }
}

/// Several concurrent processes, while the source changes: each answer corresponds to some state of
/// the source.
#[test]
fn processes_beside_each_other_give_answers_of_their_own() {
    let folder = platform();
    let states = 4;
    let expected: BTreeSet<Vec<u8>> = (0..states)
        .map(|n| {
            change(folder.path(), n);
            run(folder.path(), "graph --format json --tests --sites --no-cache").stdout
        })
        .collect();
    thread::scope(|scope| {
        let runs: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let one = |_| run(folder.path(), "graph --format json --tests --sites").stdout;
                    (0..times(6)).map(one).collect::<Vec<_>>()
                })
            })
            .collect();
        for n in 0..times(30) {
            change(folder.path(), n % states);
            thread::sleep(Duration::from_millis(15));
        }
        for answer in runs.into_iter().flat_map(|run| run.join().expect("it ends")) {
            assert!(expected.contains(&answer), "an answer of no state of the source");
        }
    });
    change(folder.path(), 0);
    let (with, without) = (run(folder.path(), "check"), run(folder.path(), "check --no-cache"));
    assert!(with.stdout == without.stdout);
}

/// Files of other versions of archlint are neither trusted nor removed, under their names as well
/// as under those of this version.
#[test]
fn other_versions_share_the_folder() {
    let folder = platform();
    let expected = run(folder.path(), "check --no-cache").stdout;
    run(folder.path(), "check");
    let ours: Vec<PathBuf> = cache(folder.path()).into_iter().filter(|path| is_entry(path)).collect();
    assert!(ours.len() >= 4, "{ours:?}");
    let mut others = Vec::new();
    for path in &ours {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let fingerprint = name.split('-').nth(1).expect("a fingerprint");
        let other = path.with_file_name(name.replace(fingerprint, "0123456789abcdef"));
        let mut bytes = fs::read(path).expect("readable");
        others.push((other.clone(), bytes.clone()));
        fs::write(other, &bytes).expect("it can be written");
        // As written by another version under the name of this one: its fingerprint differs, at the
        // front or at the end of a pack.
        let at = if name.starts_with("facts") { bytes.len() - 24 } else { 8 };
        bytes[at] ^= 0x55;
        fs::write(path, bytes).expect("it can be written");
    }
    for round in 0..2 {
        let output = run(folder.path(), "check --timings");
        assert!(output.stdout == expected, "{}", said(&output));
        assert_eq!(said(&output).contains("is rebuilt"), round == 0, "round {round}: {}", said(&output));
    }
    for (path, bytes) in others {
        assert!(fs::read(&path).ok() == Some(bytes), "{} is another's", path.display());
    }
}

fn is_entry(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    ["facts-", "workspace-", "seen-", "analysis-", "answer-"].iter().any(|kind| name.starts_with(kind))
        && !name.ends_with(".turn")
}

/// Replacing any entry by any other one, or by an invalid one, has the effect of a cold run.
#[test]
fn entries_in_each_others_places_are_not_believed() {
    let folder = platform();
    let expected = run(folder.path(), "check --no-cache").stdout;
    run(folder.path(), "check");
    let names: Vec<PathBuf> = cache(folder.path()).into_iter().filter(|path| is_entry(path)).collect();
    let contents: Vec<Vec<u8>> = names.iter().map(|path| fs::read(path).expect("readable")).collect();
    for (n, path) in names.iter().enumerate() {
        let others =
            contents.iter().enumerate().filter(|(other, _)| *other != n).map(|(_, bytes)| bytes.clone());
        for bytes in others.chain([Vec::new(), vec![0; 100_000], contents[n].repeat(2)]) {
            fs::write(path, bytes).expect("it can be written");
            let output = run(folder.path(), "check");
            assert!(output.stdout == expected, "{}: {}", path.display(), said(&output));
        }
    }
}
