//! What the rules permit now and did not: a weakened rule shows as such, whoever weakened it and however.
//!
//! Judged by what it means: the head is held against the base's rules too, and what only those find is permitted now. Beside
//! that, what was changed in writing: rules, components, waivers, entries of the baseline.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    Side,
    findings::{by_fingerprint, reported},
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
        architecture::{Architecture, Component},
        check::Setup,
        config::{
            RuleTable,
            value::{Entry, Item, Value},
        },
        rules::{
            KINDS, Origin,
            finding::{Finding, Status},
        },
    },
};

/// What changed in what the rules permit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Permissions {
    /// What is in the head, the base's rules forbid, and the head's do not.
    pub permitted: Vec<Finding>,
    /// What is in the head, and both rules find, the head's with less severity: what it was.
    pub lowered: Vec<(Finding, Severity)>,
    /// What is in the head, is found by its rules, and is accepted only now.
    pub accepted: Vec<Finding>,
    /// Rules and declarations that are written otherwise.
    pub written: Vec<Written>,
    /// Waivers that are new.
    pub waivers_gained: Vec<WaiverAt>,
    /// Waivers that are gone.
    pub waivers_lost: Vec<WaiverAt>,
    /// Entries of the baseline that are new, or allow more.
    pub baseline_gained: Vec<String>,
    /// Entries that are gone, or allow less.
    pub baseline_lost: Vec<String>,
}

/// A rule or declaration that is written otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The rule's id, `components.NAME`, or another table.
    pub what: String,
    /// How it was; `None`: it was not there.
    pub before: Option<String>,
    /// How it is; `None`: it is gone.
    pub after: Option<String>,
    /// Whether that alone permits more, whatever the code: a rule that is gone, or is less severe.
    pub weaker: bool,
}

/// A waiver, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct WaiverAt {
    /// The file.
    pub file: String,
    /// The ids of the rules.
    pub rules: Vec<String>,
    /// Why.
    pub reason: Option<String>,
    /// Its last day.
    pub until: Option<String>,
}

/// What changed from `base` to `head`, where modules moved as `moves` says.
pub fn between(base: Side<'_>, head: Side<'_>, moves: &Moves) -> Permissions {
    let none = Moves::new();
    let before = by_fingerprint(base.report, moves);
    let now = by_fingerprint(head.report, &none);
    let by_old = by_fingerprint(head.by_other, &none);
    let mut permissions = Permissions { written: written(base.setup, head.setup), ..Permissions::default() };
    let unknown = Unknown::new(base, head, moves);
    for finding in reported(head.by_other).filter(|f| is_about_code(f) && !unknown.explains(f)) {
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
        // Without rules of its own the base had nothing that could be accepted.
        if !known && by_old.contains_key(&finding.fingerprint) {
            permissions.accepted.push(finding.clone());
        }
    }
    permissions.waivers(base.waivers, head.waivers);
    permissions.baseline(base, head);
    permissions
}

/// A selector that selects nothing, a waiver that waives nothing: true of rules on code that they were not written for.
fn is_about_code(finding: &Finding) -> bool {
    !matches!(finding.code, "selector" | "waiver")
}

/// The modules of the head that the base has not, and whose place in the architecture its configuration therefore does not say.
/// What components imply for a module that belongs to none is no permission that was there before.
struct Unknown<'a>(BTreeSet<&'a str>);

impl<'a> Unknown<'a> {
    fn new(base: Side<'_>, head: Side<'a>, moves: &Moves) -> Self {
        let now = |id: &'_ str| moves.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let before: BTreeSet<String> = base.graph.nodes.iter().map(|node| now(&node.id)).collect();
        let (architecture, _) = Architecture::new(head.graph, &base.setup.config.components);
        let nodes = head.graph.nodes.iter_enumerated();
        let unplaced = nodes.filter(|(at, node)| node.module.is_some() && architecture.owner(*at).is_none());
        Self(unplaced.map(|(_, node)| node.id.as_str()).filter(|id| !before.contains(*id)).collect())
    }

    /// Whether `finding`, which the base's rules make of the head, only says that such a module has no place.
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
        self.waivers_lost.sort();
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

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        let lost = self.waivers_lost.is_empty() && self.baseline_lost.is_empty();
        self.weaker() == 0 && self.written.is_empty() && lost
    }

    /// How much more is permitted: edges that are no findings any more or less severe ones, rules gone or less severe, waivers
    /// and entries of the baseline that came.
    pub fn weaker(&self) -> usize {
        let judged = self.permitted.len() + self.lowered.len() + self.accepted.len();
        let written = self.written.iter().filter(|written| written.weaker).count();
        judged + written + self.waivers_gained.len() + self.baseline_gained.len()
    }
}

/// Waivers without their lines, and how many there are alike.
fn counted(waivers: &[(String, Waiver)]) -> BTreeMap<WaiverAt, usize> {
    let mut counted = BTreeMap::new();
    for (file, waiver) in waivers.iter().filter(|(_, waiver)| waiver.mistake.is_none()) {
        let Waiver { rules, reason, until, .. } = waiver.clone();
        *counted.entry(WaiverAt { file: file.clone(), rules, reason, until }).or_default() += 1;
    }
    counted
}

/// The rules and declarations that two configurations write otherwise.
fn written(base: &Setup, head: &Setup) -> Vec<Written> {
    let mut all = changed(&rules(base), &rules(head), |old, new| new.is_none_or(|new| new.1 < old.1));
    all.extend(changed(&declarations(base), &declarations(head), |_, _| false));
    all
}

/// Something in words, and how severe it is.
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

/// The active rules by id, in words: what they say, then how they are written.
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

/// The keys of a rule's table that bear on what it forbids.
fn as_written(table: &RuleTable) -> String {
    let silent = ["id", "severity", "reason", "instead"];
    let keys = table.written.table.iter().filter(|(key, _)| !silent.contains(&key.as_str()));
    let keys: Vec<String> = keys.map(|(key, entry)| format!("{key} = {}", entry_text(entry))).collect();
    if keys.is_empty() { String::new() } else { format!(" ({})", keys.join(", ")) }
}

fn entry_text(entry: &Entry) -> String {
    value_text(&entry.item.value)
}

/// A value as TOML would have it. Values are no deeper than the parser that made them allows.
fn value_text(value: &Value) -> String {
    let list =
        |items: &[Item]| items.iter().map(|item| value_text(&item.value)).collect::<Vec<_>>().join(", ");
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

/// The keys of components, and what else decides which code is judged, in words.
fn declarations(setup: &Setup) -> BTreeMap<String, Said> {
    let components = setup.config.components.iter();
    let keys =
        components.flat_map(|c| keys(c).map(|(key, text)| (format!("components.{}.{key}", c.name), text)));
    let mut said: BTreeMap<String, String> = keys.filter_map(|(name, text)| Some((name, text?))).collect();
    let analysis = &setup.config.analysis;
    said.insert("analysis.tests".into(), analysis.tests.to_string());
    said.insert("analysis.exclude".into(), list(analysis.exclude.iter().map(String::as_str)));
    said.into_iter().map(|(name, text)| (name, (text, Severity::Error))).collect()
}

/// The keys of a component that bear on rules, as far as it has them.
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
