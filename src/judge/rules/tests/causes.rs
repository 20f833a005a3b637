//! The findings by cause: each finding has one cause, and goes with it.

use std::collections::{BTreeSet, HashSet};

use proptest::{prelude::*, sample::subsequence};

use super::{closed::RULES, random::*, run};
use crate::{
    base::span::Span,
    graph::sample::sample,
    judge::check::{
        self, Report,
        causes::{Cause, causes, cut, largest},
    },
};

/// Returns each cause as its dependency and the identities of its findings.
fn described(report: &Report) -> Vec<String> {
    let one = |cause: &Cause<'_>| {
        let (from, to) = cause.dependency.unwrap_or(("", ""));
        let found: Vec<String> = cause
            .findings
            .iter()
            .map(|f| format!("{} {}", f.rule, f.from.as_deref().unwrap_or("")))
            .collect();
        format!("{from} -> {to}: {}", found.join(", "))
    };
    causes(report).iter().map(one).collect()
}

#[test]
fn one_dependency_breaks_a_rule_for_many() {
    let config = "[[forbid]]\nid = \"f\"\nfrom = \"app\"\nto = \"disk\"\ntransitive = true\n";
    let graph =
        "app::a -> core\napp::b -> core\napp::c -> core\ncore -> disk\napp::d -> other\nother -> disk";
    let report = run(config, graph);
    assert_eq!(
        described(&report),
        ["core -> disk: f app::a, f app::b, f app::c", "app::d -> other: f app::d"]
    );
}

#[test]
fn one_dependency_breaks_many_rules() {
    let config = "\
[[forbid]]\nid = \"implied\"\nfrom = \"app\"\nto = \"disk\"\n
[[forbid]]\nid = \"told\"\nfrom = \"app::a\"\nto = \"disk\"\nreason = \"It is slow\"\n
[[forbid]]\nid = \"warned\"\nfrom = \"app\"\nto = \"disk\"\nseverity = \"warn\"\n";
    let report = run(config, "app::a -> disk\napp::b -> disk");
    let expected = [
        "app::a -> disk: told app::a, implied app::a, warned app::a",
        "app::b -> disk: implied app::b, warned app::b",
    ];
    assert_eq!(described(&report), expected);
}

#[test]
fn a_cycle_stands_alone() {
    let config =
        "[[acyclic]]\nid = \"c\"\nof = \"modules\"\n[[forbid]]\nid = \"f\"\nfrom = \"a\"\nto = \"b\"\n";
    let report = run(config, "a -> b\nb -> a");
    assert_eq!(described(&report).len(), 2);
}

#[test]
fn a_cut_counts_the_findings_that_go() {
    let config = "[[forbid]]\nid = \"f\"\nfrom = \"app\"\nto = \"disk\"\ntransitive = true\n";
    let mut graph: String = (0..12).map(|at| format!("app::m{at} -> core\n")).collect();
    graph.push_str("core -> disk\napp::m3 -> side\nside -> disk\n");
    let before = run(config, &graph);
    let found = causes(&before);
    let largest = largest(&found);
    let after = run(config, &graph.replace("core -> disk\n", "core\n"));
    let cut = cut(&largest, &before, &after).expect("most findings go");
    assert_eq!((cut.gone, cut.of), (11, 12), "one module has another way");
    assert_eq!(cut.dependencies[0].0, "core");
    let few = run(config, "app::a -> core\napp::b -> core\ncore -> disk");
    assert!(self::largest(&causes(&few)).is_empty(), "two findings need no advice");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_finding_has_one_cause_and_goes_with_it(
        edges in edges(),
        rules in subsequence(RULES.to_vec(), 1..8),
    ) {
        let (setup, mistakes) = check::setup(rules.concat().as_str());
        prop_assert_eq!(mistakes, []);
        let graph = sample(&describe(&edges)).graph;
        let (report, _) = check::run(&graph, &setup);
        let causes = causes(&report);
        let mut seen: Vec<&str> =
            causes.iter().flat_map(|cause| &cause.findings).map(|finding| finding.fingerprint.as_str()).collect();
        let mut all: Vec<&str> = report.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        seen.sort_unstable();
        all.sort_unstable();
        prop_assert_eq!(seen, all);
        for cause in causes.iter().filter(|cause| cause.dependency.is_some()) {
            let places: HashSet<(&str, Span)> =
                cause.sites.iter().map(|site| (site.file.as_str(), site.span)).collect();
            let less = graph.without(|site| places.contains(&(graph.files[site.file].as_str(), site.span)));
            let (after, _) = check::run(&less, &setup);
            let left: BTreeSet<&str> = after.findings.iter().map(|f| f.fingerprint.as_str()).collect();
            let direct = cause.findings.iter().filter(|finding| finding.chain.is_empty());
            let stays: Vec<_> = direct.filter(|f| left.contains(f.fingerprint.as_str())).collect();
            prop_assert!(stays.is_empty(), "{:?} stay without {:?}", stays, cause.dependency);
        }
    }
}
