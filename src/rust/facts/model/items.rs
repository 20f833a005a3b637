//! The definitions and imports of a scope.

use serde::{Deserialize, Serialize};

use crate::base::{context::Context, name::Name, span::Span};

use super::{ConditionId, LexicalScopeId, Path};

/// A definition in a scope.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Item {
    /// The name of the item.
    pub name: Name,
    /// The kind of the item.
    pub kind: ItemKind,
    /// The scope that defines the item.
    pub scope: LexicalScopeId,
    /// The visibility of the item.
    pub visibility: Visibility,
    /// The `cfg` condition on the item.
    pub condition: ConditionId,
    /// The name in the source.
    pub span: Span,
    /// The position of the item in textual order.
    pub order: u32,
}

/// The kinds of item that name resolution distinguishes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum ItemKind {
    /// `mod name { … }`.
    InlineModule {
        /// The scope of the module's body.
        body: LexicalScopeId,
        /// `#[macro_use]`.
        macro_use: bool,
    },
    /// `mod name;`.
    FileModule {
        /// `#[macro_use]`.
        macro_use: bool,
        /// `#[path = "…"]`.
        path: Option<Name>,
        /// Whether the file may be missing: `cfg_attr` chooses among several paths, the declaration
        /// is among a macro's arguments, or no build contains it.
        optional: bool,
    },
    /// A struct.
    Struct {
        /// The constructor of the struct.
        constructor: Constructor,
        /// The visibility of the constructor: that of the least visible field.
        fields: Visibility,
    },
    /// An enum.
    Enum {
        /// The scope of the variants.
        body: LexicalScopeId,
    },
    /// A variant of the enum in whose scope the item is defined.
    Variant {
        /// The constructor of the variant.
        constructor: Constructor,
    },
    /// A union.
    Union,
    /// A trait or trait alias.
    Trait {
        /// The scope of the trait's items; `None` for an alias.
        body: Option<LexicalScopeId>,
        /// The supertraits: an entry of
        /// [`FileFacts::bounds`](crate::rust::facts::FileFacts::bounds).
        supertraits: u32,
    },
    /// An item of the trait in whose scope it is defined.
    Associated,
    /// A type alias.
    TypeAlias {
        /// The reference that names the target, if the target is a plain path: an entry of
        /// [`FileFacts::references`](crate::rust::facts::FileFacts::references).
        target: Option<u32>,
    },
    /// A function.
    Function,
    /// A constant.
    Constant,
    /// A static.
    Static,
    /// A procedural macro of any of the three kinds.
    ProcMacro,
    /// An item that a macro which could not be expanded seems to define under this name. Its kind
    /// is unknown, so it counts in every namespace.
    Opaque,
}

/// The constructor of a struct or a variant in the value namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Constructor {
    /// No constructor, because the fields are named.
    None,
    /// A function, because the fields are unnamed.
    Function,
    /// A constant.
    Unit,
}

/// The part of the code in which an item may be named.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Visibility {
    /// Visible everywhere.
    Public,
    /// Visible in the module of the item.
    Private,
    /// Visible in the crate.
    Crate,
    /// `pub(super)` or `pub(in path)`: the module of that path.
    In(Path),
}

impl Visibility {
    /// Orders visibilities by reach, the private first. Two paths of the same kind count as equal.
    pub fn rank(self) -> u8 {
        match self {
            Self::Private => 0,
            Self::In(_) => 1,
            Self::Crate => 2,
            Self::Public => 3,
        }
    }
}

/// A function whose body is written in the source, rather than made by a macro.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct FunctionFacts {
    /// The name of the function.
    pub name: Name,
    /// The name of the type or trait whose associated function this is, if that has a plain name.
    pub owner: Option<Name>,
    /// The scope that contains the function.
    pub scope: LexicalScopeId,
    /// The `cfg` condition on the function.
    pub condition: ConditionId,
    /// From `fn` to the end of its body.
    pub span: Span,
    /// McCabe's cyclomatic complexity; `walk/complexity.rs` defines what counts.
    pub cyclomatic: u32,
    /// Campbell's cognitive complexity; `walk/complexity.rs` defines what counts.
    pub cognitive: u32,
}

/// A leaf of a `use` declaration, or an `extern crate`.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Import {
    /// The whole path, including the name of the leaf.
    pub path: Path,
    /// The names that the import brings into scope.
    pub kind: ImportKind,
    /// The visibility of these names.
    pub visibility: Visibility,
    /// The scope that the names are brought into.
    pub scope: LexicalScopeId,
    /// The `cfg` condition on the import.
    pub condition: ConditionId,
    /// The leaf; for a glob, the name before `::*`.
    pub span: Span,
    /// The segment before the leaf, if there is one and it is written in the source.
    pub parent_span: Span,
    /// The position of the import in textual order.
    pub order: u32,
    /// [`Context::Import`], unless the import is among a macro's arguments.
    pub context: Context,
    /// Whether the import is written in the source, rather than made by a macro from its own
    /// tokens.
    pub written: bool,
}

/// The names that an import brings into scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportKind {
    /// The leaf under this name; `None` for `as _`.
    Single(Option<Name>),
    /// The module itself: `{self}`. It is looked up in the type namespace alone.
    SelfLeaf(Option<Name>),
    /// All names of the module: `*`.
    Glob,
    /// A crate: `extern crate`.
    Crate {
        /// The name of the crate in this scope; `None` for `as _`.
        name: Option<Name>,
        /// `#[macro_use]`.
        macro_use: bool,
    },
}
