//! The report, as the page has it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    data::Edges,
    excerpts::Excerpts,
    sites::{context, length},
};
use crate::{
    base::{diagnostic::Severity, span::Span},
    graph::{Context, Graph},
    judge::{
        check::{Report, Setup, Summary},
        rules::finding::{Finding, Hop, Location, Status},
    },
};

/// The rules that were checked, and what breaks them.
#[derive(Debug, Serialize)]
pub(super) struct Findings<'a> {
    summary: &'a Summary,
    rules: Vec<Rule<'a>>,
    list: Vec<One<'a>>,
}

#[derive(Debug, Serialize)]
struct Rule<'a> {
    id: &'a str,
    kind: &'static str,
    about: &'static str,
    severity: Severity,
    reason: Option<&'a str>,
    instead: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct One<'a> {
    rule: &'a str,
    severity: Severity,
    status: Status,
    message: &'a str,
    reason: Option<&'a str>,
    instead: Option<&'a str>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    components: &'a [String],
    owner: Option<&'a str>,
    sites: Vec<Place<'a>>,
    chain: Vec<(&'a str, &'a str, Vec<Place<'a>>)>,
}

/// A place: file, line, column, length, context (-1: none), item, the module named, condition, re-exports (module, file,
/// line, column).
type Place<'a> = (usize, u32, u32, i64, i64, Option<&'a str>, Option<&'a str>, Option<&'a str>, Vec<Via<'a>>);
type Via<'a> = (&'a str, usize, u32, u32);

impl<'a> Findings<'a> {
    /// The findings of `report`. What they show of the source goes to `excerpts`.
    pub(super) fn new(report: &'a Report, setup: &'a Setup, excerpts: &mut Excerpts<'_>) -> Self {
        let rule = |rule: &'a crate::judge::rules::ActiveRule| Rule {
            id: &rule.id,
            kind: rule.kind.name,
            about: rule.kind.summary,
            severity: rule.severity,
            reason: rule.reason.as_deref(),
            instead: rule.instead.as_deref(),
        };
        Self {
            summary: &report.summary,
            rules: setup.rules.iter().map(rule).collect(),
            list: report.findings.iter().map(|f| one(f, excerpts)).collect(),
        }
    }
}

fn one<'a>(finding: &'a Finding, excerpts: &mut Excerpts<'_>) -> One<'a> {
    let mut hop = |hop: &'a Hop| (hop.from.as_str(), hop.to.as_str(), places(&hop.sites, excerpts));
    One {
        rule: &finding.rule,
        severity: finding.severity,
        status: finding.status,
        message: &finding.message,
        reason: finding.reason.as_deref(),
        instead: finding.instead.as_deref(),
        from: finding.from.as_deref(),
        to: finding.to.as_deref(),
        components: &finding.components,
        owner: finding.owner.as_deref(),
        chain: finding.chain.iter().map(&mut hop).collect(),
        sites: places(&finding.sites, excerpts),
    }
}

fn places<'a>(locations: &'a [Location], excerpts: &mut Excerpts<'_>) -> Vec<Place<'a>> {
    locations.iter().map(|l| place(l, excerpts)).collect()
}

fn place<'a>(at: &'a Location, excerpts: &mut Excerpts<'_>) -> Place<'a> {
    let start = at.span.start;
    let file = excerpts.add(&at.file, start.line);
    let via = at.reexports.iter().map(|(module, file, span)| {
        let start = span.start;
        (module.as_str(), excerpts.add(file, start.line), start.line, start.column)
    });
    let via = via.collect();
    let context = at.context.map_or(-1, |c| context(c) as i64);
    let (item, named, cfg) = (at.item.as_deref(), at.named.as_deref(), at.cfg.as_deref());
    (file, start.line, start.column, length(at.span), context, item, named, cfg, via)
}

/// What tells a reference from all others.
type Key<'a> = (&'a str, Span, Context, &'a str);

/// For each edge of the page that findings show, the findings; waived ones too, since the page can tell them apart.
pub(super) fn marks(graph: &Graph, edges: &Edges, report: &Report) -> Vec<(u32, Vec<u32>)> {
    let mut marked: BTreeMap<Key<'_>, Vec<u32>> = BTreeMap::new();
    for (number, finding) in (0u32..).zip(&report.findings) {
        let sites = finding.sites.iter().chain(finding.chain.iter().flat_map(|hop| &hop.sites));
        for key in sites.filter_map(key) {
            marked.entry(key).or_default().push(number);
        }
    }
    let of_edge = |members: &Vec<crate::graph::EdgeId>| {
        let sites = members.iter().flat_map(|e| graph.sites(*e));
        let keys = sites.map(|s| (graph.files[s.file].as_str(), s.span, s.context, graph.names.text(s.item)));
        let mut found: Vec<u32> = keys.filter_map(|key| marked.get(&key)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let marks = (0u32..).zip(edges.values()).map(|(at, members)| (at, of_edge(members)));
    if marked.is_empty() { Vec::new() } else { marks.filter(|(_, found)| !found.is_empty()).collect() }
}

fn key(location: &Location) -> Option<Key<'_>> {
    Some((&location.file, location.span, location.context?, location.item.as_deref()?))
}
