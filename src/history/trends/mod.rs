//! Trends: the metrics of a workspace and the findings of its rules at a series of commits, and the
//! commits at which cycles appeared and vanished.
//!
//! [`pick`] selects the commits, [`measure`] measures one of them, `session::timeline` does that
//! for all of them on all threads, and [`events`] derives the events. Each format has a file:
//! [`text`], [`csv`], [`json`], [`page`].
//!
//! Invariants: points are in the order of the commits, the oldest first; equal history gives equal
//! bytes, regardless of the number of threads. Each commit is read with its own configuration, so
//! that the number of findings is the one that its authors saw. A commit that cannot be read is a
//! point with a reason and no numbers: a gap that is drawn and counted, and does not end the
//! series.
//!
//! Deliberate absence: graphs. A point stores its numbers and the members of its cycles; the graph
//! is dropped after the measurement.

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
    /// The name of the workspace; may be empty.
    pub title: String,
    /// The measured metrics.
    pub metrics: Vec<Metric>,
    /// The commits, the oldest first.
    pub points: Vec<Point>,
    /// Whether the history in the repository is incomplete, so that the commits do not begin with
    /// the first.
    pub shallow: bool,
    /// The change from one commit to the next, in percent, from which on it is a jump.
    pub jump: f64,
}

/// A measured metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// The name in the formats and on the command line.
    pub key: &'static str,
    /// The name for people.
    pub title: String,
    /// A short description.
    pub about: &'static str,
    /// The number of decimals to show.
    pub places: usize,
    /// The minimum change of a jump, regardless of how small the previous value was.
    pub floor: f64,
}

/// A commit with its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The commit.
    pub commit: Revision,
    /// The numbers, or the reason why there are none.
    pub state: Result<Measures, String>,
}

/// The numbers of a commit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// The value of each of [`Trends::metrics`] for the workspace; `None` if it is not defined.
    pub whole: Vec<Option<f64>>,
    /// The same for each component, or for each package if no components are declared.
    pub parts: BTreeMap<String, Vec<Option<f64>>>,
    /// The number of new findings of each rule, that is, neither in the commit's baseline nor
    /// waived; includes rules without findings, but not those that were not checked because others
    /// reached a limit.
    pub findings: BTreeMap<String, u32>,
    /// The cycles.
    pub cycles: Vec<Cycle>,
    /// The number of reasons to doubt the numbers: files that do not parse, errors in the
    /// configuration, a check that ended early.
    pub doubts: u32,
}

/// Modules, or components, each of which depends on all others, directly or indirectly.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cycle {
    /// The kind of members.
    pub of: Of,
    /// The names of the members, sorted.
    pub members: Vec<String>,
}

/// The kind of the members of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// Declared components, or packages if no components are declared.
    Parts,
    /// Modules.
    Modules,
}

impl Of {
    /// Returns the name in the formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parts => "components",
            Self::Modules => "modules",
        }
    }
}

impl Trends {
    /// Returns the points with numbers, with their indices among all points.
    pub fn read(&self) -> impl DoubleEndedIterator<Item = (usize, &Measures)> {
        self.points.iter().enumerate().filter_map(|(at, point)| Some((at, point.state.as_ref().ok()?)))
    }

    /// Returns the points without numbers, with their reasons.
    pub fn gaps(&self) -> impl Iterator<Item = (&Revision, &str)> {
        self.points.iter().filter_map(|point| Some((&point.commit, point.state.as_ref().err()?.as_str())))
    }

    /// Returns the value of a metric at each commit; `None` in gaps and if it is not defined.
    pub fn series(&self, metric: usize) -> Vec<Option<f64>> {
        self.each(|measures| measures.whole.get(metric).copied().flatten())
    }

    /// Returns the value of a metric of a part at each commit; `None` in gaps, and if there is no
    /// such part.
    pub fn series_of(&self, part: &str, metric: usize) -> Vec<Option<f64>> {
        self.each(|measures| measures.parts.get(part)?.get(metric).copied().flatten())
    }

    /// Returns the number of findings of a rule at each commit; `None` in gaps, and if there is no
    /// such rule.
    pub fn findings_of(&self, rule: &str) -> Vec<Option<f64>> {
        self.each(|measures| measures.findings.get(rule).map(|count| f64::from(*count)))
    }

    fn each(&self, number: impl Fn(&Measures) -> Option<f64>) -> Vec<Option<f64>> {
        self.points.iter().map(|point| number(point.state.as_ref().ok()?)).collect()
    }

    /// Returns the rules of all commits, sorted.
    pub fn rules(&self) -> Vec<&str> {
        self.names(|measures| measures.findings.keys())
    }

    /// Returns the components of all commits, sorted.
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
