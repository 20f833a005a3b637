//! Calls, methods and field accesses, and the values that paths name.

use smallvec::SmallVec;

use super::{
    env::{Env, Fresh},
    explain::Origin,
    inference::Inference,
    lower::Mode,
    methods::Picked,
    select::Selected,
    sites::Site,
    types::{Key, Kind, Store, TraitRef, Ty},
    world::Container,
};
use crate::rust::facts::code::{Expr, ExprId, List, MemberId, SignatureKind};

/// A function with types for its generic parameters.
pub struct Callable {
    pub receiver: Option<Ty>,
    pub params: SmallVec<[Ty; 4]>,
    pub output: Ty,
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
        let target = self.unless_spent(target);
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
        if let Some(picked) = self.by_arguments(&picked).filter(|_| !self.store.effort.is_over()) {
            self.sites[site].target = self.method_target(&picked);
        }
        callable.output
    }

    /// The method of an `impl` block, where the arguments of the call tell which of several blocks of
    /// a trait is meant.
    fn by_arguments(&mut self, picked: &Picked) -> Option<Picked> {
        let Container::Trait(item) = self.world.container(picked.id) else { return None };
        let ty = picked.env.self_type?;
        if picked.home.is_some() || picked.env.parameters.is_empty() || self.head_of(ty).is_none() {
            return None;
        }
        let args: SmallVec<[Ty; 4]> = picked.env.parameters.iter().map(|&(_, ty)| ty).collect();
        let args = self.store.args(&args);
        let of_trait = TraitRef { key: Key::Item(item), args, items: Default::default() };
        let Selected::One(of, env) = self.select(ty, of_trait) else { return None };
        let id = self.world.member(of, self.world.signature_name(picked.id)?)?;
        Some(Picked { id, env, certain: true, home: None })
    }

    /// The receiver may tell the parameters of the method's `Self`.
    fn coerce_receiver(&mut self, ty: Ty, own: Ty) {
        let (ty, own) = (self.store.behind_references(ty), self.store.behind_references(own));
        if self.head_of(ty) == self.head_of(own) {
            self.store.unify(ty, own);
        }
    }

    /// A function with types for its generic parameters, of which the first are given.
    pub fn instantiate(&mut self, picked: &Picked, given: &[Ty]) -> Callable {
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
}
