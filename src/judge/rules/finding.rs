//! Findings: what a rule found, as data. Looks belong to `crate::render::report`.
//!
//! A finding's identity, its [`Finding::fingerprint`], holds no line number, so that it survives edits.

use std::fmt::Write as _;

use super::ActiveRule;
use crate::{
    base::{diagnostic::Severity, place::Place, span::Span},
    graph::{Context, NodeId, Reexport},
    judge::architecture::Architecture,
};

/// One rule broken, in terms of the graph. Indices into the graph's sites stand for sites.
#[derive(Debug, Clone, Default)]
pub struct Violation {
    /// What is wrong, in one line that starts in lower case and has no full stop.
    pub message: String,
    /// The module that depends, or that the violation is about.
    pub from: Option<NodeId>,
    /// The module or external depended on.
    pub to: Option<NodeId>,
    /// The components that it is about, where not those that own `from` and `to`.
    pub components: Vec<String>,
    /// What tells it from others of its rule, where neither `from` and `to` nor `components` do.
    pub subject: Option<String>,
    /// What to do, where the rule itself has nothing to say.
    pub instead: Option<String>,
    /// Where it shows.
    pub sites: Vec<u32>,
    /// Where in the configuration or a module it shows.
    pub places: Vec<Place>,
    /// The chain or cycle.
    pub chain: Vec<Link>,
    /// The single dependencies that it is made of, where it is more than one: the baseline knows each by itself.
    pub parts: Vec<ViolationPart>,
    /// How much of it there is, where that is not the number of its places.
    pub extent: Option<u64>,
    /// Whether that is a number in thousandths.
    pub thousandths: bool,
    /// For a number that the baseline holds down: up to what the baseline has for it, this is no violation.
    pub ratchet: Option<Ratchet>,
}

/// One of the dependencies that a violation is made of.
#[derive(Debug, Clone, Default)]
pub struct ViolationPart {
    /// What tells it from others of its rule: `a -> b`.
    pub name: String,
    /// Where it shows, if that counts.
    pub sites: Vec<u32>,
}

/// What stands between the ends of a chain in its name.
pub const THROUGH: &str = " -> .. -> ";

/// A number that the baseline holds down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratchet {
    /// What it may be whatever the baseline knows; `None`: the baseline must know it.
    pub ceiling: Option<u64>,
}

/// One hop of a violation's chain.
#[derive(Debug, Clone, Default)]
pub struct Link {
    /// The dependent: a module's id, or a component's or package's name.
    pub from: String,
    /// The dependency.
    pub to: String,
    /// Where it shows.
    pub sites: Vec<u32>,
}

/// One rule broken by one edge, chain, cycle or number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The rule's kind.
    pub code: &'static str,
    /// How serious.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Why the rule is there.
    pub reason: Option<String>,
    /// What to do instead.
    pub instead: Option<String>,
    /// The id of the module that depends.
    pub from: Option<String>,
    /// The id of what it depends on.
    pub to: Option<String>,
    /// The components involved, the depending one first.
    pub components: Vec<String>,
    /// Who answers for the first component.
    pub owner: Option<String>,
    /// Where it shows.
    pub sites: Vec<Location>,
    /// The hops of a chain or cycle.
    pub chain: Vec<Hop>,
    /// Whether it is known already.
    pub status: Status,
    /// What it is the same finding by, across edits.
    pub fingerprint: String,
    /// How much of it there is, which the baseline holds down: its places, the members of a cycle, the ends of chains, a
    /// budget's number.
    pub extent: u64,
    /// Whether that is a number in thousandths.
    pub thousandths: bool,
    /// The single dependencies that it is made of, where it is more than one, sorted.
    pub parts: Vec<Part>,
}

/// One of the dependencies that a finding is made of. The baseline knows each by itself, so that a new one cannot hide among
/// those that it knows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// What it is the same by, across edits.
    pub fingerprint: String,
    /// The files and spans where it shows, if that counts.
    pub places: Vec<(String, Span)>,
}

impl Part {
    /// How much of it there is.
    pub fn extent(&self) -> u64 {
        self.places.len().max(1) as u64
    }
}

impl Finding {
    /// An extent of it, in figures.
    pub fn written(&self, extent: u64) -> String {
        if self.thousandths { format!("{:.3}", extent as f64 / 1000.0) } else { extent.to_string() }
    }
}

/// One hop of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The dependent.
    pub from: String,
    /// The dependency.
    pub to: String,
    /// The references that make it.
    pub sites: Vec<Location>,
}

/// A place in a file, and what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file, relative to the workspace root.
    pub file: String,
    /// Where in it; nowhere where only the file is known.
    pub span: Span,
    /// What the reference is part of; `None` in a configuration file.
    pub context: Option<Context>,
    /// The id of the module whose namespace the path ends in.
    pub named: Option<String>,
    /// The item's name.
    pub item: Option<String>,
    /// The condition that it stands under.
    pub cfg: Option<String>,
    /// The re-exports that the path goes through, outermost first: the module, the file, the place.
    pub reexports: Vec<(String, String, Span)>,
    /// The end of the path that was not found.
    pub unresolved: Option<String>,
}

