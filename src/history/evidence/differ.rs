//! The differences between two records, each with its path: `predicate.rules[phi-stays].verdict`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::statement::Statement;
use crate::base::text::Printable;

/// The number of differences that are listed.
const LISTED: usize = 100;

/// The maximum length of a value in a difference, in characters.
const LENGTH: usize = 160;

/// A difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The path of the value.
    pub path: String,
    /// The value in the record; `None` if it has none.
    pub recorded: Option<String>,
    /// The value that was found.
    pub found: Option<String>,
}

/// Returns the differences of the record from what was `found`, by path, the first of them. The
/// relation to the work tree is not compared, since it is that of another moment.
pub fn between(record: &Statement, found: &Statement) -> Vec<Difference> {
    let value = |statement: &Statement| {
        let mut same = statement.clone();
        same.predicate.work_tree = Default::default();
        serde_json::to_value(same).unwrap_or_default()
    };
    let mut differences = Vec::new();
    compare("", Some(&value(record)), Some(&value(found)), &mut differences);
    differences
}

/// Adds the differences at `path`. The recursion is bounded by the types of a record, whose text has
/// no deeper values.
fn compare(path: &str, record: Option<&Value>, found: Option<&Value>, differences: &mut Vec<Difference>) {
    if record == found || differences.len() >= LISTED {
        return;
    }
    let parts = record.and_then(parts).zip(found.and_then(parts));
    let Some((old, new)) = parts else {
        let text = |value: Option<&Value>| value.map(shown);
        differences.push(Difference { path: path.to_owned(), recorded: text(record), found: text(found) });
        return;
    };
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let dot = if path.is_empty() || name.starts_with('[') { "" } else { "." };
        compare(&format!("{path}{dot}{name}"), old.get(name).copied(), new.get(name).copied(), differences);
    }
}

/// Returns the values in `value` by name: the fields of an object, or the elements of an array, each
/// by what identifies it; `None` for a single value.
fn parts(value: &Value) -> Option<BTreeMap<String, &Value>> {
    match value {
        Value::Object(fields) => Some(fields.iter().map(|(name, value)| (name.clone(), value)).collect()),
        Value::Array(elements) => {
            let mut named = BTreeMap::new();
            for (at, element) in elements.iter().enumerate() {
                let name = identity(element).unwrap_or_else(|| at.to_string());
                let again = named.keys().any(|known| *known == format!("[{name}]"));
                named.insert(if again { format!("[{name} #{at}]") } else { format!("[{name}]") }, element);
            }
            Some(named)
        }
        _ => None,
    }
}

/// Returns the text that identifies an element of an array.
fn identity(element: &Value) -> Option<String> {
    let text = |key: &str| element.get(key).and_then(Value::as_str).map(str::to_owned);
    let at = || Some(format!("{}:{}", text("file")?, element.get("line")?));
    let own = || element.as_str().map(str::to_owned);
    ["id", "name", "fingerprint", "finding"].into_iter().find_map(text).or_else(at).or_else(own)
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => format!("`{text}`"),
        other => other.to_string(),
    };
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
        let (path, recorded, found) = (&self.path, said(&self.recorded), said(&self.found));
        write!(f, "{}: recorded {}, found {}", Printable(path), Printable(&recorded), Printable(&found))
    }
}
