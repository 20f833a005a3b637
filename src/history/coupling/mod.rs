//! Change coupling: the parts of a workspace that repeatedly change in the same commits, compared
//! with the dependencies between them.
//!
//! Two parts that change together without a dependency between them share something that the code
//! does not express: a format, a protocol, a copied rule (H. Gall, K. Hajek, M. Jazayeri:
//! "Detection of Logical Coupling Based on Product Release History", ICSM 1998). A dependency whose
//! ends never change together is the opposite: it goes through an effective interface, or it may be
//! superfluous.
//!
//! Strength is measured as for association rules (T. Zimmermann, P. Weißgerber, S. Diehl, A.
//! Zeller: "Mining Version Histories to Guide Software Changes", IEEE TSE 31(6), 2005). Of the
//! commits that count:
//!
//! - *support*: the number of commits that change both;
//! - *confidence* of A → B: support divided by the number of commits that change A;
//! - *lift*: the ratio of the number of common changes to that expected if the two were
//!   independent.
//!
//! Invariants: [`units`] defines the parts and their files, as of the present; [`count`] uses
//! indices only; all lists are sorted. A commit that changes many files (reformatting, renaming
//! everything) carries no information about any two of them and is left out. Parts that share a
//! file are never paired, since a change of the file cannot be attributed to one of them.

pub mod count;
pub mod csv;
pub mod json;
mod judge;
pub mod text;
pub mod units;

use crate::{history::git::Revision, judge::architecture::Granularity};

pub use judge::{Silence, couple};
pub use units::Units;

/// The options of the computation and the thresholds of the report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The maximum number of changed files; commits that change more are left out.
    pub max_files: usize,
    /// The minimum support of a pair, and the minimum number of changes of a part that is reported.
    pub min_support: u32,
    /// The minimum confidence of a pair, in the stronger direction, from 0 to 1.
    pub min_confidence: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_files: 50, min_support: 5, min_confidence: 0.3 }
    }
}

/// The coupling of the parts of a workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Coupling {
    /// The kind of parts.
    pub level: Granularity,
    /// The options of the computation.
    pub options: Options,
    /// The commits that were examined.
    pub period: Period,
    /// The names of the parts.
    pub names: Vec<String>,
    /// The number of counted commits that change each part.
    pub changes: Vec<u32>,
    /// The pairs that repeatedly change together: by descending support, then descending
    /// confidence, then name.
    pub pairs: Vec<Pair>,
    /// The dependencies whose ends never change together, the most significant first.
    pub silent: Vec<Silence>,
}

/// The commits that were examined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Period {
    /// The number of commits.
    pub commits: usize,
    /// The number of counted commits: those that change some part, and not too many files.
    pub counted: usize,
    /// The number of commits that change too many files.
    pub large: usize,
    /// The number of commits that change no file of any part: only other files, or files that no
    /// longer exist.
    pub elsewhere: usize,
    /// The oldest and the newest commit; `None` if there are no commits.
    pub ends: Option<(Revision, Revision)>,
    /// Whether the history in the repository is incomplete.
    pub shallow: bool,
}

/// Two parts that repeatedly change together. The stronger rule is `from` → `to`: commits that
/// change `from` mostly change `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The part whose changes mostly come with changes of the other.
    pub from: u32,
    /// The other part.
    pub to: u32,
    /// The number of commits that change both.
    pub together: u32,
    /// The share of common changes in the commits that change `from`.
    pub confidence: f64,
    /// The share of common changes in the commits that change `to`.
    pub reverse: f64,
    /// The ratio of the number of common changes to that expected by chance.
    pub lift: f64,
    /// The relation of the parts in the code.
    pub tie: Tie,
}

/// The relation of two parts in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// `from` depends on `to`.
    Forward,
    /// `to` depends on `from`.
    Backward,
    /// Each depends on the other.
    Both,
    /// One part contains the other: adding a module changes both.
    Contains,
    /// Neither depends on the other directly; the shortest chain between them, in either direction,
    /// has this many dependencies.
    Through(u32),
    /// No chain of dependencies leads from one to the other.
    None,
}

impl Tie {
    /// Returns whether the coupling is hidden: neither part depends on the other directly.
    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Through(_) | Self::None)
    }

    /// Returns the name of the relation in the formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Backward => "backward",
            Self::Both => "both",
            Self::Contains => "contains",
            Self::Through(_) => "indirect",
            Self::None => "none",
        }
    }
}

impl Coupling {
    /// Returns the pairs that change together without a direct dependency between them.
    pub fn hidden(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| pair.tie.is_hidden())
    }

    /// Returns the name of a part.
    pub fn name(&self, part: u32) -> &str {
        &self.names[part as usize]
    }

    /// Keeps at most the first `most` hidden pairs, other pairs, and silent dependencies each.
    pub fn keep(&mut self, most: usize) {
        let (mut hidden, mut open) = (0, 0);
        self.pairs.retain(|pair| {
            let count = if pair.tie.is_hidden() { &mut hidden } else { &mut open };
            *count += 1;
            *count <= most
        });
        self.silent.truncate(most);
    }
}

#[cfg(test)]
mod tests;
