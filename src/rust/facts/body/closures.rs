//! Closures and `async` blocks.

use crate::rust::facts::model::code::{BlockKind, Expr, ExprId, List, Parameter};

use super::{LexemeKind, Walked, Walker, Word};

impl Walker<'_, '_> {
    /// `async { … }`, `async move { … }` or an `async` closure.
    pub fn future(&mut self, structs: bool) -> Walked<ExprId> {
        self.at += 1;
        self.take_word(Word::Move);
        if self.kind() == LexemeKind::Open(b'{') {
            return self.block_of(BlockKind::Async);
        }
        self.closure(structs, true)
    }

    /// A closure, from its `|` on.
    pub fn closure(&mut self, structs: bool, is_async: bool) -> Walked<ExprId> {
        self.expect_punct(b"|")?;
        let closure = self.scoped(|this| {
            let parameters = this.closure_parameters()?;
            let output = this.return_type(true)?;
            let body = match output {
                Some(_) => this.nested(Self::block)?,
                None => this.nested(|this| this.expression(structs))?,
            };
            Ok(Expr::Closure { parameters, output, body, is_async })
        })?;
        Ok(self.ex.new_expr(closure))
    }

    fn closure_parameters(&mut self) -> Walked<List<Parameter>> {
        let first = self.ex.entries.len();
        while !self.is_punct(b"|") {
            let pattern = self.pattern()?;
            let ty = self.type_after_colon()?;
            self.ex.entry(Parameter { pattern, ty });
            if !self.is_punct(b"|") {
                self.expect_punct(b",")?;
            }
        }
        self.at += 1;
        Ok(self.ex.list(first))
    }
}
