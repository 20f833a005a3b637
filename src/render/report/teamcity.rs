//! TeamCity: service messages that fill the build's inspections.
//!
//! Only new findings are reported. Each rule is announced before its first finding. Values are cut
//! to the maximum lengths of the server.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{Format, ReportContext, parts};
use crate::{
    base::{diagnostic::Severity, text::Printable},
    judge::{check::Report, rules::finding::Finding},
};

/// The TeamCity format.
pub const FORMAT: Format =
    Format { name: "teamcity", doc: "TeamCity: service messages for the build's inspections", render };

/// The server's maximum length of a name, in characters.
const NAME: usize = 255;
/// The server's maximum length of any other value, in characters.
const VALUE: usize = 4_000;

fn render(report: &Report, context: &ReportContext<'_>) -> String {
    let mut announced = BTreeSet::new();
    let mut out = String::new();
    for finding in parts::new(report) {
        if announced.insert(finding.rule.as_str()) {
            out.push_str(&inspection_type(finding));
        }
        out.push_str(&inspection(finding, context));
    }
    out
}

fn inspection_type(finding: &Finding) -> String {
    let rule = Printable(&finding.rule).to_string();
    // The server renders a description as HTML.
    let why = finding.reason.as_deref().map_or_else(|| parts::purpose(finding.code).to_owned(), parts::lines);
    let why = maud::html! { (cut(&why, VALUE / 8)) }.into_string();
    let category = format!("archlint: {}", finding.code);
    let values = [("id", &rule, NAME), ("name", &rule, NAME), ("category", &category, NAME)];
    message("inspectionType", &[&values[..], &[("description", &why, VALUE)]].concat())
}

fn inspection(finding: &Finding, context: &ReportContext<'_>) -> String {
    let rule = Printable(&finding.rule).to_string();
    let text = parts::plain(finding);
    let severity = severity(finding.severity).to_owned();
    // The server requires a file for each finding; one without a place is attributed to the
    // configuration.
    let at = parts::primary(finding, context.rules);
    let file = Printable(&context.in_repository(at.map_or(super::CONFIGURATION, |at| at.file))).to_string();
    let line = at.map_or(1, |at| at.span.start.line.max(1)).to_string();
    let values = [
        ("typeId", &rule, NAME),
        ("message", &text, VALUE),
        ("file", &file, VALUE),
        ("line", &line, NAME),
        ("SEVERITY", &severity, NAME),
    ];
    message("inspection", &values)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warn => "WARNING",
        Severity::Info | Severity::Off => "INFO",
    }
}

fn message(name: &str, values: &[(&str, &String, usize)]) -> String {
    let mut out = format!("##teamcity[{name}");
    for (key, value, most) in values {
        // Writing to a `String` does not fail.
        let _ = write!(out, " {key}='{}'", escape(&cut(value, *most)));
    }
    out.push_str("]\n");
    out
}

/// Returns the first `most` characters; the last of them is `…` if the text was cut.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("|n"),
            '\r' => out.push_str("|r"),
            '|' | '\'' | '[' | ']' => out.extend(['|', c]),
            c if c.is_ascii() => out.push(c),
            c => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    // Writing to a `String` does not fail.
                    let _ = write!(out, "|0x{unit:04X}");
                }
            }
        }
    }
    out
}
