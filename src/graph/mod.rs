//! The dependency graph of modules, and the algorithms that rules and diagrams use.
//!
//! Nodes are the modules of the workspace and, for each path into another crate, an external node.
//! An edge means that one module names an item that the other defines; its sites are the places of
//! those names.
//!
//! Invariants: nodes are sorted, modules before externals, each by id; edges by `(from, to)`; sites
//! by file, position and item, grouped by edge. Ids are dense and assigned after sorting, so equal
//! input gives equal bytes. No edge joins a node to itself. Only this stage uses petgraph. No
//! function in it recurses, since the depth of a graph is under the user's control.

pub mod algorithms;
mod answers;
mod build;
mod node_set;
pub mod package;
pub mod planned;
#[cfg(test)]
pub mod sample;
mod sound;
pub mod unresolved;

use std::{collections::BTreeMap, ops::Range};

use index_vec::IndexVec;
use serde::{Deserialize, Serialize};

use crate::{
    base::{
        id::dense_id,
        name::{Name, Names},
        span::Span,
    },
    graph::package::TargetKind,
};

dense_id! {
    /// A node of the graph.
    pub struct NodeId;
}
dense_id! {
    /// An edge of the graph.
    pub struct EdgeId;
}
dense_id! {
    /// A condition of `cfg(…)`, as an index into [`Graph::conditions`].
    pub struct CfgId;
}
dense_id! {
    /// A chain of re-exports, as an index into [`Graph::chains`].
    pub struct ChainId;
}
dense_id! {
    /// The definition of an associated item, as an index into [`Graph::definitions`].
    pub struct DefinitionId;
}
dense_id! {
    /// The last step of an inference, as an index into [`Graph::inferences`].
    pub struct InferenceId;
}
dense_id! {
    /// A source file that contains a node or a site.
    pub struct FileId;
}

pub use crate::base::context::Context;
pub use build::{Reference, Tables};
pub use node_set::NodeSet;

/// The module dependency graph.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(remote = "Self")] // `sound` checks the ids of what is read
pub struct Graph {
    /// The modules, then the externals.
    pub nodes: IndexVec<NodeId, Node>,
    /// The edges, sorted by `(from, to)`.
    pub edges: IndexVec<EdgeId, Edge>,
    /// All sites, grouped by edge.
    pub sites: Vec<Site>,
    /// File names relative to the workspace root, sorted.
    pub files: IndexVec<FileId, String>,
    /// The texts of the names in the graph, such as [`Site::item`].
    pub names: Names,
    /// The conditions of sites, as written inside `cfg(…)`.
    pub conditions: IndexVec<CfgId, String>,
    /// The chains of re-exports that sites go through, the outermost first.
    pub chains: IndexVec<ChainId, Vec<Reexport>>,
    /// The definitions of associated items that sites refer to.
    pub definitions: IndexVec<DefinitionId, Definition>,
    /// The steps of the inferences that methods and fields rest on, each after the one before it.
    pub inferences: IndexVec<InferenceId, InferenceStep>,
    /// The modules that present the types and traits by which methods and fields are reached, sorted.
    pub facades: Vec<Facade>,
    /// The functions of all modules, grouped by module, then sorted by file and position.
    pub functions: Vec<Function>,
    /// The items that other modules may name, grouped by the module that defines them.
    pub exports: Vec<Export>,
    /// Whether test code is included. If it is not, inline modules behind `cfg(test)` are still
    /// nodes, without contents.
    pub tests: bool,
    /// The first segments of ids that other names of crates refer to ([`package::aliases`]).
    pub aliases: BTreeMap<String, Vec<String>>,
}

/// A node: a module of the workspace, or a path into a crate outside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// The id: `tokio::fs::file`, `bin:shop::cli`; for an external the path as written, resolved
    /// through imports (`std::fs::File`).
    pub id: String,
    /// The facts about a workspace module; `None` for an external.
    pub module: Option<ModuleInfo>,
}

/// The facts about a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleInfo {
    /// The name of the package, as in its manifest.
    pub package: String,
    /// The target that the module is compiled in.
    pub target: TargetKind,
    /// The crate name of the target.
    pub crate_name: String,
    /// The path below the crate root; `""` for the root itself.
    pub path: String,
    /// The containing module; `None` for a crate's root.
    pub parent: Option<NodeId>,
    /// The file that contains the module's body.
    pub file: FileId,
    /// The line where the module starts: 1 for a module with its own file, the line of its `mod`
    /// for an inline module.
    pub line: u32,
    /// Whether the module exists only for tests: in a test, example or bench target, or behind
    /// `cfg(test)`.
    pub test: bool,
    /// The number of source lines of the module: those of its file, less those of inline modules in
    /// it.
    pub lines: u32,
    /// The number of items that the module itself defines.
    pub items: u32,
    /// The number of structs, enums and unions among those items.
    pub types: u32,
    /// The number of traits among those items.
    pub traits: u32,
    /// The module's functions, as a range of [`Graph::functions`].
    pub functions: Range<u32>,
    /// The module's items that other modules may name, as a range of [`Graph::exports`].
    pub exports: Range<u32>,
}

