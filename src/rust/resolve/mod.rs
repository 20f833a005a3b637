//! The module tree, and what each path names (the Rust Reference, "Names").
//!
//! ```text
//! load ────→ facts of every file that a target's root reaches
//! tree ────→ modules, scopes, items; macros expanded where items stand, until there is nothing new
//! imports ─→ every `use` and glob, to a fixpoint
//! references → what each path names and who defines it, in parallel, nothing changing any more
//! ```
//!
//! Every branch of every `cfg` is read, so a name may have several meanings at once: bindings are lists.
//! Nothing here is exact about visibility where code that compiles cannot tell the difference.

mod bounds;
mod builtin;
mod close;
mod conditions;
mod contents;
mod costs;
mod crates;
mod declared;
mod expand;
mod globs;
mod imports;
mod load;
mod macros;
mod module_files;
mod paths;
mod references;
mod tables;
mod tree;

use std::{collections::BTreeSet, sync::Arc};

use index_vec::{IndexVec, define_index_type};

use crate::{
    base::{
        context::Context,
        diagnostic::Diagnostic,
        files::{Files, ReadError},
        name::{Name, Names},
        span::Span,
        waiver::Waiver,
    },
    graph::package::{Package, Target},
    rust::{
        cargo::Workspace,
        facts::{self, FileFacts, source},
    },
};

define_index_type! {
    /// A crate: a target of a package.
    pub struct CrateId = u32;
}
define_index_type! {
    /// A module.
    pub struct ModuleId = u32;
}
define_index_type! {
    /// A source file.
    pub struct FileId = u32;
}
define_index_type! {
    /// A condition, in [`Model::conditions`].
    pub struct CfgId = u32;
}
define_index_type! {
    /// A chain of re-exports, in [`Model::chains`].
    pub struct ChainId = u32;
}
define_index_type! {
    /// A path into a crate outside the workspace, in [`Model::externals`].
    pub struct ExternalId = u32;
}

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
    /// What was found for each place where a path names an item.
    pub references: Vec<Reference>,
    /// Functions with a body in the source, by module, file and place.
    pub functions: Vec<Function>,
    /// Types and traits that each module defines.
    pub types: IndexVec<ModuleId, Types>,
    /// What others than its own module may name, by module, each item followed by its parts.
    pub exports: Vec<Export>,
    /// Paths that name nothing known.
    pub unresolved: Vec<Unresolved>,
    /// How many references there are of each sort.
    pub counts: Counts,
    /// The waivers of the files that became modules, each with its file, sorted. Where test code is left out, so are its.
    pub waivers: Vec<(String, Waiver)>,
    /// What was wrong with the source.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether test code counts.
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

/// How many types and traits a module defines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Types {
    /// Structs, enums and unions.
    pub concrete: u32,
    /// Traits.
    pub traits: u32,
}

/// An item that others than its own module may name, or a part of one: a variant, an associated item of a trait.
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
    /// Whether it can only hold in test builds.
    pub test: bool,
}

/// A path into a crate outside the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct External {
    /// What it is in; `None` for a crate.
    pub parent: Option<ExternalId>,
    /// Its name.
    pub name: Name,
}

/// What a path names.
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
    /// What it is part of.
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
    /// Where in it.
    pub span: Span,
    /// The path as written.
    pub path: String,
}

/// How references were resolved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found in the workspace.
    pub resolved: u64,
    /// Found to lead out of it, the standard library's prelude included.
    pub external: u64,
    /// Looked up and not found.
    pub unresolved: u64,
}

/// What to resolve.
#[derive(Clone, Copy)]
pub struct Scope<'s> {
    /// Whether test code counts.
    pub tests: bool,
    /// Tells the files to leave out, by path relative to the workspace root.
    pub excludes: &'s (dyn Fn(&str) -> bool + Sync),
}

/// Who knows what a file says. A file is asked for once in a run, from any thread that has a stack of
/// [`crate::rust::facts::STACK`] bytes.
pub trait FactsSource: Sync {
    /// The facts of the file at `path`, relative to the workspace root; their diagnostics name no file.
    ///
    /// # Errors
    /// Where there is no file that can be read. One that does not parse has facts: little more than a diagnostic.
    fn facts(&self, path: &str) -> Result<Arc<FileFacts>, ReadError>;

    /// What a macro invocation says. `digest` names all that this is a function of, so it may be known already; `make`
    /// works it out.
    fn expanded(&self, digest: Digest, make: &dyn Fn() -> Expanded) -> Expanded {
        let _ = digest;
        make()
    }
}

/// The name of a content: its BLAKE3.
pub type Digest = [u8; 32];

/// What a macro invocation was expanded to, or guessed to say.
#[derive(Debug, Clone)]
pub struct Expanded {
    /// What that says.
    pub facts: Arc<FileFacts>,
    /// How many tokens it came to.
    pub tokens: usize,
}

/// Reads each file and extracts its facts from its text.
pub struct Extracted<'f>(pub &'f dyn Files);

impl FactsSource for Extracted<'_> {
    fn facts(&self, path: &str) -> Result<Arc<FileFacts>, ReadError> {
        Ok(Arc::new(facts_of(self.0.read(path)?)))
    }
}

/// What a file of these bytes says.
pub fn facts_of(bytes: Vec<u8>) -> FileFacts {
    match source::prepare(bytes) {
        Ok(source) => facts::extract(&source),
        Err(diagnostic) => facts::unreadable(diagnostic),
    }
}

/// The facts of a workspace's files, as far as they could be foreseen.
pub struct Read<'f> {
    loader: load::Loader<'f>,
    scope: Scope<'f>,
}

/// The files that `mod` declarations reach from the roots of the targets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reached {
    /// The files, relative to the workspace root.
    pub files: BTreeSet<String>,
    /// The folders in which a file of theirs that could be read looks for its children.
    pub folders: BTreeSet<String>,
}

impl Read<'_> {
    /// The files that could be foreseen, and where further ones would be looked for. What only an expanded macro declares
    /// is not among them.
    pub fn reached(&self) -> Reached {
        self.loader.reached()
    }

    /// Takes the facts, which take long to drop.
    pub fn into_facts(self) -> impl Send + use<> {
        self.loader.into_entries()
    }
}

/// Reads the files of a workspace, in parallel. Must run in a rayon pool whose threads have stacks of
/// [`crate::rust::facts::STACK`] bytes, and so must [`resolve`].
pub fn read<'f>(workspace: &Workspace, source: &'f dyn FactsSource, scope: Scope<'f>) -> Read<'f> {
    let loader = load::Loader::new(source, scope);
    let targets = crates::targets(workspace, scope);
    loader.prefetch(targets.iter().map(|(_, target)| crates::root_place(target)).collect());
    Read { loader, scope }
}

/// Resolves a whole workspace. The second result is the intermediate tables, which take long to drop.
pub fn resolve(workspace: &Workspace, read: &Read<'_>) -> (Model, impl Send + use<>) {
    let mut tables = tables::Tables::default();
    let targets = crates::targets(workspace, read.scope);
    let mut tree = tree::Tree::new(&mut tables, &read.loader, read.scope.tests);
    crates::plant(&mut tree, &targets);
    tree.grow();
    let (diagnostics, waivers) = tree.finish();
    let (model, rest) = references::resolve(tables, diagnostics);
    (Model { waivers, ..model }, rest)
}
