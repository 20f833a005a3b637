//! The description of each kind of rule, and its advice for one module.

use crate::{
    graph::sample::sample,
    judge::{
        check::{self, guide::guide},
        rules::KINDS,
    },
};

/// Returns the advice of `config` for the module `id` of `graph`, one line each: heading, text.
fn advice(config: &str, graph: &str, id: &str) -> Vec<String> {
    let (setup, mistakes) = check::setup(config);
    assert_eq!(mistakes, []);
    let graph = sample(graph).graph;
    let node = graph.nodes.iter_enumerated().find(|(_, n)| n.id == id).expect("a module of the graph").0;
    let (guidance, _) = guide((&graph).into(), &setup, &[node]);
    guidance.guidance.iter().map(|g| format!("{} {}", g.topic.heading(), g.text)).collect()
}

#[test]
fn every_rule_says_something() {
    for kind in KINDS {
        let (setup, _) = check::setup(kind.example);
        for rule in &setup.rules {
            let says = rule.rule.says();
            assert!(!says.is_empty() && !says.ends_with('.') && !says.contains('\n'), "{}: {says}", rule.id);
        }
    }
}

#[test]
fn forbid_speaks_to_both_sides() {
    let config = "[[forbid]]\nfrom = \"shop::{x}::domain\"\nto = \"shop::{y}::infra\"\ntransitive = true\nin = \"signature\"\n";
    let graph = "shop::a::domain -> shop::b::infra\nshop::a::infra";
    assert_eq!(
        advice(config, graph, "shop::a::domain"),
        ["must not depend on `shop::{y}::infra` (in signature), nor through others, where {x} is `a`"]
    );
    assert_eq!(
        advice(config, graph, "shop::b::infra"),
        ["may be used by not `shop::{x}::domain` (in signature), nor through others, where {y} is `b`"]
    );
    assert!(advice(config, graph, "shop::a").is_empty());
}

#[test]
fn allow_lists_all_there_is() {
    let config = "[[allow]]\nfrom = \"a\"\nto = \"b\"\n";
    assert_eq!(
        advice(config, "a -> b", "a"),
        ["single rules let it depend on only `b`, `a` itself, `std`, `core`, `alloc`"]
    );
    assert!(advice(config, "a -> b", "b").is_empty());
}

#[test]
fn layers_look_up_down_and_sideways() {
    let config =
        "[[layers]]\norder = [\"s::ui\", [\"s::app\", \"s::job\"], \"s::core\", \"s::db\"]\nstrict = true\n";
    let graph = "s::ui -> s::app\ns::job\ns::core\ns::db";
    assert_eq!(
        advice(config, graph, "s::app"),
        [
            "single rules let it depend on layers beneath `s::app`: `s::core`",
            "must not depend on layers above `s::app`: `s::ui`",
            "must not depend on layers beside `s::app`: `s::job`",
            "must not depend on layers further down than next to `s::app`: `s::db`",
            "may be used by layers above `s::app`: `s::ui`",
        ]
    );
    let loose = config.replace("strict = true\n", "");
    assert_eq!(
        advice(&loose, graph, "s::ui"),
        ["single rules let it depend on layers beneath `s::ui`: `s::app`, `s::job`, `s::core`, `s::db`"]
    );
}

#[test]
fn groups_know_the_others() {
    let graph = "s::a -> s::b\ns::c";
    assert_eq!(
        advice("[[independent]]\nmodules = \"s::*\"\n", graph, "s::a"),
        ["must not depend on `s::b`, `s::c`, of which `s::a` is independent"]
    );
    let cycles = "[[acyclic]]\nof = \"siblings\"\n";
    assert_eq!(
        advice(cycles, "s::a -> s::b\ns::b -> s::c\ns::c::d", "s::c::d"),
        ["must not depend on `s::a`, `s::b`, which depend on `s::c`: that would close a cycle"]
    );
    assert!(advice(cycles, "s::a -> s::b", "s::a").is_empty());
}

#[test]
fn guarded_modules_say_who_may_and_the_others_that_they_may_not() {
    let config = "[[protect]]\nmodules = \"s::db\"\nfrom = \"s::store\"\n";
    let graph = "s::store -> s::db\ns::ui";
    let of = |id| advice(config, graph, id);
    assert_eq!(of("s::db"), ["may be used by only `s::store`, and itself"]);
    assert_eq!(
        of("s::store"),
        ["single rules let it depend on `s::db`, as one of the modules that the rule allows to"]
    );
    assert_eq!(of("s::ui"), ["must not depend on `s::db`: only `s::store` may"]);
    let gateway = "[[gateway]]\nfrom = \"s::ui\"\nto = \"s::db\"\nvia = \"s::store\"\n";
    let of = |id| advice(gateway, graph, id);
    assert_eq!(of("s::ui"), ["reaches only through a gateway `s::db`, through `s::store`"]);
    assert_eq!(of("s::db"), ["may be used by `s::ui` through `s::store` alone"]);
    assert_eq!(of("s::store"), ["single rules let it depend on `s::db`, as the gateway of `s::ui`"]);
}

#[test]
fn duties_and_limits_are_told() {
    let graph = "s::api -> s::log\ns::api -> s::db";
    let require = "[[require]]\nfrom = \"s::api\"\nto = \"s::log\"\n";
    assert_eq!(advice(require, graph, "s::api"), ["must depend on `s::log`: some module of `s::api` must"]);
    let budget = "[[budget]]\nmetric = \"fan-out\"\nof = \"s::*\"\nmax = 3\n";
    assert_eq!(advice(budget, graph, "s::api"), ["limits fan-out 2, at most 3"]);
    let group = format!("{budget}per = \"group\"\n");
    assert_eq!(advice(&group, graph, "s::api"), ["limits fan-out of `s::api` 2, at most 3"]);
    assert_eq!(advice("[[orphan]]\n", graph, "s::api"), ["must be used by another module"]);
    assert!(advice("[[orphan]]\n", graph, "s").is_empty(), "a crate is used by those who use the crate");
}

#[test]
fn components_say_what_they_declare() {
    let config = r#"
[components.billing]
modules = ["billing"]
exposes = ["billing::api"]
depends-on = ["ledger"]
[components.ledger]
modules = ["ledger"]
exposes = ["=ledger"]
depends-on = []
visible-to = ["billing"]
[components.shop]
modules = ["shop"]
[coverage]
unassigned = "error"
"#;
    let graph = "billing::api -> ledger\nbilling::tax\nshop\nstray";
    let of = |id| advice(config, graph, id);
    assert_eq!(
        of("billing::tax"),
        [
            "single rules let it depend on of other components only `ledger`, as `billing` declares",
            "single rules let it depend on of `ledger` only `=ledger`",
            "may be used by modules of `billing` only, since it is not exposed",
        ]
    );
    assert_eq!(
        of("ledger"),
        [
            "single rules let it depend on of other components none, as `ledger` declares",
            "may be used by other components too: it is part of what `ledger` exposes",
            "may be used by `billing`, and `ledger` itself",
        ]
    );
    assert_eq!(
        of("shop"),
        [
            "single rules let it depend on of `billing` only `billing::api`",
            "single rules let it depend on of `ledger` only `=ledger`",
            "must not depend on `ledger`, not visible to it",
        ]
    );
    assert_eq!(
        of("stray").last().map(String::as_str),
        Some("must belong to a component, and belongs to none")
    );
}
