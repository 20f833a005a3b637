//! archlint keeps a Rust modular monolith the shape its team decided on.
//!
//! It reads a Cargo workspace without compiling it, builds the graph of its modules, and holds that against the boundaries
//! that `archlint.toml` declares. Most people run the program; this library does three things for those who link it.
//!
//! # The architecture as a unit test
//!
//! [`check_workspace`] says what `archlint check` says:
//!
//! ```
//! # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/health-platform");
//! # stringify! {
//! let folder = env!("CARGO_MANIFEST_DIR");
//! # };
//! let verdict = archlint::check_workspace(folder)?;
//! assert!(verdict.passed(), "\n{verdict}");
//! # Ok::<(), archlint::Error>(())
//! ```
//!
//! With `default-features = false` that builds fewer than 80 crates; what is left out are the command line (`cli`), revisions
//! (`history`), PNG (`pictures`) and all formats but text.
//!
//! # Other workspaces and configurations
//!
//! [`Options`] say which workspace is read and how; [`Session::open`] reads it, and [`Session::verdict`] checks it:
//!
//! ```
//! use archlint::{Options, Session};
//!
//! let mut options = Options::new("fixtures/health-platform/Cargo.toml");
//! options.config = Some("fixtures/health-platform-drifted/archlint.toml".into());
//! options.tests = true;
//! let verdict = Session::open(&options)?.verdict()?;
//! println!("{verdict}");
//! # Ok::<(), archlint::Error>(())
//! ```
//!
//! # The module graph
//!
//! ```
//! use archlint::{Options, Session};
//!
//! let session = Session::open(&Options::new("fixtures/health-platform/Cargo.toml"))?;
//! let callers: Vec<&str> =
//!     session.dependencies().filter(|(_, to)| to.starts_with("consent")).map(|(from, _)| from).collect();
//! assert!(!callers.is_empty());
//! # Ok::<(), archlint::Error>(())
//! ```
//!
//! An [`Error`] says what happened, where, and what to do; its [`ErrorKind`] is for programs.
//!
//! # The rooms
//!
//! The source is eight rooms. Each imports only those above it, and the graph is the waist: what reads source lowers to it, and
//! everything after it knows nothing else.
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
//! `rules/self.toml` states who may import whom, between the rooms and inside them, and the tests hold the source to it.

// The rooms are not part of the library's interface: any release may change them. They are public, and hidden, since the
// integration tests and the benches measure single stages, and the programs are crates of their own that call `cli::run`.

#[doc(hidden)]
pub mod base;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod graph;
#[cfg(feature = "history")]
#[doc(hidden)]
pub mod history;
#[doc(hidden)]
pub mod judge;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod rust;
#[doc(hidden)]
pub mod session;

pub use session::{Error, ErrorKind, Options, Session, Verdict, check_workspace};
