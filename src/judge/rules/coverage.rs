//! `[coverage] unassigned`: every module belongs to a component.

use super::{
    Implied, Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic},
    fix::Fix,
    placement::{Unassigned, fixes},
    violation::Violation,
};
use crate::{
    base::pattern::Selector,
    graph::{NodeId, NodeSet, package::TargetKind},
    judge::config::Config,
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "coverage",
    summary: "every module belongs to a component",
    docs: "\
With `unassigned` under `[coverage]`, each module of a library or binary must belong to a component.
Test code and build scripts are exempt. If a module and its descendants belong to none, there is one
finding, for the topmost module.",
    example: include_str!("../../../rules/coverage.toml"),
    keys: &[],
    origin: Origin::Implied(imply),
};

fn imply(config: &Config) -> Option<Implied> {
    let unassigned = config.coverage.unassigned.as_ref()?;
    Some(Implied {
        severity: unassigned.value,
        place: Some(unassigned.place.clone()),
        rule: Box::new(Coverage),
    })
}

#[derive(Debug)]
struct Coverage;

impl Rule for Coverage {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        Vec::new()
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let graph = scene.architecture.graph;
        let mut tops: Vec<(NodeId, usize)> = Vec::new();
        let mut top_of: Vec<Option<usize>> = vec![None; graph.nodes.len()];
        for node in graph.nodes.indices().filter(|node| is_unassigned(scene, *node)) {
            // A parent precedes its children.
            let parent = scene.architecture.module(node).and_then(|m| m.parent);
            let top = parent.and_then(|p| top_of[p.index()]).unwrap_or(tops.len());
            match tops.get_mut(top) {
                Some((_, beneath)) => *beneath += 1,
                None => tops.push((node, 0)),
            }
            top_of[node.index()] = Some(top);
        }
        let unassigned = Unassigned { tops: tops.iter().map(|(node, _)| *node).collect(), top_of };
        let fixes = if tops.is_empty() { Vec::new() } else { fixes(scene, &unassigned) };
        let violation = |((node, beneath), fix)| violation(scene, node, beneath, fix);
        tops.into_iter().zip(fixes).map(violation).collect()
    }

    fn closes(&self, scene: &Scene<'_>, _: NodeId) -> NodeSet {
        scene.none()
    }

    fn says(&self) -> String {
        "every module belongs to a component".to_owned()
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let lost = nodes.iter().filter(|node| is_unassigned(scene, **node));
        let text = "belong to a component, and belongs to none";
        lost.map(|node| Advice::new(*node, Topic::Must, text)).collect()
    }
}

fn is_unassigned(scene: &Scene<'_>, node: NodeId) -> bool {
    let counts = |kind| matches!(kind, TargetKind::Lib | TargetKind::ProcMacro | TargetKind::Bin);
    let module = scene.architecture.module(node);
    module.is_some_and(|m| !m.test && counts(m.target)) && scene.architecture.owner(node).is_none()
}

fn violation(scene: &Scene<'_>, node: NodeId, beneath: usize, fix: Fix) -> Violation {
    let others = match beneath {
        0 => String::new(),
        1 => ", nor does the module beneath it".to_owned(),
        n => format!(", nor do {n} modules beneath it"),
    };
    Violation {
        message: format!("{} belongs to no component{others}", scene.quoted(node)),
        from: Some(node),
        instead: Some("add it to the `modules` of a component".to_owned()),
        fix: Some(fix),
        places: scene.start_of(node).into_iter().collect(),
        ..Violation::default()
    }
}
