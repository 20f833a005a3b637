//! The traits that are in scope at a place, by their own name or by any other.

use index_vec::IndexVec;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::{
    binding::Def,
    ids::{CrateId, ItemId, ScopeId},
    imports,
    paths::{Lookup, Origin, Query},
    tables::{Directive, ItemForm, Tables},
};
use crate::{
    base::name::Name,
    rust::facts::{ImportKind, Namespace, Namespaces},
};

/// The maximum number of scopes in a search through globs.
const MOST_SCOPES: usize = 256;

/// The maximum number of crates for which the dependencies of each are collected.
const MOST_CRATES: usize = 1024;

/// The direct and indirect dependencies of each crate, whose `impl` blocks apply in it.
#[derive(Debug, Default)]
pub struct Crates(IndexVec<CrateId, Vec<CrateId>>);

impl Crates {
    /// Collects the dependencies, unless there are more than [`MOST_CRATES`] crates.
    pub fn of(tables: &Tables) -> Self {
        let own = tables.crates.as_vec().partition_point(|krate| !krate.is_model);
        if own > MOST_CRATES {
            return Self::default();
        }
        Self((0..own).map(|krate| dependencies(tables, CrateId::from_usize(krate))).collect())
    }

    /// Returns true if `from` may have the `impl` blocks of `krate`.
    pub fn sees(&self, tables: &Tables, from: CrateId, krate: CrateId) -> bool {
        let of = &tables.crates[krate];
        let is_library = || of.target.kind.prefix().is_none() && of.carrier.is_none();
        from == krate || self.0.get(from).map_or_else(is_library, |of| of.binary_search(&krate).is_ok())
    }
}

fn dependencies(tables: &Tables, krate: CrateId) -> Vec<CrateId> {
    let mut seen = FxHashSet::default();
    let mut work = vec![krate];
    while let Some(krate) = work.pop() {
        if !seen.insert(krate) {
            continue;
        }
        let of = &tables.crates[krate];
        for def in of.prelude.values().chain(of.more.values()).flatten() {
            if let Def::Module(root) = *def {
                work.push(tables.modules[root].krate);
            }
        }
    }
    let mut all: Vec<CrateId> = seen.into_iter().collect();
    all.sort_unstable();
    all
}

/// The scopes that import a trait by another name than its own, or as `_`.
#[derive(Debug, Default)]
pub struct OtherNames(FxHashMap<ItemId, Vec<ScopeId>>);

impl OtherNames {
    /// Collects the scopes from all imports.
    pub fn find(tables: &mut Tables) -> Self {
        let mut found = Self::default();
        let mut lookup = Lookup::default();
        for id in tables.imports.indices().filter(|&id| !tables.is_of_model(id)).collect::<Vec<_>>() {
            let ImportKind::Single(name) = imports::kind(tables, id) else { continue };
            let Directive { instance, index, scope, .. } = tables.imports[id];
            let facts = std::sync::Arc::clone(&tables.instances[instance].facts);
            let import = &facts.imports[index as usize];
            let names = facts.segments(import.path);
            if names.last() == name.as_ref() {
                continue;
            }
            let segments: Vec<Name> = names.iter().map(|&name| tables.name(instance, name)).collect();
            let krate = tables.instances[instance].krate;
            let origin = Origin { scope, krate, order: 0, import: Some(id) };
            let query =
                Query { origin, start: import.path.start, segments: &segments, wanted: Namespaces::TYPES };
            tables.look_up(query, &mut lookup);
            while !lookup.missed.is_empty() {
                lookup.missed.drain(..).for_each(|(scope, name)| tables.demand(scope, name));
                tables.look_up(query, &mut lookup);
            }
            for hit in lookup.hits.iter().filter(|hit| hit.used == segments.len()) {
                if let Def::Item(item) = hit.def
                    && matches!(tables.items[item].form, ItemForm::Trait { .. })
                {
                    found.0.entry(item).or_default().push(scope);
                }
            }
        }
        found
    }

    /// Returns true if the items of a trait may be used in a scope. Names that are still to be
    /// demanded are added to `lookup.missed`.
    pub fn sees(&self, tables: &Tables, scope: ScopeId, of_trait: ItemId, lookup: &mut Lookup) -> bool {
        let name = tables.items[of_trait].name;
        let others = self.0.get(&of_trait);
        let mut at = Some(scope);
        while let Some(scope) = at {
            let slots = tables.scopes[scope].names.get(&name).copied().unwrap_or_default();
            let (explicit, glob) = (slots.explicit[Namespace::Types], slots.glob[Namespace::Types]);
            let mut all = tables.chain(explicit).chain(tables.chain(glob));
            if all.any(|(_, binding)| binding.def == Def::Item(of_trait)) {
                return true;
            }
            if tables.is_missed(scope, name) {
                lookup.missed.push((scope, name));
            }
            let is_other = |others: &Vec<ScopeId>| {
                search_globs(tables, [scope], |scope| others.contains(&scope)) == Some(true)
            };
            if others.is_some_and(is_other) {
                return true;
            }
            at = tables.scopes[scope].parent;
        }
        false
    }
}

/// Returns true if some of the scopes, or some scope all of whose names they import, is wanted; `None`
/// if there are more than [`MOST_SCOPES`] to look at.
pub fn search_globs(
    tables: &Tables,
    scopes: impl IntoIterator<Item = ScopeId>,
    is_wanted: impl Fn(ScopeId) -> bool,
) -> Option<bool> {
    let mut seen = FxHashSet::default();
    let mut work: Vec<ScopeId> = scopes.into_iter().collect();
    while let Some(scope) = work.pop() {
        if is_wanted(scope) {
            return Some(true);
        }
        if seen.insert(scope) {
            if seen.len() > MOST_SCOPES {
                return None;
            }
            work.extend(tables.sources(scope).iter().map(|&(_, source)| source));
        }
    }
    Some(false)
}
