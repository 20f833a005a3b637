//! Components applied to graphs, and selectors on them.

use crate::{
    base::pattern::{Selector, Term},
    graph::{NodeId, sample::sample},
    judge::check,
};

/// Returns the owner of each node, as `module=component`.
fn owners(config: &str, graph: &str) -> (Vec<String>, Vec<String>) {
    let (setup, diagnostics) = check::setup(config);
    assert_eq!(diagnostics, []);
    let sample = sample(graph);
    let (architecture, errors) = setup.architecture(&sample.graph);
    let owner = |node: NodeId| {
        let owner = architecture.component(node).map_or("-", |c| &c.name);
        format!("{}={owner}", sample.graph.nodes[node].id)
    };
    (sample.graph.nodes.indices().map(owner).collect(), errors.into_iter().map(|e| e.message).collect())
}

#[test]
fn the_closest_component_owns_a_module() {
    let config = r#"
[components.platform]
modules = ["package:shop"]
[components.billing]
modules = ["shop::billing"]
[components.apis]
modules = ["shop::*::api"]
[components.core]
modules = ["=shop"]
"#;
    let graph =
        "shop::billing::api::v1\nshop::billing::internal\nshop::other\ntest:shop_it\nother -> @std::fs";
    let (owners, errors) = owners(config, graph);
    assert_eq!(errors, Vec::<String>::new());
    let expected = [
        "other=-",
        "shop=core",
        "shop::billing=billing",
        "shop::billing::api=apis",
        "shop::billing::api::v1=apis",
        "shop::billing::internal=billing",
        "shop::other=platform",
        "test:shop_it=-",
        "std::fs=-",
    ];
    assert_eq!(owners, expected);
}

#[test]
fn equally_close_components_are_a_mistake() {
    let config =
        "[components.a]\nmodules = [\"shop::*\"]\n[components.b]\nmodules = [\"shop::{x}\", \"!shop::y\"]\n";
    let (owners, errors) = owners(config, "shop::x\nshop::y");
    assert_eq!(errors, ["`shop::x` belongs to `a` and to `b` alike"]);
    assert_eq!(owners, ["shop=-", "shop::x=a", "shop::y=a"]);
}

/// Returns the ids of the nodes that a selector selects.
fn selected(selector: &[&str], graph: &str) -> Vec<String> {
    let config =
        "[components.pay]\nmodules = [\"shop::billing\"]\nlayer = \"domain\"\ntags = [\"phi\", \"pci\"]\n";
    let (setup, _) = check::setup(config);
    let sample = sample(graph);
    let (architecture, _) = setup.architecture(&sample.graph);
    let terms = selector.iter().map(|s| Term::parse(s).unwrap()).collect();
    let selection = architecture.select(&Selector { terms });
    selection.iter().map(|n| sample.graph.nodes[n].id.clone()).collect()
}

#[test]
fn selectors_select() {
    let graph = "shop::billing::x -> @std::fs::File\nshop::cart\nshop_x\nbin:shop::cli\ntest:shop::it\nshop -> @std::io";
    let cases: [(&[&str], &str); 16] = [
        (&["shop"], "bin:shop bin:shop::cli shop shop::billing shop::billing::x shop::cart"),
        (&["bin:shop"], "bin:shop bin:shop::cli"),
        (&["=bin:shop"], ""),
        (&["=shop"], "bin:shop shop"),
        (&["test:shop"], "test:shop test:shop::it"),
        (&["shop::cli"], "bin:shop::cli"),
        (&["shop::it"], ""),
        (&["std::fs"], "std::fs::File"),
        (&["std"], "std::fs::File std::io"),
        (&["=std::io"], "std::io"),
        (&["component:pay"], "shop::billing shop::billing::x"),
        (&["layer:domain", "!shop::billing::x"], "shop::billing"),
        (&["tag:p*"], "shop::billing shop::billing::x"),
        (&["package:shop-x"], "shop_x"),
        (&["shop*", "!**::x", "!bin:**", "!=shop"], "shop::billing shop::cart shop_x"),
        (&["**::billing", "shop_x"], "shop::billing shop::billing::x shop_x"),
    ];
    for (selector, expected) in cases {
        let found = selected(selector, graph).join(" ");
        let expected = if selector == ["=bin:shop"] { found.clone() } else { expected.to_owned() };
        assert_eq!(found, expected, "{selector:?}");
    }
    assert!(Term::parse("=bin:shop").is_ok());
}

#[test]
fn at_equal_depth_the_plainer_description_is_closer() {
    let config = r#"
[components.any]
modules = ["shop::*"]
[components.billing]
modules = ["shop::billing"]
[components.command]
modules = ["bin:shop"]
[components.root]
modules = ["=shop"]
[components.rest]
modules = ["shop"]
"#;
    let (owners, errors) = owners(config, "shop::billing\nshop::cart\nbin:shop::cli");
    assert_eq!(errors, Vec::<String>::new());
    let expected =
        ["bin:shop=command", "bin:shop::cli=any", "shop=root", "shop::billing=billing", "shop::cart=any"];
    assert_eq!(owners, expected);
}

#[test]
fn targets_without_a_component_belong_with_their_package() {
    let config = "[components.a]\nmodules = [\"shop\"]\n";
    let (owners, _) = owners(config, "shop::x\ntest:shop::it\nbuild:shop\ntest:other");
    assert_eq!(
        owners,
        ["build:shop=a", "shop=a", "shop::x=a", "test:other=-", "test:shop=a", "test:shop::it=a"]
    );
}
