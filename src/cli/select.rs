//! Which nodes a selector on the command line stands for: the language of the configuration, with commas between terms.

use std::collections::BTreeSet;

use anyhow::{anyhow, bail};

use crate::{
    base::{
        pattern::{Matcher, Selector, Term},
        text::Visible,
    },
    config::architecture::Architecture,
    graph::{Graph, NodeId},
};

/// How many names a mistake is answered with.
const SUGGESTIONS: usize = 3;

/// The nodes that `text` selects.
///
/// # Errors
/// Where it is no selector, or selects nothing, with the names that may have been meant.
pub fn select(architecture: &Architecture<'_>, text: &str) -> anyhow::Result<BTreeSet<NodeId>> {
    let terms: Vec<Term> = text.split(',').map(|term| parse(term.trim())).collect::<Result<_, _>>()?;
    let selector = Selector { terms };
    if let Some(dead) = selector.terms.iter().find(|t| architecture.is_dead(t)) {
        bail!("{}", nothing(architecture, dead));
    }
    let found: BTreeSet<NodeId> = architecture.select(&selector).iter().collect();
    if found.is_empty() {
        bail!("`{}` selects nothing", Visible(text));
    }
    Ok(found)
}

fn parse(term: &str) -> anyhow::Result<Term> {
    Term::parse(term).map_err(|error| {
        let help = error.help.map(|help| format!(" ({help})")).unwrap_or_default();
        anyhow!("`{}` is not a selector: {}{help}", Visible(term), error.message)
    })
}

/// What to say of a term that selects nothing.
fn nothing(architecture: &Architecture<'_>, term: &Term) -> String {
    if !matches!(term.matcher, Matcher::Path(_)) {
        let suggestion = architecture.suggestion(term).map(|s| format!("; {s}")).unwrap_or_default();
        return format!("`{}` selects nothing{suggestion}", Visible(&term.text));
    }
    let near = near(architecture.graph, &term.text);
    let suggestion = match architecture.suggestion(term).filter(|_| near.is_empty()) {
        Some(suggestion) => format!("; {suggestion}"),
        None if near.is_empty() => String::new(),
        None => format!("; did you mean {}?", near.join(" or ")),
    };
    format!("there is no module `{}` and nothing of that name is used{suggestion}", Visible(&term.text))
}

fn near(graph: &Graph, path: &str) -> Vec<String> {
    let mut near: Vec<(usize, &str)> = known(graph)
        .filter(|name| *name != path)
        .filter_map(|name| Some((distance(name, path)?, name)))
        .collect();
    near.sort_unstable();
    near.iter().take(SUGGESTIONS).map(|(_, n)| format!("`{}`", Visible(n))).collect()
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
