//! Rule packs, each with a workspace that satisfies all of its rules and one that breaks every one
//! of them; and the JSON Schema of the configuration, applied to every configuration in the
//! repository.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::support::{fixtures, program, run, run_json};

const PACKS: &[&str] =
    &["clean-architecture", "complexity", "health-data", "hexagonal", "layered", "modular-monolith", "onion"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn explain(arguments: &[&str]) -> String {
    let output = program().arg("explain").args(arguments).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Returns the ids of a pack's rules, and `coverage` if the pack has that table.
fn ids(pack: &str) -> BTreeSet<String> {
    let text = explain(&["--pack", pack]);
    let named = text.lines().filter_map(|line| line.strip_prefix("id = \"")?.strip_suffix('"'));
    let coverage = text.lines().filter(|line| *line == "[coverage]").map(|_| "coverage");
    named.chain(coverage).map(str::to_owned).collect()
}

fn broken(case: &Path) -> BTreeSet<String> {
    let report = run_json(case, "check --format json");
    let findings = report["findings"].as_array().expect("an array").iter();
    findings.map(|finding| finding["rule"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_rule_of_every_pack_can_be_kept_and_broken() {
    let folder = fixtures().join("packs");
    for pack in PACKS {
        assert_eq!(broken(&folder.join(pack).join("kept")), BTreeSet::new(), "{pack}");
        assert_eq!(broken(&folder.join(pack).join("broken")), ids(pack), "{pack}");
    }
}

#[test]
fn packs_are_listed_and_go_together() {
    let list = explain(&["--manifest-path", "/no/such/workspace/Cargo.toml"]);
    let mut seen = BTreeSet::new();
    for pack in PACKS {
        assert!(list.contains(&format!("  {pack} ")), "{list}");
        for id in ids(pack) {
            assert!(seen.insert(id.clone()), "`{id}` is in two packs, of which one would change the other");
        }
    }
    let files = fs::read_dir(root().join("rules/packs")).expect("the folder is there");
    assert_eq!(files.count(), PACKS.len(), "a pack without a fixture");
}

#[test]
fn a_rule_says_where_it_comes_from() {
    let case = fixtures().join("packs/extends/chain");
    let explained = run(&case, "explain presentation-leaves-storage-alone");
    let text = String::from_utf8_lossy(&explained.stdout).into_owned();
    assert!(text.contains("defined in pack:layered:"), "{text}");
    assert!(text.contains("changed in archlint.toml:"), "{text}");
    // Every key of each rule, as written there.
    assert!(text.contains("    from = \"layer:presentation\"\n    to = [\n"), "{text}");
    assert!(text.contains("    severity = \"warn\"\n\nsays: "), "{text}");
    let unknown = run(&case, "explain --pack oinon");
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("did you mean `onion`?"), "{unknown:?}");
}

#[test]
fn the_schema_is_fresh() {
    let path = root().join("rules/archlint.schema.json");
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let fresh = explain(&["--schema"]);
    assert_eq!(committed, fresh, "run `cargo run -- explain --schema > rules/archlint.schema.json`");
}

/// Returns every configuration in the repository: examples, packs, fixtures.
fn configurations() -> Vec<PathBuf> {
    let files = [root().join("rules"), fixtures()].into_iter().flat_map(walkdir::WalkDir::new);
    let toml = files.filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default();
        let rules = path.components().any(|c| c.as_os_str() == "rules");
        name == "archlint.toml" || (rules && path.extension().is_some_and(|e| e == "toml"))
    };
    toml.filter(is_one).filter(|p| p.file_name().is_some_and(|n| n != "Cargo.toml")).collect()
}

fn json(text: &str) -> serde_json::Value {
    let table: toml::Table = text.parse().expect("TOML");
    serde_json::to_value(table).expect("JSON")
}

#[test]
fn configurations_keep_the_schema_and_mistakes_break_it() {
    let schema = serde_json::from_str(&explain(&["--schema"])).expect("JSON");
    assert!(jsonschema::draft202012::meta::is_valid(&schema), "not a schema of draft 2020-12");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let all = configurations();
    assert!(all.len() > 30, "{all:?}");
    for path in all {
        let value = json(&fs::read_to_string(&path).expect("it is there"));
        let mistakes: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(mistakes.is_empty(), "{}: {mistakes:?}", path.display());
    }
    let mistakes = [
        "extends = 1",
        "extend = [\"layered\"]",
        "[components.a]\nlayer = \"x\"",
        "[components.a]\nmodules = []",
        "[components.a]\nmodules = \"a\"\ncolour = 1",
        "[coverage]\nunassigned = \"eror\"",
        "[analysis]\ntests = \"no\"",
        "[forbid]\nfrom = \"a\"\nto = \"b\"",
        "[[forbid]]\nfrom = \"a\"",
        "[[forbid]]\nfrom = \"a\"\nto = []",
        "[[forbid]]\nfrom = \"a\"\nto = \"b\"\nin = [\"signatur\"]",
        "[[forbid]]\nid = \"a b\"\nfrom = \"a\"\nto = \"b\"",
        "[[budget]]\nof = \"a\"\nmetric = \"lines\"\nmax = -1",
        "[[layers]]\norder = []",
        "[[layers]]\norder = \"a\"",
        "[[acyclic]]\nof = \"component\"",
        "[[gateway]]\nfrom = \"a\"\nto = \"b\"",
    ];
    for mistake in mistakes {
        assert!(!validator.is_valid(&json(mistake)), "{mistake}");
    }
}
