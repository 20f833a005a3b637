//! The picture in Graphviz's DOT language.
//!
//! Frames become clusters, boxes become nodes. If boxes have ranks, the drawing runs from top to
//! bottom, and invisible nodes between the ranks keep each rank above the next whatever the
//! direction of the arrows; otherwise the drawing runs from left to right. Colours are those of
//! [`palette`] for a light background. An arrow that breaks a rule is thicker as well as red, and
//! an arrow of test code is dashed as well as lighter, so that colour is never the only sign.

mod ranks;

use std::{
    fmt::{self, Write as _},
    io::{self, BufWriter, Write},
};

use super::{
    palette::{self, Swatch},
    picture::{Arrow, Frame, FrameRole, Picture, Shape},
    view::NodeKind,
};
use crate::base::text::is_unprintable;
use ranks::Ranks;

/// Writes `picture` to `out`.
pub fn write(picture: &Picture, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let ranks = Ranks::new(picture);
    write_head(picture, &ranks, &mut out)?;
    write_frames(picture, &mut out)?;
    for shape in picture.boxes.iter().filter(|b| b.frame.is_none()) {
        write_shape(picture, shape, &mut out)?;
    }
    for arrow in &picture.arrows {
        write_arrow(picture, arrow, &ranks, &mut out)?;
    }
    ranks.write(picture, &mut out)?;
    write_caption(picture, &mut out)?;
    out.write_all(b"}\n")?;
    out.flush()
}

/// The number of legend entries in one row.
const LEGEND_COLUMNS: usize = 8;

/// A picture with more arrows than this is drawn with narrower gaps.
const CROWD: usize = 60;

const FONT: &str = r#"fontname="Helvetica,Arial,sans-serif""#;

