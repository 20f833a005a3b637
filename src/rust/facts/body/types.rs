//! Types, bounds and generic arguments.

use smallvec::SmallVec;

use crate::rust::facts::{
    FragmentKind, Namespaces, ReferenceKind,
    model::code::{Constrained, List, TypeForm, TypeId},
    walk::code::GenericArguments,
};

use super::{
    LexemeKind, Unsure, Walked, Walker, Word,
    paths::{Style, WrittenPath},
};

impl Walker<'_, '_> {
    /// A type. Without `plus`, a type that cannot be followed by `+`.
    pub fn type_(&mut self, plus: bool) -> Walked<TypeId> {
        let form = match self.kind() {
            LexemeKind::Open(b'(') => {
                let ty = self.tuple_type()?;
                self.expect_no_bound(plus)?;
                return Ok(ty);
            }
            LexemeKind::Open(_) => self.group(b'[', Self::slice_or_array)?,
            LexemeKind::Word(Word::Fn | Word::Unsafe | Word::Extern | Word::For) => {
                self.function_pointer()?
            }
            LexemeKind::Word(Word::Dyn | Word::Impl) => self.bounds_type(plus)?,
            LexemeKind::Word(Word::Underscore) => {
                self.at += 1;
                TypeForm::Infer
            }
            LexemeKind::Punct(b'*', _) => {
                self.at += 1;
                self.expect(self.is_word(Word::Const) || self.is_word(Word::Mut), 1)?;
                TypeForm::Pointer(self.type_(false)?)
            }
            LexemeKind::Punct(b'&', _) => {
                self.at += 1;
                self.take_lifetime();
                self.take_word(Word::Mut);
                TypeForm::Reference(self.type_(false)?)
            }
            LexemeKind::Punct(b'!', _) if !self.is_punct(b"!=") => {
                self.at += 1;
                TypeForm::Never
            }
            LexemeKind::Punct(b'<', _) => return self.qualified_path(Style::Type),
            _ => {
                let ty = self.path_type(Namespaces::TYPES)?;
                self.expect_no_bound(plus)?;
                return Ok(ty);
            }
        };
        Ok(self.ex.new_type(form))
    }

    /// A path or parentheses before a `+` are a trait object of an older edition.
    fn expect_no_bound(&mut self, plus: bool) -> Walked {
        self.expect(!(plus && self.is_punct(b"+")), 0)
    }

    /// `(A, B)`, or a type in parentheses.
    fn tuple_type(&mut self) -> Walked<TypeId> {
        let elements = self.group(b'(', |this| this.elements(|this| this.type_(true)))?;
        Ok(elements.unwrap_or_else(|list| self.ex.new_type(TypeForm::Tuple(list))))
    }

    pub fn take_lifetime(&mut self) -> bool {
        self.expect(self.kind() == LexemeKind::Lifetime, 1).is_ok()
    }

    /// A type that is a path or a macro's invocation.
    fn path_type(&mut self, namespaces: Namespaces) -> Walked<TypeId> {
        self.expect(self.is_path(), 0)?;
        let path = self.read_path(Style::Type)?;
        self.path_type_from(&path, namespaces)
    }

    fn path_type_from(&mut self, path: &WrittenPath, namespaces: Namespaces) -> Walked<TypeId> {
        if self.is_punct(b"!") && !self.is_punct(b"!=") && path.has_no_arguments() {
            self.invocation(path, FragmentKind::Type)?;
            return Ok(self.ex.new_type(TypeForm::Other));
        }
        let path = self.path(path, namespaces)?;
        Ok(self.ex.new_type(TypeForm::Path(path)))
    }

    fn slice_or_array(&mut self) -> Walked<TypeForm> {
        let element = self.type_(true)?;
        if self.take_punct(b";") {
            self.expression(true)?;
            return Ok(TypeForm::Array(element));
        }
        Ok(TypeForm::Slice(element))
    }

    /// `for<'a> unsafe extern "C" fn(name: A) -> B`.
    fn function_pointer(&mut self) -> Walked<TypeForm> {
        self.binder()?;
        self.take_word(Word::Unsafe);
        if self.take_word(Word::Extern) && self.kind() == LexemeKind::Literal {
            self.expect(self.token_text(self.at).starts_with('"'), 1)?;
        }
        self.expect_word(Word::Fn)?;
        let params = self.group(b'(', |this| this.entries(Self::named_type))?;
        Ok(TypeForm::Function { params, output: self.return_type(false)? })
    }

    fn named_type(&mut self) -> Walked<TypeId> {
        let is_name = matches!(self.kind(), LexemeKind::Ident | LexemeKind::Word(Word::Underscore));
        if is_name && self.is_punct_at(self.at + 1, b":") && !self.is_punct_at(self.at + 1, b"::") {
            self.at += 2;
        }
        self.type_(true)
    }

