//! The frames of a picture, and the frame that contains each box.
//!
//! A box is in the frame of its component or else of its crate. Layers in the declared order have
//! frames too: around a component or crate that is in one layer as a whole, inside one whose boxes
//! are in several layers. A component of several crates contains frames for those crates that have
//! more than one box in it. A box that stands for the whole of its component or crate, under the
//! same name, has no frame.

use std::collections::{BTreeMap, BTreeSet};

use super::{Frame, FrameRole, NodeKind, View, ViewNode};

/// The frames of a picture.
pub(super) struct Frames<'a> {
    /// The frames around each box, the outermost first.
    paths: Vec<Vec<Step<'a>>>,
    /// The index of the frame that each path leads to.
    places: BTreeMap<Vec<Step<'a>>, u32>,
}

/// One frame among its siblings. The order of the variants is the order of the frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step<'a> {
    Layer { rank: u32, name: &'a str },
    Component(&'a str),
    Crate { name: &'a str, prefix: Option<&'static str>, package: &'a str },
    External,
}

impl<'a> Frames<'a> {
    /// Creates the frames around `nodes`, which are the boxes.
    pub(super) fn new(view: &View<'a>, nodes: &[&ViewNode<'a>]) -> Self {
        let groups = groups(view, nodes);
        let layers: Vec<Option<Step<'a>>> = nodes.iter().map(|node| layer(view, node)).collect();
        let crates: Vec<Option<Step<'a>>> = nodes.iter().map(|node| crate_of(view, node)).collect();
        let mut layers_of: BTreeMap<Option<Step<'a>>, BTreeSet<Option<Step<'a>>>> = BTreeMap::new();
        let mut boxes_of: BTreeMap<(Option<Step<'a>>, Option<Step<'a>>), u32> = BTreeMap::new();
        for ((group, layer), krate) in groups.iter().zip(&layers).zip(&crates) {
            layers_of.entry(*group).or_default().insert(*layer);
            *boxes_of.entry((*group, *krate)).or_default() += 1;
        }
        let crates_of = |group| boxes_of.keys().filter(|(g, _)| *g == group).count();
        let path = |at: usize| -> Vec<Step<'a>> {
            let (group, layer, krate) = (groups[at], layers[at], crates[at]);
            let whole = group.is_none() || layers_of[&group].len() == 1;
            let several = crates_of(group) > 1 && boxes_of[&(group, krate)] > 1;
            let inner = krate.filter(|_| matches!(group, Some(Step::Component(_))) && whole && several);
            let steps = if whole { [layer, group, inner] } else { [group, layer, None] };
            steps.into_iter().flatten().collect()
        };
        let paths: Vec<Vec<Step<'a>>> = (0..nodes.len()).map(path).collect();
        // In sorted order, every path comes after its prefixes.
        let mut places: BTreeMap<Vec<Step<'a>>, u32> = BTreeMap::new();
        for path in &paths {
            places.extend((1..=path.len()).map(|end| (path[..end].to_vec(), 0)));
        }
        for (place, at) in (0u32..).zip(places.values_mut()) {
            *at = place;
        }
        Self { paths, places }
    }

    /// Returns the innermost frame around the box at `at`.
    pub(super) fn of(&self, at: usize) -> Option<u32> {
        self.places.get(&self.paths[at]).copied()
    }

    /// Returns whether a frame around the box at `at` names its crate.
    pub(super) fn name_the_crate(&self, at: usize) -> bool {
        self.paths[at].iter().any(|step| matches!(step, Step::Crate { .. }))
    }

    /// Returns the frames, outer before inner.
    pub(super) fn draw(&self) -> Vec<Frame> {
        let frame = |path: &Vec<Step<'a>>| {
            let (last, above) = path.split_last()?;
            let parent = self.places.get(above).copied();
            let key = path.iter().map(|step| step.key()).collect::<Vec<_>>().join(" / ");
            Some(Frame { key, label: last.label(), role: last.role(), parent })
        };
        self.places.keys().filter_map(frame).collect()
    }
}

