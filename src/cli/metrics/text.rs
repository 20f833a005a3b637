//! Metrics for people: a summary of the whole in a few lines, then tables.

use std::fmt::Write as _;

use super::{Answer, table};
use crate::{
    base::text::Printable,
    judge::{
        architecture::Granularity,
        metrics::{
            Metric, Subject, Value, WHOLE,
            catalog::{self, Summary},
            level_name,
        },
    },
};

/// Returns the metrics as text.
pub fn write(answer: &Answer<'_>, color: bool) -> String {
    let mut text = String::new();
    if answer.levels.is_empty() {
        whole(&mut text, answer);
        return text;
    }
    summary(&mut text, answer);
    for &level in &answer.levels {
        level_table(&mut text, answer, level, color);
    }
    text
}

/// Appends every metric of the whole with its description.
fn whole(text: &mut String, answer: &Answer<'_>) {
    let shown = answer.shown.iter().filter(|metric| metric.exists_at(WHOLE));
    for &metric in shown {
        let number = cell(&answer.metrics.whole, metric);
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{:<18}{number:>12}  {}", metric.name(), metric.entry().summary);
    }
    worst(text, answer);
}

fn summary(text: &mut String, answer: &Answer<'_>) {
    let values = &answer.metrics.whole.values;
    text.push_str("the workspace\n");
    for line in Summary::ALL {
        let metrics = Metric::ALL.into_iter().filter(|metric| metric.entry().summary_line == Some(line));
        let numbers: Vec<String> = metrics
            .filter_map(|metric| Some(format!("{} {}", metric.name(), grouped(values.get(metric)?))))
            .collect();
        if !numbers.is_empty() {
            let _ = writeln!(text, "  {:<11} {}", line.name(), numbers.join(", "));
        }
    }
    worst(text, answer);
}

/// Appends the places of the most complex functions.
fn worst(text: &mut String, answer: &Answer<'_>) {
    let whole = &answer.metrics.whole;
    for (metric, at) in [Metric::CyclomaticMax, Metric::CognitiveMax].into_iter().zip(whole.worst) {
        let Some(at) = at else { continue };
        let (name, file, line) = answer.function(at);
        let _ = writeln!(text, "  {} in `{}`, {}:{line}", metric.name(), Printable(&name), Printable(file));
    }
}

fn level_table(text: &mut String, answer: &Answer<'_>, level: Option<Granularity>, color: bool) {
    let columns: Vec<Metric> = columns(answer, level);
    let (subjects, left) = answer.rows(level);
    let mut head = vec![level_name(level)];
    head.extend(columns.iter().map(|metric| metric.name()));
    let rows: Vec<Vec<String>> = subjects
        .iter()
        .map(|subject| {
            let numbers = columns.iter().map(|&metric| cell(subject, metric));
            [Printable(&subject.name).to_string()].into_iter().chain(numbers).collect()
        })
        .collect();
    text.push('\n');
    for (at, line) in table::lines(&head, &rows).into_iter().enumerate() {
        let bold = color && at < 2;
        let _ = if bold { writeln!(text, "\u{1b}[1m{line}\u{1b}[0m") } else { writeln!(text, "{line}") };
    }
    if left > 0 {
        let _ = writeln!(text, "and {left} more: `--top 0` shows all");
    }
}

/// Returns the columns of a level: those that the user chose, else the usual ones; the sort key is
/// always included.
fn columns(answer: &Answer<'_>, level: Option<Granularity>) -> Vec<Metric> {
    let mut columns = if answer.chosen { answer.shown.clone() } else { catalog::usual(level) };
    columns.extend(answer.sort.filter(|sort| !columns.contains(sort)));
    columns.retain(|metric| metric.exists_at(level));
    columns
}

fn cell(subject: &Subject, metric: Metric) -> String {
    subject.values.get(metric).map_or_else(|| "-".to_owned(), |value| value.to_string())
}

/// Formats a number for running text, with thousands separators.
fn grouped(value: Value) -> String {
    let Value::Count(count) = value else { return value.to_string() };
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
