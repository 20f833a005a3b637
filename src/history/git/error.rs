//! Why a revision cannot be read.

use std::path::PathBuf;

/// What stands between the user and a revision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// There is no repository at or above the folder.
    #[error("`{}` is in no git repository", .0.display())]
    NoRepository(PathBuf),
    /// There is one, and it cannot be opened.
    #[error("the git repository cannot be read: {0}")]
    Unreadable(String),
    /// There is no commit yet.
    #[error("the git repository has no commit yet")]
    Empty,
    /// No revision has that name.
    #[error("there is no revision `{0}`")]
    Unknown(String),
    /// The name could mean several objects.
    #[error("`{name}` could mean several objects: {reason}")]
    Ambiguous {
        /// As asked for.
        name: String,
        /// Which.
        reason: String,
    },
    /// It names something that is no commit.
    #[error("`{name}` is a {kind}, not a commit")]
    NotACommit {
        /// As asked for.
        name: String,
        /// `tree` or `blob`.
        kind: String,
    },
    /// The object is named and not there: a shallow or partial clone, or damage.
    #[error("the commit `{name}` is not in this clone: {reason}")]
    Missing {
        /// As asked for.
        name: String,
        /// What git's store says.
        reason: String,
    },
    /// Two revisions have no common ancestor in this clone.
    #[error("`{0}` and `{1}` have no common ancestor{2}")]
    Unrelated(String, String, &'static str),
    /// None of the usual names of the main branch exists.
    #[error("the main branch cannot be told: there is no `origin/HEAD`, `main` or `master`")]
    NoMainBranch,
}

/// What gix says, in one line.
pub(super) fn reason(error: &gix::Error) -> String {
    error.probable_cause().to_string().lines().next().unwrap_or_default().to_owned()
}
