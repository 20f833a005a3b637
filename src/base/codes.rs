//! The codes of diagnostics: every kind of problem in the input, each with its text for `archlint
//! explain`.
//!
//! Every diagnostic is created with one of these codes, so each has an explanation. The codes of
//! findings are the kinds of rules, which have registries of their own; the codes of findings about
//! waivers and the baseline belong to no rule kind and are defined here.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The name of a kind of diagnostic, and its explanation.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// The name, as shown in brackets.
    pub name: &'static str,
    /// The problem, in one line.
    pub summary: &'static str,
    /// The reason for the diagnostic, and what to do about it.
    pub docs: &'static str,
    /// Text that causes the diagnostic, or a correct form of it; may be empty.
    pub example: &'static str,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

impl Code {
    /// Returns the code with the given name.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().copied().find(|code| code.name == name)
    }
}

/// Serializes a code as its name.
pub(super) fn serialize<S: Serializer>(code: &&'static Code, serializer: S) -> Result<S::Ok, S::Error> {
    code.name.serialize(serializer)
}

/// Deserializes a code from its name.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static Code, D::Error> {
    let name = String::deserialize(deserializer)?;
    Code::named(&name).ok_or_else(|| de::Error::custom(format!("there is no code `{name}`")))
}

/// Defines the codes, and [`ALL`] as the list of them.
macro_rules! codes {
    ($($code:ident = $name:literal, $summary:literal, $docs:expr, $example:literal;)*) => {
        $(
            #[doc = $summary]
            pub const $code: &Code = &Code { name: $name, summary: $summary, docs: $docs, example: $example };
        )*

        /// All codes, sorted by name.
        pub const ALL: &[&Code] = &[$($code),*];
    };
}

