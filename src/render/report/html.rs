//! An HTML page to read, keep and print: one file without scripts and requests, light or dark
//! following the reader's system setting.
//!
//! maud escapes all inserted text; only the style sheet, which is part of archlint, is inserted
//! unescaped. The page's content security policy forbids scripts and requests.

mod numbers;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{
    Format, MAX_LINE, ReportContext, Sources,
    parts::{self, At, RuleCount},
};
use crate::{
    base::{diagnostic::Severity, text::Printable},
    judge::{
        check::Report,
        rules::finding::{Finding, Location, Status},
    },
};

/// The HTML format.
pub const FORMAT: Format =
    Format { name: "html", doc: "A self-contained page, to read, keep and print", render };

/// The maximum number of places of a finding, or of a hop, that are shown with their line.
const PLACES: usize = 5;
/// The content security policy of a page without scripts.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";
/// The style sheet.
pub(super) const STYLE: &str = include_str!("page.css");

fn render(report: &Report, context: &ReportContext<'_>) -> String {
    let totals = parts::totals(&report.summary);
    let counts = parts::by_rule(report);
    let main = html! {
        (table(&counts))
        @for status in [Status::New, Status::Baseline, Status::Waived] {
            (section(status, report, &counts, context))
        }
        @if let Some(numbers) = context.numbers { (numbers::section(numbers)) }
    };
    page(&totals, "", &head(report, &totals), &main)
}

/// Returns a page without scripts, with the title `archlint: ` and `title`. Its style is that of
/// reports, followed by `sheet`, which is part of archlint and inserted unescaped.
pub fn page(title: &str, sheet: &str, header: &Markup, main: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "archlint: " (title) }
                style { (PreEscaped(STYLE)) (PreEscaped(sheet)) }
            }
            body {
                header { (header) }
                main { (main) }
            }
        }
    };
    page.into_string() + "\n"
}

fn head(report: &Report, totals: &str) -> Markup {
    html! {
        h1 { "archlint: " (totals) }
        p { (parts::scope(&report.summary)) " checked" }
        @if !report.summary.configured { p { (parts::UNCONFIGURED) } }
    }
}

fn table(counts: &[RuleCount<'_>]) -> Markup {
    html! {
        @if !counts.is_empty() {
            table {
                caption { "Findings of each rule" }
                thead {
                    tr {
                        th scope="col" { "rule" }
                        th scope="col" { "kind" }
                        th scope="col" { "severity" }
                        @for status in ["new", "baseline", "waived"] { th.number scope="col" { (status) } }
                    }
                }
                tbody { @for (i, count) in counts.iter().enumerate() { (row(i, count)) } }
            }
        }
    }
}

fn row(i: usize, count: &RuleCount<'_>) -> Markup {
    let first = [(count.new, Status::New), (count.baseline, Status::Baseline)];
    let first = first.into_iter().find(|(n, _)| *n > 0).map_or(Status::Waived, |(_, status)| status);
    html! {
        tr {
            th scope="row" { a href={ "#" (anchor(first, i)) } { (Printable(count.rule).to_string()) } }
            td { (count.code) }
            td { (severity(count.severity)) }
            @for number in [count.new, count.baseline, count.waived] { td.number { (number) } }
        }
    }
}

/// Returns the anchor of the findings of one rule and status.
fn anchor(status: Status, rule: usize) -> String {
    format!("{}-{rule}", name(status))
}

fn name(status: Status) -> &'static str {
    match status {
        Status::New => "new",
        Status::Baseline => "baseline",
        Status::Waived => "waived",
    }
}

fn section(status: Status, report: &Report, counts: &[RuleCount<'_>], context: &ReportContext<'_>) -> Markup {
    let title = match status {
        Status::New => "New",
        Status::Baseline => "Known to the baseline",
        Status::Waived => "Waived in the source",
    };
    let of = |rule: &str| -> Vec<&Finding> {
        report.findings.iter().filter(|f| f.status == status && f.rule == rule).collect()
    };
    let groups: Vec<_> =
        counts.iter().enumerate().map(|(i, c)| (i, c, of(c.rule))).filter(|(.., f)| !f.is_empty()).collect();
    html! {
        @if !groups.is_empty() {
            section {
                h2 { (title) }
                @for (i, count, findings) in &groups {
                    section id=(anchor(status, *i)) {
                        h3 {
                            (Printable(count.rule).to_string()) " "
                            small {
                                @if count.rule != count.code { (count.code) ", " }
                                (parts::count(findings.len(), "finding"))
                            }
                        }
                        @for finding in findings { (article(finding, context)) }
                    }
                }
            }
        }
    }
}

/// Returns a finding with all its details and places.
pub fn article(finding: &Finding, context: &ReportContext<'_>) -> Markup {
    let none = finding.sites.is_empty() && finding.chain.is_empty();
    html! {
        article {
            h4 { (severity(finding.severity)) " " (message(finding)) }
            @if none {
                @if let Some(at) = parts::primary(finding, context.rules) { (excerpt(at, context.sources)) }
            }
            (places(&finding.sites, PLACES, context.sources))
            @if !finding.chain.is_empty() {
                ol {
                    @for hop in &finding.chain {
                        li { p { (marked(&parts::hop(hop))) } (places(&hop.sites, 1, context.sources)) }
                    }
                }
            }
            @for note in parts::remarks(finding) { p { (marked(&note)) } }
            dl {
                @for (label, said) in parts::author(finding) { dt { (label) } dd { (marked(&said)) } }
            }
        }
    }
}

fn severity(severity: Severity) -> Markup {
    html! { span class={ "severity " (severity) } { (severity.to_string()) } }
}

/// Returns the message of a finding, with text in backticks as code.
pub fn message(finding: &Finding) -> Markup {
    marked(&parts::message(finding))
}

/// Returns `text`, with text in backticks as code; unpaired backticks are shown as text.
pub fn marked(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return html! { (text) };
    }
    html! {
        @for (i, part) in parts.iter().enumerate() {
            @if i % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

fn places(sites: &[Location], most: usize, sources: &Sources<'_>) -> Markup {
    let sites = parts::in_order(sites);
    html! {
        @for site in sites.iter().take(most) { (excerpt(parts::at(site), sources)) }
        @if sites.len() > most { p { (parts::more(&sites[most..])) } }
    }
}

/// Returns a place and its first line, with the place marked.
fn excerpt(at: At<'_>, sources: &Sources<'_>) -> Markup {
    let text = sources.file(at.file);
    let line = text.as_deref().and_then(|t| t.line(at.span.start.line)).filter(|l| l.len() <= MAX_LINE);
    html! {
        figure {
            figcaption { (parts::place(at)) }
            @if let Some([before, within, after]) = line.map(|line| split(line, at)) {
                pre { code {
                    span.line aria-hidden="true" { (at.span.start.line) } (before) mark { (within) } (after)
                } }
            }
        }
    }
}

/// Splits a line into the text before, within and after the place.
fn split(line: &str, at: At<'_>) -> [String; 3] {
    let byte = |column: u32| {
        let nth = line.char_indices().nth(column.saturating_sub(1) as usize);
        nth.map_or(line.len(), |(i, _)| i)
    };
    let start = byte(at.span.start.column);
    let one_line = at.span.start.line == at.span.end.line;
    let end = if one_line { byte(at.span.end.column).max(start) } else { line.len() };
    [&line[..start], &line[start..end], &line[end..]]
        .map(|part| Printable(&part.replace('\t', "    ")).to_string())
}
