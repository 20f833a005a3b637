//! Configurations with each mistake's line beside it, and components laid over graphs.

use crate::{
    check,
    config::architecture::Architecture,
    graph::{NodeId, sample::sample},
    workspace::Package,
};

/// Checks that `text` yields exactly the mistakes that its lines announce in `#~ message` comments.
fn mistakes(text: &str, packages: &[Package]) {
    let (_, diagnostics) = check::setup(Some(text), packages);
    let mut found: Vec<String> = diagnostics
        .iter()
        .map(|d| {
            let line = d.span.map_or(0, |s| s.start.line);
            let help = d.help.as_ref().map(|h| format!(" ({h})")).unwrap_or_default();
            format!("{line}: {}{help}", d.message)
        })
        .collect();
    let announced = |(i, line): (usize, &str)| -> Vec<String> {
        line.split("#~ ").skip(1).map(|m| format!("{}: {}", i + 1, m.trim())).collect()
    };
    let mut expected: Vec<String> = text.lines().enumerate().flat_map(announced).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

fn package(name: &str, metadata: serde_json::Value) -> Package {
    let (targets, dependencies) = (Vec::new(), Vec::new());
    Package { name: name.to_owned(), dir: name.to_owned(), targets, dependencies, metadata: Some(metadata) }
}

#[test]
fn a_good_configuration_has_no_mistakes() {
    mistakes(include_str!("../../rules/forbid.toml"), &[]);
}

#[test]
fn all_mistakes_are_found_in_one_run() {
    mistakes(
        r#"
[analysis]
test = true #~ unknown key `test` (did you mean `tests`?)
exclude = ["[x"] #~ unclosed character class; missing ']'

[components.billing]
modules = ["shop::bil-ling"] #~ `-` cannot stand in a path
depends-on = ["ledgr"] #~ there is no component `ledgr` (did you mean `ledger`?)
visible-to = ["billing"] #~ the component `billing` names itself
colour = 1 #~ unknown key `colour` (there is `depends-on`, `exposes`, `layer`, `modules`, `owner`, `tags`, `visible-to`)

[components.ledger] #~ the key `modules` is missing
layer = "domain"

[coverage]
unassigned = "eror" #~ unknown value `eror` (did you mean `error`?)

[[forbid]]
id = "a"
from = "layer:doman" #~ there is no layer `doman` (did you mean `domain`?)
to = [] #~ `to` is empty, which would mean nothing
in = ["signatur"] #~ unknown value `signatur` (did you mean `signature`?)
frm = 1 #~ unknown key `frm` (did you mean `from`?)

[[forbid]]
id = "a" #~ a second rule with the id `a` (give each rule an `id` of its own)
from = "!x" #~ a list of `!` alone selects nothing (put what to take away from first, such as "**")
to = 3 #~ expected a selector, found a whole number
severity = "warning" #~ unknown value `warning` (there is `error`, `info`, `off`, `warn`)

[[forbidd]] #~ unknown table `forbidd` (did you mean `forbid`?)

[[acyclic]]
id = "coverage" #~ `coverage` is the id of a rule that components imply (give each rule an `id` of its own)
of = "component" #~ unknown value `component` (did you mean `components`?)
"#,
        &[],
    );
}

#[test]
fn syntax_errors_do_not_hide_other_mistakes() {
    let text = "[components.a]\nmodules = [\"a\"\n\n[[forbidd]]\nfrom = \"a\"\n";
    let (_, diagnostics) = check::setup(Some(text), &[]);
    assert!(diagnostics.iter().any(|d| d.code == "toml-syntax"), "{diagnostics:?}");
}

#[test]
fn a_mistake_in_a_selector_points_at_its_character() {
    let (_, diagnostics) = check::setup(Some("[[forbid]]\nfrom = [\"a\", \"b::c.d\"]\nto = \"x\"\n"), &[]);
    let span = diagnostics[0].span.unwrap();
    assert_eq!((span.start.line, span.start.column, span.end.column), (2, 19, 20));
}

#[test]
fn a_single_table_is_not_a_rule() {
    mistakes(
        "[forbid] #~ expected a list of tables, found a table (write `[[forbid]]`: each such table is one rule)\nfrom = \"a\"\n",
        &[],
    );
}

#[test]
fn manifests_declare_components() {
    let packages = [
        package("shop-core", serde_json::json!({ "layer": "domain", "depends-on": [] })),
        package("shop-web", serde_json::json!({ "name": "web", "modles": [] })),
    ];
    let (setup, diagnostics) = check::setup(None, &packages);
    let names: Vec<&str> = setup.config.components.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["shop-core", "web"]);
    assert_eq!(setup.config.components[0].modules.to_string(), "package:shop-core");
    assert_eq!(diagnostics.len(), 1);
    assert_eq!((diagnostics[0].file.as_deref(), diagnostics[0].span), (Some("shop-web/Cargo.toml"), None));
    assert_eq!(diagnostics[0].help.as_deref(), Some("did you mean `modules`?"));
}

/// The owner of each node as `module=component`.
fn owners(config: &str, graph: &str) -> (Vec<String>, Vec<String>) {
    let (setup, diagnostics) = check::setup(Some(config), &[]);
    assert_eq!(diagnostics, []);
    let sample = sample(graph);
    let (architecture, errors) = Architecture::new(&sample.graph, &setup.config.components);
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

/// What a selector selects, as ids.
fn selected(selector: &[&str], graph: &str) -> Vec<String> {
    let config =
        "[components.pay]\nmodules = [\"shop::billing\"]\nlayer = \"domain\"\ntags = [\"phi\", \"pci\"]\n";
    let (setup, _) = check::setup(Some(config), &[]);
    let sample = sample(graph);
    let (architecture, _) = Architecture::new(&sample.graph, &setup.config.components);
    let terms = selector.iter().map(|s| crate::base::pattern::Term::parse(s).unwrap()).collect();
    let selection = architecture.select(&crate::base::pattern::Selector { terms });
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
    assert!(crate::base::pattern::Term::parse("=bin:shop").is_ok());
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
