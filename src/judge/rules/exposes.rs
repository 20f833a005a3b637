//! `exposes` of components: from outside, only a component's public interface is used.

use super::{
    Implied, Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, spelled},
    violation::Violation,
};
use crate::{
    base::{diagnostic::Severity, pattern::Selector},
    graph::{NodeId, NodeSet},
    judge::{
        architecture::{Component, ComponentId},
        config::Config,
    },
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "exposes",
    summary: "modules outside a component use only the modules that it exposes",
    docs: "\
If a component has `exposes`, a module outside it may depend only on those of its modules that are
selected there. A path that ends in an exposed module is permitted, even if that module re-exports
an item of a hidden module beneath it; a re-export by a module elsewhere does not make the item of a
hidden module public. An associated item (`Type::new`), a method or a field is used by way of its type
or trait, wherever its `impl` stands. A method or a field is permitted if the type or trait could be
named: through its own module, or through one around that which re-exports it.",
    example: include_str!("../../../rules/exposes.toml"),
    keys: &[],
    origin: Origin::Implied(imply),
};

fn imply(config: &Config) -> Option<Implied> {
    let declared = config.components.iter().any(|c| c.exposes.is_some());
    declared.then(|| Implied { severity: Severity::Error, place: None, rule: Box::new(Exposes) })
}

#[derive(Debug)]
struct Exposes;

impl Rule for Exposes {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        Vec::new()
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let hidden = hidden(scene);
        let owner = |node: NodeId| scene.architecture.owner(node);
        let is_broken = |from, to: NodeId| hidden[to.index()] && owner(from) != owner(to);
        let broken = scene.judged.broken_uses(scene.architecture.graph, is_broken);
        broken.iter().map(|one| violation(scene, one.from, one.to, &one.sites)).collect()
    }

    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> NodeSet {
        let (hidden, owner) = (hidden(scene), |node| scene.architecture.owner(node));
        scene.targets(from, |d| hidden[d.to.index()] && owner(d.from) != owner(d.to))
    }

    fn says(&self) -> String {
        "modules outside a component use only the modules that it `exposes`".to_owned()
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let hidden = hidden(scene);
        let mut advice = Vec::new();
        for &node in nodes {
            let own = scene.architecture.component(node);
            if let Some(component) = own.filter(|c| c.exposes.is_some()) {
                let name = &component.name;
                let text = match hidden[node.index()] {
                    true => format!("modules of `{name}` only, since it is not exposed"),
                    false => format!("other components too: it is part of what `{name}` exposes"),
                };
                advice.push(Advice::new(node, Topic::UsedBy, text));
            }
            let others = scene.architecture.components.iter().filter(|c| may_depend(own, c));
            advice.extend(others.filter_map(|c| Some(interface(node, c, c.exposes.as_ref()?))));
        }
        advice
    }
}

/// Returns whether the declarations of `user` allow it to depend on `used`.
fn may_depend(user: Option<&Component>, used: &Component) -> bool {
    let declared = user.and_then(|c| c.depends_on.as_ref());
    user.is_none_or(|c| c.name != used.name)
        && declared.is_none_or(|names| names.iter().any(|name| name.value == used.name))
}

fn interface(node: NodeId, used: &Component, exposes: &Selector) -> Advice {
    Advice::new(node, Topic::OneRuleAllows, format!("of `{}` only {}", used.name, spelled(exposes)))
}

/// Returns for each node whether it belongs to a component that does not expose it.
fn hidden(scene: &Scene<'_>) -> Vec<bool> {
    let architecture = scene.architecture;
    let mut hidden = vec![false; architecture.graph.nodes.len()];
    for (i, component) in architecture.components.iter().enumerate() {
        let Some(exposes) = &component.exposes else { continue };
        let public = architecture.select(exposes);
        for node in architecture.modules(ComponentId::from_usize(i)) {
            hidden[node.index()] = !public.contains(*node);
        }
    }
    hidden
}

fn violation(scene: &Scene<'_>, from: NodeId, to: NodeId, sites: &[u32]) -> Violation {
    let component = scene.architecture.component(to);
    let name = component.map_or("", |c| &c.name);
    let exposed = component.and_then(|c| c.exposes.as_ref()).map(ToString::to_string).unwrap_or_default();
    let user = scene.architecture.component(from).map(|c| c.name.clone());
    Violation {
        message: format!("{} uses {}, which `{name}` does not expose", scene.quoted(from), scene.quoted(to)),
        from: Some(from),
        to: Some(to),
        components: user.into_iter().chain([name.to_owned()]).collect(),
        instead: Some(format!("use what `{name}` exposes: {exposed}")),
        sites: sites.to_vec(),
        ..Violation::default()
    }
}
