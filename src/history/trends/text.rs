//! History as text for a terminal: the course of each metric, the events, and the last commits one
//! by one.

use std::fmt::Write as _;

use super::{
    Cycle, Measures, Metric, Trends,
    events::{self, Event, What},
};
use crate::{
    base::{order::Order as _, text::Printable},
    history::git::Revision,
};

/// The maximum number of blocks of a sparkline: in a longer history each block shows the last
/// commit of a part of it.
const BLOCKS: usize = 40;

/// The maximum number of members of a cycle that are named.
const NAMED: usize = 4;

/// Returns the report. The lists of events and of commits have at most `top` rows, the newest.
pub fn render(trends: &Trends, top: usize) -> String {
    let mut text = String::new();
    heading(&mut text, trends);
    if trends.read().next().is_some() {
        whole(&mut text, trends);
        findings(&mut text, trends);
        parts(&mut text, trends);
        happened(&mut text, trends, top);
        standing(&mut text, trends, top);
        last(&mut text, trends, top);
    }
    gaps(&mut text, trends, top);
    doubts(&mut text, trends, top);
    text
}

fn heading(text: &mut String, trends: &Trends) {
    let (Some(first), Some(last)) = (trends.points.first(), trends.points.last()) else {
        text.push_str("There is no commit since that day.\n");
        return;
    };
    let all = match trends.points.len() {
        1 => "1 commit".to_owned(),
        n => format!("{n} commits"),
    };
    let _ = writeln!(text, "{all}, {} to {}", first.commit.day(), last.commit.day());
    if trends.shallow {
        text.push_str("The clone is shallow: `git fetch --unshallow` fetches the earlier commits.\n");
    }
}

fn whole(text: &mut String, trends: &Trends) {
    let rows = trends.metrics.iter().enumerate().map(|(at, metric)| (metric.key, metric, trends.series(at)));
    table(text, "The whole", rows.filter(|(.., series)| series.iter().any(Option::is_some)).collect());
}

fn findings(text: &mut String, trends: &Trends) {
    let count = Metric { key: "findings", title: String::new(), about: "", places: 0, floor: 0.0 };
    let rows = trends.rules().into_iter().map(|rule| (rule, &count, trends.findings_of(rule)));
    let rows: Vec<_> = rows.filter(|(.., series)| series.iter().flatten().any(|n| *n > 0.0)).collect();
    if !rows.is_empty() {
        table(text, "Findings by rule", rows);
    }
}

/// Writes the sparklines of each component for the first, most significant metric; the
/// machine-readable formats contain the others.
fn parts(text: &mut String, trends: &Trends) {
    let Some(metric) = trends.metrics.first() else { return };
    let rows: Vec<_> =
        trends.parts().into_iter().map(|part| (part, metric, trends.series_of(part, 0))).collect();
    if rows.len() > 1 {
        table(text, &format!("{} by component", metric.title), rows);
    }
}

/// Writes a row for each series: the first value, the last, the difference, and a sparkline.
fn table(text: &mut String, title: &str, rows: Vec<(&str, &Metric, Vec<Option<f64>>)>) {
    let wide =
        rows.iter().map(|(name, ..)| Printable(name).to_string().chars().count()).max().unwrap_or_default();
    let _ = writeln!(text, "\n{title}\n  {:wide$}  {:>10}  {:>10}  {:>8}", "", "first", "last", "change");
    for (name, metric, series) in rows {
        let known = || series.iter().flatten().copied();
        let (Some(first), Some(last)) = (known().next(), known().next_back()) else { continue };
        let name = Printable(name).to_string();
        let (first_text, last_text) = (number(first, metric), number(last, metric));
        let line = format!("  {name:wide$}  {first_text:>10}  {last_text:>10}  {:>8}  ", change(first, last));
        let _ = writeln!(text, "{line}{}", sparkline(&series));
    }
}

