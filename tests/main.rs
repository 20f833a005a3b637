//! The integration tests: one binary, one module for each topic.
//!
//! Most are data: workspaces under `fixtures/` whose expectations stand in their source, beside the line.

mod cli;
mod determinism;
mod expectations;
mod findings;
mod formats;
mod guide;
mod hostile;
mod init;
mod kinds;
mod library;
mod page;
mod planted;
mod resolution;
mod self_check;
mod support;
mod workspace;
