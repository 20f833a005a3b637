//! The result of resolution: the workspace with every path resolved, as plain data.

use std::sync::Arc;

use index_vec::IndexVec;

use crate::{
    base::{
        context::Context,
        diagnostic::Diagnostic,
        name::{Name, Names},
        span::Span,
        waiver::Waiver,
    },
    graph::{
        package::{Package, Target},
        unresolved::Cause,
    },
};

use super::ids::{CfgId, ChainId, CrateId, ExternalId, FileId, ModuleId};

/// A workspace with every path resolved.
#[derive(Debug)]
pub struct Model {
    /// Spells every name.
    pub names: Names,
    /// The crates, as `(package, target)` of the workspace.
    pub crates: IndexVec<CrateId, Crate>,
    /// The modules, parents before children.
    pub modules: IndexVec<ModuleId, Module>,
    /// The files that were read.
    pub files: IndexVec<FileId, String>,
    /// The conditions that code stands under. The first always holds.
    pub conditions: IndexVec<CfgId, Condition>,
    /// Chains of re-exports, outermost first.
    pub chains: IndexVec<ChainId, Vec<Reexport>>,
    /// Paths into other crates.
    pub externals: IndexVec<ExternalId, External>,
    /// The references: places where a path names an item.
    pub references: Vec<Reference>,
    /// Functions with a body in the source, by module, file and place.
    pub functions: Vec<Function>,
    /// Types and traits that each module defines.
    pub types: IndexVec<ModuleId, Types>,
    /// The items that other modules may name, by module, each followed by its parts.
    pub exports: Vec<Export>,
    /// Paths that name nothing known.
    pub unresolved: Vec<Unresolved>,
    /// The number of references by outcome.
    pub counts: Counts,
    /// The waivers of the files that became modules, each with its file, sorted. Where test code is
    /// left out, so are its.
    pub waivers: Vec<(String, Waiver)>,
    /// The diagnostics of the source.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether test code is included.
    pub tests: bool,
}

/// A crate: a target of a package of the workspace.
#[derive(Debug, Clone)]
pub struct Crate {
    /// The package.
    pub package: Arc<Package>,
    /// The target.
    pub target: Target,
    /// Its root module.
    pub root: ModuleId,
}

/// A module of the workspace.
#[derive(Debug, Clone)]
pub struct Module {
    /// The crate that it is part of.
    pub krate: CrateId,
    /// The module around it; `None` for a crate's root.
    pub parent: Option<ModuleId>,
    /// Its name; the crate's for a root.
    pub name: Name,
    /// The file that its body is in.
    pub file: FileId,
    /// The line that its body starts at.
    pub line: u32,
    /// Lines of its own: its body's, less those of inline modules in it.
    pub lines: u32,
    /// Items that it defines itself.
    pub items: u32,
    /// The condition on it.
    pub cfg: CfgId,
}

/// A function with a body in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Function {
    /// The module that it is in.
    pub module: ModuleId,
    /// The file that its body is in.
    pub file: FileId,
    /// From `fn` to the end of its body.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// The type or trait that it is an associated function of.
    pub owner: Option<Name>,
    /// The condition on it.
    pub cfg: CfgId,
    /// McCabe's cyclomatic complexity.
    pub cyclomatic: u32,
    /// Campbell's cognitive complexity.
    pub cognitive: u32,
}

/// The number of types and traits that a module defines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Types {
    /// Structs, enums and unions.
    pub concrete: u32,
    /// Traits.
    pub traits: u32,
}

/// An item that others than its own module may name, or a part of one: a variant, an associated
/// item of a trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export {
    /// The module that defines it.
    pub module: ModuleId,
    /// Its name.
    pub name: Name,
    /// The module within which it can be named, be it through re-exports; `None`: everywhere.
    pub within: Option<ModuleId>,
    /// The item itself or, for a part, the enum or trait, as an index of [`Model::exports`].
    pub whole: u32,
}

/// A condition under which code exists.
#[derive(Debug, Clone)]
pub struct Condition {
    /// As one would write it inside `cfg(…)`; empty for the condition that always holds.
    pub text: String,
    /// Whether the condition can hold in test builds only.
    pub test: bool,
}

/// A path into a crate outside the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct External {
    /// The path that contains it; `None` for a crate.
    pub parent: Option<ExternalId>,
    /// Its name.
    pub name: Name,
}

/// The target of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// An item that this module defines, or this module itself.
    Module(ModuleId),
    /// Something outside the workspace.
    External(ExternalId),
}

/// A place where a path names an item, and what it names.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    /// The module that it is in.
    pub from: ModuleId,
    /// The module that defines the item.
    pub defined: Named,
    /// The module whose namespace the written path ends in.
    pub named: Option<ModuleId>,
    /// The item.
    pub item: Name,
    /// The file.
    pub file: FileId,
    /// The path as written.
    pub span: Span,
    /// The syntactic context.
    pub context: Context,
    /// The condition on it.
    pub cfg: CfgId,
    /// The re-exports that it goes through.
    pub chain: Option<ChainId>,
    /// The end of the path as written that was not found in `defined`.
    pub unresolved: Option<Name>,
}

/// A re-export on the way to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reexport {
    /// The module that re-exports.
    pub module: ModuleId,
    /// The file of the `use`.
    pub file: FileId,
    /// Its leaf.
    pub span: Span,
}

/// A path that names nothing known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unresolved {
    /// The file.
    pub file: FileId,
    /// The position in the file.
    pub span: Span,
    /// The path as written.
    pub path: String,
    /// The cause of the failure.
    pub cause: Cause,
    /// The module in which the first unknown name was looked up.
    pub(super) module: ModuleId,
    /// The first unknown name.
    pub(super) missing: Option<Name>,
}

/// The number of references by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found in the workspace.
    pub resolved: u64,
    /// Found to lead out of it, the standard library's prelude included.
    pub external: u64,
    /// Looked up and not found.
    pub unresolved: u64,
}
