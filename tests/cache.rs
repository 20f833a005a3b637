//! The cache: whatever happens to its files, the answer is the same as that of a run without it.

mod robust;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
    time::{Duration, SystemTime},
};

use proptest::prelude::*;
use tempfile::TempDir;

use crate::support::{configured_cases, copy, fixtures, name, program, run, write};

fn platform() -> TempDir {
    copy(&fixtures().join("health-platform-drifted"))
}

fn cache(folder: &Path) -> PathBuf {
    folder.join("target/archlint")
}

/// Returns the files of the cache, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(cache(folder)).expect("there is a cache");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    files.sort();
    files
}

fn same(folder: &Path, what: &str) {
    let (with, without) = (run(folder, "check --format json"), run(folder, "check --format json --no-cache"));
    assert_eq!(with.status.code(), without.status.code(), "{what}");
    assert!(with.stdout == without.stdout, "{what}: the report differs");
    assert!(with.stderr == without.stderr, "{what}: what is said besides differs");
}

/// Returns the stages that a run executed.
fn stages(folder: &Path, arguments: &str) -> String {
    errors(&run(folder, &format!("{arguments} --timings")))
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Makes the files older, so that a file that was just written is not treated as one that may
/// change again within the same clock tick.
fn age(folder: &Path) {
    let long_ago = SystemTime::now() - Duration::from_secs(3600);
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let file = fs::File::open(entry.path()).expect("it can be opened");
        file.set_modified(long_ago).expect("its time can be set");
    }
}

/// The first round of a command fills the cache, the second reads it, and the third reads what the
/// second may have rewritten.
fn assert_rounds(case: &Path, commands: &[&str], rounds: usize) {
    let folder = copy(case);
    for (at, command) in commands.iter().enumerate() {
        let without = run(folder.path(), &format!("{command} --no-cache"));
        assert!(at > 0 || !cache(folder.path()).exists(), "--no-cache writes nothing");
        for round in 0..rounds {
            let with = run(folder.path(), command);
            let what = format!("{} {command}, round {round}", name(case));
            assert!(with.stdout == without.stdout, "{what}");
            assert!(with.stderr == without.stderr, "{what}: {}", errors(&with));
            assert_eq!(with.status.code(), without.status.code(), "{what}");
        }
    }
}

/// The fixtures take turns with the commands after the first; each platform runs them all.
#[test]
fn every_command_says_the_same_with_it_and_without() {
    let others = ["check", "graph --format json --sites", "graph --format json --tests"];
    for (at, case) in configured_cases().iter().enumerate() {
        assert_rounds(case, &["check --format json", others[at % others.len()]], 2);
    }
    for platform in ["health-platform", "health-platform-drifted"] {
        let commands = [&["check --format json"], &others[..]].concat();
        assert_rounds(&fixtures().join(platform), &commands, 3);
    }
}

#[test]
fn nothing_is_worked_out_twice() {
    let folder = platform();
    assert!(stages(folder.path(), "check").contains("read and extract"));
    for _ in 0..2 {
        let again = stages(folder.path(), "check");
        assert!(!again.contains("read and extract") && !again.contains("check the rules"), "{again}");
    }
    let graph = stages(folder.path(), "graph --format json");
    assert!(graph.contains("look into the cache") && !graph.contains("read and extract"), "{graph}");
}

/// Files that a CI cache restores have the modification times of the restoration.
#[test]
fn times_that_are_new_cost_nothing_where_contents_are_old() {
    let folder = platform();
    run(folder.path(), "check");
    age(folder.path());
    let again = stages(folder.path(), "check");
    assert!(!again.contains("resolve"), "{again}");
    same(folder.path(), "restored");
}

/// The cache folder is marked as a cache for other programs (`CACHEDIR.TAG`), and git ignores it.
#[test]
fn its_folder_says_what_it_is() {
    let folder = platform();
    run(folder.path(), "check");
    assert!(
        fs::read_to_string(cache(folder.path()).join("CACHEDIR.TAG"))
            .unwrap()
            .starts_with("Signature: 8a477f5")
    );
    assert_eq!(fs::read_to_string(cache(folder.path()).join(".gitignore")).unwrap(), "*\n");
    let elsewhere = tempfile::tempdir().unwrap();
    let other = platform();
    let arguments = format!("check --cache-dir {}", elsewhere.path().display());
    run(other.path(), &arguments);
    assert!(!cache(other.path()).exists());
    assert!(fs::read_dir(elsewhere.path()).unwrap().count() > 4);
}

