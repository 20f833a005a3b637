//! The numbers of the page: those of the workspace, the main sequence and the most complex subjects
//! as plots, and a table.

use maud::{Markup, html};

use crate::{
    base::{order::Order as _, text::Printable},
    judge::{
        architecture::Granularity,
        metrics::{Metric, Subject, Value, catalog, level_name},
    },
    render::report::Numbers,
};

/// The maximum number of rows of the table.
const ROWS: usize = 60;

/// The maximum number of bars.
const BARS: usize = 12;

/// The width of a plot.
const WIDTH: f64 = 470.0;

/// The approximate width of a character in a plot.
const CHARACTER: f64 = 6.2;

/// Returns the section with the numbers.
pub(super) fn section(Numbers { level, metrics }: &Numbers) -> Markup {
    let level = *level;
    let mut rows: Vec<&Subject> = metrics.at(level).iter().collect();
    rows.order_by(|a, b| number(b, Metric::Lines).total_cmp(&number(a, Metric::Lines)));
    html! {
        section #numbers {
            h2 { "Numbers" }
            dl.numbers {
                @for (metric, value) in metrics.whole.values.iter() {
                    div title=(metric.entry().summary) { dt { (metric.name()) } dd { (value) } }
                }
            }
            div.plots {
                figure {
                    (main_sequence(&rows))
                    figcaption { "Abstractness against instability of each " (level_name(level)) "; the larger, the more lines" }
                }
                figure {
                    (largest(&rows, Metric::Cognitive))
                    figcaption { "The largest sums of cognitive complexity" }
                }
            }
            (table(level, &rows))
        }
    }
}

fn number(row: &Subject, metric: Metric) -> f64 {
    row.values.get(metric).map_or(0.0, Value::as_f64)
}

