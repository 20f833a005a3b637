//! Individual cases of the kinds that were added after `forbid` and `acyclic`.

use super::{messages, run};
use crate::judge::check;

/// Returns the messages of `rule` on `graph`, except those about selectors that select nothing.
pub fn found(rule: &str, graph: &str) -> Vec<String> {
    run(rule, graph).findings.into_iter().filter(|f| f.code != "selector").map(|f| f.message).collect()
}

pub fn mistakes(config: &str) -> Vec<String> {
    let (_, diagnostics) = check::setup(config);
    diagnostics.into_iter().map(|d| d.message).collect()
}

#[test]
fn allow_lists_everything() {
    let rule = "[[allow]]\nfrom = \"shop::domain\"\nto = \"shop::shared\"\n";
    let graph = "shop::domain::a -> shop::domain::b\nshop::domain -> shop::shared::x\nshop::domain -> @std::fs\n\
                 shop::domain -> @serde\nshop::domain::a -> shop::infra via shop::shared\nshop::infra -> shop";
    assert_eq!(
        found(rule, graph),
        [
            "`shop::domain` may depend only on shop::shared, but depends on `serde`",
            "`shop::domain::a` may depend only on shop::shared, but depends on `shop::infra`",
        ]
    );
}

#[test]
fn allow_nothing_means_nothing() {
    let rule = "[[allow]]\nfrom = \"a\"\nto = []\nalways = []\n";
    let graph = "a -> @std\na::x -> a::y\na -> b";
    assert_eq!(
        found(rule, graph),
        [
            "`a` may depend on nothing else, but depends on `std`",
            "`a` may depend on nothing else, but depends on `b`"
        ]
    );
    assert_eq!(mistakes("[[allow]]\nfrom = \"a\"\n"), ["the key `to` is missing"]);
}

#[test]
fn allow_keeps_contexts_apart() {
    let rule = "[[allow]]\nfrom = \"shop::{ctx}\"\nto = \"lib::{ctx}\"\n";
    let graph = "shop::a::x -> shop::a::y\nshop::a -> lib::a\nshop::a -> shop::b\nshop::a -> lib::b";
    assert_eq!(
        found(rule, graph),
        [
            "`shop::a` may depend only on lib::{ctx}, but depends on `shop::b`",
            "`shop::a` may depend only on lib::{ctx}, but depends on `lib::b`",
        ]
    );
}

#[test]
fn protect_lets_in_who_is_listed() {
    let rule = "[[protect]]\nmodules = [\"db\", \"sqlx\"]\nfrom = \"store\"\n";
    let graph = "store -> db\nstore -> @sqlx\ndb::x -> db::y\ndb -> web\nweb -> db::x\nweb -> @sqlx::Pool";
    assert_eq!(
        found(rule, graph),
        [
            "`web` depends on `db::x`, which only store may",
            "`web` depends on `sqlx::Pool`, which only store may"
        ]
    );
    let nobody = "[[protect]]\nmodules = \"db\"\nfrom = []\n";
    assert_eq!(found(nobody, "a -> db"), ["`a` depends on `db`, which nobody may"]);
}

#[test]
fn independent_groups_do_not_meet() {
    let rule = "[[independent]]\nmodules = [\"shop::*\", \"!shop::shared\"]\n";
    let graph = "shop::a::x -> shop::a::y\nshop::a -> shop::shared\nshop::shared -> shop::b\nshop::a::x -> shop::b::y\nshop -> shop::a";
    assert_eq!(
        found(rule, graph),
        ["`shop::a::x` depends on `shop::b::y`, but `shop::a` and `shop::b` are independent"]
    );
    let by_context = "[[independent]]\nmodules = [\"{c}::x\", \"{c}::y\"]\n";
    let graph = "a::x -> a::y\na::x -> b::y";
    assert_eq!(found(by_context, graph), ["`a::x` depends on `b::y`, but `a` and `b` are independent"]);
}

#[test]
fn require_wants_a_dependency_of_each_group() {
    let rule = "[[require]]\nfrom = \"handlers::*\"\nto = \"auth\"\n";
    let graph = "handlers::a::x -> auth\nhandlers::b -> lib\nlib -> auth::y\nhandlers::c";
    assert_eq!(
        found(rule, graph),
        ["`handlers::b` does not depend on auth", "`handlers::c` does not depend on auth"]
    );
    let reach = format!("{rule}transitive = true\n");
    assert_eq!(found(&reach, graph), ["`handlers::c` does not reach auth"]);
    let bound = "[[require]]\nfrom = \"{c}::api\"\nto = \"{c}::auth\"\n";
    assert_eq!(
        found(bound, "a::api -> a::auth\nb::api -> a::auth\nb::auth"),
        ["`b` does not depend on {c}::auth"]
    );
}

