//! Reads the keys of one TOML table, and notes every mistake instead of stopping at the first.
//!
//! Which keys a table knows, and which must be there, is data ([`Key`]).

use std::ops::Range;

use super::{
    key::Key,
    source::Source,
    value::{Item, Table, Value},
    written::{Part, Written},
};
use crate::base::{
    codes,
    diagnostic::Diagnostic,
    pattern::{Selector, Term},
    place::{Located, Place},
    suggest,
};

/// What a key holds that takes a boolean or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlagOrStrings {
    /// `true` or `false`.
    Flag(bool),
    /// A list, or one string as a list.
    Strings(Vec<Located<String>>),
}

/// One table on its way from text to options.
#[derive(Debug)]
pub struct Fields<'a> {
    table: &'a Table,
    /// The files that the table was written in, where there are several.
    parts: &'a [Part],
    /// Where the table is; required keys that are missing are missing here.
    place: Place,
    /// What was wrong so far.
    errors: Vec<Diagnostic>,
}

/// A value, and the text that it stands in.
#[derive(Debug, Clone, Copy)]
struct At<'a> {
    item: &'a Item,
    source: &'a Source,
}

impl<'a> At<'a> {
    fn place(self) -> Place {
        self.source.place(self.item.bytes.clone())
    }

    /// The items of a list, or else the value itself.
    fn each(self) -> impl Iterator<Item = At<'a>> {
        let items =
            if let Value::Array(list) = &self.item.value { list } else { std::slice::from_ref(self.item) };
        items.iter().map(move |item| At { item, ..self })
    }
}

impl<'a> Fields<'a> {
    /// The fields of `table`. A key that none of `keys` names is a mistake, and so is a required one that is not there.
    pub fn new(table: &'a Table, source: &Source, bytes: Range<usize>, keys: &[&[Key]]) -> Self {
        Self::start(table, &[], source.place(bytes), keys)
    }

    /// The same of a table that may have been written in several files.
    pub fn of(written: &'a Written, keys: &[&[Key]]) -> Self {
        Self::start(&written.table, &written.parts, written.place(), keys)
    }

    fn start(table: &'a Table, parts: &'a [Part], place: Place, keys: &[&[Key]]) -> Self {
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

    /// Notes that a key is not there which, as the others stand, has to be.
    pub fn missing(&mut self, key: &str) {
        let error = Diagnostic::error(codes::MISSING_KEY, format!("the key `{key}` is missing"));
        self.errors.push(self.place.say(error));
    }

    /// Where the table is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Notes a mistake.
    pub fn error(&mut self, error: Diagnostic) {
        self.errors.push(error);
    }

    /// Everything that was wrong.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.errors
    }

    /// Where the value of `key` stands, or the table where it has none.
    pub fn place_of(&self, key: &str) -> Place {
        self.item(key).map_or_else(|| self.place.clone(), At::place)
    }

    /// Whether the table has `key` at all.
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

    /// A string.
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

    /// `true` or `false`.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.item(key)?;
        let Value::Boolean(flag) = value.item.value else {
            self.wrong_type(value, "`true` or `false`");
            return None;
        };
        Some(flag)
    }

    /// A whole number, not negative.
    pub fn count(&mut self, key: &str) -> Option<Located<u64>> {
        let value = self.item(key)?;
        let Value::Integer(number @ 0..) = value.item.value else {
            self.wrong_type(value, "a whole number that is not negative");
            return None;
        };
        Some(Located { value: number as u64, place: value.place() })
    }

    /// A number, whole or not, that is not negative.
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

    /// Notes a mistake at the value of `key`.
    pub fn mistake(&mut self, key: &str, mistake: Diagnostic) {
        let Some(value) = self.item(key) else { return };
        self.errors.push(value.place().say(mistake));
    }

    /// A string, or a list of strings.
    pub fn strings(&mut self, key: &str) -> Option<Vec<Located<String>>> {
        let value = self.item(key)?;
        if !matches!(value.item.value, Value::Array(_)) {
            return self.string_at(value, "a string or a list of strings").map(|one| vec![one]);
        }
        Some(value.each().filter_map(|v| self.string_at(v, "a string")).collect())
    }

    /// `true` or `false`, or a string or a list of them.
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

    /// The items of a list that may hold lists of strings: each item a string or an inner list.
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

    /// The one of `choices` that the string at `key` names.
    pub fn one_of<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.string(key)?;
        self.choose(&text, choices)
    }

    /// Those of `choices` that the list at `key` names; an empty list is a mistake.
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

    /// Notes an empty list where that would mean nothing.
    pub fn reject_empty(&mut self, key: &str, empty: bool) {
        let Some(value) = self.item(key).filter(|_| empty) else { return };
        if matches!(&value.item.value, Value::Array(list) if list.is_empty()) {
            let error =
                Diagnostic::error(codes::EMPTY_LIST, format!("`{key}` is empty, which would mean nothing"));
            self.errors.push(value.place().say(error));
        }
    }

    /// A selector: a string or a list of strings, which may be empty.
    pub fn selector_or_empty(&mut self, key: &str) -> Option<Selector> {
        let value = self.item(key)?;
        let terms: Vec<Term> = value.each().filter_map(|v| self.term(v)).collect();
        if !terms.is_empty() && terms.iter().all(|t| t.exclude) {
            let error = Diagnostic::error(codes::EMPTY_SELECTOR, "a list of `!` alone selects nothing");
            let help = "put what to take away from first, such as \"**\"";
            self.errors.push(value.place().say(error).help(help));
        }
        Some(Selector { terms })
    }

    /// A selector that has at least one term.
    pub fn selector(&mut self, key: &str) -> Option<Selector> {
        let selector = self.selector_or_empty(key)?;
        self.reject_empty(key, selector.terms.is_empty());
        Some(selector)
    }

    fn term(&mut self, value: At<'_>) -> Option<Term> {
        let text = self.string_at(value, "a selector")?;
        self.parse_term(&text, Some(value))
    }

    /// The selector that one of the strings of `key` writes, where it is one.
    pub fn term_of(&mut self, text: &Located<String>) -> Option<Term> {
        self.parse_term(text, None)
    }

    /// Parses one selector string; a mistake points into `value` where the file has the string letter by letter.
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

    /// Whether the selector `text`, which stands in `file`, need not select anything: where `optional` says so, or where
    /// a later file has switched the rule off. Neither speaks of what a still later file writes.
    pub fn is_optional(&self, text: &str, file: &str) -> bool {
        let rank = self.rank(file);
        let off = |v: At<'_>| {
            let off = matches!(&v.item.value, Value::String(severity) if severity == "off");
            off && self.rank(&v.source.file) > rank
        };
        let said = |v: At<'_>| self.rank(&v.source.file) >= rank && says_optional(v, text);
        self.item("severity").is_some_and(off) || self.item("optional").is_some_and(said)
    }

    /// The place of `file` among those that the table was written in.
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

/// A selector without its `!`.
pub fn bare(selector: &str) -> &str {
    selector.strip_prefix('!').unwrap_or(selector)
}

/// The place of some bytes of a string, where the file has it letter by letter between its quotes.
fn inside(value: At<'_>, text: &str, at: Range<usize>) -> Option<Place> {
    let bytes = &value.item.bytes;
    let inner = bytes.start + 1..bytes.end.saturating_sub(1).max(bytes.start + 1);
    let exact = !bytes.is_empty() && value.source.slice(inner.clone()) == Some(text);
    exact.then(|| value.source.place(inner.start + at.start..inner.start + at.end))
}
