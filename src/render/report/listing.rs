//! The findings of a text report: grouped, the worst first, and at most as many lines as people read.

use std::{cmp::Reverse, collections::BTreeMap, fmt::Write as _};

use annotate_snippets::{Group, Level};

use super::{
    Sources, parts,
    rustc::{Style, finding_with, line},
};
use crate::{
    base::order::Order as _,
    judge::{
        check::{
            Report,
            causes::{Cause, Cut, causes},
        },
        rules::finding::Finding,
    },
};

/// The number of lines that a report on standard output has at most, by default.
pub const LINES: usize = 400;

/// The maximum number of modules and rules that a note names; the others are counted.
const SHOWN: usize = 4;

/// The property by which findings are grouped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// The dependency that has to go for all of them to go.
    #[default]
    Cause,
    /// The rule.
    Rule,
    /// The component that depends.
    Component,
    /// The owner of that component.
    Owner,
    /// The file of the first place.
    File,
}

/// The findings of a report as a text lists them.
#[derive(Debug, Clone)]
pub struct Listing<'a> {
    /// The groups.
    pub by: GroupBy,
    /// The causes of the new findings.
    pub causes: Vec<Cause<'a>>,
    /// The maximum number of lines; `None` for all.
    pub lines: Option<usize>,
    /// The dependencies whose removal makes the most findings go.
    pub cut: Option<Cut>,
}

/// Some findings below a title. Of the findings of one cause, only the first is shown in full.
struct Section<'c, 'a> {
    title: Option<String>,
    entries: Vec<Entry<'c, 'a>>,
}

/// A finding that is shown in full, and the cause whose other findings it stands for.
struct Entry<'c, 'a> {
    finding: &'a Finding,
    cause: Option<&'c Cause<'a>>,
}

impl Entry<'_, '_> {
    /// Returns the number of findings.
    fn count(&self) -> usize {
        self.cause.map_or(1, |cause| cause.findings.len())
    }
}

impl<'a> Listing<'a> {
    /// Lists the new findings of `report`, by cause.
    pub fn of(report: &'a Report) -> Self {
        Self { by: GroupBy::Cause, causes: causes(report), lines: Some(LINES), cut: None }
    }

    /// Returns the findings, with a blank line after each. The first one is shown whatever its length.
    pub fn text(&self, sources: &Sources<'_>, style: Style<'_>) -> String {
        let mut out = self.head(style);
        let mut left = self.lines.unwrap_or(usize::MAX);
        let mut is_first = true;
        let mut entries = self.sections().into_iter().flat_map(|Section { mut title, entries }| {
            entries.into_iter().map(move |entry| (title.take(), entry))
        });
        while let Some((title, entry)) = entries.next() {
            let text = self.entry(&entry, title, sources, style);
            let lines = text.lines().count();
            if lines > left && !is_first {
                let more: Vec<usize> = entries.map(|(_, entry)| entry.count()).collect();
                return out + &rest(entry.count() + more.iter().sum::<usize>(), 1 + more.len(), style);
            }
            (left, is_first) = (left.saturating_sub(lines), false);
            out.push_str(&text);
        }
        out
    }

    fn entry(
        &self,
        entry: &Entry<'_, '_>,
        title: Option<String>,
        sources: &Sources<'_>,
        style: Style<'_>,
    ) -> String {
        let notes = entry.cause.map(notes).unwrap_or_default();
        let heading = title.map(|title| heading(&title, style)).unwrap_or_default();
        heading + &finding_with(entry.finding, &notes, sources, style) + "\n\n"
    }

    /// Returns the dependencies whose removal makes many findings go.
    fn head(&self, style: Style<'_>) -> String {
        let Some(Cut { dependencies, gone, of }) = &self.cut else { return String::new() };
        let what = match dependencies.len() {
            1 => "this dependency".to_owned(),
            many => format!("these {many} dependencies"),
        };
        let title = format!("without {what}, {gone} of {of} findings go");
        let mut group = Group::with_title(Level::INFO.with_name("first").primary_title(title));
        for (from, to, at) in dependencies {
            let text = format!("`{from}` → `{to}` at {}", parts::place(parts::at(at)));
            group = group.element(Level::NOTE.no_name().message(line(&text)));
        }
        style.renderer().render(&[group]) + "\n\n"
    }

