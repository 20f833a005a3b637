//! The references of the graph, as columns of small numbers.

use super::{edges::Edges, excerpts::Excerpts, format, numbering::Numbering};
use crate::{
    base::{order::Order as _, span::Span},
    graph::{Context, EdgeId, Graph, Reexport, Site},
    judge::rules::CONTEXTS,
};

/// The properties of a site that many sites have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    file: i32,
    context: u32,
    named: i32,
    condition: i32,
    chain: i32,
    test: bool,
}

/// Returns the sites of `edges`, and adds the source lines that they show to `excerpts`.
pub(super) fn columns<'a>(graph: &'a Graph, edges: &Edges, excerpts: &mut Excerpts<'_>) -> format::Sites<'a> {
    let mut shapes = Numbering::default();
    let mut items = Numbering::default();
    let mut sites = format::Sites::default();
    for members in edges.values() {
        let mut line = 0;
        for (edge, site) in in_order(graph, members) {
            let start = site.span.start;
            excerpts.add(&graph.files[site.file], start.line);
            sites.line.push(start.line as i32 - line);
            sites.column.push(start.column);
            sites.length.push(length(site.span));
            sites.shape.push(shapes.number(shape(graph, edge, site)));
            sites.item.push(items.number(item(graph, edge, site)));
            line = start.line as i32;
        }
    }
    sites.shapes = shape_columns(&shapes.list);
    sites.items = items.list;
    sites.conditions = graph.conditions.iter().map(String::as_str).collect();
    sites.chains = graph.chains.iter().map(|chain| reexports(chain)).collect();
    sites
}

fn shape_columns(shapes: &[Shape]) -> format::Shapes {
    format::Shapes {
        file: shapes.iter().map(|s| s.file).collect(),
        context: shapes.iter().map(|s| s.context).collect(),
        named: shapes.iter().map(|s| s.named).collect(),
        condition: shapes.iter().map(|s| s.condition).collect(),
        chain: shapes.iter().map(|s| s.chain).collect(),
        test: shapes.iter().map(|s| u8::from(s.test)).collect(),
    }
}

fn reexports(chain: &[Reexport]) -> format::Reexports {
    format::Reexports {
        module: chain.iter().map(|r| r.module.raw()).collect(),
        file: chain.iter().map(|r| r.file.raw()).collect(),
        line: chain.iter().map(|r| r.span.start.line).collect(),
        column: chain.iter().map(|r| r.span.start.column).collect(),
    }
}

/// Returns the sites of some edges of the graph, sorted by position.
fn in_order<'g>(graph: &'g Graph, members: &[EdgeId]) -> Vec<(EdgeId, &'g Site)> {
    let of = |edge: &EdgeId| graph.sites(*edge).iter().map(|site| (*edge, site)).collect::<Vec<_>>();
    let mut sites: Vec<_> = members.iter().flat_map(of).collect();
    if members.len() > 1 {
        sites.order_by_key(|(edge, s)| (s.file, s.span, s.context, *edge));
    }
    sites
}

fn shape(graph: &Graph, edge: EdgeId, site: &Site) -> Shape {
    let edge = &graph.edges[edge];
    let home = graph.nodes[edge.from].module.as_ref().map(|m| m.file);
    Shape {
        file: if home == Some(site.file) { -1 } else { site.file.raw() as i32 },
        context: context(site.context),
        named: site.named.filter(|named| *named != edge.to).map_or(-1, |n| n.raw() as i32),
        condition: site.cfg.map_or(-1, |c| c.raw() as i32),
        chain: site.reexports.map_or(-1, |c| c.raw() as i32),
        test: site.test,
    }
}

/// Returns the index of a context in the list of all contexts.
pub(super) fn context(context: Context) -> u32 {
    CONTEXTS.iter().position(|(_, c)| *c == context).unwrap_or_default() as u32
}

/// Returns the item that a site names: for an external the whole path, since its node is the crate.
fn item<'a>(graph: &'a Graph, edge: EdgeId, site: &Site) -> &'a str {
    let target = &graph.nodes[graph.edges[edge].to];
    if target.module.is_none() { &target.id } else { graph.names.text(site.item) }
}

/// Returns the number of characters that a span takes on its line; 0 for a span of several lines.
pub(super) fn length(span: Span) -> u32 {
    if span.start.line == span.end.line { span.end.column.saturating_sub(span.start.column) } else { 0 }
}
