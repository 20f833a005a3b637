//! Cycles that are new, grew, shrank or are gone.
//!
//! A cycle is a strongly connected component: a set of modules (or components, or crates) in which
//! each reaches every other. A cycle of the head is the continuation of one of the base if they
//! have a common member.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    overview::{self, Coarse},
    shape::Shape,
};
use crate::{
    graph::algorithms::{Arc, Csr, cyclic_components, shortest_cycle},
    judge::architecture::Granularity,
};

/// The changes of cycles; those of components or crates come first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cycles {
    /// The cycles of the head that share no member with a cycle of the base.
    pub new: Vec<Cycle>,
    /// The cycles with members that were in no cycle of the base.
    pub grown: Vec<Cycle>,
    /// The cycles with fewer members than before, and no new ones.
    pub shrunk: Vec<Cycle>,
    /// The cycles of the base with no member that is still in a cycle.
    pub gone: Vec<Cycle>,
}

/// A cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cycle {
    /// The level of the members.
    pub level: Granularity,
    /// All members, sorted.
    pub members: Vec<String>,
    /// A shortest cycle, from its first member back to it.
    pub way: Vec<String>,
    /// The number of added members (or, if the cycle shrank, of removed ones).
    pub by: usize,
}

/// Returns the changes of the cycles from `base` to `head`, which must use the same ids for moved
/// modules.
pub fn between(base: &Shape, head: &Shape) -> Cycles {
    let mut cycles = Cycles::default();
    let coarse = overview::level(base, head);
    let levels: &[Granularity] =
        if coarse == Granularity::Module { &[Granularity::Module] } else { &[coarse, Granularity::Module] };
    for level in levels {
        let (old, new) = (all(base, *level), all(head, *level));
        cycles.compare(old, new);
    }
    cycles
}

/// Returns all cycles of a shape at a level.
pub(super) fn all(shape: &Shape, level: Granularity) -> Vec<Cycle> {
    let Coarse { nodes, edges, naming: _ } = overview::coarse(shape, level);
    let names: Vec<&String> = nodes.iter().collect();
    let number: BTreeMap<&String, u32> = (0u32..).zip(&names).map(|(at, name)| (*name, at)).collect();
    let arcs = edges.keys().zip(0u32..);
    let graph = Csr::new(
        names.len(),
        arcs.map(|((from, to), label)| Arc { from: number[from], to: number[to], label }),
    );
    let name = |at: u32| names[at as usize].clone();
    let cycle = |members: &Vec<u32>| {
        let way = shortest_cycle(&graph, members);
        let first = way.first().map(|arc| name(arc.from));
        let way = way.iter().map(|arc| name(arc.from)).chain(first).collect();
        Cycle { level, members: members.iter().map(|at| name(*at)).collect(), way, by: members.len() }
    };
    cyclic_components(&graph).iter().map(cycle).collect()
}

impl Cycles {
    fn compare(&mut self, old: Vec<Cycle>, new: Vec<Cycle>) {
        let all = |cycles: &[Cycle]| -> BTreeSet<String> {
            cycles.iter().flat_map(|cycle| cycle.members.iter().cloned()).collect()
        };
        let (before, after) = (all(&old), all(&new));
        for cycle in new {
            let fresh = cycle.members.iter().filter(|member| !before.contains(*member)).count();
            let kin: BTreeSet<&String> =
                old.iter().filter(|o| o.meets(&cycle)).flat_map(|o| &o.members).collect();
            if kin.is_empty() {
                self.new.push(cycle);
            } else if fresh > 0 {
                self.grown.push(Cycle { by: fresh, ..cycle });
            } else if cycle.members.len() < kin.len() {
                let by = kin.len() - cycle.members.len();
                self.shrunk.push(Cycle { by, ..cycle });
            }
        }
        self.gone.extend(old.into_iter().filter(|cycle| cycle.members.iter().all(|m| !after.contains(m))));
    }

    /// Returns whether there are no changes.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.grown.is_empty() && self.shrunk.is_empty() && self.gone.is_empty()
    }
}

impl Cycle {
    fn meets(&self, other: &Self) -> bool {
        self.members.iter().any(|member| other.members.binary_search(member).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::drift::shape::{Edge, Node};

    fn shape(edges: &[(&str, &str)]) -> Shape {
        let ends = edges.iter().flat_map(|(a, b)| [*a, *b]);
        let node = |id: &str| (id.to_owned(), Node { krate: "c".into(), ..Node::default() });
        let edge =
            |(a, b): &(&str, &str)| ((a.to_string(), b.to_string()), Edge { count: 1, ..Edge::default() });
        Shape { nodes: ends.map(node).collect(), edges: edges.iter().map(edge).collect() }
    }

    #[test]
    fn new_grown_shrunk_and_gone() {
        let (two, three) = ([("a", "b"), ("b", "a")], [("a", "b"), ("b", "a"), ("b", "d"), ("d", "a")]);
        let none = shape(&[("a", "b")]);
        let sizes = |c: &Cycles| [c.new.len(), c.grown.len(), c.shrunk.len(), c.gone.len()];
        assert_eq!(sizes(&between(&none, &shape(&two))), [1, 0, 0, 0]);
        assert_eq!(sizes(&between(&shape(&two), &shape(&three))), [0, 1, 0, 0]);
        assert_eq!(sizes(&between(&shape(&three), &shape(&two))), [0, 0, 1, 0]);
        assert_eq!(sizes(&between(&shape(&three), &none)), [0, 0, 0, 1]);
        let grown = between(&shape(&two), &shape(&three));
        assert_eq!((grown.grown[0].by, grown.grown[0].way.join(" ")), (1, "a b a".to_owned()));
    }
}
