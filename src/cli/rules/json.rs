//! `archlint rules --format json`: `archlint.rules`, version 1.

use serde::Serialize;

use super::{Answer, Counts};
use crate::{
    base::diagnostic::Severity,
    judge::{
        check::{Setup, guide::Guidance},
        rules::{ActiveRule, advice::Topic},
    },
    render::json::pretty,
};

#[derive(Serialize)]
struct AllRules<'a> {
    format: &'static str,
    version: u32,
    configured: bool,
    rules: Vec<Rule<'a>>,
}

/// A rule, as written.
#[derive(Serialize)]
pub struct Rule<'a> {
    rule: &'a str,
    code: &'static str,
    severity: Severity,
    says: String,
    reason: Option<&'a str>,
    instead: Option<&'a str>,
    /// The criteria of standards for which the result is evidence.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    control: &'a [String],
    file: Option<&'a str>,
    line: Option<u32>,
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    configured: bool,
    modules: Vec<Module<'a>>,
    /// The number of rules that are left out, because those before them reached a limit; with any,
    /// `may_depend_on` is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    unchecked: Option<usize>,
    /// Selectors of the nodes on which each of the modules may depend without a new finding.
    may_depend_on: Vec<&'a str>,
    guidance: Vec<Advice<'a>>,
    findings: Counts,
}

#[derive(Serialize)]
struct Module<'a> {
    id: &'a str,
    file: &'a str,
    line: u32,
    test: bool,
    component: Option<&'a str>,
    layer: Option<&'a str>,
    tags: &'a [String],
    owner: Option<&'a str>,
}

#[derive(Serialize)]
struct Advice<'a> {
    about: Topic,
    rule: &'a str,
    code: &'static str,
    severity: Severity,
    text: &'a str,
    reason: Option<&'a str>,
    instead: Option<&'a str>,
    modules: Vec<&'a str>,
}

/// Returns the document about all rules.
pub fn all(setup: &Setup) -> String {
    let rules = setup.rules.iter().map(rule).collect();
    pretty(&AllRules { format: "archlint.rules", version: 1, configured: setup.config.present, rules })
}

/// Returns the description of a rule.
pub fn rule(rule: &ActiveRule) -> Rule<'_> {
    let place = rule.place.as_ref();
    Rule {
        rule: &rule.id,
        code: rule.kind.name,
        severity: rule.severity,
        says: rule.rule.says(),
        reason: rule.reason.as_deref(),
        instead: rule.instead.as_deref(),
        control: &rule.control,
        file: place.map(|p| &*p.file),
        line: place.filter(|p| !p.span.is_nowhere()).map(|p| p.span.start.line),
    }
}

/// Returns the document about some modules.
pub(super) fn answer(answer: &Answer<'_>) -> String {
    let modules = answer.modules().map(|(node, id, module)| {
        let component = answer.component(node);
        Module {
            id,
            file: answer.file(module),
            line: module.line,
            test: module.test,
            component: component.map(|c| c.name.as_str()),
            layer: component.and_then(|c| c.layer.as_deref()),
            tags: component.map_or(&[], |c| &c.tags),
            owner: component.and_then(|c| c.owner.as_deref()),
        }
    });
    pretty(&Document {
        format: "archlint.rules",
        version: 1,
        configured: answer.project.setup.config.present,
        modules: modules.collect(),
        unchecked: Some(answer.unchecked).filter(|count| *count > 0),
        may_depend_on: answer.open.iter().flatten().map(String::as_str).collect(),
        guidance: answer.guidance.iter().map(|guidance| advice(answer, guidance)).collect(),
        findings: answer.findings,
    })
}

fn advice<'a>(answer: &'a Answer<'_>, guidance: &'a Guidance) -> Advice<'a> {
    let rule = &answer.project.setup.rules[guidance.rule];
    let graph = answer.architecture.graph;
    Advice {
        about: guidance.topic,
        rule: &rule.id,
        code: rule.kind.name,
        severity: rule.severity,
        text: &guidance.text,
        reason: rule.reason.as_deref(),
        instead: rule.instead.as_deref(),
        modules: guidance.nodes.iter().map(|node| graph.nodes[*node].id.as_str()).collect(),
    }
}
