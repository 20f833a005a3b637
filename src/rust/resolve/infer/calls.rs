//! Calls, methods and field accesses, and the values that paths name.

use smallvec::SmallVec;

use super::{
    super::ids::ItemId,
    env::{Env, Fresh},
    explain::Origin,
    inference::{Binding, Inference},
    lower::Mode,
    meaning::Meaning,
    methods::{Picked, Probe},
    select::Selected,
    sites::Site,
    types::{Key, Kind, Store, TraitRef, Ty},
    world::{Container, Entry, SignatureId},
};
use crate::{
    base::name::Name,
    rust::facts::{
        Constructor, ItemKind, Namespaces,
        code::{Expr, ExprId, FieldValue, List, MemberId, PathId, SignatureKind, TypeForm, TypeId},
    },
};

/// A function with types for its generic parameters.
struct Callable {
    receiver: Option<Ty>,
    params: SmallVec<[Ty; 4]>,
    output: Ty,
}

impl Inference<'_> {
    /// A call.
    pub fn call(
        &mut self,
        id: ExprId,
        (callee, arguments): (ExprId, List<ExprId>),
        expected: Option<Ty>,
    ) -> Ty {
        self.called = None;
        let ty = self.expression(callee, None);
        let called = self.called.take();
        self.settle_if_var(ty);
        let Some((params, output)) = self.callable(ty) else {
            self.arguments(arguments, &[]);
            return Store::UNKNOWN;
        };
        if let Some(called) = called {
            self.origins.push((id, Origin::Call(called, output)));
        }
        self.expect(output, expected);
        self.arguments(arguments, &params);
        self.settle();
        output
    }

    /// The parameters and the result of a value that is called, behind pointers.
    fn callable(&mut self, ty: Ty) -> Option<(SmallVec<[Ty; 4]>, Ty)> {
        let mut ty = self.store.shallow(ty);
        for _ in 0..8 {
            if let Some(found) = self.function_of(ty) {
                return Some(found);
            }
            ty = self.dereferenced(ty)?;
            ty = self.store.shallow(ty);
        }
        None
    }

    /// Learns from the type that is expected of a call, before its arguments are known.
    fn expect(&mut self, output: Ty, expected: Option<Ty>) {
        let Some(expected) = expected else { return };
        let is_open = self.store.is_var(expected) || self.store.is_var(output);
        let is_bounded = matches!(self.store.kind(expected), Kind::Bounded(_) | Kind::Unknown);
        if is_bounded || is_open && self.store.is_var(expected) {
            return;
        }
        // An expectation is no requirement: the value may be coerced. So nothing is learnt of it
        // unless both types are of the same form.
        if self.store.is_var(output) || self.head_of(output) == self.head_of(expected) {
            let mark = self.store.mark();
            if !self.store.unify(output, expected) {
                self.store.go_back(mark);
            }
        }
    }

    /// The arguments of a call. Closures come last, since their parameters may follow from the
    /// other arguments.
    fn arguments(&mut self, arguments: List<ExprId>, params: &[Ty]) {
        let is_closure = |this: &Self, value: ExprId| matches!(this.code.exprs[value], Expr::Closure { .. });
        for are_closures in [false, true] {
            for (at, value) in self.code.values(arguments).enumerate() {
                if is_closure(self, value) != are_closures {
                    continue;
                }
                let wanted = params.get(at).copied();
                if are_closures {
                    self.settle();
                }
                let ty = self.expression(value, wanted);
                if let Some(wanted) = wanted {
                    self.coerce(ty, wanted);
                }
            }
        }
    }

    /// `a.f(b)`.
    pub fn method_call(
        &mut self,
        id: ExprId,
        (receiver, member, arguments): (ExprId, MemberId, List<ExprId>),
        expected: Option<Ty>,
    ) -> Ty {
        let ty = self.expression(receiver, None);
        self.settle_if_var(self.store.behind_references(ty));
        let name = self.world.tables.name(self.place.instance, self.code.members[member].name);
        let picked = self.method(ty, name);
        let target = match &picked {
            Ok(picked) => self.method_target(picked),
            Err(target) => *target,
        };
        let (scope, receiver) = (self.place.scope, Some(receiver));
        let site = self.sites.len();
        self.sites.push(Site { member, scope, is_field: false, target, receiver, owner: None });
        let Ok(picked) = picked else {
            self.arguments(arguments, &[]);
            return Store::UNKNOWN;
        };
        let given: SmallVec<[Ty; 2]> =
            self.code.values(self.code.members[member].arguments).map(|ty| self.written(ty)).collect();
        let callable = self.instantiate(&picked, &given);
        self.origins.push((id, Origin::Call(picked.id, callable.output)));
        if let Some(own) = callable.receiver {
            self.coerce_receiver(ty, own);
        }
        self.settle();
        self.expect(callable.output, expected);
        self.arguments(arguments, &callable.params);
        self.settle();
        if let Some(picked) = self.by_arguments(&picked) {
            self.sites[site].target = self.method_target(&picked);
        }
        callable.output
    }

    /// The method of an `impl` block, where the arguments of the call tell which of several blocks of
    /// a trait is meant.
    fn by_arguments(&mut self, picked: &Picked) -> Option<Picked> {
        let Container::Trait(item) = self.world.container(picked.id) else { return None };
        let ty = picked.env.self_type?;
        if picked.derived.is_some() || picked.env.parameters.is_empty() || self.head_of(ty).is_none() {
            return None;
        }
        let args: SmallVec<[Ty; 4]> = picked.env.parameters.iter().map(|&(_, ty)| ty).collect();
        let args = self.store.args(&args);
        let of_trait = TraitRef { key: Key::Item(item), args, items: Default::default() };
        let Selected::One(of, env) = self.select(ty, of_trait) else { return None };
        let id = self.world.member(of, self.world.signature_name(picked.id)?)?;
        Some(Picked { id, env, certain: true, derived: None })
    }

    /// The receiver may tell the parameters of the method's `Self`.
    fn coerce_receiver(&mut self, ty: Ty, own: Ty) {
        let (ty, own) = (self.store.behind_references(ty), self.store.behind_references(own));
        if self.head_of(ty) == self.head_of(own) {
            self.store.unify(ty, own);
        }
    }

    /// A function with types for its generic parameters, of which the first are given.
    fn instantiate(&mut self, picked: &Picked, given: &[Ty]) -> Callable {
        let id = picked.id;
        let signature = self.world.signature(id);
        let place = self.world.place_of(id);
        let mut env = picked.env.clone();
        if matches!(self.world.container(id), Container::None) {
            env = Env::default();
        }
        self.add_generics(&mut env, place, signature.generics, given, Fresh::Variables);
        let code = self.world.code(id.instance);
        let receiver = signature.receiver.map(|ty| self.lower(place, &env, ty, Mode::Argument));
        let mut params = SmallVec::new();
        for parameter in code.values(signature.parameters) {
            let ty = parameter.ty.map(|ty| self.lower(place, &env, ty, Mode::Argument));
            params.push(ty.unwrap_or(Store::UNKNOWN));
        }
        let mut output = match signature.output {
            Some(output) => self.lower(place, &env, output, Mode::Written),
            None => Store::UNIT,
        };
        if signature.kind == (SignatureKind::Function { is_async: true }) {
            output = self.future(output);
        }
        self.require(&env);
        Callable { receiver, params, output }
    }

    /// `a.b`.
    pub fn field_access(&mut self, id: ExprId, base: ExprId, member: MemberId) -> Ty {
        let ty = self.expression(base, None);
        self.settle_if_var(self.store.behind_references(ty));
        let name = self.world.tables.name(self.place.instance, self.code.members[member].name);
        let (of, (ty, owner, target)) = (ty, self.field(ty, name));
        let (scope, receiver) = (self.place.scope, Some(base));
        self.sites.push(Site { member, scope, is_field: true, target, receiver, owner });
        self.origins.push((id, Origin::Field(of, ty)));
        ty
    }

    /// `a[b]`.
    pub fn index(&mut self, base: ExprId, index: ExprId) -> Ty {
        let ty = self.expression(base, None);
        self.settle_if_var(self.store.behind_references(ty));
        let by = self.expression(index, None);
        let is_range = match self.store.kind(by) {
            Kind::Named(Key::Item(item), _) => self.world.lang.ranges.contains(&Some(item)),
            _ => false,
        };
        let mut ty = self.store.shallow(ty);
        for _ in 0..8 {
            match self.store.kind(ty) {
                Kind::Slice(of) | Kind::Array(of) if is_range => return self.store.add(Kind::Slice(of)),
                Kind::Slice(of) | Kind::Array(of) => return of,
                Kind::Named(key, _) if Some(key) == self.world.lang.str_ => return ty,
                Kind::Named(..) | Kind::Param(_) => {
                    if let Some(found) = self.indexed(ty, by) {
                        return found;
                    }
                }
                _ => {}
            }
            match self.dereferenced(ty) {
                Some(next) => ty = self.store.shallow(next),
                None => break,
            }
        }
        Store::UNKNOWN
    }

    fn indexed(&mut self, ty: Ty, by: Ty) -> Option<Ty> {
        let (item, name) = (self.world.lang.index?, self.world.lang.output?);
        let args = self.store.args(&[by]);
        let of_trait = TraitRef { key: Key::Item(item), args, items: Default::default() };
        if !self.implements(ty, of_trait) {
            return None;
        }
        let found = self.project(ty, of_trait, name);
        (!matches!(self.store.kind(found), Kind::Unknown)).then_some(found)
    }

    /// `S { a: b }`.
    pub fn structure(&mut self, path: PathId, fields: List<FieldValue>, base: Option<ExprId>) -> Ty {
        let item = self.shape_of(path, Namespaces::TYPES);
        let ty = match item {
            Some(item) => self.type_of_structure(path, item),
            None => Store::UNKNOWN,
        };
        let args: SmallVec<[Ty; 4]> = match self.store.kind(ty) {
            Kind::Named(_, args) => self.store.args_of(args).into(),
            _ => SmallVec::new(),
        };
        for field in self.code.values(fields) {
            let wanted = self.named_field(item, &args, field.member);
            let value = self.expression(field.value, Some(wanted));
            self.coerce(value, wanted);
        }
        if let Some(base) = base {
            let value = self.expression(base, Some(ty));
            self.coerce(value, ty);
        }
        ty
    }

    fn type_of_structure(&mut self, path: PathId, item: ItemId) -> Ty {
        let segments = self.world.segments(self.place.instance, path);
        if !segments.is_empty() && segments.first().copied() == self.world.lang.self_type {
            return self.env.self_type.unwrap_or(Store::UNKNOWN);
        }
        let env = std::mem::take(&mut self.env);
        let mut given = Default::default();
        for used in (1..=segments.len() as u8).rev() {
            given = self.given(self.place, &env, path, used, Mode::Body);
            if !given.0.is_empty() {
                break;
            }
        }
        self.env = env;
        // An alias gives the arguments of its target.
        if let Meaning::Item { item: named, used } =
            self.world.look_up(self.place, path, Namespaces::TYPES, &mut self.lookup)
            && usize::from(used) == segments.len()
            && self.world.shape(named).is_none()
        {
            return self.type_of_item(named, given, Mode::Body);
        }
        self.type_of_item(item, given, Mode::Body)
    }

    /// The type of the value that a path names.
    pub fn value(&mut self, id: ExprId, path: PathId) -> Ty {
        if let Some(name) = self.single(path)
            && let Some(binding) = self.bindings.iter().rev().find(|of| of.name == name)
        {
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
        let env = std::mem::take(&mut self.env);
        let parameter = self.parameter(&env, first).filter(|_| self.is_plain(path));
        self.env = env;
        match (parameter, &segments[1..]) {
            (Some(ty), []) if Some(first) == self.world.lang.self_type => self.constructor_of_self(ty),
            (Some(ty), [name]) => self.associated_value(ty, *name, path, 2),
            (Some(_), _) => Store::UNKNOWN,
            (None, _) => self.value_of_item(path, &segments),
        }
    }

    fn is_plain(&self, path: PathId) -> bool {
        self.code.paths[path].start == crate::rust::facts::PathStart::Plain
    }

    fn constructor_of_self(&mut self, ty: Ty) -> Ty {
        match self.store.kind(ty) {
            Kind::Named(Key::Item(item), _) => self.constructor(item, ty),
            _ => Store::UNKNOWN,
        }
    }

    fn value_of_item(&mut self, path: PathId, segments: &[Name]) -> Ty {
        let meaning = self.world.look_up(self.place, path, Namespaces::VALUES, &mut self.lookup);
        match meaning {
            Meaning::Item { item, used } => {
                let used_segments = usize::from(used);
                let env = std::mem::take(&mut self.env);
                let mut given = self.given(self.place, &env, path, used, Mode::Body);
                if given.0.is_empty() && used > 1 {
                    let before = self.given(self.place, &env, path, used - 1, Mode::Body);
                    if matches!(self.world.shape(item), Some((_, shape)) if shape.of_enum.is_some()) {
                        given = before;
                    }
                }
                self.env = env;
                match segments.get(used_segments..).unwrap_or_default() {
                    [] => self.value_item(item, given),
                    [name] => self.associated_of_item(item, given, *name, path, used + 1),
                    _ => Store::UNKNOWN,
                }
            }
            Meaning::Key { key, used } => {
                let env = std::mem::take(&mut self.env);
                let (given, _) = self.given(self.place, &env, path, used, Mode::Body);
                self.env = env;
                let ty = self.store.named(key, &given);
                match segments.get(usize::from(used)..).unwrap_or_default() {
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
                        &Picked { id, env: Env::default(), certain: true, derived: None },
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
        self.value_of_signature(&Picked { id, env, certain: true, derived: None }, given)
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
        let mut params: SmallVec<[Ty; 4]> = SmallVec::new();
        for field in self.world.code(instance).values(shape.fields) {
            let name = self.world.tables.name(instance, field.name);
            let of = self.field_of_item(item, &args, name);
            params.push(of.map_or(Store::UNKNOWN, |(ty, _)| ty));
        }
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
        used: u8,
    ) -> Ty {
        if let Some((_, Entry::Trait(_))) = self.world.entry(item) {
            let Some(of) = self.supertrait_with(Key::Item(item), name) else { return Store::UNKNOWN };
            let Key::Item(of) = of.key else { return Store::UNKNOWN };
            let Some(id) = self.world.trait_item(of, name) else { return Store::UNKNOWN };
            let own = self.own_arguments(path, used);
            let ty = self.store.var();
            return self.item_of_trait(ty, of, id, &own);
        }
        let ty = self.type_of_item(item, given, Mode::Body);
        self.associated_value(ty, name, path, used)
    }

    fn own_arguments(&mut self, path: PathId, used: u8) -> SmallVec<[Ty; 4]> {
        let env = std::mem::take(&mut self.env);
        let (given, _) = self.given(self.place, &env, path, used, Mode::Body);
        self.env = env;
        given
    }

    /// `T::name`.
    fn associated_value(&mut self, ty: Ty, name: Name, path: PathId, used: u8) -> Ty {
        if let Kind::Named(Key::Item(item), _) = self.store.kind(ty)
            && let Some(variant) = self.world.variant(item, name)
        {
            return self.constructor(variant, ty);
        }
        let given = self.own_arguments(path, used);
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
        let env = std::mem::take(&mut self.env);
        let lowered = self.lower_trait(self.place, &env, of_trait, Mode::Body);
        self.env = env;
        let Some(TraitRef { key: Key::Item(item), .. }) = lowered else { return Store::UNKNOWN };
        let Some(id) = self.world.trait_item(item, name) else { return Store::UNKNOWN };
        let given = self.own_arguments(rest, 1);
        match self.of_trait(ty, item, id) {
            Probe::Found(picked) => self.value_of_signature(&picked, &given),
            Probe::Several | Probe::Missing => Store::UNKNOWN,
        }
    }
}