#[test]
fn a_gateway_cannot_be_avoided() {
    let rule = "[[gateway]]\nfrom = \"web\"\nto = \"phi\"\nvia = \"audit\"\n";
    let graph = "web::a -> audit\naudit -> phi\nweb::b -> lib\nlib -> phi::x\nweb::c -> phi\nlib -> audit";
    let report = run(rule, graph);
    let found: Vec<(&str, usize)> =
        report.findings.iter().map(|f| (f.message.as_str(), f.chain.len())).collect();
    assert_eq!(
        found,
        [
            ("`web::b` reaches `phi::x` without passing through audit", 2),
            ("`web::c` reaches `phi` without passing through audit", 0),
        ]
    );
    let bound = "[[gateway]]\nfrom = \"{a}::api\"\nto = \"{b}::store\"\nvia = \"{b}::api\"\n";
    assert_eq!(
        messages(
            bound,
            "x::api -> y::api\ny::api -> y::store\nx::api -> y::store\nx::store\nx::api -> x::store"
        ),
        ["`x::api` reaches `y::store` without passing through {b}::api"]
    );
}

#[test]
fn budgets_count() {
    let graph = "a::x -> b\na::x -> c\na::y -> b\na::x -> a::y\na -> @std\nb -> c";
    let budget = |metric: &str, of: &str, per: &str, max: u32| {
        found(
            &format!("[[budget]]\nmetric = \"{metric}\"\nof = \"{of}\"\nper = \"{per}\"\nmax = {max}\n"),
            graph,
        )
    };
    assert_eq!(budget("fan-out", "**", "module", 2), ["`a::x` depends on 3 modules; the budget is 2"]);
    assert_eq!(
        budget("fan-in", "**", "module", 1),
        ["2 modules depend on `b`; the budget is 1", "2 modules depend on `c`; the budget is 1"]
    );
    assert_eq!(budget("fan-out", "*", "group", 1), ["`a` depends on 2 modules; the budget is 1"]);
    assert_eq!(budget("modules", "package:*", "group", 2), ["`a` has 3 modules; the budget is 2"]);
    assert_eq!(budget("lines", "*", "group", 2), ["`a` has 3 lines; the budget is 2"]);
    assert!(budget("lines", "**", "module", 1).is_empty(), "the ceiling may be reached");
    assert_eq!(
        mistakes("[[budget]]\nof = \"a\"\nmetric = \"fan-ins\"\nmax = -1\n"),
        ["unknown value `fan-ins`", "expected a number that is not negative, found a whole number"]
    );
}

#[test]
fn budgets_hold_every_metric() {
    let graph = "a::x -> b\na::y -> b\na::x -> a::y\na::y -> a::x\nb -> c";
    let budget =
        |metric: &str, rest: &str| found(&format!("[[budget]]\nmetric = \"{metric}\"\n{rest}"), graph);
    let whole = "of = \"**\"\nper = \"whole\"\n";
    assert_eq!(
        budget("propagation-cost", &format!("{whole}max = 0.47\n")),
        ["propagation-cost of `**` is 0.480; the budget is 0.470"],
        "a: 1, b: 2, c: 1, x and y: 4 each, of 25"
    );
    assert!(
        budget("propagation-cost", &format!("{whole}max = 0.48\n")).is_empty(),
        "the ceiling may be reached"
    );
    assert_eq!(budget("cycles", &format!("{whole}max = 0\n")), ["cycles of `**` is 1; the budget is 0"]);
    assert_eq!(budget("ccd", "of = \"*\"\nper = \"group\"\nmax = 4\n"), ["ccd of `a` is 5; the budget is 4"]);
    assert_eq!(
        budget("instability", "of = \"a::*\"\nmax = 0.6\n"),
        [
            "instability of `a::x` is 0.667; the budget is 0.600",
            "instability of `a::y` is 0.667; the budget is 0.600",
        ]
    );
    assert!(budget("abstractness", "of = \"**\"\nmax = 0\n").is_empty(), "there are no types");
}

#[test]
fn budgets_are_asked_where_they_exist() {
    let mistake = |text: &str| mistakes(&format!("[[budget]]\nof = \"a\"\n{text}"));
    assert_eq!(mistake("metric = \"nccd\"\nmax = 2.5\n"), ["`nccd` is not defined for a single module"]);
    assert_eq!(
        mistake("metric = \"visibility-fan-in\"\nper = \"whole\"\nmax = 2\n"),
        ["`visibility-fan-in` is defined for single modules only"]
    );
    assert_eq!(
        mistake("metric = \"lines\"\nmax = 2.5\n"),
        ["`lines` is a count, so `max` is a whole number"]
    );
    assert_eq!(
        mistake("metric = \"distance\"\nmax = -0.5\n"),
        ["expected a number that is not negative, found a number"]
    );
}

