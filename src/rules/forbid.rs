//! `[[forbid]]`: no dependency, or no chain of them, runs from here to there.

use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use super::{
    CONTEXTS, Kind, Origin, Rule, Scene,
    finding::{Link, Violation},
    judge::{edge_sites, in_contexts},
};
use crate::{
    base::{
        name::Name,
        pattern::{Captured, Selector},
    },
    config::{
        fields::{Fields, Key},
        selection::Selection,
    },
    graph::{Context, NodeId},
};

/// The kind.
pub const KIND: Kind = Kind {
    name: "forbid",
    summary: "no dependency runs from one set of modules to another",
    docs: "\
No module of `from` may depend on `to`. With `transitive`, it may not reach `to` through other modules either; the finding
shows a shortest chain. Each module of `from` is reported for itself: a chain counts where it leaves `from` for the last
time and enters `to` for the first, so that what is reported is what to mend. With `in`, only references in those contexts
count, in every hop of a chain.

A path that ends in a module which re-exports the item is judged by that module where it is an ancestor of the item's own,
and by both otherwise. A dependency within the overlap of `from` and `to` counts; exclude with `!` what is meant to stay.",
    example: include_str!("../../rules/forbid.toml"),
    keys: &[
        Key { name: "from", holds: "selectors", doc: "who may not depend" },
        Key { name: "to", holds: "selectors", doc: "on what" },
        Key { name: "transitive", holds: "a boolean", doc: "also through other modules; left out: false" },
        Key { name: "in", holds: "contexts", doc: "only references there; left out: everywhere" },
    ],
    origin: Origin::Table(read),
};

/// The options.
#[derive(Debug)]
struct Forbid {
    from: Selector,
    to: Selector,
    transitive: bool,
    contexts: Option<Vec<Context>>,
}

fn read(fields: &mut Fields<'_>) -> Option<Box<dyn Rule>> {
    let from = fields.required_selector("from");
    let to = fields.required_selector("to");
    let transitive = fields.flag("transitive").unwrap_or(false);
    let contexts = fields.many_of("in", CONTEXTS);
    Some(Box::new(Forbid { from: from?, to: to?, transitive, contexts }))
}

impl Rule for Forbid {
    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("from", &self.from), ("to", &self.to)]
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let from = scene.architecture.select(&self.from);
        let to = scene.architecture.select(&self.to);
        let mut violations = self.direct(scene, &from, &to);
        if self.transitive {
            let known: Vec<Option<NodeId>> = violations.iter().map(|v| v.from).collect();
            let chains = self.chains(scene, &from, &to);
            violations.extend(chains.into_iter().filter(|v| !known.contains(&v.from)));
        }
        violations
    }
}

impl Forbid {
    fn direct(&self, scene: &Scene<'_>, from: &Selection, to: &Selection) -> Vec<Violation> {
        let dependencies = from.iter().flat_map(|node| scene.judged.of(node));
        let broken = dependencies.filter(|d| from.pairs(d.from, to, d.to));
        let violation = |d: &super::judge::Dependency| {
            let sites =
                in_contexts(scene.architecture.graph, scene.judged.sites(d), self.contexts.as_deref());
            (!sites.is_empty()).then(|| Violation {
                message: format!("{} must not depend on {}", scene.quoted(d.from), scene.quoted(d.to)),
                from: Some(d.from),
                to: Some(d.to),
                sites,
                ..Violation::default()
            })
        };
        broken.filter_map(violation).collect()
    }

    /// For each module that leads out of `from`: a shortest chain of two or more hops into `to`.
    fn chains(&self, scene: &Scene<'_>, from: &Selection, to: &Selection) -> Vec<Violation> {
        let nodes = scene.architecture.graph.nodes.len();
        let shortest = |walk: &mut Walk, (bound, sources): (Captured<Name>, FixedBitSet)| {
            self.shortest(scene, &sources, &agreeing(to, &bound), walk)
        };
        let groups = from.groups().into_par_iter();
        let mut found: Vec<Vec<NodeId>> = groups.map_init(|| Walk::new(nodes), shortest).flatten().collect();
        found.sort_by_key(|chain| (chain[0], chain.len(), chain[chain.len() - 1]));
        found.dedup_by_key(|chain| chain[0]);
        found.iter().map(|chain| self.chain_violation(scene, chain)).collect()
    }

