//! The table of a component in a manifest with its places, which cargo's answer lacks.

use super::{
    source::Source,
    value::{self, Table, Value},
    written::Written,
};
use crate::graph::package::Package;

/// Returns `[package.metadata.archlint]` of the manifest `file` with the text `text`.
pub fn component(file: &str, text: &str) -> Option<Written> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source::new(file, text);
    let (mut table, _) = value::parse_toml(&source, text);
    for name in ["package", "metadata"] {
        let Value::Table(inner) = table.remove(name)?.item.value else { return None };
        table = inner;
    }
    let entry = table.remove("archlint")?;
    let Value::Table(inner) = entry.item.value else { return None };
    Some(Written::new(inner, &source, entry.key))
}

/// Returns the name of the component that `written` declares in the manifest of `package`.
pub fn name(written: &Written, package: &Package) -> String {
    match written.table.get("name").map(|entry| &entry.item.value) {
        Some(Value::String(name)) => name.clone(),
        _ => package.name.clone(),
    }
}

/// Converts a table to JSON, the form in which cargo returns it.
pub fn to_json(table: &Table) -> serde_json::Value {
    table.iter().map(|(key, entry)| (key.clone(), json(&entry.item.value))).collect()
}

/// Values nest no deeper than the parser of TOML accepts.
fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::String(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Boolean(flag) => (*flag).into(),
        Value::Array(items) => items.iter().map(|item| json(&item.value)).collect(),
        Value::Table(table) => to_json(table),
        Value::Other(_) => serde_json::Value::Null,
    }
}
