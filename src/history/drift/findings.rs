//! Findings that came, grew and went, each side judged by its own rules; and whether the code or the rules made it so.
//!
//! A finding is known by its fingerprint, with moved modules called what they are called now. What the baseline file itself gives rise
//! to is left out: it says nothing of the architecture.

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

/// What changed among findings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Those of the head that the base has not, and that neither waiver nor baseline accepts.
    pub new: Vec<Change>,
    /// Those of the head that the base has not, accepted by a waiver or the baseline.
    pub accepted: Vec<Change>,
    /// Those that both have and that have become more.
    pub grown: Vec<Growth>,
    /// Those of the base that the head has not.
    pub resolved: Vec<Change>,
    /// How many both have.
    pub unchanged: usize,
}

/// What made a finding come or go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// The code.
    Code,
    /// The configuration: the same code is judged otherwise.
    Configuration,
}

/// A finding that came or went.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The finding, as its side has it.
    pub finding: Finding,
    /// Why.
    pub cause: Cause,
}

/// A finding that has become more.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// The finding, as the head has it.
    pub finding: Finding,
    /// How much of it there was.
    pub before: u64,
}

/// Findings by fingerprint.
pub(super) type ByFingerprint<'a> = BTreeMap<String, &'a Finding>;

/// What changed from `base` to `head`, where modules moved as `moves` says.
pub fn between(base: Side<'_>, head: Side<'_>, moves: &Moves) -> Findings {
    let none = Moves::new();
    let (old, new) = (by_fingerprint(base.report, moves), by_fingerprint(head.report, &none));
    // The base as the head's rules see it, and the other way round.
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

/// The findings of a report that are about the architecture.
pub(super) fn reported(report: &Report) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(|f| f.code != baseline::CODE && f.severity > Severity::Off)
}

/// The findings of a report, with moved modules called what they are called now.
pub(super) fn by_fingerprint<'a>(report: &'a Report, moves: &Moves) -> ByFingerprint<'a> {
    reported(report).map(|finding| (now(&finding.fingerprint, moves), finding)).collect()
}

fn now(fingerprint: &str, moves: &Moves) -> String {
    let words = fingerprint.split(' ').map(|word| moves.get(word).map_or(word, String::as_str));
    words.collect::<Vec<_>>().join(" ")
}

impl Findings {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        let come = self.new.is_empty() && self.accepted.is_empty() && self.grown.is_empty();
        come && self.resolved.is_empty()
    }

    /// Those that a gate counts: new or grown, not accepted, and no mere remarks.
    pub fn counted(&self) -> usize {
        let new = self.new.iter().map(|change| &change.finding);
        let grown = self.grown.iter().map(|growth| &growth.finding).filter(|f| f.status == Status::New);
        new.chain(grown).filter(|finding| finding.severity >= Severity::Warn).count()
    }
}
