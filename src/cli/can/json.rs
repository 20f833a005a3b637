//! `archlint can --format json`: `archlint.can`, version 1.

use std::io::{self, Write};

use serde::Serialize;

use super::{Answer, Argument};
use crate::{base::diagnostic::Severity, graph::NodeId, judge::check::guide::Denial, render::json::pretty};

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    /// Whether each module of `from` may depend on all of `to`.
    may: bool,
    from: Side<'a>,
    to: Side<'a>,
    /// Selectors of the part of `to` on which each module of `from` may depend.
    allowed: Vec<String>,
    /// Selectors of the other part.
    denied: Vec<String>,
    /// The rules that such a dependency would break.
    rules: Vec<Rule<'a>>,
    /// Selectors of the modules beside the denied ones on which each module of `from` may depend.
    instead: &'a [String],
    /// The manifests that do not declare a crate that the dependency needs, with the crate.
    undeclared: Vec<Undeclared<'a>>,
    /// The number of references from `from` to `to` in the source of today.
    references: usize,
}

#[derive(Serialize)]
struct Undeclared<'a> {
    manifest: &'a str,
    package: &'a str,
}

#[derive(Serialize)]
struct Side<'a> {
    written: &'a str,
    /// Whether the source does not have it yet.
    planned: bool,
    ids: Vec<&'a str>,
}

#[derive(Serialize)]
struct Rule<'a> {
    rule: &'a str,
    code: &'static str,
    severity: Severity,
    says: String,
    /// The advice of the rule about the dependencies of `from`.
    advice: Vec<&'a str>,
    reason: Option<&'a str>,
    instead: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<u32>,
    to: Vec<&'a str>,
}

/// Writes `answer`.
pub fn write(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    let question = &answer.question;
    let document = Document {
        format: "archlint.can",
        version: 1,
        may: answer.closed.is_empty(),
        from: side(answer, &question.sides[0], &question.from),
        to: side(answer, &question.sides[1], &question.to),
        allowed: answer.spelled(&answer.open),
        denied: answer.spelled(&answer.closed),
        rules: answer.denials.iter().map(|denial| rule(answer, denial)).collect(),
        instead: &answer.instead,
        undeclared: answer
            .undeclared
            .iter()
            .map(|(manifest, package)| Undeclared { manifest, package })
            .collect(),
        references: answer.references,
    };
    out.write_all(pretty(&document).as_bytes())
}

fn side<'a>(answer: &'a Answer<'_>, argument: &'a Argument<'_>, nodes: &[NodeId]) -> Side<'a> {
    let planned = matches!(argument, Argument::Planned { .. });
    Side { written: argument.written(), planned, ids: ids(answer, nodes) }
}

fn rule<'a>(answer: &'a Answer<'_>, denial: &'a Denial) -> Rule<'a> {
    let rule = answer.rule(denial);
    let place = rule.place.as_ref();
    Rule {
        rule: &rule.id,
        code: rule.kind.name,
        severity: rule.severity,
        says: rule.rule.says(),
        advice: denial.advice.iter().map(String::as_str).collect(),
        reason: rule.reason.as_deref(),
        instead: rule.instead.as_deref(),
        file: place.map(|p| &*p.file),
        line: place.filter(|p| !p.span.is_nowhere()).map(|p| p.span.start.line),
        to: ids(answer, &denial.to),
    }
}

fn ids<'a>(answer: &'a Answer<'_>, nodes: &[NodeId]) -> Vec<&'a str> {
    nodes.iter().map(|node| answer.architecture.graph.nodes[*node].id.as_str()).collect()
}
