//! Revisions of a workspace, read directly from git's object store.
//!
//! [`repository::Repository`] opens a repository and resolves the names of revisions and their
//! ancestors; [`tree::TreeFiles`] implements [`Files`](crate::base::files::Files) for the tree of
//! one revision; [`facts::FactsCache`] caches the facts of each distinct blob, so that the cost of
//! a history is proportional to its changes; [`log`] lists the ancestors of a revision and the
//! changes of each; [`introduced`] finds the commit that brought a text.
//!
//! Invariants: nothing is written, checked out, fetched or executed; no git program is needed; no
//! entry of a tree leads out of the repository. Trees and facts are shared between revisions and
//! threads. Only this stage uses gix.
//!
//! Deliberate absence: git's filters. The content of a file is what the repository contains, not
//! the output of a smudge filter; a Git LFS pointer is reported as an error, since the content is
//! stored elsewhere.

mod entries;
pub mod error;
pub mod facts;
mod inspect;
pub mod introduced;
pub mod log;
pub mod repository;
pub mod tree;

pub use error::HistoryError;
pub use repository::{Repository, Revision};
