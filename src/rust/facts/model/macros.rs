//! Macros: their definitions, and the invocations that may define items.

use serde::{Deserialize, Serialize};

use crate::base::{name::Name, span::Span};

use super::{ConditionId, Path, ScopeId};

/// A `macro_rules!` definition.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct MacroRules {
    /// Its name.
    pub name: Name,
    /// Where it is defined.
    pub scope: ScopeId,
    /// Its position in textual order.
    pub order: u32,
    /// `#[macro_export]`: also at the crate's root, for everyone.
    pub exported: bool,
    /// `#[macro_export(local_inner_macros)]`: the macros that it calls are those of its own crate.
    pub local_inner: bool,
    /// The condition on it.
    pub condition: ConditionId,
    /// Its rules, as a range of [`FileFacts::tokens`](crate::rust::facts::FileFacts::tokens).
    pub rules: (u32, u32),
}

/// A macro invocation in item position.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Invocation {
    /// The macro.
    pub path: Path,
    /// Where it stands.
    pub scope: ScopeId,
    /// Its position in textual order.
    pub order: u32,
    /// The condition on it.
    pub condition: ConditionId,
    /// Its path in the source.
    pub span: Span,
    /// Its arguments, as a range of [`FileFacts::tokens`](crate::rust::facts::FileFacts::tokens).
    pub arguments: (u32, u32),
    /// Where it stands, grammatically.
    pub fragment: FragmentKind,
}

/// Where an invocation stands, and so what its expansion is parsed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FragmentKind {
    /// Among a module's or a block's items.
    Items,
    /// Among the items of an `impl` or a trait: it defines no name that a path could start with.
    Associated,
    /// In an expression. Only `include!` is kept from there.
    Expression,
}
