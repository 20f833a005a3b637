//! The Rust reader: from manifests and source files to the graph.

pub mod cargo;
pub mod facts;
pub mod lower;
pub mod orphans;
pub mod resolve;
pub mod source_files;
