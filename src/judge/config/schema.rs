//! The JSON Schema (draft 2020-12) of `archlint.toml`, generated from the keys that the reader
//! accepts.
//!
//! The schema is for editors: it describes keys, types and choices. Only the reader checks the
//! meaning of names and the syntax of selectors. A rule with an `id` may omit the keys that its
//! kind requires, because it may change a rule that the file extends.

use serde_json::{Map, Value, json};

use super::{
    Vocabulary, component,
    key::{Holds, Key},
    tables,
};

/// Returns the schema as text.
pub fn text(words: Vocabulary<'_>) -> String {
    let schema = schema(words);
    // Serialization fails only for a map whose keys are not strings, or for a failing writer.
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text + "\n"
}

fn schema(words: Vocabulary<'_>) -> Value {
    let mut properties: Map<String, Value> =
        tables::TOP.iter().map(|key| (key.name.to_owned(), described(key, top(key)))).collect();
    for (kind, keys) in words.kinds {
        properties.insert((*kind).to_owned(), json!({ "type": "array", "items": rule(keys) }));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "archlint.toml",
        "description": "The architecture of a Rust workspace, which archlint checks the code against",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

/// Returns the schema of a key at the top of the file.
fn top(key: &Key) -> Value {
    match key.name {
        tables::ANALYSIS_NAME => table(&[tables::ANALYSIS]),
        tables::COVERAGE_NAME => table(&[tables::COVERAGE]),
        tables::BASELINE_NAME => table(&[tables::BASELINE]),
        "components" => {
            json!({ "type": "object", "additionalProperties": table(&[component::MODULES, component::KEYS]) })
        }
        _ => holds(key.holds),
    }
}

fn rule(keys: &[Key]) -> Value {
    let mut schema = table(&[keys, tables::RULE]);
    if let Some(required) = schema.as_object_mut().and_then(|s| s.remove("required")) {
        schema["anyOf"] = json!([{ "required": required }, { "required": ["id"] }]);
    }
    schema
}

fn table(keys: &[&[Key]]) -> Value {
    let all = || keys.iter().copied().flatten();
    let properties: Map<String, Value> =
        all().map(|key| (key.name.to_owned(), described(key, holds(key.holds)))).collect();
    let required: Vec<&str> = all().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn described(key: &Key, mut schema: Value) -> Value {
    schema["description"] = json!(key.doc);
    schema
}

fn holds(holds: Holds) -> Value {
    let string = json!({ "type": "string" });
    match holds {
        Holds::Text | Holds::Name => string,
        // Not every engine supports classes of letters, so the pattern excludes the characters that
        // an id must not contain.
        Holds::Id => json!({ "type": "string", "pattern": "^[^\\s!-,:-@\\[-\\^`{-~]+$" }),
        Holds::Flag => json!({ "type": "boolean" }),
        Holds::Count => json!({ "type": "integer", "minimum": 0 }),
        Holds::Number => json!({ "type": "number", "minimum": 0 }),
        Holds::Strings(_) => one_or_many(&string, 0),
        Holds::Selectors => one_or_many(&json!({ "type": "string", "minLength": 1 }), 1),
        Holds::SelectorsOrNone => one_or_many(&json!({ "type": "string", "minLength": 1 }), 0),
        Holds::FlagOrStrings(_) => json!({ "anyOf": [{ "type": "boolean" }, one_or_many(&string, 0)] }),
        Holds::Nested(_) => json!({ "type": "array", "items": one_or_many(&string, 0), "minItems": 1 }),
        Holds::OneOf(values) => json!({ "enum": values() }),
        Holds::ManyOf(values) => one_or_many(&json!({ "enum": values() }), 1),
        Holds::Table(_) => json!({ "type": ["object", "array"] }),
    }
}

/// Returns the schema of a single item or a list of at least `least` items.
fn one_or_many(item: &Value, least: usize) -> Value {
    let mut list = json!({ "type": "array", "items": item });
    if least > 0 {
        list["minItems"] = json!(least);
    }
    json!({ "anyOf": [item, list] })
}
