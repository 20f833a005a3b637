//! Complexity as numbers: what a graph comes to, for modules, crates, components, and as a whole.
//!
//! [`catalog`] defines each number once. [`measure`] computes all that are asked for; [`Ground`] and [`View`] one at a time, for
//! rules. Everything is a pure function of the graph and of which modules belong together.
//!
//! Invariants: dependencies are the graph's edges among modules of the workspace, by who defines an item; externals count
//! nowhere. A number that is not defined (an abstractness where there are no types) is absent, never zero. Equal graphs give
//! equal numbers. Nothing recurses, and no matrix of all modules is ever held.

pub mod catalog;

mod ground;
mod level;
mod shape;
mod surface;
#[cfg(test)]
mod tests;
mod view;

use std::collections::BTreeMap;

use crate::graph::{Graph, NodeId};

pub use catalog::{CATALOG, Entry, Level, Metric, Unit};
pub use ground::Ground;
pub use view::View;

/// A number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A whole one.
    Count(u64),
    /// A share, or another number that need not be whole. Finite.
    Real(f64),
}

impl Value {
    /// The number, whatever it is.
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Count(count) => count as f64,
            Self::Real(real) => real,
        }
    }

    /// The number as a whole one, for ceilings and baselines: what need not be whole in thousandths, rounded.
    pub fn extent(self) -> u64 {
        match self {
            Self::Count(count) => count,
            Self::Real(real) => (real * 1000.0).round() as u64,
        }
    }
}

impl std::fmt::Display for Value {
    /// For people: what need not be whole with three decimals.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count(count) => write!(f, "{count}"),
            Self::Real(real) => write!(f, "{real:.3}"),
        }
    }
}

/// The numbers of one thing, each at most once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Values([Option<Value>; CATALOG.len()]);

impl Values {
    /// A number, where it was asked for and exists.
    pub fn get(&self, metric: Metric) -> Option<Value> {
        self.0[metric as usize]
    }

    /// Those that there are, in the order of [`CATALOG`].
    pub fn iter(&self) -> impl Iterator<Item = (Metric, Value)> + '_ {
        Metric::ALL.into_iter().filter_map(|metric| Some((metric, self.get(metric)?)))
    }
}

/// Something that was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// What sort of thing.
    pub level: Level,
    /// A module's or crate's id, a component's name; empty for the whole.
    pub name: String,
    /// The module, or the crate's root.
    pub node: Option<NodeId>,
    /// Its numbers.
    pub values: Values,
    /// The functions that have the largest complexities: `cyclomatic-max`, then `cognitive-max`, as indices of
    /// [`Graph::functions`].
    pub worst: [Option<u32>; 2],
}

/// What a workspace comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Metrics {
    /// All of it. Always measured.
    pub whole: Subject,
    /// Its components, in the order in which they were given.
    pub components: Vec<Subject>,
    /// Its crates, by id.
    pub crates: Vec<Subject>,
    /// Its modules, by id.
    pub modules: Vec<Subject>,
}

impl Metrics {
    /// Everything that was measured at `level`.
    pub fn at(&self, level: Level) -> &[Subject] {
        match level {
            Level::Module => &self.modules,
            Level::Crate => &self.crates,
            Level::Component => &self.components,
            Level::Whole => std::slice::from_ref(&self.whole),
        }
    }
}

/// A component: its name, and the modules that it owns, in order.
#[derive(Debug, Clone, Copy)]
pub struct Group<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its modules.
    pub modules: &'a [NodeId],
}

/// Measures `metrics` (or [`Metric::ALL`]) of `graph` at `levels`, and always of the whole.
pub fn measure(graph: &Graph, components: &[Group<'_>], metrics: &[Metric], levels: &[Level]) -> Metrics {
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
    let wanted = |level: Level| levels.contains(&level);
    let mut found = Metrics {
        whole: subject("", None, ground.view(Level::Whole, &modules)),
        components: Vec::new(),
        crates: Vec::new(),
        modules: Vec::new(),
    };
    if wanted(Level::Component) {
        let view = |group: &Group<'_>| ground.view(Level::Component, group.modules);
        found.components = components.iter().map(|group| subject(group.name, None, view(group))).collect();
    }
    if wanted(Level::Crate) {
        let view = |nodes: &[NodeId]| ground.view(Level::Crate, nodes);
        let crates = crates(&ground);
        found.crates = crates.iter().map(|(root, own)| subject(id(*root), Some(*root), view(own))).collect();
    }
    if wanted(Level::Module) {
        let view = |node: NodeId| ground.view(Level::Module, &[node]);
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

/// The modules of each crate, by its root.
fn crates(ground: &Ground<'_>) -> BTreeMap<NodeId, Vec<NodeId>> {
    let mut crates: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
    for node in ground.modules() {
        crates.entry(ground.root(node)).or_default().push(node);
    }
    crates
}
