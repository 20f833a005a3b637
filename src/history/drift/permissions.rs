//! Changes in permissions: a weakened rule is reported as such, however it was weakened.
//!
//! The comparison is semantic: the head is judged by the base's rules, too, and a finding that only
//! those report is now permitted. In addition, textual changes are listed: rules, components,
//! waivers, entries of the baseline.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    Side,
    findings::{Known, by_fingerprint, reported},
    shape::Moves,
};
use crate::{
    base::{
        diagnostic::Severity,
        pattern::{Selector, Term},
        place::Located,
        waiver::Waiver,
    },
    judge::{
        architecture::Component,
        check::Setup,
        config::{
            RuleTable,
            value::{Element, Entry, Value},
        },
        rules::{
            KINDS, Origin,
            finding::{Finding, Status},
        },
    },
};

/// The changes in what the rules permit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Permissions {
    /// The findings in the head that the base's rules report and the head's rules do not.
    pub permitted: Vec<Finding>,
    /// The findings in the head that both rules report, the head's with a lower severity; with the
    /// previous severity.
    pub lowered: Vec<(Finding, Severity)>,
    /// The findings in the head that its rules report and that are accepted only now.
    pub accepted: Vec<Finding>,
    /// The rules and declarations whose text changed.
    pub written: Vec<Written>,
    /// The new waivers.
    pub waivers_gained: Vec<WaiverAt>,
    /// The removed waivers.
    pub waivers_lost: Vec<WaiverAt>,
    /// The entries of the baseline that are new, or allow more.
    pub baseline_gained: Vec<String>,
    /// The entries of the baseline that were removed, or allow less.
    pub baseline_lost: Vec<String>,
}

/// A rule or declaration whose text changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The rule's id, `components.NAME`, or another table.
    pub what: String,
    /// The previous text; `None` if it is new.
    pub before: Option<String>,
    /// The present text; `None` if it was removed.
    pub after: Option<String>,
    /// Whether the change alone permits more, regardless of the code: the rule was removed, or is
    /// less severe.
    pub weaker: bool,
}

/// A waiver with its file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct WaiverAt {
    /// The file.
    pub file: String,
    /// The ids of the rules.
    pub rules: Vec<String>,
    /// The reason for the waiver.
    pub reason: Option<String>,
    /// The last day on which the waiver is valid.
    pub until: Option<String>,
}

/// Returns the changes from `base` to `head`, with modules moved as given in `moves`.
pub fn between(base: Side<'_>, head: Side<'_>, moves: &Moves) -> Permissions {
    let none = Moves::new();
    let before = by_fingerprint(base.report, moves);
    let now = by_fingerprint(head.report, &none);
    let by_old = by_fingerprint(head.by_other, &none);
    let mut permissions = Permissions { written: written(base.setup, head.setup), ..Permissions::default() };
    let unknown = Unknown::new(base, head, moves);
    let units = Known::new(head.report, &none);
    // A part that a waiver removes from a finding is not permitted by the rule.
    let waived: BTreeSet<&str> =
        head.waivers.iter().flat_map(|(_, w)| &w.rules).map(String::as_str).collect();
    for finding in reported(head.by_other).filter(|f| is_about_code(f) && !unknown.explains(f)) {
        if !waived.contains(finding.rule.as_str()) && units.lacks_some(finding) {
            permissions.permitted.push(finding.clone());
            continue;
        }
        match now.get(&finding.fingerprint) {
            None => permissions.permitted.push(finding.clone()),
            Some(found) if found.severity < finding.severity => {
                permissions.lowered.push(((*found).clone(), finding.severity));
            }
            Some(_) => {}
        }
    }
    for finding in reported(head.report).filter(|f| f.status != Status::New) {
        let known = before.get(&finding.fingerprint).is_some_and(|f| f.status != Status::New);
        // A base without rules of its own had no findings that could have been accepted.
        if !known && by_old.contains_key(&finding.fingerprint) {
            permissions.accepted.push(finding.clone());
        }
    }
    permissions.waivers(base.waivers, head.waivers);
    permissions.baseline(base, head);
    permissions
}

/// Returns whether a finding concerns code. A selector that selects nothing, or a waiver that
/// waives nothing, is to be expected when rules are applied to code that they were not written for.
fn is_about_code(finding: &Finding) -> bool {
    !matches!(finding.code, "selector" | "waiver")
}

/// The modules of the head that the base does not have and that its configuration assigns to no
/// component. Findings that the base's components imply for such a module only say that it has no
/// component; that the head does not report them is no new permission.
struct Unknown<'a>(BTreeSet<&'a str>);

impl<'a> Unknown<'a> {
    fn new(base: Side<'_>, head: Side<'a>, moves: &Moves) -> Self {
        let now = |id: &'_ str| moves.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let before: BTreeSet<String> = base.graph.nodes.iter().map(|node| now(&node.id)).collect();
        let is_owned = |at| head.placed_by_other.is_some_and(|placed| placed.owner(at).is_some());
        let nodes = head.graph.nodes.iter_enumerated();
        let unplaced = nodes.filter(|(at, node)| node.module.is_some() && !is_owned(*at));
        Self(unplaced.map(|(_, node)| node.id.as_str()).filter(|id| !before.contains(*id)).collect())
    }

