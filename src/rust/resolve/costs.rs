//! The cost of what the source does not spell itself: expansions of macros, and files that are
//! taken in several times. A few of either can come to many times the source, so the whole
//! workspace has one bound, in proportion to it.

use rustc_hash::FxHashSet;

use crate::{
    base::{codes, diagnostic::Diagnostic},
    rust::facts::FileFacts,
};

use super::ids::FileId;

/// Tokens that may be added in any workspace.
const TOKENS: usize = 8_000_000;

/// Tokens that may be added for each unit of [`size`] of the source.
const TOKENS_PER_OWN: usize = 4;

/// What has been taken in so far.
#[derive(Debug, Default)]
pub(super) struct Costs {
    /// The size of the source itself: of each file once.
    own: usize,
    /// The tokens of expansions, and the size of files taken in again.
    added: usize,
    files: FxHashSet<FileId>,
    /// Whether it was said that the bound has been reached.
    said: bool,
}

impl Costs {
    /// Whether so many tokens more stay within the bound; if they do, they count.
    pub fn add(&mut self, tokens: usize) -> bool {
        let within = self.added.saturating_add(tokens) <= self.most();
        self.added += if within { tokens } else { 0 };
        within
    }

    /// Counts tokens that there are already.
    pub fn note(&mut self, tokens: usize) {
        self.added = self.added.saturating_add(tokens);
    }

    fn most(&self) -> usize {
        TOKENS + TOKENS_PER_OWN * self.own
    }

    /// Whether the file may be taken in: the first time always.
    pub fn admit(&mut self, file: FileId, facts: &FileFacts) -> bool {
        if self.files.insert(file) {
            self.own += size(facts);
            return true;
        }
        self.add(size(facts))
    }

    /// What is wrong where the bound is reached; `None` once it was said.
    pub fn complaint(&mut self) -> Option<Diagnostic> {
        let message = format!(
            "macros, and files that are several modules, come to more than {} tokens together; the rest of them is left out",
            self.most()
        );
        let help = "what they would define is unknown; generate less, or exclude it from the analysis";
        let first = !std::mem::replace(&mut self.said, true);
        first.then(|| Diagnostic::warn(codes::MACRO_LIMIT, message).help(help))
    }
}

/// How large facts are: what they cost each time they are taken in, as many tokens as take that
/// time and memory.
pub(super) fn size(facts: &FileFacts) -> usize {
    let modules = facts.scopes.iter().filter(|scope| scope.module.is_some()).count();
    let small = facts.tokens.len() + facts.segments.len();
    let medium = facts.references.len() + facts.imports.len() + facts.items.len() + facts.scopes.len();
    small + 4 * medium + 32 * modules + 16
}
