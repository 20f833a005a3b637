//! Rules on small graphs: individual cases, and comparisons of every rule with a brute-force
//! definition on random graphs.

mod advice;
pub mod baseline;
mod causes;
mod closed;
mod examples;
mod kinds;
mod layers;
mod naming;
pub mod random;
mod random_components;
mod random_kinds;
mod waivers;

use super::KINDS;
use crate::{
    graph::sample::sample,
    judge::check::{self, Declarations, Report},
};

/// Returns the report of `config` on the graph that `graph` describes.
fn run(config: &str, graph: &str) -> Report {
    let (setup, mistakes) = check::setup(config);
    assert_eq!(mistakes, []);
    let (report, mistakes) = check::run(&sample(graph).graph, &setup);
    assert_eq!(mistakes, []);
    report
}

/// Returns the messages of `config` on `graph`, in order.
fn messages(config: &str, graph: &str) -> Vec<String> {
    run(config, graph).findings.into_iter().map(|f| f.message).collect()
}

const DOMAIN: &str = "[[forbid]]\nfrom = \"shop::domain\"\nto = \"shop::infra\"\n";

#[test]
fn forbid_judges_the_named_module() {
    let cases = [
        ("shop::domain -> shop::infra::db", "`shop::domain` must not depend on `shop::infra::db`"),
        ("shop::infra -> shop::domain", ""),
        ("shop::domain -> shop::other\nshop::infra", ""),
        // The facade of `infra` is still `infra`.
        ("shop::domain -> shop::infra::db as shop::infra", "`shop::domain` must not depend on `shop::infra`"),
        // `shared` re-exports the item, so the dependency counts for both modules.
        ("shop::domain -> shop::infra::db via shared", "`shop::domain` must not depend on `shop::infra::db`"),
        // `shop` is an ancestor of the module that defines the item, so it presents its own parts.
        ("shop::domain -> shop::infra::db via shop", ""),
        // `use crate::infra;`: the last name is in the namespace of `shop`, which presents nothing.
        ("shop::domain -> shop::infra as shop item infra", "`shop::domain` must not depend on `shop::infra`"),
    ];
    for (graph, expected) in cases {
        assert_eq!(messages(DOMAIN, graph).join("; "), expected, "{graph}");
    }
}

#[test]
fn forbid_judges_each_site() {
    let graph = "shop::domain -> shop::infra::db via shop\nshop::domain -> shop::infra::db in body";
    let report = run(DOMAIN, graph);
    assert_eq!(report.findings.len(), 1);
    let lines: Vec<u32> = report.findings[0].sites.iter().map(|s| s.span.start.line).collect();
    assert_eq!(lines, [2]);
}

#[test]
fn forbid_looks_only_at_its_contexts() {
    let config = format!("{DOMAIN}in = [\"signature\"]\n");
    assert!(messages(&config, "shop::domain -> shop::infra in body").is_empty());
    assert_eq!(messages(&config, "shop::domain -> shop::infra in signature").len(), 1);
}

#[test]
fn forbid_transitive_shows_the_shortest_chain() {
    let config = format!("{DOMAIN}transitive = true\n");
    let graph = "shop::domain::a -> x::long\nx::long -> x::b\nshop::domain::a -> x::b\nx::b -> shop::infra\n\
                 shop::domain::c -> shop::domain::a";
    let report = run(&config, graph);
    assert_eq!(report.findings.len(), 1, "{report:?}");
    let finding = &report.findings[0];
    assert_eq!(finding.message, "`shop::domain::a` must not reach `shop::infra`, but does in 2 hops");
    let hops: Vec<&str> = finding.chain.iter().map(|h| h.to.as_str()).collect();
    assert_eq!(hops, ["x::b", "shop::infra"]);
    assert!(finding.chain.iter().all(|h| !h.sites.is_empty()));
}

