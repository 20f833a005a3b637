//! Violations: the results of a rule in terms of the graph, which [`super::finding`] converts to
//! findings.

use super::fix::Fix;
use crate::{base::place::Place, graph::NodeId};

/// A violation of a rule, in terms of the graph. Sites are indices into the graph's sites.
#[derive(Debug, Clone, Default)]
pub struct Violation {
    /// The problem, in one line that starts in lower case and has no full stop.
    pub message: String,
    /// The module that depends, or that is the subject of the violation.
    pub from: Option<NodeId>,
    /// The module or external crate that is depended on.
    pub to: Option<NodeId>,
    /// The components involved, unless they are the owners of `from` and `to`.
    pub components: Vec<String>,
    /// The identity among the violations of the rule, if neither `from` and `to` nor `components`
    /// determine it.
    pub subject: Option<String>,
    /// Advice on what to do, in addition to that of the rule's author.
    pub instead: Option<String>,
    /// The change of the configuration with which the violation goes.
    pub fix: Option<Fix>,
    /// The sites of the violation.
    pub sites: Vec<u32>,
    /// Places in the configuration, or the starts of modules.
    pub places: Vec<Place>,
    /// The chain or cycle.
    pub chain: Vec<Link>,
    /// The single dependencies that the violation consists of, if there are several. The baseline
    /// records each of them.
    pub parts: Vec<ViolationPart>,
    /// The amount, if it is not the number of places.
    pub extent: Option<u64>,
    /// Whether `extent` is in thousandths.
    pub thousandths: bool,
    /// The ratchet, for a value that may be as high as in the baseline.
    pub ratchet: Option<Ratchet>,
    /// Whether the rule has no result, because it reached the limit of its work. Such a violation is an
    /// error of the check, which neither a waiver nor a baseline accepts.
    pub unfinished: bool,
}

impl Violation {
    /// Creates the violation of a rule that has no result, for the reason `why`.
    pub fn unfinished(why: &str) -> Self {
        Self { message: why.to_owned(), unfinished: true, ..Self::default() }
    }
}

/// One of the dependencies that a violation consists of.
#[derive(Debug, Clone, Default)]
pub struct ViolationPart {
    /// The identity among the parts of the rule's violations: `a -> b`.
    pub name: String,
    /// The sites, if their number matters.
    pub sites: Vec<u32>,
}

/// The separator between the ends of a chain in its name.
pub const THROUGH: &str = " -> .. -> ";

/// A limit given by the value in the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratchet {
    /// A value that is allowed regardless of the baseline; `None` if only the value in the baseline
    /// is allowed.
    pub ceiling: Option<u64>,
}

/// One hop of a violation's chain.
#[derive(Debug, Clone, Default)]
pub struct Link {
    /// The dependent: a module's id, or a component's or package's name.
    pub from: String,
    /// The dependency.
    pub to: String,
    /// The sites of the hop.
    pub sites: Vec<u32>,
}
