//! `archlint graph`: the content at each level, and that Graphviz can read the drawings.

use std::{
    path::PathBuf,
    process::{Command, Output},
};

use crate::support::{fixtures, program, run, run_json};

fn platform() -> PathBuf {
    fixtures().join("health-platform")
}

fn drifted() -> PathBuf {
    fixtures().join("health-platform-drifted")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Returns the drawing of the platform; the command must succeed without messages.
fn drawn(arguments: &str) -> String {
    let output = run(&platform(), &format!("graph {arguments}"));
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()), "{arguments}");
    stdout(&output)
}

/// Returns `A -> B` for each edge of the JSON graph, and the nodes without edges.
fn edges(arguments: &str) -> String {
    let graph = run_json(&platform(), &format!("graph --format json {arguments}"));
    let text = |value: &serde_json::Value| value.as_str().expect("a string").to_owned();
    let list = |key: &str| graph[key].as_array().expect("an array").clone();
    let edges = list("edges").into_iter().map(|e| format!("{} -> {}\n", text(&e["from"]), text(&e["to"])));
    let edges: String = edges.collect();
    let alone = list("nodes")
        .into_iter()
        .map(|n| text(&n["id"]))
        .filter(|id| !edges.lines().any(|line| line.split(" -> ").any(|end| end == id)));
    let alone: String = alone.map(|id| format!("{id}\n")).collect();
    edges + &alone
}

#[test]
fn the_drawing_knows_components_and_violations() {
    let drawn = |level: &str| stdout(&run(&drifted(), &format!("graph --level {level}")));
    let red = drawn("module");
    let count = |text: &str| text.matches("color=\"#d11f1f\"").count();
    assert!(count(&red) > 0 && red.contains("phi-only-through-the-gateway"), "{red}");
    assert_eq!(count(&stdout(&run(&platform(), "graph"))), 0);
    let json = run_json(&drifted(), "graph --format json --level component");
    let ids: Vec<_> = json["nodes"].as_array().expect("an array").iter().map(|n| n["id"].as_str()).collect();
    assert!(ids.contains(&Some("billing")), "{ids:?}");
    let why = run(&drifted(), "why component:billing component:records");
    assert!(stdout(&why).contains("depends on"), "{}", stderr(&why));
}

#[test]
fn layers_in_their_order() {
    insta::assert_snapshot!(drawn("--level layer"));
    insta::assert_snapshot!("components_in_layers", drawn("--level component --reduce --color-by layer"));
}

/// Returns the edges for each of several command lines, each under its command line.
fn answers(questions: &[&str]) -> String {
    questions.iter().map(|question| format!("# {question}\n{}\n", edges(question))).collect()
}

#[test]
fn around_what_is_in_focus() {
    insta::assert_snapshot!(answers(&[
        "--focus billing::exchange",
        "--focus billing::exchange --depth 0",
        "--level component --focus reporting --direction in --depth 2",
        "--level component --focus component:patients --direction out",
        "--level component --focus component:patients,component:reporting --depth 0",
    ]));
}

#[test]
fn chains_between_two() {
    insta::assert_snapshot!(answers(&[
        "--level component --between component:notifications shared",
        "--level component --between shared component:billing",
        "--level component --reaches component:records",
        "--level component --reaches std::sync::Mutex",
    ]));
}

#[test]
fn modules_collapse() {
    insta::assert_snapshot!(answers(&[
        "--collapse *::domain,!billing::domain --focus billing",
        "--collapse billing --collapse {ctx}::domain --between billing records",
    ]));
    let coarse = run(&platform(), "graph --level crate --collapse billing");
    assert_eq!(coarse.status.code(), Some(2));
    assert!(stderr(&coarse).contains("--collapse"), "{}", stderr(&coarse));
    let external = run(&platform(), "graph --collapse std");
    assert!(stderr(&external).contains("no module"), "{}", stderr(&external));
}

