//! Signatures, the fields of types, and traits.

use serde::{Deserialize, Serialize};

use super::{ExprId, GenericsId, List, Parameter, TypeId};
use crate::{
    base::name::Name,
    rust::facts::model::{ConditionId, LexicalScopeId},
};

/// Generic parameters and their bounds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Generics {
    /// The type and const parameters: name, [`TypeId`] of the default or [`NONE`](super::NONE) in
    /// turn. A const parameter has the default [`NONE`](super::NONE).
    pub parameters: List<GenericParameter>,
    /// The bounds of the parameters and of the `where` clause, in this order: the [`TypeId`] of the
    /// bounded type, and the [`TypeId`] of one trait in turn. `?Sized`, lifetimes and `for<'a>` are
    /// left out.
    pub bounds: List<Bound>,
}

/// The entries of a generic parameter in a list: its [`Name`], and the [`TypeId`] or [`NONE`](super::NONE).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GenericParameter {
    /// The name.
    pub name: Name,
    /// The default.
    pub default: Option<TypeId>,
}

/// The entries of a bound in a list: the [`TypeId`]s of the type and of the trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The bounded type.
    pub ty: TypeId,
    /// The trait: a [`TypeForm::Path`](super::TypeForm::Path).
    pub of_trait: TypeId,
}

/// The definition that a signature belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignatureOf {
    /// An entry of [`FileFacts::items`](super::super::FileFacts::items).
    Item(u32),
    /// An entry of [`FileFacts::members`](super::super::FileFacts::members).
    Member(u32),
    /// No entry: `const _`, or the expression that a file for `include!` consists of.
    Unnamed,
}

/// The construct around a definition, which gives `Self` a meaning and has generic parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Around {
    /// None.
    Nothing,
    /// An entry of [`FileFacts::implementations`](super::super::FileFacts::implementations).
    Implementation(u32),
    /// The trait that is this entry of [`Code::traits`](super::Code::traits).
    Trait(u32),
    /// The `impl` block or trait around the macro invocation of which this is the expansion.
    Invocation,
}

/// The kinds of definition with a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignatureKind {
    /// A function; an `async` one if true.
    Function { is_async: bool },
    /// A constant or static, whose type is the output.
    Value,
    /// A type alias, or an associated type of an `impl` or trait; the type is the output. For that
    /// of a trait, `bounds` holds the traits.
    Alias,
}

/// A function, constant, static, type alias or associated type.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Signature {
    /// The definition.
    pub of: SignatureOf,
    /// The kind of the definition.
    pub kind: SignatureKind,
    /// The construct around it.
    pub around: Around,
    /// The scope that contains it.
    pub scope: LexicalScopeId,
    /// The condition on it.
    pub condition: ConditionId,
    /// The generic parameters.
    pub generics: GenericsId,
    /// The type of `self`: `Self`, `&Self`, or as written.
    pub receiver: Option<TypeId>,
    /// The parameters after `self`.
    pub parameters: List<Parameter>,
    /// The result, or the type; `None` for the unit type of a function, or for an associated type
    /// without a default.
    pub output: Option<TypeId>,
    /// The traits that an associated type of a trait has.
    pub bounds: List<TypeId>,
    /// The body, or the value of a constant.
    pub body: Option<ExprId>,
}

/// A struct, union, enum or variant.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// The entry of [`FileFacts::items`](super::super::FileFacts::items).
    pub item: u32,
    /// For a variant, the entry of its enum.
    pub of_enum: Option<u32>,
    /// The generic parameters; for a variant, those of its enum.
    pub generics: GenericsId,
    /// The scope that contains the struct or the enum.
    pub scope: LexicalScopeId,
    /// The fields.
    pub fields: List<Field>,
    /// The names of the derives and of the attributes that are macros, without the paths before
    /// them.
    pub derives: List<Name>,
}

/// The entries of a field in a list: its [`Name`], which is its number in a tuple, and its
/// [`TypeId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: Name,
    /// The type.
    pub ty: TypeId,
}

/// A trait.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TraitShape {
    /// The entry of [`FileFacts::items`](super::super::FileFacts::items).
    pub item: u32,
    /// The generic parameters.
    pub generics: GenericsId,
    /// The scope that contains the trait.
    pub scope: LexicalScopeId,
    /// The supertraits, as paths.
    pub supertraits: List<TypeId>,
}
