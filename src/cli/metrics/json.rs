//! `archlint metrics --format json`: `archlint.metrics`, version 1.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::Answer;
use crate::judge::{
    architecture::Granularity,
    metrics::{Metric, Subject, Value, Values, WHOLE, level_name},
};

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    metrics: Vec<Definition>,
    whole: Entry<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    components: Option<Vec<Entry<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    crates: Option<Vec<Entry<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modules: Option<Vec<Entry<'a>>>,
}

#[derive(Serialize)]
struct Definition {
    name: &'static str,
    unit: &'static str,
    summary: &'static str,
    higher_is_worse: bool,
    levels: Vec<&'static str>,
}

/// A part and its values, without those that are undefined.
#[derive(Serialize)]
struct Entry<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    values: Map<String, Json>,
    /// The functions with the largest complexities, by metric.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    functions: BTreeMap<&'static str, OneFunction<'a>>,
}

#[derive(Serialize)]
struct OneFunction<'a> {
    id: String,
    file: &'a str,
    line: u32,
}

/// Returns the document as text.
pub fn write(answer: &Answer<'_>) -> String {
    let of = |level: Option<Granularity>| {
        let entries = || answer.rows(level).0.into_iter().map(|subject| entry(answer, subject)).collect();
        answer.levels.contains(&level).then(entries)
    };
    let document = Document {
        format: "archlint.metrics",
        version: 1,
        metrics: answer.shown.iter().copied().map(definition).collect(),
        whole: entry(answer, &answer.metrics.whole),
        components: of(Some(Granularity::Component)),
        crates: of(Some(Granularity::Crate)),
        modules: of(Some(Granularity::Module)),
    };
    crate::render::json::pretty(&document)
}

fn definition(metric: Metric) -> Definition {
    let entry = metric.entry();
    Definition {
        name: entry.name,
        unit: entry.unit.name(),
        summary: entry.summary,
        higher_is_worse: entry.higher_is_worse,
        levels: entry.levels.iter().map(|level| level_name(*level)).collect(),
    }
}

fn entry<'a>(answer: &'a Answer<'_>, subject: &'a Subject) -> Entry<'a> {
    let place = answer.place(subject);
    let worst = [Metric::CyclomaticMax, Metric::CognitiveMax].into_iter().zip(subject.worst);
    let function = |at: u32| {
        let (id, file, line) = answer.function(at);
        OneFunction { id, file, line }
    };
    Entry {
        id: (subject.level != WHOLE).then_some(subject.name.as_str()),
        file: place.map(|(file, _)| file),
        line: place.map(|(_, line)| line),
        values: numbers(&subject.values),
        functions: worst.filter_map(|(metric, at)| Some((metric.name(), function(at?)))).collect(),
    }
}

fn numbers(values: &Values) -> Map<String, Json> {
    values.iter().map(|(metric, value)| (metric.name().to_owned(), number(value))).collect()
}

/// Converts a value to JSON; real numbers are rounded to six decimals.
fn number(value: Value) -> Json {
    match value {
        Value::Count(count) => json!(count),
        Value::Real(real) => json!((real * 1e6).round() / 1e6),
    }
}
