//! Findings that are new, grew or were resolved. Each side is judged by its own rules, and each
//! change is attributed to the code or to the rules.
//!
//! A finding is identified by its fingerprint, with the present ids of moved modules. Findings
//! about the baseline file itself are left out, since they say nothing about the architecture.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Side, shape::Moves};
use crate::{
    base::diagnostic::Severity,
    judge::{
        check::{Report, baseline},
        rules::finding::{Finding, Status},
    },
};

/// The changes of findings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// The findings of the head that the base does not have, and that neither a waiver nor the
    /// baseline accepts.
    pub new: Vec<Change>,
    /// The findings of the head that the base does not have, accepted by a waiver or the baseline.
    pub accepted: Vec<Change>,
    /// The findings of both sides that have grown.
    pub grown: Vec<Growth>,
    /// The findings of the base that the head does not have.
    pub resolved: Vec<Change>,
    /// The number of findings that both sides have.
    pub unchanged: usize,
}

/// The cause of a new or resolved finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// The code.
    Code,
    /// The configuration: the same code is judged differently.
    Configuration,
}

/// A new or resolved finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The finding, as reported for its side.
    pub finding: Finding,
    /// The cause of the change.
    pub cause: Cause,
}

/// A finding that has grown.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// The finding, as reported for the head.
    pub finding: Finding,
    /// The amount of the finding in the base.
    pub before: u64,
}

/// Findings by fingerprint.
pub(super) type ByFingerprint<'a> = BTreeMap<String, &'a Finding>;

/// Returns the changes of findings from `base` to `head`, with modules moved as given in `moves`.
pub fn between(base: Side<'_>, head: Side<'_>, moves: &Moves) -> Findings {
    let none = Moves::new();
    let (old, new) = (by_fingerprint(base.report, moves), by_fingerprint(head.report, &none));
    // The base judged by the head's rules, and the head judged by the base's rules.
    let (old_by_new, new_by_old) =
        (by_fingerprint(base.by_other, moves), by_fingerprint(head.by_other, &none));
    let mut findings = Findings::default();
    for finding in reported(head.report) {
        let Some(before) = old.get(&finding.fingerprint) else {
            let cause = cause(old_by_new.contains_key(&finding.fingerprint));
            let change = Change { finding: finding.clone(), cause };
            let is_new = finding.status == Status::New;
            if is_new {
                findings.new.push(change)
            } else {
                findings.accepted.push(change)
            }
            continue;
        };
        if finding.extent > before.extent {
            findings.grown.push(Growth { finding: finding.clone(), before: before.extent });
        } else {
            findings.unchanged += 1;
        }
    }
    for (fingerprint, finding) in old.iter().filter(|(fingerprint, _)| !new.contains_key(*fingerprint)) {
        let cause = cause(new_by_old.contains_key(fingerprint));
        findings.resolved.push(Change { finding: (*finding).clone(), cause });
    }
    findings
}

fn cause(other_rules_differ: bool) -> Cause {
    if other_rules_differ { Cause::Configuration } else { Cause::Code }
}

/// Returns the findings of a report that concern the architecture.
pub(super) fn reported(report: &Report) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(|f| f.code != baseline::CODE && f.severity > Severity::Off)
}

/// Returns the findings of a report by fingerprint, with the present ids of moved modules.
pub(super) fn by_fingerprint<'a>(report: &'a Report, moves: &Moves) -> ByFingerprint<'a> {
    reported(report).map(|finding| (now(&finding.fingerprint, moves), finding)).collect()
}

fn now(fingerprint: &str, moves: &Moves) -> String {
    let words = fingerprint.split(' ').map(|word| moves.get(word).map_or(word, String::as_str));
    words.collect::<Vec<_>>().join(" ")
}

impl Findings {
    /// Returns whether there are no changes.
    pub fn is_empty(&self) -> bool {
        let come = self.new.is_empty() && self.accepted.is_empty() && self.grown.is_empty();
        come && self.resolved.is_empty()
    }

    /// Returns the number of findings that a gate counts: new or grown, not accepted, and of
    /// severity warn or error.
    pub fn counted(&self) -> usize {
        let new = self.new.iter().map(|change| &change.finding);
        let grown = self.grown.iter().map(|growth| &growth.finding).filter(|f| f.status == Status::New);
        new.chain(grown).filter(|finding| finding.severity >= Severity::Warn).count()
    }
}
