//! TOML values with their places, owned. Only this file uses the `toml` crate.
//!
//! Configuration comes as TOML in `archlint.toml`, or as JSON if cargo has already read it from a
//! manifest; both are converted to the same values. The conversions recurse no deeper than the
//! parsers that made their input (80 levels for TOML, 128 for JSON).

use std::{collections::BTreeMap, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::source::Source;
use crate::base::{codes, diagnostic::Diagnostic};

/// The entries of a table, by key.
pub type Table = BTreeMap<String, Entry>;

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The bytes of the key.
    pub key: Range<usize>,
    /// The value.
    pub item: Element,
    /// The file that contains both; the entries of a merged table may come from several files.
    pub source: Source,
}

/// A value and its range of bytes in the file.
#[derive(Debug, Clone)]
pub struct Element {
    /// The bytes, quotes and brackets included.
    pub bytes: Range<usize>,
    /// The value.
    pub value: Value,
}

impl Element {
    /// Returns the strings of a list, or a string by itself.
    pub fn strings(&self) -> impl Iterator<Item = &str> {
        let items = match &self.value {
            Value::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(self),
        };
        items.iter().filter_map(|item| match &item.value {
            Value::String(text) => Some(text.as_str()),
            _ => None,
        })
    }
}

/// A value.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A list.
    Array(Vec<Element>),
    /// A table.
    Table(Table),
    /// A value that is valid for no key: a date, a `null`, or a number out of range.
    Other(&'static str),
}

impl Value {
    /// Returns the type of the value, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Boolean(_) => "a boolean",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(kind) => kind,
        }
    }
}

/// Parses a TOML text as far as possible, and returns its table and its syntax errors. A text with
/// conflict markers is not read at all: the only error is the conflict.
pub fn parse_toml(source: &Source, text: &str) -> (Table, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    if let Some(conflict) = conflict(source, text).filter(|_| !errors.is_empty()) {
        return (Table::new(), vec![conflict]);
    }
    let say = |e: &toml::de::Error| {
        let message = e.message().lines().collect::<Vec<_>>().join("; ");
        source.place(e.span().unwrap_or(0..0)).say(Diagnostic::error(codes::TOML_SYNTAX, message))
    };
    let errors = errors.iter().map(say).collect();
    (from_table(table.into_inner(), source), errors)
}

/// Returns the error for an unresolved merge conflict. Git's markers are at the start of a line.
fn conflict(source: &Source, text: &str) -> Option<Diagnostic> {
    let mut lines = text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end - line.len(), line.trim_end()))
    });
    let is_mark = |line: &str| {
        ["<<<<<<<", ">>>>>>>"]
            .iter()
            .any(|mark| line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    };
    let (start, line) = lines.find(|(_, line)| is_mark(line))?;
    let message = format!("`{}` contains git's conflict markers", source.file);
    let error = Diagnostic::error(codes::MERGE_CONFLICT, message).help(
        "resolve the conflict and remove the markers; in a baseline, keep the entries of both sides, then run \
         `archlint baseline`",
    );
    Some(source.place(start..start + line.len()).say(error))
}

/// Converts a table by value, so that each part of the parser's is freed at once.
fn from_table(table: DeTable<'_>, source: &Source) -> Table {
    let mut entries = Table::new();
    for (key, value) in table {
        let item = Element { bytes: value.span(), value: from_toml(value.into_inner(), source) };
        let entry = Entry { key: key.span(), item, source: source.clone() };
        entries.insert(key.into_inner().into_owned(), entry);
    }
    entries
}

fn from_toml(value: DeValue<'_>, source: &Source) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.into_owned()),
        DeValue::Integer(i) => i64::from_str_radix(i.as_str(), i.radix())
            .map_or(Value::Other("a number out of range"), Value::Integer),
        DeValue::Float(f) => f.as_str().parse().map_or(Value::Other("a number out of range"), Value::Float),
        DeValue::Boolean(b) => Value::Boolean(b),
        DeValue::Datetime(_) => Value::Other("a date"),
        DeValue::Array(items) => {
            let item = |v: Spanned<DeValue<'_>>| Element {
                bytes: v.span(),
                value: from_toml(v.into_inner(), source),
            };
            Value::Array(items.into_iter().map(item).collect())
        }
        DeValue::Table(table) => Value::Table(from_table(table, source)),
    }
}

/// Converts a JSON value, which has no places.
pub fn from_json(value: &serde_json::Value, source: &Source) -> Value {
    let item = |v| Element { bytes: 0..0, value: from_json(v, source) };
    let entry = |v| Entry { key: 0..0, item: item(v), source: source.clone() };
    match value {
        serde_json::Value::Null => Value::Other("null"),
        serde_json::Value::Bool(b) => Value::Boolean(*b),
        serde_json::Value::Number(n) => match (n.as_i64(), n.as_f64()) {
            (Some(i), _) => Value::Integer(i),
            (None, Some(f)) => Value::Float(f),
            (None, None) => Value::Other("a number out of range"),
        },
        serde_json::Value::String(text) => Value::String(text.clone()),
        serde_json::Value::Array(items) => Value::Array(items.iter().map(item).collect()),
        serde_json::Value::Object(map) => {
            Value::Table(map.iter().map(|(k, v)| (k.clone(), entry(v))).collect())
        }
    }
}
