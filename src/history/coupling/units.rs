//! The parts whose changes are counted: modules, crates or components, as they are today, and the files of each.
//!
//! An inline module is part of the module that its file is: a change of the file does not say which of the two it changes. A
//! file that is several modules (by `#[path]`) is a file of each.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::{
    base::path,
    graph::{Graph, ModuleInfo, NodeId},
    judge::architecture::{Architecture, Granularity, granularity},
};

/// The parts of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Units {
    /// What they are.
    pub level: Granularity,
    /// How they are called, sorted.
    pub names: Vec<String>,
    /// The parts that a file belongs to, by its path from the root of the repository.
    pub of_file: BTreeMap<String, Vec<u32>>,
    /// Who depends on whom.
    pub dependencies: BTreeSet<(u32, u32)>,
    /// Which part lies directly in which, the inner one first; only modules do.
    pub inside: BTreeMap<u32, u32>,
}

impl Units {
    /// The parts of a graph. `folder` is the workspace's, in the repository; `""` for its root.
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

    /// The parts that a commit changes, sorted, by the files that it changes.
    pub fn changed(&self, files: &[String]) -> Vec<u32> {
        let mut parts: Vec<u32> =
            files.iter().filter_map(|file| self.of_file.get(file)).flatten().copied().collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    /// Whether `from` depends directly on `to`.
    pub fn depends(&self, from: u32, to: u32) -> bool {
        self.dependencies.contains(&(from, to))
    }

    /// Whether `inner` lies in `outer`, at any depth.
    pub fn contains(&self, outer: u32, inner: u32) -> bool {
        let above = |part: &u32| self.inside.get(part).copied();
        // A module lies no deeper than there are modules, whatever the table says.
        std::iter::successors(above(&inner), above).take(self.names.len()).any(|part| part == outer)
    }

    /// Whether some file belongs to both.
    pub fn share_a_file(&self, a: u32, b: u32) -> bool {
        self.of_file.values().any(|parts| parts.len() > 1 && parts.contains(&a) && parts.contains(&b))
    }

    /// How many dependencies lead from one to the other, by the shortest way in either direction.
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

/// What the part that `node` belongs to is called; `None` for what lies outside the workspace.
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

/// The last module above `node`, itself included, up to which all hold.
fn outermost(architecture: &Architecture<'_>, node: NodeId, holds: impl Fn(&ModuleInfo) -> bool) -> NodeId {
    let above = |node: &NodeId| {
        let parent = architecture.module(*node)?.parent?;
        architecture.module(parent).is_some_and(&holds).then_some(parent)
    };
    std::iter::successors(Some(node), above).last().unwrap_or(node)
}
