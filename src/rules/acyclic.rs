//! `[[acyclic]]`: no cycle among components, packages, modules or siblings.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::{
    ActiveRule, Kind, Origin, Rule, Scene,
    digraph::Digraph,
    feedback::{Arc, arcs_to_cut},
    finding::{Link, Violation},
};
use crate::{
    base::{diagnostic::Severity, pattern::Selector},
    config::{
        Config,
        architecture::Architecture,
        fields::{Fields, Key},
    },
    graph::{EdgeId, NodeId},
};

/// The kind.
pub const KIND: Kind = Kind {
    name: "acyclic",
    summary: "there is no cycle among components, packages, modules or siblings",
    docs: "\
Groups modules into units and looks for cycles of dependencies among those. A unit is a component, a package, a module by
itself, or (`siblings`) a module with all beneath it, held against the other children of its parent. Dependencies run to
the module that defines an item, whatever re-exports it is named by. With `within`, only the modules selected there are
looked at; where it captures, each container by itself.

There is one finding for each strongly connected set of units: a shortest cycle through it, with the references that make
each hop. There may be others; the help says which dependencies to cut so that none of the set is left, at the cost of few
references.",
    example: include_str!("../../rules/acyclic.toml"),
    keys: &[
        Key { name: "of", holds: "components, packages, modules or siblings", doc: "the units" },
        Key { name: "within", holds: "selectors", doc: "only these modules; left out: all" },
    ],
    origin: Origin::Table(read),
};

/// The options.
#[derive(Debug)]
struct Acyclic {
    of: Units,
    within: Option<Selector>,
}

/// The dependencies among units, each with the edges that make it.
type Hops = BTreeMap<(u32, u32), Vec<EdgeId>>;

/// The most cuts that a finding lists.
const SHOWN_CUTS: usize = 5;

/// What a cycle is a cycle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Units {
    Components,
    Packages,
    Modules,
    Siblings,
    /// Siblings just beneath a crate's root: what is looked at where nothing is configured.
    TopModules,
}

const UNITS: &[(&str, Units)] = &[
    ("components", Units::Components),
    ("packages", Units::Packages),
    ("modules", Units::Modules),
    ("siblings", Units::Siblings),
];

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    if !fields.has("of") {
        fields.missing("of");
    }
    let of = fields.one_of("of", UNITS);
    let within = fields.selector("within");
    Some(Box::new(Acyclic { of: of?, within }))
}

/// The rules of a workspace that has no configuration: cycles are worth a warning anywhere.
pub fn without_configuration() -> [ActiveRule; 2] {
    let rule = |id: &str, of, reason: &str| ActiveRule {
        kind: &KIND,
        id: id.to_owned(),
        severity: Severity::Warn,
        reason: Some(reason.to_owned()),
        instead: None,
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
    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        self.within.iter().map(|w| ("within", w)).collect()
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let Some(within) = &self.within else {
            return self.cycles(scene, None);
        };
        let groups = scene.architecture.select(within).groups();
        groups.iter().flat_map(|(_, nodes)| self.cycles(scene, Some(nodes))).collect()
    }
}

impl Acyclic {
    fn cycles(&self, scene: &Scene<'_>, within: Option<&FixedBitSet>) -> Vec<Violation> {
        let hops = self.hops(scene.architecture, within);
        let edges = hops.keys().copied().collect();
        let units = scene.architecture.graph.nodes.len().max(scene.architecture.components.len());
        let graph = Digraph::new(units, edges);
        let components = graph.strongly_connected();
        let arcs = arcs_within(scene, &hops, &components, units);
        let witness = |(component, arcs): (&Vec<u32>, &Vec<Arc>)| Violation {
            instead: self.cheapest_cuts(scene.architecture, arcs),
            ..self.violation(scene, &hops, &graph.shortest_cycle(component), component.len())
        };
        components.iter().zip(&arcs).map(witness).collect()
    }

    /// The dependencies among units, each with the edges that make it. A unit goes by the number of a node or of a
    /// component, a package by that of its first module.
    fn hops(&self, architecture: &Architecture<'_>, within: Option<&FixedBitSet>) -> Hops {
        let graph = architecture.graph;
        let inside = |node: NodeId| within.is_none_or(|w| w.contains(node.index()));
        let units = UnitTable::new(self.of, architecture);
        let mut hops: Hops = BTreeMap::new();
        for (id, edge) in graph.edges.iter_enumerated() {
            if !inside(edge.from) || !inside(edge.to) {
                continue;
            }
            if let Some((from, to)) = units.hop(architecture, edge.from, edge.to).filter(|(a, b)| a != b) {
                hops.entry((from, to)).or_default().push(id);
            }
        }
        hops
    }

