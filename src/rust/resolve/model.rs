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
        Definition, InferenceStep,
        package::{Package, Target},
        unresolved::Cause,
    },
};

use super::ids::{CfgId, ChainId, CrateId, DefinitionId, ExternalId, FileId, InferenceId, ItemId, ModuleId};

/// A workspace with every path resolved.
#[derive(Debug)]
pub struct Model {
    /// The text of every name.
    pub names: Names,
    /// The crates, as `(package, target)` of the workspace.
    pub crates: IndexVec<CrateId, Crate>,
    /// The modules, parents before children.
    pub modules: IndexVec<ModuleId, Module>,
    /// The files that were read.
    pub files: IndexVec<FileId, String>,
    /// The conditions of code. The first always holds.
    pub conditions: IndexVec<CfgId, CfgCondition>,
    /// Chains of re-exports, outermost first.
    pub chains: IndexVec<ChainId, Vec<ResolvedReexport>>,
    /// Definitions of associated items.
    pub definitions: IndexVec<DefinitionId, Definition>,
    /// The steps of inferences, interned: an [`InferenceId`] is the last step of one.
    pub inferences: IndexVec<InferenceId, InferenceStep>,
    /// The modules that present the receivers' types and traits, sorted.
    pub facades: Vec<ReceiverFacade>,
    /// Paths into other crates.
    pub externals: IndexVec<ExternalId, External>,
    /// The references: places where a path names an item. They are in several lists, so that each can
    /// be freed when the next stage has read it.
    pub references: Vec<Vec<ResolvedReference>>,
    /// Functions with a body in the source, by module, file and span.
    pub functions: Vec<ResolvedFunction>,
    /// Types and traits that each module defines.
    pub types: IndexVec<ModuleId, Types>,
    /// The items that other modules may name, by module, each followed by its parts.
    pub exports: Vec<ResolvedExport>,
    /// Paths that could not be resolved.
    pub unresolved: Vec<UnresolvedPath>,
    /// Associated items, methods and fields whose definition is not known.
    pub unknown: Vec<UnresolvedPath>,
    /// The number of references by outcome.
    pub counts: Counts,
    /// The waivers of the files that became modules, each with its file, sorted. If test code is
    /// left out, so are the waivers in it.
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
    /// The root module.
    pub root: ModuleId,
}

/// A module of the workspace.
#[derive(Debug, Clone)]
pub struct Module {
    /// The crate that contains the module.
    pub krate: CrateId,
    /// The enclosing module; `None` for the root of a crate.
    pub parent: Option<ModuleId>,
    /// The name of the module; for a root, that of the crate.
    pub name: Name,
    /// The file that contains the body.
    pub file: FileId,
    /// The first line of the body.
    pub line: u32,
    /// The lines of the body without those of inline modules in it.
    pub lines: u32,
    /// The number of items that the module itself defines.
    pub items: u32,
    /// The condition on the module.
    pub cfg: CfgId,
}

/// A function with a body in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResolvedFunction {
    /// The module that contains the function.
    pub module: ModuleId,
    /// The file that contains the body.
    pub file: FileId,
    /// The span from `fn` to the end of the body.
    pub span: Span,
    /// The name of the function.
    pub name: Name,
    /// The type or trait whose associated function this is, if any.
    pub owner: Option<Name>,
    /// The condition on the function.
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

/// An item that is visible beyond its own module, or a part of such an item: a variant, or an
/// associated item of a trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResolvedExport {
    /// The module that defines the item.
    pub module: ModuleId,
    /// The name of the item.
    pub name: Name,
    /// The module within which the item can be named, including by re-exports; `None` if it can be
    /// named everywhere.
    pub within: Option<ModuleId>,
    /// The index in [`Model::exports`] of the item itself or, for a part, of its enum or trait.
    pub whole: u32,
}

/// A condition under which code exists.
#[derive(Debug, Clone)]
pub struct CfgCondition {
    /// The condition in the syntax of `cfg(…)`; empty for the condition that always holds.
    pub text: String,
    /// Whether the condition can hold in test builds only.
    pub test: bool,
}

