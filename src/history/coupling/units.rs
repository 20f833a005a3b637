//! The parts whose changes are counted: the present modules, crates or components, and the files of
//! each.
//!
//! An inline module belongs to the module of its file: a change of the file cannot be attributed to
//! one of the two. A file that is several modules (by `#[path]`) is a file of each.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::{
    base::path,
    graph::{Graph, ModuleInfo, NodeId},
    judge::architecture::{Architecture, Granularity, granularity},
};

/// The parts of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Units {
    /// The kind of parts.
    pub level: Granularity,
    /// The names of the parts, sorted.
    pub names: Vec<String>,
    /// The parts that each file belongs to, by the file's path from the root of the repository.
    pub of_file: BTreeMap<String, Vec<u32>>,
    /// The dependencies between parts: the part that depends, and the part that is depended on.
    pub dependencies: BTreeSet<(u32, u32)>,
    /// The part that directly contains each part; only modules are nested.
    pub inside: BTreeMap<u32, u32>,
}

impl Units {
    /// Creates the parts of a graph. `folder` is the folder of the workspace in the repository;
    /// `""` for its root.
    pub fn new(architecture: &Architecture<'_>, level: Granularity, folder: &str) -> Self {
        let graph = architecture.graph;
        let keys: Vec<Option<String>> = graph.nodes.indices().map(|n| key(architecture, n, level)).collect();
        let names: Vec<String> =
            keys.iter().flatten().cloned().collect::<BTreeSet<_>>().into_iter().collect();
        let part = |node: NodeId| {
            let key = keys[node.index()].as_ref()?;
            names.binary_search(key).ok().map(|at| at as u32)
        };
        let mut units = Self { level, ..Self::default() };
        for (node, module) in modules(graph) {
            let Some(own) = part(node) else { continue };
            let file = path::join(folder, &graph.files[module.file]);
            let of_file = units.of_file.entry(file).or_default();
            if let Err(at) = of_file.binary_search(&own) {
                of_file.insert(at, own);
            }
            let parent = module.parent.and_then(part).filter(|parent| *parent != own);
            units.inside.extend(parent.filter(|_| level == Granularity::Module).map(|parent| (own, parent)));
        }
        let ends = graph.edges.iter().filter_map(|edge| Some((part(edge.from)?, part(edge.to)?)));
        units.dependencies = ends.filter(|(from, to)| from != to).collect();
        units.names = names;
        units
    }

    /// Returns the parts, sorted, that a commit with the given changed files changes.
    pub fn changed(&self, files: &[String]) -> Vec<u32> {
        let mut parts: Vec<u32> =
            files.iter().filter_map(|file| self.of_file.get(file)).flatten().copied().collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    /// Returns whether `from` depends directly on `to`.
    pub fn depends(&self, from: u32, to: u32) -> bool {
        self.dependencies.contains(&(from, to))
    }

    /// Returns whether `outer` contains `inner`, at any depth.
    pub fn contains(&self, outer: u32, inner: u32) -> bool {
        let above = |part: &u32| self.inside.get(part).copied();
        // The depth is bounded by the number of parts, even if the table contained a cycle.
        std::iter::successors(above(&inner), above).take(self.names.len()).any(|part| part == outer)
    }

    /// Returns whether some file belongs to both parts.
    pub fn share_a_file(&self, a: u32, b: u32) -> bool {
        self.of_file.values().any(|parts| parts.len() > 1 && parts.contains(&a) && parts.contains(&b))
    }

    /// Returns the number of dependencies on the shortest chain between the parts, in either
    /// direction.
    pub fn distance(&self, a: u32, b: u32) -> Option<u32> {
        self.steps(a, b).into_iter().chain(self.steps(b, a)).min()
    }

    fn steps(&self, from: u32, to: u32) -> Option<u32> {
        let mut seen = BTreeSet::from([from]);
        let mut pending = VecDeque::from([(from, 0)]);
        while let Some((at, steps)) = pending.pop_front() {
            if at == to {
                return Some(steps);
            }
            for &(_, next) in self.dependencies.range((at, 0)..=(at, u32::MAX)) {
                if seen.insert(next) {
                    pending.push_back((next, steps + 1));
                }
            }
        }
        None
    }
}

fn modules(graph: &Graph) -> impl Iterator<Item = (NodeId, &ModuleInfo)> {
    graph.nodes.iter_enumerated().filter_map(|(id, node)| Some((id, node.module.as_ref()?)))
}

/// Returns the name of the part that contains `node`; `None` for nodes outside the workspace.
fn key(architecture: &Architecture<'_>, node: NodeId, level: Granularity) -> Option<String> {
    let module = architecture.module(node)?;
    let id = |node: NodeId| architecture.graph.nodes[node].id.clone();
    Some(match level {
        Granularity::Module => id(outermost(architecture, node, |above| above.file == module.file)),
        Granularity::Crate => id(outermost(architecture, node, |_| true)),
        Granularity::Component => component(architecture, node, module),
        Granularity::Layer => match architecture.component(node).and_then(|own| own.layer.as_deref()) {
            Some(layer) => granularity::of_layer(layer),
            None => component(architecture, node, module),
        },
    })
}

fn component(architecture: &Architecture<'_>, node: NodeId, module: &ModuleInfo) -> String {
    match architecture.component(node) {
        Some(component) => component.name.clone(),
        None => granularity::of_package(&module.package),
    }
}

/// Returns the outermost ancestor of `node` that is reachable through modules for which `holds`
/// returns true, or else `node` itself.
fn outermost(architecture: &Architecture<'_>, node: NodeId, holds: impl Fn(&ModuleInfo) -> bool) -> NodeId {
    let above = |node: &NodeId| {
        let parent = architecture.module(*node)?.parent?;
        architecture.module(parent).is_some_and(&holds).then_some(parent)
    };
    std::iter::successors(Some(node), above).last().unwrap_or(node)
}
