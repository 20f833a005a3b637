//! Metrics of a graph: for modules, crates, components, and the workspace as a whole.
//!
//! [`catalog`] defines each metric once. [`measure`] computes all that are requested; rules use
//! [`Ground`] and [`View`] to compute single ones. Every value is a pure function of the graph and
//! of the grouping of modules.
//!
//! Invariants: a dependency is an edge of the graph between modules of the workspace, to the module
//! that defines the item; external nodes do not count. An undefined metric (an abstractness without
//! types) is absent, never zero. Equal graphs have equal metrics. Nothing recurses, and no matrix
//! of all modules is ever stored.

pub mod catalog;

mod ground;
mod shape;
mod surface;
#[cfg(test)]
mod tests;
mod view;

use std::collections::BTreeMap;

use crate::{
    graph::{Graph, NodeId},
    judge::architecture::Granularity,
};

pub use catalog::{CATALOG, Entry, Metric, Unit};
pub use ground::Ground;
pub use view::View;

/// All modules of the workspace, measured as one part.
pub const WHOLE: Option<Granularity> = None;

/// The granularities that are measured, the smallest part first, then the whole.
pub const MEASURED: [Option<Granularity>; 4] =
    [Some(Granularity::Module), Some(Granularity::Crate), Some(Granularity::Component), WHOLE];

/// The name of a granularity or of the whole, on the command line and in formats.
pub fn level_name(level: Option<Granularity>) -> &'static str {
    level.map_or("whole", Granularity::name)
}
/// The value of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A whole number.
    Count(u64),
    /// A share or another real number. Always finite.
    Real(f64),
}

impl Value {
    /// Returns the value as a floating-point number.
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Count(count) => count as f64,
            Self::Real(real) => real,
        }
    }

    /// Returns the value as a whole number for ceilings and baselines: a real number in
    /// thousandths, rounded.
    pub fn extent(self) -> u64 {
        match self {
            Self::Count(count) => count,
            Self::Real(real) => (real * 1000.0).round() as u64,
        }
    }
}

impl std::fmt::Display for Value {
    /// Writes the value for people: a real number with three decimals.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count(count) => write!(f, "{count}"),
            Self::Real(real) => write!(f, "{real:.3}"),
        }
    }
}

/// The values of one subject, at most one for each metric.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Values([Option<Value>; CATALOG.len()]);

impl Values {
    /// Returns the value of `metric`, if it was requested and exists.
    pub fn get(&self, metric: Metric) -> Option<Value> {
        self.0[metric as usize]
    }

    /// Returns the values that exist, in the order of [`CATALOG`].
    pub fn iter(&self) -> impl Iterator<Item = (Metric, Value)> + '_ {
        Metric::ALL.into_iter().filter_map(|metric| Some((metric, self.get(metric)?)))
    }
}

/// A measured part.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The granularity of the part; [`WHOLE`] for the whole.
    pub level: Option<Granularity>,
    /// The id of a module or crate, or the name of a component; empty for the whole.
    pub name: String,
    /// The module, or the root of the crate.
    pub node: Option<NodeId>,
    /// The values of the metrics.
    pub values: Values,
    /// The functions with the largest complexities (`cyclomatic-max`, then `cognitive-max`), as
    /// indices into [`Graph::functions`].
    pub worst: [Option<u32>; 2],
}

/// The metrics of a workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Metrics {
    /// The whole workspace, which is always measured.
    pub whole: Subject,
    /// The components, in the order in which they were given.
    pub components: Vec<Subject>,
    /// The crates, by id.
    pub crates: Vec<Subject>,
    /// The modules, by id.
    pub modules: Vec<Subject>,
}

impl Metrics {
    /// Returns the parts that were measured at `level`.
    pub fn at(&self, level: Option<Granularity>) -> &[Subject] {
        match level {
            Some(Granularity::Module) => &self.modules,
            Some(Granularity::Crate) => &self.crates,
            Some(Granularity::Component) => &self.components,
            Some(Granularity::Layer) => &[],
            WHOLE => std::slice::from_ref(&self.whole),
        }
    }
}

/// A component to measure: its name, and the modules that it owns.
#[derive(Debug, Clone, Copy)]
pub struct Group<'a> {
    /// The name.
    pub name: &'a str,
    /// The modules, in ascending order.
    pub modules: &'a [NodeId],
}

/// Measures `metrics` (or [`Metric::ALL`]) of `graph` at `levels`, and always of the whole.
pub fn measure(
    graph: &Graph,
    components: &[Group<'_>],
    metrics: &[Metric],
    levels: &[Option<Granularity>],
) -> Metrics {
    let ground = Ground::new(graph);
    let modules: Vec<NodeId> = ground.modules().collect();
    let subject = |name: &str, node: Option<NodeId>, view: View<'_>| Subject {
        level: view.level(),
        name: name.to_owned(),
        node,
        values: values(&view, metrics),
        worst: [Metric::CyclomaticMax, Metric::CognitiveMax]
            .map(|metric| metrics.contains(&metric).then(|| metric.worst(&view)).flatten()),
    };
    let id = |node: NodeId| graph.nodes[node].id.as_str();
    let wanted = |level: Option<Granularity>| levels.contains(&level);
    let mut found = Metrics {
        whole: subject("", None, ground.view(WHOLE, &modules)),
        components: Vec::new(),
        crates: Vec::new(),
        modules: Vec::new(),
    };
    if wanted(Some(Granularity::Component)) {
        let view = |group: &Group<'_>| ground.view(Some(Granularity::Component), group.modules);
        found.components = components.iter().map(|group| subject(group.name, None, view(group))).collect();
    }
    if wanted(Some(Granularity::Crate)) {
        let view = |nodes: &[NodeId]| ground.view(Some(Granularity::Crate), nodes);
        let crates = crates(&ground);
        found.crates = crates.iter().map(|(root, own)| subject(id(*root), Some(*root), view(own))).collect();
    }
    if wanted(Some(Granularity::Module)) {
        let view = |node: NodeId| ground.view(Some(Granularity::Module), &[node]);
        found.modules = modules.iter().map(|&node| subject(id(node), Some(node), view(node))).collect();
    }
    found
}

fn values(view: &View<'_>, metrics: &[Metric]) -> Values {
    let mut values = Values::default();
    for &metric in metrics {
        values.0[metric as usize] = metric.of(view);
    }
    values
}

/// Returns the modules of each crate, by its root.
fn crates(ground: &Ground<'_>) -> BTreeMap<NodeId, Vec<NodeId>> {
    let mut crates: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
    for node in ground.modules() {
        crates.entry(ground.root(node)).or_default().push(node);
    }
    crates
}
