//! All ends of the chains of many sources at once.
//!
//! A walk from each source would visit what they share again and again. Instead, the nodes between the
//! ends are grouped into strongly connected components, and the targets that each component reaches
//! are sets of bits, computed from those of the components below it, for a block of targets at a time.

use rustc_hash::FxHashMap;

use super::{Chains, Passage};
use crate::graph::{
    NodeId,
    algorithms::{Arc, Csr, components_upwards},
};

/// The number of targets whose bits are computed at a time.
const BLOCK: usize = 256;

type Bits = [u64; BLOCK / 64];

/// The work that a target of a result counts as, for the memory that it takes.
const OF_TARGET: usize = 100;

/// Returns the targets of the chains from each of `sources`, ascending; fewer if the limit of work is
/// exceeded.
pub(super) fn by_all(chains: &Chains<'_>, sources: &[NodeId], passage: &Passage) -> Vec<Vec<NodeId>> {
    let mut reached = vec![Vec::new(); sources.len()];
    let between = Between::new(chains, sources, passage);
    let work = chains.scene.work;
    for block in between.targets.chunks(BLOCK) {
        if !work.spend(between.arcs.len() + between.ends.len() + sources.len()) {
            break;
        }
        let bits = between.bits(block);
        for (starts, targets) in between.starts.iter().zip(&mut reached) {
            let mut all = Bits::default();
            starts.iter().for_each(|component| unite(&mut all, &bits[*component as usize]));
            let count: u32 = all.iter().map(|word| word.count_ones()).sum();
            if work.spend(OF_TARGET * count as usize) {
                targets.extend(block.iter().enumerate().filter(|(at, _)| has(&all, *at)).map(|(_, to)| *to));
            }
        }
    }
    reached
}

fn unite(all: &mut Bits, more: &Bits) {
    all.iter_mut().zip(more).for_each(|(word, more)| *word |= more);
}

fn has(bits: &Bits, at: usize) -> bool {
    bits[at / 64] >> (at % 64) & 1 == 1
}

/// The components of the nodes between the ends.
struct Between {
    /// The components to which each source leads.
    starts: Vec<Vec<u32>>,
    /// The number of components, which are numbered upwards: arcs lead to smaller numbers.
    components: usize,
    /// The arcs among components, by the component that they leave.
    arcs: Vec<(u32, u32)>,
    /// The targets that nodes of components depend on, each with the component, by target.
    ends: Vec<(NodeId, u32)>,
    /// The targets of `ends`, ascending.
    targets: Vec<NodeId>,
}

impl Between {
    fn new(chains: &Chains<'_>, sources: &[NodeId], passage: &Passage) -> Self {
        let mut region = Region { chains, passage, numbers: FxHashMap::default(), nodes: Vec::new() };
        let firsts: Vec<Vec<u32>> = sources.iter().map(|source| region.below(*source)).collect();
        let mut arcs = Vec::new();
        let mut at = 0;
        while let Some(&node) = region.nodes.get(at) {
            let below = region.below(node).into_iter();
            arcs.extend(below.map(|to| Arc { from: at as u32, to, label: 0 }));
            at += 1;
        }
        let graph = Csr::new(region.nodes.len(), arcs);
        let components = components_upwards(&graph);
        let mut of = vec![0; region.nodes.len()];
        for (component, members) in (0..).zip(&components) {
            members.iter().for_each(|node| of[*node as usize] = component);
        }
        let component = |node: u32| of[node as usize];
        let among = graph.arcs().iter().map(|arc| (component(arc.from), component(arc.to)));
        let starts = firsts.into_iter().map(|first| distinct(first.into_iter().map(component).collect()));
        let ends = distinct(region.ends().map(|(to, node)| (to, component(node))).collect());
        let mut targets: Vec<NodeId> = ends.iter().map(|(to, _)| *to).collect();
        targets.dedup();
        Self {
            starts: starts.collect(),
            components: components.len(),
            arcs: distinct(among.filter(|(from, to)| from != to).collect()),
            ends,
            targets,
        }
    }

    /// Returns the targets in `block` that each component reaches.
    fn bits(&self, block: &[NodeId]) -> Vec<Bits> {
        let mut bits = vec![Bits::default(); self.components];
        let first = self.ends.partition_point(|(to, _)| *to < block[0]);
        for (to, component) in &self.ends[first..] {
            let Ok(at) = block.binary_search(to) else { break };
            bits[*component as usize][at / 64] |= 1 << (at % 64);
        }
        for (from, to) in &self.arcs {
            let more = bits[*to as usize];
            unite(&mut bits[*from as usize], &more);
        }
        bits
    }
}

fn distinct<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all
}

/// The nodes between the ends that were found so far.
struct Region<'a> {
    chains: &'a Chains<'a>,
    passage: &'a Passage,
    numbers: FxHashMap<NodeId, u32>,
    nodes: Vec<NodeId>,
}

impl Region<'_> {
    /// Returns the nodes between the ends on which `node` depends, and adds them to the region.
    fn below(&mut self, node: NodeId) -> Vec<u32> {
        let graph = self.chains.scene.architecture.graph;
        let mut below = Vec::new();
        for edge in graph.outgoing(node).map(|edge| &graph.edges[edge]) {
            let counts = self.passage.lets_through(edge.to) && self.chains.counts(|| edge.sites.clone());
            if counts && self.chains.scene.work.spend(1) {
                let next = self.nodes.len() as u32;
                let number = *self.numbers.entry(edge.to).or_insert(next);
                if number == next {
                    self.nodes.push(edge.to);
                }
                below.push(number);
            }
        }
        below
    }

    /// Returns the targets on which nodes of the region depend, each with the number of the node.
    fn ends(&self) -> impl Iterator<Item = (NodeId, u32)> + '_ {
        let judged = self.chains.scene.judged;
        let of_node = move |(number, node): (u32, &NodeId)| {
            let entering = judged.of(*node).iter().filter(|d| self.passage.targets.contains(d.to));
            let counting = entering.filter(|d| self.chains.counts(|| judged.sites(d).iter().copied()));
            counting.map(move |d| (d.to, number))
        };
        (0..).zip(&self.nodes).flat_map(of_node)
    }
}
