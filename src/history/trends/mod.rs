//! Trends: the numbers of a workspace at each of some commits, the findings of its rules, and when its cycles came and went.
//!
//! [`pick`] says which commits, [`measure`] what one of them comes to, `session::timeline` does that for all of them on all threads, and
//! [`events`] reads the result as a story. One file for each format: [`text`], [`csv`], [`json`], [`page`].
//!
//! Invariants: points stand in the order of the commits, the oldest first; equal history gives equal bytes, whatever the number
//! of threads. Each commit is read with the configuration that it had itself, so that a number of findings is what its authors saw.
//! A commit that cannot be read is a point with a reason and no numbers: a gap that is drawn and counted, and no end.
//!
//! Deliberate absence: graphs. A point keeps its numbers and the members of its cycles; nothing else of it outlives its measuring.

pub mod csv;
pub mod events;
pub mod json;
pub mod measure;
pub mod page;
pub mod pick;
pub mod text;

use std::collections::BTreeMap;

use crate::history::git::Revision;

/// The history of a workspace.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trends {
    /// What the workspace is called; may be empty.
    pub title: String,
    /// What is measured.
    pub metrics: Vec<Metric>,
    /// The commits, the oldest first.
    pub points: Vec<Point>,
    /// Whether the repository holds less than all there was, and the commits begin there.
    pub shallow: bool,
    /// By how much a number must change from one commit to the next to be a jump, in percent.
    pub jump: f64,
}

/// Something that is measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Its name in the formats and on the command line.
    pub key: &'static str,
    /// What it is called before people.
    pub title: String,
    /// What it is, in a few words.
    pub about: &'static str,
    /// How many places after the point are worth showing.
    pub places: usize,
    /// A change by less than this is no jump, however small the number was before.
    pub floor: f64,
}

/// A commit, and what it came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The commit.
    pub commit: Revision,
    /// Its numbers, or why there are none.
    pub state: Result<Measures, String>,
}

/// What a commit came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// For each of [`Trends::metrics`] its number for the workspace; `None` where it is not defined.
    pub whole: Vec<Option<f64>>,
    /// The same for each component, or for each package where no components are declared.
    pub parts: BTreeMap<String, Vec<Option<f64>>>,
    /// How many findings of each rule are new to the baseline of that commit, and not waived; rules that find nothing are there too.
    pub findings: BTreeMap<String, u32>,
    /// The cycles.
    pub cycles: Vec<Cycle>,
    /// What makes the numbers doubtful: files that do not parse, mistakes in the configuration.
    pub doubts: u32,
}

/// Modules, or components, each of which depends on all others of it, directly or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cycle {
    /// What its members are.
    pub of: Of,
    /// Their names, sorted.
    pub members: Vec<String>,
}

/// What the members of a cycle are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// Declared components, or packages where none are declared.
    Parts,
    /// Modules.
    Modules,
}

impl Of {
    /// Its name in the formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parts => "components",
            Self::Modules => "modules",
        }
    }
}

impl Trends {
    /// The points that have numbers, with their places among all.
    pub fn read(&self) -> impl DoubleEndedIterator<Item = (usize, &Measures)> {
        self.points.iter().enumerate().filter_map(|(at, point)| Some((at, point.state.as_ref().ok()?)))
    }

    /// The points that have none, with their reasons.
    pub fn gaps(&self) -> impl Iterator<Item = (&Revision, &str)> {
        self.points.iter().filter_map(|point| Some((&point.commit, point.state.as_ref().err()?.as_str())))
    }

    /// One number at each commit; `None` in gaps and where it is not defined.
    pub fn series(&self, metric: usize) -> Vec<Option<f64>> {
        self.each(|measures| measures.whole.get(metric).copied().flatten())
    }

    /// One number of a part at each commit; `None` in gaps too, and while there is no such part.
    pub fn series_of(&self, part: &str, metric: usize) -> Vec<Option<f64>> {
        self.each(|measures| measures.parts.get(part)?.get(metric).copied().flatten())
    }

    /// How many findings a rule has at each commit; `None` in gaps, and while there is no such rule.
    pub fn findings_of(&self, rule: &str) -> Vec<Option<f64>> {
        self.each(|measures| measures.findings.get(rule).map(|count| f64::from(*count)))
    }

    fn each(&self, number: impl Fn(&Measures) -> Option<f64>) -> Vec<Option<f64>> {
        self.points.iter().map(|point| number(point.state.as_ref().ok()?)).collect()
    }

    /// The rules that any commit has, sorted.
    pub fn rules(&self) -> Vec<&str> {
        self.names(|measures| measures.findings.keys())
    }

    /// The components that any commit has, sorted.
    pub fn parts(&self) -> Vec<&str> {
        self.names(|measures| measures.parts.keys())
    }

    fn names<'a, I: Iterator<Item = &'a String>>(&'a self, of: impl Fn(&'a Measures) -> I) -> Vec<&'a str> {
        let mut names: Vec<&str> =
            self.read().flat_map(|(_, measures)| of(measures)).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

#[cfg(test)]
mod tests;
