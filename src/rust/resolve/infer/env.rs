//! Generic parameters and `Self` at a place, and the types that stand for them.

use smallvec::SmallVec;

use super::{
    super::ids::ItemId,
    inference::Inference,
    lower::Mode,
    meaning::Place,
    types::{Key, Kind, Store, TraitRef, Ty},
    world::{Container, ImplId, SignatureId},
};
use crate::{
    base::name::Name,
    rust::facts::code::{Code, GenericsId, TypeForm, TypeId},
};

/// The meaning of generic parameters and of `Self`.
#[derive(Debug, Clone, Default)]
pub struct Env {
    pub self_type: Option<Ty>,
    pub parameters: SmallVec<[(Name, Ty); 4]>,
    /// The lists of generic parameters, whose bounds say which trait an associated type is of.
    pub generics: SmallVec<[(Place, GenericsId); 2]>,
    pub of_impl: Option<ImplId>,
    pub of_trait: Option<ItemId>,
}

impl Env {
    /// The type that stands for a parameter.
    pub fn get(&self, name: Name) -> Option<Ty> {
        self.parameters.iter().rev().find(|(known, _)| *known == name).map(|&(_, ty)| ty)
    }
}

/// The types that stand for generic parameters which are not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fresh {
    /// The parameters themselves, in the body of their own function.
    Parameters,
    /// Variables.
    Variables,
}

impl Inference<'_> {
    /// Adds the parameters of a list. The first of them are `given`.
    pub fn add_generics(
        &mut self,
        env: &mut Env,
        place: Place,
        generics: GenericsId,
        given: &[Ty],
        fresh: Fresh,
    ) {
        let code = self.world.code(place.instance);
        let of = code.generics[generics];
        self.store.spend(of.parameters.len as usize);
        for (at, parameter) in code.values(of.parameters).enumerate() {
            let name = self.world.tables.name(place.instance, parameter.name);
            let ty = match (given.get(at), fresh) {
                (Some(&ty), _) => ty,
                (None, Fresh::Parameters) => self.store.add(Kind::Param(name)),
                (None, Fresh::Variables) => self.store.var(),
            };
            env.parameters.push((name, ty));
        }
        if !of.bounds.is_empty() {
            env.generics.push((place, generics));
        }
    }

    /// The environment of an `impl` block.
    pub fn impl_env(&mut self, id: ImplId, fresh: Fresh) -> Env {
        let of = self.world.impls[id];
        let place = Place { instance: of.instance, scope: of.scope };
        let mut env = Env { of_impl: Some(id), ..Env::default() };
        self.add_generics(&mut env, place, of.generics, &[], fresh);
        env.self_type = Some(self.lower(place, &env, of.ty, Mode::Written));
        env
    }

    /// The environment of a trait, for a type that implements it.
    pub fn trait_env(&mut self, item: ItemId, self_type: Ty, args: &[Ty], fresh: Fresh) -> Env {
        let mut env = Env { self_type: Some(self_type), of_trait: Some(item), ..Env::default() };
        if let Some((instance, shape)) = self.world.trait_shape(item) {
            let scope = self.world.tables.instances[instance].scopes[shape.scope.index()];
            self.add_generics(&mut env, Place { instance, scope }, shape.generics, args, fresh);
        }
        env
    }

    /// The environment of the body of a signature, in which parameters stand for themselves.
    pub fn own_env(&mut self, id: SignatureId) -> Env {
        let mut env = match self.world.container(id) {
            Container::None => Env::default(),
            Container::Impl(of) => self.impl_env(of, Fresh::Parameters),
            Container::Trait(item) => {
                let self_type = match self.world.lang.self_type {
                    Some(name) => self.store.add(Kind::Param(name)),
                    None => Store::UNKNOWN,
                };
                let mut env = self.trait_env(item, self_type, &[], Fresh::Parameters);
                let args: SmallVec<[Ty; 4]> = env.parameters.iter().map(|&(_, ty)| ty).collect();
                let args = self.store.args(&args);
                let of_trait = TraitRef { key: Key::Item(item), args, items: Default::default() };
                self.assumptions.push((self_type, of_trait));
                env.of_trait = Some(item);
                env
            }
        };
        let signature = self.world.signature(id);
        self.add_generics(&mut env, self.world.place_of(id), signature.generics, &[], Fresh::Parameters);
        for (place, generics) in env.generics.clone() {
            self.assume(&env, place, generics);
        }
        env
    }

    /// Takes the bounds of a list of generic parameters for granted.
    fn assume(&mut self, env: &Env, place: Place, generics: GenericsId) {
        let code = self.world.code(place.instance);
        for bound in code.values(code.generics[generics].bounds) {
            let ty = self.lower(place, env, bound.ty, Mode::Written);
            if let Some(of_trait) = self.lower_trait(place, env, bound.of_trait, Mode::Written) {
                self.assumptions.push((ty, of_trait));
            }
        }
    }

    /// Requires the bounds of the generic parameters of an environment.
    pub fn require(&mut self, env: &Env) {
        for &(place, generics) in &env.generics {
            let code = self.world.code(place.instance);
            let bounds = code.generics[generics].bounds;
            self.store.spend(bounds.len as usize);
            for bound in code.values(bounds) {
                if !says_more(code, bound.of_trait) {
                    continue; // no type follows from the bound
                }
                let ty = self.lower(place, env, bound.ty, Mode::Written);
                if let Some(of_trait) = self.lower_trait(place, env, bound.of_trait, Mode::Written) {
                    self.require_trait(ty, of_trait);
                }
            }
        }
    }
}

/// Whether a bound says more of a type than that it has the trait.
fn says_more(code: &Code, of_trait: TypeId) -> bool {
    match code.types[of_trait] {
        TypeForm::Path(path) => !code.paths[path].arguments.is_empty(),
        _ => false,
    }
}
