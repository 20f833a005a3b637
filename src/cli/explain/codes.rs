//! What the codes mean that are no kinds of rule: those of mistakes in the configuration, of what was wrong with the source,
//! and of findings about waivers and the baseline. A test holds the list against the source: each code that is used is here.

use std::fmt::Write as _;

use crate::judge::check::{baseline, waiver};

/// A code.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// As it stands in brackets.
    pub name: &'static str,
    /// What is wrong, in one line.
    pub summary: &'static str,
    /// Why that is said, and what to do.
    pub docs: &'static str,
    /// What it is said of, or how to write it right; may be empty.
    pub example: &'static str,
}

const fn code(name: &'static str, summary: &'static str, docs: &'static str, example: &'static str) -> Code {
    Code { name, summary, docs, example }
}

/// All of them, by name.
pub const CODES: &[Code] = &[
    code(
        "baseline",
        "archlint-baseline.toml, the findings that are known and not mended yet",
        baseline::DOCS,
        "",
    ),
    code(
        "cargo-unavailable",
        "cargo could not describe the workspace",
        "The manifests were read without cargo, by its rules. That is as good for all but rare manifests; it is said so that\n\
         a difference can be explained.",
        "",
    ),
    code(
        "circular-modules",
        "a file is a module within itself",
        "A `#[path]` leads back to a file that is already a module further up. rustc refuses it; the inner one is left out.",
        "// src/a.rs\n#[path = \"a.rs\"]\nmod again;",
    ),
    code(
        "component-itself",
        "a component names itself",
        "`depends-on` and `visible-to` speak of other components; a component may always use itself.",
        "[components.billing]\nmodules = [\"billing\"]\ndepends-on = [\"billing\"] # remove it",
    ),
    code(
        "component-modules",
        "a component is made of another component, a layer or a tag",
        "Which modules a component has is said by paths and packages: layers and tags are attributes of components, so one\n\
         made of them would define itself by itself.",
        "[components.billing]\nmodules = [\"shop::billing\", \"package:billing-core\"]",
    ),
    code(
        "component-overlap",
        "a module belongs to two components alike",
        "Components may nest, and the closer description owns a module: the longer path, or the one with fewer wildcards. Here\n\
         two are equally close. Say one of them more closely, or exclude the module from it with `!`.",
        "[components.shop]\nmodules = [\"shop\", \"!shop::billing\"]",
    ),
    code(
        "duplicate-component",
        "a component is declared twice",
        "A component is declared once: in `archlint.toml`, or in `[package.metadata.archlint]` of its package.",
        "",
    ),
    code(
        "duplicate-id",
        "two rules have the same id",
        "Waivers, baselines and reports call a rule by its id, so each needs its own. A rule without `id` goes by its kind,\n\
         which can be the id of one rule only.",
        "[[forbid]]\nid = \"domain-stays-pure\"\nfrom = \"layer:domain\"\nto = \"sqlx\"",
    ),
    code(
        "empty-list",
        "a list is empty where that would mean nothing",
        "An empty list always means \"nothing\", never \"anything\". Here a rule of nothing would hold whatever the code does. Leave\n\
         the key out for its default, or say what is meant.",
        "",
    ),
    code(
        "empty-selector",
        "a selector only takes away",
        "`!` takes modules away from what the other terms select. Put those first; `**` is everything.",
        "from = [\"**\", \"!shop::api\"]",
    ),
    code(
        "extends",
        "a file that `extends` names cannot be read",
        "Paths are relative to the file that names them, and stay inside the workspace: what holds a check to account must be\n\
         under the same review as the code. Packs go by their names.",
        "extends = [\"health-data\", \"architecture/shared.toml\"]",
    ),
    code(
        "extends-cycle",
        "configurations extend each other in a circle",
        "Each file stands on those that it extends, so none can stand on itself. What two files share belongs in a third.",
        "",
    ),
    code(
        "glob-limit",
        "globs bring more names than are followed",
        "Modules that import all of each other in chains and rings multiply the names that each of them has. Beyond some millions of\n\
         them it is not known what a name means that only a glob brings. Name what is imported where the chains are long.",
        "",
    ),
    code(
        "glob-syntax",
        "a file glob cannot be read",
        "Files are matched by globs with `/`, relative to the workspace root: `*` within a name, `**` across folders, `{a,b}`.",
        "[analysis]\nexclude = [\"vendor/**\", \"**/generated_*.rs\"]",
    ),
    code(
        "invalid-utf8",
        "a source file is not valid UTF-8",
        "rustc would refuse it. Its content is left out; the module itself is there.",
        "",
    ),
    code(
        "layers-order",
        "the order of layers is none",
        "An order needs two layers or more, each of them once, the highest first. An inner list holds layers beside each other.",
        "[[layers]]\norder = [\"interface\", [\"domain\", \"policy\"], \"infrastructure\"]",
    ),
    code(
        "layers-within",
        "a container of layers is no path that can be told apart",
        "`within` repeats the layers inside each container. Containers are paths, told apart by what they capture; the layers in\n\
         them are paths relative to one.",
        "[[layers]]\norder = [\"api\", \"domain\"]\nwithin = \"shop::{ctx}\"",
    ),
    code(
        "macro-arguments",
        "the arguments of a macro were not read to the end",
        "What a macro that is not expanded makes of its arguments is guessed, and that has bounds of depth and work. What the rest of\n\
         them names is unknown.",
        "",
    ),
    code(
        "macro-limit",
        "a macro's expansion was ended",
        "A `macro_rules!` macro expands without end, or to more than the bounds allow. What it would have gone on to write is\n\
         unknown, and paths to it are unresolved.",
        "",
    ),
    code(
        "manifest-in-submodule",
        "a member of the workspace lies in a git submodule",
        "A revision is read from the repository's own objects, and a submodule's are in another repository. Its package is\n\
         left out, and what other members use of it is taken for external.",
        "",
    ),
    code(
        "merge-conflict",
        "the file has both sides of a merge",
        "Git has left its marks (`<<<<<<<`, `=======`, `>>>>>>>`) because two branches changed the same lines. Nothing of the file is\n\
         read. Make one text of the two sides. Of a baseline, keep the entries of both sides and run `archlint baseline`, which\n\
         drops those that have gone; `archlint-baseline.toml merge=union` in .gitattributes does the first half by itself.",
        "",
    ),
    code(
        "missing-key",
        "a table lacks a key that it needs",
        "`archlint explain KIND` lists the keys of a rule's kind.",
        "[[forbid]]\nfrom = \"layer:domain\"\nto = \"sqlx\"",
    ),
    code(
        "missing-module-file",
        "a `mod` has no file",
        "The module counts as not there, and paths into it are unresolved. A build script may write the file later; archlint\n\
         runs none.",
        "mod billing; // src/billing.rs or src/billing/mod.rs",
    ),
    code(
        "module-outside-workspace",
        "a module's file is outside the workspace",
        "A `#[path]` or a symbolic link leads out of the workspace. A repository is untrusted text, so it is not followed.",
        "#[path = \"../../elsewhere/secret.rs\"]\nmod secret;",
    ),
    code(
        "module-too-deep",
        "modules nest deeper than they are told apart",
        "A module that is more than 128 deep, or whose path is longer than 2,048 bytes, is no module of its own: what an inline one has\n\
         in it counts for the module around it, and a file is left out. Real modules stay below ten.",
        "",
    ),
    code(
        "rule-id",
        "an id is no id, or taken",
        "An id is made of letters, digits, `-`, `_`, `.` and `/`. The names of the rules that components imply are taken.",
        "[[forbid]]\nid = \"domain-stays-pure\"\nfrom = \"layer:domain\"\nto = \"sqlx\"",
    ),
    code(
        "selector-syntax",
        "a selector cannot be read",
        "A selector is a path (`shop::billing`, with all beneath it; `=shop::billing`, alone), with `*` for one segment, `**`\n\
         for any number and `{ctx}` to bind one; or `component:`, `layer:`, `tag:` or `package:` with a name; or a target's kind and a\n\
         path (`bin:shop::cli`). `!` in front takes away.",
        "from = [\"shop::{ctx}::domain\", \"!shop::legacy\"]",
    ),
    code(
        "syntax",
        "a source file does not parse",
        "Its modules are there, but what they contain is unknown: nothing in it can break a rule, and paths into it are\n\
         unresolved. The other files are not affected.",
        "",
    ),
    code(
        "toml-syntax",
        "the file is no TOML",
        "All that could be read was checked too, so that one run shows all mistakes.",
        "",
    ),
    code(
        "too-deep",
        "a source file nests too deeply",
        "Parsing it would take more stack than there is, so its content is left out. Generated code is the usual cause; exclude\n\
         it, or break its deepest expression into parts.",
        "[analysis]\nexclude = [\"src/generated/**\"]",
    ),
    code(
        "too-many-modules",
        "one file is too many modules",
        "`#[path]` makes one file a module many times over; beyond a bound, further ones are left out.",
        "",
    ),
    code(
        "unknown-component",
        "a component is named that is not declared",
        "The names are those of `[components.NAME]`, and of packages with `[package.metadata.archlint]`.",
        "[components.ledger]\nmodules = [\"ledger\"]\n\n[components.billing]\nmodules = [\"billing\"]\ndepends-on = [\"ledger\"]",
    ),
    code(
        "unknown-edition",
        "a manifest names an edition that is not known",
        "The newest known one is taken instead.",
        "",
    ),
    code(
        "unknown-key",
        "a table has a key that it does not know",
        "A key that nobody reads is a rule that nobody checks. `archlint explain KIND` lists the keys of a rule's kind.",
        "",
    ),
    code(
        "unknown-layer",
        "a layer is named that no component has",
        "A component says its layer itself.",
        "[components.billing]\nmodules = [\"billing\"]\nlayer = \"domain\"",
    ),
    code(
        "unknown-pack",
        "there is no such pack of rules",
        "`extends` takes the names of packs that come with archlint, and paths to files.",
        "extends = [\"modular-monolith\"]",
    ),
    code(
        "unknown-rule",
        "a table changes a rule that no extended file has",
        "A table that has an `id` and lacks what its kind needs is read as a change to an extended rule of that kind and id. The id\n\
         may be misspelt, or the pack may have been taken out of `extends`.",
        "extends = [\"onion\"]\n\n[[layers]]\nid = \"rings-point-inward\"\nseverity = \"warn\"",
    ),
    code(
        "unknown-selector",
        "`optional` lists a selector that the rule has not",
        "`optional` says which of the rule's own selectors need not select anything. One that is not the rule's would leave the one\n\
         that was meant strict.",
        "[[forbid]]\nfrom = \"layer:domain\"\nto = [\"sqlx\", \"diesel\"]\noptional = [\"diesel\"]",
    ),
    code(
        "unknown-table",
        "the configuration has a table or key that it does not know",
        "At the top stand `extends`, `[analysis]`, `[components.NAME]`, `[coverage]`, `[baseline]`, and one `[[KIND]]` for each rule.",
        "",
    ),
    code(
        "unknown-tag",
        "a tag is named that no component has",
        "A component says its tags itself.",
        "[components.records]\nmodules = [\"records\"]\ntags = [\"phi\"]",
    ),
    code(
        "unknown-value",
        "a key has a value that it does not know",
        "The message says which it knows.",
        "severity = \"warn\" # error, warn, info or off",
    ),
    code(
        "unlisted-folder",
        "a folder cannot be listed",
        "Source files in it that no `mod` reaches are not known, so `[[orphan]]` says nothing of them.",
        "",
    ),
    code(
        "unreadable-crate",
        "the root file of a target cannot be read",
        "The whole crate is left out; what depends on it is unresolved there.",
        "",
    ),
    code(
        "unreadable-include",
        "the file of an `include!` cannot be read",
        "Its items are unknown, and paths to them are unresolved.",
        "include!(\"tables.rs\");",
    ),
    code(
        "unreadable-module",
        "a module's file cannot be read",
        "It is a folder or a device, too large, or closed to this user. The module counts as not there.",
        "",
    ),
    code(
        "unused-name",
        "no rule speaks of a layer or tag, though one speaks of nearly the same",
        "A pack passes over layers and tags that nobody declares, so a misspelt one would go unguarded without a word.",
        "",
    ),
    code(
        "waiver",
        "a comment in the source that allows what a rule forbids, with a reason",
        waiver::DOCS,
        "",
    ),
    code(
        "wrong-type",
        "a key has a value of another type than it takes",
        "The message says what was expected and what was found.",
        "to = [\"sqlx\", \"reqwest\"]",
    ),
];

