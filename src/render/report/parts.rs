//! The parts of a finding that all formats share: its places in order, its details in words, the
//! counts.
//!
//! Nothing here is escaped for a particular format. All text of the workspace is made [`Printable`],
//! so that no format needs to handle control characters: no text contains a line end, except where
//! its documentation says that it has lines.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use crate::{
    base::{diagnostic::Severity, order::Order as _, span::Span, text::Printable},
    judge::{
        check::{Report, Summary},
        rules::{
            ActiveRule, KINDS,
            finding::{Finding, Hop, ItemDefinition, Location, Status, TypeStep},
        },
    },
};

/// The maximum number of further places that are listed individually.
const PLACES: usize = 5;

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At<'a> {
    /// The file, relative to the workspace root.
    pub file: &'a str,
    /// The span in the file; nowhere if only the file is known.
    pub span: Span,
}

/// A detail of a finding, in addition to its message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The kind of detail: `why`, `instead`, `owner`, `through`, …
    pub label: &'static str,
    /// The text. A reason and an advice keep the line breaks of their author.
    pub text: String,
}

/// The numbers of findings of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCount<'a> {
    /// The id of the rule.
    pub rule: &'a str,
    /// The kind of the rule.
    pub code: &'static str,
    /// The severity of its most severe finding.
    pub severity: Severity,
    /// The number of new findings.
    pub new: usize,
    /// The number of findings in the baseline.
    pub baseline: usize,
    /// The number of waived findings.
    pub waived: usize,
}

/// Returns the findings: the new ones first, then those of the baseline, then the waived ones.
/// Within each status the most severe come first; otherwise the order is that of the report.
pub fn new_first(report: &Report) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = report.findings.iter().collect();
    findings.order_by_key(|f| (f.status, Reverse(f.severity)));
    findings
}

/// Returns the new findings.
pub fn new(report: &Report) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(|f| f.status == Status::New)
}

/// Returns `sites` sorted by file and position, without duplicates.
pub fn in_order(sites: &[Location]) -> Vec<&Location> {
    let mut sorted: Vec<&Location> = sites.iter().collect();
    sorted.order_by_key(|s| (&s.file, s.span));
    sorted.dedup_by_key(|s| (&s.file, s.span));
    sorted
}

/// Returns the primary place of `finding`: its first place, else that of its chain's first hop,
/// else that of its rule.
pub fn primary<'a>(finding: &'a Finding, rules: &'a [ActiveRule]) -> Option<At<'a>> {
    let of_sites = |sites: &'a [Location]| in_order(sites).first().map(|s| at(s));
    let first = of_sites(&finding.sites);
    let hop = || finding.chain.iter().find_map(|hop| of_sites(&hop.sites));
    let declared = || {
        let place = rules.iter().find(|r| r.id == finding.rule)?.place.as_ref()?;
        Some(At { file: &place.file, span: place.span })
    };
    first.or_else(hop).or_else(declared)
}

/// Returns the place of `location`.
pub fn at(location: &Location) -> At<'_> {
    At { file: &location.file, span: location.span }
}

/// Returns `src/a.rs:3:16`, or only the file.
pub fn place(at: At<'_>) -> String {
    let file = Printable(at.file);
    if at.span.is_nowhere() {
        return file.to_string();
    }
    format!("{file}:{}:{}", at.span.start.line, at.span.start.column)
}

/// Returns the message, on one line.
pub fn message(finding: &Finding) -> String {
    Printable(&finding.message).to_string()
}

/// Returns "`a` → `b`".
pub fn hop(hop: &Hop) -> String {
    format!("`{}` → `{}`", Printable(&hop.from), Printable(&hop.to))
}

/// Returns the details of a finding beyond its message and its primary place.
pub fn details(finding: &Finding) -> Vec<Detail> {
    let mut details = Vec::new();
    let mut add = |label, text| details.push(Detail { label, text });
    finding.chain.iter().for_each(|one| add("through", hop_with_place(one)));
    further(finding).into_iter().for_each(|text| add("also at", text));
    remarks(finding).into_iter().for_each(|text| add("note", text));
    author(finding).into_iter().for_each(|(label, text)| add(label, text));
    details
}

/// Returns the texts by the authors of the rule and of the component: the reason, the advice, the
/// owner.
pub fn author(finding: &Finding) -> Vec<(&'static str, String)> {
    let [why, owner] = [&finding.reason, &finding.owner].map(|text| text.as_deref().map(lines));
    let said = [("why", why), ("instead", advice(finding)), ("owner", owner)];
    said.into_iter().filter_map(|(label, text)| Some((label, text?))).collect()
}

