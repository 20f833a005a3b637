//! A configuration file split into its tables, and the merging of several such files: a later one
//! changes the earlier ones.
//!
//! Tables are merged by name: `[analysis]` with `[analysis]`, a component with the one of its name,
//! a rule with the one of its kind and `id`. Within a table the keys of the later file win, each as
//! a whole. The values of the keys are read after the merge, once.

use super::{
    Vocabulary,
    fields::Fields,
    key::Key,
    raw::{Document, RawRule},
    source::Source,
    tables::{ANALYSIS_NAME, BASELINE_NAME, COVERAGE_NAME, RULE, TOP},
    value::{Element, Entry, Table, Value},
    written::Written,
};
use crate::base::{codes, diagnostic::Diagnostic, order::Order as _, place::Located, suggest};

/// Splits `table`, from the file `source`, into its tables. Entries of the wrong shape are omitted
/// and reported.
pub fn split(table: Table, source: &Source, words: Vocabulary<'_>, errors: &mut Vec<Diagnostic>) -> Document {
    let mut reader = Splitter { source, words, errors, document: Document::default() };
    for (name, entry) in table {
        match name.as_str() {
            "extends" => reader.extends(entry),
            ANALYSIS_NAME => reader.document.analysis = reader.table(entry),
            "components" => reader.components(entry),
            COVERAGE_NAME => reader.document.coverage = reader.table(entry),
            BASELINE_NAME => reader.document.baseline = reader.table(entry),
            kind if words.has(kind) => reader.rules(kind, entry),
            _ => reader.unknown_table(&name, &entry),
        }
    }
    let document = reader.document;
    check_ids(&document.rules, words, errors);
    document
}

/// The state shared by the functions that read one file.
struct Splitter<'a> {
    source: &'a Source,
    words: Vocabulary<'a>,
    errors: &'a mut Vec<Diagnostic>,
    document: Document,
}

impl Splitter<'_> {
    fn extends(&mut self, entry: Entry) {
        let own = Table::from([("extends".to_owned(), entry)]);
        let mut fields = Fields::new(&own, self.source, 0..0, &[TOP]);
        self.document.extends = fields.strings("extends").unwrap_or_default();
        fields.reject_empty("extends", self.document.extends.is_empty());
        self.errors.extend(fields.finish());
    }

    fn unknown_table(&mut self, name: &str, entry: &Entry) {
        let kinds = self.words.kinds.iter().map(|(kind, _)| *kind);
        let known: Vec<&str> = TOP.iter().map(|k| k.name).chain(kinds).collect();
        let what =
            if matches!(entry.item.value, Value::Table(_) | Value::Array(_)) { "table" } else { "key" };
        let mut error = Diagnostic::error(codes::UNKNOWN_TABLE, format!("unknown {what} `{name}`"));
        error.help = suggest::help(name, known);
        self.errors.push(self.source.place(entry.key.clone()).say(error));
    }

    fn wrong_shape(&mut self, item: &Element, wanted: &str, help: Option<String>) {
        let message = format!("expected {wanted}, found {}", item.value.kind());
        let mut error = Diagnostic::error(codes::WRONG_TYPE, message);
        error.help = help;
        self.errors.push(self.source.place(item.bytes.clone()).say(error));
    }

    fn table(&mut self, entry: Entry) -> Option<Written> {
        match entry.item.value {
            Value::Table(table) => Some(Written::new(table, self.source, entry.key)),
            _ => {
                self.wrong_shape(&entry.item, "a table", None);
                None
            }
        }
    }

    fn components(&mut self, entry: Entry) {
        let Value::Table(tables) = entry.item.value else {
            let help = Some("write `[components.billing]`".to_owned());
            return self.wrong_shape(&entry.item, "tables", help);
        };
        for (name, entry) in tables {
            let Value::Table(table) = entry.item.value else {
                let help = Some(format!("write `[components.{name}]`"));
                self.wrong_shape(&entry.item, "a component's table", help);
                continue;
            };
            self.document.components.insert(name, Written::new(table, self.source, entry.key));
        }
    }

    fn rules(&mut self, kind: &str, entry: Entry) {
        let help = || Some(format!("write `[[{kind}]]`: each such table is one rule"));
        let Value::Array(items) = entry.item.value else {
            return self.wrong_shape(&entry.item, "a list of tables", help());
        };
        for item in items {
            match item.value {
                Value::Table(table) => {
                    let written = Written::new(table, self.source, item.bytes);
                    self.document.rules.push(RawRule::new(kind, written));
                }
                _ => self.wrong_shape(&item, "a table", help()),
            }
        }
    }
}

impl RawRule {
    /// Takes the id as it is written. An id of the wrong type is reported when the table is read.
    fn new(kind: &str, written: Written) -> Self {
        let given = written.table.get("id").and_then(|entry| match &entry.item.value {
            Value::String(id) => {
                let place = entry.source.place(entry.item.bytes.clone());
                Some(Located { value: id.clone(), place })
            }
            _ => None,
        });
        let named = given.is_some();
        let id = given.unwrap_or_else(|| Located { value: kind.to_owned(), place: written.place() });
        Self { kind: kind.to_owned(), id, named, written }
    }

