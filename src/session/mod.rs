//! The one way in for every command.

mod analysis;
pub mod answer;
pub mod cache;
#[cfg(feature = "history")]
mod comparison;
mod project;
#[cfg(feature = "history")]
mod revision;
#[cfg(feature = "history")]
pub mod timeline;
pub mod watch;

pub use analysis::{Analysis, Options, Timings, Unresolved, analyze};
#[cfg(feature = "history")]
pub use comparison::{Comparison, Half, Point, Range, compare};
pub use project::{Project, Verdict, check_with, check_workspace, open};
#[cfg(feature = "history")]
pub use revision::{History, RevisionError, open_revision};
