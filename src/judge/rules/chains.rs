//! Shortest chains of dependencies from one set of modules into another.
//!
//! A chain leaves its sources with the first hop and enters its targets with the last: between them
//! it passes through neither, nor through blocked nodes. A chain has at least two hops, since rules
//! check single dependencies separately. Every hop except the last leads to the module that defines
//! the used item; the last is judged as boundary rules judge ([`super::judge`]).
//!
//! This search is separate from [`crate::graph::algorithms`], which finds one chain in one graph,
//! for three reasons: the last hop is not an edge of the graph, one walk answers for all sources,
//! and hundreds of rules share one scratch space ([`Walk`]) instead of each clearing an array as
//! long as the graph.
//!
//! Every visit of a dependency is counted as work of the rule, as is what a result holds: the hops
//! of chains, and their ends. When the limit is exceeded, searches end early, and the rule has no
//! result.

mod reached;

use super::{
    Scene,
    judge::{edge_sites, in_contexts},
    violation::{Link, THROUGH, Violation, ViolationPart},
};
use crate::{
    base::{name::Name, order::Order as _},
    graph::{Context, NodeId, NodeSet},
    judge::architecture::selection::Selection,
};

/// The maximum number of references of a hop that are listed: many chains share the same hops.
const SITES: usize = 100;

/// The work that the comparison of two bindings counts as.
const OF_AGREEMENT: usize = 4;

/// The work that a hop of a result counts as, for the memory that it takes.
const OF_HOP: usize = 400;

/// The search for chains in one graph.
#[derive(Debug, Clone, Copy)]
pub struct Chains<'a> {
    /// The graph and its judged dependencies.
    pub scene: &'a Scene<'a>,
    /// The contexts in which references count; `None` means all.
    pub contexts: Option<&'a [Context]>,
}

/// The ends of chains, and the nodes that chains must not pass through.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The nodes at which chains start.
    pub sources: NodeSet,
    /// The nodes at which chains end.
    pub targets: NodeSet,
    /// The nodes that chains avoid.
    pub blocked: NodeSet,
}

impl Passage {
    /// Returns whether `node` may be between the ends of a chain.
    fn lets_through(&self, node: NodeId) -> bool {
        [&self.sources, &self.targets, &self.blocked].iter().all(|nodes| !nodes.contains(node))
    }
}

/// The chains from one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// A shortest chain, from the source to a target.
    pub chain: Vec<NodeId>,
    /// All targets of chains from the source, ascending.
    pub targets: Vec<NodeId>,
}

/// Merges `ways` to one for each source: the shortest, with the targets of all.
fn merge(mut ways: Vec<Way>) -> Vec<Way> {
    ways.order_by_key(|way| (way.chain[0], way.chain.len(), way.chain[way.chain.len() - 1]));
    let mut merged: Vec<Way> = Vec::new();
    for way in ways {
        match merged.last_mut().filter(|last| last.chain[0] == way.chain[0]) {
            Some(last) => last.targets.extend(way.targets),
            None => merged.push(way),
        }
    }
    for way in &mut merged {
        way.targets.sort_unstable();
        way.targets.dedup();
    }
    merged
}

