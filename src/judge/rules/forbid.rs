//! `[[forbid]]`: no dependency, or no chain of them, runs from here to there.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use super::{
    CONTEXTS, Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, bound, for_selected, spelled},
    chains::{Chains, Walk, agreeing},
    context_name,
    finding::Violation,
    judge::{Dependency, in_contexts},
};
use crate::{
    base::{
        name::Name,
        pattern::{Captured, Selector},
    },
    graph::{Context, NodeId},
    judge::{
        architecture::selection::Selection,
        config::{
            Config,
            fields::Fields,
            key::{Holds, Key, names},
        },
    },
};

/// The kind.
pub const KIND: Kind = Kind {
    name: "forbid",
    summary: "no dependency runs from one set of modules to another",
    docs: "\
No module of `from` may depend on `to`. With `transitive`, it may not reach `to` through other modules either; the finding
shows a shortest chain. Each module of `from` is reported for itself: a chain counts where it leaves `from` for the last
time and enters `to` for the first, so that what is reported is what to mend. With `in`, only references in those contexts
count, in every hop of a chain.

A path that ends in a module which re-exports the item is judged by that module where it is an ancestor of the item's own,
and by both otherwise. A dependency within the overlap of `from` and `to` counts; exclude with `!` what is meant to stay.",
    example: include_str!("../../../rules/forbid.toml"),
    keys: &[
        Key::required("from", Holds::Selectors, "who may not depend"),
        Key::required("to", Holds::Selectors, "on what"),
        Key::new("transitive", Holds::Flag, "also through other modules; left out: false"),
        Key::new("in", Holds::ManyOf(|| names(CONTEXTS)), "only references there; left out: everywhere"),
    ],
    origin: Origin::Table(read),
};

/// The options.
#[derive(Debug)]
struct Forbid {
    from: Selector,
    to: Selector,
    transitive: bool,
    contexts: Option<Vec<Context>>,
}

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    let from = fields.selector("from");
    let to = fields.selector("to");
    let transitive = fields.flag("transitive").unwrap_or(false);
    let contexts = fields.many_of("in", CONTEXTS);
    Some(Box::new(Forbid { from: from?, to: to?, transitive, contexts }))
}

impl Rule for Forbid {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("from", &self.from), ("to", &self.to)]
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let from = scene.architecture.select(&self.from);
        let to = scene.architecture.select(&self.to);
        let mut violations = self.direct(scene, &from, &to);
        if self.transitive {
            let known: BTreeSet<Option<NodeId>> = violations.iter().map(|v| v.from).collect();
            let chains = self.chains(scene, &from, &to);
            violations.extend(chains.into_iter().filter(|v| !known.contains(&v.from)));
        }
        violations
    }

    fn says(&self) -> String {
        let (from, to) = (spelled(&self.from), spelled(&self.to));
        let verb = if self.transitive { "reach" } else { "depend on" };
        format!("{from} must not {verb} {to}{}", self.where_it_counts())
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let [from, to] = [&self.from, &self.to].map(|s| scene.architecture.select(s));
        let through = if self.transitive { ", nor through others" } else { "" };
        let counts = self.where_it_counts();
        let on = |node| {
            format!("{}{counts}{through}{}", spelled(&self.to), bound(scene.architecture, &from, node))
        };
        let by = |node| {
            format!("not {}{counts}{through}{}", spelled(&self.from), bound(scene.architecture, &to, node))
        };
        let outgoing = for_selected(nodes, &from, Topic::MustNotDependOn, on);
        outgoing.chain(for_selected(nodes, &to, Topic::UsedBy, by)).collect()
    }
}

impl Forbid {
    /// ` (in a signature or import)`.
    fn where_it_counts(&self) -> String {
        let names = self.contexts.iter().flatten().map(|c| context_name(*c)).collect::<Vec<_>>();
        if names.is_empty() { String::new() } else { format!(" (in {})", names.join(", ")) }
    }

    fn direct(&self, scene: &Scene<'_>, from: &Selection, to: &Selection) -> Vec<Violation> {
        let dependencies = from.iter().flat_map(|node| scene.judged.of(node));
        let broken = dependencies.filter(|d| from.pairs(d.from, to, d.to));
        let violation = |d: &Dependency| {
            let sites =
                in_contexts(scene.architecture.graph, scene.judged.sites(d), self.contexts.as_deref());
            let message = format!("{} must not depend on {}", scene.quoted(d.from), scene.quoted(d.to));
            (!sites.is_empty()).then(|| Violation { sites, ..scene.dependency(d, message) })
        };
        broken.filter_map(violation).collect()
    }

    /// For each module that leads out of `from`: a shortest chain of two or more hops into `to`.
    fn chains(&self, scene: &Scene<'_>, from: &Selection, to: &Selection) -> Vec<Violation> {
        let chains = Chains { scene, contexts: self.contexts.as_deref(), direct: false };
        let nodes = scene.architecture.graph.nodes.len();
        let shortest = |walk: &mut Walk, (bound, sources): (Captured<Name>, FixedBitSet)| {
            chains.shortest(&sources, &agreeing(to, &bound), None, walk)
        };
        let groups = from.groups_against(&[to]).into_par_iter();
        let mut found: Vec<Vec<NodeId>> = groups.map_init(|| Walk::new(nodes), shortest).flatten().collect();
        found.sort_by_key(|chain| (chain[0], chain.len(), chain[chain.len() - 1]));
        found.dedup_by_key(|chain| chain[0]);
        found.iter().map(|chain| violation(&chains, chain)).collect()
    }
}

fn violation(chains: &Chains<'_>, chain: &[NodeId]) -> Violation {
    let (first, last) = (chain[0], chain[chain.len() - 1]);
    let (from, to) = (chains.scene.quoted(first), chains.scene.quoted(last));
    let message = format!("{from} must not reach {to}, but does in {} hops", chain.len() - 1);
    Violation {
        message,
        from: Some(first),
        to: Some(last),
        chain: chains.links(chain),
        ..Violation::default()
    }
}
