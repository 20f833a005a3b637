//! Patterns, and the names that they bind.

use crate::rust::facts::{Namespaces, ReferenceKind, walk::locals::Meaning};

use super::{
    LexemeKind, Unsure, Walked, Walker, Word,
    paths::{Segment, Style, WrittenPath},
};

impl Walker<'_, '_> {
    /// Patterns separated by `|`, and perhaps with a leading `|`.
    pub fn patterns(&mut self) -> Walked {
        let is_or = |this: &Self| this.is_punct(b"|") && !this.is_punct(b"||") && !this.is_punct(b"|=");
        self.take_punct(b"|");
        self.pattern()?;
        while is_or(self) {
            self.at += 1;
            self.pattern()?;
        }
        Ok(())
    }

    /// One pattern.
    pub fn pattern(&mut self) -> Walked {
        self.half_open = false;
        match self.kind() {
            LexemeKind::Ident if !self.is_path_pattern() => self.binding(),
            LexemeKind::Word(Word::SelfValue) if !self.is_punct_at(self.at + 1, b"::") => Err(Unsure),
            LexemeKind::Word(Word::Ref | Word::Mut) => self.binding(),
            LexemeKind::Word(Word::Underscore) => self.expect(true, 1),
            LexemeKind::Punct(b'<', _) => {
                self.qualified_path(Style::Expression)?;
                if self.is_punct(b"..") || matches!(self.kind(), LexemeKind::Open(_)) {
                    Err(Unsure)
                } else {
                    Ok(())
                }
            }
            _ if self.is_path() => self.path_pattern(),
            LexemeKind::Literal | LexemeKind::Integer | LexemeKind::Float | LexemeKind::Punct(b'-', _) => {
                self.literal_pattern()
            }
            LexemeKind::Punct(b'&', _) => {
                self.at += 1;
                self.take_word(Word::Mut);
                self.pattern()
            }
            LexemeKind::Open(b'(') => self.group(b'(', |this| this.list(Self::patterns)),
            LexemeKind::Open(b'[') => self.group(b'[', |this| this.list(Self::slice_element)),
            LexemeKind::Punct(b'.', _) if self.is_punct(b"..") && !self.is_punct(b"...") => {
                self.rest_or_range()
            }
            _ => Err(Unsure),
        }
    }

    fn is_path_pattern(&self) -> bool {
        let next = self.at + 1;
        matches!(self.kind_at(next), LexemeKind::Open(b'{' | b'(') | LexemeKind::Punct(b'!', _))
            || self.is_punct_at(next, b"::")
            || self.is_punct_at(next, b"..")
    }

    fn slice_element(&mut self) -> Walked {
        self.patterns()?;
        if self.half_open { Err(Unsure) } else { Ok(()) }
    }

    /// `ref mut name @ pattern`: a constant if one of that name exists, else a binding.
    fn binding(&mut self) -> Walked {
        let is_marked = self.take_word(Word::Ref) | self.take_word(Word::Mut);
        let token = self.at;
        self.expect(self.kind() == LexemeKind::Ident, 1)?;
        if self.take_punct(b"@") {
            self.pattern()?;
            self.bind_plainly(token);
        } else if is_marked {
            self.bind_plainly(token);
        } else {
            let path = self.single(token);
            let reference = self.plain_path(&path, 1, Namespaces::VALUES, ReferenceKind::Binding);
            let name = self.name(token);
            self.ex.bind_name(name, reference);
        }
        Ok(())
    }

    /// The path that consists of one name.
    pub fn single(&self, token: usize) -> WrittenPath {
        let segment = Segment { token, arguments: None };
        WrittenPath { global: false, segments: [segment].into_iter().collect(), end: token + 1 }
    }

    fn bind_plainly(&mut self, token: usize) {
        let name = self.name(token);
        self.ex.locals.value(name, Meaning::Local(None));
    }

    /// A constant, a unit, a tuple or a struct by its path, a range that starts with a constant, or
    /// a macro invocation.
    fn path_pattern(&mut self) -> Walked {
        let path = self.read_path(Style::Expression)?;
        if self.is_punct(b"!") && !self.is_punct(b"!=") && path.has_no_arguments() {
            return self.invocation(&path);
        }
        match self.kind() {
            LexemeKind::Open(b'{') => {
                self.path(&path, Namespaces::TYPES)?;
                self.group(b'{', Self::field_patterns)
            }
            LexemeKind::Open(b'(') => {
                self.path(&path, Namespaces::VALUES)?;
                self.group(b'(', |this| this.list(Self::patterns))
            }
            _ => {
                self.path(&path, Namespaces::VALUES)?;
                self.range_end()
            }
        }
    }

    fn field_patterns(&mut self) -> Walked {
        while !self.is_end() {
            if self.take_punct(b"..") {
                return self.expect(self.is_end(), 0);
            }
            self.field_pattern()?;
            if self.is_end() {
                break;
            }
            self.expect_punct(b",")?;
        }
        Ok(())
    }

    fn field_pattern(&mut self) -> Walked {
        let is_marked = self.take_word(Word::Ref) | self.take_word(Word::Mut);
        let token = self.at;
        self.expect(self.kind() == LexemeKind::Ident || (!is_marked && self.is_index(token)), 1)?;
        if !is_marked && self.is_punct(b":") && !self.is_punct(b"::") {
            self.at += 1;
            return self.patterns();
        }
        self.expect(self.kind_at(token) == LexemeKind::Ident, 0)?;
        self.bind_plainly(token);
        Ok(())
    }

    /// A literal, or a range that starts with one.
    fn literal_pattern(&mut self) -> Walked {
        self.literal_bound()?;
        self.range_end()
    }

    fn literal_bound(&mut self) -> Walked {
        if self.take_punct(b"-") {
            return self.expect(matches!(self.kind(), LexemeKind::Integer | LexemeKind::Float), 1);
        }
        self.expect(matches!(self.kind(), LexemeKind::Literal | LexemeKind::Integer | LexemeKind::Float), 1)
    }

    /// `..` alone, or with the end of a range.
    fn rest_or_range(&mut self) -> Walked {
        let is_closed = self.is_punct(b"..=");
        self.at += if is_closed { 3 } else { 2 };
        let has_end = self.range_bound()?;
        self.half_open = has_end;
        if is_closed && !has_end { Err(Unsure) } else { Ok(()) }
    }

    /// The `..` and the end of a range whose start was read, if they follow.
    fn range_end(&mut self) -> Walked {
        if !self.is_punct(b"..") {
            return Ok(());
        }
        let is_closed = self.is_punct(b"..=") || self.is_punct(b"...");
        self.at += if is_closed { 3 } else { 2 };
        let has_end = self.range_bound()?;
        self.half_open = !has_end;
        if is_closed && !has_end { Err(Unsure) } else { Ok(()) }
    }

    /// The upper bound of a range. Returns whether there is one.
    fn range_bound(&mut self) -> Walked<bool> {
        let is_colon = self.is_punct(b":") && !self.is_punct(b"::");
        if self.is_end() || is_colon || self.is_word(Word::If) {
            return Ok(false);
        }
        if matches!(self.kind(), LexemeKind::Punct(b'|' | b'=' | b',' | b';', _)) {
            return Ok(false);
        }
        if self.is_path() {
            let path = self.read_path(Style::Expression)?;
            self.path(&path, Namespaces::VALUES)?;
        } else {
            self.literal_bound()?;
        }
        Ok(true)
    }
}
