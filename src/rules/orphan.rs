//! `[[orphan]]`: no module that nothing uses.

use super::{Kind, Origin, Rule, Scene, finding::Violation};
use crate::{
    base::pattern::{Selector, Term},
    config::{
        Config,
        fields::Fields,
        key::{Holds, Key},
    },
    graph::NodeId,
};

/// The kind.
pub const KIND: Kind = Kind {
    name: "orphan",
    summary: "there is no module that nothing uses",
    docs: "\
A module is used where a reference from outside it, and from outside what lies beneath it, names or defines something in it or
beneath it, or goes through a re-export there. Of nested orphans, the topmost is reported. Crate roots are used by those who
use the crate; tests, examples, benchmarks and build scripts by cargo.

What only the world outside the workspace uses looks like an orphan, and so does a module that only implements traits;
exclude such modules with `!`.",
    example: include_str!("../../rules/orphan.toml"),
    keys: &[Key::new("modules", Holds::Selectors, "which must be used; left out: all")],
    origin: Origin::Table(read),
};

/// The options.
#[derive(Debug)]
struct Orphan {
    modules: Selector,
}

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    let all = || Selector { terms: Term::parse("**").into_iter().collect() };
    let modules = if fields.has("modules") { fields.selector("modules")? } else { all() };
    Some(Box::new(Orphan { modules }))
}

impl Rule for Orphan {
    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("modules", &self.modules)]
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let graph = scene.architecture.graph;
        let modules = scene.architecture.select(&self.modules);
        let used = used(scene);
        let parent = |node: NodeId| scene.architecture.module(node).and_then(|m| m.parent);
        let mut orphaned = vec![false; graph.nodes.len()];
        let mut violations = Vec::new();
        for node in modules.iter() {
            let Some(above) = parent(node) else { continue };
            if used[node.index()] || scene.architecture.module(node).is_none_or(|m| m.test) {
                continue;
            }
            orphaned[node.index()] = true;
            if !orphaned[above.index()] {
                violations.push(violation(scene, node));
            }
        }
        violations
    }
}

/// Whether each module is used from outside itself and what lies beneath it.
fn used(scene: &Scene<'_>) -> Vec<bool> {
    let graph = scene.architecture.graph;
    let mut used = vec![false; graph.nodes.len()];
    for edge in &graph.edges {
        mark(scene, &mut used, edge.from, edge.to);
        for site in &graph.sites[edge.sites.start as usize..edge.sites.end as usize] {
            let through = site.reexports.iter().flat_map(|chain| &graph.chains[*chain]).map(|r| r.module);
            for node in through.chain(site.named) {
                mark(scene, &mut used, edge.from, node);
            }
        }
    }
    used
}

/// Marks `to` and the modules above it as used by `from`, up to the one that holds both.
fn mark(scene: &Scene<'_>, used: &mut [bool], from: NodeId, to: NodeId) {
    let mut at = Some(to);
    while let Some(node) = at.filter(|node| !scene.architecture.is_within(from, *node)) {
        used[node.index()] = true;
        at = scene.architecture.module(node).and_then(|m| m.parent);
    }
}

fn violation(scene: &Scene<'_>, node: NodeId) -> Violation {
    Violation {
        message: format!("nothing uses {}", scene.quoted(node)),
        from: Some(node),
        places: scene.start_of(node).into_iter().collect(),
        ..Violation::default()
    }
}
