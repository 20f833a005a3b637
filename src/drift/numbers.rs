//! What is measured, before and after.

use serde::Serialize;

use super::{
    cycles,
    overview::Level,
    shape::{Node, Shape},
};

/// A number of both sides.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Number {
    /// What is measured, by the name that `--fail-on` takes.
    pub name: &'static str,
    /// What that means, in a few words.
    pub what: &'static str,
    /// In the base.
    pub before: f64,
    /// In the head.
    pub after: f64,
}

impl Number {
    /// How much more it is.
    pub fn rise(&self) -> f64 {
        self.after - self.before
    }
}

/// What measures a shape.
struct Measure {
    name: &'static str,
    what: &'static str,
    of: fn(&Shape) -> f64,
}

const MEASURES: &[Measure] = &[
    Measure { name: "modules", what: "modules of the workspace", of: |s| own(s).count() as f64 },
    Measure { name: "lines", what: "lines of source", of: |s| own(s).map(|n| f64::from(n.lines)).sum() },
    Measure { name: "items", what: "items defined", of: |s| own(s).map(|n| f64::from(n.items)).sum() },
    Measure { name: "dependencies", what: "modules that depend on modules", of: edges },
    Measure { name: "external-crates", what: "crates outside the workspace that are used", of: externals },
    Measure { name: "cycles", what: "cycles among modules", of: |s| in_cycles(s).len() as f64 },
    Measure {
        name: "modules-in-cycles",
        what: "modules in some cycle",
        of: |s| in_cycles(s).iter().sum::<usize>() as f64,
    },
    Measure {
        name: "largest-cycle",
        what: "modules in the largest cycle",
        of: |s| in_cycles(s).into_iter().max().unwrap_or(0) as f64,
    },
];

/// The names of all numbers, in order.
pub fn names() -> Vec<&'static str> {
    MEASURES.iter().map(|m| m.name).collect()
}

/// All numbers of both sides.
pub fn between(base: &Shape, head: &Shape) -> Vec<Number> {
    let both = |m: &Measure| Number { name: m.name, what: m.what, before: (m.of)(base), after: (m.of)(head) };
    MEASURES.iter().map(both).collect()
}

fn own(shape: &Shape) -> impl Iterator<Item = &Node> {
    shape.nodes.values().filter(|node| !node.external)
}

fn edges(shape: &Shape) -> f64 {
    shape.edges.values().filter(|edge| !edge.external).count() as f64
}

fn externals(shape: &Shape) -> f64 {
    let crates = shape.nodes.values().filter(|node| node.external).map(|node| node.krate.as_str());
    crates.collect::<std::collections::BTreeSet<&str>>().len() as f64
}

fn in_cycles(shape: &Shape) -> Vec<usize> {
    cycles::all(shape, Level::Module).iter().map(|cycle| cycle.members.len()).collect()
}

/// A number with no more decimals than it needs, and at most three.
pub fn spelled(number: f64) -> String {
    let text = format!("{number:.3}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
