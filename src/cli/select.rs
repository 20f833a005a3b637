//! The selection of nodes on the command line: the selectors of the configuration, separated by
//! commas, and the paths of files and folders.
//!
//! The name of a component stands for the component, unless a module has that path. A term with a
//! slash, or that ends in `.rs`, is a path, relative to the current folder or else to the workspace
//! root, and selects the modules whose source is there. Any other term is a selector; if it selects
//! nothing and a folder has that name, the term means the folder.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{anyhow, bail};

use crate::{
    base::{
        path,
        pattern::{Matcher, Selector, Term},
        text::Printable,
    },
    graph::{Graph, NodeId},
    judge::{architecture::Architecture, config::Config, rules},
};

/// The maximum number of suggestions in an error.
const SUGGESTIONS: usize = 3;

/// The names that selectors can refer to.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The graph and its components.
    pub architecture: &'a Architecture<'a>,
    /// The configuration, with the names of layers and tags.
    pub config: &'a Config,
    /// The folder of the workspace.
    pub root: &'a Path,
}

/// Returns the nodes that `text` selects.
///
/// # Errors
/// Returns an error, with suggestions, if `text` is not a selector or selects nothing.
pub fn select(ground: Ground<'_>, text: &str) -> anyhow::Result<BTreeSet<NodeId>> {
    let architecture = ground.architecture;
    let mut terms = Vec::new();
    let mut of_files = [BTreeSet::new(), BTreeSet::new()];
    for word in text.split(',').map(str::trim) {
        let (exclude, name) = word.strip_prefix('!').map_or((false, word), |name| (true, name));
        if is_path(name) {
            of_files[usize::from(exclude)].extend(in_path(ground, name)?);
            continue;
        }
        let term = match component(ground, name) {
            Some(term) => Term { exclude, ..term },
            None => parse(word)?,
        };
        if !architecture.is_dead(&term) {
            terms.push(term);
        } else if on_disk(ground.root, name).is_some() {
            of_files[usize::from(exclude)].extend(in_path(ground, name)?);
        } else {
            bail!("{}", nothing(ground, &term));
        }
    }
    let (left_out, terms): (Vec<Term>, Vec<Term>) = terms.into_iter().partition(|t| t.exclude);
    let nodes = |terms| architecture.select(&Selector { terms }).iter().collect::<BTreeSet<NodeId>>();
    let included = left_out.into_iter().map(|t| Term { exclude: false, ..t }).collect();
    let [files, not_files] = of_files;
    let not: BTreeSet<NodeId> = &nodes(included) | &not_files;
    let found: BTreeSet<NodeId> = &(&nodes(terms) | &files) - &not;
    if found.is_empty() {
        bail!("`{}` selects nothing", Printable(text));
    }
    Ok(found)
}

/// Returns the component `name`, if it has modules and no module has that path: people know the names
/// of components, some of which are no paths (`order-entry`).
fn component(ground: Ground<'_>, name: &str) -> Option<Term> {
    if Term::parse(name).is_ok_and(|term| !ground.architecture.is_dead(&term)) {
        return None;
    }
    ground.config.components.iter().find(|component| component.name == name)?;
    Term::parse(&format!("component:{name}")).ok().filter(|term| !ground.architecture.is_dead(term))
}

/// Returns whether a word can only be a path: selectors contain no slash.
pub fn is_path(word: &str) -> bool {
    word.contains(['/', '\\']) || word.ends_with(".rs") || word == "."
}

