//! Code as data: types with their generic arguments, signatures, fields, and the bodies of
//! functions.
//!
//! A body is a tree of expressions, patterns and types in arenas: plain data without the meaning of
//! any name. Inference of types reads it ([`crate::rust::resolve`]); it needs the structure of
//! expressions, which a list of references does not have. Lifetimes, visibilities, attributes and
//! the values of literals are left out. Code that is not understood is [`Expr::Missing`],
//! [`Pat::Other`] or [`TypeForm::Other`].
//!
//! Children come before their parents, so a walk in the order of the ids never meets an unknown id.

mod lists;
mod signatures;
pub mod sound;
mod spell;
#[cfg(test)]
pub mod written;

use index_vec::IndexVec;
use serde::{Deserialize, Serialize};

use crate::base::{id::dense_id, name::Name, span::Span};

use super::{ConditionId, LexicalScopeId, PathStart};

pub use lists::{List, Listed, NONE};
pub use signatures::{
    Around, Bound, Field, GenericParameter, Generics, Shape, Signature, SignatureKind, SignatureOf,
    TraitShape,
};
pub use spell::spell;

dense_id! {
    /// An expression of a file.
    pub struct ExprId;
}
dense_id! {
    /// A pattern of a file.
    pub struct PatId;
}
dense_id! {
    /// A type of a file, as written.
    pub struct TypeId;
}
dense_id! {
    /// A path of a file, with its generic arguments.
    pub struct PathId;
}
dense_id! {
    /// A name behind a dot, or of a field in braces.
    pub struct MemberId;
}
dense_id! {
    /// The generic arguments of one segment of a path.
    pub struct ArgumentsId;
}
dense_id! {
    /// A list of generic parameters.
    pub struct GenericsId;
}

/// The code of a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Code {
    /// The types.
    pub types: IndexVec<TypeId, TypeForm>,
    /// The paths.
    pub paths: IndexVec<PathId, CodePath>,
    /// The generic arguments of paths.
    pub arguments: IndexVec<ArgumentsId, Arguments>,
    /// The expressions.
    pub exprs: IndexVec<ExprId, Expr>,
    /// The patterns.
    pub pats: IndexVec<PatId, Pat>,
    /// The names behind dots, and of fields in braces.
    pub members: IndexVec<MemberId, MemberName>,
    /// The entries of all lists, by their numbers.
    pub lists: Vec<u32>,
    /// The lists of generic parameters. The first is empty.
    pub generics: IndexVec<GenericsId, Generics>,
    /// Functions, constants, statics, aliases and associated types.
    pub signatures: Vec<Signature>,
    /// Structs, unions and variants; also enums, which have no fields of their own.
    pub shapes: Vec<Shape>,
    /// Traits.
    pub traits: Vec<TraitShape>,
}

/// A type, as written.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum TypeForm {
    /// A path: a type, a type parameter, `Self`, `T::Item`; among bounds, a trait.
    Path(PathId),
    /// `<T as Trait>::Item`, or `<T>::Item`.
    Qualified {
        /// The type.
        ty: TypeId,
        /// The trait: a [`TypeForm::Path`].
        of_trait: Option<TypeId>,
        /// The item, and the segments after it with their arguments.
        rest: PathId,
    },
    /// `&T`, `&mut T`.
    Reference(TypeId),
    /// `*const T`, `*mut T`.
    Pointer(TypeId),
    /// `[T]`.
    Slice(TypeId),
    /// `[T; N]`.
    Array(TypeId),
    /// `(A, B)`; the unit type where empty. A type in parentheses is the type itself.
    Tuple(List<TypeId>),
    /// `fn(A) -> B`.
    Function {
        /// The parameters.
        params: List<TypeId>,
        /// The result; `None` for the unit type.
        output: Option<TypeId>,
    },
    /// `impl Trait + Trait`, with the traits as paths.
    Impl(List<TypeId>),
    /// `dyn Trait + Trait`, with the traits as paths.
    Dyn(List<TypeId>),
    /// `!`.
    Never,
    /// `_`.
    Infer,
    /// A type that is not understood, such as a macro's invocation.
    Other,
}

/// A path with its generic arguments.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CodePath {
    /// The special first segment, if there is one. `Self` is a plain segment.
    pub start: PathStart,
    /// The plain segments.
    pub segments: List<Name>,
    /// The generic arguments, by segment.
    pub arguments: List<ArgumentsId>,
}

