//! The tables of the merged configuration: their keys, and how they are read.

use globset::Glob;

use super::{
    Analysis, Config, RuleTable, SEVERITIES, component,
    fields::{Fields, FlagOrStrings, bare},
    key::{Holds, Key, names},
    raw::{Document, RawRule},
    value::{Element, Value},
    written::Written,
};
use crate::base::{
    codes,
    diagnostic::{Diagnostic, Severity},
    place::Located,
    suggest,
};

/// The name of the table that selects what is analysed.
pub const ANALYSIS_NAME: &str = "analysis";
/// The name of the table about modules without a component.
pub const COVERAGE_NAME: &str = "coverage";

/// The name of the table about the baseline.
pub const BASELINE_NAME: &str = "baseline";

/// The tables that are not rules.
pub const TOP: &[Key] = &[
    Key::new(
        "extends",
        Holds::Strings("names or paths"),
        "packs of rules and configuration files that this file extends",
    ),
    Key::new(ANALYSIS_NAME, Holds::Table("a table"), "the source to analyse"),
    Key::new("components", Holds::Table("tables"), "the units of the architecture"),
    Key::new(COVERAGE_NAME, Holds::Table("a table"), "whether every module must belong to a component"),
    Key::new(BASELINE_NAME, Holds::Table("a table"), "the treatment of findings in the baseline"),
];
/// The keys of `[analysis]`.
pub const ANALYSIS: &[Key] = &[
    Key::new("tests", Holds::Flag, "whether test code is analysed; default: false"),
    Key::new(
        "methods",
        Holds::Flag,
        "whether methods, fields and paths to associated items, such as `Type::new`, are dependencies on the modules that \
         define them; default: true",
    ),
    Key::new("exclude", Holds::Strings("file globs"), "files that are not analysed"),
    Key::new(
        "generated",
        Holds::Strings("folder globs"),
        "where builds leave generated source: `include!` of `OUT_DIR` reads it",
    ),
    Key::new(
        "signatures",
        Holds::Strings("file globs"),
        "files with the signatures of crates outside the workspace, for the types of values",
    ),
    Key::new(
        "unread",
        Holds::OneOf(|| names(SEVERITIES)),
        "severity of source that cannot be read; default: error",
    ),
    Key::new("unread-except", Holds::Strings("file globs"), "files that may be unreadable"),
    Key::new(
        "unresolved",
        Holds::OneOf(|| names(SEVERITIES)),
        "severity of more unresolved references than `unresolved-max`; default: off, or error where that is given",
    ),
    Key::new(
        "unresolved-max",
        Holds::Number,
        "the number of references that may be unresolved; default: 0, or that of the baseline",
    ),
];
/// The keys of `[coverage]`.
pub const COVERAGE: &[Key] = &[Key::new(
    "unassigned",
    Holds::OneOf(|| names(SEVERITIES)),
    "severity of a module that belongs to no component",
)];
/// The keys of `[baseline]`.
pub const BASELINE: &[Key] = &[Key::new(
    "stale",
    Holds::OneOf(|| names(STALE)),
    "severity of an entry whose finding is gone or has become smaller; default: warn",
)];
/// The severities of a stale baseline entry, by name.
const STALE: &[(&str, Severity)] =
    &[("off", Severity::Off), ("warn", Severity::Warn), ("error", Severity::Error)];
/// The keys that every rule has.
pub const RULE: &[Key] = &[
    Key::new("id", Holds::Id, "the name of the rule in waivers and reports; default: its kind"),
    Key::new("severity", Holds::OneOf(|| names(SEVERITIES)), "severity of its findings; default: error"),
    Key::new("reason", Holds::Text, "the reason for the rule; shown with every finding"),
    Key::new("instead", Holds::Text, "the permitted alternative; shown as help"),
    Key::new(
        "control",
        Holds::Strings("names of criteria"),
        "the criteria of standards for which the result of the rule is evidence; default: none",
    ),
    Key::new(
        "optional",
        Holds::FlagOrStrings("selectors"),
        "the selectors of the rule that may select nothing; true: all; default: none",
    ),
];

/// Reads the tables of `document` into `config`.
pub fn read(document: Document, config: &mut Config, errors: &mut Vec<Diagnostic>) {
    document.analysis.iter().for_each(|table| analysis(table, config, errors));
    for (name, table) in &document.components {
        let (component, mistakes) = component::from_table(name, table);
        config.components.push(component);
        errors.extend(mistakes);
    }
    document.coverage.iter().for_each(|table| coverage(table, config, errors));
    document.baseline.iter().for_each(|table| baseline(table, config, errors));
    config.rules.extend(document.rules.into_iter().map(|rule| read_rule(rule, errors)));
}

fn analysis(table: &Written, config: &mut Config, errors: &mut Vec<Diagnostic>) {
    let mut fields = Fields::of(table, &[ANALYSIS]);
    config.analysis.tests = fields.flag("tests").unwrap_or(false);
    config.analysis.methods = fields.flag("methods").unwrap_or(true);
    config.analysis.exclude = globs("exclude", &mut fields).into_iter().map(|glob| glob.value).collect();
    config.analysis.generated = globs("generated", &mut fields).into_iter().map(|glob| glob.value).collect();
    config.analysis.signatures =
        globs("signatures", &mut fields).into_iter().map(|glob| glob.value).collect();
    config.analysis.unread_except = globs("unread-except", &mut fields);
    let place = fields.place_of("unread");
    let unread = fields.one_of("unread", SEVERITIES);
    config.analysis.unread = unread.map(|value| Located { value, place });
    unresolved(&mut fields, &mut config.analysis);
    errors.extend(fields.finish());
}

