//! Findings: the results of rules, as data. `crate::render::report` formats them.
//!
//! The identity of a finding, its [`Finding::fingerprint`], contains no line number, so that it
//! survives edits.

use std::fmt::Write as _;

use super::{
    ActiveRule,
    fix::Fix,
    violation::{Link, Violation, ViolationPart},
};
use crate::{
    base::{codes, diagnostic::Severity, place::Place, span::Span},
    graph::{Context, Definition, Graph, InferenceStep, NodeId, Reexport, Site},
    judge::architecture::Architecture,
};

/// A violation of a rule by one edge, chain, cycle or value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The rule's kind.
    pub code: &'static str,
    /// The severity.
    pub severity: Severity,
    /// The problem, in one line.
    pub message: String,
    /// The reason for the rule.
    pub reason: Option<String>,
    /// Advice on what to do instead.
    pub instead: Option<String>,
    /// The change of the configuration with which the finding goes.
    pub fix: Option<Fix>,
    /// The id of the module that depends.
    pub from: Option<String>,
    /// The id of the module or crate that is depended on.
    pub to: Option<String>,
    /// The components involved, the depending one first.
    pub components: Vec<String>,
    /// The person or team that is responsible for the first component.
    pub owner: Option<String>,
    /// The locations.
    pub sites: Vec<Location>,
    /// The hops of a chain or cycle.
    pub chain: Vec<Hop>,
    /// Whether the finding is known.
    pub status: Status,
    /// The identity of the finding, stable across edits.
    pub fingerprint: String,
    /// The amount, which the baseline limits: the number of places, of members of a cycle, or of
    /// ends of chains, or the value of a metric.
    pub extent: u64,
    /// Whether `extent` is in thousandths.
    pub thousandths: bool,
    /// The single dependencies that the finding consists of, sorted, if there are several.
    pub parts: Vec<Part>,
}

/// One of the dependencies that a finding consists of. The baseline records each of them, so that a
/// new one cannot hide among known ones.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The identity of the part, stable across edits.
    pub fingerprint: String,
    /// The files and spans, if their number matters.
    pub places: Vec<(String, Span)>,
}

impl Part {
    /// Returns the amount.
    pub fn extent(&self) -> u64 {
        self.places.len().max(1) as u64
    }
}

impl Finding {
    /// Creates a finding about the check itself rather than the code, such as an unused waiver: its
    /// rule has the name of `code`, and it has no ends and no sites.
    pub fn about_the_check(code: &'static str, severity: Severity) -> Self {
        Self {
            rule: code.to_owned(),
            code,
            severity,
            message: String::new(),
            reason: None,
            instead: None,
            fix: None,
            from: None,
            to: None,
            components: Vec::new(),
            owner: None,
            sites: Vec::new(),
            chain: Vec::new(),
            status: Status::New,
            fingerprint: code.to_owned(),
            extent: 1,
            thousandths: false,
            parts: Vec::new(),
        }
    }

    /// Returns the units that have baseline entries, each with its extent: the parts of the finding, or
    /// else the finding as a whole.
    pub fn units(&self) -> Vec<(&str, u64)> {
        match self.parts.as_slice() {
            [] => vec![(self.fingerprint.as_str(), self.extent)],
            parts => parts.iter().map(|part| (part.fingerprint.as_str(), part.extent())).collect(),
        }
    }

    /// Returns an extent of the finding as text.
    pub fn written(&self, extent: u64) -> String {
        if self.thousandths { format!("{:.3}", extent as f64 / 1000.0) } else { extent.to_string() }
    }
}

/// A hop of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The dependent.
    pub from: String,
    /// The dependency.
    pub to: String,
    /// The references that form the hop.
    pub sites: Vec<Location>,
}

/// A place in a file, and the reference there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file, relative to the workspace root.
    pub file: String,
    /// The span in the file; the default span if only the file is known.
    pub span: Span,
    /// The syntactic context of the reference; `None` in a configuration file.
    pub context: Option<Context>,
    /// The id of the module that contains the last name of the path.
    pub named: Option<String>,
    /// The name of the item.
    pub item: Option<String>,
    /// The `cfg` condition of the reference.
    pub cfg: Option<String>,
    /// The re-exports that the path passes through, outermost first: the module, the file, the
    /// place.
    pub reexports: Vec<(String, String, Span)>,
    /// The part of the path that was not found.
    pub unresolved: Option<String>,
    /// The definition of the associated item that the path names.
    pub definition: Option<ItemDefinition>,
    /// The types that led to a method or a field, the first step first.
    pub types: Vec<TypeStep>,
    /// Whether a name chose among candidates, because the types alone do not lead to the item.
    pub inferred: bool,
}

