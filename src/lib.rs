//! archlint keeps a Rust modular monolith the shape its team decided on.
//!
//! It reads a Cargo workspace without compiling it and answers in terms of modules. Data flows one way; each stage owns
//! the type that it returns, and the next one reads that type:
//!
//! ```text
//! Cargo.toml ─ workspace ─→ packages, targets, dependencies
//! *.rs ─────── facts ─────→ per file: modules, items, imports, references, macros
//!              resolve ───→ the module tree and what each reference names
//!              graph ─────→ modules and the edges between them
//!              metrics ───→ numbers of modules, crates, components and the whole
//!              config ────→ archlint.toml, validated
//!              rules ─────→ findings;  check: all of them, as one report
//!              diagram, report, page ─→ what a person or a machine reads;  init: a first archlint.toml
//! ```
//!
//! [`cache`] stands beside the first four: it keeps what they came to, so that nothing is worked out twice. [`history`] reads a
//! revision from git's object store where the others read the disk, and [`drift`] compares two of them. [`trends`] says how the
//! numbers went over many, [`coupling`] what changes together in their commits; [`timeline`] does the work of both.
//!
//! [`analyze`] is the way to the graph, [`Project`] the way to the report, [`check_workspace`] both in one call. A [`History`]
//! opens the revisions of a workspace as projects, and [`compare`] says what changed between two.
//!
//! `rules/self.toml` states who may import whom, and the tests hold the source to it.

mod analysis;
mod answer;
pub mod base;
pub mod cache;
pub mod check;
pub mod cli;
mod comparison;
pub mod config;
pub mod coupling;
pub mod diagram;
pub mod drift;
pub mod facts;
pub mod graph;
pub mod history;
pub mod init;
mod loose;
pub mod metrics;
pub mod page;
mod project;
pub mod report;
pub mod resolve;
mod revision;
pub mod rules;
pub mod timeline;
pub mod trends;
pub mod workspace;

pub use analysis::{Analysis, Options, Timings, Unresolved, analyze};
pub use comparison::{Comparison, Half, Point, Range, compare};
pub use project::{Project, Verdict, check_with, check_workspace, open};
pub use revision::{History, RevisionError, open_revision};
