//! The synchronisation of a configuration with the code: components for modules that have none,
//! nothing for modules that are gone, and the dependencies that there are.
//!
//! The findings of the check carry the changes ([`Fix`]), so what is wrong and what is right is
//! decided in one place. [`sync`] applies them until no finding has one, first the selectors, then
//! the components, then the dependencies, since each depends on those before. A change that the
//! configuration does not allow, such as the removal of a component that a rule names, is left to a
//! person. [`edit`], [`list`] and [`table`] change texts by ranges of bytes.
//!
//! Invariant: every text that is returned was read again and has no mistake.

mod edit;
mod list;
mod table;
mod texts;

use std::collections::BTreeSet;

use crate::{
    base::{
        day::Day,
        diagnostic::{Diagnostic, Severity},
        files::Files,
        suggest::closest,
        waiver::Waiver,
    },
    judge::{
        check::{
            self, Declarations, Subject,
            baseline::{self, Baseline},
            waiver,
        },
        config::File,
        rules::{
            self, COVERAGE, DEPENDENCIES, SELECTOR, UNREAD,
            finding::{Finding, Status},
            fix::{Change, Entry, Fix},
        },
    },
};
use texts::Texts;

pub use texts::Changed;

/// The kinds of findings with fixes, in the order in which these are applied.
const FIXED: [&str; 3] = [SELECTOR, COVERAGE, DEPENDENCIES];

/// The maximum number of times that fixes are applied and the configuration is checked again.
const MOST_ROUNDS: usize = 16;

/// The maximum number of fixes that are applied one by one, each with a check.
const MOST_SINGLY: usize = 100;

/// The inputs of a synchronisation.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The code; without an architecture.
    pub subject: Subject<'a>,
    /// The waivers, each with its file.
    pub waivers: &'a [(String, Waiver)],
    /// The known findings, which stay.
    pub baseline: Option<&'a Baseline>,
    /// The day on which waivers must still be valid.
    pub today: Day,
    /// The configuration.
    pub file: File<'a>,
    /// The files of the workspace.
    pub files: &'a dyn Files,
}

/// The result of a synchronisation.
#[derive(Debug, Clone, Default)]
pub struct Synced {
    /// The files that change.
    pub files: Vec<Changed>,
    /// The changes in words, in the order in which they were made.
    pub done: Vec<String>,
    /// The changes that are left to a person, and why.
    pub left: Vec<String>,
}

/// Brings the configuration up to the code.
///
/// # Errors
/// Returns the mistakes of the configuration with which nothing can be checked.
pub fn sync(input: Input<'_>) -> Result<Synced, Vec<Diagnostic>> {
    let mut run = Run { input, texts: Texts::new(&input), done: Vec::new(), left: BTreeSet::new() };
    run.purge();
    let mut findings = run.check(&run.texts)?;
    let mut tried = BTreeSet::new();
    for _ in 0..MOST_ROUNDS {
        let fixes = run.next(&findings, &mut tried);
        if fixes.is_empty() {
            break;
        }
        findings = run.apply(fixes).unwrap_or(findings);
    }
    run.leave(&findings);
    Ok(Synced { files: run.texts.changed(), done: run.done, left: run.left.into_iter().collect() })
}

/// Adds `to` to the declared dependencies of `from`, whether or not the code has that dependency.
///
/// # Errors
/// Returns why the declaration cannot be added.
pub fn add(input: Input<'_>, pairs: &[(String, String)]) -> Result<Synced, String> {
    let mut run = Run { input, texts: Texts::new(&input), done: Vec::new(), left: BTreeSet::new() };
    for (from, to) in pairs {
        run.add(from, to)?;
    }
    Ok(Synced { files: run.texts.changed(), done: run.done, left: Vec::new() })
}

/// A synchronisation under way.
struct Run<'a> {
    input: Input<'a>,
    texts: Texts<'a>,
    done: Vec<String>,
    left: BTreeSet<String>,
}

