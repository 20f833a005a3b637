//! The names behind dots and of fields, and the definitions that they mean.

use super::{
    super::ids::{ItemId, ModuleId, ScopeId},
    world::SignatureId,
};
use crate::rust::facts::code::{ExprId, MemberId};

/// A name behind a dot, or of a field in braces.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    pub member: MemberId,
    pub scope: ScopeId,
    pub is_field: bool,
    pub target: Target,
    /// The expression before the dot.
    pub receiver: Option<ExprId>,
    /// The struct, union or variant that has the field.
    pub owner: Option<ItemId>,
}

/// The definition that a name means.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// One of the workspace.
    Defined {
        /// The module that defines it.
        module: ModuleId,
        /// The module of the receiver's type or trait.
        named: Option<ModuleId>,
        /// The receiver's type or trait, of a method.
        by: Option<ItemId>,
        /// The method; `None` for a field.
        method: Option<SignatureId>,
        /// Whether no code that was not read may define another item of that name.
        certain: bool,
    },
    /// One of another crate or of the language.
    External,
    Unknown(Why),
}

/// The reason why the definition is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The type of the receiver is not known.
    Receiver,
    /// Several definitions are possible.
    Several,
    /// The type has nothing of that name that was read.
    Missing,
}
