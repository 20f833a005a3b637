//! The report: the rules, the findings, and the places and edges that the findings refer to.

use std::collections::BTreeMap;

use super::{
    edges::Edges,
    excerpts::Excerpts,
    format,
    numbering::Numbering,
    sites::{context, length},
};
use crate::{
    base::span::Span,
    graph::{Context, EdgeId, Graph},
    judge::{
        check::{Report, Setup},
        rules::{
            ActiveRule,
            finding::{Finding, Hop, Location},
        },
    },
};

/// Returns the findings of `report`, and adds the source lines that they show to `excerpts`.
pub(super) fn collect<'a>(
    report: &'a Report,
    setup: &'a Setup,
    graph: &Graph,
    edges: &Edges,
    excerpts: &mut Excerpts<'_>,
) -> format::Findings<'a> {
    format::Findings {
        summary: &report.summary,
        rules: setup.rules.iter().map(rule).collect(),
        list: report.findings.iter().map(finding).collect(),
        places: places(report, excerpts),
        marks: marks(graph, edges, report),
    }
}

fn rule(rule: &ActiveRule) -> format::Rule<'_> {
    format::Rule {
        id: &rule.id,
        kind: rule.kind.name,
        about: rule.kind.summary,
        severity: rule.severity,
        reason: rule.reason.as_deref(),
        instead: rule.instead.as_deref(),
    }
}

fn finding(finding: &Finding) -> format::Finding<'_> {
    format::Finding {
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
        places: finding.sites.len() as u32,
        chain: finding.chain.iter().map(hop).collect(),
    }
}

fn hop(hop: &Hop) -> format::Hop<'_> {
    format::Hop { from: &hop.from, to: &hop.to, places: hop.sites.len() as u32 }
}

/// Returns the locations of a finding: its own, then those of its chain.
fn locations(finding: &Finding) -> impl Iterator<Item = &Location> {
    finding.sites.iter().chain(finding.chain.iter().flat_map(|hop| &hop.sites))
}

fn places<'a>(report: &'a Report, excerpts: &mut Excerpts<'_>) -> format::Places<'a> {
    let mut places = format::Places::default();
    let mut texts = Numbering::default();
    for (place, at) in (0u32..).zip(report.findings.iter().flat_map(locations)) {
        let start = at.span.start;
        places.file.push(excerpts.add(&at.file, start.line));
        places.line.push(start.line);
        places.column.push(start.column);
        places.length.push(length(at.span));
        places.context.push(at.context.map_or(-1, |c| context(c) as i32));
        places.item.push(texts.optional(at.item.as_deref()));
        places.named.push(texts.optional(at.named.as_deref()));
        places.condition.push(texts.optional(at.cfg.as_deref()));
        places.passes.extend(at.reexports.iter().map(|(module, file, span)| format::Pass {
            place,
            module,
            file: excerpts.add(file, span.start.line),
            line: span.start.line,
            column: span.start.column,
        }));
    }
    places.texts = texts.list;
    places
}

/// The properties that identify a reference.
type Key<'a> = (&'a str, Span, Context, &'a str);

/// Returns the findings of each edge of the page that has any. Waived findings are included, since
/// the page marks them as such.
fn marks(graph: &Graph, edges: &Edges, report: &Report) -> Vec<format::Mark> {
    let mut marked: BTreeMap<Key<'_>, Vec<u32>> = BTreeMap::new();
    for (number, finding) in (0u32..).zip(&report.findings) {
        for key in locations(finding).filter_map(key) {
            marked.entry(key).or_default().push(number);
        }
    }
    if marked.is_empty() {
        return Vec::new();
    }
    let mark = |(edge, members): (u32, &Vec<EdgeId>)| {
        let findings = findings_of(graph, members, &marked);
        (!findings.is_empty()).then_some(format::Mark { edge, findings })
    };
    (0u32..).zip(edges.values()).filter_map(mark).collect()
}

/// Returns the findings that show a site of one of the edges `members`, ascending.
fn findings_of(graph: &Graph, members: &[EdgeId], marked: &BTreeMap<Key<'_>, Vec<u32>>) -> Vec<u32> {
    let sites = members.iter().flat_map(|e| graph.sites(*e));
    let keys = sites.map(|s| (graph.files[s.file].as_str(), s.span, s.context, graph.names.text(s.item)));
    let mut found: Vec<u32> = keys.filter_map(|key| marked.get(&key)).flatten().copied().collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn key(location: &Location) -> Option<Key<'_>> {
    Some((&location.file, location.span, location.context?, location.item.as_deref()?))
}
