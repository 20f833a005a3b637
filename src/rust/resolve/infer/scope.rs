//! The names in scope at a place, apart from the look-up of paths.

use std::cell::Cell;

use super::{
    super::{
        associated::search_globs,
        binding::Def,
        ids::{ItemId, ScopeId},
        paths::{Lookup, Origin, Query},
        tables::ItemForm,
    },
    meaning::Place,
    world::World,
};
use crate::{
    base::name::Name,
    rust::facts::{Namespace, Namespaces, PathStart, code::PathId},
};

impl World<'_> {
    /// Whether the globs of a scope or of those around it bring a trait. Names behind globs are
    /// found on demand, and nobody demands the name of a trait to call its methods, so the globs
    /// themselves are followed. Also returns the number of scopes that were searched.
    pub fn comes_by_glob(&self, scope: ScopeId, of_trait: ItemId) -> (bool, usize) {
        let tables = self.tables;
        let name = tables.items[of_trait].name;
        let looked = Cell::new(1);
        let has_it = |scope: ScopeId| {
            looked.set(looked.get() + 1);
            let slot =
                tables.scopes[scope].names.get(&name).and_then(|slots| slots.explicit[Namespace::Types]);
            tables.chain(slot).any(|(_, binding)| binding.def == Def::Item(of_trait))
        };
        let around = std::iter::successors(Some(scope), |&at| tables.scopes[at].parent);
        // A trait that the search may have missed counts as one in scope: it is at worst one of several.
        (search_globs(tables, around, has_it).unwrap_or(true), looked.get())
    }

    /// Whether a trait of a model is in scope by its name at a place.
    pub fn is_named(&self, scope: ScopeId, of_trait: ItemId) -> bool {
        let name = self.tables.items[of_trait].name;
        let around = std::iter::successors(Some(scope), |&at| self.tables.scopes[at].parent);
        let mut slots = around.filter_map(|at| self.tables.scopes[at].names.get(&name));
        slots.any(|slots| {
            let slots = [slots.explicit[Namespace::Types], slots.glob[Namespace::Types]];
            slots.into_iter().flatten().next().is_some()
        })
    }

    /// The variant of that name of an enum.
    pub fn variant(&self, item: ItemId, name: Name) -> Option<ItemId> {
        let ItemForm::Enum(scope) = self.tables.items[item].form else { return None };
        let slots = self.tables.scopes[scope].names.get(&name)?;
        let slot = slots.explicit[Namespace::Types];
        let mut all = self.tables.chain(slot).filter_map(|(_, binding)| match binding.def {
            Def::Item(item) => Some(item),
            _ => None,
        });
        all.next()
    }

    /// Whether a path leads to a macro that the workspace defines, anywhere in the file.
    pub fn is_own_macro(&self, place: Place, path: PathId, lookup: &mut Lookup) -> bool {
        let segments = self.segments(place.instance, path);
        let start = self.code(place.instance).paths[path].start;
        let krate = self.tables.instances[place.instance].krate;
        let origin = Origin { scope: place.scope, krate, order: u64::MAX, import: None };
        let query = Query { origin, start, segments: &segments, wanted: Namespaces::MACROS };
        self.tables.look_up(query, lookup);
        lookup.missed.clear();
        lookup.hits.iter().any(|hit| matches!(hit.def, Def::Macro(_)))
    }

    /// Whether a name at a place is that of a constant, or of a unit struct or variant.
    pub fn is_constant(&self, place: Place, name: Name, lookup: &mut Lookup) -> bool {
        let krate = self.tables.instances[place.instance].krate;
        let origin = Origin { scope: place.scope, krate, order: 0, import: None };
        let (start, wanted) = (PathStart::Plain, Namespaces::VALUES);
        self.tables.look_up(Query { origin, start, segments: &[name], wanted }, lookup);
        lookup.missed.clear();
        let is_constant = |def| match def {
            Def::Item(item) => self.tables.items[item].form == ItemForm::Constant,
            Def::Builtin => true,
            _ => false,
        };
        match lookup.hits.is_empty() {
            true => self.tables.builtin.has(Namespace::Values, name),
            false => lookup.hits.iter().any(|hit| is_constant(hit.def)),
        }
    }
}