    /// Walks backwards from `targets`, breadth first and in the order of nodes, so that each source gets its shortest
    /// chain and, among those, always the same one. Neither sources nor targets are passed through.
    fn shortest(
        &self,
        scene: &Scene<'_>,
        sources: &FixedBitSet,
        targets: &FixedBitSet,
        walk: &mut Walk,
    ) -> Vec<Vec<NodeId>> {
        let mut level = self.entrances(scene, targets, walk);
        let mut chains = Vec::new();
        let mut open = sources.count_ones(..);
        let mut direct = true;
        while !level.is_empty() && open > 0 {
            let mut above = Vec::new();
            for node in level {
                if sources.contains(node.index()) {
                    open -= 1;
                    chains.extend((!direct).then(|| walk.chain(node, targets)));
                } else if !targets.contains(node.index()) {
                    self.dependents(scene, node, walk, &mut above);
                }
            }
            above.sort_unstable();
            (level, direct) = (above, false);
        }
        walk.forget();
        chains
    }

    /// The modules that depend on `targets` themselves, in order, each with its next hop noted.
    fn entrances(&self, scene: &Scene<'_>, targets: &FixedBitSet, walk: &mut Walk) -> Vec<NodeId> {
        let mut found = Vec::new();
        for to in targets.ones().map(NodeId::from_usize) {
            for d in scene.judged.on(to) {
                let fresh =
                    walk.is_new(d.from) && self.counts(scene, || scene.judged.sites(d).iter().copied());
                if fresh {
                    walk.note(d.from, to);
                    found.push(d.from);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// The modules that depend on `node` and have no next hop yet, which `node` becomes.
    fn dependents(&self, scene: &Scene<'_>, node: NodeId, walk: &mut Walk, found: &mut Vec<NodeId>) {
        let graph = scene.architecture.graph;
        for (from, edge) in scene.judged.edges_into(graph, node) {
            let fresh = walk.is_new(from) && self.counts(scene, || graph.edges[edge].sites.clone());
            if fresh {
                walk.note(from, node);
                found.push(from);
            }
        }
    }

    /// Whether one of the sites stands in the contexts that count. Sites are asked for only where it matters.
    fn counts<I: Iterator<Item = u32>>(&self, scene: &Scene<'_>, sites: impl FnOnce() -> I) -> bool {
        let Some(contexts) = &self.contexts else { return true };
        sites().any(|site| contexts.contains(&scene.architecture.graph.sites[site as usize].context))
    }

    fn chain_violation(&self, scene: &Scene<'_>, chain: &[NodeId]) -> Violation {
        let (first, last) = (chain[0], chain[chain.len() - 1]);
        let hops = chain.len() - 1;
        let message =
            format!("{} must not reach {}, but does in {hops} hops", scene.quoted(first), scene.quoted(last));
        let links =
            chain.windows(2).map(|pair| self.link(scene, pair[0], pair[1], pair[1] == last)).collect();
        Violation { message, from: Some(first), to: Some(last), chain: links, ..Violation::default() }
    }

    fn link(&self, scene: &Scene<'_>, from: NodeId, to: NodeId, is_last: bool) -> Link {
        let graph = scene.architecture.graph;
        let contexts = self.contexts.as_deref();
        let judged = scene.judged.of(from).iter().find(|d| is_last && d.to == to);
        let sites = match judged {
            Some(d) => in_contexts(graph, scene.judged.sites(d), contexts),
            None => graph.edge(from, to).map_or_else(Vec::new, |e| edge_sites(graph, e, contexts)),
        };
        Link { from: graph.nodes[from].id.clone(), to: graph.nodes[to].id.clone(), sites }
    }
}

/// The nodes of `to` that may be bound together with `bound`.
fn agreeing(to: &Selection, bound: &[(String, Name)]) -> FixedBitSet {
    if !to.captures() || bound.is_empty() {
        return to.nodes.clone();
    }
    let mut nodes = FixedBitSet::with_capacity(to.nodes.len());
    nodes.extend(to.iter().filter(|node| to.agrees(*node, bound)).map(NodeId::index));
    nodes
}

/// The next hop of each node that a walk has reached, used for one walk after another.
struct Walk {
    next: Vec<Option<NodeId>>,
    reached: Vec<NodeId>,
}

impl Walk {
    fn new(nodes: usize) -> Self {
        Self { next: vec![None; nodes], reached: Vec::new() }
    }

    /// Whether `node` has not been reached yet.
    fn is_new(&self, node: NodeId) -> bool {
        self.next[node.index()].is_none()
    }

    /// Notes the next hop of `node`.
    fn note(&mut self, node: NodeId, next: NodeId) {
        self.next[node.index()] = Some(next);
        self.reached.push(node);
    }

    fn forget(&mut self) {
        for node in self.reached.drain(..) {
            self.next[node.index()] = None;
        }
    }

    /// The chain of next hops from `start` to the first of `targets`.
    fn chain(&self, start: NodeId, targets: &FixedBitSet) -> Vec<NodeId> {
        let mut chain = vec![start];
        let mut at = start;
        while let Some(node) = self.next[at.index()] {
            chain.push(node);
            if targets.contains(node.index()) {
                break;
            }
            at = node;
        }
        chain
    }
}
