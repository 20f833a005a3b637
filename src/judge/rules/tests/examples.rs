//! The worked example of each kind, on a graph that violates it and on one that does not.

use super::run;
use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
        span::Span,
    },
    graph::sample::sample,
    judge::{
        architecture::Granularity,
        check,
        metrics::Metric,
        rules::{KINDS, finding::Finding},
    },
};

/// For each kind: the edges of both graphs, which give the example's selectors something to select;
/// the edges that violate the example; and the messages.
const CASES: &[(&str, &str, &str, &[&str])] = &[
    ("selector", "shop::billing", "", &["`shop::billing::domain` selects nothing"]),
    (
        "coverage",
        "shop::billing",
        "ledger::book",
        &["`ledger` belongs to no component, nor does the module beneath it"],
    ),
    (
        "dependencies",
        "shop::checkout -> shop::billing\nshop::checkout -> shop::shared",
        "shop::shared -> shop::checkout",
        &[
            "`billing` declares that it depends on `shared`, but does not",
            "`shared` depends on `checkout` without declaring it",
        ],
    ),
    (
        "exposes",
        "shop::billing::api\nshop::checkout -> shop::billing",
        "shop::checkout -> shop::billing::tax",
        &["`shop::checkout` uses `shop::billing::tax`, which `billing` does not expose"],
    ),
    (
        "visible-to",
        "clinic::gateway -> clinic::records\nclinic::reporting -> clinic::gateway",
        "clinic::reporting -> clinic::records",
        &["`reporting` depends on `records`, which is visible only to `gateway`"],
    ),
    (
        "forbid",
        "shop::orders::domain -> shop::mail\nshop::storage::domain -> @sqlx",
        "shop::mail -> @std::net\nshop::orders::domain -> shop::storage::domain in signature",
        &[
            "`shop::orders::domain` must not reach `std::net`, but does in 2 hops",
            "`shop::orders::domain` must not depend on `shop::storage::domain`",
        ],
    ),
    (
        "allow",
        "shop::orders::domain -> shop::shared\nshop::orders::domain -> @serde",
        "shop::orders::domain -> shop::orders::store\nshop::shared -> @std",
        &[
            "`shop::orders::domain` may depend only on shop::shared, serde, but depends on `shop::orders::store`",
            "`shop::shared` may depend on nothing else, but depends on `std`",
        ],
    ),
    (
        "layers",
        "shop::web -> shop::orders\nshop::rules -> shop::storage\nclinic::visits::domain -> clinic::visits::store",
        "shop::storage -> shop::rules\nclinic::visits::store -> clinic::visits::domain\nclinic::visits::lost",
        &[
            "`shop::storage` depends on `shop::rules`, but the layer `infrastructure` is below `policy`",
            "`clinic::visits::lost` is in no layer",
            "`clinic::visits::store` depends on `clinic::visits::domain`, but the layer `store` is below `domain`",
        ],
    ),
    (
        "independent",
        "shop::orders -> shop::shared\nshop::billing -> shop::shared",
        "shop::orders -> shop::billing",
        &[
            "`shop::orders` depends on `shop::billing`, but `shop::orders` and `shop::billing` are independent",
        ],
    ),
    (
        "acyclic",
        "shop::orders::api -> shop::orders::store\nshop::orders -> shop::billing",
        "shop::orders::store -> shop::orders::api\nshop::billing -> shop::orders",
        &[
            "components depend on each other: `billing` → `orders` → `billing`",
            "modules depend on each other: `shop::orders::api` → `shop::orders::store` → `shop::orders::api`",
        ],
    ),
    (
        "protect",
        "shop::storage -> @sqlx\nshop::orders -> shop::orders::generated",
        "shop::orders -> @sqlx\nshop::storage -> shop::orders::generated",
        &[
            "`shop::orders` depends on `sqlx`, which only shop::storage may",
            "`shop::storage` depends on `shop::orders::generated`, which only shop::{ctx} may",
        ],
    ),
    (
        "require",
        "shop::handlers::orders -> shop::guards\nshop::guards -> shop::permissions",
        "shop::handlers::stock",
        &["`shop::handlers::stock` does not reach shop::permissions"],
    ),
    (
        "gateway",
        "clinic::desk -> clinic::audit\nclinic::audit -> clinic::records",
        "clinic::desk -> clinic::records",
        &["`clinic::desk` reaches `clinic::records` without passing through clinic::audit"],
    ),
    ("orphan", "shop -> shop::orders\nshop::prelude", "shop::lost", &["nothing uses `shop::lost`"]),
];

