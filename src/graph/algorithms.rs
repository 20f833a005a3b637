//! Graph algorithms on plain integers, independent of modules, so that the same functions serve
//! modules, crates and components.
//!
//! Invariants: no function recurses, since the depth of a graph is under the user's control; equal
//! input gives equal output, so no result depends on the iteration order of a hash map; results
//! identify edges by the caller's labels, so that a filtered or collapsed graph needs no
//! translation back.
//!
//! Deliberate absence: no function enumerates all cycles or all chains, since there are
//! exponentially many. A function returns one witness, or as many of the shortest chains as the
//! caller asks for, within a budget.

mod chains;
mod csr;
mod cut;
mod cycles;
mod distances;
mod feedback;
mod partition;
mod quotient;
mod reduction;
mod shortest_chains;
mod visibility;

pub use chains::{Reach, reach, shortest_chain};
pub use csr::{Arc, Csr};
pub use cut::{Cut, minimum_cut};
pub use cycles::{components_upwards, cyclic_components, shortest_cycle, strong_components};
pub use distances::distances;
pub use feedback::{FeedbackArcs, Quality, feedback_arcs};
pub use partition::{Key, Partition, partition};
pub use quotient::{Quotient, quotient};
pub use reduction::redundant_arcs;
pub use shortest_chains::{Chains, shortest_chains};
pub use visibility::{Visibility, visibility};
