//! The new findings beside waivers are those of the rule without the references that the waivers
//! cover.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    baseline::{CASES, case},
    random::*,
    run,
};
use crate::{
    base::{day::Day, span::Span, waiver::Waiver},
    graph::{Graph, sample::sample},
    judge::{
        check::{self, Report, waiver},
        rules::finding::Status,
    },
};

/// Returns a waiver of `rule` for each of `edges` whose bit in `chosen` is set. The reference of
/// each edge has its own line.
fn waivers(graph: &Graph, edges: &Edges, chosen: u16, rule: &str) -> Vec<(String, Waiver)> {
    let mut waivers = Vec::new();
    for (at, (from, ..)) in edges.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1) {
        let module =
            graph.nodes.iter().find(|node| node.id == id(*from)).and_then(|node| node.module.as_ref());
        let file = graph.files[module.expect("a module").file].clone();
        let line = edges[..at].iter().filter(|(other, ..)| other == from).count() as u32 + 1;
        let waiver = Waiver {
            span: Span::new(line, 1, line, 2),
            lines: (line, line),
            rules: vec![rule.to_owned()],
            reason: Some("agreed".to_owned()),
            ..Waiver::default()
        };
        waivers.push((file, waiver));
    }
    waivers
}

/// Returns the new findings of a report, as a baseline compares them.
fn new(report: &Report) -> BTreeSet<(String, u64, Vec<String>)> {
    let own = report.findings.iter().filter(|f| f.status == Status::New && f.rule != waiver::CODE);
    let own = own.filter(|f| f.code != "selector");
    let parts = |f: &super::super::finding::Finding| f.parts.iter().map(|p| p.fingerprint.clone()).collect();
    own.map(|f| (f.fingerprint.clone(), f.extent, parts(f))).collect()
}

fn fingerprints(report: &Report) -> BTreeSet<String> {
    let own = report.findings.iter().filter(|f| f.rule != waiver::CODE && f.code != "selector");
    own.map(|f| f.fingerprint.clone()).collect()
}

fn waived(config: &str, graph: &Graph, waivers: &[(String, Waiver)]) -> Report {
    let (setup, _) = check::setup(config);
    let (mut report, _) = check::run(graph, &setup);
    waiver::apply(&mut report, waivers, &setup, Day::today(), graph);
    report
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_waivers_do_not_cover_is_found(
        edges in edges(),
        chosen in any::<u16>(),
        kind in 0..CASES.len(),
        ends in (0..SELECTORS.len(), 0..SELECTORS.len(), 0..SELECTORS.len()),
    ) {
        let config = case(CASES[kind], SELECTORS[ends.0], SELECTORS[ends.1], SELECTORS[ends.2]).config;
        let rule = CASES[kind].split(' ').next().unwrap_or_default();
        let graph = sample(&describe(&edges)).graph;
        let report = waived(&config, &graph, &waivers(&graph, &edges, chosen, rule));
        let left = edges.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 0).map(|(_, edge)| *edge);
        let expected = run(&config, &describe(&left.collect()));
        prop_assert_eq!(new(&report), new(&expected));
        let kept = fingerprints(&report);
        let all = fingerprints(&run(&config, &describe(&edges)));
        prop_assert!(all.is_subset(&kept), "what is waived stays in the report: {:?}", all.difference(&kept));
    }

    #[test]
    fn waivers_that_waive_nothing_can_all_be_removed(
        edges in edges(),
        chosen in any::<u16>(),
        kind in 0..CASES.len(),
        ends in (0..SELECTORS.len(), 0..SELECTORS.len(), 0..SELECTORS.len()),
    ) {
        let [before, after] = without_useless_waivers(&edges, chosen, kind, ends);
        prop_assert_eq!(after, before);
    }
}

/// Returns the units of the new findings with waivers, and with those alone that are of use.
fn without_useless_waivers(
    edges: &Edges,
    chosen: u16,
    kind: usize,
    ends: (usize, usize, usize),
) -> [BTreeSet<(String, u64)>; 2] {
    let config = case(CASES[kind], SELECTORS[ends.0], SELECTORS[ends.1], SELECTORS[ends.2]).config;
    let rule = CASES[kind].split(' ').next().unwrap_or_default();
    let graph = sample(&describe(edges)).graph;
    let mut waivers = waivers(&graph, edges, chosen, rule);
    let report = waived(&config, &graph, &waivers);
    let useless = report.findings.iter().filter(|f| f.rule == waiver::CODE).flat_map(|f| &f.sites);
    let useless: BTreeSet<(&str, u32)> =
        useless.map(|site| (site.file.as_str(), site.span.start.line)).collect();
    waivers.retain(|(file, waiver)| !useless.contains(&(file.as_str(), waiver.span.start.line)));
    [units_of(&report), units_of(&waived(&config, &graph, &waivers))]
}

/// Two waivers, neither of which is of use alone, are in different groups of the search.
#[test]
fn waivers_of_different_groups_may_be_of_use_together() {
    let edges = [(1, 9), (3, 1), (9, 1), (0, 0), (0, 0), (4, 3), (9, 4), (10, 1), (4, 9), (0, 0)];
    let edges = edges.into_iter().map(|(from, to)| (from, to, 12)).collect();
    let [before, after] = without_useless_waivers(&edges, 33058, 10, (0, 0, 0));
    assert_eq!(after, before);
}

