//! `[[budget]]`: a number stays under its ceiling.

use super::{
    Kind, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, spelled},
    violation::{Ratchet, Violation},
};
use crate::{
    base::{
        codes,
        diagnostic::Diagnostic,
        pattern::Selector,
        place::{Located, Place},
    },
    graph::{NodeId, NodeSet},
    judge::{
        architecture::Granularity,
        config::{
            Config,
            fields::Fields,
            key::{Holds, Key, names},
        },
        metrics::{Metric, Value, WHOLE, catalog},
    },
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "budget",
    summary: "a metric does not exceed its budget",
    docs: "\
Measures each module that `of` selects; with `per = \"group\"`, each match together with all modules
beneath it (`shop::*`: each child of `shop`; `component:*`: each component); with `per = \"whole\"`,
all of them as one. It reports each value above `max`. A value that does not exist, such as an
abstractness where there are no types, is within every budget.

The metrics are those of `archlint metrics`, and `archlint explain METRIC` defines each: size
(lines, items, functions, modules), complexity of functions (cyclomatic, cognitive, and of the most
complex function cyclomatic-max, cognitive-max), coupling (fan-in, fan-out, instability,
abstractness, distance), structure (ccd, acd, nccd, propagation-cost, core-size, cycles,
largest-cycle, cycle-cuts, depth), and the public surface (public-items, public-used). The `max` of
a metric that is not a count may have a fraction; its values are compared to three decimals, and
recorded in the baseline in thousandths.

With `ratchet`, `archlint baseline` records the values above `max`: such a value may shrink, and
once the baseline is written again it may not grow back. Everything else, such as a new module, must
keep to `max`. Without a `max`, every value is recorded, and a value that is not recorded is a
finding until `archlint baseline --accept-new` records it.",
    example: include_str!("../../../rules/budget.toml"),
    keys: &[
        Key::required("metric", Holds::OneOf(catalog::names), "the number"),
        Key::required("of", Holds::Selectors, "the modules to measure"),
        Key::new(
            "per",
            Holds::OneOf(|| names(PER)),
            "the unit of measurement: each module, each match of `of`, or all as one; default: module",
        ),
        Key::new(
            "max",
            Holds::Number,
            "the largest permitted value; with `ratchet`, for values that are not in the baseline",
        ),
        Key::new(
            "ratchet",
            Holds::Flag,
            "whether values above `max` are limited by the baseline; default: false",
        ),
    ],
    origin: Origin::Table(read),
};

/// The options of one rule.
#[derive(Debug)]
struct Budget {
    metric: Metric,
    of: Selector,
    per: Per,
    /// The ceiling in the units of [`Value::extent`]; required unless there is a ratchet.
    max: Option<u64>,
    ratchet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Per {
    Module,
    Group,
    Whole,
}

const PER: &[(&str, Per)] = &[("module", Per::Module), ("group", Per::Group), ("whole", Per::Whole)];

fn read(fields: &mut Fields<'_>, _: &Config) -> Option<Box<dyn Rule>> {
    let ratchet = fields.flag("ratchet").unwrap_or(false);
    if !ratchet && !fields.has("max") {
        fields.missing("max");
    }
    let metrics: Vec<(&str, Metric)> = Metric::ALL.iter().map(|metric| (metric.name(), *metric)).collect();
    let metric = fields.one_of("metric", &metrics);
    let of = fields.selector("of");
    let per = fields.one_of("per", PER).unwrap_or(Per::Module);
    let number = fields.number("max");
    let max = metric.zip(number).and_then(|(metric, number)| ceiling(fields, metric, &number));
    let (metric, of) = (metric?, of?);
    if !exists(metric, per) {
        let error = nowhere(metric, per);
        fields.mistake("metric", error);
        return None;
    }
    (ratchet || max.is_some()).then_some(Box::new(Budget { metric, of, per, max, ratchet }))
}

/// Returns a ceiling in the units of [`Value::extent`]. The ceiling of a count must be a whole
/// number.
fn ceiling(fields: &mut Fields<'_>, metric: Metric, max: &Located<f64>) -> Option<u64> {
    if !metric.entry().unit.is_count() {
        return Some(Value::Real(max.value).extent());
    }
    if max.value.fract() != 0.0 {
        let error = Diagnostic::error(
            codes::WRONG_TYPE,
            format!("`{}` is a count, so `max` is a whole number", metric.name()),
        );
        fields.mistake("max", error);
        return None;
    }
    Some(max.value as u64)
}

fn exists(metric: Metric, per: Per) -> bool {
    match per {
        Per::Module => metric.exists_at(Some(Granularity::Module)),
        Per::Group | Per::Whole => metric.exists_at(Some(Granularity::Component)),
    }
}

/// Returns the error for a metric that does not exist at the requested level.
fn nowhere(metric: Metric, per: Per) -> Diagnostic {
    let name = metric.name();
    match per {
        Per::Module => Diagnostic::error(
            codes::UNKNOWN_VALUE,
            format!("`{name}` is not defined for a single module"),
        )
        .help("add `per = \"group\"` for each thing that `of` matches, or `per = \"whole\"` for all of it"),
        Per::Group | Per::Whole => {
            Diagnostic::error(codes::UNKNOWN_VALUE, format!("`{name}` is defined for single modules only"))
                .help("remove `per`")
        }
    }
}

impl Rule for Budget {
    fn reads(&self) -> Reads {
        Reads { line_counts: self.metric.entry().counts_lines, ..Reads::GRAPH }
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("of", &self.of)]
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        self.measured(scene).iter().filter_map(|measured| self.judge(scene, measured)).collect()
    }

    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> NodeSet {
        let counts_dependencies = matches!(self.metric, Metric::FanIn | Metric::FanOut);
        let Some(max) = self.max.filter(|_| counts_dependencies) else { return scene.none() };
        let mut closed = scene.none();
        for part in self.measured(scene).iter().filter(|part| part.value.extent() >= max) {
            closed.unite(&self.would_grow(scene, part, from));
        }
        closed
    }

