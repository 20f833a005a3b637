//! From types as written to types of a body.

use std::rc::Rc;

use smallvec::SmallVec;

use super::{
    super::ids::{InstanceId, ItemId},
    env::Env,
    inference::Inference,
    meaning::{Meaning, Place},
    types::{Items, Key, Kind, LISTED_PER_STEP, Store, TraitRef, Ty},
    world::{Entry, SignatureId},
};
use crate::{
    base::name::Name,
    rust::facts::{
        PathStart,
        code::{GenericsId, List, PathId, SignatureKind, TypeForm, TypeId},
    },
};

/// The maximum depth of types and of aliases.
const DEEPEST: u32 = 48;

/// The meaning of what a type leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// In a body: `_` and missing arguments are variables.
    Body,
    /// In a signature: missing arguments are unknown, and `impl Trait` is some type with the trait.
    Written,
    /// In the parameters of a function that is called: `impl Trait` is a variable.
    Argument,
}

impl Inference<'_> {
    /// The type that a written type denotes.
    pub fn lower(&mut self, place: Place, env: &Env, ty: TypeId, mode: Mode) -> Ty {
        self.store.spend(1);
        if self.depth >= DEEPEST || self.store.is_spent() {
            return Store::UNKNOWN;
        }
        self.depth += 1;
        let lowered = self.lower_form(place, env, ty, mode);
        self.depth -= 1;
        lowered
    }

    fn lower_form(&mut self, place: Place, env: &Env, ty: TypeId, mode: Mode) -> Ty {
        let kind = match self.world.code(place.instance).types[ty] {
            TypeForm::Path(path) => return self.lower_path(place, env, path, mode),
            TypeForm::Qualified { ty, of_trait, rest } => {
                return self.lower_qualified(place, env, (ty, of_trait, rest), mode);
            }
            TypeForm::Reference(of) => Kind::Reference(self.lower(place, env, of, mode)),
            TypeForm::Pointer(of) => Kind::Pointer(self.lower(place, env, of, mode)),
            TypeForm::Slice(of) => Kind::Slice(self.lower(place, env, of, mode)),
            TypeForm::Array(of) => Kind::Array(self.lower(place, env, of, mode)),
            TypeForm::Tuple(all) => {
                let all = self.lower_all(place, env, all, mode);
                return self.store.tuple(&all);
            }
            TypeForm::Function { params, output } => {
                let params = self.lower_all(place, env, params, mode);
                let output = output.map_or(Store::UNIT, |output| self.lower(place, env, output, mode));
                Kind::Function(self.store.args(&params), output)
            }
            TypeForm::Impl(bounds) if mode == Mode::Argument => {
                let var = self.store.var();
                for of_trait in self.lower_bounds(place, env, bounds, mode) {
                    self.require_trait(var, of_trait);
                }
                return var;
            }
            TypeForm::Impl(bounds) | TypeForm::Dyn(bounds) => {
                let bounds = self.lower_bounds(place, env, bounds, mode);
                Kind::Bounded(self.store.bounds(&bounds))
            }
            TypeForm::Never => return Store::NEVER,
            TypeForm::Infer if mode == Mode::Body => return self.store.var(),
            TypeForm::Infer | TypeForm::Other => return Store::UNKNOWN,
        };
        self.store.add(kind)
    }

    fn lower_all(&mut self, place: Place, env: &Env, all: List<TypeId>, mode: Mode) -> SmallVec<[Ty; 4]> {
        self.world.code(place.instance).values(all).map(|ty| self.lower(place, env, ty, mode)).collect()
    }

    /// The traits of a list of bounds.
    pub fn lower_bounds(
        &mut self,
        place: Place,
        env: &Env,
        bounds: List<TypeId>,
        mode: Mode,
    ) -> SmallVec<[TraitRef; 2]> {
        let all = self.world.code(place.instance).values(bounds);
        all.filter_map(|bound| self.lower_trait(place, env, bound, mode)).collect()
    }

    /// A trait with its arguments.
    pub fn lower_trait(&mut self, place: Place, env: &Env, ty: TypeId, mode: Mode) -> Option<TraitRef> {
        let TypeForm::Path(path) = self.world.code(place.instance).types[ty] else { return None };
        let (key, used) = match self.world.meaning(place, path, &mut self.lookup) {
            Meaning::Item { item, used, .. } => (Key::Item(item), used),
            Meaning::Key { key, used } => (key, used),
            Meaning::Unknown => return None,
        };
        if let Key::Item(item) = key
            && !matches!(self.world.entry(item), Some((_, Entry::Trait(_))))
        {
            return None;
        }
        let (mut given, items) = self.given(place, env, path, used, mode);
        if let Key::Item(item) = key
            && let Some((instance, shape)) = self.world.trait_shape(item)
        {
            let scope = self.world.tables.instances[instance].scopes[shape.scope.index()];
            given = self.fill(Place { instance, scope }, shape.generics, &given, env.self_type, mode);
        }
        let args = self.store.args(&given);
        Some(TraitRef { key, args, items })
    }

    /// The generic arguments of a segment, of which `used` is the number from 1.
    pub fn given(
        &mut self,
        place: Place,
        env: &Env,
        path: PathId,
        used: u32,
        mode: Mode,
    ) -> (SmallVec<[Ty; 4]>, Items) {
        let code = self.world.code(place.instance);
        let of = code.paths[path].arguments;
        if of.is_empty() {
            return Default::default(); // most paths have no arguments
        }
        self.store.spend(of.len as usize / LISTED_PER_STEP);
        let mut all = code.values(of).map(|id| code.arguments[id]);
        let Some(arguments) = all.find(|of| of.segment + 1 == used) else {
            return Default::default();
        };
        let types = self.lower_all(place, env, arguments.types, mode);
        let mut items: SmallVec<[(Name, Ty); 2]> = SmallVec::new();
        for item in code.values(arguments.items) {
            let name = self.world.tables.name(place.instance, item.name);
            items.push((name, self.lower(place, env, item.ty, mode)));
        }
        let items = self.store.items(&items);
        (types, items)
    }

    /// [`given`](Self::given) for a path of the body.
    pub fn own_given(&mut self, path: PathId, used: u32) -> (SmallVec<[Ty; 4]>, Items) {
        let env = Rc::clone(&self.env);
        self.given(self.place, &env, path, used, Mode::Body)
    }

    /// The arguments for all parameters of a list, where some are given.
    pub fn fill(
        &mut self,
        place: Place,
        generics: GenericsId,
        given: &[Ty],
        self_type: Option<Ty>,
        mode: Mode,
    ) -> SmallVec<[Ty; 4]> {
        let code = self.world.code(place.instance);
        let parameters = code.values(code.generics[generics].parameters);
        self.store.spend(parameters.len());
        if given.len() >= parameters.len() {
            return given[..parameters.len()].into(); // no default is needed
        }
        let mut env = Env { self_type, ..Env::default() };
        let mut all = SmallVec::new();
        for (at, parameter) in parameters.enumerate() {
            if self.store.is_spent() {
                break;
            }
            let ty = match (given.get(at), parameter.default) {
                (Some(&ty), _) => ty,
                (None, Some(default)) if mode != Mode::Body || !given.is_empty() => {
                    self.lower(place, &env, default, Mode::Written)
                }
                (None, _) if mode == Mode::Body => self.store.var(),
                (None, _) => Store::UNKNOWN,
            };
            env.parameters.push((self.world.tables.name(place.instance, parameter.name), ty));
            all.push(ty);
        }
        all
    }

    fn lower_path(&mut self, place: Place, env: &Env, path: PathId, mode: Mode) -> Ty {
        let code = self.world.code(place.instance);
        let written = code.paths[path];
        let mut names = code.values(written.segments);
        if written.start == PathStart::Plain
            && let Some(first) = names.next()
            && let Some(base) = self.parameter(env, self.world.tables.name(place.instance, first))
        {
            if names.len() == 0 {
                return base;
            }
            let segments = self.world.segments(place.instance, path);
            return self.associated_types(base, Some(segments[0]), &segments[1..], env);
        }
        match self.world.meaning(place, path, &mut self.lookup) {
            Meaning::Item { item, is_whole: true, .. } => self.store.named(Key::Item(item), &[]),
            Meaning::Item { item, used, .. } => {
                let given = self.given(place, env, path, used, mode);
                let ty = self.type_of_item(item, given, mode);
                self.rest_of_path(ty, (place.instance, path, used), env)
            }
            Meaning::Key { key: key @ Key::Primitive(_), used } if used == written.segments.len => {
                self.store.named(key, &[])
            }
            Meaning::Key { key, used } => {
                let (given, _) = self.given(place, env, path, used, mode);
                let ty = self.store.named(key, &given);
                self.rest_of_path(ty, (place.instance, path, used), env)
            }
            Meaning::Unknown => Store::UNKNOWN,
        }
    }

    /// The associated types that the end of a path names.
    fn rest_of_path(&mut self, ty: Ty, (instance, path, used): (InstanceId, PathId, u32), env: &Env) -> Ty {
        let code = self.world.code(instance);
        if code.values(code.paths[path].segments).len() <= used as usize {
            return ty;
        }
        let segments = self.world.segments(instance, path);
        self.associated_types(ty, None, &segments[used as usize..], env)
    }

    /// The type that a parameter or `Self` stands for.
    pub fn parameter(&self, env: &Env, name: Name) -> Option<Ty> {
        if Some(name) == self.world.lang.self_type {
            return Some(env.self_type.unwrap_or(Store::UNKNOWN));
        }
        self.store.spend(env.parameters.len() / LISTED_PER_STEP);
        env.get(name)
    }

    /// The type that an item is: itself, the target of an alias, or `dyn` of a trait.
    pub fn type_of_item(
        &mut self,
        item: ItemId,
        (given, items): (SmallVec<[Ty; 4]>, Items),
        mode: Mode,
    ) -> Ty {
        match self.world.entry(item) {
            Some((instance, Entry::Shape(number))) => {
                let shape = &self.world.code(instance).shapes[number as usize];
                let scope = self.world.tables.instances[instance].scopes[shape.scope.index()];
                let args = self.fill(Place { instance, scope }, shape.generics, &given, None, mode);
                let whole = shape.of_enum.and_then(|of| self.world.locals[instance].items[of as usize]);
                self.store.named(Key::Item(whole.unwrap_or(item)), &args)
            }
            Some((instance, Entry::Signature(number))) => {
                self.type_of_alias(SignatureId { instance, number }, &given, mode)
            }
            Some((_, Entry::Trait(_))) => {
                let args = self.store.args(&given);
                let bounds = self.store.bounds(&[TraitRef { key: Key::Item(item), args, items }]);
                self.store.add(Kind::Bounded(bounds))
            }
            _ => self.store.named(Key::Item(item), &given),
        }
    }

    fn type_of_alias(&mut self, id: SignatureId, given: &[Ty], mode: Mode) -> Ty {
        let signature = self.world.signature(id);
        let (SignatureKind::Alias, Some(output)) = (signature.kind, signature.output) else {
            return Store::UNKNOWN;
        };
        let place = self.world.place_of(id);
        let args = self.fill(place, signature.generics, given, None, mode);
        let code = self.world.code(id.instance);
        let names = code.values(code.generics[signature.generics].parameters);
        let names = names.map(|of| self.world.tables.name(id.instance, of.name));
        let env = Env { parameters: names.zip(args).collect(), ..Env::default() };
        self.lower(place, &env, output, Mode::Written)
    }

    fn lower_qualified(
        &mut self,
        place: Place,
        env: &Env,
        (ty, of_trait, rest): (TypeId, Option<TypeId>, PathId),
        mode: Mode,
    ) -> Ty {
        let ty = self.lower(place, env, ty, mode);
        let segments = self.world.segments(place.instance, rest);
        let Some(&name) = segments.first() else { return Store::UNKNOWN };
        let base = match of_trait.map(|of_trait| self.lower_trait(place, env, of_trait, mode)) {
            Some(Some(of_trait)) => self.project(ty, of_trait, name),
            Some(None) => Store::UNKNOWN,
            None => self.associated_types(ty, None, &segments[..1], env),
        };
        self.associated_types(base, None, &segments[1..], env)
    }

    /// `T::Item::Other`: the associated types of those names.
    fn associated_types(&mut self, base: Ty, parameter: Option<Name>, names: &[Name], env: &Env) -> Ty {
        let mut parameter = parameter;
        names.iter().fold(base, |base, &name| self.associated_type(base, parameter.take(), name, env))
    }

    fn associated_type(&mut self, base: Ty, parameter: Option<Name>, name: Name, env: &Env) -> Ty {
        if parameter.is_some() && parameter == self.world.lang.self_type {
            if let Some(found) = self.own_associated_type(name, env) {
                return found;
            }
            if let Some(item) = env.of_trait
                && let Some(of_trait) = self.supertrait_with(Key::Item(item), name)
            {
                return self.project(base, of_trait, name);
            }
        }
        if let Some(parameter) = parameter
            && let Some(of_trait) = self.bound_with(parameter, name, env)
        {
            return self.project(base, of_trait, name);
        }
        let all = self.traits_of(base);
        let has_it = |of: &&TraitRef| match of.key {
            Key::Item(item) => self.world.trait_item(item, name).is_some(),
            _ => self.store.item(of.items, name).is_some(),
        };
        if let Some(&of_trait) = all.iter().find(has_it) {
            return self.project(base, of_trait, name);
        }
        let with = self.world.traits_with(name);
        for &(item, id) in with.iter().take(16) {
            let is_type = self.world.signature(id).kind == SignatureKind::Alias;
            let of_trait =
                TraitRef { key: Key::Item(item), args: Default::default(), items: Default::default() };
            if is_type && !self.store.is_var(base) && self.implements(base, of_trait) {
                return self.project(base, of_trait, name);
            }
        }
        Store::UNKNOWN
    }

    /// `Self::Item` in an `impl` block that says what it is.
    fn own_associated_type(&mut self, name: Name, env: &Env) -> Option<Ty> {
        let id = self.world.member(env.of_impl?, name)?;
        let signature = self.world.signature(id);
        let output = signature.output.filter(|_| signature.kind == SignatureKind::Alias)?;
        Some(self.lower(self.world.place_of(id), env, output, Mode::Written))
    }

    /// The trait with an associated type of that name by which a parameter is bound.
    fn bound_with(&mut self, parameter: Name, name: Name, env: &Env) -> Option<TraitRef> {
        for &(place, generics) in env.generics.iter().rev() {
            let code = self.world.code(place.instance);
            let bounds = code.generics[generics].bounds;
            self.store.spend(bounds.len as usize);
            for bound in code.values(bounds) {
                if !self.is_parameter(place.instance, bound.ty, parameter) {
                    continue;
                }
                let key = self.world.trait_key(place, bound.of_trait, &mut self.lookup);
                let Some(of_trait) = key.and_then(|key| self.supertrait_with(key, name)) else { continue };
                if Some(of_trait.key) == key {
                    return self.lower_trait(place, env, bound.of_trait, Mode::Written);
                }
                return Some(of_trait);
            }
        }
        None
    }

    fn is_parameter(&self, instance: InstanceId, ty: TypeId, parameter: Name) -> bool {
        let code = self.world.code(instance);
        let TypeForm::Path(path) = code.types[ty] else { return false };
        let mut all = code.values(code.paths[path].segments);
        all.len() == 1 && all.next().map(|name| self.world.tables.name(instance, name)) == Some(parameter)
    }
}