    /// Returns whether the table has only keys common to all rules although its kind requires
    /// others. Such a table changes a rule and does not define one.
    fn only_changes(&self, words: Vocabulary<'_>) -> bool {
        let needs = words.keys(&self.kind).iter().any(|k| k.required);
        let common = |name: &str| RULE.iter().any(|k| k.name == name);
        self.named && needs && self.written.table.keys().all(|name| common(name))
    }
}

/// Checks that the ids within one file are well-formed, not reserved, and distinct.
fn check_ids(rules: &[RawRule], words: Vocabulary<'_>, errors: &mut Vec<Diagnostic>) {
    let mut sorted: Vec<&Located<String>> = rules.iter().map(|r| &r.id).collect();
    sorted.order_by(|a, b| (&a.value, &a.place).cmp(&(&b.value, &b.place)));
    for (i, id) in sorted.iter().enumerate() {
        let name_like = |c: char| c.is_alphanumeric() || "-_./".contains(c);
        let taken = i > 0 && sorted[i - 1].value == id.value;
        let (code, message) = if id.value.is_empty() || !id.value.chars().all(name_like) {
            (codes::RULE_ID, "a rule's id is made of letters, digits, `-`, `_`, `.` and `/`".to_owned())
        } else if words.reserved.contains(&id.value.as_str()) {
            (codes::RULE_ID, format!("`{}` is the id of a rule that components imply", id.value))
        } else if taken {
            (codes::DUPLICATE_ID, format!("a second rule with the id `{}`", id.value))
        } else {
            continue;
        };
        errors.push(id.place.say(Diagnostic::error(code, message).help("give each rule an `id` of its own")));
    }
}

/// Merges files, in which a later one changes the earlier ones.
pub fn join(documents: Vec<Document>, words: Vocabulary<'_>, errors: &mut Vec<Diagnostic>) -> Document {
    let mut joined = Document::default();
    for document in documents {
        change(&mut joined.analysis, document.analysis);
        change(&mut joined.coverage, document.coverage);
        change(&mut joined.baseline, document.baseline);
        for (name, later) in document.components {
            match joined.components.get_mut(&name) {
                Some(earlier) => earlier.change(later, &[]),
                None => drop(joined.components.insert(name, later)),
            }
        }
        let extends = !document.extends.is_empty();
        join_rules(&mut joined.rules, document.rules, extends, words, errors);
    }
    joined
}

fn change(earlier: &mut Option<Written>, later: Option<Written>) {
    match (earlier.as_mut(), later) {
        (Some(earlier), Some(later)) => earlier.change(later, &[]),
        (None, later) => *earlier = later,
        (Some(_), None) => {}
    }
}

fn join_rules(
    rules: &mut Vec<RawRule>,
    later: Vec<RawRule>,
    extends: bool,
    words: Vocabulary<'_>,
    errors: &mut Vec<Diagnostic>,
) {
    let earlier = rules.len();
    for rule in later {
        match rules[..earlier].iter_mut().find(|r| r.id.value == rule.id.value) {
            Some(same) if rule.named && same.kind == rule.kind => same.written.change(rule.written, &["id"]),
            Some(other) => errors.push(clash(&rule, other)),
            None if extends && rule.only_changes(words) => errors.push(nothing_to_change(&rule, rules)),
            None => rules.push(rule),
        }
    }
}

fn clash(rule: &RawRule, other: &RawRule) -> Diagnostic {
    let (id, place) = (&rule.id.value, &other.id.place);
    let message =
        format!("a second rule with the id `{id}`: `{}` has a `[[{}]]` of that id", place.file, other.kind);
    let help = match rule.named {
        true => {
            format!("write `[[{}]]` to change that rule, or give this one an `id` of its own", other.kind)
        }
        false => "give this rule an `id` of its own".to_owned(),
    };
    rule.id.place.say(Diagnostic::error(codes::DUPLICATE_ID, message).help(help))
}

fn nothing_to_change(rule: &RawRule, rules: &[RawRule]) -> Diagnostic {
    let known: Vec<&str> =
        rules.iter().filter(|r| r.kind == rule.kind).map(|r| r.id.value.as_str()).collect();
    let message =
        format!("nothing that this file extends has a `[[{}]]` with the id `{}`", rule.kind, rule.id.value);
    let mut error = Diagnostic::error(codes::UNKNOWN_RULE, message);
    error.help = suggest::help(&rule.id.value, known);
    rule.id.place.say(error)
}

impl Vocabulary<'_> {
    /// Returns whether a kind of rule is called `name`.
    pub fn has(&self, name: &str) -> bool {
        self.kinds.iter().any(|(kind, _)| *kind == name)
    }

    /// Returns the keys of a kind of rule.
    pub fn keys(&self, kind: &str) -> &[Key] {
        self.kinds.iter().find(|(name, _)| *name == kind).map_or(&[], |(_, keys)| *keys)
    }
}