/// A step of the inference that a method or a field rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeStep {
    /// The text: `ctx: &Context`, `Context::repo() -> &Repo`, `Repo::find`.
    pub text: String,
    /// The file, relative to the workspace root.
    pub file: String,
    /// The place that states the type.
    pub span: Span,
}

/// The definition of an associated item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemDefinition {
    /// The item: `Type::new`.
    pub item: String,
    /// What defines it: `impl Type`, `impl Default for Type`, `trait Shape`.
    pub by: String,
    /// The file, relative to the workspace root.
    pub file: String,
    /// The position of the `impl`, or of the trait's name.
    pub span: Span,
}

/// Whether a finding is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The finding is new.
    New,
    /// The finding is in the baseline.
    Baseline,
    /// A waiver in the source allows the finding.
    Waived,
}

/// Converts a violation of `rule` to a finding.
pub fn finding(rule: &ActiveRule, violation: Violation, architecture: &Architecture<'_>) -> Finding {
    if violation.unfinished {
        return unfinished(rule, &violation.message);
    }
    let id = |node: NodeId| architecture.graph.nodes[node].id.clone();
    let components = components(&violation, architecture);
    let owner = components.first().and_then(|name| {
        architecture.components.iter().find(|c| c.name == *name).and_then(|c| c.owner.clone())
    });
    let references = violation.sites.iter().map(|s| location(*s, architecture));
    let sites: Vec<Location> = references.chain(violation.places.iter().map(at_place)).collect();
    let fingerprint = fingerprint(&rule.id, &violation, &components, architecture);
    let places = match violation.chain.is_empty() {
        true => sites.len().max(1) as u64,
        false => violation.parts.len().max(1) as u64,
    };
    let mut parts: Vec<Part> = violation.parts.iter().map(|p| part(&rule.id, p, architecture)).collect();
    parts.sort_unstable();
    Finding {
        rule: rule.id.clone(),
        code: rule.kind.name,
        severity: rule.severity,
        reason: rule.reason.clone(),
        instead: both(rule.instead.as_deref(), violation.instead.as_deref()),
        fix: violation.fix,
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

/// Returns the finding that `rule` was not checked to its end.
fn unfinished(rule: &ActiveRule, why: &str) -> Finding {
    let code = codes::TOO_MANY_FINDINGS.name;
    Finding {
        message: format!("the rule `{}` was not checked: {why}", rule.id),
        instead: Some("narrow the selectors of the rule, or divide it into several".to_owned()),
        sites: rule.place.iter().map(at_place).collect(),
        fingerprint: format!("{code} {}", rule.id),
        ..Finding::about_the_check(code, Severity::Error)
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

/// Joins the advice of the rule's author and that of the rule itself.
fn both(author: Option<&str>, rule: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = author.into_iter().chain(rule).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn hop(link: &Link, architecture: &Architecture<'_>) -> Hop {
    let sites = link.sites.iter().map(|s| location(*s, architecture)).collect();
    Hop { from: link.from.clone(), to: link.to.clone(), sites }
}

/// Returns the components of a violation: its own, or else the owners of its ends.
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

/// Returns the location of the site with index `site`.
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
        definition: definition(graph, site),
        types: types(graph, site),
        inferred: !graph.is_certain(site),
        reexports: site.reexports.map_or_else(Vec::new, |c| graph.chains[c].iter().map(reexport).collect()),
    }
}

fn definition(graph: &Graph, site: &Site) -> Option<ItemDefinition> {
    let (item, by) = graph.spell_definition(site)?;
    let Definition { file, span, .. } = graph.definitions[site.definition?];
    Some(ItemDefinition { item, by, file: graph.files[file].clone(), span })
}

fn types(graph: &Graph, site: &Site) -> Vec<TypeStep> {
    let step = |of: &InferenceStep| TypeStep {
        text: graph.names.text(of.text).to_owned(),
        file: graph.files[of.file].clone(),
        span: of.span,
    };
    graph.steps(site).into_iter().map(step).collect()
}

/// Converts a place in the configuration, or the start of a module, to a location.
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
        definition: None,
        types: Vec::new(),
        inferred: false,
    }
}
