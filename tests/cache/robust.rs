//! Runs beside each other, runs that are killed, and files that are damaged.

use std::{
    fs,
    path::Path,
    process::{Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use proptest::prelude::*;
use tempfile::TempDir;

use super::{cache, errors, files, platform, same};
use crate::support::{program, run, write};

/// The number of runs that are killed, unless `ARCHLINT_KILLS` sets another number.
const KILLS: u32 = 40;

#[test]
fn eight_at_once_do_the_work_once() {
    let folder = platform();
    let expected = run(folder.path(), "check --no-cache").stdout;
    let outputs: Vec<Output> = thread::scope(|scope| {
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(|| run(folder.path(), "check --timings"))).collect();
        runs.into_iter().map(|run| run.join().expect("it ends")).collect()
    });
    assert!(outputs.iter().all(|output| output.stdout == expected));
    let worked = outputs.iter().filter(|output| errors(output).contains("read and extract")).count();
    assert_eq!(worked, 1, "the others read what it found");
}

#[test]
fn threads_of_one_process_share_too() {
    let folder = platform();
    let options = archlint::Options::new(folder.path().join("Cargo.toml"));
    // A recorder of the spans on one thread. The spans of `resolve` are on other threads; that of
    // `keep` follows it on this one.
    let analyze = || {
        let recorder = archlint::cli::timings::Recorder::default();
        let analysis = tracing::subscriber::with_default(recorder.subscriber(), || {
            archlint::session::analyze(&options).unwrap()
        });
        (analysis, recorder.take_stages().iter().any(|(stage, _)| *stage == "keep"))
    };
    let runs: Vec<_> = thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(analyze)).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert_eq!(runs.iter().filter(|(_, worked)| *worked).count(), 1);
    assert!(runs.windows(2).all(|two| two[0].0.graph.sites == two[1].0.graph.sites));
}

/// A process that holds the lock without progress blocks no other process.
#[test]
fn one_who_is_stuck_keeps_nobody_waiting() {
    let folder = platform();
    run(folder.path(), "check");
    let turn =
        files(folder.path()).into_iter().find(|file| file.extension().is_some_and(|e| e == "turn")).unwrap();
    let holder = fs::File::open(turn).unwrap();
    holder.lock().unwrap();
    write(folder.path(), "archlint.toml", "");
    for entry in walkdir::WalkDir::new(folder.path()).into_iter().filter_map(Result::ok) {
        if entry.path().ends_with("src/lib.rs") {
            let text = fs::read_to_string(entry.path()).unwrap();
            fs::write(entry.path(), format!("{text}\npub fn one_more() {{}}\n")).unwrap();
        }
    }
    let started = Instant::now();
    same(folder.path(), "without a turn");
    assert!(started.elapsed() < Duration::from_secs(20));
}

/// A run that is killed at any moment leaves nothing that makes a later run wrong.
#[test]
fn killed_at_any_instant() {
    let kills = std::env::var("ARCHLINT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let folder = platform();
    let expected = run(folder.path(), "check --no-cache").stdout;
    let whole = Instant::now();
    run(folder.path(), "check");
    let whole = whole.elapsed();
    for n in 0..kills {
        if n % 3 == 0 {
            fs::remove_dir_all(cache(folder.path())).expect("there is a cache");
        } else {
            // The content differs each time, so that there is something to write.
            write(folder.path(), "src/lib.rs.tmp", "");
            touch_a_source(folder.path(), n);
        }
        let mut command = program();
        command.args(["check", "--manifest-path"]).arg(folder.path().join("Cargo.toml"));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        // The moments are spread evenly over a run by the golden ratio.
        thread::sleep(whole.mul_f64(f64::from(n) * 0.618_034 % 1.0));
        let _ = child.kill();
        child.wait().expect("it ends");
        let after = run(folder.path(), "check");
        assert!(after.stdout == expected, "after kill {n}: {}", String::from_utf8_lossy(&after.stdout));
    }
}

/// Replaces the function at the end of a file.
fn touch_a_source(folder: &Path, n: u32) {
    let sources = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let path = sources.map(|e| e.into_path()).find(|p| p.ends_with("src/lib.rs")).expect("a library");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.split("\nfn touched").next().unwrap_or_default();
    fs::write(path, format!("{}\nfn touched_{n}() {{}}\n", text.trim_end())).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// With any byte of a file flipped, or the file truncated anywhere, the answer is the same as
    /// without a cache.
    #[test]
    fn a_damaged_cache_is_none(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), bit in 0..8_u8, cut: bool, touched: bool) {
        thread_local! {
            static PLATFORM: (TempDir, Vec<u8>) = {
                let folder = platform();
                let expected = run(folder.path(), "check --no-cache").stdout;
                (folder, expected)
            };
        }
        PLATFORM.with(|(folder, expected)| {
            run(folder.path(), "check");
            let files: Vec<_> = files(folder.path()).into_iter().filter(|f| fs::metadata(f).is_ok_and(|m| m.len() > 200)).collect();
            let file = which.get(&files);
            let mut bytes = fs::read(file).unwrap();
            let at = at.index(bytes.len());
            if cut {
                bytes.truncate(at);
            } else {
                bytes[at] ^= 1 << bit;
            }
            fs::write(file, &bytes).unwrap();
            if touched {
                touch_a_source(folder.path(), u32::try_from(at).unwrap());
            }
            let after = run(folder.path(), "check");
            assert!(after.stdout == *expected, "{}: {}", file.display(), errors(&after));
        });
    }
}
