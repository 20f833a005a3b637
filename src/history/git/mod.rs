//! Revisions of a workspace, read straight from git's object store.
//!
//! [`repository::Repository`] finds a repository, names its revisions and their ancestors; [`tree::TreeFiles`] is a
//! [`Files`](crate::base::files::Files) over the tree of one revision; [`facts::FactsCache`] keeps what each distinct
//! blob says, so that a history costs what changed in it; [`log`] knows the commits behind a revision and what each changes.
//!
//! Invariants: nothing is written, checked out, fetched or run; no git program is needed; nothing that a tree holds leads out
//! of the repository. Trees and facts are shared between revisions and threads. This is the only stage that names gix.
//!
//! Deliberately absent: git's filters. A file is what the repository holds, not what a smudge filter would make of it; a Git LFS
//! pointer is an error of its own, since its file lies elsewhere.

mod entries;
pub mod error;
pub mod facts;
mod inspect;
pub mod log;
pub mod repository;
pub mod tree;

pub use error::HistoryError;
pub use repository::{Repository, Revision};
