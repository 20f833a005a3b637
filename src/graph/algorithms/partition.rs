//! The order of a design structure matrix: a node comes before the nodes that it depends on, and
//! the nodes of a cycle are adjacent.
//!
//! Source: Steward, "The Design Structure System" (1981), partitioning.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    csr::{Arc, Csr},
    cycles::strong_components,
    feedback::feedback_arcs,
    quotient::quotient,
};

/// The criteria for choosing among nodes that could come next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The frame of the node. Nodes of one frame are kept together as far as their dependencies
    /// allow.
    pub frame: Option<u32>,
    /// The rank of the node. The lowest rank comes first, and `None` last.
    pub rank: Option<u32>,
}

/// The nodes of a graph in the order of a matrix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Partition {
    /// All nodes. An arc that points backward is inside a block.
    pub order: Vec<u32>,
    /// The cycles: ranges of `order` in which every node reaches every other.
    pub blocks: Vec<Range<usize>>,
}

/// Orders the nodes of `graph`. Within a cycle, the total weight of the arcs that point backward is
/// as low as [`feedback_arcs`] achieves; `weight` returns the weight of the arc with a label.
pub fn partition(graph: &Csr, weight: impl Fn(u32) -> u64, key: impl Fn(u32) -> Key) -> Partition {
    let groups = strong_components(graph);
    let mut partition = Partition::default();
    for group in order_of_groups(graph, &groups, key) {
        let first = partition.order.len();
        partition.order.extend(order_within(graph, &groups[group], &weight));
        if groups[group].len() > 1 {
            partition.blocks.push(first..partition.order.len());
        }
    }
    partition
}

/// Returns the groups, each after all groups that depend on it. Of the groups that could come next,
/// one of the same frame is preferred, then one of the highest layer, then the one with the lowest
/// node.
fn order_of_groups(graph: &Csr, groups: &[Vec<u32>], key: impl Fn(u32) -> Key) -> Vec<usize> {
    let mut group_of = vec![0; graph.nodes()];
    for (at, group) in (0u32..).zip(groups) {
        for node in group {
            group_of[*node as usize] = at;
        }
    }
    let between = quotient(graph, groups.len(), |node| Some(group_of[node as usize])).graph;
    let mut waiting: Vec<usize> = (0..groups.len() as u32).map(|at| between.incoming(at).len()).collect();
    let mut ready: BTreeMap<Option<u32>, BTreeSet<(u32, u32)>> = BTreeMap::new();
    let add = |ready: &mut BTreeMap<Option<u32>, BTreeSet<(u32, u32)>>, at: u32| {
        let Key { frame, rank } = key(groups[at as usize][0]);
        ready.entry(frame).or_default().insert((rank.unwrap_or(u32::MAX), at));
    };
    (0..groups.len() as u32).filter(|at| waiting[*at as usize] == 0).for_each(|at| add(&mut ready, at));
    let mut order: Vec<usize> = Vec::with_capacity(groups.len());
    let mut frame = None;
    while let Some((next, at)) = next(&mut ready, frame) {
        frame = next;
        order.push(at as usize);
        for arc in between.outgoing(at) {
            waiting[arc.to as usize] -= 1;
            if waiting[arc.to as usize] == 0 {
                add(&mut ready, arc.to);
            }
        }
    }
    order
}

/// Removes the next group from `ready`, which is keyed by frame: a group of the frame `last` if one
/// is left.
fn next(
    ready: &mut BTreeMap<Option<u32>, BTreeSet<(u32, u32)>>,
    last: Option<u32>,
) -> Option<(Option<u32>, u32)> {
    let least = |(frame, set): (&Option<u32>, &BTreeSet<(u32, u32)>)| Some((*set.first()?, *frame));
    let frame = match ready.contains_key(&last) {
        true => last,
        false => ready.iter().filter_map(least).min()?.1,
    };
    let set = ready.get_mut(&frame)?;
    let (_, at) = set.pop_first()?;
    if set.is_empty() {
        ready.remove(&frame);
    }
    Some((frame, at))
}

/// Returns the nodes of one strongly connected group, ordered so that as few references as possible
/// point backward.
fn order_within(graph: &Csr, group: &[u32], weight: impl Fn(u32) -> u64) -> Vec<u32> {
    if group.len() == 1 {
        return group.to_vec();
    }
    let inside = |node: u32| group.binary_search(&node).is_ok();
    let backward = feedback_arcs(graph, group, |arc| weight(arc.label));
    let backward: BTreeSet<u32> = backward.arcs.iter().map(|arc| arc.label).collect();
    let is_forward = |arc: &&Arc| inside(arc.to) && !backward.contains(&arc.label);
    let forward = |node: u32| graph.outgoing(node).iter().filter(is_forward);
    let mut waiting: BTreeMap<u32, usize> = group.iter().map(|node| (*node, 0)).collect();
    for arc in group.iter().flat_map(|node| forward(*node)) {
        *waiting.entry(arc.to).or_default() += 1;
    }
    let mut ready: BTreeSet<u32> = waiting.iter().filter(|(_, n)| **n == 0).map(|(node, _)| *node).collect();
    let mut order = Vec::with_capacity(group.len());
    while let Some(node) = ready.pop_first() {
        order.push(node);
        for arc in forward(node) {
            if let Some(left) = waiting.get_mut(&arc.to) {
                *left -= 1;
                if *left == 0 {
                    ready.insert(arc.to);
                }
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{super::csr::tests::csr, *};

    #[test]
    fn users_stand_before_what_they_use() {
        let found = partition(&csr(4, &[(3, 1), (1, 0), (0, 2)]), |_| 1, |_| Key::default());
        assert_eq!(found, Partition { order: vec![3, 1, 0, 2], blocks: Vec::new() });
    }

    #[test]
    fn a_cycle_is_a_block_with_the_least_weight_backward() {
        let graph = csr(4, &[(0, 1), (1, 2), (2, 1), (2, 3)]);
        let weight = |label: u32| if graph.arcs()[1].label == label { 1 } else { 5 };
        let found = partition(&graph, weight, |_| Key::default());
        assert_eq!(found.order, [0, 2, 1, 3]);
        assert_eq!(found.blocks.iter().map(|block| (block.start, block.end)).collect::<Vec<_>>(), [(1, 3)]);
    }

    #[test]
    fn ranks_decide_where_nothing_else_does() {
        let rank = |node: u32| Key { frame: None, rank: (node > 0).then_some(9 - node) };
        assert_eq!(partition(&csr(3, &[]), |_| 1, rank).order, [2, 1, 0]);
    }
}