impl Run<'_> {
    /// Removes the names of components that do not exist from `depends-on`, and from `visible-to`
    /// unless the name is a misspelling: a crate whose manifest declared the component is gone. What
    /// cannot be removed stays a mistake of the configuration.
    fn purge(&mut self) {
        let packages = self.texts.packages();
        let (config, _) = rules::read_config(Some(self.texts.main()), &packages, &self.texts);
        let known: BTreeSet<&str> = config.components.iter().map(|c| c.name.as_str()).collect();
        let mut fixes = Vec::new();
        for component in &config.components {
            let lists = [("depends-on", &component.depends_on), ("visible-to", &component.visible_to)];
            for (key, list) in lists {
                let names = || list.iter().flatten().map(|name| name.value.as_str());
                let is_gone = |name: &&str| {
                    let is_known = known.contains(name);
                    !is_known && (key == "depends-on" || closest(name, known.iter().copied()).is_none())
                };
                let gone = names().filter(is_gone);
                fixes.extend(gone.map(|name| Fix::remove(component, key, name.to_owned(), names())));
            }
        }
        if let Ok(texts) = self.texts.with(&fixes) {
            let said = self.said(&fixes);
            self.done.extend(said);
            self.texts = texts;
        }
    }

    /// Returns the new findings with `texts` that fixes concern.
    fn check(&self, texts: &Texts<'_>) -> Result<Vec<Finding>, Vec<Diagnostic>> {
        let Input { subject, waivers, baseline, today, .. } = self.input;
        let packages = texts.packages();
        let declared = Declarations { file: Some(texts.main()), packages: &packages, files: texts };
        let (mut setup, mistakes) = check::setup(declared);
        refuse(mistakes)?;
        setup.rules.retain(|rule| FIXED.contains(&rule.kind.name) || rule.kind.name == UNREAD);
        let (architecture, mistakes) = setup.architecture(subject.graph);
        refuse(mistakes)?;
        let subject = Subject { architecture: Some(&architecture), packages: &packages, ..subject };
        let (mut report, mistakes) = check::run(subject, &setup);
        refuse(mistakes)?;
        waiver::apply(&mut report, waivers, &setup, today, subject);
        baseline::apply(baseline, Severity::Off, &mut report);
        Ok(report.findings.into_iter().filter(|finding| finding.status == Status::New).collect())
    }

    /// Returns the fixes of the first kind that has some which were not tried.
    fn next(&mut self, findings: &[Finding], tried: &mut BTreeSet<Fix>) -> Vec<Fix> {
        let unread = findings.iter().any(|finding| finding.code == UNREAD);
        for kind in FIXED {
            let of_kind = findings.iter().filter(|finding| finding.code == kind);
            let fixes: BTreeSet<Fix> = of_kind.filter_map(|finding| finding.fix.clone()).collect();
            let (gone, mut fixes): (BTreeSet<Fix>, BTreeSet<Fix>) =
                fixes.into_iter().partition(|fix| unread && fix.removes());
            self.left.extend(gone.iter().map(|fix| format!("{}: not all source was read", kept(fix))));
            fixes.retain(|fix| tried.insert(fix.clone()));
            if !fixes.is_empty() {
                return fixes.into_iter().collect();
            }
        }
        Vec::new()
    }

    /// Applies `fixes`, all at once or, if the result has a mistake, those that have none one by
    /// one. Returns the findings that are left; `None` if nothing changed.
    fn apply(&mut self, fixes: Vec<Fix>) -> Option<Vec<Finding>> {
        let said = self.said(&fixes);
        if let Ok(findings) = self.attempt(&fixes) {
            self.done.extend(said);
            return Some(findings);
        }
        let mut last = None;
        if fixes.len() > MOST_SINGLY {
            let count = fixes.len() - MOST_SINGLY;
            self.left.insert(format!("{count} changes, since not all can be made at once: run it again"));
        }
        for (fix, said) in fixes.into_iter().zip(said).take(MOST_SINGLY) {
            match self.attempt(std::slice::from_ref(&fix)) {
                Ok(findings) => {
                    self.done.push(said);
                    last = Some(findings);
                }
                Err(why) => drop(self.left.insert(format!("{}: {why}", undone(&fix)))),
            }
        }
        last
    }

    fn attempt(&mut self, fixes: &[Fix]) -> Result<Vec<Finding>, String> {
        let changed = self.texts.with(fixes)?;
        let findings = self.check(&changed).map_err(|mistakes| {
            let first = mistakes.first();
            first.map_or_else(String::new, |mistake| format!("with that, {}", mistake.message))
        })?;
        self.texts = changed;
        Ok(findings)
    }

    /// Notes the findings that stay.
    fn leave(&mut self, findings: &[Finding]) {
        let fixed = findings.iter().filter(|finding| FIXED.contains(&finding.code) && finding.fix.is_none());
        self.left.extend(fixed.map(|finding| finding.message.clone()));
    }

    /// Returns changes in words.
    fn said(&self, fixes: &[Fix]) -> Vec<String> {
        let written = self.texts.written();
        // The keys beyond those that follow the code.
        let lost = |name: &str| {
            let keys = written.get(name).into_iter().flat_map(|written| written.table.keys());
            let lost = keys.filter(|key| !["modules", "depends-on"].contains(&key.as_str()));
            lost.map(String::as_str).collect::<Vec<_>>().join("`, `")
        };
        let said = |fix: &Fix| said(fix, lost);
        fixes.iter().map(said).collect()
    }

    fn add(&mut self, from: &str, to: &str) -> Result<(), String> {
        let packages = self.texts.packages();
        let (config, mistakes) = rules::read_config(Some(self.texts.main()), &packages, &self.texts);
        refuse(mistakes).map_err(|_| "the configuration has mistakes".to_owned())?;
        let known = || config.components.iter().map(|component| component.name.as_str()).collect();
        for name in [from, to] {
            if let Some(unknown) = rules::unknown("component", name, known()) {
                let help = unknown.help.map_or_else(String::new, |help| format!("; {help}"));
                return Err(unknown.message + &help);
            }
        }
        let component = config.components.iter().find(|component| component.name == from);
        let Some(declared) = component.and_then(|component| component.depends_on.as_ref()) else {
            return Err(format!("`{from}` has no `depends-on`, so it may depend on any component already"));
        };
        if from == to {
            return Err(format!("`{from}` needs no declaration to depend on itself"));
        }
        if declared.iter().any(|name| name.value == to) {
            return Ok(());
        }
        let entry = Entry { key: "depends-on", value: to.to_owned(), list: None };
        let fix = Fix { component: from.to_owned(), file: None, change: Change::Add(entry) };
        let said = self.said(std::slice::from_ref(&fix));
        self.texts = self.texts.with(std::slice::from_ref(&fix))?;
        self.done.extend(said);
        Ok(())
    }
}

