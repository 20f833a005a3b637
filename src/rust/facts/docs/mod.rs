//! Doctests: the code in documentation that rustdoc compiles (the rustdoc book, "Documentation
//! tests").
//!
//! ```text
//! collect ──→ the documentation of each item, from the file's tree
//! text ─────→ its Markdown, each character with its place in the source
//! markdown ─→ the blocks of code that are tests
//! code ─────→ the facts of each block, which is a crate of its own
//! ```
//!
//! Doctests are extracted apart from the other facts of a file: a run without test code reads no
//! documentation, and the facts of code do not depend on whether it is read. What `include_str!`
//! adds to documentation is part of it, so the doctests of such a file depend on other files, too.

mod code;
mod collect;
mod markdown;
mod text;

use std::sync::Arc;

use index_vec::IndexVec;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::base::{
    codes,
    diagnostic::Diagnostic,
    files::ReadError,
    path,
    span::{Position, Span},
};

use super::{
    Folder, IncludedFile,
    model::{Condition, ConditionId, FileFacts},
};
use text::Placed;

/// The doctests of a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Doctests {
    /// The doctests that name anything, in the order of the source.
    pub all: Vec<Doctest>,
    /// The conditions on them. The first always holds.
    pub conditions: IndexVec<ConditionId, Condition>,
    /// Problems with them. A diagnostic without a file is about the documented file.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether other files are part of the documentation.
    pub includes: bool,
}

impl Doctests {
    /// Returns whether both have the same doctests in the same order, possibly at other places. False
    /// if one has a diagnostic, because its place is in the report.
    pub fn say_the_same(self, other: Self) -> bool {
        let frame = |of: &Self| {
            let doctests = of.all.iter().map(|one| (one.file.clone(), one.condition, one.edition));
            (doctests.collect::<Vec<_>>(), postcard::to_stdvec(&of.conditions).ok())
        };
        let same_modules = self.modules() == other.modules();
        self.diagnostics.is_empty()
            && other.diagnostics.is_empty()
            && same_modules
            && frame(&self) == frame(&other)
            && self.all.into_iter().zip(other.all).all(|(a, b)| {
                let [a, b] = [a.facts, b.facts].map(Arc::unwrap_or_clone);
                a.says_the_same(b)
            })
    }

    /// The modules of the doctests, each by its number among them.
    fn modules(&self) -> Vec<usize> {
        let mut starts: Vec<Position> = self.all.iter().map(|one| one.module).collect();
        starts.sort_unstable();
        starts.dedup();
        self.all.iter().map(|one| starts.binary_search(&one.module).unwrap_or_default()).collect()
    }
}

/// A doctest: a block of code, as a crate of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Doctest {
    /// The file that the block starts in, where that is an included one.
    pub file: Option<String>,
    /// The start of the body of the inline module that has the documentation; nowhere if that is
    /// the body of the file.
    pub module: Position,
    /// The condition on the documentation, within the file.
    pub condition: ConditionId,
    /// The edition that the block asks for.
    pub edition: Option<u16>,
    /// The facts of the block, at their places in its file.
    #[serde(with = "shared")]
    pub facts: Arc<FileFacts>,
}

/// A reader of the files that documentation includes.
pub type ReadFile<'r> = &'r dyn Fn(&str) -> Result<Vec<u8>, ReadError>;

/// The file whose documentation is read.
#[derive(Clone, Copy)]
pub struct Documented<'d> {
    /// Its path, relative to the workspace root.
    pub path: &'d str,
    /// The folder of its package, relative to the workspace root.
    pub package: &'d str,
}

/// Bytes that a file may include in its documentation, besides [`INCLUDED_PER_OWN`].
const INCLUDED: usize = 1 << 20;

/// Bytes that a file may include for each of its own.
const INCLUDED_PER_OWN: usize = 4;

/// The doctests of a file with this content. Needs a thread with [`STACK`](super::STACK) bytes of
/// stack.
pub fn doctests(of: Documented<'_>, bytes: Vec<u8>, read: ReadFile<'_>) -> Doctests {
    let most = INCLUDED + INCLUDED_PER_OWN * bytes.len();
    let (files, known, found) = (Vec::new(), FxHashMap::default(), Doctests::default());
    let mut reader = Reader { of, read, files, known, most, found };
    if collect::may_have_code(&bytes) {
        match collect::collect(bytes) {
            Ok(collected) => {
                reader.found.conditions = collected.conditions;
                collected.all.iter().for_each(|one| reader.documentation(one));
            }
            Err(diagnostic) => reader.found.diagnostics.push(diagnostic),
        }
    }
    reader.found
}

