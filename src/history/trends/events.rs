//! Events: the commits at which a cycle appeared or vanished, and those at which a metric jumped.
//!
//! Commits that cannot be read are skipped: their changes are attributed to the next readable
//! commit.
//!
//! A cycle appears at a commit if no two of its members were in one cycle at the previous commit;
//! it vanishes if no two of its members are in one cycle any more. In between it may grow and
//! shrink, which its size shows. So a cycle that splits in two has not vanished, and neither half
//! has appeared.
//!
//! A jump is a change of a metric of the workspace from one commit to the next by at least
//! [`Trends::jump`] percent of the previous value, and by at least the metric's
//! [`floor`](super::Metric::floor), below which a change is insignificant. If the previous value is
//! zero, only the floor applies.

use std::collections::BTreeSet;

use super::{Cycle, Measures, Trends};
use crate::history::git::Revision;

/// An event at a commit.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<'a> {
    /// The index of the commit in the points.
    pub at: usize,
    /// The kind of event, with its details.
    pub what: What<'a>,
}

/// The kind of an event, with its details.
#[derive(Debug, Clone, PartialEq)]
pub enum What<'a> {
    /// A cycle appeared.
    Appeared(&'a Cycle),
    /// A cycle vanished; the field is its last state.
    Gone(&'a Cycle),
    /// A metric changed by a large amount.
    Jumped {
        /// The index in [`Trends::metrics`].
        metric: usize,
        /// The previous value.
        from: f64,
        /// The new value.
        to: f64,
    },
}

/// Returns all events in the order of the commits; at one commit, those of cycles come first. The
/// state of the first commit causes no events.
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

/// Returns those of `cycles` of which no two members are in one cycle of `others`.
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

/// The time since a present cycle appeared: the cycle exists in an unbroken sequence of commits
/// since then.
#[derive(Debug, Clone, PartialEq)]
pub struct Life<'a> {
    /// The state of the cycle at the last commit.
    pub cycle: &'a Cycle,
    /// The commit at which the cycle appeared; `None` if it exists since the first readable commit.
    pub since: Option<&'a Revision>,
}

/// Returns the cycles of the last readable commit, each with the commit at which it appeared.
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
