//! Graph algorithms on plain integers: they know nothing of modules, so one set serves modules, crates and components.
//!
//! Invariants: no function recurses, since users decide how deep a graph is; equal input gives equal output, whatever the
//! order in which a hash map would list it; results name edges by the caller's labels, so that a filtered or a collapsed
//! graph needs no translation back.
//!
//! Deliberate absence: nothing enumerates cycles or all chains. There are exponentially many; one witness per question, or
//! as many of the shortest as the caller asks for, within a budget.

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
pub use cycles::{cyclic_components, shortest_cycle, strong_components};
pub use distances::distances;
pub use feedback::{FeedbackArcs, Quality, feedback_arcs};
pub use partition::{Key, Partition, partition};
pub use quotient::{Quotient, quotient};
pub use reduction::redundant_arcs;
pub use shortest_chains::{Chains, shortest_chains};
pub use visibility::{Visibility, visibility};
