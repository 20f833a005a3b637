//! The time of a check of 200 rules on a generated graph of 65,000 modules and 220,000 edges,
//! without building the graph.
//!
//! `cargo bench --bench rules` prints the median of several runs; the goal is 150 ms on 2 cores.

#![allow(clippy::print_stdout, missing_docs)] // a benchmark prints; its items are not an interface

use std::{fmt::Write as _, time::Instant};

use archlint::{
    base::{name::Names, span::Span},
    graph::{Context, FileId, Graph, ModuleInfo, Node, NodeId, Reference, Site, Tables, package::TargetKind},
    judge::check,
};

const CRATES: usize = 100;
const CONTEXTS: usize = 26;
const LAYERS: [&str; 5] = ["api", "application", "domain", "infrastructure", "shared"];
const LEAVES: usize = 4;
const EDGES: usize = 220_000;

fn main() {
    let graph = graph();
    let config = config();
    let (setup, mistakes) = check::setup(config.as_str());
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let mut times: Vec<f64> = (0..15).map(|_| time(&graph, &setup)).collect();
    times.sort_by(f64::total_cmp);
    let (report, _) = check::run(&graph, &setup);
    println!(
        "{} modules, {} edges, {} rules, {} findings: median {:.1} ms, least {:.1} ms",
        graph.nodes.len(),
        graph.edges.len(),
        setup.rules.len(),
        report.findings.len(),
        times[times.len() / 2],
        times[0],
    );
}

fn time(graph: &Graph, setup: &check::Setup) -> f64 {
    let start = Instant::now();
    let (report, _) = check::run(graph, setup);
    let elapsed = start.elapsed().as_secs_f64() * 1e3;
    assert!(report.summary.rules > 0);
    elapsed
}

/// Returns a graph of crates, contexts, layers and leaves, with edges mostly inside a crate and
/// downward.
fn graph() -> Graph {
    let mut ids: Vec<String> = Vec::new();
    for krate in 0..CRATES {
        ids.push(format!("crate{krate:03}"));
        for context in 0..CONTEXTS {
            ids.push(format!("crate{krate:03}::ctx{context:02}"));
            for layer in LAYERS {
                let module = format!("crate{krate:03}::ctx{context:02}::{layer}");
                ids.extend((0..LEAVES).map(|leaf| format!("{module}::part{leaf}")));
                ids.push(module);
            }
        }
    }
    ids.sort();
    let find = |id: &str| ids.binary_search_by(|probe| probe.as_str().cmp(id)).ok().map(NodeId::from_usize);
    let nodes = ids.iter().map(|id| {
        let (krate, path) = id.split_once("::").unwrap_or((id, ""));
        let module = ModuleInfo {
            package: krate.to_owned(),
            target: TargetKind::Lib,
            crate_name: krate.to_owned(),
            path: path.to_owned(),
            parent: id.rsplit_once("::").and_then(|(parent, _)| find(parent)),
            file: FileId::from_usize(0),
            line: 1,
            test: false,
            lines: 100,
            items: 5,
            types: 0,
            traits: 0,
            functions: 0..0,
            exports: 0..0,
        };
        Node { id: id.clone(), module: Some(module) }
    });
    let mut names = Names::default();
    let item = names.intern("Item");
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below
    };
    let per_crate = ids.len() / CRATES;
    let references = (0..EDGES * 3 / 2).map(|i| {
        let from = next(ids.len());
        let near = (from / per_crate * per_crate + next(per_crate)).min(ids.len() - 1);
        let to = if i % 3 == 0 { next(ids.len()) } else { near };
        let span = Span::new(i as u32 % 500 + 1, 5, i as u32 % 500 + 1, 20);
        let named = Some(NodeId::from_usize(to));
        let (context, file) = (Context::Import, FileId::from_usize(0));
        let site = Site {
            file,
            span,
            context,
            item,
            named,
            cfg: None,
            test: false,
            reexports: None,
            definition: None,
            inference: None,
            unresolved: None,
        };
        Reference { from: NodeId::from_usize(from.max(to)), to: NodeId::from_usize(from.min(to)), site }
    });
    let references: Vec<Reference> = references.collect();
    let references = references.into_iter().take(EDGES + 300).collect();
    let files = std::iter::once("src/lib.rs".to_owned()).collect();
    Graph::new(nodes.collect(), Tables { files, names, ..Tables::default() }, references)
}

/// Returns a configuration of components and 200 rules of several kinds, most of which the graph
/// satisfies.
fn config() -> String {
    let mut text = String::new();
    for krate in 0..CRATES {
        let _ = writeln!(
            text,
            "[components.c{krate}]\nmodules = [\"crate{krate:03}\"]\nlayer = \"l{}\"",
            krate / 10
        );
    }
    for rule in 0..200 {
        let (low, high) = (rule % CRATES, (rule * 7 + 1) % CRATES);
        let (from, to) = match rule % 8 {
            0 => (format!("component:c{}", low.min(high)), format!("component:c{}", low.max(high))),
            1 => (format!("layer:l{}", rule % 9), "layer:l9".to_owned()),
            2 => (
                format!("crate{low:03}::{{a}}::application"),
                format!("crate{low:03}::{{b}}::shared::part3::**"),
            ),
            3 => (format!("crate{low:03}::*::domain"), "std::net".to_owned()),
            4 => (format!("**::ctx{:02}::api", rule % CONTEXTS), "std::io".to_owned()),
            5 => (format!("=crate{low:03}"), "**::domain".to_owned()),
            6 => (format!("crate{low:03}::ctx*::shared"), "**::part9*::x".replace("part9*", "part*")),
            _ => (format!("crate{low:03}::**::part0"), "std::fs".to_owned()),
        };
        let to = if rule % 8 == 6 { "std::env".to_owned() } else { to };
        let transitive = rule % 10 == 0;
        let _ = writeln!(
            text,
            "[[forbid]]\nid = \"r{rule}\"\nfrom = \"{from}\"\nto = \"{to}\"\ntransitive = {transitive}"
        );
    }
    text
}
