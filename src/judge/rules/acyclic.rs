//! `[[acyclic]]`: no cycle among components, packages, modules or siblings.

mod units;

use std::collections::BTreeMap;

use xxhash_rust::xxh3::Xxh3;

use super::{
    ActiveRule, Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, listed, spelled},
    is_alive,
    violation::{Link, Violation, ViolationPart},
};
use crate::{
    base::{diagnostic::Severity, order::Order as _, pattern::Selector},
    graph::{
        EdgeId, NodeId, NodeSet,
        algorithms::{Arc, Quality, cyclic_components, feedback_arcs, shortest_cycle},
    },
    judge::{
        architecture::Architecture,
        config::{
            Config,
            fields::Fields,
            key::{Holds, Key, names},
        },
    },
};
use units::{Hops, UNITS, UnitTable, Units};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "acyclic",
    summary: "there is no cycle among components, packages, modules or siblings",
    docs: "\
Groups modules into units and looks for cycles of dependencies among the units. A unit is a
component, a package, a single module, or (`siblings`) a module with all beneath it, compared with
the other children of its parent. A dependency leads to the module that defines an item, even if a
re-export names it. With `within`, only the modules selected there are examined; if it captures,
each container is examined separately.

There is one finding for each strongly connected set of units: it shows a shortest cycle through the
set, with the references of each hop. The set may contain other cycles; the help lists dependencies
that, when cut, leave no cycle in the set, at the cost of few references. For a set of at most
twelve units, these are the cheapest, and the help says so. For a larger set they are a good choice,
and for a very large set a rough one, which the help says as well. The baseline records each
dependency among the units of a set separately: another shortest cycle through the same
dependencies, or a set that falls apart, is not new; an additional dependency that closes a cycle is
new, even between units that were in a cycle before. A set with more than 200,000 dependencies is
recorded as a whole: any change of them is new.",
    example: include_str!("../../../rules/acyclic.toml"),
    keys: &[
        Key::required("of", Holds::OneOf(|| names(UNITS)), "the units"),
        Key::new("within", Holds::Selectors, "the modules to examine; default: all"),
    ],
    origin: Origin::Table(read),
};

/// The options of one rule.
#[derive(Debug)]
struct Acyclic {
    of: Units,
    within: Option<Selector>,
}

/// The maximum number of dependencies of a set that the baseline records separately.
const MOST_PARTS: usize = 200_000;

/// The maximum number of cuts that a finding lists.
const SHOWN_CUTS: usize = 5;

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    let of = fields.one_of("of", UNITS);
    let within = fields.selector("within");
    Some(Box::new(Acyclic { of: of?, within }))
}

/// Returns the rules of a workspace without a configuration. Cycles there are only warnings,
/// because nobody has declared that there are none.
pub fn without_configuration() -> [ActiveRule; 2] {
    let rule = |id: &str, of, reason: &str| ActiveRule {
        kind: &KIND,
        id: id.to_owned(),
        severity: Severity::Warn,
        reason: Some(reason.to_owned()),
        instead: None,
        control: Vec::new(),
        place: None,
        rule: Box::new(Acyclic { of, within: None }),
    };
    [
        rule(
            "acyclic-packages",
            Units::Packages,
            "packages in a cycle can only be understood and changed together",
        ),
        rule(
            "acyclic-modules",
            Units::TopModules,
            "modules in a cycle can only be understood and changed together",
        ),
    ]
}

impl Rule for Acyclic {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        self.within.iter().map(|w| ("within", w)).collect()
    }

    /// Returns whether a cycle is possible: a single component cannot form one.
    fn applies(&self, architecture: &Architecture<'_>) -> bool {
        let enough = self.of != Units::Components || architecture.components.len() > 1;
        enough && self.within.iter().all(|within| is_alive(within, architecture))
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let units = UnitTable::new(self.of, scene.architecture);
        let Some(within) = &self.within else {
            return self.cycles(scene, &self.hops(scene.architecture, &units, None));
        };
        let groups = scene.architecture.select(within).groups();
        let hops = groups.iter().map(|(_, inside)| self.hops(scene.architecture, &units, Some(inside)));
        hops.flat_map(|hops| self.cycles(scene, &hops)).collect()
    }

    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> NodeSet {
        let Some(within) = &self.within else { return self.closes_within(scene, None, from) };
        let mut closed = scene.none();
        for (_, inside) in scene.architecture.select(within).groups() {
            if inside.binary_search(&from).is_ok() {
                closed.unite(&self.closes_within(scene, Some(&inside), from));
            }
        }
        closed
    }

    fn says(&self) -> String {
        let within = self.within.iter().map(|w| format!(" within {}", spelled(w))).collect::<String>();
        let units = match self.of {
            Units::Siblings => "children of one module",
            Units::TopModules => "the modules just beneath a crate's root",
            _ => self.noun(2),
        };
        format!("there is no cycle among {units}{within}")
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let Some(within) = &self.within else {
            return self.advise_within(scene.architecture, None, nodes);
        };
        let mut advice = Vec::new();
        for (_, inside) in scene.architecture.select(within).groups() {
            let is_inside = |n: &NodeId| inside.binary_search(n).is_ok();
            let own: Vec<NodeId> = nodes.iter().copied().filter(is_inside).collect();
            if !own.is_empty() {
                advice.extend(self.advise_within(scene.architecture, Some(&inside), &own));
            }
        }
        advice
    }
}

