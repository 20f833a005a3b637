//! `archlint metrics`: numbers computed by hand, and their presentation.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Output};

use archlint::judge::metrics::CATALOG;
use serde_json::Value;

use crate::support::{fixtures, program, run, run_json, write};

fn shop() -> PathBuf {
    fixtures().join("metrics/shop")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Returns the output of the program for the shop; the command must succeed without messages.
fn said(arguments: &str) -> String {
    let output = run(&shop(), arguments);
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{arguments}: {output:?}");
    stdout(&output)
}

fn refused(arguments: &str) -> String {
    let output = run(&shop(), arguments);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every number of every level, computed by hand.
#[test]
fn the_shop_has_the_numbers_that_were_worked_out() {
    let expected = fs::read_to_string(shop().join("metrics.csv")).expect("the numbers are there");
    let found = said("metrics --format csv");
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected, "\n{}", expected.lines().next().unwrap_or_default());
    }
    assert_eq!(found, expected);
}

#[test]
fn json_says_what_it_is() {
    let document = run_json(&shop(), "metrics --format json");
    assert_eq!((&document["format"], &document["version"]), (&"archlint.metrics".into(), &1.into()));
    let names: Vec<&str> = CATALOG.iter().map(|entry| entry.name).collect();
    let listed = document["metrics"].as_array().expect("a list");
    assert_eq!(listed.iter().map(|m| m["name"].as_str().expect("a name")).collect::<Vec<_>>(), names);
    assert_eq!(document["whole"]["values"]["propagation-cost"], 0.64);
    assert_eq!(document["whole"]["functions"]["cyclomatic-max"]["id"], "prices::money::Money::parse");
    let keys = |of: &Value| of.as_object().expect("an object").keys().cloned().collect::<BTreeSet<_>>();
    assert!(!keys(&document["crates"][1]["values"]).contains("abstractness"), "what has no types has none");
    assert_eq!(document["modules"].as_array().map(Vec::len), Some(5));
}

#[test]
fn rows_are_sorted_and_cut() {
    let document =
        run_json(&shop(), "metrics --format json --level module --sort fan-in --top 2 --metric lines");
    let ids: Vec<&str> =
        document["modules"].as_array().expect("a list").iter().filter_map(|m| m["id"].as_str()).collect();
    assert_eq!(ids, ["prices::money", "prices"]);
    assert_eq!(document["modules"][0]["values"], serde_json::json!({ "lines": 16, "fan-in": 3 }));
    assert!(document.get("crates").is_none());
}

#[test]
fn people_get_a_table() {
    insta::assert_snapshot!("shop", said("metrics"));
    insta::assert_snapshot!("shop_modules", said("metrics --level module --top 3 --sort cognitive"));
    insta::assert_snapshot!("shop_whole", said("metrics --level whole"));
}

#[test]
fn mistakes_say_what_to_do() {
    assert!(refused("metrics --metric ncdc").contains("did you mean `nccd`?"));
    assert!(refused("metrics --sort nothing-like-it").contains("the metrics are lines, items,"));
    let error = refused("metrics --level module --sort nccd");
    assert!(
        error.contains("`nccd` is not defined for the levels that are shown")
            && error.contains("crate|component|whole"),
        "{error}"
    );
}

#[test]
fn test_code_counts_when_asked() {
    let functions = |arguments: &str| run_json(&shop(), arguments)["whole"]["values"]["functions"].clone();
    assert_eq!(functions("metrics --format json --level whole"), 6);
    assert_eq!(functions("metrics --format json --level whole --tests"), 7);
}

#[test]
fn every_metric_is_explained() {
    for entry in CATALOG {
        let output =
            program().args(["explain", entry.name]).current_dir(fixtures()).output().expect("it starts");
        let text = stdout(&output);
        assert!(output.status.success() && text.starts_with(&format!("{}: ", entry.name)), "{text}");
        let budget = text.split("As a budget:").nth(1).expect("an example");
        let config = budget.lines().map(str::trim_start).collect::<Vec<_>>().join("\n");
        let (_, mistakes) = archlint::judge::check::setup(config.as_str());
        assert_eq!(mistakes, [], "{text}");
    }
}

/// The visibility of an item depends on the paths to it, not only on its `pub`.
#[test]
fn the_surface_is_what_paths_lead_to() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    write(folder.path(), "Cargo.toml", "[package]\nname = \"s\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    let source = "
        mod a {
            pub mod b {
                pub struct Deep;
                pub(super) struct Up;
                pub enum E { V }
                pub trait T { fn t() {} }
                pub fn _unused_in_the_crate() {}
            }
            pub use b::*;
        }
        pub use a::{Deep as Renamed, E};
        #[macro_export]
        macro_rules! m { () => {} }
        pub mod user {
            use super::a::T;
            struct Own;
            impl T for Own {}
            fn f() -> crate::E { crate::m!(); crate::E::V }
        }";
    write(folder.path(), "src/lib.rs", source);
    let found = run_json(folder.path(), "metrics --format json --metric public-items,public-used");
    let surface = |entry: &Value| {
        let number = |name: &str| entry["values"][name].as_u64().expect("a number");
        (number("public-items"), number("public-used"))
    };
    let module = |id: &str| {
        let all = found["modules"].as_array().expect("a list");
        surface(all.iter().find(|entry| entry["id"] == id).expect("it is there"))
    };
    assert_eq!(module("s::a::b"), (5, 3), "Deep, E and T are used; Up and the function are not");
    assert_eq!(module("s"), (1, 1), "the macro; modules and imports are no items of its own");
    assert_eq!(module("s::user"), (0, 0));
    assert_eq!(surface(&found["crates"][0]), (3, 0), "Deep, E and the macro can be named from outside");
}