#[test]
fn captures_bind_across_a_rule() {
    let config = "[[forbid]]\nfrom = \"shop::{a}::domain\"\nto = \"shop::{b}::domain\"\n";
    let graph = "shop::x::domain::m -> shop::x::domain::n\nshop::x::domain -> shop::y::domain\nshop::y::domain -> shop::x::api";
    assert_eq!(messages(config, graph), ["`shop::x::domain` must not depend on `shop::y::domain`"]);
    let same = "[[forbid]]\nfrom = \"shop::{a}::domain\"\nto = \"shop::{a}::api\"\n";
    let graph = "shop::x::domain -> shop::x::api\nshop::x::domain -> shop::y::api";
    assert_eq!(messages(same, graph), ["`shop::x::domain` must not depend on `shop::x::api`"]);
}

const COMPONENTS: &str = r#"
[components.billing]
modules = ["billing"]
exposes = ["=billing", "billing::api"]
depends-on = ["ledger"]
owner = "@payments"
[components.ledger]
modules = ["ledger"]
visible-to = ["billing"]
[components.shop]
modules = ["shop"]
"#;

#[test]
fn components_depend_on_what_they_declare() {
    assert_eq!(messages(COMPONENTS, "billing::api -> ledger\nshop -> billing"), Vec::<String>::new());
    assert_eq!(
        messages(COMPONENTS, "billing::api -> shop\nledger"),
        [
            "`billing` declares that it depends on `ledger`, but does not",
            "`billing` depends on `shop` without declaring it",
        ]
    );
    let report = run(COMPONENTS, "billing::api -> shop\nledger");
    assert_eq!(report.findings[0].sites[0].span.start.line, 5, "the stale declaration's own place");
    assert_eq!(report.findings[1].owner.as_deref(), Some("@payments"));
    assert_eq!(report.findings[1].fingerprint, "dependencies billing -> shop");
}

#[test]
fn components_are_used_through_what_they_expose() {
    let graph = "billing::api -> ledger\nshop::a -> billing::internal::tax\nshop::b -> billing::internal::tax as billing\n\
                 shop::c -> billing::internal via shop";
    assert_eq!(
        messages(COMPONENTS, graph),
        [
            "`shop::a` uses `billing::internal::tax`, which `billing` does not expose",
            "`shop::c` uses `billing::internal`, which `billing` does not expose",
        ]
    );
}

#[test]
fn components_are_used_by_those_they_are_visible_to() {
    let graph = "billing::api -> ledger\nshop::a -> ledger\nshop::b -> ledger::x\nstray -> ledger";
    assert_eq!(
        messages(COMPONENTS, graph),
        [
            "`shop` depends on `ledger`, which is visible only to `billing`",
            "`stray` depends on `ledger`, which is visible only to `billing`",
        ]
    );
}

#[test]
fn coverage_names_the_topmost_module() {
    let config = "[components.a]\nmodules = [\"a\"]\n[coverage]\nunassigned = \"warn\"\n";
    let report = run(config, "a::x -> @std\nb::x::y\nb::z\nbin:c\ntest:t");
    let found: Vec<&str> = report.findings.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(
        found,
        ["`b` belongs to no component, nor do 3 modules beneath it", "`bin:c` belongs to no component"]
    );
    assert_eq!((report.summary.warnings, report.exit_code()), (2, 0));
}