impl Acyclic {
    fn cycles(&self, scene: &Scene<'_>, hops: &Hops) -> Vec<Violation> {
        let witness = |component: &Vec<u32>| {
            let cycle = shortest_cycle(&hops.graph, component);
            let violation = self.violation(scene, hops, &cycle, component);
            let is_member = |arc: &&Arc| component.binary_search(&arc.to).is_ok();
            let inside = component.iter().flat_map(|node| hops.graph.outgoing(*node)).filter(is_member);
            if inside.clone().take(MOST_PARTS + 1).count() > MOST_PARTS {
                return self.large(scene.architecture, hops, inside, violation);
            }
            Violation {
                instead: self.cheapest_cuts(scene.architecture, hops, component),
                parts: self.parts(scene.architecture, hops, inside),
                ..violation
            }
        };
        cyclic_components(&hops.graph).iter().map(witness).collect()
    }

    /// Returns the violation of a set with more dependencies than are recorded one by one: the whole
    /// set is one part, which a digest of the dependencies identifies.
    fn large<'h>(
        &self,
        architecture: &Architecture<'_>,
        hops: &Hops,
        inside: impl Iterator<Item = &'h Arc>,
        violation: Violation,
    ) -> Violation {
        let names: Vec<String> = hops.units.iter().map(|unit| self.name(architecture, *unit)).collect();
        let (mut digest, mut count) = (Xxh3::new(), 0);
        for arc in inside {
            digest.update(names[arc.from as usize].as_bytes());
            digest.update(b" -> ");
            digest.update(names[arc.to as usize].as_bytes());
            digest.update(b"\n");
            count += 1;
        }
        let subject = violation.subject.clone().unwrap_or_default();
        let name = format!("{subject} ({count} dependencies, digest {:016x})", digest.digest());
        let advice = format!(
            "the {count} dependencies among them are too many to choose which to cut; \
             a baseline records them as a whole, so that any change of them is new"
        );
        Violation {
            instead: Some(advice),
            parts: vec![ViolationPart { name, sites: Vec::new() }],
            ..violation
        }
    }

    /// Returns the dependencies among units, each with the edges that form it. A unit is identified
    /// by the index of a node or component; a package by that of its first module.
    fn hops(&self, architecture: &Architecture<'_>, units: &UnitTable, within: Option<&[NodeId]>) -> Hops {
        let graph = architecture.graph;
        let hop = |id: EdgeId| {
            let edge = &graph.edges[id];
            let (from, to) = units.hop(architecture, edge.from, edge.to).filter(|(a, b)| a != b)?;
            Some((from, to, id))
        };
        // There may be as many containers as modules, so only the edges in one are visited.
        let is_inside = |id: &EdgeId, w: &[NodeId]| w.binary_search(&graph.edges[*id].to).is_ok();
        Hops::new(match within {
            None => graph.edges.indices().filter_map(hop).collect(),
            Some(w) => {
                let leaving = w.iter().flat_map(|node| graph.outgoing(*node));
                leaving.filter(|id| is_inside(id, w)).filter_map(hop).collect()
            }
        })
    }

    /// Returns the nodes on which a new dependency of `from` would close a cycle: those in a unit
    /// that already depends on a unit of `from`, if the latter does not depend on it yet.
    fn closes_within(&self, scene: &Scene<'_>, within: Option<&[NodeId]>, from: NodeId) -> NodeSet {
        let architecture = scene.architecture;
        let units = UnitTable::new(self.of, architecture);
        let hops = self.hops(architecture, &units, within);
        let around = units.around(architecture, from).into_iter();
        let users: BTreeMap<u32, Vec<u32>> = around.map(|unit| (unit, hops.users(unit))).collect();
        scene.targets(from, |d| {
            let inside = within.is_none_or(|w| w.binary_search(&d.to).is_ok());
            let hop = units.hop(architecture, d.from, d.to).filter(|(a, b)| inside && a != b);
            hop.is_some_and(|(a, b)| {
                let closes = users.get(&a).is_some_and(|users| users.binary_search(&b).is_ok());
                closes && !hops.has(a, b)
            })
        })
    }

    /// Returns, for each of `nodes`, the units that already depend on its unit, so that depending
    /// on them would close a cycle.
    fn advise_within(
        &self,
        architecture: &Architecture<'_>,
        within: Option<&[NodeId]>,
        nodes: &[NodeId],
    ) -> Vec<Advice> {
        let units = UnitTable::new(self.of, architecture);
        let hops = self.hops(architecture, &units, within);
        let mut advice = Vec::new();
        for &node in nodes {
            for unit in units.around(architecture, node) {
                let users: Vec<String> =
                    hops.users(unit).into_iter().map(|u| self.name(architecture, u)).collect();
                if !users.is_empty() {
                    let verb = if users.len() == 1 { "depends" } else { "depend" };
                    let (users, own) =
                        (listed(users.iter().map(String::as_str)), self.name(architecture, unit));
                    let text = format!("{users}, which {verb} on `{own}`: that would close a cycle");
                    advice.push(Advice::new(node, Topic::MustNotDependOn, text));
                }
            }
        }
        advice
    }

    fn violation(&self, scene: &Scene<'_>, hops: &Hops, arcs: &[Arc], component: &[u32]) -> Violation {
        let graph = scene.architecture.graph;
        let name = |unit: u32| self.name(scene.architecture, unit);
        let cycle: Vec<u32> = arcs.iter().map(|arc| hops.units[arc.from as usize]).collect();
        let link = |arc: &Arc| Link {
            from: name(hops.units[arc.from as usize]),
            to: name(hops.units[arc.to as usize]),
            sites: hops.edges(arc).iter().flat_map(|e| graph.edges[*e].sites.clone()).collect(),
        };
        let chain = arcs.iter().map(link).collect();
        let names: Vec<String> =
            cycle.iter().chain(cycle.first()).map(|u| format!("`{}`", name(*u))).collect();
        let rest = match component.len() - cycle.len() {
            0 => String::new(),
            more => format!(" ({more} more {} in cycles with these)", self.noun(more)),
        };
        // The first member names the set, because the shortest cycle may change while the set stays
        // the same.
        let members = component.iter().map(|unit| name(hops.units[*unit as usize]));
        let representative = members.min().unwrap_or_default();
        let is_module = matches!(self.of, Units::Modules | Units::Siblings | Units::TopModules);
        let node = |at: usize| cycle.get(at).filter(|_| is_module).map(|u| NodeId::from_raw(*u));
        Violation {
            message: format!("{} depend on each other: {}{rest}", self.noun(2), names.join(" → ")),
            from: node(0),
            to: node(1),
            components: if self.of == Units::Components {
                cycle.iter().map(|u| name(*u)).collect()
            } else {
                Vec::new()
            },
            subject: Some(representative),
            extent: Some(component.len() as u64),
            chain,
            ..Violation::default()
        }
    }

    /// Returns the dependencies `inside` a set, all of which are on some cycle.
    fn parts<'h>(
        &self,
        architecture: &Architecture<'_>,
        hops: &Hops,
        inside: impl Iterator<Item = &'h Arc>,
    ) -> Vec<ViolationPart> {
        let name = |node: u32| self.name(architecture, hops.units[node as usize]);
        let part = |arc: &Arc| ViolationPart {
            name: format!("{} -> {}", name(arc.from), name(arc.to)),
            sites: Vec::new(),
        };
        inside.map(part).collect()
    }

    /// Describes a cheapest set of dependencies to cut so that `component` has no cycle left, the
    /// lightest first.
    fn cheapest_cuts(
        &self,
        architecture: &Architecture<'_>,
        hops: &Hops,
        component: &[u32],
    ) -> Option<String> {
        let references = |arc: &Arc| hops.references(architecture.graph, arc);
        let found = feedback_arcs(&hops.graph, component, |arc| references(arc) as u64);
        let mut cuts = found.arcs;
        cuts.order_by_key(references);
        let spell = |arc: &Arc| {
            let count = references(arc);
            let plural = if count == 1 { "" } else { "s" };
            let name = |node: u32| self.name(architecture, hops.units[node as usize]);
            format!("`{}` → `{}` ({count} reference{plural})", name(arc.from), name(arc.to))
        };
        let shown: Vec<String> = cuts.iter().take(SHOWN_CUTS).map(spell).collect();
        let more = cuts.len().saturating_sub(SHOWN_CUTS);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        let lead = match found.quality {
            Quality::Best => "cheapest to cut",
            Quality::Good => "cheap to cut",
            Quality::Rough => "roughly the cheapest to cut",
        };
        (!shown.is_empty()).then(|| format!("{lead}: {}{rest}", shown.join(", ")))
    }

    fn noun(&self, count: usize) -> &'static str {
        match (self.of, count) {
            (Units::Components, 1) => "component",
            (Units::Components, _) => "components",
            (Units::Packages, 1) => "package",
            (Units::Packages, _) => "packages",
            (_, 1) => "module",
            _ => "modules",
        }
    }

    fn name(&self, architecture: &Architecture<'_>, unit: u32) -> String {
        let node = NodeId::from_raw(unit);
        match self.of {
            Units::Components => architecture.components[unit as usize].name.clone(),
            Units::Packages => architecture.module(node).map_or_else(String::new, |m| m.package.clone()),
            _ => architecture.graph.nodes[node].id.clone(),
        }
    }
}
