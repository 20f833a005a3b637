//! The record: an in-toto Statement v1 with a predicate of our own.
//!
//! The fields of each type are in alphabetical order, which is the order in which they are written.
//! The test-result predicate of in-toto is deliberately not used: it has `PASSED`, `WARNED` and
//! `FAILED`, and no value for a rule whose result is unknown. `docs/src/evidence.schema.json`
//! describes the types to others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{base::digest::Sha256, render::json};

/// The type of the statement, which in-toto defines.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// The type of the predicate.
pub const PREDICATE_TYPE: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/evidence/v1");

/// A statement about one commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The type of the statement.
    #[serde(rename = "_type")]
    pub statement_type: String,
    /// The results.
    pub predicate: Predicate,
    /// The type of the predicate.
    #[serde(rename = "predicateType")]
    pub predicate_type: String,
    /// The commit; always one.
    pub subject: Vec<Subject>,
}

/// The thing that a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The ids of the commit and of its tree.
    pub digest: GitDigest,
    /// The name of the repository, as its owner gave it.
    pub name: String,
}

/// The ids of a commit, by the names that in-toto defines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GitDigest {
    /// The id of the commit.
    pub git_commit: String,
    /// The id of its root folder.
    pub git_tree: String,
}

/// The results of checking one commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Predicate {
    /// The entries of the baseline, sorted.
    pub baseline: Vec<KnownFinding>,
    /// The files that make up the configuration, the commit's own last.
    pub configuration: Vec<ConfigurationFile>,
    /// The criteria that rules name, sorted.
    pub controls: Vec<Control>,
    /// The components and the selection of source, by key, after `extends`.
    pub declarations: BTreeMap<String, String>,
    /// The digests of the inputs and the results.
    pub digests: Digests,
    /// The first findings, in the order of the report.
    pub findings: Vec<FindingEntry>,
    /// The number of all findings.
    pub findings_total: u64,
    /// The path of the workspace's manifest in the repository.
    pub manifest: String,
    /// The choices that were made on the command line.
    pub options: Choices,
    /// The worst verdict of the controls; of the rules if no rule names a control.
    pub result: Verdict,
    /// The rules after `extends`, with those that are switched off; sorted by id.
    pub rules: Vec<Rule>,
    /// The moment for which the record was made.
    pub time: Time,
    /// The program that made the record.
    pub tool: Tool,
    /// The source and the meanings that the check did not see.
    pub unseen: Unseen,
    /// The waivers in the source, by file and line.
    pub waivers: Vec<WaiverEntry>,
    /// The relation of the work tree to the commit, when the record was made.
    pub work_tree: WorkTree,
}

/// An entry of the baseline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownFinding {
    /// The extent that is known.
    pub count: u64,
    /// The identity of the finding.
    pub finding: String,
}

/// A file of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigurationFile {
    /// The digest of its content.
    pub digest: Sha256,
    /// The path in the workspace, or `pack:` and the name of a pack.
    pub name: String,
}

/// A criterion of a standard, and what its rules say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// The name, as in `control`.
    pub name: String,
    /// The ids of the rules that name it, sorted.
    pub rules: Vec<String>,
    /// The verdict.
    pub verdict: Verdict,
}

/// The digests of the inputs and the results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Digests {
    /// The digest of the graph, as `archlint graph --format json --sites` writes it.
    pub graph: Sha256,
    /// The digest of the report, as `archlint check --format json --compact` writes it.
    pub report: Sha256,
    /// The digest of the texts of the rules and the declarations.
    pub rules: Sha256,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingEntry {
    /// The identity, which survives edits.
    pub fingerprint: String,
    /// The problem.
    pub message: String,
    /// The first place, such as `src/lib.rs:3:5`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The id of the rule.
    pub rule: String,
    /// `error`, `warn` or `info`.
    pub severity: String,
    /// `new`, `baseline` or `waived`.
    pub status: String,
}

/// The choices on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Choices {
    /// The share of methods and fields whose definition may stay unknown, in millionths.
    pub accept_unknown: u64,
    /// Whether test code was asked for.
    pub tests: bool,
}

/// A rule, and the facts about its check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Rule {
    /// Whether the workspace contains the subjects of the rule.
    pub applies: bool,
    /// Whether the rule was checked to its end.
    pub checked: bool,
    /// The criteria for which the result is evidence, sorted.
    pub control: Vec<String>,
    /// The number of selectors, each of which selects nothing although it should.
    pub dead_selectors: u64,
    /// The number of findings that a waiver or the baseline accepts.
    pub exceptions: u64,
    /// The number of other findings.
    pub findings: u64,
    /// The id.
    pub id: String,
    /// The kind.
    pub kind: String,
    /// The reason for the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The rule in one line for people; absent if it is switched off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// `error`, `warn`, `info` or `off`.
    pub severity: String,
    /// The keys of the rule after `extends`.
    pub text: String,
    /// The verdict.
    pub verdict: Verdict,
}

