//! Binary operators. Of precedence, only what decides where an expression ends, and what the parser refuses, is kept: the
//! operands are walked in the text's order whichever binds first.

use super::{Kind, Unsure, Walked, Walker, Word};

/// How strongly operators bind, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Assign,
    Range,
    Or,
    And,
    Compare,
    /// Bits and arithmetic.
    Tight,
    Cast,
}

/// An operator: its level and how many tokens it has.
type Operator = (Level, usize);

impl Walker<'_, '_> {
    /// The operators behind an operand that bind at least as `lowest`, and their operands. A range is no operand.
    pub fn operators(&mut self, structs: bool, mut lowest: Level, is_range: bool) -> Walked {
        let mut is_compared = false;
        let mut is_range = is_range;
        while !is_range {
            let Some((level, width)) = self.operator()? else { return Ok(()) };
            if level < lowest {
                return Ok(());
            }
            match level {
                Level::Cast => {
                    self.at += width;
                    self.cast_type()?;
                    continue;
                }
                Level::Range => {
                    if !self.take_range(structs) {
                        return Ok(());
                    }
                    lowest = Level::Or;
                }
                _ => self.at += width,
            }
            if level == Level::Compare && is_compared {
                return Err(Unsure); // comparisons cannot be chained
            }
            is_compared = level == Level::Compare || (is_compared && level > Level::Compare);
            is_range = self.unary(structs)?;
        }
        Ok(())
    }

    fn cast_type(&mut self) -> Walked {
        self.type_(false)?;
        let is_member = self.is_punct(b".") && !self.is_punct(b"..");
        let is_trailer = matches!(self.kind(), Kind::Open(b'(' | b'[')) || self.is_punct(b"?");
        if is_member || is_trailer { Err(Unsure) } else { Ok(()) }
    }

    /// Takes a `..` or `..=`: whether it has an end.
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
            Kind::Close(_) | Kind::End | Kind::Word(Word::As) => true,
            Kind::Open(b'{') => !structs,
            Kind::Punct(b'.', _) => !self.is_punct(b".."),
            Kind::Punct(b',' | b';' | b'?' | b'=' | b'+' | b'/' | b'%' | b'^' | b'>', _) => true,
            Kind::Punct(b'<' | b'!' | b'-' | b'*' | b'&' | b'|', true) => {
                self.is_punct_at(self.at + 1, b"=") || self.is_punct(b"<<=")
            }
            _ => false,
        }
    }

    /// The operator that stands here.
    fn operator(&self) -> Walked<Option<Operator>> {
        let Kind::Punct(byte, joint) = self.kind() else {
            return Ok(self.is_word(Word::As).then_some((Level::Cast, 1)));
        };
        let (second, joint) = match (joint, self.kind_at(self.at + 1)) {
            (true, Kind::Punct(second, joint)) => (second, joint),
            _ => (b' ', false),
        };
        let third = match (joint, self.kind_at(self.at + 2)) {
            (true, Kind::Punct(third, _)) => third,
            _ => b' ',
        };
        Ok(Some(match (byte, second, third) {
            (b'<', b'<', b'=') | (b'>', b'>', b'=') => (Level::Assign, 3),
            (b'<', b'<', _) | (b'>', b'>', _) => (Level::Tight, 2),
            (b'<', b'-', _) => return Err(Unsure),
            (b'<' | b'>' | b'=' | b'!', b'=', _) => (Level::Compare, 2),
            (b'<' | b'>', ..) => (Level::Compare, 1),
            (b'=', b'>', _) | (b'-', b'>', _) | (b'!', ..) => return Ok(None),
            (b'=', ..) => (Level::Assign, 1),
            (b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'&' | b'|', b'=', _) => (Level::Assign, 2),
            (b'&', b'&', _) => (Level::And, 2),
            (b'|', b'|', _) => (Level::Or, 2),
            (b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'&' | b'|', ..) => (Level::Tight, 1),
            (b'.', b'.', b'.') => return Err(Unsure),
            (b'.', b'.', _) => (Level::Range, 2),
            _ => return Ok(None),
        }))
    }
}