/// Returns the component or crate whose frame each box is in.
fn groups<'a>(view: &View<'a>, nodes: &[&ViewNode<'a>]) -> Vec<Option<Step<'a>>> {
    let groups: Vec<Option<Step<'a>>> = nodes.iter().map(|node| group(view, node)).collect();
    let mut boxes: BTreeMap<Option<Step<'a>>, u32> = BTreeMap::new();
    for group in &groups {
        *boxes.entry(*group).or_default() += 1;
    }
    let is_whole = |node: &ViewNode<'_>| node.kind == NodeKind::Crate || node.members.len() > 1;
    let says_all = |node: &ViewNode<'_>, group: &Option<Step<'a>>| {
        boxes[group] == 1 && is_whole(node) && group.is_some_and(|step| step.label() == node.id)
    };
    nodes.iter().zip(&groups).map(|(node, group)| group.filter(|_| !says_all(node, group))).collect()
}

fn group<'a>(view: &View<'a>, node: &ViewNode<'a>) -> Option<Step<'a>> {
    match node.kind {
        NodeKind::External => Some(Step::External),
        NodeKind::Component | NodeKind::Package | NodeKind::Layer => None,
        NodeKind::Module | NodeKind::Crate => match view.component(node) {
            Some(component) => Some(Step::Component(&component.name)),
            None => crate_of(view, node),
        },
    }
}

fn crate_of<'a>(view: &View<'a>, node: &ViewNode<'a>) -> Option<Step<'a>> {
    let module = view.modules(node).next().filter(|_| node.kind == NodeKind::Module)?;
    let (name, prefix, package) = (&module.crate_name, module.target.prefix(), &module.package);
    Some(Step::Crate { name, prefix, package })
}

fn layer<'a>(view: &View<'a>, node: &ViewNode<'a>) -> Option<Step<'a>> {
    let at = view.layer(node).filter(|_| node.kind != NodeKind::Layer)?;
    let layer = &view.assignment?.layers[at as usize];
    Some(Step::Layer { rank: layer.rank?, name: &layer.name })
}

impl Step<'_> {
    fn key(self) -> String {
        match self {
            Self::Layer { name, .. } => format!("layer {name}"),
            Self::Component(name) => format!("component {name}"),
            Self::Crate { package, .. } => format!("crate {} {package}", self.label()),
            Self::External => self.label(),
        }
    }

    fn label(self) -> String {
        match self {
            Self::Layer { name, .. } | Self::Component(name) => name.to_owned(),
            Self::Crate { name, prefix, .. } => prefix.map(|p| format!("{p}:")).unwrap_or_default() + name,
            Self::External => "external".to_owned(),
        }
    }

    fn role(self) -> FrameRole {
        match self {
            Self::Layer { .. } => FrameRole::Layer,
            Self::Component(_) => FrameRole::Component,
            Self::Crate { .. } => FrameRole::Crate,
            Self::External => FrameRole::External,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            super::{
                assignment::{Assignment, Component, Layer},
                view::ViewOptions,
            },
            Picture, PictureOptions,
        },
        *,
    };
    use crate::{
        graph::{Graph, sample::sample},
        judge::architecture::Granularity,
    };

    /// Components `web` and `core`, the latter made of two crates; layers `top` and `low`, assigned
    /// by the last part of the modules' names.
    fn assigned(graph: &Graph) -> Assignment {
        let component = |name: &str| Component { name: name.into(), ..Component::default() };
        let layer = |name: &str, rank| Layer { name: name.into(), rank };
        let of = |id: &str| match id.split("::").next() {
            Some("web") => Some(1),
            Some("core" | "core_macros") => Some(0),
            _ => None,
        };
        let layer_of = |id: &str| {
            let low = (id.starts_with("core") || id.ends_with("low")).then_some(1);
            low.or(id.ends_with("top").then_some(0))
        };
        Assignment {
            components: vec![component("core"), component("web")],
            of: graph.nodes.iter().map(|n| of(&n.id)).collect(),
            layers: vec![layer("top", Some(0)), layer("low", Some(1)), layer("aside", None)],
            layer_of: graph.nodes.iter().map(|n| layer_of(&n.id)).collect(),
        }
    }

    fn drawn(level: Granularity) -> String {
        let graph = sample(
            "web::top -> core::a
            web::low -> core_macros::b
            other::low -> @serde
            other::x -> web",
        )
        .graph;
        let assignment = assigned(&graph);
        let view = View::new(&graph, Some(&assignment), ViewOptions { level, tests: false });
        let picture = Picture::new(&view, PictureOptions { violations: None, externals: true });
        let mut text = String::new();
        for (at, frame) in picture.frames.iter().enumerate() {
            let boxes = picture.boxes.iter().filter(|b| b.frame == Some(at as u32));
            let labels: Vec<_> = boxes.map(|b| format!("{} {:?}", b.label, b.rank)).collect();
            text.push_str(&format!(
                "{} | {} | in {:?} | {}\n",
                frame.key,
                frame.label,
                frame.parent,
                labels.join(", ")
            ));
        }
        text
    }

    #[test]
    fn layers_stand_around_what_they_hold_whole() {
        insta::assert_snapshot!(drawn(Granularity::Module));
    }

    #[test]
    fn crates_and_components_stand_in_layers() {
        insta::assert_snapshot!(drawn(Granularity::Crate) + "\n" + &drawn(Granularity::Component));
    }
}
