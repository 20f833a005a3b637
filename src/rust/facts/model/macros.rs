//! Macros: their definitions, and the invocations that are expanded.

use serde::{Deserialize, Serialize};

use crate::base::{name::Name, span::Span};

use super::{ConditionId, LexicalScopeId, Path};

/// A `macro_rules!` definition.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct MacroRules {
    /// The name of the macro.
    pub name: Name,
    /// The scope that contains the definition.
    pub scope: LexicalScopeId,
    /// The position of the definition in textual order.
    pub order: u32,
    /// Whether `#[macro_export]` also defines the macro at the crate's root, visible everywhere.
    pub exported: bool,
    /// Whether `#[macro_export(local_inner_macros)]` makes the macros that it calls those of its
    /// own crate.
    pub local_inner: bool,
    /// The `cfg` condition on the definition.
    pub condition: ConditionId,
    /// The rules, as a range of [`FileFacts::tokens`](crate::rust::facts::FileFacts::tokens).
    pub rules: (u32, u32),
}

/// A macro invocation whose arguments are kept until the macro is known: one in item position, or one
/// in code that the macro may compose a path from.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Invocation {
    /// The path of the macro.
    pub path: Path,
    /// The scope that contains the invocation.
    pub scope: LexicalScopeId,
    /// The position of the invocation in textual order.
    pub order: u32,
    /// The `cfg` condition on the invocation.
    pub condition: ConditionId,
    /// The span of the macro's path.
    pub span: Span,
    /// The arguments, as a range of [`FileFacts::tokens`](crate::rust::facts::FileFacts::tokens).
    pub arguments: (u32, u32),
    /// The syntactic position of the invocation.
    pub fragment: FragmentKind,
    /// Among the items of an `impl` or a trait, and in their bodies, what `Self` is there: an entry of
    /// [`FileFacts::subjects`](crate::rust::facts::FileFacts::subjects).
    pub subject: Option<u32>,
}

/// The syntactic position of an invocation, which decides the grammar of its expansion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FragmentKind {
    /// Among a module's or a block's items.
    Items,
    /// Among the items of an `impl` or a trait, which define no name that a path could start with.
    Associated,
    /// Among the statements of a block, or an expression.
    Code,
    /// A pattern.
    Pattern,
    /// A type.
    Type,
}

impl FragmentKind {
    /// Whether the invocation is among items, so that it may define names. The arguments of other
    /// invocations were read where they stand.
    pub fn is_items(self) -> bool {
        matches!(self, Self::Items | Self::Associated)
    }
}
