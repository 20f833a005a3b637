//! The graph for Graphviz.
//!
//! Crates (or, where components are declared, components) are clusters, their modules the nodes. Colours and fonts are
//! chosen to read on white, in print and with the common kinds of colour blindness: what breaks a rule is thicker as well as
//! red, what is only for tests dashed as well as lighter.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Write as _},
    io::{self, BufWriter, Write},
};

use super::view::{Level, NodeKind, View, ViewEdge, ViewNode};
use crate::{base::text::is_unprintable, graph::EdgeId};

const HEAD: &str = r##"digraph archlint {
  graph [rankdir=LR, ranksep=0.9, nodesep=0.22, pad=0.4, fontname="Helvetica,Arial,sans-serif", fontsize=13, fontcolor="#334155", compound=true]
  node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#94a3b8", fontcolor="#0f172a", fontname="Helvetica,Arial,sans-serif", fontsize=11, height=0.32, margin="0.14,0.05"]
  edge [color="#64748bb0", arrowsize=0.6, fontname="Helvetica,Arial,sans-serif", fontsize=9, fontcolor="#64748b"]
"##;

/// What a diagram shows beside the view.
#[derive(Debug, Clone, Copy, Default)]
pub struct DotOptions<'a> {
    /// The edges of the graph that break a rule: red.
    pub violating: Option<&'a BTreeSet<EdgeId>>,
    /// Whether external crates are drawn. Those that a violating edge ends in always are.
    pub externals: bool,
}

/// Writes `view` to `out`.
pub fn write(view: &View<'_>, options: DotOptions<'_>, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let drawn = drawn(view, options);
    out.write_all(HEAD.as_bytes())?;
    for (cluster, nodes) in clusters(view, &drawn) {
        write_cluster(view, cluster, &nodes, &mut out)?;
    }
    for edge in view.edges.iter().filter(|e| drawn[e.to as usize]) {
        write_edge(view, edge, is_violating(edge, options), &mut out)?;
    }
    out.write_all(b"}\n")?;
    out.flush()
}

fn is_violating(edge: &ViewEdge, options: DotOptions<'_>) -> bool {
    options.violating.is_some_and(|set| edge.members.iter().any(|e| set.contains(e)))
}

fn drawn(view: &View<'_>, options: DotOptions<'_>) -> Vec<bool> {
    let inside = |n: &ViewNode<'_>| options.externals || n.kind != NodeKind::External;
    let mut drawn: Vec<bool> = view.nodes.iter().map(inside).collect();
    for edge in view.edges.iter().filter(|e| is_violating(e, options)) {
        drawn[edge.to as usize] = true;
    }
    drawn
}

/// A box around nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cluster<'a> {
    Component(&'a str),
    Crate {
        name: &'a str,
        prefix: Option<&'static str>,
        package: &'a str,
    },
    External,
    /// No box.
    None,
}

fn clusters<'v>(view: &'v View<'_>, drawn: &[bool]) -> BTreeMap<Cluster<'v>, Vec<&'v ViewNode<'v>>> {
    let mut clusters: BTreeMap<Cluster<'v>, Vec<&'v ViewNode<'v>>> = BTreeMap::new();
    for (node, _) in view.nodes.iter().zip(drawn).filter(|(_, drawn)| **drawn) {
        clusters.entry(cluster(view, node)).or_default().push(node);
    }
    clusters
}

fn cluster<'v>(view: &'v View<'_>, node: &ViewNode<'_>) -> Cluster<'v> {
    match node.kind {
        NodeKind::External => Cluster::External,
        _ if view.options.level == Level::Component => Cluster::None,
        kind => match (view.component(node), view.modules(node).next()) {
            (Some(component), _) => Cluster::Component(&component.name),
            (None, Some(module)) if kind == NodeKind::Module => Cluster::Crate {
                name: &module.crate_name,
                prefix: module.target.prefix(),
                package: &module.package,
            },
            _ => Cluster::None,
        },
    }
}

