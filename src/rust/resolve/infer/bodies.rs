//! The types of expressions (the Rust Reference, "Expressions").

use std::rc::Rc;

use smallvec::SmallVec;

use super::{
    inference::Inference,
    lower::Mode,
    types::{Key, Kind, Store, TraitRef, Ty},
    world::SignatureId,
};
use crate::rust::facts::{
    PathStart,
    code::{Expr, ExprId, List, Literal, Operator, PathId, SignatureKind, TypeId},
};

/// The maximum nesting of expressions. The type of what is deeper is not known.
const DEEPEST: u32 = 400;

impl Inference<'_> {
    /// Infers the types in the body of a signature.
    pub fn body(&mut self, id: SignatureId) {
        let signature = self.world.signature(id);
        let Some(body) = signature.body else { return };
        self.store.clear();
        self.assumptions.clear();
        self.bindings.clear();
        self.pending.clear();
        self.origins.clear();
        self.returns.clear();
        self.breaks.clear();
        (self.depth, self.nesting, self.selecting, self.trials, self.bounding) = (0, 0, 0, 0, 0);
        self.body = id;
        self.code = self.world.code(id.instance);
        self.place = self.world.place_of(id);
        self.env = Rc::new(self.own_env(id));
        let env = Rc::clone(&self.env);
        self.receiver = signature.receiver.map(|ty| self.lower(self.place, &env, ty, Mode::Written));
        for parameter in self.code.values(signature.parameters) {
            let ty = match parameter.ty {
                Some(ty) => self.lower(self.place, &env, ty, Mode::Written),
                None => Store::UNKNOWN,
            };
            self.pattern(parameter.pattern, ty, false);
        }
        let output = match (signature.output, signature.kind) {
            (Some(output), _) => self.lower(self.place, &env, output, Mode::Written),
            (None, SignatureKind::Function { .. }) => Store::UNIT,
            (None, _) => Store::UNKNOWN,
        };
        self.returns.push(output);
        let value = self.expression(body, Some(output));
        self.coerce(value, output);
    }

    /// The type of an expression. `expected` is the type that its place asks for, if that is known.
    pub fn expression(&mut self, id: ExprId, expected: Option<Ty>) -> Ty {
        self.store.spend(1);
        if self.nesting >= DEEPEST || self.store.is_spent() {
            return Store::UNKNOWN;
        }
        self.nesting += 1;
        let ty = self.expression_of(id, expected);
        self.nesting -= 1;
        ty
    }

    fn expression_of(&mut self, id: ExprId, expected: Option<Ty>) -> Ty {
        match self.code.exprs[id] {
            Expr::Missing => Store::UNKNOWN,
            Expr::Literal(literal) => self.literal(literal),
            Expr::Path(path) => self.value(id, path),
            Expr::Qualified(ty) => self.qualified_value(ty),
            Expr::Call { callee, arguments } => self.call(id, (callee, arguments), expected),
            Expr::Method { receiver, member, arguments } => {
                self.method_call(id, (receiver, member, arguments), expected)
            }
            Expr::Field { base, member } => self.field_access(id, base, member),
            Expr::Index { base, index } => self.index(base, index),
            Expr::Deref(of) => {
                let ty = self.expression(of, None);
                match self.store.kind(ty) {
                    Kind::Pointer(of) => of,
                    _ => self.dereferenced(ty).unwrap_or(Store::UNKNOWN),
                }
            }
            Expr::Negation(of) => self.negation(of, expected),
            Expr::Reference(of) => self.reference(of, expected),
            Expr::Binary { operator, left, right } => self.binary(operator, left, right),
            Expr::Assign { left, right } => {
                let ty = self.expression(left, None);
                let value = self.expression(right, Some(ty));
                self.coerce(value, ty);
                Store::UNIT
            }
            Expr::Range { from, to, is_closed } => self.range(from, to, is_closed),
            Expr::Cast { operand, ty } => {
                self.expression(operand, None);
                self.written(ty)
            }
            Expr::Try(of) => self.question(of),
            Expr::Await(of) => {
                let ty = self.expression(of, None);
                self.awaited(ty)
            }
            Expr::Tuple(all) => self.tuple(all, expected),
            Expr::Array(all) => self.array(all, expected),
            Expr::Repeat { element, count } => {
                let of = self.expression(element, None);
                self.expression(count, None);
                self.store.add(Kind::Array(of))
            }
            Expr::Struct { path, fields, base } => self.structure(path, fields, base),
            Expr::Macro { path, arguments } => self.macro_call(path, arguments),
            Expr::Closure { parameters, output, body, is_async } => {
                self.closure((parameters, output, body, is_async), expected)
            }
            _ => self.control(id, expected),
        }
    }

    /// A type written in the body.
    pub fn written(&mut self, ty: TypeId) -> Ty {
        let env = Rc::clone(&self.env);
        self.lower(self.place, &env, ty, Mode::Body)
    }

    pub fn primitive(&mut self, key: Option<Key>) -> Ty {
        key.map_or(Store::UNKNOWN, |key| self.store.named(key, &[]))
    }

    pub fn reference_to(&mut self, key: Option<Key>) -> Ty {
        let of = self.primitive(key);
        self.store.add(Kind::Reference(of))
    }

    fn literal(&mut self, literal: Literal) -> Ty {
        let lang = &self.world.lang;
        let suffixed = |name| Some(Key::Primitive(self.world.tables.name(self.place.instance, name)));
        let key = match literal {
            Literal::Text => return self.reference_to(lang.str_),
            Literal::Bytes => {
                let of = self.primitive(lang.u8_);
                let array = self.store.add(Kind::Array(of));
                return self.store.add(Kind::Reference(array));
            }
            Literal::CText => {
                let of = self.item(lang.c_str, &[]);
                return self.store.add(Kind::Reference(of));
            }
            Literal::Char => lang.char_,
            Literal::Byte => lang.u8_,
            Literal::Bool => lang.bool_,
            Literal::Integer(Some(name)) | Literal::Float(Some(name)) => suffixed(name),
            Literal::Integer(None) | Literal::Float(None) => return self.store.add(Kind::Number),
        };
        self.primitive(key)
    }

    /// An item of the model with arguments.
    pub fn item(&mut self, item: Option<super::super::ids::ItemId>, args: &[Ty]) -> Ty {
        item.map_or(Store::UNKNOWN, |item| self.store.named(Key::Item(item), args))
    }

    fn reference(&mut self, of: ExprId, expected: Option<Ty>) -> Ty {
        let expected = expected.and_then(|ty| match self.store.kind(ty) {
            Kind::Reference(of) => Some(of),
            _ => None,
        });
        let of = self.expression(of, expected);
        self.store.add(Kind::Reference(of))
    }

    fn negation(&mut self, of: ExprId, expected: Option<Ty>) -> Ty {
        let ty = self.expression(of, expected);
        let plain = self.store.behind_references(ty);
        let (Kind::Named(Key::Item(_), _), Some(name)) = (self.store.kind(plain), self.world.lang.output)
        else {
            return plain;
        };
        for item in self.world.lang.negations.into_iter().flatten() {
            let of_trait =
                TraitRef { key: Key::Item(item), args: Default::default(), items: Default::default() };
            if self.implements(plain, of_trait) {
                return self.project(plain, of_trait, name);
            }
        }
        Store::UNKNOWN
    }

    fn binary(&mut self, operator: Operator, left: ExprId, right: ExprId) -> Ty {
        let first = self.expression(left, None);
        let second = self.expression(right, None);
        let number = match operator {
            Operator::Lazy | Operator::Comparison => return self.primitive(self.world.lang.bool_),
            Operator::Add => 0,
            Operator::Subtract => 1,
            Operator::Multiply => 2,
            Operator::Divide => 3,
            Operator::Remainder => 4,
            Operator::Bit => 5,
            Operator::Shift => 6,
        };
        let plain = self.store.behind_references(first);
        match self.store.kind(plain) {
            Kind::Number => {
                let other = self.store.behind_references(second);
                match self.store.kind(other) {
                    Kind::Named(Key::Primitive(_), _) => other,
                    _ => plain,
                }
            }
            Kind::Named(Key::Primitive(_), _) => plain,
            Kind::Unknown | Kind::Var => Store::UNKNOWN,
            _ => {
                let (Some(item), Some(name)) = (self.world.lang.operators[number], self.world.lang.output)
                else {
                    return Store::UNKNOWN;
                };
                let args = self.store.args(&[second]);
                self.project(first, TraitRef { key: Key::Item(item), args, items: Default::default() }, name)
            }
        }
    }

    fn range(&mut self, from: Option<ExprId>, to: Option<ExprId>, is_closed: bool) -> Ty {
        let first = from.map(|from| self.expression(from, None));
        let second = to.map(|to| self.expression(to, first));
        let number = match (first, second, is_closed) {
            (Some(first), Some(second), _) => {
                if matches!(self.store.kind(first), Kind::Number) {
                    self.store.unify(first, second);
                } else {
                    self.store.unify(second, first);
                }
                usize::from(is_closed)
            }
            (Some(_), None, _) => 2,
            (None, Some(_), false) => 3,
            (None, Some(_), true) => 4,
            (None, None, _) => 5,
        };
        let of: SmallVec<[Ty; 1]> = first.or(second).into_iter().collect();
        self.item(self.world.lang.ranges[number], &of)
    }

    fn tuple(&mut self, all: List<ExprId>, expected: Option<Ty>) -> Ty {
        let expected: SmallVec<[Ty; 4]> = match expected.map(|ty| self.store.kind(ty)) {
            Some(Kind::Tuple(args)) => self.store.args_of(args).into(),
            _ => SmallVec::new(),
        };
        let mut types: SmallVec<[Ty; 4]> = SmallVec::new();
        for (at, value) in self.code.values(all).enumerate() {
            let expected = expected.get(at).copied();
            let ty = self.expression(value, expected);
            types.push(self.coerced(ty, expected));
        }
        self.store.tuple(&types)
    }

    /// The type of a value after coercion to a type that is expected: the latter, if it is known.
    fn coerced(&mut self, ty: Ty, expected: Option<Ty>) -> Ty {
        let Some(expected) = expected else { return ty };
        self.coerce(ty, expected);
        if self.store.is_var(expected) || matches!(self.store.kind(expected), Kind::Unknown) {
            ty
        } else {
            expected
        }
    }

    fn array(&mut self, all: List<ExprId>, expected: Option<Ty>) -> Ty {
        let expected = expected.and_then(|ty| match self.store.kind(ty) {
            Kind::Array(of) | Kind::Slice(of) => Some(of),
            _ => None,
        });
        let of = self.elements(all, expected);
        self.store.add(Kind::Array(of))
    }

    /// The type of values that all have the same type.
    pub fn elements(&mut self, all: List<ExprId>, expected: Option<Ty>) -> Ty {
        let of = expected.unwrap_or_else(|| self.store.var());
        for value in self.code.values(all) {
            let ty = self.expression(value, Some(of));
            self.coerce(ty, of);
        }
        of
    }

    /// `a?`.
    fn question(&mut self, of: ExprId) -> Ty {
        let ty = self.expression(of, None);
        self.settle_if_var(ty);
        let lang = &self.world.lang;
        let Kind::Named(key, args) = self.store.kind(ty) else { return Store::UNKNOWN };
        let is = |item: Option<super::super::ids::ItemId>| item.map(Key::Item) == Some(key);
        let is_foreign_result = match key {
            Key::Foreign(_, name) => self.world.tables.names.text(name).ends_with("Result"),
            _ => false,
        };
        if is(lang.option) || is(lang.result) || is_foreign_result {
            return self.store.arg(args, 0).unwrap_or(Store::UNKNOWN);
        }
        if is(lang.control_flow) {
            return self.store.arg(args, 1).unwrap_or(Store::UNKNOWN);
        }
        if is(lang.poll)
            && let Some(inner) = self.store.arg(args, 0)
            && let Kind::Named(_, args) = self.store.kind(inner)
            && let Some(of) = self.store.arg(args, 0)
        {
            return self.item(lang.poll, &[of]);
        }
        Store::UNKNOWN
    }

    pub fn settle_if_var(&mut self, ty: Ty) {
        if self.store.is_var(ty) {
            self.settle();
        }
    }

    /// The type of `a.await`.
    pub fn awaited(&mut self, ty: Ty) -> Ty {
        self.settle_if_var(ty);
        let (Some(future), Some(output)) = (self.world.lang.future, self.world.lang.output) else {
            return Store::UNKNOWN;
        };
        let of =
            |item| TraitRef { key: Key::Item(item), args: Default::default(), items: Default::default() };
        if self.implements(ty, of(future)) {
            return self.project(ty, of(future), output);
        }
        match self.world.lang.into_future {
            Some(into) => self.project(ty, of(into), output),
            None => Store::UNKNOWN,
        }
    }

    /// The type of the elements that a `for` loop over a value of this type has.
    pub fn element_of(&mut self, ty: Ty) -> Ty {
        self.settle_if_var(ty);
        let lang = &self.world.lang;
        let (Some(iterator), Some(into), Some(name)) = (lang.iterator, lang.into_iterator, lang.item) else {
            return Store::UNKNOWN;
        };
        let of =
            |item| TraitRef { key: Key::Item(item), args: Default::default(), items: Default::default() };
        if self.implements(ty, of(iterator)) {
            return self.project(ty, of(iterator), name);
        }
        self.project(ty, of(into), name)
    }

    /// `impl Future<Output = T>`.
    pub fn future(&mut self, output: Ty) -> Ty {
        let (Some(future), Some(name)) = (self.world.lang.future, self.world.lang.output) else {
            return Store::UNKNOWN;
        };
        let items = self.store.items(&[(name, output)]);
        let of = TraitRef { key: Key::Item(future), args: Default::default(), items };
        let bounds = self.store.bounds(&[of]);
        self.store.add(Kind::Bounded(bounds))
    }

    /// Whether a path is a single plain name.
    pub fn single(&self, path: PathId) -> Option<crate::base::name::Name> {
        let of = self.code.paths[path];
        let mut all = self.code.values(of.segments);
        let first = all.next().filter(|_| of.start == PathStart::Plain && of.arguments.is_empty())?;
        all.next().is_none().then_some(first)
    }
}
