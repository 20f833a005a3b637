//! Every reference, as five small numbers.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{data::Edges, excerpts::Excerpts};
use crate::{
    graph::{EdgeId, Graph, Reexport, Site},
    judge::rules::CONTEXTS,
};

/// All sites in the order of the edges, with the lists that they refer to.
#[derive(Debug, Default, Serialize)]
pub(super) struct Table<'a> {
    /// For each site: its line less that of the one before it on the same edge, its column, its length in characters (0:
    /// to the end of the line), its shape, its item.
    rows: Vec<i64>,
    /// What sites have in common: file (-1: that of the edge's `from`), context, the module named (-1: the one that
    /// defines), condition, chain of re-exports, whether it is test code.
    shapes: Vec<Shape>,
    items: Vec<&'a str>,
    conditions: Vec<&'a str>,
    /// Re-exports: module, file, line, column.
    chains: Vec<Vec<(u32, usize, u32, u32)>>,
}

type Shape = (i64, usize, i64, i64, i64, u8);

impl<'a> Table<'a> {
    /// The sites of `edges`. What they show of the source goes to `excerpts`.
    pub(super) fn new(graph: &'a Graph, edges: &Edges, excerpts: &mut Excerpts<'_>) -> Self {
        let mut shapes = Numbers::default();
        let mut items = Numbers::default();
        let mut rows = Vec::with_capacity(graph.sites.len() * 5);
        for members in edges.values() {
            let mut line = 0;
            for (edge, site) in in_order(graph, members) {
                excerpts.add(&graph.files[site.file], site.span.start.line);
                let start = site.span.start;
                let shape = shapes.number(shape(graph, edge, site));
                let item = items.number(item(graph, edge, site));
                rows.extend([i64::from(start.line) - line, i64::from(start.column), length(site.span)]);
                rows.extend([shape, item]);
                line = i64::from(start.line);
            }
        }
        let chain = |r: &Reexport| (r.module.raw(), r.file.index(), r.span.start.line, r.span.start.column);
        Self {
            rows,
            shapes: shapes.list,
            items: items.list,
            conditions: graph.conditions.iter().map(String::as_str).collect(),
            chains: graph.chains.iter().map(|c| c.iter().map(chain).collect()).collect(),
        }
    }
}

/// The sites of some edges of the graph, by place.
fn in_order<'g>(graph: &'g Graph, members: &[EdgeId]) -> Vec<(EdgeId, &'g Site)> {
    let of = |edge: &EdgeId| graph.sites(*edge).iter().map(|site| (*edge, site)).collect::<Vec<_>>();
    let mut sites: Vec<_> = members.iter().flat_map(of).collect();
    if members.len() > 1 {
        sites.sort_by_key(|(edge, s)| (s.file, s.span, s.context, *edge));
    }
    sites
}

fn shape(graph: &Graph, edge: EdgeId, site: &Site) -> Shape {
    let edge = &graph.edges[edge];
    let home = graph.nodes[edge.from].module.as_ref().map(|m| m.file);
    let file = if home == Some(site.file) { -1 } else { site.file.index() as i64 };
    let named = site.named.filter(|named| *named != edge.to).map_or(-1, |n| i64::from(n.raw()));
    let cfg = site.cfg.map_or(-1, |c| i64::from(c.raw()));
    let chain = site.reexports.map_or(-1, |c| i64::from(c.raw()));
    (file, context(site.context), named, cfg, chain, u8::from(site.test))
}

/// The place of a context in the list of them all.
pub(super) fn context(context: crate::graph::Context) -> usize {
    CONTEXTS.iter().position(|(_, c)| *c == context).unwrap_or_default()
}

/// What is named: of an external the whole path, since its node is the crate.
fn item<'a>(graph: &'a Graph, edge: EdgeId, site: &Site) -> &'a str {
    let target = &graph.nodes[graph.edges[edge].to];
    if target.module.is_none() { &target.id } else { graph.names.text(site.item) }
}

/// How many characters of its line a span takes; 0 where it goes on to the next.
pub(super) fn length(span: crate::base::span::Span) -> i64 {
    if span.start.line == span.end.line {
        i64::from(span.end.column) - i64::from(span.start.column)
    } else {
        0
    }
}

/// Gives each thing a number, in the order of first sight.
#[derive(Debug)]
struct Numbers<T> {
    list: Vec<T>,
    known: BTreeMap<T, i64>,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self { list: Vec::new(), known: BTreeMap::new() }
    }
}

impl<T: Ord + Copy> Numbers<T> {
    fn number(&mut self, thing: T) -> i64 {
        let next = self.list.len() as i64;
        *self.known.entry(thing).or_insert_with(|| {
            self.list.push(thing);
            next
        })
    }
}
