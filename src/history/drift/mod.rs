//! Drift: the difference of an architecture between two sides: two revisions, or a revision and the
//! work tree.
//!
//! ```text
//! graphs ──→ moves ──→ shape::Diff: modules and dependencies gained, lost, moved, changed
//!        ──→ overview: the same among components or crates;  cycles: new, grown, shrunk, gone
//!        ──→ numbers: the metrics before and after
//! reports ─→ findings: new, grown, resolved, each with its cause: the code or the configuration
//!         └→ unseen: what neither report covers, so that it may hold further findings
//! setups ──→ permissions: what the rules newly permit
//! ```
//!
//! [`Drift`] is plain data; [`gate`] decides whether it fails a check, and [`format`] renders it.
//! Both sides are passed in analysed and judged: this module reads no file and opens no revision.
//!
//! Invariants: applying the difference to the base yields the head ([`shape::Diff::apply`]); every
//! list is sorted.

pub mod cycles;
pub mod findings;
pub mod format;
pub mod gate;
pub mod moves;
pub mod numbers;
pub mod overview;
pub mod permissions;
pub mod shape;
pub mod unseen;

use index_vec::IndexVec;

use crate::{
    base::{diagnostic::Diagnostic, waiver::Waiver},
    graph::{Graph, NodeId},
    judge::{
        architecture::Architecture,
        check::{Report, Setup, baseline::Baseline},
    },
};

use cycles::Cycles;
use findings::Findings;
use numbers::Number;
use overview::Overview;
use permissions::Permissions;
use shape::{Diff, Shape};

/// The name of a side.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct SideName {
    /// The name as requested: `main`; `the work tree`.
    pub name: String,
    /// The commit; `None` for the work tree.
    pub commit: Option<String>,
    /// The first line of the commit's message.
    pub subject: Option<String>,
    /// The commit time, in seconds since 1970, UTC.
    pub time: Option<i64>,
    /// Whether the side contains a workspace.
    pub workspace: bool,
    /// Whether the workspace has a configuration.
    pub configured: bool,
}

/// One of the two sides: its name, its graph, and the findings of its own rules.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The name of the side.
    pub name: &'a SideName,
    /// The modules and their dependencies.
    pub graph: &'a Graph,
    /// The component of each node, if its configuration declares one.
    pub components: &'a IndexVec<NodeId, Option<String>>,
    /// The rules.
    pub setup: &'a Setup,
    /// The findings of the side's own rules.
    pub report: &'a Report,
    /// The findings of the other side's rules, with the other side's baseline.
    pub by_other: &'a Report,
    /// The other side's components applied to the graph; `None` if its configuration is not used.
    pub placed_by_other: Option<&'a Architecture<'a>>,
    /// The waivers in the source, each with its file.
    pub waivers: &'a [(String, Waiver)],
    /// The baseline.
    pub baseline: Option<&'a Baseline>,
    /// Returns the text of a file.
    pub text: &'a dyn Fn(&str) -> Option<String>,
}

impl std::fmt::Debug for Side<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Side").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The difference between two sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// The side where the drift starts.
    pub base: SideName,
    /// The side where the drift ends.
    pub head: SideName,
    /// Notes for the reader, one sentence each: what could not be compared.
    pub notes: Vec<String>,
    /// What the comparison of findings and permissions does not cover, a sentence each. If there is
    /// any, no gate on findings or permissions passes.
    pub unseen: Vec<String>,
    /// The problems in the input of either side.
    pub diagnostics: Vec<Diagnostic>,
    /// The changes of modules and dependencies.
    pub graph: Diff,
    /// The same changes among components or crates.
    pub overview: Overview,
    /// The changes of findings.
    pub findings: Findings,
    /// The changes of cycles.
    pub cycles: Cycles,
    /// The metrics of both sides.
    pub numbers: Vec<Number>,
    /// The changes of the permissions.
    pub permissions: Permissions,
}

/// Returns the difference from `base` to `head`.
pub fn between(base: Side<'_>, head: Side<'_>, notes: Vec<String>) -> Drift {
    let moves = moves::find(base, head);
    let (old, new) = (Shape::of(base.graph, base.components), Shape::of(head.graph, head.components));
    let old_as_now = old.renamed(&moves).in_packages_of(&new);
    Drift {
        base: base.name.clone(),
        head: head.name.clone(),
        notes,
        unseen: unseen::between(base, head),
        diagnostics: Vec::new(),
        overview: overview::between(&old_as_now, &new),
        cycles: cycles::between(&old_as_now, &new),
        findings: findings::between(base, head, &moves),
        numbers: numbers::between((base.graph, &old), (head.graph, &new)),
        permissions: permissions::between(base, head, &moves),
        graph: Diff::between(&old, &new, moves),
    }
}

impl Drift {
    /// Returns whether nothing has changed, except for the sizes of modules.
    pub fn is_empty(&self) -> bool {
        self.graph.is_empty()
            && self.unseen.is_empty()
            && self.findings.is_empty()
            && self.cycles.is_empty()
            && self.permissions.is_empty()
    }
}

#[cfg(test)]
mod tests;
