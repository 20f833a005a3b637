//! Names that a terminal, a page or a drawing would interpret.

use std::process::Command;

use super::{Hostile, Run};

/// Creates a workspace with such names, each of which is valid in a file system.
fn acting() -> Hostile {
    Hostile::new()
        .root("#[path = \"quo\\\"te\\\\.rs\"] mod quote;\n")
        .root("#[path = \"<script>alert(1)<\\u{2f}script>.rs\"] mod script;\n")
        .root("#[path = \"esc\\u{1b}[31m\\u{7}.rs\"] mod escape;\n")
        .root("#[path = \"line\\nbreak\\u{202e}.rs\"] mod broken;\n")
        .root("#[path = \"no\\u{1b}]0;such\\u{7}.rs\"] mod missing;\n")
        .with("src/quo\"te\\.rs", "use crate::calm::Calm;\nuse nothing\u{301}::here;\n")
        .with("src/<script>alert(1)</script>.rs", "use crate::calm::Calm;")
        .with(
            "src/esc\u{1b}[31m\u{7}.rs",
            "use crate::calm::Calm; const A: &str = \"\u{1b}[2J\";\nfn f() { crate::no::such(); }",
        )
        .with(
            "src/line\nbreak\u{202e}.rs",
            "#[cfg(feature = \"\u{1b}[31m\\\"<script>\")]\nuse crate::calm::Calm;\nuse crate::gone;",
        )
        .with("src/bin/we ird&\"x.rs", "fn main() { hostile::calm::Calm; }")
}

fn assert_plain(run: &Run, what: &str) {
    for (stream, text) in [("output", &run.output), ("errors", &run.errors)] {
        let acts =
            |c: &char| (c.is_control() && !matches!(c, '\n' | '\t')) || ('\u{202a}'..='\u{202e}').contains(c);
        assert!(
            !text.contains(|c| acts(&c)),
            "{what}, {stream}: {:?}",
            text.find(|c| acts(&c)).map(|at| &text[at..])
        );
    }
}

#[test]
fn nothing_acts_on_the_terminal() {
    let case = acting();
    case.assert_survived();
    for arguments in ["graph", "graph --unresolved", "check", "graph --externals --tests --level crate"] {
        let run =
            case.run(&format!("{arguments} --color never")).unwrap_or_else(|problem| panic!("{problem}"));
        assert_plain(&run, arguments);
    }
}

#[test]
fn json_stays_json() {
    let run = acting().assert_survived();
    let graph: serde_json::Value = serde_json::from_str(&run.output).expect("the graph is JSON");
    let files: Vec<_> =
        graph["nodes"].as_array().expect("an array").iter().filter_map(|n| n["file"].as_str()).collect();
    assert!(files.contains(&"src/quo\"te\\.rs"), "{files:?}");
}

#[test]
fn a_drawing_stays_a_drawing() {
    let case = acting();
    case.assert_survived();
    let file = case.path("out.dot");
    case.run(&format!("graph --externals --output {}", file.display()))
        .unwrap_or_else(|problem| panic!("{problem}"));
    let Ok(drawn) = Command::new("dot").arg("-Tsvg").arg(&file).output() else { return };
    assert!(drawn.status.success() && drawn.stderr.is_empty(), "{}", String::from_utf8_lossy(&drawn.stderr));
    assert!(!String::from_utf8_lossy(&drawn.stdout).contains("<script"));
}