/// A path into a crate outside the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct External {
    /// The path that contains it; `None` for a crate.
    pub parent: Option<ExternalId>,
    /// The last segment of the path.
    pub name: Name,
}

/// The target of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// An item that this module defines, or this module itself.
    Module(ModuleId),
    /// A crate outside the workspace, or a path into it.
    External(ExternalId),
}

/// A place where a path names an item, and the target of the path.
#[derive(Debug, Clone, Copy)]
pub struct ResolvedReference {
    /// The module that contains the reference.
    pub from: ModuleId,
    /// The module that defines the item.
    pub defined: Named,
    /// The module in whose namespace the written path ends.
    pub named: Option<ModuleId>,
    /// The name of the item.
    pub item: Name,
    /// The file.
    pub file: FileId,
    /// The path as written.
    pub span: Span,
    /// The syntactic context.
    pub context: Context,
    /// The condition on the reference.
    pub cfg: CfgId,
    /// The re-exports that the path goes through.
    pub chain: Option<ChainId>,
    /// The end of the path as written that was not found in `defined`.
    pub unresolved: Option<Name>,
    /// The definition, for an associated item.
    pub definition: Option<DefinitionId>,
    /// The types that led to the item, for a method or a field.
    pub inference: Option<InferenceId>,
}

/// A module that re-exports the type or trait by which an inference reaches its item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReceiverFacade {
    /// The inference.
    pub of: InferenceId,
    /// The module, which contains that of the type or trait.
    pub module: ModuleId,
    /// The module within which the re-export is visible; `None` if it is everywhere.
    pub within: Option<ModuleId>,
}

/// The types that led to a method or a field, before its steps are interned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inference {
    /// The steps, of which the last names the item. At most [`MOST_STEPS`] are kept.
    pub steps: Vec<Step>,
    /// Whether the item was read. If not, a macro or another crate may define another of that name.
    pub certain: bool,
    /// The type or trait of the receiver, if the workspace defines it.
    pub(super) by: Option<ItemId>,
}

/// The maximum number of steps that are kept of an inference: its last ones.
pub const MOST_STEPS: usize = 8;

/// One step of an inference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The text: `ctx: &Context`, `Context::repo() -> &Repo`, `Repo::find`.
    pub text: String,
    /// The file of the place that states it.
    pub file: FileId,
    /// The position in the file.
    pub span: Span,
}

/// A re-export on the way to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResolvedReexport {
    /// The module that re-exports.
    pub module: ModuleId,
    /// The file of the `use`.
    pub file: FileId,
    /// The leaf of the `use`.
    pub span: Span,
}

/// A path that could not be resolved.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnresolvedPath {
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
    /// Paths found in the workspace.
    pub resolved: u64,
    /// Paths that lead out of the workspace, including to the standard library's prelude.
    pub external: u64,
    /// Those of them that are taken to come from a glob import of an external crate, because
    /// nothing else defines them.
    pub assumed: u64,
    /// Paths that were looked up and not found.
    pub unresolved: u64,
    /// Those of associated items.
    pub items: OutcomeCounts,
    /// The methods and fields that are looked up by the type of a value.
    pub members: MemberCounts,
}

/// The number of methods and fields by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MemberCounts {
    /// The methods of calls.
    pub methods: OutcomeCounts,
    /// The fields of expressions, struct literals and patterns.
    pub fields: OutcomeCounts,
}

/// The number of items of types by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutcomeCounts {
    /// Defined in the workspace.
    pub resolved: u64,
    /// Defined in another crate, or by a derive.
    pub external: u64,
    /// Not known.
    pub unknown: u64,
}

impl Counts {
    /// Adds the numbers of other references.
    pub(super) fn add(&mut self, other: &Self) {
        self.resolved += other.resolved;
        self.external += other.external;
        self.assumed += other.assumed;
        self.unresolved += other.unresolved;
        self.items.add(other.items);
        self.members.methods.add(other.members.methods);
        self.members.fields.add(other.members.fields);
    }
}

impl OutcomeCounts {
    fn add(&mut self, other: Self) {
        self.resolved += other.resolved;
        self.external += other.external;
        self.unknown += other.unknown;
    }
}
