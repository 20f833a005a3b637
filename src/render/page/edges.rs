//! The edges of the page: those of the graph, with all paths into one external crate merged into
//! one node.

use std::collections::BTreeMap;

use super::format;
use crate::graph::{EdgeId, Graph};

/// The edges keyed by their ends, each with the edges of the graph that it is made of.
pub(super) type Edges = BTreeMap<(u32, u32), Vec<EdgeId>>;

/// Returns the crate that the path of an external begins with.
pub(super) fn external_crate(id: &str) -> &str {
    let path = id.trim_start_matches("::");
    path.split_once("::").map_or(path, |(name, _)| name)
}

/// Returns the edges of `graph`. `externals` are its external crates, sorted; as nodes they are
/// numbered after the modules.
pub(super) fn merged(graph: &Graph, externals: &[&str]) -> Edges {
    let modules = graph.nodes.iter().filter(|n| n.module.is_some()).count();
    let mut merged = Edges::new();
    for (id, edge) in graph.edges.iter_enumerated() {
        let target = &graph.nodes[edge.to];
        let to = match target.module {
            Some(_) => edge.to.index(),
            None => modules + externals.binary_search(&external_crate(&target.id)).unwrap_or_default(),
        };
        merged.entry((edge.from.raw(), to as u32)).or_default().push(id);
    }
    merged
}

/// Returns whether an edge is by name alone.
pub(super) fn is_naming(graph: &Graph, members: &[EdgeId]) -> bool {
    members.iter().all(|edge| graph.edges[*edge].naming)
}

/// Returns the edges as columns.
pub(super) fn columns(graph: &Graph, edges: &Edges) -> format::Edges {
    let sites = |members: &Vec<EdgeId>| members.iter().map(|e| graph.edges[*e].sites.len() as u32).sum();
    format::Edges {
        from: edges.keys().map(|(from, _)| *from).collect(),
        to: edges.keys().map(|(_, to)| *to).collect(),
        sites: edges.values().map(sites).collect(),
        naming: (0..)
            .zip(edges.values())
            .filter(|(_, of)| is_naming(graph, of))
            .map(|(row, _)| row)
            .collect(),
    }
}
