//! `archlint metrics --format csv` (RFC 4180): one row for each part, the whole first, and one
//! column for each metric. The field of a value that does not exist is empty.

use super::Answer;
use crate::{
    judge::{
        architecture::Granularity,
        metrics::{Subject, Value, level_name},
    },
    render::spreadsheet::{Cell, table},
};

/// Returns the table as text.
pub fn write(answer: &Answer<'_>) -> String {
    let names = answer.shown.iter().map(|metric| metric.name());
    let head = ["level", "id", "file", "line"].into_iter().chain(names).map(Cell::from).collect();
    let levels = [Some(Granularity::Component), Some(Granularity::Crate), Some(Granularity::Module)];
    let subjects = levels.into_iter().flat_map(|level| answer.rows(level).0);
    let rows = std::iter::once(&answer.metrics.whole).chain(subjects).map(|subject| row(answer, subject));
    table(std::iter::once(head).chain(rows))
}

fn row<'a>(answer: &'a Answer<'_>, subject: &'a Subject) -> Vec<Cell<'a>> {
    let (file, line) = answer
        .place(subject)
        .map_or((Cell::Empty, Cell::Empty), |(file, line)| (file.into(), Cell::number(line)));
    let number = |value: Value| match value {
        Value::Count(count) => Cell::number(count),
        Value::Real(real) => Cell::Number(format!("{real:.6}")),
    };
    let numbers = answer.shown.iter().map(|&m| subject.values.get(m).map_or(Cell::Empty, number));
    [level_name(subject.level).into(), subject.name.as_str().into(), file, line]
        .into_iter()
        .chain(numbers)
        .collect()
}
