//! The data from which the metrics of all parts of one graph are computed, each piece on first use.

use std::sync::OnceLock;

use super::surface::Uses;
use crate::graph::{
    Graph, NodeId,
    algorithms::{Csr, Visibility, feedback_arcs, visibility},
};

/// A graph under measurement.
#[derive(Debug)]
pub struct Ground<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// The number of nodes that are modules, which come first.
    modules: u32,
    arcs: OnceLock<Csr>,
    visibility: OnceLock<Visibility>,
    cycles: OnceLock<Cycles>,
    roots: OnceLock<Vec<NodeId>>,
    subtrees: OnceLock<Vec<u32>>,
    uses: OnceLock<Uses>,
}

/// The cycles among all modules of the workspace.
#[derive(Debug)]
struct Cycles {
    /// The index of each module's strongly connected component.
    of: Vec<u32>,
    /// The weight of the cheapest cut of each strongly connected component.
    cuts: Vec<OnceLock<u64>>,
}

impl<'g> Ground<'g> {
    /// Wraps `graph` without computing anything yet.
    pub fn new(graph: &'g Graph) -> Self {
        let modules = graph.nodes.raw.partition_point(|node| node.module.is_some()) as u32;
        Self {
            graph,
            modules,
            arcs: OnceLock::new(),
            visibility: OnceLock::new(),
            cycles: OnceLock::new(),
            roots: OnceLock::new(),
            subtrees: OnceLock::new(),
            uses: OnceLock::new(),
        }
    }

    /// Returns the modules that count, in order.
    pub fn modules(&self) -> impl Iterator<Item = NodeId> + '_ {
        (0..self.modules).map(NodeId::from_raw).filter(|node| self.counts(*node))
    }

    /// Returns whether `node` is a module that counts: not one of tests if the graph excludes
    /// tests.
    pub fn counts(&self, node: NodeId) -> bool {
        self.graph.nodes[node].module.as_ref().is_some_and(|module| self.graph.tests || !module.test)
    }

    /// Returns the root module of the crate of `node`.
    pub fn root(&self, node: NodeId) -> NodeId {
        let roots = self.roots.get_or_init(|| {
            let root = |node| self.lineage(node).last().unwrap_or(node);
            (0..self.modules).map(NodeId::from_raw).map(root).collect()
        });
        roots[node.index()]
    }

    /// Returns `node` and its ancestors, outward.
    pub(super) fn lineage(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let parent = |node: &NodeId| self.graph.nodes[*node].module.as_ref()?.parent;
        std::iter::successors(Some(node), parent)
    }

    /// Returns the number of modules in the subtree of `node`, itself included.
    pub(super) fn subtree(&self, node: NodeId) -> u32 {
        let subtrees = self.subtrees.get_or_init(|| {
            let mut sizes = vec![0; self.modules as usize];
            self.modules().flat_map(|node| self.lineage(node)).for_each(|node| sizes[node.index()] += 1);
            sizes
        });
        subtrees[node.index()]
    }

    /// Returns the dependencies among modules, labelled by edge.
    pub(super) fn arcs(&self) -> &Csr {
        self.arcs.get_or_init(|| {
            let edges = self.graph.edges.iter_enumerated();
            let inside = edges.filter(|(_, edge)| edge.to.raw() < self.modules);
            Csr::new(self.modules as usize, inside.map(|(id, edge)| self.graph.arc(id, edge)))
        })
    }

    /// Returns the reachability of each module within the workspace.
    pub(super) fn visibility(&self) -> &Visibility {
        self.visibility.get_or_init(|| visibility(self.arcs()))
    }

    /// Returns the uses of items that are visible outside their own module.
    pub(super) fn uses(&self) -> &Uses {
        self.uses.get_or_init(|| Uses::of(self.graph))
    }

    /// Returns the weight of the cheapest cut of all cycles within `component` of `arcs`, whose
    /// nodes are the modules that `names` returns. The weight of a component of the whole workspace
    /// is computed once, however many groups contain it.
    pub(super) fn cut(&self, arcs: &Csr, component: &[u32], names: impl Fn(u32) -> u32) -> u64 {
        let cycles = self.cycles.get_or_init(|| {
            let components = &self.visibility().components;
            let mut of = vec![0; self.modules as usize];
            for (at, members) in components.iter().enumerate() {
                members.iter().for_each(|&node| of[node as usize] = at as u32);
            }
            Cycles { of, cuts: components.iter().map(|_| OnceLock::new()).collect() }
        });
        let Some(&first) = component.first() else { return 0 };
        let global = cycles.of[names(first) as usize] as usize;
        let compute = || self.weight(arcs, component);
        if self.visibility().components[global].len() == component.len() {
            *cycles.cuts[global].get_or_init(compute)
        } else {
            compute()
        }
    }

    fn weight(&self, arcs: &Csr, component: &[u32]) -> u64 {
        let references = |label: u32| {
            let sites = &self.graph.edges[crate::graph::EdgeId::from_raw(label)].sites;
            u64::from(sites.end - sites.start)
        };
        let cut = feedback_arcs(arcs, component, |arc| references(arc.label));
        cut.arcs.iter().map(|arc| references(arc.label)).sum()
    }
}
