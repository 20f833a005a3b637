//! The traits that types have, and the `impl` blocks that give them (the Rust Reference,
//! "Implementations").

use smallvec::SmallVec;

use super::{
    closed::Question,
    env::{Env, Fresh},
    headers::Head,
    inference::Inference,
    lower::Mode,
    meaning::Place,
    types::{Key, Kind, LISTED_PER_STEP, TraitRef, Ty},
    world::ImplId,
};
use crate::base::name::Name;

/// The maximum number of traits of one type that are looked at.
const MOST_TRAITS: usize = 48;

/// The maximum number of `impl` blocks that are looked at for one question.
const MOST_IMPLS: usize = 512;

/// The maximum depth of the traits that bounds of bounds give: a supertrait such as
/// `Mul<Self::Scalar>` asks for the traits of `Self` again.
const DEEPEST_BOUNDS: u32 = 3;

/// The maximum depth of requirements of requirements.
const DEEPEST: u32 = 6;

/// The part of an `impl` block that must be for a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Depth {
    /// The type and the trait. Since the code compiles, the bounds hold if no other block may be
    /// meant.
    Header,
    /// The bounds of the parameters as well.
    Bounds,
}

/// The `impl` block of a trait for a type, without the types for its parameters.
#[derive(Debug, Clone, Copy)]
pub enum Choice {
    None,
    One(ImplId),
    Several,
}

/// The `impl` block of a trait for a type.
#[derive(Debug)]
pub enum Selected {
    /// No block.
    None,
    /// This one, with the types for its parameters.
    One(ImplId, Env),
    /// Several may be meant.
    Several,
}