/// What is known about a rule or a criterion, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// The rule has no subject in this workspace: neither kept nor broken.
    NotApplicable,
    /// No violation, and nothing unseen could hide one.
    Pass,
    /// No violation, except for what the team has accepted: waivers, the baseline, source that may
    /// stay unread.
    Excepted,
    /// No violation was seen, and there is source or meaning that was not seen.
    Unknown,
    /// There is a violation.
    Fail,
}

/// The moment for which a record is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// The moment in UTC, such as `2026-01-31T12:00:00Z`. Waivers that end before its day have
    /// expired.
    pub at: String,
    /// `commit`, or `SOURCE_DATE_EPOCH`.
    pub from: String,
    /// The moment in seconds since 1970.
    pub unix: u64,
}

/// The program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// The digest of the program's file.
    pub digest: Sha256,
    /// `archlint`.
    pub name: String,
    /// The version.
    pub version: String,
}

/// A number of things among all of their kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Share {
    /// The number.
    pub count: u64,
    /// The number of all.
    pub of: u64,
    /// The share in millionths, rounded up, so that nothing becomes zero.
    pub per_million: u64,
}

impl Share {
    /// Returns the share of `count` things in `of`.
    pub fn new(count: u64, of: u64) -> Self {
        let per_million = (u128::from(count) * 1_000_000).div_ceil(u128::from(of.max(1)));
        Self { count, of, per_million: per_million.try_into().unwrap_or(u64::MAX) }
    }
}

/// The source and the meanings that the check did not see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Unseen {
    /// What the team has accepted not to see, in sentences.
    pub accepted: Vec<String>,
    /// The paths to associated items whose definition is not known.
    pub associated_items: Share,
    /// The components and packs that select nothing.
    pub dead_declarations: u64,
    /// The diagnostics of the source by code; limits of inference and of macros are among them.
    pub diagnostics: BTreeMap<String, u64>,
    /// The source files that the configuration excludes.
    pub excluded_files: Share,
    /// The fields whose definition is not known.
    pub fields: Share,
    /// The globs of generated source, which a commit does not contain.
    pub generated: Vec<String>,
    /// The methods whose definition is not known.
    pub methods: Share,
    /// Whether methods and fields were left out by the configuration.
    pub methods_left_out: bool,
    /// Whether test code was left out.
    pub tests_left_out: bool,
    /// The rules that were not checked because of a limit.
    pub unchecked_rules: Share,
    /// What contradicts a verdict of `pass`, in sentences.
    pub undermines: Vec<String>,
    /// The files that no module contains: test code, files that nothing reaches, source that could
    /// not be listed.
    pub unreached_files: Share,
    /// The first places of source that was not read.
    pub unread: Vec<UnreadPlace>,
    /// The number of those that the configuration, a waiver or the baseline accepts.
    pub unread_accepted: u64,
    /// The number of all places of source that was not read.
    pub unread_total: u64,
    /// The references that were looked up and not found.
    pub unresolved: Share,
    /// Whether the configuration accepts that number of references.
    pub unresolved_accepted: bool,
}

/// A place of source that was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnreadPlace {
    /// The code of the diagnostic.
    pub code: String,
    /// The file, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The problem.
    pub message: String,
}

/// A waiver in the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaiverEntry {
    /// The file, relative to the workspace root.
    pub file: String,
    /// The commit that brought the waiver; absent if it is not in this clone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduced: Option<Introduced>,
    /// The line of the comment.
    pub line: u32,
    /// The mistake that makes the comment invalid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mistake: Option<String>,
    /// The reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The ids of the waived rules.
    pub rules: Vec<String>,
    /// The last day on which the waiver is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// The commit that brought a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Introduced {
    /// The moment of the commit in UTC.
    pub at: String,
    /// The name of its author.
    pub author: String,
    /// The id of the commit.
    pub commit: String,
}

/// The relation of the work tree to the commit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkTree {
    /// The files of Rust source and configuration that differed; untracked files are not compared.
    pub differing: Vec<String>,
    /// `clean`, `differs`, `other-commit` if another commit was checked out, or `none` in a bare
    /// repository.
    pub state: String,
}

impl Statement {
    /// Returns the statement in its canonical form.
    pub fn written(&self) -> String {
        json::pretty(self)
    }

    /// Returns the commit that the statement is about.
    pub fn subject(&self) -> Option<&Subject> {
        match self.subject.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}
