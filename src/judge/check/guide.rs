//! What the rules of a setup mean for some modules: all their advice, by topic.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Setup, Subject, on_scene};
use crate::{
    base::diagnostic::Diagnostic,
    graph::NodeId,
    judge::rules::advice::{Advice, Topic},
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

/// What the rules of `setup` mean for `nodes` of `subject`, by topic, then in the order of the rules. Advice that several
/// modules share is given once. Diagnostics as those of [`super::run`].
pub fn guide(subject: Subject<'_>, setup: &Setup, nodes: &[NodeId]) -> (Vec<Guidance>, Vec<Diagnostic>) {
    on_scene(subject, setup, |scene| {
        let advise = |rule: &crate::judge::rules::ActiveRule| rule.rule.advise(scene, nodes);
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
        shared.into_iter().map(guidance).collect()
    })
}
