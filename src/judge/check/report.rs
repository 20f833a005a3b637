//! The result of a check, as data.

use std::collections::BTreeSet;

use super::{MOST_FINDINGS, MOST_TRIED, Setup};
use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
    },
    judge::rules::{
        ActiveRule, SELECTOR, UNREAD,
        finding::{Finding, Location, Status},
        violation::Ratchet,
    },
};

/// The result of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings, grouped by rule in the order of the kinds, then of the configuration; within a
    /// rule by place.
    pub findings: Vec<Finding>,
    /// The numbers of findings, and of the things that were checked.
    pub summary: Summary,
    /// The values that are findings or not depending on the baseline, which
    /// [`baseline::apply`](super::baseline::apply) decides.
    pub measured: Vec<Measured>,
    /// The number of rules, the last ones, that were not begun. [`Summary::unchecked`] includes
    /// those that were not checked to their end.
    pub left_out: usize,
}

impl Report {
    /// Returns the files that contain places of findings, sorted.
    pub fn files(&self) -> Vec<String> {
        let mut files = BTreeSet::new();
        for finding in &self.findings {
            let of_hops = finding.chain.iter().flat_map(|hop| &hop.sites);
            for Location { file, reexports, definition, types, .. } in finding.sites.iter().chain(of_hops) {
                files.insert(file);
                files.extend(reexports.iter().map(|(_, file, _)| file));
                files.extend(definition.iter().map(|definition| &definition.file));
                files.extend(types.iter().map(|step| &step.file));
            }
        }
        files.into_iter().cloned().collect()
    }

    /// Keeps the findings about files that `is_asked` accepts, and counts the new ones about others.
    /// `file_of` returns the file of a module. Findings that are about no file are kept, and so are those
    /// behind which there may be others about any file: source that was not read, and selectors that
    /// select nothing, whose rules are not checked.
    pub fn keep_about<'m>(
        &mut self,
        is_asked: &dyn Fn(&str) -> bool,
        file_of: &dyn Fn(&str) -> Option<&'m str>,
    ) {
        let is_about = |finding: &Finding| {
            let of_hops = finding.chain.iter().flat_map(|hop| &hop.sites);
            let mut places = finding.sites.iter().chain(of_hops).map(|place| place.file.as_str()).peekable();
            let module = finding.from.as_deref().and_then(file_of);
            let is_general = places.peek().is_none() && module.is_none();
            is_general || [UNREAD, SELECTOR].contains(&finding.code) || places.chain(module).any(is_asked)
        };
        let (kept, others): (Vec<_>, Vec<_>) = self.findings.drain(..).partition(is_about);
        self.findings = kept;
        self.summary.elsewhere = others.iter().filter(|finding| finding.status == Status::New).count();
        self.recount();
    }

    /// Creates the report of a check in which no rule of `setup` was checked.
    pub fn of_nothing(setup: &Setup) -> Self {
        let left_out = setup.rules.len();
        let summary = Summary { unchecked: left_out, ..Summary::default() };
        Self { left_out, summary, ..Self::default() }
    }

    /// Returns the diagnostic that rules were not checked, if the check ended early.
    pub fn early_end(&self) -> Option<Diagnostic> {
        let unchecked = self.left_out;
        let found = self.findings.iter().filter(|f| f.code != codes::TOO_MANY_FINDINGS.name).count();
        let message = format!(
            "{unchecked} rules were not checked: the rules before them have {found} findings, and a check ends after \
             {MOST_FINDINGS} findings or {MOST_TRIED} tests of a wildcard against a module"
        );
        let help = "fix the findings, or narrow the selectors of the rules with the most findings";
        (unchecked > 0).then(|| Diagnostic::error(codes::TOO_MANY_FINDINGS, message).help(help))
    }

    /// Returns the rules of `setup`, of which this is a report, that were checked.
    pub fn checked<'s>(&self, setup: &'s Setup) -> &'s [ActiveRule] {
        &setup.rules[..setup.rules.len().saturating_sub(self.left_out)]
    }

    /// Counts the findings again after the status of some has changed.
    pub fn recount(&mut self) {
        let findings = &self.findings;
        let new =
            |severity| findings.iter().filter(|f| f.status == Status::New && f.severity == severity).count();
        let with = |status| findings.iter().filter(|f| f.status == status).count();
        self.summary = Summary {
            errors: new(Severity::Error),
            warnings: new(Severity::Warn),
            infos: new(Severity::Info),
            baseline: with(Status::Baseline),
            waived: with(Status::Waived),
            ..self.summary
        };
    }

    /// Returns the exit code of the process: 1 if there is a new finding of severity error, else 0.
    pub fn exit_code(&self) -> u8 {
        u8::from(self.summary.errors > 0)
    }
}

/// A measured value that the baseline limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The finding if the value is too high. Its message is incomplete until the limit is known.
    pub finding: Finding,
    /// The limit.
    pub ratchet: Ratchet,
    /// The index in [`Report::findings`] of the finding that follows this one.
    pub before: usize,
}

/// The summary of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Summary {
    /// New findings of severity error.
    pub errors: usize,
    /// New findings of severity warn.
    pub warnings: usize,
    /// New findings of severity info.
    pub infos: usize,
    /// Findings in the baseline.
    pub baseline: usize,
    /// Findings that waivers allow.
    pub waived: usize,
    /// Rules that were checked.
    pub rules: usize,
    /// Rules that were not checked, because they or the rules before them reached a limit.
    #[serde(skip_serializing_if = "is_zero")]
    pub unchecked: usize,
    /// Modules that were checked.
    pub modules: usize,
    /// Dependencies of these modules on each other and on external crates.
    pub dependencies: usize,
    /// Diagnostics about source that was not read, including accepted ones.
    #[serde(skip_serializing_if = "is_zero")]
    pub unread: usize,
    /// The references of the workspace that were looked up and not found.
    pub unresolved: usize,
    /// The methods and fields of the workspace whose definition is not known.
    #[serde(skip_serializing_if = "is_zero")]
    pub unknown: usize,
    /// New findings about other files than the check was asked about.
    #[serde(skip_serializing_if = "is_zero")]
    pub elsewhere: usize,
    /// Whether there was a configuration: a file, or components declared in manifests.
    pub configured: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}
