//! Shortest chains of dependencies from one set of modules into another.
//!
//! A chain leaves its sources at once and enters its targets at the end: in between it passes through neither, nor through
//! what is blocked. It has two hops or more, since a single one is a dependency, which rules look at by itself. Every hop but
//! the last runs to the module that defines what is used; the last is judged as boundary rules judge ([`super::judge`]).
//!
//! Beside [`crate::graph::algorithms`], which finds one chain in one graph, because the last hop is not an edge of the graph,
//! one walk answers for all sources, and hundreds of rules share its scratch space ([`Walk`]) instead of each clearing a
//! field as long as the graph.

use fixedbitset::FixedBitSet;

use super::{
    Scene,
    finding::{Link, THROUGH, Violation, ViolationPart},
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
}

/// Where chains start and end, and what they may not pass through.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Where they start.
    pub sources: FixedBitSet,
    /// Where they end.
    pub targets: FixedBitSet,
    /// What they avoid.
    pub blocked: FixedBitSet,
}

impl Passage {
    /// Whether a chain may have `node` in its middle.
    fn lets_through(&self, node: NodeId) -> bool {
        [&self.sources, &self.targets, &self.blocked].iter().all(|nodes| !nodes.contains(node.index()))
    }
}

/// How one source reaches targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// A shortest chain, from the source to a target.
    pub chain: Vec<NodeId>,
    /// All the targets that chains from the source end in, ascending.
    pub targets: Vec<NodeId>,
}

/// One way for each source: the shortest of `ways`, with the targets of all of them.
pub fn merge(mut ways: Vec<Way>) -> Vec<Way> {
    ways.sort_by_key(|way| (way.chain[0], way.chain.len(), way.chain[way.chain.len() - 1]));
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
    /// The ways through `passage`, one for each source that has any, in no order. Walks backwards, breadth first and in the
    /// order of nodes, so that each source always gets the same chain.
    pub fn ways(&self, passage: &Passage, walk: &mut Walk) -> Vec<Way> {
        let chains = self.shortest(passage, walk);
        let way = |chain: Vec<NodeId>| Way { targets: self.reached(chain[0], passage, walk), chain };
        chains.into_iter().map(way).collect()
    }

    /// A shortest chain from each source that has one.
    fn shortest(&self, passage: &Passage, walk: &mut Walk) -> Vec<Vec<NodeId>> {
        let mut level = self.entrances(&passage.sources, &passage.targets, walk);
        let mut chains = Vec::new();
        let mut open = passage.sources.count_ones(..);
        while !level.is_empty() && open > 0 {
            let mut above = Vec::new();
            for node in level {
                if passage.sources.contains(node.index()) {
                    open -= 1;
                    chains.push(walk.chain(node, &passage.targets));
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

    /// The modules that depend on targets themselves and are no sources, in order, each with its next hop noted.
    fn entrances(&self, sources: &FixedBitSet, targets: &FixedBitSet, walk: &mut Walk) -> Vec<NodeId> {
        let judged = self.scene.judged;
        let mut found = Vec::new();
        for to in targets.ones().map(NodeId::from_usize) {
            for d in judged.on(to).filter(|d| !sources.contains(d.from.index())) {
                if walk.is_new(d.from) && self.counts(|| judged.sites(d).iter().copied()) {
                    walk.note(d.from, to);
                    found.push(d.from);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// The targets that chains from `source` end in, in no order, some more than once.
    fn reached(&self, source: NodeId, passage: &Passage, walk: &mut Walk) -> Vec<NodeId> {
        let (graph, judged) = (self.scene.architecture.graph, self.scene.judged);
        let mut targets = Vec::new();
        let mut open = vec![source];
        while let Some(node) = open.pop() {
            for edge in graph.outgoing(node).map(|edge| &graph.edges[edge]) {
                if passage.lets_through(edge.to) && walk.is_new(edge.to) && self.counts(|| edge.sites.clone())
                {
                    walk.note(edge.to, source);
                    open.push(edge.to);
                }
            }
            let entering =
                judged.of(node).iter().filter(|d| node != source && passage.targets.contains(d.to.index()));
            let counting = entering.filter(|d| self.counts(|| judged.sites(d).iter().copied()));
            targets.extend(counting.map(|d| d.to));
        }
        walk.forget();
        targets
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

    /// The nodes to which another dependency of `from` would make a chain of two or more hops between ends that none joins
    /// yet.
    pub fn closed(&self, from: NodeId, passages: &[Passage]) -> FixedBitSet {
        let mut walk = Walk::new(self.scene.architecture.graph.nodes.len());
        let mut closed = self.scene.none();
        for passage in passages {
            let is_source = passage.sources.contains(from.index());
            if !is_source && !passage.lets_through(from) {
                continue;
            }
            let sources = if is_source { vec![from] } else { self.leading_to(from, passage, &mut walk) };
            let Some(known) = self.known_to_all(&sources, passages, &mut walk) else { continue };
            let mut ends = passage.targets.clone();
            ends.difference_with(&known);
            if !is_source {
                closed.union_with(&ends);
            }
            closed.union_with(&self.leading_into(&ends, passage, &mut walk));
        }
        closed.set(from.index(), false);
        closed
    }

    /// The sources from which chains lead to `node`, which is between the ends.
    fn leading_to(&self, node: NodeId, passage: &Passage, walk: &mut Walk) -> Vec<NodeId> {
        let mut sources = Vec::new();
        let mut open = vec![node];
        while let Some(at) = open.pop() {
            let mut above = Vec::new();
            self.dependents(at, walk, &mut above);
            for dependent in above {
                if passage.sources.contains(dependent.index()) {
                    sources.push(dependent);
                } else if passage.lets_through(dependent) {
                    open.push(dependent);
                }
            }
        }
        walk.forget();
        sources
    }

    /// The targets that each of `sources` reaches already, by any passage; `None` where there are no sources.
    fn known_to_all(&self, sources: &[NodeId], passages: &[Passage], walk: &mut Walk) -> Option<FixedBitSet> {
        let mut known: Option<FixedBitSet> = None;
        for source in sources {
            let mut reached = self.scene.none();
            for passage in passages.iter().filter(|p| p.sources.contains(source.index())) {
                reached.extend(self.reached(*source, passage, walk).iter().map(|to| to.index()));
            }
            match &mut known {
                Some(known) => known.intersect_with(&reached),
                None => known = Some(reached),
            }
        }
        known
    }

    /// The nodes between the ends from which chains lead to some of the targets, `ends`.
    fn leading_into(&self, ends: &FixedBitSet, passage: &Passage, walk: &mut Walk) -> FixedBitSet {
        let mut found = self.scene.none();
        let mut open = self.entrances(&passage.sources, ends, walk);
        while let Some(node) = open.pop() {
            if passage.lets_through(node) {
                found.insert(node.index());
                self.dependents(node, walk, &mut open);
            }
        }
        walk.forget();
        found
    }

    /// The violation that a way is, of which `message` says what is wrong with its two ends. Other chains may come and go; what
    /// it is known by is each target that is reached.
    pub fn violation(&self, way: &Way, message: impl Fn(&str, &str) -> String) -> Violation {
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

    /// The hops of `chain`, with their sites.
    fn links(&self, chain: &[NodeId]) -> Vec<Link> {
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
