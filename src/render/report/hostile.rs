//! Tests that no name, message, reason, rule or path breaks out of a format's quoting: the output
//! of every format for hostile texts is read by an independent parser, or, where none exists, by a
//! literal implementation of the service's rules.

mod commands;

use std::{collections::BTreeSet, path::PathBuf, process::Command};

use scraper::{Html, Selector};
use serde_json::Value;

use super::{FORMATS, ReportContext, Sources, format};
use crate::{
    base::{
        diagnostic::Severity,
        span::Span,
        text::{Printable, is_unprintable},
    },
    graph::sample::sample,
    judge::{
        check::{self, Report},
        rules::finding::{Finding, Hop, ItemDefinition, Location, Status, TypeStep},
    },
};

/// Texts with a special meaning in some format.
const TEXTS: &[&str] = &[
    "plain",
    "\"'<script>alert(1)</script><img src=x onerror=alert(1)>",
    "]]> --> <!-- <![CDATA[ <?php ?>",
    "a\nb\r\nc\r",
    "\n::error file=x,line=1::injected\n::set-output name=a::b",
    "\n##vso[task.setvariable variable=a]b",
    "\n##teamcity[buildStatus status='FAILURE' text='x']|n",
    "100% %25 %0A %AZP25 %3B",
    "|] |' '] | ; = , : [ ]",
    "`code` ``two`` ```\n```\n~~~ `unpaired",
    "\u{1b}]8;;http://evil\u{1b}\\link\u{1b}]8;;\u{1b}\\ \u{1b}[31m \u{7}\u{8}\u{9b}",
    "\u{202e}left\u{2066} \u{200f}\u{61c}\u{2028}\u{2029}\u{85}",
    "\u{0}\u{1}\u{fffe}\u{ffff}\u{feff}\u{7f}",
    "&amp; &#60;b&#62; &lt;i&gt; &nbsp",
    "[text](javascript:alert(1)) ![image](http://evil/x) [ref]: http://evil <http://evil>",
    "</details></summary></code></pre></style></title></textarea></figure>",
    "n0 --> n1; end\nclick n0 \"http://evil\"\n%%{init: {}}%% #quot; :::red",
    "| a | b |\n|---|---|\n# head\n- item\n1. one\n===\n---\n> quote\n    code",
    "*bold* _em_ ~~gone~~ $x$ \\* \\ \\\\",
    "{0} {{1}} ${HOME} $(id)",
    "\u{fdfd} 𝒳 é\t👩‍👩‍👧 ﷽",
    "../../../etc/passwd",
    "C:\\x\\y",
    "http://evil/x?y=z#w",
    "",
    " ",
];

/// A report under test, and its text.
struct Case {
    text: &'static str,
    report: Report,
}

impl Case {
    /// Creates a report all of whose texts are `text`: a finding of each status and severity, with
    /// places, re-exports and a chain.
    fn new(text: &'static str) -> Self {
        let severities = [Severity::Error, Severity::Warn, Severity::Info];
        let statuses = [Status::New, Status::Baseline, Status::Waived];
        let all = severities.into_iter().flat_map(|severity| statuses.map(|status| (severity, status)));
        let mut report =
            Report { findings: all.map(|(s, t)| finding(text, s, t)).collect(), ..Report::default() };
        report.recount();
        Self { text, report }
    }

    fn new_findings(&self) -> Vec<&Finding> {
        self.report.findings.iter().filter(|f| f.status == Status::New).collect()
    }

    /// Renders the report in the format `name`, with sources whose every line is the text, and with
    /// the rules of a configuration.
    fn shown(&self, name: &str) -> String {
        let (setup, _) = check::setup("[[forbid]]\nid = \"holds\"\nfrom = \"a\"\nto = \"b\"\n");
        let read = |_: &str| Some(format!("{}\n", self.text).repeat(9));
        let sources = Sources::new(&read);
        let context = ReportContext { sources: &sources, rules: &setup.rules, folder: "", numbers: None };
        (format(name).expect("the format is known").render)(&self.report, &context)
    }

