//! `visible-to` of components: the components that may depend on one.

use std::collections::BTreeMap;

use super::{
    Implied, Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, listed},
    judge::Use,
    violation::{Violation, ViolationPart},
};
use crate::{
    base::{diagnostic::Severity, pattern::Selector},
    graph::{NodeId, NodeSet},
    judge::{
        architecture::{Architecture, ComponentId},
        config::Config,
    },
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "visible-to",
    summary: "a component is used only by the components that it is visible to",
    docs: "\
If a component has `visible-to`, only the components that are listed there may depend on it; with an
empty list, no component may. Modules that belong to no component cannot be listed, so they may not
depend on it either. All uses of one component by another are one finding; the baseline records each
dependency between two of their modules separately. A method or a field belongs to the component of its
type or trait, and is permitted if a module around that, of a visible component, re-exports the type or
trait.",
    example: include_str!("../../../rules/visible-to.toml"),
    keys: &[],
    origin: Origin::Implied(imply),
};

fn imply(config: &Config) -> Option<Implied> {
    let declared = config.components.iter().any(|c| c.visible_to.is_some());
    declared.then(|| Implied { severity: Severity::Error, place: None, rule: Box::new(VisibleTo) })
}

#[derive(Debug)]
struct VisibleTo;

/// A user of a component: another component, or a module without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum User {
    Component(ComponentId),
    Module(NodeId),
}

impl Rule for VisibleTo {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        Vec::new()
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let architecture = scene.architecture;
        let user = |from| architecture.owner(from).map_or(User::Module(from), User::Component);
        let is_broken =
            |from, to| architecture.owner(to).is_some_and(|used| !is_visible(architecture, user(from), used));
        let broken = scene.judged.broken_uses(architecture.graph, is_broken);
        let mut users: BTreeMap<(User, ComponentId), Vec<&Use>> = BTreeMap::new();
        for one in &broken {
            if let Some(used) = architecture.owner(one.to) {
                users.entry((user(one.from), used)).or_default().push(one);
            }
        }
        users.iter().map(|((user, used), all)| violation(scene, *user, *used, all)).collect()
    }

    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> NodeSet {
        let architecture = scene.architecture;
        let user = architecture.owner(from).map_or(User::Module(from), User::Component);
        let hidden = |used| !is_visible(architecture, user, used);
        scene.targets(from, |d| architecture.owner(d.to).is_some_and(hidden))
    }

    fn says(&self) -> String {
        "a component is used only by the components that its `visible-to` lists".to_owned()
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let architecture = scene.architecture;
        let mut advice = Vec::new();
        for &node in nodes {
            let user = architecture.owner(node).map_or(User::Module(node), User::Component);
            let ids = (0..architecture.components.len()).map(ComponentId::from_usize);
            let hidden = ids.filter(|used| !is_visible(architecture, user, *used));
            let hidden = listed(hidden.map(|id| architecture.components[id.index()].name.as_str()));
            if !hidden.is_empty() {
                advice.push(Advice::new(
                    node,
                    Topic::MustNotDependOn,
                    format!("{hidden}, not visible to it"),
                ));
            }
            let own = architecture.component(node).and_then(|c| Some((&c.name, c.visible_to.as_ref()?)));
            if let Some((name, list)) = own {
                let list = listed(list.iter().map(|n| n.value.as_str()));
                let others = if list.is_empty() { "no other component".to_owned() } else { list };
                advice.push(Advice::new(node, Topic::UsedBy, format!("{others}, and `{name}` itself")));
            }
        }
        advice
    }
}

fn is_visible(architecture: &Architecture<'_>, user: User, used: ComponentId) -> bool {
    let Some(visible_to) = &architecture.components[used.index()].visible_to else { return true };
    match user {
        User::Component(id) => {
            id == used || visible_to.iter().any(|name| name.value == architecture.components[id.index()].name)
        }
        User::Module(_) => false,
    }
}

fn violation(scene: &Scene<'_>, user: User, used: ComponentId, all: &[&Use]) -> Violation {
    let components = scene.architecture.components;
    let used = &components[used.index()];
    let (who, from, own) = match user {
        User::Component(id) => {
            (format!("`{}`", components[id.index()].name), None, Some(&components[id.index()].name))
        }
        User::Module(node) => (scene.quoted(node), Some(node), None),
    };
    let visible: Vec<String> = used.visible_to.iter().flatten().map(|n| format!("`{}`", n.value)).collect();
    let whom =
        if visible.is_empty() { "to nobody".to_owned() } else { format!("only to {}", visible.join(", ")) };
    // The site of a re-export can belong to two dependencies.
    let mut sites: Vec<u32> = all.iter().flat_map(|one| &one.sites).copied().collect();
    sites.sort_unstable();
    sites.dedup();
    Violation {
        message: format!("{who} depends on `{}`, which is visible {whom}", used.name),
        from,
        subject: from.map(|node| format!("{} -> {}", scene.architecture.graph.nodes[node].id, used.name)),
        components: own.into_iter().chain([&used.name]).cloned().collect(),
        sites,
        parts: all.iter().map(|one| part(scene, one)).collect(),
        ..Violation::default()
    }
}

fn part(scene: &Scene<'_>, one: &Use) -> ViolationPart {
    let id = |node: NodeId| &scene.architecture.graph.nodes[node].id;
    ViolationPart { name: format!("{} -> {}", id(one.from), id(one.to)), sites: one.sites.clone() }
}