    /// `-> T`, if it is there.
    pub fn return_type(&mut self, plus: bool) -> Walked<Option<TypeId>> {
        if self.take_punct(b"->") { self.type_(plus).map(Some) } else { Ok(None) }
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
    fn bounds_type(&mut self, plus: bool) -> Walked<TypeForm> {
        let is_object = self.is_word(Word::Dyn);
        self.at += 1;
        let (has_trait, traits) = self.bounds(plus)?;
        self.expect(has_trait, 0)?;
        Ok(if is_object { TypeForm::Dyn(traits) } else { TypeForm::Impl(traits) })
    }

    /// Bounds. Returns whether one of them is a trait, and the traits without `?`.
    fn bounds(&mut self, plus: bool) -> Walked<(bool, List<TypeId>)> {
        let (mut has_trait, first) = (false, self.ex.entries.len());
        loop {
            if !self.take_lifetime() {
                if let Some(of_trait) = self.trait_bound()? {
                    self.ex.entry(of_trait);
                }
                has_trait = true;
            }
            if !(plus && self.take_punct(b"+")) {
                return Ok((has_trait, self.ex.list(first)));
            }
        }
    }

    fn trait_bound(&mut self) -> Walked<Option<TypeId>> {
        let mut may_miss = false;
        if self.is_word(Word::For) {
            self.binder()?;
        } else {
            may_miss = self.take_punct(b"?");
        }
        self.expect(self.is_path(), 0)?;
        let path = self.read_path(Style::Type)?;
        if self.is_punct(b"::") {
            return Err(Unsure);
        }
        let is_call = self.kind() == LexemeKind::Open(b'(')
            && path.segments.last().is_some_and(|segment| segment.arguments.is_none());
        let names = self.reference(&path, Namespaces::TYPES);
        let first = self.ex.entries.len();
        self.path_arguments(&path, 0..path.segments.len(), &names)?;
        if is_call {
            let parameters = self.group(b'(', |this| this.entries(|this| this.type_(true)))?;
            let output = self.return_type(false)?;
            let arguments = self.ex.call_arguments(parameters, output);
            self.ex.add_arguments(&names, path.segments.len() - 1, arguments);
        }
        let path = self.ex.new_path(names, first);
        Ok((!may_miss).then(|| self.ex.new_type(TypeForm::Path(path))))
    }

    /// `<A, 'a, 3, Item = B>`: walks the arguments. Returns also the tokens of the items that are
    /// constrained.
    pub fn generic_arguments(&mut self) -> Walked<(GenericArguments, SmallVec<[usize; 2]>)> {
        let (first, mut items) = (self.ex.entries.len(), Items::default());
        self.expect_punct(b"<")?;
        while !self.is_punct(b">") {
            if let Some(ty) = self.generic_argument(&mut items)? {
                self.ex.entry(ty);
            }
            if self.is_punct(b">") {
                break;
            }
            self.expect_punct(b",")?;
        }
        self.expect_punct(b">")?;
        Ok((GenericArguments { types: self.ex.list(first), items: items.types }, items.tokens))
    }

    fn generic_argument(&mut self, items: &mut Items) -> Walked<Option<TypeId>> {
        match self.kind() {
            LexemeKind::Lifetime => {
                self.expect(!self.is_punct_at(self.at + 1, b"+"), 1)?;
                Ok(None)
            }
            _ if self.is_constant() => {
                self.constant()?;
                Ok(Some(self.ex.new_type(TypeForm::Other)))
            }
            _ if self.is_path() => self.path_argument(items),
            _ => self.type_(true).map(Some),
        }
    }

    fn is_constant(&self) -> bool {
        matches!(
            self.kind(),
            LexemeKind::Literal | LexemeKind::Integer | LexemeKind::Float | LexemeKind::Open(b'{')
        )
    }

    /// A literal or a block as a generic argument.
    fn constant(&mut self) -> Walked {
        if self.kind() == LexemeKind::Open(b'{') {
            self.block()?
        } else {
            self.literal()
        };
        Ok(())
    }

    /// An argument that starts as a path: a type, a const, or an item that is constrained.
    fn path_argument(&mut self, items: &mut Items) -> Walked<Option<TypeId>> {
        let path = self.read_path(Style::Type)?;
        let is_item = !path.global && path.segments.len() == 1;
        let is_bounded = self.is_punct(b":") && !self.is_punct(b"::");
        if is_item && (self.is_punct(b"=") || is_bounded) {
            items.tokens.push(path.segments[0].token);
            self.constrained_item(&path, is_bounded, items)?;
            return Ok(None);
        }
        if self.is_punct(b"+") {
            return Err(Unsure);
        }
        match path.single() {
            Some(token) if !self.is_punct(b"!") => Ok(Some(self.name_argument(&path, token))),
            _ => self.path_type_from(&path, Namespaces::TYPES.and(Namespaces::VALUES)).map(Some),
        }
    }

    /// A name as an argument, which is a type or a constant.
    fn name_argument(&mut self, path: &WrittenPath, token: usize) -> TypeId {
        let name = self.name(token);
        if self.ex.locals.find_type(name).is_none() && self.ex.locals.find_value(name).is_none() {
            self.plain_path(path, 1, Namespaces::TYPES.and(Namespaces::VALUES), ReferenceKind::Path);
        }
        self.ex.single_type(name)
    }

    /// `Item = T`, `Item: Bound`, `N = 3`.
    fn constrained_item(&mut self, path: &WrittenPath, is_bounded: bool, items: &mut Items) -> Walked {
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
        if self.is_constant() {
            return self.constant();
        }
        let name = self.name(path.segments[0].token);
        let ty = self.type_(true)?;
        items.types.push(Constrained { name, ty });
        Ok(())
    }
}

/// The items that generic arguments constrain.
#[derive(Default)]
struct Items {
    tokens: SmallVec<[usize; 2]>,
    types: SmallVec<[Constrained; 2]>,
}