    /// Returns the message as a reader should see it.
    fn message(&self) -> String {
        Printable(self.text).to_string()
    }
}

/// Returns a finding produced by a rule, with its texts replaced.
fn finding(text: &str, severity: Severity, status: Status) -> Finding {
    let (setup, _) = check::setup("[[forbid]]\nfrom = \"a\"\nto = \"b\"\n");
    let (report, _) = check::run(&sample("a -> b via c").graph, &setup);
    let mut finding = report.findings[0].clone();
    let own = || Some(text.to_owned());
    let site = |line| Location {
        file: text.to_owned(),
        span: Span::new(line, 1, line, 3),
        named: own(),
        item: own(),
        cfg: own(),
        definition: Some(ItemDefinition {
            item: text.to_owned(),
            by: text.to_owned(),
            file: text.to_owned(),
            span: Span::new(3, 1, 3, 2),
        }),
        types: vec![TypeStep { text: text.to_owned(), file: text.to_owned(), span: Span::new(3, 1, 3, 2) }],
        reexports: vec![(text.to_owned(), text.to_owned(), Span::new(2, 1, 2, 2))],
        ..finding.sites[0].clone()
    };
    let hop = || Hop { from: text.to_owned(), to: text.to_owned(), sites: vec![site(3)] };
    (finding.sites, finding.chain) = (vec![site(1), site(2)], vec![hop(), hop()]);
    (finding.rule, finding.message, finding.fingerprint) =
        (text.to_owned(), text.to_owned(), text.to_owned());
    (finding.reason, finding.instead, finding.owner) = (own(), own(), own());
    (finding.from, finding.to, finding.components) = (own(), own(), vec![text.to_owned()]);
    (finding.severity, finding.status) = (severity, status);
    finding
}

fn cases() -> impl Iterator<Item = Case> {
    TEXTS.iter().map(|text| Case::new(text))
}

#[test]
fn every_format_is_tried() {
    let tried =
        ["azure", "github", "gitlab", "html", "json", "junit", "markdown", "sarif", "teamcity", "text"];
    let mut known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    known.sort_unstable();
    assert_eq!(known, tried, "a new format needs a test here");
}

#[test]
fn nothing_acts_on_who_looks() {
    for case in cases() {
        for name in FORMATS.iter().map(|f| f.name).filter(|name| !["json", "gitlab", "sarif"].contains(name))
        {
            let shown = case.shown(name);
            let found = shown.chars().find(|c| is_unprintable(*c) && *c != '\n');
            assert_eq!(found, None, "{name} of {:?}:\n{shown}", case.text);
        }
    }
}

#[test]
fn text_has_a_title_for_each_new_finding_and_no_command() {
    for case in cases() {
        let shown = case.shown("text");
        let command =
            shown.lines().find(|line| line.trim_start().starts_with("::error") || line.starts_with("##"));
        assert_eq!(command, None, "{:?}:\n{shown}", case.text);
    }
}

#[test]
fn json_holds_every_text() {
    for case in cases() {
        let json: Value = serde_json::from_str(&case.shown("json")).expect("JSON");
        let first = &json["findings"][0];
        for key in ["rule", "message", "reason", "instead", "owner", "from", "to", "fingerprint"] {
            assert_eq!(first[key], case.text, "{key}");
        }
        assert_eq!(first["chain"][0]["sites"][0]["file"], case.text);
        assert_eq!(json["findings"].as_array().map(Vec::len), Some(case.report.findings.len()));
    }
}

#[test]
fn gitlab_holds_every_text() {
    for case in cases() {
        let json: Value = serde_json::from_str(&case.shown("gitlab")).expect("JSON");
        let issues = json.as_array().expect("a list");
        assert_eq!(issues.len(), 6, "all but the waived");
        let fingerprints: BTreeSet<_> = issues.iter().map(|issue| issue["fingerprint"].as_str()).collect();
        assert_eq!(fingerprints.len(), issues.len());
        for issue in issues {
            assert!(issue["description"].as_str().is_some_and(|d| d.starts_with(&case.message())), "{issue}");
            assert_eq!(issue["check_name"], case.message());
            assert!(issue["location"]["lines"]["begin"].as_u64() > Some(0));
        }
    }
}