/// A function with a body in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// The name of the function.
    pub name: Name,
    /// The type or trait that the function is associated with, by the last segment of its path.
    pub owner: Option<Name>,
    /// The file that contains the function.
    pub file: FileId,
    /// The span from `fn` to the end of the body.
    pub span: Span,
    /// Whether the function is test code.
    pub test: bool,
    /// McCabe's cyclomatic complexity.
    pub cyclomatic: u32,
    /// Campbell's cognitive complexity.
    pub cognitive: u32,
}

impl Function {
    /// Returns the start of the function, for messages: the position of `fn`.
    pub fn start(&self) -> Span {
        let start = self.span.start;
        Span { start, end: start }
    }
}

/// An item that other modules may name, or a part of one: a variant of an enum, an item of a trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The name of the item.
    pub name: Name,
    /// The module within which the item can be named, directly or through re-exports; `None` means
    /// everywhere.
    pub within: Option<NodeId>,
    /// The item itself or, for a part, its enum or trait, as an index into [`Graph::exports`].
    pub whole: u32,
}

/// A dependency of one node on another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The module that names the item.
    pub from: NodeId,
    /// The module that defines it, or an external.
    pub to: NodeId,
    /// The sites of the dependency, as a range of [`Graph::sites`].
    pub sites: Range<u32>,
    /// Whether every site is in test code.
    pub test: bool,
    /// Whether the dependency is by name alone: the sites name `to`, which defines none of the
    /// items that they reach. A graph is built without such edges; [`Graph::with_naming`] adds
    /// them.
    pub naming: bool,
}

/// One reference: a place where a path names an item. The struct is small and flat, since a graph
/// has hundreds of thousands of sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Site {
    /// The file that contains the reference.
    pub file: FileId,
    /// The span of the path as written.
    pub span: Span,
    /// The syntactic context of the path.
    pub context: Context,
    /// The name of the item that is reached (`OpenOptions`); for a path to a module, the module's
    /// own name.
    pub item: Name,
    /// The module whose namespace the written path ends in, where that is a workspace module.
    pub named: Option<NodeId>,
    /// The condition under which the reference exists.
    pub cfg: Option<CfgId>,
    /// Whether the reference is in test code.
    pub test: bool,
    /// The re-exports through which the path reaches the item; `None` if the path names the
    /// definition itself.
    pub reexports: Option<ChainId>,
    /// The end of the path (`Handle::new`) that was not resolved: it names something in the module,
    /// or beyond it, that was not found.
    pub unresolved: Option<Name>,
    /// The definition of the item, if it is an associated item.
    pub definition: Option<DefinitionId>,
    /// The types that led to the item, if it is a method or a field.
    pub inference: Option<InferenceId>,
}

/// One step of an inference: a type, a call or a member, and its place. Inferences share their first
/// steps, so that a step costs a few bytes however many references rest on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InferenceStep {
    /// The step before.
    pub before: Option<InferenceId>,
    /// The text: `ctx: &Context`, `Context::repo() -> &Repo`, `Repo::find`.
    pub text: Name,
    /// The file of the place that states it.
    pub file: FileId,
    /// The position in the file.
    pub span: Span,
    /// Whether the item was read. If not, a macro or another crate may define another of that name.
    pub certain: bool,
}

/// A module that re-exports the type or trait by which an inference reaches its item: it could name that,
/// and contains the module that defines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Facade {
    /// The inference, by its last step.
    pub of: InferenceId,
    /// The module that re-exports.
    pub module: NodeId,
    /// The module within which the re-export is visible; `None` means everywhere.
    pub within: Option<NodeId>,
}

/// The `impl` block or trait that defines an associated item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// The type, or the trait that defines the item itself.
    pub owner: Name,
    /// The trait that the `impl` block implements.
    pub of_trait: Option<Name>,
    /// Whether the trait `owner` defines the item, rather than an `impl` block.
    pub by_trait: bool,
    /// The file of the definition.
    pub file: FileId,
    /// The position of the `impl`, or of the trait's name.
    pub span: Span,
}

/// One re-export on the way from a written path to the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reexport {
    /// The module that re-exports.
    pub module: NodeId,
    /// The file of the `use`.
    pub file: FileId,
    /// The span of the leaf of the `use`.
    pub span: Span,
}

/// The results of resolving the references of a workspace. They are counted so that blind spots are
/// visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Resolution {
    /// The number of references that were looked up.
    pub references: u64,
    /// The number of references that name an item of the workspace.
    pub resolved: u64,
    /// The number of references that name an item of an external crate.
    pub external: u64,
    /// The number of those that are taken to come from a glob import of an external crate, because
    /// nothing else defines them.
    pub assumed: u64,
    /// The number of references whose item was not found.
    pub unresolved: u64,
    /// The paths to associated items, which are counted apart.
    pub associated: ItemResolution,
    /// The methods of calls, which are counted apart.
    pub methods: ItemResolution,
    /// The fields of expressions, struct literals and patterns, which are counted apart.
    pub fields: ItemResolution,
}

/// The results of looking for the definitions of associated items, methods or fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ItemResolution {
    /// The number of items that the workspace defines.
    pub resolved: u64,
    /// The number of items that another crate or a derive defines.
    pub external: u64,
    /// The number of items whose definition is not known.
    pub unknown: u64,
}
