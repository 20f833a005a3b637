//! For the terminal: each finding as rustc would show it, grouped by rule, and a line that sums up.
//!
//! Whatever comes from the workspace (names, source lines, the configuration's words) is shown with its control characters
//! and terminal escapes made visible.

use std::collections::BTreeSet;

use annotate_snippets::{Element, Group, Level, Renderer, normalize_untrusted_str};

use super::{
    Sources,
    snippet::{Mark, snippets},
};
use crate::{
    base::diagnostic::{Diagnostic, Severity},
    check::{Report, Summary},
    rules::finding::{Finding, Hop, Location, Status},
};

/// How to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colours.
    pub color: bool,
    /// The width of the terminal, in columns.
    pub width: usize,
    /// The most places that are shown of one finding, or of one hop of its chain.
    pub places: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, width: 140, places: 3 }
    }
}

impl Style {
    fn renderer(self) -> Renderer {
        let renderer = if self.color { Renderer::styled() } else { Renderer::plain() };
        renderer.term_width(self.width)
    }
}

/// The whole report.
pub fn report(report: &Report, sources: &Sources<'_>, style: Style) -> String {
    let mut out = String::new();
    let shown = report.findings.iter().filter(|f| f.status == Status::New);
    for one in shown {
        out.push_str(&finding(one, sources, style));
        out.push_str("\n\n");
    }
    out.push_str(&summary(report, style));
    out.push('\n');
    out
}

/// One finding, without a line end.
pub fn finding(finding: &Finding, sources: &Sources<'_>, style: Style) -> String {
    let title = level(finding.severity).primary_title(&finding.message).id(&finding.rule);
    let mut group = Group::with_title(title);
    group = group.elements(places(&finding.sites, style, sources, |_| None));
    for hop in &finding.chain {
        group = group.elements(hop_places(hop, style, sources));
    }
    for note in reexport_notes(finding) {
        group = group.element(Level::NOTE.message(clean(&note)));
    }
    if let Some(reason) = &finding.reason {
        group = group.element(Level::NOTE.message(clean(reason)));
    }
    if let Some(owner) = &finding.owner {
        group = group.element(Level::NOTE.message(clean(&format!("owner: {owner}"))));
    }
    if let Some(instead) = &finding.instead {
        group = group.element(Level::HELP.message(clean(instead)));
    }
    style.renderer().render(&[group])
}

/// One diagnostic, without a line end.
pub fn diagnostic(diagnostic: &Diagnostic, sources: &Sources<'_>, style: Style) -> String {
    let title = level(diagnostic.severity).primary_title(&diagnostic.message).id(diagnostic.code);
    let mut group = Group::with_title(title);
    if let Some(file) = &diagnostic.file {
        let mark = Mark { file, span: diagnostic.span.unwrap_or_default(), label: None };
        group = group.elements(snippets(&[mark], sources));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    style.renderer().render(&[group])
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warn => Level::WARNING,
        Severity::Info | Severity::Off => Level::INFO,
    }
}

fn clean(text: &str) -> String {
    normalize_untrusted_str(text)
}

/// The first few places, in order of file and position, and how many more there are.
fn places<'a>(
    sites: &'a [Location],
    style: Style,
    sources: &Sources<'_>,
    label: impl Fn(usize) -> Option<String>,
) -> Vec<Element<'a>> {
    let mut sorted: Vec<&Location> = sites.iter().collect();
    sorted.sort_by_key(|s| (&s.file, s.span));
    sorted.dedup_by_key(|s| (&s.file, s.span));
    let mark =
        |(i, site): (usize, &&'a Location)| Mark { file: &site.file, span: site.span, label: label(i) };
    let marks: Vec<Mark<'a>> = sorted.iter().take(style.places).enumerate().map(mark).collect();
    let mut elements = snippets(&marks, sources);
    if sorted.len() > marks.len() {
        elements.push(Level::NOTE.message(more(&sorted[marks.len()..])).into());
    }
    elements
}

