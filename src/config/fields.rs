//! Reads the keys of one TOML table, and notes every mistake instead of stopping at the first.
//!
//! The keys that a table knows are data ([`Key`]): the same list finds unknown keys, and documents the table.

use std::ops::Range;

use super::{
    source::{Located, Place, Source},
    suggest,
    value::{Item, Table, Value},
};
use crate::base::{
    diagnostic::Diagnostic,
    pattern::{Selector, Term},
};

/// A key that a table knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// As written in the file.
    pub name: &'static str,
    /// What it may hold, in a few words.
    pub holds: &'static str,
    /// What it means, in one line; where it is left out, too.
    pub doc: &'static str,
}

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
    source: &'a Source,
    /// Where the table is; required keys that are missing are missing here.
    place: Place,
    /// What was wrong so far.
    errors: Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// The fields of `table`; those that none of `keys` names are mistakes.
    pub fn new(table: &'a Table, source: &'a Source, bytes: Range<usize>, keys: &[&[Key]]) -> Self {
        let mut fields = Self { table, source, place: source.place(bytes), errors: Vec::new() };
        let known = || keys.iter().copied().flatten().map(|k| k.name);
        for (name, entry) in table.iter().filter(|(k, _)| !known().any(|n| n == k.as_str())) {
            let mut error = Diagnostic::error("unknown-key", format!("unknown key `{name}`"));
            error.help = suggest::help(name, known().collect::<Vec<_>>());
            fields.errors.push(source.place(entry.key.clone()).say(error));
        }
        fields
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
        self.item(key).map_or_else(|| self.place.clone(), |v| self.source.place(v.bytes.clone()))
    }

    /// Whether the table has `key` at all.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Notes that `key` is missing.
    pub fn missing(&mut self, key: &str) {
        let error = Diagnostic::error("missing-key", format!("the key `{key}` is missing"));
        self.errors.push(self.place.say(error));
    }

    fn item(&self, key: &str) -> Option<&'a Item> {
        self.table.get(key).map(|entry| &entry.item)
    }

    fn wrong_type(&mut self, value: &Item, wanted: &str) {
        let found = value.value.kind();
        let error = Diagnostic::error("wrong-type", format!("expected {wanted}, found {found}"));
        self.errors.push(self.source.place(value.bytes.clone()).say(error));
    }

    /// A string.
    pub fn string(&mut self, key: &str) -> Option<Located<String>> {
        let value = self.item(key)?;
        self.string_at(value, "a string")
    }

    fn string_at(&mut self, value: &Item, wanted: &str) -> Option<Located<String>> {
        let Value::String(text) = &value.value else {
            self.wrong_type(value, wanted);
            return None;
        };
        Some(Located { value: text.clone(), place: self.source.place(value.bytes.clone()) })
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.item(key)?;
        let Value::Boolean(flag) = value.value else {
            self.wrong_type(value, "`true` or `false`");
            return None;
        };
        Some(flag)
    }

    /// A whole number, not negative.
    pub fn count(&mut self, key: &str) -> Option<Located<u64>> {
        let value = self.item(key)?;
        let Value::Integer(number @ 0..) = value.value else {
            self.wrong_type(value, "a whole number that is not negative");
            return None;
        };
        Some(Located { value: number as u64, place: self.source.place(value.bytes.clone()) })
    }

    /// A string, or a list of strings.
    pub fn strings(&mut self, key: &str) -> Option<Vec<Located<String>>> {
        let value = self.item(key)?;
        let Value::Array(list) = &value.value else {
            return self.string_at(value, "a string or a list of strings").map(|one| vec![one]);
        };
        Some(list.iter().filter_map(|v| self.string_at(v, "a string")).collect())
    }

    /// `true` or `false`, or a string or a list of them.
    pub fn flag_or_strings(&mut self, key: &str) -> Option<FlagOrStrings> {
        match self.item(key)?.value {
            Value::Boolean(flag) => Some(FlagOrStrings::Flag(flag)),
            _ => self.strings(key).map(FlagOrStrings::Strings),
        }
    }

    /// The items of a list that may hold lists of strings: each item a string or an inner list.
    pub fn nested_strings(&mut self, key: &str) -> Option<Vec<Vec<Located<String>>>> {
        let value = self.item(key)?;
        let Value::Array(list) = &value.value else {
            self.wrong_type(value, "a list");
            return None;
        };
        let mut items = Vec::new();
        for item in list {
            match &item.value {
                Value::Array(inner) => {
                    items.push(inner.iter().filter_map(|v| self.string_at(v, "a string")).collect())
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
            let mut error = Diagnostic::error("unknown-value", format!("unknown value `{}`", text.value));
            error.help =
                suggest::help(&text.value, choices.iter().map(|(name, _)| *name).collect::<Vec<_>>());
            self.errors.push(text.place.say(error));
        }
        chosen
    }

    /// Notes an empty list where that would mean nothing.
    pub fn reject_empty(&mut self, key: &str, empty: bool) {
        let is_listed_so =
            matches!(self.item(key), Some(Item { value: Value::Array(list), .. }) if list.is_empty());
        if empty && is_listed_so {
            let error =
                Diagnostic::error("empty-list", format!("`{key}` is empty, which would mean nothing"));
            let place = self.place_of(key);
            self.errors.push(place.say(error));
        }
    }

    /// A selector: a string or a list of strings, which may be empty.
    pub fn selector_or_empty(&mut self, key: &str) -> Option<Selector> {
        let value = self.item(key)?;
        let items =
            if let Value::Array(list) = &value.value { list.as_slice() } else { std::slice::from_ref(value) };
        let terms: Vec<Term> = items.iter().filter_map(|v| self.term(v)).collect();
        if !terms.is_empty() && terms.iter().all(|t| t.exclude) {
            let error = Diagnostic::error("empty-selector", "a list of `!` alone selects nothing");
            let place = self.source.place(value.bytes.clone());
            self.errors.push(place.say(error).help("put what to take away from first, such as \"**\""));
        }
        Some(Selector { terms })
    }

    /// A selector that has at least one term.
    pub fn selector(&mut self, key: &str) -> Option<Selector> {
        let selector = self.selector_or_empty(key)?;
        self.reject_empty(key, selector.terms.is_empty());
        Some(selector)
    }

    /// A selector that must be there.
    pub fn required_selector(&mut self, key: &str) -> Option<Selector> {
        if !self.has(key) {
            self.missing(key);
        }
        self.selector(key)
    }

    /// The selector that a string of the table writes, where that is one.
    pub fn parse_term(&mut self, text: &Located<String>) -> Option<Term> {
        self.term_of(text, 0..0)
    }

    fn term(&mut self, value: &Item) -> Option<Term> {
        let text = self.string_at(value, "a selector")?;
        self.term_of(&text, value.bytes.clone())
    }

    /// Parses one selector string; a mistake points into the string where the file has it letter by letter.
    fn term_of(&mut self, text: &Located<String>, bytes: Range<usize>) -> Option<Term> {
        match Term::parse(&text.value) {
            Ok(term) => Some(Term { span: text.place.span, ..term }),
            Err(error) => {
                let inner = bytes.start + 1..bytes.end.saturating_sub(1).max(bytes.start + 1);
                let exact = !bytes.is_empty() && self.source.slice(inner.clone()) == Some(&text.value);
                let at = inner.start + error.at.start..inner.start + error.at.end;
                let place = if exact { self.source.place(at) } else { text.place.clone() };
                let mut diagnostic = Diagnostic::error("selector-syntax", error.message);
                diagnostic.help = error.help;
                self.errors.push(place.say(diagnostic));
                None
            }
        }
    }
}
