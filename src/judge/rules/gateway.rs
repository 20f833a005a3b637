//! `[[gateway]]`: who gets from here to there passes through a gateway.

use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use super::{
    Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, bound, for_selected, spelled},
    chains::{Chains, Walk, agreeing},
    finding::Violation,
};
use crate::{
    base::{
        name::Name,
        pattern::{Captured, Selector, agree},
    },
    graph::NodeId,
    judge::{
        architecture::selection::Selection,
        config::{
            Config,
            fields::Fields,
            key::{Holds, Key},
        },
    },
};

/// The kind.
pub const KIND: Kind = Kind {
    name: "gateway",
    summary: "every chain from one set of modules to another passes through a gateway",
    docs: "\
No chain of dependencies, be it of a single hop, may run from `from` to `to` without a module of `via` on it. Modules that
are themselves part of `via` may do as they like. The finding is a shortest chain that avoids the gateway; each module of
`from` is reported for itself, where a chain leaves `from` for the last time.",
    example: include_str!("../../../rules/gateway.toml"),
    keys: &[
        Key::required("from", Holds::Selectors, "who must pass"),
        Key::required("to", Holds::Selectors, "on the way to what"),
        Key::required("via", Holds::Selectors, "the gateway"),
    ],
    origin: Origin::Table(read),
};

/// The options.
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

/// One question: from these to those, around these.
struct Passage {
    sources: FixedBitSet,
    targets: FixedBitSet,
    gateway: FixedBitSet,
}

impl Rule for Gateway {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("from", &self.from), ("to", &self.to), ("via", &self.via)]
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let chains = Chains { scene, contexts: None, direct: true };
        let nodes = scene.architecture.graph.nodes.len();
        let shortest =
            |walk: &mut Walk, p: Passage| chains.shortest(&p.sources, &p.targets, Some(&p.gateway), walk);
        let passages = self.passages(scene).into_par_iter();
        let mut found: Vec<Vec<NodeId>> =
            passages.map_init(|| Walk::new(nodes), shortest).flatten().collect();
        found.sort_by_key(|chain| (chain[0], chain.len(), chain[chain.len() - 1]));
        found.dedup_by_key(|chain| chain[0]);
        found.iter().map(|chain| self.violation(&chains, chain)).collect()
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
        leaving.chain(entering).chain(for_selected(nodes, &via, Topic::MayDependOn, pass)).collect()
    }
}

impl Gateway {
    /// One passage for each way in which the two sides bind together; a single one without captures.
    fn passages(&self, scene: &Scene<'_>) -> Vec<Passage> {
        let [from, to, via] = [&self.from, &self.to, &self.via].map(|s| scene.architecture.select(s));
        let ends = to.groups_against(&[&from, &via]);
        let mut passages = Vec::new();
        for (bound, sources) in from.groups_against(&[&to, &via]) {
            for (end_bound, targets) in ends.iter().filter(|(end, _)| agree(&bound, end)) {
                let gateway = agreeing_with_both(&via, &bound, end_bound);
                let (mut sources, mut targets) = (sources.clone(), targets.clone());
                sources.difference_with(&gateway);
                targets.difference_with(&gateway);
                passages.push(Passage { sources, targets, gateway });
            }
        }
        passages
    }

    fn violation(&self, chains: &Chains<'_>, chain: &[NodeId]) -> Violation {
        let (first, last) = (chain[0], chain[chain.len() - 1]);
        let (from, to) = (chains.scene.quoted(first), chains.scene.quoted(last));
        Violation {
            message: format!("{from} reaches {to} without passing through {}", self.via),
            from: Some(first),
            to: Some(last),
            chain: chains.links(chain),
            ..Violation::default()
        }
    }
}

fn agreeing_with_both(via: &Selection, a: &Captured<Name>, b: &Captured<Name>) -> FixedBitSet {
    let mut nodes = agreeing(via, a);
    nodes.intersect_with(&agreeing(via, b));
    nodes
}
