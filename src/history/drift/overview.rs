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
}

/// The nodes and edges of a shape at a level.
pub(super) struct Coarse {
    pub nodes: BTreeSet<String>,
    pub edges: BTreeMap<(String, String), u32>,
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
        let there = a.edges.iter().filter(|(ends, _)| !b.edges.contains_key(*ends));
        there
            .map(|((from, to), count)| Between { from: from.clone(), to: to.clone(), count: *count })
            .collect()
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
    let mut edges: BTreeMap<(String, String), u32> = BTreeMap::new();
    for ((from, to), edge) in shape.edges.iter().filter(|(_, edge)| !edge.test) {
        let (Some(a), Some(b)) = (own(from), own(to)) else { continue };
        let (a, b) = (group(from, a, level), group(to, b, level));
        if a != b {
            *edges.entry((a.into_owned(), b.into_owned())).or_default() += edge.count;
        }
    }
    Coarse { nodes, edges }
}

impl Overview {
    /// Returns whether nothing changed at this level.
    pub fn is_empty(&self) -> bool {
        let nodes = self.gained.is_empty() && self.lost.is_empty();
        nodes && self.edges_gained.is_empty() && self.edges_lost.is_empty()
    }
}
