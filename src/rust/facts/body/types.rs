//! Types, bounds and generic arguments.

use smallvec::SmallVec;

use crate::rust::facts::{Namespaces, ReferenceKind};

use super::{
    LexemeKind, Unsure, Walked, Walker, Word,
    paths::{Style, WrittenPath},
};

impl Walker<'_, '_> {
    /// A type. Without `plus`, a type that cannot be followed by `+`.
    pub fn type_(&mut self, plus: bool) -> Walked {
        match self.kind() {
            LexemeKind::Open(b'(') => self.group(b'(', |this| this.list(|this| this.type_(true)))?,
            LexemeKind::Open(_) => return self.group(b'[', Self::slice_or_array),
            LexemeKind::Word(Word::Fn | Word::Unsafe | Word::Extern | Word::For) => {
                return self.function_pointer();
            }
            LexemeKind::Word(Word::Dyn | Word::Impl) => return self.bounds_type(plus),
            LexemeKind::Word(Word::Underscore) => return self.expect(true, 1),
            LexemeKind::Punct(b'*', _) => {
                self.at += 1;
                self.expect(self.is_word(Word::Const) || self.is_word(Word::Mut), 1)?;
                return self.type_(false);
            }
            LexemeKind::Punct(b'&', _) => {
                self.at += 1;
                self.take_lifetime();
                self.take_word(Word::Mut);
                return self.type_(false);
            }
            LexemeKind::Punct(b'!', _) if !self.is_punct(b"!=") => return self.expect(true, 1),
            LexemeKind::Punct(b'<', _) => return self.qualified_path(Style::Type),
            _ => self.path_type(Namespaces::TYPES)?,
        }
        // A path followed by a `+` is a trait object of an older edition.
        self.expect(!(plus && self.is_punct(b"+")), 0)
    }

    pub fn take_lifetime(&mut self) -> bool {
        self.expect(self.kind() == LexemeKind::Lifetime, 1).is_ok()
    }

    /// A type that is a path or a macro's invocation.
    fn path_type(&mut self, namespaces: Namespaces) -> Walked {
        self.expect(self.is_path(), 0)?;
        let path = self.read_path(Style::Type)?;
        self.path_type_from(&path, namespaces)
    }

    fn path_type_from(&mut self, path: &WrittenPath, namespaces: Namespaces) -> Walked {
        if self.is_punct(b"!") && !self.is_punct(b"!=") && path.has_no_arguments() {
            return self.invocation(path);
        }
        self.path(path, namespaces)
    }

    fn slice_or_array(&mut self) -> Walked {
        self.type_(true)?;
        if self.take_punct(b";") { self.expression(true) } else { Ok(()) }
    }

    /// `for<'a> unsafe extern "C" fn(name: A) -> B`.
    fn function_pointer(&mut self) -> Walked {
        self.binder()?;
        self.take_word(Word::Unsafe);
        if self.take_word(Word::Extern) && self.kind() == LexemeKind::Literal {
            self.expect(self.token_text(self.at).starts_with('"'), 1)?;
        }
        self.expect_word(Word::Fn)?;
        self.group(b'(', |this| this.list(Self::named_type))?;
        self.return_type(false)
    }

    fn named_type(&mut self) -> Walked {
        let is_name = matches!(self.kind(), LexemeKind::Ident | LexemeKind::Word(Word::Underscore));
        if is_name && self.is_punct_at(self.at + 1, b":") && !self.is_punct_at(self.at + 1, b"::") {
            self.at += 2;
        }
        self.type_(true)
    }

    /// `-> T`, if it is there.
    pub fn return_type(&mut self, plus: bool) -> Walked {
        if self.take_punct(b"->") { self.type_(plus) } else { Ok(()) }
    }

    /// `for<'a>`, if it is there.
    fn binder(&mut self) -> Walked {
        if !self.take_word(Word::For) {
            return Ok(());
        }
        self.expect_punct(b"<")?;
        while !self.is_punct(b">") {
            self.expect(self.kind() == LexemeKind::Lifetime, 1)?;
            self.expect(self.is_punct(b">") || self.is_punct(b","), 0)?;
            self.take_punct(b",");
        }
        self.expect_punct(b">")
    }

