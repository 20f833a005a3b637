//! The dependency graph of modules, and the algorithms that rules and diagrams ask of it.
//!
//! Nodes are the workspace's modules and, for each path into another crate, an external node. An edge says that the one
//! module names an item that the other defines; its sites are the places where it does.
//!
//! Invariants: nodes are sorted, modules before externals, each by id; edges by `(from, to)`; sites by file, position and
//! item, grouped by edge. Ids are dense and given after sorting, so equal input gives equal bytes. No edge joins a node to
//! itself. This is the only stage that names petgraph; nothing in it recurses, since users decide how deep a graph is.

pub mod algorithms;
pub mod package;
#[cfg(test)]
pub mod sample;

use std::{collections::BTreeMap, ops::Range};

use index_vec::{IndexVec, define_index_type};
use rayon::{iter::ParallelIterator as _, slice::ParallelSliceMut as _};
use serde::{Deserialize, Serialize};

use crate::{
    base::{
        name::{Name, Names},
        span::Span,
    },
    graph::package::TargetKind,
};

define_index_type! {
    /// A node of the graph.
    pub struct NodeId = u32;
}
define_index_type! {
    /// An edge of the graph.
    pub struct EdgeId = u32;
}
define_index_type! {
    /// A condition of `cfg(…)`, spelled in [`Graph::conditions`].
    pub struct CfgId = u32;
}
define_index_type! {
    /// A chain of re-exports in [`Graph::chains`].
    pub struct ChainId = u32;
}
define_index_type! {
    /// A source file that some node or site lies in.
    pub struct FileId = u32;
}

pub use crate::base::context::Context;

/// The module dependency graph.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Graph {
    /// Modules, then externals.
    pub nodes: IndexVec<NodeId, Node>,
    /// Sorted by `(from, to)`.
    pub edges: IndexVec<EdgeId, Edge>,
    /// All sites, grouped by edge.
    pub sites: Vec<Site>,
    /// File names relative to the workspace root, sorted.
    pub files: IndexVec<FileId, String>,
    /// Spells [`Site::item`].
    pub names: Names,
    /// The conditions that sites stand under, as written inside `cfg(…)`.
    pub conditions: IndexVec<CfgId, String>,
    /// The chains of re-exports that sites go through, outermost first.
    pub chains: IndexVec<ChainId, Vec<Reexport>>,
    /// The functions of all modules, grouped by module, by file and place.
    pub functions: Vec<Function>,
    /// What others than its own module may name, grouped by module.
    pub exports: Vec<Export>,
    /// Whether test code counts. Where it does not, inline modules behind `cfg(test)` are nodes nevertheless, with nothing in them.
    pub tests: bool,
    /// The first segments of ids that other names of crates stand for ([`package::aliases`]).
    pub aliases: BTreeMap<String, Vec<String>>,
}

/// A node: a module of the workspace, or a path into a crate outside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// `tokio::fs::file`, `bin:shop::cli`; for an external the path as written, resolved through imports (`std::fs::File`).
    pub id: String,
    /// What the workspace knows of it; `None` for an external.
    pub module: Option<ModuleInfo>,
}

/// What is known of a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleInfo {
    /// The package's name as in its manifest.
    pub package: String,
    /// The target that it is compiled in.
    pub target: TargetKind,
    /// The target's crate name.
    pub crate_name: String,
    /// The path under the crate root; `""` for the root itself.
    pub path: String,
    /// The containing module; `None` for a crate's root.
    pub parent: Option<NodeId>,
    /// The file that holds its body.
    pub file: FileId,
    /// The line where it starts: 1 for a file of its own, the line of its `mod` where it is inline.
    pub line: u32,
    /// Whether it exists only for tests: in a test, example or bench target, or behind `cfg(test)`.
    pub test: bool,
    /// Lines of source of its own: its file's, less those of inline modules in it.
    pub lines: u32,
    /// Items that it defines itself.
    pub items: u32,
    /// Structs, enums and unions among them.
    pub types: u32,
    /// Traits among them.
    pub traits: u32,
    /// Its functions, as a range of [`Graph::functions`].
    pub functions: Range<u32>,
    /// What others may name of it, as a range of [`Graph::exports`].
    pub exports: Range<u32>,
}

/// A function with a body in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// The type or trait that it is an associated function of, by its last name.
    pub owner: Option<Name>,
    /// The file that it stands in.
    pub file: FileId,
    /// From `fn` to the end of its body.
    pub span: Span,
    /// Whether it is test code.
    pub test: bool,
    /// McCabe's cyclomatic complexity.
    pub cyclomatic: u32,
    /// Campbell's cognitive complexity.
    pub cognitive: u32,
}

impl Function {
    /// Where it starts, for messages: the line of `fn`.
    pub fn start(&self) -> Span {
        let start = self.span.start;
        Span { start, end: start }
    }
}

