//! What is measured, before and after: every metric that the whole of a workspace has, and a few numbers that only a comparison
//! needs.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{cycles, shape::Shape};
use crate::{
    graph::Graph,
    judge::{
        architecture::Granularity,
        metrics::{self, Level, Metric},
    },
};

/// A number of both sides.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Number {
    /// What is measured, by the name that `--fail-on` takes.
    pub name: &'static str,
    /// What that means, in a few words.
    pub what: &'static str,
    /// In the base; `None` where there it is not defined.
    pub before: Option<f64>,
    /// In the head.
    pub after: Option<f64>,
}

impl Number {
    /// How much more it is. What is not defined counts as zero: nothing was there.
    pub fn rise(&self) -> f64 {
        self.after.unwrap_or(0.0) - self.before.unwrap_or(0.0)
    }
}

/// What measures a shape.
struct Measure {
    name: &'static str,
    what: &'static str,
    of: fn(&Shape) -> f64,
}

const MEASURES: &[Measure] = &[
    Measure { name: "dependencies", what: "dependencies of modules on modules", of: dependencies },
    Measure { name: "external-crates", what: "crates outside the workspace that are used", of: externals },
    Measure { name: "modules-in-cycles", what: "modules that are in some cycle", of: in_cycles },
];

/// The names of all numbers, in order.
pub fn names() -> Vec<&'static str> {
    whole().map(Metric::name).chain(MEASURES.iter().map(|measure| measure.name)).collect()
}

/// The metrics that a workspace as a whole has.
fn whole() -> impl Iterator<Item = Metric> {
    Metric::ALL.into_iter().filter(|metric| metric.exists_at(Level::Whole))
}

/// All numbers of both sides.
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
    shape.edges.values().filter(|edge| !edge.external).count() as f64
}

fn externals(shape: &Shape) -> f64 {
    let crates = shape.nodes.values().filter(|node| node.external).map(|node| node.krate.as_str());
    crates.collect::<BTreeSet<&str>>().len() as f64
}

fn in_cycles(shape: &Shape) -> f64 {
    cycles::all(shape, Granularity::Module).iter().map(|cycle| cycle.members.len()).sum::<usize>() as f64
}

/// A number with no more decimals than it needs, and at most three.
pub fn spelled(number: f64) -> String {
    let text = format!("{number:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
