//! References that were looked up and not found: no rule can judge a dependency without a known
//! end.

use std::collections::BTreeMap;

use super::{
    Implied, Kind, Origin, Reads, Rule, Scene,
    advice::Advice,
    violation::{Ratchet, Violation},
};
use crate::{
    base::{diagnostic::Severity, order::Order as _, pattern::Selector, place::Place},
    graph::{NodeId, NodeSet, unresolved::UnresolvedReference},
    judge::config::Config,
};

/// The kind.
pub const KIND: Kind = Kind {
    name: "unresolved",
    summary: "no more references than agreed are looked up and not found",
    docs: "\
A reference that is not found may be a dependency that no rule sees. `unresolved` under `[analysis]` says how serious it is that
there are more of them than `unresolved-max` (left out: 0); where it is left out itself, they are counted in the summary and are no
finding. `archlint baseline` freezes a higher number, which may then shrink and not grow. A waiver takes the references on its
lines out of the count. `archlint graph --unresolved` lists them all by their causes.",
    example: include_str!("../../../rules/unresolved.toml"),
    keys: &[],
    origin: Origin::Implied(imply),
};

fn imply(config: &Config) -> Option<Implied> {
    let (severity, max) = (config.analysis.unresolved.as_ref(), config.analysis.unresolved_max.as_ref());
    let places = [severity.map(|severity| &severity.place), max.map(|max| &max.place)];
    let default = if max.is_some() { Severity::Error } else { Severity::Off };
    Some(Implied {
        severity: severity.map_or(default, |severity| severity.value),
        place: places.into_iter().flatten().next().cloned(),
        rule: Box::new(Unresolved { max: max.map_or(0, |max| max.value) }),
    })
}

#[derive(Debug)]
struct Unresolved {
    /// The number of references that need not be found.
    max: u64,
}

impl Rule for Unresolved {
    fn reads(&self) -> Reads {
        Reads::GRAPH
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        Vec::new()
    }

    fn check(&self, scene: &Scene<'_>) -> Vec<Violation> {
        let count = scene.unresolved.len();
        if count == 0 {
            return Vec::new();
        }
        let place = |of: &UnresolvedReference| Place { file: of.file.as_str().into(), span: of.span };
        let references = if count == 1 { "reference was" } else { "references were" };
        vec![Violation {
            message: format!("{count} {references} not resolved ({})", causes(scene.unresolved)),
            subject: Some("references".to_owned()),
            instead: Some("`archlint graph --unresolved` lists them by their causes".to_owned()),
            places: scene.unresolved.iter().map(place).collect(),
            extent: Some(count as u64),
            ratchet: Some(Ratchet { ceiling: Some(self.max) }),
            ..Violation::default()
        }]
    }

    fn closes(&self, scene: &Scene<'_>, _: NodeId) -> NodeSet {
        scene.none()
    }

    fn says(&self) -> String {
        format!("at most {} references are not resolved", self.max)
    }

    fn advise(&self, _: &Scene<'_>, _: &[NodeId]) -> Vec<Advice> {
        Vec::new()
    }
}

/// Returns the count of each cause, the most frequent first.
fn causes(unresolved: &[UnresolvedReference]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    unresolved.iter().for_each(|of| *counts.entry(of.cause.name()).or_default() += 1);
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.order_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.iter().map(|(name, count)| format!("{name}: {count}")).collect::<Vec<_>>().join(", ")
}
