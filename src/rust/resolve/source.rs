//! The source of facts: the filter for files, and the provider of the facts of files and macro
//! expansions.

use std::sync::Arc;

use crate::{
    base::files::{Entry, Files, ReadError},
    rust::facts::{self, Doctests, Documented, FileFacts, source},
};

/// The part of a workspace's source that is read.
#[derive(Clone, Copy)]
pub struct SourceFilter<'s> {
    /// Whether test code is included.
    pub tests: bool,
    /// Returns true for a file to leave out, given its path relative to the workspace root.
    pub excludes: &'s (dyn Fn(&str) -> bool + Sync),
    /// Globs of folders in which builds leave generated source, relative to the workspace root.
    pub generated: &'s [String],
    /// Globs of files with the signatures of crates outside the workspace, relative to its root.
    pub signatures: &'s [String],
    /// Whether the definitions of associated items, methods and fields are found.
    pub methods: bool,
}

/// A provider of the facts of files. Each file is requested once in a run, from any thread that has
/// a stack of [`crate::rust::facts::STACK`] bytes.
pub trait FactsSource: Sync {
    /// The facts of the file at `path`, relative to the workspace root; their diagnostics name no
    /// file.
    ///
    /// # Errors
    /// If the file cannot be read. A file that does not parse has facts: little more than a
    /// diagnostic.
    fn facts(&self, path: &str) -> Result<Arc<FileFacts>, ReadError>;

    /// The doctests of the file at `path`, which belongs to a package in the folder `package`. Each
    /// file is requested once for each package.
    ///
    /// # Errors
    /// If the file cannot be read.
    fn doctests(&self, path: &str, package: &str) -> Result<Arc<Doctests>, ReadError>;

    /// The entries of the folder `dir`, which is relative to the workspace root, sorted by name.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError>;

    /// The facts of a macro expansion. `digest` identifies the inputs, so that a result can be
    /// reused; `make` computes it.
    fn expanded(&self, digest: Digest, make: &dyn Fn() -> Expanded) -> Expanded {
        let _ = digest;
        make()
    }
}

/// The BLAKE3 hash of a content.
pub type Digest = [u8; 32];

/// The expansion of a macro invocation, or a guess at its arguments.
#[derive(Debug, Clone)]
pub struct Expanded {
    /// The facts of the expansion.
    pub facts: Arc<FileFacts>,
    /// The number of tokens of the expansion.
    pub tokens: usize,
}

/// Reads each file and extracts its facts from its text.
pub struct Extracted<'f>(pub &'f dyn Files);

impl FactsSource for Extracted<'_> {
    fn facts(&self, path: &str) -> Result<Arc<FileFacts>, ReadError> {
        Ok(Arc::new(facts_of(self.0.read(path)?)))
    }

    fn doctests(&self, path: &str, package: &str) -> Result<Arc<Doctests>, ReadError> {
        let of = Documented { path, package };
        Ok(Arc::new(facts::doctests(of, self.0.read(path)?, &|path| self.0.read(path))))
    }

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        self.0.list(dir)
    }
}

/// Facts of which some files' come from another source.
pub struct Overlaid<'f> {
    /// The source of most files.
    pub saved: &'f dyn FactsSource,
    /// The source of the others, which is also asked for folders.
    pub unsaved: Extracted<'f>,
    /// Returns whether the facts of a file come from the other source.
    pub is_unsaved: &'f (dyn Fn(&str) -> bool + Sync),
}

impl Overlaid<'_> {
    fn of(&self, path: &str) -> &dyn FactsSource {
        if (self.is_unsaved)(path) { &self.unsaved } else { self.saved }
    }
}

impl FactsSource for Overlaid<'_> {
    fn facts(&self, path: &str) -> Result<Arc<FileFacts>, ReadError> {
        self.of(path).facts(path)
    }

    fn doctests(&self, path: &str, package: &str) -> Result<Arc<Doctests>, ReadError> {
        self.of(path).doctests(path, package)
    }

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        self.unsaved.list(dir)
    }

    fn expanded(&self, digest: Digest, make: &dyn Fn() -> Expanded) -> Expanded {
        self.saved.expanded(digest, make)
    }
}

/// Extracts the facts of a file with this content.
pub fn facts_of(bytes: Vec<u8>) -> FileFacts {
    match source::prepare(bytes) {
        Ok(source) => facts::extract(&source),
        Err(diagnostic) => facts::unreadable(diagnostic),
    }
}
