//! The judgement of a graph: the declared architecture, its rules and its metrics.

pub mod architecture;
pub mod check;
pub mod config;
pub mod init;
pub mod metrics;
pub mod rules;
pub mod sync;
