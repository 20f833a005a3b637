//! The view as GraphML, for Gephi, yEd, NetworkX and similar programs: every node and edge with its
//! attributes.
//!
//! Source: the GraphML primer (Brandes, Eiglsperger, Lerner), "Additional data for graph elements".

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, BufWriter, Write},
};

use super::view::{View, ViewEdge, ViewNode};
use crate::{base::text::Xml, graph::EdgeId};

/// The GraphML keys: id, element that the key applies to, type.
const KEYS: &[(&str, &str, &str)] = &[
    ("label", "node", "string"),
    ("kind", "node", "string"),
    ("package", "node", "string"),
    ("file", "node", "string"),
    ("component", "node", "string"),
    ("layer", "node", "string"),
    ("tags", "node", "string"),
    ("modules", "node", "int"),
    ("lines", "node", "int"),
    ("items", "node", "int"),
    ("test", "all", "boolean"),
    ("naming", "edge", "boolean"),
    ("count", "edge", "int"),
    ("rules", "edge", "string"),
];

/// Writes `view` to `out`. `violations` maps the edges of the graph that break rules to the rules'
/// ids.
pub fn write(
    view: &View<'_>,
    violations: Option<&BTreeMap<EdgeId, BTreeSet<String>>>,
    out: impl Write,
) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    for (id, of, kind) in KEYS {
        writeln!(out, "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{id}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(out, "  <graph id=\"archlint\" edgedefault=\"directed\">")?;
    for (at, node) in view.nodes.iter().enumerate() {
        write_node(view, at, node, &mut out)?;
    }
    for edge in &view.edges {
        write_edge(edge, violations, &mut out)?;
    }
    writeln!(out, "  </graph>\n</graphml>")?;
    out.flush()
}

fn write_node(view: &View<'_>, at: usize, node: &ViewNode<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "    <node id=\"n{at}\">")?;
    write_data("label", &node.id, out)?;
    write_data("kind", node.kind.name(), out)?;
    let (mut count, mut lines, mut items, mut test) = (0u64, 0u64, 0u64, true);
    for module in view.modules(node) {
        if count == 0 {
            write_data("package", &module.package, out)?;
            write_data("file", &view.graph.files[module.file], out)?;
        }
        count += 1;
        lines += u64::from(module.lines);
        items += u64::from(module.items);
        test &= module.test;
    }
    if let Some(component) = view.component(node) {
        write_data("component", &component.name, out)?;
        write_data("layer", component.layer.as_deref().unwrap_or_default(), out)?;
        write_data("tags", &component.tags.join(" "), out)?;
    }
    if count > 0 {
        for (key, number) in [("modules", count), ("lines", lines), ("items", items)] {
            write_data(key, &number.to_string(), out)?;
        }
        write_data("test", if test { "true" } else { "false" }, out)?;
    }
    writeln!(out, "    </node>")
}

fn write_edge(
    edge: &ViewEdge,
    violations: Option<&BTreeMap<EdgeId, BTreeSet<String>>>,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "    <edge source=\"n{}\" target=\"n{}\">", edge.from, edge.to)?;
    write_data("count", &edge.count.to_string(), out)?;
    write_data("test", if edge.test { "true" } else { "false" }, out)?;
    write_data("naming", if edge.naming { "true" } else { "false" }, out)?;
    let rules = edge.members.iter().filter_map(|e| violations?.get(e)).flatten();
    let rules: BTreeSet<&str> = rules.map(String::as_str).collect();
    write_data("rules", &rules.into_iter().collect::<Vec<_>>().join(" "), out)?;
    writeln!(out, "    </edge>")
}

/// Writes one value; an empty text is left out.
fn write_data(key: &str, value: &str, out: &mut impl Write) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    writeln!(out, "      <data key=\"{key}\">{}</data>", Xml(value))
}
