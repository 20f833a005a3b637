//! The changes as a Mermaid flowchart for a pull request: gained nodes and edges are green and
//! thick, lost ones red and dashed.
//!
//! The flowchart shows components or crates if any of them changed, else modules. Its size is
//! limited, since a picture with everything would be unreadable. Labels contain no character with a
//! meaning in Mermaid, HTML or Markdown: such characters are written by number.

use std::{collections::BTreeSet, fmt::Write as _};

use crate::{
    history::drift::{Drift, shape::EdgeAt},
    render::report::picture::label,
};

/// The maximum number of edges in a readable picture.
const EDGES: usize = 30;
/// The maximum number of boxes.
const BOXES: usize = 40;

/// A picture, and the amount that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The flowchart, with a line end.
    pub mermaid: String,
    /// The number of boxes and arrows that are not in the picture.
    pub left_out: usize,
}

/// The gained and lost nodes and edges.
struct Changes<'a> {
    gained: Vec<&'a str>,
    lost: Vec<&'a str>,
    edges: Vec<(&'a str, &'a str, bool)>,
}

/// Returns a picture of the changes of `drift`; `None` if there are none that can be drawn.
pub fn picture(drift: &Drift) -> Option<Picture> {
    let overview = &drift.overview;
    let changes = if overview.is_empty() { modules(drift) } else { overall(drift) };
    let Changes { gained, lost, edges } = changes;
    let shown = &edges[..edges.len().min(EDGES)];
    let mut names: BTreeSet<&str> = shown.iter().flat_map(|(from, to, _)| [*from, *to]).collect();
    let all: BTreeSet<&str> = gained.iter().chain(&lost).copied().collect();
    let mut left_out = edges.len() - shown.len();
    for name in &all {
        if names.len() < BOXES {
            names.insert(name);
        } else if !names.contains(name) {
            left_out += 1;
        }
    }
    (!names.is_empty()).then(|| Picture { mermaid: draw(&names, &gained, &lost, shown), left_out })
}

fn overall(drift: &Drift) -> Changes<'_> {
    let overview = &drift.overview;
    let edges = overview.edges_gained.iter().map(|b| (b.from.as_str(), b.to.as_str(), true));
    let lost = overview.edges_lost.iter().map(|b| (b.from.as_str(), b.to.as_str(), false));
    Changes {
        gained: overview.gained.iter().map(String::as_str).collect(),
        lost: overview.lost.iter().map(String::as_str).collect(),
        edges: edges.chain(lost).collect(),
    }
}

/// Returns the changes among modules; externals are left out.
fn modules(drift: &Drift) -> Changes<'_> {
    let graph = &drift.graph;
    Changes {
        gained: graph.gained.iter().filter(|n| !n.node.external).map(|n| n.id.as_str()).collect(),
        lost: graph.lost.iter().filter(|n| !n.node.external).map(|n| n.id.as_str()).collect(),
        edges: edges(&graph.edges_gained, true).chain(edges(&graph.edges_lost, false)).collect(),
    }
}

fn edges(edges: &[EdgeAt], is_new: bool) -> impl Iterator<Item = (&str, &str, bool)> {
    edges.iter().filter(|e| !e.edge.external).map(move |e| (e.from.as_str(), e.to.as_str(), is_new))
}

fn draw(names: &BTreeSet<&str>, gained: &[&str], lost: &[&str], edges: &[(&str, &str, bool)]) -> String {
    let names: Vec<&str> = names.iter().copied().collect();
    let number = |name: &str| names.binary_search(&name).unwrap_or_default();
    let mut out = String::from("flowchart LR\n");
    // Writing to a `String` does not fail.
    for (at, name) in names.iter().enumerate() {
        let class = match (gained.contains(name), lost.contains(name)) {
            (true, _) => ":::gained",
            (_, true) => ":::lost",
            _ => "",
        };
        let _ = writeln!(out, "  n{at}[\"{}\"]{class}", label(name));
    }
    for (from, to, is_new) in edges {
        let line = if *is_new { "==>|\"+\"|" } else { "-.->|\"#45;\"|" };
        let _ = writeln!(out, "  n{} {line} n{}", number(from), number(to));
    }
    for (at, (.., is_new)) in edges.iter().enumerate() {
        let color = if *is_new { "#1a7f37" } else { "#d1242f" };
        let _ = writeln!(out, "  linkStyle {at} stroke:{color}");
    }
    out.push_str("  classDef gained stroke:#1a7f37,stroke-width:3px\n");
    out.push_str("  classDef lost stroke:#d1242f,stroke-dasharray:4 3\n");
    out
}
