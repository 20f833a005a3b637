//! Text for the terminal: sections of lines, new findings in the style of rustc's diagnostics,
//! numbers as a table.

use std::fmt::Write as _;

use super::{
    DriftContext,
    parts::{self, Line, Section, Sign},
};
use crate::{base::text::Printable, history::drift::Drift, render::report::text};

/// The maximum number of lines of a section.
const LINES: usize = 30;
/// The maximum number of findings shown with their source.
const FINDINGS: usize = 50;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const YELLOW: &str = "\u{1b}[33m";
const PLAIN: &str = "\u{1b}[0m";

/// The output text, and its context with the choice of colours.
struct Page<'a> {
    text: String,
    context: &'a DriftContext<'a>,
}

/// Returns the text for the whole drift.
pub fn render(drift: &Drift, context: &DriftContext<'_>) -> String {
    let mut page = Page { text: String::new(), context };
    page.title(&parts::headline(drift));
    for note in drift.notes.iter().chain(&drift.unseen) {
        page.text.push_str(&format!("note: {}\n", Printable(note)));
    }
    for section in parts::sections(drift) {
        page.section(&section);
    }
    page.findings(drift);
    for section in [parts::other_findings(drift), parts::permissions(drift)].into_iter().flatten() {
        page.section(&section);
    }
    page.numbers(drift);
    page.text.push('\n');
    page.title(&parts::totals(drift));
    for failure in context.failures {
        let red = page.paint(RED, &format!("fails: {failure}"));
        page.text.push_str(&(red + "\n"));
    }
    page.text
}

impl Page<'_> {
    fn paint(&self, color: &str, text: &str) -> String {
        if self.context.style.color { format!("{color}{text}{PLAIN}") } else { text.to_owned() }
    }

    fn title(&mut self, text: &str) {
        let bold = self.paint(BOLD, text);
        self.text.push_str(&(bold + "\n"));
    }

    fn section(&mut self, section: &Section) {
        self.text.push('\n');
        self.title(&section.title);
        for line in section.lines.iter().take(LINES) {
            self.line(line);
        }
        if let Some(more) = section.lines.len().checked_sub(LINES).filter(|more| *more > 0) {
            let more = self.paint(DIM, &format!("  … and {more} more; `--format json` has all"));
            self.text.push_str(&(more + "\n"));
        }
    }

    fn line(&mut self, line: &Line) {
        let color = match line.sign {
            Sign::More => GREEN,
            Sign::Less => RED,
            Sign::Other => YELLOW,
        };
        let said = self.paint(color, &format!("{} {}", line.sign.text(), line.text.replace('`', "")));
        let note = if line.note.is_empty() {
            String::new()
        } else {
            format!("  {}", self.paint(DIM, &line.note.replace('`', "")))
        };
        self.text.push_str(&format!("  {said}{note}\n"));
    }

    fn findings(&mut self, drift: &Drift) {
        let shown = parts::shown(drift);
        if shown.is_empty() {
            return;
        }
        self.text.push('\n');
        self.title(&format!("new findings: {}", shown.len()));
        self.text.push('\n');
        for (finding, note) in shown.iter().take(FINDINGS) {
            self.text.push_str(&text::finding(finding, self.context.sources, self.context.style));
            if let Some(note) = note {
                self.text.push_str(&format!("\n  = note: {note}"));
            }
            self.text.push_str("\n\n");
        }
        // Each finding is followed by an empty line, which is removed at the end of the section.
        self.text.pop();
        if shown.len() > FINDINGS {
            self.text.push_str(&format!(
                "… and {} more; `archlint check` shows them all\n",
                shown.len() - FINDINGS
            ));
        }
    }

    fn numbers(&mut self, drift: &Drift) {
        let rows: Vec<[String; 4]> =
            drift.numbers.iter().filter(|n| n.rise() != 0.0).map(parts::number).collect();
        if rows.is_empty() {
            return;
        }
        self.text.push('\n');
        self.title("numbers");
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let [name, before, after, change] = [width(0), width(1), width(2), width(3)];
        for row in &rows {
            // Writing to a `String` does not fail.
            let _ = writeln!(
                self.text,
                "  {:name$}  {:>before$} → {:>after$}  {:>change$}",
                row[0], row[1], row[2], row[3]
            );
        }
    }
}
