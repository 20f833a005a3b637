//! The cost of code that is not written in the source itself: expansions of macros, and files that
//! are read as several modules. Few of either can amount to many times the source, so the whole
//! workspace has one bound, in proportion to its source.

use rustc_hash::FxHashSet;

use crate::{
    base::{codes, diagnostic::Diagnostic},
    rust::facts::FileFacts,
};

use super::ids::FileId;

/// The number of tokens that may be added in any workspace.
const TOKENS: usize = 8_000_000;

/// The number of tokens that may be added for each unit of [`size`] of the source.
const TOKENS_PER_OWN: usize = 4;

/// The cost so far.
#[derive(Debug, Default)]
pub(super) struct Costs {
    /// The size of the source itself, each file counted once.
    own: usize,
    /// The tokens of expansions, and the size of files that are added again.
    added: usize,
    files: FxHashSet<FileId>,
    /// Whether the bound was reported.
    said: bool,
}

impl Costs {
    /// Returns whether `tokens` more stay within the bound. If so, they are counted.
    pub fn add(&mut self, tokens: usize) -> bool {
        let within = self.added.saturating_add(tokens) <= self.most();
        self.added += if within { tokens } else { 0 };
        within
    }

    /// Counts source.
    pub fn own(&mut self, size: usize) {
        self.own = self.own.saturating_add(size);
    }

    /// Counts tokens that have been added already.
    pub fn note(&mut self, tokens: usize) {
        self.added = self.added.saturating_add(tokens);
    }

    fn most(&self) -> usize {
        TOKENS + TOKENS_PER_OWN * self.own
    }

    /// Returns whether the file may be added, which is always true the first time.
    pub fn admit(&mut self, file: FileId, facts: &FileFacts) -> bool {
        if self.files.insert(file) {
            self.own += size(facts);
            return true;
        }
        self.add(size(facts))
    }

    /// Returns the diagnostic that the bound was reached, first at `place`; `None` after the first
    /// call. It is about no single file: from then on, all macros are left out.
    pub fn complaint(&mut self, place: &str) -> Option<Diagnostic> {
        let message = format!(
            "the expansions of macros and the files of several modules exceed {} tokens together; the rest is left out",
            self.most()
        );
        let help = format!(
            "the items that they define are unknown; generate less code, or exclude it from the analysis; the limit was reached at `{place}`"
        );
        let first = !std::mem::replace(&mut self.said, true);
        first.then(|| Diagnostic::warn(codes::MACRO_LIMIT, message).help(help))
    }
}

/// The cost of adding facts once, as the number of tokens that take the same time and memory.
pub(super) fn size(facts: &FileFacts) -> usize {
    let modules = facts.scopes.iter().filter(|scope| scope.module.is_some()).count();
    let small = facts.tokens.len() + facts.segments.len();
    let medium = facts.references.len() + facts.imports.len() + facts.items.len() + facts.scopes.len();
    small + 4 * medium + 32 * modules + 16
}
