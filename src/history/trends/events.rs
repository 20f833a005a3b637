//! What happened: the commits at which a cycle came or went, and those at which a number jumped.
//!
//! Commits that cannot be read are passed over: what changed in them shows at the next one that can.
//!
//! A cycle has come where no two of its members were in one cycle at the commit before; it has gone where no two of its members are in
//! one cycle any more. In between it may grow and shrink: that it did shows in its size. So a cycle that splits in two
//! has not gone, and neither half has come.
//!
//! A jump is a change of a number of the workspace from one commit to the next by at least [`Trends::jump`] percent of what it was,
//! and by at least the metric's [`floor`](super::Metric::floor), below which it is no news. Where it was nothing, the floor alone says.

use std::collections::BTreeSet;

use super::{Cycle, Measures, Trends};
use crate::history::git::Revision;

/// Something that happened at a commit.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<'a> {
    /// The place of the commit among the points.
    pub at: usize,
    /// What.
    pub what: What<'a>,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq)]
pub enum What<'a> {
    /// A cycle is there that was not.
    Appeared(&'a Cycle),
    /// A cycle is not there that was. As it was last.
    Gone(&'a Cycle),
    /// A number changed by much.
    Jumped {
        /// Its place among [`Trends::metrics`].
        metric: usize,
        /// What it was.
        from: f64,
        /// What it is.
        to: f64,
    },
}

/// Everything that happened, by commit; at one commit cycles first. What the first commit already has did not happen at it.
pub fn events(trends: &Trends) -> Vec<Event<'_>> {
    let read: Vec<(usize, &Measures)> = trends.read().collect();
    let mut events = Vec::new();
    for pair in read.windows(2) {
        let [(_, before), (at, after)] = pair else { continue };
        let new = without(&after.cycles, &before.cycles).map(What::Appeared);
        let gone = without(&before.cycles, &after.cycles).map(What::Gone);
        let what = new.chain(gone).chain(jumps(trends, before, after));
        events.extend(what.map(|what| Event { at: *at, what }));
    }
    events
}

/// Those of `cycles` of which no two members are in one cycle of `others`.
fn without<'a>(cycles: &'a [Cycle], others: &'a [Cycle]) -> impl Iterator<Item = &'a Cycle> {
    cycles.iter().filter(move |cycle| {
        let members: BTreeSet<&String> = cycle.members.iter().collect();
        let shared = |other: &Cycle| other.members.iter().filter(|member| members.contains(member)).count();
        !others.iter().any(|other| other.of == cycle.of && shared(other) >= 2)
    })
}

fn jumps<'a>(
    trends: &'a Trends,
    before: &'a Measures,
    after: &'a Measures,
) -> impl Iterator<Item = What<'a>> {
    let both = before.whole.iter().zip(&after.whole).enumerate();
    both.filter_map(|(metric, (from, to))| {
        let (from, to) = ((*from)?, (*to)?);
        let floor = trends.metrics.get(metric)?.floor;
        let change = (to - from).abs();
        let is_jump = change >= floor && change > 0.0 && change * 100.0 >= from.abs() * trends.jump;
        is_jump.then_some(What::Jumped { metric, from, to })
    })
}

/// A cycle's life, for those who ask when it came: from the first of the last unbroken row of commits that have it.
#[derive(Debug, Clone, PartialEq)]
pub struct Life<'a> {
    /// As it is at the last commit.
    pub cycle: &'a Cycle,
    /// Where it appeared; `None`: the first commit that could be read has it already.
    pub since: Option<&'a Revision>,
}

/// The cycles of the last commit that could be read, each with when it appeared.
pub fn alive(trends: &Trends) -> Vec<Life<'_>> {
    let Some((_, last)) = trends.read().next_back() else { return Vec::new() };
    let lives = last.cycles.iter().map(|cycle| {
        let mut since = None;
        for (at, measures) in trends.read().rev() {
            if without(std::slice::from_ref(cycle), &measures.cycles).next().is_some() {
                break;
            }
            since = Some(at);
        }
        let first = trends.read().next().map(|(at, _)| at);
        Life { cycle, since: since.filter(|at| Some(*at) != first).map(|at| &trends.points[at].commit) }
    });
    lives.collect()
}
