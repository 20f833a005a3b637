//! The definitions and imports of a scope.

use serde::{Deserialize, Serialize};

use crate::base::{context::Context, name::Name, span::Span};

use super::{ConditionId, Path, ScopeId};

/// Something that a scope defines.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Item {
    /// Its name.
    pub name: Name,
    /// Its kind.
    pub kind: ItemKind,
    /// The scope that it is defined in.
    pub scope: ScopeId,
    /// Its visibility.
    pub visibility: Visibility,
    /// The condition on it.
    pub condition: ConditionId,
    /// Its name in the source.
    pub span: Span,
    /// Its position in textual order.
    pub order: u32,
}

/// The kinds of item, as far as name resolution tells them apart.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum ItemKind {
    /// `mod name { … }`, with its scope.
    InlineModule {
        /// Its body.
        body: ScopeId,
        /// `#[macro_use]`.
        macro_use: bool,
    },
    /// `mod name;`.
    FileModule {
        /// `#[macro_use]`.
        macro_use: bool,
        /// `#[path = "…"]`.
        path: Option<Name>,
        /// Whether it is one of several that `cfg_attr` chooses from, whose file may not exist.
        optional: bool,
    },
    /// A struct; whether it has a constructor in the value namespace, and whether that is a unit.
    Struct {
        /// Its constructor.
        constructor: Constructor,
        /// The visibility of the constructor: that of the least visible field.
        fields: Visibility,
    },
    /// An enum, with the scope of its variants.
    Enum {
        /// Its variants.
        body: ScopeId,
    },
    /// A variant of the enum whose scope it is in.
    Variant {
        /// Its constructor.
        constructor: Constructor,
    },
    /// A union.
    Union,
    /// A trait or trait alias.
    Trait {
        /// Its items; none for an alias.
        body: Option<ScopeId>,
        /// An entry of [`FileFacts::bounds`](crate::rust::facts::FileFacts::bounds): its supertraits.
        supertraits: u32,
    },
    /// An item of the trait whose scope it is in.
    Associated,
    /// A type alias; the reference that names its target where that is a plain path.
    TypeAlias {
        /// An entry of [`FileFacts::references`](crate::rust::facts::FileFacts::references).
        target: Option<u32>,
    },
    /// A function.
    Function,
    /// A constant.
    Constant,
    /// A static.
    Static,
    /// A procedural macro of any of the three sorts.
    ProcMacro,
    /// Something that a macro which we could not expand seems to define under this name, in every
    /// namespace.
    Opaque,
}

/// The constructor of a struct or a variant in the value namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Constructor {
    /// Nothing: it has named fields.
    None,
    /// A function: it has unnamed fields.
    Function,
    /// A constant.
    Unit,
}

/// The part of the code in which an item may be named.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Visibility {
    /// Everyone.
    Public,
    /// The module that it is in.
    Private,
    /// The crate.
    Crate,
    /// `pub(super)` or `pub(in path)`: the module of that path.
    In(Path),
}

impl Visibility {
    /// Orders visibilities by reach, the private first. Two paths of the same sort are taken for
    /// equal.
    pub fn rank(self) -> u8 {
        match self {
            Self::Private => 0,
            Self::In(_) => 1,
            Self::Crate => 2,
            Self::Public => 3,
        }
    }
}

/// A function with a body that stands in the source, rather than in what a macro makes of its
/// arguments.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// The name of the type or trait that it is an associated function of, where that has a plain
    /// one.
    pub owner: Option<Name>,
    /// The scope that it stands in.
    pub scope: ScopeId,
    /// The condition on it.
    pub condition: ConditionId,
    /// From `fn` to the end of its body.
    pub span: Span,
    /// McCabe's cyclomatic complexity; `complexity.rs` says what counts.
    pub cyclomatic: u32,
    /// Campbell's cognitive complexity; see there.
    pub cognitive: u32,
}

/// A leaf of a `use` declaration, or an `extern crate`.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Import {
    /// The whole path, the leaf's name included.
    pub path: Path,
    /// The names that it brings into scope.
    pub kind: ImportKind,
    /// The visibility of these names.
    pub visibility: Visibility,
    /// The scope that it brings it into.
    pub scope: ScopeId,
    /// The condition on it.
    pub condition: ConditionId,
    /// The leaf; for a glob, the name before `::*`.
    pub span: Span,
    /// The segment before the leaf, where it has one that stands in the source.
    pub parent_span: Span,
    /// Its position in textual order.
    pub order: u32,
    /// [`Context::Import`], unless it stands in a macro's arguments.
    pub context: Context,
    /// Whether it stands in the source, rather than in what a macro made of its own tokens.
    pub written: bool,
}

/// The names that an import brings into scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportKind {
    /// One name, under this name; `None` for `as _`.
    Single(Option<Name>),
    /// The module itself: `{self}`. Looked up in the type namespace alone.
    SelfLeaf(Option<Name>),
    /// All names.
    Glob,
    /// A crate: `extern crate`.
    Crate {
        /// The name that it has here; `None` for `as _`.
        name: Option<Name>,
        /// `#[macro_use]`.
        macro_use: bool,
    },
}
