//! Configurations with the error of each line in a comment beside it.

use crate::{
    base::{
        diagnostic::{Diagnostic, Severity},
        files::MemoryFiles,
    },
    graph::package::Package,
    judge::check::{self, Declarations},
};

/// Asserts that `text` yields exactly the errors that its lines announce in `#~ message` comments.
fn mistakes(text: &str, packages: &[Package]) {
    let (_, diagnostics) = check::setup(Declarations { packages, ..text.into() });
    let mut found: Vec<String> = diagnostics
        .iter()
        .map(|d| {
            let line = d.span.map_or(0, |s| s.start.line);
            let help = d.help.as_ref().map(|h| format!(" ({h})")).unwrap_or_default();
            format!("{line}: {}{help}", d.message)
        })
        .collect();
    let announced = |(i, line): (usize, &str)| -> Vec<String> {
        line.split("#~ ").skip(1).map(|m| format!("{}: {}", i + 1, m.trim())).collect()
    };
    let mut expected: Vec<String> = text.lines().enumerate().flat_map(announced).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

fn package(name: &str, metadata: serde_json::Value) -> Package {
    let (targets, dependencies) = (Vec::new(), Vec::new());
    Package { name: name.to_owned(), dir: name.to_owned(), targets, dependencies, metadata: Some(metadata) }
}

#[test]
fn a_good_configuration_has_no_mistakes() {
    mistakes(include_str!("../../../rules/forbid.toml"), &[]);
}

#[test]
fn all_mistakes_are_found_in_one_run() {
    mistakes(
        r#"
[analysis]
test = true #~ unknown key `test` (did you mean `tests`?)
exclude = ["[x"] #~ unclosed character class; missing ']'

[components.billing]
modules = ["shop::bil-ling"] #~ `-` is not allowed in a path
depends-on = ["ledgr"] #~ there is no component `ledgr` (did you mean `ledger`?)
visible-to = ["billing"] #~ the component `billing` names itself
colour = 1 #~ unknown key `colour` (known: `depends-on`, `exposes`, `layer`, `modules`, `owner`, `tags`, `visible-to`)

[components.ledger] #~ the key `modules` is missing
layer = "domain"

[coverage]
unassigned = "eror" #~ unknown value `eror` (did you mean `error`?)

[[forbid]]
id = "a"
from = "layer:doman" #~ there is no layer `doman` (did you mean `domain`?)
to = [] #~ `to` is empty, and an empty list has no meaning here
in = ["signatur"] #~ unknown value `signatur` (did you mean `signature`?)
frm = 1 #~ unknown key `frm` (did you mean `from`?)

[[forbid]]
id = "a" #~ a second rule with the id `a` (give each rule an `id` of its own)
from = "!x" #~ a list of `!` alone selects nothing (put the modules to exclude from first, such as "**")
to = 3 #~ expected a selector, found a whole number
severity = "warning" #~ unknown value `warning` (known: `error`, `info`, `off`, `warn`)

[[forbidd]] #~ unknown table `forbidd` (did you mean `forbid`?)

[[acyclic]]
id = "coverage" #~ `coverage` is the id of a rule that components imply (give each rule an `id` of its own)
of = "component" #~ unknown value `component` (did you mean `components`?)
"#,
        &[],
    );
}

/// Returns the errors of `archlint.toml` and the other `files`, as `file:line: message (help)`.
fn mistakes_of(main: &str, files: &[(&str, &str)]) -> Vec<String> {
    let files: MemoryFiles = files.iter().map(|(name, text)| (*name, *text)).collect();
    let (_, diagnostics) = check::setup(Declarations { files: &files, ..main.into() });
    let say = |d: &Diagnostic| {
        let help = d.help.as_ref().map(|h| format!(" ({h})")).unwrap_or_default();
        let file = d.file.as_deref().unwrap_or_default();
        format!("{file}:{}: {}{help}", d.span.map_or(0, |s| s.start.line), d.message)
    };
    diagnostics.iter().map(say).collect()
}

#[test]
fn what_cannot_be_extended_is_a_mistake_where_it_is_named() {
    let main = r#"extends = [
  "layerd",
  "../outside.toml",
  "rules/basis.toml",
  "rules/base.toml",
]
"#;
    let base = "extends = [\"other.toml\"]\n[coverage]\nunassigned = 1\n";
    let other = "extends = [\"./base.toml\"]\n[[forbid]]\nfrom = \"a\"\n";
    let found = mistakes_of(main, &[("rules/base.toml", base), ("rules/other.toml", other)]);
    let expected = [
        "archlint.toml:2: there is no pack `layerd` (did you mean `layered`?; a file is a path that ends in `.toml`)",
        "archlint.toml:3: `../outside.toml` leads out of the workspace; it is not read (extend packs, and files inside the workspace)",
        "archlint.toml:4: `rules/basis.toml` cannot be read: no such file (did you mean `rules/base.toml`?)",
        "rules/base.toml:3: expected a string, found a whole number",
        "rules/other.toml:1: `rules/base.toml` extends itself: `rules/base.toml` → `rules/other.toml` → `rules/base.toml` (remove one of these `extends`, or move the shared rules to another file)",
        "rules/other.toml:2: the key `to` is missing",
    ];
    assert_eq!(found, expected);
    assert_eq!(
        mistakes_of("extends = []\n", &[]),
        ["archlint.toml:1: `extends` is empty, and an empty list has no meaning here"]
    );
}