/// Returns the advice on what to do instead, and the lines of the configuration with which the
/// finding goes.
pub fn advice(finding: &Finding) -> Option<String> {
    let said = finding.instead.as_deref().map(lines);
    let Some(fix) = &finding.fix else { return said };
    let before = said.map_or_else(String::new, |said| format!("{said}; "));
    Some(match fix.toml() {
        Some(toml) => format!("{before}`archlint sync` writes:\n{}", lines(&toml)),
        None => format!("{before}`archlint sync` {}", fix.summary()),
    })
}

/// Returns the message and the details, one per line.
pub fn plain(finding: &Finding) -> String {
    let mut text = message(finding);
    for Detail { label, text: said } in details(finding) {
        // Writing to a `String` does not fail.
        let _ = write!(text, "\n{label}: {said}");
    }
    text
}

/// Returns the purpose of the rules of kind `code`, in one line.
pub fn purpose(code: &'static str) -> &'static str {
    KINDS.iter().find(|kind| kind.name == code).map_or(code, |kind| kind.summary)
}

/// Returns `text` without leading and trailing blank lines, with each of its lines made visible.
pub fn lines(text: &str) -> String {
    let lines: Vec<String> = text.trim().lines().map(|line| Printable(line).to_string()).collect();
    lines.join("\n")
}

fn hop_with_place(one: &Hop) -> String {
    match in_order(&one.sites).first() {
        Some(first) => format!("{} at {}", hop(one), place(at(first))),
        None => hop(one),
    }
}

/// Returns the first few places after the first, and the number of the others.
fn further(finding: &Finding) -> Option<String> {
    let all = in_order(&finding.sites);
    let rest = all.get(1..).filter(|rest| !rest.is_empty())?;
    let mut named: Vec<String> = rest.iter().take(PLACES).map(|s| place(at(s))).collect();
    named.extend((rest.len() > PLACES).then(|| more(&rest[PLACES..])));
    Some(named.join(", "))
}

/// Returns "and 12 more places in 4 files".
pub fn more(rest: &[&Location]) -> String {
    let mut files: Vec<&str> = rest.iter().map(|s| s.file.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    let places = if rest.len() == 1 { "place" } else { "places" };
    format!("and {} more {places} in {}", rest.len(), count(files.len(), "file"))
}

/// Returns remarks on the references of `finding`: the re-exports and the types that lead to the items,
/// each chain once, and the ends of paths that were not found.
pub fn remarks(finding: &Finding) -> Vec<String> {
    let sites = finding.sites.iter().chain(finding.chain.iter().flat_map(|hop| &hop.sites));
    let (mut through, mut unseen) = (Vec::new(), Vec::new());
    let (mut definitions, mut inferences) = (BTreeSet::new(), BTreeSet::new());
    for site in sites {
        match site.types.as_slice() {
            [] => definitions.extend(&site.definition),
            steps => inferences.extend([(steps, site.inferred)]),
        }
        through.extend((!site.reexports.is_empty()).then(|| reexport(site)));
        unseen.extend(site.unresolved.as_deref());
    }
    through.sort_unstable();
    through.dedup();
    unseen.sort_unstable();
    unseen.dedup();
    through.extend(inferred(&inferences));
    through.extend(defined(&definitions));
    through.extend(not_found(&unseen));
    through
}

/// Returns remarks on the first few chains of types that lead to methods and fields, and the number of
/// the others.
fn inferred<'d>(chains: &'d BTreeSet<(&[TypeStep], bool)>) -> impl Iterator<Item = String> + 'd {
    let more = chains.len().saturating_sub(PLACES);
    let rest = (more > 0).then(|| format!("{} more types lead there", more));
    chains.iter().take(PLACES).map(|(steps, is_doubtful)| chain_of_types(steps, *is_doubtful)).chain(rest)
}

/// Returns "by its type: `bed: &Bed` (src/a.rs:1:2) → `Bed::make` (src/b.rs:3:4)".
fn chain_of_types(steps: &[TypeStep], is_doubtful: bool) -> String {
    let one = |TypeStep { text, file, span }: &TypeStep| {
        format!("`{}` ({})", Printable(text), place(At { file, span: *span }))
    };
    let steps: Vec<String> = steps.iter().map(one).collect();
    let doubt =
        if is_doubtful { "; a macro or another crate may define another item of that name" } else { "" };
    format!("by its type: {}{doubt}", steps.join(" → "))
}

