//! Diagnostics: problems in archlint's own input, such as an unreadable file or an invalid
//! configuration.
//!
//! A *diagnostic* is about the input of the analysis; a *finding* (`crate::judge::check`) is about
//! the architecture.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    codes::{self, Code},
    span::Span,
};

/// The severity of a diagnostic or a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The rule is not checked.
    Off,
    /// Informational only.
    Info,
    /// A problem that does not fail the check.
    Warn,
    /// A problem that fails the check.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warn => "warning",
            Self::Error => "error",
        })
    }
}

/// One problem in the input: the problem, its position, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file, relative to the workspace root, with `/` as the separator. `None` if the problem
    /// is in no single file.
    pub file: Option<String>,
    /// The position in the file.
    pub span: Option<Span>,
    /// The severity.
    pub severity: Severity,
    /// The kind of problem.
    #[serde(with = "codes")]
    pub code: &'static Code,
    /// The problem, in one line that starts in lower case and has no full stop.
    pub message: String,
    /// The action that solves the problem.
    pub help: Option<String>,
}

/// The codes of diagnostics of severity warn and above that do not prevent any source from being
/// read.
const HARMLESS: [&Code; 1] = [codes::UNKNOWN_EDITION];

impl Diagnostic {
    /// Creates a diagnostic of severity error.
    pub fn error(code: &'static Code, message: impl Into<String>) -> Self {
        Self { file: None, span: None, severity: Severity::Error, code, message: message.into(), help: None }
    }

    /// Creates a diagnostic of severity warn.
    pub fn warn(code: &'static Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warn, ..Self::error(code, message) }
    }

    /// Returns whether the problem caused source to be left out, so that violations in that source
    /// are unknown. True for every warning and error except those listed as harmless: a code that
    /// is missing from that list must fail the check rather than pass it.
    pub fn hides_source(&self) -> bool {
        self.severity >= Severity::Warn && !HARMLESS.contains(&self.code)
    }

    /// Sets the position.
    #[must_use]
    pub fn at(mut self, file: impl Into<String>, span: Span) -> Self {
        self.file = Some(file.into());
        self.span = (!span.is_nowhere()).then_some(span);
        self
    }

    /// Sets the help text.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
