//! `archlint check`, `why`, `graph`, `rules` and `drift` agree on the dependencies of random
//! workspaces with re-exports.

use std::collections::BTreeSet;

use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::Value;

use crate::{
    history::git::Git,
    support::{program, run_json, times},
};

const MODULES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// A line of a module: a use of another module's item, under its own path or as a re-export of a
/// third module, or a re-export.
#[derive(Debug, Clone, Copy)]
enum Line {
    Uses(usize),
    /// A use of the item of the first module, which the second one re-exports.
    UsesAs(usize, usize),
    Reexports(usize),
    ReexportsAll(usize),
}

fn line() -> impl Strategy<Value = Line> {
    let module = || 0..MODULES.len();
    prop_oneof![
        2 => module().prop_map(Line::Uses),
        3 => (module(), module()).prop_map(|(of, by)| Line::UsesAs(of, by)),
        2 => module().prop_map(Line::Reexports),
        1 => module().prop_map(Line::ReexportsAll),
    ]
}

/// Returns the text of the module `at`. Each module defines an item with its own name in upper
/// case.
fn text(at: usize, lines: &[Line]) -> String {
    let item = |of: usize| MODULES[of].to_uppercase();
    let mut text = format!("pub struct {};\n", item(at));
    let mut presented = BTreeSet::from([at]);
    for (n, line) in lines.iter().enumerate() {
        text += &match *line {
            Line::Uses(of) => format!("pub fn uses_{n}(_: crate::{}::{}) {{}}\n", MODULES[of], item(of)),
            Line::UsesAs(of, by) => {
                format!("pub fn uses_{n}(_: crate::{}::{}) {{}}\n", MODULES[by], item(of))
            }
            Line::Reexports(of) if presented.insert(of) => {
                format!("pub use crate::{}::{};\n", MODULES[of], item(of))
            }
            Line::ReexportsAll(of) if of != at => format!("pub use crate::{}::*;\n", MODULES[of]),
            _ => String::new(),
        };
    }
    text
}

const RULES: &str = "\
[components.first]
modules = [\"shop::a\", \"shop::b\"]
depends-on = [\"second\"]
[components.second]
modules = [\"shop::c\", \"shop::d\"]
exposes = [\"shop::c\"]
visible-to = []

[[forbid]]
id = \"reach\"
from = \"shop::e\"
to = [\"shop::a\", \"shop::c\"]
transitive = true

[[allow]]
from = \"shop::f\"
to = \"shop::b\"

[[layers]]
order = [\"shop::a\", [\"shop::b\", \"shop::c\"], \"shop::d\"]

[[gateway]]
from = \"shop::f\"
to = \"shop::a\"
via = \"shop::e\"

[[protect]]
modules = \"shop::d\"
from = \"shop::c\"
";

type Ends = (String, String);

fn ends(value: &Value) -> Option<Ends> {
    Some((value["from"].as_str()?.to_owned(), value["to"].as_str()?.to_owned()))
}

fn all_ends(value: &Value) -> BTreeSet<Ends> {
    value.as_array().into_iter().flatten().filter_map(ends).collect()
}

/// Checks a workspace of these modules. Returns the number of findings by name alone.
fn agree(modules: &[Vec<Line>]) -> usize {
    let git = Git::new();
    git.write("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    git.write("archlint.toml", RULES);
    let root: String = MODULES.iter().map(|name| format!("pub mod {name};\n")).collect();
    git.write("src/lib.rs", &root);
    (0..MODULES.len()).for_each(|at| git.write(&format!("src/{}.rs", MODULES[at]), &text(at, &[])));
    git.commit("without dependencies");
    for (at, lines) in modules.iter().enumerate() {
        let wanted = modules.iter().flatten().filter_map(|line| match line {
            Line::UsesAs(of, by) if *by == at => Some(Line::Reexports(*of)),
            _ => None,
        });
        let lines: Vec<Line> = lines.iter().copied().chain(wanted).collect();
        git.write(&format!("src/{}.rs", MODULES[at]), &text(at, &lines));
    }
    let graph = run_json(git.path(), "graph --format json --sites");
    let arrows = all_ends(&graph["edges"]);
    let naming = graph["edges"].as_array().into_iter().flatten().filter(|edge| edge["naming"] == true);
    let sites = |edge: &Value, key: &str| -> Vec<String> {
        let sites = edge[key].as_array().into_iter().flatten();
        let place =
            |site: &Value| format!("{} {}:{}:{}", edge["from"], site["file"], site["line"], site["column"]);
        sites.map(place).collect()
    };
    let all = graph["edges"].as_array().into_iter().flatten();
    let known: BTreeSet<String> = all.flat_map(|edge| sites(edge, "sites")).collect();
    let naming: BTreeSet<Ends> = naming
        .inspect(|edge| {
            assert!(edge["sites"].is_null(), "`sites` has each site once");
            assert!(sites(edge, "named_at").iter().all(|site| known.contains(site)), "{edge}");
            assert_eq!(edge["named_at"].as_array().map(Vec::len), edge["count"].as_u64().map(|n| n as usize))
        })
        .filter_map(ends)
        .collect();
    let drift = program().args(["drift", "HEAD", "--format", "json"]).current_dir(git.path()).output();
    let drift: Value = serde_json::from_slice(&drift.expect("the program starts").stdout).expect("JSON");
    assert_eq!(all_ends(&drift["graph"]["edges_gained"]), arrows, "drift has the arrows of the graph");
    let report = run_json(git.path(), "check --format json");
    let mut by_name = 0;
    for finding in report["findings"].as_array().into_iter().flatten() {
        let Some((from, to)) = ends(finding) else { continue };
        let direct = finding["chain"].as_array().is_none_or(Vec::is_empty);
        assert!(!direct || arrows.contains(&(from.clone(), to.clone())), "no arrow: {finding}");
        by_name += usize::from(naming.contains(&(from.clone(), to.clone())));
        let why = run_json(git.path(), &format!("why ={from} ={to} --format json"));
        let chain =
            why["chains"][0].as_array().unwrap_or_else(|| panic!("no chain from {from} to {to}: {finding}"));
        let hops: Vec<Ends> = chain.iter().filter_map(ends).collect();
        assert_eq!((&hops[0].0, &hops[hops.len() - 1].1), (&from, &to), "{why}");
        assert!(hops.iter().all(|hop| arrows.contains(hop)), "{hops:?} are no arrows");
        let rules = run_json(git.path(), &format!("rules {from} --format json"));
        assert!(
            !direct
                || !rules["may_depend_on"].as_array().into_iter().flatten().any(|open| open == to.as_str()),
            "`rules` lets {from} depend on {to}: {finding}"
        );
    }
    by_name
}

#[test]
fn commands_agree_on_every_dependency() {
    let mut runner = TestRunner::deterministic();
    let strategy = prop::collection::vec(prop::collection::vec(line(), 0..5), MODULES.len());
    let by_name: usize = (0..times(12))
        .map(|_| {
            agree(&proptest::strategy::ValueTree::current(
                &strategy.new_tree(&mut runner).expect("a workspace"),
            ))
        })
        .sum();
    assert!(by_name > 5, "{by_name} findings by name alone: the workspaces are worth the test");
}
