//! `[[independent]]`: no group of modules depends on another of the listed groups.

use super::{
    Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, listed, spelled},
    judge::{Dependency, offsets},
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
    name: "independent",
    summary: "groups of modules do not depend on each other",
    docs: "\
`modules` defines groups: each match is one group, with all modules beneath it. `shop::*` makes each
child of `shop` a group; `[\"shop::a\", \"shop::b\"]` makes two groups; `component:*` makes each
component a group, `layer:adapters` each component in that layer, `layer:*` each layer, and
`shop::{ctx}::domain` the domain of each context. No module of one group may depend on a module of
another. If groups overlap, dependencies within each of them are permitted.",
    example: include_str!("../../../rules/independent.toml"),
    keys: &[Key::required("modules", Holds::Selectors, "the groups")],
    origin: Origin::Table(read),
};

/// The options of one rule.
#[derive(Debug)]
struct Independent {
    modules: Selector,
}

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    let modules = fields.selector("modules")?;
    Some(Box::new(Independent { modules }))
}

impl Rule for Independent {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("modules", &self.modules)]
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let groups = scene.architecture.groups(&self.modules);
        let members = Members::new(&groups, scene.architecture.graph.nodes.len());
        let broken = scene.judged.all.iter().filter(|d| members.are_apart(d));
        let first = |node| &groups[members.of(node)[0] as usize];
        broken.map(|d| violation(scene, d, first(d.from), first(d.to))).collect()
    }

    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> NodeSet {
        let groups = scene.architecture.groups(&self.modules);
        let members = Members::new(&groups, scene.architecture.graph.nodes.len());
        scene.targets(from, |d| members.are_apart(d))
    }

    fn says(&self) -> String {
        format!("none of {} depends on another", spelled(&self.modules))
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let groups = scene.architecture.groups(&self.modules);
        let members = Members::new(&groups, scene.architecture.graph.nodes.len());
        let advice = |node: &NodeId| {
            let own: Vec<&str> =
                members.of(*node).iter().map(|g| groups[*g as usize].name.as_str()).collect();
            let others = groups.iter().map(|g| g.name.as_str()).filter(|name| !own.contains(name));
            let others = listed(others);
            let bound = !own.is_empty() && !others.is_empty();
            let text = format!("{others}, of which {} is independent", listed(own));
            bound.then(|| Advice::new(*node, Topic::MustNotDependOn, text))
        };
        nodes.iter().filter_map(advice).collect()
    }
}

/// The groups that each node is in: mostly one, sometimes several.
struct Members {
    groups: Vec<u32>,
    /// The index of each node's first group, followed by the total number.
    starts: Vec<u32>,
}

impl Members {
    fn new(groups: &[Group], nodes: usize) -> Self {
        let of_group =
            |(group, i): (&Group, u32)| group.nodes.iter().map(move |node| (*node, i)).collect::<Vec<_>>();
        let mut pairs: Vec<(NodeId, u32)> = groups.iter().zip(0..).flat_map(of_group).collect();
        pairs.sort_unstable();
        let starts = offsets(nodes, pairs.iter().map(|pair| pair.0));
        Self { groups: pairs.into_iter().map(|pair| pair.1).collect(), starts }
    }

    /// Returns whether both ends of a dependency are in groups, but in none together.
    fn are_apart(&self, d: &Dependency) -> bool {
        let (a, b) = (self.of(d.from), self.of(d.to));
        !a.is_empty() && !b.is_empty() && !a.iter().any(|group| b.contains(group))
    }

    fn of(&self, node: NodeId) -> &[u32] {
        &self.groups[self.starts[node.index()] as usize..self.starts[node.index() + 1] as usize]
    }
}

fn violation(scene: &Scene<'_>, dependency: &Dependency, a: &Group, b: &Group) -> Violation {
    let (from, to) = (scene.quoted(dependency.from), scene.quoted(dependency.to));
    let message = format!("{from} depends on {to}, but `{}` and `{}` are independent", a.name, b.name);
    scene.dependency(dependency, message)
}
