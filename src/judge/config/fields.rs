//! A reader for the keys of one TOML table, which collects every error instead of stopping at the
//! first.
//!
//! The keys that a table may and must have are data ([`Key`]).

use std::ops::Range;

use super::{
    key::Key,
    source::Source,
    value::{Element, Table, Value},
    written::{TablePart, Written},
};
use crate::base::{
    codes,
    diagnostic::Diagnostic,
    pattern::{Selector, Term},
    place::{Located, Place},
    suggest,
};

/// The value of a key that takes a boolean or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlagOrStrings {
    /// `true` or `false`.
    Flag(bool),
    /// A list of strings; a single string counts as a list of one.
    Strings(Vec<Located<String>>),
}

/// A table that is being read.
#[derive(Debug)]
pub struct Fields<'a> {
    table: &'a Table,
    /// The parts that the table was merged from; empty if it was written in one place.
    parts: &'a [TablePart],
    /// The place of the table, at which missing keys are reported.
    place: Place,
    /// The errors found so far.
    errors: Vec<Diagnostic>,
}

/// A value, and the file that contains it.
#[derive(Debug, Clone, Copy)]
struct At<'a> {
    item: &'a Element,
    source: &'a Source,
}

impl<'a> At<'a> {
    fn place(self) -> Place {
        self.source.place(self.item.bytes.clone())
    }

    /// Returns the items of a list, or the value itself if it is not one.
    fn each(self) -> impl Iterator<Item = At<'a>> {
        let items =
            if let Value::Array(list) = &self.item.value { list } else { std::slice::from_ref(self.item) };
        items.iter().map(move |item| At { item, ..self })
    }
}

impl<'a> Fields<'a> {
    /// Starts to read `table`. Keys that are not among `keys` are reported, and so are required
    /// keys that are missing.
    pub fn new(table: &'a Table, source: &Source, bytes: Range<usize>, keys: &[&[Key]]) -> Self {
        Self::start(table, &[], source.place(bytes), keys)
    }

    /// Starts to read a table that may be merged from several files.
    pub fn of(written: &'a Written, keys: &[&[Key]]) -> Self {
        Self::start(&written.table, &written.parts, written.place(), keys)
    }

    fn start(table: &'a Table, parts: &'a [TablePart], place: Place, keys: &[&[Key]]) -> Self {
        let mut fields = Self { table, parts, place, errors: Vec::new() };
        let known = || keys.iter().copied().flatten();
        for (name, entry) in table.iter().filter(|(k, _)| !known().any(|n| n.name == k.as_str())) {
            let mut error = Diagnostic::error(codes::UNKNOWN_KEY, format!("unknown key `{name}`"));
            error.help = suggest::help(name, known().map(|k| k.name).collect::<Vec<_>>());
            fields.errors.push(entry.source.place(entry.key.clone()).say(error));
        }
        known().filter(|k| k.required && !table.contains_key(k.name)).for_each(|k| fields.missing(k.name));
        fields
    }

    /// Reports a key that the other keys of this table make necessary.
    pub fn missing(&mut self, key: &str) {
        let error = Diagnostic::error(codes::MISSING_KEY, format!("the key `{key}` is missing"));
        self.errors.push(self.place.say(error));
    }

    /// Returns the place of the table.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Adds an error.
    pub fn error(&mut self, error: Diagnostic) {
        self.errors.push(error);
    }

