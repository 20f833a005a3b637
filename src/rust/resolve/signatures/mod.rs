//! Models of crates outside the workspace: the signatures of the standard library and of a few
//! others, as Rust source without bodies, for inference of types.
//!
//! Each model is a crate of its own, which comes after all crates of the workspace. No path of the
//! workspace leads into it by name, and [`close`](super::close) drops it: only [`Models::find`] does.
//! The names of the standard library's prelude are visible in every module of a model.

mod given;
mod packs;
#[cfg(test)]
mod tests;

use std::{mem, sync::Arc};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    base::{name::Name, packed},
    graph::package::{Edition, OUTSIDE, Package, Target, TargetKind},
    rust::facts::{FileFacts, Namespace, Namespaces, PathStart},
};

use super::{
    binding::{Binding, Def, Strength, Visible},
    child_dir::ChildDir,
    grow::{self, Growth, Home, Job, Words},
    ids::{CfgId, FileId, InstanceId, ModuleId, ScopeId},
    model::{External, Module},
    paths::{Lookup, Origin, Query},
    source::{Digest, Expanded, FactsSource, facts_of},
    tables::{GrowingCrate, Tables},
};
use given::Given;
use packs::{PACKS, Pack};

/// The names of the standard library, whose model comes with archlint.
const STANDARD: [&str; 5] = ["std", "core", "alloc", "proc_macro", "test"];

/// The models of crates outside the workspace.
#[derive(Debug, Default)]
pub(super) struct Models {
    /// The root of each model, by the names that paths to it start with.
    roots: FxHashMap<Name, ModuleId>,
    /// The scope of the standard library's prelude.
    prelude: Option<ScopeId>,
    /// The first instance of a model; all after it are of models, too.
    pub first_instance: Option<InstanceId>,
    /// The first file of a model; all after it are of models, too.
    pub first_file: Option<FileId>,
}

impl Models {
    /// Returns the item of a model that a path denotes, and the number of segments that lead to it.
    /// The path starts with the name of a crate, or of an item of the standard library's prelude.
    pub fn find(
        &self,
        tables: &Tables,
        path: &[Name],
        wanted: Namespaces,
        lookup: &mut Lookup,
    ) -> Option<(Def, usize)> {
        let (first, rest) = path.split_first()?;
        let (scope, segments, before) = match self.roots.get(first) {
            Some(&root) if rest.is_empty() => return Some((Def::Module(root), 1)),
            Some(&root) => (tables.bodies[root], rest, 1),
            None => (self.prelude?, path, 0),
        };
        let krate = tables.modules[tables.scopes[scope].module].krate;
        let origin = Origin { scope, krate, order: 0, import: None };
        tables.look_up(Query { origin, start: PathStart::SelfModule, segments, wanted }, lookup);
        let hit = lookup.hits.first().filter(|hit| hit.used > 0)?;
        Some((hit.def, before + hit.used))
    }
}

