//! The graph for Graphviz.
//!
//! Crates (or, where components are declared, components) are clusters, their modules the nodes. Colours and fonts are
//! chosen to read on white, in print and with the common kinds of colour blindness: what breaks a rule is thicker as well as
//! red, what is only for tests dashed as well as lighter.

use std::{
    fmt::{self, Write as _},
    io::{self, BufWriter, Write},
};

use super::{
    picture::{Arrow, Frame, FrameRole, Picture, Shape},
    view::NodeKind,
};
use crate::base::text::is_unprintable;

const HEAD: &str = r##"digraph archlint {
  graph [rankdir=LR, ranksep=0.9, nodesep=0.22, pad=0.4, fontname="Helvetica,Arial,sans-serif", fontsize=13, fontcolor="#334155", compound=true]
  node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#94a3b8", fontcolor="#0f172a", fontname="Helvetica,Arial,sans-serif", fontsize=11, height=0.32, margin="0.14,0.05"]
  edge [color="#64748bb0", arrowsize=0.6, fontname="Helvetica,Arial,sans-serif", fontsize=9, fontcolor="#64748b"]
"##;

/// Writes `picture` to `out`.
pub fn write(picture: &Picture, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    out.write_all(HEAD.as_bytes())?;
    write_frames(picture, &mut out)?;
    for shape in picture.boxes.iter().filter(|b| b.frame.is_none()) {
        write_shape(shape, &mut out)?;
    }
    for arrow in &picture.arrows {
        write_arrow(picture, arrow, &mut out)?;
    }
    out.write_all(b"}\n")?;
    out.flush()
}

/// Every frame with what is in it. A frame is closed when the next one is not inside it.
fn write_frames(picture: &Picture, out: &mut impl Write) -> io::Result<()> {
    let mut open: Vec<u32> = Vec::new();
    for (at, frame) in (0u32..).zip(&picture.frames) {
        while open.last().copied() != frame.parent && open.pop().is_some() {
            writeln!(out, "  }}")?;
        }
        open.push(at);
        write_frame(frame, out)?;
        for shape in picture.boxes.iter().filter(|b| b.frame == Some(at)) {
            write_shape(shape, out)?;
        }
    }
    open.iter().try_for_each(|_| writeln!(out, "  }}"))
}

fn write_frame(frame: &Frame, out: &mut impl Write) -> io::Result<()> {
    let fill = match frame.role {
        FrameRole::Layer => "#f8fafc",
        FrameRole::Component => "#eef2ff",
        FrameRole::Crate => "#f1f5f9",
        FrameRole::External => "#fafaf9",
    };
    writeln!(out, "  subgraph \"cluster {}\" {{", Id(&frame.key))?;
    let style = r##"style="rounded", pencolor="#cbd5e1", labeljust=l, margin=12"##;
    writeln!(out, "    graph [label=\"{}\", bgcolor=\"{fill}\", {style}]", Label(&frame.label))
}

fn write_shape(shape: &Shape, out: &mut impl Write) -> io::Result<()> {
    let mut attributes = format!("label=\"{}\", tooltip=\"{}\"", Label(&shape.label), Label(&shape.tooltip));
    if shape.kind == NodeKind::External {
        attributes
            .push_str(r##", style="filled", fillcolor="#f5f5f4", fontcolor="#57534e", color="#d6d3d1""##);
    } else if shape.test {
        attributes.push_str(r##", style="rounded,filled,dashed", fontcolor="#475569""##);
    }
    writeln!(out, "    \"{}\" [{attributes}]", Id(&shape.key))
}

fn write_arrow(picture: &Picture, arrow: &Arrow, out: &mut impl Write) -> io::Result<()> {
    let key = |at: u32| Id(&picture.boxes[at as usize].key);
    let violating = !arrow.broken.is_empty();
    // From 1 point for a single reference to about 3.4 for a hundred: thickness tells orders of magnitude apart, not numbers.
    let width = 1.0 + f64::from(arrow.count).log10() * 1.2 + if violating { 1.0 } else { 0.0 };
    let (from, to, tooltip) = (key(arrow.from), key(arrow.to), Label(&arrow.tooltip));
    write!(out, "  \"{from}\" -> \"{to}\" [tooltip=\"{tooltip}\", penwidth={width:.1}")?;
    if violating {
        write!(out, r##", color="#dc2626""##)?;
    }
    if arrow.test {
        write!(out, ", style=dashed")?;
    }
    writeln!(out, "]")
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

    use std::collections::BTreeMap;

    use super::{
        super::{
            picture::PictureOptions,
            sample,
            view::{Level, View, ViewOptions},
        },
        *,
    };
    use crate::graph::{Graph, Node, NodeId};

    fn dot(view: &View<'_>, options: PictureOptions<'_>) -> String {
        let mut out = Vec::new();
        write(&Picture::new(view, options), &mut out).expect("a vector takes all that is written");
        String::from_utf8(out).expect("DOT is text")
    }

    #[test]
    fn crates_are_clusters() {
        let graph = sample::graph();
        let view = View::new(&graph, None, ViewOptions { level: Level::Module, tests: true });
        insta::assert_snapshot!(dot(&view, PictureOptions { violations: None, externals: true }));
    }

    #[test]
    fn components_are_clusters_and_violations_red() {
        let (graph, assignment) = (sample::graph(), sample::assignment());
        let breaks = |e: &crate::graph::EdgeId| graph.nodes[graph.edges[*e].to].id == "std::fs::File";
        let pure = || [String::from("pure")].into_iter().collect();
        let violations: BTreeMap<_, _> = graph.edges.indices().filter(breaks).map(|e| (e, pure())).collect();
        let view = View::new(&graph, Some(&assignment), ViewOptions::default());
        insta::assert_snapshot!(dot(
            &view,
            PictureOptions { violations: Some(&violations), externals: false }
        ));
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
        let text = dot(&view, PictureOptions::default());
        let line = text.lines().find(|l| l.contains("script")).expect("the node is drawn");
        assert!(line.contains(r#""a\"b\\N&lt;<script>\\u{1b}[31m\\u{a}\\u{202e}" ["#), "{line}");
        assert!(line.contains(r#"label="a\"b\\N&amp;lt;<script>"#), "{line}");
    }
}
