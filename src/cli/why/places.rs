//! Which nodes a path on the command line stands for.

use std::collections::BTreeSet;

use anyhow::bail;

use crate::{
    base::text::Visible,
    graph::{Graph, NodeId},
};

/// How many names a mistake is answered with.
const SUGGESTIONS: usize = 3;

/// The module or external `path`, and everything beneath it.
///
/// # Errors
/// Where there is no such node, with the names that may have been meant.
pub fn select(graph: &Graph, path: &str) -> anyhow::Result<BTreeSet<NodeId>> {
    let nodes = graph.nodes.iter_enumerated();
    let found: BTreeSet<NodeId> = nodes.filter(|(_, n)| is_within(&n.id, path)).map(|(id, _)| id).collect();
    if found.is_empty() {
        bail!(
            "there is no module `{}` and nothing of that name is used{}",
            Visible(path),
            suggestion(graph, path)
        );
    }
    Ok(found)
}

fn is_within(id: &str, path: &str) -> bool {
    id.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn suggestion(graph: &Graph, path: &str) -> String {
    let mut near: Vec<(usize, &str)> =
        known(graph).filter_map(|name| Some((distance(name, path)?, name))).collect();
    near.sort_unstable();
    let names: Vec<String> =
        near.iter().take(SUGGESTIONS).map(|(_, n)| format!("`{}`", Visible(n))).collect();
    if names.is_empty() { String::new() } else { format!("; did you mean {}?", names.join(" or ")) }
}

/// Every node's path, and every path above one: nobody writes `std::fs` alone, but all beneath it is selected by it.
fn known(graph: &Graph) -> impl Iterator<Item = &str> {
    let above = |id: &'_ str| id.match_indices("::").map(|(at, _)| at).collect::<Vec<_>>();
    let names = graph
        .nodes
        .iter()
        .flat_map(move |n| above(&n.id).into_iter().map(|at| &n.id[..at]).chain([n.id.as_str()]));
    names.collect::<BTreeSet<_>>().into_iter()
}

/// How far `path` is from `name`: 0 where it is its end (`billing` for `shop::billing`), else by letters; `None` for too far.
fn distance(name: &str, path: &str) -> Option<usize> {
    if name.strip_suffix(path).is_some_and(|rest| rest.ends_with("::")) {
        return Some(0);
    }
    let last = name.rsplit("::").next().unwrap_or(name);
    let letters = strsim::osa_distance(name, path).min(strsim::osa_distance(last, path));
    (letters <= path.chars().count().div_ceil(4).min(4)).then_some(letters)
}
