//! The structure of dependencies within a whole, from nothing but its arcs.

use super::Value;
use crate::graph::algorithms::Visibility;

/// The numbers that all structural metrics are made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// How many modules there are.
    pub size: u64,
    /// The sum over them of how many each reaches, itself included.
    pub reached: u64,
    /// The longest chain of strongly connected components.
    pub depth: u64,
    /// The strongly connected components of more than one module.
    pub cycles: Vec<Vec<u32>>,
}

impl Shape {
    /// The shape of a graph of which that is visible.
    pub fn of(seen: &Visibility) -> Self {
        Self {
            size: seen.out.len() as u64,
            reached: seen.out.iter().map(|&count| u64::from(count)).sum(),
            depth: seen.level.iter().copied().max().map_or(0, u64::from),
            cycles: seen.components.iter().filter(|members| members.len() > 1).cloned().collect(),
        }
    }

    /// How many modules the largest cycle has.
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

    /// The largest cycle's part of the whole.
    pub fn core_size(&self) -> Option<Value> {
        self.share(self.largest_cycle() as f64, self.size as f64)
    }

    fn share(&self, part: f64, of: f64) -> Option<Value> {
        (self.size > 0).then(|| Value::Real(part / of))
    }
}

/// The cumulative dependency of a balanced binary tree of `size` modules (Lakos 1996, chapter 4). Also for sizes between those
/// that fill a tree.
fn balanced_tree(size: u64) -> f64 {
    let size = size as f64;
    (size + 1.0) * (size + 1.0).log2() - size
}
