//! SARIF 2.1.0, the format that code scanning services read.
//!
//! The document contains all findings. Those of the baseline are `unchanged` and suppressed
//! externally, waived ones are suppressed in the source. The fingerprint contains no line number. A
//! chain is a code flow. Paths are URIs relative to `SRCROOT`, the root of the repository, whose
//! location is left open, so that equal input gives equal bytes on any machine. Columns count code
//! points.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{
    Format, ReportContext,
    parts::{self, At},
};
use crate::{
    base::{codes::TOO_MANY_FINDINGS, diagnostic::Severity, order::Order as _, span::Span, text::Printable},
    judge::{
        check::Report,
        rules::{
            KINDS, UNREAD,
            finding::{Finding, Hop, ItemDefinition, Location, Status, TypeStep},
        },
    },
};

/// The SARIF format.
pub const FORMAT: Format =
    Format { name: "sarif", doc: "SARIF 2.1.0, for code scanning services and editors", render };

/// The schema of the document.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The base of the relative paths.
const ROOT: &str = "SRCROOT";
/// The maximum number of further places of one finding; services refuse results with more than a
/// thousand.
const RELATED: usize = 100;
/// The characters that are not escaped in a path. A `:` is escaped, since it would end a URI
/// scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A rule in the form that the document needs.
struct Described<'a> {
    id: &'a str,
    code: &'static str,
    severity: Severity,
    reason: Option<&'a str>,
    instead: Option<&'a str>,
}

fn render(report: &Report, context: &ReportContext<'_>) -> String {
    let rules = rules(report, context);
    let compared = report.findings.iter().any(|f| f.status == Status::Baseline);
    let driver = json!({
        "name": "archlint",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "shortDescription": { "text": "Keeps a Rust modular monolith the shape its team decided on" },
        "rules": rules.iter().map(rule).collect::<Vec<_>>(),
    });
    let root = json!({ "description": { "text": "The root of the repository" } });
    let run = Run {
        column_kind: "unicodeCodePoints",
        invocations: [invocation(report, context)],
        original_uri_base_ids: json!({ ROOT: root }),
        properties: json!({ "summary": report.summary }),
        results: Results { findings: parts::new_first(report), rules: &numbered(&rules), compared, context },
        tool: json!({ "driver": driver }),
    };
    crate::render::json::pretty(&Document { schema: SCHEMA, runs: [run], version: "2.1.0" })
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run<'a>; 1],
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    column_kind: &'static str,
    invocations: [Value; 1],
    original_uri_base_ids: Value,
    properties: Value,
    results: Results<'a>,
    tool: Value,
}

/// The findings, each of which becomes a value only while it is written: there may be many.
struct Results<'a> {
    findings: Vec<&'a Finding>,
    rules: &'a Numbers<'a>,
    compared: bool,
    context: &'a ReportContext<'a>,
}

/// The index of each rule in the document, by its id.
type Numbers<'a> = FxHashMap<&'a str, usize>;

fn numbered<'a>(rules: &[Described<'a>]) -> Numbers<'a> {
    let mut numbers = Numbers::default();
    for (at, rule) in rules.iter().enumerate() {
        numbers.entry(rule.id).or_insert(at);
    }
    numbers
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { findings, rules, compared, context } = self;
        serializer.collect_seq(findings.iter().map(|finding| result(finding, rules, *compared, context)))
    }
}

/// Returns the invocation object of the run, with notifications for source that was not read and
/// rules that were not checked.
fn invocation(report: &Report, context: &ReportContext<'_>) -> Value {
    let is_complete = report.summary.unchecked == 0;
    let mut invocation = json!({ "executionSuccessful": is_complete, "exitCode": report.exit_code() });
    let is_unseen = |finding: &&Finding| [UNREAD, TOO_MANY_FINDINGS.name].contains(&finding.code);
    let unread = report.findings.iter().filter(is_unseen);
    let notifications: Vec<Value> = unread
        .map(|finding| {
            let at = parts::primary(finding, context.rules);
            let locations = at.map(|at| json!({ "physicalLocation": physical(at, context) }));
            json!({
                "descriptor": { "id": finding.code },
                "level": level(finding.severity),
                "message": message(&parts::plain(finding)),
                "locations": locations.into_iter().collect::<Vec<_>>(),
            })
        })
        .collect();
    if !notifications.is_empty() {
        invocation["toolExecutionNotifications"] = notifications.into();
    }
    invocation
}

