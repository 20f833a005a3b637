//! `[[independent]]`: none of some groups of modules depends on another.

use super::{Kind, Origin, Rule, Scene, finding::Violation, judge::Dependency};
use crate::{
    base::pattern::Selector,
    config::{
        Config,
        fields::{Fields, Key},
        groups::Group,
    },
    graph::NodeId,
};

/// The kind.
pub const KIND: Kind = Kind {
    name: "independent",
    summary: "none of some groups of modules depends on another",
    docs: "\
`modules` makes groups: one for each thing that it matches, with all beneath it. `shop::*` makes one of each child of
`shop`; `[\"shop::a\", \"shop::b\"]` makes two; `component:*` one of each component; `shop::{ctx}::domain` one of each
context. No module of one group may depend on a module of another. Where groups overlap, a dependency within any one of
them is fine.",
    example: include_str!("../../rules/independent.toml"),
    keys: &[Key { name: "modules", holds: "selectors", doc: "the groups" }],
    origin: Origin::Table(read),
};

/// The options.
#[derive(Debug)]
struct Independent {
    modules: Selector,
}

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    let modules = fields.required_selector("modules")?;
    Some(Box::new(Independent { modules }))
}

impl Rule for Independent {
    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("modules", &self.modules)]
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let groups = scene.architecture.groups(&self.modules);
        let members = members(&groups, scene.architecture.graph.nodes.len());
        let of = |node: NodeId| members[node.index()].as_slice();
        let apart = |d: &&Dependency| {
            let (a, b) = (of(d.from), of(d.to));
            !a.is_empty() && !b.is_empty() && !a.iter().any(|group| b.contains(group))
        };
        let broken = scene.judged.all.iter().filter(apart);
        broken.map(|d| violation(scene, d, &groups[of(d.from)[0]], &groups[of(d.to)[0]])).collect()
    }
}

/// The groups that each node is in.
fn members(groups: &[Group], nodes: usize) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); nodes];
    for (i, group) in groups.iter().enumerate() {
        for node in group.nodes.ones() {
            members[node].push(i);
        }
    }
    members
}

fn violation(scene: &Scene<'_>, dependency: &Dependency, a: &Group, b: &Group) -> Violation {
    let (from, to) = (scene.quoted(dependency.from), scene.quoted(dependency.to));
    let message = format!("{from} depends on {to}, but `{}` and `{}` are independent", a.name, b.name);
    scene.dependency(dependency, message)
}
