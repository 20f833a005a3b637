//! The page is read by an independent HTML parser, and is made from names that attempt to break out
//! of their context.

use std::collections::BTreeMap;

use scraper::{Html, Selector};
use serde_json::Value;

use super::{declarations::declarations, *};
use crate::{
    graph::{Resolution, sample::sample},
    judge::check,
    render::report::Sources,
};

/// A graph whose names, lines and rules would be executed if they were interpreted as markup or as
/// code.
const HOSTILE: &str = "a::</script><script>alert(1)</script> -> b item <img/src=x/onerror=alert(2)>
a -> b::]]>&lt;\u{202e} cfg feature=\"</script>\"
b -> @std::<!--::-->
b -> a";

const CONFIG: &str = "[components.'</script><script>x']
modules = ['a']
layer = '<b>top'
tags = ['<i>']
owner = '\"><script>'
[components.low]
modules = ['b']
layer = 'low'
[[layers]]
order = ['<b>top', 'low']
reason = '</script><svg/onload=alert(3)>'
instead = '<!--<script>'
";

fn page(graph: &str, config: &str) -> String {
    let sample = sample(graph);
    let (setup, mistakes) = check::setup(config);
    assert_eq!(mistakes, []);
    let (report, _) = check::run(&sample.graph, &setup);
    let (architecture, _) = setup.architecture(&sample.graph);
    let files: BTreeMap<String, String> = sample.files;
    let read = |file: &str| files.get(file).cloned();
    let sources = Sources::new(&read);
    let title = "</title><script>alert(4)</script>";
    let resolution = Resolution::default();
    let input = Input {
        start: "",
        title,
        architecture: &architecture,
        setup: &setup,
        report: Some(&report),
        resolution,
        sources: &sources,
    };
    let mut out = Vec::new();
    write(&input, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("UTF-8")
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    html.select(&Selector::parse(selector).expect("a selector")).collect()
}

/// Returns the data in the form that the page's script receives.
fn data(page: &str) -> Value {
    let html = Html::parse_document(page);
    let blocks = select(&html, "script#data[type='application/json']");
    assert_eq!(blocks.len(), 1);
    serde_json::from_str(&blocks[0].text().collect::<String>()).expect("the block is JSON")
}

#[test]
fn no_name_breaks_out() {
    let plain = page("a -> b\nb -> a", "");
    let hostile = page(HOSTILE, CONFIG);
    let elements = |page: &str| -> Vec<String> {
        let html = Html::parse_document(page);
        select(&html, "*").iter().map(|e| e.value().name().to_owned()).collect()
    };
    assert_eq!(elements(&plain), elements(&hostile), "the data has made elements");
    let html = Html::parse_document(&hostile);
    let title: String = select(&html, "title")[0].text().collect();
    assert_eq!(title, "</title><script>alert(4)</script>: architecture");
}

#[test]
fn every_name_arrives_as_it_is_shown() {
    let data = data(&page(HOSTILE, CONFIG));
    let names: Vec<&str> =
        data["modules"]["name"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert_eq!(names, ["a", "</script><script>alert(1)</script>", "b", "]]>&lt;\\u{202e}"]);
    assert_eq!(data["sites"]["items"][1], "<img/src=x/onerror=alert(2)>");
    assert_eq!(data["components"][0]["name"], "</script><script>x");
    assert_eq!(data["components"][0]["owner"], "\"><script>");
    assert_eq!(data["findings"]["list"][0]["reason"], "</script><svg/onload=alert(3)>");
    let texts = data["excerpts"]["texts"].to_string();
    assert!(texts.contains("use b::<img/src=x/onerror=alert(2)>;"), "{texts}");
}

/// The policy contains the hashes of exactly the embedded style and script, and allows no fetches.
#[test]
fn the_policy_fits_the_page() {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use sha2::{Digest as _, Sha256};
    let page = page("a -> b", "");
    let html = Html::parse_document(&page);
    let policy =
        select(&html, "meta[http-equiv='Content-Security-Policy']")[0].attr("content").expect("a policy");
    let hash = |selector: &str| {
        let text: String = select(&html, selector)[0].text().collect();
        format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
    };
    let (script, style) = (hash("script:not([type])"), hash("style"));
    let expected = format!(
        "default-src 'none'; script-src {script}; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'"
    );
    assert_eq!(policy, expected);
    assert!(select(&html, "[style], [onclick], [onload], link[rel=stylesheet], script[src]").is_empty());
}

#[test]
fn layers_are_ranks() {
    let config = "[components.web]\nmodules = ['web']\nlayer = 'edge'\n[components.db]\nmodules = ['db']\nlayer = 'store'\n
        [components.log]\nmodules = ['log']\nlayer = 'trace'\n
        [[layers]]\norder = ['edge', '**::domain', ['store', 'trace']]\noptional = ['trace']\n";
    let data = data(&page("web -> db\nweb::domain -> db\ncore::domain -> db\nlog\ndb -> log", config));
    assert_eq!(data["layers"].to_string(), r#"[["edge"],["**::domain"],["store","trace"]]"#);
    assert_eq!(data["modules"]["name"].to_string(), r#"["core","domain","db","log","web","domain"]"#);
    // A module selected by several layers belongs to the first of them in the order.
    assert_eq!(data["modules"]["rank"].to_string(), "[-1,1,2,2,0,0]");
}

/// An edge by name alone has its sites and findings, and no part in the order of the matrix.
#[test]
fn edges_by_name_are_marked() {
    let config = "[[forbid]]\nid = 'no'\nfrom = 'a'\nto = 'shared'\n";
    let data = data(&page("a -> b via shared\nshared -> a", config));
    let edges = r#"{"from":[0,0,2],"naming":[1],"sites":[1,1,1],"to":[1,2,0]}"#;
    assert_eq!(data["edges"].to_string(), edges);
    assert_eq!(
        data["findings"]["marks"].to_string(),
        r#"[{"edge":0,"findings":[0]},{"edge":1,"findings":[0]}]"#
    );
    let cycles = &data["groupings"][0]["order"]["cycle"];
    assert!(cycles.as_array().is_some_and(|all| all.iter().all(|cycle| *cycle == -1)), "{cycles}");
}

#[test]
fn sites_and_marks_are_of_their_edges() {
    let data = data(&page(
        "a -> b item X\na -> b item Y in body\na -> @std::fs item File\nb -> c",
        "[[forbid]]\nid = 'no'\nfrom = 'a'\nto = 'b'\n",
    ));
    let edges = r#"{"from":[0,0,1],"naming":[],"sites":[2,1,1],"to":[1,3,2]}"#;
    assert_eq!(data["edges"].to_string(), edges);
    assert_eq!(data["findings"]["marks"].to_string(), r#"[{"edge":0,"findings":[0]}]"#);
    assert_eq!(data["externals"].to_string(), r#"["std"]"#);
    // The site of an external names the whole path.
    assert_eq!(data["sites"]["items"].to_string(), r#"["X","Y","std::fs","c"]"#);
    // The line is relative to that of the previous site of the edge.
    for (column, expected) in [
        ("line", "[1,1,3,1]"),
        ("column", "[5,5,5,5]"),
        ("length", "[4,4,13,4]"),
        ("shape", "[0,1,0,0]"),
        ("item", "[0,1,2,3]"),
    ] {
        assert_eq!(data["sites"][column].to_string(), expected, "{column}");
    }
}

/// The scripts do not use the network, and insert no text into the page as markup.
#[test]
fn the_scripts_are_modest() {
    let page = page("a -> b", "");
    for word in [
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "import(",
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "http:",
        "https:",
    ] {
        assert!(!page.contains(word), "the page says `{word}`");
    }
}

/// Two modules of one crate that depend on each other, a module that both use, and a crate that
/// uses one of them.
const NESTED: &str = "a::one -> a::two\na::two -> a::one\na::one -> a::two item B\na::one -> a::base\na::two -> a::base\nuser -> a::one\na::base -> @std";

#[test]
fn a_user_stands_before_what_it_uses_and_a_cycle_stands_together() {
    let data = data(&page(NESTED, ""));
    let [package] = &data["groupings"].as_array().expect("a list")[..] else { panic!("one way to group") };
    let kinds: Vec<&str> =
        data["kinds"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    let column = |name: &str| -> Vec<i64> {
        let table = package["groups"].get(name).or(package["order"].get(name)).expect("a column");
        table.as_array().expect("a list").iter().filter_map(Value::as_i64).collect()
    };
    let [kind, parent, node, place, cycle] = ["kind", "parent", "node", "place", "cycle"].map(column);
    let groups: Vec<String> = (0..kind.len())
        .map(|at| {
            format!(
                "{at} {} {} {} {} {}",
                kinds[kind[at] as usize], parent[at], node[at], place[at], cycle[at]
            )
        })
        .collect();
    // Group, kind, parent, node, position among its siblings, cycle.
    insta::assert_snapshot!(groups.join("\n"));
}

#[test]
fn components_group_modules_and_packages_the_rest() {
    let config = "[components.pair]\nmodules = ['a::one', 'a::two']\n";
    let data = data(&page(NESTED, config));
    let ways: Vec<&str> =
        data["groupings"].as_array().expect("a list").iter().filter_map(|g| g["way"].as_str()).collect();
    assert_eq!(ways, ["component", "package"]);
    let groups = &data["groupings"][0]["groups"];
    insta::assert_snapshot!(format!("{}\n{}\n{}", groups["kind"], groups["parent"], groups["node"]));
}

/// The types that the scripts are checked against match the data.
#[test]
fn the_declarations_are_fresh() {
    declarations::<format::Data<'static>>(
        "src/render/page/assets/model/data.d.ts",
        "src/render/page/format.rs",
    );
}
