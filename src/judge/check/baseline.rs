//! The baseline: findings that a team knows and has not fixed yet.
//!
//! `archlint-baseline.toml` lists one finding a line, sorted and without line numbers, so that it
//! survives edits and the changes of two branches merge. A finding is known if the baseline has an
//! entry with its rule, its ends, and at least its extent: its number of places, or the value of a
//! metric. A greater extent is new. A finding of several dependencies ([`Finding::parts`]: a cycle,
//! all uses of one component by another, the ends of chains) is known if each of them is, so that a
//! new dependency cannot replace one that has been removed. An entry without a finding is stale,
//! which is a finding of its own; so is an entry that allows more than there is, since something
//! new could hide in it.
//! Only [`update`] creates a baseline; a check never does.

mod text;

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    base::{codes, diagnostic::Severity, place::Place},
    judge::{
        check::{Measured, Report, waiver},
        rules::{
            advice::listed,
            finding::{Finding, Status, at_place},
            violation::THROUGH,
        },
    },
};

/// The name of the baseline file, at the workspace root.
pub const FILE: &str = "archlint-baseline.toml";
/// The rule and code of findings about the baseline itself.
pub const CODE: &str = codes::BASELINE.name;

/// The known findings, by fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<String, Entry>,
}

/// A known finding.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    rule: String,
    from: String,
    to: Option<String>,
    /// Whether the finding is a chain through other modules.
    transitive: bool,
    /// The allowed extent.
    count: u64,
    /// The place in the file, if the baseline was read from one.
    place: Option<Place>,
}

/// The changes made by [`update`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// The number of new entries, and of entries with a greater extent.
    pub added: usize,
    /// The number of findings that were not added because growth was not allowed.
    pub refused: usize,
    /// The number of entries that were removed or reduced.
    pub shrunk: usize,
    /// The number of entries without a finding that were kept because some source was not read.
    pub kept: usize,
}

impl Baseline {
    /// Returns the fingerprints of the entries, sorted, each with its allowed extent.
    pub fn entries(&self) -> impl Iterator<Item = (&str, u64)> {
        self.entries.iter().map(|(fingerprint, entry)| (fingerprint.as_str(), entry.count))
    }

    /// Adds an entry. Two findings can share a part, so of two entries with the same fingerprint
    /// the greater count is kept.
    fn add_more(&mut self, entry: Entry) {
        let known = self.entries.entry(entry.fingerprint()).or_insert_with(|| entry.clone());
        known.count = known.count.max(entry.count);
    }
}

/// Marks the findings of `report` that `baseline` contains, decides which measured values are
/// findings, adds a finding of severity `severity` for each stale entry, and updates the summary.
/// Without a baseline no finding is known.
pub fn apply(baseline: Option<&Baseline>, severity: Severity, report: &mut Report) {
    let nothing = Baseline::default();
    let mut ledger = Ledger::new(baseline.unwrap_or(&nothing));
    for finding in report.findings.iter_mut().filter(|f| f.status == Status::New) {
        let unknown = ledger.unknown(finding);
        if unknown.is_empty() {
            finding.status = Status::Baseline;
        } else if let Some(note) = ledger.note(finding, &unknown) {
            let _ = write!(finding.message, " ({note})");
        }
    }
    decide(report, &mut ledger);
    let (slack, gone) = ledger.close();
    if severity > Severity::Off {
        report.findings.extend(loose(&slack, severity));
    }
    if severity > Severity::Off && is_complete(report) {
        report.findings.extend(gone.into_iter().map(|entry| stale(entry, severity)));
    }
    report.recount();
}

/// The entries of a baseline, and the extents that were found.
struct Ledger<'b> {
    entries: &'b BTreeMap<String, Entry>,
    found: BTreeMap<&'b str, u64>,
}

impl<'b> Ledger<'b> {
    fn new(baseline: &'b Baseline) -> Self {
        Self { entries: &baseline.entries, found: BTreeMap::new() }
    }

