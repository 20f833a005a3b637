//! An HTML page to read, keep and send: one file without scripts and requests, with drawings of
//! both sides next to each other.
//!
//! maud escapes all inserted text; only the style sheets and the drawings, which do their own
//! escaping, are inserted unescaped.

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};
use rustc_hash::FxHashSet;

use super::{
    Drawn, DriftContext,
    parts::{self, Section, Sign},
};
use crate::{
    history::drift::{
        Drift,
        overview::{self, Between, Coarse},
        shape::Shape,
    },
    judge::architecture::Granularity,
    render::{
        diagram::{Arrow, NodeKind, Picture, Shape as Box, Tint, svg},
        report::{
            self,
            html::{article, marked, page},
        },
    },
};

/// The maximum number of boxes of a complete drawing. Beyond it only the changed nodes are drawn,
/// and the ends of changed dependencies.
const BOXES: usize = 60;
/// The maximum number of lines of a section.
const LINES: usize = 500;
/// Indices into the colours for names: green and orange.
const NEW: u32 = 2;
const GONE: u32 = 1;
const SHEET: &str = include_str!("drift.css");

/// Returns the page for the whole drift.
pub fn render(drift: &Drift, context: &DriftContext<'_>) -> String {
    let main = html! {
        (sides(drift, context))
        (numbers(drift))
        (findings(drift, context))
        @if let Some(s) = parts::permissions(drift) { (section(&s)) }
        @for s in parts::sections(drift) { (section(&s)) }
        @if let Some(s) = parts::other_findings(drift) { (section(&s)) }
    };
    page(&parts::headline(drift), SHEET, &head(drift, context), &main)
}

fn head(drift: &Drift, context: &DriftContext<'_>) -> Markup {
    html! {
        h1 { "archlint: " (parts::totals(drift)) }
        p { "From " (parts::side(&drift.base)) " to " (parts::side(&drift.head)) }
        @for failure in context.failures { p.fails { "Fails: " (failure) } }
        @for note in drift.notes.iter().chain(&drift.unseen) { p { (marked(note)) } }
    }
}

fn numbers(drift: &Drift) -> Markup {
    let rows: Vec<([String; 4], &str)> = drift.numbers.iter().map(|n| (parts::number(n), n.what)).collect();
    html! {
        table {
            caption { "Metrics" }
            thead { tr { th scope="col" { "metric" } @for name in ["before", "after", "change"] { th.number scope="col" { (name) } } } }
            tbody {
                @for ([name, before, after, change], what) in rows {
                    tr { th scope="row" title=(what) { (name) } td.number { (before) } td.number { (after) } td.number { (change) } }
                }
            }
        }
    }
}

fn findings(drift: &Drift, context: &DriftContext<'_>) -> Markup {
    let shown = parts::shown(drift);
    let context = report::ReportContext { sources: context.sources, rules: &[], folder: "", numbers: None };
    html! {
        @if !shown.is_empty() {
            h2 { "new findings: " (shown.len()) }
            @for (finding, note) in shown {
                (article(finding, &context))
                @if let Some(note) = note { p.why { (note) } }
            }
        }
    }
}

fn section(section: &Section) -> Markup {
    html! {
        h2 { (section.title) }
        ul.changes {
            @for line in section.lines.iter().take(LINES) {
                li class=(class(line.sign)) {
                    span.sign { (line.sign.text()) } " " (marked(&line.text))
                    @if !line.note.is_empty() { " " small { (marked(&line.note)) } }
                }
            }
            @if section.lines.len() > LINES { li { "… and " (section.lines.len() - LINES) " more" } }
        }
    }
}

fn class(sign: Sign) -> &'static str {
    match sign {
        Sign::More => "more",
        Sign::Less => "less",
        Sign::Other => "other",
    }
}

