//! The content of a drawing: boxes, frames around them, arrows between them.
//!
//! Every format that draws (DOT, SVG, Mermaid, …) is a pure function of a [`Picture`]: which boxes
//! there are, their names and their emphasis are decided here, once. Formats choose shapes and
//! colours, and escape.
//!
//! Invariants: keys are unique among boxes and among frames; a frame comes before the frames inside
//! it; indices refer to the picture's own lists; the order is that of the view, which is sorted.
//! Texts are as in the workspace: untrusted.

mod color;
mod frames;

use std::collections::{BTreeMap, BTreeSet};

use super::view::{NodeKind, View, ViewEdge, ViewNode, crate_id};
use crate::graph::EdgeId;
use frames::Frames;

pub use color::ColorBy;

/// A drawing, independent of the format.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// The frames, outer before inner.
    pub frames: Vec<Frame>,
    /// The boxes.
    pub boxes: Vec<Shape>,
    /// The arrows.
    pub arrows: Vec<Arrow>,
    /// The legend: the meaning of each colour.
    pub legend: Vec<Tint>,
    /// Notes for the reader: what was left out or collapsed, and how to show it.
    pub notes: Vec<String>,
    /// The meaning of highlighted ("broken") arrows in the legend, if it is not that they break a
    /// rule.
    pub broken: Option<&'static str>,
}

/// A border around boxes and other frames, with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The frame's key, unique among frames.
    pub key: String,
    /// The text in the frame's corner.
    pub label: String,
    /// The kind of group that the frame stands for.
    pub role: FrameRole,
    /// The frame around this one, as an index into [`Picture::frames`].
    pub parent: Option<u32>,
}

/// The kind of group that a frame stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameRole {
    /// A layer of the architecture.
    Layer,
    /// A declared component.
    Component,
    /// A target of a package.
    Crate,
    /// The crates outside the workspace.
    External,
}

/// One box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The box's key, unique among boxes.
    pub key: String,
    /// The text in the box: a short name if the frame around the box shows the rest.
    pub label: String,
    /// The full name and further facts.
    pub tooltip: String,
    /// The kind of node that the box stands for.
    pub kind: NodeKind,
    /// Whether all of the node's code is test code.
    pub test: bool,
    /// The frame that contains the box, as an index into [`Picture::frames`].
    pub frame: Option<u32>,
    /// The position of the box's layer in the declared order, from 0 at the top.
    pub rank: Option<u32>,
    /// The colour of the box, as an index into [`Picture::legend`].
    pub tint: Option<u32>,
}

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tint {
    /// The meaning of the colour: a layer, a component, a range of numbers.
    pub label: String,
    /// The colour, as an index into [`palette::TINTS`](super::palette::TINTS), modulo its length.
    pub color: u32,
}

/// One arrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// The box that depends, as an index into [`Picture::boxes`].
    pub from: u32,
    /// The box that is depended on, as an index into [`Picture::boxes`].
    pub to: u32,
    /// The text beside the arrow: the rules that it breaks and, if the picture shows them, the
    /// number of references.
    pub label: String,
    /// The names of both ends and the number of references.
    pub tooltip: String,
    /// The number of references that the arrow stands for, at least 1.
    pub count: u32,
    /// Whether all of the references are in test code.
    pub test: bool,
    /// Whether the dependency is by name alone; see [`Edge::naming`](crate::graph::Edge::naming).
    pub naming: bool,
    /// The rules that some of the references break, sorted.
    pub broken: Vec<String>,
}

impl Arrow {
    /// Returns whether the arrow is drawn with dashes, because it is less than a dependency of
    /// production code.
    pub fn is_dashed(&self) -> bool {
        self.test || self.naming
    }
}

/// The style of a picture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether arrows show their number of references.
    pub labels: bool,
    /// The meaning of the colours of boxes.
    pub color_by: ColorBy,
}

/// The part of a view that a picture shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct PictureOptions<'a> {
    /// The edges of the graph that break rules, each with the ids of the rules.
    pub violations: Option<&'a BTreeMap<EdgeId, BTreeSet<String>>>,
    /// Whether external crates are drawn. External crates in focus are always drawn; those at the
    /// end of a violating edge are drawn too, with only such edges.
    pub externals: bool,
}

impl Picture {
    /// Returns the picture of `view` selected by `options`, in the plain style.
    pub fn new(view: &View<'_>, options: PictureOptions<'_>) -> Self {
        Self::styled(view, options, Style::default())
    }