fn table(level: Option<Granularity>, rows: &[&Subject]) -> Markup {
    let columns = catalog::usual(level);
    html! {
        div.wide {
            table {
                caption { "Each " (level_name(level)) ", the largest first" }
                thead {
                    tr {
                        th scope="col" { (level_name(level)) }
                        @for metric in &columns {
                            th.number scope="col" title=(metric.entry().summary) { (metric.name()) }
                        }
                    }
                }
                tbody {
                    @for row in rows.iter().take(ROWS) {
                        tr {
                            th scope="row" { (Printable(&row.name).to_string()) }
                            @for &metric in &columns {
                                td.number {
                                    @match row.values.get(metric) { Some(value) => (value), None => "–" }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if rows.len() > ROWS { p { "and " (rows.len() - ROWS) " more: " code { "archlint metrics" } " shows all" } }
    }
}

/// A point of the main sequence plot.
struct Point<'r> {
    row: &'r Subject,
    x: f64,
    y: f64,
    radius: f64,
}

/// Plots the main sequence: instability to the right, abstractness upward (R. Martin, "OO Design
/// Quality Metrics", 1994).
fn main_sequence(rows: &[&Subject]) -> Markup {
    const HEIGHT: f64 = 330.0;
    let x = |share: f64| 44.0 + share * (WIDTH - 58.0);
    let y = |share: f64| 14.0 + (1.0 - share) * (HEIGHT - 54.0);
    let most = rows.iter().map(|row| number(row, Metric::Lines)).fold(1.0, f64::max);
    let points: Vec<Point<'_>> = rows
        .iter()
        .filter_map(|row| {
            let place = [Metric::Instability, Metric::Abstractness].map(|metric| row.values.get(metric));
            let [Some(instability), Some(abstractness)] = place else { return None };
            let radius = 3.0 + 11.0 * (number(row, Metric::Lines) / most).sqrt();
            Some(Point { row, x: x(instability.as_f64()), y: y(abstractness.as_f64()), radius })
        })
        .collect();
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label="Abstractness against instability" {
            @for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
                line.grid x1=(x(share)) x2=(x(share)) y1=(y(0.0)) y2=(y(1.0)) {}
                line.grid x1=(x(0.0)) x2=(x(1.0)) y1=(y(share)) y2=(y(share)) {}
                text.middle x=(x(share)) y=(y(0.0) + 15.0) { (share) }
                text.end x="37" y=(y(share) + 4.0) { (share) }
            }
            line.sequence x1=(x(0.0)) y1=(y(1.0)) x2=(x(1.0)) y2=(y(0.0)) {}
            text.zone x=(x(0.02)) y=(y(0.03)) { "zone of pain" }
            text.zone.end x=(x(0.98)) y=(y(0.94)) { "zone of uselessness" }
            @for point in &points {
                circle cx=(rounded(point.x)) cy=(rounded(point.y)) r=(rounded(point.radius)) { title { (said(point.row)) } }
            }
            @for (point, to_right) in named(&points) {
                @let gap = point.radius + 4.0;
                @let (at, class) = if to_right { (point.x + gap, "name") } else { (point.x - gap, "name end") };
                text class=(class) x=(rounded(at)) y=(rounded(point.y + 4.0)) { (Printable(&point.row.name).to_string()) }
            }
            text.middle x=(x(0.5)) y=(HEIGHT - 6.0) { "instability" }
            text.middle x="12" y=(y(0.5)) transform={ "rotate(-90 12 " (y(0.5)) ")" } { "abstractness" }
        }
    }
}

/// Returns the tooltip of a point.
fn said(row: &Subject) -> String {
    let shown = [Metric::Instability, Metric::Abstractness, Metric::Distance, Metric::Lines];
    let numbers = shown.iter().filter_map(|&m| Some(format!("{} {}", m.name(), row.values.get(m)?)));
    format!("{}: {}", Printable(&row.name), numbers.collect::<Vec<_>>().join(", "))
}

/// Returns the points with a label, and whether the label is to the right of the point. The points
/// farthest from the main sequence come first; a label must overlap no point and no earlier label.
fn named<'p, 'r>(points: &'p [Point<'r>]) -> Vec<(&'p Point<'r>, bool)> {
    let mut taken: Vec<[f64; 4]> =
        points.iter().map(|p| [p.x - p.radius, p.y - p.radius, p.x + p.radius, p.y + p.radius]).collect();
    let mut farthest: Vec<&Point<'_>> = points.iter().collect();
    farthest.order_by(|a, b| number(b.row, Metric::Distance).total_cmp(&number(a.row, Metric::Distance)));
    let mut names = Vec::new();
    for point in farthest {
        let (width, gap) =
            (Printable(&point.row.name).to_string().chars().count() as f64 * CHARACTER, point.radius + 4.0);
        let to_right = point.x + gap + width < WIDTH;
        let left = if to_right { point.x + gap } else { point.x - gap - width };
        let name = [left, point.y - 8.0, left + width, point.y + 5.0];
        let hits = |other: &[f64; 4]| {
            name[0] < other[2] && other[0] < name[2] && name[1] < other[3] && other[1] < name[3]
        };
        if left >= 44.0 && !taken.iter().any(hits) {
            taken.push(name);
            names.push((point, to_right));
        }
    }
    names
}

/// Plots the largest values of a metric as bars.
fn largest(rows: &[&Subject], metric: Metric) -> Markup {
    const STEP: f64 = 26.0;
    const LEFT: f64 = 190.0;
    let mut rows: Vec<&Subject> = rows.iter().copied().filter(|row| number(row, metric) > 0.0).collect();
    rows.order_by(|a, b| number(b, metric).total_cmp(&number(a, metric)));
    rows.truncate(BARS);
    let most = rows.first().map_or(1.0, |row| number(row, metric));
    let height = STEP * rows.len().max(1) as f64;
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label={ "The largest by " (metric.name()) } {
            @for (at, row) in rows.iter().enumerate() {
                @let y = at as f64 * STEP;
                @let length = ((WIDTH - LEFT - 62.0) * number(row, metric) / most).max(1.0);
                text.end x=(LEFT - 8.0) y=(y + 16.0) { (end_of(&Printable(&row.name).to_string())) }
                rect x=(LEFT) y=(y + 4.0) width=(rounded(length)) height=(STEP - 9.0) rx="2" { title { (Printable(&row.name).to_string()) } }
                text x=(rounded(LEFT + length + 6.0)) y=(y + 16.0) {
                    @if let Some(value) = row.values.get(metric) { (value) }
                }
            }
        }
    }
}

/// Returns as much of the end of a name as there is room for: its end is more specific than its
/// start.
fn end_of(name: &str) -> String {
    let count = name.chars().count();
    if count <= 28 {
        name.to_owned()
    } else {
        format!("…{}", name.chars().skip(count - 27).collect::<String>())
    }
}

/// Rounds to one decimal place.
fn rounded(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}
