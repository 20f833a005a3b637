//! `archlint check --format json`: `archlint.report`, version 1.

use std::collections::HashMap;

use serde::Serialize;

use super::{Format, ReportContext, Sources};
use crate::{
    base::span::Span,
    judge::{
        check::{
            Report, Summary,
            causes::{Cause, causes},
        },
        rules::{
            context_name,
            finding::{Finding, Hop, ItemDefinition, Location, Status, TypeStep},
        },
    },
};

/// The JSON format.
pub const FORMAT: Format = Format { name: "json", doc: "For programs, with all details", render };

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    findings: Vec<OneFinding<'a>>,
    /// The new findings by the dependency that has to go for them to go.
    groups: Vec<OneGroup<'a>>,
    summary: &'a Summary,
}

/// The findings of one cause.
#[derive(Serialize)]
struct OneGroup<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
    /// Indices into the findings, the most telling first.
    findings: Vec<usize>,
}

#[derive(Serialize)]
struct OneFinding<'a> {
    rule: &'a str,
    code: &'a str,
    severity: crate::base::diagnostic::Severity,
    message: &'a str,
    reason: Option<&'a str>,
    instead: Option<&'a str>,
    /// The change of the configuration with which the finding goes; absent if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<OneFix<'a>>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    components: &'a [String],
    owner: Option<&'a str>,
    sites: Vec<Site<'a>>,
    chain: Vec<OneHop<'a>>,
    status: Status,
    fingerprint: &'a str,
}

/// A change that `archlint sync` makes.
#[derive(Serialize)]
struct OneFix<'a> {
    component: &'a str,
    /// The file that declares the component; `null` for a new component.
    file: Option<&'a str>,
    /// The lines to paste; `null` if lines only go.
    toml: Option<String>,
}

#[derive(Serialize)]
struct OneHop<'a> {
    from: &'a str,
    to: &'a str,
    sites: Vec<Site<'a>>,
}

#[derive(Serialize)]
struct Site<'a> {
    file: &'a str,
    #[serde(flatten)]
    place: Position,
    context: Option<&'static str>,
    named: Option<&'a str>,
    item: Option<&'a str>,
    cfg: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reexports: Vec<OneReexport<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unresolved: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    definition: Option<OneDefinition<'a>>,
    /// `inferred` if a macro or another crate, which was not read, may define another item of that name.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
    /// The types that led to a method or a field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    types: Vec<OneType<'a>>,
    /// The source line; absent in a compact report.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Option<String>>,
}

/// A step of the inference that a method or a field rests on.
#[derive(Serialize)]
struct OneType<'a> {
    text: &'a str,
    file: &'a str,
    #[serde(flatten)]
    place: Position,
}

/// The definition of an associated item.
#[derive(Serialize)]
struct OneDefinition<'a> {
    item: &'a str,
    by: &'a str,
    file: &'a str,
    #[serde(flatten)]
    place: Position,
}

#[derive(Serialize)]
struct OneReexport<'a> {
    module: &'a str,
    file: &'a str,
    #[serde(flatten)]
    place: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

fn render(report: &Report, context: &ReportContext<'_>) -> String {
    crate::render::json::pretty(&document(report, Some(context.sources)))
}

/// Returns the report on one line, without source lines.
pub fn compact(report: &Report) -> String {
    crate::render::json::compact(&document(report, None))
}

fn document<'a>(report: &'a Report, sources: Option<&Sources<'_>>) -> Document<'a> {
    let findings = report.findings.iter().map(|f| one(f, sources)).collect();
    let address = |finding: &Finding| std::ptr::from_ref(finding);
    let at: HashMap<*const Finding, usize> = report.findings.iter().map(address).zip(0..).collect();
    let group = |cause: &Cause<'a>| OneGroup {
        from: cause.dependency.map(|(from, _)| from),
        to: cause.dependency.map(|(_, to)| to),
        findings: cause.findings.iter().map(|finding| at[&address(finding)]).collect(),
    };
    let groups = causes(report).iter().map(group).collect();
    Document { format: "archlint.report", version: 1, findings, groups, summary: &report.summary }
}

fn one<'a>(finding: &'a Finding, sources: Option<&Sources<'_>>) -> OneFinding<'a> {
    OneFinding {
        rule: &finding.rule,
        code: finding.code,
        severity: finding.severity,
        message: &finding.message,
        reason: finding.reason.as_deref(),
        instead: finding.instead.as_deref(),
        fix: finding.fix.as_ref().map(|fix| OneFix {
            component: &fix.component,
            file: fix.file.as_deref(),
            toml: fix.toml(),
        }),
        from: finding.from.as_deref(),
        to: finding.to.as_deref(),
        components: &finding.components,
        owner: finding.owner.as_deref(),
        sites: finding.sites.iter().map(|s| site(s, sources)).collect(),
        chain: finding.chain.iter().map(|h| one_hop(h, sources)).collect(),
        status: finding.status,
        fingerprint: &finding.fingerprint,
    }
}

/// Returns a finding as it appears in a report.
pub fn finding<'a>(finding: &'a Finding, sources: &Sources<'_>) -> impl Serialize + use<'a> {
    one(finding, Some(sources))
}

/// Returns one hop of a chain, with all its sites, as it appears in a report.
pub fn hop<'a>(hop: &'a Hop, sources: &Sources<'_>) -> impl Serialize + use<'a> {
    one_hop(hop, Some(sources))
}

fn one_hop<'a>(hop: &'a Hop, sources: Option<&Sources<'_>>) -> OneHop<'a> {
    OneHop { from: &hop.from, to: &hop.to, sites: hop.sites.iter().map(|s| site(s, sources)).collect() }
}

fn site<'a>(site: &'a Location, sources: Option<&Sources<'_>>) -> Site<'a> {
    let line = |sources: &Sources<'_>| {
        let text = sources.file(&site.file)?;
        let line = text.line(site.span.start.line).filter(|line| line.len() <= super::MAX_LINE)?;
        Some(line.to_owned())
    };
    let reexport =
        |(module, file, span): &'a (String, String, Span)| OneReexport { module, file, place: place(*span) };
    Site {
        file: &site.file,
        place: place(site.span),
        context: site.context.map(context_name),
        named: site.named.as_deref(),
        item: site.item.as_deref(),
        cfg: site.cfg.as_deref(),
        reexports: site.reexports.iter().map(reexport).collect(),
        unresolved: site.unresolved.as_deref(),
        definition: site.definition.as_ref().map(definition),
        confidence: site.inferred.then_some("inferred"),
        types: site.types.iter().map(one_type).collect(),
        text: sources.map(line),
    }
}

fn one_type(TypeStep { text, file, span }: &TypeStep) -> OneType<'_> {
    OneType { text, file, place: place(*span) }
}

fn definition(of: &ItemDefinition) -> OneDefinition<'_> {
    OneDefinition { item: &of.item, by: &of.by, file: &of.file, place: place(of.span) }
}

fn place(span: Span) -> Position {
    Position {
        line: span.start.line,
        column: span.start.column,
        end_line: span.end.line,
        end_column: span.end.column,
    }
}
