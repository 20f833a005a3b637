//! Binary operators. The operands are walked in the order of the text; an operator waits until one
//! that binds less follows.

use smallvec::SmallVec;

use crate::rust::facts::{
    model::code::{self, Expr, ExprId, TypeId},
    walk::complexity::Operator,
};

use super::{LexemeKind, Unsure, Walked, Walker, Word};

/// The precedence of operators, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precedence {
    Assign,
    Range,
    Or,
    And,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Product,
    Cast,
}

/// An operator whose right operand is not complete.
struct Pending {
    level: Precedence,
    left: ExprId,
    operator: Pended,
}

/// The expression that an operator makes of its operands.
enum Pended {
    Binary(code::Operator),
    Assign,
    Range { is_closed: bool },
}

/// An operator as written: its precedence and its number of tokens.
type Spelled = (Precedence, usize);

/// The sequence of `&&` and `||` to which the operators of an expression belong
/// ([`crate::rust::facts::walk::complexity`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// A sequence of their own.
    Own,
    /// The sequence of the operator next to the parentheses around them.
    Joined,
}

impl Walker<'_, '_> {
    /// Operands, and operators whose precedence is at least `lowest`.
    pub fn chain(&mut self, structs: bool, lowest: Precedence, chain: Chain) -> Walked<ExprId> {
        let is_side = self.is_first_side(lowest, chain);
        let first = self.operand(structs, is_side)?;
        self.operators(structs, lowest, first, chain)
    }

    /// The operators after an operand, and their operands. A range cannot be an operand.
    pub fn operators(
        &mut self,
        structs: bool,
        mut lowest: Precedence,
        first: (ExprId, bool),
        chain: Chain,
    ) -> Walked<ExprId> {
        let (mut operand, mut is_range) = first;
        let mut pending: SmallVec<[Pending; 3]> = SmallVec::new();
        let mut is_compared = false;
        while !is_range {
            let Some((level, width)) = self.operator()? else { break };
            if level < lowest {
                break;
            }
            if level == Precedence::Compare && is_compared {
                return Err(Unsure); // comparisons cannot be chained
            }
            is_compared = level == Precedence::Compare || (is_compared && level > Precedence::Compare);
            operand = self.reduce(&mut pending, level, operand);
            let operator = self.pended(level);
            if level == Precedence::Range {
                self.separate(chain)?;
                lowest = Precedence::Or;
                if !self.take_range(structs) {
                    operand = self.range(operand, None, &operator);
                    break;
                }
            } else {
                self.at += width;
            }
            let is_lazy = self.note_operator(level, chain)?;
            if level == Precedence::Cast {
                let ty = self.cast_type()?;
                operand = self.ex.new_expr(Expr::Cast { operand, ty });
            } else {
                pending.push(Pending { level, left: operand, operator });
                let is_side = is_lazy && self.is_side(self.at, true);
                (operand, is_range) = self.operand(structs, is_side)?;
            }
        }
        while let Some(last) = pending.pop() {
            operand = self.complete(&last, operand);
        }
        Ok(operand)
    }

    /// Completes the operators that bind at least as much as the next one, which is of `level`. An
    /// assignment binds to the right.
    fn reduce(
        &mut self,
        pending: &mut SmallVec<[Pending; 3]>,
        level: Precedence,
        mut operand: ExprId,
    ) -> ExprId {
        let binds =
            |last: &Pending| last.level > level || (last.level == level && level != Precedence::Assign);
        while let Some(last) = pending.last()
            && binds(last)
        {
            operand = self.complete(last, operand);
            pending.pop();
        }
        operand
    }

    fn complete(&mut self, last: &Pending, right: ExprId) -> ExprId {
        let left = last.left;
        match last.operator {
            Pended::Binary(operator) => self.ex.new_expr(Expr::Binary { operator, left, right }),
            Pended::Assign => self.ex.new_expr(Expr::Assign { left, right }),
            Pended::Range { .. } => self.range(left, Some(right), &last.operator),
        }
    }

    fn range(&mut self, from: ExprId, to: Option<ExprId>, operator: &Pended) -> ExprId {
        let is_closed = matches!(operator, Pended::Range { is_closed: true });
        self.ex.new_expr(Expr::Range { from: Some(from), to, is_closed })
    }

    /// The operator of that precedence at the present token.
    fn pended(&self, level: Precedence) -> Pended {
        use code::Operator as O;
        Pended::Binary(match level {
            Precedence::Assign => return Pended::Assign,
            Precedence::Range => return Pended::Range { is_closed: self.is_punct(b"..=") },
            Precedence::Or | Precedence::And => O::Lazy,
            Precedence::Compare | Precedence::Cast => O::Comparison,
            Precedence::BitOr | Precedence::BitXor | Precedence::BitAnd => O::Bit,
            Precedence::Shift => O::Shift,
            Precedence::Sum if self.is_punct(b"+") => O::Add,
            Precedence::Sum => O::Subtract,
            Precedence::Product if self.is_punct(b"*") => O::Multiply,
            Precedence::Product if self.is_punct(b"/") => O::Divide,
            Precedence::Product => O::Remainder,
        })
    }

