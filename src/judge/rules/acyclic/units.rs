//! The units among which `[[acyclic]]` looks for cycles, and the dependencies among them.

use std::{collections::BTreeMap, mem};

use crate::{
    graph::{
        EdgeId, Graph, NodeId,
        algorithms::{Arc, Csr},
    },
    judge::architecture::Architecture,
};

/// The units among which cycles are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Units {
    Components,
    Packages,
    Modules,
    Siblings,
    /// Siblings directly below a crate's root: the default without a configuration.
    TopModules,
}

pub(super) const UNITS: &[(&str, Units)] = &[
    ("components", Units::Components),
    ("packages", Units::Packages),
    ("modules", Units::Modules),
    ("siblings", Units::Siblings),
];

/// The unit of each module.
pub(super) struct UnitTable {
    of: Units,
    /// The index of each module's component, or of the first module of its package.
    units: Vec<Option<u32>>,
    /// The distance of each module from its crate's root.
    depths: Vec<u32>,
}

impl UnitTable {
    pub(super) fn new(of: Units, architecture: &Architecture<'_>) -> Self {
        let graph = architecture.graph;
        let mut first: BTreeMap<&str, u32> = BTreeMap::new();
        let mut table = Self { of, units: vec![None; graph.nodes.len()], depths: vec![0; graph.nodes.len()] };
        for (node, n) in graph.nodes.iter_enumerated() {
            let Some(module) = &n.module else { continue };
            table.units[node.index()] = match of {
                Units::Components => architecture.owner(node).map(|c| c.raw()),
                Units::Packages => Some(*first.entry(&module.package).or_insert(node.raw())),
                Units::Modules | Units::Siblings | Units::TopModules => Some(node.raw()),
            };
            // The id of a parent is a prefix of its children's ids, so the parent comes first.
            table.depths[node.index()] = module.parent.map_or(0, |p| table.depths[p.index()] + 1);
        }
        table
    }

    /// Returns the units that contain `node`. Among siblings, these are the module itself and each
    /// ancestor below the crate's root.
    pub(super) fn around(&self, architecture: &Architecture<'_>, node: NodeId) -> Vec<u32> {
        let Some(unit) = self.units[node.index()] else { return Vec::new() };
        if !matches!(self.of, Units::Siblings | Units::TopModules) {
            return vec![unit];
        }
        let parent = |n: &NodeId| architecture.module(*n).and_then(|m| m.parent);
        let chain = std::iter::successors(Some(node), parent).filter(|n| match self.of {
            Units::TopModules => self.depths[n.index()] == 1,
            _ => self.depths[n.index()] > 0,
        });
        chain.map(NodeId::raw).collect()
    }

    /// Returns the units that an edge connects, if both ends belong to one.
    pub(super) fn hop(
        &self,
        architecture: &Architecture<'_>,
        from: NodeId,
        to: NodeId,
    ) -> Option<(u32, u32)> {
        let (a, b) = (self.units[from.index()]?, self.units[to.index()]?);
        match self.of {
            Units::Siblings | Units::TopModules => self.siblings(architecture, from, to),
            _ => Some((a, b)),
        }
    }

    /// Returns the ancestors of two modules (or the modules themselves) that are children of the
    /// same parent; `None` if one module contains the other, or if they are in different crates.
    fn siblings(&self, architecture: &Architecture<'_>, from: NodeId, to: NodeId) -> Option<(u32, u32)> {
        let parent = |node: NodeId| architecture.module(node).and_then(|m| m.parent);
        let (mut a, mut b) = (from, to);
        while self.depths[a.index()] > self.depths[b.index()] {
            a = parent(a)?;
        }
        while self.depths[b.index()] > self.depths[a.index()] {
            b = parent(b)?;
        }
        while parent(a)? != parent(b)? {
            (a, b) = (parent(a)?, parent(b)?);
        }
        let top = self.depths[a.index()] == 1;
        (a != b && (top || self.of != Units::TopModules)).then_some((a.raw(), b.raw()))
    }
}

/// The dependencies among units.
pub(super) struct Hops {
    /// The units with dependencies, ascending: node `n` of `graph` represents `units[n]`. Units
    /// without dependencies are omitted, so that the cost of a check does not grow with the number
    /// of containers that `within` captures.
    pub(super) units: Vec<u32>,
    /// Each dependency once; the labels are indices into `edges`.
    pub(super) graph: Csr,
    /// The edges, by the dependency that they form.
    edges: Vec<EdgeId>,
    /// The index of the first edge of each dependency, followed by the total number.
    starts: Vec<u32>,
}

impl Hops {
    /// Creates the dependencies that edges form, each given with the units that it connects.
    pub(super) fn new(mut hops: Vec<(u32, u32, EdgeId)>) -> Self {
        hops.sort_unstable();
        let mut units: Vec<u32> = hops.iter().flat_map(|(from, to, _)| [*from, *to]).collect();
        units.sort_unstable();
        units.dedup();
        let number = |unit: u32| units.partition_point(|u| *u < unit) as u32;
        let (mut arcs, mut starts) = (Vec::new(), vec![0]);
        for of_one in hops.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            arcs.push(Arc { from: number(of_one[0].0), to: number(of_one[0].1), label: arcs.len() as u32 });
            starts.push(starts[starts.len() - 1] + of_one.len() as u32);
        }
        let graph = Csr::new(units.len(), arcs);
        Self { graph, edges: hops.into_iter().map(|(.., edge)| edge).collect(), starts, units }
    }

    /// Returns the edges that form a dependency.
    pub(super) fn edges(&self, arc: &Arc) -> &[EdgeId] {
        let at = arc.label as usize;
        &self.edges[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Returns the units that depend on `unit`, directly or through others, ascending.
    pub(super) fn users(&self, unit: u32) -> Vec<u32> {
        let Ok(start) = self.units.binary_search(&unit) else { return Vec::new() };
        let mut seen = vec![false; self.units.len()];
        seen[start] = true;
        let mut open = vec![start as u32];
        while let Some(at) = open.pop() {
            open.extend(
                self.graph
                    .incoming(at)
                    .map(|arc| arc.from)
                    .filter(|n| !mem::replace(&mut seen[*n as usize], true)),
            );
        }
        let users = self.units.iter().zip(seen).filter(|(other, seen)| *seen && **other != unit);
        users.map(|(user, _)| *user).collect()
    }

    /// Returns whether `from` depends on `to`.
    pub(super) fn has(&self, from: u32, to: u32) -> bool {
        let ends = (self.units.binary_search(&from), self.units.binary_search(&to));
        let (Ok(from), Ok(to)) = ends else { return false };
        self.graph.outgoing(from as u32).iter().any(|arc| arc.to == to as u32)
    }

    pub(super) fn references(&self, graph: &Graph, arc: &Arc) -> usize {
        self.edges(arc).iter().map(|e| graph.edges[*e].sites.len()).sum()
    }
}