/// An item that others than its own module may name, or a part of one: an enum's variant, a trait's item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// Its name.
    pub name: Name,
    /// The module within which it can be named, be it through re-exports; `None`: everywhere.
    pub within: Option<NodeId>,
    /// The item itself or, for a part, the enum or trait: an index of [`Graph::exports`].
    pub whole: u32,
}

/// A dependency of one node on another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The module that names the item.
    pub from: NodeId,
    /// The module that defines it, or an external.
    pub to: NodeId,
    /// Its sites, as a range of [`Graph::sites`].
    pub sites: Range<u32>,
    /// Whether every site is test code.
    pub test: bool,
    /// Whether it is by name alone: the sites name `to`, which defines none of what they reach. A graph is built without such
    /// edges; [`Graph::with_naming`] adds them.
    pub naming: bool,
}

/// One reference: a place where a path names an item. Small and flat, since there are hundreds of thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Site {
    /// The file.
    pub file: FileId,
    /// The path as written.
    pub span: Span,
    /// What the path is part of.
    pub context: Context,
    /// The name of the item that is reached (`OpenOptions`); for a path to a module, the module's own name.
    pub item: Name,
    /// The module whose namespace the written path ends in, where that is a workspace module.
    pub named: Option<NodeId>,
    /// The condition under which the reference exists.
    pub cfg: Option<CfgId>,
    /// Whether it is test code.
    pub test: bool,
    /// The re-exports by which the path reaches the item; `None` when it names the definition itself.
    pub reexports: Option<ChainId>,
    /// The end of the path (`Handle::new`) that was not found: what it names lies in the module, or beyond it, and was not seen.
    pub unresolved: Option<Name>,
}

/// One re-export on the way from a written path to the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reexport {
    /// The module that re-exports.
    pub module: NodeId,
    /// The file of the `use`.
    pub file: FileId,
    /// Its leaf.
    pub span: Span,
}

/// A reference on its way into a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The module that names.
    pub from: NodeId,
    /// The module that defines, or the external.
    pub to: NodeId,
    /// Where and how.
    pub site: Site,
}

/// The tables that nodes and sites point into: they become the fields of the same names of a [`Graph`].
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// File names relative to the workspace root, sorted.
    pub files: IndexVec<FileId, String>,
    /// Spells [`Site::item`].
    pub names: Names,
    /// The conditions that sites stand under, as written inside `cfg(…)`.
    pub conditions: IndexVec<CfgId, String>,
    /// The chains of re-exports that sites go through, outermost first.
    pub chains: IndexVec<ChainId, Vec<Reexport>>,
    /// The functions of all modules, grouped by module.
    pub functions: Vec<Function>,
    /// What others than its own module may name, grouped by module.
    pub exports: Vec<Export>,
    /// Whether test code counts.
    pub tests: bool,
}

/// How the references of a workspace fared: a blind spot is a number, never silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Resolution {
    /// All that were looked up.
    pub references: u64,
    /// Those that name an item of the workspace.
    pub resolved: u64,
    /// Those that name an item of an external crate.
    pub external: u64,
    /// Those that name nothing that was found.
    pub unresolved: u64,
}

/// The references, grouped by source, of which there are `nodes`: by counting, so that only small groups are left to sort.
fn by_source(nodes: usize, references: &[Reference]) -> Vec<Reference> {
    let mut next = vec![0; nodes + 1];
    for reference in references {
        next[reference.from.index() + 1] += 1;
    }
    for node in 0..nodes {
        next[node + 1] += next[node];
    }
    let mut grouped = references.to_vec();
    for reference in references {
        let at = &mut next[reference.from.index()];
        grouped[*at] = *reference;
        *at += 1;
    }
    grouped
}

impl Graph {
    /// The graph of `nodes` (in the order of the invariant above) and `references`, which it sorts and groups; it drops
    /// duplicates and references of a node to itself.
    pub fn new(nodes: IndexVec<NodeId, Node>, tables: Tables, mut references: Vec<Reference>) -> Self {
        references.retain(|r| r.from != r.to);
        let mut references = by_source(nodes.len(), &references);
        references.par_chunk_by_mut(|a, b| a.from == b.from).for_each(<[Reference]>::sort_unstable);
        references.dedup();
        let mut edges: IndexVec<EdgeId, Edge> = IndexVec::new();
        let mut sites = Vec::with_capacity(references.len());
        for Reference { from, to, site } in references {
            let at = sites.len() as u32;
            match edges.last_mut().filter(|e| (e.from, e.to) == (from, to)) {
                Some(edge) => {
                    edge.sites.end = at + 1;
                    edge.test &= site.test;
                }
                None => {
                    edges.push(Edge { from, to, sites: at..at + 1, test: site.test, naming: false });
                }
            }
            sites.push(site);
        }
        let Tables { files, names, conditions, chains, functions, exports, tests } = tables;
        let aliases = BTreeMap::new();
        Self { nodes, edges, sites, files, names, conditions, chains, functions, exports, tests, aliases }
    }