/// Whether a finding is known already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It is not.
    New,
    /// The baseline has it.
    Baseline,
    /// A waiver in the source allows it.
    Waived,
}

/// The finding that `violation` of `rule` is.
pub fn finding(rule: &ActiveRule, violation: Violation, architecture: &Architecture<'_>) -> Finding {
    let id = |node: NodeId| architecture.graph.nodes[node].id.clone();
    let components = components(&violation, architecture);
    let owner = components.first().and_then(|name| {
        architecture.components.iter().find(|c| c.name == *name).and_then(|c| c.owner.clone())
    });
    let mut sites: Vec<Location> = violation.sites.iter().map(|s| location(*s, architecture)).collect();
    sites.extend(violation.places.iter().map(at_place));
    let fingerprint = fingerprint(&rule.id, &violation, &components, architecture);
    let places = match violation.chain.is_empty() {
        true => sites.len().max(1) as u64,
        false => violation.parts.len().max(1) as u64,
    };
    let mut parts: Vec<Part> = violation.parts.iter().map(|p| part(&rule.id, p, architecture)).collect();
    parts.sort();
    Finding {
        rule: rule.id.clone(),
        code: rule.kind.name,
        severity: rule.severity,
        reason: rule.reason.clone(),
        instead: both(rule.instead.as_deref(), violation.instead.as_deref()),
        from: violation.from.map(id),
        to: violation.to.map(id),
        components,
        owner,
        sites,
        chain: violation.chain.iter().map(|link| hop(link, architecture)).collect(),
        status: Status::New,
        fingerprint,
        extent: violation.extent.unwrap_or(places),
        thousandths: violation.thousandths,
        parts,
        message: violation.message,
    }
}

fn part(rule: &str, part: &ViolationPart, architecture: &Architecture<'_>) -> Part {
    let graph = architecture.graph;
    let place = |site: &u32| {
        let site = &graph.sites[*site as usize];
        (graph.files[site.file].clone(), site.span)
    };
    Part { fingerprint: format!("{rule} {}", part.name), places: part.sites.iter().map(place).collect() }
}

/// What the rule's author says, then what the rule itself can say.
fn both(author: Option<&str>, rule: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = author.into_iter().chain(rule).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn hop(link: &Link, architecture: &Architecture<'_>) -> Hop {
    let sites = link.sites.iter().map(|s| location(*s, architecture)).collect();
    Hop { from: link.from.clone(), to: link.to.clone(), sites }
}

/// The components that a violation is about: its own, or else those of its ends.
fn components(violation: &Violation, architecture: &Architecture<'_>) -> Vec<String> {
    if !violation.components.is_empty() {
        return violation.components.clone();
    }
    let ends = [violation.from, violation.to].into_iter().flatten();
    let mut names: Vec<String> =
        ends.filter_map(|node| architecture.component(node)).map(|c| c.name.clone()).collect();
    names.dedup();
    names
}

fn fingerprint(
    rule: &str,
    violation: &Violation,
    components: &[String],
    architecture: &Architecture<'_>,
) -> String {
    let mut text = rule.to_owned();
    let ids: Vec<&str> = match (&violation.subject, violation.from, violation.to) {
        (Some(subject), ..) => vec![subject],
        (None, None, None) => components.iter().map(String::as_str).collect(),
        (None, from, to) => {
            from.into_iter().chain(to).map(|n| architecture.graph.nodes[n].id.as_str()).collect()
        }
    };
    let _ = write!(text, " {}", ids.join(" -> "));
    text
}

/// The place of the site with index `site`, in words.
pub fn location(site: u32, architecture: &Architecture<'_>) -> Location {
    let graph = architecture.graph;
    let site = &graph.sites[site as usize];
    let reexport = |r: &Reexport| (graph.nodes[r.module].id.clone(), graph.files[r.file].clone(), r.span);
    Location {
        file: graph.files[site.file].clone(),
        span: site.span,
        context: Some(site.context),
        named: site.named.map(|node| graph.nodes[node].id.clone()),
        item: Some(graph.names.text(site.item).to_owned()),
        cfg: site.cfg.map(|c| graph.conditions[c].clone()),
        unresolved: site.unresolved.map(|rest| graph.names.text(rest).to_owned()),
        reexports: site.reexports.map_or_else(Vec::new, |c| graph.chains[c].iter().map(reexport).collect()),
    }
}

/// A place in the configuration, or where a module starts.
pub fn at_place(place: &Place) -> Location {
    Location {
        file: place.file.to_string(),
        span: place.span,
        context: None,
        named: None,
        item: None,
        cfg: None,
        reexports: Vec::new(),
        unresolved: None,
    }
}
