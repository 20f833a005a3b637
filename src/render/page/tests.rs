//! The page read back by somebody else's HTML parser, made from names that try to break out of it.

use std::collections::BTreeMap;

use scraper::{Html, Selector};
use serde_json::Value;

use super::*;
use crate::{graph::sample::sample, judge::check};

/// A graph whose names, lines and rules would act if they were read as markup or as code.
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
    let (setup, mistakes) = check::setup(Some(config), &[]);
    assert_eq!(mistakes, []);
    let (report, _) = check::run(&sample.graph, &setup);
    let files: BTreeMap<String, String> = sample.files;
    let read = |file: &str| files.get(file).cloned();
    let sources = Sources::new(&read);
    let title = "</title><script>alert(4)</script>";
    let resolution = Resolution::default();
    let input = Input {
        start: "",
        title,
        graph: &sample.graph,
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

/// The data as the page's script gets it.
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
        data["modules"].as_array().expect("a list").iter().filter_map(|m| m[1].as_str()).collect();
    assert_eq!(names, ["a", "</script><script>alert(1)</script>", "b", "]]>&lt;\\u{202e}"]);
    assert_eq!(data["sites"]["items"][1], "<img/src=x/onerror=alert(2)>");
    assert_eq!(data["components"][0]["name"], "</script><script>x");
    assert_eq!(data["components"][0]["owner"], "\"><script>");
    assert_eq!(data["findings"]["list"][0]["reason"], "</script><svg/onload=alert(3)>");
    let texts = data["excerpts"]["texts"].to_string();
    assert!(texts.contains("use b::<img/src=x/onerror=alert(2)>;"), "{texts}");
}

/// The policy names the hash of the very script and style that are there, and lets nothing be fetched.
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
    let ranks: Vec<String> =
        data["modules"].as_array().expect("a list").iter().map(|m| format!("{} {}", m[1], m[5])).collect();
    // The first layer of the order that selects a module has it.
    assert_eq!(ranks, ["\"core\" -1", "\"domain\" 1", "\"db\" 2", "\"log\" 2", "\"web\" 0", "\"domain\" 0"]);
}

#[test]
fn sites_and_marks_are_of_their_edges() {
    let data = data(&page(
        "a -> b item X\na -> b item Y in body\na -> @std::fs item File\nb -> c",
        "[[forbid]]\nid = 'no'\nfrom = 'a'\nto = 'b'\n",
    ));
    assert_eq!(data["edges"].to_string(), "[0,1,2,0,3,1,1,2,1]");
    assert_eq!(data["marks"].to_string(), "[[0,[0]]]");
    assert_eq!(data["externals"].to_string(), r#"["std"]"#);
    // An external's site names the whole path.
    assert_eq!(data["sites"]["items"].to_string(), r#"["X","Y","std::fs","c"]"#);
    // Line (less the one before on the edge), column, length, shape, item.
    assert_eq!(data["sites"]["rows"].to_string(), "[1,5,4,0,0,1,5,4,1,1,3,5,13,0,2,1,5,4,0,3]");
}

/// The scripts ask nothing of a network, and put no text into the page as markup.
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