/// The generic arguments of one segment of a path.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Arguments {
    /// The segment, counted among the plain ones.
    pub segment: u32,
    /// The types. A constant is [`TypeForm::Other`]; lifetimes are left out. For `Fn(A, B) -> C`,
    /// the tuple of the parameters.
    pub types: List<TypeId>,
    /// `Item = T`. For `Fn(A) -> C`, the result under the name `Output`; the unit type is an empty
    /// tuple.
    pub items: List<Constrained>,
}

/// The entries of `Item = T` in a list: the [`Name`] and the [`TypeId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Constrained {
    /// The name of the associated type.
    pub name: Name,
    /// The type.
    pub ty: TypeId,
}

/// An expression.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Expr {
    /// Code that is not understood.
    Missing,
    /// A literal.
    Literal(Literal),
    /// A path: a binding, a constant, a function, a unit.
    Path(PathId),
    /// `<T as Trait>::item`: a [`TypeForm::Qualified`].
    Qualified(TypeId),
    /// `f(a)`.
    Call { callee: ExprId, arguments: List<ExprId> },
    /// `a.f(b)`.
    Method { receiver: ExprId, member: MemberId, arguments: List<ExprId> },
    /// `a.b`, `a.0`.
    Field { base: ExprId, member: MemberId },
    /// `a[b]`.
    Index { base: ExprId, index: ExprId },
    /// `*a`.
    Deref(ExprId),
    /// `-a`, `!a`.
    Negation(ExprId),
    /// `&a`, `&mut a`, `&raw const a`.
    Reference(ExprId),
    /// `a + b`.
    Binary { operator: Operator, left: ExprId, right: ExprId },
    /// `a = b`, `a += b`.
    Assign { left: ExprId, right: ExprId },
    /// `a..b`.
    Range { from: Option<ExprId>, to: Option<ExprId>, is_closed: bool },
    /// `a as T`.
    Cast { operand: ExprId, ty: TypeId },
    /// `a?`.
    Try(ExprId),
    /// `a.await`.
    Await(ExprId),
    /// `{ … }`, with or without `unsafe`, `const`, `try` or a label.
    Block {
        kind: BlockKind,
        scope: Option<LexicalScopeId>,
        statements: List<Statement>,
        value: Option<ExprId>,
    },
    /// `if c { } else { }`.
    If { condition: ExprId, then: ExprId, otherwise: Option<ExprId> },
    /// `let p = v` in a condition.
    Let { pattern: PatId, value: ExprId },
    /// `match v { }`, with its arms: pattern, guard or [`NONE`], and value in turn.
    Match { value: ExprId, arms: List<Arm> },
    /// `while c { }`.
    While { condition: ExprId, body: ExprId },
    /// `for p in v { }`.
    For { pattern: PatId, values: ExprId, body: ExprId },
    /// `loop { }`.
    Loop(ExprId),
    /// `|a, b: T| v`, with its parameters: pattern, and type or [`NONE`] in turn.
    Closure { parameters: List<Parameter>, output: Option<TypeId>, body: ExprId, is_async: bool },
    /// `return a`.
    Return(Option<ExprId>),
    /// `break a`.
    Break(Option<ExprId>),
    /// `continue`.
    Continue,
    /// `(a, b)`; the unit value where empty. An expression in parentheses is the expression itself.
    Tuple(List<ExprId>),
    /// `[a, b]`.
    Array(List<ExprId>),
    /// `[a; n]`.
    Repeat { element: ExprId, count: ExprId },
    /// `S { a: b, ..c }`, with the fields: name, and value in turn.
    Struct { path: PathId, fields: List<FieldValue>, base: Option<ExprId> },
    /// `m!(a, b)`, where the arguments parse as expressions; `m!(name = a)` as well, without the
    /// name.
    Macro { path: PathId, arguments: List<ExprId> },
}

/// A literal, by the type that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Literal {
    /// `"a"`.
    Text,
    /// `b"a"`.
    Bytes,
    /// `c"a"`.
    CText,
    /// `'a'`.
    Char,
    /// `b'a'`.
    Byte,
    /// `true`.
    Bool,
    /// `1`, `1u8`, with its suffix.
    Integer(Option<Name>),
    /// `1.0`, `1.0f32`, with its suffix.
    Float(Option<Name>),
}