/// Returns drawings of both sides at the level of the overview.
fn sides(drift: &Drift, context: &DriftContext<'_>) -> Markup {
    let shape = |drawn: Drawn<'_>| Shape::of(drawn.graph, drawn.components);
    let moves = drift.graph.moved.iter().map(|m| (m.from.clone(), m.to.clone())).collect();
    let level = drift.overview.level;
    let head = shape(context.head);
    let base = shape(context.base).renamed(&moves).in_packages_of(&head);
    let (base, head) = (overview::coarse(&base, level), overview::coarse(&head, level));
    let kept = kept(drift, &base, &head);
    let changes = &drift.overview;
    let before =
        Drawing { all: &base, nodes: &changes.lost, edges: &changes.edges_lost, word: "gone", tint: GONE };
    let after =
        Drawing { all: &head, nodes: &changes.gained, edges: &changes.edges_gained, word: "new", tint: NEW };
    html! {
        div.sides {
            @for (side, name, drawing) in [("base", &drift.base, before), ("head", &drift.head, after)] {
                figure class={ "side " (side) } {
                    figcaption { (parts::side(name)) ", " (level.name()) "s" }
                    (drawing.draw(level, kept.as_ref()))
                }
            }
        }
    }
}

/// Returns the nodes to draw if there are too many for a complete drawing: the changed ones, and
/// the ends of changed dependencies.
fn kept(drift: &Drift, base: &Coarse, head: &Coarse) -> Option<BTreeSet<String>> {
    if base.nodes.len().max(head.nodes.len()) <= BOXES {
        return None;
    }
    let overview = &drift.overview;
    let edges = overview.edges_gained.iter().chain(&overview.edges_lost);
    let ends = edges.flat_map(|b| [b.from.clone(), b.to.clone()]);
    let nodes = overview.gained.iter().chain(&overview.lost).cloned();
    Some(ends.chain(nodes).take(BOXES).collect())
}

/// The drawing of one side, with the nodes and edges that the other side lacks.
struct Drawing<'a> {
    all: &'a Coarse,
    nodes: &'a [String],
    edges: &'a [Between],
    /// The word in the legend for those nodes and edges.
    word: &'static str,
    tint: u32,
}

impl Drawing<'_> {
    fn draw(&self, level: Granularity, kept: Option<&BTreeSet<String>>) -> Markup {
        let picture = self.picture(level, kept);
        if picture.boxes.is_empty() {
            return html! { p { "nothing to draw" } };
        }
        match svg::draw(&picture, svg::Look::Both) {
            Ok(drawing) => html! { div.drawing { (PreEscaped(drawing.text)) } },
            Err(error) => html! { p { (error.to_string()) } },
        }
    }

    fn picture(&self, level: Granularity, kept: Option<&BTreeSet<String>>) -> Picture {
        let names: Vec<&String> =
            self.all.nodes.iter().filter(|name| kept.is_none_or(|kept| kept.contains(*name))).collect();
        let number = |name: &String| names.binary_search(&name).ok().map(|at| at as u32);
        let changed: FxHashSet<(&str, &str)> =
            self.edges.iter().map(|b| (b.from.as_str(), b.to.as_str())).collect();
        let arrows = self.all.all().filter_map(|((from, to), count, naming)| {
            let changed = changed.contains(&(from.as_str(), to.as_str()));
            let broken = if changed { vec![self.word.to_owned()] } else { Vec::new() };
            Some(Arrow {
                from: number(from)?,
                to: number(to)?,
                label: if changed { self.word.to_owned() } else { String::new() },
                tooltip: format!("{from} → {to}: {}", parts::references(count, naming)),
                count,
                test: false,
                naming,
                broken,
            })
        });
        let left_out = self.all.nodes.len() - names.len();
        Picture {
            boxes: names.iter().map(|name| self.shape(name, level)).collect(),
            arrows: arrows.collect(),
            legend: if self.nodes.is_empty() {
                Vec::new()
            } else {
                vec![Tint { label: self.word.to_owned(), color: self.tint }]
            },
            notes: (left_out > 0)
                .then(|| format!("{} without changes left out.", parts::count(left_out, level.name())))
                .into_iter()
                .collect(),
            broken: Some(self.word),
            ..Picture::default()
        }
    }

    fn shape(&self, name: &str, level: Granularity) -> Box {
        let changed = self.nodes.iter().any(|node| node == name);
        Box {
            key: name.to_owned(),
            label: name.to_owned(),
            tooltip: name.to_owned(),
            kind: match level {
                Granularity::Component => NodeKind::Component,
                Granularity::Layer => NodeKind::Layer,
                Granularity::Crate => NodeKind::Crate,
                Granularity::Module => NodeKind::Module,
            },
            test: false,
            frame: None,
            rank: None,
            tint: changed.then_some(0),
        }
    }
}
