//! The module tree, and the targets of paths (the Rust Reference, "Names").
//!
//! ```text
//! load ────────→ facts of every file that a target's root reaches
//! grow ────────→ modules, scopes, items; macros expanded until they generate nothing new; then doctests,
//!                each as a crate of its own; then the signatures of other crates
//! imports ─────→ every `use` and glob, to a fixpoint
//! lost ────────→ what is known of the imports that are left
//! associated ──→ every `impl` by its type and trait
//! references ──→ the target of each path and its defining module, in parallel, on fixed tables
//! infer ───────→ the types of values, and so the methods and fields behind dots
//! contents ────→ functions, types, and the items that other modules may name
//! close ───────→ the model, which the next stage reads
//! ```
//!
//! Every branch of every `cfg` is read, so a name may have several meanings at once: bindings are
//! lists. Visibility is not checked exactly where code that compiles cannot show the difference.

mod associated;
mod binding;
mod bounds;
mod builtin;
mod causes;
mod child_dir;
mod close;
mod conditions;
mod contents;
mod costs;
mod crates;
mod doctests;
mod facades;
mod glob_links;
mod globs;
mod grow;
mod ids;
mod imports;
mod infer;
mod limits;
mod load;
mod lost;
mod matching;
mod model;
mod paths;
mod references;
mod signatures;
mod source;
mod tables;
mod textual;

use tracing::info_span;

use crate::rust::cargo::Workspace;

pub use ids::{CfgId, ChainId, CrateId, DefinitionId, ExternalId, FileId, InferenceId, ModuleId};
pub use load::Reached;
pub use model::{
    CfgCondition, Counts, Crate, External, MemberCounts, Model, Module, Named, OutcomeCounts, ReceiverFacade,
    ResolvedExport, ResolvedFunction, ResolvedReexport, ResolvedReference, Types, UnresolvedPath,
};
pub use source::{Digest, Expanded, Extracted, FactsSource, Overlaid, SourceFilter, facts_of};

use contents::Contents;
use grow::{Growth, Report, Words};
use tables::Tables;

/// The facts of a workspace's files, as far as the files could be foreseen.
pub struct Read<'f> {
    loader: load::Loader<'f>,
    filter: SourceFilter<'f>,
}

impl Read<'_> {
    /// The files that could be foreseen, and the folders that would be searched for further files.
    /// Files that only an expanded macro declares are not included.
    pub fn reached(&self) -> Reached {
        self.loader.reached()
    }

    /// Takes the facts, so that the caller decides when to drop them, which takes long.
    pub fn into_facts(self) -> impl Send + use<> {
        self.loader.into_entries()
    }
}

/// Reads the files of a workspace, in parallel. Must run in a rayon pool whose threads have stacks
/// of [`crate::rust::facts::STACK`] bytes, and so must [`resolve`].
pub fn read<'f>(workspace: &Workspace, source: &'f dyn FactsSource, filter: SourceFilter<'f>) -> Read<'f> {
    let loader = load::Loader::new(source, filter);
    let targets = crates::targets(workspace, filter);
    loader.prefetch(targets.iter().map(|(_, target)| crates::root_file(target)).collect());
    Read { loader, filter }
}

/// Resolves a whole workspace. The second result is the intermediate tables; dropping them takes
/// long, so the caller decides when.
pub fn resolve(workspace: &Workspace, read: &Read<'_>) -> (Model, impl Send + use<>) {
    let mut tables = Tables::new(!read.filter.tests);
    let Report { mut diagnostics, waivers } = grow(&mut tables, workspace, read);
    imports::settle(&mut tables);
    lost::find_builtin(&mut tables);
    lost::find_undeclared_crates(&mut tables);
    lost::concede(&mut tables);
    let index = read.filter.methods.then(|| associated::Index::build(&mut tables));
    let (mut found, contents) = references::resolve(&mut tables, index.as_ref(), Contents::of);
    let infer = |index| info_span!("infer").in_scope(|| infer::infer(&tables, index));
    let (inferred, cut) = index.as_ref().map(infer).unwrap_or_default();
    found.extend(inferred);
    diagnostics.extend(limits::unfinished_inference(&tables, cut));
    diagnostics.extend(limits::reached(&tables));
    let (model, rest) = close::close(tables, index, found, contents);
    (Model { diagnostics, waivers, ..model }, rest)
}

/// Grows the module tree of every target.
fn grow(tables: &mut Tables, workspace: &Workspace, read: &Read<'_>) -> Report {
    let words = Words::new(&mut tables.names);
    let mut growth = Growth::new(tables, &read.loader);
    crates::plant(&mut growth, &crates::targets(workspace, read.filter));
    grow::grow(&mut growth, words);
    if read.filter.tests {
        doctests::plant(&mut growth);
        let words = Words::new(&mut growth.tables.names);
        grow::grow(&mut growth, words);
    }
    if read.filter.methods {
        signatures::plant(&mut growth);
    }
    growth.finish()
}
