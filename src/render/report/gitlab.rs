//! GitLab Code Quality: a JSON list of issues.
//!
//! GitLab compares the fingerprints of two branches, so the list contains the findings of the
//! baseline, with the severity `info`; it does not contain waived findings. Fingerprints are unique
//! in the list, as GitLab requires.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Format, ReportContext, parts};
use crate::{
    base::{diagnostic::Severity, text::Printable},
    judge::{
        check::Report,
        rules::finding::{Finding, Status},
    },
};

/// The GitLab Code Quality format.
pub const FORMAT: Format = Format { name: "gitlab", doc: "GitLab Code Quality: JSON", render };

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

fn render(report: &Report, context: &ReportContext<'_>) -> String {
    let findings = parts::new_first(report).into_iter().filter(|f| f.status != Status::Waived);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let issues: Vec<Issue> = findings
        .map(|finding| {
            let nth = seen.entry(&finding.fingerprint).or_insert(0);
            *nth += 1;
            issue(finding, *nth, context)
        })
        .collect();
    crate::render::json::pretty(&issues)
}

/// Returns the `nth` issue with the same fingerprint, from 1.
fn issue(finding: &Finding, nth: usize, context: &ReportContext<'_>) -> Issue {
    let at = parts::primary(finding, context.rules);
    let (start, end) = at.map_or((1, 1), |at| (at.span.start.line.max(1), at.span.end.line));
    let again = if nth > 1 { format!(" #{nth}") } else { String::new() };
    Issue {
        // On one line, since GitLab shows it so.
        description: parts::plain(finding).replace('\n', "; "),
        check_name: Printable(&finding.rule).to_string(),
        fingerprint: format!("{}{again}", finding.fingerprint),
        severity: if finding.status == Status::New { severity(finding.severity) } else { "info" },
        location: Location {
            path: context.in_repository(at.map_or(super::CONFIGURATION, |at| at.file)),
            lines: Lines { begin: start, end: end.max(start) },
        },
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warn => "minor",
        Severity::Info | Severity::Off => "info",
    }
}