#[test]
fn each_example_finds_what_it_is_for() {
    for (kind, clean, broken, expected) in CASES {
        let example = KINDS.iter().find(|k| k.name == *kind).expect("a kind").example;
        let messages = |graph: &str| -> Vec<String> {
            run(example, graph).findings.into_iter().filter(|f| f.code == *kind).map(|f| f.message).collect()
        };
        assert_eq!(messages(&format!("{clean}\n{broken}")), *expected, "{kind}");
        let kept: &[&str] = if broken.is_empty() { expected } else { &[] };
        let stale = |m: &String| !m.contains("declares that it depends");
        assert_eq!(messages(clean).into_iter().filter(stale).collect::<Vec<_>>(), kept, "{kind}");
    }
}

/// The ceilings in the example of budgets are high, so the graph is one with more modules.
#[test]
fn the_example_of_budgets_counts() {
    let example = KINDS.iter().find(|k| k.name == "budget").expect("a kind").example;
    let graph = |parts: usize| -> String {
        (0..parts).map(|i| format!("shop::billing -> shop::billing::part{i}\n")).collect()
    };
    let codes = |parts| run(example, &graph(parts)).findings.into_iter().map(|f| f.rule).collect::<Vec<_>>();
    assert_eq!(codes(20), Vec::<String>::new());
    assert_eq!(codes(21), ["few-friends"]);
    assert_eq!(codes(60), ["few-friends", "small-components"]);
}

/// The rule concerns source that a graph cannot represent.
#[test]
fn the_example_of_unread_source_excepts_templates() {
    let example = KINDS.iter().find(|k| k.name == "unread").expect("a kind").example;
    let (setup, mistakes) = check::setup(example);
    assert_eq!(mistakes, []);
    let sample = sample("shop::billing");
    let unread = |file: &str| {
        let diagnostics = [
            Diagnostic::error(codes::SYNTAX, "this file does not parse").at(file, Span::default()),
            Diagnostic::warn(codes::UNKNOWN_EDITION, "the edition is not known")
                .at("Cargo.toml", Span::default()),
            Diagnostic { severity: Severity::Info, ..Diagnostic::warn(codes::CARGO_UNAVAILABLE, "no cargo") },
        ];
        let subject = check::Subject { diagnostics: &diagnostics, ..check::Subject::from(&sample.graph) };
        let (report, _) = check::run(subject, &setup);
        assert_eq!(report.summary.unread, 1, "accepted or not");
        report.findings.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
    };
    assert_eq!(unread("src/x.rs"), ["not all of `src/x.rs` was read: this file does not parse"]);
    assert_eq!(unread("templates/x.rs"), Vec::<String>::new());
}

/// The findings of a rule whose [`Reads`] do not include line counts are the same for any line
/// counts.
#[test]
fn only_rules_that_say_so_depend_on_line_counts() {
    let per = |metric: Metric| if metric.exists_at(Some(Granularity::Module)) { "module" } else { "whole" };
    let budget = |metric: Metric| {
        let (name, per) = (metric.name(), per(metric));
        format!("[[budget]]\nid = \"{name}\"\nmetric = \"{name}\"\nof = \"**\"\nper = \"{per}\"\nmax = 0\n")
    };
    let budgets: String = Metric::ALL.iter().map(|metric| budget(*metric)).collect();
    let example = |kind: &str| KINDS.iter().find(|k| k.name == kind).expect("a kind").example.to_owned();
    let cases = CASES.iter().map(|(kind, clean, broken, _)| (example(kind), format!("{clean}\n{broken}")));
    let mut depend = Vec::new();
    for (config, graph) in cases.chain([(budgets, "a -> b\nb -> a\na -> c".to_owned())]) {
        let (setup, mistakes) = check::setup(config.as_str());
        assert_eq!(mistakes, []);
        let mut graph = sample(&graph).graph;
        let before = check::run(&graph, &setup).0.findings;
        graph
            .nodes
            .iter_mut()
            .filter_map(|node| node.module.as_mut())
            .for_each(|module| module.lines += 1000);
        let after = check::run(&graph, &setup).0.findings;
        for rule in &setup.rules {
            let of = |all: &[Finding]| all.iter().filter(|f| f.rule == rule.id).cloned().collect::<Vec<_>>();
            let depends = of(&before) != of(&after);
            assert!(!depends || rule.rule.reads().line_counts, "`{}` does not say so", rule.id);
            depend.extend(depends.then(|| rule.id.clone()));
        }
    }
    assert_eq!(depend, ["lines"], "a test in which nothing depends on them proves nothing");
}

#[test]
fn every_kind_has_its_case() {
    let cases = CASES.iter().map(|case| case.0).chain(["budget", "unread", "unresolved"]);
    let mut cases: Vec<&str> = cases.collect();
    let mut kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    cases.sort_unstable();
    kinds.sort_unstable();
    assert_eq!(cases, kinds);
}