/// Each change that can change the answer.
#[test]
fn whatever_changes_shows() {
    let folder = platform();
    let root = folder.path();
    let source = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let lib = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let lib = lib.map(|e| e.into_path()).find(|p| p.ends_with("src/lib.rs")).expect("a library");
    let lib = lib.strip_prefix(root).unwrap().to_string_lossy().into_owned();
    let dir = lib.trim_end_matches("src/lib.rs").to_owned();
    let config = source("archlint.toml");
    same(root, "at first");
    age(root);
    same(root, "aged");

    write(root, &lib, &format!("{}\nmod added;\n", source(&lib)));
    same(root, "a module without a file");
    write(root, &format!("{dir}src/added.rs"), "pub fn f() { std::process::exit(1) }\n");
    same(root, "its file");
    fs::create_dir_all(root.join(format!("{dir}src/added"))).unwrap();
    fs::rename(root.join(format!("{dir}src/added.rs")), root.join(format!("{dir}src/added/mod.rs"))).unwrap();
    same(root, "its file elsewhere");
    write(root, &format!("{dir}src/added/mod.rs"), "pub fn g() { std::process::exit(1) }\n");
    same(root, "another of the same size");
    fs::remove_file(root.join(format!("{dir}src/added/mod.rs"))).unwrap();
    same(root, "its file gone");

    write(root, &format!("{dir}tests/it.rs"), "use std::io::Read;\n");
    assert!(String::from_utf8_lossy(&run(root, "graph --format json --tests").stdout).contains("test:it"));
    write(root, &format!("{dir}src/bin/tool.rs"), "fn main() {}\n");
    assert!(String::from_utf8_lossy(&run(root, "graph --format json").stdout).contains("bin:tool"));
    same(root, "targets that cargo finds by itself");

    write(
        root,
        "archlint.toml",
        &format!("{config}\n[[forbid]]\nid = \"no-exit\"\nfrom = \"**\"\nto = \"std::process\"\n"),
    );
    same(root, "a rule");
    write(root, "archlint.toml", "[[forbid]\n");
    same(root, "a mistake in the configuration");
    write(root, "archlint.toml", &config);
    assert!(run(root, "baseline").status.success());
    same(root, "a baseline");
    assert!(run(root, "check").status.success());
    fs::remove_file(root.join("archlint-baseline.toml")).unwrap();
    assert_eq!(run(root, "check").status.code(), Some(1), "the baseline is gone");

    let manifest = source("Cargo.toml");
    write(root, "Cargo.toml", "[package\n");
    same(root, "a mistake in the manifest");
    write(root, "Cargo.toml", &manifest);
    same(root, "the manifest again");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let sources =
        all.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|e| e == "rs"));
    sources.collect()
}

/// Changes of comments, blank lines and literals cause no work if no position in the file is
/// reported, and update the positions if one is.
#[test]
fn what_says_nothing_costs_nothing() {
    let folder = platform();
    let root = folder.path();
    let told = report(&run(root, "check --no-cache"));
    let (mut spared, mut moved) = (0, 0);
    for (at, path) in sources(root).into_iter().enumerate() {
        run(root, "check --format json");
        run(root, "check");
        let before = fs::read_to_string(&path).unwrap();
        fs::write(
            &path,
            format!("// A remark.\n\n{}\n// Another, {at}.\n", before.replace(" {\n", "\n{\n\n")),
        )
        .unwrap();
        let stages = stages(root, "check");
        same(root, &path.display().to_string());
        assert_eq!(report(&run(root, "check")), report(&run(root, "check --no-cache")), "{}", path.display());
        let file = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        let is_told = told.contains(&file);
        let is_spared = !stages.contains("check the rules");
        assert!(!(is_told && is_spared), "{file} is in the report, so it must be made anew");
        spared += usize::from(is_spared);
        moved += usize::from(is_told);
        fs::write(&path, before).unwrap();
    }
    assert!(spared > 20 && moved > 5, "{spared} were spared, {moved} moved a finding");
}