    /// Returns the entry for `fingerprint`, and records that `extent` was found.
    fn entry(&mut self, fingerprint: &str, extent: u64) -> Option<&'b Entry> {
        let (fingerprint, entry) = self.entries.get_key_value(fingerprint)?;
        let found = self.found.entry(fingerprint).or_default();
        *found = extent.max(*found);
        Some(entry)
    }

    /// Returns the units of `finding` that the baseline does not allow to their extent.
    fn unknown(&mut self, finding: &Finding) -> Vec<String> {
        let mut known = |(fingerprint, extent): &(&str, u64)| {
            self.entry(fingerprint, *extent).is_some_and(|entry| *extent <= entry.count)
        };
        let mut units = finding.units();
        units.retain(|unit| !known(unit));
        units.into_iter().map(|(fingerprint, _)| fingerprint.to_owned()).collect()
    }

    /// Describes the difference from the baseline of a finding that the baseline allows in part.
    fn note(&self, finding: &Finding, unknown: &[String]) -> Option<String> {
        if finding.parts.is_empty() {
            let known = finding.written(self.entries.get(&finding.fingerprint)?.count);
            return Some(format!("{}; the baseline allows {known}", counted(finding)));
        }
        let some = finding.parts.iter().any(|part| self.entries.contains_key(&part.fingerprint));
        let names = unknown.iter().map(|name| without_rule(name, &finding.rule));
        some.then(|| format!("the baseline does not contain {}", listed(names)))
    }

    /// Returns the entries that allow more than was found, and those that were not found at all.
    fn close(self) -> (Vec<Entry>, Vec<Entry>) {
        let (mut slack, mut gone) = (Vec::new(), Vec::new());
        for (fingerprint, entry) in self.entries {
            match self.found.get(fingerprint.as_str()) {
                Some(found) if *found < entry.count => slack.push(entry.clone()),
                Some(_) => {}
                None => gone.push(entry.clone()),
            }
        }
        (slack, gone)
    }
}

/// Returns a fingerprint without the rule at its start.
fn without_rule<'f>(fingerprint: &'f str, rule: &str) -> &'f str {
    fingerprint.strip_prefix(rule).unwrap_or(fingerprint).trim_start()
}

/// Inserts the measured values that are too high among the findings, at their positions.
fn decide(report: &mut Report, ledger: &mut Ledger<'_>) {
    if report.measured.is_empty() {
        return;
    }
    let mut findings = Vec::with_capacity(report.findings.len() + report.measured.len());
    let mut others = std::mem::take(&mut report.findings).into_iter().enumerate().peekable();
    for measured in std::mem::take(&mut report.measured) {
        while let Some((_, finding)) = others.next_if(|(at, _)| *at < measured.before) {
            findings.push(finding);
        }
        // A value up to the ceiling is allowed without an entry.
        let Measured { finding, ratchet, .. } = &measured;
        let least = finding.extent.max(ratchet.ceiling.unwrap_or(0));
        let entry = ledger.entry(&finding.fingerprint, least);
        findings.extend(too_high(measured, entry));
    }
    findings.extend(others.map(|(_, finding)| finding));
    report.findings = findings;
}

/// Returns the finding for a measured value that is too high.
fn too_high(measured: Measured, entry: Option<&Entry>) -> Option<Finding> {
    let Measured { mut finding, ratchet, .. } = measured;
    let said = match (entry, ratchet.ceiling) {
        (_, Some(max)) if finding.extent <= max => return None,
        (Some(entry), _) if finding.extent <= entry.count => return None,
        (Some(entry), _) => format!("the baseline allows {}", finding.written(entry.count)),
        (None, Some(max)) => format!("the budget is {}", finding.written(max)),
        (None, None) => {
            let help =
                "record it with `archlint baseline --accept-new`, or give the budget a `max` for new values";
            let known = finding.instead.map(|instead| format!("{instead}; {help}"));
            finding.instead = known.or_else(|| Some(help.to_owned()));
            "it is not in the baseline".to_owned()
        }
    };
    let _ = write!(finding.message, "; {said}");
    Some(finding)
}

/// Describes the extent of a finding.
fn counted(finding: &Finding) -> String {
    let what = match finding.extent {
        places if places == finding.sites.len() as u64 => " places",
        _ => "",
    };
    format!("{}{what}", finding.written(finding.extent))
}

