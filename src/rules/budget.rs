//! `[[budget]]`: a number stays under its ceiling.

use std::collections::BTreeSet;

use super::{
    Kind, Origin, Rule, Scene,
    advice::{Advice, Topic, spelled},
    finding::{Ratchet, Violation},
};
use crate::{
    base::pattern::Selector,
    config::{
        Config,
        fields::Fields,
        key::{Holds, Key, names},
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
defines an item, and in the workspace alone.

With `ratchet`, what `archlint baseline` has frozen for a thing takes the place of `max`: the number may shrink, and once the
baseline is written again it may not grow back. What the baseline does not know, such as a new module, is held to `max`;
without a `max` it is a finding until `archlint baseline --accept-new` has frozen it.",
    example: include_str!("../../rules/budget.toml"),
    keys: &[
        Key::required("metric", Holds::OneOf(|| names(METRICS)), "the number"),
        Key::required("of", Holds::Selectors, "what is measured"),
        Key::new("per", Holds::OneOf(|| names(PER)), "each by itself, or what `of` groups; left out: module"),
        Key::new("max", Holds::Count, "the ceiling, which may be reached; with `ratchet`: of what is new"),
        Key::new("ratchet", Holds::Flag, "never above the baseline; left out: false"),
    ],
    origin: Origin::Table(read),
};

/// The options.
#[derive(Debug)]
struct Budget {
    metric: Metric,
    of: Selector,
    per: Per,
    /// Given unless there is a ratchet.
    max: Option<u64>,
    ratchet: bool,
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

const PER: &[(&str, Per)] = &[("module", Per::Module), ("group", Per::Group)];

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    let ratchet = fields.flag("ratchet").unwrap_or(false);
    if !ratchet && !fields.has("max") {
        fields.missing("max");
    }
    let metric = fields.one_of("metric", METRICS);
    let of = fields.selector("of");
    let per = fields.one_of("per", PER).unwrap_or(Per::Module);
    let max = fields.count("max").map(|max| max.value);
    let is_held = ratchet || max.is_some();
    is_held.then_some(Box::new(Budget { metric: metric?, of: of?, per, max, ratchet }))
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
        format!("{} of {each} {} {}", self.metric_name(), spelled(&self.of), self.ceiling())
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

    /// The ceiling, in words.
    fn ceiling(&self) -> String {
        match (self.max, self.ratchet) {
            (Some(max), false) => format!("at most {max}"),
            (Some(max), true) => format!("at most what the baseline has, or {max} where it has nothing"),
            (None, _) => "at most what the baseline has".to_owned(),
        }
    }

    fn advise_modules(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let selected = scene.architecture.select(&self.of);
        let own = nodes.iter().filter(|node| selected.contains(**node));
        own.map(|node| {
            let number = self.measure(scene, &[*node], |other| other == *node);
            let text = format!("{} {number}, {}", self.metric_name(), self.ceiling());
            Advice::new(*node, Topic::Limit, text)
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
            let text = format!("{} of `{}` {number}, {}", self.metric_name(), group.name, self.ceiling());
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
        let judged = measured.filter_map(|(node, number)| {
            let places = scene.start_of(node).into_iter().collect();
            Some(Violation { places, from: Some(node), ..self.judge(&scene.quoted(node), number)? })
        });
        judged.collect()
    }

    fn groups(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let mut violations = Vec::new();
        for group in scene.architecture.groups(&self.of) {
            let inside = |other| group.nodes.binary_search(&other).is_ok();
            let number = self.measure(scene, &group.nodes, inside);
            if let Some(violation) = self.judge(&format!("`{}`", group.name), number) {
                let start = group.nodes.first().and_then(|node| scene.start_of(*node));
                let places = start.into_iter().collect();
                violations.push(Violation { subject: Some(group.name), places, ..violation });
            }
        }
        violations
    }

    /// What is to be said of a number: with a ratchet, something of each that is not zero, since only the baseline knows
    /// whether it is too high.
    fn judge(&self, what: &str, number: u64) -> Option<Violation> {
        let measured = self.message(what, number);
        let (message, ratchet) = match (self.ratchet, self.max) {
            (true, max) => (measured, (number > 0).then_some(Ratchet { ceiling: max })),
            (false, max) => (format!("{measured}; the budget is {}", max.unwrap_or(0)), None),
        };
        let is_over = ratchet.is_some() || (!self.ratchet && self.max.is_some_and(|max| number > max));
        is_over.then(|| Violation { message, ratchet, extent: Some(number), ..Violation::default() })
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
        match self.metric {
            Metric::Lines => format!("{what} has {number} lines"),
            Metric::Items => format!("{what} has {number} items"),
            Metric::Modules => format!("{what} has {number} modules"),
            Metric::FanIn => format!("{number} modules depend on {what}"),
            Metric::FanOut => format!("{what} depends on {number} modules"),
        }
    }
}