#[test]
fn orphans_are_what_nothing_uses() {
    let rule = "[[orphan]]\nmodules = [\"**\", \"!a::kept\"]\n";
    let graph = "a::x::p -> a::x::q\na::x -> a::y\na -> a::kept\nb -> a::z::deep\na::kept2::m -> a\nb::r -> a::y via b::facade\ntest:t::u";
    assert_eq!(found(rule, graph), ["nothing uses `a::kept2`", "nothing uses `a::x`", "nothing uses `b::r`"]);
}

/// A finding about a module, not about a reference, is shown at the start of the module.
#[test]
fn findings_about_modules_say_where_they_are() {
    let cases = [
        ("[[budget]]\nof = \"a::x\"\nmetric = \"lines\"\nmax = 0\n", "a/x.rs"),
        ("[[budget]]\nof = \"a::x\"\nper = \"group\"\nmetric = \"lines\"\nmax = 0\n", "a/x.rs"),
        ("[[orphan]]\n", "a/x.rs"),
        ("[[require]]\nfrom = \"=a::x\"\nto = \"b\"\n", "a/x.rs"),
        ("[[layers]]\norder = [\"=a\", \"b\"]\nexhaustive = true\n", "c.rs"),
        ("[coverage]\nunassigned = \"error\"\n[components.ab]\nmodules = [\"a\", \"b\"]\n", "c.rs"),
    ];
    for (config, file) in cases {
        let report = run(config, "a::x\nb\nc");
        let sites: Vec<&str> =
            report.findings.iter().flat_map(|f| &f.sites).map(|s| s.file.as_str()).collect();
        assert_eq!(sites, [file], "{config}");
        assert_eq!(report.findings[0].sites[0].span.start.line, 1);
    }
}

/// Every selector of every kind is checked: one that selects nothing is a finding, whatever its
/// key.
#[test]
fn no_key_escapes_the_check_for_dead_selectors() {
    let cases = [
        ("[[forbid]]\nfrom = \"x1\"\nto = \"x2\"\n", 2),
        ("[[allow]]\nfrom = \"x1\"\nto = \"x2\"\nalways = \"x3\"\n", 3),
        ("[[layers]]\norder = [\"x1\", \"x2\"]\nwithin = \"y\"\n", 3),
        ("[[independent]]\nmodules = [\"x1\", \"!x2\"]\n", 2),
        ("[[acyclic]]\nof = \"modules\"\nwithin = \"x1\"\n", 1),
        ("[[protect]]\nmodules = \"x1\"\nfrom = \"x2\"\n", 2),
        ("[[require]]\nfrom = \"x1\"\nto = \"x2\"\n", 2),
        ("[[gateway]]\nfrom = \"x1\"\nto = \"x2\"\nvia = \"x3\"\n", 3),
        ("[[budget]]\nof = \"x1\"\nmetric = \"lines\"\nmax = 1\n", 1),
        ("[[orphan]]\nmodules = \"x1\"\n", 1),
        ("[components.c]\nmodules = \"x1\"\nexposes = \"x2\"\n", 2),
    ];
    for (config, dead) in cases {
        let report = run(config, "a -> b");
        let found =
            report.findings.iter().filter(|f| f.code == "selector" && f.message.ends_with("selects nothing"));
        assert_eq!(found.count(), dead, "{config}");
    }
}

#[test]
fn dead_selectors_are_listed_up_to_a_limit() {
    let report = |count: u32| {
        let dead: String = (0..count).map(|i| format!("\"a::n{i}\",")).collect();
        run(&format!("[[forbid]]\nfrom = [\"a\", {dead}]\nto = \"b\"\n"), "a\nb")
    };
    for (count, unfinished) in [(100_000, 0), (100_002, 1)] {
        let report = report(count);
        let of = |code: &str| report.findings.iter().filter(|f| f.code == code).count();
        assert_eq!((of("selector"), of("too-many-findings")), (100_000, unfinished), "{count}");
        assert_eq!(report.summary.unchecked, unfinished);
    }
}

