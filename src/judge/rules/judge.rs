//! The dependencies between modules, as boundary rules judge them.
//!
//! A reference whose path ends in the namespace of the module `named` and resolves to an item of
//! the module `defined` counts as a dependency on `named` alone if that is `defined` or an ancestor
//! of it (a facade that presents its own parts), and as one on both modules otherwise (a re-export
//! that hides a dependency). Sites of one edge can differ in this. A path to a module itself is a
//! dependency on that module, although its last name is in the namespace of the parent.

use std::{collections::BTreeMap, ops::Range, sync::OnceLock};

use crate::{
    graph::{Context, EdgeId, Graph, NodeId, Site},
    judge::architecture::{Architecture, paths::plain},
};

/// A judged dependency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The module that depends.
    pub from: NodeId,
    /// The module that it is judged to depend on.
    pub to: NodeId,
    /// The sites, as a range of [`Judged::sites`].
    sites: Range<u32>,
}

impl Dependency {
    /// Creates a dependency that does not exist, without sites, to ask a rule about it.
    pub fn imagined(from: NodeId, to: NodeId) -> Self {
        Self { from, to, sites: 0..0 }
    }
}

/// A use of one module by another, as rules about who may use what judge it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The module that uses.
    pub from: NodeId,
    /// The module that is used.
    pub to: NodeId,
    /// The places, as indices into [`Graph::sites`].
    pub sites: Vec<u32>,
}

/// Returns whether the site at that index of [`Graph::sites`] is a method or a field.
fn is_of_member(graph: &Graph, site: u32) -> bool {
    graph.sites[site as usize].context.is_inferred()
}

/// Returns whether the site at that index of [`Graph::sites`] leads to an item of a type that another
/// module than `to` names.
fn is_by_type(graph: &Graph, site: u32, to: NodeId) -> bool {
    let site = &graph.sites[site as usize];
    site.context == Context::Associated && site.named.is_some_and(|named| named != to)
}

/// All judged dependencies, sorted by `(from, to)`.
#[derive(Debug)]
pub struct Judged {
    /// The dependencies.
    pub all: Vec<Dependency>,
    /// Indices into [`Graph::sites`], grouped by dependency.
    sites: Vec<u32>,
    /// The uses of types and traits by their methods and fields.
    members: Members,
    /// The index in `all` of each node's first dependency, followed by the total number.
    starts: Vec<u32>,
    /// The graph's edges by target, for searches that run backwards.
    edges_in: OnceLock<Incoming>,
    /// `all` by target.
    dependencies_in: OnceLock<Incoming>,
}

/// The methods and fields that modules use, by the module of the type or trait that has them, sorted by
/// `(from, to)`.
#[derive(Debug)]
struct Members {
    all: Vec<Dependency>,
    /// Indices into [`Graph::sites`], grouped by dependency.
    sites: Vec<u32>,
}

impl Members {
    fn of(graph: &Graph) -> Self {
        let mut uses: Vec<(NodeId, NodeId, u32)> = Vec::new();
        for edge in &graph.edges {
            let members = edge.sites.clone().filter(|&at| is_of_member(graph, at));
            let by = |at: u32| graph.sites[at as usize].named.unwrap_or(edge.to);
            uses.extend(members.map(|at| (edge.from, by(at), at)));
        }
        uses.retain(|(from, to, _)| from != to);
        sort(&mut uses);
        Self { all: grouped(&uses), sites: uses.iter().map(|of| of.2).collect() }
    }

    fn sites(&self, of: &Dependency) -> &[u32] {
        &self.sites[of.sites.start as usize..of.sites.end as usize]
    }
}

/// The edges or dependencies that enter each node, in flat arrays, because a search that runs
/// backwards reads all of them.
#[derive(Debug)]
struct Incoming {
    /// The source of each edge or dependency, by target, then by source.
    sources: Vec<NodeId>,
    /// The index of each edge or dependency.
    indices: Vec<u32>,
    /// The index of each node's first entry, followed by the total number.
    starts: Vec<u32>,
}

impl Incoming {
    /// Sorts `pairs`, which are in the order of sources, by target. Counting sort keeps the order
    /// of sources.
    fn new(nodes: usize, pairs: impl Iterator<Item = (NodeId, NodeId)> + Clone) -> Self {
        let mut counts = vec![0; nodes + 1];
        for (_, to) in pairs.clone() {
            counts[to.index() + 1] += 1;
        }
        let starts = running_sum(counts);
        let mut next = starts.clone();
        let mut sources = vec![NodeId::from_raw(0); starts[nodes] as usize];
        let mut indices = vec![0; sources.len()];
        for ((from, to), i) in pairs.zip(0..) {
            let at = next[to.index()] as usize;
            (sources[at], indices[at]) = (from, i);
            next[to.index()] += 1;
        }
        Self { sources, indices, starts }
    }

