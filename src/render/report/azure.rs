//! Azure Pipelines: logging commands that list issues with a build.
//!
//! Only new findings are reported. A logged issue is an error or a warning, so an info finding is a
//! warning here. The values are escaped such that the agent unescapes them: `%` first, as `%AZP25`.

use std::fmt::Write as _;

use super::{Format, ReportContext, parts};
use crate::{
    base::{diagnostic::Severity, text::Printable},
    judge::{check::Report, rules::finding::Finding},
};

/// The Azure Pipelines format.
pub const FORMAT: Format =
    Format { name: "azure", doc: "Azure Pipelines: logging commands for the build's issues", render };

fn render(report: &Report, context: &ReportContext<'_>) -> String {
    parts::new(report).map(|finding| command(finding, context)).collect()
}

fn command(finding: &Finding, context: &ReportContext<'_>) -> String {
    let severity = if finding.severity == Severity::Error { "error" } else { "warning" };
    let mut line = format!("##vso[task.logissue type={severity};");
    let mut add = |key: &str, value: &str| {
        // Writing to a `String` does not fail.
        let _ = write!(line, "{key}={};", property(value));
    };
    if let Some(at) = parts::primary(finding, context.rules) {
        add("sourcepath", &Printable(&context.in_repository(at.file)).to_string());
        if !at.span.is_nowhere() {
            add("linenumber", &at.span.start.line.to_string());
            add("columnnumber", &at.span.start.column.to_string());
        }
    }
    add("code", &Printable(&finding.rule).to_string());
    format!("{line}]{}\n", data(&parts::plain(finding)))
}

fn data(text: &str) -> String {
    text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}
