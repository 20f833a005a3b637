//! The colours of boxes and the legend that explains them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::palette::{NAMED_TINTS, SCALE_STEPS},
    NodeKind, Picture, Tint, View, ViewNode,
};
use crate::graph::NodeId;

/// The property that the colours of boxes stand for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ColorBy {
    /// No property; only boxes in focus have a colour.
    #[default]
    Nothing,
    /// The layer.
    Layer,
    /// The component.
    Component,
    /// Instability after Martin: Ce / (Ca + Ce). Ce is the number of the workspace's other modules
    /// that the box depends on, Ca the number of those that depend on it. 0: others depend on the
    /// box and it depends on none; 1: the other way round.
    Instability,
}

/// Sets the colours of the boxes of `picture`, which stand for `nodes`, and the legend of the
/// picture.
pub(super) fn color(picture: &mut Picture, view: &View<'_>, nodes: &[&ViewNode<'_>], by: ColorBy) {
    let around = nodes.iter().any(|n| !n.focus && n.kind != NodeKind::External);
    let colors: Vec<Option<(u32, String)>> = match by {
        // If every node is in focus, highlighting would distinguish nothing.
        ColorBy::Nothing if !around => vec![None; nodes.len()],
        ColorBy::Nothing => nodes.iter().map(|n| n.focus.then(|| (0, "in focus".to_owned()))).collect(),
        ColorBy::Layer => wrap(nodes.iter().map(|n| layer(view, n)).collect()),
        ColorBy::Component => wrap(nodes.iter().map(|n| component(view, n)).collect()),
        ColorBy::Instability => {
            let neighbours = Neighbours::new(view);
            nodes.iter().map(|n| step(neighbours.instability(n)?)).collect()
        }
    };
    // Sorted by colour, so that the legend lists layers from the top and a scale from its start.
    let mut legend: BTreeMap<(u32, &str), u32> = BTreeMap::new();
    for (color, label) in colors.iter().flatten() {
        legend.insert((*color, label), 0);
    }
    for (place, ((color, label), at)) in (0u32..).zip(&mut legend) {
        *at = place;
        picture.legend.push(Tint { label: (*label).to_owned(), color: *color });
    }
    for (shape, color) in picture.boxes.iter_mut().zip(&colors) {
        shape.tint = color.as_ref().and_then(|(color, label)| legend.get(&(*color, label.as_str())).copied());
    }
}

/// Maps numbers of names to the colours for names. Numbers stay unchanged while there are enough
/// colours, so that a name keeps its colour from one picture to the next; otherwise the names in
/// the picture are numbered anew.
fn wrap(mut names: Vec<Option<(u32, String)>>) -> Vec<Option<(u32, String)>> {
    let used: BTreeSet<u32> = names.iter().flatten().map(|(number, _)| *number).collect();
    if used.iter().all(|number| *number < NAMED_TINTS) {
        return names;
    }
    let place: BTreeMap<u32, u32> = used.into_iter().zip(0..).collect();
    names.iter_mut().flatten().for_each(|(number, _)| *number = place[number] % NAMED_TINTS);
    names
}

fn layer(view: &View<'_>, node: &ViewNode<'_>) -> Option<(u32, String)> {
    let at = view.layer(node)?;
    Some((at, view.assignment?.layers[at as usize].name.clone()))
}

fn component(view: &View<'_>, node: &ViewNode<'_>) -> Option<(u32, String)> {
    let found = view.component(node)?;
    let at = view.assignment?.components.iter().position(|c| c.name == found.name)?;
    Some((at as u32, found.name.clone()))
}

/// Returns the step of the scale that contains an instability.
fn step(instability: f64) -> Option<(u32, String)> {
    let steps = f64::from(SCALE_STEPS);
    let step = (instability * steps).floor().clamp(0.0, steps - 1.0);
    let label = format!("instability {:.1} to {:.1}", step / steps, (step + 1.0) / steps);
    Some((NAMED_TINTS + step as u32, label))
}

/// The dependencies of the whole graph: a view may show only a part of it.
struct Neighbours<'a> {
    view: &'a View<'a>,
    incoming: BTreeMap<NodeId, Vec<NodeId>>,
}

impl<'a> Neighbours<'a> {
    fn new(view: &'a View<'a>) -> Self {
        let mut incoming: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
        for edge in view.graph.edges.iter().filter(|e| (view.options.tests || !e.test) && !e.naming) {
            incoming.entry(edge.to).or_default().push(edge.from);
        }
        Self { view, incoming }
    }

    /// Returns the instability; `None` for external nodes and for nodes without dependencies and
    /// dependents.
    fn instability(&self, node: &ViewNode<'_>) -> Option<f64> {
        if node.kind == NodeKind::External {
            return None;
        }
        let graph = self.view.graph;
        let outside = |n: &NodeId| node.members.binary_search(n).is_err() && graph.nodes[*n].module.is_some();
        let shown = |e: &crate::graph::EdgeId| self.view.options.tests || !graph.edges[*e].test;
        let out =
            node.members.iter().flat_map(|&m| graph.outgoing(m)).filter(shown).map(|e| graph.edges[e].to);
        let into = node.members.iter().filter_map(|m| self.incoming.get(m)).flatten().copied();
        let efferent = out.filter(outside).collect::<BTreeSet<_>>().len();
        let afferent = into.filter(outside).collect::<BTreeSet<_>>().len();
        let all = efferent + afferent;
        (all > 0).then(|| efferent as f64 / all as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            super::{sample, view::ViewOptions},
            PictureOptions, Style,
        },
        *,
    };

    fn colored(by: ColorBy) -> Vec<String> {
        let (graph, assignment) = (sample::graph(), sample::assignment());
        let view = View::new(&graph, Some(&assignment), ViewOptions::default());
        let options = PictureOptions { violations: None, externals: true };
        let picture = Picture::styled(&view, options, Style { labels: false, color_by: by });
        let tint =
            |t: u32| format!("{} {}", picture.legend[t as usize].label, picture.legend[t as usize].color);
        picture.boxes.iter().filter_map(|b| Some(format!("{}: {}", b.key, tint(b.tint?)))).collect()
    }

    #[test]
    fn names_keep_their_colours() {
        assert_eq!(colored(ColorBy::Component), ["ledger: ledger 1", "shop::billing: billing 0"]);
        assert_eq!(colored(ColorBy::Layer), ["shop::billing: domain 0"]);
        assert!(colored(ColorBy::Nothing).is_empty());
    }

    #[test]
    fn instability_is_a_scale() {
        let expected = [
            "bin:shop: instability 0.8 to 1.0 16",
            "ledger: instability 0.0 to 0.2 12",
            "shop: instability 0.0 to 0.2 12",
            "shop::billing: instability 0.6 to 0.8 15",
            "shop::orders: instability 0.4 to 0.6 14",
        ];
        assert_eq!(colored(ColorBy::Instability), expected);
        assert_eq!(step(1.0), step(0.9));
    }

    #[test]
    fn more_names_than_colours_wrap_round() {
        let names = |numbers: &[u32]| numbers.iter().map(|n| Some((*n, n.to_string()))).collect::<Vec<_>>();
        let numbers = |colors: Vec<Option<(u32, String)>>| -> Vec<u32> {
            colors.into_iter().flatten().map(|(number, _)| number).collect()
        };
        assert_eq!(numbers(wrap(names(&[0, 11]))), [0, 11]);
        assert_eq!(numbers(wrap(names(&[0, 30, 7]))), [0, 2, 1]);
    }
}