impl Inference<'_> {
    /// The symbols by which `impl` blocks for a type are found; the most general is not included.
    #[inline]
    pub fn head_of(&self, ty: Ty) -> Option<Head> {
        Some(match self.store.kind(ty) {
            Kind::Named(key, _) => Head::Key(key),
            Kind::Reference(_) => Head::Reference,
            Kind::Pointer(_) => Head::Pointer,
            Kind::Slice(_) => Head::Slice,
            Kind::Array(_) => Head::Array,
            Kind::Tuple(_) => Head::Tuple,
            Kind::Function(..) => Head::Function,
            Kind::Never => Head::Never,
            Kind::Bounded(bounds) => Head::Dyn(self.store.bounds_of(bounds).first().map(|of| of.key)),
            Kind::Unknown | Kind::Var | Kind::Bound(_) | Kind::Number => return None,
            Kind::Param(_) | Kind::Projected(..) => return None,
        })
    }

    /// The traits that a parameter, an `impl Trait` or a `dyn Trait` has by its bounds, with their
    /// supertraits.
    pub fn traits_of(&mut self, ty: Ty) -> SmallVec<[TraitRef; 4]> {
        let mut all: SmallVec<[TraitRef; 4]> = SmallVec::new();
        if self.bounding >= DEEPEST_BOUNDS {
            return all;
        }
        self.bounding += 1;
        self.add_traits_of(ty, &mut all);
        self.bounding -= 1;
        all
    }

    fn add_traits_of(&mut self, ty: Ty, all: &mut SmallVec<[TraitRef; 4]>) {
        match self.store.kind(ty) {
            Kind::Bounded(bounds) => all.extend_from_slice(self.store.bounds_of(bounds)),
            Kind::Param(_) => self.add_assumed(ty, all),
            Kind::Projected(of, key, name) => {
                self.add_assumed(ty, all);
                self.add_declared(of, key, name, all);
            }
            _ => return,
        }
        let mut at = 0;
        while at < all.len() && all.len() < MOST_TRAITS {
            let TraitRef { key, args, .. } = all[at];
            at += 1;
            let Key::Item(item) = key else { continue };
            let Some((instance, shape)) = self.world.trait_shape(item) else { continue };
            if shape.supertraits.is_empty() {
                continue;
            }
            let args: SmallVec<[Ty; 4]> = self.store.args_of(args).into();
            let env = self.trait_env(item, ty, &args, Fresh::Variables);
            let scope = self.world.tables.instances[instance].scopes[shape.scope.index()];
            for of in self.lower_bounds(Place { instance, scope }, &env, shape.supertraits, Mode::Written) {
                if !all.iter().any(|known| known.key == of.key) {
                    all.push(of);
                }
            }
        }
    }

    fn add_assumed(&self, ty: Ty, all: &mut SmallVec<[TraitRef; 4]>) {
        self.store.spend(self.assumptions.len() / LISTED_PER_STEP);
        for &(of, of_trait) in &self.assumptions {
            if all.len() < MOST_TRAITS && self.is_same_parameter(of, ty) {
                all.push(of_trait);
            }
        }
    }

    /// The bounds that a trait declares for its associated type.
    fn add_declared(&mut self, of: Ty, key: Key, name: Name, all: &mut SmallVec<[TraitRef; 4]>) {
        let Key::Item(item) = key else { return };
        let Some(id) = self.world.trait_item(item, name) else { return };
        let signature = self.world.signature(id);
        let env = self.trait_env(item, of, &[], Fresh::Variables);
        all.extend(self.lower_bounds(self.world.place_of(id), &env, signature.bounds, Mode::Written));
    }

    pub fn is_same_parameter(&self, a: Ty, b: Ty) -> bool {
        match (self.store.kind(a), self.store.kind(b)) {
            (Kind::Param(a), Kind::Param(b)) => a == b,
            (Kind::Projected(a, of_a, name), Kind::Projected(b, of_b, other)) => {
                of_a == of_b && name == other && self.is_same_parameter(a, b)
            }
            _ => false,
        }
    }

    /// Whether a type has a trait, as far as that is known.
    pub fn implements(&mut self, ty: Ty, of_trait: TraitRef) -> bool {
        if self.has_by_bounds(ty, of_trait) {
            return true;
        }
        if self.world.lang.is_function(of_trait.key) && matches!(self.store.kind(ty), Kind::Function(..)) {
            return true;
        }
        if self.selecting >= DEEPEST || self.store.is_var(ty) {
            return true;
        }
        let answer = self.asked(|this| this.chosen(ty, of_trait, Depth::Bounds));
        !matches!(answer, Some(Choice::None))
    }

    /// Asks a question about `impl` blocks. Returns `None` if the answer would take too many steps.
    fn asked<T>(&mut self, ask: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let is_first = self.selecting == 0;
        if is_first {
            self.store.effort.ask();
        }
        self.selecting += 1;
        let answer = ask(self);
        self.selecting -= 1;
        let is_answered = !is_first || self.store.effort.answer();
        is_answered.then_some(answer)
    }

    /// Asks a question, then forgets everything that was learnt on the way.
    pub fn tentatively(&mut self, ask: impl FnOnce(&mut Self) -> bool) -> bool {
        let mark = self.store.mark();
        self.trials += 1;
        let answer = ask(self);
        self.trials -= 1;
        self.store.go_back(mark);
        answer
    }

    fn has_by_bounds(&mut self, ty: Ty, of_trait: TraitRef) -> bool {
        if !matches!(self.store.kind(ty), Kind::Param(_) | Kind::Bounded(_) | Kind::Projected(..)) {
            return false;
        }
        self.traits_of(ty).iter().any(|of| of.key == of_trait.key)
    }

    /// The `impl` block of a trait for a type. Its variables are bound if it is the only one.
    pub fn select(&mut self, ty: Ty, of_trait: TraitRef) -> Selected {
        if self.selecting >= DEEPEST || self.store.is_var(ty) {
            return Selected::Several;
        }
        let choice = self.asked(|this| this.chosen(ty, of_trait, Depth::Header));
        match choice.unwrap_or(Choice::Several) {
            Choice::None => Selected::None,
            Choice::One(id) => match self.fit(id, ty, Some(of_trait), Depth::Header) {
                Some(env) => Selected::One(id, env),
                None => Selected::None,
            },
            Choice::Several => Selected::Several,
        }
    }

    /// The choice among `impl` blocks, which is remembered for types that are known whole: it is the
    /// same at every place.
    fn chosen(&mut self, ty: Ty, of_trait: TraitRef, depth: Depth) -> Choice {
        let world = self.world;
        let own = self.head_of(ty).map_or(&[][..], |head| world.impls_of(of_trait.key, head));
        let general = world.impls_of(of_trait.key, Head::Any);
        // Whether one block may be meant is known sooner than the question is spelled.
        let is_simple = general.is_empty() && own.len() <= usize::from(depth == Depth::Header);
        let question = match is_simple {
            true => None,
            false => Question::of(&self.store, ty, of_trait, depth),
        };
        let Some(question) = question else {
            return self.choose_among(ty, of_trait, depth, (own, general));
        };
        if let Some(&known) = self.choices.get(&question) {
            return known;
        }
        let choice = self.choose_among(ty, of_trait, depth, (own, general));
        // Deep inside of other questions, an answer may have been cut short.
        if self.selecting <= DEEPEST / 2 && !self.store.is_spent() {
            self.choices.insert(question, choice);
        }
        choice
    }

    /// The block of a trait for a type, among those for types with its head and those for any type. If
    /// only one may be meant, its own bounds count at `depth`.
    fn choose_among(
        &mut self,
        ty: Ty,
        of_trait: TraitRef,
        depth: Depth,
        (own, general): (&[ImplId], &[ImplId]),
    ) -> Choice {
        self.store.spend(own.len() + general.len());
        if own.len() + general.len() > MOST_IMPLS || self.store.is_spent() {
            return Choice::Several;
        }
        let mut fitting: SmallVec<[ImplId; 4]> =
            own.iter().copied().filter(|&id| self.may_fit(id, ty, Some(of_trait))).collect();
        if fitting.len() + general.len() > 1 {
            fitting.retain(|&mut id| self.fits(id, ty, Some(of_trait), Depth::Header));
        }
        if fitting.len() > 1 || depth == Depth::Bounds {
            fitting.retain(|&mut id| self.fits(id, ty, Some(of_trait), Depth::Bounds));
        }
        fitting
            .extend(general.iter().copied().filter(|&id| self.fits(id, ty, Some(of_trait), Depth::Bounds)));
        // `&T` and `&mut T` are one type here, so their blocks are alike.
        fitting.dedup_by_key(|&mut id| {
            let of = &self.world.impls[id];
            (of.module, of.head, of.argument, of.trait_argument, of.argument.is_none().then_some(id))
        });
        match fitting[..] {
            [] => Choice::None,
            [id] => Choice::One(id),
            _ => Choice::Several,
        }
    }

    /// Whether an `impl` block may be for a type, by the outermost symbols of the first generic
    /// arguments alone. Most blocks of a trait such as `From` fail this, at little cost.
    pub fn may_fit(&self, id: ImplId, ty: Ty, of_trait: Option<TraitRef>) -> bool {
        let of = &self.world.impls[id];
        let argument = match self.store.kind(ty) {
            Kind::Named(_, args) => self.store.arg(args, 0),
            Kind::Reference(of) | Kind::Slice(of) | Kind::Array(of) | Kind::Pointer(of) => Some(of),
            _ => None,
        };
        let of_trait = of_trait.and_then(|of_trait| self.store.arg(of_trait.args, 0));
        self.may_be(of.argument, argument) && self.may_be(of.trait_argument, of_trait)
    }

    /// Whether a type may have this head.
    fn may_be(&self, head: Option<Head>, ty: Option<Ty>) -> bool {
        let (Some(head), Some(ty)) = (head, ty) else { return true };
        let Some(own) = self.head_of(ty) else {
            return !matches!(self.store.kind(ty), Kind::Param(_) | Kind::Projected(..)) || head == Head::Any;
        };
        head == Head::Any || own == head || matches!((own, head), (Head::Never, _) | (_, Head::Never))
    }

    /// Whether an `impl` block is for this type and trait.
    pub fn fits(&mut self, id: ImplId, ty: Ty, of_trait: Option<TraitRef>, depth: Depth) -> bool {
        !self.store.is_spent()
            && self.may_fit(id, ty, of_trait)
            && self.tentatively(|this| this.fit(id, ty, of_trait, depth).is_some())
    }

    /// The types for the parameters of an `impl` block if it is for this type and trait.
    pub fn fit(&mut self, id: ImplId, ty: Ty, of_trait: Option<TraitRef>, depth: Depth) -> Option<Env> {
        let of = &self.world.impls[id];
        let env = if of.is_whole && self.head_of(ty) == Some(of.head) {
            Env { self_type: Some(ty), of_impl: Some(id), ..Env::default() }
        } else {
            let env = self.impl_env(id, Fresh::Variables);
            if !self.store.unify(env.self_type?, ty) {
                return None;
            }
            env
        };
        let place = Place { instance: of.instance, scope: of.scope };
        if let (Some(of_trait), Some(written)) = (of_trait, of.trait_type)
            && !self.store.args_of(of_trait.args).is_empty()
        {
            let own = self.lower_trait(place, &env, written, Mode::Written)?;
            let pairs: SmallVec<[(Ty, Ty); 4]> = {
                let (own, wanted) = (self.store.args_of(own.args), self.store.args_of(of_trait.args));
                own.iter().copied().zip(wanted.iter().copied()).collect()
            };
            if !pairs.into_iter().all(|(own, wanted)| self.store.unify(own, wanted)) {
                return None;
            }
        }
        (depth == Depth::Header || self.bounds_hold(&env)).then_some(env)
    }

    /// Whether nothing contradicts the bounds of the generic parameters of an `impl` block.
    fn bounds_hold(&mut self, env: &Env) -> bool {
        for &(place, generics) in &env.generics {
            let code = self.world.code(place.instance);
            for bound in code.values(code.generics[generics].bounds) {
                let ty = self.lower(place, env, bound.ty, Mode::Written);
                let Some(of_trait) = self.lower_trait(place, env, bound.of_trait, Mode::Written) else {
                    continue;
                };
                if self.store.is_spent() || !self.may_have(ty, of_trait) {
                    return false;
                }
            }
        }
        true
    }

    /// Whether a type may have a trait, as far as that is known.
    fn may_have(&mut self, ty: Ty, of_trait: TraitRef) -> bool {
        let Key::Item(item) = of_trait.key else { return true };
        if self.world.lang.derived.contains(&item) {
            return true;
        }
        match self.store.kind(ty) {
            Kind::Unknown | Kind::Var | Kind::Never | Kind::Number => true,
            Kind::Named(Key::Foreign(..), _) if self.is_model_trait(item) => true,
            _ => self.implements(ty, of_trait),
        }
    }

    fn is_model_trait(&self, item: super::super::ids::ItemId) -> bool {
        self.world.is_model(self.world.tables.items[item].module)
    }
}
