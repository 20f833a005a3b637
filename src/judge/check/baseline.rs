//! The baseline: findings that a team knows of and has not mended yet.
//!
//! `archlint-baseline.toml` holds one finding a line, sorted, without line numbers, so that it survives edits and two
//! branches' changes merge. A finding is known where the baseline has its rule and its ends, and at least its extent: its
//! places, a cycle's members, a budget's number. What has more is new. What the baseline has and the code has not is stale,
//! and a finding of its own; so is an entry that allows more than there is, since something new could hide in it.
//! Only [`update`] makes a baseline; a check never does.

mod text;

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    base::{diagnostic::Severity, place::Place},
    judge::{
        check::{Measured, Report, waiver},
        rules::finding::{Finding, Status, at_place},
    },
};

/// The name of the baseline file, at the workspace root.
pub const FILE: &str = "archlint-baseline.toml";
/// The rule and code of the findings that are about the baseline itself.
pub const CODE: &str = "baseline";
/// What there is to know of the baseline, for `archlint explain`.
pub const DOCS: &str = include_str!("baseline.txt");

/// What is known, by fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<String, Entry>,
}

/// One known finding.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    rule: String,
    from: String,
    to: Option<String>,
    /// Its extent.
    count: u64,
    /// Where the baseline has it, if it was read.
    place: Option<Place>,
}

/// What [`update`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// What was not known before, or not to this extent, and is now.
    pub added: usize,
    /// What is not known and was left out, since growth was not allowed.
    pub refused: usize,
    /// Entries that are gone, or have a smaller count.
    pub shrunk: usize,
    /// Entries that were not found again and stay, since something of the source was not read.
    pub kept: usize,
}

impl Baseline {
    /// The fingerprints of what is known, sorted, each with the extent that is allowed.
    pub fn entries(&self) -> impl Iterator<Item = (&str, u64)> {
        self.entries.iter().map(|(fingerprint, entry)| (fingerprint.as_str(), entry.count))
    }
}

/// Marks the findings of `report` that `baseline` knows, decides on what was measured, adds a finding for each stale entry,
/// and counts again. Without a baseline nothing is known.
pub fn apply(baseline: Option<&Baseline>, report: &mut Report) {
    let mut left = baseline.map(|baseline| baseline.entries.clone()).unwrap_or_default();
    let mut slack = Vec::new();
    for finding in report.findings.iter_mut().filter(|f| f.status == Status::New) {
        let Some(entry) = left.remove(&finding.fingerprint) else { continue };
        if finding.extent <= entry.count {
            finding.status = Status::Baseline;
            slack.extend((finding.extent < entry.count).then_some(entry));
        } else {
            let (counted, known) = (counted(finding), finding.written(entry.count));
            let _ = write!(finding.message, " ({counted}; the baseline knows {known})");
        }
    }
    decide(report, &mut left, &mut slack);
    report.findings.extend(loose(&slack));
    // What was not read may still hold what the baseline knows.
    if report.summary.unread == 0 {
        report.findings.extend(left.into_values().map(stale));
    }
    report.recount();
}

/// Puts those of the measured numbers that are too high in their places among the findings.
fn decide(report: &mut Report, left: &mut BTreeMap<String, Entry>, slack: &mut Vec<Entry>) {
    if report.measured.is_empty() {
        return;
    }
    let mut findings = Vec::with_capacity(report.findings.len() + report.measured.len());
    let mut others = std::mem::take(&mut report.findings).into_iter().enumerate().peekable();
    for measured in std::mem::take(&mut report.measured) {
        while let Some((_, finding)) = others.next_if(|(at, _)| *at < measured.before) {
            findings.push(finding);
        }
        let entry = left.remove(&measured.finding.fingerprint);
        let extent = measured.finding.extent;
        findings.extend(too_high(measured, entry.as_ref()));
        slack.extend(entry.filter(|entry| extent < entry.count));
    }
    findings.extend(others.map(|(_, finding)| finding));
    report.findings = findings;
}

/// The finding that a measured number is, if it is one.
fn too_high(measured: Measured, entry: Option<&Entry>) -> Option<Finding> {
    let Measured { mut finding, ratchet, .. } = measured;
    let said = match (entry, ratchet.ceiling) {
        (Some(entry), _) if finding.extent <= entry.count => return None,
        (Some(entry), _) => format!("the baseline allows {}", finding.written(entry.count)),
        (None, Some(max)) if finding.extent <= max => return None,
        (None, Some(max)) => format!("the budget is {}", finding.written(max)),
        (None, None) => {
            let help =
                "freeze it with `archlint baseline --accept-new`, or give the budget a `max` for what is new";
            let known = finding.instead.map(|instead| format!("{instead}; {help}"));
            finding.instead = known.or_else(|| Some(help.to_owned()));
            "the baseline does not know it".to_owned()
        }
    };
    let _ = write!(finding.message, "; {said}");
    Some(finding)
}

