//! `[[gateway]]`: every chain from one set of modules to another passes through a gateway.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{
    Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, bound, for_selected, spelled},
    chains::{Chains, Passage, Walk, Way, agreeing, as_set},
    judge::Dependency,
    violation::Violation,
};
use crate::{
    base::{
        name::Name,
        pattern::{Captured, Selector, agree},
    },
    graph::{NodeId, NodeSet},
    judge::{
        architecture::selection::Selection,
        config::{
            Config,
            fields::Fields,
            key::{Holds, Key},
        },
    },
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "gateway",
    summary: "every chain from one set of modules to another passes through a gateway",
    docs: "\
No chain of dependencies, not even a single one, may lead from `from` to `to` without a module of
`via` on it. Modules that belong to `via` are not restricted. Each dependency of a module of `from`
on a module of `to` is a separate finding. For each module of `from` that reaches `to` through other
modules, there is one more finding: a shortest chain that avoids the gateway, and starts where it
leaves `from` for the last time. The baseline records each reached module of `to` separately, so
reaching another one is new.",
    example: include_str!("../../../rules/gateway.toml"),
    keys: &[
        Key::required("from", Holds::Selectors, "the modules that must go through the gateway"),
        Key::required("to", Holds::Selectors, "the modules behind the gateway"),
        Key::required("via", Holds::Selectors, "the gateway"),
    ],
    origin: Origin::Table(read),
};

/// The options of one rule.
#[derive(Debug)]
struct Gateway {
    from: Selector,
    to: Selector,
    via: Selector,
}

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    let [from, to, via] = ["from", "to", "via"].map(|key| fields.selector(key));
    Some(Box::new(Gateway { from: from?, to: to?, via: via? }))
}

impl Rule for Gateway {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("from", &self.from), ("to", &self.to), ("via", &self.via)]
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let passages = self.passages(scene);
        let chains = Chains { scene, contexts: None };
        let nodes = scene.architecture.graph.nodes.len();
        let ways = |walk: &mut Walk, passage: &Passage| chains.ways(passage, walk);
        let found: Vec<Way> = passages.par_iter().map_init(|| Walk::new(nodes), ways).flatten().collect();
        let around = chains.violations(found, |from, to, _| self.complaint(from, to));
        self.direct(scene, &passages).into_iter().chain(around).collect()
    }

    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> NodeSet {
        let passages = self.passages(scene);
        let mut closed = Chains { scene, contexts: None }.closed(from, &passages);
        for passage in passages.iter().filter(|p| p.sources.contains(from)) {
            closed.unite(&passage.targets);
        }
        closed.remove(from);
        closed
    }

    fn says(&self) -> String {
        format!("{} reaches {} only through {}", spelled(&self.from), spelled(&self.to), spelled(&self.via))
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let [from, to, via] = [&self.from, &self.to, &self.via].map(|s| scene.architecture.select(s));
        let [source, target, gate] = [&self.from, &self.to, &self.via].map(spelled);
        let free: Vec<NodeId> = nodes.iter().copied().filter(|node| !via.contains(*node)).collect();
        let out = |node| format!("{target}, through {gate}{}", bound(scene.architecture, &from, node));
        let back = |node| format!("{source} through {gate} alone{}", bound(scene.architecture, &to, node));
        let pass =
            |node| format!("{target}, as the gateway of {source}{}", bound(scene.architecture, &via, node));
        let leaving = for_selected(&free, &from, Topic::OnlyThrough, out);
        let entering = for_selected(&free, &to, Topic::UsedBy, back);
        leaving.chain(entering).chain(for_selected(nodes, &via, Topic::OneRuleAllows, pass)).collect()
    }
}

impl Gateway {
    /// Returns one passage for each pair of agreeing bindings of the two sides; a single one
    /// without captures; fewer if the limit of work is exceeded.
    fn passages(&self, scene: &Scene<'_>) -> Vec<Passage> {
        let [from, to, via] = [&self.from, &self.to, &self.via].map(|s| scene.architecture.select(s));
        let ends = to.groups_against(&[&from, &via]);
        let mut passages = Vec::new();
        // All passages are kept, so their memory counts.
        let of_one = scene.architecture.graph.nodes.len() / 4;
        for (bound, sources) in from.groups_against(&[&to, &via]) {
            for (end_bound, targets) in ends.iter().filter(|(end, _)| agree(&bound, end)) {
                if !scene.work.spend(of_one) {
                    return passages;
                }
                let gateway = agreeing_with_both(scene, &via, &bound, end_bound);
                let (mut sources, mut targets) = (as_set(&sources, scene), as_set(targets, scene));
                sources.subtract(&gateway);
                targets.subtract(&gateway);
                passages.push(Passage { sources, targets, blocked: gateway });
            }
            scene.work.spend(ends.len());
        }
        passages
    }

    /// Returns a violation for each dependency that leads from a source to a target directly.
    fn direct(&self, scene: &Scene<'_>, passages: &[Passage]) -> Vec<Violation> {
        let mut found: BTreeSet<(NodeId, NodeId)> = BTreeSet::new();
        for passage in passages {
            let from = passage.sources.iter();
            let dependencies = from.flat_map(|node| scene.judged.of(node));
            let entering = dependencies.filter(|d| passage.targets.contains(d.to));
            found.extend(entering.map(|d| (d.from, d.to)));
        }
        let dependency = |(from, to)| scene.judged.of(from).iter().find(|d| d.to == to);
        let violation =
            |d: &Dependency| scene.dependency(d, self.complaint(&scene.quoted(d.from), &scene.quoted(d.to)));
        found.into_iter().filter_map(dependency).map(violation).collect()
    }

    fn complaint(&self, from: &str, to: &str) -> String {
        format!("{from} reaches {to} without passing through {}", self.via)
    }
}

fn agreeing_with_both(scene: &Scene<'_>, via: &Selection, a: &Captured<Name>, b: &Captured<Name>) -> NodeSet {
    let mut nodes = agreeing(via, a, scene);
    nodes.intersect(&agreeing(via, b, scene));
    nodes
}
