//! The metrics of a module or of a group of modules.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::{WHOLE, ground::Ground, shape::Shape};
use crate::{
    graph::{
        Function, ModuleInfo, NodeId, NodeSet,
        algorithms::{Arc, Csr, visibility},
    },
    judge::architecture::Granularity,
};

/// Modules that are measured as one. Intermediate results shared by several metrics are computed
/// once.
#[derive(Debug)]
pub struct View<'v> {
    ground: &'v Ground<'v>,
    level: Option<Granularity>,
    nodes: Vec<NodeId>,
    inside: NodeSet,
    coupling: OnceCell<Coupling>,
    inner: OnceCell<(Csr, Shape)>,
    surface: OnceCell<Surface>,
}

/// The number of modules outside that depend on a part, and that it depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coupling {
    pub(super) fan_in: u64,
    pub(super) fan_out: u64,
}

/// The number of items visible outside, and of those used there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Surface {
    pub(super) items: u64,
    pub(super) used: u64,
}

impl Ground<'_> {
    /// Creates the part of `nodes`, which are ascending; those that are not measured are left out.
    /// At [`Granularity::Module`] there is one.
    pub fn view(&self, level: Option<Granularity>, nodes: &[NodeId]) -> View<'_> {
        View::new(self, level, nodes)
    }
}

impl<'v> View<'v> {
    fn new(ground: &'v Ground<'v>, level: Option<Granularity>, nodes: &[NodeId]) -> Self {
        let nodes: Vec<NodeId> = nodes.iter().copied().filter(|node| ground.counts(*node)).collect();
        // A single module is compared by its id, which avoids filling one set for each module.
        let mut inside = NodeSet::default();
        if nodes.len() > 1 {
            inside = NodeSet::empty(ground.graph.nodes.len());
            inside.extend(nodes.iter().copied());
        }
        let (coupling, inner, surface) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { ground, level, nodes, inside, coupling, inner, surface }
    }

    /// Returns the level.
    pub fn level(&self) -> Option<Granularity> {
        self.level
    }

    /// Returns the first function with the largest `number`, as an index into
    /// [`crate::graph::Graph::functions`].
    pub fn worst(&self, number: fn(&Function) -> u32) -> Option<u32> {
        let ranges = self.infos().map(|module| module.functions.clone());
        let all = ranges.flatten().filter_map(|at| Some((at, self.ground.graph.functions.get(at as usize)?)));
        all.max_by_key(|&(at, f)| (number(f), std::cmp::Reverse(at))).map(|(at, _)| at)
    }

    /// Returns the largest `number` of a function.
    pub(super) fn largest(&self, number: fn(&Function) -> u32) -> Option<u64> {
        self.functions().map(number).max().map(u64::from)
    }

    /// Returns the number of modules.
    pub(super) fn modules(&self) -> u64 {
        self.nodes.len() as u64
    }

    /// Returns the length of the longest chain: from the module, or within the part.
    pub(super) fn depth(&self) -> Option<u64> {
        match self.level {
            Some(Granularity::Module) => self.seen(|seen| &seen.level),
            _ => Some(self.shape().depth),
        }
    }

    fn infos(&self) -> impl Iterator<Item = &'v ModuleInfo> + '_ {
        self.nodes.iter().filter_map(|node| self.ground.graph.nodes[*node].module.as_ref())
    }

    pub(super) fn functions(&self) -> impl Iterator<Item = &'v Function> + '_ {
        self.nodes.iter().flat_map(|node| self.ground.graph.functions(*node))
    }

    pub(super) fn sum(&self, number: impl Fn(&ModuleInfo) -> u32) -> u64 {
        self.infos().map(|module| u64::from(number(module))).sum()
    }

    fn contains(&self, node: NodeId) -> bool {
        match self.nodes.as_slice() {
            [one] => *one == node,
            _ => self.inside.contains(node),
        }
    }

    /// Returns the module's entry in one of the tables of the workspace's reachability.
    pub(super) fn seen(
        &self,
        of: impl Fn(&crate::graph::algorithms::Visibility) -> &Vec<u32>,
    ) -> Option<u64> {
        let node = self.nodes.first()?;
        of(self.ground.visibility()).get(node.index()).map(|&count| u64::from(count))
    }