/// "and 12 more places in 4 files".
fn more(rest: &[&Location]) -> String {
    let files: BTreeSet<&str> = rest.iter().map(|s| s.file.as_str()).collect();
    let place = if rest.len() == 1 { "place" } else { "places" };
    let files = if files.len() == 1 { "1 file".to_owned() } else { format!("{} files", files.len()) };
    format!("and {} more {place} in {files}", rest.len())
}

/// The first place of a hop, with the hop beside it, and how many more there are.
fn hop_places<'a>(hop: &'a Hop, style: Style, sources: &Sources<'_>) -> Vec<Element<'a>> {
    let label = format!("`{}` → `{}`", hop.from, hop.to);
    if hop.sites.is_empty() {
        return vec![Level::NOTE.message(clean(&label)).into()];
    }
    let one = Style { places: 1, ..style };
    places(&hop.sites, one, sources, |_| Some(label.clone()))
}

/// The re-exports by which the shown references reach their items, each chain once.
fn reexport_notes(finding: &Finding) -> Vec<String> {
    let sites = finding.sites.iter().chain(finding.chain.iter().flat_map(|hop| &hop.sites));
    let mut notes: Vec<String> = sites.filter(|s| !s.reexports.is_empty()).map(reexport_note).collect();
    notes.sort();
    notes.dedup();
    notes
}

fn reexport_note(site: &Location) -> String {
    let step = |(module, file, span): &(String, String, crate::base::span::Span)| {
        format!("`{module}` ({file}:{}:{})", span.start.line, span.start.column)
    };
    let steps: Vec<String> = site.reexports.iter().map(step).collect();
    let item = site.item.as_deref().unwrap_or("the item");
    format!("`{item}` is re-exported by {}", steps.join(", then by "))
}

/// The last line: how many of each.
fn summary(report: &Report, style: Style) -> String {
    let summary = &report.summary;
    let counted = [
        (summary.errors, "error"),
        (summary.warnings, "warning"),
        (summary.infos, "remark"),
        (summary.baseline, "known finding"),
        (summary.waived, "waived finding"),
    ];
    let counts: Vec<String> =
        counted.iter().filter(|(n, _)| *n > 0).map(|(n, what)| count(*n, what)).collect();
    let found = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
    let title = match (summary.errors, summary.warnings) {
        (0, 0) => Level::INFO.with_name("ok"),
        (0, _) => Level::WARNING,
        _ => Level::ERROR,
    };
    let mut group = Group::with_title(title.primary_title(format!("{found} ({})", scope(summary))));
    for line in by_rule(report) {
        group = group.element(Level::NOTE.no_name().message(clean(&line)));
    }
    if !summary.configured {
        let note = "there is no archlint.toml, so only cycles were looked for";
        group = group.element(Level::NOTE.message(note));
        group = group.element(Level::HELP.message("`archlint init` writes one from the code as it is"));
    }
    style.renderer().render(&[group])
}

fn scope(summary: &Summary) -> String {
    let parts = [(summary.rules, "rule"), (summary.modules, "module"), (summary.dependencies, "dependency")];
    parts.map(|(n, what)| count(n, what)).join(", ")
}

/// How often each rule is broken, in order of the findings, where there is more than one rule.
fn by_rule(report: &Report) -> Vec<String> {
    let new: Vec<&Finding> = report.findings.iter().filter(|f| f.status == Status::New).collect();
    let runs = new.chunk_by(|a, b| a.rule == b.rule);
    let lines: Vec<String> = runs.map(|run| format!("{:>5}  {}", run.len(), run[0].rule)).collect();
    if lines.len() > 1 { lines } else { Vec::new() }
}

fn count(n: usize, what: &str) -> String {
    match (n, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{n} {stem}ies"),
        _ => format!("{n} {what}s"),
    }
}