#[test]
fn only_what_breaks_a_rule() {
    let shown = |arguments: &str| {
        let graph = run_json(&drifted(), &format!("graph --format json --level component {arguments}"));
        let edge = |e: &serde_json::Value| format!("{} -> {}", e["from"], e["to"]).replace('"', "");
        graph["edges"].as_array().expect("an array").iter().map(edge).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(shown("--only-violations"));
    assert_eq!(shown("--violations"), shown("--only-violations"));
    let clean = run(&platform(), "graph --only-violations");
    assert_eq!(clean.status.code(), Some(0));
    assert!(stderr(&clean).contains("nothing is left to show"), "{}", stderr(&clean));
}

#[test]
fn large_drawings_are_collapsed_and_say_so() {
    let output = run(&platform(), "graph --max-boxes 20");
    let note = stderr(&output);
    assert!(note.starts_with("note: ") && note.contains(" boxes instead of "), "{note}");
    let said = note.trim_start_matches("note: ").trim().to_owned();
    assert!(stdout(&output).contains(&said), "{said} in {}", stdout(&output));
    let boxes = |arguments: &str| stdout(&run(&platform(), arguments)).matches(" [label=").count();
    assert!(boxes("graph --max-boxes 20") < boxes("graph --full"));
    assert_eq!(edges("--max-boxes 2"), edges("--full"), "data is never collapsed");
}

#[test]
fn names_that_are_not_there() {
    for (arguments, said) in [
        ("--focus biling", "did you mean `billing`"),
        ("--reaches component:biling", "did you mean `billing`"),
        ("--between billing sharde", "did you mean `shared`"),
        ("--collapse biling", "did you mean `billing`"),
        ("--focus a::::b", "is not a selector"),
        ("--focus billing --reaches shared", "cannot be used with"),
        ("--depth 2", "--focus"),
        ("--between billing", "2 values"),
        ("--output graph.doc", "--format"),
    ] {
        let output = run(&platform(), &format!("graph {arguments}"));
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments}");
        assert!(stderr(&output).contains(said), "{arguments}: {}", stderr(&output));
    }
}

#[test]
fn graphviz_takes_the_drawing_without_a_warning() {
    let Ok(version) = Command::new("dot").arg("-V").output() else { return };
    assert!(version.status.success());
    for level in ["module", "crate", "component", "layer", "module --reduce --labels --color-by instability"]
    {
        let drawing = tempfile::NamedTempFile::new().expect("a file for the test");
        let arguments = format!("graph --externals --level {level} --output {}", drawing.path().display());
        let output = run(&drifted(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let output = Command::new("dot").arg("-Tsvg").arg(drawing.path()).output().expect("dot starts");
        assert!(output.status.success() && output.stderr.is_empty(), "{level}: {}", stderr(&output));
    }
}

/// Graphviz places the boxes of each layer below those of the layer above it.
#[test]
fn graphviz_keeps_the_layers_in_order() {
    if Command::new("dot").arg("-V").output().is_err() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("drifted.dot");
    let output = run(&drifted(), &format!("graph --level component --output {}", file.display()));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let plain = Command::new("dot").arg("-Tplain").arg(&file).output().expect("dot starts");
    let height = |id: &str| -> f64 {
        let text = stdout(&plain);
        let node = text.lines().find(|l| l.starts_with(&format!("node {id} "))).map(str::to_owned);
        let node = node.unwrap_or_else(|| panic!("no {id} in {text}"));
        node.split(' ').nth(3).and_then(|y| y.parse().ok()).expect("a height")
    };
    let layers = [
        vec!["platform"],
        vec!["billing", "notifications", "reporting", "scheduling"],
        vec!["patients", "records"],
        vec!["audit", "consent", "identity"],
        vec!["shared"],
    ];
    for pair in layers.windows(2) {
        for (above, below) in pair[0].iter().flat_map(|a| pair[1].iter().map(move |b| (a, b))) {
            assert!(height(above) > height(below), "{above} above {below}");
        }
    }
}

#[test]
fn graphviz_is_an_engine_where_it_is() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = |name: &str| folder.path().join(name);
    let draw = |name: &str, path: Option<&str>| {
        let mut command = program();
        command.args(["graph", "--level", "component", "--engine", "dot", "--output"]).arg(file(name));
        command.arg("--manifest-path").arg(platform().join("Cargo.toml"));
        command.envs(path.map(|path| ("PATH", path))).output().expect("the program starts")
    };
    let nowhere = draw("none.svg", Some("/nonexistent"));
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(stderr(&nowhere).contains("Graphviz"), "{}", stderr(&nowhere));
    assert!(!file("none.svg").exists());
    if Command::new("dot").arg("-V").output().is_err() {
        return;
    }
    for (name, start) in [("a.svg", b"<?xml".as_slice()), ("a.png", b"\x89PNG")] {
        let output = draw(name, None);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(std::fs::read(file(name)).expect("the picture").starts_with(start), "{name}");
    }
}

/// Pictures need no external program and no installed font.
#[test]
fn pictures_need_nothing_installed() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, start) in [("a.svg", b"<svg ".as_slice()), ("a.png", b"\x89PNG")] {
        let file = folder.path().join(name);
        let mut command = program();
        command.args(["graph", "--level", "component", "--output"]).arg(&file);
        command.arg("--manifest-path").arg(platform().join("Cargo.toml"));
        let output = command.env("PATH", "/nonexistent").output().expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(std::fs::read(file).expect("the picture").starts_with(start), "{name}");
    }
}

#[test]
fn the_page_says_what_it_does_not_narrow() {
    let output = run(&platform(), "graph --format html --focus billing");
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("the page contains the whole graph, regardless of --focus"),
        "{}",
        stderr(&output)
    );
}
