//! The design structure matrix: rows depend on columns.
//!
//! The matrix is partitioned: who depends comes before what is depended on, so that a picture without cycles has all its
//! marks above the diagonal. What depends on each other stands together as a block, and a mark below the diagonal is always
//! inside one: within a block the order leaves as few references as can be below. Where nothing else decides, layers come in
//! their order and frames stay together.
//!
//! Source: Steward, "The Design Structure System" (1981), partitioning; Sangal et al., "Using Dependency Models to Manage
//! Complex Software Architecture" (2005).

pub mod csv;
pub mod html;
pub mod text;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::picture::{Arrow, Picture, Shape};
use crate::graph::algorithms::{self, Csr, feedback_arcs, quotient, strong_components};

/// A partitioned matrix of the boxes of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix<'a> {
    /// The boxes, in the order of the rows and of the columns.
    pub rows: Vec<&'a Shape>,
    /// The cycles: ranges of rows in which each reaches each other, first to last.
    pub blocks: Vec<Range<usize>>,
    /// The marks by row, then column.
    pub cells: BTreeMap<(usize, usize), &'a Arrow>,
}

impl<'a> Matrix<'a> {
    /// The matrix of `picture`.
    pub fn new(picture: &'a Picture) -> Self {
        let graph = graph_of(picture);
        let groups = strong_components(&graph);
        let order = order_of_groups(picture, &graph, &groups);
        let references = |arrow: u32| u64::from(picture.arrows[arrow as usize].count);
        let mut rows = Vec::new();
        let mut blocks = Vec::new();
        for group in order {
            let first = rows.len();
            rows.extend(order_within(&graph, &groups[group], references));
            if groups[group].len() > 1 {
                blocks.push(first..rows.len());
            }
        }
        let mut places = vec![0; rows.len()];
        for (at, shape) in rows.iter().enumerate() {
            places[*shape as usize] = at;
        }
        let place = |arrow: &'a Arrow| ((places[arrow.from as usize], places[arrow.to as usize]), arrow);
        Self {
            rows: rows.iter().map(|at| &picture.boxes[*at as usize]).collect(),
            blocks,
            cells: picture.arrows.iter().filter(|arrow| !arrow.naming).map(place).collect(),
        }
    }

    /// The block that holds `row`.
    pub fn block(&self, row: usize) -> Option<Range<usize>> {
        let after = self.blocks.partition_point(|block| block.end <= row);
        self.blocks.get(after).filter(|block| block.contains(&row)).cloned()
    }
}

fn graph_of(picture: &Picture) -> Csr {
    let arc = |(label, arrow): (u32, &Arrow)| algorithms::Arc { from: arrow.from, to: arrow.to, label };
    Csr::new(picture.boxes.len(), (0..).zip(&picture.arrows).filter(|(_, arrow)| !arrow.naming).map(arc))
}

/// The groups, each after all that depend on it: of those that could be next, one of the same frame, of the highest layer,
/// of the first name.
fn order_of_groups(picture: &Picture, graph: &Csr, groups: &[Vec<u32>]) -> Vec<usize> {
    let mut group_of = vec![0; graph.nodes()];
    for (at, group) in (0u32..).zip(groups) {
        for node in group {
            group_of[*node as usize] = at;
        }
    }
    let between = quotient(graph, groups.len(), |node| Some(group_of[node as usize])).graph;
    let mut waiting: Vec<usize> = (0..groups.len() as u32).map(|at| between.incoming(at).len()).collect();
    let key = |at: u32| {
        let first = &picture.boxes[groups[at as usize][0] as usize];
        (first.frame, (first.rank.unwrap_or(u32::MAX), at))
    };
    let mut ready: BTreeMap<Option<u32>, BTreeSet<(u32, u32)>> = BTreeMap::new();
    let add = |ready: &mut BTreeMap<Option<u32>, BTreeSet<(u32, u32)>>, at: u32| {
        let (frame, rest) = key(at);
        ready.entry(frame).or_default().insert(rest);
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

/// Takes the next group out of `ready`, by frame: of the frame `last` if one is left there.
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

/// The nodes of one strongly connected group, so that as few references as can be point backward.
fn order_within(graph: &Csr, group: &[u32], weight: impl Fn(u32) -> u64) -> Vec<u32> {
    if group.len() == 1 {
        return group.to_vec();
    }
    let inside = |node: u32| group.binary_search(&node).is_ok();
    let backward = feedback_arcs(graph, group, |arc| weight(arc.label));
    let backward: BTreeSet<u32> = backward.arcs.iter().map(|arc| arc.label).collect();
    let is_forward = |arc: &&algorithms::Arc| inside(arc.to) && !backward.contains(&arc.label);
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