/// Returns the modules whose source is in the file or folder.
fn in_path(ground: Ground<'_>, given: &str) -> anyhow::Result<Vec<NodeId>> {
    let graph = ground.architecture.graph;
    let Some((place, is_file)) = on_disk(ground.root, given) else {
        bail!("there is no file or folder `{}`, here or in the workspace", Printable(given));
    };
    let is_there = |file: &str| if is_file { file == place } else { path::is_within(file, &place) };
    let modules = graph.nodes.iter_enumerated().filter_map(|(id, n)| Some((id, n.module.as_ref()?)));
    let mut found: Vec<NodeId> =
        modules.filter(|(_, module)| is_there(&graph.files[module.file])).map(|(id, _)| id).collect();
    if found.is_empty() {
        // A file that is included by `include!` contains a part of a module.
        let edges = graph.edges.iter_enumerated();
        let has = |edge| graph.sites(edge).iter().any(|site| is_there(&graph.files[site.file]));
        found = edges.filter(|(id, _)| has(*id)).map(|(_, edge)| edge.from).collect();
    }
    if found.is_empty() {
        bail!(
            "no module is in `{}`: no `mod` reaches it, or it is left out (test code counts with `--tests`)",
            Printable(given)
        );
    }
    Ok(found)
}

/// Returns the path of a file or folder relative to the workspace root, and whether it is a file.
pub fn on_disk(root: &Path, given: &str) -> Option<(String, bool)> {
    let real = [PathBuf::from(given), root.join(given)].into_iter().find_map(|p| fs::canonicalize(p).ok())?;
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let relative = path::relative(&path::from_disk(&root)?, &path::from_disk(&real)?);
    Some((relative, real.is_file()))
}

fn parse(term: &str) -> anyhow::Result<Term> {
    Term::parse(term).map_err(|error| {
        let help = error.help.map(|help| format!(" ({help})")).unwrap_or_default();
        anyhow!("`{}` is not a selector: {}{help}", Printable(term), error.message)
    })
}

/// Returns the error for a term that selects nothing.
fn nothing(ground: Ground<'_>, term: &Term) -> String {
    let architecture = ground.architecture;
    let with_help = |help: Option<String>| help.map(|help| format!("; {help}")).unwrap_or_default();
    if let Some(mistake) = rules::unknown_name(term, ground.config) {
        return format!("{}{}", Printable(&mistake.message), Printable(&with_help(mistake.help)));
    }
    let suggestion = architecture.suggestion(term);
    if !matches!(term.matcher, Matcher::Path(_)) {
        return format!("`{}` selects nothing{}", Printable(&term.text), Printable(&with_help(suggestion)));
    }
    let near = near(architecture.graph, &term.text);
    let suggestion = match near.is_empty() {
        true => suggestion,
        false => Some(format!("did you mean {}?", near.join(" or "))),
    };
    let help = with_help(suggestion);
    format!("there is no module `{}` and nothing of that name is used{help}", Printable(&term.text))
}

fn near(graph: &Graph, path: &str) -> Vec<String> {
    let mut near: Vec<(usize, &str)> = known(graph)
        .filter(|name| *name != path)
        .filter_map(|name| Some((distance(name, path)?, name)))
        .collect();
    near.sort_unstable();
    near.iter().take(SUGGESTIONS).map(|(_, n)| format!("`{}`", Printable(n))).collect()
}

/// Returns every node's path and all of its prefixes, since selectors also match those: `std::fs`
/// selects everything below it although no node has this path.
fn known(graph: &Graph) -> impl Iterator<Item = &str> {
    let above = |id: &'_ str| id.match_indices("::").map(|(at, _)| at).collect::<Vec<_>>();
    let names = graph
        .nodes
        .iter()
        .flat_map(move |n| above(&n.id).into_iter().map(|at| &n.id[..at]).chain([n.id.as_str()]));
    names.collect::<BTreeSet<_>>().into_iter()
}

/// Returns the distance between `name` and `path`: 0 if `path` is the end of `name` (`billing` for
/// `shop::billing`), else the edit distance; `None` if that is too large.
fn distance(name: &str, path: &str) -> Option<usize> {
    if name.strip_suffix(path).is_some_and(|rest| rest.ends_with("::")) {
        return Some(0);
    }
    let last = name.rsplit("::").next().unwrap_or(name);
    let letters = strsim::osa_distance(name, path).min(strsim::osa_distance(last, path));
    (letters <= path.chars().count().div_ceil(4).min(4)).then_some(letters)
}
