//! archlint keeps a Rust modular monolith the shape its team decided on.
//!
//! The library reads a Cargo workspace without compiling it, builds the graph of its modules, and
//! checks the graph against the boundaries that `archlint.toml` declares. Most people run the
//! program; for programs that link the library, it does three things.
//!
//! # The architecture as a unit test
//!
//! [`check_workspace`] returns the result of `archlint check`:
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
//! With `default-features = false`, fewer than 80 crates are compiled, without the command line
//! (`cli`), revisions (`history`), PNG (`pictures`), and all formats except text.
//!
//! # Other workspaces and configurations
//!
//! [`Options`] select the workspace and how it is read; [`Session::open`] reads it, and
//! [`Session::verdict`] checks it:
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
//! The source consists of eight rooms, each of which imports only rooms above it. The graph is the
//! waist: readers of source lower to it, and the rooms after it depend on nothing else of the
//! source.
//!
//! ```text
//! base     positions, diagnostics, patterns, the trait that reads files
//! graph    modules and the edges between them, packages as plain data, algorithms
//! rust     cargo: manifests → packages;  facts: one file → plain data;
//!          resolve: the target of each reference;  lower → graph
//! judge    architecture, config, metrics, rules, check, init: the graph → findings and metrics
//! render   report, diagram, page: output for people and programs
//! history  git: revisions;  drift, coupling, trends: changes over time;  evidence
//! session  one opened workspace, its cache, its comparisons and timelines
//! cli      the command line
//! ```
//!
//! `rules/self.toml` states the allowed imports between the rooms and inside them, and a test
//! checks the source against it.

// The rooms are not part of the library's interface: any release may change them. They are public,
// but hidden, because integration tests and benchmarks measure single stages, and the programs are
// crates of their own that call `cli::run`.

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
