//! `[[budget]]`: a number stays under its ceiling.

use std::collections::BTreeSet;

use super::{
    Kind, Origin, Rule, Scene,
    advice::{Advice, Topic, spelled},
    finding::Violation,
};
use crate::{
    base::pattern::Selector,
    config::{
        Config,
        fields::{Fields, Key},
    },
    graph::NodeId,
};

/// The kind.
pub const KIND: Kind = Kind {
    name: "budget",
    summary: "a number that grows with complexity stays under its ceiling",
    docs: "\
Measures each module that `of` selects, or with `per = \"group\"` each thing that it matches together with all beneath it
(`shop::*`: each child of `shop`; `component:*`: each component), and reports what is above `max`.

`lines` and `items` are a module's own, without those of modules beneath it. `modules` counts the modules of a group.
`fan-out` counts the modules outside that are depended on, `fan-in` those outside that depend; both by the module that
defines an item, and in the workspace alone.",
    example: include_str!("../../rules/budget.toml"),
    keys: &[
        Key { name: "metric", holds: "lines, items, modules, fan-in or fan-out", doc: "the number" },
        Key { name: "of", holds: "selectors", doc: "what is measured" },
        Key { name: "per", holds: "module or group", doc: "each by itself, or what `of` groups; left out: module" },
        Key { name: "max", holds: "a whole number", doc: "the ceiling, which may be reached" },
    ],
    origin: Origin::Table(read),
};

/// The options.
#[derive(Debug)]
struct Budget {
    metric: Metric,
    of: Selector,
    per: Per,
    max: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Metric {
    Lines,
    Items,
    Modules,
    FanIn,
    FanOut,
}

const METRICS: &[(&str, Metric)] = &[
    ("lines", Metric::Lines),
    ("items", Metric::Items),
    ("modules", Metric::Modules),
    ("fan-in", Metric::FanIn),
    ("fan-out", Metric::FanOut),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Per {
    Module,
    Group,
}

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    for key in ["metric", "max"] {
        if !fields.has(key) {
            fields.missing(key);
        }
    }
    let metric = fields.one_of("metric", METRICS);
    let of = fields.required_selector("of");
    let per = fields.one_of("per", &[("module", Per::Module), ("group", Per::Group)]).unwrap_or(Per::Module);
    let max = fields.count("max");
    Some(Box::new(Budget { metric: metric?, of: of?, per, max: max?.value }))
}

impl Rule for Budget {
    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("of", &self.of)]
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        match self.per {
            Per::Module => self.modules(scene),
            Per::Group => self.groups(scene),
        }
    }

    fn says(&self) -> String {
        let each = match self.per {
            Per::Module => "each module of",
            Per::Group => "each of",
        };
        format!("{} of {each} {} at most {}", self.metric_name(), spelled(&self.of), self.max)
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        match self.per {
            Per::Module => self.advise_modules(scene, nodes),
            Per::Group => self.advise_groups(scene, nodes),
        }
    }
}

impl Budget {
    fn metric_name(&self) -> &'static str {
        METRICS.iter().find(|(_, metric)| *metric == self.metric).map_or("", |(name, _)| name)
    }

    fn advise_modules(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let selected = scene.architecture.select(&self.of);
        let own = nodes.iter().filter(|node| selected.contains(**node));
        own.map(|node| {
            let number = self.measure(scene, &[*node], |other| other == *node);
            let (metric, max) = (self.metric_name(), self.max);
            Advice::new(*node, Topic::Limit, format!("{metric} {number} of {max}"))
        })
        .collect()
    }

    fn advise_groups(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let mut advice = Vec::new();
        for group in scene.architecture.groups(&self.of) {
            let inside = |other: NodeId| group.nodes.binary_search(&other).is_ok();
            let own: Vec<NodeId> = nodes.iter().copied().filter(|node| inside(*node)).collect();
            if own.is_empty() {
                continue;
            }
            let number = self.measure(scene, &group.nodes, inside);
            let text = format!("{} of `{}` {number} of {}", self.metric_name(), group.name, self.max);
            advice.extend(own.into_iter().map(|node| Advice::new(node, Topic::Limit, text.as_str())));
        }
        advice
    }
}

impl Budget {
    fn modules(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let selected = scene.architecture.select(&self.of);
        let modules = selected.iter().filter(|node| scene.architecture.module(*node).is_some());
        let measured = modules.map(|node| (node, self.measure(scene, &[node], |other| other == node)));
        let over = measured.filter(|(_, number)| *number > self.max);
        over.map(|(node, number)| Violation {
            places: scene.start_of(node).into_iter().collect(),
            from: Some(node),
            message: self.message(&scene.quoted(node), number),
            ..Violation::default()
        })
        .collect()
    }

    fn groups(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let mut violations = Vec::new();
        for group in scene.architecture.groups(&self.of) {
            let inside = |other| group.nodes.binary_search(&other).is_ok();
            let number = self.measure(scene, &group.nodes, inside);
            if number > self.max {
                violations.push(Violation {
                    message: self.message(&format!("`{}`", group.name), number),
                    subject: Some(group.name),
                    places: group.nodes.first().and_then(|node| scene.start_of(*node)).into_iter().collect(),
                    ..Violation::default()
                });
            }
        }
        violations
    }

    /// The number for `nodes`, of which `inside` says whether another node is one.
    fn measure(&self, scene: &Scene<'_>, nodes: &[NodeId], inside: impl Fn(NodeId) -> bool) -> u64 {
        let graph = scene.architecture.graph;
        let modules = || nodes.iter().filter_map(|node| scene.architecture.module(*node));
        let outside = |node: &NodeId| !inside(*node) && scene.architecture.module(*node).is_some();
        let distinct = |ends: &mut dyn Iterator<Item = NodeId>| {
            ends.filter(outside).collect::<BTreeSet<NodeId>>().len() as u64
        };
        match self.metric {
            Metric::Lines => modules().map(|m| u64::from(m.lines)).sum(),
            Metric::Items => modules().map(|m| u64::from(m.items)).sum(),
            Metric::Modules => modules().count() as u64,
            Metric::FanOut => {
                let edges = nodes.iter().flat_map(|node| graph.outgoing(*node));
                distinct(&mut edges.map(|edge| graph.edges[edge].to))
            }
            Metric::FanIn => {
                let edges = nodes.iter().flat_map(|node| scene.judged.edges_into(graph, *node));
                distinct(&mut edges.map(|(from, _)| from))
            }
        }
    }

    fn message(&self, what: &str, number: u64) -> String {
        let max = self.max;
        match self.metric {
            Metric::Lines => format!("{what} has {number} lines; the budget is {max}"),
            Metric::Items => format!("{what} has {number} items; the budget is {max}"),
            Metric::Modules => format!("{what} has {number} modules; the budget is {max}"),
            Metric::FanIn => format!("{number} modules depend on {what}; the budget is {max}"),
            Metric::FanOut => format!("{what} depends on {number} modules; the budget is {max}"),
        }
    }
}
