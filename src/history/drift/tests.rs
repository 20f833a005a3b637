//! `drift` counts each new violation in the head, whatever else was resolved.

use std::collections::BTreeSet;

use index_vec::IndexVec;
use proptest::prelude::*;

use super::{
    Side, SideName,
    findings::{self, Findings},
    shape::Moves,
};
use crate::{
    graph::sample::sample,
    judge::{
        check::{self, Report, Setup},
        rules::{
            finding::Status,
            tests::{
                baseline::{CASES, case, without},
                random::{Edges, NODES, SELECTORS, describe, edges},
            },
        },
    },
};

fn report(config: &str, edges: &Edges) -> (Report, Setup) {
    let (setup, _) = check::setup(config);
    let (mut report, _) = check::run(&sample(&describe(edges)).graph, &setup);
    // The graph of these tests loses an external node with its last edge.
    report.findings.retain(|finding| finding.code != "selector");
    (report, setup)
}

/// Returns the changes from one report to another of the same rules.
fn between(base: &(Report, Setup), head: &(Report, Setup)) -> Findings {
    let (graph, components, name) = (sample("a").graph, IndexVec::new(), SideName::default());
    let text = |_: &str| None;
    let of = |report, setup| Side {
        name: &name,
        graph: &graph,
        components: &components,
        setup,
        report,
        by_other: report,
        placed_by_other: None,
        waivers: &[],
        baseline: None,
        text: &text,
    };
    findings::between(of(&base.0, &base.1), of(&head.0, &head.1), &Moves::new())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_breaks_a_rule_anew_is_counted(
        edges in edges(),
        added in (0..NODES.len() - 1, 0..NODES.len(), prop_oneof![3 => Just(NODES.len()), 1 => 0..NODES.len() - 1]),
        kind in 0..CASES.len(),
        ends in (0..SELECTORS.len(), 0..SELECTORS.len(), 0..SELECTORS.len()),
        gone in any::<u16>(),
    ) {
        let case = case(CASES[kind], SELECTORS[ends.0], SELECTORS[ends.1], SELECTORS[ends.2]);
        let base = report(&case.config, &edges);
        let fewer = without(&edges, gone);
        prop_assert_eq!(between(&base, &report(&case.config, &fewer)).counted(), 0, "what is less is nothing new");
        let mut more = fewer;
        more.push(added);
        let (before, after) = ((case.broken)(&edges), (case.broken)(&more));
        let fresh: BTreeSet<&String> = after.difference(&before).collect();
        let counted = between(&base, &report(&case.config, &more)).counted();
        prop_assert!(fresh.is_empty() || counted > 0, "{fresh:?}");
    }
}

/// The cycle has the same size, and one of its dependencies was replaced.
#[test]
fn a_dependency_in_the_place_of_another_is_growth() {
    let config = "[[acyclic]]\nof = \"modules\"\n";
    let cycle = |graph: &str| {
        let (setup, _) = check::setup(config);
        (check::run(&sample(graph).graph, &setup).0, setup)
    };
    let base = cycle("a -> b\nb -> c\nc -> a\na -> c");
    let changed = between(&base, &cycle("a -> b\nb -> c\nc -> a\nb -> a"));
    let [growth] = changed.grown.as_slice() else { panic!("{changed:?}") };
    assert_eq!(growth.added, ["acyclic b -> a"]);
    assert_eq!(changed.counted(), 1);
}

/// A finding that was waived in the base is new in a head without the waiver.
#[test]
fn what_is_no_longer_waived_is_new() {
    let config = "[[forbid]]\nfrom = \"a\"\nto = \"b\"\n";
    let edges = "a -> b\na -> b in body";
    let (setup, _) = check::setup(config);
    let mut base = (check::run(&sample(edges).graph, &setup).0, setup);
    let head = (base.0.clone(), check::setup(config).0);
    base.0.findings.iter_mut().for_each(|finding| finding.status = Status::Waived);
    let changed = between(&base, &head);
    assert_eq!((changed.new.len(), changed.counted()), (1, 1));
    assert_eq!(between(&head, &base).counted(), 0, "and the other way round it is accepted");
}