fn unresolved(fields: &mut Fields<'_>, analysis: &mut Analysis) {
    let place = fields.place_of("unresolved");
    let severity = fields.one_of("unresolved", SEVERITIES);
    analysis.unresolved = severity.map(|value| Located { value, place });
    let max = fields.number("unresolved-max");
    if max.as_ref().is_some_and(|max| max.value.fract() != 0.0) {
        let message = "`unresolved-max` is a count, so it is a whole number";
        fields.mistake("unresolved-max", Diagnostic::error(codes::WRONG_TYPE, message));
        return;
    }
    analysis.unresolved_max = max.map(|max| Located { value: max.value as u64, place: max.place });
}

/// Reads file globs, and reports and omits those with a syntax error.
fn globs(key: &'static str, fields: &mut Fields<'_>) -> Vec<Located<String>> {
    let mut globs = fields.strings(key).unwrap_or_default();
    globs.retain(|glob| match Glob::new(&glob.value) {
        Ok(_) => true,
        Err(error) => {
            let message = error.kind().to_string();
            fields.error(glob.place.say(Diagnostic::error(codes::GLOB_SYNTAX, message)));
            false
        }
    });
    globs
}

fn coverage(table: &Written, config: &mut Config, errors: &mut Vec<Diagnostic>) {
    let mut fields = Fields::of(table, &[COVERAGE]);
    let place = fields.place_of("unassigned");
    let unassigned = fields.one_of("unassigned", SEVERITIES);
    config.coverage.unassigned = unassigned.map(|value| Located { value, place });
    errors.extend(fields.finish());
}

fn baseline(table: &Written, config: &mut Config, errors: &mut Vec<Diagnostic>) {
    let mut fields = Fields::of(table, &[BASELINE]);
    config.stale = fields.one_of("stale", STALE).unwrap_or(Severity::Warn);
    errors.extend(fields.finish());
}

/// Reads the keys that all kinds have in common; the other keys, including unknown ones, are left
/// to the kind.
fn read_rule(rule: RawRule, errors: &mut Vec<Diagnostic>) -> RuleTable {
    let mut common = rule.written.clone();
    common.table.retain(|name, _| RULE.iter().any(|k| k.name == name.as_str()));
    let mut fields = Fields::of(&common, &[RULE]);
    fields.string("id");
    let severity = fields.one_of("severity", SEVERITIES);
    let [reason, instead] = ["reason", "instead"].map(|key| fields.string(key).map(|text| text.value));
    let optional = match fields.flag_or_strings("optional") {
        Some(FlagOrStrings::Strings(selectors)) => selectors,
        Some(FlagOrStrings::Flag(_)) | None => Vec::new(),
    };
    let control = control(&mut fields);
    errors.extend(fields.finish());
    errors.extend(optional.iter().filter_map(|name| check_optional(name, &rule)));
    let RawRule { kind, id, written, .. } = rule;
    RuleTable { kind, id: id.value, severity, reason, instead, control, place: id.place, written }
}

/// Reads the names of criteria, sorted. A name without text is reported, since a record would list a
/// criterion that nobody can look up.
fn control(fields: &mut Fields<'_>) -> Vec<String> {
    let named = fields.strings("control").unwrap_or_default();
    let (named, empty): (Vec<_>, Vec<_>) = named.into_iter().partition(|name| !name.value.trim().is_empty());
    for name in empty {
        fields.error(name.place.say(Diagnostic::error(codes::UNKNOWN_VALUE, "a criterion has a name")));
    }
    let mut names: Vec<String> = named.into_iter().map(|name| name.value.trim().to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Reports a name in `optional` that is not one of the rule's selectors: a typo there would leave
/// the intended selector strict.
fn check_optional(name: &Located<String>, rule: &RawRule) -> Option<Diagnostic> {
    let own = rule.written.table.iter().filter(|(key, _)| !RULE.iter().any(|k| k.name == key.as_str()));
    let texts: Vec<&str> = own.flat_map(|(_, entry)| strings(&entry.item)).map(bare).collect();
    if texts.contains(&bare(&name.value)) {
        return None;
    }
    let message = format!("the rule has no selector `{}`", name.value);
    let mut error = Diagnostic::error(codes::UNKNOWN_SELECTOR, message);
    error.help = suggest::help(&name.value, texts);
    Some(name.place.say(error))
}

/// Returns the strings of a value: the value itself, those of a list, and those of the lists in it.
fn strings(item: &Element) -> Vec<&str> {
    items(item).into_iter().flat_map(items).filter_map(as_text).collect()
}

fn items(item: &Element) -> Vec<&Element> {
    match &item.value {
        Value::Array(list) => list.iter().collect(),
        _ => vec![item],
    }
}

fn as_text(item: &Element) -> Option<&str> {
    match &item.value {
        Value::String(text) => Some(text),
        _ => None,
    }
}
