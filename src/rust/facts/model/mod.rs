//! The facts of a file: plain data, of which [`FileFacts`] is the whole.

pub mod condition;
mod items;
mod macros;
mod namespace;
mod paths;
mod places;
mod sound;
mod token;

use index_vec::{IndexVec, define_index_type};
use serde::{Deserialize, Serialize};

use crate::base::{
    diagnostic::Diagnostic,
    name::{Name, Names},
    span::Span,
    waiver::Waiver,
};
use condition::Predicate;

pub use items::{Constructor, Function, Import, ImportKind, Item, ItemKind, Visibility};
pub use macros::{FragmentKind, Invocation, MacroRules};
pub use namespace::{Namespace, Namespaces, PerNamespace};
pub use paths::{OWN_CRATE, Path, PathStart, Reference, ReferenceKind};
pub use token::{Token, TokenKind};

define_index_type! {
    /// A lexical scope of a file. Scope 0 is the file's own body.
    pub struct ScopeId = u32;
    // One that is read must not panic: `sound` refuses facts with an id that leads nowhere.
    DISABLE_MAX_INDEX_CHECK = true;
}
define_index_type! {
    /// A condition of a file. Condition 0 always holds.
    pub struct ConditionId = u32;
    DISABLE_MAX_INDEX_CHECK = true;
}

/// All facts of a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(remote = "Self")] // `sound` checks the ids of what is read
pub struct FileFacts {
    /// Spells every [`Name`] below.
    pub names: Names,
    /// Its scopes, outer before inner.
    pub scopes: IndexVec<ScopeId, Scope>,
    /// The items that it defines.
    pub items: Vec<Item>,
    /// Its functions that have a body, methods and functions in functions included.
    pub functions: Vec<Function>,
    /// The leaves of its `use` declarations, and its `extern crate`s.
    pub imports: Vec<Import>,
    /// Where it names things.
    pub references: Vec<Reference>,
    /// The segments of all paths; see [`Path`].
    pub segments: Vec<Name>,
    /// Lists of the paths that `Self` or a type parameter may stand for.
    pub bounds: Vec<Vec<Path>>,
    /// Its `cfg` conditions.
    pub conditions: IndexVec<ConditionId, Condition>,
    /// Its `macro_rules!` definitions.
    pub macros: Vec<MacroRules>,
    /// Macro invocations that stand where items do, which may therefore define items.
    pub invocations: Vec<Invocation>,
    /// Tokens of macro definitions and invocations.
    pub tokens: Vec<Token>,
    /// Its waivers.
    pub waivers: Vec<Waiver>,
    /// Whether it says `#![macro_use]`: the macros of the module that it is outlive that.
    pub macro_use: bool,
    /// Lines of text.
    pub lines: u32,
    /// Problems with it. The caller, which knows the file's name, fills that in.
    pub diagnostics: Vec<Diagnostic>,
}

/// A lexical scope that can hold items.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Scope {
    /// The construct that opened it.
    pub kind: ScopeKind,
    /// The scope around it; `None` for the file's body.
    pub parent: Option<ScopeId>,
    /// The condition on it.
    pub condition: ConditionId,
    /// Its position in the file's textual order, for macro scope.
    pub order: u32,
    /// The lines that it spans.
    pub span: Span,
    /// An inline module's name and `#[path]`.
    pub module: Option<(Name, Option<Name>)>,
}

/// The construct that opens a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScopeKind {
    /// A module: the file's body or `mod name { … }`.
    Module,
    /// A block with items in it. Names of the scopes around it stay visible.
    Block,
    /// The variants of an enum.
    Enum,
    /// The associated items of a trait.
    Trait,
}

/// A `cfg` condition, together with those around it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Condition {
    /// The condition of what stands around it.
    pub parent: ConditionId,
    /// The predicate that it adds to that; `None` only for the condition that always holds.
    pub predicate: Option<Predicate>,
}

impl FileFacts {
    /// The module scope that holds `scope`: itself, or the nearest one around it.
    pub fn module_of(&self, mut scope: ScopeId) -> ScopeId {
        while self.scopes[scope].kind != ScopeKind::Module {
            match self.scopes[scope].parent {
                Some(parent) => scope = parent,
                None => break,
            }
        }
        scope
    }

    /// Whether a condition can only hold in test builds.
    pub fn requires_test(&self, mut condition: ConditionId) -> bool {
        loop {
            let Condition { parent, predicate } = &self.conditions[condition];
            match predicate {
                Some(predicate) if predicate.requires_test() => return true,
                Some(_) => condition = *parent,
                None => return false,
            }
        }
    }

    /// Whether a condition holds in no build, such as that of `#[cfg(any())]`.
    pub fn is_never(&self, mut condition: ConditionId) -> bool {
        loop {
            let Condition { parent, predicate } = &self.conditions[condition];
            match predicate {
                Some(predicate) if predicate.is_never() => return true,
                Some(_) => condition = *parent,
                None => return false,
            }
        }
    }
}
