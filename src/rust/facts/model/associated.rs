//! `impl` blocks, their items, and the types that paths to associated items start with.

use serde::{Deserialize, Serialize};

use crate::base::{name::Name, span::Span};

use super::{ConditionId, GenericsId, LexicalScopeId, Path, TypeId};

/// An `impl` block. Its items are the entries of [`FileFacts::members`] that lead to it.
///
/// [`FileFacts::members`]: crate::rust::facts::FileFacts::members
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Implementation {
    /// The type that it is for.
    pub self_type: Type,
    /// The trait that it implements.
    pub of_trait: Option<Path>,
    /// The type with its generic arguments.
    pub ty: TypeId,
    /// The trait with its generic arguments: a path.
    pub trait_type: Option<TypeId>,
    /// The generic parameters.
    pub generics: GenericsId,
    /// The scope that it stands in.
    pub scope: LexicalScopeId,
    /// The condition on it.
    pub condition: ConditionId,
    /// Its `impl`.
    pub span: Span,
    /// The references in it, as a range of
    /// [`FileFacts::references`](crate::rust::facts::FileFacts::references).
    pub references: (u32, u32),
}

/// A function, constant or type that an `impl` block defines.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// Whether it is a type, rather than a value.
    pub is_type: bool,
    /// The entry of [`FileFacts::implementations`] that it stands in; `None` in an expansion, where
    /// that is the `impl` around the invocation.
    ///
    /// [`FileFacts::implementations`]: crate::rust::facts::FileFacts::implementations
    pub of: Option<u32>,
    /// The condition on it.
    pub condition: ConditionId,
    /// Its name in the source.
    pub span: Span,
}

/// The start of a path to an associated item: `Self`, `T`, `<T as Trait>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The type.
    pub ty: Type,
    /// The trait that the path names besides.
    pub of_trait: Option<Path>,
}

/// A type, as far as the associated items that it has depend on it: without generic arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Type {
    /// A path.
    Path(Path),
    /// A type parameter, `impl Trait`, or `Self` in a trait, by the traits that it has: an entry of
    /// [`FileFacts::bounds`](crate::rust::facts::FileFacts::bounds).
    Bounded(u32),
    /// `Self` in this `impl` block, or another name of its type.
    SelfOf(u32),
    /// `Self` in an expansion among the items of an `impl` block: the type around the invocation.
    SelfAround,
    /// `dyn Trait`.
    Object(Path),
    /// A type that a symbol makes of others.
    Made(Maker),
    /// A type whose items the file alone does not tell: `T::Item`, `m!()`.
    Other,
}

/// The symbols that make types of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Maker {
    /// `[T]`.
    Slice,
    /// `[T; N]`.
    Array,
    /// `(A, B)`.
    Tuple,
    /// `&T`, `&mut T`.
    Reference,
    /// `*const T`, `*mut T`.
    Pointer,
    /// `fn(A) -> B`.
    Function,
    /// `!`.
    Never,
}
