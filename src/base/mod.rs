//! Types that every stage shares: positions in source text, diagnostics, and the patterns that
//! select modules.
//!
//! Invariant: this module imports nothing from the crate and is independent of Rust syntax. Only
//! [`folder`] accesses a disk.

pub mod codes;
pub mod context;
pub mod day;
pub mod diagnostic;
#[cfg(feature = "history")]
pub mod digest;
pub mod files;
pub mod folder;
pub mod id;
pub mod name;
pub mod order;
pub mod packed;
pub mod path;
pub mod pattern;
pub mod place;
pub mod span;
pub mod suggest;
pub mod text;
pub mod waiver;
