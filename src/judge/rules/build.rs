//! From a configuration to its rules, and the errors that only the rules' own keys reveal.

use super::{ActiveRule, Implied, KINDS, Kind, Origin, Rule, acyclic, extends};
use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
        files::Files,
        pattern::{Matcher, Segment, Selector, Term},
        suggest,
    },
    graph::package::Package,
    judge::config::{self, Config, RuleTable, Vocabulary, fields::Fields, key::Key, tables},
};

/// The codes of findings that no rule reports: those about the baseline and about waivers.
const NOT_RULES: [&str; 2] = ["baseline", "waiver"];

/// Returns the names that a configuration may use, for [`crate::judge::config::read`].
pub fn vocabulary() -> (Vec<(&'static str, &'static [Key])>, Vec<&'static str>) {
    let is_table = |k: &&Kind| matches!(k.origin, Origin::Table(_));
    let (tables, implied): (Vec<&Kind>, Vec<&Kind>) = KINDS.iter().partition(is_table);
    let reserved = implied.iter().map(|k| k.name).chain(NOT_RULES).collect();
    (tables.iter().map(|k| (k.name, k.keys)).collect(), reserved)
}

/// Reads the configuration with the vocabulary of all kinds.
pub fn read_config(
    file: Option<config::File<'_>>,
    packages: &[Package],
    files: &dyn Files,
) -> (Config, Vec<Diagnostic>) {
    let (kinds, reserved) = vocabulary();
    config::read(file, packages, files, Vocabulary { kinds: &kinds, reserved: &reserved })
}

/// Returns the JSON Schema of the configuration as text, for all kinds.
pub fn schema() -> String {
    let (kinds, reserved) = vocabulary();
    config::schema::text(Vocabulary { kinds: &kinds, reserved: &reserved })
}

/// Returns the rules of `config`, in the order of [`KINDS`], then of the file; and the errors in
/// their tables. Rules that are switched off are omitted, but their errors are reported.
pub fn build(config: &Config) -> (Vec<ActiveRule>, Vec<Diagnostic>) {
    let mut rules = Vec::new();
    let mut errors = Vec::new();
    for kind in KINDS {
        match kind.origin {
            Origin::Table(read) => {
                for table in config.rules.iter().filter(|t| t.kind == kind.name) {
                    rules.extend(build_one(kind, table, &mut errors, |fields| read(fields, config)));
                }
            }
            Origin::Implied(imply) => rules.extend(imply(config).map(|implied| activate(kind, implied))),
        }
    }
    if !config.present {
        rules.extend(acyclic::without_configuration());
    }
    for rule in &rules {
        let selectors = rule.rule.selectors().into_iter().map(|(_, selector)| selector);
        errors.extend(names_in(selectors, config));
    }
    for component in &config.components {
        errors.extend(names_in(component.exposes.iter(), config));
    }
    errors.extend(extends::near_misses(&rules, config));
    errors.sort_unstable();
    rules.retain(|r| r.severity != Severity::Off);
    (rules, errors)
}

fn activate(kind: &'static Kind, implied: Implied) -> ActiveRule {
    let Implied { severity, place, rule } = implied;
    let (id, control) = (kind.name.to_owned(), Vec::new());
    ActiveRule { kind, id, severity, reason: None, instead: None, control, place, rule }
}

fn build_one(
    kind: &'static Kind,
    table: &RuleTable,
    errors: &mut Vec<Diagnostic>,
    read: impl FnOnce(&mut Fields<'_>) -> Option<Box<dyn Rule>>,
) -> Option<ActiveRule> {
    let keys = [tables::RULE, kind.keys];
    let mut fields = Fields::of(&table.written, &keys);
    let rule = read(&mut fields);
    errors.extend(fields.finish());
    Some(ActiveRule {
        kind,
        id: table.id.clone(),
        severity: table.severity.unwrap_or(Severity::Error),
        reason: table.reason.clone(),
        instead: table.instead.clone(),
        control: table.control.clone(),
        place: Some(table.place.clone()),
        rule: rule?,
    })
}

/// Returns an error for each component, layer or tag that a selector names without a declaration.
fn names_in<'s>(selectors: impl Iterator<Item = &'s Selector>, config: &Config) -> Vec<Diagnostic> {
    let strict = selectors.flat_map(|s| &s.terms).filter(|t| !t.optional);
    strict.filter_map(|t| Some(t.place.say(unknown_name(t, config)?))).collect()
}

/// Returns an error if `term` names a component, layer or tag that `config` does not declare.
pub fn unknown_name(term: &Term, config: &Config) -> Option<Diagnostic> {
    let components = config.components.iter();
    let (what, segment, known): (_, _, Vec<&str>) = match &term.matcher {
        Matcher::Component(s) => ("component", s, components.map(|c| c.name.as_str()).collect()),
        Matcher::Layer(s) => ("layer", s, components.filter_map(|c| c.layer.as_deref()).collect()),
        Matcher::Tag(s) => ("tag", s, components.flat_map(|c| &c.tags).map(String::as_str).collect()),
        Matcher::Path(_) | Matcher::Package(_) => return None,
    };
    let Segment::Literal(name) = segment else { return None };
    unknown(what, name, known)
}

/// Returns an error if `name` is not among `known`.
pub fn unknown(what: &str, name: &str, mut known: Vec<&str>) -> Option<Diagnostic> {
    if known.contains(&name) {
        return None;
    }
    known.sort_unstable();
    known.dedup();
    let code = match what {
        "component" => codes::UNKNOWN_COMPONENT,
        "layer" => codes::UNKNOWN_LAYER,
        _ => codes::UNKNOWN_TAG,
    };
    let mut error = Diagnostic::error(code, format!("there is no {what} `{name}`"));
    error.help = suggest::help(name, known);
    Some(error)
}