    /// Returns whether `finding`, reported by the base's rules for the head, only states that such
    /// a module belongs to no component.
    fn explains(&self, finding: &Finding) -> bool {
        let kind = KINDS.iter().find(|kind| kind.name == finding.code);
        let implied = kind.is_some_and(|kind| matches!(kind.origin, Origin::Implied(_)));
        let ends = [&finding.from, &finding.to];
        implied && ends.into_iter().flatten().any(|id| self.0.contains(id.as_str()))
    }
}

impl Permissions {
    fn waivers(&mut self, base: &[(String, Waiver)], head: &[(String, Waiver)]) {
        let (mut old, new) = (counted(base), counted(head));
        for (waiver, count) in new {
            let before = old.remove(&waiver).unwrap_or(0);
            let more = count.saturating_sub(before);
            self.waivers_gained.extend(std::iter::repeat_n(waiver.clone(), more));
            self.waivers_lost.extend(std::iter::repeat_n(waiver, before.saturating_sub(count)));
        }
        self.waivers_lost.extend(old.into_iter().flat_map(|(waiver, n)| std::iter::repeat_n(waiver, n)));
        self.waivers_lost.sort_unstable();
    }

    fn baseline(&mut self, base: Side<'_>, head: Side<'_>) {
        let entries = |side: Side<'_>| -> BTreeMap<String, u64> {
            side.baseline.into_iter().flat_map(|b| b.entries()).map(|(f, n)| (f.to_owned(), n)).collect()
        };
        let (old, new) = (entries(base), entries(head));
        let all: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for fingerprint in all {
            let count = |side: &BTreeMap<String, u64>| side.get(fingerprint).copied().unwrap_or(0);
            let (before, after) = (count(&old), count(&new));
            let said = match (before, after) {
                (0, _) | (_, 0) => fingerprint.clone(),
                _ => format!("{fingerprint} ({before} → {after})"),
            };
            if after > before {
                self.baseline_gained.push(said);
            } else if after < before {
                self.baseline_lost.push(said);
            }
        }
    }

    /// Returns whether there are no changes.
    pub fn is_empty(&self) -> bool {
        let lost = self.waivers_lost.is_empty() && self.baseline_lost.is_empty();
        self.weaker() == 0 && self.written.is_empty() && lost
    }

    /// Returns the number of additional permissions: findings that disappeared or became less
    /// severe, rules that were removed or are less severe, new waivers, and new entries of the
    /// baseline.
    pub fn weaker(&self) -> usize {
        let judged = self.permitted.len() + self.lowered.len() + self.accepted.len();
        let written = self.written.iter().filter(|written| written.weaker).count();
        judged + written + self.waivers_gained.len() + self.baseline_gained.len()
    }
}

/// Returns the waivers without their lines, with the number of equal ones.
fn counted(waivers: &[(String, Waiver)]) -> BTreeMap<WaiverAt, usize> {
    let mut counted = BTreeMap::new();
    for (file, waiver) in waivers.iter().filter(|(_, waiver)| waiver.mistake.is_none()) {
        let Waiver { rules, reason, until, .. } = waiver.clone();
        *counted.entry(WaiverAt { file: file.clone(), rules, reason, until }).or_default() += 1;
    }
    counted
}

/// Returns the rules and declarations whose text differs between two configurations.
fn written(base: &Setup, head: &Setup) -> Vec<Written> {
    let mut all = changed(&rules(base), &rules(head), |old, new| new.is_none_or(|new| new.1 < old.1));
    all.extend(changed(&declarations(base), &declarations(head), |_, _| false));
    all.extend(analysed(base, head));
    all
}

/// A text, and the severity.
type Said = (String, Severity);

fn changed(
    old: &BTreeMap<String, Said>,
    new: &BTreeMap<String, Said>,
    weaker: impl Fn(&Said, Option<&Said>) -> bool,
) -> Vec<Written> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let change = |name: &String| {
        let (before, after) = (old.get(name), new.get(name));
        (before != after).then(|| Written {
            what: name.clone(),
            before: before.map(|(said, _)| said.clone()),
            after: after.map(|(said, _)| said.clone()),
            weaker: before.is_some_and(|before| weaker(before, after)),
        })
    };
    names.into_iter().filter_map(change).collect()
}

/// Returns the active rules by id, as text: their meaning, then their keys as written.
fn rules(setup: &Setup) -> BTreeMap<String, Said> {
    let said = setup.rules.iter().map(|rule| {
        let tables = setup.config.rules.iter();
        let table = tables.into_iter().find(|table| table.id == rule.id && table.kind == rule.kind.name);
        let keys = table.map(as_written).unwrap_or_default();
        let says = rule.rule.says();
        (rule.id.clone(), (format!("{} {}: {says}{keys}", rule.severity, rule.kind.name), rule.severity))
    });
    said.collect()
}

