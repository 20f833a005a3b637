//! `[[require]]`: each group of the selected modules depends on something.

use std::collections::VecDeque;

use super::{
    Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, spelled},
    chains::{agreeing, as_set},
    violation::Violation,
};
use crate::{
    base::pattern::Selector,
    graph::{NodeId, NodeSet},
    judge::{
        architecture::groups::Group,
        config::{
            Config,
            fields::Fields,
            key::{Holds, Key},
        },
    },
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "require",
    summary: "each of several groups of modules depends on a required module",
    docs: "\
`from` defines groups: each match is one group, with all modules beneath it (`shop::*::api` makes
each `api` a group). At least one module of each group must depend on a module of `to`; with
`transitive`, it may do so through other modules. If both selectors capture, each group must depend
on modules with the same captured names. Both the module that a path names and the one that defines
the item count.",
    example: include_str!("../../../rules/require.toml"),
    keys: &[
        Key::required("from", Holds::Selectors, "the groups that must depend on `to`"),
        Key::required("to", Holds::Selectors, "the modules of which each group must depend on one"),
        Key::new(
            "transitive",
            Holds::Flag,
            "whether dependencies through other modules count; default: false",
        ),
    ],
    origin: Origin::Table(read),
};

/// The options of one rule.
#[derive(Debug)]
struct Require {
    from: Selector,
    to: Selector,
    transitive: bool,
}

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    let from = fields.selector("from");
    let to = fields.selector("to");
    let transitive = fields.flag("transitive").unwrap_or(false);
    Some(Box::new(Require { from: from?, to: to?, transitive }))
}

impl Rule for Require {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("from", &self.from), ("to", &self.to)]
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let to = scene.architecture.select(&self.to);
        let groups = scene.architecture.groups(&self.from).into_iter();
        let depends = |g: &Group| {
            let targets = agreeing(&to, &g.bound, scene);
            scene.work.is_exceeded() || self.depends(scene, &g.nodes, &targets)
        };
        let lacking: Vec<Violation> =
            groups.filter(|g| !depends(g)).map(|group| self.violation(scene, &group)).collect();
        if scene.work.is_exceeded() {
            return vec![Violation::unfinished("the groups of `from` are too many to search for each")];
        }
        lacking
    }

    fn closes(&self, scene: &Scene<'_>, _: NodeId) -> NodeSet {
        scene.none()
    }

    fn says(&self) -> String {
        let verb = if self.transitive { "reaches" } else { "depends on" };
        format!("each of {} {verb} {}", spelled(&self.from), spelled(&self.to))
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let through = if self.transitive { ", if only through others" } else { "" };
        let mut advice = Vec::new();
        for group in scene.architecture.groups(&self.from) {
            let own = nodes.iter().filter(|node| group.nodes.binary_search(node).is_ok());
            let text = format!("{}{through}: some module of `{}` must", spelled(&self.to), group.name);
            advice.extend(own.map(|node| Advice::new(*node, Topic::MustDependOn, text.as_str())));
        }
        advice
    }
}

impl Require {
    /// Returns whether one of `sources` depends on one of `targets`; with `transitive`, also
    /// through others.
    fn depends(&self, scene: &Scene<'_>, sources: &[NodeId], targets: &NodeSet) -> bool {
        let graph = scene.architecture.graph;
        let mut seen = as_set(sources, scene);
        let mut queue: VecDeque<NodeId> = sources.iter().copied().collect();
        while let Some(node) = queue.pop_front() {
            if !scene.work.spend(1 + 2 * scene.judged.of(node).len()) {
                break;
            }
            let named = scene.judged.of(node).iter().map(|d| d.to);
            let defined = || graph.outgoing(node).map(|edge| graph.edges[edge].to);
            if named.chain(defined()).any(|to| targets.contains(to)) {
                return true;
            }
            if self.transitive {
                queue.extend(defined().filter(|to| seen.insert(*to)));
            }
        }
        false
    }

    fn violation(&self, scene: &Scene<'_>, group: &Group) -> Violation {
        let first = group.nodes.first().copied();
        let verb = if self.transitive { "reach" } else { "depend on" };
        Violation {
            message: format!("`{}` does not {verb} {}", group.name, self.to),
            from: first,
            subject: Some(group.name.clone()),
            places: first.and_then(|node| scene.start_of(node)).into_iter().collect(),
            ..Violation::default()
        }
    }
}
