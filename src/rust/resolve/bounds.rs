//! Types behind names: the enum or trait that contains an associated item, and the target of an
//! alias.

use crate::{
    base::name::Name,
    rust::facts::{self, Namespaces, ReferenceKind},
};

use super::{
    binding::Def,
    ids::{InstanceId, ItemId, ScopeId},
    paths::{Lookup, Origin, Query},
    tables::{BoundsEntry, ItemForm, Tables},
};

/// The maximum number of types and traits that are searched for one item.
pub(super) const MOST_BOUNDS: usize = 256;

/// Paths of types and traits, seen from a scope of an instance.
pub(super) struct Paths<'p> {
    pub instance: InstanceId,
    pub paths: &'p [facts::Path],
    pub scope: ScopeId,
}

/// The enum or trait among types and traits, or among their supertraits, that has an item of that
/// name. Where `lookup.missed` says so, that is not known yet.
pub(super) fn item_of_bounds(
    tables: &Tables,
    bounds: &Paths<'_>,
    name: Name,
    lookup: &mut Lookup,
) -> Option<ItemId> {
    let list = |paths: &[facts::Path], instance, scope| -> Vec<_> {
        paths.iter().take(MOST_BOUNDS + 1).map(|&path| (instance, path, scope)).collect()
    };
    let mut work = vec![list(bounds.paths, bounds.instance, bounds.scope)];
    let mut seen = 0;
    while let Some(list_of_paths) = work.pop() {
        for (instance, path, scope) in list_of_paths {
            seen += 1;
            if seen > MOST_BOUNDS {
                return None;
            }
            let Some(Def::Item(item)) = type_at(tables, instance, path, scope, lookup) else { continue };
            let items = match tables.items[item].form {
                ItemForm::Enum(variants) => Some(variants),
                ItemForm::Trait { items, supertraits: BoundsEntry { instance, index, scope } } => {
                    let paths = &tables.instances[instance].facts.bounds[index as usize];
                    work.push(list(paths, instance, scope));
                    items
                }
                _ => None,
            };
            if items.is_some_and(|items| tables.scopes[items].names.contains_key(&name)) {
                return Some(item);
            }
        }
    }
    None
}

/// The meaning of a path in the type namespace, if every segment resolves.
pub(super) fn type_at(
    tables: &Tables,
    instance: InstanceId,
    path: facts::Path,
    scope: ScopeId,
    lookup: &mut Lookup,
) -> Option<Def> {
    let of = &tables.instances[instance];
    let segments: Vec<_> = of.facts.segments(path).iter().map(|&n| tables.name(instance, n)).collect();
    let origin = Origin { scope, krate: of.krate, order: 0, import: None };
    let query = Query { origin, start: path.start, segments: &segments, wanted: Namespaces::TYPES };
    tables.look_up(query, lookup);
    lookup.hits.iter().find(|hit| hit.used == segments.len()).map(|hit| hit.def)
}

/// The target of a type alias.
pub(super) fn alias_target(
    tables: &Tables,
    instance: InstanceId,
    target: u32,
    lookup: &mut Lookup,
) -> Option<Def> {
    let of = &tables.instances[instance];
    let is_path = |of: &&facts::ReferenceFacts| of.kind == ReferenceKind::Path;
    let reference = of.facts.references.get(target as usize).filter(is_path)?;
    type_at(tables, instance, reference.path, of.scopes[reference.scope.index()], lookup)
}
