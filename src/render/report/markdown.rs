//! Markdown, for a comment on a pull request: new findings first, with a picture, and details
//! folded.
//!
//! The text is never longer than a comment may be ([`LIMIT`]); a note at its end counts what was
//! cut. Text of the workspace is escaped, or is in an HTML block of one line, or in a fence longer
//! than any in the text, so that it can neither format nor link.

use std::fmt::Write as _;

use super::{Format, ReportContext, html, parts, picture, text};
use crate::{
    base::text::Printable,
    judge::{
        check::Report,
        rules::finding::{Finding, Status},
    },
};

/// The Markdown format.
pub const FORMAT: Format =
    Format { name: "markdown", doc: "Markdown for a comment on a pull request", render };

/// The maximum length of a comment in bytes. The hosts count characters, of which there are at most
/// as many.
pub const LIMIT: usize = 65_536;
/// The length up to which findings are written with their details; beyond it each finding is one
/// line.
const DETAILED: usize = 40_000;
/// The maximum length of the closing statement.
const CLOSING: usize = 400;
/// The maximum number of rules in the table.
const ROWS: usize = 60;
/// The maximum length of a picture.
const PICTURE: usize = 12_000;

/// Text of limited length, and the numbers of findings that were shortened or left out.
struct Page {
    text: String,
    undetailed: usize,
    left_out: usize,
}

fn render(report: &Report, context: &ReportContext<'_>) -> String {
    let mut page = Page { text: head(report), undetailed: 0, left_out: 0 };
    page.text.push_str(&table(report));
    page.text.push_str(&drawing(report));
    let findings = parts::new_first(report);
    for group in findings.chunk_by(|a, b| a.status == b.status) {
        section(group, context, &mut page);
    }
    page.text.push_str(&closing(&page));
    page.text
}

fn head(report: &Report) -> String {
    let summary = &report.summary;
    let mut text =
        format!("## archlint: {}\n\nChecked: {}.\n", parts::totals(summary), parts::scope(summary));
    if !summary.configured {
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "\n{}.", parts::UNCONFIGURED);
    }
    text
}

fn table(report: &Report) -> String {
    let counts = parts::by_rule(report);
    if counts.is_empty() {
        return String::new();
    }
    let mut text = String::from("\n| rule | kind | new | baseline | waived |\n|---|---|--:|--:|--:|\n");
    for count in counts.iter().take(ROWS) {
        let (rule, code) = (escape(&Printable(count.rule).to_string()), escape(count.code));
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "| {rule} | {code} | {} | {} | {} |", count.new, count.baseline, count.waived);
    }
    if counts.len() > ROWS {
        let _ = writeln!(text, "\nAnd {}.", parts::count(counts.len() - ROWS, "more rule"));
    }
    text
}

fn drawing(report: &Report) -> String {
    let Some(picture) = picture::picture(report).filter(|p| p.mermaid.len() <= PICTURE) else {
        return String::new();
    };
    let mut text = format!("\n```mermaid\n{}```\n", picture.mermaid);
    if picture.left_out > 0 {
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "\nThe picture leaves out {}.", parts::count(picture.left_out, "edge"));
    }
    text
}

/// Writes the findings of one status.
fn section(findings: &[&Finding], context: &ReportContext<'_>, page: &mut Page) {
    let Some(first) = findings.first() else { return };
    let title = match first.status {
        Status::New => "New",
        Status::Baseline => "Known to the baseline",
        Status::Waived => "Waived in the source",
    };
    page.text.push_str(&format!("\n### {title}\n"));
    for finding in findings {
        page.push(finding, context);
    }
}

impl Page {
    fn push(&mut self, finding: &Finding, context: &ReportContext<'_>) {
        let full = if self.text.len() < DETAILED { block(finding, context) } else { String::new() };
        if !full.is_empty() && self.fits(&full) {
            self.text.push_str(&full);
            return;
        }
        let line = format!("\n<p>{}</p>\n", headline(finding, context));
        if self.fits(&line) {
            self.text.push_str(&line);
            self.undetailed += 1;
        } else {
            self.left_out += 1;
        }
    }

    fn fits(&self, more: &str) -> bool {
        self.text.len() + more.len() + CLOSING <= LIMIT
    }
}

/// Returns a note on what was cut, and where the full report can be found.
fn closing(page: &Page) -> String {
    if page.undetailed + page.left_out == 0 {
        return String::new();
    }
    let shortened = parts::count(page.undetailed, "finding");
    let left_out = parts::count(page.left_out, "finding");
    format!(
        "\nCut to the {LIMIT} characters of a comment: {shortened} shown without details, {left_out} left out. \
         `archlint check` shows them all.\n"
    )
}

/// Returns a finding as a line that expands.
fn block(finding: &Finding, context: &ReportContext<'_>) -> String {
    let full = text::finding(finding, context.sources, text::Style::default());
    let headline = headline(finding, context);
    format!("\n<details><summary>{headline}</summary>\n\n{}\n</details>\n", fenced("text", &full))
}

/// Returns the message, the place and the rule as HTML on one line. Within an HTML block Markdown
/// does not interpret such a line.
fn headline(finding: &Finding, context: &ReportContext<'_>) -> String {
    let at = parts::primary(finding, context.rules);
    let place = at.map(|at| parts::place(parts::At { file: &context.in_repository(at.file), ..at }));
    maud::html! {
        b { (finding.severity.to_string()) } " " code { (Printable(&finding.rule).to_string()) } ": "
        (html::message(finding))
        @if let Some(place) = place { br; code { (place) } }
    }
    .into_string()
}

/// Returns `text` in a fence that the text cannot close.
pub fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}\n")
}

/// Returns `text` with all Markdown syntax escaped; its line ends stay.
pub fn escape(text: &str) -> String {
    text.split('\n').map(escape_line).collect::<Vec<_>>().join("\n")
}

fn escape_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for (i, c) in line.char_indices() {
        let before = line[..i].trim_start();
        let starts_block = match c {
            '-' | '+' | '#' | '=' => before.is_empty(),
            '.' | ')' => !before.is_empty() && before.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c if starts_block || "\\`*_[]~|$".contains(c) => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
