//! History as a table for spreadsheets: a row for each commit and each part of the workspace.
//!
//! The columns: the commit; the day and the second of UTC at which it was committed; its subject;
//! the reason why it could not be read (all further cells are then empty); the number of reasons to
//! doubt its numbers; the component (empty for the whole); the metrics; and for the whole the
//! number of findings of each rule, as `findings: ID`.

use super::{Measures, Point, Trends};
use crate::render::spreadsheet::{Cell, table};

/// Returns the table.
pub fn render(trends: &Trends) -> String {
    let rules = trends.rules();
    let rows = trends.points.iter().flat_map(|point| rows(trends, &rules, point));
    table(std::iter::once(heads(trends, &rules)).chain(rows))
}

fn heads<'a>(trends: &'a Trends, rules: &[&str]) -> Vec<Cell<'a>> {
    let fixed = ["commit", "day", "time", "subject", "unreadable", "doubts", "component"].map(Cell::from);
    let metrics = trends.metrics.iter().map(|metric| metric.key.into());
    let rules = rules.iter().map(|rule| format!("findings: {rule}").into());
    fixed.into_iter().chain(metrics).chain(rules).collect()
}

fn rows<'a>(trends: &Trends, rules: &[&str], point: &'a Point) -> Vec<Vec<Cell<'a>>> {
    let commit = &point.commit;
    let start = |reason: &'a str, part: &'a str| {
        vec![
            commit.id.as_str().into(),
            commit.day().to_string().into(),
            Cell::number(commit.time),
            commit.subject.as_str().into(),
            reason.into(),
            point.state.as_ref().map_or(Cell::Empty, |measures| Cell::number(measures.doubts)),
            part.into(),
        ]
    };
    let width = 7 + trends.metrics.len() + rules.len();
    let filled = |mut row: Vec<Cell<'a>>| {
        row.resize(width, Cell::Empty);
        row
    };
    match &point.state {
        Err(reason) => vec![filled(start(reason, ""))],
        Ok(measures) => {
            let mut whole = start("", "");
            whole.extend(numbers(&measures.whole));
            whole.extend(rules.iter().map(|rule| findings(measures, rule)));
            let parts = measures.parts.iter().map(|(name, values)| {
                let mut row = start("", name);
                row.extend(numbers(values));
                filled(row)
            });
            std::iter::once(filled(whole)).chain(parts).collect()
        }
    }
}

fn numbers<'a>(values: &[Option<f64>]) -> impl Iterator<Item = Cell<'a>> {
    values.iter().map(|value| value.map_or(Cell::Empty, |v| Cell::number(super::json::rounded(v))))
}

fn findings<'a>(measures: &Measures, rule: &str) -> Cell<'a> {
    measures.findings.get(rule).map_or(Cell::Empty, Cell::number)
}
