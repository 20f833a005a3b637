//! The edges that break rules, as a Mermaid flowchart for a pull request.
//!
//! New findings only, each pair of modules once, those in the report's order until the picture is full. Labels hold no
//! character with a meaning to Mermaid, to HTML or to Markdown: such characters are written by their numbers.

use std::{collections::BTreeMap, fmt::Write as _};

use super::parts;
use crate::{base::text::Visible, judge::check::Report};

/// The most edges of a picture that can still be read.
const EDGES: usize = 30;
/// The most characters of a name that are drawn.
const NAME: usize = 80;

/// A picture, and how many edges it has no room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The flowchart, with a line end.
    pub mermaid: String,
    /// The edges that are not in it.
    pub left_out: usize,
}

type Edges<'a> = Vec<((&'a str, &'a str), Vec<&'a str>)>;

/// The violating edges of `report`; `None` where there is none.
pub fn picture(report: &Report) -> Option<Picture> {
    let edges = edges(report);
    let shown = &edges[..edges.len().min(EDGES)];
    (!shown.is_empty()).then(|| Picture { mermaid: draw(shown), left_out: edges.len() - shown.len() })
}

/// Every edge of a new finding, with the rules that it breaks, in the order in which they are first met.
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
        // A String takes all that is written.
        let _ = writeln!(out, "  n{} -->|\"{}\"| n{}", number(from), label(&rules.join(", ")), number(to));
    }
    out.push_str("  linkStyle default stroke:#d1242f,stroke-width:2px\n");
    out
}

/// The modules of one crate: in a box of its name, and without it, where there are several.
fn nodes(group_number: usize, group: &[&str], number: &dyn Fn(&str) -> usize, out: &mut String) {
    // A String takes all that is written.
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

/// The part of a module's id before its path: `shop`, `bin:shop`.
fn krate(id: &str) -> &str {
    id.split_once("::").map_or(id, |(krate, _)| krate)
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