fn happened(text: &mut String, trends: &Trends, top: usize) {
    let events = events::events(trends);
    if events.is_empty() {
        return;
    }
    let jump = trends.jump;
    let _ = writeln!(text, "\nEvents (jumps: by {jump}% or more from one commit to the next)");
    let by_commit: Vec<&[Event<'_>]> = events.chunk_by(|a, b| a.at == b.at).collect();
    for together in by_commit.iter().rev().take(top) {
        let _ = writeln!(text, "  {}", commit(&trends.points[together[0].at].commit));
        for event in *together {
            let _ = writeln!(text, "    {}", said(trends, event));
        }
    }
    more(text, by_commit.len(), top);
}

fn said(trends: &Trends, event: &Event<'_>) -> String {
    match &event.what {
        What::Appeared(cycle) => format!("+ cycle of {}", members(cycle)),
        What::Gone(cycle) => format!("- cycle of {}", members(cycle)),
        What::Jumped { metric, from, to } => {
            let metric = &trends.metrics[*metric];
            let (before, after) = (number(*from, metric), number(*to, metric));
            format!("{}: {before} → {after} ({})", metric.title, change(*from, *to))
        }
    }
}

/// Writes the present cycles, the youngest first.
fn standing(text: &mut String, trends: &Trends, top: usize) {
    let mut lives = events::alive(trends);
    if lives.is_empty() {
        return;
    }
    lives.order_by_key(|life| std::cmp::Reverse(life.since.map(|commit| commit.time)));
    text.push_str("\nCycles at the last commit\n");
    for life in lives.iter().take(top) {
        let since = life
            .since
            .map_or_else(|| "since the first commit".to_owned(), |c| format!("since {}", commit(c)));
        let _ = writeln!(text, "  {} ({since})", members(life.cycle));
    }
    more(text, lives.len(), top);
}

fn members(cycle: &Cycle) -> String {
    let named: Vec<String> = cycle.members.iter().take(NAMED).map(|m| Printable(m).to_string()).collect();
    let rest = cycle.members.len().saturating_sub(NAMED);
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    format!("{} {}: {}{rest}", cycle.members.len(), cycle.of.name(), named.join(", "))
}

/// Writes the commits one by one, the newest first, with the metrics that fit beside them.
fn last(text: &mut String, trends: &Trends, top: usize) {
    let shown: Vec<(usize, &Metric)> = trends.metrics.iter().enumerate().take(COLUMNS).collect();
    text.push_str("\nThe last commits\n  ");
    let _ = write!(text, "{:10}  {:10}", "day", "commit");
    for (_, metric) in &shown {
        let _ = write!(text, "  {:>wide$}", metric.key, wide = width(metric));
    }
    text.push_str("  findings\n");
    for point in trends.points.iter().rev().take(top) {
        let _ = write!(text, "  {}  {:10}", point.commit.day(), point.commit.short());
        match &point.state {
            Ok(measures) => row(text, &shown, measures),
            Err(_) => text.push_str("  cannot be read"),
        }
        let _ = writeln!(text, "  {}", subject(&point.commit));
    }
    more(text, trends.points.len(), top);
}

const COLUMNS: usize = 4;

fn width(metric: &Metric) -> usize {
    metric.key.len().max(9)
}

fn row(text: &mut String, shown: &[(usize, &Metric)], measures: &Measures) {
    for (at, metric) in shown {
        let value = measures.whole.get(*at).copied().flatten().map(|value| number(value, metric));
        let _ = write!(text, "  {:>wide$}", value.unwrap_or_else(|| "-".to_owned()), wide = width(metric));
    }
    let findings: u32 = measures.findings.values().sum();
    let _ = write!(text, "  {findings:>8}");
}

fn gaps(text: &mut String, trends: &Trends, top: usize) {
    let gaps: Vec<(&Revision, &str)> = trends.gaps().collect();
    if gaps.is_empty() {
        return;
    }
    let _ = writeln!(text, "\nCommits that cannot be read: {}", gaps.len());
    for (revision, why) in gaps.iter().rev().take(top) {
        let _ = writeln!(text, "  {}\n    {}", commit(revision), Printable(why));
    }
    more(text, gaps.len(), top);
}

/// Writes a warning about unreliable numbers.
fn doubts(text: &mut String, trends: &Trends, top: usize) {
    let doubtful: Vec<usize> = trends.read().filter(|(_, m)| m.doubts > 0).map(|(at, _)| at).collect();
    if doubtful.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\nCommits with files that do not parse, or with mistakes in the configuration: {}",
        doubtful.len()
    );
    for at in doubtful.iter().rev().take(top) {
        let _ = writeln!(text, "  {}", commit(&trends.points[*at].commit));
    }
    more(text, doubtful.len(), top);
}

fn commit(revision: &Revision) -> String {
    format!("{} {} {}", revision.day(), revision.short(), subject(revision))
}

/// Returns as much of the subject as a line has room for.
fn subject(revision: &Revision) -> String {
    let subject = Printable(&revision.subject).to_string();
    match subject.char_indices().nth(SUBJECT) {
        Some((at, _)) => format!("“{}…”", &subject[..at]),
        None => format!("“{subject}”"),
    }
}

const SUBJECT: usize = 50;

fn more(text: &mut String, all: usize, top: usize) {
    if all > top {
        let _ = writeln!(text, "  … and {} more (--top)", all - top);
    }
}

/// Formats a value with separated thousands and the metric's number of decimals.
pub(super) fn number(value: f64, metric: &Metric) -> String {
    let plain = format!("{value:.*}", metric.places);
    let (whole, places) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let (sign, digits) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut spaced = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            spaced.push(',');
        }
        spaced.push(digit);
    }
    format!("{sign}{spaced}{places}")
}

fn change(from: f64, to: f64) -> String {
    match () {
        () if from == to => "=".to_owned(),
        () if from == 0.0 => "new".to_owned(),
        () => format!("{:+.0}%", (to - from) / from.abs() * 100.0),
    }
}

/// Returns the sparkline of a series, in which each block is between the minimum and the maximum. A
/// gap is a space, and a constant series is a line at the bottom.
pub fn sparkline(series: &[Option<f64>]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let count = series.len().min(BLOCKS);
    let sampled = (1..=count).map(|block| series[(block * series.len()).div_ceil(count) - 1]);
    let known = || series.iter().flatten().copied();
    let least = known().fold(f64::INFINITY, f64::min);
    let range = known().fold(f64::NEG_INFINITY, f64::max) - least;
    let bar = |value: f64| match range > 0.0 {
        true => BARS[((value - least) / range * 7.0).round() as usize % 8],
        false => BARS[0],
    };
    let line: String = sampled.map(|value| value.map_or(' ', bar)).collect();
    line.trim_end().to_owned()
}