#[test]
fn a_selector_that_selects_nothing_is_a_finding() {
    let config = "[components.a]\nmodules = [\"shop::biling::api\", \"shop\"]\n[[forbid]]\nfrom = [\"shop\", \"!shop::y\"]\nto = [\"std::fs\", \"serd\"]\n";
    let (setup, _) = check::setup(config);
    let (report, _) = check::run(&sample("shop::billing::api -> @serde").graph, &setup);
    let found: Vec<String> = report
        .findings
        .iter()
        .map(|f| format!("{} {:?}", f.message, f.instead.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(
        found,
        [
            "`shop::biling::api` selects nothing \"did you mean `shop::billing::api`?\"",
            "`shop::y` selects nothing \"\"",
            "`serd` selects nothing \"did you mean `serde`?\"",
        ]
    );
}

#[test]
fn acyclic_finds_one_cycle_for_each_component() {
    let config = "[[acyclic]]\nof = \"modules\"\n";
    let graph = "a::x -> a::y\na::y -> a::z\na::z -> a::x\na::y -> a::x\nb -> a::x\nc -> d\nd -> c";
    assert_eq!(
        messages(config, graph),
        [
            "modules depend on each other: `a::x` → `a::y` → `a::x` (1 more module in cycles with these)",
            "modules depend on each other: `c` → `d` → `c`",
        ]
    );
}

#[test]
fn acyclic_lifts_dependencies_to_units() {
    let graph = "a::x::p -> a::y\na::y::q -> a::x\na::x -> a::x::p\na::x::p -> a::x\na::y -> b\nb::s -> a";
    let cycles = |of: &str| messages(&format!("[[acyclic]]\nof = \"{of}\"\n"), graph).join("; ");
    assert_eq!(cycles("siblings"), "modules depend on each other: `a::x` → `a::y` → `a::x`");
    assert_eq!(cycles("packages"), "packages depend on each other: `a` → `b` → `a`");
    let components = format!("{COMPONENTS}[[acyclic]]\nof = \"components\"\n");
    let found = messages(&components, "billing -> ledger\nledger::x -> billing::api\nshop");
    assert_eq!(found, ["components depend on each other: `billing` → `ledger` → `billing`"]);
}

#[test]
fn acyclic_looks_within_each_container() {
    let config = "[[acyclic]]\nof = \"modules\"\nwithin = \"shop::{ctx}\"\n";
    let graph = "shop::x::a -> shop::x::b\nshop::x::b -> shop::x::a\nshop::x -> shop::y\nshop::y -> shop::x";
    assert_eq!(
        messages(config, graph),
        ["modules depend on each other: `shop::x::a` → `shop::x::b` → `shop::x::a`"]
    );
}

#[test]
fn without_a_configuration_cycles_are_warnings() {
    let (setup, mistakes) = check::setup(Declarations::default());
    assert_eq!(mistakes, []);
    let graph = "a::x -> a::y::p\na::y -> a::x\na::x::s -> a::x::t\na::x::t -> a::x::s\na -> b\nb -> a";
    let (report, _) = check::run(&sample(graph).graph, &setup);
    let rules: Vec<&str> = report.findings.iter().map(|f| f.rule.as_str()).collect();
    assert_eq!(rules, ["acyclic-packages", "acyclic-modules"]);
    // The cycle is among the top modules of the crate, not those below.
    assert_eq!(report.findings[1].message, "modules depend on each other: `a::x` → `a::y` → `a::x`");
    assert_eq!((report.summary.warnings, report.exit_code()), (2, 0));
}

/// Each kind has a file, and its example is a configuration without errors that uses the kind.
#[test]
fn every_kind_has_a_worked_example() {
    for kind in KINDS {
        let file = kind.name.replace('-', "_");
        let source =
            std::fs::read_to_string(format!("{}/src/judge/rules/{file}.rs", env!("CARGO_MANIFEST_DIR")));
        assert!(source.is_ok_and(|text| text.contains("impl Rule for")), "{}", kind.name);
        let (setup, mistakes) = check::setup(kind.example);
        assert_eq!(mistakes, [], "{}", kind.name);
        assert!(setup.rules.iter().any(|rule| rule.kind.name == kind.name), "{}", kind.name);
    }
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/rules")).unwrap();
    let names: Vec<String> = files.map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    for name in names.iter().filter_map(|n| n.strip_suffix(".toml")).filter(|n| *n != "self") {
        assert!(KINDS.iter().any(|kind| kind.name == name), "rules/{name}.toml is of no kind");
    }
}

#[test]
fn rules_that_are_off_are_not_checked() {
    let config = format!("{DOMAIN}severity = \"off\"\n");
    assert!(messages(&config, "shop::domain -> shop::infra").is_empty());
}