/// Returns remarks on the first few definitions of associated items, and the number of the others.
fn defined<'d>(definitions: &'d BTreeSet<&ItemDefinition>) -> impl Iterator<Item = String> + 'd {
    let more = definitions.len().saturating_sub(PLACES);
    let one = |of: &&ItemDefinition| {
        let ItemDefinition { item, by, file, span } = of;
        let place = place(At { file, span: *span });
        format!("`{}` is defined in `{}` ({place})", Printable(item), Printable(by))
    };
    let rest = (more > 0).then(|| format!("{more} more definitions of associated items"));
    definitions.iter().take(PLACES).map(one).chain(rest)
}

/// Returns a remark on the ends of paths that were not found in the modules that the paths lead to.
fn not_found(rests: &[&str]) -> Option<String> {
    let shown: Vec<String> = rests.iter().take(PLACES).map(|rest| format!("`{}`", Printable(rest))).collect();
    let more = match rests.len().saturating_sub(PLACES) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let cause = "generated code or an external crate may define it";
    (!shown.is_empty()).then(|| format!("not found: {}{more}; {cause}", shown.join(", ")))
}

fn reexport(site: &Location) -> String {
    let step = |(module, file, span): &(String, String, Span)| {
        format!("`{}` ({})", Printable(module), place(At { file, span: *span }))
    };
    let steps: Vec<String> = site.reexports.iter().map(step).collect();
    let item = site.item.as_deref().unwrap_or("the item");
    format!("`{}` is re-exported by {}", Printable(item), steps.join(", then by "))
}

/// Returns the numbers of findings of each rule, in the order of the findings.
pub fn by_rule(report: &Report) -> Vec<RuleCount<'_>> {
    let mut counts: Vec<RuleCount<'_>> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &report.findings {
        let at = *known.entry(&finding.rule).or_insert(counts.len());
        if at == counts.len() {
            let (rule, code, severity) = (finding.rule.as_str(), finding.code, finding.severity);
            counts.push(RuleCount { rule, code, severity, new: 0, baseline: 0, waived: 0 });
        }
        let count = &mut counts[at];
        count.severity = count.severity.max(finding.severity);
        match finding.status {
            Status::New => count.new += 1,
            Status::Baseline => count.baseline += 1,
            Status::Waived => count.waived += 1,
        }
    }
    counts
}

/// Returns "16 errors, 2 known findings", or "no findings".
pub fn totals(summary: &Summary) -> String {
    let counted = [
        (summary.errors, "error"),
        (summary.warnings, "warning"),
        (summary.infos, "remark"),
        (summary.baseline, "known finding"),
        (summary.waived, "waived finding"),
    ];
    let counts: Vec<String> =
        counted.iter().filter(|(n, _)| *n > 0).map(|(n, what)| count(*n, what)).collect();
    if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") }
}

/// Returns "10 rules, 61 modules, 232 dependencies, 1 place not read, 3 references not resolved, 5
/// methods and fields not known", and first of the numbers of what was not seen that of rules.
pub fn scope(summary: &Summary) -> String {
    let parts = [(summary.rules, "rule"), (summary.modules, "module"), (summary.dependencies, "dependency")];
    let seen = parts.map(|(n, what)| count(n, what)).join(", ");
    let unseen = [
        (summary.unchecked, "rule", "not checked"),
        (summary.unread, "place", "not read"),
        (summary.unresolved, "reference", "not resolved"),
    ];
    let unseen = unseen.into_iter().filter(|(n, ..)| *n > 0);
    let text = unseen.fold(seen, |text, (n, what, how)| format!("{text}, {} {how}", count(n, what)));
    let text = match summary.unknown {
        0 => text,
        1 => format!("{text}, 1 method or field not known"),
        n => format!("{text}, {n} methods and fields not known"),
    };
    match summary.elsewhere {
        0 => text,
        n => format!("{text}; {} in other files", count(n, "finding")),
    }
}

/// Returns "1 rule", "2 rules", "3 dependencies".
pub fn count(n: usize, what: &str) -> String {
    match (n, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{n} {stem}ies"),
        _ => format!("{n} {what}s"),
    }
}

/// The notice for a workspace without a configuration.
pub const UNCONFIGURED: &str = "there is no archlint.toml, so only cycles were looked for";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_with_their_nouns() {
        assert_eq!(count(1, "dependency"), "1 dependency");
        assert_eq!(count(2, "dependency"), "2 dependencies");
        assert_eq!(count(0, "rule"), "0 rules");
    }

    #[test]
    fn a_reason_keeps_its_lines_and_nothing_that_acts() {
        assert_eq!(lines("\n a\u{1b}b\n\n  c\r\n"), "a\\u{1b}b\n\n  c");
    }
}
