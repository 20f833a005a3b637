//! What follows from the use of a value where a type is expected (the Rust Reference, "Type
//! coercions").

use smallvec::SmallVec;

use super::{
    inference::Inference,
    types::{Kind, TraitRef, Ty},
};

impl Inference<'_> {
    /// Learns what follows from the use of a value of the first type where the second is expected
    /// (the Rust Reference, "Type coercions").
    pub fn coerce(&mut self, from: Ty, to: Ty) {
        let (from, to) = (self.store.shallow(from), self.store.shallow(to));
        if from == to {
            return;
        }
        match (self.store.kind(from), self.store.kind(to)) {
            (Kind::Never | Kind::Unknown, _) | (_, Kind::Unknown | Kind::Never) => {}
            (Kind::Var, _) | (_, Kind::Var) => {
                self.store.unify(from, to);
            }
            (Kind::Reference(a), Kind::Reference(b)) => self.coerce_behind(a, b),
            (Kind::Reference(a) | Kind::Pointer(a), Kind::Pointer(b)) => self.coerce_behind(a, b),
            (Kind::Array(a), Kind::Slice(b)) => {
                self.store.unify(a, b);
            }
            (Kind::Named(a, first), Kind::Named(b, second)) if a == b => {
                let pairs: SmallVec<[(Ty, Ty); 4]> = {
                    let (first, second) = (self.store.args_of(first), self.store.args_of(second));
                    first.iter().copied().zip(second.iter().copied()).collect()
                };
                pairs.into_iter().for_each(|(a, b)| self.coerce(a, b));
            }
            (Kind::Function(..), Kind::Bounded(_)) => self.coerce_function(from, to),
            (_, Kind::Bounded(_)) => self.coerce_to_bounded(from, to),
            _ => {
                self.store.unify(from, to);
            }
        }
    }

    /// `impl Trait<Item = T>` says what the items of a value are.
    fn coerce_to_bounded(&mut self, from: Ty, to: Ty) {
        let Kind::Bounded(bounds) = self.store.kind(to) else { return };
        let all: SmallVec<[TraitRef; 2]> = self.store.bounds_of(bounds).into();
        for of in all {
            if !self.store.items_of(of.items).is_empty() {
                self.require_trait(from, of);
            }
        }
    }

    fn coerce_function(&mut self, from: Ty, to: Ty) {
        let (Some((params, output)), Some((wanted, result))) = (self.function_of(from), self.function_of(to))
        else {
            return;
        };
        for (a, b) in params.into_iter().zip(wanted) {
            self.store.unify(a, b);
        }
        self.coerce(output, result);
    }

    fn coerce_behind(&mut self, from: Ty, to: Ty) {
        let to = self.store.shallow(to);
        let mut from = self.store.shallow(from);
        if self.store.is_var(from) || self.store.is_var(to) {
            self.store.unify(from, to);
            return;
        }
        for _ in 0..8 {
            let is_alike = match (self.store.kind(from), self.store.kind(to)) {
                (Kind::Array(_), Kind::Slice(_)) => true,
                (Kind::Param(_) | Kind::Number, _) => true,
                (_, Kind::Bounded(_)) => true,
                _ => self.head_of(from) == self.head_of(to),
            };
            if is_alike {
                return self.coerce(from, to);
            }
            match self.dereferenced(from) {
                Some(next) => from = self.store.shallow(next),
                None => return,
            }
        }
    }
}
