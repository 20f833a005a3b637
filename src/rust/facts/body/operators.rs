//! Binary operators. Of precedence, only what decides where an expression ends, and what the parser
//! refuses, is kept: the operands are walked in the text's order whichever binds first.

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
    /// Bits and arithmetic.
    Tight,
    Cast,
}

/// An operator as it is written: its level and how many tokens it has.
type Spelled = (Precedence, usize);

/// The owner of the sequence of `&&` and `||` that the operators of an expression belong to
/// ([`crate::rust::facts::walk::complexity`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// Their own.
    Own,
    /// That of the operator next to the parentheses around them.
    Joined,
}

impl Walker<'_, '_> {
    /// Operands and operators that bind at least as `lowest`.
    pub fn chain(&mut self, structs: bool, lowest: Precedence, chain: Chain) -> Walked {
        let is_side = self.is_first_side(lowest, chain);
        let is_range = self.operand(structs, is_side)?;
        self.operators(structs, lowest, is_range, chain)
    }

    /// The operators behind an operand, and their operands. A range is no operand.
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

    /// Counts `&&` and `||`. Returns whether it is one of them.
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

    /// The operators that follow make sequences of their own.
    fn separate(&mut self, chain: Chain) -> Walked {
        self.ex.complexity.pause();
        self.expect(chain == Chain::Own, 0)
    }

    /// An operand; `is_side` if it is in parentheses, and its operators go on with the sequence
    /// around them.
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

    /// Whether the first operand of a chain is in parentheses that count for nothing in a sequence
    /// of `&&` and `||`.
    fn is_first_side(&self, lowest: Precedence, chain: Chain) -> bool {
        lowest <= Precedence::Or && self.is_side(self.at, chain == Chain::Joined)
    }

    /// Whether an operand in parentheses, and nothing but that, is a side of `&&` or `||`: of the
    /// one before it, or else of the one behind it.
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

    /// Takes a `..` or `..=`. Returns whether it has an end.
    pub fn take_range(&mut self, structs: bool) -> bool {
        if self.is_punct(b"..=") {
            self.at += 3;
            return true;
        }
        self.at += 2;
        !self.ends_range(structs)
    }

    /// Whether what follows a `..` shows that it has no end.
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

    /// The operator that stands at `at`.
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
