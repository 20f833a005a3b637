//! The architecture over time.

pub mod coupling;
pub mod drift;
pub mod evidence;
pub mod git;
pub mod trends;