/// Returns the schema published by the authors of the standard, which is contained in one of the
/// crates that the tests use.
fn sarif_schema() -> Value {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version=1", "--offline", "--manifest-path"]);
    let metadata =
        cargo.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).output().expect("cargo starts");
    let metadata: Value = serde_json::from_slice(&metadata.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&metadata.stderr)));
    let packages = metadata["packages"].as_array().expect("packages");
    let package = packages.iter().find(|p| p["name"] == "serde-sarif").expect("a dependency of the tests");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    let schema =
        std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).expect("the schema");
    // A pattern of the schema has one bracket too many, which a strict regex parser rejects.
    let schema = schema.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    assert!(schema["title"].as_str().is_some_and(|t| t.contains("SARIF")), "{}", schema["title"]);
    schema
}

#[test]
fn sarif_keeps_to_the_schema() {
    let schema = sarif_schema();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    assert!(
        !validator.is_valid(&serde_json::json!({ "version": "2.1.0", "runs": [{}] })),
        "it tells nothing"
    );
    for case in cases() {
        let shown = case.shown("sarif");
        let json: Value = serde_json::from_str(&shown).expect("JSON");
        let errors: Vec<String> =
            validator.iter_errors(&json).map(|e| format!("{e} at {}", e.instance_path())).collect();
        assert_eq!(errors, [""; 0], "{:?}", case.text);
        let typed: serde_sarif::sarif::Sarif = serde_json::from_str(&shown).expect("SARIF");
        let results = typed.runs[0].results.as_ref().expect("results");
        assert_eq!(results.len(), case.report.findings.len());
        let text = results[0].message.text.as_ref().expect("a text");
        assert!(text.replace("\\](", "](").starts_with(&case.message()), "{text}");
        assert!(!text.replace("\\](", "").contains("]("), "a link: {text}");
    }
}