codes! {
    BASELINE = "baseline",
        "archlint-baseline.toml, the findings that are known and not yet fixed",
        include_str!("codes/baseline.txt"),
        "";
    BROKEN_MANIFEST = "broken-manifest",
        "a manifest cannot be read as cargo would read it",
        "The file is not valid TOML, or not a manifest that cargo accepts. The message gives the place. cargo\n\
         refuses such a manifest, too.",
        "";
    CARGO_UNAVAILABLE = "cargo-unavailable",
        "cargo could not describe the workspace",
        "The manifests were read without cargo, by cargo's rules. The result differs only for rare manifests.\n\
         This message is shown so that such a difference can be explained.",
        "";
    CIRCULAR_MODULES = "circular-modules",
        "a file is a module of itself",
        "A `#[path]` leads to a file that is already a module above it. rustc refuses this; the inner module\n\
         is left out.",
        "// src/a.rs\n#[path = \"a.rs\"]\nmod again;";
    COMPONENT_COST = "component-cost",
        "the wildcards of components are too many for the modules of the workspace",
        "Each wildcard is tested against each module. Beyond 100 million tests, nothing is checked. Describe\n\
         components by paths without wildcards.",
        "[components.billing]\nmodules = [\"shop::billing\"]";
    COMPONENT_ITSELF = "component-itself",
        "a component lists itself",
        "`depends-on` and `visible-to` list other components. A component may always use itself.",
        "[components.billing]\nmodules = [\"billing\"]\ndepends-on = [\"billing\"] # remove it";
    COMPONENT_MODULES = "component-modules",
        "a component is defined by another component, a layer or a tag",
        "`modules` takes paths and packages. Layers and tags are attributes of components, so a component\n\
         that is selected by one would be defined by itself.",
        "[components.billing]\nmodules = [\"shop::billing\", \"package:billing-core\"]";
    COMPONENT_OVERLAP = "component-overlap",
        "a module belongs to two components equally",
        "Components may nest: a module belongs to the component with the closest description, which is the\n\
         longer path or the one with fewer wildcards. Here two descriptions are equally close. Make one of\n\
         them more specific, or exclude the module from it with `!`.",
        "[components.shop]\nmodules = [\"shop\", \"!shop::billing\"]";
    DOCTEST = "doctest",
        "a doctest cannot be parsed",
        "With test code, the code in documentation counts as rustdoc compiles it. This block does not parse, as Rust,\n\
         so dependencies in it are unknown: the check reports it as `unread`. Say behind the fence what the block\n\
         is: `text`, `ignore` or `compile_fail`, or the name of another language.",
        "/// ```text\n/// not Rust\n/// ```";
    DUPLICATE_COMPONENT = "duplicate-component",
        "a component is declared twice",
        "Declare a component once: in `archlint.toml`, or in `[package.metadata.archlint]` of its package.",
        "";
    DUPLICATE_ID = "duplicate-id",
        "two rules have the same id",
        "Waivers, baselines and reports refer to a rule by its id, so each rule needs its own. The id of a\n\
         rule without `id` is its kind, so only one rule of a kind can go without.",
        "[[forbid]]\nid = \"domain-stays-pure\"\nfrom = \"layer:domain\"\nto = \"sqlx\"";
    EMPTY_LIST = "empty-list",
        "a list is empty where an empty list has no meaning",
        "An empty list always means \"nothing\", never \"anything\". Here, a rule about nothing would always\n\
         pass. Remove the key to get its default, or list what the rule is about.",
        "";
    EMPTY_SELECTOR = "empty-selector",
        "a selector has only exclusions",
        "`!` excludes modules from those that the other terms select. Put the other terms first; `**` selects\n\
         everything.",
        "from = [\"**\", \"!shop::api\"]";
    EXTENDS = "extends",
        "a file that `extends` names cannot be read",
        "Paths are relative to the file that names them, and must stay inside the workspace, so that changes\n\
         to the rules are reviewed with the code. Packs are given by name.",
        "extends = [\"health-data\", \"architecture/shared.toml\"]";
    EXTENDS_CYCLE = "extends-cycle",
        "configurations extend each other in a cycle",
        "A file cannot extend itself, directly or through others. Move what two files share to a third.",
        "";
    GLOB_LIMIT = "glob-limit",
        "glob imports bring more names than are followed",
        "Where modules import all of each other in chains and cycles, the number of names multiplies. Beyond\n\
         some millions of names, those that only a glob import brings are unknown. Import single names where\n\
         the chains are long.",
        "";
    GLOB_SYNTAX = "glob-syntax",
        "a file glob is invalid",
        "Files are matched by globs with `/`, relative to the workspace root: `*` within a name, `**` across folders, `{a,b}`.",
        "[analysis]\nexclude = [\"vendor/**\", \"**/generated_*.rs\"]";
    INCOMPLETE_COMPARISON = "incomplete-comparison",
        "a check since a revision could not compare all findings",
        "Rules reached a limit, or a changed file was not read, in the revision or in the work tree. A finding behind it may be new,\n\
         so the check fails. Neither a waiver nor the baseline accepts this.",
        "";
    INFERENCE_LIMIT = "inference-limit",
        "the inference of types was stopped",
        "The types of values are inferred with a number of steps that is a multiple of the size of the file.\n\
         Real code takes a small part of it; types that double with each step, or functions with thousands of\n\
         generic parameters that are called thousands of times, exceed it. The rest of the methods and fields\n\
         in the file are unknown.",
        "";
    INVALID_PATH = "invalid-path",
        "a path of the workspace is not valid Unicode",
        "archlint names modules and files in text, and such a path cannot be written as text. Rename the\n\
         folder.",
        "";
    INVALID_UTF8 = "invalid-utf8",
        "a source file is not valid UTF-8",
        "rustc refuses such a file. Its content is left out; the module itself is kept.",
        "";
    LAYERS_ORDER = "layers-order",
        "`order` is not an order of layers",
        "An order lists two layers or more, each once, the highest first. An inner list holds layers of equal\n\
         height.",
        "[[layers]]\norder = [\"interface\", [\"domain\", \"policy\"], \"infrastructure\"]";
    LAYERS_WITHIN = "layers-within",
        "a container of layers cannot be told apart from others",
        "`within` repeats the layers inside each container. A container is a path, and its captures tell it\n\
         apart from the others; the layers in it are paths relative to it.",
        "[[layers]]\norder = [\"api\", \"domain\"]\nwithin = \"shop::{ctx}\"";
    MACRO_ARGUMENTS = "macro-arguments",
        "the arguments of a macro were not read completely",
        "The use of its arguments by a macro that is not expanded is guessed, within limits of depth and\n\
         effort. Names in the rest of the arguments are unknown.",
        "";
    MACRO_LIMIT = "macro-limit",
        "the expansion of a macro was stopped",
        "A `macro_rules!` macro expands without end, or to more than the limits allow; or all macros of the\n\
         workspace do together, with the files that `#[path]` and `include!` take in several times. The limit\n\
         of all together is eight million tokens, plus four for each token of the source. The rest of the\n\
         expansion is unknown, and paths to it are unresolved.",
        "";
    MANIFEST_IN_SUBMODULE = "manifest-in-submodule",
        "a member of the workspace lies in a git submodule",
        "A revision is read from the objects of its repository, and the objects of a submodule are in another\n\
         one. The package is left out, and references to it count as external.",
        "";
    MERGE_CONFLICT = "merge-conflict",
        "a file contains both sides of a merge",
        "Git has left conflict markers (`<<<<<<<`, `=======`, `>>>>>>>`), because two branches changed the\n\
         same lines. Nothing of the file is read. Resolve the conflict. In a baseline, keep the entries of\n\
         both sides and run `archlint baseline`, which removes those that are fixed; with\n\
         `archlint-baseline.toml merge=union` in .gitattributes, git keeps both sides by itself.",
        "";
    MISSING_KEY = "missing-key",
        "a table lacks a required key",
        "`archlint explain KIND` lists the keys of a kind of rule.",
        "[[forbid]]\nfrom = \"layer:domain\"\nto = \"sqlx\"";
    MISSING_MANIFEST = "missing-manifest",
        "there is no manifest",
        "archlint reads the manifest at `--manifest-path`, or else the nearest `Cargo.toml` in the current\n\
         folder or above.",
        "";
    MISSING_MEMBER = "missing-member",
        "a member of the workspace has no manifest",
        "`[workspace] members` and path dependencies name folders that hold a `Cargo.toml`.",
        "[workspace]\nmembers = [\"crates/*\"]";
    MISSING_MODULE_FILE = "missing-module-file",
        "the file of a `mod` is missing",
        "The module counts as absent, and paths into it are unresolved. A build script may write the file;\n\
         archlint runs no build scripts.",
        "mod billing; // src/billing.rs or src/billing/mod.rs";
    MODULE_OUTSIDE_WORKSPACE = "module-outside-workspace",
        "a module's file is outside the workspace",
        "A `#[path]` or a symbolic link leads out of the workspace, and not to Rust source of the same git repository. A repository is\n\
         untrusted text, so it is not followed.",
        "#[path = \"../../elsewhere/secret.rs\"]\nmod secret;";
    MODULE_TOO_DEEP = "module-too-deep",
        "modules are nested too deeply",
        "A module that is more than 128 levels deep, or whose path is longer than 2,048 bytes, is not a\n\
         module of its own: the content of an inline module counts for the module around it, and a file is\n\
         left out. Real modules are less than ten levels deep.",
        "";
    NEW_PERMISSION = "new-permission",
        "a change permits more than the revision that it is compared with",
        "`archlint check --since REV --permissions` reports code that the rules of the revision forbid and today's permit, rules that\n\
         were removed or are less severe, new waivers, and new entries of the baseline. Such a change is a decision about the\n\
         architecture: the people who own it should see it. Neither a waiver nor the baseline accepts this.",
        "";
    NOT_A_MANIFEST = "not-a-manifest",
        "the manifest path is a folder",
        "`--manifest-path` takes the path of a `Cargo.toml`.",
        "";
    NOT_A_MEMBER = "not-a-member",
        "a package is in a workspace but not a member of it",
        "cargo refuses this, too. Add the package to `members`, or to `exclude` if it is to be a workspace of\n\
         its own.",
        "[workspace]\nmembers = [\"crates/*\"]\nexclude = [\"fixtures\"]";
    NOT_A_WORKSPACE = "not-a-workspace",
        "`package.workspace` does not lead to a workspace",
        "`package.workspace` names the folder of a manifest that has `[workspace]`.",
        "";
    RULE_ID = "rule-id",
        "the id of a rule is invalid or reserved",
        "An id consists of letters, digits, `-`, `_`, `.` and `/`. The names of the rules that components\n\
         imply are reserved.",
        "[[forbid]]\nid = \"domain-stays-pure\"\nfrom = \"layer:domain\"\nto = \"sqlx\"";
    SELECTOR_SYNTAX = "selector-syntax",
        "a selector is invalid",
        "A selector is a path (`shop::billing`, a module with all beneath it; `=shop::billing`, the module\n\
         alone), with `*` for one segment, `**` for any number of segments, and `{ctx}` to capture one; or\n\
         `component:`, `layer:`, `tag:` or `package:` with a name; or the kind of a target and a path\n\
         (`bin:shop::cli`). `!` in front excludes.",
        "from = [\"shop::{ctx}::domain\", \"!shop::legacy\"]";
    SIGNATURES = "signatures",
        "a file of `signatures` is not used",
        "Files of `signatures` under `[analysis]` describe crates outside the workspace. Each is named after the crate\n\
         of a dependency, and holds the whole crate in Rust syntax, with empty bodies. Without the file, the types of\n\
         values from that crate are unknown.",
        "[analysis]\nsignatures = [\"signatures/*.rs\"]";
    SYNTAX = "syntax",
        "a source file cannot be parsed",
        "The module of the file exists, but its content is unknown: no rule finds a violation there, and\n\
         paths into it are unresolved. Other files are not affected.",
        "";
    TOML_SYNTAX = "toml-syntax",
        "the file is not valid TOML",
        "The parts that could be read were checked, too, so that one run shows all errors.",
        "";
    TOO_DEEP = "too-deep",
        "a source file is nested too deeply",
        "Parsing it could overflow the stack, so its content is left out. The usual cause is generated code:\n\
         exclude the file, or split its deepest expression.",
        "[analysis]\nexclude = [\"src/generated/**\"]";
    TOO_MANY_FINDINGS = "too-many-findings",
        "rules were not checked because the rules before them reached a limit",
        "A check ends after more than 100,000 findings, or after 200 million tests of a wildcard in a selector against a module.\n\
         A finding with many places or dependencies counts as several. A rule has no result if the search for its chains, or the\n\
         comparison of its captures, takes more than 50 million steps. The findings of these rules are unknown, so `archlint\n\
         baseline` keeps their entries, and `archlint drift --fail-on` fails. Narrow the selectors.",
        "";
    TOO_MANY_MEANINGS = "too-many-meanings",
        "a name has more meanings in one scope than archlint keeps",
        "`cfg` conditions can give a name several meanings at once, rarely more than a dozen. Beyond the limit, the remaining\n\
         meanings are ignored, so their dependencies are unknown. Give the items under these conditions different names.",
        "";
    TOO_MANY_MODULES = "too-many-modules",
        "one file is the source of too many modules",
        "With `#[path]`, one file can be the source of many modules. Those beyond a limit are left out.",
        "";
    UNKNOWN_COMPONENT = "unknown-component",
        "a component is not declared",
        "Components are declared as `[components.NAME]`, or by packages in `[package.metadata.archlint]`.",
        "[components.ledger]\nmodules = [\"ledger\"]\n\n[components.billing]\nmodules = [\"billing\"]\ndepends-on = [\"ledger\"]";
    UNKNOWN_EDITION = "unknown-edition",
        "a manifest names an unknown edition",
        "The newest edition that archlint knows is used instead.",
        "";
    UNKNOWN_KEY = "unknown-key",
        "a table has an unknown key",
        "An unknown key is an error, because a misspelt rule would never be checked. `archlint explain KIND`\n\
         lists the keys of a kind of rule.",
        "";
    UNKNOWN_LAYER = "unknown-layer",
        "no component has the layer",
        "Components declare their layer with the key `layer`.",
        "[components.billing]\nmodules = [\"billing\"]\nlayer = \"domain\"";
    UNKNOWN_PACK = "unknown-pack",
        "there is no such pack of rules",
        "`extends` takes the names of packs that come with archlint, and paths to files.",
        "extends = [\"modular-monolith\"]";
    UNKNOWN_RULE = "unknown-rule",
        "a table changes a rule that no extended file has",
        "A table that has an `id` but lacks required keys of its kind changes the extended rule of that kind\n\
         and id. The id may be misspelt, or the pack may have been removed from `extends`.",
        "extends = [\"onion\"]\n\n[[layers]]\nid = \"rings-point-inward\"\nseverity = \"warn\"";
    UNKNOWN_SELECTOR = "unknown-selector",
        "`optional` lists a selector that the rule does not have",
        "`optional` lists the selectors of the same rule that may select nothing. A misspelt selector there\n\
         would have no effect.",
        "[[forbid]]\nfrom = \"layer:domain\"\nto = [\"sqlx\", \"diesel\"]\noptional = [\"diesel\"]";
    UNKNOWN_TABLE = "unknown-table",
        "the configuration has an unknown table or key",
        "The top level has `extends`, `[analysis]`, `[components.NAME]`, `[coverage]`, `[baseline]`, and one\n\
         `[[KIND]]` for each rule.",
        "";
    UNKNOWN_TAG = "unknown-tag",
        "no component has the tag",
        "Components declare their tags with the key `tags`.",
        "[components.records]\nmodules = [\"records\"]\ntags = [\"phi\"]";
    UNKNOWN_VALUE = "unknown-value",
        "a key has an unknown value",
        "The message lists the known values.",
        "severity = \"warn\" # error, warn, info or off";
    UNLISTED_FOLDER = "unlisted-folder",
        "a folder cannot be listed",
        "`[[orphan]]` does not report source files in this folder that no `mod` reaches.",
        "";
    UNREADABLE_CRATE = "unreadable-crate",
        "the root file of a target cannot be read",
        "The whole crate is left out, and paths into it are unresolved.",
        "";
    UNREADABLE_INCLUDE = "unreadable-include",
        "the file of an `include!` cannot be read",
        "The items in it are unknown, and paths to them are unresolved.",
        "include!(\"tables.rs\");";
    UNREADABLE_MANIFEST = "unreadable-manifest",
        "a manifest cannot be opened",
        "The path is a folder or a device, or the file is too large, outside the workspace, or not readable\n\
         for this user.",
        "";
    UNREADABLE_MODULE = "unreadable-module",
        "a module's file cannot be read",
        "The path is a folder or a device, or the file is too large or not readable for this user. The module\n\
         counts as absent.",
        "";
    UNUSED_NAME = "unused-name",
        "no rule uses a layer or tag, but one uses a similar name",
        "A pack ignores layers and tags that no component has, so a misspelt one would be left unchecked\n\
         without a message.",
        "";
    WAIVER = "waiver",
        "a comment in the source that permits a violation of a rule, with a reason",
        include_str!("codes/waiver.txt"),
        "";
    WRONG_TYPE = "wrong-type",
        "a key has a value of the wrong type",
        "The message gives the expected and the actual type.",
        "to = [\"sqlx\", \"reqwest\"]";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_listed_once_by_name() {
        let names: Vec<&str> = ALL.iter().map(|code| code.name).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
        assert!(ALL.iter().all(|code| Code::named(code.name) == Some(*code) && !code.docs.is_empty()));
    }

    #[test]
    fn a_code_survives_being_written_down() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Kept(#[serde(with = "super")] &'static Code);
        let kept = postcard::to_stdvec(&Kept(SYNTAX)).expect("it can be written");
        assert_eq!(postcard::from_bytes::<Kept>(&kept).expect("it can be read"), Kept(SYNTAX));
        let other = postcard::to_stdvec("no-such-code").expect("it can be written");
        assert!(postcard::from_bytes::<Kept>(&other).is_err());
    }
}
