//! Waivers: `// archlint: allow(rule-id, reason = "…", until = "2027-01-31")` in the source.
//!
//! A waiver hides the references on its lines from its rules: the findings of a rule without them
//! are new, and those with them alone are waived. A finding without places left is waived; of
//! chains and cycles, those that need no waived hop stay ([`rest`]). A waiver that is malformed,
//! names no rule, has expired, gives no reason, or hides nothing, is a finding of its own, which
//! cannot be waived. Of several waivers around one place, the innermost one applies.
//!
//! An earlier stage reads the comments, and this one gets them as data. Waivers of a rule that is
//! switched off are not reported, since it is not known what they would remove; waivers in excluded
//! test code are not part of the data.

mod cover;
mod rest;

use std::collections::{BTreeMap, BTreeSet};

use super::{Report, Setup, Subject};
use crate::{
    base::{codes, day::Day, diagnostic::Severity, place::Place, span::Span, suggest, waiver::Waiver},
    judge::rules::{
        ActiveRule, KINDS,
        finding::{Finding, Location, Status, at_place},
    },
};
use cover::Cover;

/// The rule and code of findings about waivers.
pub const CODE: &str = codes::WAIVER.name;

/// The problem of a waiver, and the advice to solve it.
type Fault = (String, String);

/// One rule of a waiver: the indices of the waiver and of the rule in it.
type Use = (usize, usize);

/// A value for each rule and file.
type ByRuleAndFile<'w, T> = BTreeMap<&'w str, BTreeMap<&'w str, T>>;

/// Applies `waivers`, each with its file, to `report`, which must be that of `setup` for `subject`;
/// adds findings about faulty waivers, and updates the summary. `today` is a parameter so that
/// equal inputs have equal reports.
pub fn apply<'a>(
    report: &mut Report,
    waivers: &[(String, Waiver)],
    setup: &Setup,
    today: Day,
    subject: impl Into<Subject<'a>>,
) {
    if waivers.is_empty() {
        return;
    }
    let faults: Vec<Option<Fault>> = waivers.iter().map(|(_, waiver)| fault(waiver, today)).collect();
    let covers = covers(waivers, |at| faults[at].is_none());
    let mut used = BTreeSet::new();
    let measured = report.measured.iter_mut().map(|m| &mut m.finding);
    for finding in report.findings.iter_mut().chain(measured).filter(|f| f.status == Status::New) {
        if let Some(cover) = covers.get(finding.rule.as_str()) {
            waive(finding, cover, &mut used);
        }
    }
    let untried = rest::find(report, &covers, &mut used, setup, subject.into());
    let known = Known::new(setup, report.checked(setup));
    let mut added = Added::default();
    added.findings.extend(untried.iter().map(|(rule, count)| not_tried(rule, *count)));
    let untried: BTreeSet<&str> = untried.iter().map(|(rule, _)| rule.as_str()).collect();
    for (at, ((file, waiver), fault)) in waivers.iter().zip(faults).enumerate() {
        match fault {
            Some(fault) => added.push(file, waiver.span, &waiver.rules.join(", "), fault),
            None => {
                let useless = waiver.rules.iter().enumerate().filter(|(n, _)| !used.contains(&(at, *n)));
                for (_, rule) in useless.filter(|(_, rule)| !untried.contains(rule.as_str())) {
                    if let Some(fault) = known.useless(waiver, rule) {
                        added.push(file, waiver.span, rule, fault);
                    }
                }
            }
        }
    }
    report.findings.append(&mut added.findings);
    report.recount();
}

/// Returns the waiver on each line, for each rule and file.
fn covers(waivers: &[(String, Waiver)], holds: impl Fn(usize) -> bool) -> ByRuleAndFile<'_, Cover<Use>> {
    let mut stretches: ByRuleAndFile<'_, Vec<((u32, u32), Use)>> = BTreeMap::new();
    for (at, (file, waiver)) in waivers.iter().enumerate().filter(|(at, _)| holds(*at)) {
        for (n, rule) in waiver.rules.iter().enumerate() {
            let of_file = stretches.entry(rule).or_default().entry(file).or_default();
            of_file.push((waiver.lines, (at, n)));
        }
    }
    let cover = |(file, stretches)| (file, Cover::new(stretches));
    stretches.into_iter().map(|(rule, files)| (rule, files.into_iter().map(cover).collect())).collect()
}

