//! Models of crates outside the workspace: the signatures of the standard library and of a few
//! others, as Rust source without bodies, for inference of types.
//!
//! Each model is a crate of its own, which comes after all crates of the workspace. No path of the
//! workspace leads into it by name, and [`close`](super::close) drops it: only [`Models::find`] does.
//! The names of the standard library's prelude are visible in every module of a model.

mod packs;
#[cfg(test)]
mod tests;

use std::{mem, sync::Arc};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    base::name::Name,
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
    tables::{Crate, Tables},
};
use packs::{PACKS, Pack};

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

/// Adds the models of the crates that the workspace uses.
pub(super) fn plant(growth: &mut Growth<'_, '_>) {
    let used: Vec<&Pack> = PACKS.iter().filter(|pack| is_used(growth.tables, pack)).collect();
    let facts = read(growth.loader.source(), &used);
    let tables = &mut *growth.tables;
    tables.models.first_instance = Some(tables.instances.next_idx());
    tables.models.first_file = Some(tables.files.next_idx());
    let first_module = tables.modules.next_idx();
    // The bound on costs is about the workspace's own code.
    let costs = mem::take(&mut growth.costs);
    for (pack, facts) in used.into_iter().zip(facts) {
        plant_one(growth, pack, facts);
    }
    share_prelude(growth.tables);
    let words = Words::new(&mut growth.tables.names);
    grow::grow(growth, words);
    growth.costs = costs;
    open_prelude(growth.tables, first_module);
}

/// Returns true if the workspace depends on a crate with that model. Every crate depends on the
/// standard library.
fn is_used(tables: &Tables, pack: &Pack) -> bool {
    let is_known = |text: &str| {
        let name = tables.names.get(text);
        name.is_some_and(|name| tables.known_externals.contains_key(&External { parent: None, name }))
    };
    pack.names.iter().any(|&name| name == "std" || is_known(name) || is_known(&format!("{name}{OUTSIDE}")))
}

/// Reads the files of models, in parallel.
fn read(source: &dyn FactsSource, packs: &[&Pack]) -> Vec<Vec<Arc<FileFacts>>> {
    let texts = |pack: &Pack| pack.files.par_iter().map(|(_, text)| facts(source, text)).collect();
    packs.par_iter().map(|pack| texts(pack)).collect()
}

fn facts(source: &dyn FactsSource, text: &'static str) -> Arc<FileFacts> {
    let make = || Expanded { facts: Arc::new(facts_of(text.as_bytes().to_vec())), tokens: 0 };
    source.expanded(digest(text), &make).facts
}

/// The digest of the facts of a model. It differs from that of a file with the same content, whose
/// facts are stored in another form.
fn digest(text: &str) -> Digest {
    blake3::derive_key("archlint 2026-12 facts of a model", text.as_bytes())
}

fn plant_one(growth: &mut Growth<'_, '_>, pack: &Pack, facts: Vec<Arc<FileFacts>>) {
    let &[own, ..] = pack.names else { return };
    let root = ModuleId::from_usize(growth.tables.modules.len());
    let krate = growth.tables.crates.push(hidden(own, root));
    for name in pack.names.iter().flat_map(|name| [(*name).to_owned(), format!("{name}{OUTSIDE}")]) {
        let name = growth.tables.names.intern(&name);
        growth.tables.models.roots.insert(name, root);
    }
    for (&(stem, _), facts) in pack.files.iter().zip(facts) {
        let file = growth.tables.files.push(format!("<{own}>/{stem}.rs"));
        // The first file is that of the root, and each other one is that of a module in it.
        let around = (stem != packs::ROOT).then_some(root);
        let name = growth.tables.names.intern(if around.is_some() { stem } else { own });
        let module =
            Module { krate, parent: around, name, file, line: 1, lines: 0, items: 0, cfg: CfgId::ALWAYS };
        let (module, body) = growth.module(module, None, false);
        if around.is_some() {
            bind_module(growth.tables, name, module, root);
        }
        let home = Home { krate, body, cfg: CfgId::ALWAYS };
        let job = Job::of_file(facts, file, ChildDir::of_owner(""), home);
        growth.jobs.push_back(Job { is_apart: true, ..job });
    }
}

/// A crate that is in no graph.
fn hidden(name: &str, root: ModuleId) -> Crate {
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
    Crate { is_model: true, ..Crate::new(Arc::new(package), target, root) }
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
