//! The numbers before and after: every metric of the workspace as a whole, and a few numbers that
//! only a comparison needs.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{cycles, shape::Shape};
use crate::{
    graph::Graph,
    judge::{
        architecture::Granularity,
        metrics::{self, Metric, WHOLE},
    },
};

/// A number of both sides.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Number {
    /// The name of the number, as used by `--fail-on`.
    pub name: &'static str,
    /// A short description.
    pub what: &'static str,
    /// The value in the base; `None` if it is not defined there.
    pub before: Option<f64>,
    /// The value in the head; `None` if it is not defined there.
    pub after: Option<f64>,
}

impl Number {
    /// Returns the increase. An undefined value counts as zero.
    pub fn rise(&self) -> f64 {
        self.after.unwrap_or(0.0) - self.before.unwrap_or(0.0)
    }
}

/// A number computed from a shape.
struct Measure {
    name: &'static str,
    what: &'static str,
    of: fn(&Shape) -> f64,
}

const MEASURES: &[Measure] = &[
    Measure { name: "dependencies", what: "dependencies of modules on modules", of: dependencies },
    Measure { name: "external-crates", what: "crates outside the workspace that are used", of: externals },
    Measure { name: "modules-in-cycles", what: "modules that are part of a cycle", of: in_cycles },
];

/// Returns the names of all numbers, in order.
pub fn names() -> Vec<&'static str> {
    whole().map(Metric::name).chain(MEASURES.iter().map(|measure| measure.name)).collect()
}

/// Returns the metrics of a workspace as a whole.
fn whole() -> impl Iterator<Item = Metric> {
    Metric::ALL.into_iter().filter(|metric| metric.exists_at(WHOLE))
}

/// Returns all numbers of both sides.
pub fn between(base: (&Graph, &Shape), head: (&Graph, &Shape)) -> Vec<Number> {
    let asked: Vec<Metric> = whole().collect();
    let measured = |graph: &Graph| metrics::measure(graph, &[], &asked, &[]).whole.values;
    let (before, after) = (measured(base.0), measured(head.0));
    let metric = |metric: Metric| Number {
        name: metric.name(),
        what: metric.entry().summary,
        before: before.get(metric).map(metrics::Value::as_f64),
        after: after.get(metric).map(metrics::Value::as_f64),
    };
    let own = |measure: &Measure| Number {
        name: measure.name,
        what: measure.what,
        before: Some((measure.of)(base.1)),
        after: Some((measure.of)(head.1)),
    };
    whole().map(metric).chain(MEASURES.iter().map(own)).collect()
}

fn dependencies(shape: &Shape) -> f64 {
    shape.edges.values().filter(|edge| !edge.external && !edge.naming).count() as f64
}

fn externals(shape: &Shape) -> f64 {
    let crates = shape.nodes.values().filter(|node| node.external).map(|node| node.krate.as_str());
    crates.collect::<BTreeSet<&str>>().len() as f64
}

fn in_cycles(shape: &Shape) -> f64 {
    cycles::all(shape, Granularity::Module).iter().map(|cycle| cycle.members.len()).sum::<usize>() as f64
}

/// Formats a number with as many decimals as it needs, at most three.
pub fn spelled(number: f64) -> String {
    let text = format!("{number:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