/// Returns the rules that were checked, in their order, then all other rules with findings.
fn rules<'a>(report: &'a Report, context: &'a ReportContext<'_>) -> Vec<Described<'a>> {
    let checked = context.rules.iter().map(|r| Described {
        id: &r.id,
        code: r.kind.name,
        severity: r.severity,
        reason: r.reason.as_deref(),
        instead: r.instead.as_deref(),
    });
    let mut rules: Vec<Described<'a>> = checked.collect();
    let known: FxHashSet<&str> = rules.iter().map(|rule| rule.id).collect();
    for counted in parts::by_rule(report) {
        if !known.contains(counted.rule) {
            let (id, code, severity) = (counted.rule, counted.code, counted.severity);
            rules.push(Described { id, code, severity, reason: None, instead: None });
        }
    }
    rules
}

fn rule(rule: &Described<'_>) -> Value {
    let summary = parts::purpose(rule.code);
    let docs = KINDS.iter().find(|kind| kind.name == rule.code).map(|kind| kind.docs);
    let said = [("Why", rule.reason), ("Instead", rule.instead)];
    let said: Vec<(&str, String)> =
        said.into_iter().filter_map(|(label, text)| Some((label, parts::lines(text?)))).collect();
    let plain = said.iter().map(|(label, text)| format!("{label}: {text}")).chain(docs.map(str::to_owned));
    let plain: Vec<String> = plain.collect();
    // The documentation of rule kinds is trusted Markdown, so it is not escaped.
    let marked = said.iter().map(|(label, text)| format!("**{label}:** {}", super::markdown::escape(text)));
    let marked: Vec<String> = marked.chain(docs.map(str::to_owned)).collect();
    let mut value = json!({
        "id": Printable(rule.id).to_string(),
        "shortDescription": { "text": summary },
        "fullDescription": { "text": rule.reason.map_or_else(|| summary.to_owned(), parts::lines) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "kind": rule.code, "tags": ["architecture", rule.code] },
    });
    if !plain.is_empty() {
        value["help"] = json!({ "text": plain.join("\n\n"), "markdown": marked.join("\n\n") });
    }
    value
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
        Severity::Info | Severity::Off => "note",
    }
}

fn result(finding: &Finding, rules: &Numbers<'_>, compared: bool, context: &ReportContext<'_>) -> Value {
    let mut value = json!({
        "ruleId": Printable(&finding.rule).to_string(),
        "level": level(finding.severity),
        "message": message(&parts::plain(finding)),
        "locations": parts::primary(finding, context.rules).map(|at| location(at, finding, context)).into_iter()
            .collect::<Vec<_>>(),
        "partialFingerprints": { "archlint/v1": finding.fingerprint },
        "properties": properties(finding),
    });
    if let Some(index) = rules.get(finding.rule.as_str()) {
        value["ruleIndex"] = (*index).into();
    }
    if compared {
        value["baselineState"] = if finding.status == Status::New { "new" } else { "unchanged" }.into();
    }
    if let Some(kind) = suppression(finding.status) {
        value["suppressions"] = json!([{ "kind": kind, "status": "accepted" }]);
    }
    let related = related(finding, context);
    if !related.is_empty() {
        value["relatedLocations"] = related.into();
    }
    let flows = flows(finding, context);
    if !flows.is_empty() {
        value["codeFlows"] = flows.into();
    }
    value
}

fn suppression(status: Status) -> Option<&'static str> {
    match status {
        Status::New => None,
        Status::Baseline => Some("external"),
        Status::Waived => Some("inSource"),
    }
}

fn properties(finding: &Finding) -> Value {
    let mut map = Map::new();
    let texts = [
        ("reason", &finding.reason),
        ("instead", &finding.instead),
        ("owner", &finding.owner),
        ("from", &finding.from),
        ("to", &finding.to),
    ];
    map.extend(texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), json!(text.as_ref()?)))));
    map.insert("status".to_owned(), json!(finding.status));
    map.insert("components".to_owned(), json!(finding.components));
    map.insert("places".to_owned(), json!(parts::in_order(&finding.sites).len()));
    map.into()
}