/// Returns the keys of a rule's table that affect what it forbids, sorted, as text.
pub fn rule_text(table: &RuleTable) -> String {
    let text = as_written(table);
    text.strip_prefix(" (").and_then(|text| text.strip_suffix(')')).unwrap_or(&text).to_owned()
}

/// Returns the keys of components that affect rules, as text, by name.
pub fn declaration_texts(setup: &Setup) -> BTreeMap<String, String> {
    declarations(setup).into_iter().map(|(name, (text, _))| (name, text)).collect()
}

/// Returns the keys of a rule's table that affect what it forbids.
fn as_written(table: &RuleTable) -> String {
    let silent = ["id", "severity", "reason", "instead"];
    let keys = table.written.table.iter().filter(|(key, _)| !silent.contains(&key.as_str()));
    let keys: Vec<String> = keys.map(|(key, entry)| format!("{key} = {}", entry_text(entry))).collect();
    if keys.is_empty() { String::new() } else { format!(" ({})", keys.join(", ")) }
}

fn entry_text(entry: &Entry) -> String {
    value_text(&entry.item.value)
}

/// Formats a value as TOML. The recursion is bounded by the nesting limit of the parser that
/// created the value.
fn value_text(value: &Value) -> String {
    let list =
        |items: &[Element]| items.iter().map(|item| value_text(&item.value)).collect::<Vec<_>>().join(", ");
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Array(items) => format!("[{}]", list(items)),
        Value::Table(table) => {
            let keys = table.iter().map(|(key, entry)| format!("{key} = {}", entry_text(entry)));
            format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
        }
        Value::Other(kind) => (*kind).to_owned(),
    }
}

/// Returns the textual changes of the selection of code that is checked. Rules do not see code that
/// is left out, so excluding more code, or reading less, permits more.
fn analysed(base: &Setup, head: &Setup) -> Vec<Written> {
    let (old, new) = (&base.config.analysis, &head.config.analysis);
    let lacks = |all: &[String], some: &[String]| some.iter().any(|glob| !all.contains(glob));
    let flag = |name: &str, old: bool, new: bool, weaker: bool| {
        changed(&one(name, old.to_string()), &one(name, new.to_string()), |_, _| weaker)
    };
    let globs = |name: &str, old: &[String], new: &[String], weaker: bool| {
        let text = |globs: &[String]| one(name, list(globs.iter().map(String::as_str)));
        changed(&text(old), &text(new), |_, _| weaker)
    };
    let (excluded, generated) = (lacks(&old.exclude, &new.exclude), lacks(&new.generated, &old.generated));
    let all = [
        flag("analysis.tests", old.tests, new.tests, old.tests),
        flag("analysis.methods", old.methods, new.methods, old.methods),
        globs("analysis.exclude", &old.exclude, &new.exclude, excluded),
        globs("analysis.generated", &old.generated, &new.generated, generated),
        globs(
            "analysis.signatures",
            &old.signatures,
            &new.signatures,
            lacks(&new.signatures, &old.signatures),
        ),
    ];
    all.into_iter().flatten().collect()
}

/// Returns one declaration as text.
fn one(name: &str, text: String) -> BTreeMap<String, Said> {
    BTreeMap::from([(name.to_owned(), (text, Severity::Error))])
}

/// Returns the keys of components as text.
fn declarations(setup: &Setup) -> BTreeMap<String, Said> {
    let components = setup.config.components.iter();
    let keys =
        components.flat_map(|c| keys(c).map(|(key, text)| (format!("components.{}.{key}", c.name), text)));
    let said: BTreeMap<String, String> = keys.filter_map(|(name, text)| Some((name, text?))).collect();
    said.into_iter().map(|(name, text)| (name, (text, Severity::Error))).collect()
}

/// Returns the keys of a component that affect rules, if present.
fn keys(component: &Component) -> [(&'static str, Option<String>); 6] {
    let names = |names: &Option<Vec<Located<String>>>| {
        names.as_ref().map(|names| list(names.iter().map(|name| name.value.as_str())))
    };
    [
        ("modules", Some(selector(&component.modules))),
        ("exposes", component.exposes.as_ref().map(selector)),
        ("depends-on", names(&component.depends_on)),
        ("visible-to", names(&component.visible_to)),
        ("layer", component.layer.clone()),
        ("tags", (!component.tags.is_empty()).then(|| list(component.tags.iter().map(String::as_str)))),
    ]
}

fn selector(selector: &Selector) -> String {
    let term = |t: &Term| format!("{}{}", if t.exclude { "!" } else { "" }, t.text);
    let terms: Vec<String> = selector.terms.iter().map(term).collect();
    list(terms.iter().map(String::as_str))
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", items.map(|item| format!("\"{item}\"")).collect::<Vec<_>>().join(", "))
}
