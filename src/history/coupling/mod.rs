//! Change coupling: which parts of a workspace keep changing in the same commits, held against which depend on each other.
//!
//! Two parts that change together without a dependency between them share something that the code does not say: a format, a
//! protocol, a copied rule (H. Gall, K. Hajek, M. Jazayeri: "Detection of Logical Coupling Based on Product Release History",
//! ICSM 1998). A dependency whose ends never change together is the opposite: an interface that does its work, or one that
//! nobody would miss.
//!
//! Strength is measured as for association rules (T. Zimmermann, P. Weißgerber, S. Diehl, A. Zeller: "Mining Version Histories to
//! Guide Software Changes", IEEE TSE 31(6), 2005). Of the commits that count:
//!
//! - *support*: how many change both;
//! - *confidence* of A → B: support divided by how many change A;
//! - *lift*: how many times as often they change together as they would if neither knew of the other.
//!
//! Invariants: [`units`] says what the parts are and which files each has, as of today; [`count`] knows numbers only; all lists are
//! sorted. A commit that changes many files (a formatting, a rename of everything) tells nothing about any two of them and is left out.
//! Parts that share a file are never paired, since a change of the file does not say whose it is.

pub mod count;
pub mod csv;
pub mod json;
mod judge;
pub mod text;
pub mod units;

use crate::{history::git::Revision, judge::architecture::Granularity};

pub use judge::{Silence, couple};
pub use units::Units;

/// What counts, and what is worth telling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Commits that change more files than this are left out.
    pub max_files: usize,
    /// The least support of a pair; and the least number of changes for a part to be spoken of.
    pub min_support: u32,
    /// The least confidence of a pair, in the stronger direction: from 0 to 1.
    pub min_confidence: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_files: 50, min_support: 5, min_confidence: 0.3 }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Coupling {
    /// What the parts are.
    pub level: Granularity,
    /// What counted.
    pub options: Options,
    /// The commits that were looked at.
    pub period: Period,
    /// How the parts are called.
    pub names: Vec<String>,
    /// How many of the commits that count change each part.
    pub changes: Vec<u32>,
    /// The pairs that keep changing together: the greatest support first, then the greatest confidence, then by name.
    pub pairs: Vec<Pair>,
    /// The dependencies whose ends never change together: the most surprising first.
    pub silent: Vec<Silence>,
}

/// The commits that were looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Period {
    /// How many there are.
    pub commits: usize,
    /// How many of them count: they change some part, and not too many files.
    pub counted: usize,
    /// How many change too many files.
    pub large: usize,
    /// How many change no file of any part: other files, or such as are gone today.
    pub elsewhere: usize,
    /// The oldest and the newest; `None` where there is none.
    pub ends: Option<(Revision, Revision)>,
    /// Whether the repository holds less than all there was.
    pub shallow: bool,
}

/// Two parts that keep changing together. The stronger rule is `from` → `to`: who changes `from` mostly changes `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The part whose changes mostly bring the other's.
    pub from: u32,
    /// The other.
    pub to: u32,
    /// How many commits change both.
    pub together: u32,
    /// Together, of those that change `from`.
    pub confidence: f64,
    /// Together, of those that change `to`.
    pub reverse: f64,
    /// How many times as often as by chance.
    pub lift: f64,
    /// What the code says of the two.
    pub tie: Tie,
}

/// What the code says of two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// `from` depends on `to`.
    Forward,
    /// `to` depends on `from`.
    Backward,
    /// Each depends on the other.
    Both,
    /// One contains the other: a new module changes both.
    Contains,
    /// Neither depends on the other directly; this many steps lead from one to the other, by the shorter way.
    Through(u32),
    /// Nothing leads from one to the other.
    None,
}

impl Tie {
    /// Whether the coupling is hidden: the code does not say directly that one needs the other.
    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Through(_) | Self::None)
    }

    /// Its name in the formats.
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
    /// The pairs that change together without a dependency between them.
    pub fn hidden(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| pair.tie.is_hidden())
    }

    /// How a part is called.
    pub fn name(&self, part: u32) -> &str {
        &self.names[part as usize]
    }

    /// Keeps the first so many of the hidden pairs, of the others and of the silent dependencies.
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
