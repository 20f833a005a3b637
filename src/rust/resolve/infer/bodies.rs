//! The types of expressions (the Rust Reference, "Expressions").

use smallvec::SmallVec;

use super::{
    inference::Inference,
    lower::Mode,
    types::{Key, Kind, Store, TraitRef, Ty},
    world::SignatureId,
};
use crate::rust::facts::{
    PathStart,
    code::{
        BlockKind, Expr, ExprId, List, Literal, Operator, Parameter, PathId, SignatureKind, Statement, TypeId,
    },
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
        (self.depth, self.nesting, self.selecting, self.trials) = (0, 0, 0, 0);
        self.body = id;
        self.code = self.world.code(id.instance);
        self.place = self.world.place_of(id);
        self.env = self.own_env(id);
        let env = self.env.clone();
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

    /// The type of an expression, of which a type may be expected.
    pub fn expression(&mut self, id: ExprId, expected: Option<Ty>) -> Ty {
        if self.nesting >= DEEPEST {
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

    /// The expressions that decide what is executed.
    fn control(&mut self, id: ExprId, expected: Option<Ty>) -> Ty {
        match self.code.exprs[id] {
            Expr::Block { kind, scope, statements, value } => {
                let outer = self.place;
                if let Some(scope) = scope {
                    self.place.scope = self.world.tables.instances[self.place.instance].scopes[scope.index()];
                }
                let ty = self.block(kind, statements, value, expected);
                self.place = outer;
                ty
            }
            Expr::If { condition, then, otherwise } => {
                let mark = self.bindings.len();
                self.expression(condition, None);
                let first = self.expression(then, expected);
                self.bindings.truncate(mark);
                match otherwise {
                    Some(otherwise) => {
                        let second = self.expression(otherwise, expected);
                        self.join(first, second)
                    }
                    None => Store::UNIT,
                }
            }
            Expr::Let { pattern, value } => {
                let ty = self.expression(value, None);
                self.pattern(pattern, ty, false);
                self.primitive(self.world.lang.bool_)
            }
            Expr::Match { value, arms } => {
                let ty = self.expression(value, None);
                let mut result = Store::NEVER;
                for arm in self.code.values(arms) {
                    let mark = self.bindings.len();
                    self.pattern(arm.pattern, ty, false);
                    if let Some(guard) = arm.guard {
                        self.expression(guard, None);
                    }
                    let value = self.expression(arm.value, expected);
                    result = self.join(result, value);
                    self.bindings.truncate(mark);
                }
                result
            }
            Expr::While { condition, body } => {
                let mark = self.bindings.len();
                self.expression(condition, None);
                self.in_loop(|this| this.expression(body, None));
                self.bindings.truncate(mark);
                Store::UNIT
            }
            Expr::For { pattern, values, body } => {
                let ty = self.expression(values, None);
                let item = self.element_of(ty);
                let mark = self.bindings.len();
                self.pattern(pattern, item, false);
                self.in_loop(|this| this.expression(body, None));
                self.bindings.truncate(mark);
                Store::UNIT
            }
            Expr::Loop(body) => self.in_loop(|this| this.expression(body, None)),
            Expr::Return(value) => {
                if let (Some(value), Some(&output)) = (value, self.returns.last()) {
                    let ty = self.expression(value, Some(output));
                    self.coerce(ty, output);
                }
                Store::NEVER
            }
            Expr::Break(value) => {
                if let Some(value) = value {
                    let ty = self.expression(value, None);
                    if let Some(&outer) = self.breaks.last() {
                        self.coerce(ty, outer);
                    }
                }
                Store::NEVER
            }
            _ => Store::NEVER,
        }
    }

    /// The type of a loop, which is that of the values of its `break`s.
    fn in_loop(&mut self, walk: impl FnOnce(&mut Self) -> Ty) -> Ty {
        let value = self.store.var();
        self.breaks.push(value);
        walk(self);
        self.breaks.pop();
        value
    }

    /// A type written in the body.
    pub fn written(&mut self, ty: TypeId) -> Ty {
        let env = std::mem::take(&mut self.env);
        let lowered = self.lower(self.place, &env, ty, Mode::Body);
        self.env = env;
        lowered
    }

    pub fn primitive(&mut self, key: Option<Key>) -> Ty {
        key.map_or(Store::UNKNOWN, |key| self.store.named(key, &[]))
    }

    fn reference_to(&mut self, key: Option<Key>) -> Ty {
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

    fn block(
        &mut self,
        kind: BlockKind,
        statements: List<Statement>,
        value: Option<ExprId>,
        expected: Option<Ty>,
    ) -> Ty {
        match kind {
            BlockKind::Plain => self.statements(statements, value, expected),
            BlockKind::Labelled => {
                let outer = self.store.var();
                self.breaks.push(outer);
                let ty = self.statements(statements, value, expected);
                self.breaks.pop();
                self.join(ty, outer)
            }
            BlockKind::Async => {
                let output = self.store.var();
                self.returns.push(output);
                let breaks = std::mem::take(&mut self.breaks);
                let ty = self.statements(statements, value, None);
                self.coerce(ty, output);
                self.breaks = breaks;
                self.returns.pop();
                self.future(output)
            }
            BlockKind::Try => {
                self.statements(statements, value, None);
                expected.unwrap_or(Store::UNKNOWN)
            }
        }
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

    fn statements(&mut self, all: List<Statement>, value: Option<ExprId>, expected: Option<Ty>) -> Ty {
        let mark = self.bindings.len();
        let mut is_left = false;
        for statement in self.code.values(all) {
            is_left |= self.statement(statement);
        }
        let ty = match value {
            Some(value) => self.expression(value, expected),
            None if is_left => Store::NEVER,
            None => Store::UNIT,
        };
        self.bindings.truncate(mark);
        ty
    }

    /// Returns whether nothing after the statement is executed.
    fn statement(&mut self, statement: Statement) -> bool {
        let Some(pattern) = statement.pattern else {
            let ty = statement.value.map(|value| self.expression(value, None));
            return ty.is_some_and(|ty| matches!(self.store.kind(ty), Kind::Never));
        };
        let written = statement.ty.map(|ty| self.written(ty));
        let value = statement.value.map(|value| self.expression(value, written));
        let ty = match (written, value) {
            (Some(written), Some(value)) => {
                self.coerce(value, written);
                self.settle();
                written
            }
            (Some(ty), None) | (None, Some(ty)) => ty,
            (None, None) => self.store.var(),
        };
        if let Some(otherwise) = statement.otherwise {
            self.expression(otherwise, None);
        }
        self.pattern(pattern, ty, false);
        false
    }

    /// The type of two alternatives.
    fn join(&mut self, first: Ty, second: Ty) -> Ty {
        match (self.store.kind(first), self.store.kind(second)) {
            (Kind::Never, _) => second,
            (_, Kind::Never) => first,
            (Kind::Unknown, _) => second,
            (Kind::Number, Kind::Named(Key::Primitive(_), _)) => second,
            _ => {
                self.coerce(second, first);
                first
            }
        }
    }

    /// Learns what follows from the use of a value of the first type where the second is expected
    /// (the Rust Reference, "Type coercions").
    pub fn coerce(&mut self, from: Ty, to: Ty) {
        let (from, to) = (self.store.shallow(from), self.store.shallow(to));
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

    /// A closure, whose parameters may follow from the type that is expected.
    fn closure(
        &mut self,
        (parameters, output, body, is_async): (List<Parameter>, Option<TypeId>, ExprId, bool),
        expected: Option<Ty>,
    ) -> Ty {
        let wanted = expected.and_then(|ty| self.expected_function(ty));
        let (params, result) = match &wanted {
            Some((params, result)) => (&params[..], Some(*result)),
            None => (&[][..], None),
        };
        let mark = self.bindings.len();
        let mut types: SmallVec<[Ty; 4]> = SmallVec::new();
        for (at, parameter) in self.code.values(parameters).enumerate() {
            let wanted = params.get(at).copied();
            let ty = match parameter.ty.map(|ty| self.written(ty)) {
                Some(ty) => {
                    if let Some(wanted) = wanted {
                        self.store.unify(wanted, ty);
                    }
                    ty
                }
                None => wanted.unwrap_or_else(|| self.store.var()),
            };
            self.pattern(parameter.pattern, ty, false);
            types.push(ty);
        }
        let output = output.map(|output| self.written(output));
        let own = output.or(result.filter(|_| !is_async)).unwrap_or_else(|| self.store.var());
        self.returns.push(own);
        let breaks = std::mem::take(&mut self.breaks);
        let value = self.expression(body, Some(own));
        self.coerce(value, own);
        self.breaks = breaks;
        self.returns.pop();
        self.bindings.truncate(mark);
        let output = if is_async { self.future(own) } else { own };
        if let Some(result) = result {
            self.coerce(output, result);
        }
        let args = self.store.args(&types);
        self.store.add(Kind::Function(args, output))
    }

    /// The parameters and the result of the function that is expected.
    fn expected_function(&mut self, ty: Ty) -> Option<(SmallVec<[Ty; 4]>, Ty)> {
        let mut ty = self.store.shallow(ty);
        // A closure in a `Box` is expected to be what the box holds.
        if let Kind::Reference(of) = self.store.kind(ty) {
            ty = self.store.shallow(of);
        }
        if let Some(found) = self.function_of(ty) {
            return Some(found);
        }
        if !self.store.is_var(ty) {
            return None;
        }
        let required = self.pending.iter().rev().find_map(|pending| match *pending {
            super::select::Pending::Trait(of, of_trait)
                if self.store.shallow(of) == ty && self.world.lang.is_function(of_trait.key) =>
            {
                Some(of_trait)
            }
            _ => None,
        })?;
        let args = self.store.arg(required.args, 0)?;
        let Kind::Tuple(params) = self.store.kind(args) else { return None };
        let params: SmallVec<[Ty; 4]> = self.store.args_of(params).into();
        let output = self.world.lang.output.and_then(|name| self.store.item(required.items, name));
        let output = output.unwrap_or_else(|| self.store.var());
        Some((params, output))
    }

    /// The type of a macro call.
    fn macro_call(&mut self, path: PathId, arguments: List<ExprId>) -> Ty {
        let code = self.code;
        let name = code.values(code.paths[path].segments).last();
        let names = &self.world.tables.instances[self.place.instance].facts.names;
        let lang = &self.world.lang;
        match name.map_or("", |name| names.text(name)) {
            "vec" => {
                let of = self.elements(arguments, None);
                return self.item(lang.vec, &[of]);
            }
            "dbg" if arguments.len == 1 => {
                let value = code.values(arguments).next();
                return value.map_or(Store::UNIT, |value| self.expression(value, None));
            }
            "ready" => {
                let value = code.values(arguments).next();
                let ty = value.map_or(Store::UNKNOWN, |value| self.expression(value, None));
                return match self.store.kind(ty) {
                    Kind::Named(_, args) => self.store.arg(args, 0).unwrap_or(Store::UNKNOWN),
                    _ => Store::UNKNOWN,
                };
            }
            _ => {}
        }
        for value in code.values(arguments) {
            self.expression(value, None);
        }
        self.result_of_macro(name.map_or("", |name| names.text(name)))
    }

    fn result_of_macro(&mut self, name: &str) -> Ty {
        let lang = &self.world.lang;
        match name {
            "format" => self.item(lang.string, &[]),
            "matches" | "cfg" => self.primitive(lang.bool_),
            "panic" | "todo" | "unreachable" | "unimplemented" | "bail" | "compile_error" => Store::NEVER,
            "concat" | "stringify" | "env" | "include_str" | "file" | "module_path" => {
                self.reference_to(lang.str_)
            }
            "format_args" => self.item(lang.arguments, &[]),
            "write" | "writeln" => {
                let error = self.store.var();
                self.item(lang.result, &[Store::UNIT, error])
            }
            "assert" | "assert_eq" | "assert_ne" | "debug_assert" | "debug_assert_eq" | "debug_assert_ne"
            | "print" | "println" | "eprint" | "eprintln" => Store::UNIT,
            _ => Store::UNKNOWN,
        }
    }

    /// Whether a path is a single plain name.
    pub fn single(&self, path: PathId) -> Option<crate::base::name::Name> {
        let of = self.code.paths[path];
        let mut all = self.code.values(of.segments);
        let first = all.next().filter(|_| of.start == PathStart::Plain && of.arguments.is_empty())?;
        all.next().is_none().then_some(first)
    }
}