fn write_head(picture: &Picture, ranks: &Ranks, out: &mut impl Write) -> io::Result<()> {
    let (ink, muted) = (palette::INK.light, palette::MUTED.light);
    let (fill, line) = (palette::BOX.fill.light, palette::BOX.line.light);
    let (paper, arrow) = (palette::PAPER.light, palette::ARROW.light);
    // Graphviz reserves the room of a box wherever an arrow passes a rank: with many arrows the
    // gaps must be smaller, or the drawing becomes too wide.
    let crowded = picture.arrows.len() > CROWD;
    // newrank: ranks apply across all clusters, not within each cluster.
    let layout = match (ranks.is_empty(), crowded) {
        (true, false) => "rankdir=LR, ranksep=0.9, nodesep=0.22",
        (true, true) => "rankdir=LR, ranksep=1.2, nodesep=0.12",
        (false, false) => "rankdir=TB, newrank=true, ranksep=0.4, nodesep=0.3",
        (false, true) => "rankdir=TB, newrank=true, ranksep=0.5, nodesep=0.12",
    };
    writeln!(out, "digraph archlint {{")?;
    writeln!(
        out,
        r#"  graph [{layout}, pad=0.4, {FONT}, fontsize=13, fontcolor="{muted}", bgcolor="{paper}", compound=true]"#
    )?;
    writeln!(
        out,
        r#"  node [shape=box, style="rounded,filled", fillcolor="{fill}", color="{line}", fontcolor="{ink}", {FONT}, fontsize=11, height=0.32, margin="0.14,0.05"]"#
    )?;
    writeln!(out, r#"  edge [color="{arrow}c0", arrowsize=0.6, {FONT}, fontsize=9, fontcolor="{muted}"]"#)
}

/// Writes every frame with the boxes and frames inside it. A frame is closed when the next frame is
/// not inside it.
fn write_frames(picture: &Picture, out: &mut impl Write) -> io::Result<()> {
    let mut open: Vec<u32> = Vec::new();
    for (at, frame) in (0u32..).zip(&picture.frames) {
        while open.last().copied() != frame.parent && open.pop().is_some() {
            writeln!(out, "  }}")?;
        }
        open.push(at);
        write_frame(frame, out)?;
        for shape in picture.boxes.iter().filter(|b| b.frame == Some(at)) {
            write_shape(picture, shape, out)?;
        }
    }
    open.iter().try_for_each(|_| writeln!(out, "  }}"))
}

fn write_frame(frame: &Frame, out: &mut impl Write) -> io::Result<()> {
    let Swatch { fill, line } = match frame.role {
        FrameRole::Layer => palette::LAYER,
        FrameRole::Component => palette::COMPONENT,
        FrameRole::Crate => palette::CRATE,
        FrameRole::External => palette::EXTERNAL,
    };
    writeln!(out, "  subgraph \"cluster {}\" {{", Id(&frame.key))?;
    let style = r#"style="rounded", labelloc=t, labeljust=l, margin=12"#;
    let (fill, line) = (fill.light, line.light);
    writeln!(
        out,
        r#"    graph [label="{}", bgcolor="{fill}", pencolor="{line}", {style}]"#,
        Label(&frame.label)
    )
}

fn write_shape(picture: &Picture, shape: &Shape, out: &mut impl Write) -> io::Result<()> {
    let mut attributes = format!(r#"label="{}", tooltip="{}""#, Label(&shape.label), Label(&shape.tooltip));
    let external = shape.kind == NodeKind::External;
    let tint = shape.tint.and_then(|at| picture.legend.get(at as usize)).map(|t| palette::tint(t.color));
    if let Some(Swatch { fill, line }) = tint.or(external.then_some(palette::EXTERNAL)) {
        attributes.push_str(&format!(r#", fillcolor="{}", color="{}""#, fill.light, line.light));
    }
    match (external, shape.test) {
        (true, _) => attributes.push_str(r#", style="filled""#),
        (_, true) => attributes.push_str(r#", style="rounded,filled,dashed""#),
        _ => {}
    }
    writeln!(out, "    \"{}\" [{attributes}]", Id(&shape.key))
}

/// Writes the legend and the notes below the drawing. They come at the end of the file, so that no
/// cluster inherits their attributes.
fn write_caption(picture: &Picture, out: &mut impl Write) -> io::Result<()> {
    if picture.legend.is_empty() && picture.notes.is_empty() {
        return Ok(());
    }
    write!(
        out,
        r#"  graph [labelloc=b, labeljust=l, fontsize=10, label=<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0">"#
    )?;
    for row in picture.legend.chunks(LEGEND_COLUMNS) {
        // A separate table, so that the notes do not stretch the legend.
        out.write_all(br#"<TR><TD ALIGN="LEFT"><TABLE BORDER="0" CELLSPACING="4"><TR>"#)?;
        for tint in row {
            let Swatch { fill, line } = palette::tint(tint.color);
            let (fill, line, ink) = (fill.light, line.light, palette::INK.light);
            write!(
                out,
                r#"<TD BORDER="1" STYLE="ROUNDED" CELLPADDING="4" BGCOLOR="{fill}" COLOR="{line}"><FONT COLOR="{ink}">{}</FONT></TD>"#,
                Markup(&tint.label)
            )?;
        }
        out.write_all(b"</TR></TABLE></TD></TR>")?;
    }
    for note in &picture.notes {
        write!(out, r#"<TR><TD ALIGN="LEFT" CELLPADDING="4">{}</TD></TR>"#, Markup(note))?;
    }
    writeln!(out, "</TABLE>>]")
}

fn write_arrow(picture: &Picture, arrow: &Arrow, ranks: &Ranks, out: &mut impl Write) -> io::Result<()> {
    let key = |at: u32| Id(&picture.boxes[at as usize].key);
    let violating = !arrow.broken.is_empty();
    // The width runs from 1 point for a single reference to about 3.4 for a hundred: thickness
    // distinguishes orders of magnitude, not numbers.
    let width = 1.0 + f64::from(arrow.count).log10() * 1.2 + if violating { 1.0 } else { 0.0 };
    let (from, to, tooltip) = (key(arrow.from), key(arrow.to), Label(&arrow.tooltip));
    write!(out, "  \"{from}\" -> \"{to}\" [tooltip=\"{tooltip}\", penwidth={width:.1}")?;
    if !arrow.label.is_empty() {
        // The spaces keep the label off the line beside it.
        write!(out, r#", label="  {}  ""#, Label(&arrow.label))?;
    }
    if violating {
        let red = palette::VIOLATION.light;
        write!(out, r#", color="{red}", fontcolor="{red}""#)?;
    }
    if arrow.is_dashed() {
        write!(out, ", style=dashed")?;
    }
    if ranks.are_upset_by(picture, arrow) {
        write!(out, ", constraint=false")?;
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

/// Text inside an HTML-like label: no character of it is read as markup or as a Graphviz escape.
struct Markup<'a>(&'a str);

impl fmt::Display for Markup<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' | '<' | '>' | '"' | '\'' | '\\' => write!(f, "&#{};", c as u32),
            c if is_unprintable(c) => write!(f, "&#92;u{{{:x}}}", c as u32),
            c => f.write_char(c),
        })
    }
}

/// Writes one character of a quoted string. A doubled backslash shows as one backslash in a label;
/// in an identifier it stays doubled, but distinct. Control characters and characters that change
/// the reading direction are written as escapes.
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
            assignment::Layer,
            picture::{ColorBy, PictureOptions, Style, Tint},
            sample,
            view::{View, ViewOptions},
        },
        *,
    };
    use crate::{
        graph::{Graph, Node, NodeId},
        judge::architecture::Granularity,
    };

    fn dot(view: &View<'_>, options: PictureOptions<'_>) -> String {
        text(&Picture::new(view, options))
    }

    fn text(picture: &Picture) -> String {
        let mut out = Vec::new();
        write(picture, &mut out).expect("a vector takes all that is written");
        String::from_utf8(out).expect("DOT is text")
    }

    #[test]
    fn crates_are_clusters() {
        let graph = sample::graph();
        let view = View::new(&graph, None, ViewOptions { level: Granularity::Module, tests: true });
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

    const HOSTILE: &str = "a\"b\\N&lt;<script>\u{1b}[31m\n\u{202e}]>";

    #[test]
    fn ranks_legend_and_notes() {
        let (graph, mut assignment) = (sample::graph(), sample::assignment());
        assignment.layers[0].rank = Some(1);
        assignment.layers.push(Layer { name: "base".into(), rank: Some(4) });
        assignment.layer_of[1] = Some(1);
        let mut view = View::new(&graph, Some(&assignment), ViewOptions::default());
        view.notes.push("a part of it".to_owned());
        let style = Style { labels: true, color_by: ColorBy::Layer };
        insta::assert_snapshot!(text(&Picture::styled(&view, PictureOptions::default(), style)));
    }

    /// A picture in which every text is hostile.
    fn hostile() -> Picture {
        let name = || HOSTILE.to_owned();
        let frame = |parent| Frame { key: name(), label: name(), role: FrameRole::Layer, parent };
        let shape = |key: &str, rank| Shape {
            key: format!("{key}{HOSTILE}"),
            label: name(),
            tooltip: name(),
            kind: NodeKind::Module,
            test: false,
            frame: Some(0),
            rank: Some(rank),
            tint: Some(0),
        };
        let arrow = Arrow {
            from: 0,
            to: 1,
            label: name(),
            tooltip: name(),
            count: 1,
            test: true,
            naming: false,
            broken: vec![name()],
        };
        Picture {
            frames: vec![frame(None)],
            boxes: vec![shape("rank", 0), shape("rank_", 1)],
            arrows: vec![arrow],
            legend: vec![Tint { label: name(), color: 0 }],
            notes: vec![name()],
            broken: None,
        }
    }

    #[test]
    fn no_text_leaves_its_quotes() {
        insta::assert_snapshot!(text(&hostile()));
    }

    #[test]
    fn graphviz_shows_hostile_text_as_it_is() {
        use std::process::{Command, Stdio};
        let dot = Command::new("dot")
            .arg("-Tsvg")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut dot) = dot else { return };
        let mut input = dot.stdin.take().expect("a pipe");
        input.write_all(text(&hostile()).as_bytes()).expect("dot reads");
        drop(input);
        let output = dot.wait_with_output().expect("dot ends");
        let (svg, errors) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && errors.is_empty(), "{errors}");
        assert!(!svg.contains("<script"), "{svg}");
        // The frame, two boxes, the arrow's label, the legend's entry and the note.
        let shown = svg.matches("b\\N&amp;lt;&lt;script&gt;").count();
        assert!(shown >= 6, "{shown} in {svg}");
    }

    #[test]
    fn names_are_escaped() {
        let mut node = sample::graph().nodes[NodeId::from_raw(1)].clone();
        node.id = HOSTILE.to_owned();
        let nodes: IndexVec<NodeId, Node> = [node].into_iter().collect();
        let mut tables = crate::graph::Tables::default();
        tables.files.extend([String::new(), String::new()]);
        let graph = Graph::new(nodes, tables, Vec::new());
        let view = View::new(&graph, None, ViewOptions { level: Granularity::Crate, tests: false });
        let text = dot(&view, PictureOptions::default());
        let line = text.lines().find(|l| l.contains("script")).expect("the node is drawn");
        assert!(line.contains(r#""a\"b\\N&lt;<script>\\u{1b}[31m\\u{a}\\u{202e}]>" ["#), "{line}");
        assert!(line.contains(r#"label="a\"b\\N&amp;lt;<script>"#), "{line}");
    }
}
