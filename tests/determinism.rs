//! The same input gives the same bytes: over repeated runs, and for any number of threads.

use std::path::Path;

use crate::support::{configured_cases, name, resolution_cases, run};

/// Returns the output for each number of threads. A number that occurs twice is a repeated run.
fn outputs(case: &Path, command: &str, threads: &[u32]) -> Vec<Vec<u8>> {
    threads.iter().map(|n| run(case, &format!("{command} --threads {n}")).stdout).collect()
}

/// The order in which threads finish varies only where there is much to do, so the platform has more
/// runs than the small fixtures.
fn assert_same(case: &Path, command: &str) {
    let is_platform = case.ends_with("health-platform-drifted");
    let outputs = outputs(case, command, if is_platform { &[1, 2, 2, 5, 5, 5] } else { &[1, 5] });
    assert!(!outputs[0].is_empty(), "{command} says something about {}", name(case));
    assert!(outputs.iter().all(|o| *o == outputs[0]), "{command} says different things about {}", name(case));
}

#[test]
fn the_graph_is_the_same_each_time() {
    for case in resolution_cases().iter().chain(&configured_cases()) {
        assert_same(case, "graph --format json --tests --sites");
    }
}

#[test]
fn the_drawing_is_the_same_each_time() {
    for case in configured_cases() {
        assert_same(&case, "graph --format dot --externals");
        assert_same(&case, "graph --format html");
    }
}

#[test]
fn the_report_is_the_same_each_time() {
    for case in configured_cases() {
        assert_same(&case, "check --format json");
        assert_same(&case, "check --color always");
    }
}
