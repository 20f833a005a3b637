//! The chains and cycles that remain without the waived references.
//!
//! The finding of a chain shows one witness and stands for others: further ways to the same end,
//! further ends, further cycles of the same modules. A waiver of one hop must not waive those. So a
//! rule with chains is checked again without the waived references, and the findings of that check
//! are new. The number of checks is bounded by [`ROUNDS`] and [`ALONE`], whatever the number of
//! waivers.

use std::collections::{BTreeMap, BTreeSet};

use super::{ByRuleAndFile, Cover, Report, Setup, Subject, Use, waive};
use crate::judge::{
    check::{again, sort_key},
    rules::finding::{Finding, Status},
};

/// The maximum number of searches for the next witness behind waived ones, which shows the use of
/// waivers.
const ROUNDS: usize = 8;
/// The maximum number of waivers without a witness that are tried one by one; further ones count as
/// used.
const ALONE: usize = 8;

/// Replaces the findings of each rule that has chains, and waivers that cover references, by the
/// findings without the covered references and the waived rest.
pub(super) fn find(
    report: &mut Report,
    covers: &ByRuleAndFile<'_, Cover<Use>>,
    used: &mut BTreeSet<Use>,
    setup: &Setup,
    subject: Subject<'_>,
) {
    for (rule, cover) in covers {
        let has_chains = report.findings.iter().any(|f| f.rule == *rule && !f.chain.is_empty());
        if !has_chains {
            continue;
        }
        let uses = uses(cover, subject);
        if uses.is_empty() {
            continue;
        }
        let rerun = Rerun { rule, cover, setup, subject };
        let open = rerun.without(|_| true);
        rerun.mark(&open, &uses, used);
        replace(report, rule, open);
    }
}

/// Returns the waivers that cover at least one reference.
fn uses(cover: &BTreeMap<&str, Cover<Use>>, subject: Subject<'_>) -> BTreeSet<Use> {
    let graph = subject.graph;
    let at = |site: &crate::graph::Site| {
        cover.get(graph.files[site.file].as_str()).and_then(|cover| cover.at(site.span.start.line))
    };
    graph.sites.iter().filter_map(at).collect()
}

/// A rule, with the data to check it again.
struct Rerun<'a> {
    rule: &'a str,
    cover: &'a BTreeMap<&'a str, Cover<Use>>,
    setup: &'a Setup,
    subject: Subject<'a>,
}

impl Rerun<'_> {
    /// Returns the findings of the rule without the references covered by the waivers that `which`
    /// accepts.
    fn without(&self, which: impl Fn(&Use) -> bool) -> Vec<Finding> {
        let hidden = |file: &str, line: u32| {
            self.cover.get(file).and_then(|cover| cover.at(line)).is_some_and(|by| which(&by))
        };
        again(self.subject, self.setup, self.rule, &hidden)
    }

    /// Adds to `used` those of `uses` without which the findings would be more than `open`.
    fn mark(&self, open: &[Finding], uses: &BTreeSet<Use>, used: &mut BTreeSet<Use>) {
        for _ in 0..ROUNDS {
            let before = used.len();
            let mut found = self.without(|by| used.contains(by));
            found.iter_mut().for_each(|finding| waive(finding, self.cover, used));
            if used.len() == before {
                break;
            }
        }
        let silent: Vec<Use> = uses.difference(used).copied().collect();
        for (n, by) in silent.into_iter().enumerate() {
            if n >= ALONE || !alike(open, &self.without(|other| *other != by)) {
                used.insert(by);
            }
        }
    }
}

/// Returns whether two checks of a rule have equal findings, as a baseline compares them.
fn alike(one: &[Finding], other: &[Finding]) -> bool {
    let told = |finding: &Finding| (finding.fingerprint.clone(), finding.extent, finding.parts.clone());
    one.iter().map(told).eq(other.iter().map(told))
}

/// Replaces the findings of `rule` by `open`; other findings of the rule stay, as waived.
fn replace(report: &mut Report, rule: &str, open: Vec<Finding>) {
    let start = report.findings.iter().position(|f| f.rule == rule).unwrap_or(report.findings.len());
    let length = report.findings[start..].iter().take_while(|f| f.rule == rule).count();
    let known: BTreeSet<String> = open.iter().map(|finding| finding.fingerprint.clone()).collect();
    let before: Vec<Finding> = report.findings.drain(start..start + length).collect();
    let waived = before.into_iter().filter(|finding| !known.contains(&finding.fingerprint));
    let waived = waived.map(|finding| Finding { status: Status::Waived, ..finding });
    let mut all: Vec<Finding> = waived.chain(open).collect();
    all.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    for measured in report.measured.iter_mut().filter(|measured| measured.before >= start + length) {
        measured.before = measured.before - length + all.len();
    }
    report.findings.splice(start..start, all);
}