/// Removes the places that waivers cover from `finding`, or waives the whole finding.
fn waive(finding: &mut Finding, cover: &BTreeMap<&str, Cover<Use>>, used: &mut BTreeSet<Use>) {
    let mut covers = |site: &Location| {
        let by = cover.get(site.file.as_str()).and_then(|cover| cover.at(site.span.start.line));
        used.extend(by);
        by.is_some()
    };
    let sites: Vec<Location> = finding.sites.iter().filter(|site| !covers(site)).cloned().collect();
    let all_sites = sites.is_empty() && !finding.sites.is_empty();
    let hops: Vec<bool> = finding
        .chain
        .iter()
        .map(|hop| {
            let open = hop.sites.iter().filter(|site| !covers(site)).count();
            open == 0 && !hop.sites.is_empty()
        })
        .collect();
    if all_sites || hops.contains(&true) {
        finding.status = Status::Waived;
    } else if sites.len() < finding.sites.len() {
        finding.extent = finding.extent.min(sites.len() as u64);
        finding.sites = sites;
        keep_parts(finding);
    }
}

/// Removes the places that `finding` no longer has from its parts, and the parts without any place
/// left.
fn keep_parts(finding: &mut Finding) {
    let left: BTreeSet<(&str, Span)> =
        finding.sites.iter().map(|site| (site.file.as_str(), site.span)).collect();
    finding.parts.retain_mut(|part| {
        let counted = !part.places.is_empty();
        part.places.retain(|(file, span)| left.contains(&(file.as_str(), *span)));
        !counted || !part.places.is_empty()
    });
}

/// Returns the problem that makes a waiver invalid.
fn fault(waiver: &Waiver, today: Day) -> Option<Fault> {
    if let Some(mistake) = &waiver.mistake {
        return Some(mistake.clone());
    }
    let rules = quoted(&waiver.rules);
    if waiver.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
        return Some((format!("the waiver of {rules} gives no reason"), "add `reason = \"…\"`".to_owned()));
    }
    let until = waiver.until.as_deref()?;
    let Some(day) = Day::parse(until) else {
        return Some((format!("`{until}` is not a day"), "write it as `2027-01-31`".to_owned()));
    };
    let help = "fix the violation that it waives, or give it a new date and a reason".to_owned();
    (day < today).then(|| (format!("the waiver of {rules} expired on {until}"), help))
}

fn quoted(rules: &[String]) -> String {
    let quoted: Vec<String> = rules.iter().map(|rule| format!("`{rule}`")).collect();
    quoted.join(", ")
}

/// The rules that a waiver may name.
struct Known<'s> {
    /// The rules that were checked.
    active: BTreeSet<&'s str>,
    /// The rules that are switched off, that the configuration does not use, or that were not
    /// checked because of a limit.
    silent: BTreeSet<&'s str>,
}

impl<'s> Known<'s> {
    fn new(setup: &'s Setup, checked: &'s [ActiveRule]) -> Self {
        let configured = setup.config.rules.iter().map(|rule| rule.id.as_str());
        let built = setup.rules.iter().map(|rule| rule.id.as_str());
        Self {
            active: checked.iter().map(|rule| rule.id.as_str()).collect(),
            silent: configured.chain(built).chain(KINDS.iter().map(|kind| kind.name)).collect(),
        }
    }

