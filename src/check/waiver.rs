//! Waivers: `// archlint: allow(rule-id, reason = "…", until = "2027-01-31")` in the source.
//!
//! A waiver takes the places on its line out of the findings of its rule. A finding of which no place is left is waived; a
//! chain or cycle is waived as soon as one of its hops is. A waiver that has expired, gives no reason, or takes nothing out,
//! is a finding of its own. Reading comments is the business of an earlier stage: this one gets them as data.

use super::Report;
use crate::{
    base::{diagnostic::Severity, span::Span},
    config::{source::Place, suggest},
    rules::{
        ActiveRule,
        finding::{Finding, Location, Status, at_place},
    },
};

/// The rule and code of the findings that are about waivers.
pub const CODE: &str = "waiver";

/// One waiver, as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiver {
    /// The file.
    pub file: String,
    /// The comment.
    pub span: Span,
    /// The line that it is about: its own, or the next where it stands alone.
    pub line: u32,
    /// The rule's id.
    pub rule: String,
    /// Why.
    pub reason: Option<String>,
    /// The last day on which it holds, as `2027-01-31`.
    pub until: Option<String>,
}

/// Applies `waivers` to `report`, of which `rules` are the rules, adds what is wrong with them, and counts again. `today`
/// is a day as in [`Waiver::until`]: it is given, so that the same input gives the same report.
pub fn apply(report: &mut Report, waivers: &[Waiver], rules: &[ActiveRule], today: &str) {
    let mut sorted: Vec<&Waiver> = waivers.iter().collect();
    sorted.sort();
    let mut used = vec![false; sorted.len()];
    for finding in report.findings.iter_mut().filter(|f| f.status == Status::New) {
        let for_rule: Vec<usize> = (0..sorted.len()).filter(|i| sorted[*i].rule == finding.rule).collect();
        let holding: Vec<usize> =
            for_rule.into_iter().filter(|i| fault(sorted[*i], today).is_none()).collect();
        if !holding.is_empty() {
            waive(finding, &sorted, &holding, &mut used);
        }
    }
    for (waiver, used) in sorted.iter().zip(&used) {
        let problem = fault(waiver, today).or_else(|| (!used).then(|| useless(waiver, rules)));
        report.findings.extend(problem.map(|problem| finding(waiver, problem)));
    }
    report.recount();
}

/// Takes the places of `finding` that one of the `holding` waivers covers out of it, or the whole finding.
fn waive(finding: &mut Finding, waivers: &[&Waiver], holding: &[usize], used: &mut [bool]) {
    let mut covers = |site: &Location| {
        let by = holding
            .iter()
            .find(|i| waivers[**i].file == site.file && waivers[**i].line == site.span.start.line);
        by.map(|i| used[*i] = true).is_some()
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
    } else {
        finding.sites = sites;
    }
}

/// What keeps a waiver from holding, and what to do.
fn fault(waiver: &Waiver, today: &str) -> Option<(String, String)> {
    if waiver.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
        return Some((
            format!("the waiver of `{}` gives no reason", waiver.rule),
            "add `reason = \"…\"`".to_owned(),
        ));
    }
    let until = waiver.until.as_deref()?;
    if !is_day(until) {
        let message = format!("`{until}` is not a day");
        return Some((message, "write it as `2027-01-31`".to_owned()));
    }
    let help = "mend what it waives, or give it a new date and say why".to_owned();
    (until < today).then(|| (format!("the waiver of `{}` expired on {until}", waiver.rule), help))
}

/// Whether `text` is a year, a month and a day that could be one. Days sort as texts.
fn is_day(text: &str) -> bool {
    let shape = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    shape && ("01"..="12").contains(&&text[5..7]) && ("01"..="31").contains(&&text[8..])
}

/// Why a waiver takes nothing out.
fn useless(waiver: &Waiver, rules: &[ActiveRule]) -> (String, String) {
    let ids = rules.iter().map(|rule| rule.id.as_str());
    if ids.clone().any(|id| id == waiver.rule) {
        let message = format!("the waiver of `{}` waives nothing", waiver.rule);
        return (message, "remove it".to_owned());
    }
    let help = suggest::help(&waiver.rule, ids.collect::<Vec<_>>()).unwrap_or_else(|| "remove it".to_owned());
    (format!("the waiver names `{}`, which is no rule", waiver.rule), help)
}

fn finding(waiver: &Waiver, (message, help): (String, String)) -> Finding {
    let place = Place { file: waiver.file.as_str().into(), span: waiver.span };
    Finding {
        rule: CODE.to_owned(),
        code: CODE,
        severity: Severity::Error,
        message,
        reason: None,
        instead: Some(help),
        from: None,
        to: None,
        components: Vec::new(),
        owner: None,
        sites: vec![at_place(&place)],
        chain: Vec::new(),
        status: Status::New,
        fingerprint: format!("{CODE} {} {}", waiver.file, waiver.rule),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check, graph::sample::sample};

    const CONFIG: &str =
        "[[forbid]]\nid = \"pure\"\nfrom = \"a\"\nto = \"b\"\n[[acyclic]]\nof = \"modules\"\n";
    const TODAY: &str = "2027-01-31";

    fn waiver(file: &str, line: u32, rule: &str) -> Waiver {
        let (span, reason) = (Span::new(line, 1, line, 9), Some("agreed".to_owned()));
        Waiver { file: file.to_owned(), span, line, rule: rule.to_owned(), reason, until: None }
    }

    /// What is new, and how much is waived, after `waivers` were applied to `a -> b, a -> b in body, b -> a`.
    fn after(waivers: &[Waiver]) -> (Vec<String>, usize) {
        let (setup, _) = check::setup(Some(CONFIG), &[]);
        let (mut report, _) = check::run(&sample("a -> b\na -> b in body\nb -> a").graph, &setup, &[]);
        apply(&mut report, waivers, &setup.rules, TODAY);
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
    }

    #[test]
    fn a_cycle_is_waived_when_one_hop_is() {
        let (new, waived) = after(&[waiver("b.rs", 1, "acyclic")]);
        assert_eq!((new.len(), waived), (1, 1));
    }

    #[test]
    fn a_waiver_must_hold_and_be_of_use() {
        let expired = Waiver { until: Some("2027-01-30".to_owned()), ..waiver("a.rs", 1, "pure") };
        let holds = Waiver { until: Some(TODAY.to_owned()), ..waiver("a.rs", 1, "pure") };
        let reasonless = Waiver { reason: Some(" ".to_owned()), ..waiver("a.rs", 1, "pure") };
        let dateless = Waiver { until: Some("2027-13-01".to_owned()), ..waiver("a.rs", 1, "pure") };
        let said = |waiver: Waiver| after(&[waiver]).0.split_off(2);
        assert!(said(holds).is_empty());
        assert_eq!(said(expired), ["the waiver of `pure` expired on 2027-01-30 (1)"]);
        assert_eq!(said(reasonless), ["the waiver of `pure` gives no reason (1)"]);
        assert_eq!(said(dateless), ["`2027-13-01` is not a day (1)"]);
        assert_eq!(said(waiver("a.rs", 9, "pure")), ["the waiver of `pure` waives nothing (1)"]);
        assert_eq!(said(waiver("a.rs", 1, "puer")), ["the waiver names `puer`, which is no rule (1)"]);
    }
}