/// Reads the documentation of a file.
struct Reader<'r> {
    of: Documented<'r>,
    read: ReadFile<'r>,
    /// The included files with their contents, or why they cannot be read. The number 0 in a text is
    /// the file itself.
    files: Vec<(String, Result<String, String>)>,
    /// The index of each of them.
    known: FxHashMap<String, usize>,
    /// Bytes that may still be included.
    most: usize,
    found: Doctests,
}

impl Reader<'_> {
    fn documentation(&mut self, of: &collect::Documentation) {
        let fragments: Vec<_> = of.fragments.iter().map(|fragment| self.fragment(fragment)).collect();
        for block in markdown::blocks(&text::join(&fragments)) {
            self.block(of, &block);
        }
    }

    /// The text of a fragment, with the files that it includes.
    fn fragment(&mut self, of: &collect::Fragment) -> text::Fragment {
        let mut text = Placed::default();
        for part in &of.parts {
            match part {
                collect::Piece::Comment { text: comment, start } => text.push(comment, 0, *start),
                collect::Piece::Literal { written, value, start } => {
                    text.push_literal(written, value, *start);
                }
                collect::Piece::Included { file, span } => self.include(file, *span, &mut text),
            }
        }
        text::Fragment { text, form: of.form }
    }

    fn include(&mut self, file: &IncludedFile, span: Span, text: &mut Placed) {
        self.found.includes = true;
        let folder = match file.folder {
            Folder::Including => path::split(self.of.path).0,
            Folder::Package => self.of.package,
            Folder::OutDir => return, // a build writes it
        };
        let path = path::join(folder, file.relative());
        let at = self.known.get(&path).copied().unwrap_or_else(|| self.read_file(path));
        let (path, content) = &self.files[at];
        let message = match content {
            Ok(content) if content.len() <= self.most => {
                self.most -= content.len();
                return text.push(content, at as u32 + 1, Position { line: 1, column: 1 });
            }
            Ok(_) => format!("`{path}` and others are too large for documentation"),
            Err(error) => format!("`{path}` cannot be included: {error}"),
        };
        self.unread(span, message);
    }

    /// Reads an included file, once however often it is included. Returns its index.
    fn read_file(&mut self, path: String) -> usize {
        let content = (self.read)(&path).map_err(|error| error.to_string());
        let content = content.and_then(|bytes| String::from_utf8(bytes).map_err(|error| error.to_string()));
        let at = self.files.len();
        self.known.insert(path.clone(), at);
        self.files.push((path, content));
        at
    }

    fn unread(&mut self, span: Span, message: String) {
        let diagnostic = Diagnostic::warn(codes::UNREADABLE_INCLUDE, message)
            .help("the doctests in it are unknown; without test code, documentation is not read");
        self.found.diagnostics.push(Diagnostic { span: Some(span), ..diagnostic });
    }

    fn block(&mut self, of: &collect::Documentation, block: &markdown::Block) {
        let Some((file, first)) = block.code.first_place() else { return };
        let file = (file as usize).checked_sub(1).map(|at| self.files[at].0.clone());
        match code::facts(&block.code) {
            Ok(Some(facts)) => self.found.all.push(Doctest {
                file,
                module: of.module,
                condition: of.condition,
                edition: block.edition,
                facts: Arc::new(facts),
            }),
            Ok(None) => {}
            Err(code::NotParsed { message, span }) => {
                let span = if span.is_nowhere() { Span { start: first, end: first } } else { span };
                let message = format!("this doctest does not parse, so it is left out: {message}");
                let diagnostic = Diagnostic::warn(codes::DOCTEST, message)
                    .help("fix it, or mark the block as what it is: `text`, `ignore`, `compile_fail`");
                self.found.diagnostics.push(Diagnostic { file, span: Some(span), ..diagnostic });
            }
        }
    }
}

/// Facts that are shared, written as facts.
mod shared {
    use std::sync::Arc;

    use serde::{Deserializer, Serializer};

    use crate::rust::facts::FileFacts;

    pub fn serialize<S: Serializer>(facts: &Arc<FileFacts>, serializer: S) -> Result<S::Ok, S::Error> {
        let facts: &FileFacts = facts;
        serde::Serialize::serialize(facts, serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<FileFacts>, D::Error> {
        <FileFacts as serde::Deserialize>::deserialize(deserializer).map(Arc::new)
    }
}

#[cfg(test)]
mod tests;
