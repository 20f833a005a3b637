//! Causes: findings grouped by the dependency that has to go for them to go.
//!
//! One dependency can break several rules, and a rule that follows chains for many modules at once.
//! The dependencies are a cover of the findings, chosen greedily: each time the one that the most of
//! the remaining findings share (Chvátal, "A Greedy Heuristic for the Set-Covering Problem", 1979).

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, HashSet},
};

use super::Report;
use crate::{
    base::{diagnostic::Severity, order::Order as _, span::Span},
    judge::rules::finding::{Finding, Location, Status},
};

/// Findings that go with one dependency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause<'a> {
    /// The dependency, by its two ends; `None` for a finding that is not about one.
    pub dependency: Option<(&'a str, &'a str)>,
    /// The references that form the dependency.
    pub sites: &'a [Location],
    /// The findings, the most telling first.
    pub findings: Vec<&'a Finding>,
}

/// A dependency that one or more findings contain: its ends and its references.
#[derive(Debug, Clone, Copy)]
struct Shared<'a> {
    ends: Option<(&'a str, &'a str)>,
    sites: &'a [Location],
}

/// The places of a dependency, by which it is recognised: a file that two crates contain makes
/// dependencies of two modules at the same places.
type Key<'a> = Vec<(&'a str, Span)>;

/// Returns the new findings of `report` by cause: the most severe causes first, then those of the most
/// findings, then in the order of the report.
pub fn causes(report: &Report) -> Vec<Cause<'_>> {
    let new: Vec<&Finding> = report.findings.iter().filter(|f| f.status == Status::New).collect();
    let (shared, mut users) = shared(&new);
    let mut taken = vec![false; new.len()];
    let mut heap: BinaryHeap<(usize, Reverse<usize>)> =
        users.iter().enumerate().map(|(at, users)| (users.len(), Reverse(at))).collect();
    let mut causes: Vec<(usize, Cause<'_>)> = Vec::new();
    while let Some((count, Reverse(at))) = heap.pop() {
        let left = &mut users[at];
        left.retain(|user| !taken[*user]);
        if left.len() < count {
            // Another dependency has taken some of its findings.
            if !left.is_empty() {
                heap.push((left.len(), Reverse(at)));
            }
            continue;
        }
        left.iter().for_each(|user| taken[*user] = true);
        let Shared { ends, sites } = shared[at];
        causes.push((left[0], Cause { dependency: ends, sites, findings: pick(&new, left) }));
    }
    let alone = taken
        .iter()
        .enumerate()
        .filter(|(_, taken)| !**taken)
        .map(|(at, _)| (at, Cause { dependency: None, sites: &[], findings: vec![new[at]] }));
    causes.extend(alone);
    causes.order_by_key(|(first, cause)| (Reverse(cause.severity()), Reverse(cause.findings.len()), *first));
    causes.into_iter().map(|(_, cause)| cause).collect()
}

/// Returns the dependencies of the findings, each with the indices of its findings, ascending.
fn shared<'a>(findings: &[&'a Finding]) -> (Vec<Shared<'a>>, Vec<Vec<usize>>) {
    let mut known: HashMap<Key<'a>, usize> = HashMap::new();
    let (mut shared, mut users): (Vec<Shared<'a>>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    for (at, finding) in findings.iter().enumerate() {
        for dependency in dependencies(finding) {
            let next = shared.len();
            let id = *known.entry(key(dependency.sites)).or_insert(next);
            if id == next {
                shared.push(dependency);
                users.push(Vec::new());
            }
            if users[id].last() != Some(&at) {
                users[id].push(at);
            }
        }
    }
    (shared, users)
}

/// Returns the dependencies of which one has to go for the finding to go. A finding about a cycle has
/// none, since the cycle may remain over other dependencies.
fn dependencies(finding: &Finding) -> Vec<Shared<'_>> {
    let is_cycle = match (finding.chain.first(), finding.chain.last()) {
        (Some(first), Some(last)) => first.from == last.to,
        _ => false,
    };
    if is_cycle {
        return Vec::new();
    }
    if finding.chain.is_empty() {
        let ends = finding.from.as_deref().zip(finding.to.as_deref());
        return match finding.sites.as_slice() {
            [] => Vec::new(),
            sites => vec![Shared { ends, sites }],
        };
    }
    let hops = finding.chain.iter().filter(|hop| !hop.sites.is_empty());
    hops.map(|hop| Shared { ends: Some((&hop.from, &hop.to)), sites: &hop.sites }).collect()
}

fn key(sites: &[Location]) -> Key<'_> {
    let mut key: Key<'_> = sites.iter().map(|site| (site.file.as_str(), site.span)).collect();
    key.sort_unstable();
    key.dedup();
    key
}

/// Returns the findings at `indices`, the most severe first; then those with a reason by the author of
/// their rule, which tells more than a rule that is implied; then the shortest.
fn pick<'a>(findings: &[&'a Finding], indices: &[usize]) -> Vec<&'a Finding> {
    let mut picked: Vec<&Finding> = indices.iter().map(|at| findings[*at]).collect();
    picked.order_by_key(|f| (Reverse(f.severity), f.reason.is_none(), f.chain.len()));
    picked
}

impl<'a> Cause<'a> {
    /// Returns the finding that stands for all: the most telling.
    pub fn first(&self) -> &'a Finding {
        self.findings[0]
    }

    /// Returns the severity of the most severe finding.
    pub fn severity(&self) -> Severity {
        self.findings[0].severity
    }
}

/// Dependencies whose removal makes many findings go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The dependencies, each with one place.
    pub dependencies: Vec<(String, String, Location)>,
    /// The number of new findings that go.
    pub gone: usize,
    /// The number of all new findings.
    pub of: usize,
}

/// The maximum number of dependencies of a cut.
const MOST_CUT: usize = 3;

/// The minimum number of findings that a cut is worth telling for.
const WORTH: usize = 10;

/// The number of findings above which no cut is computed, since that takes another check.
const MOST_FINDINGS: usize = 20_000;

/// Returns the few causes that have the most findings; none if they have few.
pub fn largest<'c, 'a>(causes: &'c [Cause<'a>]) -> Vec<&'c Cause<'a>> {
    let mut largest: Vec<&Cause<'_>> =
        causes.iter().filter(|cause| cause.dependency.is_some() && cause.findings.len() > 1).collect();
    largest.order_by_key(|cause| Reverse(cause.findings.len()));
    largest.truncate(MOST_CUT);
    let all: usize = causes.iter().map(|cause| cause.findings.len()).sum();
    let gone: usize = largest.iter().map(|cause| cause.findings.len()).sum();
    if gone < WORTH || all > MOST_FINDINGS { Vec::new() } else { largest }
}

/// Returns the cut at `causes` of `before`, given the report `after` the removal of their references:
/// findings that remain, perhaps over another chain, do not go.
pub fn cut(causes: &[&Cause<'_>], before: &Report, after: &Report) -> Option<Cut> {
    let is_new = |finding: &&Finding| finding.status == Status::New;
    let left: HashSet<&str> = after.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
    let of = before.findings.iter().filter(is_new).count();
    let goes = |finding: &&Finding| is_new(finding) && !left.contains(finding.fingerprint.as_str());
    let gone = before.findings.iter().filter(goes).count();
    let dependency = |cause: &&Cause<'_>| {
        let (from, to) = cause.dependency?;
        Some((from.to_owned(), to.to_owned(), cause.sites.first()?.clone()))
    };
    let dependencies = causes.iter().filter_map(dependency).collect();
    (gone >= WORTH).then_some(Cut { dependencies, gone, of })
}