    fn says(&self) -> String {
        let each = match self.per {
            Per::Module => "each module of ",
            Per::Group => "each of ",
            Per::Whole => "all of ",
        };
        format!("{} of {each}{} {}", self.metric.name(), spelled(&self.of), self.limit())
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let mut advice = Vec::new();
        for measured in self.measured(scene) {
            let own = nodes.iter().filter(|node| measured.nodes.binary_search(node).is_ok());
            let of = measured.name.as_ref().map(|name| format!(" of `{name}`")).unwrap_or_default();
            let text = format!("{}{of} {}, {}", self.metric.name(), measured.value, self.limit());
            advice.extend(own.map(|node| Advice::new(*node, Topic::Limit, text.as_str())));
        }
        advice
    }
}

/// A measured part and its value.
struct Measured {
    /// The name of a group; `None` for a module, which is identified by its id.
    name: Option<String>,
    /// The modules, ascending.
    nodes: Vec<NodeId>,
    value: Value,
    /// The function with the value, for a maximum over functions, as an index into the graph's
    /// functions.
    worst: Option<u32>,
}

impl Budget {
    /// Returns the nodes on which another dependency of `from` would increase the value of `part`,
    /// for metrics that count dependencies.
    fn would_grow(&self, scene: &Scene<'_>, part: &Measured, from: NodeId) -> NodeSet {
        let graph = scene.architecture.graph;
        let inside = |node: NodeId| part.nodes.binary_search(&node).is_ok();
        let has = |from: NodeId, to: NodeId| graph.edge(from, to).is_some();
        let counts = |node| scene.metrics.counts(node);
        match self.metric {
            Metric::FanOut if inside(from) => scene.targets(from, |d| {
                counts(d.to) && !inside(d.to) && !part.nodes.iter().any(|node| has(*node, d.to))
            }),
            Metric::FanIn if counts(from) && !inside(from) => {
                let is_user = part.nodes.iter().any(|node| has(from, *node));
                scene.targets(from, |d| !is_user && inside(d.to))
            }
            _ => scene.none(),
        }
    }

    /// Measures every part that has the metric.
    fn measured(&self, scene: &Scene<'_>) -> Vec<Measured> {
        let parts = match self.per {
            Per::Module => self.modules(scene).into_iter().map(|node| (None, vec![node])).collect(),
            Per::Group => self.groups(scene),
            Per::Whole => vec![(Some(spelled_plainly(&self.of)), self.modules(scene))],
        };
        let measured = parts.into_iter().filter(|(_, nodes)| !nodes.is_empty());
        measured.filter_map(|(name, nodes)| self.measure(scene, name, nodes)).collect()
    }

    fn measure(&self, scene: &Scene<'_>, name: Option<String>, nodes: Vec<NodeId>) -> Option<Measured> {
        let view = scene.metrics.view(self.level(scene, &nodes), &nodes);
        let value = self.metric.of(&view)?;
        Some(Measured { name, nodes, value, worst: self.metric.worst(&view) })
    }

