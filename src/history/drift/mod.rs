//! What an architecture gained and lost between two sides: two revisions, or a revision and the work tree.
//!
//! ```text
//! graphs ──→ moves ──→ shape::Diff: modules and dependencies gained, lost, moved, changed
//!        ──→ overview: the same among components or crates;  cycles: new, grown, shrunk, gone
//!        ──→ numbers: what is measured, before and after
//! reports ─→ findings: new, grown, resolved, each with its cause: the code or the configuration
//! setups ──→ permissions: what the rules permit now and did not
//! ```
//!
//! [`Drift`] is plain data; [`gate`] says whether it must not be, [`format`] shows it. Sides come analysed and judged: what is
//! here reads no file and opens no revision.
//!
//! Invariants: the base with the difference applied is the head ([`shape::Diff::apply`]); every list is sorted.

pub mod cycles;
pub mod findings;
pub mod format;
pub mod gate;
pub mod moves;
pub mod numbers;
pub mod overview;
pub mod permissions;
pub mod shape;

use index_vec::IndexVec;

use crate::{
    base::{diagnostic::Diagnostic, waiver::Waiver},
    graph::{Graph, NodeId},
    judge::check::{Report, Setup, baseline::Baseline},
};

use cycles::Cycles;
use findings::Findings;
use numbers::Number;
use overview::Overview;
use permissions::Permissions;
use shape::{Diff, Shape};

/// What a side is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Name {
    /// As it was asked for: `main`; `the work tree`.
    pub name: String,
    /// The commit; `None` for the work tree.
    pub commit: Option<String>,
    /// The first line of the commit's message.
    pub subject: Option<String>,
    /// When it was committed, in seconds since 1970, UTC.
    pub time: Option<i64>,
    /// Whether there is a workspace at all.
    pub workspace: bool,
    /// Whether it has a configuration.
    pub configured: bool,
}

/// One of the two: what it is called, its graph, and what its own rules say of it.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// What it is called.
    pub name: &'a Name,
    /// Its modules and what they depend on.
    pub graph: &'a Graph,
    /// The component of each node, where its configuration declares one.
    pub components: &'a IndexVec<NodeId, Option<String>>,
    /// Its rules.
    pub setup: &'a Setup,
    /// What these rules find in it.
    pub report: &'a Report,
    /// What the rules of the other side find in it, with the other side's baseline.
    pub by_other: &'a Report,
    /// The waivers in its source, each with its file.
    pub waivers: &'a [(String, Waiver)],
    /// Its baseline.
    pub baseline: Option<&'a Baseline>,
    /// The text of its files.
    pub text: &'a dyn Fn(&str) -> Option<String>,
}

impl std::fmt::Debug for Side<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Side").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What changed from one side to the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// Where it starts.
    pub base: Name,
    /// Where it ends.
    pub head: Name,
    /// What the reader must know: what could not be compared, a sentence each.
    pub notes: Vec<String>,
    /// What was wrong with either side's input.
    pub diagnostics: Vec<Diagnostic>,
    /// Modules and dependencies.
    pub graph: Diff,
    /// The same among components or crates.
    pub overview: Overview,
    /// Findings.
    pub findings: Findings,
    /// Cycles.
    pub cycles: Cycles,
    /// What is measured.
    pub numbers: Vec<Number>,
    /// What the rules permit.
    pub permissions: Permissions,
}

/// What changed from `base` to `head`.
pub fn between(base: Side<'_>, head: Side<'_>, notes: Vec<String>) -> Drift {
    let moves = moves::find(base, head);
    let (old, new) = (Shape::of(base.graph, base.components), Shape::of(head.graph, head.components));
    let old_as_now = old.renamed(&moves).in_packages_of(&new);
    Drift {
        base: base.name.clone(),
        head: head.name.clone(),
        notes,
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
    /// Whether nothing changed that is looked at here, the sizes of modules aside.
    pub fn is_empty(&self) -> bool {
        self.graph.is_empty()
            && self.findings.is_empty()
            && self.cycles.is_empty()
            && self.permissions.is_empty()
    }
}
