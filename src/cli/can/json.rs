//! `archlint can --format json`: `archlint.can`, version 1.

use std::io::{self, Write};

use serde::Serialize;

use super::{
    super::rules::json::{Rule, rule},
    Answer, Argument,
};
use crate::{graph::NodeId, judge::check::guide::Denial, render::json::pretty};

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
    rules: Vec<Broken<'a>>,
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

/// A rule that the dependency would break.
#[derive(Serialize)]
struct Broken<'a> {
    #[serde(flatten)]
    rule: Rule<'a>,
    /// The advice of the rule about the dependencies of `from`.
    advice: &'a [String],
    /// The ids of the part of `to` that the rule is about.
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
        rules: answer.denials.iter().map(|denial| broken(answer, denial)).collect(),
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

fn broken<'a>(answer: &'a Answer<'_>, denial: &'a Denial) -> Broken<'a> {
    let (rule, advice) = (rule(answer.rule(denial)), &denial.advice);
    Broken { rule, advice, to: ids(answer, &denial.to) }
}

fn ids<'a>(answer: &'a Answer<'_>, nodes: &[NodeId]) -> Vec<&'a str> {
    nodes.iter().map(|node| answer.architecture.graph.nodes[*node].id.as_str()).collect()
}
