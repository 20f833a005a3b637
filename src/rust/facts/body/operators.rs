//! Binary operators. Precedence is kept only as far as it decides the end of an expression and the
//! expressions that the parser refuses: the operands are walked in the order of the text in any
//! case.

use crate::rust::facts::walk::complexity::Operator;

use super::{LexemeKind, Unsure, Walked, Walker, Word};

/// The precedence of operators, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precedence {
    Assign,
    Range,
    Or,
    And,
    Compare,
    /// Bitwise and arithmetic operators.
    Tight,
    Cast,
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
    pub fn chain(&mut self, structs: bool, lowest: Precedence, chain: Chain) -> Walked {
        let is_side = self.is_first_side(lowest, chain);
        let is_range = self.operand(structs, is_side)?;
        self.operators(structs, lowest, is_range, chain)
    }

    /// The operators after an operand, and their operands. A range cannot be an operand.
    pub fn operators(
        &mut self,
        structs: bool,
        mut lowest: Precedence,
        mut is_range: bool,
        chain: Chain,
    ) -> Walked {
        let mut is_compared = false;
        while !is_range {
            let Some((level, width)) = self.operator()? else { return Ok(()) };
            if level < lowest {
                return Ok(());
            }
            if level == Precedence::Compare && is_compared {
                return Err(Unsure); // comparisons cannot be chained
            }
            is_compared = level == Precedence::Compare || (is_compared && level > Precedence::Compare);
            if level == Precedence::Range {
                self.separate(chain)?;
                lowest = Precedence::Or;
                if !self.take_range(structs) {
                    return Ok(());
                }
            } else {
                self.at += width;
            }
            let is_lazy = self.note_operator(level, chain)?;
            if level == Precedence::Cast {
                self.cast_type()?;
            } else {
                let is_side = is_lazy && self.is_side(self.at, true);
                is_range = self.operand(structs, is_side)?;
            }
        }
        Ok(())
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

    /// An operand. With `is_side`, the operand is in parentheses, and its operators continue the
    /// sequence around them.
    fn operand(&mut self, structs: bool, is_side: bool) -> Walked<bool> {
        if is_side {
            self.group(b'(', |this| {
                if this.is_end() { Ok(()) } else { this.chain(true, Precedence::Assign, Chain::Joined) }
            })?;
            return Ok(false);
        }
        let sequence = self.ex.complexity.pause();
        let is_range = self.unary(structs)?;
        self.ex.complexity.resume(sequence);
        Ok(is_range)
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

    fn cast_type(&mut self) -> Walked {
        self.type_(false)?;
        let is_member = self.is_punct(b".") && !self.is_punct(b"..");
        let is_trailer = matches!(self.kind(), LexemeKind::Open(b'(' | b'[')) || self.is_punct(b"?");
        if is_member || is_trailer { Err(Unsure) } else { Ok(()) }
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
            (b'<', b'<', _) | (b'>', b'>', _) => (Precedence::Tight, 2),
            (b'<', b'-', _) => return Err(Unsure),
            (b'<' | b'>' | b'=' | b'!', b'=', _) => (Precedence::Compare, 2),
            (b'<' | b'>', ..) => (Precedence::Compare, 1),
            (b'=', b'>', _) | (b'-', b'>', _) | (b'!', ..) => return Ok(None),
            (b'=', ..) => (Precedence::Assign, 1),
            (b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'&' | b'|', b'=', _) => (Precedence::Assign, 2),
            (b'&', b'&', _) => (Precedence::And, 2),
            (b'|', b'|', _) => (Precedence::Or, 2),
            (b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'&' | b'|', ..) => (Precedence::Tight, 1),
            (b'.', b'.', b'.') => return Err(Unsure),
            (b'.', b'.', _) => (Precedence::Range, 2),
            _ => return Ok(None),
        }))
    }
}