/// The code of that name.
pub fn find(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.name == name)
}

/// All there is to say of a code.
pub fn explain(code: &Code) -> String {
    let mut text = format!("{}: {}\n\n{}\n", code.name, code.summary, code.docs.trim_end());
    if !code.example.is_empty() {
        text.push_str("\nExample:\n\n");
        for line in code.example.lines() {
            // A String takes all that is written.
            let _ = writeln!(text, "{}", format!("    {line}").trim_end());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    /// Files that choose a code first and use it by name, with the codes to choose from.
    const CHOSEN: &[(&str, &[&str])] = &[
        ("src/judge/config/document.rs", &["duplicate-id", "rule-id"]),
        ("src/judge/rules/mod.rs", &["unknown-component", "unknown-layer", "unknown-tag"]),
        ("src/base/diagnostic.rs", &[]),
    ];

    /// The text after each call that makes a diagnostic, outside of tests, and whether the code is written there.
    fn used_in(file: &str, text: &str, codes: &mut BTreeSet<String>) {
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let starts = ["Diagnostic::error(", "Diagnostic::warn(", "Self::error(", "CODE: &str ="];
        for start in starts {
            for (at, _) in text.match_indices(start) {
                let argument = text[at + start.len()..].trim_start();
                match argument.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                    Some(code) => drop(codes.insert(code.to_owned())),
                    None => {
                        let chosen = CHOSEN.iter().find(|(name, _)| *name == file);
                        let (_, chosen) =
                            chosen.unwrap_or_else(|| panic!("{file}: which code is {argument:.40}"));
                        codes.extend(chosen.iter().map(|code| (*code).to_owned()));
                    }
                }
            }
        }
    }

    #[test]
    fn every_code_that_is_used_is_explained_and_no_other() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut used = BTreeSet::new();
        let files = walkdir::WalkDir::new(root.join("src")).into_iter().filter_map(Result::ok);
        for file in files.filter(|f| f.path().extension().is_some_and(|e| e == "rs")) {
            let name =
                file.path().strip_prefix(root).expect("beneath it").to_string_lossy().replace('\\', "/");
            if !name.contains("tests") && !name.ends_with("codes.rs") {
                used_in(&name, &fs::read_to_string(file.path()).expect("readable"), &mut used);
            }
        }
        let explained: Vec<&str> = CODES.iter().map(|code| code.name).collect();
        assert_eq!(
            used.into_iter().collect::<Vec<_>>(),
            explained,
            "used, and explained by name in this order"
        );
    }

    #[test]
    fn a_code_is_no_kind() {
        let kinds = crate::judge::rules::KINDS.iter().map(|kind| kind.name);
        assert_eq!(kinds.filter(|name| find(name).is_some()).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
