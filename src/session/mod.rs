//! The one way in for every command.

mod analysis;
pub mod answer;
pub mod cache;
mod comparison;
mod project;
mod revision;
pub mod timeline;

pub use analysis::{Analysis, Options, Timings, Unresolved, analyze};
pub use comparison::{Comparison, Half, Point, Range, compare};
pub use project::{Project, Verdict, check_with, check_workspace, open};
pub use revision::{History, RevisionError, open_revision};
