//! Associated types: those that a trait's bounds or an `impl` block say.

use smallvec::SmallVec;

use super::{
    inference::Inference,
    lower::Mode,
    meaning::Place,
    pending::Pending,
    select::Selected,
    types::{Key, Kind, Store, TraitRef, Ty},
};
use crate::{base::name::Name, rust::facts::code::SignatureKind};

impl Inference<'_> {
    /// `<T as Trait>::Item`.
    pub fn project(&mut self, ty: Ty, of_trait: TraitRef, name: Name) -> Ty {
        let ty = self.store.shallow(ty);
        match self.store.kind(ty) {
            Kind::Unknown => return Store::UNKNOWN,
            Kind::Var => {
                let result = self.store.var();
                self.wait(Pending::Projection(ty, of_trait, name, result));
                return result;
            }
            Kind::Param(_) | Kind::Bounded(_) | Kind::Projected(..) => {
                if let Some(found) = self.project_by_bounds(ty, of_trait, name) {
                    return found;
                }
            }
            Kind::Function(_, output)
                if self.world.lang.is_function(of_trait.key) && Some(name) == self.world.lang.output =>
            {
                return output;
            }
            _ => {}
        }
        self.project_by_impl(ty, of_trait, name).unwrap_or(Store::UNKNOWN)
    }

    fn project_by_bounds(&mut self, ty: Ty, of_trait: TraitRef, name: Name) -> Option<Ty> {
        let all = self.traits_of(ty);
        // A bound of a subtrait may say what the item is.
        let said = all.iter().find_map(|of| self.store.item(of.items, name));
        if said.is_some() {
            return said;
        }
        let has_it = all.iter().any(|of| of.key == of_trait.key);
        has_it.then(|| self.store.add(Kind::Projected(ty, of_trait.key, name)))
    }

    fn project_by_impl(&mut self, ty: Ty, of_trait: TraitRef, name: Name) -> Option<Ty> {
        let Selected::One(id, env) = self.select(ty, of_trait) else { return None };
        let member = self.world.member(id, name)?;
        let signature = self.world.signature(member);
        let output = signature.output.filter(|_| signature.kind == SignatureKind::Alias)?;
        if env.parameters.iter().any(|&(_, ty)| self.store.is_var(ty)) {
            self.learn_from_bounds(&env);
        }
        Some(self.lower(self.world.place_of(member), &env, output, Mode::Written))
    }

    /// The trait itself or the first of its supertraits that has an item of that name.
    pub fn supertrait_with(&mut self, key: Key, name: Name) -> Option<TraitRef> {
        let mut seen: SmallVec<[Key; 8]> = SmallVec::from_elem(key, 1);
        let mut at = 0;
        while let Some(&key) = seen.get(at) {
            at += 1;
            let Key::Item(item) = key else { continue };
            if self.world.trait_item(item, name).is_some() {
                return Some(TraitRef { key, args: Default::default(), items: Default::default() });
            }
            let Some((instance, shape)) = self.world.trait_shape(item) else { continue };
            let scope = self.world.tables.instances[instance].scopes[shape.scope.index()];
            for ty in self.world.code(instance).values(shape.supertraits) {
                let key = self.world.trait_key(Place { instance, scope }, ty, &mut self.lookup);
                seen.extend(key.filter(|key| !seen.contains(key) && seen.len() < 32));
            }
        }
        None
    }
}