    /// `dyn A + 'a`, `impl B`.
    fn bounds_type(&mut self, plus: bool) -> Walked {
        self.at += 1;
        if self.bounds(plus)? { Ok(()) } else { Err(Unsure) }
    }

    /// Bounds. Returns whether one of them is a trait.
    fn bounds(&mut self, plus: bool) -> Walked<bool> {
        let mut has_trait = false;
        loop {
            if !self.take_lifetime() {
                self.trait_bound()?;
                has_trait = true;
            }
            if !(plus && self.take_punct(b"+")) {
                return Ok(has_trait);
            }
        }
    }

    fn trait_bound(&mut self) -> Walked {
        if self.is_word(Word::For) {
            self.binder()?;
        } else {
            self.take_punct(b"?");
        }
        self.expect(self.is_path(), 0)?;
        let path = self.read_path(Style::Type)?;
        if self.is_punct(b"::") {
            return Err(Unsure);
        }
        let is_call = self.kind() == LexemeKind::Open(b'(')
            && path.segments.last().is_some_and(|segment| segment.arguments.is_none());
        self.path(&path, Namespaces::TYPES)?;
        if is_call {
            self.group(b'(', |this| this.list(|this| this.type_(true)))?;
            self.return_type(false)?;
        }
        Ok(())
    }

    /// `<A, 'a, 3, Item = B>`: walks the arguments, and returns the tokens of the items that are
    /// constrained.
    pub fn generic_arguments(&mut self) -> Walked<SmallVec<[usize; 2]>> {
        let mut constrained = SmallVec::new();
        self.expect_punct(b"<")?;
        while !self.is_punct(b">") {
            self.generic_argument(&mut constrained)?;
            if self.is_punct(b">") {
                break;
            }
            self.expect_punct(b",")?;
        }
        self.expect_punct(b">")?;
        Ok(constrained)
    }

    fn generic_argument(&mut self, constrained: &mut SmallVec<[usize; 2]>) -> Walked {
        match self.kind() {
            LexemeKind::Lifetime => self.expect(!self.is_punct_at(self.at + 1, b"+"), 1),
            LexemeKind::Literal | LexemeKind::Integer | LexemeKind::Float => self.expect(true, 1),
            LexemeKind::Open(b'{') => self.block(),
            _ if self.is_path() => self.path_argument(constrained),
            _ => self.type_(true),
        }
    }

    /// An argument that starts as a path: a type, a const, or an item that is constrained.
    fn path_argument(&mut self, constrained: &mut SmallVec<[usize; 2]>) -> Walked {
        let path = self.read_path(Style::Type)?;
        let is_item = !path.global && path.segments.len() == 1;
        let is_bounded = self.is_punct(b":") && !self.is_punct(b"::");
        if is_item && (self.is_punct(b"=") || is_bounded) {
            constrained.push(path.segments[0].token);
            return self.constrained_item(&path, is_bounded);
        }
        if self.is_punct(b"+") {
            return Err(Unsure);
        }
        match path.single() {
            Some(token) if !self.is_punct(b"!") => {
                self.name_argument(&path, token);
                Ok(())
            }
            _ => self.path_type_from(&path, Namespaces::TYPES.and(Namespaces::VALUES)),
        }
    }

    /// A name as an argument, which is a type or a constant.
    fn name_argument(&mut self, path: &WrittenPath, token: usize) {
        let name = self.name(token);
        if self.ex.locals.find_type(name).is_none() && self.ex.locals.find_value(name).is_none() {
            self.plain_path(path, 1, Namespaces::TYPES.and(Namespaces::VALUES), ReferenceKind::Path);
        }
    }

    /// `Item = T`, `Item: Bound`, `N = 3`.
    fn constrained_item(&mut self, path: &WrittenPath, is_bounded: bool) -> Walked {
        let behind = self.at;
        if let Some((angle, end)) = path.segments[0].arguments {
            self.at = angle;
            self.generic_arguments()?;
            self.expect(self.at == end, 0)?;
        }
        self.at = behind + 1;
        if is_bounded {
            return self.bounds(true).map(|_| ());
        }
        match self.kind() {
            LexemeKind::Literal | LexemeKind::Integer | LexemeKind::Float => self.expect(true, 1),
            LexemeKind::Open(b'{') => self.block(),
            _ => self.type_(true),
        }
    }
}