    fn sections(&self) -> Vec<Section<'_, 'a>> {
        if self.by == GroupBy::Cause {
            let entry = |cause| Entry { finding: Cause::first(cause), cause: Some(cause) };
            return vec![Section { title: None, entries: self.causes.iter().map(entry).collect() }];
        }
        let mut sections: BTreeMap<(bool, String), Vec<&'a Finding>> = BTreeMap::new();
        for finding in self.causes.iter().flat_map(|cause| cause.findings.iter().copied()) {
            let title = self.title(finding);
            sections.entry((title.is_none(), title.unwrap_or_default())).or_default().push(finding);
        }
        let worst = |findings: &[&Finding]| findings.iter().map(|finding| finding.severity).max();
        let mut sections: Vec<_> = sections.into_iter().collect();
        sections
            .order_by_key(|((is_rest, _), found)| (*is_rest, Reverse(worst(found)), Reverse(found.len())));
        let section = |((is_rest, title), mut found): ((bool, String), Vec<&'a Finding>)| {
            found.order_by_key(|finding| Reverse(finding.severity));
            let title = if is_rest { self.without().to_owned() } else { title };
            let title = Some(format!("{title}: {}", parts::count(found.len(), "finding")));
            Section {
                title,
                entries: found.into_iter().map(|finding| Entry { finding, cause: None }).collect(),
            }
        };
        sections.into_iter().map(section).collect()
    }

    /// Returns the title of the section of a finding; `None` if it lacks the property.
    fn title(&self, finding: &Finding) -> Option<String> {
        match self.by {
            GroupBy::Cause => None,
            GroupBy::Rule => Some(format!("rule {}", finding.rule)),
            GroupBy::Component => finding.components.first().map(|name| format!("component {name}")),
            GroupBy::Owner => finding.owner.as_ref().map(|owner| format!("owner {owner}")),
            GroupBy::File => parts::primary(finding, &[]).map(|at| format!("file {}", at.file)),
        }
    }

    /// Returns the title of the findings that lack the property.
    fn without(&self) -> &'static str {
        match self.by {
            GroupBy::Cause | GroupBy::Rule => "others",
            GroupBy::Component => "in no component",
            GroupBy::Owner => "without an owner",
            GroupBy::File => "without a file",
        }
    }
}

fn heading(title: &str, style: Style<'_>) -> String {
    let title = line(title);
    if style.color { format!("\u{1b}[1m{title}\u{1b}[0m\n\n") } else { format!("{title}\n\n") }
}

/// Returns the number of findings that are not shown, and of their groups.
fn rest(findings: usize, groups: usize, style: Style<'_>) -> String {
    let of =
        if groups == findings { String::new() } else { format!(", of {}", parts::count(groups, "cause")) };
    let title = format!("{} not shown{of}", parts::count(findings, "more finding"));
    let help = Level::HELP.message("`--all` shows all of them, `--summary` counts them by rule");
    let group = Group::with_title(Level::INFO.with_name("and").primary_title(title)).element(help);
    style.renderer().render(&[group]) + "\n\n"
}

/// Returns the notes on the further findings of a cause, by rule.
fn notes(cause: &Cause<'_>) -> Vec<String> {
    let Some((first, rest)) = cause.findings.split_first() else { return Vec::new() };
    let mut by_rule: Vec<(&str, Vec<&Finding>)> = Vec::new();
    for finding in rest {
        match by_rule.iter_mut().find(|(rule, _)| *rule == finding.rule) {
            Some((_, of_rule)) => of_rule.push(finding),
            None => by_rule.push((&finding.rule, vec![finding])),
        }
    }
    let more = by_rule.len().saturating_sub(SHOWN);
    let mut notes: Vec<String> = by_rule.iter().take(SHOWN).map(|of| note(cause, first, of)).collect();
    if more > 0 {
        notes.push(format!("and breaks {} more", parts::count(more, "rule")));
    }
    notes
}

fn note(cause: &Cause<'_>, first: &Finding, (rule, findings): &(&str, Vec<&Finding>)) -> String {
    let is_same = *rule == first.rule;
    let dependency = cause.dependency.filter(|_| !first.chain.is_empty());
    let subject = match dependency {
        Some((from, to)) => format!("`{from}` → `{to}`"),
        None => "the same references".to_owned(),
    };
    let verb = if dependency.is_some() { "breaks" } else { "break" };
    if let ([only], false) = (&findings[..], is_same) {
        return format!("{subject} also {verb} {rule}: {}", only.message);
    }
    let mut names: Vec<&str> = findings.iter().filter_map(|finding| finding.from.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    let more = names.len().saturating_sub(SHOWN);
    let mut text = format!("{subject} also {verb} ");
    text.push_str(if is_same { "this rule" } else { rule });
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    // Writing to a `String` does not fail.
    let _ = match (shown.len(), more) {
        (0, _) => write!(text, " in {} more", parts::count(findings.len(), "way")),
        (_, 0) => write!(text, " for {}", shown.join(", ")),
        (_, more) => write!(text, " for {} and {more} more", shown.join(", ")),
    };
    text
}
