//! Patterns, and the names that they bind.

use crate::rust::facts::{
    FragmentKind, Namespaces, ReferenceKind,
    model::code::{FieldPattern, List, MemberId, Pat, PatId},
};

use super::{
    LexemeKind, Unsure, Walked, Walker, Word,
    paths::{Segment, Style, WrittenPath},
};

impl Walker<'_, '_> {
    /// Patterns separated by `|`, and perhaps with a leading `|`.
    pub fn patterns(&mut self) -> Walked<PatId> {
        let is_or = |this: &Self| this.is_punct(b"|") && !this.is_punct(b"||") && !this.is_punct(b"|=");
        self.take_punct(b"|");
        let only = self.pattern()?;
        if !is_or(self) {
            return Ok(only);
        }
        let first = self.ex.entries.len();
        self.ex.entry(only);
        while is_or(self) {
            self.at += 1;
            let next = self.pattern()?;
            self.ex.entry(next);
        }
        Ok(self.ex.alternatives(first))
    }

    /// One pattern.
    pub fn pattern(&mut self) -> Walked<PatId> {
        self.half_open = false;
        let form = match self.kind() {
            LexemeKind::Ident if !self.is_path_pattern() => return self.binding(),
            LexemeKind::Word(Word::SelfValue) if !self.is_punct_at(self.at + 1, b"::") => return Err(Unsure),
            LexemeKind::Word(Word::Ref | Word::Mut) => return self.binding(),
            LexemeKind::Word(Word::Underscore) => {
                self.at += 1;
                Pat::Wild
            }
            LexemeKind::Punct(b'<', _) => {
                self.qualified_path(Style::Expression)?;
                if self.is_punct(b"..") || matches!(self.kind(), LexemeKind::Open(_)) {
                    return Err(Unsure);
                }
                Pat::Other
            }
            _ if self.is_path() => self.path_pattern()?,
            LexemeKind::Literal | LexemeKind::Integer | LexemeKind::Float | LexemeKind::Punct(b'-', _) => {
                self.literal_pattern()?;
                Pat::Other
            }
            LexemeKind::Punct(b'&', _) => {
                self.at += 1;
                self.take_word(Word::Mut);
                Pat::Reference(self.pattern()?)
            }
            LexemeKind::Open(b'(') => return self.tuple_pattern(),
            LexemeKind::Open(b'[') => Pat::Slice(self.group(b'[', |this| this.entries(Self::slice_element))?),
            LexemeKind::Punct(b'.', _) if self.is_punct(b"..") && !self.is_punct(b"...") => {
                self.rest_or_range()?
            }
            _ => return Err(Unsure),
        };
        Ok(self.ex.new_pat(form))
    }

    /// `(a, b)`, or a pattern in parentheses. `(..)` is a tuple.
    fn tuple_pattern(&mut self) -> Walked<PatId> {
        let elements = self.group(b'(', |this| this.elements(Self::patterns))?;
        let list = match elements {
            Ok(only) if self.ex.facts.code.pats[only] != Pat::Rest => return Ok(only),
            Ok(rest) => self.ex.facts.code.list([rest]),
            Err(list) => list,
        };
        Ok(self.ex.new_pat(Pat::Tuple(list)))
    }

    fn is_path_pattern(&self) -> bool {
        let next = self.at + 1;
        matches!(self.kind_at(next), LexemeKind::Open(b'{' | b'(') | LexemeKind::Punct(b'!', _))
            || self.is_punct_at(next, b"::")
            || self.is_punct_at(next, b"..")
    }

    fn slice_element(&mut self) -> Walked<PatId> {
        let element = self.patterns()?;
        if self.half_open { Err(Unsure) } else { Ok(element) }
    }

    /// `ref mut name @ pattern`: a constant if one of that name exists, else a binding.
    fn binding(&mut self) -> Walked<PatId> {
        let by_ref = self.take_word(Word::Ref);
        let is_marked = self.take_word(Word::Mut) || by_ref;
        let token = self.at;
        self.expect(self.kind() == LexemeKind::Ident, 1)?;
        if self.take_punct(b"@") {
            let sub = self.pattern()?;
            return Ok(self.bind_surely(token, by_ref, Some(sub)));
        }
        if is_marked {
            return Ok(self.bind_surely(token, by_ref, None));
        }
        let path = self.single(token);
        let reference = self.plain_path(&path, 1, Namespaces::VALUES, ReferenceKind::Binding);
        let name = self.name(token);
        let span = self.span(token);
        Ok(self.ex.bind_name(name, span, reference))
    }

