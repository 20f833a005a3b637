//! The chains and cycles that remain without the waived references.
//!
//! The finding of a chain shows one witness and stands for others: further ways to the same end,
//! further ends, further cycles of the same modules. A waiver of one hop must not waive those. So a
//! rule with chains is checked again without the waived references, and the findings of that check
//! are new.
//!
//! More checks show which waivers are of use: a waiver without which nothing would be found in
//! addition is reported. Waivers that have no witness of their use are tried in groups: more
//! references never give fewer chains or cycles, so if the references of a group add nothing to the
//! findings, those of no waiver in it do. The checks of all rules together are bounded
//! ([`MOST_WORK`]); the rules with waivers that were not tried are returned, and are an error.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::order::Order as _;

use super::{ByRuleAndFile, Cover, Report, Setup, Subject, Use, waive};
use crate::judge::{
    check::{again, sort_key},
    rules::finding::{Finding, Status},
};

/// The maximum cost of the checks of all rules: the number of checks times the size of the graph.
const MOST_WORK: usize = 25_000_000;

/// Replaces the findings of each rule that has chains, and waivers that cover references, by the
/// findings without the covered references and the waived rest. Returns the rules of which some
/// waivers were not tried, each with the number of these waivers.
pub(super) fn find(
    report: &mut Report,
    covers: &ByRuleAndFile<'_, Cover<Use>>,
    used: &mut BTreeSet<Use>,
    setup: &Setup,
    subject: Subject<'_>,
) -> Vec<(String, usize)> {
    let mut budget = Budget::new(subject);
    let mut untried = Vec::new();
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
        let left = match budget.take() {
            false => uses.len(),
            true => {
                let open = rerun.without(|_| true);
                let mut trial = Trial { rerun: &rerun, open: &open, used, budget: &mut budget, untried: 0 };
                trial.run(&uses);
                let left = trial.untried;
                replace(report, rule, open);
                left
            }
        };
        if left > 0 {
            untried.push(((*rule).to_owned(), left));
        }
    }
    untried
}

/// The checks that may still be made.
struct Budget {
    left: usize,
    of_each: usize,
}

impl Budget {
    fn new(subject: Subject<'_>) -> Self {
        let graph = subject.graph;
        Self { left: MOST_WORK, of_each: graph.sites.len() + graph.edges.len() + graph.nodes.len() + 1 }
    }

    /// Returns whether one more check may be made, and counts it.
    fn take(&mut self) -> bool {
        let within = self.left >= self.of_each;
        self.left -= if within { self.of_each } else { 0 };
        within
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
}

/// The search for the waivers of a rule without which there would be more findings.
struct Trial<'a, 'b> {
    rerun: &'b Rerun<'a>,
    /// The findings without all waived references.
    open: &'b [Finding],
    /// The waivers that are of use, to which those that are found are added.
    used: &'b mut BTreeSet<Use>,
    budget: &'b mut Budget,
    /// The number of waivers that were not tried.
    untried: usize,
}

impl Trial<'_, '_> {
    /// Tries `uses`.
    fn run(&mut self, uses: &BTreeSet<Use>) {
        while self.finds_witness() {}
        // Waivers in different groups may be of use together only, so the rest is tried again until
        // all of it can go at once.
        loop {
            let silent: Vec<Use> = uses.difference(self.used).copied().collect();
            if silent.is_empty() || !self.search(&silent) || self.untried > 0 {
                return;
            }
        }
    }

    /// Searches for chains and cycles that only waivers accept of which no use is known, and returns
    /// whether there are any.
    fn finds_witness(&mut self) -> bool {
        let before = self.used.len();
        if !self.budget.take() {
            return false;
        }
        let mut found = self.rerun.without(|by| self.used.contains(by));
        found.iter_mut().for_each(|finding| waive(finding, self.rerun.cover, self.used));
        self.used.len() > before
    }

    /// Tries the waivers in `group`, and returns whether one may be of use. The depth of the recursion
    /// is the logarithm of their number.
    fn search(&mut self, group: &[Use]) -> bool {
        if !self.budget.take() {
            self.untried += group.len();
            return true;
        }
        let shown: BTreeSet<Use> = group.iter().copied().collect();
        if alike(self.open, &self.rerun.without(|by| !shown.contains(by))) {
            return false;
        }
        let (one, other) = group.split_at(group.len() / 2);
        let in_part = !one.is_empty() && (self.search(one) | self.search(other));
        if !in_part {
            // A single waiver, or waivers that are only of use together: each covers a hop of a chain.
            self.used.extend(group);
        }
        true
    }
}

/// Returns whether two checks of a rule have equal findings, as a baseline compares them.
fn alike(one: &[Finding], other: &[Finding]) -> bool {
    fn told(findings: &[Finding]) -> BTreeSet<(&str, u64)> {
        findings.iter().flat_map(Finding::units).collect()
    }
    told(one) == told(other)
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
    all.order_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    for measured in report.measured.iter_mut().filter(|measured| measured.before >= start + length) {
        measured.before = measured.before - length + all.len();
    }
    report.findings.splice(start..start, all);
}
