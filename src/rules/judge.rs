//! Who depends on whom, as boundary rules judge it.
//!
//! A reference whose path ends in the namespace of `named` and reaches an item of `defined` counts as a dependency on
//! `named` where that is `defined` or an ancestor of it (a facade presenting its own parts), and as one on both otherwise
//! (a re-export that launders a dependency). Sites of one edge can differ in this.

use std::{ops::Range, sync::OnceLock};

use crate::{
    config::architecture::Architecture,
    graph::{Context, EdgeId, Graph, NodeId},
};

/// A dependency as judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The module that depends.
    pub from: NodeId,
    /// What it is judged to depend on.
    pub to: NodeId,
    /// Its sites, as a range of [`Judged::sites`].
    sites: Range<u32>,
}

/// All judged dependencies, sorted by `(from, to)`.
#[derive(Debug)]
pub struct Judged {
    /// The dependencies.
    pub all: Vec<Dependency>,
    /// Indices into [`Graph::sites`], grouped by dependency.
    sites: Vec<u32>,
    /// Where each node's dependencies start in `all`; one more at the end.
    starts: Vec<u32>,
    /// The graph's edges by target, for those who walk backwards.
    incoming: OnceLock<Incoming>,
}

#[derive(Debug)]
struct Incoming {
    edges: Vec<EdgeId>,
    starts: Vec<u32>,
}

impl Judged {
    /// Judges every site of the architecture's graph.
    pub fn new(architecture: &Architecture<'_>) -> Self {
        let graph = architecture.graph;
        let mut verdicts: Vec<(NodeId, NodeId, u32)> = Vec::with_capacity(graph.sites.len());
        for edge in &graph.edges {
            for site in edge.sites.clone() {
                let targets = judge(architecture, edge.to, graph.sites[site as usize].named);
                verdicts.extend(targets.into_iter().flatten().map(|to| (edge.from, to, site)));
            }
        }
        verdicts.retain(|(from, to, _)| from != to);
        verdicts.sort();
        Self::group(graph.nodes.len(), &verdicts)
    }

    fn group(nodes: usize, verdicts: &[(NodeId, NodeId, u32)]) -> Self {
        let mut all: Vec<Dependency> = Vec::new();
        for (i, (from, to, _)) in verdicts.iter().enumerate() {
            let end = i as u32 + 1;
            match all.last_mut().filter(|d| (d.from, d.to) == (*from, *to)) {
                Some(dependency) => dependency.sites.end = end,
                None => all.push(Dependency { from: *from, to: *to, sites: i as u32..end }),
            }
        }
        let starts = offsets(nodes, all.iter().map(|d| d.from));
        Self { all, sites: verdicts.iter().map(|v| v.2).collect(), starts, incoming: OnceLock::new() }
    }

    /// The sites of a dependency, as indices into [`Graph::sites`], in order.
    pub fn sites(&self, dependency: &Dependency) -> &[u32] {
        &self.sites[dependency.sites.start as usize..dependency.sites.end as usize]
    }

    /// The dependencies of `from`, by target.
    pub fn of(&self, from: NodeId) -> &[Dependency] {
        &self.all[self.starts[from.index()] as usize..self.starts[from.index() + 1] as usize]
    }

    /// The edges of `graph` that enter `to`, by source. `graph` is the one that was judged.
    pub fn incoming(&self, graph: &Graph, to: NodeId) -> &[EdgeId] {
        let incoming = self.incoming.get_or_init(|| {
            let mut edges: Vec<EdgeId> = graph.edges.indices().collect();
            edges.sort_by_key(|e| graph.edges[*e].to);
            let starts = offsets(graph.nodes.len(), edges.iter().map(|e| graph.edges[*e].to));
            Incoming { edges, starts }
        });
        &incoming.edges[incoming.starts[to.index()] as usize..incoming.starts[to.index() + 1] as usize]
    }
}

/// The one or two modules that a reference is judged to depend on.
fn judge(architecture: &Architecture<'_>, defined: NodeId, named: Option<NodeId>) -> [Option<NodeId>; 2] {
    match named {
        None => [Some(defined), None],
        Some(named) if architecture.is_within(defined, named) => [Some(named), None],
        Some(named) => [Some(named), Some(defined)],
    }
}

/// For sorted keys below `len`: where each key's run starts, and the end.
fn offsets(len: usize, keys: impl Iterator<Item = NodeId>) -> Vec<u32> {
    let mut starts = vec![0; len + 1];
    for key in keys {
        starts[key.index() + 1] += 1;
    }
    for i in 0..len {
        starts[i + 1] += starts[i];
    }
    starts
}

/// Those of `sites` that stand in one of `contexts`; all of them where no contexts are given.
pub fn in_contexts(graph: &Graph, sites: &[u32], contexts: Option<&[Context]>) -> Vec<u32> {
    let stands = |site: &&u32| contexts.is_none_or(|c| c.contains(&graph.sites[**site as usize].context));
    sites.iter().filter(stands).copied().collect()
}

/// The sites of an edge that stand in one of `contexts`, as indices into [`Graph::sites`].
pub fn edge_sites(graph: &Graph, edge: EdgeId, contexts: Option<&[Context]>) -> Vec<u32> {
    let sites: Vec<u32> = graph.edges[edge].sites.clone().collect();
    in_contexts(graph, &sites, contexts)
}