/// The extent of a finding, in words.
fn counted(finding: &Finding) -> String {
    let what = match finding.extent {
        _ if !finding.chain.is_empty() => " members",
        places if places == finding.sites.len() as u64 => " places",
        _ => "",
    };
    format!("{}{what}", finding.written(finding.extent))
}

/// The baseline of what `report` finds now: what `old` knew and is still there, and, where growth is allowed or there was
/// no baseline before, everything else. A number that is within its budget is frozen in any case, since that lowers its
/// ceiling. Left out are findings of severity info, and those about waivers and the baseline.
pub fn update(old: Option<&Baseline>, report: &Report, accept_new: bool) -> (Baseline, Change) {
    let (mut new, mut change) = (Baseline::default(), Change::default());
    let found = report.findings.iter().map(|finding| (finding, 0));
    let measured = report.measured.iter().map(|m| (&m.finding, m.ratchet.ceiling.unwrap_or(0)));
    for (finding, free) in found.chain(measured).filter(|(finding, _)| is_frozen(finding)) {
        let entry = old.and_then(|old| old.entries.get(&finding.fingerprint));
        let (known, extent) = (entry.map_or(0, |entry| entry.count), finding.extent);
        let allowed = match entry {
            _ if accept_new || old.is_none() => extent,
            None if extent <= free => extent,
            _ => extent.min(known),
        };
        change.added += usize::from(allowed > known);
        change.refused += usize::from(allowed < extent);
        change.shrunk += usize::from(allowed < known);
        if allowed > 0 {
            new.entries.insert(finding.fingerprint.clone(), Entry::of(finding, allowed));
        }
    }
    let before = old.into_iter().flat_map(|old| &old.entries);
    let gone: Vec<_> = before.filter(|(fingerprint, _)| !new.entries.contains_key(*fingerprint)).collect();
    if report.summary.unread == 0 {
        change.shrunk += gone.len();
    } else {
        change.kept = gone.len();
        new.entries.extend(gone.into_iter().map(|(fingerprint, entry)| (fingerprint.clone(), entry.clone())));
    }
    (new, change)
}

fn is_frozen(finding: &Finding) -> bool {
    let is_rules_own = finding.code != CODE && finding.code != waiver::CODE;
    is_rules_own && finding.status != Status::Waived && finding.severity > Severity::Info
}

impl Entry {
    fn of(finding: &Finding, count: u64) -> Self {
        let rest = finding
            .fingerprint
            .strip_prefix(finding.rule.as_str())
            .unwrap_or(&finding.fingerprint)
            .trim_start();
        let (from, to) = match rest.split_once(" -> ") {
            Some((from, to)) => (from, Some(to.to_owned())),
            None => (rest, None),
        };
        Self { rule: finding.rule.clone(), from: from.to_owned(), to, count, place: None }
    }

    fn fingerprint(&self) -> String {
        let to = self.to.as_ref().map(|to| format!(" -> {to}")).unwrap_or_default();
        format!("{} {}{to}", self.rule, self.from)
    }
}

/// One remark on all entries that allow more than there is.
fn loose(slack: &[Entry]) -> Option<Finding> {
    let entries = match slack {
        [] => return None,
        [_] => "one entry of the baseline allows".to_owned(),
        _ => format!("{} entries of the baseline allow", slack.len()),
    };
    Some(Finding {
        severity: Severity::Info,
        message: format!("{entries} more than there is"),
        sites: slack.iter().flat_map(|entry| &entry.place).map(at_place).collect(),
        fingerprint: format!("{CODE} loose"),
        ..about_itself()
    })
}

fn stale(entry: Entry) -> Finding {
    Finding {
        message: format!("the baseline knows `{}`, which is not there any more", entry.fingerprint()),
        sites: entry.place.iter().map(at_place).collect(),
        fingerprint: format!("{CODE} {}", entry.fingerprint()),
        ..about_itself()
    }
}

fn about_itself() -> Finding {
    Finding {
        rule: CODE.to_owned(),
        code: CODE,
        severity: Severity::Warn,
        message: String::new(),
        reason: None,
        instead: Some("run `archlint baseline` to shrink it".to_owned()),
        from: None,
        to: None,
        components: Vec::new(),
        owner: None,
        sites: Vec::new(),
        chain: Vec::new(),
        status: Status::New,
        fingerprint: String::new(),
        extent: 1,
        thousandths: false,
    }
}

#[cfg(test)]
mod tests;
