//! The modules that present types and traits of modules beneath them.
//!
//! A method or a field is used by way of its receiver's type or trait, which no path at the place
//! names. Rules about who may use what therefore need to know the modules that could name it: its own,
//! and those around that which re-export it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    binding::{Def, Visible},
    ids::{ItemId, ModuleId, ScopeId},
    tables::{ItemForm, Tables},
};

/// A module that re-exports an item of a module beneath it, and the part of the workspace in which that
/// is visible.
pub(super) type Facade = (ModuleId, Visible);

/// The facades of each of the `wanted` items that has one.
pub(super) fn facades(tables: &Tables, wanted: &FxHashSet<ItemId>) -> FxHashMap<ItemId, Vec<Facade>> {
    let enums = enums(tables, wanted);
    let whole = |item: ItemId| enums.get(&item).copied().unwrap_or(item);
    let home = |item: ItemId| (tables.bodies[tables.items[item].module], Visible::Everywhere);
    let mut named: FxHashMap<ItemId, Vec<(ScopeId, Visible)>> =
        wanted.iter().map(|&item| (whole(item), vec![home(whole(item))])).collect();
    for binding in &tables.bindings {
        let (Def::Item(item), Some(import)) = (binding.def, binding.import) else { continue };
        if tables.imports[import].reexport
            && let Some(scopes) = named.get_mut(&item)
        {
            scopes.push((binding.scope, binding.visible));
        }
    }
    let of = |item: &ItemId| {
        let whole = whole(*item);
        let found = around(tables, tables.items[whole].module, named.get(&whole)?);
        (!found.is_empty()).then_some((*item, found))
    };
    wanted.iter().filter_map(of).collect()
}

/// The enum of each wanted variant.
fn enums(tables: &Tables, wanted: &FxHashSet<ItemId>) -> FxHashMap<ItemId, ItemId> {
    let mut enums = FxHashMap::default();
    for (id, item) in tables.items.iter_enumerated() {
        let ItemForm::Enum(scope) = item.form else { continue };
        let slots = tables.scopes[scope].names.values().flat_map(|slots| slots.explicit.iter());
        let meanings = slots.flat_map(|&slot| tables.chain(slot));
        enums.extend(meanings.filter_map(|(_, binding)| match binding.def {
            Def::Item(variant) if wanted.contains(&variant) => Some((variant, id)),
            _ => None,
        }));
    }
    enums
}

/// The modules around `home` in which an item has a name: those of the scopes `named`, and those that
/// re-export all names of such a scope.
fn around(tables: &Tables, home: ModuleId, named: &[(ScopeId, Visible)]) -> Vec<Facade> {
    let mut seen: FxHashSet<ScopeId> = named.iter().map(|(scope, _)| *scope).collect();
    let mut work = named.to_vec();
    let mut found = Vec::new();
    while let Some((scope, visible)) = work.pop() {
        let module = tables.scopes[scope].module;
        if module != home && tables.is_within(home, module) && tables.carrier(module).is_none() {
            found.push((module, visible));
        }
        for &import in &tables.scopes[scope].globs.importers {
            let directive = &tables.imports[import];
            if directive.reexport && seen.insert(directive.scope) {
                work.push((directive.scope, tables.narrower(directive.visible, visible)));
            }
        }
    }
    found.sort_unstable_by_key(|&(module, visible)| (module, visible != Visible::Everywhere));
    found.dedup_by_key(|(module, _)| *module);
    found
}
