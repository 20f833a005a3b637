//! `archlint can`: the answers before the code is written are those of `check` afterwards.

use std::{fs, path::Path};

use serde_json::Value;

use crate::support::{copy, fixtures, run, run_json, times, write};

fn platform() -> std::path::PathBuf {
    fixtures().join("health-platform")
}

/// Returns the exit code and all output of a command.
fn said(folder: &Path, arguments: &str) -> String {
    let output = run(folder, arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code().expect("it ends by itself");
    format!("exit code {code}\n{}{}", text(&output.stdout), text(&output.stderr))
}

#[test]
fn an_answer_has_the_rules_and_the_way_out() {
    insta::assert_snapshot!("no", said(&platform(), "can billing::api patients::store"));
    insta::assert_snapshot!("yes", said(&platform(), "can crates/billing/src/api.rs billing::domain"));
    insta::assert_snapshot!("in_part", said(&platform(), "can platform patients"));
}

#[test]
fn files_and_crates_that_do_not_exist_yet_have_answers() {
    insta::assert_snapshot!(
        "new_file",
        said(&platform(), "can crates/billing/src/new/tax.rs records::store")
    );
    insta::assert_snapshot!("new_crate", said(&platform(), "can shared ::sqlx::Pool"));
    let rules = said(&platform(), "rules crates/billing/src/new/tax.rs");
    assert!(rules.contains("billing::new::tax  crates/billing/src/new/tax.rs"), "{rules}");
    assert!(rules.contains("component billing, layer application, owner @payments"), "{rules}");
}

#[test]
fn an_item_stands_for_its_module() {
    let of_item = run_json(&platform(), "can reporting patients::store::PatientTable --format json");
    let of_module = run_json(&platform(), "can reporting =patients::store --format json");
    assert_eq!(of_item["rules"], of_module["rules"]);
    assert_eq!(of_item["to"]["ids"], serde_json::json!(["patients::store"]));
}

/// A rule about a part of a crate counts for the crate, also where nothing uses that part.
#[test]
fn a_crate_includes_what_rules_name() {
    let folder = copy(&platform());
    let rules = fs::read_to_string(folder.path().join("archlint.toml")).expect("it is there");
    let rule = "[[forbid]]\nid = \"no-programs\"\nfrom = \"billing\"\nto = [\"std::process::Command\", \"sqlx::mysql\"]\n";
    write(folder.path(), "archlint.toml", &format!("{rules}\n{rule}"));
    for to in ["std", "std::process", "::sqlx"] {
        let said = said(folder.path(), &format!("can billing::api {to}"));
        assert!(said.starts_with("exit code 1\nin part:") && said.contains("[no-programs]"), "{to}: {said}");
    }
    let said = said(folder.path(), "can billing::api std::fs");
    assert!(said.starts_with("exit code 0\nyes:"), "{said}");
}

#[test]
fn a_question_without_a_subject_is_an_error() {
    let cases = [
        ("can billing sqlx", "`::sqlx` asks about a crate that no manifest declares yet"),
        ("can billing patients::stroe", "did you mean `patients::store`?"),
        ("can billing ::patients::stroe", "is not a selector"),
        ("can billing billing::api", "`billing` contains all of `billing::api`"),
        ("can std billing", "lies outside the workspace, where no rule applies"),
        ("can crates/billing/src/bin/tool.rs shared", "root of a crate of its own"),
        ("can crates/billing/src/no-name.rs shared", "`no-name` cannot be the name of a module"),
        ("can ../elsewhere.rs shared", "in the folder of no crate"),
    ];
    for (arguments, expected) in cases {
        let said = said(&platform(), arguments);
        assert!(said.starts_with("exit code 2") && said.contains(expected), "{arguments}: {said}");
    }
}

/// A `use` of any module in any other is a new finding of `check` exactly where `can` says no.
#[test]
fn answers_are_those_of_check_afterwards() {
    let folder = copy(&platform());
    let graph = run_json(folder.path(), "graph --format json");
    let nodes = graph["nodes"].as_array().expect("a graph has nodes");
    let modules: Vec<&Value> = nodes.iter().filter(|n| n["line"] == 1 && n["test"] == false).collect();
    let pairs = modules.len() * modules.len();
    let (mut seen, mut at) = ([0, 0], 7);
    for _ in 0..times(400) {
        at = (at + 1_009) % pairs;
        let (from, to) = (modules[at / modules.len()], modules[at % modules.len()]);
        let path = match (from["crate"] == to["crate"], to["path"].as_str()) {
            (true, Some("")) | (_, None) => continue,
            (true, Some(path)) => format!("crate::{path}"),
            (false, Some("")) => to["crate"].as_str().expect("a name").to_owned(),
            (false, Some(path)) => format!("{}::{path}", to["crate"].as_str().expect("a name")),
        };
        let [a, b] = [from, to].map(|node| format!("={}", node["id"].as_str().expect("an id")));
        if from["id"] == to["id"] || seen.iter().min() > Some(&(times(6) as usize)) {
            continue;
        }
        let answer = run_json(folder.path(), &format!("can {a} {b} --format json"));
        let is_declared = answer["undeclared"].as_array().is_some_and(Vec::is_empty);
        let may = answer["may"].as_bool().expect("an answer");
        if !is_declared || seen[usize::from(may)] > times(6) as usize {
            continue;
        }
        seen[usize::from(may)] += 1;
        let file = from["file"].as_str().expect("a file");
        let text = fs::read_to_string(folder.path().join(file)).expect("it is there");
        write(folder.path(), file, &format!("{text}\nuse {path} as _planned;\n"));
        let passed = run(folder.path(), "check").status.success();
        write(folder.path(), file, &text);
        assert_eq!(may, passed, "{a} -> {b}: {answer}");
    }
    assert!(seen.iter().all(|count| *count > 3), "{seen:?}");
}
