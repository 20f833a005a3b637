//! Revisions read from git's object store: the same graph as a checkout's, whatever the repository holds.
//!
//! The repositories are made by a git program; what is tested needs none.

mod drift;
mod generated;
pub mod git;
mod objects;