#[test]
fn a_cycle_says_who_and_how_to_end_it() {
    let one = |config: &str, graph: &str| run(config, graph).findings.remove(0);
    let modules = "[[acyclic]]\nof = \"modules\"\ninstead = \"turn it round\"\n";
    let finding = one(modules, "a -> b\na -> b in body\nb -> a");
    assert_eq!((finding.from.as_deref(), finding.to.as_deref()), (Some("a"), Some("b")));
    assert_eq!(finding.fingerprint, "acyclic a");
    let help = "turn it round; cheapest to cut: `b` → `a` (1 reference)";
    assert_eq!(finding.instead.as_deref(), Some(help));
    let packages = "[[acyclic]]\nof = \"packages\"\n";
    let finding =
        one(packages, "my_a -> my_b\nmy_b -> my_c\nmy_c -> my_b\nmy_b -> my_a\nmy_b -> my_a in body");
    assert_eq!(
        finding.message,
        "packages depend on each other: `my-a` → `my-b` → `my-a` (1 more package in cycles with these)"
    );
    assert_eq!((finding.from, finding.fingerprint.as_str()), (None, "acyclic my-a"));
    let star: String = (0..7)
        .map(|i| format!("hub -> m{i}\nhub -> m{i} in body\nm{i} -> hub\nm{i} -> hub in impl\n"))
        .collect();
    let finding = one("[[acyclic]]\nof = \"modules\"\n", &star);
    let help = finding.instead.unwrap();
    assert!(help.contains("(2 references)") && help.ends_with(" and 2 more"), "{help}");
    let five = "hub -> m0\nhub -> m1\nhub -> m2\nhub -> m3\nhub -> m4\nm0 -> hub\nm1 -> hub\nm2 -> hub\nm3 -> hub\nm4 -> hub";
    assert!(!one("[[acyclic]]\nof = \"modules\"\n", five).instead.unwrap().contains("more"));
}

#[test]
fn fingerprints_say_what_a_finding_is_about() {
    let cases = [
        ("[[budget]]\nof = \"*\"\nper = \"group\"\nmetric = \"modules\"\nmax = 1\n", "budget a"),
        ("[[budget]]\nof = \"=a::x\"\nmetric = \"fan-out\"\nmax = 0\n", "budget a::x"),
        ("[[require]]\nfrom = \"b\"\nto = \"c\"\n", "require b"),
        ("[[gateway]]\nfrom = \"a\"\nto = \"b\"\nvia = \"c\"\n", "gateway a::x -> b"),
        ("[[orphan]]\n", "orphan a::x"),
        ("[components.b]\nmodules = \"b\"\nvisible-to = []\n", "visible-to a::x -> b"),
        ("[components.b]\nmodules = \"b\"\nexposes = \"c\"\n", "exposes a::x -> b"),
        ("[[forbid]]\nfrom = \"a\"\nto = \"d\"\n", "selector forbid.to d"),
        ("[coverage]\nunassigned = \"error\"\n[components.ab]\nmodules = [\"a\", \"b\"]\n", "coverage c"),
        (
            "[components.b]\nmodules = \"b\"\ndepends-on = [\"c\"]\n[components.c]\nmodules = \"c\"\n",
            "dependencies b declares c",
        ),
    ];
    for (config, fingerprint) in cases {
        let findings = run(config, "a::x -> b\nc").findings;
        let found: Vec<&str> = findings.iter().map(|f| f.fingerprint.as_str()).collect();
        assert_eq!(found, [fingerprint], "{config}");
    }
}

/// One walk answers for one context after another; the state of one context must not leak into the
/// next.
#[test]
fn contexts_are_walked_one_by_one() {
    let contexts = 0..64;
    let edges = |i| format!("shop::c{i}::a -> hub\nhub -> shop::c{i}::b\n");
    let graph: String = contexts.map(edges).collect();
    let forbid = "[[forbid]]\nfrom = \"shop::{c}::a\"\nto = \"shop::{c}::b\"\ntransitive = true\n";
    assert_eq!(found(forbid, &graph).len(), 64);
    let gateway = "[[gateway]]\nfrom = \"shop::{c}::a\"\nto = \"shop::{c}::b\"\nvia = \"std\"\n";
    assert_eq!(found(gateway, &graph).len(), 64);
}

/// The code of an error names the subject, so that users can filter by it.
#[test]
fn unknown_names_have_their_codes() {
    for what in ["component", "layer", "tag"] {
        let config =
            format!("[components.a]\nmodules = \"a\"\n[[forbid]]\nfrom = \"{what}:zz\"\nto = \"a\"\n");
        let (_, mistakes) = check::setup(config.as_str());
        let codes: Vec<&str> = mistakes.iter().map(|m| m.code.name).collect();
        assert_eq!(codes, [format!("unknown-{what}")]);
    }
}
