//! Dereferencing (the Rust Reference, "Dereference operator").

use super::{
    headers::Head,
    inference::Inference,
    types::{Key, Kind, TraitRef, Ty},
};

impl Inference<'_> {
    /// The type that `*` of a value of this type has.
    pub fn dereferenced(&mut self, ty: Ty) -> Option<Ty> {
        match self.store.kind(ty) {
            Kind::Reference(of) => Some(of),
            Kind::Named(..) | Kind::Param(_) | Kind::Bounded(_) | Kind::Projected(..) => {
                let (item, name) = (self.world.lang.deref?, self.world.lang.target?);
                let of_trait =
                    TraitRef { key: Key::Item(item), args: Default::default(), items: Default::default() };
                if !self.has_deref(ty, of_trait) {
                    return None;
                }
                let found = self.project(ty, of_trait, name);
                (!matches!(self.store.kind(found), Kind::Unknown)).then_some(found)
            }
            _ => None,
        }
    }

    fn has_deref(&mut self, ty: Ty, of_trait: TraitRef) -> bool {
        match self.head_of(ty) {
            Some(head @ Head::Key(_)) => !self.world.impls_of(of_trait.key, head).is_empty(),
            _ => self.traits_of(ty).iter().any(|of| of.key == of_trait.key),
        }
    }
}
