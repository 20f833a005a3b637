//! Stage 5: what the team declared: `archlint.toml` and `[package.metadata.archlint]`, read and validated.
//!
//! [`read`] never stops at a mistake: it returns what it understood and every mistake at its place. Rule tables stay
//! tables here ([`RuleTable`]): each kind of rule reads its own, so this stage knows none of them but by name.
//! [`architecture`] then lays the declared components over a graph.
//!
//! Deliberately absent: serde. It stops at the first error, and loses positions in what it flattens.

pub mod architecture;
pub mod component;
pub mod fields;
pub mod groups;
pub mod paths;
pub mod selection;
pub mod source;
pub mod suggest;
pub mod tables;
pub mod value;

use source::{Located, Place, Source};
use value::{Table, Value};

pub use component::Component;

use crate::{
    base::diagnostic::{Diagnostic, Severity},
    workspace::Package,
};

/// The name of the configuration file, at the workspace root.
pub const FILE: &str = "archlint.toml";

/// A validated configuration. Components are sorted by name; rules are in the order of kinds, then of the file.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Whether a configuration file was read. Without one, only cycles are looked for.
    pub present: bool,
    /// The packs or files that it builds on.
    pub extends: Vec<Located<String>>,
    /// `[analysis]`.
    pub analysis: Analysis,
    /// All components, from the file and from manifests.
    pub components: Vec<Component>,
    /// `[coverage]`.
    pub coverage: Coverage,
    /// The rule tables.
    pub rules: Vec<RuleTable>,
}

/// What is analysed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// Whether test code is.
    pub tests: bool,
    /// Globs of the files that are not.
    pub exclude: Vec<String>,
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
    /// Where the table is.
    pub place: Place,
    /// Its bytes.
    pub bytes: std::ops::Range<usize>,
    /// All of its keys.
    pub table: Table,
    /// The file that it stands in.
    pub source: Source,
}

/// The severities by their names in the configuration.
pub const SEVERITIES: &[(&str, Severity)] =
    &[("error", Severity::Error), ("warn", Severity::Warn), ("info", Severity::Info), ("off", Severity::Off)];

/// What the configuration may name: the kinds of rule, and the ids that no rule may take since they belong to the rules
/// which other tables imply.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary<'a> {
    /// The names of the rule tables.
    pub kinds: &'a [&'a str],
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

/// Reads the configuration: its file where there is one, and the metadata of `packages`. Diagnostics are sorted by place.
pub fn read(
    file: Option<File<'_>>,
    packages: &[Package],
    words: Vocabulary<'_>,
) -> (Config, Vec<Diagnostic>) {
    let mut config = Config { present: file.is_some(), ..Config::default() };
    let mut errors = Vec::new();
    if let Some(File { name, text }) = file {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let source = Source::new(name, text);
        let (table, syntax) = value::parse_toml(&source, text);
        errors.extend(syntax);
        tables::read(&table, &source, words, &mut config, &mut errors);
    }
    errors.extend(config.extends.iter().map(unknown_pack));
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
        let Value::Table(table) = value::from_json(metadata) else {
            let error = Diagnostic::error("wrong-type", "`package.metadata.archlint` is not a table");
            errors.push(source.place(0..0).say(error));
            continue;
        };
        let (component, mistakes) = component::from_metadata(&package.name, &table, &source);
        config.components.push(component);
        errors.extend(mistakes);
    }
}

/// There are no packs yet; to pass over one in silence would leave its rules unchecked.
fn unknown_pack(name: &Located<String>) -> Diagnostic {
    name.place.say(Diagnostic::error("unknown-pack", format!("there is no pack `{}`", name.value)))
}

fn duplicate_components(components: &[Component]) -> Vec<Diagnostic> {
    let say = |pair: &[Component]| {
        let message = format!("a second component `{}`", pair[1].name);
        let error = Diagnostic::error("duplicate-component", message);
        pair[1].place.say(error.help(format!("the first is in {}", pair[0].place.file)))
    };
    components.windows(2).filter(|pair| pair[0].name == pair[1].name).map(say).collect()
}

#[cfg(test)]
mod tests;
