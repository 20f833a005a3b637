//! The integration tests: one binary, with one module for each topic.
//!
//! Most tests are data: workspaces under `fixtures/` with the expectations in their source, beside
//! the line.

mod agreement;
mod baseline;
mod beyond;
mod cache;
mod cache_key;
mod can;
mod cli;
mod determinism;
mod docs;
mod evidence;
mod expectations;
mod faults;
mod findings;
mod formats;
mod fuzz;
mod globs;
mod graph;
mod guide;
mod history;
mod hostile;
mod inference;
mod init;
mod kinds;
mod library;
mod listing;
mod metrics;
mod over_time;
mod package;
mod packs;
mod page;
mod planted;
mod reports;
mod resolution;
mod runner;
mod scripts;
mod self_check;
mod support;
mod sync;
mod unresolved;
mod unsaved;
mod waivers;
mod workspace;
