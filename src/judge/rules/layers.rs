//! `[[layers]]`: dependencies run downward only.

use std::collections::BTreeSet;

use super::{
    Kind, OrderedLayer, Origin, Reads, Rule, Scene,
    advice::{Advice, Topic, bound, listed, spelled},
    is_alive,
    judge::Dependency,
    violation::Violation,
};
use crate::{
    base::{
        codes,
        diagnostic::Diagnostic,
        pattern::{Matcher, PathPattern, Segment, Selector, Targets, Term},
        place::Located,
        suggest,
    },
    graph::{NodeId, NodeSet, package::TargetKind},
    judge::{
        architecture::{Architecture, selection::Selection},
        config::{
            Config,
            fields::Fields,
            key::{Holds, Key},
        },
    },
};

/// The definition of the kind.
pub const KIND: Kind = Kind {
    name: "layers",
    summary: "dependencies run from higher layers to lower ones only",
    docs: "\
`order` lists the layers, the highest first. An entry is the name of a layer that components
declare, or a selector; an inner list contains sibling layers, which may not depend on each other. A
module of a layer may depend on its own layer and on lower ones; with `strict`, only on its own and
on the next lower one. A module that several entries select belongs to the first of them.

With `within`, the layers repeat inside each container: entries are paths relative to the container,
and dependencies between two containers are not checked. A container is a path that may capture:
`shop::{ctx}`.

Every entry must select something, except those that `optional` lists. With `exhaustive`, every
module of a library or binary must be in a layer (with `within`, every such module inside a
container); ancestors of modules that are in a layer are exempt.",
    example: include_str!("../../../rules/layers.toml"),
    keys: &[
        Key::required("order", Holds::Nested("layers or lists of siblings"), "the layers, the highest first"),
        Key::new(
            "strict",
            Holds::Flag,
            "whether a layer may depend only on the next lower one; default: false",
        ),
        Key::new(
            "within",
            Holds::Selectors,
            "the containers in which the layers repeat; default: the layers apply once",
        ),
        Key::new("exhaustive", Holds::Flag, "whether every module must be in a layer; default: false"),
    ],
    origin: Origin::Table(read),
};

/// The options of one rule.
#[derive(Debug)]
struct Layers {
    /// The layers, the highest first; siblings share a rank.
    layers: Vec<Layer>,
    strict: bool,
    within: Option<Selector>,
    exhaustive: bool,
}

#[derive(Debug)]
struct Layer {
    name: String,
    rank: usize,
    selector: Selector,
}

fn read(fields: &mut Fields<'_>, config: &Config) -> Option<Box<dyn Rule>> {
    let within = fields.selector("within");
    let containers_are_fine = within.iter().all(|w| check_containers(fields, w));
    let order = fields.nested_strings("order")?;
    check_names(fields, &order);
    let strict = fields.flag("strict").unwrap_or(false);
    let exhaustive = fields.flag("exhaustive").unwrap_or(false);
    let ranked = order.iter().enumerate().flat_map(|(rank, names)| names.iter().map(move |n| (rank, n)));
    let layers: Vec<Option<Layer>> = ranked
        .map(|(rank, name)| {
            let selector = select(fields, name, within.as_ref(), config)?;
            let plain = name.value.strip_prefix("layer:").unwrap_or(&name.value);
            Some(Layer { name: plain.to_owned(), rank, selector })
        })
        .collect();
    let layers = layers.into_iter().collect::<Option<Vec<Layer>>>()?;
    let rule = Layers { layers, strict, within, exhaustive };
    containers_are_fine.then(|| Box::new(rule) as Box<dyn Rule>)
}

