//! The numbers of the page: those of `archlint metrics`, for everything that the page shows.

use super::format::{self, Column, Number, Numbers, Table};
use crate::judge::{
    architecture::{Architecture, Granularity},
    metrics::{CATALOG, Group, MEASURED, Metric, Subject, Value, catalog, level_name, measure},
};

/// Returns the numbers of an architecture.
pub(super) fn collect(architecture: &Architecture<'_>) -> Numbers {
    let groups: Vec<Group<'_>> = architecture
        .memberships()
        .map(|(component, modules)| Group { name: &component.name, modules })
        .collect();
    let found = measure(architecture.graph, &groups, &Metric::ALL, &MEASURED);
    let levels = [Some(Granularity::Component), Some(Granularity::Crate), Some(Granularity::Module)];
    let tables = levels.into_iter().map(|level| table(level, found.at(level)));
    Numbers {
        metrics: CATALOG
            .iter()
            .map(|entry| format::Metric {
                name: entry.name,
                about: entry.summary,
                whole: entry.unit.is_count(),
            })
            .collect(),
        whole: Metric::ALL.into_iter().map(|metric| value(&found.whole, metric)).collect(),
        levels: tables.filter(|table| !table.of.is_empty()).collect(),
    }
}

fn table(level: Option<Granularity>, subjects: &[Subject]) -> Table {
    let usual = catalog::usual(level);
    let column = |metric: Metric| Column {
        metric: metric as u32,
        usual: usual.contains(&metric),
        values: subjects.iter().map(|subject| value(subject, metric)).collect(),
    };
    // The default columns come first, in an order of their own: that of a reader's questions.
    let others = Metric::ALL.into_iter().filter(|m| m.exists_at(level) && !usual.contains(m));
    Table {
        level: level_name(level),
        of: (0u32..).zip(subjects).map(|(at, s)| s.node.map_or(at, |node| node.raw())).collect(),
        columns: usual.iter().copied().chain(others).map(column).collect(),
    }
}

/// Returns a metric of a subject; a real number is rounded to three decimals.
fn value(subject: &Subject, metric: Metric) -> Option<Number> {
    subject.values.get(metric).map(|value| match value {
        Value::Count(count) => Number::Count(count),
        Value::Real(real) => Number::Real((real * 1000.0).round() / 1000.0),
    })
}
