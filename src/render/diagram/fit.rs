//! Coarsening a view until its picture is small enough to read.
//!
//! The steps, from fine to coarse, are: modules to a depth of the module tree, crates, components
//! (packages if no components are declared), layers. The first step that leaves few enough boxes is
//! taken. All steps are tried first with the focused nodes left unchanged, then with those
//! coarsened too. Modules of different components or layers are never merged by depth.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    picture::{PictureOptions, drawn},
    view::{NodeKind, View, ViewNode},
};
use crate::{graph::NodeId, judge::architecture::Granularity};

/// One way to coarsen a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Merge modules into their ancestor at most this far below the crate's root.
    Depth(u32),
    /// Merge modules into the boxes of a coarser level.
    Granularity(Granularity),
}

type Key<'a> = (NodeKind, Cow<'a, str>);

/// Coarsens `view` until a picture with `options` has at most `most` boxes, or as far as possible.
/// Returns a note that says what was done, or that it was not enough; `None` if the view fits
/// unchanged.
pub fn fit(view: &mut View<'_>, most: usize, options: PictureOptions<'_>) -> Option<String> {
    let boxes = |view: &View<'_>| drawn(view, options).iter().filter(|drawn| **drawn).count();
    let before = boxes(view);
    if before <= most {
        return None;
    }
    let mut done: Vec<String> = gather_externals(view, most, options).into_iter().collect();
    if boxes(view) > most {
        let (coarse, step) = coarsest_needed(view, |view| boxes(view) <= most);
        *view = coarse;
        done.extend(step);
    }
    let after = boxes(view);
    let hint = "; --full draws all, --focus a part.";
    let note = match (after > most, done.is_empty()) {
        (_, true) => format!(
            "{before} boxes are hard to read, and nothing coarser is declared: --focus or --collapse draw fewer."
        ),
        (true, false) => format!("Still {after} boxes of {before}, though {}{hint}", done.join(" and ")),
        (false, false) => format!("{after} boxes instead of {before}: {}{hint}", done.join(" and ")),
    };
    Some(note)
}

/// Merges the crates outside the workspace into one box if they alone would fill more than half of
/// the limit.
fn gather_externals(view: &mut View<'_>, most: usize, options: PictureOptions<'_>) -> Option<String> {
    let drawn = drawn(view, options);
    let gathered = |n: &ViewNode<'_>| n.kind == NodeKind::External && !n.focus;
    let count = view.nodes.iter().zip(&drawn).filter(|(n, drawn)| **drawn && gathered(n)).count();
    if count * 2 <= most || count < 2 {
        return None;
    }
    let name = format!("{count} external crates");
    let keys: BTreeSet<&str> = view
        .nodes
        .iter()
        .zip(&drawn)
        .filter(|(n, drawn)| **drawn && gathered(n))
        .map(|(n, _)| n.id.as_ref())
        .collect();
    let merged = view.merged(|n| {
        let id = if gathered(n) && keys.contains(n.id.as_ref()) { name.clone().into() } else { n.id.clone() };
        (n.kind, id)
    });
    *view = merged;
    Some(format!("the {name} are one box"))
}

/// Returns the view after the finest step that `fits`, or else after the coarsest, with a
/// description of the step.
fn coarsest_needed<'a>(view: &View<'a>, fits: impl Fn(&View<'a>) -> bool) -> (View<'a>, Option<String>) {
    let steps = steps(view);
    let focused = view.nodes.iter().any(|n| n.focus);
    let rounds = if focused { vec![true, false] } else { vec![false] };
    let mut last = (view.clone(), None);
    for keep_focus in rounds {
        for &step in &steps {
            let coarse = coarsen(view, step, keep_focus);
            let done = describe(view, step) + if keep_focus { ", outside the focus" } else { "" };
            if fits(&coarse) {
                return (coarse, Some(done));
            }
            if coarse.nodes.len() < last.0.nodes.len() {
                last = (coarse, Some(done));
            }
        }
    }
    last
}

/// Returns the steps that are coarser than `view`, the finest first.
fn steps(view: &View<'_>) -> Vec<Step> {
    let level = view.options.level;
    let mut steps = Vec::new();
    if level == Granularity::Module {
        let modules = view.nodes.iter().filter(|n| n.kind == NodeKind::Module);
        let deepest = modules.map(|n| depth(view, n.members[0])).max().unwrap_or(0);
        steps.extend((0..deepest).rev().map(Step::Depth));
        steps.push(Step::Granularity(Granularity::Crate));
    }
    if matches!(level, Granularity::Module | Granularity::Crate) {
        steps.push(Step::Granularity(Granularity::Component));
    }
    if level != Granularity::Layer && view.assignment.is_some_and(|a| !a.layers.is_empty()) {
        steps.push(Step::Granularity(Granularity::Layer));
    }
    steps
}

