//! The edges that break rules, as a Mermaid flowchart for a pull request.
//!
//! The picture shows only new findings, with each pair of modules once, in the order of the report
//! up to the maximum number of edges. Labels contain no character with a meaning in Mermaid, HTML
//! or Markdown: such characters are written by number.

use std::{collections::BTreeMap, fmt::Write as _};

use super::parts;
use crate::{base::text::Printable, judge::check::Report};

/// The maximum number of edges in a readable picture.
const EDGES: usize = 30;
/// The maximum number of characters shown of a name.
const NAME: usize = 80;

/// A picture, and the number of edges left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The flowchart, with a line end.
    pub mermaid: String,
    /// The number of edges that are not in the picture.
    pub left_out: usize,
}

type Edges<'a> = Vec<((&'a str, &'a str), Vec<&'a str>)>;

/// Returns a picture of the violating edges of `report`; `None` if there are none.
pub fn picture(report: &Report) -> Option<Picture> {
    let edges = edges(report);
    let shown = &edges[..edges.len().min(EDGES)];
    (!shown.is_empty()).then(|| Picture { mermaid: draw(shown), left_out: edges.len() - shown.len() })
}

/// Returns every edge of a new finding, with the rules that it breaks, in the order of first
/// occurrence.
fn edges(report: &Report) -> Edges<'_> {
    let mut edges: Edges<'_> = Vec::new();
    let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in parts::new(report) {
        let direct = || Some((finding.from.as_deref()?, finding.to.as_deref()?));
        let hops: Vec<(&str, &str)> =
            finding.chain.iter().map(|hop| (hop.from.as_str(), hop.to.as_str())).collect();
        let all = if hops.is_empty() { direct().into_iter().collect() } else { hops };
        for edge in all {
            let at = *known.entry(edge).or_insert(edges.len());
            if at == edges.len() {
                edges.push((edge, Vec::new()));
            }
            let rules = &mut edges[at].1;
            if !rules.contains(&finding.rule.as_str()) {
                rules.push(&finding.rule);
            }
        }
    }
    edges
}

fn draw(edges: &[((&str, &str), Vec<&str>)]) -> String {
    let mut names: Vec<&str> = edges.iter().flat_map(|((from, to), _)| [*from, *to]).collect();
    names.sort_unstable();
    names.dedup();
    let number = |name: &str| names.binary_search(&name).unwrap_or_default();
    let mut out = String::from("flowchart LR\n");
    for (i, group) in names.chunk_by(|a, b| krate(a) == krate(b)).enumerate() {
        nodes(i, group, &number, &mut out);
    }
    for ((from, to), rules) in edges {
        // Writing to a `String` does not fail.
        let _ = writeln!(out, "  n{} -->|\"{}\"| n{}", number(from), label(&rules.join(", ")), number(to));
    }
    out.push_str("  linkStyle default stroke:#d1242f,stroke-width:2px\n");
    out
}

/// Writes the modules of one crate. If there are several, they are in a box with the name of the
/// crate, and their labels omit it.
fn nodes(group_number: usize, group: &[&str], number: &dyn Fn(&str) -> usize, out: &mut String) {
    // Writing to a `String` does not fail.
    if let [alone] = group {
        let _ = writeln!(out, "  n{}[\"{}\"]", number(alone), label(alone));
        return;
    }
    let krate = krate(group[0]);
    let _ = writeln!(out, "  subgraph g{group_number}[\"{}\"]", label(krate));
    for name in group {
        let within = name[krate.len()..].strip_prefix("::").unwrap_or(name);
        let _ = writeln!(out, "    n{}[\"{}\"]", number(name), label(within));
    }
    out.push_str("  end\n");
}

/// Returns the part of a module's id before its path: `shop`, `bin:shop`.
fn krate(id: &str) -> &str {
    id.split_once("::").map_or(id, |(krate, _)| krate)
}

/// Returns the label of a node or an edge: at most [`NAME`] characters, and no character with a
/// meaning in Mermaid, HTML or Markdown.
pub fn label(text: &str) -> String {
    let text = Printable(text).to_string();
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