impl Chains<'_> {
    /// Returns the ways through `passage`, one for each source that has any, unordered; fewer if the
    /// limit of work is exceeded. The search runs backwards, breadth first and in the order of nodes,
    /// so that each source always gets the same chain.
    pub fn ways(&self, passage: &Passage, walk: &mut Walk) -> Vec<Way> {
        let chains = self.shortest(passage, walk);
        let sources: Vec<NodeId> = chains.iter().map(|chain| chain[0]).collect();
        let targets = reached::by_all(self, &sources, passage);
        chains.into_iter().zip(targets).map(|(chain, targets)| Way { chain, targets }).collect()
    }

    /// Returns a shortest chain from each source that has one.
    fn shortest(&self, passage: &Passage, walk: &mut Walk) -> Vec<Vec<NodeId>> {
        let mut level = self.entrances(&passage.sources, &passage.targets, walk);
        let mut chains = Vec::new();
        let mut open = passage.sources.len();
        while !level.is_empty() && open > 0 && !self.scene.work.is_exceeded() {
            let mut above = Vec::new();
            for node in level {
                if passage.sources.contains(node) {
                    open -= 1;
                    let chain = walk.chain(node, &passage.targets);
                    let is_within = self.scene.work.spend(OF_HOP * chain.len());
                    chains.extend(is_within.then_some(chain));
                } else if passage.lets_through(node) {
                    self.dependents(node, walk, &mut above);
                }
            }
            above.sort_unstable();
            level = above;
        }
        walk.forget();
        chains
    }

    /// Returns the modules other than sources that depend on a target directly, in order, and
    /// records the next hop of each.
    fn entrances(&self, sources: &NodeSet, targets: &NodeSet, walk: &mut Walk) -> Vec<NodeId> {
        let judged = self.scene.judged;
        let mut found = Vec::new();
        for to in targets.iter() {
            if !self.scene.work.spend(1 + judged.on(to).count()) {
                break;
            }
            for d in judged.on(to).filter(|d| !sources.contains(d.from)) {
                if walk.is_new(d.from) && self.counts(|| judged.sites(d).iter().copied()) {
                    walk.note(d.from, to);
                    found.push(d.from);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// Returns the targets of chains from `source`, unordered and possibly repeated.
    fn reached(&self, source: NodeId, passage: &Passage, walk: &mut Walk) -> Vec<NodeId> {
        let (graph, judged) = (self.scene.architecture.graph, self.scene.judged);
        let mut targets = Vec::new();
        let mut open = vec![source];
        while let Some(node) = open.pop() {
            if !self.scene.work.spend(1 + judged.of(node).len()) {
                break;
            }
            for edge in graph.outgoing(node).map(|edge| &graph.edges[edge]) {
                if passage.lets_through(edge.to) && walk.is_new(edge.to) && self.counts(|| edge.sites.clone())
                {
                    walk.note(edge.to, source);
                    open.push(edge.to);
                }
            }
            let entering =
                judged.of(node).iter().filter(|d| node != source && passage.targets.contains(d.to));
            let counting = entering.filter(|d| self.counts(|| judged.sites(d).iter().copied()));
            targets.extend(counting.map(|d| d.to));
        }
        walk.forget();
        targets
    }

    /// Appends the modules that depend on `node` and have no next hop yet, and records `node` as
    /// their next hop.
    fn dependents(&self, node: NodeId, walk: &mut Walk, found: &mut Vec<NodeId>) {
        let graph = self.scene.architecture.graph;
        let edges = || self.scene.judged.edges_into(graph, node);
        if !self.scene.work.spend(1 + edges().count()) {
            return;
        }
        for (from, edge) in edges() {
            if walk.is_new(from) && self.counts(|| graph.edges[edge].sites.clone()) {
                walk.note(from, node);
                found.push(from);
            }
        }
    }

    /// Returns whether one of the sites is in the contexts that count. `sites` is called only if
    /// contexts are restricted.
    fn counts<I: Iterator<Item = u32>>(&self, sites: impl FnOnce() -> I) -> bool {
        let Some(contexts) = self.contexts else { return true };
        sites().any(|site| contexts.contains(&self.scene.architecture.graph.sites[site as usize].context))
    }

    /// Returns the nodes on which another dependency of `from` would create a chain of two or more
    /// hops between a source and a target that no chain connects yet.
    pub fn closed(&self, from: NodeId, passages: &[Passage]) -> NodeSet {
        let mut walk = Walk::new(self.scene.architecture.graph.nodes.len());
        let mut closed = self.scene.none();
        for passage in passages {
            let is_source = passage.sources.contains(from);
            if !is_source && !passage.lets_through(from) {
                continue;
            }
            let sources = if is_source { vec![from] } else { self.leading_to(from, passage, &mut walk) };
            let Some(known) = self.known_to_all(&sources, passages, &mut walk) else { continue };
            let mut ends = passage.targets.clone();
            ends.subtract(&known);
            if !is_source {
                closed.unite(&ends);
            }
            closed.unite(&self.leading_into(&ends, passage, &mut walk));
        }
        closed.remove(from);
        closed
    }

    /// Returns the sources of chains that lead to `node`, which is between the ends.
    fn leading_to(&self, node: NodeId, passage: &Passage, walk: &mut Walk) -> Vec<NodeId> {
        let mut sources = Vec::new();
        let mut open = vec![node];
        while let Some(at) = open.pop() {
            let mut above = Vec::new();
            self.dependents(at, walk, &mut above);
            for dependent in above {
                if passage.sources.contains(dependent) {
                    sources.push(dependent);
                } else if passage.lets_through(dependent) {
                    open.push(dependent);
                }
            }
        }
        walk.forget();
        sources
    }

    /// Returns the targets that every one of `sources` already reaches, by any passage; `None`
    /// without sources.
    fn known_to_all(&self, sources: &[NodeId], passages: &[Passage], walk: &mut Walk) -> Option<NodeSet> {
        let mut known: Option<NodeSet> = None;
        for source in sources {
            let mut reached = self.scene.none();
            for passage in passages.iter().filter(|p| p.sources.contains(*source)) {
                reached.extend(self.reached(*source, passage, walk));
            }
            match &mut known {
                Some(known) => known.intersect(&reached),
                None => known = Some(reached),
            }
        }
        known
    }

    /// Returns the nodes between the ends from which chains lead to one of the targets in `ends`.
    fn leading_into(&self, ends: &NodeSet, passage: &Passage, walk: &mut Walk) -> NodeSet {
        let mut found = self.scene.none();
        let mut open = self.entrances(&passage.sources, ends, walk);
        while let Some(node) = open.pop() {
            if passage.lets_through(node) {
                found.insert(node);
                self.dependents(node, walk, &mut open);
            }
        }
        walk.forget();
        found
    }

    /// Returns the violations for `ways`, with messages by `message` from the ends and the number of
    /// hops of each; a single one if the limit of work was exceeded.
    pub fn violations(
        &self,
        ways: Vec<Way>,
        message: impl Fn(&str, &str, usize) -> String,
    ) -> Vec<Violation> {
        if self.scene.work.is_exceeded() {
            return vec![Violation::unfinished("chains through other modules are too many to be searched")];
        }
        let with_hops = |way: &Way| self.violation(way, |from, to| message(from, to, way.chain.len() - 1));
        merge(ways).iter().map(with_hops).collect()
    }

    /// Returns the violation for a way. `message` describes its two ends. The violation is
    /// identified by each reached target and not by the chain, because other chains may appear or
    /// disappear.
    fn violation(&self, way: &Way, message: impl Fn(&str, &str) -> String) -> Violation {
        let (first, last) = (way.chain[0], way.chain[way.chain.len() - 1]);
        let id = |node: NodeId| &self.scene.architecture.graph.nodes[node].id;
        let named = |to: &NodeId| format!("{}{THROUGH}{}", id(first), id(*to));
        Violation {
            message: message(&self.scene.quoted(first), &self.scene.quoted(last)),
            from: Some(first),
            to: Some(last),
            subject: Some(named(&last)),
            chain: self.links(&way.chain),
            parts: way
                .targets
                .iter()
                .map(|to| ViolationPart { name: named(to), sites: Vec::new() })
                .collect(),
            ..Violation::default()
        }
    }

    /// Returns the hops of `chain` with their sites.
    fn links(&self, chain: &[NodeId]) -> Vec<Link> {
        let last = chain.last();
        chain.windows(2).map(|pair| self.link(pair[0], pair[1], Some(&pair[1]) == last)).collect()
    }

    fn link(&self, from: NodeId, to: NodeId, is_last: bool) -> Link {
        let graph = self.scene.architecture.graph;
        let judged = self.scene.judged.of(from).iter().find(|d| is_last && d.to == to);
        let mut sites = match judged {
            Some(d) => in_contexts(graph, self.scene.judged.sites(d), self.contexts),
            None => graph.edge(from, to).map_or_else(Vec::new, |e| edge_sites(graph, e, self.contexts)),
        };
        sites.truncate(SITES);
        Link { from: graph.nodes[from].id.clone(), to: graph.nodes[to].id.clone(), sites }
    }
}

/// Returns the nodes of `to` whose bindings agree with `bound`.
/// The set is smaller if the limit of work is exceeded.
pub fn agreeing(to: &Selection, bound: &[(String, Name)], scene: &Scene<'_>) -> NodeSet {
    if !to.captures() || bound.is_empty() {
        scene.work.spend(scene.architecture.graph.nodes.len() / 16);
        return to.nodes.clone();
    }
    let mut nodes = to.nodes.cleared();
    if scene.work.spend(OF_AGREEMENT * to.nodes.len()) {
        nodes.extend(to.iter().filter(|node| to.agrees(*node, bound)));
    }
    nodes
}

/// Returns the set of `nodes`, which is empty if the limit of work is exceeded.
pub fn as_set(nodes: &[NodeId], scene: &Scene<'_>) -> NodeSet {
    let mut set = scene.none();
    if scene.work.spend(scene.architecture.graph.nodes.len() / 16 + nodes.len()) {
        set.extend(nodes.iter().copied());
    }
    set
}

/// The next hop of each node reached by a walk. Reused by consecutive walks.
#[derive(Debug)]
pub struct Walk {
    /// Only valid for nodes in `seen`, which is small enough to stay in the first-level cache.
    next: Vec<NodeId>,
    seen: NodeSet,
    reached: Vec<NodeId>,
}

impl Walk {
    /// Creates a walk over a graph of `nodes` nodes.
    pub fn new(nodes: usize) -> Self {
        Self { next: vec![NodeId::from_raw(0); nodes], seen: NodeSet::empty(nodes), reached: Vec::new() }
    }

    /// Returns whether `node` has not been reached yet.
    fn is_new(&self, node: NodeId) -> bool {
        !self.seen.contains(node)
    }

    /// Records the next hop of `node`.
    fn note(&mut self, node: NodeId, next: NodeId) {
        self.next[node.index()] = next;
        self.seen.insert(node);
        self.reached.push(node);
    }

    fn forget(&mut self) {
        for node in self.reached.drain(..) {
            self.seen.remove(node);
        }
    }

    /// Returns the chain of next hops from `start` to the first of `targets`.
    fn chain(&self, start: NodeId, targets: &NodeSet) -> Vec<NodeId> {
        let mut chain = vec![start];
        let mut at = start;
        while !self.is_new(at) {
            at = self.next[at.index()];
            chain.push(at);
            if targets.contains(at) {
                break;
            }
        }
        chain
    }
}
