//! The methods that values have by traits (the Rust Reference, "Method call expressions").

use smallvec::SmallVec;

use super::{
    super::ids::{ItemId, ModuleId},
    env::Fresh,
    inference::Inference,
    methods::{Picked, Probe, Receiver},
    select::{Depth, Selected},
    types::{Key, Kind, LISTED_PER_STEP, TraitRef, Ty},
    world::{ImplId, SignatureId},
};
use crate::base::name::Name;

/// The maximum number of candidates of one name.
pub const MOST_CANDIDATES: usize = 128;

impl Inference<'_> {
    pub fn trait_method(&mut self, ty: Ty, name: Name, form: Receiver) -> Probe {
        if matches!(self.store.kind(ty), Kind::Param(_) | Kind::Bounded(_) | Kind::Projected(..))
            && let Some(found) = self.method_of_bounds(ty, name, form)
        {
            return found;
        }
        let world = self.world;
        let with = world.traits_with(name);
        if with.len() > MOST_CANDIDATES {
            return Probe::Several;
        }
        let mut fitting: SmallVec<[(ItemId, SignatureId); 2]> = SmallVec::new();
        self.store.spend(with.len());
        for &(item, id) in with {
            if self.has_form(id, form) && self.is_in_scope(item) && self.has_trait(ty, item) {
                fitting.push((item, id));
            }
        }
        if fitting.len() > 1 {
            // The traits of the model count as in scope everywhere, so the workspace's come first.
            let own = |of: &(ItemId, SignatureId)| !world.is_model(world.tables.items[of.0].module);
            if fitting.iter().any(own) {
                fitting.retain(|of| own(of));
            }
        }
        match fitting[..] {
            [] => self.method_of_foreign_trait(ty, name, form),
            [(item, id)] => self.of_visible_trait(ty, item, id),
            _ => {
                let by_name = |of: &(ItemId, SignatureId)| {
                    self.is_around(of.0) || self.world.is_named(self.place.scope, of.0)
                };
                let named: SmallVec<[(ItemId, SignatureId); 2]> =
                    fitting.iter().copied().filter(by_name).collect();
                match named[..] {
                    [(item, id)] => self.of_visible_trait(ty, item, id),
                    _ => Probe::Several,
                }
            }
        }
    }

    /// The method of a trait in scope. A type of a crate without a model may have one of its own by
    /// that name, which would come first.
    fn of_visible_trait(&mut self, ty: Ty, item: ItemId, id: SignatureId) -> Probe {
        let plain = self.store.behind_references(ty);
        let certain = !matches!(self.store.kind(plain), Kind::Named(Key::Foreign(..), _));
        match self.of_trait(ty, item, id) {
            Probe::Found(picked) => Probe::Found(Box::new(Picked { certain, ..*picked })),
            other => other,
        }
    }

    /// The method of a trait by which a parameter is bound.
    fn method_of_bounds(&mut self, ty: Ty, name: Name, form: Receiver) -> Option<Probe> {
        let mut found: SmallVec<[(TraitRef, ItemId, SignatureId); 2]> = SmallVec::new();
        for of in self.traits_of(ty) {
            let Key::Item(item) = of.key else { continue };
            if let Some(id) = self.world.trait_item(item, name).filter(|&id| self.has_form(id, form)) {
                found.push((of, item, id));
            }
        }
        let (of, item, id) = *found.first()?;
        if found.iter().any(|&(_, other, _)| other != item) {
            return Some(Probe::Several);
        }
        let args: SmallVec<[Ty; 4]> = self.store.args_of(of.args).into();
        let env = self.trait_env(item, ty, &args, Fresh::Variables);
        Some(Probe::Found(Box::new(Picked { id, env, certain: true, home: None })))
    }

    fn is_in_scope(&mut self, item: ItemId) -> bool {
        let tables = self.world.tables;
        if self.world.is_model(tables.items[item].module) || self.is_around(item) {
            return true;
        }
        let asked = (self.place.scope, item);
        if let Some(&known) = self.in_scope.get(&asked) {
            return known;
        }
        let is_known = self.world.index.other_names.sees(tables, asked.0, item, &mut self.lookup);
        self.lookup.missed.clear();
        let found = is_known || {
            let (found, looked) = self.world.comes_by_glob(asked.0, item);
            self.store.spend(4 * looked);
            found
        };
        self.in_scope.insert(asked, found);
        found
    }

    /// Returns whether the code is in a trait or in an `impl` of it, where that trait is in scope
    /// without an import.
    fn is_around(&self, item: ItemId) -> bool {
        let of_impl = self.env.of_impl.and_then(|of| self.world.impls[of].of_trait);
        self.env.of_trait == Some(item) || of_impl == Some(Key::Item(item))
    }

    /// The module of a type that has a derive of a trait.
    fn derived(&self, ty: Ty, of_trait: ItemId) -> Option<ModuleId> {
        let Kind::Named(Key::Item(item), _) = self.store.kind(ty) else { return None };
        self.spend_on_derives(item);
        let has_it = self.world.derives(item, of_trait)
            || self.world.lang.derived.contains(&of_trait) && self.world.is_argument(item);
        has_it.then(|| self.world.tables.items[item].module)
    }

    /// Counts the steps of a search among the derives of a type.
    pub fn spend_on_derives(&self, item: ItemId) {
        if let Some((_, shape)) = self.world.shape(item) {
            self.store.spend(shape.derives.len as usize / LISTED_PER_STEP);
        }
    }

    fn has_trait(&mut self, ty: Ty, item: ItemId) -> bool {
        let of_trait = TraitRef { key: Key::Item(item), args: Default::default(), items: Default::default() };
        self.derived(ty, item).is_some() || self.implements(ty, of_trait)
    }

    /// The method of a workspace's `impl` of a trait that no model has.
    fn method_of_foreign_trait(&mut self, ty: Ty, name: Name, form: Receiver) -> Probe {
        let world = self.world;
        let Some(head) = self.head_of(ty) else { return Probe::Missing };
        let mut fitting: SmallVec<[(ImplId, SignatureId); 2]> = SmallVec::new();
        for &(of, id) in world.foreign_members(head, name).iter().take(MOST_CANDIDATES) {
            if self.has_form(id, form) && self.sees(of) && self.fits(of, ty, None, Depth::Header) {
                fitting.push((of, id));
            }
        }
        match self.choose(&fitting) {
            Some((of, id)) => match self.fit(of, ty, None, Depth::Header) {
                Some(env) => Probe::Found(Box::new(Picked { id, env, certain: true, home: None })),
                None => Probe::Missing,
            },
            None if fitting.is_empty() => Probe::Missing,
            None => Probe::Several,
        }
    }

    /// The item of a trait for a type: that of the type's `impl` block if there is one and it has
    /// the item.
    pub fn of_trait(&mut self, ty: Ty, item: ItemId, id: SignatureId) -> Probe {
        let Some(name) = self.world.signature_name(id) else { return Probe::Missing };
        let env = self.trait_env(item, ty, &[], Fresh::Variables);
        let args: SmallVec<[Ty; 4]> = env.parameters.iter().map(|&(_, ty)| ty).collect();
        let args = self.store.args(&args);
        let of_trait = TraitRef { key: Key::Item(item), args, items: Default::default() };
        if let Selected::One(of, env) = self.select(ty, of_trait)
            && let Some(member) = self.world.member(of, name)
        {
            return Probe::Found(Box::new(Picked { id: member, env, certain: true, home: None }));
        }
        let home = self.derived(ty, item).or_else(|| self.only_module(ty, of_trait, name));
        Probe::Found(Box::new(Picked { id, env, certain: true, home }))
    }

    /// The module of all `impl` blocks of a trait that may be meant and have an item of that name,
    /// if it is one module.
    fn only_module(&mut self, ty: Ty, of_trait: TraitRef, name: Name) -> Option<ModuleId> {
        let world = self.world;
        let head = self.head_of(ty)?;
        let mut only = None;
        for &id in world.impls_of(of_trait.key, head).iter().take(MOST_CANDIDATES) {
            if !self.fits(id, ty, Some(of_trait), Depth::Bounds) {
                continue;
            }
            world.member(id, name)?;
            let module = world.impls[id].module;
            if *only.get_or_insert(module) != module {
                return None;
            }
        }
        only
    }
}
