//! The commands to read before editing: `archlint rules`, `archlint explain`, and `archlint why`
//! for programs.

use std::{collections::BTreeSet, path::Path, process::Output};

use serde_json::Value;

use crate::support::{configured_cases, fixtures, name, program, run, run_json};

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn platform() -> std::path::PathBuf {
    fixtures().join("health-platform")
}

#[test]
fn the_rules_of_a_file_read_well() {
    insta::assert_snapshot!(stdout(&run(&platform(), "rules crates/billing/src/api.rs")));
}

#[test]
fn all_rules_read_well() {
    insta::assert_snapshot!(stdout(&run(&platform(), "rules")));
}

#[test]
fn programs_get_the_rules_too() {
    let answer = run_json(&fixtures().join("health-platform-drifted"), "rules billing::usage --format json");
    assert_eq!((&answer["format"], &answer["version"]), (&"archlint.rules".into(), &1.into()));
    assert_eq!(answer["modules"][0]["owner"], "@payments");
    let about = |rule: &str| -> Vec<&Value> {
        answer["guidance"].as_array().into_iter().flatten().filter(|g| g["rule"] == rule).collect()
    };
    let gateway = about("phi-only-through-the-gateway");
    assert_eq!(gateway[0]["about"], "must-not-depend-on");
    assert!(gateway[0]["instead"].as_str().is_some_and(|text| text.contains("records::gateway")));
    assert_eq!(gateway[0]["modules"], serde_json::json!(["billing::usage"]));
    assert!(answer["findings"]["new"].as_u64() > Some(0), "{answer}");
}

#[test]
fn a_file_is_found_from_anywhere() {
    let folder = platform().join("crates/billing/src");
    let from = |folder: &Path, path: &str| {
        let output = program().args(["rules", path]).current_dir(folder).output().expect("it starts");
        assert!(output.status.success(), "{path}: {}", stderr(&output));
        stdout(&output)
    };
    let there = from(&folder, "api.rs");
    assert_eq!(there, from(&platform(), "crates/billing/src/api.rs"));
    assert_eq!(there, from(&folder, "crates/billing/src/api.rs"), "relative to the workspace root");
    assert_eq!(there, from(&platform(), "billing::api"));
    assert_eq!(from(&folder, "."), from(&platform(), "crates/billing"), "a package has no other sources");
}

#[test]
fn what_is_asked_for_must_be_there() {
    let cases = [
        ("rules nosuch", "there is no module `nosuch`"),
        ("rules nosuch.rs", "none can be: it lies in the folder of no crate"),
        ("rules archlint.toml", "a selector names modules, not files"),
        ("rules component:biling", "did you mean `billing`?"),
        ("rules std", "outside the workspace"),
        ("why layer:domian records", "no layer `domian`"),
        ("why tag:phy records", "did you mean `phi`?"),
        ("why package:biling records", "did you mean `package:billing`?"),
        ("explain unknown-kye", "did you mean `unknown-key`?"),
    ];
    for (arguments, said) in cases {
        let output = run(&platform(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {}", stdout(&output));
        assert!(stderr(&output).contains(said), "{arguments}: {}", stderr(&output));
    }
}

#[test]
fn without_a_configuration_it_says_so() {
    let plain = fixtures().join("resolve/associated");
    let text = stdout(&run(&plain, "rules"));
    assert!(text.contains("There is no archlint.toml") && text.contains("acyclic-packages"), "{text}");
}

#[test]
fn mistakes_are_refused() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).expect("written");
    std::fs::create_dir(folder.path().join("src")).expect("made");
    write("Cargo.toml", "[package]\nname = \"small\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    write("src/lib.rs", "");
    write("archlint.toml", "[[forbid]]\nform = \"small\"\nto = \"std\"\n");
    for arguments in ["rules", "rules src/lib.rs"] {
        let output = run(folder.path(), arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments}");
        assert!(stderr(&output).contains("did you mean `from`?"), "{}", stderr(&output));
    }
    assert!(stdout(&run(folder.path(), "explain unknown-key")).contains("misspelt rule"));
}

#[test]
fn codes_and_kinds_are_explained() {
    let kind = stdout(&run(&platform(), "explain forbid"));
    assert!(
        kind.contains("Rules of this kind in the configuration:")
            && kind.contains("messages-carry-no-phi (error, archlint.toml:"),
        "{kind}"
    );
    let waiver = stdout(&run(&platform(), "explain waiver"));
    assert!(waiver.contains("archlint: allow("), "{waiver}");
    let nowhere = tempfile::tempdir().expect("a folder for the test");
    let output = program().args(["explain", "selector-syntax"]).current_dir(nowhere.path()).output();
    assert!(output.expect("it starts").status.success(), "codes are explained without a workspace");
}

#[test]
fn why_answers_programs() {
    let folder = fixtures().join("health-platform-drifted");
    let answer = run_json(&folder, "why crates/billing/src/usage.rs =records::store --format json");
    assert_eq!((&answer["format"], &answer["more"]), (&"archlint.why".into(), &false.into()));
    let hop = &answer["chains"][0][0];
    assert_eq!((&hop["from"], &hop["to"]), (&"billing::usage".into(), &"records::store".into()));
    assert_eq!(hop["sites"][0]["text"], "use reporting::ActivitySource;");
    assert_eq!(answer["cut"][0]["from"], "billing::usage");
    let none = run_json(&folder, "why records billing --format json");
    assert_eq!((&none["chains"], &none["opposite"]), (&serde_json::json!([]), &true.into()));
}

/// The findings of `check` agree with `why` and `graph`: each finding has a chain, and each
/// dependency among them has an arrow.
#[test]
fn commands_agree_on_what_depends_on_what() {
    let mut pairs = 0;
    for case in configured_cases() {
        let report = run_json(&case, "check --format json --tests");
        let graph = run_json(&case, "graph --format json --tests");
        let edges = graph["edges"].as_array().into_iter().flatten();
        let arrows: BTreeSet<(&str, &str)> = edges.filter_map(ends).collect();
        for finding in report["findings"].as_array().into_iter().flatten() {
            let Some((from, to)) = ends(finding) else { continue };
            // A cycle contains its chain. A `#` distinguishes modules of the same name, which
            // selectors cannot.
            if finding["code"] == "acyclic" || from.contains('#') || to.contains('#') {
                continue;
            }
            let is_one_hop = finding["chain"].as_array().is_none_or(Vec::is_empty);
            let is_shown = arrows.iter().any(|(a, b)| *a == from && is_or_leads_into(to, b));
            assert!(!is_one_hop || is_shown, "{}: no arrow {from} -> {to}", name(&case));
            assert!(chains(&case, from, to) > 0, "{}: why {from} {to}", name(&case));
            pairs += 1;
        }
    }
    assert!(pairs > 30, "{pairs} findings were looked at");
}

/// Returns whether `to` is the node shown: drawings show an external crate as one node.
fn is_or_leads_into(to: &str, shown: &str) -> bool {
    to == shown || to.split("::").next() == Some(shown)
}

fn chains(case: &Path, from: &str, to: &str) -> usize {
    let sides = [format!("={from}"), format!("={to}")];
    let mut why = program();
    why.arg("why").args(sides).args(["--format", "json", "--tests"]).current_dir(case);
    let output = why.output().expect("it starts");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    answer["chains"].as_array().map_or(0, Vec::len)
}

fn ends(value: &Value) -> Option<(&str, &str)> {
    Some((value["from"].as_str()?, value["to"].as_str()?))
}