    /// The same graph with an edge more for each of `naming`, of which there must be no edge yet: its ends, and its sites as
    /// indices of [`Graph::sites`]. Those sites are then there twice.
    pub fn with_naming(&self, naming: Vec<(NodeId, NodeId, Vec<u32>)>) -> Self {
        let own = self.edges.iter().map(|e| (e.from, e.to, e.sites.clone().collect::<Vec<u32>>(), false));
        let mut all: Vec<_> =
            own.chain(naming.into_iter().map(|(from, to, s)| (from, to, s, true))).collect();
        all.sort_unstable_by_key(|(from, to, ..)| (*from, *to));
        let (mut edges, mut sites) = (IndexVec::with_capacity(all.len()), Vec::new());
        for (from, to, of_edge, naming) in all {
            let start = sites.len() as u32;
            sites.extend(of_edge.iter().map(|site| self.sites[*site as usize]));
            let test = sites[start as usize..].iter().all(|site: &Site| site.test);
            edges.push(Edge { from, to, sites: start..sites.len() as u32, test, naming });
        }
        Self { edges, sites, ..self.clone() }
    }

    /// The functions of a module; none of an external.
    pub fn functions(&self, node: NodeId) -> &[Function] {
        let range = self.nodes[node].module.as_ref().map_or(0..0, |module| module.functions.clone());
        self.functions.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// What the function `at` of [`Graph::functions`] is called within its module: `Invoice::total`, `main`.
    pub fn spell_function(&self, at: u32) -> String {
        let Some(function) = self.functions.get(at as usize) else { return String::new() };
        let name = self.names.text(function.name);
        match function.owner {
            Some(owner) => format!("{}::{name}", self.names.text(owner)),
            None => name.to_owned(),
        }
    }

    /// The module that the function `at` of [`Graph::functions`] is in.
    pub fn module_of_function(&self, at: u32) -> Option<NodeId> {
        let ends_before = |node: &Node| node.module.as_ref().is_some_and(|module| module.functions.end <= at);
        let node = self.nodes.raw.partition_point(ends_before);
        self.nodes.raw.get(node)?.module.as_ref().map(|_| NodeId::from_usize(node))
    }

    /// What others may name of a module, by index of [`Graph::exports`]; nothing of an external.
    pub fn exports(&self, node: NodeId) -> impl Iterator<Item = (u32, Export)> + '_ {
        let range = self.nodes[node].module.as_ref().map_or(0..0, |module| module.exports.clone());
        range.filter_map(|at| Some((at, *self.exports.get(at as usize)?)))
    }

    /// The sites of an edge.
    pub fn sites(&self, edge: EdgeId) -> &[Site] {
        let range = &self.edges[edge].sites;
        &self.sites[range.start as usize..range.end as usize]
    }

    /// The edges that leave `node`, by target.
    pub fn outgoing(&self, node: NodeId) -> impl Iterator<Item = EdgeId> + '_ {
        let start = self.edges.raw.partition_point(|e| e.from < node);
        let end = start + self.edges.raw[start..].partition_point(|e| e.from == node);
        (start..end).map(EdgeId::from_usize)
    }

    /// The edge that the site at `index` of [`Graph::sites`] belongs to, if there is such a site.
    pub fn edge_of_site(&self, index: u32) -> Option<EdgeId> {
        let edge = self.edges.raw.partition_point(|e| e.sites.end <= index);
        (edge < self.edges.len()).then(|| EdgeId::from_usize(edge))
    }

    /// Whether `node` is `ancestor` or lies beneath it in the module tree.
    pub fn is_within(&self, node: NodeId, ancestor: NodeId) -> bool {
        let rest = self.nodes[node].id.strip_prefix(self.nodes[ancestor].id.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }

    /// The edge from `from` to `to`, if there is one.
    pub fn edge(&self, from: NodeId, to: NodeId) -> Option<EdgeId> {
        self.edges.raw.binary_search_by_key(&(from, to), |e| (e.from, e.to)).ok().map(EdgeId::from_usize)
    }

    /// The edges that `keep` holds for, for the algorithms: nodes are [`NodeId`]s, labels are [`EdgeId`]s.
    pub fn csr(&self, keep: impl Fn(&Edge) -> bool) -> algorithms::Csr {
        let arcs = self.edges.iter_enumerated().filter(|(_, e)| keep(e));
        algorithms::Csr::new(self.nodes.len(), arcs.map(|(id, edge)| self.arc(id, edge)))
    }

    /// An edge, for the algorithms.
    pub fn arc(&self, id: EdgeId, edge: &Edge) -> algorithms::Arc {
        algorithms::Arc { from: edge.from.raw(), to: edge.to.raw(), label: id.raw() }
    }
}
