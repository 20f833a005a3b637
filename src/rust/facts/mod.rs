//! What one source file says, as plain data.
//!
//! Facts hold no absolute path, nothing of any other file and nothing of the configuration: they depend on the file's
//! text alone, so files are read in parallel and their facts could be cached by content. Names are not resolved here;
//! only what the file alone decides is decided: which identifiers are local bindings or generic parameters.
//!
//! This is the only stage that names `syn` and `proc_macro2`.

mod attributes;
mod bodies;
mod body;
mod complexity;
pub mod condition;
mod control;
mod effort;
mod extract;
mod functions;
mod guess;
mod imports;
mod items;
mod locals;
mod mark;
mod older;
mod paths;
mod places;
mod skeleton;
pub mod source;
pub mod token;
mod waivers;

use index_vec::{IndexVec, define_index_type};
use serde::{Deserialize, Serialize};

use crate::base::{
    context::Context,
    diagnostic::Diagnostic,
    name::{Name, Names},
    span::Span,
    waiver::Waiver,
};
use condition::Predicate;
use token::Token;

pub use attributes::string_literal;
pub use extract::{Fragment, STACK, extract, extract_fragment, guess_fragment, left_out, unreadable};

define_index_type! {
    /// A lexical scope of a file. Scope 0 is the file's own body.
    pub struct ScopeId = u32;
}
define_index_type! {
    /// A condition of a file. Condition 0 always holds.
    pub struct ConditionId = u32;
}

/// Everything that a file says.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FileFacts {
    /// Spells every [`Name`] below.
    pub names: Names,
    /// Its scopes, outer before inner.
    pub scopes: IndexVec<ScopeId, Scope>,
    /// What it defines.
    pub items: Vec<Item>,
    /// Its functions that have a body, methods and functions in functions included.
    pub functions: Vec<Function>,
    /// The leaves of its `use` declarations, and its `extern crate`s.
    pub imports: Vec<Import>,
    /// Where it names things.
    pub references: Vec<Reference>,
    /// The segments of all paths; see [`Path`].
    pub segments: Vec<Name>,
    /// What `Self` or a type parameter may stand for, as lists of paths.
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
    /// Lines of text.
    pub lines: u32,
    /// What was wrong with it. The file's name is filled in by who knows it.
    pub diagnostics: Vec<Diagnostic>,
}

/// A lexical scope that can hold items.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Scope {
    /// What opened it.
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

/// What opens a scope.
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

/// A path: where it starts and the plain segments after that, as a range of [`FileFacts::segments`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Path {
    /// Its first, special segment, if it has one.
    pub start: PathStart,
    /// The first plain segment.
    pub first: u32,
    /// How many plain segments there are.
    pub len: u16,
}

/// How a path starts (the Rust Reference, "Path qualifiers").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PathStart {
    /// With a plain name, looked up in scope.
    Plain,
    /// With `::`.
    Global,
    /// With `crate`.
    Crate,
    /// With `self`.
    SelfModule,
    /// With this many `super`s.
    Super(u16),
    /// With `$crate`. The number is the crate that a macro's tokens come from ([`OWN_CRATE`] in the definition itself).
    DollarCrate(u32),
}

/// The crate number of a `$crate` that stands in its own macro's definition.
pub const OWN_CRATE: u32 = u32::MAX;

/// The namespaces in which a name is looked up, as a set (the Rust Reference, "Namespaces").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Namespaces(u8);

impl Namespaces {
    /// Modules, types, traits, enums, crates.
    pub const TYPES: Self = Self(1);
    /// Functions, constants, statics, constructors.
    pub const VALUES: Self = Self(2);
    /// Macros of all sorts.
    pub const MACROS: Self = Self(4);
    /// All three.
    pub const ALL: Self = Self(7);

    /// Whether `index` (0 types, 1 values, 2 macros) is in the set.
    pub fn has(self, index: usize) -> bool {
        self.0 & (1 << index) != 0
    }

