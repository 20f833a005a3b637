//! Imports that stay lost: those that the fixpoint of [`imports`](super::imports) leaves without a
//! meaning. Each pass below gives some of them one, in the order in which rustc would look further:
//! a name that is in scope everywhere, a crate that no manifest declares, and at last the deepest
//! module that is certain.

use crate::{
    base::name::Name,
    graph::package::Edition,
    rust::facts::{ImportKind, Namespace, PathStart},
};

use super::{
    binding::{Def, Strength},
    ids::ImportId,
    imports::{kind, look_up, resolve, unknown_crate},
    paths::{Hit, Lookup},
    tables::{Directive, Tables},
};

/// Returns the imports that are not resolved.
fn lost(tables: &Tables) -> Vec<ImportId> {
    tables.imports.indices().filter(|&id| !tables.imports[id].found).collect()
}

/// Binds the names of unresolved imports of a name that is in scope everywhere (`use Vec as List;`).
/// Such a name comes last in the order of scopes, so no other meaning is left by then. In edition
/// 2015, paths of imports start at the crate's root and cannot name a prelude.
pub(super) fn find_builtin(tables: &mut Tables) {
    let mut lookup = Lookup::default();
    let lost: Vec<ImportId> = tables.imports.indices().filter(|&id| !tables.imports[id].found).collect();
    let mut any = false;
    for id in lost {
        look_up(tables, id, &mut lookup);
        if lookup.hits.is_empty() && lookup.deepest.is_none() {
            any |= bind_builtin(tables, id);
        }
    }
    if any {
        resolve(tables);
    }
}

/// Binds the name of an import to the name of the standard library's prelude that its path is.
/// Returns false if the path is no such name.
fn bind_builtin(tables: &mut Tables, id: ImportId) -> bool {
    let Directive { instance, index, scope, .. } = tables.imports[id];
    let of = &tables.instances[instance];
    let import = of.facts.imports[index as usize];
    let (ImportKind::Single(Some(alias)), [called]) = (import.kind, of.facts.segments(import.path)) else {
        return false;
    };
    let (called, alias) = (tables.name(instance, *called), tables.name(instance, alias));
    let krate = tables.modules[tables.scopes[scope].module].krate;
    if import.path.start != PathStart::Plain || tables.edition(krate) == Edition::E2015 {
        return false;
    }
    for namespace in Namespace::ALL {
        if tables.builtin.has(namespace, called) {
            tables.imports[id].found = true;
            let binding = tables.through(id, Def::Builtin, None, None);
            tables.bind(alias, namespace, Strength::Explicit, binding);
        }
    }
    tables.imports[id].found
}

/// Treats the first segments of unresolved imports as external crates, if nothing of that name is
/// known. From edition 2018 on, such a segment cannot be anything else: a library may have another
/// name than its package, and the manifests of registry packages are not read. A path without `::`
/// may also start with an item that a macro defines, so it counts only if every macro in its module
/// is known.
pub(super) fn find_undeclared_crates(tables: &mut Tables) {
    let mut lookup = Lookup::default();
    let mut any = false;
    for id in lost(tables) {
        look_up(tables, id, &mut lookup);
        if lookup.hits.is_empty()
            && lookup.deepest.is_none()
            && let Some(hit) = undeclared_crate(tables, id)
        {
            let krate = tables.modules[tables.scopes[tables.imports[id].scope].module].krate;
            let Def::External(external) = hit.def else { continue };
            let name = tables.externals[external].name;
            if is_member(tables, name) {
                continue;
            }
            tables.crates[krate].more.entry(name).or_default().push(hit.def);
            any = true;
        }
    }
    if any {
        resolve(tables);
    }
}

/// Returns true if a crate of the workspace has that name. Naming it without a dependency does not
/// compile, so the meaning is unknown.
fn is_member(tables: &Tables, name: Name) -> bool {
    let text = tables.names.text(name);
    tables.crates.iter().any(|krate| krate.target.crate_name == text)
}

/// The external crate that an import must start with, although no dependency has that name.
fn undeclared_crate(tables: &mut Tables, id: ImportId) -> Option<Hit> {
    let Directive { instance, index, scope, .. } = tables.imports[id];
    let module = tables.scopes[scope].module;
    let facts = &tables.instances[instance].facts;
    let path = facts.imports[index as usize].path;
    let start = path.start;
    let may_be_made = tables.opaque.contains_key(&module) || tables.glob_from_outside(scope).is_some();
    // A module whose file is missing is declared nevertheless.
    let first = facts.segments(path).first().map(|&name| tables.name(instance, name));
    let is_gone = first.is_some() && tables.blank.contains_key(&(module, first));
    let is_crate = start == PathStart::Global || (start == PathStart::Plain && !may_be_made && !is_gone);
    let krate = tables.modules[module].krate;
    let mut dependencies = tables.crates[krate].package.dependencies.iter();
    let has_foreign = dependencies.any(|dependency| dependency.path.is_none());
    let is_known = is_crate && has_foreign && tables.edition(krate) != Edition::E2015;
    is_known.then(|| unknown_crate(tables, id)).flatten()
}

/// Binds the names of unresolved imports to the deepest known modules of their paths, so that a
/// reference by such a name still leads to that module. A name is bound only if it has no other
/// meaning, and nothing is resolved afterwards.
pub(super) fn concede(tables: &mut Tables) {
    let mut lookup = Lookup::default();
    for id in lost(tables) {
        let Directive { instance, index, scope, .. } = tables.imports[id];
        let (ImportKind::Single(Some(name)) | ImportKind::SelfLeaf(Some(name))) = kind(tables, id) else {
            continue;
        };
        look_up(tables, id, &mut lookup);
        let Some((module, used)) = lookup.deepest.filter(|_| lookup.hits.is_empty()) else {
            continue;
        };
        let start = tables.instances[instance].facts.imports[index as usize].path.start;
        if used == 0 && start == PathStart::Plain {
            continue;
        }
        let name = tables.name(instance, name);
        let slots = tables.scopes[scope].names.get(&name).copied().unwrap_or_default();
        for namespace in Namespace::ALL {
            if slots.explicit[namespace].is_none() {
                let binding = tables.through(id, Def::Unseen(module), Some(module), None);
                tables.bind(name, namespace, Strength::Explicit, binding);
            }
        }
    }
    while let Some((scope, name)) = tables.changed.pop() {
        tables.pass_to_importers(scope, name, &mut |_| {});
    }
}
