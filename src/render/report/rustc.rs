//! One finding or diagnostic as text, in the style of rustc's diagnostics.
//!
//! In text of the workspace (names, source lines, texts of the configuration) control characters
//! and terminal escapes are made visible. If the names of a chain share a long path, it is stated
//! once, and `…` stands for it.

use annotate_snippets::{Element, Group, Level, Renderer};

use super::{
    Sources, links, parts,
    shorten::Short,
    snippet::{Mark, snippets},
};
use crate::{
    base::{
        diagnostic::{Diagnostic, Severity},
        text::Printable,
    },
    judge::rules::finding::{Finding, Hop, Location},
};

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
    for note in notes {
        group = group.element(Level::NOTE.message(line(note)));
    }
    if let Some(advice) = parts::advice(finding) {
        group = group.element(Level::HELP.message(advice));
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
