//! `archlint.drift`, version 1: the complete drift as JSON.

use serde::Serialize;
use serde_json::Value;

use super::DriftContext;
use crate::{
    base::diagnostic::Severity,
    history::drift::{
        Drift, SideName,
        cycles::Cycles,
        findings::{Cause, Change},
        numbers::Number,
        overview::Overview,
        permissions::{Permissions, WaiverAt, Written},
        shape::Diff,
    },
    judge::rules::finding::Finding,
    render::report::{Sources, json},
};

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    base: &'a SideName,
    head: &'a SideName,
    notes: &'a [String],
    unseen: &'a [String],
    graph: &'a Diff,
    overview: &'a Overview,
    cycles: &'a Cycles,
    findings: Findings,
    metrics: Vec<Measured<'a>>,
    permissions: Permitted<'a>,
    failures: &'a [String],
}

#[derive(Serialize)]
struct Findings {
    new: Vec<Value>,
    accepted: Vec<Value>,
    grown: Vec<Value>,
    resolved: Vec<Value>,
    unchanged: usize,
}

#[derive(Serialize)]
struct Measured<'a> {
    #[serde(flatten)]
    number: &'a Number,
    rise: f64,
}

#[derive(Serialize)]
struct Permitted<'a> {
    weaker: usize,
    permitted: Vec<Value>,
    lowered: Vec<Value>,
    accepted: Vec<Value>,
    written: &'a [Written],
    waivers_gained: &'a [WaiverAt],
    waivers_lost: &'a [WaiverAt],
    baseline_gained: &'a [String],
    baseline_lost: &'a [String],
}

/// Returns the document for the whole drift.
pub fn render(drift: &Drift, context: &DriftContext<'_>) -> String {
    let document = Document {
        format: "archlint.drift",
        version: 1,
        base: &drift.base,
        head: &drift.head,
        notes: &drift.notes,
        unseen: &drift.unseen,
        graph: &drift.graph,
        overview: &drift.overview,
        cycles: &drift.cycles,
        findings: findings(drift, context.sources),
        metrics: drift.numbers.iter().map(|number| Measured { number, rise: number.rise() }).collect(),
        permissions: permitted(&drift.permissions, context.sources),
        failures: context.failures,
    };
    // Serializing these types does not fail.
    crate::render::json::pretty(&document)
}

fn findings(drift: &Drift, sources: &Sources<'_>) -> Findings {
    let nowhere = Sources::new(&|_| None);
    let changes = |list: &[Change], sources: &Sources<'_>| {
        list.iter().map(|c| with(&c.finding, sources, &[("cause", cause(c.cause))])).collect()
    };
    let grown = drift.findings.grown.iter();
    Findings {
        new: changes(&drift.findings.new, sources),
        accepted: changes(&drift.findings.accepted, sources),
        grown: grown
            .map(|g| {
                with(&g.finding, sources, &[("before", g.before.into()), ("added", g.added.clone().into())])
            })
            .collect(),
        // The places of resolved findings are in the base, whose source is not available here.
        resolved: changes(&drift.findings.resolved, &nowhere),
        unchanged: drift.findings.unchanged,
    }
}

fn permitted<'a>(permissions: &'a Permissions, sources: &Sources<'_>) -> Permitted<'a> {
    let all = |list: &[Finding]| list.iter().map(|finding| with(finding, sources, &[])).collect();
    let lowered = permissions.lowered.iter();
    let was = |severity: &Severity| Value::from(severity.to_string());
    Permitted {
        weaker: permissions.weaker(),
        permitted: all(&permissions.permitted),
        lowered: lowered
            .map(|(finding, before)| with(finding, sources, &[("before", was(before))]))
            .collect(),
        accepted: all(&permissions.accepted),
        written: &permissions.written,
        waivers_gained: &permissions.waivers_gained,
        waivers_lost: &permissions.waivers_lost,
        baseline_gained: &permissions.baseline_gained,
        baseline_lost: &permissions.baseline_lost,
    }
}

fn cause(cause: Cause) -> Value {
    serde_json::to_value(cause).unwrap_or_default()
}

/// Returns a finding as in `archlint check --format json`, with additional keys.
fn with(finding: &Finding, sources: &Sources<'_>, more: &[(&str, Value)]) -> Value {
    let mut value = serde_json::to_value(json::finding(finding, sources)).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.extend(more.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
    }
    value
}