    /// The path that consists of one name.
    pub fn single(&self, token: usize) -> WrittenPath {
        let segment = Segment { token, arguments: None };
        WrittenPath { global: false, segments: [segment].into_iter().collect(), end: token + 1 }
    }

    fn bind_surely(&mut self, token: usize, by_ref: bool, sub: Option<PatId>) -> PatId {
        let (name, span) = (self.name(token), self.span(token));
        self.ex.bind_surely(name, span, by_ref, sub)
    }

    /// A constant, a unit, a tuple or a struct by its path, a range that starts with a constant, or
    /// a macro invocation.
    fn path_pattern(&mut self) -> Walked<Pat> {
        let path = self.read_path(Style::Expression)?;
        if self.is_punct(b"!") && !self.is_punct(b"!=") && path.has_no_arguments() {
            self.invocation(&path, FragmentKind::Pattern)?;
            return Ok(Pat::Other);
        }
        match self.kind() {
            LexemeKind::Open(b'{') => {
                let path = self.path(&path, Namespaces::TYPES)?;
                Ok(Pat::Struct { path, fields: self.group(b'{', Self::field_patterns)? })
            }
            LexemeKind::Open(b'(') => {
                let path = self.path(&path, Namespaces::VALUES)?;
                Ok(Pat::TupleStruct {
                    path,
                    elements: self.group(b'(', |this| this.entries(Self::patterns))?,
                })
            }
            _ => {
                let path = self.path(&path, Namespaces::VALUES)?;
                Ok(if self.range_end()? { Pat::Other } else { Pat::Path(path) })
            }
        }
    }

    fn field_patterns(&mut self) -> Walked<List<FieldPattern>> {
        let first = self.ex.entries.len();
        while !self.is_end() {
            if self.take_punct(b"..") {
                self.expect(self.is_end(), 0)?;
                break;
            }
            let field = self.field_pattern()?;
            self.ex.entry(field);
            if self.is_end() {
                break;
            }
            self.expect_punct(b",")?;
        }
        Ok(self.ex.list(first))
    }

    fn field_pattern(&mut self) -> Walked<FieldPattern> {
        let by_ref = self.take_word(Word::Ref);
        let is_marked = self.take_word(Word::Mut) || by_ref;
        let token = self.at;
        self.expect(self.kind() == LexemeKind::Ident || (!is_marked && self.is_index(token)), 1)?;
        let member = self.field_name(token);
        if !is_marked && self.is_punct(b":") && !self.is_punct(b"::") {
            self.at += 1;
            return Ok(FieldPattern { member, pattern: self.patterns()? });
        }
        self.expect(self.kind_at(token) == LexemeKind::Ident, 0)?;
        Ok(FieldPattern { member, pattern: self.bind_surely(token, by_ref, None) })
    }

    /// The name of a field.
    pub fn field_name(&mut self, token: usize) -> MemberId {
        let (name, span) = (self.name(token), self.span(token));
        self.ex.new_member(name, span, List::default())
    }

    /// A literal, or a range that starts with one.
    fn literal_pattern(&mut self) -> Walked {
        self.literal_bound()?;
        self.range_end()?;
        Ok(())
    }

    fn literal_bound(&mut self) -> Walked {
        if self.take_punct(b"-") {
            return self.expect(matches!(self.kind(), LexemeKind::Integer | LexemeKind::Float), 1);
        }
        self.expect(matches!(self.kind(), LexemeKind::Literal | LexemeKind::Integer | LexemeKind::Float), 1)
    }

    /// `..` alone, or with the end of a range.
    fn rest_or_range(&mut self) -> Walked<Pat> {
        let is_closed = self.is_punct(b"..=");
        self.at += if is_closed { 3 } else { 2 };
        let has_end = self.range_bound()?;
        self.half_open = has_end;
        self.expect(!is_closed || has_end, 0)?;
        Ok(if has_end { Pat::Other } else { Pat::Rest })
    }

    /// The `..` and the end of a range whose start was read, if they follow. Returns whether they
    /// do.
    fn range_end(&mut self) -> Walked<bool> {
        if !self.is_punct(b"..") {
            return Ok(false);
        }
        let is_closed = self.is_punct(b"..=") || self.is_punct(b"...");
        self.at += if is_closed { 3 } else { 2 };
        let has_end = self.range_bound()?;
        self.half_open = !has_end;
        self.expect(!is_closed || has_end, 0)?;
        Ok(true)
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
