//! The facts of a file as plain data; [`FileFacts`] holds all of them.

mod associated;
pub mod code;
pub mod condition;
mod items;
mod macros;
mod namespace;
mod paths;
mod places;
mod sound;
mod token;

use index_vec::IndexVec;
use serde::{Deserialize, Serialize};

use crate::base::{
    diagnostic::Diagnostic,
    id::dense_id,
    name::{Name, Names},
    span::Span,
    waiver::Waiver,
};
use code::{Code, GenericsId, TypeId};
use condition::Predicate;

pub use associated::{Implementation, Maker, Member, Subject, Type};
pub use items::{Constructor, FunctionFacts, Import, ImportKind, Item, ItemKind, Visibility};
pub use macros::{FragmentKind, Invocation, MacroRules};
pub use namespace::{Namespace, Namespaces, PerNamespace};
pub use paths::{OWN_CRATE, Path, PathStart, ReferenceFacts, ReferenceKind};
pub use token::{Token, TokenKind};

dense_id! {
    /// A lexical scope of a file. Scope 0 is the body of the file.
    pub struct LexicalScopeId;
}
dense_id! {
    /// A `cfg` condition of a file. Condition 0 always holds.
    pub struct ConditionId;
}

/// All facts of a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(remote = "Self")] // `sound` checks the ids of what is read
pub struct FileFacts {
    /// The text of every [`Name`] below.
    pub names: Names,
    /// The scopes, outer before inner.
    pub scopes: IndexVec<LexicalScopeId, LexicalScope>,
    /// The items that the file defines.
    pub items: Vec<Item>,
    /// The functions that have a body, including methods and functions inside functions.
    pub functions: Vec<FunctionFacts>,
    /// The leaves of the `use` declarations, and the `extern crate`s.
    pub imports: Vec<Import>,
    /// The places where a path names an item.
    pub references: Vec<ReferenceFacts>,
    /// The segments of all paths; see [`Path`].
    pub segments: Vec<Name>,
    /// Lists of the traits that a type parameter or a trait is bound by.
    pub bounds: Vec<Vec<Path>>,
    /// The `impl` blocks.
    pub implementations: Vec<Implementation>,
    /// The items of the `impl` blocks.
    pub members: Vec<Member>,
    /// The starts of paths to associated items.
    pub subjects: Vec<Subject>,
    /// Types, signatures and bodies, for inference.
    pub code: Code,
    /// The `cfg` conditions.
    pub conditions: IndexVec<ConditionId, Condition>,
    /// The `macro_rules!` definitions.
    pub macros: Vec<MacroRules>,
    /// Macro invocations in item position, which may therefore define items.
    pub invocations: Vec<Invocation>,
    /// The tokens of macro definitions and invocations.
    pub tokens: Vec<Token>,
    /// The waivers.
    pub waivers: Vec<Waiver>,
    /// Whether the file starts with `#![macro_use]`, so that its macros stay in scope after its
    /// module.
    pub macro_use: bool,
    /// The number of lines of the text.
    pub lines: u32,
    /// Problems with the file. The caller fills in the file's name, which the facts do not hold.
    pub diagnostics: Vec<Diagnostic>,
}

/// A lexical scope that can hold items.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct LexicalScope {
    /// The construct that opened the scope.
    pub kind: ScopeKind,
    /// The enclosing scope; `None` for the body of the file.
    pub parent: Option<LexicalScopeId>,
    /// The `cfg` condition on the scope.
    pub condition: ConditionId,
    /// The position of the scope in the file's textual order, for macro scope.
    pub order: u32,
    /// The lines that the scope spans.
    pub span: Span,
    /// For an inline module, its name and the value of its `#[path]`.
    pub module: Option<(Name, Option<Name>)>,
}

/// The construct that opens a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScopeKind {
    /// A module: the file's body or `mod name { … }`.
    Module,
    /// A block that contains items. Names of the enclosing scopes stay visible.
    Block,
    /// The variants of an enum.
    Enum,
    /// The associated items of a trait.
    Trait,
}

/// A `cfg` condition, together with the conditions around it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Condition {
    /// The condition around this one.
    pub parent: ConditionId,
    /// The predicate that this condition adds; `None` only for the condition that always holds.
    pub predicate: Option<Predicate>,
}

impl FileFacts {
    /// The nearest module scope that contains `scope`, or `scope` itself.
    pub fn module_of(&self, mut scope: LexicalScopeId) -> LexicalScopeId {
        while self.scopes[scope].kind != ScopeKind::Module {
            match self.scopes[scope].parent {
                Some(parent) => scope = parent,
                None => break,
            }
        }
        scope
    }

    /// Whether a condition can hold only in test builds.
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
