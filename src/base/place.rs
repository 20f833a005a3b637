//! Positions in files that a person wrote for archlint: a configuration, a manifest, a waiver.

use std::sync::Arc;

use super::{diagnostic::Diagnostic, span::Span};

/// A position in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The file, relative to the workspace root; empty for the command line.
    pub file: Arc<str>,
    /// The span in the file; nowhere for a manifest's metadata.
    pub span: Span,
}

impl Place {
    /// Returns `diagnostic` with this position.
    pub fn say(&self, diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.at(&*self.file, self.span)
    }
}

/// A value and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// The position of the value.
    pub place: Place,
}
