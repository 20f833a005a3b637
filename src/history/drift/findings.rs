//! Findings that are new, grew or were resolved. Each side is judged by its own rules, and each
//! change is attributed to the code or to the rules.
//!
//! A finding is identified as in a baseline: by each dependency that it consists of, or else by its
//! fingerprint, with the present ids of moved modules. So a dependency that replaces another one
//! inside a finding is growth. Findings about the baseline file itself are left out, since they say
//! nothing about the architecture.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Side, shape::Moves};
use crate::{
    base::{diagnostic::Severity, order::Order as _},
    judge::{
        check::{Report, baseline},
        rules::finding::{Finding, Part, Status},
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
    /// The fingerprints of the units that are new or have grown: dependencies, or the finding
    /// itself.
    pub added: Vec<String>,
}

/// Findings by fingerprint.
pub(super) type ByFingerprint<'a> = BTreeMap<String, &'a Finding>;

/// The units of the findings of a report, as a baseline has them, with the present ids of moved
/// modules.
pub(super) struct Known {
    /// The extent of each unit that no waiver accepts.
    open: BTreeMap<String, u64>,
    /// The extent of each waived unit. It does not make the same unit known where it is not waived.
    waived: BTreeMap<String, u64>,
}

impl Known {
    pub(super) fn new(report: &Report, moves: &Moves) -> Self {
        let mut known = Self { open: BTreeMap::new(), waived: BTreeMap::new() };
        for finding in reported(report) {
            let of = if finding.status == Status::Waived { &mut known.waived } else { &mut known.open };
            for (name, extent) in finding.units() {
                let before = of.entry(now(name, moves)).or_default();
                *before = extent.max(*before);
            }
        }
        known
    }

    /// Returns the known extent of a unit of a finding with this status.
    fn extent(&self, unit: &str, status: Status) -> Option<u64> {
        let waived = self.waived.get(unit).filter(|_| status == Status::Waived);
        self.open.get(unit).or(waived).copied()
    }

    /// Returns the units of `finding` that are not known, or not to that extent; `None` if none of
    /// its units is known.
    pub(super) fn unknown(&self, finding: &Finding) -> Option<Vec<String>> {
        let units = finding.units();
        let known = |unit: &str| self.extent(unit, finding.status);
        let is_more = |(unit, extent): &&(&str, u64)| known(unit).is_none_or(|before| *extent > before);
        let more = units.iter().filter(is_more).map(|(unit, _)| (*unit).to_owned()).collect();
        units.iter().any(|(unit, _)| known(unit).is_some()).then_some(more)
    }

    /// Returns whether a unit of `finding` is not known at all, accepted or not.
    pub(super) fn lacks_some(&self, finding: &Finding) -> bool {
        finding.units().iter().any(|(unit, _)| self.extent(unit, Status::Waived).is_none())
    }

    /// Returns the known amount of the units of `finding`.
    fn before(&self, finding: &Finding) -> u64 {
        let extents = finding.units().into_iter().filter_map(|(unit, _)| self.extent(unit, finding.status));
        if finding.parts.is_empty() { extents.sum() } else { extents.count() as u64 }
    }
}

/// Returns the changes of findings from `base` to `head`, with modules moved as given in `moves`.
pub fn between(base: Side<'_>, head: Side<'_>, moves: &Moves) -> Findings {
    let none = Moves::new();
    let (old, new) = (Known::new(base.report, moves), Known::new(head.report, &none));
    // The base judged by the head's rules, and the head judged by the base's rules.
    let (old_by_new, new_by_old) = (Known::new(base.by_other, moves), Known::new(head.by_other, &none));
    let mut findings = Findings::default();
    for finding in reported(head.report) {
        match old.unknown(finding) {
            None => findings.come(finding, &old_by_new),
            Some(added) if added.is_empty() => findings.unchanged += 1,
            Some(added) => {
                let before = old.before(finding);
                findings.grown.push(Growth { finding: finding.clone(), before, added });
            }
        }
    }
    for (finding, now) in reported(base.report).map(|finding| (finding, renamed(finding, moves))) {
        if new.unknown(&Finding { status: Status::Waived, ..now.clone() }).is_none() {
            let cause = cause(new_by_old.unknown(&now).is_some());
            findings.resolved.push(Change { finding: finding.clone(), cause });
        }
    }
    findings.resolved.order_by(|a, b| a.finding.fingerprint.cmp(&b.finding.fingerprint));
    findings
}

/// Returns the finding with the present ids of moved modules in its fingerprints.
fn renamed(finding: &Finding, moves: &Moves) -> Finding {
    let part = |part: &Part| Part { fingerprint: now(&part.fingerprint, moves), places: part.places.clone() };
    Finding {
        fingerprint: now(&finding.fingerprint, moves),
        parts: finding.parts.iter().map(part).collect(),
        ..finding.clone()
    }
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
    /// Adds a finding of which the base has no unit.
    fn come(&mut self, finding: &Finding, by_new_rules: &Known) {
        let is_old = by_new_rules.unknown(finding).is_some_and(|unknown| unknown.is_empty());
        let change = Change { finding: finding.clone(), cause: cause(is_old) };
        let of = if finding.status == Status::New { &mut self.new } else { &mut self.accepted };
        of.push(change);
    }

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