    /// Returns all errors.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.errors
    }

    /// Returns the place of the value of `key`, or of the table if the key is absent.
    pub fn place_of(&self, key: &str) -> Place {
        self.item(key).map_or_else(|| self.place.clone(), At::place)
    }

    /// Returns whether the table has `key`.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn item(&self, key: &str) -> Option<At<'a>> {
        self.table.get(key).map(|entry| At { item: &entry.item, source: &entry.source })
    }

    fn wrong_type(&mut self, value: At<'_>, wanted: &str) {
        let found = value.item.value.kind();
        let error = Diagnostic::error(codes::WRONG_TYPE, format!("expected {wanted}, found {found}"));
        self.errors.push(value.place().say(error));
    }

    /// Reads a string.
    pub fn string(&mut self, key: &str) -> Option<Located<String>> {
        let value = self.item(key)?;
        self.string_at(value, "a string")
    }

    fn string_at(&mut self, value: At<'_>, wanted: &str) -> Option<Located<String>> {
        let Value::String(text) = &value.item.value else {
            self.wrong_type(value, wanted);
            return None;
        };
        Some(Located { value: text.clone(), place: value.place() })
    }

    /// Reads a boolean.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.item(key)?;
        let Value::Boolean(flag) = value.item.value else {
            self.wrong_type(value, "`true` or `false`");
            return None;
        };
        Some(flag)
    }

    /// Reads a whole number that is not negative.
    pub fn count(&mut self, key: &str) -> Option<Located<u64>> {
        let value = self.item(key)?;
        let Value::Integer(number @ 0..) = value.item.value else {
            self.wrong_type(value, "a whole number that is not negative");
            return None;
        };
        Some(Located { value: number as u64, place: value.place() })
    }

    /// Reads a number that is not negative.
    pub fn number(&mut self, key: &str) -> Option<Located<f64>> {
        let value = self.item(key)?;
        let number = match value.item.value {
            Value::Integer(number @ 0..) => number as f64,
            Value::Float(number) if number >= 0.0 && number.is_finite() => number,
            _ => {
                self.wrong_type(value, "a number that is not negative");
                return None;
            }
        };
        Some(Located { value: number, place: value.place() })
    }

    /// Reports `mistake` at the value of `key`.
    pub fn mistake(&mut self, key: &str, mistake: Diagnostic) {
        let Some(value) = self.item(key) else { return };
        self.errors.push(value.place().say(mistake));
    }

    /// Reads a string or a list of strings.
    pub fn strings(&mut self, key: &str) -> Option<Vec<Located<String>>> {
        let value = self.item(key)?;
        if !matches!(value.item.value, Value::Array(_)) {
            return self.string_at(value, "a string or a list of strings").map(|one| vec![one]);
        }
        Some(value.each().filter_map(|v| self.string_at(v, "a string")).collect())
    }

    /// Reads a boolean, a string or a list of strings.
    pub fn flag_or_strings(&mut self, key: &str) -> Option<FlagOrStrings> {
        let value = self.item(key)?;
        match value.item.value {
            Value::Boolean(flag) => Some(FlagOrStrings::Flag(flag)),
            Value::String(_) | Value::Array(_) => self.strings(key).map(FlagOrStrings::Strings),
            _ => {
                self.wrong_type(value, "`true`, `false` or a list of strings");
                None
            }
        }
    }

    /// Reads a list whose items are strings or lists of strings.
    pub fn nested_strings(&mut self, key: &str) -> Option<Vec<Vec<Located<String>>>> {
        let value = self.item(key)?;
        if !matches!(value.item.value, Value::Array(_)) {
            self.wrong_type(value, "a list");
            return None;
        }
        let mut items = Vec::new();
        for item in value.each() {
            match &item.item.value {
                Value::Array(_) => {
                    items.push(item.each().filter_map(|v| self.string_at(v, "a string")).collect())
                }
                _ => items.extend(self.string_at(item, "a string or a list of strings").map(|one| vec![one])),
            }
        }
        Some(items)
    }

    /// Reads a string and returns the entry of `choices` that it names.
    pub fn one_of<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.string(key)?;
        self.choose(&text, choices)
    }

    /// Reads a list and returns the entries of `choices` that it names; an empty list is an error.
    pub fn many_of<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<Vec<T>> {
        let texts = self.strings(key)?;
        self.reject_empty(key, texts.is_empty());
        Some(texts.iter().filter_map(|text| self.choose(text, choices)).collect())
    }

    fn choose<T: Copy>(&mut self, text: &Located<String>, choices: &[(&str, T)]) -> Option<T> {
        let chosen = choices.iter().find(|(name, _)| *name == text.value).map(|(_, value)| *value);
        if chosen.is_none() {
            let mut error =
                Diagnostic::error(codes::UNKNOWN_VALUE, format!("unknown value `{}`", text.value));
            error.help =
                suggest::help(&text.value, choices.iter().map(|(name, _)| *name).collect::<Vec<_>>());
            self.errors.push(text.place.say(error));
        }
        chosen
    }

    /// Reports an empty list at `key` if `empty` is true: such a list would have no effect.
    pub fn reject_empty(&mut self, key: &str, empty: bool) {
        let Some(value) = self.item(key).filter(|_| empty) else { return };
        if matches!(&value.item.value, Value::Array(list) if list.is_empty()) {
            let error = Diagnostic::error(
                codes::EMPTY_LIST,
                format!("`{key}` is empty, and an empty list has no meaning here"),
            );
            self.errors.push(value.place().say(error));
        }
    }

    /// Reads a selector: a string, or a list of strings that may be empty.
    pub fn selector_or_empty(&mut self, key: &str) -> Option<Selector> {
        let value = self.item(key)?;
        let terms: Vec<Term> = value.each().filter_map(|v| self.term(v)).collect();
        if !terms.is_empty() && terms.iter().all(|t| t.exclude) {
            let error = Diagnostic::error(codes::EMPTY_SELECTOR, "a list of `!` alone selects nothing");
            let help = "put the modules to exclude from first, such as \"**\"";
            self.errors.push(value.place().say(error).help(help));
        }
        Some(Selector { terms })
    }

    /// Reads a selector that has at least one term.
    pub fn selector(&mut self, key: &str) -> Option<Selector> {
        let selector = self.selector_or_empty(key)?;
        self.reject_empty(key, selector.terms.is_empty());
        Some(selector)
    }

    fn term(&mut self, value: At<'_>) -> Option<Term> {
        let text = self.string_at(value, "a selector")?;
        self.parse_term(&text, Some(value))
    }

    /// Parses one of the strings of `key` as a selector.
    pub fn term_of(&mut self, text: &Located<String>) -> Option<Term> {
        self.parse_term(text, None)
    }

    /// Parses one selector string. A syntax error points into `value` if the file contains the
    /// string verbatim, without escapes.
    fn parse_term(&mut self, text: &Located<String>, value: Option<At<'_>>) -> Option<Term> {
        match Term::parse(&text.value) {
            Ok(term) => {
                let optional = self.is_optional(&text.value, &text.place.file);
                Some(Term { place: text.place.clone(), optional, ..term })
            }
            Err(error) => {
                let place = value.and_then(|v| inside(v, &text.value, error.at));
                let mut diagnostic = Diagnostic::error(codes::SELECTOR_SYNTAX, error.message);
                diagnostic.help = error.help;
                self.errors.push(place.as_ref().unwrap_or(&text.place).say(diagnostic));
                None
            }
        }
    }

    /// Returns whether the selector `text`, written in `file`, may select nothing: either
    /// `optional` names it, or a later file switches the rule off. Neither applies to selectors
    /// that a still later file writes.
    pub fn is_optional(&self, text: &str, file: &str) -> bool {
        let rank = self.rank(file);
        let off = |v: At<'_>| {
            let off = matches!(&v.item.value, Value::String(severity) if severity == "off");
            off && self.rank(&v.source.file) > rank
        };
        let said = |v: At<'_>| self.rank(&v.source.file) >= rank && says_optional(v, text);
        self.item("severity").is_some_and(off) || self.item("optional").is_some_and(said)
    }

    /// Returns the index of `file` among the parts of the table, in the order in which they change
    /// each other.
    fn rank(&self, file: &str) -> usize {
        self.parts.iter().rposition(|part| *part.source.file == *file).unwrap_or(0)
    }
}

fn says_optional(value: At<'_>, text: &str) -> bool {
    let is_meant = |v: At<'_>| matches!(&v.item.value, Value::String(name) if bare(name) == bare(text));
    match value.item.value {
        Value::Boolean(all) => all,
        _ => value.each().any(is_meant),
    }
}

/// Returns the selector without its `!`.
pub fn bare(selector: &str) -> &str {
    selector.strip_prefix('!').unwrap_or(selector)
}

/// Returns the place of some bytes of a string if the file contains it verbatim between its quotes.
fn inside(value: At<'_>, text: &str, at: Range<usize>) -> Option<Place> {
    let bytes = &value.item.bytes;
    let inner = bytes.start + 1..bytes.end.saturating_sub(1).max(bytes.start + 1);
    let exact = !bytes.is_empty() && value.source.slice(inner.clone()) == Some(text);
    exact.then(|| value.source.place(inner.start + at.start..inner.start + at.end))
}
