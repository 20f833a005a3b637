//! A guide: the consequences of all rules of a setup for some modules, by topic.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Setup, Subject, on_scene};
use crate::{
    base::diagnostic::{Diagnostic, Severity},
    graph::{NodeId, NodeSet},
    judge::rules::{
        ActiveRule, Scene,
        advice::{Advice, Topic},
    },
};

/// The consequence of one rule for some modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guidance {
    /// The topic.
    pub topic: Topic,
    /// The index of the rule in [`Setup::rules`].
    pub rule: usize,
    /// The text.
    pub text: String,
    /// The modules concerned, ascending.
    pub nodes: Vec<NodeId>,
}

/// The consequences of all rules for some modules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guide {
    /// The advice of each rule.
    pub guidance: Vec<Guidance>,
    /// The nodes on which each of the modules may depend without a new finding of any rule,
    /// ascending; none if some rules were not considered.
    pub open: Vec<NodeId>,
    /// The number of rules that were not considered, as a check does not check them, either.
    pub unchecked: usize,
}

/// Returns the consequences of the rules of `setup` for `nodes` of `subject`, by topic, then in the
/// order of the rules. Advice that several modules share is listed once. The diagnostics are those
/// of [`super::run`].
pub fn guide(subject: Subject<'_>, setup: &Setup, nodes: &[NodeId]) -> (Guide, Vec<Diagnostic>) {
    on_scene(subject, setup, |scene| {
        let rules = scene.rules;
        let unchecked = setup.rules.len() - rules.len();
        let open = if unchecked == 0 { open(scene, rules, nodes) } else { Vec::new() };
        let advise = |rule: &ActiveRule| rule.rule.advise(scene, nodes);
        let all: Vec<Vec<Advice>> = rules.par_iter().map(advise).collect();
        let mut shared: BTreeMap<(Topic, usize, String), Vec<NodeId>> = BTreeMap::new();
        for (rule, advice) in all.into_iter().enumerate() {
            for Advice { topic, text, node } in advice {
                shared.entry((topic, rule, text)).or_default().push(node);
            }
        }
        let guidance = |((topic, rule, text), mut nodes): (_, Vec<NodeId>)| {
            nodes.sort_unstable();
            nodes.dedup();
            Guidance { topic, rule, text, nodes }
        };
        // A search that ended early does not know all that a dependency would break.
        let unchecked = if scene.work.is_exceeded() { unchecked.max(1) } else { unchecked };
        let open = if unchecked == 0 { open } else { Vec::new() };
        Guide { guidance: shared.into_iter().map(guidance).collect(), open, unchecked }
    })
}

fn open(scene: &Scene<'_>, rules: &[ActiveRule], nodes: &[NodeId]) -> Vec<NodeId> {
    let closed = unite(scene, rules.par_iter().map(|rule| closed(scene, rule, nodes)));
    let all = scene.architecture.graph.nodes.indices();
    all.filter(|node| !closed.contains(*node) && nodes != [*node]).collect()
}

/// The number of nodes and edges of the graph that a rule looks at in one step, to find what is closed
/// to a module.
const CLOSED_PER_STEP: usize = 32;

/// Returns the nodes on which `rule` does not let all of `nodes` depend.
fn closed(scene: &Scene<'_>, rule: &ActiveRule, nodes: &[NodeId]) -> NodeSet {
    if !rule.rule.applies(scene.architecture) {
        return scene.none();
    }
    let graph = scene.architecture.graph;
    let steps = (graph.nodes.len() + graph.edges.len()) / CLOSED_PER_STEP;
    let closes = |node: &NodeId| match scene.work.spend(steps) {
        true => rule.rule.closes(scene, *node),
        false => scene.none(), // the guide says that it is not complete
    };
    unite(scene, nodes.par_iter().map(closes))
}

fn unite(scene: &Scene<'_>, sets: impl ParallelIterator<Item = NodeSet>) -> NodeSet {
    sets.reduce(
        || scene.none(),
        |mut all, more| {
            all.unite(&more);
            all
        },
    )
}

/// The answer to the question of whether some modules may depend on some nodes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The rules that forbid it, in their order.
    pub denials: Vec<Denial>,
    /// The nodes on which each of the modules may depend without a new finding of severity error,
    /// ascending, whether or not the question was about them.
    pub open: Vec<NodeId>,
    /// The number of rules that were not considered, as a check does not check them, either. With
    /// any, the answer is not known.
    pub unchecked: usize,
}

/// A rule that a dependency would break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// The index of the rule in [`Setup::rules`].
    pub rule: usize,
    /// The advice of the rule about what the modules may depend on and what not, without repetitions.
    pub advice: Vec<String>,
    /// The nodes of the question on which one of the modules must not depend, ascending.
    pub to: Vec<NodeId>,
}

/// Returns the advice of a rule about the dependencies of `nodes`.
fn dependencies(scene: &Scene<'_>, rule: &ActiveRule, nodes: &[NodeId]) -> Vec<String> {
    let advice = rule.rule.advise(scene, nodes).into_iter();
    let about = advice.filter(|a| matches!(a.topic, Topic::OneRuleAllows | Topic::MustNotDependOn));
    let texts: BTreeSet<(Topic, String)> = about.map(|advice| (advice.topic, advice.text)).collect();
    let lead = |topic| {
        if topic == Topic::OneRuleAllows { "depends, by this rule alone, on " } else { "must not depend on " }
    };
    texts.into_iter().map(|(topic, text)| format!("{}{text}", lead(topic))).collect()
}

/// Returns whether `from`, which are modules, may depend on `to` according to the rules of `setup`:
/// whether a dependency of one of them on one of those would cause a new finding. The diagnostics
/// are those of [`super::run`].
pub fn may_depend(
    subject: Subject<'_>,
    setup: &Setup,
    from: &[NodeId],
    to: &[NodeId],
) -> (Answer, Vec<Diagnostic>) {
    on_scene(subject, setup, |scene| {
        let closed_by = |rule: &ActiveRule| closed(scene, rule, from);
        let of_rules: Vec<NodeSet> = scene.rules.par_iter().map(closed_by).collect();
        let (mut denials, mut closed) = (Vec::new(), scene.none());
        for (rule, of_rule) in of_rules.iter().enumerate() {
            let denied = to.iter().copied().filter(|node| of_rule.contains(*node) && from != [*node]);
            let to: Vec<NodeId> = denied.collect();
            if !to.is_empty() {
                denials.push(Denial { rule, advice: dependencies(scene, &scene.rules[rule], from), to });
            }
            if scene.rules[rule].severity == Severity::Error {
                closed.unite(of_rule);
            }
        }
        let all = scene.architecture.graph.nodes.indices();
        let open = all.filter(|node| !closed.contains(*node) && from != [*node]).collect();
        let unchecked = setup.rules.len() - scene.rules.len();
        // A search that ended early does not know all that a dependency would break.
        let unchecked = if scene.work.is_exceeded() { unchecked.max(1) } else { unchecked };
        Answer { denials, open, unchecked }
    })
}
