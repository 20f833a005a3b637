//! The errors of sessions.

use std::{error, fmt};

use crate::rust::cargo::WorkspaceError;

/// The subject of an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no workspace, or its manifests cannot be read.
    Workspace,
    /// The configuration cannot be read, or has errors.
    Configuration,
    /// There is no such revision, or it cannot be read.
    Revision,
    /// The machine failed: a folder cannot be read, or threads cannot be started.
    Environment,
}

/// The reason why a workspace could not be checked: what happened, where, and what to do.
///
/// `{}` writes what happened, and `{:#}` its causes, too. A configuration with several mistakes is
/// one error that contains all of them.
pub struct Error {
    kind: ErrorKind,
    /// The attempted action; `None` if the cause is sufficient.
    attempt: Option<String>,
    cause: Box<dyn error::Error + Send + Sync>,
}

impl Error {
    /// Creates an error with the text of `cause`.
    pub(crate) fn new(kind: ErrorKind, cause: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self { kind, attempt: None, cause: cause.into() }
    }

    /// Returns the subject of the error.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the underlying error of a manifest, if any, which contains the place and the advice.
    pub(crate) fn of_manifest(&self) -> Option<&WorkspaceError> {
        self.cause.downcast_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.attempt {
            Some(attempt) => f.write_str(attempt)?,
            None => write!(f, "{}", self.cause)?,
        }
        if f.alternate() {
            let causes = std::iter::successors(error::Error::source(self), |cause| cause.source());
            for cause in causes {
                write!(f, ": {cause}")?;
            }
        }
        Ok(())
    }
}

/// Shows the error as for people, because `unwrap` in a unit test prints this.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:#}")?;
        let Some(WorkspaceError { file, position, help, .. }) = self.of_manifest() else { return Ok(()) };
        if let Some(file) = file {
            let at = position.map(|p| format!(":{}:{}", p.line, p.column)).unwrap_or_default();
            write!(f, "\n  --> {}{at}", file.display())?;
        }
        help.iter().try_for_each(|help| write!(f, "\n  = help: {help}"))
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.attempt {
            Some(_) => Some(&*self.cause),
            None => self.cause.source(),
        }
    }
}

impl From<WorkspaceError> for Error {
    fn from(error: WorkspaceError) -> Self {
        Self::new(ErrorKind::Workspace, error)
    }
}

#[cfg(feature = "history")]
impl From<crate::history::git::HistoryError> for Error {
    fn from(error: crate::history::git::HistoryError) -> Self {
        Self::new(ErrorKind::Revision, error)
    }
}

/// Adds the attempted action to errors.
pub(crate) trait While<T> {
    /// Converts an error to one that says that `attempt` failed, with the original error as its
    /// cause.
    fn attempting(self, kind: ErrorKind, attempt: impl FnOnce() -> String) -> Result<T, Error>;
}

impl<T, E: Into<Box<dyn error::Error + Send + Sync>>> While<T> for Result<T, E> {
    fn attempting(self, kind: ErrorKind, attempt: impl FnOnce() -> String) -> Result<T, Error> {
        self.map_err(|cause| Error { kind, attempt: Some(attempt()), cause: cause.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_tells_its_causes_once() {
        let inner = Error::new(ErrorKind::Environment, "the disk is full");
        assert_eq!(
            (inner.to_string().as_str(), format!("{inner:#}").as_str()),
            ("the disk is full", "the disk is full")
        );
        let outer =
            Err::<(), _>(inner).attempting(ErrorKind::Configuration, || "`a` cannot be read".to_owned());
        let outer = outer.expect_err("it is one");
        assert_eq!(outer.to_string(), "`a` cannot be read");
        assert_eq!(format!("{outer:?}"), "`a` cannot be read: the disk is full");
        assert_eq!(outer.kind(), ErrorKind::Configuration);
    }
}
