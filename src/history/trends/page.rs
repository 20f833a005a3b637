//! History as one HTML file: a line chart for each number, which name the commit under the pointer, with what happened marked in them
//! and listed beside.
//!
//! The page is a pure function of the trends: equal input gives equal bytes. What it knows is the JSON of [`data`]; the scripts under
//! `assets` draw it and hold no data. As the page of the graph, it is complete in itself and its policy lets it fetch nothing.
//!
//! The lines are drawn by uPlot, whose files, licence and origin lie under `assets/uplot`.

use serde_json::{Value, json};

use super::{
    Cycle, Trends,
    events::{self, Event, What},
    json::rounded,
};
use crate::render::{json, page::shell::Shell};

const MARKUP: &str = include_str!("assets/history.html");
/// uPlot's style first, so that ours has the last word.
const STYLE: &str =
    concat!(include_str!("assets/uplot/uPlot.min.css"), "\n", include_str!("assets/history.css"));
const SCRIPT: &str = concat!(
    "// uPlot 1.6.32, © Leon Sorokin, MIT\n",
    include_str!("assets/uplot/uPlot.iife.min.js"),
    "\n",
    include_str!("../../render/page/assets/dom.js"),
    include_str!("assets/data.js"),
    include_str!("assets/chart.js"),
    include_str!("assets/history.js"),
);

/// The version of the data; the scripts beside it read this one.
const VERSION: u32 = 1;

/// The page.
pub fn render(trends: &Trends) -> String {
    let json = json::shown(&data(trends)).unwrap_or_default();
    let shell = Shell { markup: MARKUP, style: STYLE, script: SCRIPT, title: &trends.title, json: &json };
    let mut out = Vec::new();
    // Writing to memory does not fail.
    let _ = shell.write(&mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// What the page knows: series as lists with one number for each commit, `null` in gaps.
fn data(trends: &Trends) -> Value {
    let metrics: Vec<Value> = trends
        .metrics
        .iter()
        .map(|m| json!({ "key": m.key, "title": m.title, "about": m.about, "places": m.places }))
        .collect();
    let commits: Vec<Value> = trends
        .points
        .iter()
        .map(|point| {
            let commit = &point.commit;
            let (why, doubts) = match &point.state {
                Ok(measures) => (None, measures.doubts),
                Err(why) => (Some(why), 0),
            };
            json!({
                "id": commit.id,
                "short": commit.short(),
                "time": commit.time,
                "subject": commit.subject,
                "gap": why,
                "doubts": doubts,
            })
        })
        .collect();
    let all = 0..trends.metrics.len();
    let parts: Vec<Value> = trends
        .parts()
        .into_iter()
        .map(|part| {
            let series: Vec<_> = all.clone().map(|metric| numbers(&trends.series_of(part, metric))).collect();
            json!({ "name": part, "series": series })
        })
        .collect();
    let rules = trends
        .rules()
        .into_iter()
        .map(|rule| json!({ "id": rule, "series": numbers(&trends.findings_of(rule)) }));
    json!({
        "version": VERSION,
        "title": trends.title,
        "shallow": trends.shallow,
        "jump": trends.jump,
        "metrics": metrics,
        "commits": commits,
        "whole": all.map(|metric| numbers(&trends.series(metric))).collect::<Vec<_>>(),
        "parts": parts,
        "rules": rules.collect::<Vec<_>>(),
        "events": events::events(trends).iter().map(event).collect::<Vec<_>>(),
        "cycles": events::alive(trends).iter().map(life).collect::<Vec<_>>(),
    })
}

fn numbers(series: &[Option<f64>]) -> Vec<Option<f64>> {
    series.iter().map(|value| value.map(rounded)).collect()
}

fn event(event: &Event<'_>) -> Value {
    let at = event.at;
    match &event.what {
        What::Appeared(found) => json!({ "at": at, "kind": "appeared", "cycle": cycle(found) }),
        What::Gone(found) => json!({ "at": at, "kind": "gone", "cycle": cycle(found) }),
        What::Jumped { metric, from, to } => {
            json!({ "at": at, "kind": "jump", "metric": metric, "from": rounded(*from), "to": rounded(*to) })
        }
    }
}

fn cycle(cycle: &Cycle) -> Value {
    json!({ "of": cycle.of.name(), "members": cycle.members })
}

fn life(life: &events::Life<'_>) -> Value {
    json!({ "cycle": cycle(life.cycle), "since": life.since.map(|commit| &commit.id) })
}
