//! Constructs in a body that are outside the grammar of bodies: attributes, items, and statements
//! whose attributes may belong to their first operand. `syn` parses them.

use syn::parse::Parser;

use crate::{
    base::span::Position,
    rust::facts::{model::code::ExprId, walk::guess::defines_items},
};

use super::{LexemeKind, Unsure, Walked, Walker, Word};

/// An item in a block.
pub struct NestedItem {
    /// The first token of the item, or of its attributes if it has some.
    pub start: usize,
    /// The token after the item.
    end: usize,
    position: Position,
    pub item: syn::Item,
}

/// Attributes, and the position of the first one.
pub struct Attributes {
    position: Position,
    list: Vec<syn::Attribute>,
}

impl Attributes {
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl Walker<'_, '_> {
    /// The items among a block's statements, parsed.
    pub fn nested_items(&self, start: usize, close: usize) -> Walked<Vec<NestedItem>> {
        let mut items = Vec::new();
        let (mut at, mut starts_statement) = (start, true);
        while at < close {
            let item = if starts_statement { self.item_end(at, close) } else { None };
            if let Some(end) = item {
                items.push(self.parse_item(at, end)?);
                at = end;
                continue;
            }
            at = if let LexemeKind::Open(_) = self.kind_at(at) { self.partner(at) + 1 } else { at + 1 };
            starts_statement =
                matches!(self.kind_at(at - 1), LexemeKind::Punct(b';', _) | LexemeKind::Close(b'}'));
        }
        Ok(items)
    }

    fn parse_item(&self, start: usize, end: usize) -> Walked<NestedItem> {
        let (position, text) = self.source(start, end);
        let item = syn::parse_str(text).map_err(|_| Unsure)?;
        Ok(NestedItem { start, end, position, item })
    }

    /// Walks an item, and ends after it.
    pub fn nested_item(&mut self, nested: &NestedItem) {
        let length = self.source(nested.start, nested.end).1.len();
        self.ex.count_parsed(|parsed| parsed.items += length);
        self.ex.at_piece(nested.position, |ex| ex.item(&nested.item));
        self.at = nested.end;
    }

    /// Parses the text from `start` to the next `;` or the end of the block with `syn`, and walks
    /// the statements. Returns the last expression if it has no `;`.
    pub fn parsed_statement(&mut self, start: usize) -> Walked<Option<ExprId>> {
        while !self.is_end() && !self.is_punct(b";") {
            self.at =
                if let LexemeKind::Open(_) = self.kind() { self.partner(self.at) + 1 } else { self.at + 1 };
        }
        self.take_punct(b";");
        let (position, text) = self.source(start, self.at);
        let length = text.len();
        let statements = syn::Block::parse_within.parse_str(text).map_err(|_| Unsure)?;
        let is_item = |statement: &syn::Stmt| match statement {
            syn::Stmt::Item(_) => true,
            syn::Stmt::Macro(mac) => defines_items(&mac.mac),
            _ => false,
        };
        if statements.iter().any(is_item) {
            return Err(Unsure);
        }
        self.ex.count_parsed(|parsed| parsed.items += length);
        Ok(self.ex.at_piece(position, |ex| ex.statements(&statements)))
    }

    /// The token after the item that starts at `at`, or `None` if no item starts there.
    fn item_end(&self, mut at: usize, close: usize) -> Option<usize> {
        while self.is_punct_at(at, b"#") && self.kind_at(at + 1) == LexemeKind::Open(b'[') {
            at = self.partner(at + 1) + 1;
        }
        if !self.starts_item_at(at) {
            return None;
        }
        let ends_with_semicolon = self.ends_with_semicolon(at);
        while at < close {
            match self.kind_at(at) {
                LexemeKind::Punct(b';', _) => return Some(at + 1),
                LexemeKind::Open(b'{') if !ends_with_semicolon => return Some(self.partner(at) + 1),
                LexemeKind::Open(_) => at = self.partner(at) + 1,
                _ => at += 1,
            }
        }
        None
    }

    /// Whether an item starts here, as the parser decides by the first tokens of an item.
    pub fn starts_item(&self) -> bool {
        let starts_weakly = match self.kind_at(self.at + 1) {
            LexemeKind::Ident => self.is_ident(self.at, "union"),
            LexemeKind::Word(Word::Trait) => self.is_ident(self.at, "auto"),
            LexemeKind::Word(Word::Unsafe | Word::Impl) => self.is_ident(self.at, "default"),
            _ => false,
        };
        let is_visibility = self.is_word(Word::Crate) && !self.is_punct_at(self.at + 1, b"::");
        starts_weakly || is_visibility || self.starts_item_at(self.at)
    }

    fn starts_item_at(&self, at: usize) -> bool {
        let next = self.kind_at(at + 1);
        let of_function = |kind| matches!(kind, LexemeKind::Word(Word::Fn | Word::Unsafe | Word::Extern));
        match self.kind_at(at) {
            LexemeKind::Word(
                Word::Enum
                | Word::Extern
                | Word::Fn
                | Word::Impl
                | Word::Mod
                | Word::Pub
                | Word::Struct
                | Word::Trait
                | Word::Type
                | Word::Use,
            ) => true,
            LexemeKind::Word(Word::Static) => matches!(next, LexemeKind::Ident | LexemeKind::Word(Word::Mut)),
            LexemeKind::Word(Word::Const) => match next {
                LexemeKind::Word(Word::Async) => of_function(self.kind_at(at + 2)),
                next => {
                    matches!(next, LexemeKind::Ident | LexemeKind::Word(Word::Underscore))
                        || of_function(next)
                }
            },
            LexemeKind::Word(Word::Unsafe) => next != LexemeKind::Open(b'{'),
            LexemeKind::Word(Word::Async) => of_function(next),
            LexemeKind::Ident => {
                self.is_ident(at, "macro_rules")
                    && self.is_punct_at(at + 1, b"!")
                    && self.kind_at(at + 2) == LexemeKind::Ident
            }
            _ => false,
        }
    }

    /// Whether the item at `at` ends with a `;`, so that a `{ … }` in it does not end it.
    fn ends_with_semicolon(&self, mut at: usize) -> bool {
        if self.kind_at(at) == LexemeKind::Word(Word::Pub) {
            at += 1;
            if self.kind_at(at) == LexemeKind::Open(b'(') {
                at = self.partner(at) + 1;
            }
        }
        match self.kind_at(at) {
            LexemeKind::Word(Word::Use | Word::Static | Word::Type) => true,
            LexemeKind::Word(Word::Const) => !matches!(
                self.kind_at(at + 1),
                LexemeKind::Word(Word::Fn | Word::Unsafe | Word::Extern | Word::Async)
            ),
            _ => false,
        }
    }

    /// Passes over the attributes at the present token.
    pub fn attributes(&mut self) -> Walked<Attributes> {
        let start = self.at;
        while self.is_punct(b"#") {
            self.at += 1;
            self.expect(self.kind() == LexemeKind::Open(b'['), 0)?;
            self.at = self.partner(self.at) + 1;
        }
        if self.at == start {
            return Ok(Attributes { position: Position::default(), list: Vec::new() });
        }
        let (position, text) = self.source(start, self.at);
        let list = syn::Attribute::parse_outer.parse_str(text).map_err(|_| Unsure)?;
        Ok(Attributes { position, list })
    }

    /// Records the references in attributes.
    pub fn tell_attributes(&mut self, attributes: &Attributes) {
        if !attributes.is_empty() {
            self.ex.at_piece(attributes.position, |ex| ex.attributes(&attributes.list));
        }
    }

    /// Adds the `cfg` of attributes to the present condition.
    pub fn add_condition(&mut self, attributes: &Attributes) {
        if let Some(condition) = self.ex.cfg_of(&attributes.list) {
            self.ex.here.condition = condition;
        }
    }
}
