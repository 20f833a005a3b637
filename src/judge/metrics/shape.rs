//! The structure of dependencies within a part, computed from its arcs alone.

use super::Value;
use crate::graph::algorithms::Visibility;

/// The numbers from which all structural metrics are computed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// The number of modules.
    pub size: u64,
    /// The sum over all modules of the number of modules that each reaches, itself included.
    pub reached: u64,
    /// The length of the longest chain of strongly connected components.
    pub depth: u64,
    /// The strongly connected components of more than one module.
    pub cycles: Vec<Vec<u32>>,
}

impl Shape {
    /// Returns the shape of the graph with the reachability `seen`.
    pub fn of(seen: &Visibility) -> Self {
        Self {
            size: seen.out.len() as u64,
            reached: seen.out.iter().map(|&count| u64::from(count)).sum(),
            depth: seen.level.iter().copied().max().map_or(0, u64::from),
            cycles: seen.components.iter().filter(|members| members.len() > 1).cloned().collect(),
        }
    }

    /// Returns the number of modules in the largest cycle.
    pub fn largest_cycle(&self) -> u64 {
        self.cycles.iter().map(|members| members.len() as u64).max().unwrap_or(0)
    }

    /// Lakos's average component dependency.
    pub fn acd(&self) -> Option<Value> {
        self.share(self.reached as f64, self.size as f64)
    }

    /// Lakos's normalized cumulative component dependency.
    pub fn nccd(&self) -> Option<Value> {
        self.share(self.reached as f64, balanced_tree(self.size))
    }

    /// MacCormack's propagation cost.
    pub fn propagation_cost(&self) -> Option<Value> {
        self.share(self.reached as f64, (self.size * self.size) as f64)
    }

    /// Returns the share of modules in the largest cycle.
    pub fn core_size(&self) -> Option<Value> {
        self.share(self.largest_cycle() as f64, self.size as f64)
    }

    fn share(&self, part: f64, of: f64) -> Option<Value> {
        (self.size > 0).then(|| Value::Real(part / of))
    }
}

/// Returns the cumulative dependency of a balanced binary tree of `size` modules (Lakos 1996,
/// chapter 4), extended to sizes that do not fill a tree.
fn balanced_tree(size: u64) -> f64 {
    let size = size as f64;
    (size + 1.0) * (size + 1.0).log2() - size
}
