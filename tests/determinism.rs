//! The same input gives the same bytes: over repeated runs, and for any number of threads.

use std::path::Path;

use crate::support::{configured_cases, name, resolution_cases, run};

fn outputs(case: &Path, command: &str) -> Vec<Vec<u8>> {
    let threads = ["1", "2", "2", "5"];
    threads.map(|n| run(case, &format!("{command} --threads {n}")).stdout).to_vec()
}

fn assert_same(case: &Path, command: &str) {
    let outputs = outputs(case, command);
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