    fn of(&self, to: NodeId) -> impl Iterator<Item = (NodeId, u32)> + '_ {
        let range = self.starts[to.index()] as usize..self.starts[to.index() + 1] as usize;
        self.sources[range.clone()].iter().copied().zip(self.indices[range].iter().copied())
    }
}

impl Judged {
    /// Judges every site of the architecture's graph.
    pub fn new(architecture: &Architecture<'_>) -> Self {
        let graph = architecture.graph;
        let mut verdicts: Vec<(NodeId, NodeId, u32)> = Vec::with_capacity(graph.sites.len());
        for edge in &graph.edges {
            for site in edge.sites.clone() {
                let found = &graph.sites[site as usize];
                let named = found.named.filter(|_| !is_the_module_itself(graph, edge.to, found));
                let targets = match found.context.is_of_type() {
                    true => [Some(judge_item(graph, edge.to, named)), None],
                    false => judge(graph, edge.to, named),
                };
                verdicts.extend(targets.into_iter().flatten().map(|to| (edge.from, to, site)));
            }
        }
        verdicts.retain(|(from, to, _)| from != to);
        sort(&mut verdicts);
        Self::group(graph, &verdicts)
    }

    fn group(graph: &Graph, verdicts: &[(NodeId, NodeId, u32)]) -> Self {
        let all = grouped(verdicts);
        let starts = offsets(graph.nodes.len(), all.iter().map(|d| d.from));
        let sites = verdicts.iter().map(|v| v.2).collect();
        let members = Members::of(graph);
        Self { all, sites, members, starts, edges_in: OnceLock::new(), dependencies_in: OnceLock::new() }
    }

    /// Returns the sites of a dependency, as indices into [`Graph::sites`], in order.
    pub fn sites(&self, dependency: &Dependency) -> &[u32] {
        &self.sites[dependency.sites.start as usize..dependency.sites.end as usize]
    }

    /// Returns the uses that a rule about who may use what forbids, which `is_broken` says of two
    /// modules, sorted by `(from, to)`.
    ///
    /// An item of a type is used by way of the type or trait, which `named` is: its `impl` may stand in
    /// a module that nothing names. A path to an associated item names the type, and has a reference for
    /// that. A method or a field has not: it is permitted if the type or trait can be named through its
    /// own module or through one around that.
    pub fn broken_uses(&self, graph: &Graph, is_broken: impl Fn(NodeId, NodeId) -> bool) -> Vec<Use> {
        let mut uses: BTreeMap<(NodeId, NodeId), Vec<u32>> = BTreeMap::new();
        for d in self.all.iter().filter(|d| is_broken(d.from, d.to)) {
            let sites = self.sites(d).iter().copied();
            let (own, direct): (Vec<u32>, Vec<u32>) =
                sites.filter(|&at| !is_of_member(graph, at)).partition(|&at| is_by_type(graph, at, d.to));
            if !direct.is_empty() {
                uses.insert((d.from, d.to), [own, direct].concat());
            }
        }
        for d in self.members.all.iter().filter(|d| is_broken(d.from, d.to)) {
            let permits = |to| to == d.from || !is_broken(d.from, to);
            let named = |at: u32| graph.facades(d.from, &graph.sites[at as usize]).any(permits);
            let broken: Vec<u32> = self.members.sites(d).iter().copied().filter(|&at| !named(at)).collect();
            if !broken.is_empty() {
                uses.entry((d.from, d.to)).or_default().extend(broken);
            }
        }
        let one = |((from, to), mut sites): (_, Vec<u32>)| {
            sites.sort_unstable();
            Use { from, to, sites }
        };
        uses.into_iter().map(one).collect()
    }

    /// Returns the dependencies of `from`, by target.
    pub fn of(&self, from: NodeId) -> &[Dependency] {
        &self.all[self.starts[from.index()] as usize..self.starts[from.index() + 1] as usize]
    }

    /// Returns the edges of `graph` that enter `to`, as pairs of a source and an edge, by source.
    /// `graph` must be the one that was judged.
    pub fn edges_into(&self, graph: &Graph, to: NodeId) -> impl Iterator<Item = (NodeId, EdgeId)> + '_ {
        let ends = || graph.edges.iter().map(|e| (e.from, e.to));
        let incoming = self.edges_in.get_or_init(|| Incoming::new(graph.nodes.len(), ends()));
        incoming.of(to).map(|(from, edge)| (from, EdgeId::from_raw(edge)))
    }

    /// Returns the dependencies on `to`, by source.
    pub fn on(&self, to: NodeId) -> impl Iterator<Item = &Dependency> + '_ {
        let ends = || self.all.iter().map(|d| (d.from, d.to));
        let incoming = self.dependencies_in.get_or_init(|| Incoming::new(self.starts.len() - 1, ends()));
        incoming.of(to).map(|(_, i)| &self.all[i as usize])
    }
}

