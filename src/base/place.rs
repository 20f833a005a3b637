//! Places in files that a person wrote for archlint: a configuration, a manifest, a waiver.

use std::sync::Arc;

use super::{diagnostic::Diagnostic, span::Span};

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The file, relative to the workspace root; empty for the command line.
    pub file: Arc<str>,
    /// Where in it; nowhere for a manifest's metadata.
    pub span: Span,
}

impl Place {
    /// `diagnostic`, said of this place.
    pub fn say(&self, diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.at(&*self.file, self.span)
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub place: Place,
}