/// Reports containers with `*`. Containers are distinguished by their captures, so `*` would merge
/// them all into one.
fn check_containers(fields: &mut Fields<'_>, within: &Selector) -> bool {
    let is_container = |term: &Term| match &term.matcher {
        Matcher::Path(path) => path.segments.iter().all(|s| !matches!(s, Segment::Deep | Segment::Glob(_))),
        _ => false,
    };
    let fine = within.terms.iter().all(|t| t.exclude || is_container(t));
    if !fine {
        let error = Diagnostic::error(codes::LAYERS_WITHIN, "a container is a path without `*`");
        let place = fields.place_of("within");
        fields.error(place.say(error.help("capture the segment that varies, as in `shop::{ctx}`")));
    }
    fine
}

/// Reports an order with a single layer, which cannot be above anything, and names that occur
/// twice.
fn check_names(fields: &mut Fields<'_>, order: &[Vec<Located<String>>]) {
    let names: Vec<&Located<String>> = order.iter().flatten().collect();
    if names.len() == 1 {
        let error = Diagnostic::error(codes::LAYERS_ORDER, "an order needs at least two layers");
        let place = names[0].place.clone();
        fields.error(place.say(error));
    }
    fields.reject_empty("order", names.is_empty());
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(&name.value) {
            let error =
                Diagnostic::error(codes::LAYERS_ORDER, format!("the layer `{}` is listed twice", name.value));
            fields.error(name.place.say(error));
        }
    }
}

/// Returns the selector of an entry of the order.
fn select(
    fields: &mut Fields<'_>,
    name: &Located<String>,
    within: Option<&Selector>,
    config: &Config,
) -> Option<Selector> {
    let declared: Vec<&str> = config.components.iter().filter_map(|c| c.layer.as_deref()).collect();
    let is_plain = |term: &Term| matches!(&term.matcher, Matcher::Path(path) if path.segments.len() == 1);
    if within.is_none() && declared.contains(&name.value.as_str()) {
        let matcher = Matcher::Layer(Segment::Literal(name.value.clone()));
        let (text, place) = (format!("layer:{}", name.value), name.place.clone());
        let optional = fields.is_optional(&name.value, &place.file);
        let term = Term { text, exclude: false, matcher, place, optional };
        return Some(Selector { terms: vec![term] });
    }
    let term = fields.term_of(name)?;
    if within.is_none()
        && !term.optional
        && is_plain(&term)
        && suggest::closest(&name.value, declared.iter().copied()).is_some()
    {
        let error = super::unknown("layer", &name.value, declared)?;
        fields.error(name.place.say(error));
        return None;
    }
    match within {
        None => Some(Selector { terms: vec![term] }),
        Some(within) => inside(fields, &term, within, name),
    }
}

/// Returns the selector of the entry `term` inside each container.
fn inside(
    fields: &mut Fields<'_>,
    term: &Term,
    within: &Selector,
    name: &Located<String>,
) -> Option<Selector> {
    let relative = match &term.matcher {
        Matcher::Path(path) if !term.exclude && path.targets == Targets::LibrariesAndBinaries => path,
        _ => {
            let error =
                Diagnostic::error(codes::LAYERS_WITHIN, "a layer in a container is a path relative to it");
            fields.error(name.place.say(error));
            return None;
        }
    };
    let join = |container: &Term| match &container.matcher {
        Matcher::Path(path) if !container.exclude => Term {
            text: format!(
                "{}::{}",
                container.text.trim_start_matches('='),
                name.value.trim_start_matches('=')
            ),
            matcher: Matcher::Path(PathPattern {
                targets: path.targets,
                exact: relative.exact,
                segments: path.segments.iter().chain(&relative.segments).cloned().collect(),
            }),
            exclude: false,
            place: term.place.clone(),
            optional: term.optional,
        },
        _ => container.clone(),
    };
    Some(Selector { terms: within.terms.iter().map(join).collect() })
}

