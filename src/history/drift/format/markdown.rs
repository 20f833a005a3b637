//! Markdown, for a comment on a pull request: what fails, what changed in a picture, new findings, the rest folded.
//!
//! Never longer than a comment may be ([`LIMIT`]): what is cut is counted. Text of the workspace stands escaped, in an HTML block
//! of one line, or in a fence longer than any in it.

use std::fmt::Write as _;

use super::{
    Context, mermaid,
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

/// So many lines of a section are shown.
const LINES: usize = 40;
/// What the closing statement takes at most.
const CLOSING: usize = 300;
/// The most characters of a picture.
const PICTURE: usize = 12_000;

/// Text that must not grow too long, and how many parts found no place in it.
struct Page {
    text: String,
    left_out: usize,
}

/// The whole drift.
pub fn render(drift: &Drift, context: &Context<'_>) -> String {
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

fn head(drift: &Drift, context: &Context<'_>) -> String {
    let mut text = format!(
        "## archlint: {}\n\nFrom {} to {}.\n",
        escape(&parts::totals(drift)),
        escape(&parts::side(&drift.base)),
        escape(&parts::side(&drift.head))
    );
    // A String takes all that is written.
    for failure in context.failures {
        let _ = writeln!(text, "\n**Fails:** {}.", escape(failure));
    }
    for note in &drift.notes {
        let _ = writeln!(text, "\n{}", escape(note));
    }
    text
}

fn picture(drift: &Drift) -> String {
    let Some(picture) = mermaid::picture(drift).filter(|p| p.mermaid.len() <= PICTURE) else {
        return String::new();
    };
    let mut text =
        format!("\n```mermaid\n{}```\n\nGreen and `+` came, red and dashed went.", picture.mermaid);
    if picture.left_out > 0 {
        // A String takes all that is written.
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
        // A String takes all that is written.
        let _ = writeln!(text, "| {name} | {before} | {after} | {} |", escape(&change));
    }
    text
}

/// A finding as a line that opens.
fn block(finding: &Finding, note: Option<&str>, context: &Context<'_>) -> String {
    let full = text::finding(finding, context.sources, text::Style::default());
    let note = note.map(|note| format!("\n  = note: {note}")).unwrap_or_default();
    let headline = maud::html! {
        b { (finding.severity.to_string()) } " " code { (crate::base::text::Visible(&finding.rule).to_string()) } ": "
        (html::message(finding))
    };
    let headline = headline.into_string();
    let full = fenced("text", &(full + &note));
    format!("\n<details><summary>{headline}</summary>\n\n{full}\n</details>\n")
}

/// A section as a line that opens, open already where it matters.
fn folded(section: &Section, open: bool) -> String {
    let open = if open { " open" } else { "" };
    let title = maud::html! { (section.title) }.into_string();
    let mut text = format!("\n<details{open}><summary>{title}</summary>\n\n");
    for line in section.lines.iter().take(LINES) {
        let note =
            if line.note.is_empty() { String::new() } else { format!(" — {}", code_or_text(&line.note)) };
        // A String takes all that is written.
        let _ = writeln!(text, "- {} {}{note}", escape(line.sign.text()), code_or_text(&line.text));
    }
    if let Some(more) = section.lines.len().checked_sub(LINES).filter(|more| *more > 0) {
        let _ = writeln!(text, "- … and {more} more");
    }
    text + "\n</details>\n"
}

/// `text` on one line of HTML, which Markdown leaves alone, with what stands in backticks as code.
fn code_or_text(text: &str) -> String {
    // Escaped for HTML by maud; what Markdown would still read in it, such as `*`, by entities.
    let html = html::marked(text).into_string();
    let special = |c: char| matches!(c, '*' | '_' | '[' | ']' | '~' | '|' | '$' | '\\' | '`' | '@' | '#');
    html.chars().map(|c| if special(c) { format!("&#{};", c as u32) } else { c.to_string() }).collect()
}
