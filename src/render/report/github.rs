//! GitHub Actions: workflow commands that annotate the lines of a pull request.
//!
//! Only new findings are reported: known ones would displace them, since GitHub shows ten
//! annotations of each level for a step. The values are escaped like those of the runner's own
//! toolkit.

use std::fmt::Write as _;

use super::{Format, ReportContext, parts};
use crate::{
    base::{diagnostic::Severity, text::Printable},
    judge::{check::Report, rules::finding::Finding},
};

/// The GitHub Actions format.
pub const FORMAT: Format =
    Format { name: "github", doc: "GitHub Actions: annotations and, on a runner, a step summary", render };

/// The variable that holds the file to which a step's summary is appended.
pub const SUMMARY_FILE: &str = "GITHUB_STEP_SUMMARY";

fn render(report: &Report, context: &ReportContext<'_>) -> String {
    parts::new(report).map(|finding| command(finding, context)).collect()
}

fn command(finding: &Finding, context: &ReportContext<'_>) -> String {
    let mut properties = Vec::new();
    if let Some(at) = parts::primary(finding, context.rules) {
        properties.push(("file", Printable(&context.in_repository(at.file)).to_string()));
        let (start, end) = (at.span.start, at.span.end);
        if !at.span.is_nowhere() {
            properties.push(("line", start.line.to_string()));
            properties.push(("endLine", end.line.max(start.line).to_string()));
        }
        if !at.span.is_nowhere() && start.line == end.line {
            properties.push(("col", start.column.to_string()));
            properties.push(("endColumn", end.column.saturating_sub(1).max(start.column).to_string()));
        }
    }
    properties.push(("title", Printable(&finding.rule).to_string()));
    let mut line = format!("::{}", level(finding.severity));
    for (i, (key, value)) in properties.iter().enumerate() {
        let before = if i == 0 { ' ' } else { ',' };
        // Writing to a `String` does not fail.
        let _ = write!(line, "{before}{key}={}", property(value));
    }
    format!("{line}::{}\n", data(&parts::plain(finding)))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
        Severity::Info | Severity::Off => "notice",
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
