//! What the rules of a setup mean for some modules: all their advice, by topic.

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

/// What one rule means for some modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guidance {
    /// What it is about.
    pub topic: Topic,
    /// The rule, by its place in [`Setup::rules`].
    pub rule: usize,
    /// In words.
    pub text: String,
    /// For which of the modules, ascending.
    pub nodes: Vec<NodeId>,
}

/// What the rules mean for some modules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guide {
    /// What each rule says.
    pub guidance: Vec<Guidance>,
    /// All on which each of the modules may depend, ascending: by no rule would a new dependency be a finding.
    pub open: Vec<NodeId>,
}

/// What the rules of `setup` mean for `nodes` of `subject`, by topic, then in the order of the rules. Advice that several
/// modules share is given once. Diagnostics as those of [`super::run`].
pub fn guide(subject: Subject<'_>, setup: &Setup, nodes: &[NodeId]) -> (Guide, Vec<Diagnostic>) {
    on_scene(subject, setup, |scene| {
        let open = open(scene, setup, nodes);
        let advise = |rule: &ActiveRule| rule.rule.advise(scene, nodes);
        let all: Vec<Vec<Advice>> = setup.rules.par_iter().map(advise).collect();
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
        Guide { guidance: shared.into_iter().map(guidance).collect(), open }
    })
}

fn open(scene: &Scene<'_>, setup: &Setup, nodes: &[NodeId]) -> Vec<NodeId> {
    let rules: Vec<&ActiveRule> =
        setup.rules.iter().filter(|rule| rule.rule.applies(scene.architecture)).collect();
    let pairs: Vec<(&ActiveRule, NodeId)> =
        rules.iter().flat_map(|rule| nodes.iter().map(move |node| (*rule, *node))).collect();
    let closes = |(rule, node): &(&ActiveRule, NodeId)| rule.rule.closes(scene, *node);
    let closed = pairs.par_iter().map(closes).reduce(
        || scene.none(),
        |mut all, more| {
            all.union_with(&more);
            all
        },
    );
    let all = scene.architecture.graph.nodes.indices();
    all.filter(|node| !closed.contains(node.index()) && nodes != [*node]).collect()
}
