//! `archlint drift` from the user's point of view: its output in every format, its exit codes, and
//! its errors.

mod configured;
mod incomplete;

use std::{path::Path, process::Output};

use archlint::{
    Options,
    history::drift::shape::Shape,
    session::{ComparedSide, History, Range, compare},
};

use super::{generated, git::Git};
use crate::support::{copy, fixtures, program};

const PACKAGE: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

/// Runs the command in `folder`.
fn drift(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = program();
    command.arg("drift").args(arguments).current_dir(folder).env("SOURCE_DATE_EPOCH", "1767225600");
    command.output().expect("the program starts")
}

/// Returns the output of a command that succeeds.
fn shown(folder: &Path, arguments: &[&str]) -> String {
    let output = drift(folder, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("text is UTF-8")
}

/// Returns the error of a command that fails.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = drift(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).expect("text is UTF-8")
}

fn json(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let text = shown(folder, &[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&text).expect("standard output is JSON")
}

/// Creates a shop whose domain must not use its storage, and a branch that departs from that.
fn shop() -> Git {
    let git = Git::new();
    git.write("Cargo.toml", PACKAGE);
    git.write("src/lib.rs", "pub mod domain;\npub mod orders;\npub mod storage;\n");
    git.write(
        "src/domain.rs",
        "pub struct Order {\n    pub id: u64,\n    pub lines: Vec<u64>,\n    pub paid: bool,\n}\n",
    );
    git.write(
        "src/orders.rs",
        "use crate::domain::Order;\npub fn total(order: &Order) -> u64 {\n    order.lines.iter().sum()\n}\n",
    );
    git.write(
        "src/storage.rs",
        "pub struct Table;\nimpl Table {\n    pub fn rows(&self) -> u64 {\n        0\n    }\n}\n",
    );
    git.write("archlint.toml", RULES);
    git.commit("A shop");
    git.run(&["checkout", "--quiet", "-b", "feature"]);
    git
}

const RULES: &str = "\
[components.domain]
modules = [\"shop::domain\"]
[components.orders]
modules = [\"shop::*s\"]
[components.storage]
modules = [\"shop::storage\"]

[[forbid]]
id = \"domain-is-pure\"
from = \"component:domain\"
to = \"component:storage\"
";

/// Commits the departure: the domain uses storage, which uses the domain; orders are renamed to
/// sales; one rule is replaced by another.
fn step(git: &Git) {
    git.run(&["mv", "src/orders.rs", "src/sales.rs"]);
    git.write("src/lib.rs", "pub mod domain;\npub mod sales;\npub mod storage;\n");
    git.write(
        "src/domain.rs",
        "pub struct Order {\n    pub id: u64,\n    pub lines: Vec<u64>,\n    pub table: crate::storage::Table,\n}\n",
    );
    git.write("src/storage.rs", "use crate::domain::Order;\npub struct Table;\nimpl Table {\n    pub fn rows(&self, _: &Order) -> u64 {\n        0\n    }\n}\n");
}

#[test]
fn the_base_with_the_difference_is_the_head() {
    let repository = generated::repository(40);
    let mut options = Options::new(repository.path().join("Cargo.toml"));
    options.threads = Some(2);
    let history = History::open(&options).unwrap_or_else(|error| panic!("{error:#}"));
    let commits = repository.commits();
    let (mut moved, mut gained) = (0, 0);
    for pair in [1, 7].iter().flat_map(|step| commits.windows(step + 1).step_by(*step)) {
        let range = format!("{}..{}", pair[0], pair[pair.len() - 1]);
        let range = Range::read(&history, Some(&range)).unwrap_or_else(|error| panic!("{error:#}"));
        let compared = compare(&history, &range, &options).unwrap_or_else(|error| panic!("{error:#}"));
        let shape = |side: &ComparedSide| Shape::of(side.drawn().graph, side.drawn().components);
        let (base, head) = (shape(&compared.base), shape(&compared.head));
        assert_eq!(compared.drift.graph.apply(&base), head, "{} .. {}", pair[0], pair[pair.len() - 1]);
        moved += compared.drift.graph.moved.len();
        gained += compared.drift.graph.gained.len();
    }
    assert!(moved > 0 && gained > 0, "the pairs are worth the test: {moved} moved, {gained} gained");
}

#[test]
fn a_step_reads_well() {
    let git = shop();
    step(&git);
    git.commit("A shortcut");
    insta::assert_snapshot!(
        "step_text",
        shown(git.path(), &["main..feature", "--fail-on", "new-findings,new-cycles"])
    );
    insta::assert_snapshot!("step_markdown", shown(git.path(), &["main..feature", "--format", "markdown"]));
    insta::assert_snapshot!("step_json", shown(git.path(), &["main..feature", "--format", "json"]));
    insta::assert_snapshot!(
        "step_html",
        without_drawings(&shown(git.path(), &["main..feature", "--format", "html"]))
    );
}

/// Returns the page without the drawings, which the tests of the layout cover.
fn without_drawings(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("<svg") {
        text.push_str(before);
        rest = after.split_once("</svg>").map_or("", |(_, after)| after);
    }
    let text = text + rest;
    let (head, body) = text.split_once("<style>").expect("the page has a style");
    let (_, body) = body.split_once("</style>").expect("which ends");
    format!("{head}{}", body.replace("><", ">\n<"))
}

#[test]
fn the_work_tree_is_compared_with_where_it_branched_off() {
    let git = shop();
    git.write("src/domain.rs", "pub struct Order;\n");
    git.commit("Less");
    step(&git);
    let drift = json(git.path(), &[]);
    assert_eq!(drift["base"]["subject"], "A shop");
    assert_eq!(
        (&drift["base"]["name"], &drift["head"]["name"]),
        (&"merge base with main".into(), &"the work tree".into())
    );
    assert_eq!(drift["findings"]["new"][0]["rule"], "domain-is-pure");
    assert_eq!(drift["graph"]["moved"], serde_json::json!([{ "from": "shop::orders", "to": "shop::sales" }]));
    assert!(
        drift["notes"][0].as_str().is_some_and(|note| note.contains("differs from HEAD in 4 files")),
        "{}",
        drift["notes"]
    );
}

#[test]
fn conditions_fail_the_run_and_say_why() {
    let git = shop();
    step(&git);
    git.commit("A shortcut");
    let code = |conditions: &[&str]| {
        let conditions = conditions.iter().flat_map(|c| ["--fail-on", c]);
        let arguments: Vec<&str> = ["main..feature"].into_iter().chain(conditions).collect();
        drift(git.path(), &arguments).status.code()
    };
    assert_eq!(code(&[]), Some(0), "what changed is no failure by itself");
    for failing in ["new-findings", "new-cycles", "cycles>0", "dependencies > 1", "propagation-cost>0.01"] {
        assert_eq!(code(&[failing]), Some(1), "{failing}");
    }
    assert_eq!(code(&["permissions"]), Some(0), "no rule was weakened");
    assert_eq!(code(&["cycles>1", "lines>500"]), Some(0));
    assert_eq!(code(&["cycles>1", "new-cycles"]), Some(1));
    for wrong in ["cycels>0", "cycles", "cycles>many", "everything"] {
        assert_eq!(code(&[wrong]), Some(2), "{wrong}");
    }
    let text = shown(git.path(), &["main..feature", "--fail-on", "cycles>0"]);
    assert!(text.contains("fails: cycles rose by 1, more than 0"), "{text}");
}

#[test]
fn a_weakened_rule_shows_as_such() {
    let weaker = |change: &dyn Fn(&Git)| {
        let git = shop();
        step(&git);
        git.commit("A shortcut");
        change(&git);
        git.commit("Another rule");
        let found = json(git.path(), &["HEAD~1..HEAD"]);
        let fails = drift(git.path(), &["HEAD~1..HEAD", "--fail-on", "permissions"]).status.code();
        (found["permissions"].clone(), fails)
    };
    let rules = |from: &'static str, to: &'static str| {
        move |git: &Git| git.write("archlint.toml", &RULES.replace(from, to))
    };
    let (gone, fails) =
        weaker(&|git| git.write("archlint.toml", RULES.split("[[forbid]]").next().unwrap_or("")));
    assert_eq!((fails, gone["permitted"][0]["rule"].as_str()), (Some(1), Some("domain-is-pure")));
    assert_eq!(gone["written"][0]["weaker"], true);
    let (narrowed, fails) = weaker(&rules("to = \"component:storage\"", "to = \"component:orders\""));
    assert_eq!((fails, narrowed["permitted"].as_array().map(Vec::len)), (Some(1), Some(1)));
    let (lowered, fails) = weaker(&rules("id = \"domain", "severity = \"warn\"\nid = \"domain"));
    assert_eq!((fails, lowered["lowered"][0]["before"].as_str()), (Some(1), Some("error")));
    let (waived, fails) = weaker(&|git| {
        let text = std::fs::read_to_string(git.path().join("src/domain.rs")).expect("it is there");
        git.write("src/domain.rs", &format!("// archlint: allow(domain-is-pure, reason = \"soon\")\n{text}"));
    });
    assert_eq!((fails, waived["waivers_gained"][0]["reason"].as_str()), (Some(1), Some("soon")));
    assert_eq!(waived["accepted"].as_array().map(Vec::len), Some(1));
    let (frozen, fails) = weaker(&|git| {
        let output = program().arg("baseline").current_dir(git.path()).output().expect("the program starts");
        assert!(output.status.success());
    });
    assert_eq!((fails, frozen["baseline_gained"].as_array().map(Vec::len)), (Some(1), Some(1)));
    let (stricter, fails) =
        weaker(&rules("to = \"component:storage\"", "to = [\"component:storage\", \"std\"]"));
    assert_eq!((fails, stricter["weaker"].as_u64()), (Some(0), Some(0)));
}

/// A module that the older configuration cannot know belongs to no component there; assigning it to
/// one permits nothing new.
#[test]
fn a_new_component_weakens_nothing() {
    let git = shop();
    let closed =
        format!("{RULES}[coverage]\nunassigned = \"error\"\n").replace("::*s\"]", "::*s\", \"=shop\"]");
    git.write("archlint.toml", &closed.replace("domain\"]\n", "domain\"]\nvisible-to = [\"orders\"]\n"));
    git.commit("Every module has a place");
    git.write("src/lib.rs", "pub mod domain;\npub mod orders;\npub mod storage;\npub mod billing;\n");
    git.write("src/billing.rs", "pub fn bill(_: crate::domain::Order) {}\n");
    let rules = closed.replace("domain\"]\n", "domain\"]\nvisible-to = [\"orders\", \"billing\"]\n");
    git.write("archlint.toml", &format!("{rules}[components.billing]\nmodules = [\"shop::billing\"]\n"));
    git.commit("Billing");
    let drift = json(git.path(), &["HEAD~1..HEAD"]);
    assert_eq!(drift["findings"]["new"].as_array().map(Vec::len), Some(0), "{}", drift["findings"]["new"]);
    assert_eq!(drift["permissions"]["weaker"], 0, "{:#}", drift["permissions"]);
    let written = drift["permissions"]["written"].to_string();
    assert!(
        written.contains("components.domain.visible-to") && written.contains("components.billing.modules")
    );
}

#[test]
fn findings_tell_the_code_from_the_configuration() {
    let git = shop();
    git.write("archlint.toml", &RULES.replace("component:storage", "component:orders"));
    step(&git);
    git.commit("A shortcut, not forbidden yet");
    git.write("archlint.toml", RULES);
    git.commit("Now it is");
    let drift = json(git.path(), &["HEAD~1..HEAD"]);
    assert_eq!(drift["findings"]["new"][0]["cause"], "configuration");
    let drift = json(git.path(), &["HEAD..HEAD~1"]);
    assert_eq!(drift["findings"]["resolved"][0]["cause"], "configuration");
    let drift = json(git.path(), &["main..HEAD"]);
    assert_eq!(drift["findings"]["new"][0]["cause"], "code");
}

#[test]
fn what_was_not_there_yet_is_said() {
    let git = Git::new();
    git.write("notes.txt", "x");
    git.commit("no workspace");
    git.write("Cargo.toml", PACKAGE);
    git.write("src/lib.rs", "pub mod a;");
    git.write("src/a.rs", "");
    git.commit("no configuration");
    git.write("archlint.toml", "[[forbid]]\nfrom = \"shop::a\"\nto = \"std::fs\"\n");
    git.commit("a rule");
    git.write("Cargo.toml", "[package\n");
    git.commit("a broken manifest");
    git.write("Cargo.toml", PACKAGE);
    git.write("archlint.toml", "[[forbit]]\n");
    git.commit("a broken configuration");
    git.write("archlint.toml", "");
    git.commit("mended");
    let notes = |range: &str| json(git.path(), &[range])["notes"].to_string();
    assert!(notes("HEAD~5..HEAD~4").contains("no such workspace in `HEAD~5`: everything counts as gained"));
    assert!(notes("HEAD~4..HEAD~3").contains("`HEAD~4` has no archlint.toml"));
    assert!(notes("HEAD~1..HEAD").contains("`HEAD~1` has mistakes"));
    let broken = refused(git.path(), &["HEAD~2..HEAD"]);
    assert!(broken.contains("`HEAD~2`") && broken.contains("Cargo.toml:1:"), "{broken}");
    assert!(refused(git.path(), &["HEAD..HEAD~1"]).contains("did you mean `forbid`"));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let alone = copy(&fixtures().join("health-platform"));
    assert!(refused(alone.path(), &[]).contains("is in no git repository"));
    let empty = Git::new();
    empty.write("Cargo.toml", PACKAGE);
    empty.write("src/lib.rs", "");
    assert!(refused(empty.path(), &[]).contains("no commit yet"));
    let git = shop();
    assert!(refused(git.path(), &["mian"]).contains("did you mean `main`?"));
    git.run(&["branch", "--move", "main", "trunk"]);
    let said = refused(git.path(), &[]);
    assert!(said.contains("main branch") && said.contains("archlint drift A..B"), "{said}");
    git.run(&["checkout", "--quiet", "--orphan", "other"]);
    git.commit("unrelated");
    assert!(refused(git.path(), &["trunk...other"]).contains("have no common ancestor"));
}

#[test]
fn a_bare_repository_has_no_work_tree() {
    let git = shop();
    step(&git);
    git.commit("A shortcut");
    let bare = tempfile::tempdir().expect("a folder for the test");
    git.run(&["clone", "--quiet", "--bare", ".", &bare.path().to_string_lossy()]);
    assert_eq!(json(bare.path(), &["main..feature"])["findings"]["new"][0]["rule"], "domain-is-pure");
    assert!(refused(bare.path(), &["main"]).contains("bare"));
}

#[test]
fn a_workspace_in_a_folder_is_compared_by_itself() {
    let git = Git::new();
    git.write("rust/Cargo.toml", PACKAGE);
    git.write("rust/src/lib.rs", "");
    git.commit("in a folder");
    git.write("rust/src/lib.rs", "pub mod a;");
    git.write("rust/src/a.rs", "");
    let gained = json(&git.path().join("rust/src"), &["HEAD"])["graph"]["gained"].clone();
    assert_eq!((gained[0]["id"].as_str(), gained[0]["file"].as_str()), (Some("shop::a"), Some("src/a.rs")));
}

#[test]
fn the_picture_is_mermaid_and_the_page_forbids_everything() {
    let git = Git::new();
    let name = "a\"]; click<script>";
    git.write("Cargo.toml", PACKAGE);
    git.write("src/lib.rs", "pub mod a; pub mod b;");
    git.write("src/a.rs", "");
    git.write("src/b.rs", "pub struct B;");
    let rules = format!(
        "[components.{name:?}]\nmodules = [\"shop::a\"]\n[components.end]\nmodules = [\"shop::b\"]\n"
    );
    git.write("archlint.toml", &rules);
    git.commit("hostile names");
    git.write("src/a.rs", "use crate::b::B;");
    let text = shown(git.path(), &["HEAD", "--format", "markdown"]);
    let picture = text
        .split("```mermaid\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("there is a picture");
    if let Some(read) = crate::formats::node("mermaid.mjs", picture) {
        assert_eq!(read, serde_json::json!([2, 0, 1]), "{picture}");
    }
    let page = shown(git.path(), &["HEAD", "--format", "html"]);
    assert!(page.contains("default-src 'none'") && !page.contains("<script"), "{page}");
    let parsed = scraper::Html::parse_document(&page);
    assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
    let drawings = scraper::Selector::parse("figure.side svg").expect("a selector");
    assert_eq!(parsed.select(&drawings).count(), 2);
}