    /// Returns the problem of a waiver that removes nothing from the findings of `rule`.
    fn useless(&self, waiver: &Waiver, rule: &str) -> Option<Fault> {
        if self.active.contains(rule) {
            let (first, last) = waiver.lines;
            let lines =
                if first == last { format!("line {first}") } else { format!("lines {first} to {last}") };
            let help = format!("remove it, or move it: it applies to {lines}");
            return Some((format!("the waiver of `{rule}` waives nothing"), help));
        }
        if self.silent.contains(rule) {
            return None;
        }
        let help = suggest::help(rule, self.active.iter().copied()).unwrap_or_else(|| "remove it".to_owned());
        Some((format!("the waiver names `{rule}`, which is not a rule"), help))
    }
}

/// The findings about waivers. A counter distinguishes equal ones in one file.
#[derive(Default)]
struct Added {
    findings: Vec<Finding>,
    seen: BTreeMap<String, u32>,
}

impl Added {
    fn push(&mut self, file: &str, span: Span, rules: &str, (message, help): Fault) {
        let name = format!("{CODE} {file} {rules}").trim_end().to_owned();
        let count = self.seen.entry(name.clone()).or_default();
        *count += 1;
        let fingerprint = if *count == 1 { name } else { format!("{name} #{count}") };
        let place = Place { file: file.into(), span };
        self.findings.push(Finding {
            message,
            instead: Some(help),
            sites: vec![at_place(&place)],
            fingerprint,
            ..Finding::about_the_check(CODE, Severity::Error)
        });
    }
}

