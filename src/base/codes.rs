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
        "archlint-baseline.toml, the findings that are known and not mended yet",
        include_str!("codes/baseline.txt"),
        "";
    BROKEN_MANIFEST = "broken-manifest",
        "a manifest cannot be read as cargo would",
        "cargo would refuse it, too: the file is not TOML, or not what cargo expects of a manifest. The message says where.",
        "";
    CARGO_UNAVAILABLE = "cargo-unavailable",
        "cargo could not describe the workspace",
        "The manifests were read without cargo, by its rules. That is as good for all but rare manifests; it is said so that\n\
         a difference can be explained.",
        "";
    CIRCULAR_MODULES = "circular-modules",
        "a file is a module within itself",
        "A `#[path]` leads back to a file that is already a module further up. rustc refuses it; the inner one is left out.",
        "// src/a.rs\n#[path = \"a.rs\"]\nmod again;";
    COMPONENT_ITSELF = "component-itself",
        "a component names itself",
        "`depends-on` and `visible-to` speak of other components; a component may always use itself.",
        "[components.billing]\nmodules = [\"billing\"]\ndepends-on = [\"billing\"] # remove it";
    COMPONENT_MODULES = "component-modules",
        "a component is made of another component, a layer or a tag",
        "Which modules a component has is said by paths and packages: layers and tags are attributes of components, so one\n\
         made of them would define itself by itself.",
        "[components.billing]\nmodules = [\"shop::billing\", \"package:billing-core\"]";
    COMPONENT_OVERLAP = "component-overlap",
        "a module belongs to two components alike",
        "Components may nest, and the closer description owns a module: the longer path, or the one with fewer wildcards. Here\n\
         two are equally close. Say one of them more closely, or exclude the module from it with `!`.",
        "[components.shop]\nmodules = [\"shop\", \"!shop::billing\"]";
    DUPLICATE_COMPONENT = "duplicate-component",
        "a component is declared twice",
        "A component is declared once: in `archlint.toml`, or in `[package.metadata.archlint]` of its package.",
        "";
    DUPLICATE_ID = "duplicate-id",
        "two rules have the same id",
        "Waivers, baselines and reports call a rule by its id, so each needs its own. A rule without `id` goes by its kind,\n\
         which can be the id of one rule only.",
        "[[forbid]]\nid = \"domain-stays-pure\"\nfrom = \"layer:domain\"\nto = \"sqlx\"";
    EMPTY_LIST = "empty-list",
        "a list is empty where that would mean nothing",
        "An empty list always means \"nothing\", never \"anything\". Here a rule of nothing would hold whatever the code does. Leave\n\
         the key out for its default, or say what is meant.",
        "";
    EMPTY_SELECTOR = "empty-selector",
        "a selector only takes away",
        "`!` takes modules away from what the other terms select. Put those first; `**` is everything.",
        "from = [\"**\", \"!shop::api\"]";
    EXTENDS = "extends",
        "a file that `extends` names cannot be read",
        "Paths are relative to the file that names them, and stay inside the workspace: what holds a check to account must be\n\
         under the same review as the code. Packs go by their names.",
        "extends = [\"health-data\", \"architecture/shared.toml\"]";
    EXTENDS_CYCLE = "extends-cycle",
        "configurations extend each other in a circle",
        "Each file stands on those that it extends, so none can stand on itself. What two files share belongs in a third.",
        "";
    GLOB_LIMIT = "glob-limit",
        "globs bring more names than are followed",
        "Modules that import all of each other in chains and rings multiply the names that each of them has. Beyond some millions of\n\
         them it is not known what a name means that only a glob brings. Name what is imported where the chains are long.",
        "";
    GLOB_SYNTAX = "glob-syntax",
        "a file glob cannot be read",
        "Files are matched by globs with `/`, relative to the workspace root: `*` within a name, `**` across folders, `{a,b}`.",
        "[analysis]\nexclude = [\"vendor/**\", \"**/generated_*.rs\"]";
    INVALID_PATH = "invalid-path",
        "a path of the workspace is not valid Unicode",
        "archlint names modules and files in text, and such a path has no text. Rename the folder.",
        "";
    INVALID_UTF8 = "invalid-utf8",
        "a source file is not valid UTF-8",
        "rustc would refuse it. Its content is left out; the module itself is there.",
        "";
    LAYERS_ORDER = "layers-order",
        "the order of layers is none",
        "An order needs two layers or more, each of them once, the highest first. An inner list holds layers beside each other.",
        "[[layers]]\norder = [\"interface\", [\"domain\", \"policy\"], \"infrastructure\"]";
    LAYERS_WITHIN = "layers-within",
        "a container of layers is no path that can be told apart",
        "`within` repeats the layers inside each container. Containers are paths, told apart by what they capture; the layers in\n\
         them are paths relative to one.",
        "[[layers]]\norder = [\"api\", \"domain\"]\nwithin = \"shop::{ctx}\"";
    MACRO_ARGUMENTS = "macro-arguments",
        "the arguments of a macro were not read to the end",
        "What a macro that is not expanded makes of its arguments is guessed, and that has bounds of depth and work. What the rest of\n\
         them names is unknown.",
        "";
    MACRO_LIMIT = "macro-limit",
        "a macro's expansion was ended",
        "A `macro_rules!` macro expands without end, or to more than the bounds allow; or all macros of the workspace do together, with\n\
         the files that `#[path]` and `include!` take in several times. The bound of all is eight million tokens, and four for\n\
         each that the source has itself. What they would have gone on to write is unknown, and paths to it are unresolved.",
        "";
    MANIFEST_IN_SUBMODULE = "manifest-in-submodule",
        "a member of the workspace lies in a git submodule",
        "A revision is read from the repository's own objects, and a submodule's are in another repository. Its package is\n\
         left out, and what other members use of it is taken for external.",
        "";
    MERGE_CONFLICT = "merge-conflict",
        "the file has both sides of a merge",
        "Git has left its marks (`<<<<<<<`, `=======`, `>>>>>>>`) because two branches changed the same lines. Nothing of the file is\n\
         read. Make one text of the two sides. Of a baseline, keep the entries of both sides and run `archlint baseline`, which\n\
         drops those that have gone; `archlint-baseline.toml merge=union` in .gitattributes does the first half by itself.",
        "";
    MISSING_KEY = "missing-key",
        "a table lacks a key that it needs",
        "`archlint explain KIND` lists the keys of a rule's kind.",
        "[[forbid]]\nfrom = \"layer:domain\"\nto = \"sqlx\"";
    MISSING_MANIFEST = "missing-manifest",
        "there is no manifest",
        "archlint starts at `--manifest-path`, or else at the nearest `Cargo.toml` from the current folder upward.",
        "";
    MISSING_MEMBER = "missing-member",
        "a member of the workspace has no manifest",
        "`[workspace] members` and path dependencies name folders that hold a `Cargo.toml`.",
        "[workspace]\nmembers = [\"crates/*\"]";
    MISSING_MODULE_FILE = "missing-module-file",
        "a `mod` has no file",
        "The module counts as not there, and paths into it are unresolved. A build script may write the file later; archlint\n\
         runs none.",
        "mod billing; // src/billing.rs or src/billing/mod.rs";
    MODULE_OUTSIDE_WORKSPACE = "module-outside-workspace",
        "a module's file is outside the workspace",
        "A `#[path]` or a symbolic link leads out of the workspace, and not to Rust source of the same git repository. A repository is\n\
         untrusted text, so it is not followed.",
        "#[path = \"../../elsewhere/secret.rs\"]\nmod secret;";
    MODULE_TOO_DEEP = "module-too-deep",
        "modules nest deeper than they are told apart",
        "A module that is more than 128 deep, or whose path is longer than 2,048 bytes, is no module of its own: what an inline one has\n\
         in it counts for the module around it, and a file is left out. Real modules stay below ten.",
        "";
    NOT_A_MANIFEST = "not-a-manifest",
        "the manifest path is a folder",
        "`--manifest-path` takes the path of a `Cargo.toml`.",
        "";
    NOT_A_MEMBER = "not-a-member",
        "a package lies in a workspace that it is not a member of",
        "cargo refuses it, too. Add it to `members`, or to `exclude` where it is to be a workspace of its own.",
        "[workspace]\nmembers = [\"crates/*\"]\nexclude = [\"fixtures\"]";
    NOT_A_WORKSPACE = "not-a-workspace",
        "a manifest names a root that is no workspace",
        "`package.workspace` names the folder of a manifest that has `[workspace]`.",
        "";
    RULE_ID = "rule-id",
        "an id is no id, or taken",
        "An id is made of letters, digits, `-`, `_`, `.` and `/`. The names of the rules that components imply are taken.",
        "[[forbid]]\nid = \"domain-stays-pure\"\nfrom = \"layer:domain\"\nto = \"sqlx\"";
    SELECTOR_SYNTAX = "selector-syntax",
        "a selector cannot be read",
        "A selector is a path (`shop::billing`, with all beneath it; `=shop::billing`, alone), with `*` for one segment, `**`\n\
         for any number and `{ctx}` to bind one; or `component:`, `layer:`, `tag:` or `package:` with a name; or a target's kind and a\n\
         path (`bin:shop::cli`). `!` in front takes away.",
        "from = [\"shop::{ctx}::domain\", \"!shop::legacy\"]";
    SYNTAX = "syntax",
        "a source file does not parse",
        "Its modules are there, but what they contain is unknown: nothing in it can break a rule, and paths into it are\n\
         unresolved. The other files are not affected.",
        "";
    TOML_SYNTAX = "toml-syntax",
        "the file is no TOML",
        "All that could be read was checked too, so that one run shows all mistakes.",
        "";
    TOO_DEEP = "too-deep",
        "a source file nests too deeply",
        "Parsing it would take more stack than there is, so its content is left out. Generated code is the usual cause; exclude\n\
         it, or break its deepest expression into parts.",
        "[analysis]\nexclude = [\"src/generated/**\"]";
    TOO_MANY_FINDINGS = "too-many-findings",
        "rules were not checked, since others have found so much",
        "A check ends after the rule with which there are more than 200,000 findings, and before those with which all rules together\n\
         would have more than 200 million modules to try. What the rules after it would find is unknown. Give rules less to select.",
        "";
    TOO_MANY_MEANINGS = "too-many-meanings",
        "a name means more things in one scope than are kept",
        "Conditions give a name several meanings at once, a dozen at the most. Of a name with far more it is not known what all\n\
         of them lead to. Give what is defined under so many conditions names of its own.",
        "";
    TOO_MANY_MODULES = "too-many-modules",
        "one file is too many modules",
        "`#[path]` makes one file a module many times over; beyond a bound, further ones are left out.",
        "";
    UNKNOWN_COMPONENT = "unknown-component",
        "a component is named that is not declared",
        "The names are those of `[components.NAME]`, and of packages with `[package.metadata.archlint]`.",
        "[components.ledger]\nmodules = [\"ledger\"]\n\n[components.billing]\nmodules = [\"billing\"]\ndepends-on = [\"ledger\"]";
    UNKNOWN_EDITION = "unknown-edition",
        "a manifest names an edition that is not known",
        "The newest known one is taken instead.",
        "";
    UNKNOWN_KEY = "unknown-key",
        "a table has a key that it does not know",
        "A key that nobody reads is a rule that nobody checks. `archlint explain KIND` lists the keys of a rule's kind.",
        "";
    UNKNOWN_LAYER = "unknown-layer",
        "a layer is named that no component has",
        "A component says its layer itself.",
        "[components.billing]\nmodules = [\"billing\"]\nlayer = \"domain\"";
    UNKNOWN_PACK = "unknown-pack",
        "there is no such pack of rules",
        "`extends` takes the names of packs that come with archlint, and paths to files.",
        "extends = [\"modular-monolith\"]";
    UNKNOWN_RULE = "unknown-rule",
        "a table changes a rule that no extended file has",
        "A table that has an `id` and lacks what its kind needs is read as a change to an extended rule of that kind and id. The id\n\
         may be misspelt, or the pack may have been taken out of `extends`.",
        "extends = [\"onion\"]\n\n[[layers]]\nid = \"rings-point-inward\"\nseverity = \"warn\"";
    UNKNOWN_SELECTOR = "unknown-selector",
        "`optional` lists a selector that the rule has not",
        "`optional` says which of the rule's own selectors need not select anything. One that is not the rule's would leave the one\n\
         that was meant strict.",
        "[[forbid]]\nfrom = \"layer:domain\"\nto = [\"sqlx\", \"diesel\"]\noptional = [\"diesel\"]";
    UNKNOWN_TABLE = "unknown-table",
        "the configuration has a table or key that it does not know",
        "At the top stand `extends`, `[analysis]`, `[components.NAME]`, `[coverage]`, `[baseline]`, and one `[[KIND]]` for each rule.",
        "";
    UNKNOWN_TAG = "unknown-tag",
        "a tag is named that no component has",
        "A component says its tags itself.",
        "[components.records]\nmodules = [\"records\"]\ntags = [\"phi\"]";
    UNKNOWN_VALUE = "unknown-value",
        "a key has a value that it does not know",
        "The message says which it knows.",
        "severity = \"warn\" # error, warn, info or off";
    UNLISTED_FOLDER = "unlisted-folder",
        "a folder cannot be listed",
        "Source files in it that no `mod` reaches are not known, so `[[orphan]]` says nothing of them.",
        "";
    UNREADABLE_CRATE = "unreadable-crate",
        "the root file of a target cannot be read",
        "The whole crate is left out; what depends on it is unresolved there.",
        "";
    UNREADABLE_INCLUDE = "unreadable-include",
        "the file of an `include!` cannot be read",
        "Its items are unknown, and paths to them are unresolved.",
        "include!(\"tables.rs\");";
    UNREADABLE_MANIFEST = "unreadable-manifest",
        "a manifest cannot be opened",
        "It is a folder or a device, too large, outside of the workspace, or closed to this user.",
        "";
    UNREADABLE_MODULE = "unreadable-module",
        "a module's file cannot be read",
        "It is a folder or a device, too large, or closed to this user. The module counts as not there.",
        "";
    UNUSED_NAME = "unused-name",
        "no rule speaks of a layer or tag, though one speaks of nearly the same",
        "A pack passes over layers and tags that nobody declares, so a misspelt one would go unguarded without a word.",
        "";
    WAIVER = "waiver",
        "a comment in the source that allows what a rule forbids, with a reason",
        include_str!("codes/waiver.txt"),
        "";
    WRONG_TYPE = "wrong-type",
        "a key has a value of another type than it takes",
        "The message says what was expected and what was found.",
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