impl Rule for Layers {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        let layers = self.layers.iter().map(|l| ("order", &l.selector));
        layers.chain(self.within.iter().map(|w| ("within", w))).collect()
    }

    /// Returns whether at least two layers exist: a single layer cannot be above anything.
    fn applies(&self, architecture: &Architecture<'_>) -> bool {
        let alive = |layer: &&Layer| is_alive(&layer.selector, architecture);
        let present = self.layers.iter().filter(alive).count();
        present > 1 && self.within.iter().all(|within| is_alive(within, architecture))
    }

    fn layers(&self) -> Vec<OrderedLayer<'_>> {
        let layers = self.layers.iter();
        layers.map(|l| OrderedLayer { name: &l.name, rank: l.rank, selector: &l.selector }).collect()
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let selections = self.selections(scene);
        let mut placed = NodeSet::empty(scene.architecture.graph.nodes.len());
        selections.iter().for_each(|s| placed.unite(&s.nodes));
        let dependencies = placed.iter().flat_map(|node| scene.judged.of(node));
        let within = |_: &&Dependency| scene.work.spend(1 + selections.len() / 4);
        let inside = dependencies.filter(|d| placed.contains(d.to)).take_while(within);
        let broken = inside.filter_map(|d| {
            let (from, to) = self.pair(d, &selections)?;
            Some(scene.dependency(d, self.complaint(scene, d, from, to)?))
        });
        let mut violations: Vec<Violation> = broken.collect();
        if scene.work.is_exceeded() {
            return vec![Violation::unfinished(
                "the layers are too many to compare each dependency with them",
            )];
        }
        if self.exhaustive {
            violations.extend(self.unplaced(scene, &placed));
        }
        violations
    }

    fn closes(&self, scene: &Scene<'_>, from: NodeId) -> NodeSet {
        let selections = self.selections(scene);
        let broken = |d: &Dependency| {
            let (from, to) = self.pair(d, &selections)?;
            self.complaint(scene, d, from, to)
        };
        scene.targets(from, |d| broken(d).is_some())
    }

    fn says(&self) -> String {
        let ranks = self.layers.chunk_by(|a, b| a.rank == b.rank);
        let order: Vec<String> = ranks.map(|rank| listed(rank.iter().map(|l| l.name.as_str()))).collect();
        let only = if self.strict { ", each only on the next" } else { "" };
        let within = self.within.iter().map(|w| format!(", within {}", spelled(w))).collect::<String>();
        format!("dependencies run downward only{only}: {}{within}", order.join(" over "))
    }

    fn advise(&self, scene: &Scene<'_>, nodes: &[NodeId]) -> Vec<Advice> {
        let selections = self.selections(scene);
        let mut advice = Vec::new();
        for &node in nodes {
            // A module that several layers select belongs to the first of them.
            let own = selections.iter().zip(&self.layers).find(|(s, _)| s.contains(node));
            if let Some((selection, layer)) = own {
                let place = bound(scene.architecture, selection, node);
                advice.extend(self.advice_for(layer, &place, node));
            }
        }
        advice
    }
}

impl Layers {
    fn selections(&self, scene: &Scene<'_>) -> Vec<Selection> {
        self.layers.iter().map(|l| scene.architecture.select(&l.selector)).collect()
    }

    /// Lists the names of the layers for which `keep` returns `true`.
    fn names(&self, keep: impl Fn(&Layer) -> bool) -> String {
        listed(self.layers.iter().filter(|l| keep(l)).map(|l| l.name.as_str()))
    }

    /// Returns the advice for a module of `own`: the allowed and forbidden dependencies, and the
    /// allowed users.
    fn advice_for(&self, own: &Layer, place: &str, node: NodeId) -> Vec<Advice> {
        let lowest = if self.strict { own.rank + 1 } else { usize::MAX };
        let below = |l: &Layer| l.rank > own.rank && l.rank <= lowest;
        let above =
            |l: &Layer| l.rank < own.rank && own.rank <= if self.strict { l.rank + 1 } else { usize::MAX };
        let beside = |l: &Layer| l.rank == own.rank && l.name != own.name;
        let name = &own.name;
        let phrases = [
            (Topic::OneRuleAllows, "layers beneath `", "`: ", self.names(below)),
            (Topic::MustNotDependOn, "layers above `", "`: ", self.names(|l| l.rank < own.rank)),
            (Topic::MustNotDependOn, "layers beside `", "`: ", self.names(beside)),
            (
                Topic::MustNotDependOn,
                "layers further down than next to `",
                "`: ",
                self.names(|l| l.rank > lowest),
            ),
            (Topic::UsedBy, "layers above `", "`: ", self.names(above)),
        ];
        let said = phrases.into_iter().filter(|(.., names)| !names.is_empty());
        said.map(|(topic, lead, end, names)| {
            Advice::new(node, topic, format!("{lead}{name}{end}{names}{place}"))
        })
        .collect()
    }

