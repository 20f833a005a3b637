//! The graph as JSON: `archlint.graph`, version 1, a stable contract with other programs.
//!
//! Invariants: the document is streamed to the writer, since a graph can have half a million sites;
//! each node and each edge is one line, so that text tools and diffs work on it; fields are in the
//! order of the contract, and arrays are sorted.

use std::io::{self, BufWriter, Write};

use serde::{Serialize, Serializer, ser::SerializeSeq};

use super::{
    assignment::Component,
    view::{NodeKind, View, ViewEdge, ViewNode, ViewSite},
};
use crate::graph::{
    Context, Definition, Graph, InferenceStep, ModuleInfo, Resolution, Site, package::TargetKind,
};

/// Writes `view` to `out`, with the sites of each edge if `sites` is true.
pub fn write(view: &View<'_>, sites: bool, resolution: Resolution, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let document = Document {
        format: "archlint.graph",
        version: 1,
        nodes: Each(|| view.nodes.iter().map(|n| node(view, n))),
        edges: Each(|| view.edges.iter().map(|e| edge(view, e, sites))),
        resolution,
    };
    document.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Lines::default()))?;
    out.write_all(b"\n")?;
    out.flush()
}

#[derive(Serialize)]
struct Document<N: Serialize, E: Serialize> {
    format: &'static str,
    version: u32,
    nodes: N,
    edges: E,
    resolution: Resolution,
}

/// An array whose elements are created while they are written.
struct Each<F>(F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut array = serializer.serialize_seq(None)?;
        for element in (self.0)() {
            array.serialize_element(&element)?;
        }
        array.end()
    }
}

#[derive(Serialize)]
struct NodeJson<'a> {
    id: &'a str,
    kind: NodeKind,
    #[serde(flatten)]
    place: Option<Location<'a>>,
    #[serde(flatten)]
    body: Option<Body<'a>>,
}

/// The position of a module or a crate in the workspace.
#[derive(Serialize)]
struct Location<'a> {
    package: &'a str,
    target: &'static str,
    #[serde(rename = "crate")]
    crate_name: &'a str,
    path: &'a str,
    file: &'a str,
    line: u32,
}

/// The fields of all nodes but external ones.
#[derive(Serialize)]
struct Body<'a> {
    test: bool,
    component: Option<&'a str>,
    layer: Option<&'a str>,
    tags: &'a [String],
    lines: u64,
    items: u64,
}

fn node<'a>(view: &View<'a>, node: &'a ViewNode<'_>) -> NodeJson<'a> {
    NodeJson { id: &node.id, kind: node.kind, place: place(view, node), body: body(view, node) }
}

fn place<'a>(view: &View<'a>, node: &ViewNode<'_>) -> Option<Location<'a>> {
    if !matches!(node.kind, NodeKind::Module | NodeKind::Crate) {
        return None;
    }
    // The root of a crate sorts before its other modules.
    let module = view.modules(node).next()?;
    Some(Location {
        package: &module.package,
        target: TargetKind::name(module.target),
        crate_name: &module.crate_name,
        path: if node.kind == NodeKind::Module { &module.path } else { "" },
        file: &view.graph.files[module.file],
        line: module.line,
    })
}

fn body<'a>(view: &View<'a>, node: &ViewNode<'_>) -> Option<Body<'a>> {
    view.modules(node).next()?;
    let component: Option<&'a Component> = view.component(node);
    let sum = |of: fn(&ModuleInfo) -> u32| view.modules(node).map(|m| u64::from(of(m))).sum();
    Some(Body {
        test: view.modules(node).all(|m| m.test),
        component: component.map(|c| c.name.as_str()),
        layer: component.and_then(|c| c.layer.as_deref()),
        tags: component.map_or(&[], |c| &c.tags),
        lines: sum(|m| m.lines),
        items: sum(|m| m.items),
    })
}

#[derive(Serialize)]
struct EdgeJson<'a, S: Serialize> {
    from: &'a str,
    to: &'a str,
    count: u32,
    test: bool,
    /// Whether the dependency is by name alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    naming: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    sites: Option<S>,
    /// The sites of an edge by name alone. They are also sites of other edges, so that a sum over
    /// `sites` must not include them.
    #[serde(skip_serializing_if = "Option::is_none")]
    named_at: Option<S>,
}

fn edge<'a>(view: &'a View<'_>, edge: &'a ViewEdge, sites: bool) -> EdgeJson<'a, impl Serialize + use<'a>> {
    let id = |at: u32| view.nodes[at as usize].id.as_ref();
    let all = || Each(move || view.sites(edge).into_iter().map(|s| site(view, s)));
    EdgeJson {
        from: id(edge.from),
        to: id(edge.to),
        count: edge.count,
        test: edge.test,
        naming: edge.naming,
        sites: (sites && !edge.naming).then(all),
        named_at: (sites && edge.naming).then(all),
    }
}

