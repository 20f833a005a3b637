//! Markdown, for a comment on a pull request: what is new first, a picture of it, details folded.
//!
//! The text is never longer than a comment may be ([`LIMIT`]); what is cut is counted at its end. Text of the workspace
//! stands escaped, in an HTML block of one line, or in a fence longer than any in it: it neither formats nor links.

use std::fmt::Write as _;

use super::{Context, Format, html, parts, picture, text};
use crate::{
    base::text::Visible,
    judge::{
        check::Report,
        rules::finding::{Finding, Status},
    },
};

/// The format.
pub const FORMAT: Format =
    Format { name: "markdown", doc: "Markdown for a comment on a pull request", render };

/// The most that a comment holds. The hosts count characters; bytes are at least as many.
pub const LIMIT: usize = 65_536;
/// Up to here findings have their details; beyond it there is one line for each.
const DETAILED: usize = 40_000;
/// What the closing statement takes at most.
const CLOSING: usize = 400;
/// The most rules in the table.
const ROWS: usize = 60;
/// The most characters of a picture.
const PICTURE: usize = 12_000;

/// Text that must not grow too long, and what found no place in it.
struct Page {
    text: String,
    undetailed: usize,
    left_out: usize,
}

fn render(report: &Report, context: &Context<'_>) -> String {
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
        // A String takes all that is written.
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
        let (rule, code) = (escape(&Visible(count.rule).to_string()), escape(count.code));
        // A String takes all that is written.
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
        // A String takes all that is written.
        let _ = writeln!(text, "\nThe picture leaves out {}.", parts::count(picture.left_out, "edge"));
    }
    text
}

/// The findings of one status.
fn section(findings: &[&Finding], context: &Context<'_>, page: &mut Page) {
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
    fn push(&mut self, finding: &Finding, context: &Context<'_>) {
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

/// What was cut, and where it is to be had.
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

/// A finding as a line that opens.
fn block(finding: &Finding, context: &Context<'_>) -> String {
    let full = text::finding(finding, context.sources, text::Style::default());
    let headline = headline(finding, context);
    format!("\n<details><summary>{headline}</summary>\n\n{}\n</details>\n", fenced("text", &full))
}

/// The message, the place and the rule, as HTML on one line; Markdown leaves such a line alone within a block of HTML.
fn headline(finding: &Finding, context: &Context<'_>) -> String {
    let at = parts::primary(finding, context.rules);
    let place = at.map(|at| parts::place(parts::At { file: &context.in_repository(at.file), ..at }));
    maud::html! {
        b { (finding.severity.to_string()) } " " code { (Visible(&finding.rule).to_string()) } ": "
        (html::message(finding))
        @if let Some(place) = place { br; code { (place) } }
    }
    .into_string()
}

/// `text` in a fence that it can not close.
pub fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}\n")
}

/// `text` as itself; its own line ends stay.
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