fn refuse(mistakes: Vec<Diagnostic>) -> Result<(), Vec<Diagnostic>> {
    match mistakes.iter().any(|mistake| mistake.severity == Severity::Error) {
        true => Err(mistakes),
        false => Ok(()),
    }
}

/// Returns a change in words. `lost` returns the keys that go with a component.
fn said(fix: &Fix, lost: impl Fn(&str) -> String) -> String {
    let name = &fix.component;
    match &fix.change {
        Change::New { modules, .. } => format!("`{name}` is new: `{modules}`"),
        Change::Add(Entry { key: "modules", value, .. }) => format!("`{name}` has `{value}`"),
        Change::Add(Entry { value, .. }) => format!("`{name}` depends on `{value}`"),
        Change::Remove(Entry { key: "depends-on", value, .. }) => {
            format!("`{name}` no longer depends on `{value}`")
        }
        Change::Remove(Entry { value, .. }) => format!("`{name}` no longer has `{value}`, which is gone"),
        Change::Gone => match lost(name) {
            lost if lost.is_empty() => format!("`{name}` is gone"),
            lost => format!("`{name}` is gone, and with it `{lost}`"),
        },
    }
}

/// Returns a change that was not made, in words.
fn undone(fix: &Fix) -> String {
    let name = &fix.component;
    match &fix.change {
        Change::New { modules, .. } => format!("no component for `{modules}`"),
        Change::Add(Entry { key, value, .. }) => format!("`{value}` is not added to `{key}` of `{name}`"),
        Change::Remove(_) | Change::Gone => kept(fix),
    }
}

fn kept(fix: &Fix) -> String {
    let name = &fix.component;
    match &fix.change {
        Change::Remove(Entry { key, value, .. }) => format!("`{value}` stays in `{key}` of `{name}`"),
        _ => format!("`{name}` stays, though its modules are gone"),
    }
}