#[derive(Serialize)]
struct SiteJson<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    context: Context,
    named: Option<&'a str>,
    item: &'a str,
    cfg: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unresolved: Option<&'a str>,
    /// The definition of an associated item.
    #[serde(skip_serializing_if = "Option::is_none")]
    definition: Option<DefinitionJson<'a>>,
    /// `inferred` if a macro or another crate, which was not read, may define another item of that name.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
    /// The types that led to a method or a field, the first step first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    types: Vec<TypeJson<'a>>,
}

/// A step of the inference that a method or a field rests on.
#[derive(Serialize)]
struct TypeJson<'a> {
    text: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct DefinitionJson<'a> {
    item: String,
    by: String,
    file: &'a str,
    line: u32,
    column: u32,
}

fn site<'a>(view: &View<'a>, ViewSite { edge, site }: ViewSite<'a>) -> SiteJson<'a> {
    let graph = view.graph;
    let target = &graph.nodes[graph.edges[edge].to];
    let outside = target.module.is_none().then(|| split_external(&target.id));
    let named = site.named.map(|n| graph.nodes[n].id.as_str());
    SiteJson {
        file: &graph.files[site.file],
        line: site.span.start.line,
        column: site.span.start.column,
        end_line: site.span.end.line,
        end_column: site.span.end.column,
        context: site.context,
        named: named.or(outside.map(|(path, _)| path)),
        item: outside.map_or_else(|| graph.names.text(site.item), |(_, item)| item),
        cfg: site.cfg.map(|c| graph.conditions[c].as_str()),
        unresolved: site.unresolved.map(|rest| graph.names.text(rest)),
        definition: definition(graph, site),
        confidence: (!graph.is_certain(site)).then_some("inferred"),
        types: graph.steps(site).into_iter().map(|step| type_json(graph, step)).collect(),
    }
}

fn type_json<'a>(graph: &'a Graph, step: &InferenceStep) -> TypeJson<'a> {
    let (line, column) = (step.span.start.line, step.span.start.column);
    TypeJson { text: graph.names.text(step.text), file: &graph.files[step.file], line, column }
}

fn definition<'a>(graph: &'a Graph, site: &Site) -> Option<DefinitionJson<'a>> {
    let (item, by) = graph.spell_definition(site)?;
    let Definition { file, span, .. } = graph.definitions[site.definition?];
    let (line, column) = (span.start.line, span.start.column);
    Some(DefinitionJson { item, by, file: &graph.files[file], line, column })
}

/// Splits an external path into the path in which the name is looked up, and the name; a crate
/// without a path is both.
fn split_external(id: &str) -> (&str, &str) {
    id.rsplit_once("::").unwrap_or((id, id))
}

/// Compact JSON with a line break before each element of a top-level array.
#[derive(Default)]
struct Lines {
    depth: usize,
}

impl serde_json::ser::Formatter for Lines {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        crate::render::json::fragment(out, text)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(if self.depth == 0 { b"\n]" } else { b"]" })
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(match (first, self.depth) {
            (true, 1) => b"\n",
            (true, _) => b"",
            (false, 1) => b",\n",
            (false, _) => b",",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{sample, view::ViewOptions},
        *,
    };
    use crate::judge::architecture::Granularity;

    fn json(level: Granularity, tests: bool, sites: bool) -> String {
        let (graph, assignment) = (sample::graph(), sample::assignment());
        let view = View::new(&graph, Some(&assignment), ViewOptions { level, tests });
        let resolution = Resolution {
            references: 12,
            resolved: 7,
            external: 4,
            assumed: 2,
            unresolved: 1,
            ..Resolution::default()
        };
        let mut out = Vec::new();
        write(&view, sites, resolution, &mut out).expect("a vector takes all that is written");
        serde_json::from_slice::<serde_json::Value>(&out).expect("what is written is JSON");
        String::from_utf8(out).expect("JSON is text")
    }

    #[test]
    fn modules() {
        insta::assert_snapshot!(json(Granularity::Module, true, true));
    }

    #[test]
    fn crates_without_sites() {
        insta::assert_snapshot!(json(Granularity::Crate, false, false));
    }

    #[test]
    fn components() {
        insta::assert_snapshot!(json(Granularity::Component, false, false));
    }

    #[test]
    fn an_empty_graph_has_empty_arrays() {
        let graph = crate::graph::Graph::default();
        let mut out = Vec::new();
        let view = View::new(&graph, None, ViewOptions::default());
        write(&view, true, Resolution::default(), &mut out).expect("a vector takes all that is written");
        let value: serde_json::Value = serde_json::from_slice(&out).expect("what is written is JSON");
        assert_eq!((&value["nodes"], &value["edges"]), (&serde_json::json!([]), &serde_json::json!([])));
    }
}
