//! What every stage shares: positions in source text, diagnostics, and the patterns that select modules.
//!
//! Invariant: imports nothing of the crate and knows nothing of Rust syntax. Only [`folder`] touches a disk.

pub mod codes;
pub mod context;
pub mod day;
pub mod diagnostic;
pub mod files;
pub mod folder;
pub mod leftovers;
pub mod name;
pub mod path;
pub mod pattern;
pub mod place;
pub mod span;
pub mod suggest;
pub mod text;
pub mod waiver;
