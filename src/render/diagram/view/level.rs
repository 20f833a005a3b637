//! The representation of each node of the graph at each level.

use std::{borrow::Cow, collections::BTreeMap, collections::BTreeSet};

use super::{NodeKind, View, ViewNode};
use crate::{
    graph::{Graph, ModuleInfo, NodeId},
    judge::architecture::{Granularity, granularity},
};

/// The identity of a view's node: kind and id, and the package, which distinguishes two binaries of
/// the same name.
type Identity<'a> = (NodeKind, Cow<'a, str>, &'a str);

impl<'a> View<'a> {
    /// Adds the nodes to the view and returns, for each node of the graph, the index of the view's
    /// node that represents it. Externals in `apart` are represented by their path in it.
    pub(super) fn group(&mut self, apart: &BTreeMap<NodeId, &'a str>) -> Vec<Option<u32>> {
        let mut members: BTreeMap<Identity<'a>, Vec<NodeId>> = BTreeMap::new();
        for node in self.graph.nodes.indices() {
            let external = apart.get(&node).map(|path| (NodeKind::External, Cow::Borrowed(*path), ""));
            if let Some(identity) = external.or_else(|| self.identity(node, self.options.level)) {
                members.entry(identity).or_default().push(node);
            }
        }
        let mut groups = vec![None; self.graph.nodes.len()];
        for ((kind, id, _), members) in members {
            for node in &members {
                groups[node.index()] = Some(self.nodes.len() as u32);
            }
            self.nodes.push(ViewNode { id, kind, members, focus: false });
        }
        groups
    }

    /// Returns the identity under which `node` is shown at `level`; `None` if the node is not
    /// shown.
    pub(in crate::render::diagram) fn identity(
        &self,
        node: NodeId,
        level: Granularity,
    ) -> Option<Identity<'a>> {
        let found = &self.graph.nodes[node];
        let Some(module) = &found.module else {
            return Some((NodeKind::External, external_crate(&found.id).into(), ""));
        };
        if module.test && !self.options.tests {
            return None;
        }
        Some(match level {
            Granularity::Module => (NodeKind::Module, found.id.as_str().into(), &module.package),
            Granularity::Crate => (NodeKind::Crate, crate_id(self.graph, node).into(), &module.package),
            Granularity::Component => self.component_identity(node, module),
            Granularity::Layer => {
                match self.assignment.and_then(|a| Some(&a.layers[a.layer(node)? as usize])) {
                    Some(layer) => (NodeKind::Layer, granularity::of_layer(&layer.name).into(), ""),
                    None => self.component_identity(node, module),
                }
            }
        })
    }

    fn component_identity(&self, node: NodeId, module: &'a ModuleInfo) -> Identity<'a> {
        let package = module.package.as_str();
        match self.assignment.and_then(|a| a.component(node)) {
            Some(component) => (NodeKind::Component, component.name.as_str().into(), ""),
            None => (NodeKind::Package, granularity::of_package(package).into(), package),
        }
    }
}

/// Returns, for each external in one of `sets`, the longest common path of the externals of its
/// crate in that set. A set that contains all of a crate's externals adds no paths for them: the
/// crate represents them. If a node is in several sets, the earliest one applies.
pub(super) fn paths_apart<'a>(graph: &'a Graph, sets: &[&BTreeSet<NodeId>]) -> BTreeMap<NodeId, &'a str> {
    let is_external = |node: &NodeId| graph.nodes[*node].module.is_none();
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for node in graph.nodes.indices().filter(is_external) {
        *sizes.entry(external_crate(&graph.nodes[node].id)).or_default() += 1;
    }
    let mut paths = BTreeMap::new();
    for set in sets {
        let mut crates: BTreeMap<&str, Vec<NodeId>> = BTreeMap::new();
        for node in set.iter().copied().filter(is_external) {
            crates.entry(external_crate(&graph.nodes[node].id)).or_default().push(node);
        }
        for (name, nodes) in crates.into_iter().filter(|(name, nodes)| nodes.len() < sizes[name]) {
            let ids = nodes.iter().map(|&n| graph.nodes[n].id.as_str());
            let path = ids.reduce(common_path).unwrap_or(name);
            for node in nodes {
                paths.entry(node).or_insert(path);
            }
        }
    }
    paths
}

