//! A module, or modules taken together, and its numbers.

use std::cell::OnceCell;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::{Ground, Level, Metric, Value, shape::Shape};
use crate::graph::{
    Function, ModuleInfo, NodeId,
    algorithms::{Arc, Csr, visibility},
};

/// Modules that are measured as one. What several numbers need is computed once.
#[derive(Debug)]
pub struct View<'v> {
    ground: &'v Ground<'v>,
    level: Level,
    nodes: Vec<NodeId>,
    inside: FixedBitSet,
    coupling: OnceCell<Coupling>,
    inner: OnceCell<(Csr, Shape)>,
    surface: OnceCell<Surface>,
}

/// How many modules outside depend on a part, and on how many it does.
#[derive(Debug, Clone, Copy)]
struct Coupling {
    fan_in: u64,
    fan_out: u64,
}

/// How many items are visible outside, and how many of those are used there.
#[derive(Debug, Clone, Copy, Default)]
struct Surface {
    items: u64,
    used: u64,
}

impl<'v> View<'v> {
    pub(super) fn new(ground: &'v Ground<'v>, level: Level, nodes: &[NodeId]) -> Self {
        let nodes: Vec<NodeId> = nodes.iter().copied().filter(|node| ground.counts(*node)).collect();
        // A single module is told by its number, so that as many sets as modules need not be filled.
        let mut inside = FixedBitSet::new();
        if nodes.len() > 1 {
            inside = FixedBitSet::with_capacity(ground.graph.nodes.len());
            inside.extend(nodes.iter().map(|node| node.index()));
        }
        let (coupling, inner, surface) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { ground, level, nodes, inside, coupling, inner, surface }
    }

    /// What it is.
    pub fn level(&self) -> Level {
        self.level
    }

    /// A number, where it exists at this level and is defined here.
    pub fn value(&self, metric: Metric) -> Option<Value> {
        if !metric.exists_at(self.level) {
            return None;
        }
        let worst = |metric| self.worst(metric).map(|at| &self.ground.graph.functions[at as usize]);
        let count = match metric {
            Metric::Lines => self.sum(|module| module.lines),
            Metric::Items => self.sum(|module| module.items),
            Metric::Functions => self.functions().count() as u64,
            Metric::Modules => self.nodes.len() as u64,
            Metric::Cyclomatic => self.functions().map(|f| u64::from(f.cyclomatic)).sum(),
            Metric::Cognitive => self.functions().map(|f| u64::from(f.cognitive)).sum(),
            Metric::CyclomaticMax => worst(metric)?.cyclomatic.into(),
            Metric::CognitiveMax => worst(metric)?.cognitive.into(),
            Metric::FanIn => self.coupling().fan_in,
            Metric::FanOut => self.coupling().fan_out,
            Metric::VisibilityFanIn => self.seen(|seen| &seen.into)?,
            Metric::VisibilityFanOut => self.seen(|seen| &seen.out)?,
            Metric::Depth if self.level == Level::Module => self.seen(|seen| &seen.level)?,
            Metric::Depth => self.shape().depth,
            Metric::Ccd => self.shape().reached,
            Metric::Cycles => self.shape().cycles.len() as u64,
            Metric::LargestCycle => self.shape().largest_cycle(),
            Metric::CycleCuts => self.cuts(),
            Metric::PublicItems => self.surface().items,
            Metric::PublicUsed => self.surface().used,
            Metric::Instability => return self.instability().map(Value::Real),
            Metric::Abstractness => return self.abstractness().map(Value::Real),
            Metric::Distance => return self.distance().map(Value::Real),
            Metric::Acd => return self.shape().acd(),
            Metric::Nccd => return self.shape().nccd(),
            Metric::PropagationCost => return self.shape().propagation_cost(),
            Metric::CoreSize => return self.shape().core_size(),
        };
        Some(Value::Count(count))
    }

    /// The function that has `metric`, which is one of the largest complexities: the first of several, as an index of
    /// [`crate::graph::Graph::functions`].
    pub fn worst(&self, metric: Metric) -> Option<u32> {
        let complexity = |f: &Function| match metric {
            Metric::CyclomaticMax => f.cyclomatic,
            _ => f.cognitive,
        };
        let ranges = self.infos().map(|module| module.functions.clone());
        let all = ranges.flatten().filter_map(|at| Some((at, self.ground.graph.functions.get(at as usize)?)));
        all.max_by_key(|&(at, f)| (complexity(f), std::cmp::Reverse(at))).map(|(at, _)| at)
    }

    fn infos(&self) -> impl Iterator<Item = &'v ModuleInfo> + '_ {
        self.nodes.iter().filter_map(|node| self.ground.graph.nodes[*node].module.as_ref())
    }

    fn functions(&self) -> impl Iterator<Item = &'v Function> + '_ {
        self.nodes.iter().flat_map(|node| self.ground.graph.functions(*node))
    }

    fn sum(&self, number: impl Fn(&ModuleInfo) -> u32) -> u64 {
        self.infos().map(|module| u64::from(number(module))).sum()
    }

    fn contains(&self, node: NodeId) -> bool {
        match self.nodes.as_slice() {
            [one] => *one == node,
            _ => self.inside.contains(node.index()),
        }
    }

    /// A module's own entry of what is known of all.
    fn seen(&self, of: impl Fn(&crate::graph::algorithms::Visibility) -> &Vec<u32>) -> Option<u64> {
        let node = self.nodes.first()?;
        of(self.ground.visibility()).get(node.index()).map(|&count| u64::from(count))
    }

    fn coupling(&self) -> Coupling {
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

    fn instability(&self) -> Option<f64> {
        let Coupling { fan_in, fan_out } = self.coupling();
        ratio(fan_out, fan_in + fan_out)
    }

    fn abstractness(&self) -> Option<f64> {
        let traits = self.sum(|module| module.traits);
        ratio(traits, traits + self.sum(|module| module.types))
    }

    fn distance(&self) -> Option<f64> {
        Some((self.abstractness()? + self.instability()? - 1.0).abs())
    }

    fn shape(&self) -> &Shape {
        &self.inner().1
    }

    /// The dependencies among the modules themselves, which are numbered as they stand in `nodes`.
    fn inner(&self) -> &(Csr, Shape) {
        self.inner.get_or_init(|| {
            let arcs = self.ground.arcs();
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

    fn cuts(&self) -> u64 {
        let (arcs, shape) = self.inner();
        let name = |number: u32| self.nodes[number as usize].raw();
        shape.cycles.iter().map(|cycle| self.ground.cut(arcs, cycle, name)).sum()
    }

    fn surface(&self) -> Surface {
        *self.surface.get_or_init(|| {
            let inside = self.modules_beneath();
            let mut surface = Surface::default();
            for &node in &self.nodes {
                for (at, export) in self.ground.graph.exports(node).filter(|(at, export)| export.whole == *at)
                {
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

    /// How many of the modules lie beneath each module, where there is one.
    fn modules_beneath(&self) -> FxHashMap<NodeId, u32> {
        let mut counts = FxHashMap::default();
        for around in self.nodes.iter().flat_map(|node| self.ground.lineage(*node)) {
            *counts.entry(around).or_insert(0) += 1;
        }
        counts
    }

    /// Whether `user` is outside what `node` belongs to: of the workspace nothing is, so there it is the crate.
    fn is_outside(&self, user: NodeId, node: NodeId) -> bool {
        match self.level {
            Level::Whole => self.ground.root(user) != self.ground.root(node),
            _ => !self.contains(user),
        }
    }
}

/// `part / of`, where there is something to divide by.
fn ratio(part: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}
