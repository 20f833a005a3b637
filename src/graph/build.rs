//! The construction of graphs: from references, and from other graphs with more or fewer edges.

use std::collections::BTreeMap;

use index_vec::IndexVec;
use rayon::{iter::ParallelIterator as _, slice::ParallelSliceMut as _};

use super::{
    CfgId, ChainId, Definition, DefinitionId, Edge, EdgeId, Export, Facade, FileId, Function, Graph,
    InferenceId, InferenceStep, Node, NodeId, Reexport, Site,
};
use crate::base::name::Names;

/// A reference before it is added to a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The module that contains the reference.
    pub from: NodeId,
    /// The module that defines the item, or an external.
    pub to: NodeId,
    /// The place and the details of the reference.
    pub site: Site,
}

/// The tables that nodes and sites refer to: they become the fields of the same names of a
/// [`Graph`].
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// File names relative to the workspace root, sorted.
    pub files: IndexVec<FileId, String>,
    /// The texts of the names, such as [`Site::item`].
    pub names: Names,
    /// The conditions of sites, as written inside `cfg(…)`.
    pub conditions: IndexVec<CfgId, String>,
    /// The chains of re-exports that sites go through, the outermost first.
    pub chains: IndexVec<ChainId, Vec<Reexport>>,
    /// The definitions of associated items that sites refer to.
    pub definitions: IndexVec<DefinitionId, Definition>,
    /// The steps of the inferences that methods and fields rest on, each after the one before it.
    pub inferences: IndexVec<InferenceId, InferenceStep>,
    /// The modules that present the types and traits by which methods and fields are reached, sorted.
    pub facades: Vec<Facade>,
    /// The functions of all modules, grouped by module.
    pub functions: Vec<Function>,
    /// The items that other modules may name, grouped by the module that defines them.
    pub exports: Vec<Export>,
    /// Whether test code is included.
    pub tests: bool,
}

impl Graph {
    /// Creates the graph of `nodes` (in the order that the module's invariants state) and
    /// `references`, which are sorted and grouped. Duplicates and references of a node to itself
    /// are dropped.
    pub fn new(nodes: IndexVec<NodeId, Node>, tables: Tables, mut references: Vec<Reference>) -> Self {
        references.retain(|r| r.from != r.to);
        let order = sorted(nodes.len(), &references);
        let mut edges: IndexVec<EdgeId, Edge> = IndexVec::new();
        let mut sites = Vec::with_capacity(references.len());
        let mut last = None;
        for reference in order.iter().map(|at| &references[*at as usize]) {
            if last.replace(reference) == Some(reference) {
                continue;
            }
            let &Reference { from, to, site } = reference;
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
        let Tables {
            files,
            names,
            conditions,
            chains,
            definitions,
            inferences,
            facades,
            functions,
            exports,
            tests,
        } = tables;
        let aliases = BTreeMap::new();
        Self {
            nodes,
            edges,
            sites,
            files,
            names,
            conditions,
            chains,
            definitions,
            inferences,
            facades,
            functions,
            exports,
            tests,
            aliases,
        }
    }

    /// Returns the graph with one more edge for each entry of `naming`: its ends, and its sites as
    /// indices into [`Graph::sites`]. There must be no edge between those ends yet. The sites are
    /// then contained twice.
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

    /// Returns the graph without the sites that `hidden` accepts, and without edges that have no
    /// other site. Nodes keep their ids.
    #[must_use]
    pub fn without(&self, hidden: impl Fn(&Site) -> bool) -> Self {
        let (mut edges, mut sites) = (IndexVec::with_capacity(self.edges.len()), Vec::new());
        for (id, edge) in self.edges.iter_enumerated() {
            let start = sites.len();
            sites.extend(self.sites(id).iter().filter(|site| !hidden(site)));
            let left: &[Site] = &sites[start..];
            if !left.is_empty() {
                let test = left.iter().all(|site| site.test);
                edges.push(Edge { sites: start as u32..sites.len() as u32, test, ..edge.clone() });
            }
        }
        Self { edges, sites, ..self.clone() }
    }
}

/// Returns the order of the references, whose sources are among `nodes`. Grouping by source is done by
/// counting, so that only small groups are left to sort; indices are sorted, since a second copy of
/// millions of references would take as much memory as the graph.
fn sorted(nodes: usize, references: &[Reference]) -> Vec<u32> {
    let mut next = vec![0; nodes + 1];
    for reference in references {
        next[reference.from.index() + 1] += 1;
    }
    for node in 0..nodes {
        next[node + 1] += next[node];
    }
    let mut order = vec![0; references.len()];
    for (i, reference) in references.iter().enumerate() {
        let at = &mut next[reference.from.index()];
        order[*at] = i as u32;
        *at += 1;
    }
    let of = |at: &u32| &references[*at as usize];
    let groups = order.par_chunk_by_mut(|a, b| of(a).from == of(b).from);
    groups.for_each(|group| group.sort_unstable_by(|a, b| of(a).cmp(of(b))));
    order
}
