//! What archlint says about its own input: a file it could not read, a configuration it does not accept.
//!
//! A *diagnostic* is about the input of the analysis; a *finding* (`crate::judge::check`) is about the architecture.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    codes::{self, Code},
    span::Span,
};

/// How serious a diagnostic or a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not checked at all.
    Off,
    /// Worth knowing.
    Info,
    /// Wrong, but lets the check pass.
    Warn,
    /// Fails the check.
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

/// One thing that was wrong with the input: what, where, what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file, relative to the workspace root, with `/`. `None` when no one file is to blame.
    pub file: Option<String>,
    /// Where in the file.
    pub span: Option<Span>,
    /// How serious.
    pub severity: Severity,
    /// The sort of problem.
    #[serde(with = "codes")]
    pub code: &'static Code,
    /// What is wrong, in one line that starts in lower case and has no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// The codes of diagnostics of severity warn and above that keep nothing from being read.
const HARMLESS: [&Code; 1] = [codes::UNKNOWN_EDITION];

impl Diagnostic {
    /// A diagnostic of severity error.
    pub fn error(code: &'static Code, message: impl Into<String>) -> Self {
        Self { file: None, span: None, severity: Severity::Error, code, message: message.into(), help: None }
    }

    /// A diagnostic of severity warn.
    pub fn warn(code: &'static Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warn, ..Self::error(code, message) }
    }

    /// Whether source was left out because of this problem, so that violations in that source are unknown. True for every warning
    /// and error but those listed as harmless: a code that is missing from the list must fail the check rather than pass it.
    pub fn hides_source(&self) -> bool {
        self.severity >= Severity::Warn && !HARMLESS.contains(&self.code)
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, file: impl Into<String>, span: Span) -> Self {
        self.file = Some(file.into());
        self.span = (!span.is_nowhere()).then_some(span);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
