//! History as one HTML file: a line chart for each metric, with a tooltip for the commit under the
//! pointer, and the events marked in the charts and listed beside them.
//!
//! The page is a pure function of the trends: equal input gives equal bytes. Its data is the JSON
//! of [`Data`]; the scripts under `assets` draw it and contain no data. Like the page of the graph,
//! it is self-contained, and its content security policy does not allow it to fetch anything.
//!
//! The lines are drawn by uPlot, whose files, licence and origin are under `assets/uplot`.

use serde::Serialize;

use super::{
    Point, Trends,
    events::{self, Event, What},
    json::rounded,
};
use crate::{
    base::packed::{self, packed},
    render::{json, page::shell::Shell},
};

const MARKUP: &str = include_str!("assets/history.html");
/// The style of uPlot comes first, so that archlint's style takes precedence.
const STYLE: &str =
    concat!(include_str!("assets/uplot/uPlot.min.css"), "\n", include_str!("assets/history.css"));
/// The version of the data format, which the scripts expect.
const VERSION: u32 = 2;

/// Returns the page.
pub fn render(trends: &Trends) -> String {
    // Writing to memory does not fail, and neither does serializing a document of strings and
    // numbers.
    let json = json::shown(&data(trends)).unwrap_or_default();
    let script = packed::text(packed!("history.js"));
    let shell = Shell { markup: MARKUP, style: STYLE, script: &script, title: &trends.title, json: &json };
    let mut out = Vec::new();
    let _ = shell.write(&mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// All data of the page. A test writes its declaration for TypeScript to `assets/trends.d.ts`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Data<'a> {
    version: u32,
    /// The name of the workspace; may be empty.
    title: &'a str,
    /// Whether the history in the repository is incomplete.
    shallow: bool,
    /// The change from one commit to the next, in percent, from which on it is a jump.
    jump: f64,
    metrics: Vec<Metric<'a>>,
    /// The commits, the oldest first.
    commits: Vec<Commit<'a>>,
    /// The series of each metric of the workspace.
    whole: Vec<Series>,
    parts: Vec<ComponentSeries<'a>>,
    rules: Vec<Rule<'a>>,
    events: Vec<Happening<'a>>,
    /// The cycles of the last commit.
    cycles: Vec<Life<'a>>,
}

/// A number for each commit; `null` in gaps, and if it is not defined.
type Series = Vec<Option<f64>>;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Metric<'a> {
    key: &'a str,
    title: &'a str,
    about: &'a str,
    /// The number of decimals to show.
    places: usize,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Commit<'a> {
    id: &'a str,
    short: &'a str,
    /// The commit time, in seconds since 1970, UTC.
    time: i64,
    subject: &'a str,
    /// The reason why the commit has no numbers; `null` if it has numbers.
    gap: Option<&'a str>,
    /// The number of reasons to doubt the numbers.
    doubts: u32,
}

/// A component, or a package if no components are declared.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ComponentSeries<'a> {
    name: &'a str,
    /// The series of each metric.
    series: Vec<Series>,
}

/// A rule and the number of its findings.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Rule<'a> {
    id: &'a str,
    series: Series,
}

/// An event at the commit with the index `at`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Happening<'a> {
    Appeared { at: usize, cycle: Cycle<'a> },
    Gone { at: usize, cycle: Cycle<'a> },
    Jump { at: usize, metric: usize, from: f64, to: f64 },
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Cycle<'a> {
    of: &'a str,
    members: &'a [String],
}

/// A cycle, and the id of the commit at which it appeared.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Life<'a> {
    cycle: Cycle<'a>,
    /// `null` if the first of the commits already has the cycle.
    since: Option<&'a str>,
}

fn data(trends: &Trends) -> Data<'_> {
    let all = 0..trends.metrics.len();
    let part = |name: &'_ str| all.clone().map(|metric| numbers(&trends.series_of(name, metric))).collect();
    Data {
        version: VERSION,
        title: &trends.title,
        shallow: trends.shallow,
        jump: trends.jump,
        metrics: trends
            .metrics
            .iter()
            .map(|m| Metric { key: m.key, title: &m.title, about: m.about, places: m.places })
            .collect(),
        commits: trends.points.iter().map(commit).collect(),
        whole: all.clone().map(|metric| numbers(&trends.series(metric))).collect(),
        parts: trends.parts().into_iter().map(|name| ComponentSeries { name, series: part(name) }).collect(),
        rules: trends
            .rules()
            .into_iter()
            .map(|id| Rule { id, series: numbers(&trends.findings_of(id)) })
            .collect(),
        events: events::events(trends).into_iter().map(happening).collect(),
        cycles: events::alive(trends).into_iter().map(life).collect(),
    }
}

fn commit(point: &Point) -> Commit<'_> {
    let Point { commit, state } = point;
    Commit {
        id: &commit.id,
        short: commit.short(),
        time: commit.time,
        subject: &commit.subject,
        gap: state.as_ref().err().map(String::as_str),
        doubts: state.as_ref().map_or(0, |measures| measures.doubts),
    }
}

fn numbers(series: &[Option<f64>]) -> Series {
    series.iter().map(|value| value.map(rounded)).collect()
}

fn happening(event: Event<'_>) -> Happening<'_> {
    let at = event.at;
    match event.what {
        What::Appeared(found) => Happening::Appeared { at, cycle: cycle(found) },
        What::Gone(found) => Happening::Gone { at, cycle: cycle(found) },
        What::Jumped { metric, from, to } => {
            Happening::Jump { at, metric, from: rounded(from), to: rounded(to) }
        }
    }
}

fn cycle(cycle: &super::Cycle) -> Cycle<'_> {
    Cycle { of: cycle.of.name(), members: &cycle.members }
}

fn life(life: events::Life<'_>) -> Life<'_> {
    Life { cycle: cycle(life.cycle), since: life.since.map(|commit| commit.id.as_str()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::page::declarations::declarations;

    #[test]
    fn the_declarations_are_fresh() {
        declarations::<Data<'static>>("src/history/trends/assets/trends.d.ts", "src/history/trends/page.rs");
    }

    #[test]
    fn the_modules_join() {
        let script = packed::text(packed!("history.js"));
        assert!(script.contains("archlint-ready"));
    }
}
