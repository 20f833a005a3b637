//! What the user sees, as snapshots.

use super::{Sources, json, text};
use crate::{base::diagnostic::Diagnostic, check, graph::sample::sample};

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

/// The report of `config` on `graph`, as the formats show it.
fn shown(config: Option<&str>, graph: &str) -> (String, String) {
    let sample = sample(graph);
    let (setup, mistakes) = check::setup(config, &[]);
    assert_eq!(mistakes, []);
    let (report, _) = check::run(&sample.graph, &setup, &[]);
    let read = |file: &str| match file {
        crate::config::FILE => config.map(str::to_owned),
        _ => sample.files.get(file).cloned(),
    };
    let sources = Sources::new(&read);
    (text::report(&report, &sources, text::Style::default()), json::report(&report, &sources))
}

#[test]
fn text_of_every_rule() {
    insta::assert_snapshot!(shown(Some(CONFIG), GRAPH).0);
}

#[test]
fn json_of_every_rule() {
    let graph = "ledger::book -> @sqlx::Pool cfg unix\nbilling -> ledger\nbilling -> shared\nshop\nshop -> billing::internal via shared";
    insta::assert_snapshot!(shown(Some(CONFIG), graph).1);
}

#[test]
fn text_without_a_configuration() {
    insta::assert_snapshot!(shown(None, "a::x -> a::y\na::y -> a::x").0);
}

#[test]
fn text_without_findings() {
    insta::assert_snapshot!(shown(Some("[[forbid]]\nfrom = \"a\"\nto = \"b\"\n"), "a -> c\nb -> a").0);
}

#[test]
fn text_of_diagnostics() {
    let config = "[components.a]\nmodules = [\"a-b\"]\ndepends-on = [\"ü\"]\n\n[[forbidd]]\n";
    let (_, diagnostics) = check::setup(Some(config), &[]);
    let read = |_: &str| Some(config.to_owned());
    let sources = Sources::new(&read);
    let render = |d: &Diagnostic| text::diagnostic(d, &sources, text::Style::default());
    let all: Vec<String> = diagnostics.iter().map(render).collect();
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn terminal_escapes_are_made_visible() {
    let hostile = "a\u{1b}[31m\u{202e}\u{7}";
    let mut diagnostic = Diagnostic::error("code", format!("name {hostile}")).help(format!("help {hostile}"));
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
            let diagnostic =
                Diagnostic { span: Some(span), ..Diagnostic::error("code", "message").at("a.rs", span) };
            let shown = text::diagnostic(&diagnostic, &Sources::new(&read), text::Style::default());
            assert!(shown.contains("a.rs") && shown.len() < 1_000, "{shown}");
        }
    }
}