#[test]
fn a_change_names_what_it_changes() {
    let main = r#"extends = ["base.toml"]
[[forbid]]
id = "no-threds"
severity = "warn"
[[allow]]
id = "no-threads"
from = "a"
to = []
[[acyclic]]
of = "modules"
[[forbid]]
id = "no-processes"
to = "std::proc::"
[components.cart]
depends-on = ["carts"]
"#;
    let base = r#"[components.cart]
modules = ["shop::cart"]
[[forbid]]
id = "no-threads"
from = "**"
to = "std::thread"
[[forbid]]
id = "no-processes"
from = "layer:doman"
to = "std::process"
optional = ["layer:domain"]
[[acyclic]]
of = "components"
"#;
    let expected = [
        "archlint.toml:3: nothing that this file extends has a `[[forbid]]` with the id `no-threds` (did you mean `no-threads`?)",
        "archlint.toml:6: a second rule with the id `no-threads`: `base.toml` has a `[[forbid]]` of that id (write `[[forbid]]` to change that rule, or give this one an `id` of its own)",
        "archlint.toml:9: a second rule with the id `acyclic`: `base.toml` has a `[[acyclic]]` of that id (give this rule an `id` of its own)",
        "archlint.toml:13: a segment is empty",
        "archlint.toml:15: there is no component `carts` (did you mean `cart`?)",
        "base.toml:9: there is no layer `doman`",
        "base.toml:11: the rule has no selector `layer:domain` (did you mean `layer:doman`?)",
    ];
    assert_eq!(mistakes_of(main, &[("base.toml", base)]), expected);
}

#[test]
fn files_are_joined_key_by_key_and_the_later_one_wins() {
    let files = [
        (
            "a.toml",
            "extends = [\"c.toml\"]\n[analysis]\ntests = true\n[[forbid]]\nid = \"x\"\nfrom = \"a\"\nto = [\"std\", \"core\"]\n",
        ),
        ("b.toml", "extends = [\"c.toml\"]\n[[forbid]]\nid = \"x\"\nto = [\"alloc\"]\nreason = \"b\"\n"),
        (
            "c.toml",
            "[analysis]\nexclude = [\"c/**\"]\n[components.k]\nmodules = [\"k\"]\nlayer = \"c\"\ntags = [\"t\"]\n",
        ),
    ];
    let main = "extends = [\"a.toml\", \"b.toml\"]\n[components.k]\nlayer = \"own\"\n[[forbid]]\nid = \"x\"\nseverity = \"info\"\n";
    let files: MemoryFiles = files.into_iter().collect();
    let (setup, diagnostics) = check::setup(Declarations { files: &files, ..main.into() });
    assert_eq!(diagnostics, []);
    let config = setup.config;
    assert_eq!((config.analysis.tests, config.analysis.exclude), (true, vec!["c/**".to_owned()]));
    let component = &config.components[0];
    assert_eq!((component.layer.as_deref(), &component.tags), (Some("own"), &vec!["t".to_owned()]));
    let rule = &setup.rules.iter().find(|r| r.id == "x").expect("the rule");
    let selectors: Vec<String> = rule.rule.selectors().iter().map(|(_, s)| s.to_string()).collect();
    assert_eq!(selectors, ["a", "alloc"]);
    assert_eq!((rule.reason.as_deref(), rule.severity), (Some("b"), Severity::Info));
    let parts: Vec<&str> = config.rules[0].written.parts.iter().map(|part| &*part.source.file).collect();
    assert_eq!(parts, ["a.toml", "b.toml", "archlint.toml"]);
    let extended: Vec<&str> = config.extends.iter().map(|e| &*e.file).collect();
    assert_eq!(extended, ["a.toml", "c.toml", "b.toml"]);
}

#[test]
fn a_pack_is_lenient_about_its_own_names_and_strict_about_yours() {
    let quiet = "extends = [\"layered\"]\n[components.a]\nmodules = [\"a\"]\nlayer = \"domain\"\n";
    assert_eq!(mistakes_of(quiet, &[]), [""; 0]);
    let own = format!("{quiet}[[forbid]]\nid = \"web-stays-in-presentation\"\nfrom = \"layer:domian\"\n");
    assert_eq!(
        mistakes_of(&own, &[]),
        ["archlint.toml:7: there is no layer `domian` (did you mean `domain`?)"]
    );
    let typo = quiet.replace("domain", "domian");
    assert_eq!(
        mistakes_of(&typo, &[]),
        ["archlint.toml:2: no rule uses the layer `domian` (did you mean `domain`?)"]
    );
    let needs = mistakes_of("extends = [\"health-data\"]\n", &[]);
    assert!(needs.iter().any(|m| m.contains("there is no tag `phi-gateway`")), "{needs:?}");
    assert!(needs.iter().all(|m| m.starts_with("pack:health-data:")), "{needs:?}");
    let off = "extends = [\"base.toml\"]\n[[forbid]]\nid = \"x\"\nseverity = \"off\"\n";
    let base = "[[forbid]]\nid = \"x\"\nfrom = \"tag:x\"\nto = \"std\"\n";
    assert_eq!(mistakes_of(off, &[("base.toml", base)]), [""; 0]);
}

