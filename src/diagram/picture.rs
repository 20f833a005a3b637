//! What a drawing shows: boxes, frames around them, arrows between them.
//!
//! Every format that draws (DOT, SVG, Mermaid, …) is a pure function of a [`Picture`]: what is in it, how it is called and
//! what stands out is decided here, once. Formats choose shapes and colours, and escape.
//!
//! Invariants: keys are unique among boxes and among frames; a frame stands before the frames inside it; indices are of the
//! picture's own lists; order is the view's, which is sorted. Texts are as the workspace has them: untrusted.

use std::collections::{BTreeMap, BTreeSet};

use super::view::{Level, NodeKind, View, ViewEdge, ViewNode};
use crate::graph::EdgeId;

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
    /// Which colour: an index into a format's list of colours, modulo its length.
    pub color: u32,
}

/// One arrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// Who depends, as an index of [`Picture::boxes`].
    pub from: u32,
    /// On whom.
    pub to: u32,
    /// What is written beside it; nothing where the picture shows no labels.
    pub label: String,
    /// Both ends and the number of references.
    pub tooltip: String,
    /// How many references it stands for, at least 1.
    pub count: u32,
    /// Whether all of them are test code.
    pub test: bool,
    /// The rules that some of them break, sorted.
    pub broken: Vec<String>,
}

/// What a picture shows of a view.
#[derive(Debug, Clone, Copy, Default)]
pub struct PictureOptions<'a> {
    /// The edges of the graph that break rules, with the rules' ids.
    pub violations: Option<&'a BTreeMap<EdgeId, BTreeSet<String>>>,
    /// Whether external crates are drawn. Those that a violating edge ends in always are.
    pub externals: bool,
}

impl Picture {
    /// The picture of `view` that `options` ask for.
    pub fn new(view: &View<'_>, options: PictureOptions<'_>) -> Self {
        let mut picture = Self::default();
        let drawn = drawn(view, options);
        let mut frames: BTreeMap<FrameOf<'_>, u32> = BTreeMap::new();
        let framed: Vec<FrameOf<'_>> = view.nodes.iter().map(|node| frame_of(view, node)).collect();
        for frame in framed.iter().zip(&drawn).filter(|(_, drawn)| **drawn).map(|(frame, _)| *frame) {
            frames.insert(frame, 0);
        }
        frames.remove(&FrameOf::None);
        for (frame, index) in &mut frames {
            *index = picture.frames.len() as u32;
            picture.frames.push(frame.draw());
        }
        let mut places = vec![0; view.nodes.len()];
        for (at, node) in view.nodes.iter().enumerate().filter(|(at, _)| drawn[*at]) {
            places[at] = picture.boxes.len() as u32;
            picture.boxes.push(shape(view, node, framed[at], frames.get(&framed[at]).copied()));
        }
        for edge in view.edges.iter().filter(|e| drawn[e.from as usize] && drawn[e.to as usize]) {
            let ends = (places[edge.from as usize], places[edge.to as usize]);
            picture.arrows.push(arrow(view, edge, ends, options));
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

fn drawn(view: &View<'_>, options: PictureOptions<'_>) -> Vec<bool> {
    let inside = |n: &ViewNode<'_>| options.externals || n.kind != NodeKind::External;
    let mut drawn: Vec<bool> = view.nodes.iter().map(inside).collect();
    for edge in view.edges.iter().filter(|e| !broken(e, options).is_empty()) {
        drawn[edge.to as usize] = true;
    }
    drawn
}

/// The frame that a node belongs in, in the order in which frames are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum FrameOf<'a> {
    Component(&'a str),
    Crate { name: &'a str, prefix: Option<&'static str>, package: &'a str },
    External,
    None,
}

fn frame_of<'v>(view: &'v View<'_>, node: &ViewNode<'_>) -> FrameOf<'v> {
    match node.kind {
        NodeKind::External => FrameOf::External,
        _ if view.options.level == Level::Component => FrameOf::None,
        kind => match (view.component(node), view.modules(node).next()) {
            (Some(component), _) => FrameOf::Component(&component.name),
            (None, Some(module)) if kind == NodeKind::Module => FrameOf::Crate {
                name: &module.crate_name,
                prefix: module.target.prefix(),
                package: &module.package,
            },
            _ => FrameOf::None,
        },
    }
}

impl FrameOf<'_> {
    fn draw(self) -> Frame {
        let (key, label, role) = match self {
            Self::Component(name) => (format!("component {name}"), name.to_owned(), FrameRole::Component),
            Self::Crate { name, prefix, package } => {
                let prefix = prefix.map(|p| format!("{p}:")).unwrap_or_default();
                (format!("crate {prefix}{name} {package}"), format!("{prefix}{name}"), FrameRole::Crate)
            }
            Self::External | Self::None => {
                ("external".to_owned(), "external".to_owned(), FrameRole::External)
            }
        };
        Frame { key, label, role, parent: None }
    }
}

fn shape(view: &View<'_>, node: &ViewNode<'_>, framed: FrameOf<'_>, frame: Option<u32>) -> Shape {
    let external = node.kind == NodeKind::External;
    // The kind in front of an external keeps it apart from a workspace crate of the same name.
    let prefix = if external { "external:" } else { "" };
    Shape {
        key: format!("{prefix}{}", node.id),
        label: label(view, node, framed).to_owned(),
        tooltip: node.id.to_string(),
        kind: node.kind,
        test: !external && view.modules(node).all(|m| m.test),
        frame,
        rank: None,
        tint: None,
    }
}

/// A short name: within its crate's frame the path under the crate, elsewhere the id.
fn label<'n>(view: &'n View<'_>, node: &'n ViewNode<'_>, framed: FrameOf<'_>) -> &'n str {
    let module = view.modules(node).next();
    match (framed, module) {
        (FrameOf::Crate { .. }, Some(module)) if module.path.is_empty() => "crate",
        (FrameOf::Crate { .. }, Some(module)) => &module.path,
        _ => &node.id,
    }
}

fn arrow(view: &View<'_>, edge: &ViewEdge, (from, to): (u32, u32), options: PictureOptions<'_>) -> Arrow {
    let id = |at: u32| &view.nodes[at as usize].id;
    let plural = if edge.count == 1 { "" } else { "s" };
    Arrow {
        from,
        to,
        label: String::new(),
        tooltip: format!("{} → {}: {} reference{plural}", id(edge.from), id(edge.to), edge.count),
        count: edge.count,
        test: edge.test,
        broken: broken(edge, options),
    }
}
