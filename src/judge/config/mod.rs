//! The configuration of a workspace: `archlint.toml` and `[package.metadata.archlint]`, read and
//! validated.
//!
//! [`read`] does not stop at an error: it returns everything that it could read, and every error
//! with its place. Rule tables remain tables here ([`RuleTable`]): each kind of rule reads its own,
//! so this stage needs only the names and keys of the kinds. `judge::architecture` then applies the
//! declared components to a graph.
//!
//! Serde is deliberately not used: it stops at the first error, and loses positions in flattened
//! tables.

pub mod component;
mod document;
pub mod extends;
pub mod fields;
pub mod key;
mod manifest;
pub mod packs;
mod raw;
pub mod schema;
pub mod source;
pub mod tables;
pub mod value;
pub mod writing;
pub mod written;

use std::collections::BTreeMap;

use extends::Extension;
use key::Key;
use source::Source;
use value::Value;
use written::Written;

use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
        files::Files,
        order::Order as _,
        place::{Located, Place},
    },
    graph::package::Package,
    judge::architecture::Component,
};

/// The name of the configuration file, at the workspace root.
pub const FILE: &str = "archlint.toml";

/// A validated configuration. Components are sorted by name; rules are in the order of kinds, then
/// of the file.
#[derive(Debug, Clone)]
pub struct Config {
    /// Whether a configuration file was read. Without one, only cycles are reported.
    pub present: bool,
    /// The packs and files that the configuration extends, in the order in which they are first
    /// named.
    pub extends: Vec<Extension>,
    /// `[analysis]`.
    pub analysis: Analysis,
    /// All components, from the file and from manifests.
    pub components: Vec<Component>,
    /// `[coverage]`.
    pub coverage: Coverage,
    /// The severity of a baseline entry that allows more than there is.
    pub stale: Severity,
    /// The rule tables.
    pub rules: Vec<RuleTable>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            present: false,
            extends: Vec::new(),
            analysis: Analysis::default(),
            components: Vec::new(),
            coverage: Coverage::default(),
            stale: Severity::Warn,
            rules: Vec::new(),
        }
    }
}

/// The selection of what is analysed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis {
    /// Whether test code is analysed.
    pub tests: bool,
    /// Whether methods, fields and the definitions of associated items are dependencies.
    pub methods: bool,
    /// Globs of files that are not analysed.
    pub exclude: Vec<String>,
    /// Globs of folders in which builds leave generated source.
    pub generated: Vec<String>,
    /// Globs of files with the signatures of crates outside the workspace.
    pub signatures: Vec<String>,
    /// The severity of source that was not read; `None` if the configuration does not set it.
    pub unread: Option<Located<Severity>>,
    /// Globs of files that may stay unread.
    pub unread_except: Vec<Located<String>>,
    /// The severity of more than `unresolved_max` references that are not found, if configured.
    pub unresolved: Option<Located<Severity>>,
    /// The number of references that need not be found, if configured.
    pub unresolved_max: Option<Located<u64>>,
}

impl Default for Analysis {
    fn default() -> Self {
        Self {
            tests: false,
            methods: true,
            exclude: Vec::new(),
            generated: Vec::new(),
            signatures: Vec::new(),
            unread: None,
            unread_except: Vec::new(),
            unresolved: None,
            unresolved_max: None,
        }
    }
}

/// The requirement that every module belongs to a component.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The severity of a module without a component; `None` if the configuration does not set it.
    pub unassigned: Option<Located<Severity>>,
}

/// A `[[kind]]` table: the keys common to all kinds, read, and the other keys, not yet read.
#[derive(Debug, Clone)]
pub struct RuleTable {
    /// The kind, such as `forbid`.
    pub kind: String,
    /// The id; by default the kind.
    pub id: String,
    /// The severity of the findings; by default that of the kind.
    pub severity: Option<Severity>,
    /// The reason for the rule.
    pub reason: Option<String>,
    /// The advice on what to do instead.
    pub instead: Option<String>,
    /// The criteria of a standard for which the result of the rule is evidence.
    pub control: Vec<String>,
    /// The place of the id, or of the table if the id is implied.
    pub place: Place,
    /// All keys with their places, which may be in several files, because a configuration may
    /// change a rule that it extends.
    pub written: Written,
}

