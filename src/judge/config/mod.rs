//! What the team declared: `archlint.toml` and `[package.metadata.archlint]`, read and validated.
//!
//! [`read`] never stops at a mistake: it returns what it understood and every mistake at its place. Rule tables stay
//! tables here ([`RuleTable`]): each kind of rule reads its own, so this stage knows none of them but by name.
//! `judge::architecture` then lays the declared components over a graph.
//!
//! Deliberately absent: serde. It stops at the first error, and loses positions in what it flattens.

pub mod component;
mod document;
pub mod extends;
pub mod fields;
pub mod key;
pub mod packs;
mod raw;
pub mod schema;
pub mod source;
pub mod tables;
pub mod value;
pub mod written;

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
        place::{Located, Place},
    },
    graph::package::Package,
    judge::architecture::Component,
};

/// The name of the configuration file, at the workspace root.
pub const FILE: &str = "archlint.toml";

/// A validated configuration. Components are sorted by name; rules are in the order of kinds, then of the file.
#[derive(Debug, Clone)]
pub struct Config {
    /// Whether a configuration file was read. Without one, only cycles are looked for.
    pub present: bool,
    /// The packs and files that it builds on, in the order in which they are named first.
    pub extends: Vec<Extension>,
    /// `[analysis]`.
    pub analysis: Analysis,
    /// All components, from the file and from manifests.
    pub components: Vec<Component>,
    /// `[coverage]`.
    pub coverage: Coverage,
    /// How serious an entry of the baseline is that allows more than there is.
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

/// What is analysed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// Whether test code is.
    pub tests: bool,
    /// Globs of the files that are not.
    pub exclude: Vec<String>,
    /// How serious it is that something of the source was not read; `None` where the configuration does not say.
    pub unread: Option<Located<Severity>>,
    /// Globs of the files of which that is accepted.
    pub unread_except: Vec<Located<String>>,
}

/// Whether every module must belong to a component.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How serious a module is that belongs to none; `None` where the configuration does not say.
    pub unassigned: Option<Located<Severity>>,
}

/// One `[[kind]]` table: what all kinds have in common, and the rest unread.
#[derive(Debug, Clone)]
pub struct RuleTable {
    /// Its kind, such as `forbid`.
    pub kind: String,
    /// Its name; left out: its kind.
    pub id: String,
    /// How serious its findings are; left out: as the kind says.
    pub severity: Option<Severity>,
    /// Why it is there.
    pub reason: Option<String>,
    /// What to do instead.
    pub instead: Option<String>,
    /// Where its id is defined, or else its table.
    pub place: Place,
    /// All of its keys, and where they are written: what extends a rule's file may change the rule.
    pub written: Written,
}

/// The severities by their names in the configuration.
pub const SEVERITIES: &[(&str, Severity)] =
    &[("error", Severity::Error), ("warn", Severity::Warn), ("info", Severity::Info), ("off", Severity::Off)];

/// What the configuration may name: the kinds of rule, and the ids that no rule may take since they belong to the rules
/// which other tables imply.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary<'a> {
    /// The names of the rule tables, and their keys besides those that all rules have.
    pub kinds: &'a [(&'a str, &'a [Key])],
    /// The ids that are taken.
    pub reserved: &'a [&'a str],
}

/// The text of a configuration file, and how messages call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File<'a> {
    /// Its name: [`FILE`], unless the user named another one.
    pub name: &'a str,
    /// What it holds.
    pub text: &'a str,
}

impl<'a> From<&'a str> for File<'a> {
    fn from(text: &'a str) -> Self {
        Self { name: FILE, text }
    }
}

/// Reads the configuration: its file where there is one, what that extends from `files`, and the metadata of `packages`.
/// Diagnostics are sorted by place.
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
    config.components.sort_by(|a, b| (&a.name, &a.place).cmp(&(&b.name, &b.place)));
    errors.extend(duplicate_components(&config.components));
    errors.extend(component::check_references(&config.components));
    errors.sort();
    errors.dedup();
    (config, errors)
}

fn read_metadata(packages: &[Package], config: &mut Config, errors: &mut Vec<Diagnostic>) {
    for package in packages {
        let Some(metadata) = &package.metadata else { continue };
        let slash = if package.dir.is_empty() { "" } else { "/" };
        let source = Source::without_positions(&format!("{}{slash}Cargo.toml", package.dir));
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
