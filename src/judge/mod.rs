//! What a graph is held against: the declared architecture, its rules and its numbers.

pub mod architecture;
pub mod check;
pub mod config;
pub mod init;
pub mod metrics;
pub mod rules;
