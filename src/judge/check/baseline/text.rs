//! The file of the baseline.
//!
//! A blank line separates the entries of two rules, so that changes to them do not conflict. To
//! git, changes of neighbouring lines still conflict; `merge=union` keeps the lines of both sides,
//! and of an entry that occurs twice the smaller count is valid.

use std::fmt::Write as _;

use crate::{
    base::{codes, diagnostic::Diagnostic, place::Place},
    judge::config::{
        fields::Fields,
        key::{Holds, Key},
        source::Source,
        value::{self, Value},
    },
};

use super::{Baseline, Entry, FILE};

const HEAD: &str = "\
# Findings that are known and not yet fixed. `archlint baseline` writes this file; it may only shrink.
# Where branches change neighbouring lines, git merges it with this line in .gitattributes:
# archlint-baseline.toml merge=union
findings = [
";

const TOP: &[Key] = &[Key::new("findings", Holds::Table("a list of tables"), "the known findings")];
const ENTRY: &[Key] = &[
    Key::new("rule", Holds::Id, "the violated rule"),
    Key::new("from", Holds::Name, "the module that violates the rule"),
    Key::new("to", Holds::Name, "the module that it depends on"),
    Key::new("transitive", Holds::Flag, "whether it depends on `to` through other modules; default: false"),
    Key::new("count", Holds::Count, "the number of places"),
];

impl Baseline {
    /// Parses a baseline, and returns it with every error.
    pub fn parse(text: &str) -> (Self, Vec<Diagnostic>) {
        let source = Source::new(FILE, text);
        let (table, mut errors) = value::parse_toml(&source, text);
        errors.extend(Fields::new(&table, &source, 0..0, &[TOP]).finish());
        let mut baseline = Self::default();
        let items = match table.get("findings").map(|entry| &entry.item.value) {
            Some(Value::Array(items)) => items.as_slice(),
            Some(other) => {
                let message = format!("expected a list, found {}", other.kind());
                errors.push(source.place(0..0).say(Diagnostic::error(codes::WRONG_TYPE, message)));
                &[]
            }
            None => &[],
        };
        for item in items {
            let place = source.place(item.bytes.clone());
            let Value::Table(table) = &item.value else {
                errors.push(place.say(Diagnostic::error(codes::WRONG_TYPE, "expected a table")));
                continue;
            };
            let mut fields = Fields::new(table, &source, item.bytes.clone(), &[ENTRY]);
            match entry(&mut fields, place) {
                Some(entry) => baseline.add(entry),
                None => fields.error(
                    fields
                        .place()
                        .say(Diagnostic::error(codes::MISSING_KEY, "an entry has a rule, from and count")),
                ),
            }
            errors.extend(fields.finish());
        }
        errors.sort_unstable();
        (baseline, errors)
    }

    /// Adds an entry. A merge may leave two entries with the same fingerprint, of which the smaller
    /// count is valid.
    fn add(&mut self, entry: Entry) {
        let fingerprint = entry.fingerprint();
        let smaller = self.entries.get(&fingerprint).is_none_or(|known| entry.count < known.count);
        if smaller {
            self.entries.insert(fingerprint, entry);
        }
    }

    /// Returns the text of the file.
    pub fn render(&self) -> String {
        let mut lines: Vec<String> = self.entries.values().map(Entry::line).collect();
        lines.sort_unstable();
        let mut text = HEAD.to_owned();
        for (at, line) in lines.iter().enumerate() {
            let rule = |line: &str| line.split_once(", from = ").map(|(rule, _)| rule.to_owned());
            if at > 0 && rule(&lines[at - 1]) != rule(line) {
                text.push('\n');
            }
            let _ = writeln!(text, "  {line}");
        }
        text.push_str("]\n");
        text
    }
}

fn entry(fields: &mut Fields<'_>, place: Place) -> Option<Entry> {
    let [rule, from, to] = ["rule", "from", "to"].map(|key| fields.string(key).map(|text| text.value));
    let transitive = fields.flag("transitive").unwrap_or(false);
    let count = fields.count("count")?.value;
    Some(Entry { rule: rule?, from: from?, to, transitive, count, place: Some(place) })
}

impl Entry {
    /// Returns the line of the entry in the file.
    fn line(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let to = self.to.as_ref().map(|to| format!(", to = {}", quoted(to))).unwrap_or_default();
        let through = if self.transitive { ", transitive = true" } else { "" };
        let (rule, from, count) = (quoted(&self.rule), quoted(&self.from), self.count);
        format!("{{ rule = {rule}, from = {from}{to}{through}, count = {count} }},")
    }
}