    pub(super) fn coupling(&self) -> Coupling {
        *self.coupling.get_or_init(|| {
            let arcs = self.ground.arcs();
            let distinct = |ends: &mut dyn Iterator<Item = u32>| {
                let mut ends: Vec<u32> = ends.filter(|&end| !self.contains(NodeId::from_raw(end))).collect();
                ends.sort_unstable();
                ends.dedup();
                ends.len() as u64
            };
            let nodes = || self.nodes.iter().map(|node| node.raw());
            Coupling {
                fan_in: distinct(&mut nodes().flat_map(|node| arcs.incoming(node)).map(|arc| arc.from)),
                fan_out: distinct(&mut nodes().flat_map(|node| arcs.outgoing(node)).map(|arc| arc.to)),
            }
        })
    }

    pub(super) fn instability(&self) -> Option<f64> {
        let Coupling { fan_in, fan_out } = self.coupling();
        ratio(fan_out, fan_in + fan_out)
    }

    pub(super) fn abstractness(&self) -> Option<f64> {
        let traits = self.sum(|module| module.traits);
        ratio(traits, traits + self.sum(|module| module.types))
    }

    pub(super) fn distance(&self) -> Option<f64> {
        Some((self.abstractness()? + self.instability()? - 1.0).abs())
    }

    pub(super) fn shape(&self) -> &Shape {
        &self.inner().1
    }

    /// Returns the dependencies among the part's modules, numbered by their position in `nodes`.
    fn inner(&self) -> &(Csr, Shape) {
        self.inner.get_or_init(|| {
            let arcs = self.ground.arcs();
            // The part is the whole workspace, whose reachability all parts share.
            if self.nodes.len() == arcs.nodes() {
                return (arcs.clone(), Shape::of(self.ground.visibility()));
            }
            let number =
                |node: u32| self.nodes.binary_search(&NodeId::from_raw(node)).ok().map(|at| at as u32);
            let leaving = self.nodes.iter().zip(0..).flat_map(|(node, from)| {
                arcs.outgoing(node.raw()).iter().map(move |arc| Arc { from, ..*arc })
            });
            let own = leaving.filter_map(|arc| Some(Arc { to: number(arc.to)?, ..arc }));
            let graph = Csr::new(self.nodes.len(), own);
            let shape = Shape::of(&visibility(&graph));
            (graph, shape)
        })
    }

    pub(super) fn cuts(&self) -> u64 {
        let (arcs, shape) = self.inner();
        let name = |number: u32| self.nodes[number as usize].raw();
        shape.cycles.iter().map(|cycle| self.ground.cut(arcs, cycle, name)).sum()
    }

    pub(super) fn surface(&self) -> Surface {
        *self.surface.get_or_init(|| {
            let inside = self.modules_beneath();
            let mut surface = Surface::default();
            for &node in &self.nodes {
                for (at, export) in self.ground.graph.exports(node).filter(|(at, export)| export.whole == *at)
                {
                    // The item is visible outside if a module within its visibility is not in the
                    // part.
                    let visible = export
                        .within
                        .is_none_or(|m| self.ground.subtree(m) > inside.get(&m).copied().unwrap_or(0));
                    let used =
                        || self.ground.uses().users(at).iter().any(|&user| self.is_outside(user, node));
                    surface.items += u64::from(visible);
                    surface.used += u64::from(visible && used());
                }
            }
            surface
        })
    }

    /// Returns, for each module or ancestor of one, the number of the part's modules in its
    /// subtree.
    fn modules_beneath(&self) -> FxHashMap<NodeId, u32> {
        let mut counts = FxHashMap::default();
        for around in self.nodes.iter().flat_map(|node| self.ground.lineage(*node)) {
            *counts.entry(around).or_insert(0) += 1;
        }
        counts
    }

    /// Returns whether `user` is outside the part that `node` belongs to. No module is outside the
    /// workspace, so at that level the part is the crate.
    fn is_outside(&self, user: NodeId, node: NodeId) -> bool {
        match self.level {
            WHOLE => self.ground.root(user) != self.ground.root(node),
            _ => !self.contains(user),
        }
    }
}

/// Returns `part / of`, or `None` if `of` is 0.
fn ratio(part: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}
