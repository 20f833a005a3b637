//! What a drawing shows: boxes, frames around them, arrows between them.
//!
//! Every format that draws (DOT, SVG, Mermaid, …) is a pure function of a [`Picture`]: what is in it, how it is called and
//! what stands out is decided here, once. Formats choose shapes and colours, and escape.
//!
//! Invariants: keys are unique among boxes and among frames; a frame stands before the frames inside it; indices are of the
//! picture's own lists; order is the view's, which is sorted. Texts are as the workspace has them: untrusted.

mod color;
mod frames;

use std::collections::{BTreeMap, BTreeSet};

use super::view::{NodeKind, View, ViewEdge, ViewNode, crate_id};
use crate::graph::EdgeId;
use frames::Frames;

pub use color::ColorBy;

/// A drawing, before any format.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// The frames, outer before inner.
    pub frames: Vec<Frame>,
    /// The boxes.
    pub boxes: Vec<Shape>,
    /// The arrows.
    pub arrows: Vec<Arrow>,
    /// What the colours mean.
    pub legend: Vec<Tint>,
    /// What the reader must know: what was left out or collapsed, and how to see it.
    pub notes: Vec<String>,
    /// What it means that an arrow stands out as broken, where that is not that it breaks a rule.
    pub broken: Option<&'static str>,
}

/// A border around boxes and other frames, with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Unique among frames.
    pub key: String,
    /// What is written in its corner.
    pub label: String,
    /// What it stands for.
    pub role: FrameRole,
    /// The frame around it, as an index of [`Picture::frames`].
    pub parent: Option<u32>,
}

/// What a frame stands for.
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
    /// Unique among boxes.
    pub key: String,
    /// What is written in it: short where its frame says the rest.
    pub label: String,
    /// Its full name, and what else is known of it.
    pub tooltip: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// Whether all of it is test code.
    pub test: bool,
    /// The frame that it stands in, as an index of [`Picture::frames`].
    pub frame: Option<u32>,
    /// Its layer's place in the declared order, from 0 at the top.
    pub rank: Option<u32>,
    /// Its colour, as an index of [`Picture::legend`].
    pub tint: Option<u32>,
}

/// A colour's meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tint {
    /// What has this colour: a layer, a component, a range of numbers.
    pub label: String,
    /// Which colour: an index of [`palette::TINTS`](super::palette::TINTS), modulo its length.
    pub color: u32,
}

/// One arrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// Who depends, as an index of [`Picture::boxes`].
    pub from: u32,
    /// On whom.
    pub to: u32,
    /// What is written beside it: the rules that it breaks and, where the picture shows them, the number of references.
    pub label: String,
    /// Both ends and the number of references.
    pub tooltip: String,
    /// How many references it stands for, at least 1.
    pub count: u32,
    /// Whether all of them are test code.
    pub test: bool,
    /// Whether they only name what does not define what they reach.
    pub naming: bool,
    /// The rules that some of them break, sorted.
    pub broken: Vec<String>,
}

impl Arrow {
    /// Whether it is drawn in dashes, since it is less than a dependency of the code that is shipped.
    pub fn is_dashed(&self) -> bool {
        self.test || self.naming
    }
}

/// How a picture looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether arrows say how many references they stand for.
    pub labels: bool,
    /// What the colours of boxes mean.
    pub color_by: ColorBy,
}

/// What a picture shows of a view.
#[derive(Debug, Clone, Copy, Default)]
pub struct PictureOptions<'a> {
    /// The edges of the graph that break rules, with the rules' ids.
    pub violations: Option<&'a BTreeMap<EdgeId, BTreeSet<String>>>,
    /// Whether external crates are drawn. Those in focus always are, and those that a violating edge ends in, with such edges
    /// alone.
    pub externals: bool,
}

impl Picture {
    /// The picture of `view` that `options` ask for, in the plain style.
    pub fn new(view: &View<'_>, options: PictureOptions<'_>) -> Self {
        Self::styled(view, options, Style::default())
    }

    /// The picture of `view` that `options` ask for, as `style` says.
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

/// The rules that `edge` breaks.
fn broken(edge: &ViewEdge, options: PictureOptions<'_>) -> Vec<String> {
    let Some(violations) = options.violations else { return Vec::new() };
    let rules: BTreeSet<&String> = edge.members.iter().filter_map(|e| violations.get(e)).flatten().collect();
    rules.into_iter().cloned().collect()
}

/// Whether `node` has a box, and all arrows to it, whatever they break.
fn wanted(node: &ViewNode<'_>, options: PictureOptions<'_>) -> bool {
    options.externals || node.focus || node.kind != NodeKind::External
}

/// Which nodes of `view` the picture has a box for.
pub(super) fn drawn(view: &View<'_>, options: PictureOptions<'_>) -> Vec<bool> {
    let mut drawn: Vec<bool> = view.nodes.iter().map(|node| wanted(node, options)).collect();
    for edge in view.edges.iter().filter(|e| !broken(e, options).is_empty()) {
        drawn[edge.to as usize] = true;
    }
    drawn
}

/// Numbers all but the first of equal keys: names of two kinds can be spelled alike.
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
    // The kind in front of an external keeps it apart from a workspace crate of the same name.
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

/// A short name: within its crate's frame the path under the crate, elsewhere the id.
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
