//! The facts of one source file, as plain data.
//!
//! Facts hold no absolute path, nothing of any other file and nothing of the configuration: they
//! depend on the file's text alone, so that files are read in parallel and their facts can be
//! cached by content. Names are not resolved here; only the questions that the file alone decides
//! are answered: which identifiers are local bindings or generic parameters.
//!
//! Text goes through these files in order: `source` makes the text safe to parse and finds the
//! bodies of functions, `walk` gathers the facts of `syn`'s tree of the rest, `body` those of the
//! bodies from their tokens, `waivers` reads the comments. `extract` composes them. `model` is the
//! result. `docs` reads documentation, apart from all others.
//!
//! This is the only room that names `syn` and `proc_macro2`.

mod body;
mod docs;
mod extract;
mod include;
mod model;
mod older;
mod origins;
mod pieces;
pub mod source;
mod stack;
pub mod token;
mod waivers;
mod walk;

pub use docs::{Doctest, Doctests, Documented, ReadFile, doctests};
pub use extract::{Fragment, extract, extract_fragment, guess_fragment, left_out, unreadable};
pub use include::{Folder, IncludedFile, included_file};
pub use model::{
    Condition, ConditionId, Constructor, FileFacts, FragmentKind, FunctionFacts, Implementation, Import,
    ImportKind, Invocation, Item, ItemKind, LexicalScope, LexicalScopeId, MacroRules, Maker, Member,
    Namespace, Namespaces, OWN_CRATE, Path, PathStart, PerNamespace, ReferenceFacts, ReferenceKind,
    ScopeKind, Subject, Type, Visibility, code, condition,
};
pub use stack::STACK;
pub use walk::{STANDARD_MACROS, string_literal};