/// Returns the longest path that is equal to or above both paths.
fn common_path<'a>(a: &'a str, b: &str) -> &'a str {
    let mut same = 0;
    for (x, y) in a.split("::").zip(b.split("::")).take_while(|(x, y)| x == y) {
        same += x.len().max(y.len()) + 2;
    }
    &a[..same.saturating_sub(2)]
}

/// Returns the crate that the path `id` begins with.
fn external_crate(id: &str) -> &str {
    id.trim_start_matches("::").split("::").next().unwrap_or(id)
}

/// Returns the id of the root of the crate that contains the module `node`.
pub(in crate::render::diagram) fn crate_id(graph: &Graph, node: NodeId) -> &str {
    let id = graph.nodes[node].id.as_str();
    let path = graph.nodes[node].module.as_ref().map_or("", |m| &m.path);
    match id.strip_suffix(path) {
        Some("") | None => {}
        Some(root) => return root.strip_suffix("::").unwrap_or(root),
    }
    // Below a module that is declared twice, ids contain a number: `shop::a#2::b`.
    let parent = |&n: &NodeId| graph.nodes[n].module.as_ref()?.parent;
    std::iter::successors(Some(node), parent).last().map_or(id, |root| graph.nodes[root].id.as_str())
}

#[cfg(test)]
mod tests {
    use super::{
        super::{super::sample, ViewOptions},
        *,
    };

    #[test]
    fn paths_in_common() {
        assert_eq!(common_path("std::fs::File", "std::fs::read"), "std::fs");
        assert_eq!(common_path("std::fs", "std::fs::read"), "std::fs");
        assert_eq!(common_path("std::fs", "std::fsx"), "std");
        assert_eq!(common_path("a", "b"), "");
    }

    #[test]
    fn twins_belong_to_their_crate() {
        let mut graph = crate::graph::sample::sample("shop::a::b -> shop").graph;
        graph.nodes[NodeId::from_raw(1)].id = "shop::a#2".to_owned();
        graph.nodes[NodeId::from_raw(2)].id = "shop::a#2::b".to_owned();
        assert!(graph.nodes.indices().all(|node| crate_id(&graph, node) == "shop"));
    }

    #[test]
    fn what_is_asked_for_of_another_crate_stands_apart() {
        let graph = sample::graph();
        let of = |prefix: &str| -> BTreeSet<NodeId> {
            graph.nodes.iter_enumerated().filter(|(_, n)| n.id.starts_with(prefix)).map(|(i, _)| i).collect()
        };
        let externals = |sets: &[&BTreeSet<NodeId>]| -> Vec<String> {
            let view = View::with_apart(&graph, None, ViewOptions::default(), sets);
            let externals = view.nodes.iter().filter(|n| n.kind == NodeKind::External);
            externals.map(|n| n.id.to_string()).collect()
        };
        assert_eq!(externals(&[&of("std::fs")]), ["serde", "std", "std::fs::File"]);
        assert_eq!(externals(&[&of("std")]), ["serde", "std"]);
    }

    #[test]
    fn layers_absorb_their_components() {
        let (graph, assignment) = (sample::graph(), sample::assignment());
        let view =
            View::new(&graph, Some(&assignment), ViewOptions { level: Granularity::Layer, tests: false });
        let nodes: Vec<_> = view.nodes.iter().map(|n| (n.kind, n.id.as_ref())).collect();
        let expected = [
            (NodeKind::Component, "ledger"),
            (NodeKind::Package, "package:shop"),
            (NodeKind::Layer, "layer:domain"),
            (NodeKind::External, "serde"),
            (NodeKind::External, "std"),
        ];
        assert_eq!(nodes, expected);
    }
}