#[test]
fn sarif_paths_are_relative_references() {
    for case in cases() {
        let json: Value = serde_json::from_str(&case.shown("sarif")).expect("JSON");
        let location = &json["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        let uri = location["artifactLocation"]["uri"].as_str().expect("a URI");
        let allowed = |c: char| c.is_ascii_alphanumeric() || "/-._~%".contains(c);
        assert!(uri.chars().all(allowed), "{uri}");
        let path = percent_encoding::percent_decode_str(uri).decode_utf8().expect("UTF-8");
        assert_eq!(path, case.text);
    }
}

#[test]
fn junit_is_xml_with_a_case_for_each_finding() {
    for case in cases() {
        let shown = case.shown("junit");
        let xml = roxmltree::Document::parse(&shown).unwrap_or_else(|e| panic!("{e}:\n{shown}"));
        let named = |name: &'static str| xml.descendants().filter(move |n| n.has_tag_name(name));
        let names: BTreeSet<_> =
            xml.descendants().filter(|n| n.is_element()).map(|n| n.tag_name().name()).collect();
        let known = ["failure", "skipped", "system-out", "testcase", "testsuite", "testsuites"];
        assert_eq!(names.into_iter().collect::<Vec<_>>(), known);
        assert_eq!(named("testcase").count(), case.report.findings.len() + 3, "and the rules that hold");
        assert_eq!(
            (named("failure").count(), named("skipped").count(), named("system-out").count()),
            (1, 6, 2)
        );
        let failure = named("failure").next().expect("a failure");
        assert_eq!(failure.attribute("message"), Some(case.message().as_str()));
        let total = xml.root_element();
        assert_eq!((total.attribute("tests"), total.attribute("failures")), (Some("12"), Some("1")));
    }
}

/// Returns the names of all elements, and of all attributes, that a browser would see.
fn elements(html: &Html) -> (BTreeSet<String>, BTreeSet<String>) {
    let all = Selector::parse("*").expect("a selector");
    let elements = html.select(&all);
    let names = elements.clone().map(|e| e.value().name().to_owned()).collect();
    (names, elements.flat_map(|e| e.value().attrs().map(|(name, _)| name.to_owned())).collect())
}

fn texts(html: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    html.select(&selector).map(|e| e.text().collect()).collect()
}

#[test]
fn html_has_our_elements_and_nothing_else() {
    for case in cases() {
        let shown = case.shown("html");
        let html = Html::parse_document(&shown);
        assert_eq!(html.errors, [""; 0], "{:?}", case.text);
        let (names, attributes) = elements(&html);
        let plain = elements(&Html::parse_document(&Case::new("`plain`").shown("html")));
        assert!(names.is_subset(&plain.0), "{names:?}");
        assert!(attributes.is_subset(&plain.1), "{attributes:?}");
        let titles = texts(&html, "article h4");
        assert_eq!(titles.len(), case.report.findings.len());
        let without_backticks = |text: &str| text.replace('`', "");
        assert_eq!(without_backticks(&titles[0]), without_backticks(&format!("error {}", case.message())));
        assert_eq!(texts(&html, "style"), [super::html::STYLE]);
    }
}

#[test]
fn markdown_has_our_elements_and_nothing_else() {
    for case in cases() {
        let shown = case.shown("markdown");
        let mut rendered = String::new();
        let parser = pulldown_cmark::Parser::new_ext(&shown, pulldown_cmark::Options::all());
        pulldown_cmark::html::push_html(&mut rendered, parser);
        let html = Html::parse_fragment(&rendered);
        let (names, attributes) = elements(&html);
        let known = [
            "b", "br", "code", "details", "h2", "h3", "html", "p", "pre", "summary", "table", "tbody", "td",
            "th", "thead", "tr",
        ];
        assert!(
            names.iter().all(|name| known.contains(&name.as_str())),
            "{names:?} of {:?}\n{shown}",
            case.text
        );
        assert!(attributes.iter().all(|a| a == "class" || a == "style"), "{attributes:?} of {:?}", case.text);
        assert_eq!(texts(&html, "details").len(), case.report.findings.len());
        assert_eq!(texts(&html, "h2, h3").len(), 4);
        let summary = &texts(&html, "summary")[0];
        assert!(summary.replace('`', "").contains(&case.message().replace('`', "")), "{summary}\n{shown}");
    }
}

#[test]
fn a_picture_holds_nodes_and_edges_only() {
    let node = |line: &str| line.starts_with('n') || line.starts_with("subgraph g");
    for case in cases() {
        let Some(picture) = super::picture::picture(&case.report) else { panic!("there are edges") };
        for line in picture.mermaid.lines().map(str::trim) {
            let frame =
                line == "flowchart LR" || line == "end" || line.starts_with("linkStyle default stroke:#");
            let quoted: Vec<&str> = line.split('"').collect();
            assert!(frame || (node(line) && quoted.len() == 3), "{line}");
            let label = quoted.get(1).copied().unwrap_or_default();
            assert!(label.chars().all(|c| c.is_alphanumeric() || ":_ .-,#;…".contains(c)), "{label}");
        }
    }
}

#[test]
fn a_comment_has_room_for_ten_thousand_findings() {
    for text in ["`shop::a` must not depend on `shop::b`", "ﷺ`<&|", "x\n"] {
        let mut case = Case::new(text);
        case.report.findings = case.report.findings.iter().cycle().take(10_000).cloned().collect();
        case.report.recount();
        let shown = case.shown("markdown");
        assert!((50_000..=super::markdown::LIMIT).contains(&shown.len()), "{}", shown.len());
        assert!(
            shown.trim_end().ends_with("`archlint check` shows them all."),
            "{}",
            &shown[shown.len() - 300..]
        );
        assert_eq!(shown.matches("<details>").count(), shown.matches("</details>").count());
    }
}
