//! The expressions that decide what is executed, and the statements of blocks (the Rust Reference,
//! "Loops", "if expressions", "match expressions", "Block expressions").

use super::{
    inference::Inference,
    types::{Key, Kind, Store, Ty},
};
use crate::rust::facts::code::{BlockKind, Expr, ExprId, List, Statement};

impl Inference<'_> {
    /// The expressions that decide what is executed.
    pub fn control(&mut self, id: ExprId, expected: Option<Ty>) -> Ty {
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
}
