//! archlint keeps a Rust modular monolith the shape its team decided on.
//!
//! It reads a Cargo workspace without compiling it and answers in terms of modules. Data flows one way, through eight rooms;
//! each may import only those above it, and the graph is the waist: what reads source lowers to it, and everything after it
//! knows nothing else.
//!
//! ```text
//! base     positions, diagnostics, patterns, the trait that reads files
//! graph    modules and the edges between them, packages as plain data, algorithms
//! rust     cargo: manifests → packages;  facts: one file → plain data;  resolve: what each reference names;  lower → graph
//! judge    architecture, config, metrics, rules, check, init: the graph → findings and numbers
//! render   report, diagram, page: what a person or a machine reads
//! history  git: revisions;  drift, coupling, trends: what changed
//! session  one opened workspace, its cache, its comparisons and timelines
//! cli      the command line
//! ```
//!
//! [`check_workspace`] goes all the way in one call; [`open`] returns a [`Project`], whose graph and report can be asked for
//! apart; a [`History`] opens the revisions of a workspace as projects, and [`compare`] says what changed between two.
//!
//! `rules/self.toml` states who may import whom, between the rooms and inside them, and the tests hold the source to it.

pub mod base;
#[cfg(feature = "cli")]
pub mod cli;
pub mod graph;
#[cfg(feature = "history")]
pub mod history;
pub mod judge;
pub mod render;
pub mod rust;
pub mod session;

pub use session::{
    Analysis, Options, Project, Timings, Unresolved, Verdict, analyze, check_with, check_workspace, open,
};
#[cfg(feature = "history")]
pub use session::{Comparison, Half, History, Point, Range, RevisionError, compare, open_revision};
