//! Shortest chains of dependencies from one set of modules into another.
//!
//! A chain leaves its sources at once and enters its targets at the end: in between it passes through neither, nor through
//! what is blocked. Every hop but the last runs to the module that defines what is used; the last is judged as boundary
//! rules judge ([`super::judge`]).
//!
//! Beside [`crate::graph::algorithms`], which finds one chain in one graph, because the last hop is not an edge of the graph,
//! one walk answers for all sources, and hundreds of rules share its scratch space ([`Walk`]) instead of each clearing a
//! field as long as the graph.

use fixedbitset::FixedBitSet;

use super::{
    Scene,
    finding::Link,
    judge::{edge_sites, in_contexts},
};
use crate::{
    base::name::Name,
    graph::{Context, NodeId},
    judge::architecture::selection::Selection,
};

/// What counts as a chain.
#[derive(Debug, Clone, Copy)]
pub struct Chains<'a> {
    /// The graph and what is known of it.
    pub scene: &'a Scene<'a>,
    /// The contexts that references must stand in; `None` is any.
    pub contexts: Option<&'a [Context]>,
    /// Whether a chain may be a single hop. Sources that have such a hop but may not use it have no chain.
    pub direct: bool,
}

impl Chains<'_> {
    /// A shortest chain from each of `sources` that has one into `targets`, in no order. Walks backwards, breadth first and
    /// in the order of nodes, so that each source always gets the same one.
    pub fn shortest(
        &self,
        sources: &FixedBitSet,
        targets: &FixedBitSet,
        blocked: Option<&FixedBitSet>,
        walk: &mut Walk,
    ) -> Vec<Vec<NodeId>> {
        let mut level = self.entrances(targets, walk);
        let mut chains = Vec::new();
        let mut open = sources.count_ones(..);
        let mut counts = self.direct;
        let passable = |node: NodeId| {
            !targets.contains(node.index()) && !blocked.is_some_and(|b| b.contains(node.index()))
        };
        while !level.is_empty() && open > 0 {
            let mut above = Vec::new();
            for node in level {
                if sources.contains(node.index()) {
                    open -= 1;
                    chains.extend(counts.then(|| walk.chain(node, targets)));
                } else if passable(node) {
                    self.dependents(node, walk, &mut above);
                }
            }
            above.sort_unstable();
            (level, counts) = (above, true);
        }
        walk.forget();
        chains
    }

    /// The modules that depend on `targets` themselves, in order, each with its next hop noted.
    fn entrances(&self, targets: &FixedBitSet, walk: &mut Walk) -> Vec<NodeId> {
        let judged = self.scene.judged;
        let mut found = Vec::new();
        for to in targets.ones().map(NodeId::from_usize) {
            for d in judged.on(to) {
                if walk.is_new(d.from) && self.counts(|| judged.sites(d).iter().copied()) {
                    walk.note(d.from, to);
                    found.push(d.from);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// The modules that depend on `node` and have no next hop yet, which `node` becomes.
    fn dependents(&self, node: NodeId, walk: &mut Walk, found: &mut Vec<NodeId>) {
        let graph = self.scene.architecture.graph;
        for (from, edge) in self.scene.judged.edges_into(graph, node) {
            if walk.is_new(from) && self.counts(|| graph.edges[edge].sites.clone()) {
                walk.note(from, node);
                found.push(from);
            }
        }
    }

    /// Whether one of the sites stands in the contexts that count. Sites are asked for only where it matters.
    fn counts<I: Iterator<Item = u32>>(&self, sites: impl FnOnce() -> I) -> bool {
        let Some(contexts) = self.contexts else { return true };
        sites().any(|site| contexts.contains(&self.scene.architecture.graph.sites[site as usize].context))
    }

    /// The hops of `chain`, with their sites.
    pub fn links(&self, chain: &[NodeId]) -> Vec<Link> {
        let last = chain.last();
        chain.windows(2).map(|pair| self.link(pair[0], pair[1], Some(&pair[1]) == last)).collect()
    }

    fn link(&self, from: NodeId, to: NodeId, is_last: bool) -> Link {
        let graph = self.scene.architecture.graph;
        let judged = self.scene.judged.of(from).iter().find(|d| is_last && d.to == to);
        let sites = match judged {
            Some(d) => in_contexts(graph, self.scene.judged.sites(d), self.contexts),
            None => graph.edge(from, to).map_or_else(Vec::new, |e| edge_sites(graph, e, self.contexts)),
        };
        Link { from: graph.nodes[from].id.clone(), to: graph.nodes[to].id.clone(), sites }
    }
}

/// The nodes of `to` that may be bound together with `bound`.
pub fn agreeing(to: &Selection, bound: &[(String, Name)]) -> FixedBitSet {
    if !to.captures() || bound.is_empty() {
        return to.nodes.clone();
    }
    let mut nodes = FixedBitSet::with_capacity(to.nodes.len());
    nodes.extend(to.iter().filter(|node| to.agrees(*node, bound)).map(NodeId::index));
    nodes
}

/// The next hop of each node that a walk has reached, used for one walk after another.
#[derive(Debug)]
pub struct Walk {
    /// Meaningful only where `seen`, which is small enough to stay in the nearest cache.
    next: Vec<NodeId>,
    seen: FixedBitSet,
    reached: Vec<NodeId>,
}

impl Walk {
    /// A walk over a graph of `nodes` nodes.
    pub fn new(nodes: usize) -> Self {
        Self {
            next: vec![NodeId::from_raw(0); nodes],
            seen: FixedBitSet::with_capacity(nodes),
            reached: Vec::new(),
        }
    }

    /// Whether `node` has not been reached yet.
    fn is_new(&self, node: NodeId) -> bool {
        !self.seen.contains(node.index())
    }

    /// Notes the next hop of `node`.
    fn note(&mut self, node: NodeId, next: NodeId) {
        self.next[node.index()] = next;
        self.seen.insert(node.index());
        self.reached.push(node);
    }

    fn forget(&mut self) {
        for node in self.reached.drain(..) {
            self.seen.remove(node.index());
        }
    }

    /// The chain of next hops from `start` to the first of `targets`.
    fn chain(&self, start: NodeId, targets: &FixedBitSet) -> Vec<NodeId> {
        let mut chain = vec![start];
        let mut at = start;
        while !self.is_new(at) {
            at = self.next[at.index()];
            chain.push(at);
            if targets.contains(at.index()) {
                break;
            }
        }
        chain
    }
}
