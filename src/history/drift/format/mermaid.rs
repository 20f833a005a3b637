//! What changed, as a Mermaid flowchart for a pull request: what came is green and thick, what went red and dashed.
//!
//! Components or crates where that shows something, else modules. Limited in size: a picture of everything shows nothing.
//! Labels hold no character with a meaning to Mermaid, to HTML or to Markdown: such characters are written by their numbers.

use std::{collections::BTreeSet, fmt::Write as _};

use crate::{
    base::text::Visible,
    history::drift::{Drift, shape::EdgeAt},
};

/// The most edges of a picture that can still be read.
const EDGES: usize = 30;
/// The most boxes.
const BOXES: usize = 40;
/// The most characters of a name that are drawn.
const NAME: usize = 80;

/// A picture, and how much it has no room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The flowchart, with a line end.
    pub mermaid: String,
    /// The boxes and arrows that are not in it.
    pub left_out: usize,
}

/// What came and went.
struct Changes<'a> {
    gained: Vec<&'a str>,
    lost: Vec<&'a str>,
    edges: Vec<(&'a str, &'a str, bool)>,
}

/// What changed in `drift`; `None` where nothing did that can be drawn.
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

/// The same among modules; externals are left out.
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
    // A String takes all that is written.
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

fn label(text: &str) -> String {
    let text = Visible(text).to_string();
    let mut out = String::with_capacity(text.len());
    for c in text.chars().take(NAME) {
        match c {
            ':' | '_' | ' ' | '.' | '-' | ',' => out.push(c),
            c if c.is_alphanumeric() => out.push(c),
            c => drop(write!(out, "#{};", c as u32)),
        }
    }
    if text.chars().count() > NAME {
        out.push('…');
    }
    out
}