    fn violation(&self, scene: &Scene<'_>, hops: &Hops, cycle: &[u32], members: usize) -> Violation {
        let graph = scene.architecture.graph;
        let name = |unit: u32| self.name(scene.architecture, unit);
        let link = |from: u32, to: u32| {
            let edges = hops.get(&(from, to)).into_iter().flatten();
            Link {
                from: name(from),
                to: name(to),
                sites: edges.flat_map(|e| graph.edges[*e].sites.clone()).collect(),
            }
        };
        let next = cycle.iter().skip(1).chain(cycle.first());
        let chain = cycle.iter().zip(next).map(|(from, to)| link(*from, *to)).collect();
        let names: Vec<String> =
            cycle.iter().chain(cycle.first()).map(|u| format!("`{}`", name(*u))).collect();
        let rest = match members - cycle.len() {
            0 => String::new(),
            more => format!(" ({more} more {} in cycles with these)", self.noun(more)),
        };
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
            subject: (self.of == Units::Packages)
                .then(|| names[..names.len() - 1].join(" -> ").replace('`', "")),
            chain,
            ..Violation::default()
        }
    }

    /// Which of `arcs` to cut so that no cycle is left.
    fn cheapest_cuts(&self, architecture: &Architecture<'_>, arcs: &[Arc]) -> Option<String> {
        let cuts = arcs_to_cut(arcs);
        let spell = |((from, to), count): &Arc| {
            let plural = if *count == 1 { "" } else { "s" };
            let name = |unit| self.name(architecture, unit);
            format!("`{}` → `{}` ({count} reference{plural})", name(*from), name(*to))
        };
        let shown: Vec<String> = cuts.iter().take(SHOWN_CUTS).map(spell).collect();
        let more = cuts.len().saturating_sub(SHOWN_CUTS);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        (!shown.is_empty()).then(|| format!("cheapest to cut: {}{rest}", shown.join(", ")))
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

/// The hops inside each of `components`, which are sorted and apart, weighed by their references.
fn arcs_within(scene: &Scene<'_>, hops: &Hops, components: &[Vec<u32>], units: usize) -> Vec<Vec<Arc>> {
    let graph = scene.architecture.graph;
    let mut component_of: Vec<Option<usize>> = vec![None; units];
    for (i, component) in components.iter().enumerate() {
        for unit in component {
            component_of[*unit as usize] = Some(i);
        }
    }
    let mut arcs = vec![Vec::new(); components.len()];
    for ((from, to), edges) in hops {
        let inside = component_of[*from as usize].filter(|i| component_of[*to as usize] == Some(*i));
        if let Some(i) = inside {
            let references = edges.iter().map(|e| graph.edges[*e].sites.len() as u64).sum();
            arcs[i].push(((*from, *to), references));
        }
    }
    arcs
}

/// To which unit each module belongs.
struct UnitTable {
    of: Units,
    /// Components by their number; packages by their first module.
    units: Vec<Option<u32>>,
    /// Each module's distance from its crate's root.
    depths: Vec<u32>,
}

impl UnitTable {
    fn new(of: Units, architecture: &Architecture<'_>) -> Self {
        let graph = architecture.graph;
        let mut first: BTreeMap<&str, u32> = BTreeMap::new();
        let mut table = Self { of, units: vec![None; graph.nodes.len()], depths: vec![0; graph.nodes.len()] };
        for (node, n) in graph.nodes.iter_enumerated() {
            let Some(module) = &n.module else { continue };
            table.units[node.index()] = match of {
                Units::Components => architecture.owner(node).map(|c| c.raw()),
                Units::Packages => Some(*first.entry(&module.package).or_insert(node.raw())),
                Units::Modules | Units::Siblings | Units::TopModules => Some(node.raw()),
            };
            // A parent's id is a prefix of its children's, so it comes before them.
            table.depths[node.index()] = module.parent.map_or(0, |p| table.depths[p.index()] + 1);
        }
        table
    }

    /// The units that an edge joins, where both ends belong to one.
    fn hop(&self, architecture: &Architecture<'_>, from: NodeId, to: NodeId) -> Option<(u32, u32)> {
        let (a, b) = (self.units[from.index()]?, self.units[to.index()]?);
        match self.of {
            Units::Siblings | Units::TopModules => self.siblings(architecture, from, to),
            _ => Some((a, b)),
        }
    }

    /// The ancestors-or-selves of two modules that are children of the same parent; nothing where one module holds the
    /// other, or where they are in different crates.
    fn siblings(&self, architecture: &Architecture<'_>, from: NodeId, to: NodeId) -> Option<(u32, u32)> {
        let parent = |node: NodeId| architecture.module(node).and_then(|m| m.parent);
        let (mut a, mut b) = (from, to);
        while self.depths[a.index()] > self.depths[b.index()] {
            a = parent(a)?;
        }
        while self.depths[b.index()] > self.depths[a.index()] {
            b = parent(b)?;
        }
        while parent(a)? != parent(b)? {
            (a, b) = (parent(a)?, parent(b)?);
        }
        let top = self.depths[a.index()] == 1;
        (a != b && (top || self.of != Units::TopModules)).then_some((a.raw(), b.raw()))
    }
}