    /// Both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A place where a path names an item.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Reference {
    /// The path as written, from its first segment to the end of its last name.
    pub span: Span,
    /// The path.
    pub path: Path,
    /// Where it stands.
    pub scope: ScopeId,
    /// The condition on it.
    pub condition: ConditionId,
    /// Where its last segment is looked up.
    pub namespaces: Namespaces,
    /// What it is part of.
    pub context: Context,
    /// What it is if it names nothing.
    pub kind: ReferenceKind,
}

/// What is known of a reference before its path is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReferenceKind {
    /// A path that must name something.
    Path,
    /// A path found by guessing what a macro makes of its arguments: if it names nothing, it was no path.
    Guess,
    /// An identifier in a pattern: a constant, unit struct or unit variant if there is one of that name, else a new binding.
    Binding,
    /// An identifier that names the binding which the given [`FileFacts::references`] entry makes, unless that is a constant.
    Local(u32),
    /// A macro's name where it is invoked, at this position in textual order.
    Macro(u32),
    /// An item of one of the types or traits that the given entry of [`FileFacts::bounds`] lists: `Self::Item`, `T::new`.
    /// The path holds the item's name alone.
    Associated(u32),
}

/// Something that a scope defines.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Item {
    /// Its name.
    pub name: Name,
    /// What it is.
    pub kind: ItemKind,
    /// The scope that it is defined in.
    pub scope: ScopeId,
    /// Who may name it.
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
        /// Who may use the constructor: who may name all of its fields.
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
        /// An entry of [`FileFacts::bounds`]: its supertraits.
        supertraits: u32,
    },
    /// An item of the trait whose scope it is in.
    Associated,
    /// A type alias; the reference that names its target where that is a plain path.
    TypeAlias {
        /// An entry of [`FileFacts::references`].
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
    /// Something that a macro which we could not expand seems to define under this name, in every namespace.
    Opaque,
}

/// What a struct or a variant puts into the value namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Constructor {
    /// Nothing: it has named fields.
    None,
    /// A function: it has unnamed fields.
    Function,
    /// A constant.
    Unit,
}

/// Who may name an item.
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
    /// Orders visibilities by reach, the private first. Two paths of the same sort are taken for equal.
    pub fn rank(self) -> u8 {
        match self {
            Self::Private => 0,
            Self::In(_) => 1,
            Self::Crate => 2,
            Self::Public => 3,
        }
    }
}

/// A function with a body that stands in the source, rather than in what a macro makes of its arguments.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// The name of the type or trait that it is an associated function of, where that has a plain one.
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
    /// What it brings into scope.
    pub kind: ImportKind,
    /// Who may use what it brings.
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

/// What an import brings into scope.
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

/// A `cfg` condition, together with those around it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Condition {
    /// The condition of what stands around it.
    pub parent: ConditionId,
    /// What it adds to that; `None` only for the condition that always holds.
    pub predicate: Option<Predicate>,
}

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
    /// The condition on it.
    pub condition: ConditionId,
    /// Its rules, as a range of [`FileFacts::tokens`].
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
    /// Its arguments, as a range of [`FileFacts::tokens`].
    pub arguments: (u32, u32),
    /// Where it stands, grammatically.
    pub position: Position,
}

/// Where an invocation stands, and so what its expansion is parsed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Position {
    /// Among a module's or a block's items.
    Items,
    /// Among the items of an `impl` or a trait: it defines no name that a path could start with.
    Associated,
    /// In an expression. Only `include!` is kept from there.
    Expression,
}

impl FileFacts {
    /// The plain segments of a path.
    pub fn segments(&self, path: Path) -> &[Name] {
        let first = path.first as usize;
        &self.segments[first..first + path.len as usize]
    }

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

    /// How a path is written, for people.
    pub fn spell(&self, path: Path) -> String {
        let mut words: Vec<&str> = match path.start {
            PathStart::Plain => vec![],
            PathStart::Global => vec![""],
            PathStart::Crate => vec!["crate"],
            PathStart::SelfModule => vec!["self"],
            PathStart::Super(n) => vec!["super"; n.into()],
            PathStart::DollarCrate(_) => vec!["$crate"],
        };
        words.extend(self.segments(path).iter().map(|&n| self.names.text(n)));
        words.join("::")
    }
}

impl FileFacts {
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
