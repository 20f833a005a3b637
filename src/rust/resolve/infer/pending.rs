//! Requirements that wait until the types that they are about are known.

use smallvec::SmallVec;

use super::{
    env::Env,
    inference::Inference,
    lower::Mode,
    select::Selected,
    types::{Key, Kind, Store, TraitRef, Ty},
};
use crate::base::name::Name;

/// The maximum number of requirements that wait for a type.
const MOST_PENDING: usize = 192;

/// A requirement on types of which some are not known yet.
#[derive(Debug, Clone, Copy)]
pub enum Pending {
    /// The type has the trait.
    Trait(Ty, TraitRef),
    /// The associated type of that name is the last type.
    Projection(Ty, TraitRef, Name, Ty),
}

impl Inference<'_> {
    /// Requires that a type has a trait.
    pub fn require_trait(&mut self, ty: Ty, of_trait: TraitRef) {
        if let Key::Item(item) = of_trait.key
            && self.world.lang.derived.contains(&item)
        {
            return;
        }
        self.wait(Pending::Trait(ty, of_trait));
    }

    pub fn wait(&mut self, pending: Pending) {
        if self.trials > 0 {
            return; // nothing is kept of a trial
        }
        if self.pending.len() >= MOST_PENDING {
            self.pending.drain(..MOST_PENDING / 2);
        }
        self.pending.push(pending);
    }

    /// Derives what follows from the requirements whose types are known by now.
    pub fn settle(&mut self) {
        for _ in 0..8 {
            let before = self.pending.len();
            if before == 0 {
                return;
            }
            self.store.spend(before);
            if self.store.is_spent() {
                return;
            }
            let mut all = std::mem::take(&mut self.pending);
            all.retain(|&pending| !self.settle_one(pending));
            let has_moved = all.len() < before;
            all.append(&mut self.pending);
            self.pending = all;
            if !has_moved {
                break;
            }
        }
        let oldest = self.pending.len().saturating_sub(MOST_PENDING);
        self.pending.drain(..oldest);
    }

    /// Returns whether a requirement needs no more waiting.
    fn settle_one(&mut self, pending: Pending) -> bool {
        match pending {
            Pending::Trait(ty, of_trait) => {
                if self.store.is_var(ty) {
                    return false;
                }
                self.learn(ty, of_trait)
            }
            Pending::Projection(ty, of_trait, name, result) => {
                if self.store.is_var(ty) {
                    return false;
                }
                let found = self.project(ty, of_trait, name);
                self.store.unify(result, found);
                true
            }
        }
    }

    /// Learns the arguments and associated types of a trait that a type has. Returns false if they
    /// may still be learnt later.
    fn learn(&mut self, ty: Ty, of_trait: TraitRef) -> bool {
        if self.world.lang.is_function(of_trait.key) {
            return self.learn_function(ty, of_trait);
        }
        let by_bounds = self.traits_of(ty).into_iter().find(|of| of.key == of_trait.key);
        if let Some(of) = by_bounds {
            self.unify_args(of, of_trait);
        } else if matches!(self.select(ty, of_trait), Selected::Several) {
            return false;
        }
        let items: SmallVec<[(Name, Ty); 2]> = self.store.items_of(of_trait.items).into();
        for (name, wanted) in items {
            let found = self.project(ty, of_trait, name);
            self.store.unify(wanted, found);
        }
        true
    }

    fn unify_args(&mut self, a: TraitRef, b: TraitRef) {
        let (a, b): (SmallVec<[Ty; 4]>, SmallVec<[Ty; 4]>) =
            (self.store.args_of(a.args).into(), self.store.args_of(b.args).into());
        for (a, b) in a.into_iter().zip(b) {
            self.store.unify(a, b);
        }
    }

    /// Learns the parameters and the result of a function.
    fn learn_function(&mut self, ty: Ty, of_trait: TraitRef) -> bool {
        let Some((params, output)) = self.function_of(ty) else { return true };
        let wanted = self.store.arg(of_trait.args, 0);
        if let Some(wanted) = wanted {
            let given = self.store.tuple(&params);
            self.store.unify(wanted, given);
        }
        let name = self.world.lang.output;
        if let Some(wanted) = name.and_then(|name| self.store.item(of_trait.items, name)) {
            self.coerce(output, wanted);
        }
        true
    }

    /// The parameters and the result of something that can be called.
    pub fn function_of(&mut self, ty: Ty) -> Option<(SmallVec<[Ty; 4]>, Ty)> {
        match self.store.kind(ty) {
            Kind::Function(params, output) => Some((self.store.args_of(params).into(), output)),
            Kind::Param(_) | Kind::Bounded(_) | Kind::Projected(..) => {
                let all = self.traits_of(ty);
                let of = *all.iter().find(|of| self.world.lang.is_function(of.key))?;
                let params = match self.store.arg(of.args, 0).map(|args| self.store.kind(args)) {
                    Some(Kind::Tuple(params)) => self.store.args_of(params).into(),
                    _ => SmallVec::new(),
                };
                let output = self.world.lang.output.and_then(|name| self.store.item(of.items, name));
                Some((params, output.unwrap_or(Store::UNIT)))
            }
            _ => None,
        }
    }

    /// Learns parameters that only the bounds of an `impl` block tell, such as the `B` of
    /// `impl<B, I: Iterator, F: FnMut(I::Item) -> B> Iterator for Map<I, F>`.
    pub fn learn_from_bounds(&mut self, env: &Env) {
        for &(place, generics) in &env.generics {
            let code = self.world.code(place.instance);
            for bound in code.values(code.generics[generics].bounds) {
                let ty = self.lower(place, env, bound.ty, Mode::Written);
                let Some(of_trait) = self.lower_trait(place, env, bound.of_trait, Mode::Written) else {
                    continue;
                };
                let says_nothing = self.store.args_of(of_trait.args).is_empty()
                    && self.store.items_of(of_trait.items).is_empty();
                if !says_nothing && !self.store.is_var(ty) {
                    self.learn(ty, of_trait);
                }
            }
        }
    }
}
