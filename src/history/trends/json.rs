//! History as JSON: `archlint.history`, version 1.
//!
//! A commit has `metrics` (by key; `null` if a metric is not defined), `components`, `findings` by
//! rule and `cycles`; or only `unreadable`, with the reason. Events refer to commits by their index
//! in `commits`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{
    Cycle, Measures, Point, Trends,
    events::{self, Event, What},
};

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    shallow: bool,
    /// The threshold of a jump, in percent.
    jump: f64,
    metrics: Vec<Metric<'a>>,
    commits: Vec<Commit<'a>>,
    events: Vec<Value>,
}

#[derive(Serialize)]
struct Metric<'a> {
    key: &'static str,
    title: &'a str,
    about: &'static str,
}

#[derive(Serialize)]
struct Commit<'a> {
    id: &'a str,
    day: String,
    time: i64,
    subject: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unreadable: Option<&'a str>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    numbers: Option<Numbers<'a>>,
}

#[derive(Serialize)]
struct Numbers<'a> {
    metrics: BTreeMap<&'static str, Option<f64>>,
    components: BTreeMap<&'a str, BTreeMap<&'static str, Option<f64>>>,
    findings: &'a BTreeMap<String, u32>,
    cycles: Vec<Value>,
    /// The number of reasons to doubt the numbers, such as files that do not parse.
    doubts: u32,
}

/// Returns the document, with a final line end.
pub fn render(trends: &Trends) -> String {
    let document = Document {
        format: "archlint.history",
        version: 1,
        shallow: trends.shallow,
        jump: trends.jump,
        metrics: trends.metrics.iter().map(metric).collect(),
        commits: trends.points.iter().map(|point| commit(trends, point)).collect(),
        events: events::events(trends).iter().map(|e| event(trends, e)).collect(),
    };
    crate::render::json::pretty(&document)
}

fn metric(metric: &super::Metric) -> Metric<'_> {
    Metric { key: metric.key, title: &metric.title, about: metric.about }
}

fn commit<'a>(trends: &'a Trends, point: &'a Point) -> Commit<'a> {
    Commit {
        id: &point.commit.id,
        day: point.commit.day().to_string(),
        time: point.commit.time,
        subject: &point.commit.subject,
        unreadable: point.state.as_ref().err().map(String::as_str),
        numbers: point.state.as_ref().ok().map(|measures| numbers(trends, measures)),
    }
}

fn numbers<'a>(trends: &Trends, measures: &'a Measures) -> Numbers<'a> {
    let by_key = |values: &[Option<f64>]| -> BTreeMap<&'static str, Option<f64>> {
        trends.metrics.iter().zip(values).map(|(metric, value)| (metric.key, value.map(rounded))).collect()
    };
    Numbers {
        metrics: by_key(&measures.whole),
        components: measures.parts.iter().map(|(name, values)| (name.as_str(), by_key(values))).collect(),
        findings: &measures.findings,
        cycles: measures.cycles.iter().map(cycle).collect(),
        doubts: measures.doubts,
    }
}

fn cycle(cycle: &Cycle) -> Value {
    serde_json::json!({ "of": cycle.of.name(), "members": cycle.members })
}

fn event(trends: &Trends, event: &Event<'_>) -> Value {
    let at = event.at;
    match &event.what {
        What::Appeared(found) => {
            serde_json::json!({ "commit": at, "kind": "cycle-appeared", "cycle": cycle(found) })
        }
        What::Gone(found) => serde_json::json!({ "commit": at, "kind": "cycle-gone", "cycle": cycle(found) }),
        What::Jumped { metric, from, to } => {
            let key = trends.metrics[*metric].key;
            serde_json::json!({ "commit": at, "kind": "jump", "metric": key, "from": rounded(*from), "to": rounded(*to) })
        }
    }
}

/// Rounds to four decimals: more would suggest a precision that the numbers do not have.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}
