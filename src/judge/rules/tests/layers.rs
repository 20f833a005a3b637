//! The rule `layers`: examples of its options and mistakes.

use super::{
    kinds::{found, mistakes},
    messages,
};

const LAYERS: &str = "[[layers]]\norder = [\"web\", [\"app\", \"jobs\"], \"domain\", \"store\"]\n";

#[test]
fn layers_run_downward() {
    let graph = "web -> store\napp::x -> domain\ndomain -> app\napp -> jobs\nstore::a -> store::b\nother -> web\ndomain -> other";
    assert_eq!(
        found(LAYERS, graph),
        [
            "`app` depends on `jobs`, but the layers `app` and `jobs` are independent",
            "`domain` depends on `app`, but the layer `domain` is below `app`",
        ]
    );
    let strict = format!("{LAYERS}strict = true\n");
    assert_eq!(
        found(&strict, "web -> store\nweb -> app\napp -> domain\njobs -> domain\ndomain -> store"),
        ["`web` depends on `store`, but `store` is not the next layer below `web`"]
    );
}

#[test]
fn layers_repeat_within_containers() {
    let rule = "[[layers]]\nwithin = \"shop::{ctx}\"\norder = [\"api\", \"domain\"]\n";
    let graph =
        "shop::a::domain -> shop::a::api::x\nshop::a::domain -> shop::b::api\nshop::b::domain -> lib::api";
    assert_eq!(
        found(rule, graph),
        ["`shop::a::domain` depends on `shop::a::api::x`, but the layer `domain` is below `api`"]
    );
}

#[test]
fn layers_leave_excluded_containers_alone() {
    let rule = "[[layers]]\nwithin = [\"shop::{ctx}\", \"!shop::old\"]\norder = [\"api\", \"domain\"]\n";
    let graph = "shop::a::domain -> shop::a::api\nshop::old::domain -> shop::old::api";
    assert_eq!(
        found(rule, graph),
        ["`shop::a::domain` depends on `shop::a::api`, but the layer `domain` is below `api`"]
    );
}

#[test]
fn layers_go_by_what_components_declare() {
    let rule = "[components.a]\nmodules = [\"a\"]\nlayer = \"top\"\n[components.b]\nmodules = [\"b\"]\nlayer = \"low\"\n\
                [[layers]]\norder = [\"top\", \"low\"]\n";
    assert_eq!(
        found(rule, "b -> a::x\na -> b"),
        ["`b` depends on `a::x`, but the layer `low` is below `top`"]
    );
    let typo = rule.replace("\"low\"]", "\"lov\"]");
    assert_eq!(mistakes(&typo), ["there is no layer `lov`"]);
}

#[test]
fn layers_can_be_exhaustive_or_optional() {
    let rule = "[[layers]]\norder = [\"shop::a\", \"=shop::b\"]\nexhaustive = true\n";
    let graph = "shop::a::x\nshop::b::y\nshop::c::z\nother\ntest:shop";
    assert_eq!(found(rule, graph), ["`other` is in no layer", "`shop::c` is in no layer"]);
    let rule = "[[layers]]\norder = [\"a\", \"b\", \"c\"]\noptional = [\"b\"]\n";
    assert_eq!(messages(rule, "a -> b"), ["`c` selects nothing"]);
    assert!(messages(rule, "a -> c").is_empty());
}

#[test]
fn layers_have_mistakes_of_their_own() {
    assert_eq!(mistakes("[[layers]]\norder = [\"a\"]\n"), ["an order needs at least two layers"]);
    assert_eq!(
        mistakes("[[layers]]\norder = []\n"),
        ["`order` is empty, and an empty list has no meaning here"]
    );
    assert_eq!(mistakes("[[layers]]\norder = [\"a\", [\"b\", \"a\"]]\n"), ["the layer `a` is listed twice"]);
    assert_eq!(
        mistakes("[[layers]]\norder = [\"a\", \"b-c\", \"d/e\"]\noptional = [\"f\"]\n"),
        ["`-` is not allowed in a path", "`/` is not allowed in a path", "the rule has no selector `f`"]
    );
    let within = |w: &str| mistakes(&format!("[[layers]]\nwithin = \"{w}\"\norder = [\"a\", \"b\"]\n"));
    assert_eq!(within("shop::*"), ["a container is a path without `*`"]);
    assert_eq!(within("component:{c}"), ["a container is a path without `*`"]);
    assert!(within("shop::{c}").is_empty());
    let binary = "[[layers]]\nwithin = \"shop::{c}\"\norder = [\"bin:a\", \"b\"]\n";
    assert_eq!(mistakes(binary), ["a layer in a container is a path relative to it"]);
}
