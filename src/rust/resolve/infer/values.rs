//! The types of the values that paths name (the Rust Reference, "Path expressions").

use std::rc::Rc;

use smallvec::SmallVec;

use super::{
    super::ids::ItemId,
    calls::Callable,
    env::{Env, Fresh},
    explain::Origin,
    inference::{Binding, Inference},
    lower::Mode,
    meaning::Meaning,
    methods::{Picked, Probe},
    types::{Key, Kind, LISTED_PER_STEP, Store, TraitRef, Ty},
    world::{Container, Entry, SignatureId},
};
use crate::{
    base::name::Name,
    rust::facts::{
        Constructor, ItemKind, Namespaces, PathStart,
        code::{ExprId, PathId, SignatureKind, TypeForm, TypeId},
    },
};

impl Inference<'_> {
    /// The type of the value that a path names.
    pub fn value(&mut self, id: ExprId, path: PathId) -> Ty {
        if let Some(name) = self.single(path)
            && let Some(at) = self.bindings.iter().rev().position(|of| of.name == name)
        {
            self.store.spend(at / LISTED_PER_STEP);
            let binding = &self.bindings[self.bindings.len() - 1 - at];
            let Binding { ty, pattern, .. } = *binding;
            self.origins.push((id, Origin::Binding(pattern, ty)));
            return ty;
        }
        let segments = self.world.segments(self.place.instance, path);
        let Some(&first) = segments.first() else {
            let ty = self.receiver.unwrap_or(Store::UNKNOWN);
            self.origins.push((id, Origin::Receiver(ty)));
            return ty;
        };
        let parameter = self.parameter(&self.env, first).filter(|_| self.is_plain(path));
        match (parameter, &segments[1..]) {
            (Some(ty), []) if Some(first) == self.world.lang.self_type => self.constructor_of_self(ty),
            (Some(ty), [name]) => self.associated_value(ty, *name, path, 2),
            (Some(_), _) => Store::UNKNOWN,
            (None, _) => self.value_of_item(path, &segments),
        }
    }

    fn is_plain(&self, path: PathId) -> bool {
        self.code.paths[path].start == PathStart::Plain
    }

    fn constructor_of_self(&mut self, ty: Ty) -> Ty {
        match self.store.kind(ty) {
            Kind::Named(Key::Item(item), _) => self.constructor(item, ty),
            _ => Store::UNKNOWN,
        }
    }

    fn value_of_item(&mut self, path: PathId, segments: &[Name]) -> Ty {
        match self.look_up(path, segments, Namespaces::VALUES) {
            Meaning::Item { item, used, .. } => {
                let mut given = self.own_given(path, used);
                let is_variant = matches!(self.world.shape(item), Some((_, of)) if of.of_enum.is_some());
                if given.0.is_empty() && is_variant && used > 1 {
                    given = self.own_given(path, used - 1); // `Option::<T>::None`
                }
                match segments.get(used as usize..).unwrap_or_default() {
                    [] => self.value_item(item, given),
                    [name] => self.associated_of_item(item, given, *name, path, used + 1),
                    _ => Store::UNKNOWN,
                }
            }
            Meaning::Key { key, used } => {
                let (given, _) = self.own_given(path, used);
                let ty = self.store.named(key, &given);
                match segments.get(used as usize..).unwrap_or_default() {
                    [name] => self.associated_value(ty, *name, path, used + 1),
                    _ => Store::UNKNOWN,
                }
            }
            Meaning::Unknown => Store::UNKNOWN,
        }
    }

    fn value_item(&mut self, item: ItemId, given: (SmallVec<[Ty; 4]>, super::types::Items)) -> Ty {
        match self.world.entry(item) {
            Some((_, Entry::Shape(_))) => {
                let ty = self.type_of_item(item, given, Mode::Body);
                self.constructor(item, ty)
            }
            Some((instance, Entry::Signature(number))) => {
                let id = SignatureId { instance, number };
                match self.world.container(id) {
                    // `Trait::f`, of which the type is not known yet.
                    Container::Trait(of) => {
                        let ty = self.store.var();
                        self.item_of_trait(ty, of, id, &given.0)
                    }
                    _ => self.value_of_signature(
                        &Picked { id, env: Env::default(), certain: true, home: None },
                        &given.0,
                    ),
                }
            }
            _ => Store::UNKNOWN,
        }
    }

    /// `Trait::f` for some type.
    fn item_of_trait(&mut self, ty: Ty, of: ItemId, id: SignatureId, given: &[Ty]) -> Ty {
        let env = self.trait_env(of, ty, &[], Fresh::Variables);
        let args: SmallVec<[Ty; 4]> = env.parameters.iter().map(|&(_, ty)| ty).collect();
        let args = self.store.args(&args);
        self.require_trait(ty, TraitRef { key: Key::Item(of), args, items: Default::default() });
        self.value_of_signature(&Picked { id, env, certain: true, home: None }, given)
    }

    /// The value of a unit or the constructor of a tuple.
    fn constructor(&mut self, item: ItemId, ty: Ty) -> Ty {
        let Some((instance, shape)) = self.world.shape(item) else { return ty };
        let kind = self.world.tables.instances[instance].facts.items[shape.item as usize].kind;
        let is_function = match kind {
            ItemKind::Struct { constructor, .. } | ItemKind::Variant { constructor } => {
                constructor == Constructor::Function
            }
            _ => false,
        };
        if !is_function {
            return ty;
        }
        let args: SmallVec<[Ty; 4]> = match self.store.kind(ty) {
            Kind::Named(_, args) => self.store.args_of(args).into(),
            _ => SmallVec::new(),
        };
        let params = self.types_of_fields(item, &args);
        let params = self.store.args(&params);
        self.store.add(Kind::Function(params, ty))
    }

    fn value_of_signature(&mut self, picked: &Picked, given: &[Ty]) -> Ty {
        let signature = self.world.signature(picked.id);
        self.called = Some(picked.id);
        match signature.kind {
            SignatureKind::Function { .. } => {
                let Callable { receiver, params, output } = self.instantiate(picked, given);
                let all: SmallVec<[Ty; 4]> = receiver.into_iter().chain(params).collect();
                let args = self.store.args(&all);
                self.store.add(Kind::Function(args, output))
            }
            SignatureKind::Value => match signature.output {
                Some(ty) => self.lower(self.world.place_of(picked.id), &picked.env, ty, Mode::Written),
                None => Store::UNKNOWN,
            },
            SignatureKind::Alias => Store::UNKNOWN,
        }
    }

    /// `Item::name`, where the item is a type, an alias or a trait.
    fn associated_of_item(
        &mut self,
        item: ItemId,
        given: (SmallVec<[Ty; 4]>, super::types::Items),
        name: Name,
        path: PathId,
        used: u32,
    ) -> Ty {
        if let Some((_, Entry::Trait(_))) = self.world.entry(item) {
            let Some(of) = self.supertrait_with(Key::Item(item), name) else { return Store::UNKNOWN };
            let Key::Item(of) = of.key else { return Store::UNKNOWN };
            let Some(id) = self.world.trait_item(of, name) else { return Store::UNKNOWN };
            let own = self.own_given(path, used).0;
            let ty = self.store.var();
            return self.item_of_trait(ty, of, id, &own);
        }
        let ty = self.type_of_item(item, given, Mode::Body);
        self.associated_value(ty, name, path, used)
    }

    /// `T::name`.
    fn associated_value(&mut self, ty: Ty, name: Name, path: PathId, used: u32) -> Ty {
        if let Kind::Named(Key::Item(item), _) = self.store.kind(ty)
            && let Some(variant) = self.world.variant(item, name)
        {
            return self.constructor(variant, ty);
        }
        let given = self.own_given(path, used).0;
        match self.associated(ty, name) {
            Probe::Found(picked) => self.value_of_signature(&picked, &given),
            Probe::Several | Probe::Missing => Store::UNKNOWN,
        }
    }

    /// `<T as Trait>::f`.
    pub fn qualified_value(&mut self, ty: TypeId) -> Ty {
        let TypeForm::Qualified { ty, of_trait, rest } = self.code.types[ty] else { return Store::UNKNOWN };
        let ty = self.written(ty);
        let segments = self.world.segments(self.place.instance, rest);
        let [name] = segments[..] else { return Store::UNKNOWN };
        let Some(of_trait) = of_trait else { return self.associated_value(ty, name, rest, 1) };
        let env = Rc::clone(&self.env);
        let lowered = self.lower_trait(self.place, &env, of_trait, Mode::Body);
        let Some(TraitRef { key: Key::Item(item), .. }) = lowered else { return Store::UNKNOWN };
        let Some(id) = self.world.trait_item(item, name) else { return Store::UNKNOWN };
        let given = self.own_given(rest, 1).0;
        match self.of_trait(ty, item, id) {
            Probe::Found(picked) => self.value_of_signature(&picked, &given),
            Probe::Several | Probe::Missing => Store::UNKNOWN,
        }
    }
}