/// Returns the units of the new findings of a report, as a baseline has them.
fn units_of(report: &Report) -> BTreeSet<(String, u64)> {
    let own = report.findings.iter().filter(|f| f.status == Status::New && f.rule != waiver::CODE);
    own.filter(|f| f.code != "selector")
        .flat_map(|finding| finding.units())
        .map(|(name, extent)| (name.to_owned(), extent))
        .collect()
}

const TWO_WAYS: &str = "a -> m\nm -> t\na -> n\nn -> o\no -> t\na -> p\np -> u";
const FORBID: &str = "[[forbid]]\nfrom = \"a\"\nto = [\"t\", \"u\"]\ntransitive = true\n";

fn on_lines(lines: &[(&str, u32)], rule: &str) -> Vec<(String, Waiver)> {
    let waiver = |(file, line): &(&str, u32)| {
        let waiver = Waiver {
            span: Span::new(*line, 1, *line, 2),
            lines: (*line, *line),
            rules: vec![rule.to_owned()],
            reason: Some("agreed".to_owned()),
            ..Waiver::default()
        };
        ((*file).to_owned(), waiver)
    };
    lines.iter().map(waiver).collect()
}

/// Returns the messages of the new findings, and the number of waived ones.
fn after(config: &str, graph: &str, rule: &str, lines: &[(&str, u32)]) -> (Vec<String>, usize) {
    let report = waived(config, &sample(graph).graph, &on_lines(lines, rule));
    let new = report.findings.iter().filter(|f| f.status == Status::New).map(|f| f.message.clone());
    (new.collect(), report.summary.waived)
}

#[test]
fn another_way_is_not_waived() {
    let longer = "`a` must not reach `t`, but does in 3 hops".to_owned();
    let other = "`a` must not reach `u`, but does in 2 hops".to_owned();
    let first = ("m.rs", 1);
    assert_eq!(after(FORBID, TWO_WAYS, "forbid", &[first]).0.len(), 1);
    assert_eq!(after(FORBID, TWO_WAYS, "forbid", &[first, ("p.rs", 1)]).0, [longer]);
    assert_eq!(after(FORBID, TWO_WAYS, "forbid", &[first, ("n.rs", 1)]).0, [other]);
    let all = [first, ("n.rs", 1), ("p.rs", 1)];
    assert_eq!(after(FORBID, TWO_WAYS, "forbid", &all), (Vec::new(), 1), "each of the three is of use");
}

#[test]
fn a_waiver_on_no_way_waives_nothing() {
    let graph = format!("{TWO_WAYS}\na -> q\nq -> r");
    let all = [("m.rs", 1), ("n.rs", 1), ("p.rs", 1), ("q.rs", 1)];
    let (new, _) = after(FORBID, &graph, "forbid", &all);
    assert_eq!(new, ["the waiver of `forbid` waives nothing"]);
}

/// Each of many waivers is tried, whether a shortest chain shows its use or not.
#[test]
fn the_use_of_many_waivers_is_known() {
    let ways = |n: u32| format!("a -> m{n}\nm{n} -> t::x{n}\nb{n} -> c{n}\n");
    let graph: String = (0..40).map(ways).collect();
    let of_use = (0..40).map(|n| (format!("m{n}.rs"), 1));
    let useless = (0..40).map(|n| (format!("b{n}.rs"), 1));
    let all: Vec<(String, u32)> = of_use.chain(useless).collect();
    let all: Vec<(&str, u32)> = all.iter().map(|(file, line)| (file.as_str(), *line)).collect();
    let (new, _) = after(FORBID, &graph, "forbid", &all);
    let nothing = "the waiver of `forbid` waives nothing";
    assert_eq!(new.iter().filter(|message| *message == nothing).count(), 40, "{new:?}");
}

/// Two waivers on the hops of one chain are of use together, although either would do.
#[test]
fn waivers_of_one_chain_are_of_use() {
    let graph = "a -> m\nm -> n\nn -> t\na -> p\np -> u";
    let config = "[[forbid]]\nfrom = \"a\"\nto = [\"t\", \"u\"]\ntransitive = true\n";
    let (new, _) = after(config, graph, "forbid", &[("m.rs", 1), ("n.rs", 1)]);
    assert_eq!(new, ["`a` must not reach `u`, but does in 2 hops"]);
}

#[test]
fn another_cycle_is_not_waived() {
    let config = "[[acyclic]]\nof = \"modules\"\n";
    let graph = "a -> b\nb -> a\nb -> c\nc -> b";
    let (new, waived) = after(config, graph, "acyclic", &[("a.rs", 1)]);
    assert_eq!((new, waived), (vec!["modules depend on each other: `b` → `c` → `b`".to_owned()], 1));
    let (new, waived) = after(config, graph, "acyclic", &[("a.rs", 1), ("c.rs", 1)]);
    assert_eq!((new, waived), (Vec::new(), 1));
}