/// Returns the finding that the use of some waivers of `rule` is not known.
fn not_tried(rule: &str, count: usize) -> Finding {
    let waivers = if count == 1 { "1 waiver".to_owned() } else { format!("{count} waivers") };
    let message =
        format!("the use of {waivers} of `{rule}` is not known: the checks that it takes exceed a limit");
    let help = "fix some of the violations, so that fewer waivers are needed".to_owned();
    Finding {
        message,
        instead: Some(help),
        fingerprint: format!("{CODE} not tried {rule}"),
        ..Finding::about_the_check(CODE, Severity::Error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{graph::sample::sample, judge::check};

    const CONFIG: &str = "[[forbid]]\nid = \"pure\"\nfrom = \"a\"\nto = \"b\"\n[[acyclic]]\nof = \"modules\"\n\
                          [[forbid]]\nid = \"silent\"\nfrom = \"b\"\nto = \"a\"\nseverity = \"off\"\n";
    const TODAY: &str = "2027-01-31";

    fn waiver(file: &str, line: u32, rule: &str) -> (String, Waiver) {
        let waiver = Waiver {
            span: Span::new(line, 1, line, 9),
            lines: (line, line),
            rules: vec![rule.to_owned()],
            reason: Some("agreed".to_owned()),
            ..Waiver::default()
        };
        (file.to_owned(), waiver)
    }

    fn report(waivers: &[(String, Waiver)]) -> Report {
        let (setup, mistakes) = check::setup(CONFIG);
        assert_eq!(mistakes, []);
        let graph = sample("a -> b\na -> b in body\nb -> a").graph;
        let (mut report, _) = check::run(&graph, &setup);
        apply(&mut report, waivers, &setup, Day::parse(TODAY).unwrap(), &graph);
        report
    }

    /// Returns the new findings, and the number of waived ones, after `waivers` are applied to `a
    /// -> b, a -> b in body, b -> a`.
    fn after(waivers: &[(String, Waiver)]) -> (Vec<String>, usize) {
        let report = report(waivers);
        let new = report.findings.iter().filter(|f| f.status == Status::New);
        let new: Vec<String> = new.map(|f| format!("{} ({})", f.message, f.sites.len())).collect();
        assert_eq!(report.summary.errors, new.len());
        (new, report.summary.waived)
    }

    const FORBIDDEN: &str = "`a` must not depend on `b` (1)";
    const CYCLE: &str = "modules depend on each other: `a` → `b` → `a` (0)";

    #[test]
    fn a_finding_is_waived_when_all_its_places_are() {
        let one = waiver("a.rs", 1, "pure");
        assert_eq!(after(std::slice::from_ref(&one)), (vec![FORBIDDEN.to_owned(), CYCLE.to_owned()], 0));
        assert_eq!(after(&[one, waiver("a.rs", 2, "pure")]), (vec![CYCLE.to_owned()], 1));
        let mut both = waiver("a.rs", 2, "pure");
        both.1.lines = (1, 2);
        assert_eq!(after(&[both]), (vec![CYCLE.to_owned()], 1));
    }

    #[test]
    fn a_cycle_is_waived_when_one_hop_is() {
        let (new, waived) = after(&[waiver("b.rs", 1, "acyclic")]);
        assert_eq!((new.len(), waived), (1, 1));
    }

    #[test]
    fn one_waiver_may_be_of_several_rules() {
        let mut both = waiver("a.rs", 1, "pure");
        both.1.lines = (1, 2);
        both.1.rules.push("acyclic".to_owned());
        assert_eq!(after(std::slice::from_ref(&both)), (Vec::new(), 2));
        both.1.rules.push("silent".to_owned());
        both.1.rules.push("layers".to_owned());
        assert_eq!(after(std::slice::from_ref(&both)), (Vec::new(), 2));
        both.1.rules.push("nothing".to_owned());
        assert_eq!(after(&[both]).0, ["the waiver names `nothing`, which is not a rule (1)"]);
    }

    #[test]
    fn a_waiver_must_hold_and_be_of_use() {
        let with = |change: &dyn Fn(&mut Waiver)| {
            let mut waiver = waiver("a.rs", 1, "pure");
            change(&mut waiver.1);
            after(&[waiver]).0.split_off(2)
        };
        assert!(with(&|w| w.until = Some(TODAY.to_owned())).is_empty());
        let expired = with(&|w| w.until = Some("2027-01-30".to_owned()));
        assert_eq!(expired, ["the waiver of `pure` expired on 2027-01-30 (1)"]);
        assert_eq!(with(&|w| w.reason = Some(" ".to_owned())), ["the waiver of `pure` gives no reason (1)"]);
        assert_eq!(with(&|w| w.reason = None), ["the waiver of `pure` gives no reason (1)"]);
        assert_eq!(with(&|w| w.until = Some("2027-02-29".to_owned())), ["`2027-02-29` is not a day (1)"]);
        assert_eq!(with(&|w| w.lines = (9, 12)), ["the waiver of `pure` waives nothing (1)"]);
        assert_eq!(
            with(&|w| w.rules = vec!["puer".to_owned()]),
            ["the waiver names `puer`, which is not a rule (1)"]
        );
        let mistake = Some(("it is odd".to_owned(), "make it even".to_owned()));
        assert_eq!(with(&|w| w.mistake = mistake.clone()), ["it is odd (1)"]);
    }

    #[test]
    fn the_innermost_of_several_is_used() {
        let mut outer = waiver("a.rs", 1, "pure");
        outer.1.lines = (1, 9);
        let inner = waiver("a.rs", 1, "pure");
        let other = waiver("a.rs", 2, "pure");
        let said = after(&[outer, inner, other]);
        assert_eq!(said, (vec![CYCLE.to_owned(), "the waiver of `pure` waives nothing (1)".to_owned()], 1));
    }

    #[test]
    fn a_waiver_cannot_waive_findings_about_waivers() {
        let (new, _) = after(&[waiver("a.rs", 9, "pure"), waiver("a.rs", 9, CODE)]);
        assert_eq!(new.len(), 4, "{new:?}");
    }

    #[test]
    fn fingerprints_differ_and_hold_no_line() {
        let fingerprints = |lines: [u32; 3]| {
            let report = report(&lines.map(|line| waiver("a.rs", line, "pure")));
            report.findings.into_iter().map(|f| f.fingerprint).collect::<BTreeSet<_>>()
        };
        assert_eq!(fingerprints([7, 8, 9]).len(), 5);
        assert_eq!(fingerprints([7, 8, 9]), fingerprints([17, 28, 39]));
    }
}
