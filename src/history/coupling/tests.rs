//! Comparison of the counts with their definitions, on random commits.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    count::{Counts, count},
    *,
};
use crate::history::git::{Revision, log::Log};

/// Returns numbered parts, each with a file of its own, with the given dependencies.
fn units(parts: usize, dependencies: &[(u32, u32)]) -> Units {
    let names: Vec<String> = (0..parts).map(|i| format!("p{i:02}")).collect();
    let of_file = (0..parts).map(|i| (format!("p{i:02}.rs"), vec![i as u32])).collect();
    let dependencies = dependencies.iter().copied().filter(|(a, b)| a != b).collect();
    Units { names, of_file, dependencies, ..Units::default() }
}

fn log(commits: usize) -> Log {
    let revisions = (0..commits).rev().map(|i| Revision::sample(&i.to_string(), i as i64, "")).collect();
    Log { revisions, ..Log::default() }
}

fn files(commits: &[BTreeSet<u32>]) -> Vec<Vec<String>> {
    commits.iter().map(|parts| parts.iter().map(|p| format!("p{p:02}.rs")).collect()).collect()
}

/// Returns the number of `commits` that contain all of `parts`: the definition of support.
fn support(commits: &[&BTreeSet<u32>], parts: &[u32]) -> u32 {
    commits.iter().filter(|changed| parts.iter().all(|part| changed.contains(part))).count() as u32
}

fn commits() -> impl Strategy<Value = Vec<BTreeSet<u32>>> {
    prop::collection::vec(prop::collection::btree_set(0..6_u32, 0..6), 0..40)
}

proptest! {
    #[test]
    fn pairs_are_what_the_definitions_say(
        commits in commits(),
        dependencies in prop::collection::vec((0..6_u32, 0..6_u32), 0..8),
        max_files in 1..6_usize,
        min_support in 1..4_u32,
        tenths in 0..=10_u32,
    ) {
        let min_confidence = f64::from(tenths) / 10.0;
        let units = units(6, &dependencies);
        let options = Options { max_files, min_support, min_confidence };
        let found = couple(&units, &log(commits.len()), &files(&commits), options);
        let counted: Vec<&BTreeSet<u32>> =
            commits.iter().filter(|c| !c.is_empty() && c.len() <= max_files).collect();
        prop_assert_eq!(found.period.counted, counted.len());
        let mut expected = BTreeSet::new();
        for a in 0..6 {
            prop_assert_eq!(found.changes[a as usize], support(&counted, &[a]));
            for b in a + 1..6 {
                let both = support(&counted, &[a, b]);
                let least = support(&counted, &[a]).min(support(&counted, &[b]));
                if both >= min_support && f64::from(both) / f64::from(least) >= min_confidence {
                    expected.insert((a, b, both));
                }
            }
        }
        let told: BTreeSet<_> =
            found.pairs.iter().map(|p| (p.from.min(p.to), p.from.max(p.to), p.together)).collect();
        prop_assert_eq!(told, expected);
        for pair in &found.pairs {
            let (from, to) = (support(&counted, &[pair.from]), support(&counted, &[pair.to]));
            let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
            prop_assert!(close(pair.confidence, f64::from(pair.together) / f64::from(from)));
            prop_assert!(close(pair.reverse, f64::from(pair.together) / f64::from(to)));
            prop_assert!(pair.confidence >= pair.reverse);
            let by_chance = f64::from(from) * f64::from(to) / counted.len() as f64;
            prop_assert!(close(pair.lift, f64::from(pair.together) / by_chance));
            let linked = units.depends(pair.from, pair.to) || units.depends(pair.to, pair.from);
            prop_assert_eq!(pair.tie.is_hidden(), !linked);
        }
    }

    /// Compares with all possible distributions of the changes of one part.
    #[test]
    fn the_chance_of_never_is_the_share_of_the_ways(commits in 1..10_u32, a in 0..10_u32, b in 0..10_u32) {
        let (a, b) = (a.min(commits), b.min(commits));
        let marked = (1_u32 << a) - 1;
        let hands: Vec<u32> = (0..1_u32 << commits).filter(|hand| hand.count_ones() == b).collect();
        let never = hands.iter().filter(|hand| *hand & marked == 0).count() as f64 / hands.len() as f64;
        let counts = Counts { commits, changes: vec![a, b], ..Counts::default() };
        prop_assert!((counts.chance_of_never(0, 1) - never).abs() < 1e-9);
    }

    #[test]
    fn silent_dependencies_never_change_together(
        commits in commits(),
        dependencies in prop::collection::vec((0..6_u32, 0..6_u32), 0..12),
    ) {
        let units = units(6, &dependencies);
        let options = Options { min_support: 2, ..Options::default() };
        let found = couple(&units, &log(commits.len()), &files(&commits), options);
        let counted: Vec<&BTreeSet<u32>> = commits.iter().filter(|c| !c.is_empty()).collect();
        let told: BTreeSet<_> = found.silent.iter().map(|s| (s.from, s.to)).collect();
        for &(from, to) in &units.dependencies {
            let apart = support(&counted, &[from, to]) == 0;
            let often = support(&counted, &[from]) >= 2 && support(&counted, &[to]) >= 2;
            let rare = apart && often && count(6, &lists(&counted)).chance_of_never(from, to) < 0.05;
            prop_assert_eq!(told.contains(&(from, to)), rare, "{} {}", from, to);
        }
    }
}

fn lists(commits: &[&BTreeSet<u32>]) -> Vec<Vec<u32>> {
    commits.iter().map(|parts| parts.iter().copied().collect()).collect()
}

#[test]
fn distance_goes_either_way() {
    let units = units(5, &[(0, 1), (1, 2), (3, 2)]);
    assert_eq!(units.distance(2, 0), Some(2));
    assert_eq!(units.distance(0, 3), None);
    assert_eq!(units.distance(0, 4), None);
}

#[test]
fn modules_of_one_file_are_no_pair() {
    let mut units = units(3, &[]);
    units.of_file.insert("shared.rs".to_owned(), vec![0, 1]);
    let commits: Vec<BTreeSet<u32>> = (0..9).map(|_| BTreeSet::from([0, 1, 2])).collect();
    let found = couple(&units, &log(9), &files(&commits), Options::default());
    let pairs: Vec<_> = found.pairs.iter().map(|p| (p.from, p.to)).collect();
    assert_eq!(pairs, [(0, 2), (1, 2)]);
}

/// The parts of nested and inline modules and of components at each level.
#[test]
fn parts_of_a_graph() {
    let graph = crate::graph::sample::sample(
        "shop::billing::usage -> ledger::rows
         shop::billing -> @std::fs
         bin:tool -> ledger",
    )
    .graph;
    let setup = crate::judge::check::Setup::default();
    let (architecture, _) = setup.architecture(&graph);
    let units = Units::new(&architecture, Granularity::Module, "code");
    assert_eq!(
        units.names,
        ["bin:tool", "ledger", "ledger::rows", "shop", "shop::billing", "shop::billing::usage"]
    );
    assert_eq!(units.changed(&["code/shop/billing.rs".to_owned(), "shop.rs".to_owned()]), [4]);
    assert!(units.depends(5, 2) && units.contains(3, 5) && !units.contains(5, 3));
    let units = Units::new(&architecture, Granularity::Crate, "");
    assert_eq!((units.names.len(), units.dependencies.len()), (3, 2));
    let units = Units::new(&architecture, Granularity::Component, "");
    assert_eq!(units.names, ["package:ledger", "package:shop", "package:tool"]);
}
