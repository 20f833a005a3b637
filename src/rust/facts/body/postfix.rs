//! Calls, fields, methods, indices and `?`: the parts of an expression after its operand.

use crate::{
    base::span::Span,
    rust::facts::model::code::{Expr, ExprId, List, MemberId},
};

use super::{LexemeKind, Unsure, Walked, Walker, Word, literal::is_number};

impl Walker<'_, '_> {
    /// Calls, fields, methods, indices and `?` after an operand.
    pub fn trailers(&mut self, mut operand: ExprId) -> Walked<ExprId> {
        loop {
            let form = match self.kind() {
                LexemeKind::Open(b'(') => Expr::Call { callee: operand, arguments: self.arguments()? },
                LexemeKind::Open(b'[') => {
                    Expr::Index { base: operand, index: self.group(b'[', |this| this.expression(true))? }
                }
                LexemeKind::Punct(b'?', _) => {
                    self.ex.complexity.on_question();
                    self.at += 1;
                    Expr::Try(operand)
                }
                LexemeKind::Punct(b'.', _) if !self.is_punct(b"..") => {
                    self.at += 1;
                    self.member(operand)?
                }
                _ => return Ok(operand),
            };
            operand = self.ex.new_expr(form);
        }
    }

    fn member(&mut self, operand: ExprId) -> Walked<Expr> {
        match self.kind() {
            LexemeKind::Ident => self.named_member(operand),
            LexemeKind::Word(Word::Await) => {
                self.at += 1;
                Ok(Expr::Await(operand))
            }
            LexemeKind::Integer => {
                self.expect(self.is_index(self.at), 1)?;
                Ok(Expr::Field { base: operand, member: self.field_name(self.at - 1) })
            }
            LexemeKind::Float => self.two_fields(operand),
            _ => Err(Unsure),
        }
    }

    /// A field or a method.
    fn named_member(&mut self, operand: ExprId) -> Walked<Expr> {
        let token = self.at;
        self.at += 1;
        let mut types = List::default();
        if self.take_punct(b"::") {
            types = self.generic_arguments()?.0.types;
            self.expect(self.kind() == LexemeKind::Open(b'('), 0)?;
        } else if self.kind() != LexemeKind::Open(b'(') {
            return Ok(Expr::Field { base: operand, member: self.field_name(token) });
        }
        let (name, span) = (self.name(token), self.span(token));
        let member = self.ex.new_member(name, span, types);
        Ok(Expr::Method { receiver: operand, member, arguments: self.arguments()? })
    }

    /// The fields of `x.0.1`: the lexer reads `0.1` as one number with a point.
    fn two_fields(&mut self, operand: ExprId) -> Walked<Expr> {
        let (token, whole) = (self.at, self.tokens[self.at].span());
        let parts = self.token_text(token).split_once('.');
        let (first, second) = parts.filter(|(a, b)| is_number(a) && is_number(b)).ok_or(Unsure)?;
        let (first, second, width) = (first.parse(), second.parse(), first.len() as u32);
        self.at += 1;
        let (mut left, mut right) = (whole, whole);
        left.end.column = whole.start.column + width;
        right.start.column = left.end.column + 1;
        let member = self.numbered(first.map_err(|_| Unsure)?, left);
        let base = self.ex.new_expr(Expr::Field { base: operand, member });
        Ok(Expr::Field { base, member: self.numbered(second.map_err(|_| Unsure)?, right) })
    }

    fn numbered(&mut self, number: u32, span: Span) -> MemberId {
        let (name, span) = (self.ex.number(number), self.ex.origins.placed(span));
        self.ex.new_member(name, span, List::default())
    }

    /// A call's arguments.
    pub fn arguments(&mut self) -> Walked<List<ExprId>> {
        self.group(b'(', |this| this.entries(|this| this.expression(true)))
    }
}
