//! A guide: the consequences of all rules of a setup for some modules, by topic.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Setup, Subject, on_scene};
use crate::{
    base::diagnostic::Diagnostic,
    graph::NodeId,
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
    let rules: Vec<&ActiveRule> = rules.iter().filter(|rule| rule.rule.applies(scene.architecture)).collect();
    let pairs: Vec<(&ActiveRule, NodeId)> =
        rules.iter().flat_map(|rule| nodes.iter().map(move |node| (*rule, *node))).collect();
    let closes = |(rule, node): &(&ActiveRule, NodeId)| rule.rule.closes(scene, *node);
    let closed = pairs.par_iter().map(closes).reduce(
        || scene.none(),
        |mut all, more| {
            all.unite(&more);
            all
        },
    );
    let all = scene.architecture.graph.nodes.indices();
    all.filter(|node| !closed.contains(*node) && nodes != [*node]).collect()
}