    /// Returns the picture of `view` selected by `options`, in the given style.
    pub fn styled(view: &View<'_>, options: PictureOptions<'_>, style: Style) -> Self {
        let drawn = drawn(view, options);
        let nodes: Vec<&ViewNode<'_>> =
            view.nodes.iter().zip(&drawn).filter(|(_, drawn)| **drawn).map(|(node, _)| node).collect();
        let frames = Frames::new(view, &nodes);
        let mut picture = Self { frames: frames.draw(), notes: view.notes.clone(), ..Self::default() };
        picture.boxes = nodes.iter().enumerate().map(|(at, node)| shape(view, node, at, &frames)).collect();
        make_distinct(picture.boxes.iter_mut().map(|b| &mut b.key));
        make_distinct(picture.frames.iter_mut().map(|f| &mut f.key));
        color::color(&mut picture, view, &nodes, style.color_by);
        let mut places = vec![0; drawn.len()];
        for (place, at) in (0u32..).zip((0..drawn.len()).filter(|&at| drawn[at])) {
            places[at] = place;
        }
        for edge in view.edges.iter().filter(|e| drawn[e.from as usize] && drawn[e.to as usize]) {
            let (ends, broken) =
                ((places[edge.from as usize], places[edge.to as usize]), broken(edge, options));
            if !broken.is_empty() || wanted(&view.nodes[edge.to as usize], options) {
                picture.arrows.push(arrow(view, edge, ends, broken, style));
            }
        }
        picture
    }
}

/// Returns the ids of the rules that `edge` breaks.
fn broken(edge: &ViewEdge, options: PictureOptions<'_>) -> Vec<String> {
    let Some(violations) = options.violations else { return Vec::new() };
    let rules: BTreeSet<&String> = edge.members.iter().filter_map(|e| violations.get(e)).flatten().collect();
    rules.into_iter().cloned().collect()
}

/// Returns whether `node` has a box with all arrows to it, regardless of the rules that they break.
fn wanted(node: &ViewNode<'_>, options: PictureOptions<'_>) -> bool {
    options.externals || node.focus || node.kind != NodeKind::External
}

/// Returns whether the picture has a box for each node of `view`.
pub(super) fn drawn(view: &View<'_>, options: PictureOptions<'_>) -> Vec<bool> {
    let mut drawn: Vec<bool> = view.nodes.iter().map(|node| wanted(node, options)).collect();
    for edge in view.edges.iter().filter(|e| !broken(e, options).is_empty()) {
        drawn[edge.to as usize] = true;
    }
    drawn
}

/// Appends a number to all but the first of equal keys, since names of two kinds can be spelled
/// alike.
fn make_distinct<'k>(keys: impl Iterator<Item = &'k mut String>) {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for key in keys {
        let mut number = 2;
        while seen.contains(key.as_str()) {
            key.push_str(&format!("#{number}"));
            number += 1;
        }
        seen.insert(key.clone());
    }
}

fn shape(view: &View<'_>, node: &ViewNode<'_>, at: usize, frames: &Frames<'_>) -> Shape {
    let external = node.kind == NodeKind::External;
    // The prefix distinguishes an external crate from a workspace crate of the same name.
    let prefix = if external { "external:" } else { "" };
    let beneath = if node.kind == NodeKind::Module { node.members.len() - 1 } else { 0 };
    let layer = view.layer(node).zip(view.assignment);
    let mut shape = Shape {
        key: format!("{prefix}{}", node.id),
        label: label(view, node, frames.name_the_crate(at)).to_owned(),
        tooltip: node.id.to_string(),
        kind: node.kind,
        test: !external && view.modules(node).all(|m| m.test),
        frame: frames.of(at),
        rank: layer.and_then(|(layer, assignment)| assignment.layers[layer as usize].rank),
        tint: None,
    };
    if beneath > 0 {
        let plural = if beneath == 1 { "" } else { "s" };
        shape.label.push_str(&format!(" +{beneath}"));
        shape.tooltip.push_str(&format!(" with {beneath} more module{plural}"));
    }
    shape
}

/// Returns a short name: within the frame of its crate the path under the crate, elsewhere the id.
fn label<'n>(view: &'n View<'_>, node: &'n ViewNode<'_>, in_crate: bool) -> &'n str {
    if let Some(name) = node.id.strip_prefix("layer:").filter(|_| node.kind == NodeKind::Layer) {
        return name;
    }
    if !in_crate {
        return &node.id;
    }
    match node.id.strip_prefix(crate_id(view.graph, node.members[0])) {
        Some("") => "crate",
        Some(path) => path.strip_prefix("::").unwrap_or(path),
        None => &node.id,
    }
}

fn arrow(
    view: &View<'_>,
    edge: &ViewEdge,
    (from, to): (u32, u32),
    broken: Vec<String>,
    style: Style,
) -> Arrow {
    let id = |at: u32| &view.nodes[at as usize].id;
    let plural = if edge.count == 1 { "" } else { "s" };
    let mut label = broken.join(", ");
    if style.labels {
        label = if label.is_empty() { edge.count.to_string() } else { format!("{label} ({})", edge.count) };
    }
    let mut tooltip = format!("{} → {}: {} reference{plural}", id(edge.from), id(edge.to), edge.count);
    if edge.naming {
        tooltip.push_str(", by name alone");
    }
    if !broken.is_empty() {
        tooltip.push_str(&format!(", against {}", broken.join(", ")));
    }
    Arrow { from, to, label, tooltip, count: edge.count, test: edge.test, naming: edge.naming, broken }
}
