//! A short version of the fuzzing programs, which run for hours: each seed unchanged, and with
//! deterministic changes.
//!
//! `ARCHLINT_TIMES` multiplies the number of changes.

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::{fs, panic, path::Path};

use crate::support::times;
use targets::{TARGETS, Target, changed_bytes, changed_rust};

/// The number of changes of each seed.
const CHANGES: u32 = 40;

/// Returns the seeds of a target, by name.
fn seeds(target: &Target) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target.name);
    let entries = fs::read_dir(&folder).expect("each target has seeds").map(|entry| entry.expect("readable"));
    let mut seeds: Vec<(String, Vec<u8>)> = entries
        .map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).expect("readable")))
        .collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "{} has no seeds", target.name);
    seeds
}

/// Runs one input. Returns a description of the problem, with the input that reproduces it.
fn problem(target: &Target, what: &str, bytes: &[u8]) -> Option<String> {
    let failed = panic::catch_unwind(|| targets::run(target.name, bytes)).err()?;
    let text = failed.downcast_ref::<String>().cloned();
    let text = text.or_else(|| failed.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default();
    Some(format!("{} {what}: {text}\n{}\n", target.name, bytes.escape_ascii()))
}

fn hold(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("a target");
    let seeds = seeds(target);
    let mut problems = Vec::new();
    for (index, (name, seed)) in seeds.iter().enumerate() {
        problems.extend(problem(target, name, seed));
        let other = &seeds[(index + 1) % seeds.len()].1;
        for round in 0..times(CHANGES) {
            let stream = (index as u64) << 32 | u64::from(round);
            let changed = if target.is_rust && round % 2 == 1 {
                changed_rust(seed, stream)
            } else {
                changed_bytes(seed, other, stream)
            };
            problems.extend(problem(target, &format!("{name}, change {round}"), &changed));
        }
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.concat());
}

macro_rules! smoke {
    ($($name:ident)*) => {
        $(#[test] fn $name() { hold(stringify!($name)); })*

        #[test]
        fn every_target_has_a_program_and_a_smoke() {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
            let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the manifest is there");
            for name in names {
                let program = fs::read_to_string(root.join(format!("fuzz_targets/{name}.rs"))).expect(name);
                assert!(program.contains(&format!("run(\"{name}\"")), "{name}");
                assert!(manifest.contains(&format!("fuzz_targets/{name}.rs")), "{name}");
            }
        }
    };
}

smoke! { source macro_input manifest configuration baseline cache_entry selector git_tree inference signatures }
