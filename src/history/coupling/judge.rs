//! The selection of the pairs and dependencies to report.

use std::cmp::Ordering;

use super::{
    Coupling, Options, Pair, Period, Tie, Units,
    count::{self, Counts},
};
use crate::{base::order::Order as _, history::git::log::Log};

/// The significance level of silent dependencies: a dependency whose ends never change together is
/// reported if the probability of that by chance is below this.
const SURPRISE: f64 = 0.05;

/// A dependency whose ends never change in one commit, although both change often enough to be
/// significant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Silence {
    /// The part that depends.
    pub from: u32,
    /// The part that is depended on.
    pub to: u32,
    /// The number of commits expected to change both by chance.
    pub expected: f64,
    /// The probability that no commit changes both by chance.
    pub chance: f64,
}

/// Computes the coupling of `units` from the commits of `log` and the files that each commit
/// changes, under their present paths.
pub fn couple(units: &Units, log: &Log, files: &[Vec<String>], options: Options) -> Coupling {
    let mut period =
        Period { commits: log.revisions.len(), shallow: !log.cut.is_empty(), ..Period::default() };
    period.ends = log.revisions.last().cloned().zip(log.revisions.first().cloned());
    let mut counted = Vec::new();
    for changed in files {
        let parts = units.changed(changed);
        match () {
            () if changed.len() > options.max_files => period.large += 1,
            () if parts.is_empty() => period.elsewhere += 1,
            () => counted.push(parts),
        }
    }
    period.counted = counted.len();
    let counts = count::count(units.names.len(), &counted);
    Coupling {
        level: units.level,
        options,
        period,
        names: units.names.clone(),
        pairs: pairs(units, &counts, options),
        silent: silent(units, &counts, options),
        changes: counts.changes,
    }
}

fn pairs(units: &Units, counts: &Counts, options: Options) -> Vec<Pair> {
    let strong = |(&(a, b), &together): (&(u32, u32), &u32)| {
        let least = options.min_support.max(1);
        (together >= least && !units.share_a_file(a, b)).then(|| pair(units, counts, a, b))
    };
    let mut pairs: Vec<Pair> = counts.together.iter().filter_map(strong).collect();
    pairs.retain(|pair| pair.confidence >= options.min_confidence);
    pairs.order_by(|a, b| {
        let strength = b.together.cmp(&a.together).then(descending(a.confidence, b.confidence));
        strength.then(units.names[a.from as usize].cmp(&units.names[b.from as usize])).then(a.to.cmp(&b.to))
    });
    for pair in pairs.iter_mut().filter(|pair| pair.tie == Tie::None) {
        pair.tie = units.distance(pair.from, pair.to).map_or(Tie::None, Tie::Through);
    }
    pairs
}

/// Returns the pair with the direction of the higher confidence first; if both are equal, ordered
/// by index.
fn pair(units: &Units, counts: &Counts, a: u32, b: u32) -> Pair {
    let of = |part: u32| f64::from(counts.changes[part as usize]);
    let (from, to) = if of(b) < of(a) { (b, a) } else { (a, b) };
    let together = counts.both(a, b);
    let share = |part: u32| f64::from(together) / of(part);
    let (confidence, reverse) = (share(from), share(to));
    Pair { from, to, together, confidence, reverse, lift: counts.lift(a, b), tie: tie(units, from, to) }
}

fn tie(units: &Units, from: u32, to: u32) -> Tie {
    match (units.depends(from, to), units.depends(to, from)) {
        (true, true) => Tie::Both,
        (true, false) => Tie::Forward,
        (false, true) => Tie::Backward,
        (false, false) if units.contains(from, to) || units.contains(to, from) => Tie::Contains,
        (false, false) => Tie::None,
    }
}

fn silent(units: &Units, counts: &Counts, options: Options) -> Vec<Silence> {
    let of = |part: u32| counts.changes[part as usize];
    let often = |part: u32| of(part) >= options.min_support.max(1);
    let told = |&(from, to): &(u32, u32)| {
        let never = often(from) && often(to) && counts.both(from, to) == 0 && !units.share_a_file(from, to);
        let chance = if never { counts.chance_of_never(from, to) } else { 1.0 };
        let expected = f64::from(of(from)) * f64::from(of(to)) / f64::from(counts.commits.max(1));
        (chance < SURPRISE).then_some(Silence { from, to, expected, chance })
    };
    let mut silent: Vec<Silence> = units.dependencies.iter().filter_map(told).collect();
    silent.order_by(|a, b| descending(a.expected, b.expected).then((a.from, a.to).cmp(&(b.from, b.to))));
    silent
}

fn descending(a: f64, b: f64) -> Ordering {
    b.total_cmp(&a)
}