fn describe(view: &View<'_>, step: Step) -> String {
    let components = view.assignment.is_some_and(|a| !a.components.is_empty());
    match step {
        Step::Depth(0) => "the roots of crates and components include all modules beneath them".to_owned(),
        Step::Depth(depth) => {
            let plural = if depth == 1 { "" } else { "s" };
            format!(
                "modules more than {depth} step{plural} below their crate are merged into the module above them"
            )
        }
        Step::Granularity(Granularity::Component) if components => "a box is a component".to_owned(),
        Step::Granularity(Granularity::Component) => "a box is a package".to_owned(),
        Step::Granularity(Granularity::Layer) => "a box is a layer".to_owned(),
        Step::Granularity(Granularity::Crate | Granularity::Module) => "a box is a crate".to_owned(),
    }
}

fn coarsen<'a>(view: &View<'a>, step: Step, keep_focus: bool) -> View<'a> {
    let kept = |n: &ViewNode<'_>| keep_focus && n.focus;
    let around: BTreeSet<Key<'a>> =
        view.nodes.iter().filter(|n| kept(n)).map(|n| key(view, n, step)).collect();
    view.merged(|node| {
        if kept(node) {
            return (node.kind, node.id.clone());
        }
        let (kind, id) = key(view, node, step);
        // The key of the rest of a box whose focused part stays separate.
        if node.kind != NodeKind::External && around.contains(&(kind, id.clone())) {
            return (kind, format!("{id}::*").into());
        }
        (kind, id)
    })
}

/// Returns the key of the box that contains `node` after `step`.
fn key<'a>(view: &View<'a>, node: &ViewNode<'a>, step: Step) -> Key<'a> {
    let first = node.members[0];
    match step {
        _ if node.kind == NodeKind::External => (node.kind, node.id.clone()),
        Step::Depth(depth) => {
            (NodeKind::Module, Cow::Borrowed(view.graph.nodes[head(view, first, depth)].id.as_str()))
        }
        Step::Granularity(level) => match view.identity(first, level) {
            Some((kind, id, _)) => (kind, id),
            None => (node.kind, node.id.clone()),
        },
    }
}

fn parent(view: &View<'_>, node: NodeId) -> Option<NodeId> {
    view.graph.nodes[node].module.as_ref()?.parent
}

/// Returns the number of ancestors of the module `node`.
fn depth(view: &View<'_>, node: NodeId) -> u32 {
    std::iter::successors(parent(view, node), |&n| parent(view, n)).count() as u32
}

/// Returns the ancestor of `node` that is `most` levels below its crate's root, or the last one
/// before another component or layer begins.
fn head(view: &View<'_>, node: NodeId, most: u32) -> NodeId {
    let place = |n: NodeId| view.assignment.map(|a| (a.component(n).map(|c| &c.name), a.layer(n)));
    let mut head = node;
    let mut above = depth(view, node);
    while let Some(next) = parent(view, head).filter(|&next| above > most && place(next) == place(head)) {
        head = next;
        above -= 1;
    }
    head
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            assignment::{Assignment, Component},
            view::{Direction, Focus, ViewOptions},
        },
        *,
    };
    use crate::graph::{Graph, sample::sample};

    /// Two crates with modules up to three levels deep.
    fn graph() -> Graph {
        sample(
            "a::x::p -> a::x::q
            a::x::q -> b::y::r
            a::w -> a::x::p
            b::y::r -> b::y::s
            b::y::s -> @serde
            b::y::s -> @rayon
            b::v -> @tokio",
        )
        .graph
    }

    fn text(view: &View<'_>) -> String {
        let ids: Vec<&str> = view.nodes.iter().map(|n| n.id.as_ref()).collect();
        ids.join(" ")
    }

    fn fitted(most: usize, externals: bool) -> String {
        let graph = graph();
        let mut view = View::new(&graph, None, ViewOptions::default());
        let note = fit(&mut view, most, PictureOptions { violations: None, externals });
        format!("{}\n{}", text(&view), note.unwrap_or_default())
    }

    #[test]
    fn the_finest_that_fits() {
        insta::assert_snapshot!(
            [fitted(10, false), fitted(9, false), fitted(5, false), fitted(1, false)].join("\n\n")
        );
    }

    #[test]
    fn many_externals_are_one() {
        insta::assert_snapshot!(fitted(5, true));
    }

    #[test]
    fn what_is_in_focus_stays_as_long_as_it_can() {
        let graph = graph();
        let id = |id: &str| graph.nodes.position(|n| n.id == id).expect("a node of the sample");
        let mut view = View::new(&graph, None, ViewOptions::default());
        let nodes = [id("a::x::q")].into();
        view.focus(&Focus::Around { nodes: &nodes, depth: 9, direction: Direction::Both });
        let whole = text(&view);
        fit(&mut view, 3, PictureOptions::default()).expect("it does not fit");
        assert_eq!(whole, "a::w a::x::p a::x::q b::y::r b::y::s rayon serde");
        assert_eq!(text(&view), "a::* a::x::q b rayon serde");
    }

    #[test]
    fn components_are_not_mixed() {
        let graph = graph();
        let of = graph.nodes.iter().map(|n| n.id.starts_with("a::x").then_some(0)).collect();
        let components = vec![Component { name: "inner".into(), ..Component::default() }];
        let assignment = Assignment { components, of, ..Assignment::default() };
        let mut view = View::new(&graph, Some(&assignment), ViewOptions::default());
        fit(&mut view, 3, PictureOptions::default()).expect("it does not fit");
        assert_eq!(text(&view), "a a::x b rayon serde tokio");
    }
}