    /// Returns the layers that a dependency connects within one container; the first of them if
    /// several entries match.
    fn pair(&self, d: &Dependency, selections: &[Selection]) -> Option<(&Layer, &Layer)> {
        let above = selections.iter().zip(&self.layers).filter(|(s, _)| s.contains(d.from));
        let pairs = above.flat_map(|from| selections.iter().zip(&self.layers).map(move |to| (from, to)));
        let mut joined = pairs.filter(|((a, _), (b, _))| a.pairs(d.from, b, d.to));
        joined.next().map(|((_, from), (_, to))| (from, to))
    }

    /// Describes the problem of a dependency between two layers, if there is one.
    fn complaint(&self, scene: &Scene<'_>, d: &Dependency, from: &Layer, to: &Layer) -> Option<String> {
        let ends = format!("{} depends on {}", scene.quoted(d.from), scene.quoted(d.to));
        let (a, b) = (&from.name, &to.name);
        if a == b {
            None
        } else if from.rank == to.rank {
            Some(format!("{ends}, but the layers `{a}` and `{b}` are independent"))
        } else if from.rank > to.rank {
            Some(format!("{ends}, but the layer `{a}` is below `{b}`"))
        } else if self.strict && to.rank > from.rank + 1 {
            Some(format!("{ends}, but `{b}` is not the next layer below `{a}`"))
        } else {
            None
        }
    }

    /// Returns a violation for each topmost module that should be in a layer but is not, and has no
    /// descendant in one.
    fn unplaced(&self, scene: &Scene<'_>, placed: &NodeSet) -> Vec<Violation> {
        let graph = scene.architecture.graph;
        let parent = |node: NodeId| scene.architecture.module(node).and_then(|m| m.parent);
        let within = self.within.as_ref().map(|w| scene.architecture.select(w));
        let mut fine = placed.clone();
        // Children follow their parents.
        for node in graph.nodes.indices().rev() {
            if let Some(above) = parent(node).filter(|_| fine.contains(node)) {
                fine.insert(above);
            }
        }
        let counts = |node: NodeId| {
            let code = |kind| matches!(kind, TargetKind::Lib | TargetKind::ProcMacro | TargetKind::Bin);
            let module = scene.architecture.module(node);
            module.is_some_and(|m| !m.test && code(m.target))
                && within.as_ref().is_none_or(|w| w.contains(node))
        };
        let lost =
            |node: NodeId| counts(node) && !fine.contains(node) && !in_layer_above(scene, placed, node);
        let top = |node: &NodeId| lost(*node) && !parent(*node).is_some_and(lost);
        graph.nodes.indices().filter(top).map(|node| unplaced(scene, node)).collect()
    }
}

/// Returns whether an ancestor of `node` is in a layer. An entry with `=` selects the ancestor
/// without its descendants.
fn in_layer_above(scene: &Scene<'_>, placed: &NodeSet, node: NodeId) -> bool {
    let mut at = scene.architecture.module(node).and_then(|m| m.parent);
    while let Some(above) = at {
        if placed.contains(above) {
            return true;
        }
        at = scene.architecture.module(above).and_then(|m| m.parent);
    }
    false
}

fn unplaced(scene: &Scene<'_>, node: NodeId) -> Violation {
    Violation {
        message: format!("{} is in no layer", scene.quoted(node)),
        from: Some(node),
        places: scene.start_of(node).into_iter().collect(),
        ..Violation::default()
    }
}