/// Returns the judged dependencies that are no edges of `graph`: their ends, and their sites as
/// indices into [`Graph::sites`]. Each is a dependency on a module that a path names without
/// defining the item. [`Graph::with_naming`] makes them edges, so that diagrams and chains can show
/// them.
pub fn naming(graph: &Graph) -> Vec<(NodeId, NodeId, Vec<u32>)> {
    let mut found: BTreeMap<(NodeId, NodeId), Vec<u32>> = BTreeMap::new();
    for edge in &graph.edges {
        for index in edge.sites.clone() {
            let site = &graph.sites[index as usize];
            // The type or trait has a reference of its own.
            let is_judged = |named| !site.context.is_of_type() || graph.is_within(edge.to, named);
            let other = |named: &NodeId| *named != edge.to && *named != edge.from && is_judged(*named);
            let Some(named) = site.named.filter(other) else { continue };
            if !is_the_module_itself(graph, edge.to, site) && graph.edge(edge.from, named).is_none() {
                found.entry((edge.from, named)).or_default().push(index);
            }
        }
    }
    found.into_iter().map(|((from, to), sites)| (from, to, sites)).collect()
}

/// Sorts triples that are ordered by source. They mostly are by target, too, so few runs need sorting.
fn sort(triples: &mut [(NodeId, NodeId, u32)]) {
    for of_one in triples.chunk_by_mut(|a, b| a.0 == b.0) {
        if !of_one.is_sorted() {
            of_one.sort_unstable();
        }
    }
}

/// Returns the dependencies of sorted triples of a source, a target and a site. Their ranges are of the
/// triples.
fn grouped(verdicts: &[(NodeId, NodeId, u32)]) -> Vec<Dependency> {
    let mut all: Vec<Dependency> = Vec::new();
    for (i, (from, to, _)) in verdicts.iter().enumerate() {
        let end = i as u32 + 1;
        match all.last_mut().filter(|d| (d.from, d.to) == (*from, *to)) {
            Some(dependency) => dependency.sites.end = end,
            None => all.push(Dependency { from: *from, to: *to, sites: i as u32..end }),
        }
    }
    all
}

/// Returns the one or two modules that a reference is judged to depend on.
fn judge(graph: &Graph, defined: NodeId, named: Option<NodeId>) -> [Option<NodeId>; 2] {
    match named {
        None => [Some(defined), None],
        Some(named) if named == defined => [Some(named), None],
        Some(named) if graph.is_within(defined, named) => [Some(named), None],
        Some(named) => [Some(named), Some(defined)],
    }
}

/// Returns the module that a reference to an item of a type is judged to depend on: the one that defines
/// the item. The module of the type or trait counts only as a facade: for a path it is the target of a
/// reference of its own, and a method or a field names no type.
fn judge_item(graph: &Graph, defined: NodeId, named: Option<NodeId>) -> NodeId {
    named.filter(|named| graph.is_within(defined, *named)).unwrap_or(defined)
}

/// Returns whether `site` names the module `defined` itself, in the namespace of its parent: `use
/// crate::billing;`. The parent then presents nothing and is only part of the path.
fn is_the_module_itself(graph: &Graph, defined: NodeId, site: &Site) -> bool {
    let Some(module) = &graph.nodes[defined].module else { return false };
    if site.context.is_of_type() {
        return false;
    }
    let named_by_parent = site.named.is_some() && site.named == module.parent && site.reexports.is_none();
    let own_name = || module.path.rsplit("::").next().map(plain);
    named_by_parent && own_name() == Some(graph.names.text(site.item))
}

/// Returns, for sorted keys below `len`, the start of each key's run, followed by the total number
/// of keys.
pub fn offsets(len: usize, keys: impl Iterator<Item = NodeId>) -> Vec<u32> {
    let mut counts = vec![0; len + 1];
    for key in keys {
        counts[key.index() + 1] += 1;
    }
    running_sum(counts)
}

fn running_sum(mut counts: Vec<u32>) -> Vec<u32> {
    let mut sum = 0;
    for count in &mut counts {
        sum += *count;
        *count = sum;
    }
    counts
}

/// Returns the `sites` in one of `contexts`; all of them if `contexts` is `None`.
pub fn in_contexts(graph: &Graph, sites: &[u32], contexts: Option<&[Context]>) -> Vec<u32> {
    let stands = |site: &&u32| contexts.is_none_or(|c| c.contains(&graph.sites[**site as usize].context));
    sites.iter().filter(stands).copied().collect()
}

/// Returns the sites of an edge in one of `contexts`, as indices into [`Graph::sites`].
pub fn edge_sites(graph: &Graph, edge: EdgeId, contexts: Option<&[Context]>) -> Vec<u32> {
    let sites: Vec<u32> = graph.edges[edge].sites.clone().collect();
    in_contexts(graph, &sites, contexts)
}