/// Returns the further places of a finding, the re-exports that its references go through, and the
/// types that lead to methods and fields.
fn related(finding: &Finding, context: &ReportContext<'_>) -> Vec<Value> {
    let sites = parts::in_order(&finding.sites);
    let again = sites.iter().skip(1).map(|site| (parts::at(site), "also here".to_owned()));
    let all = sites.iter().copied().chain(finding.chain.iter().flat_map(|hop| parts::in_order(&hop.sites)));
    let mut through: Vec<(At<'_>, String)> =
        all.flat_map(|site| reexports(site).chain(types(site)).chain(definition(site))).collect();
    through.order_by(|a, b| (a.0.file, a.0.span, &a.1).cmp(&(b.0.file, b.0.span, &b.1)));
    through.dedup();
    let numbered = again.chain(through).take(RELATED).enumerate();
    numbered
        .map(|(id, (at, text))| {
            json!({ "id": id, "physicalLocation": physical(at, context), "message": message(&text) })
        })
        .collect()
}

fn reexports(site: &Location) -> impl Iterator<Item = (At<'_>, String)> {
    site.reexports.iter().map(|(module, file, span)| {
        (At { file, span: *span }, format!("re-exported by `{}`", Printable(module)))
    })
}

fn types(site: &Location) -> impl Iterator<Item = (At<'_>, String)> {
    let count = site.types.len();
    site.types.iter().enumerate().map(move |(at, TypeStep { text, file, span })| {
        (At { file, span: *span }, format!("type {} of {count}: `{}`", at + 1, Printable(text)))
    })
}

fn definition(site: &Location) -> Option<(At<'_>, String)> {
    let ItemDefinition { item, file, span, .. } = site.definition.as_ref()?;
    Some((At { file, span: *span }, format!("defines `{}`", Printable(item))))
}

/// Returns the chain of a finding, then the types that lead to its first place, if they do.
fn flows(finding: &Finding, context: &ReportContext<'_>) -> Vec<Value> {
    let chain: Vec<Value> = finding.chain.iter().filter_map(|hop| step(hop, context)).collect();
    let first = parts::in_order(&finding.sites).first().copied();
    let types: Vec<Value> =
        first.iter().flat_map(|site| types(site)).map(|at| type_step(at, context)).collect();
    let flows = [chain, types].into_iter().filter(|flow| !flow.is_empty());
    flows.map(|flow| json!({ "threadFlows": [{ "locations": flow }] })).collect()
}

fn type_step((at, text): (At<'_>, String), context: &ReportContext<'_>) -> Value {
    json!({ "location": { "physicalLocation": physical(at, context), "message": message(&text) } })
}

/// Returns a hop at its first place.
fn step(hop: &Hop, context: &ReportContext<'_>) -> Option<Value> {
    let first = *parts::in_order(&hop.sites).first()?;
    let location = json!({ "physicalLocation": physical(parts::at(first), context), "message": message(&parts::hop(hop)) });
    Some(json!({ "location": location }))
}

fn location(at: At<'_>, finding: &Finding, context: &ReportContext<'_>) -> Value {
    let mut value = json!({ "physicalLocation": physical(at, context) });
    if let Some(from) = &finding.from {
        let name = Printable(from).to_string();
        value["logicalLocations"] = json!([{ "fullyQualifiedName": name, "kind": "module" }]);
    }
    value
}

fn physical(at: At<'_>, context: &ReportContext<'_>) -> Value {
    let path = context.in_repository(at.file);
    let uri = utf8_percent_encode(&path, PATH).to_string();
    let mut value = json!({ "artifactLocation": { "uri": uri, "uriBaseId": ROOT } });
    if !at.span.is_nowhere() {
        value["region"] = region(at.span);
    }
    value
}

/// Returns the region of a span; an empty span is represented by its line.
fn region(span: Span) -> Value {
    if span.start >= span.end {
        return json!({ "startLine": span.start.line });
    }
    json!({
        "startLine": span.start.line, "startColumn": span.start.column.max(1),
        "endLine": span.end.line, "endColumn": span.end.column.max(1),
    })
}

/// Returns a plain text message. A bracket is escaped where the text would otherwise form a link,
/// `[text](target)`.
fn message(text: &str) -> Value {
    json!({ "text": text.replace("](", "\\](") })
}
