//! Properties of the inference of methods and fields, on the workspaces under `fixtures/inference/`.

use std::{collections::BTreeSet, fs, path::Path};

use proptest::prelude::*;
use walkdir::WalkDir;

use crate::support::{copy, fixtures, run, run_json};

/// Methods, fields and variables of the fixture that are not names of std, so that they can be renamed
/// everywhere.
const NAMES: &[&str] = &[
    "make", "iron", "nurse", "operate", "visit", "wide", "load", "pair", "wash", "size", "linen", "sheet",
    "sheets", "bed", "beds", "show", "ward", "years", "top_mut", "lead", "spare", "folded",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// The new names have the lengths of the old ones, so that places stay the same.
    #[test]
    fn renaming_changes_nothing_but_the_name(
        chosen in proptest::sample::subsequence(NAMES, 1..=NAMES.len()),
        seed in "[a-z]{8}",
    ) {
        let folder = copy(&fixtures().join("inference/shapes"));
        let before = graph(folder.path());
        let words: BTreeSet<String> = sources(folder.path()).flat_map(|(_, text)| words(&text)).collect();
        let renamed: Vec<(&str, String)> = chosen.iter().enumerate()
            .map(|(at, old)| (*old, new_name(old.len(), at, &seed)))
            .filter(|(_, new)| !words.contains(new))
            .collect();
        for (file, text) in sources(folder.path()).collect::<Vec<_>>() {
            let text = replaced(&text, |word| renamed.iter().find(|(old, _)| *old == word).map(|(_, new)| new.as_str()));
            fs::write(file, text).expect("the copy can be written");
        }
        let after = graph(folder.path());
        let back = replaced(&after, |word| renamed.iter().find(|(_, new)| new == word).map(|(old, _)| *old));
        prop_assert!(renamed.is_empty() || after != before, "{renamed:?}");
        prop_assert_eq!(back, before, "{:?}", renamed);
    }
}

/// The cache keeps both answers apart.
#[test]
fn methods_are_left_out_on_request() {
    let folder = copy(&fixtures().join("inference/shapes"));
    let configuration = folder.path().join("archlint.toml");
    let all = graph(folder.path());
    let contexts = ["method", "field"].map(|context| format!("\"context\":\"{context}\""));
    assert!(contexts.iter().all(|context| all.contains(context)), "{all}");
    fs::write(&configuration, "[analysis]\nmethods = false\n").expect("the copy can be written");
    let without = graph(folder.path());
    assert!(!contexts.iter().any(|context| without.contains(context)), "{without}");
    fs::remove_file(&configuration).expect("it was written");
    assert_eq!(graph(folder.path()), all);
}

/// Every reference that rests on inference says by which types, each with a place in a file.
#[test]
fn each_reference_has_its_chain_of_types() {
    let case = fixtures().join("inference/shapes");
    let found = run_json(&case, "graph --format json --sites --no-cache");
    let edges = found["edges"].as_array().expect("a list").iter();
    let sites: Vec<&serde_json::Value> =
        edges.flat_map(|edge| edge["sites"].as_array().expect("a list")).collect();
    for site in &sites {
        let types = site["types"].as_array().map_or(&[][..], Vec::as_slice);
        let is_inferred = site["context"] == "method" || site["context"] == "field";
        assert_eq!(is_inferred, !types.is_empty(), "{site}");
        assert!(types.iter().all(|step| step["line"].as_u64() > Some(0)), "{site}");
    }
    let is_it = |site: &&&serde_json::Value| site["file"] == "src/parameters.rs" && site["item"] == "fold";
    let fold = sites.iter().find(is_it).expect("the chain of the parameters");
    let texts: Vec<&str> =
        fold["types"].as_array().expect("a list").iter().filter_map(|step| step["text"].as_str()).collect();
    assert_eq!(texts, ["ctx: &Context", "Context::east() -> &Bed", "Bed::make() -> Sheet", "Sheet::fold"]);
}

/// A macro of another crate gives a type methods that nothing shows: the method is taken for the
/// type's own, and the graph says that this is not certain. The summary counts what is not known.
#[test]
fn what_a_macro_of_another_crate_adds_is_not_certain() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    };
    write(
        "Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[dependencies]\ngetset = \"1\"\n",
    );
    write("src/lib.rs", "mod order;\nmod page;\n");
    write(
        "src/order.rs",
        "#[derive(getset::Getters)]\npub struct Order {\n    #[get = \"pub\"]\n    total: u64,\n}\npub struct Plain;\n",
    );
    write(
        "src/page.rs",
        "use crate::order::{Order, Plain};\npub fn show(order: &Order, plain: &Plain) {\n    order.total();\n    plain.total();\n}\n",
    );
    let found = run_json(folder.path(), "graph --format json --sites --no-cache --level module");
    let edges = found["edges"].as_array().expect("a list").iter();
    let sites = edges.flat_map(|edge| edge["sites"].as_array().expect("a list"));
    let methods: Vec<&serde_json::Value> = sites.filter(|site| site["context"] == "method").collect();
    assert_eq!(methods.len(), 1, "{methods:?}");
    assert_eq!((&methods[0]["line"], &methods[0]["confidence"]), (&3.into(), &"inferred".into()));
    assert_eq!(found["resolution"]["methods"]["unknown"], 1);
    let output = run(folder.path(), "check --no-cache");
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("1 method or field not known"), "{said}");
}

#[test]
fn timings_have_a_line_for_inference() {
    let output = run(&fixtures().join("inference/shapes"), "graph --format json --no-cache --timings");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.lines().any(|line| line.starts_with("infer ")), "{said}");
}

/// Returns a name of that length that contains the number `at`.
fn new_name(len: usize, at: usize, seed: &str) -> String {
    let number = format!("{}{}", char::from(b'a' + (at / 10) as u8), at % 10);
    let start: String = seed.chars().cycle().take(len.saturating_sub(2)).collect();
    start + &number
}

fn graph(folder: &Path) -> String {
    let output = run(folder, "graph --format json --sites");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("JSON is text")
}

fn sources(folder: &Path) -> impl Iterator<Item = (std::path::PathBuf, String)> {
    let files =
        WalkDir::new(folder.join("src")).into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    files.filter(|path| path.is_file()).map(|path| {
        let text = fs::read_to_string(&path).expect("a source file is text");
        (path, text)
    })
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Replaces the words for which `new` returns another one.
fn replaced<'a>(text: &'a str, new: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        result.push_str(new(word).unwrap_or(word));
        let symbols = behind.find(is_part).unwrap_or(behind.len());
        result.push_str(&behind[..symbols]);
        rest = &behind[symbols..];
    }
    result
}