    /// Counts an `&&` or `||`. Returns whether the operator is one of them.
    fn note_operator(&mut self, level: Precedence, chain: Chain) -> Walked<bool> {
        match level {
            Precedence::And => self.ex.complexity.on_operator(Operator::And),
            Precedence::Or => self.ex.complexity.on_operator(Operator::Or),
            Precedence::Assign => {
                self.separate(chain)?;
                return Ok(false);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Makes the operators that follow start a sequence of their own.
    fn separate(&mut self, chain: Chain) -> Walked {
        self.ex.complexity.pause();
        self.expect(chain == Chain::Own, 0)
    }

    /// An operand, and whether it is a range. With `is_side`, the operand is in parentheses, and its
    /// operators continue the sequence around them.
    fn operand(&mut self, structs: bool, is_side: bool) -> Walked<(ExprId, bool)> {
        if is_side {
            let inner = self.group(b'(', |this| {
                if this.is_end() {
                    return Ok(this.ex.new_expr(Expr::Tuple(code::List::default())));
                }
                this.chain(true, Precedence::Assign, Chain::Joined)
            })?;
            return Ok((inner, false));
        }
        let sequence = self.ex.complexity.pause();
        let operand = self.unary(structs)?;
        self.ex.complexity.resume(sequence);
        Ok(operand)
    }

    /// Whether the first operand of a chain is in parentheses that do not interrupt a sequence of
    /// `&&` and `||`.
    fn is_first_side(&self, lowest: Precedence, chain: Chain) -> bool {
        lowest <= Precedence::Or && self.is_side(self.at, chain == Chain::Joined)
    }

    /// Whether an operand that consists of parentheses alone is a side of `&&` or `||`: of the
    /// operator before it, or else of the one after it.
    fn is_side(&self, at: usize, follows: bool) -> bool {
        if self.kind_at(at) != LexemeKind::Open(b'(') {
            return false;
        }
        let behind = self.partner(at) + 1;
        match self.operator_at(behind) {
            Ok(Some((level, _))) => {
                matches!(level, Precedence::And | Precedence::Or) || (follows && level < Precedence::Or)
            }
            Ok(None) => follows && !self.is_trailer(behind),
            Err(Unsure) => false,
        }
    }

    fn is_trailer(&self, at: usize) -> bool {
        matches!(self.kind_at(at), LexemeKind::Open(b'(' | b'[') | LexemeKind::Punct(b'.' | b'?', _))
    }

    fn cast_type(&mut self) -> Walked<TypeId> {
        let ty = self.type_(false)?;
        let is_member = self.is_punct(b".") && !self.is_punct(b"..");
        let is_trailer = matches!(self.kind(), LexemeKind::Open(b'(' | b'[')) || self.is_punct(b"?");
        if is_member || is_trailer { Err(Unsure) } else { Ok(ty) }
    }

    /// Takes a `..` or `..=`. Returns whether the range has an end.
    pub fn take_range(&mut self, structs: bool) -> bool {
        if self.is_punct(b"..=") {
            self.at += 3;
            return true;
        }
        self.at += 2;
        !self.ends_range(structs)
    }

    /// Whether the token after a `..` shows that the range has no end.
    fn ends_range(&self, structs: bool) -> bool {
        match self.kind() {
            LexemeKind::Close(_) | LexemeKind::End | LexemeKind::Word(Word::As) => true,
            LexemeKind::Open(b'{') => !structs,
            LexemeKind::Punct(b'.', _) => !self.is_punct(b".."),
            LexemeKind::Punct(b',' | b';' | b'?' | b'=' | b'+' | b'/' | b'%' | b'^' | b'>', _) => true,
            LexemeKind::Punct(b'<' | b'!' | b'-' | b'*' | b'&' | b'|', true) => {
                self.is_punct_at(self.at + 1, b"=") || self.is_punct(b"<<=")
            }
            _ => false,
        }
    }

    fn operator(&self) -> Walked<Option<Spelled>> {
        self.operator_at(self.at)
    }

    /// The operator at `at`.
    fn operator_at(&self, at: usize) -> Walked<Option<Spelled>> {
        let LexemeKind::Punct(byte, joint) = self.kind_at(at) else {
            return Ok((self.kind_at(at) == LexemeKind::Word(Word::As)).then_some((Precedence::Cast, 1)));
        };
        let (second, joint) = match (joint, self.kind_at(at + 1)) {
            (true, LexemeKind::Punct(second, joint)) => (second, joint),
            _ => (b' ', false),
        };
        let third = match (joint, self.kind_at(at + 2)) {
            (true, LexemeKind::Punct(third, _)) => third,
            _ => b' ',
        };
        Ok(Some(match (byte, second, third) {
            (b'<', b'<', b'=') | (b'>', b'>', b'=') => (Precedence::Assign, 3),
            (b'<', b'<', _) | (b'>', b'>', _) => (Precedence::Shift, 2),
            (b'<', b'-', _) => return Err(Unsure),
            (b'<' | b'>' | b'=' | b'!', b'=', _) => (Precedence::Compare, 2),
            (b'<' | b'>', ..) => (Precedence::Compare, 1),
            (b'=', b'>', _) | (b'-', b'>', _) | (b'!', ..) => return Ok(None),
            (b'=', ..) => (Precedence::Assign, 1),
            (b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'&' | b'|', b'=', _) => (Precedence::Assign, 2),
            (b'&', b'&', _) => (Precedence::And, 2),
            (b'|', b'|', _) => (Precedence::Or, 2),
            (b'+' | b'-', ..) => (Precedence::Sum, 1),
            (b'*' | b'/' | b'%', ..) => (Precedence::Product, 1),
            (b'^', ..) => (Precedence::BitXor, 1),
            (b'&', ..) => (Precedence::BitAnd, 1),
            (b'|', ..) => (Precedence::BitOr, 1),
            (b'.', b'.', b'.') => return Err(Unsure),
            (b'.', b'.', _) => (Precedence::Range, 2),
            _ => return Ok(None),
        }))
    }
}