/// A model that is to be added.
struct Source {
    /// The names of the crate; its own comes first.
    names: Vec<String>,
    /// The path of each file, the name of the module that it is, or `None` for the root, which comes
    /// first, and its facts.
    files: Vec<(String, Option<&'static str>, Arc<FileFacts>)>,
}

/// Adds the models of the crates that the workspace uses.
pub(super) fn plant(growth: &mut Growth<'_, '_>) {
    let sources = read(growth);
    let tables = &mut *growth.tables;
    tables.models.first_instance = Some(tables.instances.next_idx());
    tables.models.first_file = Some(tables.files.next_idx());
    let first_module = tables.modules.next_idx();
    // The bound on costs is about the workspace's own code.
    let costs = mem::take(&mut growth.costs);
    for source in sources {
        plant_one(growth, source);
    }
    share_prelude(growth.tables);
    let words = Words::new(&mut growth.tables.names);
    grow::grow(growth, words);
    growth.costs = costs;
    open_prelude(growth.tables, first_module);
    demand_all(growth.tables, first_module);
}

/// Returns true if the workspace depends on a crate outside of it that has this name.
fn is_used(tables: &Tables, krate: &str) -> bool {
    let is_known = |text: &str| {
        let name = tables.names.get(text);
        name.is_some_and(|name| tables.known_externals.contains_key(&External { parent: None, name }))
    };
    is_known(krate) || is_known(&format!("{krate}{OUTSIDE}"))
}

/// Reads the models: the files that the configuration names, and those that are part of archlint, of
/// which each crate needs one.
fn read(growth: &mut Growth<'_, '_>) -> Vec<Source> {
    let (tables, loader) = (&*growth.tables, growth.loader);
    let is_outside = |name: &str| is_used(tables, name) && !STANDARD.contains(&name);
    let globs = loader.filter().signatures;
    let given = given::read(globs, loader.source(), is_outside, &mut growth.report.diagnostics);
    let is_given = |pack: &Pack| given.iter().any(|of| pack.names.contains(&&*of.name));
    let is_wanted = |pack: &Pack| {
        pack.names.contains(&"std") || !is_given(pack) && pack.names.iter().any(|name| is_used(tables, name))
    };
    let packs: Vec<&Pack> = PACKS.iter().filter(|pack| is_wanted(pack)).collect();
    let mut sources: Vec<Source> = packs.par_iter().map(|pack| embedded(loader.source(), pack)).collect();
    sources.extend(
        given.into_iter().map(|Given { name, file, facts }| Source {
            names: vec![name],
            files: vec![(file, None, facts)],
        }),
    );
    sources
}

/// Reads a model that is part of archlint, its files in parallel.
fn embedded(source: &dyn FactsSource, pack: &Pack) -> Source {
    let own = pack.names.first().copied().unwrap_or_default();
    let file = |&(stem, packed): &(&'static str, &'static [u8])| {
        let module = (stem != packs::ROOT).then_some(stem);
        (format!("<{own}>/{stem}.rs"), module, facts(source, packed))
    };
    Source {
        names: pack.names.iter().map(|&name| name.to_owned()).collect(),
        files: pack.files.par_iter().map(file).collect(),
    }
}

fn facts(source: &dyn FactsSource, packed: &'static [u8]) -> Arc<FileFacts> {
    let make = || Expanded { facts: Arc::new(facts_of(packed::bytes(packed))), tokens: 0 };
    source.expanded(digest(packed), &make).facts
}

/// The digest of the facts of a model. It differs from that of a file with the same content, whose
/// facts are stored in another form.
fn digest(packed: &[u8]) -> Digest {
    blake3::derive_key("archlint 2026-12 facts of a model", packed)
}

fn plant_one(growth: &mut Growth<'_, '_>, source: Source) {
    let Some(own) = source.names.first().cloned() else { return };
    let root = ModuleId::from_usize(growth.tables.modules.len());
    let krate = growth.tables.crates.push(hidden(&own, root));
    for name in source.names.iter().flat_map(|name| [name.clone(), format!("{name}{OUTSIDE}")]) {
        let name = growth.tables.names.intern(&name);
        growth.tables.models.roots.insert(name, root);
    }
    for (path, module, facts) in source.files {
        let file = growth.tables.files.push(path);
        let name = growth.tables.names.intern(module.unwrap_or(&own));
        let cfg = CfgId::ALWAYS;
        let parent = module.is_some().then_some(root);
        let module = Module { krate, parent, name, file, line: 1, lines: 0, items: 0, cfg };
        let (module, body) = growth.module(module, None, false);
        if parent.is_some() {
            bind_module(growth.tables, name, module, root);
        }
        let job = Job::of_file(facts, file, ChildDir::of_owner(""), Home { krate, body, cfg });
        growth.jobs.push_back(Job { is_apart: true, ..job });
    }
}

/// A crate that is in no graph.
fn hidden(name: &str, root: ModuleId) -> GrowingCrate {
    let package = Package {
        name: name.to_owned(),
        dir: String::new(),
        targets: Vec::new(),
        dependencies: Vec::new(),
        metadata: None,
    };
    let target = Target {
        kind: TargetKind::Lib,
        crate_name: name.to_owned(),
        root_file: String::new(),
        edition: Edition::E2024,
        doctest: false,
    };
    GrowingCrate { is_model: true, ..GrowingCrate::new(Arc::new(package), target, root) }
}

/// Binds the name of a module in the root of its crate.
fn bind_module(tables: &mut Tables, name: Name, module: ModuleId, root: ModuleId) {
    let binding = Binding {
        def: Def::Module(module),
        visible: Visible::Everywhere,
        cfg: CfgId::ALWAYS,
        plain: true,
        named: Some(module),
        import: None,
        source: None,
        scope: tables.bodies[root],
        next: None,
    };
    tables.bind(name, Namespace::Types, Strength::Explicit, binding);
}

/// Lets the paths of each model start with the name of any.
fn share_prelude(tables: &mut Tables) {
    let models = tables.models.roots.iter();
    let prelude = Arc::new(models.map(|(&name, &root)| (name, vec![Def::Module(root)])).collect());
    for krate in tables.crates.iter_mut().filter(|krate| krate.is_model) {
        krate.prelude = Arc::clone(&prelude);
    }
}

/// Makes the names of the standard library's prelude visible in every module of a model.
fn open_prelude(tables: &mut Tables, first: ModuleId) {
    let Some(prelude) = prelude_of(tables) else { return };
    tables.models.prelude = Some(prelude);
    for module in (first.index()..tables.modules.len()).map(ModuleId::from_usize) {
        let body = tables.bodies[module];
        if body != prelude {
            tables.scopes[body].parent = Some(prelude);
        }
    }
}

/// Demands the names behind the globs of models, since no reference of a model demands them.
fn demand_all(tables: &mut Tables, first: ModuleId) {
    for module in (first.index()..tables.modules.len()).map(ModuleId::from_usize) {
        let scope = tables.bodies[module];
        let sources = tables.sources(scope).iter().map(|&(_, source)| source);
        let mut names: Vec<Name> =
            sources.flat_map(|source| tables.scopes[source].names.keys().copied()).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().for_each(|name| tables.demand(scope, name));
    }
}

/// The scope of `std::prelude::v1`.
fn prelude_of(tables: &Tables) -> Option<ScopeId> {
    let mut path = Vec::new();
    for segment in ["std", "prelude", "v1"] {
        path.push(tables.names.get(segment)?);
    }
    match tables.models.find(tables, &path, Namespaces::TYPES, &mut Lookup::default())? {
        (Def::Module(module), 3) => Some(tables.bodies[module]),
        _ => None,
    }
}
