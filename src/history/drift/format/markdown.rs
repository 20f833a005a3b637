//! Markdown, for a comment on a pull request: the failures, a picture of the changes, new findings,
//! and the rest folded.
//!
//! The text is never longer than a comment may be ([`LIMIT`]), and states how much was cut. Text of
//! the workspace is escaped, or is in an HTML block of one line, or in a fence longer than any in
//! the text.

use std::fmt::Write as _;

use super::{
    DriftContext, mermaid,
    parts::{self, Section},
};
use crate::{
    history::drift::Drift,
    judge::rules::finding::Finding,
    render::report::{
        html,
        markdown::{LIMIT, escape, fenced},
        text,
    },
};

/// The maximum number of lines of a section.
const LINES: usize = 40;
/// The maximum length of the closing statement.
const CLOSING: usize = 300;
/// The maximum length of a picture.
const PICTURE: usize = 12_000;

/// Text of limited length, and the number of parts that were left out.
struct Page {
    text: String,
    left_out: usize,
}

/// Returns the comment for the whole drift.
pub fn render(drift: &Drift, context: &DriftContext<'_>) -> String {
    let mut page = Page { text: head(drift, context), left_out: 0 };
    page.push(&picture(drift));
    page.push(&numbers(drift));
    let shown = parts::shown(drift);
    if !shown.is_empty() {
        page.push(&format!("\n### New findings: {}\n", shown.len()));
    }
    for (finding, note) in shown {
        page.push(&block(finding, note.as_deref(), context));
    }
    let weaker = drift.permissions.weaker() > 0;
    if let Some(section) = parts::permissions(drift) {
        page.push(&folded(&section, weaker));
    }
    let sections = parts::sections(drift).into_iter().chain(parts::other_findings(drift));
    for section in sections {
        page.push(&folded(&section, false));
    }
    if page.left_out > 0 {
        let left_out = parts::count(page.left_out, "part");
        let said = format!(
            "\nCut to the {LIMIT} characters of a comment: {left_out} left out. `archlint drift` shows them all.\n"
        );
        page.text.push_str(&said);
    }
    page.text
}

impl Page {
    fn push(&mut self, part: &str) {
        if self.text.len() + part.len() + CLOSING <= LIMIT {
            self.text.push_str(part);
        } else {
            self.left_out += 1;
        }
    }
}

fn head(drift: &Drift, context: &DriftContext<'_>) -> String {
    let mut text = format!(
        "## archlint: {}\n\nFrom {} to {}.\n",
        escape(&parts::totals(drift)),
        escape(&parts::side(&drift.base)),
        escape(&parts::side(&drift.head))
    );
    // Writing to a `String` does not fail.
    for failure in context.failures {
        let _ = writeln!(text, "\n**Fails:** {}.", escape(failure));
    }
    for note in drift.notes.iter().chain(&drift.unseen) {
        let _ = writeln!(text, "\n{}", escape(note));
    }
    text
}

fn picture(drift: &Drift) -> String {
    let Some(picture) = mermaid::picture(drift).filter(|p| p.mermaid.len() <= PICTURE) else {
        return String::new();
    };
    let mut text =
        format!("\n```mermaid\n{}```\n\nGreen and `+`: added. Red and dashed: removed.", picture.mermaid);
    if picture.left_out > 0 {
        // Writing to a `String` does not fail.
        let _ = write!(text, " The picture leaves out {}.", parts::count(picture.left_out, "change"));
    }
    text + "\n"
}

fn numbers(drift: &Drift) -> String {
    let rows: Vec<[String; 4]> =
        drift.numbers.iter().filter(|n| n.rise() != 0.0).map(parts::number).collect();
    if rows.is_empty() {
        return String::new();
    }
    let mut text = String::from("\n| | before | after | |\n|---|--:|--:|--:|\n");
    for [name, before, after, change] in rows {
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "| {name} | {before} | {after} | {} |", escape(&change));
    }
    text
}

/// Returns a finding as a line that expands.
fn block(finding: &Finding, note: Option<&str>, context: &DriftContext<'_>) -> String {
    let full = text::finding(finding, context.sources, text::Style::default());
    let note = note.map(|note| format!("\n  = note: {note}")).unwrap_or_default();
    let headline = maud::html! {
        b { (finding.severity.to_string()) } " " code { (crate::base::text::Printable(&finding.rule).to_string()) } ": "
        (html::message(finding))
    };
    let headline = headline.into_string();
    let full = fenced("text", &(full + &note));
    format!("\n<details><summary>{headline}</summary>\n\n{full}\n</details>\n")
}

/// Returns a section as a line that expands; `open` says whether it is initially expanded.
fn folded(section: &Section, open: bool) -> String {
    let open = if open { " open" } else { "" };
    let title = maud::html! { (section.title) }.into_string();
    let mut text = format!("\n<details{open}><summary>{title}</summary>\n\n");
    for line in section.lines.iter().take(LINES) {
        let note =
            if line.note.is_empty() { String::new() } else { format!(" — {}", code_or_text(&line.note)) };
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "- {} {}{note}", escape(line.sign.text()), code_or_text(&line.text));
    }
    if let Some(more) = section.lines.len().checked_sub(LINES).filter(|more| *more > 0) {
        let _ = writeln!(text, "- … and {more} more");
    }
    text + "\n</details>\n"
}

/// Returns `text` on one line of HTML, in which Markdown has no effect, with text in backticks as
/// code.
fn code_or_text(text: &str) -> String {
    // maud escapes the text for HTML; characters that Markdown would still interpret in it, such as
    // `*`, become entities.
    let html = html::marked(text).into_string();
    let special = |c: char| matches!(c, '*' | '_' | '[' | ']' | '~' | '|' | '$' | '\\' | '`' | '@' | '#');
    html.chars().map(|c| if special(c) { format!("&#{};", c as u32) } else { c.to_string() }).collect()
}
