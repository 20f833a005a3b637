//! The tables of `archlint.toml`, one after the other.

use globset::Glob;

use super::{
    Config, RuleTable, SEVERITIES, Vocabulary, component,
    fields::{Fields, Key},
    source::{Located, Source},
    suggest,
    value::{Entry, Item, Table, Value},
};
use crate::base::diagnostic::Diagnostic;

/// The tables that are not rules.
const TOP: &[Key] = &[
    Key { name: "extends", holds: "names or paths", doc: "packs of rules to build on" },
    Key { name: "analysis", holds: "a table", doc: "what is analysed" },
    Key { name: "components", holds: "tables", doc: "the units of the architecture" },
    Key { name: "coverage", holds: "a table", doc: "whether every module must belong to a component" },
];
/// The keys of `[analysis]`.
pub const ANALYSIS: &[Key] = &[
    Key { name: "tests", holds: "a boolean", doc: "whether test code is analysed; left out: false" },
    Key { name: "exclude", holds: "file globs", doc: "files that are left out" },
];
/// The keys of `[coverage]`.
pub const COVERAGE: &[Key] =
    &[Key { name: "unassigned", holds: "a severity", doc: "of a module that belongs to no component" }];
/// The keys that every rule has.
pub const RULE: &[Key] = &[
    Key { name: "id", holds: "a name", doc: "what waivers and reports call it; left out: its kind" },
    Key { name: "severity", holds: "error, warn, info or off", doc: "left out: error" },
    Key { name: "reason", holds: "text", doc: "why; shown with every finding" },
    Key { name: "instead", holds: "text", doc: "what to do; shown as help" },
];

/// Reads all tables of a file into `config`.
pub fn read(
    table: &Table,
    source: &Source,
    words: Vocabulary<'_>,
    config: &mut Config,
    errors: &mut Vec<Diagnostic>,
) {
    let mut reader = Reader { source, words, config, errors };
    reader.top(table);
    for (name, entry) in table {
        match name.as_str() {
            "extends" => {}
            "analysis" => reader.analysis(entry),
            "components" => reader.components(entry),
            "coverage" => reader.coverage(entry),
            kind if words.kinds.contains(&kind) => reader.rules(kind, entry),
            _ => reader.unknown_table(name, entry),
        }
    }
    reader.check_ids();
}

