//! Errors of reading a revision.

use std::path::PathBuf;

/// The reason why a revision cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// There is no repository at or above the folder.
    #[error("`{}` is in no git repository", .0.display())]
    NoRepository(PathBuf),
    /// There is a repository, but it cannot be opened.
    #[error("the git repository cannot be read: {0}")]
    Unreadable(String),
    /// The references of the repository are in an unsupported format.
    #[error(
        "the git repository keeps its references in the format `{0}`, and archlint reads `files` alone; \
         `git refs migrate --ref-format=files` converts them, and `git clone --ref-format=files` makes a clone with the other"
    )]
    References(String),
    /// There is no commit yet.
    #[error("the git repository has no commit yet")]
    Empty,
    /// No revision has that name.
    #[error("there is no revision `{0}`")]
    Unknown(String),
    /// The name is ambiguous.
    #[error("`{name}` could mean several objects: {reason}")]
    Ambiguous {
        /// The requested name.
        name: String,
        /// The candidates.
        reason: String,
    },
    /// The name refers to an object that is not a commit.
    #[error("`{name}` is a {kind}, not a commit")]
    NotACommit {
        /// The requested name.
        name: String,
        /// `tree` or `blob`.
        kind: String,
    },
    /// The object is referenced but missing: a shallow or partial clone, or damage.
    #[error("the commit `{name}` is not in this clone: {reason}")]
    Missing {
        /// The requested name.
        name: String,
        /// The error of the object store.
        reason: String,
    },
    /// Files that must be compared are missing; the text lists their objects and the remedy.
    #[error("{0}")]
    Absent(String),
    /// Two revisions have no common ancestor in this clone.
    #[error("`{0}` and `{1}` have no common ancestor{2}")]
    Unrelated(String, String, &'static str),
    /// None of the usual names of the main branch exists.
    #[error("the main branch is unknown: there is no `origin/HEAD`, `main` or `master`")]
    NoMainBranch,
}

/// Returns the cause of an error of gix, in one line.
pub(super) fn reason(error: &gix::Error) -> String {
    error.probable_cause().to_string().lines().next().unwrap_or_default().to_owned()
}
