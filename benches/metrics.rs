//! The time of all metrics of a workspace whose graph has been built: `cargo bench --bench metrics
//! -- PATH`, by default archlint itself. The goal is 50 ms for a workspace of 2,500 modules.

#![allow(clippy::print_stdout, missing_docs)] // a benchmark prints; its items are not an interface

use std::{path::PathBuf, time::Instant};

use archlint::{
    Options,
    judge::metrics::{MEASURED, Metric, measure},
    session::analyze,
};

fn main() {
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let folder = given.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let options = Options::new(folder.join("Cargo.toml"));
    let analysis = analyze(&options).unwrap_or_else(|error| panic!("{error:#}"));
    let graph = &analysis.graph;
    let mut times: Vec<f64> = (0..15)
        .map(|_| {
            let start = Instant::now();
            let found = measure(graph, &[], &Metric::ALL, &MEASURED);
            assert!(!found.modules.is_empty());
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let (modules, functions) =
        (graph.nodes.iter().filter(|n| n.module.is_some()).count(), graph.functions.len());
    println!("{modules} modules, {functions} functions: median {:.1} ms, least {:.1} ms", times[7], times[0]);
    for metric in Metric::ALL {
        let start = Instant::now();
        let _ = measure(graph, &[], &[metric], &MEASURED);
        println!("  {:<18} {:>7.1} ms alone", metric.name(), start.elapsed().as_secs_f64() * 1e3);
    }
}