/// Returns the baseline of the current findings of `report`: those that `old` contains and, if
/// growth is allowed or there was no baseline, all others. Findings of severity info, those about
/// waivers, the baseline and an early end of the check, and values within their budgets are
/// omitted.
pub fn update(old: Option<&Baseline>, report: &Report, accept_new: bool) -> (Baseline, Change) {
    let (mut new, mut change) = (Baseline::default(), Change::default());
    let is_above = |m: &&Measured| m.ratchet.ceiling.is_none_or(|max| m.finding.extent > max);
    let measured = report.measured.iter().filter(is_above).map(|m| &m.finding);
    for finding in report.findings.iter().chain(measured).filter(|finding| is_frozen(finding)) {
        for (fingerprint, extent) in finding.units() {
            let entry = old.and_then(|old| old.entries.get(fingerprint));
            let known = entry.map_or(0, |entry| entry.count);
            let allowed = match entry {
                _ if accept_new || old.is_none() => extent,
                _ => extent.min(known),
            };
            change.added += usize::from(allowed > known);
            change.refused += usize::from(allowed < extent);
            change.shrunk += usize::from(allowed < known);
            if allowed > 0 {
                new.add_more(Entry::of(&finding.rule, fingerprint, allowed));
            }
        }
    }
    let before = old.into_iter().flat_map(|old| &old.entries);
    let gone: Vec<_> = before.filter(|(fingerprint, _)| !new.entries.contains_key(*fingerprint)).collect();
    if is_complete(report) {
        change.shrunk += gone.len();
    } else {
        change.kept = gone.len();
        new.entries.extend(gone.into_iter().map(|(fingerprint, entry)| (fingerprint.clone(), entry.clone())));
    }
    (new, change)
}

/// Returns whether every rule saw all of the source. Otherwise an entry without a finding may still
/// have one in source that was not read, or of a rule that was not checked.
fn is_complete(report: &Report) -> bool {
    report.summary.unread == 0 && report.summary.unchecked == 0
}

fn is_frozen(finding: &Finding) -> bool {
    let about_the_check = [CODE, waiver::CODE, codes::TOO_MANY_FINDINGS.name];
    !about_the_check.contains(&finding.code)
        && finding.status != Status::Waived
        && finding.severity > Severity::Info
}

impl Entry {
    fn of(rule: &str, fingerprint: &str, count: u64) -> Self {
        let rest = without_rule(fingerprint, rule);
        let transitive = rest.contains(THROUGH);
        let (from, to) = match rest.split_once(if transitive { THROUGH } else { " -> " }) {
            Some((from, to)) => (from, Some(to.to_owned())),
            None => (rest, None),
        };
        Self { rule: rule.to_owned(), from: from.to_owned(), to, transitive, count, place: None }
    }

    fn fingerprint(&self) -> String {
        let arrow = if self.transitive { THROUGH } else { " -> " };
        let to = self.to.as_ref().map(|to| format!("{arrow}{to}")).unwrap_or_default();
        format!("{} {}{to}", self.rule, self.from)
    }
}

/// Returns one finding for all entries that allow more than there is. Its severity is error if that
/// of stale entries is.
fn loose(slack: &[Entry], severity: Severity) -> Option<Finding> {
    let entries = match slack {
        [] => return None,
        [_] => "one entry of the baseline allows".to_owned(),
        _ => format!("{} entries of the baseline allow", slack.len()),
    };
    Some(Finding {
        severity: if severity == Severity::Error { severity } else { Severity::Info },
        message: format!("{entries} more than there is"),
        sites: slack.iter().flat_map(|entry| &entry.place).map(at_place).collect(),
        fingerprint: format!("{CODE} loose"),
        ..about_itself()
    })
}

fn stale(entry: Entry, severity: Severity) -> Finding {
    Finding {
        severity,
        message: format!("the baseline contains `{}`, which was not found", entry.fingerprint()),
        sites: entry.place.iter().map(at_place).collect(),
        fingerprint: format!("{CODE} {}", entry.fingerprint()),
        ..about_itself()
    }
}

fn about_itself() -> Finding {
    let help = "run `archlint baseline` to shrink it";
    Finding { instead: Some(help.to_owned()), ..Finding::about_the_check(CODE, Severity::Warn) }
}

#[cfg(test)]
mod tests;