fn report(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A comment is irrelevant to most rules, but it counts as a line.
#[test]
fn where_lines_are_counted_every_line_counts() {
    let folder = platform();
    let root = folder.path();
    let config = fs::read_to_string(root.join("archlint.toml")).unwrap();
    let budget = "[[budget]]\nid = \"short\"\nof = \"**\"\nmetric = \"lines\"\nmax = 60\n";
    write(root, "archlint.toml", &format!("{config}\n{budget}"));
    let path = sources(root).remove(0);
    let before = fs::read_to_string(&path).unwrap();
    for lines in [1, 60, 2, 59, 61] {
        fs::write(&path, format!("{before}{}", "// one more\n".repeat(lines))).unwrap();
        same(root, &format!("{lines} more lines"));
    }
    let html = |option: &str| run(root, &format!("check --format html{option}")).stdout;
    assert!(html("").len() > 10_000);
    fs::write(&path, format!("{before}// one more\n")).unwrap();
    assert!(html("") == html(" --no-cache"), "the page shows how many lines there are");
}

#[test]
fn a_member_that_a_pattern_finds_shows() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let member = |name: &str| {
        write(
            root,
            &format!("crates/{name}/Cargo.toml"),
            &format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n"),
        );
        write(root, &format!("crates/{name}/src/lib.rs"), "pub mod inner { pub struct S; }\n");
    };
    write(root, "Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n");
    member("one");
    let graph = || String::from_utf8_lossy(&run(root, "graph --format json").stdout).into_owned();
    assert!(graph().contains("one::inner"));
    member("two");
    assert!(graph().contains("two::inner"));
    fs::remove_dir_all(root.join("crates/one")).unwrap();
    assert!(!graph().contains("one::inner"));
}

#[test]
fn a_waiver_expires_overnight() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "Cargo.toml", "[package]\nname = \"shop\"\nedition = \"2024\"\n");
    write(root, "archlint.toml", "[[forbid]]\nid = \"pure\"\nfrom = \"shop::ui\"\nto = \"shop::db\"\n");
    write(root, "src/lib.rs", "pub mod db { pub struct Row; }\npub mod ui;\n");
    write(
        root,
        "src/ui.rs",
        "// archlint: allow(pure, reason = \"soon\", until = \"2026-03-01\")\npub use crate::db::Row;\n",
    );
    let on = |day: &str| {
        let mut command = program();
        command.args(["check", "--manifest-path"]).arg(root.join("Cargo.toml")).env("SOURCE_DATE_EPOCH", day);
        command.output().unwrap().status.code()
    };
    let (before, after) = ("1772200000", "1772500000");
    for _ in 0..2 {
        assert_eq!(on(before), Some(0));
        assert_eq!(on(after), Some(1));
    }
}

#[test]
fn where_nothing_can_be_written_nothing_is() {
    let folder = platform();
    write(folder.path(), "file", "no folder");
    let place = folder.path().join("file/cache");
    let with = run(folder.path(), &format!("check --cache-dir {}", place.display()));
    let without = run(folder.path(), "check --no-cache");
    assert_eq!((with.stdout, with.stderr), (without.stdout, without.stderr));
}

/// Texts that may be written into a file.
const WRITTEN: &[&str] = &[
    "// c\n",
    "\n\n",
    " ",
    "/* d */",
    "/// e\n",
    "\"",
    "(",
    ")",
    "{",
    "}",
    ";",
    "use std::fs;\n",
    "mod m;\n",
    "x",
    "::",
    "1",
    "fn f() {}\n",
    "#[cfg(test)]\n",
    "// archlint: allow(*) — because\n",
    "\u{e9}",
    "\r\n",
    "struct S;\n",
    "crate::S",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// After any sequence of writes into a file or cuts out of it, the answer is the same as
    /// without a cache.
    #[test]
    fn whatever_is_written_the_answer_is_right(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::sample::select(WRITTEN), 0..4_usize), 1..4)
    ) {
        thread_local! {
            static PLATFORM: TempDir = platform();
        }
        PLATFORM.with(|folder| {
            let root = folder.path();
            let files = sources(root);
            let mut before = Vec::new();
            for (which, at, piece, cut) in edits {
                let path = which.get(&files);
                let mut text = fs::read_to_string(path).unwrap();
                before.push((path, text.clone()));
                let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                let at = at.index(ends.len());
                text.replace_range(ends[at]..ends[(at + cut).min(ends.len() - 1)], piece);
                fs::write(path, text).unwrap();
                same(root, &format!("{piece:?} in {}", path.display()));
            }
            for (path, text) in before.into_iter().rev() {
                fs::write(path, text).unwrap();
            }
        });
    }
}
