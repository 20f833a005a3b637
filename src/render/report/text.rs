//! Text for the terminal: each finding in the style of rustc's diagnostics, grouped by rule, and a
//! summary line.
//!
//! In text of the workspace (names, source lines, texts of the configuration) control characters
//! and terminal escapes are made visible. If the names of a chain share a long path, it is stated
//! once, and `…` stands for it.

use annotate_snippets::{Element, Group, Level, Renderer};

use super::{
    Format, ReportContext, Sources, links,
    listing::Listing,
    parts,
    shorten::Short,
    snippet::{Mark, snippets},
};
use crate::{
    base::{
        diagnostic::{Diagnostic, Severity},
        text::Printable,
    },
    judge::{
        check::Report,
        rules::finding::{Finding, Hop, Location},
    },
};

/// The text format.
pub const FORMAT: Format = Format { name: "text", doc: "For people, in the style of rustc", render };

/// The style of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style<'a> {
    /// Whether to use colours.
    pub color: bool,
    /// The width of the terminal, in columns.
    pub width: usize,
    /// The maximum number of places shown of one finding, or of one hop of its chain.
    pub places: usize,
    /// The URL of the workspace root, with which places become links to their files; `None` for no
    /// links.
    pub links: Option<&'a str>,
}

impl Default for Style<'_> {
    fn default() -> Self {
        Self { color: false, width: 140, places: 3, links: None }
    }
}

impl Style<'_> {
    pub fn renderer(self) -> Renderer {
        let renderer = if self.color { Renderer::styled() } else { Renderer::plain() };
        renderer.term_width(self.width)
    }
}

fn render(report: &Report, context: &ReportContext<'_>) -> String {
    let listing = Listing { lines: None, ..Listing::of(report) };
    self::report(report, &listing, context.sources, Style::default())
}

/// Returns the whole report: the new findings, then the summary.
pub fn report(report: &Report, listing: &Listing<'_>, sources: &Sources<'_>, style: Style<'_>) -> String {
    listing.text(sources, style) + &summary(report, style) + "\n"
}

/// Returns the number of findings of each rule, and the summary line, without individual findings.
pub fn counts(report: &Report, style: Style<'_>) -> String {
    let lines = parts::by_rule(report).iter().map(rule_line).collect();
    totals(report, lines, style) + "\n"
}

/// Returns one finding, without a final line end.
pub fn finding(finding: &Finding, sources: &Sources<'_>, style: Style<'_>) -> String {
    finding_with(finding, &[], sources, style)
}

/// Returns one finding with further notes, without a final line end.
pub fn finding_with(finding: &Finding, notes: &[String], sources: &Sources<'_>, style: Style<'_>) -> String {
    let title = level(finding.severity).primary_title(line(&finding.message)).id(line(&finding.rule));
    let mut group = Group::with_title(title);
    group = group.elements(places(&finding.sites, style, sources, |_| None));
    let short = Short::of(&finding.chain);
    for hop in &finding.chain {
        group = group.elements(hop_places(hop, &short, style, sources));
    }
    group = group.elements(short.note().map(|note| Level::NOTE.message(line(&note))));
    for note in parts::remarks(finding) {
        group = group.element(Level::NOTE.message(line(&note)));
    }
    if let Some(reason) = &finding.reason {
        group = group.element(Level::NOTE.message(parts::lines(reason)));
    }
    if let Some(owner) = &finding.owner {
        group = group.element(Level::NOTE.message(line(&format!("owner: {owner}"))));
    }
    if let Some(instead) = &finding.instead {
        group = group.element(Level::HELP.message(parts::lines(instead)));
    }
    for note in notes {
        group = group.element(Level::NOTE.message(line(note)));
    }
    let text = style.renderer().render(&[group]);
    let sites = finding.sites.iter().chain(finding.chain.iter().flat_map(|hop| &hop.sites));
    links::linked(text, sites.map(parts::at), style.links)
}

/// Returns one diagnostic, without a final line end.
pub fn diagnostic(diagnostic: &Diagnostic, sources: &Sources<'_>, style: Style<'_>) -> String {
    let title = level(diagnostic.severity).primary_title(line(&diagnostic.message)).id(diagnostic.code.name);
    let mut group = Group::with_title(title);
    if let Some(file) = &diagnostic.file {
        let mark = Mark { file, span: diagnostic.span.unwrap_or_default(), label: None };
        group = group.elements(snippets(&[mark], sources));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(parts::lines(help)));
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

/// Returns `text` on one line.
pub fn line(text: &str) -> String {
    Printable(text).to_string()
}

/// Returns the first few places, in order of file and position, and the number of the others.
fn places<'a>(
    sites: &'a [Location],
    style: Style<'_>,
    sources: &Sources<'_>,
    label: impl Fn(usize) -> Option<String>,
) -> Vec<Element<'a>> {
    let sorted = parts::in_order(sites);
    let mark =
        |(i, site): (usize, &&'a Location)| Mark { file: &site.file, span: site.span, label: label(i) };
    let marks: Vec<Mark<'a>> = sorted.iter().take(style.places).enumerate().map(mark).collect();
    let mut elements = snippets(&marks, sources);
    if sorted.len() > marks.len() {
        elements.push(Level::NOTE.message(parts::more(&sorted[marks.len()..])).into());
    }
    elements
}

/// Returns the first place of a hop, with the hop beside it, and the number of the others.
fn hop_places<'a>(
    hop: &'a Hop,
    short: &Short<'_>,
    style: Style<'_>,
    sources: &Sources<'_>,
) -> Vec<Element<'a>> {
    let label = line(&format!("`{}` → `{}`", short.name(&hop.from), short.name(&hop.to)));
    if hop.sites.is_empty() {
        return vec![Level::NOTE.message(label).into()];
    }
    let one = Style { places: 1, ..style };
    places(&hop.sites, one, sources, |_| Some(label.clone()))
}

/// Returns the last lines: the number of findings of each severity, and of each rule if there is
/// more than one.
fn summary(report: &Report, style: Style<'_>) -> String {
    let counts = parts::by_rule(report);
    let broken: Vec<_> = counts.iter().filter(|c| c.new > 0).collect();
    let lines = if broken.len() > 1 { broken.into_iter().map(rule_line).collect() } else { Vec::new() };
    totals(report, lines, style)
}

/// Returns "    3  exposes (2 known, 1 waived)".
fn rule_line(count: &parts::RuleCount<'_>) -> String {
    let known = [(count.baseline, "known"), (count.waived, "waived")];
    let known: Vec<String> =
        known.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let known = if known.is_empty() { String::new() } else { format!(" (and {})", known.join(", ")) };
    format!("{:>5}  {}{known}", count.new, count.rule)
}

fn totals(report: &Report, lines: Vec<String>, style: Style<'_>) -> String {
    let summary = &report.summary;
    let level = match (summary.errors, summary.warnings) {
        (0, 0) => Level::INFO.with_name("ok"),
        (0, _) => Level::WARNING,
        _ => Level::ERROR,
    };
    let title = format!("{} ({})", parts::totals(summary), parts::scope(summary));
    let mut group = Group::with_title(level.primary_title(title));
    for one in lines {
        group = group.element(Level::NOTE.no_name().message(line(&one)));
    }
    if !summary.configured {
        group = group.element(Level::NOTE.message(parts::UNCONFIGURED));
        group = group.element(Level::HELP.message("`archlint init` writes one from the code as it is"));
    }
    style.renderer().render(&[group])
}