/// What the functions below share.
struct Reader<'a> {
    source: &'a Source,
    words: Vocabulary<'a>,
    config: &'a mut Config,
    errors: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn top(&mut self, table: &Table) {
        let own: Table =
            table.iter().filter(|(k, _)| *k == "extends").map(|(k, v)| (k.clone(), v.clone())).collect();
        let mut fields = Fields::new(&own, self.source, 0..0, &[TOP]);
        self.config.extends.extend(fields.strings("extends").unwrap_or_default());
        self.errors.extend(fields.finish());
    }

    fn unknown_table(&mut self, name: &str, entry: &Entry) {
        let known: Vec<&str> = TOP.iter().map(|k| k.name).chain(self.words.kinds.iter().copied()).collect();
        let what =
            if matches!(entry.item.value, Value::Table(_) | Value::Array(_)) { "table" } else { "key" };
        let mut error = Diagnostic::error("unknown-table", format!("unknown {what} `{name}`"));
        error.help = suggest::help(name, known);
        self.errors.push(self.source.place(entry.key.clone()).say(error));
    }

    fn wrong_shape(&mut self, item: &Item, wanted: &str, help: Option<String>) {
        let message = format!("expected {wanted}, found {}", item.value.kind());
        let mut error = Diagnostic::error("wrong-type", message);
        error.help = help;
        self.errors.push(self.source.place(item.bytes.clone()).say(error));
    }

    fn analysis(&mut self, entry: &Entry) {
        let Value::Table(table) = &entry.item.value else {
            return self.wrong_shape(&entry.item, "a table", None);
        };
        let mut fields = Fields::new(table, self.source, entry.key.clone(), &[ANALYSIS]);
        self.config.analysis.tests = fields.flag("tests").unwrap_or(false);
        for glob in fields.strings("exclude").unwrap_or_default() {
            match Glob::new(&glob.value) {
                Ok(_) => self.config.analysis.exclude.push(glob.value),
                Err(e) => {
                    fields.error(glob.place.say(Diagnostic::error("glob-syntax", e.kind().to_string())))
                }
            }
        }
        self.errors.extend(fields.finish());
    }

    fn components(&mut self, entry: &Entry) {
        let Value::Table(tables) = &entry.item.value else {
            let help = Some("write `[components.billing]`".to_owned());
            return self.wrong_shape(&entry.item, "tables", help);
        };
        for (name, entry) in tables {
            let Value::Table(table) = &entry.item.value else {
                self.wrong_shape(
                    &entry.item,
                    "a component's table",
                    Some(format!("write `[components.{name}]`")),
                );
                continue;
            };
            let (component, errors) = component::from_table(name, table, self.source, entry.key.clone());
            self.config.components.push(component);
            self.errors.extend(errors);
        }
    }

    fn coverage(&mut self, entry: &Entry) {
        let Value::Table(table) = &entry.item.value else {
            return self.wrong_shape(&entry.item, "a table", None);
        };
        let mut fields = Fields::new(table, self.source, entry.key.clone(), &[COVERAGE]);
        let place = fields.place_of("unassigned");
        let unassigned = fields.one_of("unassigned", SEVERITIES);
        self.config.coverage.unassigned = unassigned.map(|value| Located { value, place });
        self.errors.extend(fields.finish());
    }

    fn rules(&mut self, kind: &str, entry: &Entry) {
        let help = || Some(format!("write `[[{kind}]]`: each such table is one rule"));
        let Value::Array(items) = &entry.item.value else {
            return self.wrong_shape(&entry.item, "a list of tables", help());
        };
        for item in items {
            match &item.value {
                Value::Table(table) => self.rule(kind, table, item),
                _ => self.wrong_shape(item, "a table", help()),
            }
        }
    }

    /// Reads what all kinds have in common; unknown keys are left to the kind.
    fn rule(&mut self, kind: &str, table: &Table, item: &Item) {
        let common: Table = table
            .iter()
            .filter(|(name, _)| RULE.iter().any(|k| k.name == name.as_str()))
            .map(|(name, entry)| (name.clone(), entry.clone()))
            .collect();
        let mut fields = Fields::new(&common, self.source, item.bytes.clone(), &[RULE]);
        let id = fields.string("id");
        let rule = RuleTable {
            kind: kind.to_owned(),
            place: id.as_ref().map_or_else(|| fields.place().clone(), |id| id.place.clone()),
            id: id.map_or_else(|| kind.to_owned(), |id| id.value),
            severity: fields.one_of("severity", SEVERITIES),
            reason: fields.string("reason").map(|r| r.value),
            instead: fields.string("instead").map(|i| i.value),
            bytes: item.bytes.clone(),
            table: table.clone(),
            source: self.source.clone(),
        };
        self.config.rules.push(rule);
        self.errors.extend(fields.finish());
    }

    /// Ids must be names, must be free, and must differ.
    fn check_ids(&mut self) {
        let mut seen: Vec<&Located<String>> = Vec::new();
        let ids: Vec<Located<String>> = self
            .config
            .rules
            .iter()
            .map(|r| Located { value: r.id.clone(), place: r.place.clone() })
            .collect();
        let mut sorted: Vec<&Located<String>> = ids.iter().collect();
        sorted.sort_by(|a, b| (&a.value, &a.place).cmp(&(&b.value, &b.place)));
        for id in sorted {
            let name_like = |c: char| c.is_alphanumeric() || "-_./".contains(c);
            let first = seen.last().filter(|first| first.value == id.value);
            let message = if id.value.is_empty() || !id.value.chars().all(name_like) {
                Some(("rule-id", "a rule's id is made of letters, digits, `-`, `_`, `.` and `/`".to_owned()))
            } else if self.words.reserved.contains(&id.value.as_str()) {
                Some(("rule-id", format!("`{}` is the id of a rule that components imply", id.value)))
            } else {
                first.map(|_| ("duplicate-id", format!("a second rule with the id `{}`", id.value)))
            };
            if let Some((code, message)) = message {
                let error = Diagnostic::error(code, message).help("give each rule an `id` of its own");
                self.errors.push(id.place.say(error));
            }
            seen.push(id);
        }
    }
}