/// The operators, by the type of their result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operator {
    /// `&&`, `||`.
    Lazy,
    /// `==`, `<` and the like.
    Comparison,
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
    /// `%`.
    Remainder,
    /// `&`, `|`, `^`.
    Bit,
    /// `<<`, `>>`.
    Shift,
}

/// The kinds of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// A block, which may be `unsafe` or `const`.
    Plain,
    /// A block with a label, which `break` can leave with a value.
    Labelled,
    /// `async { }`.
    Async,
    /// `try { }`.
    Try,
}

/// The entries of a statement in a list: four numbers. For an expression, with or without `;`:
/// [`NONE`], [`NONE`], the [`ExprId`], [`NONE`]. For `let p: T = v else { e }`: the [`PatId`], the
/// [`TypeId`] or [`NONE`], the [`ExprId`] of `v` or [`NONE`], and that of the `else` block or
/// [`NONE`]. An expression with a `;` or of the unit type is a statement; the last expression
/// without one is the value of the block. Items are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// The pattern of a `let`.
    pub pattern: Option<PatId>,
    /// The type of a `let`.
    pub ty: Option<TypeId>,
    /// The value of a `let`, or the expression.
    pub value: Option<ExprId>,
    /// The `else` block of a `let`.
    pub otherwise: Option<ExprId>,
}

/// The entries of an arm in a list: the [`PatId`], the [`ExprId`] of the guard or [`NONE`], and the
/// [`ExprId`] of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arm {
    /// The pattern.
    pub pattern: PatId,
    /// The condition after `if`.
    pub guard: Option<ExprId>,
    /// The value.
    pub value: ExprId,
}

/// The entries of a parameter in a list: the [`PatId`], and the [`TypeId`] or [`NONE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// The pattern.
    pub pattern: PatId,
    /// The type, which a closure can leave out.
    pub ty: Option<TypeId>,
}

/// The entries of a field in a struct expression: the [`MemberId`] and the [`ExprId`] of the value.
/// The value of `S { a }` is the path `a`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldValue {
    /// The name of the field.
    pub member: MemberId,
    /// The value.
    pub value: ExprId,
}

/// The entries of a field in a struct pattern: the [`MemberId`] and the [`PatId`]. The pattern of
/// `S { a }` binds `a`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldPattern {
    /// The name of the field.
    pub member: MemberId,
    /// The pattern.
    pub pattern: PatId,
}

/// A pattern.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Pat {
    /// `_`.
    Wild,
    /// `..`, or `name @ ..` by way of `Bind`.
    Rest,
    /// `name`, `ref name`, `name @ p`. Where `is_plain`, the name alone, which may be that of a
    /// constant.
    Bind { name: Name, span: Span, by_ref: bool, is_plain: bool, sub: Option<PatId> },
    /// The path of a constant or a unit.
    Path(PathId),
    /// `S(a, b)`.
    TupleStruct { path: PathId, elements: List<PatId> },
    /// `S { a, b: c, .. }`.
    Struct { path: PathId, fields: List<FieldPattern> },
    /// `(a, b)`. A pattern in parentheses is the pattern itself.
    Tuple(List<PatId>),
    /// `[a, b]`.
    Slice(List<PatId>),
    /// `&p`.
    Reference(PatId),
    /// `a | b`.
    Or(List<PatId>),
    /// A literal, a range, or a pattern that is not understood. It binds no name.
    Other,
}

/// A name behind a dot, or of a field in braces.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MemberName {
    /// The name; that of a tuple's field is its number.
    pub name: Name,
    /// The name in the source.
    pub span: Span,
    /// The condition on the code.
    pub condition: ConditionId,
    /// The types after `::` of a method.
    pub arguments: List<TypeId>,
}

impl Code {
    /// Gives back the memory that the arenas have in reserve.
    pub fn shrink(&mut self) {
        self.types.raw.shrink_to_fit();
        self.paths.raw.shrink_to_fit();
        self.arguments.raw.shrink_to_fit();
        self.exprs.raw.shrink_to_fit();
        self.pats.raw.shrink_to_fit();
        self.members.raw.shrink_to_fit();
        self.lists.shrink_to_fit();
    }
}
