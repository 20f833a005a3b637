//! `drift` counts each new violation in the head, whatever else was resolved.

use std::collections::BTreeSet;

use index_vec::IndexVec;
use proptest::prelude::*;

use super::{
    Side, SideName,
    findings::{self, Findings},
    gate::FailOn,
    shape::Moves,
};
use crate::{
    base::{codes, diagnostic::Diagnostic, span::Span},
    graph::{Graph, NodeId, sample::sample},
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

/// Calls `then` with two sides that have these reports of the same rules. `text` returns the text of a
/// file, in the base or in the head.
fn with_sides<T>(
    (base, head): (&(Report, Setup), &(Report, Setup)),
    text: impl Fn(bool) -> Option<String>,
    then: impl FnOnce(Side<'_>, Side<'_>) -> T,
) -> T {
    let (graph, name) = (sample("a").graph, SideName::default());
    let components = IndexVec::from_vec(vec![None; graph.nodes.len()]);
    let texts = (|_: &str| text(false), |_: &str| text(true));
    fn of<'a>(
        (name, graph, components): (&'a SideName, &'a Graph, &'a IndexVec<NodeId, Option<String>>),
        (report, setup): &'a (Report, Setup),
        text: &'a dyn Fn(&str) -> Option<String>,
    ) -> Side<'a> {
        let (waivers, baseline, by_other, placed_by_other) = (&[], None, report, None);
        Side { name, graph, components, setup, report, by_other, placed_by_other, waivers, baseline, text }
    }
    let ground = (&name, &graph, &components);
    then(of(ground, base, &texts.0), of(ground, head, &texts.1))
}

/// Returns the changes from one report to another of the same rules.
fn between(base: &(Report, Setup), head: &(Report, Setup)) -> Findings {
    with_sides((base, head), |_| None, |base, head| findings::between(base, head, &Moves::new()))
}

/// Returns the conditions that fail from one report to another, in words.
fn failures(base: &(Report, Setup), head: &(Report, Setup), changed: bool) -> Vec<String> {
    let text = |is_head| Some((changed && is_head).to_string());
    let drift = with_sides((base, head), text, |base, head| super::between(base, head, Vec::new()));
    assert!(drift.unseen.is_empty() || !drift.is_empty());
    let conditions = [FailOn::NewFindings, FailOn::Permissions, FailOn::NewCycles];
    conditions.iter().filter_map(|condition| condition.failure(&drift)).collect()
}

/// Where a check ended early, nobody knows whether there are new findings.
#[test]
fn a_check_that_ended_early_passes_no_gate() {
    let edges = vec![(0, 1, NODES.len())];
    let checked = || report("[[acyclic]]\nof = \"modules\"\n", &edges);
    assert_eq!(failures(&checked(), &checked(), true), Vec::<String>::new());
    let mut ended = checked();
    ended.0.summary.unchecked = 3;
    for (base, head) in [(&ended, &checked()), (&checked(), &ended), (&ended, &ended)] {
        let failures = failures(base, head, false);
        assert_eq!(failures.len(), 2, "{failures:?}");
        assert!(failures.iter().all(|said| said.contains("3 rules were not checked")), "{failures:?}");
    }
}

/// Source that neither side has read may hold anything, unless it is the same.
#[test]
fn what_neither_side_has_read_passes_no_gate_once_it_changes() {
    let unread = |diagnostic: Diagnostic| {
        let (setup, _) = check::setup("[[acyclic]]\nof = \"modules\"\n");
        let graph = sample("a -> b").graph;
        let subject = check::Subject { diagnostics: &[diagnostic], ..check::Subject::from(&graph) };
        let (report, _) = check::run(subject, &setup);
        assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
        (report, setup)
    };
    let of_file = || {
        unread(Diagnostic::error(codes::SYNTAX, "this file does not parse").at("src/a.rs", Span::default()))
    };
    assert_eq!(failures(&of_file(), &of_file(), false), Vec::<String>::new());
    let changed = failures(&of_file(), &of_file(), true);
    assert!(changed.len() == 2 && changed[0].contains("`src/a.rs` has changed"), "{changed:?}");
    let accepted = || {
        let mut side = of_file();
        side.0.findings[0].status = Status::Baseline;
        side
    };
    assert_eq!(failures(&accepted(), &accepted(), true), Vec::<String>::new());
    let everywhere = || unread(Diagnostic::warn(codes::GLOB_LIMIT, "names are unknown"));
    assert_eq!(failures(&everywhere(), &everywhere(), false).len(), 2, "any change may matter");
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
