//! The result of checking a workspace, for programs that link archlint.

use std::{fmt, path::PathBuf};

use super::{
    Checked, Options, Project, Session,
    error::{Error, ErrorKind},
};
use crate::{
    base::diagnostic::{Diagnostic, Severity},
    judge::check::Report,
    render::report::{Sources, listing::Listing, text},
};

/// The result of checking a workspace. Its text is that of `archlint check`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// The findings.
    #[doc(hidden)]
    pub report: Report,
    text: String,
}

impl Verdict {
    /// Returns whether no rule of severity error is violated.
    pub fn passed(&self) -> bool {
        self.report.exit_code() == 0
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Checks the workspace in `folder` against its `archlint.toml`, which makes the architecture a
/// unit test.
///
/// ```
/// # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/health-platform");
/// # stringify! {
/// let folder = env!("CARGO_MANIFEST_DIR");
/// # };
/// let verdict = archlint::check_workspace(folder)?;
/// assert!(verdict.passed(), "\n{verdict}");
/// # Ok::<(), archlint::Error>(())
/// ```
///
/// # Errors
/// Returns the errors of [`Session::open`] and [`Session::verdict`].
pub fn check_workspace(folder: impl Into<PathBuf>) -> Result<Verdict, Error> {
    Session::open(&Options::new(folder.into().join("Cargo.toml")))?.verdict()
}

/// Returns the result of checking `session`.
pub(super) fn verdict(session: &Session) -> Result<Verdict, Error> {
    let Checked { report, mistakes, .. } = session.check();
    refuse(&session.project, &mistakes)?;
    session.project.complete()?;
    let read = |file: &str| session.project.read(file);
    let listing = Listing { lines: None, ..Listing::of(&report) };
    let text = text::report(&report, &listing, &Sources::new(&read), text::Style::default());
    Ok(Verdict { report, text })
}

/// Returns an error that contains all `mistakes`, if one of them has severity error.
pub(super) fn refuse(project: &Project, mistakes: &[Diagnostic]) -> Result<(), Error> {
    if mistakes.iter().all(|mistake| mistake.severity != Severity::Error) {
        return Ok(());
    }
    let read = |file: &str| project.read(file);
    let sources = Sources::new(&read);
    let all = mistakes.iter().map(|mistake| text::diagnostic(mistake, &sources, text::Style::default()));
    let all = all.collect::<Vec<_>>().join("\n\n");
    Err(Error::new(ErrorKind::Configuration, format!("the configuration has mistakes\n\n{all}")))
}
