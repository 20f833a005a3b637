//! Revisions read from git's object store: their graph equals that of a checkout, for any content
//! of the repository.
//!
//! The repositories are created by a git program; the code under test needs none.

mod drift;
mod generated;
pub mod git;
mod objects;
mod since;