    /// Returns the level of `nodes`: all modules form the workspace, and fewer form a part that has
    /// modules outside.
    fn level(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Option<Granularity> {
        let is_all = nodes.len() == scene.metrics.modules().count();
        match self.per {
            Per::Module => Some(Granularity::Module),
            Per::Whole if is_all && self.metric.exists_at(WHOLE) => WHOLE,
            Per::Group | Per::Whole => Some(Granularity::Component),
        }
    }

    fn modules(&self, scene: &Scene<'_>) -> Vec<NodeId> {
        let selected = scene.architecture.select(&self.of);
        selected.iter().filter(|node| scene.metrics.counts(*node)).collect()
    }

    fn groups(&self, scene: &Scene<'_>) -> Vec<(Option<String>, Vec<NodeId>)> {
        let groups = scene.architecture.groups(&self.of).into_iter();
        let is_module = |node: &NodeId| scene.metrics.counts(*node);
        groups.map(|group| (Some(group.name), group.nodes.into_iter().filter(is_module).collect())).collect()
    }

    /// Returns the violation of a measured part, if any. With a ratchet, every value other than
    /// zero is a violation at first, because the baseline decides whether the value is too high.
    fn judge(&self, scene: &Scene<'_>, measured: &Measured) -> Option<Violation> {
        let number = measured.value.extent();
        let said = self.message(scene, measured);
        let (message, ratchet) = match (self.ratchet, self.max) {
            (true, max) => (said, (number > 0).then_some(Ratchet { ceiling: max })),
            (false, max) => (format!("{said}; the budget is {}", self.written(max.unwrap_or(0))), None),
        };
        let is_over = ratchet.is_some() || (!self.ratchet && self.max.is_some_and(|max| number > max));
        is_over.then(|| Violation {
            message,
            ratchet,
            extent: Some(number),
            thousandths: !self.metric.entry().unit.is_count(),
            from: measured.nodes.first().copied().filter(|_| measured.name.is_none()),
            subject: measured.name.clone(),
            places: self.place(scene, measured).into_iter().collect(),
            ..Violation::default()
        })
    }

    /// Returns the place of a violation: the function with the value, or else the start of the
    /// first module.
    fn place(&self, scene: &Scene<'_>, measured: &Measured) -> Option<Place> {
        let graph = scene.architecture.graph;
        let function = measured.worst.map(|at| &graph.functions[at as usize]);
        let place = function.map(|f| Place { file: graph.files[f.file].as_str().into(), span: f.start() });
        place.or_else(|| scene.start_of(*measured.nodes.first()?))
    }

    fn message(&self, scene: &Scene<'_>, measured: &Measured) -> String {
        let what = match &measured.name {
            Some(name) => format!("`{name}`"),
            None => scene.quoted(measured.nodes[0]),
        };
        let (name, value) = (self.metric.name(), measured.value);
        let function =
            || measured.worst.map_or(String::new(), |at| scene.architecture.graph.spell_function(at));
        match self.metric {
            Metric::Lines | Metric::Items | Metric::Functions | Metric::Modules => {
                format!("{what} has {value} {name}")
            }
            Metric::FanIn => format!("{value} modules depend on {what}"),
            Metric::FanOut => format!("{what} depends on {value} modules"),
            Metric::CyclomaticMax => {
                format!("`{}` in {what} has a cyclomatic complexity of {value}", function())
            }
            Metric::CognitiveMax => {
                format!("`{}` in {what} has a cognitive complexity of {value}", function())
            }
            _ => format!("{name} of {what} is {value}"),
        }
    }

    /// Describes the ceiling.
    fn limit(&self) -> String {
        match (self.max.map(|max| self.written(max)), self.ratchet) {
            (Some(max), false) => format!("at most {max}"),
            (Some(max), true) => format!("at most {max}, or the value in the baseline if it is larger"),
            (None, _) => "at most the value in the baseline".to_owned(),
        }
    }

    /// Converts an extent back to a value of the metric.
    fn written(&self, extent: u64) -> Value {
        if self.metric.entry().unit.is_count() {
            Value::Count(extent)
        } else {
            Value::Real(extent as f64 / 1000.0)
        }
    }
}

/// Returns the terms of a selector as written, as the name of everything that it selects.
fn spelled_plainly(selector: &Selector) -> String {
    selector.terms.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(", ")
}
