//! The numbers of the page: those of `archlint metrics`, for everything that it shows.

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::judge::{
    architecture::Architecture,
    metrics::{CATALOG, Group, Level, Metric, Subject, Value, catalog, measure},
};

/// The block of numbers. A row holds a number for each of `columns` from its third place on, `null` where there is none.
#[derive(Debug, Serialize)]
pub(super) struct Numbers {
    /// For each metric: its name, what it is, whether it is a whole number.
    columns: Vec<(&'static str, &'static str, bool)>,
    whole: Vec<Json>,
    levels: Vec<Table>,
}

/// What was measured at a level.
#[derive(Debug, Serialize)]
struct Table {
    level: &'static str,
    /// The columns that one sees at first.
    usual: Vec<usize>,
    /// The columns that exist at the level.
    all: Vec<usize>,
    /// The component or node that each row is about.
    of: Vec<usize>,
    /// The numbers of each, in the order of `all`.
    rows: Vec<Vec<Json>>,
}

/// The numbers of an architecture.
pub(super) fn collect(architecture: &Architecture<'_>) -> Numbers {
    let groups: Vec<Group<'_>> = architecture
        .memberships()
        .map(|(component, modules)| Group { name: &component.name, modules })
        .collect();
    let found = measure(architecture.graph, &groups, &Metric::ALL, &Level::ALL);
    let table = |level: Level| table(level, found.at(level));
    let levels = [Level::Component, Level::Crate, Level::Module];
    Numbers {
        columns: CATALOG.iter().map(|entry| (entry.name, entry.summary, entry.unit.is_count())).collect(),
        whole: row(&found.whole, &Metric::ALL),
        levels: levels.into_iter().map(table).filter(|table| !table.rows.is_empty()).collect(),
    }
}

fn table(level: Level, subjects: &[Subject]) -> Table {
    let all: Vec<Metric> = Metric::ALL.into_iter().filter(|metric| metric.exists_at(level)).collect();
    let place = |metric: &Metric| *metric as usize;
    Table {
        level: level.name(),
        usual: catalog::usual(level).iter().map(place).collect(),
        of: subjects
            .iter()
            .enumerate()
            .map(|(at, subject)| subject.node.map_or(at, |node| node.index()))
            .collect(),
        rows: subjects.iter().map(|subject| row(subject, &all)).collect(),
        all: all.iter().map(place).collect(),
    }
}

fn row(subject: &Subject, metrics: &[Metric]) -> Vec<Json> {
    metrics.iter().map(|&metric| subject.values.get(metric).map_or(Json::Null, number)).collect()
}

/// What need not be whole with three decimals.
fn number(value: Value) -> Json {
    match value {
        Value::Count(count) => json!(count),
        Value::Real(real) => json!((real * 1000.0).round() / 1000.0),
    }
}
