//! `[[forbid]]`: no dependency, or no chain of dependencies, runs from one set of modules to
//! another.

use rayon::prelude::*;

use super::{
    CONTEXTS, Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, bound, for_selected, spelled},
    chains::{Chains, Passage, Walk, Way, agreeing, as_set},
    context_name,
    judge::{Dependency, in_contexts},
    violation::Violation,
};
use crate::{
    base::{
        name::Name,
        pattern::{Captured, Selector},
    },
    graph::{Context, NodeId, NodeSet},
    judge::{
        architecture::selection::Selection,
        config::{
            Config,
            fields::Fields,
            key::{Holds, Key, names},
        },
    },
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "forbid",
    summary: "no dependency runs from one set of modules to another",
    docs: "\
No module of `from` may depend on a module of `to`. With `transitive`, it may not reach one through
other modules either; such a chain is a separate finding, which shows a shortest chain. Each module
of `from` is reported separately: a chain starts where it leaves `from` for the last time and ends
where it enters `to` for the first time, so that the reported chain is the part to fix. The baseline
records each reached module of `to` separately, so reaching another one is a new finding. With `in`,
only references in those contexts count, in every hop of a chain.

A path that names an item through a re-export depends on the re-exporting module if that is an
ancestor of the item's own module, and on both modules otherwise. A dependency within the overlap of
`from` and `to` counts; exclude the modules that may keep it with `!`.",
    example: include_str!("../../../rules/forbid.toml"),
    keys: &[
        Key::required("from", Holds::Selectors, "the modules that must not depend"),
        Key::required("to", Holds::Selectors, "the modules that they must not depend on"),
        Key::new(
            "transitive",
            Holds::Flag,
            "whether dependencies through other modules count; default: false",
        ),
        Key::new(
            "in",
            Holds::ManyOf(|| names(CONTEXTS)),
            "count only references in these contexts; default: all",
        ),
    ],
    origin: Origin::Table(read),
};

/// The options of one rule.
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
            violations.extend(self.chains(scene, &from, &to));
        }
        violations
    }

    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> NodeSet {
        if self.contexts.as_ref().is_some_and(|contexts| !contexts.contains(&Context::Import)) {
            return scene.none();
        }
        let [sources, targets] = [&self.from, &self.to].map(|s| scene.architecture.select(s));
        let mut closed = scene.targets(from, |d| sources.pairs(d.from, &targets, d.to));
        if self.transitive {
            let chains = Chains { scene, contexts: self.contexts.as_deref() };
            let groups = sources.groups_against(&[&targets]);
            let passages: Vec<Passage> = groups.iter().map(|group| passage(scene, group, &targets)).collect();
            closed.unite(&chains.closed(from, &passages));
        }
        closed
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
    /// Returns the contexts that count, such as ` (in signature, import)`.
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

    /// Returns a violation for each module of `from` with a chain of two or more hops into `to`: a
    /// shortest one.
    fn chains(&self, scene: &Scene<'_>, from: &Selection, to: &Selection) -> Vec<Violation> {
        let chains = Chains { scene, contexts: self.contexts.as_deref() };
        let nodes = scene.architecture.graph.nodes.len();
        let ways = |walk: &mut Walk, group: &Group| match scene.work.is_exceeded() {
            false => chains.ways(&passage(scene, group, to), walk),
            true => Vec::new(),
        };
        let groups = from.groups_against(&[to]);
        let found: Vec<Way> = groups.par_iter().map_init(|| Walk::new(nodes), ways).flatten().collect();
        chains.violations(found, |from, to, hops| {
            format!("{from} must not reach {to}, but does in {hops} hops")
        })
    }
}

/// The modules that a binding of `from` binds.
type Group = (Captured<Name>, Vec<NodeId>);

/// Returns the passage for a group of `from`.
fn passage(scene: &Scene<'_>, (bound, sources): &Group, to: &Selection) -> Passage {
    Passage {
        sources: as_set(sources, scene),
        targets: agreeing(to, bound, scene),
        blocked: NodeSet::default(),
    }
}
