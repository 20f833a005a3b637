//! Checks of a change: a finding that a revision has counts as known, and what the change newly permits
//! is a finding.

use std::collections::BTreeSet;

use super::{
    Comparison, History, Point, Range, Session,
    analysis::Options,
    compare,
    error::{Error, ErrorKind},
};
use crate::{
    base::{
        codes::{self, Code},
        diagnostic::Severity,
        place::Place,
        span::Span,
    },
    history::drift::{Drift, permissions::Permissions},
    judge::{
        check::{Report, baseline},
        rules::finding::{Finding, Location, Status, at_place},
    },
};

/// The difference of the work tree from a revision.
#[derive(Debug)]
pub struct Since {
    drift: Drift,
}

/// Opens the work tree and compares it with a revision.
///
/// # Errors
/// Returns an error if there is no such revision, or one of both cannot be read.
pub fn since(options: &Options, revision: &str) -> Result<(Session, Since), Error> {
    let history = History::open(options)?;
    let base = Point::Commit(history.revision(revision)?);
    let range = Range { base, head: Point::WorkTree, notes: Vec::new() };
    let Comparison { drift, head, .. } = compare(&history, &range, options)?;
    let none = || Error::new(ErrorKind::Workspace, "the work tree has no workspace");
    let project = head.project.ok_or_else(none)?;
    Ok((Session { project, analysis: head.analysis }, Since { drift }))
}

impl Since {
    /// Marks the findings of `report`, that of the session, which the revision has as known. Adds a
    /// finding for what was not compared, and one for each new permission if `permissions` are asked
    /// for.
    pub fn apply(&self, report: &mut Report, permissions: bool) {
        let findings = &self.drift.findings;
        let new = findings.new.iter().map(|change| &change.finding);
        let added = new.chain(findings.grown.iter().map(|growth| &growth.finding));
        let added: BTreeSet<&str> = added.map(|finding| finding.fingerprint.as_str()).collect();
        for finding in &mut report.findings {
            // The comparison leaves findings about the baseline out, and those about the check itself.
            let is_compared = finding.code != baseline::CODE && finding.code != codes::TOO_MANY_FINDINGS.name;
            if finding.status == Status::New && is_compared && !added.contains(finding.fingerprint.as_str()) {
                finding.status = Status::Baseline;
            }
        }
        let unseen = self.drift.unseen.iter().map(|why| about(codes::INCOMPLETE_COMPARISON, why, None));
        report.findings.extend(unseen);
        if permissions {
            report.findings.extend(permitted(&self.drift.permissions));
        }
        report.recount();
    }
}

/// Returns a finding for each new permission.
fn permitted(permissions: &Permissions) -> Vec<Finding> {
    let found = |finding: &Finding, how: &str| {
        let text = format!("{how}: {} ({})", finding.message, finding.rule);
        let place = finding.sites.first().cloned();
        about(codes::NEW_PERMISSION, &text, place)
    };
    let rules = permissions.permitted.iter().map(|finding| found(finding, "the rules permit now"));
    let lowered = permissions.lowered.iter().map(|(finding, before)| {
        found(finding, &format!("of severity {before} before, {} now", finding.severity))
    });
    let accepted = permissions.accepted.iter().map(|f| found(f, "a waiver or the baseline accepts now"));
    let written = permissions.written.iter().filter(|written| written.weaker).map(|written| {
        let how = if written.after.is_none() { "was removed" } else { "is weaker" };
        about(codes::NEW_PERMISSION, &format!("`{}` {how}", written.what), None)
    });
    let waivers = permissions.waivers_gained.iter().map(|waiver| {
        let text = format!("there is a new waiver of {}", waiver.rules.join(", "));
        about(codes::NEW_PERMISSION, &text, Some(in_file(&waiver.file)))
    });
    let entries = permissions.baseline_gained.iter().map(|entry| {
        let text = format!("the baseline has a new entry, or one that allows more: {entry}");
        about(codes::NEW_PERMISSION, &text, Some(in_file(baseline::FILE)))
    });
    rules.chain(lowered).chain(accepted).chain(written).chain(waivers).chain(entries).collect()
}

/// Returns a finding about the change rather than the code.
fn about(code: &'static Code, message: &str, place: Option<Location>) -> Finding {
    let fingerprint = format!("{} {message}", code.name);
    let finding = Finding::about_the_check(code.name, Severity::Error);
    let (message, sites) = (message.trim_end_matches('.').to_owned(), place.into_iter().collect());
    Finding { message, sites, fingerprint, ..finding }
}

/// Returns the place of a file as a whole.
fn in_file(file: &str) -> Location {
    at_place(&Place { file: file.into(), span: Span::default() })
}
