//! Snapshots of the output.

use std::collections::BTreeMap;

use super::{FORMATS, ReportContext, Sources, text};
use crate::{
    base::{codes, diagnostic::Diagnostic},
    graph::sample::sample,
    judge::{
        check::{self, Declarations, Report},
        rules::{KINDS, finding::Status},
    },
};

const CONFIG: &str = r#"[components.billing]
modules = ["billing"]
exposes = ["=billing", "billing::api"]
depends-on = ["ledger", "shared"]
owner = "@payments"

[components.ledger]
modules = ["ledger"]

[components.shared]
modules = ["shared"]

[components.shop]
modules = ["shop"]

[[forbid]]
id = "pure"
from = "ledger"
to = ["sqlx", "std::net"]
transitive = true
reason = "the ledger is tested without a database"
instead = "declare a trait and implement it in `storage`"

[[acyclic]]
of = "components"
severity = "warn"

[coverage]
unassigned = "info"
"#;

const GRAPH: &str = "
billing -> @sqlx::Pool
billing -> ledger in body
ledger::book -> @sqlx::Pool
ledger::book -> billing::api
ledger::entry -> billing
shop::a -> billing::internal::tax
shop::b -> billing::internal::tax via shared
shop::c -> billing::internal::tax
shop::c -> billing::internal::tax in body
shop::c -> billing::internal::tax in signature
shop::c -> billing::internal::tax in impl
stray::x
";

/// Returns the report of `config` on `graph`, after `change`, in each format; keyed by the formats'
/// names.
fn shown(config: Option<&str>, graph: &str, change: impl Fn(&mut Report)) -> BTreeMap<&'static str, String> {
    let sample = sample(graph);
    let (setup, mistakes) = check::setup(config.map(Declarations::from).unwrap_or_default());
    assert_eq!(mistakes, []);
    let (mut report, _) = check::run(&sample.graph, &setup);
    change(&mut report);
    report.recount();
    let read = |file: &str| match file {
        crate::judge::config::FILE => config.map(str::to_owned),
        _ => sample.files.get(file).cloned(),
    };
    let sources = Sources::new(&read);
    let context = ReportContext { sources: &sources, rules: &setup.rules, folder: "backend", numbers: None };
    FORMATS.iter().map(|format| (format.name, (format.render)(&report, &context))).collect()
}

fn as_text(config: Option<&str>, graph: &str) -> String {
    shown(config, graph, |_| {}).remove("text").expect("there is a format for people")
}

#[test]
fn text_of_every_rule() {
    insta::assert_snapshot!(as_text(Some(CONFIG), GRAPH));
}

/// One finding of each status, with a chain, a re-export, several places, and a rule without
/// findings.
const SMALL: &str = "
billing -> ledger
billing -> shared
ledger::book -> billing
billing -> @sqlx::Pool
shop::a -> billing::internal::tax via shared
shop::a -> billing::internal::tax
shop::a -> @sqlx::Pool
stray
lost
";

#[test]
fn every_format() {
    let config = CONFIG.replace(", \"billing::api\"", "").replace("\"std::net\"", "\"sqlx\"");
    let reports = shown(Some(&config), SMALL, |report| {
        for finding in &mut report.findings {
            match finding.code {
                "acyclic" => finding.status = Status::Baseline,
                _ if finding.message.contains("`stray`") => finding.status = Status::Waived,
                _ => {}
            }
        }
    });
    for (format, text) in reports {
        insta::assert_snapshot!(format!("every_format_{format}"), stable(&text));
    }
}

/// Returns `text` without parts that change independently: archlint's version, the documentation of
/// the kinds, a style sheet.
fn stable(text: &str) -> String {
    let mut text =
        text.replace(env!("CARGO_PKG_VERSION"), "[version]").replace(super::html::STYLE, "[style]");
    for kind in KINDS {
        for (long, short) in [(kind.docs, "[docs]"), (kind.summary, "[purpose]")] {
            let json = serde_json::to_string(long).expect("text is JSON");
            text = text.replace(json.trim_matches('"'), short).replace(long, short);
        }
    }
    text
}

#[test]
fn text_without_a_configuration() {
    insta::assert_snapshot!(as_text(None, "a::x -> a::y\na::y -> a::x"));
}

#[test]
fn text_without_findings() {
    insta::assert_snapshot!(as_text(Some("[[forbid]]\nfrom = \"a\"\nto = \"b\"\n"), "a -> c\nb -> a"));
}

#[test]
fn text_of_diagnostics() {
    let config = "[components.a]\nmodules = [\"a-b\"]\ndepends-on = [\"ü\"]\n\n[[forbidd]]\n";
    let (_, diagnostics) = check::setup(config);
    let read = |_: &str| Some(config.to_owned());
    let sources = Sources::new(&read);
    let render = |d: &Diagnostic| text::diagnostic(d, &sources, text::Style::default());
    let all: Vec<String> = diagnostics.iter().map(render).collect();
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn terminal_escapes_are_made_visible() {
    let hostile = "a\u{1b}[31m\u{202e}\u{7}";
    let mut diagnostic =
        Diagnostic::error(codes::SYNTAX, format!("name {hostile}")).help(format!("help {hostile}"));
    diagnostic = diagnostic.at(format!("{hostile}.rs"), crate::base::span::Span::new(1, 1, 1, 4));
    let read = |_: &str| Some(format!("use {hostile};"));
    let shown = text::diagnostic(&diagnostic, &Sources::new(&read), text::Style::default());
    assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{shown:?}");
}

#[test]
fn places_outside_the_text_are_named_without_it() {
    let lines = "ab\r\n\tcd\nef\n";
    let texts = [None, Some(String::new()), Some(lines.to_owned()), Some("x".repeat(100_000))];
    for text in texts {
        let read = |_: &str| text.clone();
        for span in [
            (7, 3, 7, 9),
            (1, 90, 1, 99),
            (1, 9, 1, 2),
            (0, 0, 0, 0),
            (u32::MAX, 1, u32::MAX, 2),
            (3, 1, 1, 1),
        ] {
            let span = crate::base::span::Span::new(span.0, span.1, span.2, span.3);
            let diagnostic = Diagnostic {
                span: Some(span),
                ..Diagnostic::error(codes::SYNTAX, "message").at("a.rs", span)
            };
            let shown = text::diagnostic(&diagnostic, &Sources::new(&read), text::Style::default());
            assert!(shown.contains("a.rs") && shown.len() < 1_000, "{shown}");
        }
    }
}