fn write_cluster(
    view: &View<'_>,
    cluster: Cluster<'_>,
    nodes: &[&ViewNode<'_>],
    out: &mut impl Write,
) -> io::Result<()> {
    let (id, label, fill) = match cluster {
        Cluster::Component(name) => (format!("component {name}"), name.to_owned(), "#eef2ff"),
        Cluster::Crate { name, prefix, package } => {
            let prefix = prefix.map(|p| format!("{p}:")).unwrap_or_default();
            (format!("crate {prefix}{name} {package}"), format!("{prefix}{name}"), "#f1f5f9")
        }
        Cluster::External => ("external".to_owned(), "external".to_owned(), "#fafaf9"),
        Cluster::None => return nodes.iter().try_for_each(|n| write_node(view, n, cluster, out)),
    };
    writeln!(out, "  subgraph \"cluster {}\" {{", Id(&id))?;
    let style = r##"style="rounded", pencolor="#cbd5e1", labeljust=l, margin=12"##;
    writeln!(out, "    graph [label=\"{}\", bgcolor=\"{fill}\", {style}]", Label(&label))?;
    for node in nodes {
        write_node(view, node, cluster, out)?;
    }
    writeln!(out, "  }}")
}

fn write_node(
    view: &View<'_>,
    node: &ViewNode<'_>,
    cluster: Cluster<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut attributes =
        format!("label=\"{}\", tooltip=\"{}\"", Label(label(view, node, cluster)), Label(&node.id));
    if node.kind == NodeKind::External {
        attributes
            .push_str(r##", style="filled", fillcolor="#f5f5f4", fontcolor="#57534e", color="#d6d3d1""##);
    } else if view.modules(node).all(|m| m.test) {
        attributes.push_str(r##", style="rounded,filled,dashed", fontcolor="#475569""##);
    }
    writeln!(out, "    \"{}\" [{attributes}]", Key(node))
}

/// A short name: within its crate's box the path under the crate, elsewhere the id.
fn label<'n>(view: &'n View<'_>, node: &'n ViewNode<'_>, cluster: Cluster<'_>) -> &'n str {
    let module = view.modules(node).next();
    match (cluster, module) {
        (Cluster::Crate { .. }, Some(module)) if module.path.is_empty() => "crate",
        (Cluster::Crate { .. }, Some(module)) => &module.path,
        _ => &node.id,
    }
}

fn write_edge(view: &View<'_>, edge: &ViewEdge, violating: bool, out: &mut impl Write) -> io::Result<()> {
    let node = |at: u32| &view.nodes[at as usize];
    let (from, to) = (node(edge.from), node(edge.to));
    let plural = if edge.count == 1 { "" } else { "s" };
    let tooltip = format!("{} → {}: {} reference{plural}", from.id, to.id, edge.count);
    // From 1 point for a single reference to about 3.4 for a hundred: thickness tells orders of magnitude apart, not numbers.
    let width = 1.0 + f64::from(edge.count).log10() * 1.2 + if violating { 1.0 } else { 0.0 };
    write!(
        out,
        "  \"{}\" -> \"{}\" [tooltip=\"{}\", penwidth={width:.1}",
        Key(from),
        Key(to),
        Label(&tooltip)
    )?;
    if violating {
        write!(out, r##", color="#dc2626""##)?;
    }
    if edge.test {
        write!(out, ", style=dashed")?;
    }
    writeln!(out, "]")
}

/// A node's name in the file. The kind in front of an external keeps it apart from a workspace crate of the same name.
struct Key<'a>(&'a ViewNode<'a>);

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = if self.0.kind == NodeKind::External { "external:" } else { "" };
        write!(f, "{prefix}{}", Id(&self.0.id))
    }
}

/// Text inside a quoted identifier.
struct Id<'a>(&'a str);

impl fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| escape(c, f))
    }
}

/// Text inside a quoted label, where Graphviz also reads HTML entities.
struct Label<'a>(&'a str);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| if c == '&' { f.write_str("&amp;") } else { escape(c, f) })
    }
}

/// One character of a quoted string. A doubled backslash is a backslash in labels and stays doubled, but distinct, in
/// identifiers; what would act on a terminal or turn the reading direction is spelled out.
fn escape(c: char, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match c {
        '"' => f.write_str("\\\""),
        '\\' => f.write_str("\\\\"),
        c if is_unprintable(c) => write!(f, "\\\\u{{{:x}}}", c as u32),
        c => f.write_char(c),
    }
}

#[cfg(test)]
mod tests {
    use index_vec::IndexVec;

    use super::{
        super::{sample, view::ViewOptions},
        *,
    };
    use crate::graph::{Graph, Node, NodeId};

    fn dot(view: &View<'_>, options: DotOptions<'_>) -> String {
        let mut out = Vec::new();
        write(view, options, &mut out).expect("a vector takes all that is written");
        String::from_utf8(out).expect("DOT is text")
    }

    #[test]
    fn crates_are_clusters() {
        let graph = sample::graph();
        let view = View::new(&graph, None, ViewOptions { level: Level::Module, tests: true });
        insta::assert_snapshot!(dot(&view, DotOptions { violating: None, externals: true }));
    }

    #[test]
    fn components_are_clusters_and_violations_red() {
        let (graph, assignment) = (sample::graph(), sample::assignment());
        let violating =
            graph.edges.indices().filter(|&e| graph.nodes[graph.edges[e].to].id == "std::fs::File").collect();
        let view = View::new(&graph, Some(&assignment), ViewOptions::default());
        insta::assert_snapshot!(dot(&view, DotOptions { violating: Some(&violating), externals: false }));
    }

    #[test]
    fn names_are_escaped() {
        let name = "a\"b\\N&lt;<script>\u{1b}[31m\n\u{202e}";
        let mut node = sample::graph().nodes[NodeId::from_raw(1)].clone();
        node.id = name.to_owned();
        let nodes: IndexVec<NodeId, Node> = [node].into_iter().collect();
        let mut tables = crate::graph::Tables::default();
        tables.files.extend([String::new(), String::new()]);
        let graph = Graph::new(nodes, tables, Vec::new());
        let view = View::new(&graph, None, ViewOptions { level: Level::Crate, tests: false });
        let text = dot(&view, DotOptions::default());
        let line = text.lines().find(|l| l.contains("script")).expect("the node is drawn");
        assert!(line.contains(r#""a\"b\\N&lt;<script>\\u{1b}[31m\\u{a}\\u{202e}" ["#), "{line}");
        assert!(line.contains(r#"label="a\"b\\N&amp;lt;<script>"#), "{line}");
    }
}
