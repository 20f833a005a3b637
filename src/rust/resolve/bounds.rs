//! What a type may stand for: the enum or trait that has an associated item, and the target of an alias.

use crate::{
    base::name::Name,
    rust::facts::{self, Namespaces},
};

use super::{
    paths::{Lookup, Origin},
    tables::{Def, InstanceId, ItemId, Kind, ScopeId, Tables},
};

/// Types and traits that are looked at for one item.
const MOST_BOUNDS: usize = 64;

/// The enum or trait among an entry of bounds, or among their supertraits, that has an item of that name. Where
/// `lookup.missed` says so, that is not known yet.
pub(super) fn item_of_bounds(
    tables: &Tables,
    instance: InstanceId,
    bounds: u32,
    scope: ScopeId,
    name: Name,
    lookup: &mut Lookup,
) -> Option<ItemId> {
    let mut work = vec![(instance, bounds, scope)];
    let mut seen = 0;
    while let Some((instance, bounds, scope)) = work.pop() {
        seen += 1;
        if seen > MOST_BOUNDS {
            return None;
        }
        for &path in &tables.instances[instance].facts.bounds[bounds as usize] {
            let Some(Def::Item(item)) = type_at(tables, instance, path, scope, lookup) else { continue };
            let items = match tables.items[item].kind {
                Kind::Enum(variants) => Some(variants),
                Kind::Trait { items, instance, supertraits, scope } => {
                    work.push((instance, supertraits, scope));
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

/// What a path in the type namespace names, if that is certain.
pub(super) fn type_at(
    tables: &Tables,
    instance: InstanceId,
    path: facts::Path,
    scope: ScopeId,
    lookup: &mut Lookup,
) -> Option<Def> {
    let of = &tables.instances[instance];
    let segments: Vec<_> = of.facts.segments(path).iter().map(|&n| tables.name(instance, n)).collect();
    let origin = Origin { scope, krate: of.krate, order: 0, import: false };
    tables.look_up(origin, path.start, &segments, Namespaces::TYPES, lookup);
    lookup.hits.iter().find(|hit| hit.used == segments.len()).map(|hit| hit.def)
}

/// What a type alias stands for.
pub(super) fn alias_target(
    tables: &Tables,
    instance: InstanceId,
    target: u32,
    lookup: &mut Lookup,
) -> Option<Def> {
    let of = &tables.instances[instance];
    let reference = of.facts.references.get(target as usize)?;
    type_at(tables, instance, reference.path, of.scopes[reference.scope.index()], lookup)
}