/// The severities by their names in the configuration.
pub const SEVERITIES: &[(&str, Severity)] =
    &[("error", Severity::Error), ("warn", Severity::Warn), ("info", Severity::Info), ("off", Severity::Off)];

/// The names that a configuration may use: the kinds of rule, and the ids that are reserved for the
/// rules implied by other tables.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary<'a> {
    /// The kinds of rule, each with the keys of its own.
    pub kinds: &'a [(&'a str, &'a [Key])],
    /// The reserved ids.
    pub reserved: &'a [&'a str],
}

/// The text of a configuration file, and its name in messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File<'a> {
    /// The name: [`FILE`], unless the user names another file.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
}

impl<'a> From<&'a str> for File<'a> {
    fn from(text: &'a str) -> Self {
        Self { name: FILE, text }
    }
}

/// Reads the configuration: `file` if there is one, everything that it extends from `files`, and
/// the metadata of `packages`. The diagnostics are sorted by place.
pub fn read(
    file: Option<File<'_>>,
    packages: &[Package],
    files: &dyn Files,
    words: Vocabulary<'_>,
) -> (Config, Vec<Diagnostic>) {
    let mut config = Config { present: file.is_some(), ..Config::default() };
    let mut errors = Vec::new();
    if let Some(file) = file {
        let loaded = extends::load(file, files, words, &mut errors);
        config.extends = loaded.extensions;
        let document = document::join(loaded.documents, words, &mut errors);
        tables::read(document, &mut config, &mut errors);
    }
    read_metadata(packages, &mut config, &mut errors);
    config.components.order_by(|a, b| (&a.name, &a.place).cmp(&(&b.name, &b.place)));
    errors.extend(duplicate_components(&config.components));
    errors.extend(component::check_references(&config.components));
    errors.sort_unstable();
    errors.dedup();
    (config, errors)
}

/// Returns the tables of the components as they are written in `file`, in what it extends, and in
/// the manifests of `packages`, by the names of the components.
pub fn components(
    file: File<'_>,
    packages: &[Package],
    files: &dyn Files,
    words: Vocabulary<'_>,
) -> BTreeMap<String, Written> {
    let mut errors = Vec::new();
    let loaded = extends::load(file, files, words, &mut errors);
    let mut components = document::join(loaded.documents, words, &mut errors).components;
    for package in packages.iter().filter(|package| package.metadata.is_some()) {
        let name = manifest_of(package);
        let text = files.read(&name).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        if let Some(written) = text.and_then(|text| manifest::component(&name, &text)) {
            components.insert(manifest::name(&written, package), written);
        }
    }
    components
}

/// Returns `package` with the metadata in the text of its manifest.
pub fn with_metadata(package: &Package, text: &str) -> Package {
    let written = manifest::component(&manifest_of(package), text);
    Package { metadata: written.map(|written| manifest::to_json(&written.table)), ..package.clone() }
}

/// Returns the name of the manifest of `package`.
pub fn manifest_of(package: &Package) -> String {
    let slash = if package.dir.is_empty() { "" } else { "/" };
    format!("{}{slash}Cargo.toml", package.dir)
}

fn read_metadata(packages: &[Package], config: &mut Config, errors: &mut Vec<Diagnostic>) {
    for package in packages {
        let Some(metadata) = &package.metadata else { continue };
        let source = Source::without_positions(&manifest_of(package));
        let Value::Table(table) = value::from_json(metadata, &source) else {
            let error = Diagnostic::error(codes::WRONG_TYPE, "`package.metadata.archlint` is not a table");
            errors.push(source.place(0..0).say(error));
            continue;
        };
        let (component, mistakes) = component::from_metadata(&package.name, &table, &source);
        config.components.push(component);
        errors.extend(mistakes);
    }
}

fn duplicate_components(components: &[Component]) -> Vec<Diagnostic> {
    let say = |pair: &[Component]| {
        let message = format!("a second component `{}`", pair[1].name);
        let error = Diagnostic::error(codes::DUPLICATE_COMPONENT, message);
        pair[1].place.say(error.help(format!("the first is in {}", pair[0].place.file)))
    };
    components.windows(2).filter(|pair| pair[0].name == pair[1].name).map(say).collect()
}

#[cfg(test)]
mod tests;