#[test]
fn wrong_types_and_unknown_names_are_found_wherever_they_stand() {
    mistakes(
        r#"
extends = 3 #~ expected a string or a list of strings, found a whole number
analysis = [] #~ expected a table, found a list
coverage = "error" #~ expected a table, found a string
title = "shop" #~ unknown key `title` (known: `acyclic`, `allow`, `analysis`, `baseline`, `budget`, `components`, `coverage`, `extends`, `forbid`, `gateway`, `independent`, `layers`, `orphan`, `protect`, `require`)

[components]
loose = 1 #~ expected a component's table, found a whole number (write `[components.loose]`)

[components.a]
modules = ["layer:x", 3] #~ a component's modules are paths or packages, not `layer:x` #~ expected a selector, found a whole number
exposes = [] #~ `exposes` is empty, and an empty list has no meaning here
depends-on = [true] #~ expected a string, found a boolean
layer = ["x"] #~ expected a string, found a list
tags = { x = 1 } #~ expected a string or a list of strings, found a table

[[forbid]]
id = 4 #~ expected a string, found a whole number
from = "component:b" #~ there is no component `b` (known: `a`)
to = "tag:x" #~ there is no tag `x`
transitive = "yes" #~ expected `true` or `false`, found a string
optional = 1 #~ expected `true`, `false` or a list of strings, found a whole number
reason = false #~ expected a string, found a boolean

[[layers]]
id = "no good" #~ a rule's id is made of letters, digits, `-`, `_`, `.` and `/` (give each rule an `id` of its own)
order = "a" #~ expected a list, found a string

[[budget]] #~ the key `of` is missing
id = "b"
metric = "line" #~ unknown value `line` (did you mean `lines`?)
max = "x" #~ expected a number that is not negative, found a string

[[gateway]]
id = "g"
from = ["layer:d", "a"] #~ there is no layer `d`
to = "componnent:a" #~ unknown prefix `componnent:` (the prefixes are `component:`, `layer:`, `tag:`, `package:`, `bin:`, `test:`, `example:`, `bench:`, `build:`; segments of a path are joined by `::`)
via = "component:a"
"#,
        &[],
    );
}

#[test]
fn syntax_errors_do_not_hide_other_mistakes() {
    let text = "[components.a]\nmodules = [\"a\"\n\n[[forbidd]]\nfrom = \"a\"\n";
    let (_, diagnostics) = check::setup(text);
    assert!(diagnostics.iter().any(|d| d.code.name == "toml-syntax"), "{diagnostics:?}");
}

#[test]
fn a_mistake_in_a_selector_points_at_its_character() {
    let (_, diagnostics) = check::setup("[[forbid]]\nfrom = [\"a\", \"b::c.d\"]\nto = \"x\"\n");
    let span = diagnostics[0].span.unwrap();
    assert_eq!((span.start.line, span.start.column, span.end.column), (2, 19, 20));
}

#[test]
fn a_single_table_is_not_a_rule() {
    mistakes(
        "[forbid] #~ expected a list of tables, found a table (write `[[forbid]]`: each such table is one rule)\nfrom = \"a\"\n",
        &[],
    );
}

#[test]
fn manifests_declare_components() {
    let packages = [
        package("shop-core", serde_json::json!({ "layer": "domain", "depends-on": [] })),
        package("shop-web", serde_json::json!({ "name": "web", "modles": [] })),
    ];
    let (setup, diagnostics) = check::setup(Declarations { packages: &packages, ..Declarations::default() });
    let names: Vec<&str> = setup.config.components.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["shop-core", "web"]);
    assert_eq!(setup.config.components[0].modules.to_string(), "package:shop-core");
    assert_eq!(diagnostics.len(), 1);
    assert_eq!((diagnostics[0].file.as_deref(), diagnostics[0].span), (Some("shop-web/Cargo.toml"), None));
    assert_eq!(diagnostics[0].help.as_deref(), Some("did you mean `modules`?"));
}

#[test]
fn both_sides_of_a_merge_are_one_mistake() {
    let text = "<<<<<<< HEAD\n[[forbid]]\nfrom = \"a\"\n=======\n[[frobid]]\n>>>>>>> other\n";
    let (_, diagnostics) = check::setup(text);
    let found: Vec<_> = diagnostics.iter().map(|d| (d.code.name, d.span.unwrap().start.line)).collect();
    assert_eq!(found, [("merge-conflict", 1)], "{diagnostics:?}");
}
