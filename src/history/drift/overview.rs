//! The difference at a coarser level: among components if any are declared, else among crates, and
//! in a workspace of one crate among its modules.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use serde::Serialize;

use super::shape::{Node, Shape};
use crate::judge::architecture::{Granularity, granularity};

/// The nodes and dependencies gained and lost at one level. Externals and test code are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// The level of the comparison.
    pub level: Granularity,
    /// The new nodes.
    pub gained: Vec<String>,
    /// The removed nodes.
    pub lost: Vec<String>,
    /// The new dependencies.
    pub edges_gained: Vec<Between>,
    /// The removed dependencies.
    pub edges_lost: Vec<Between>,
}

/// A dependency, with its number of references.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Between {
    /// The node that depends.
    pub from: String,
    /// The node that is depended on.
    pub to: String,
    /// The number of references.
    pub count: u32,
    /// Whether the dependency is by name alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub naming: bool,
}

/// The nodes and edges of a shape at a level.
pub(super) struct Coarse {
    pub nodes: BTreeSet<String>,
    pub edges: BTreeMap<(String, String), u32>,
    /// The counts of references of edges by name alone.
    pub naming: BTreeMap<(String, String), u32>,
}

impl Coarse {
    /// Returns all edges: the ends, the count of references, and whether the edge is by name alone.
    pub fn all(&self) -> impl Iterator<Item = (&(String, String), u32, bool)> {
        let own = self.edges.iter().map(|(ends, count)| (ends, *count, false));
        own.chain(self.naming.iter().map(|(ends, count)| (ends, *count, true)))
    }

    fn has(&self, ends: &(String, String)) -> bool {
        self.edges.contains_key(ends) || self.naming.contains_key(ends)
    }
}

/// Returns the level at which two shapes are best compared.
pub fn level(base: &Shape, head: &Shape) -> Granularity {
    let modules = || base.nodes.values().chain(head.nodes.values()).filter(|n| !n.external);
    if modules().any(|n| n.component.is_some()) {
        return Granularity::Component;
    }
    let crates: BTreeSet<&str> = modules().map(|n| n.krate.as_str()).collect();
    if crates.len() > 1 { Granularity::Crate } else { Granularity::Module }
}

/// Returns the difference from `base` to `head`, which must use the same ids for moved modules.
pub fn between(base: &Shape, head: &Shape) -> Overview {
    let level = level(base, head);
    let (base, head) = (coarse(base, level), coarse(head, level));
    let apart = |a: &Coarse, b: &Coarse| a.nodes.difference(&b.nodes).cloned().collect();
    let edges = |a: &Coarse, b: &Coarse| {
        let there = a.all().filter(|(ends, ..)| !b.has(ends));
        let between = there.map(|((from, to), count, naming)| Between {
            from: from.clone(),
            to: to.clone(),
            count,
            naming,
        });
        let mut between: Vec<Between> = between.collect();
        between.sort_unstable();
        between
    };
    Overview {
        level,
        gained: apart(&head, &base),
        lost: apart(&base, &head),
        edges_gained: edges(&head, &base),
        edges_lost: edges(&base, &head),
    }
}

/// Returns the name of the group that represents a node.
fn group<'a>(id: &'a str, node: &'a Node, level: Granularity) -> Cow<'a, str> {
    match (level, &node.component) {
        (Granularity::Module, _) => id.into(),
        (Granularity::Crate, _) => node.krate.as_str().into(),
        (Granularity::Component | Granularity::Layer, Some(component)) => component.as_str().into(),
        (Granularity::Component | Granularity::Layer, None) => granularity::of_package(&node.package).into(),
    }
}

pub(super) fn coarse(shape: &Shape, level: Granularity) -> Coarse {
    let own = |id: &str| shape.nodes.get(id).filter(|node| !node.external && !node.test);
    let nodes = shape.nodes.keys().filter_map(|id| Some(group(id, own(id)?, level).into_owned())).collect();
    let (mut edges, mut naming) = (BTreeMap::new(), BTreeMap::new());
    for ((from, to), edge) in shape.edges.iter().filter(|(_, edge)| !edge.test) {
        let (Some(a), Some(b)) = (own(from), own(to)) else { continue };
        let (a, b) = (group(from, a, level), group(to, b, level));
        if a != b {
            let of = if edge.naming { &mut naming } else { &mut edges };
            *of.entry((a.into_owned(), b.into_owned())).or_default() += edge.count;
        }
    }
    naming.retain(|ends, _| !edges.contains_key(ends));
    Coarse { nodes, edges, naming }
}

impl Overview {
    /// Returns whether nothing changed at this level.
    pub fn is_empty(&self) -> bool {
        let nodes = self.gained.is_empty() && self.lost.is_empty();
        nodes && self.edges_gained.is_empty() && self.edges_lost.is_empty()
    }
}
