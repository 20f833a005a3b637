//! The walk over a syntax tree that gathers facts.
//!
//! The walk is `syn`'s visitor (`visit`); each other file handles one part of the grammar. The
//! bodies of functions are left out of the tree if possible, and the reader of [`left_out`] walks
//! their text.
//!
//! The state of the walk is divided by what changes it: the gathered facts only grow, the place of
//! the walk ([`Here`]) is restored when a construct ends, and the names in scope, the count of
//! complexity, the effort of guessing and the bodies that were left out each belong to one file.

mod associated;
pub mod attributes;
mod blocks;
pub mod code;
pub mod complexity;
mod control;
mod effort;
mod expressions;
mod functions;
pub mod guess;
mod imports;
mod items;
mod left_out;
pub mod locals;
mod macros;
mod mark;
mod modules;
mod paths;
mod patterns;
mod subjects;
mod types;

use std::fmt::Write as _;

use crate::base::{
    context::Context,
    name::{Name, Names, normalized},
    span::{Position, Span},
};

use super::{
    model::{
        Condition, ConditionId, FileFacts, FragmentKind, LexicalScope, LexicalScopeId, ScopeKind, Type,
        code::{Around, Generics},
        condition::Predicate,
    },
    origins::Origins,
};

pub use attributes::string_literal;
pub use code::Header;
use complexity::Complexity;
pub use effort::{Effort, count};
pub use guess::Guesses;
pub use left_out::LeftOut;
#[cfg(test)]
pub use left_out::Parsed;
use locals::Locals;
pub use macros::STANDARD_MACROS;

/// Gathers [`FileFacts`].
pub struct Extractor<'a> {
    /// The facts found so far.
    pub facts: FileFacts,
    /// The place of the walk.
    pub here: Here,
    /// The origin of the text.
    pub origins: Origins<'a>,
    /// The bindings and parameters in scope.
    pub locals: Locals,
    /// The counts of the function that is being walked.
    pub complexity: Complexity,
    /// The state of reading the arguments of macros.
    pub guesses: Guesses,
    /// The bodies that are not in the tree.
    pub bodies: Option<LeftOut<'a>>,
    pub keywords: Keywords,
    /// The entries of the lists of [`super::model::code::Code`] that are not complete, as a stack.
    pub entries: Vec<u32>,
    /// The derives of the item that is being walked.
    pub derived: Vec<Name>,
    spelling: String,
}

/// The place of the walk, which each new fact is recorded with.
#[derive(Debug, Clone, Copy)]
pub struct Here {
    pub scope: LexicalScopeId,
    pub condition: ConditionId,
    pub context: Context,
    /// The position in textual order.
    pub order: u32,
    /// The type that `Self` is: an entry of [`FileFacts::subjects`].
    pub self_subject: Option<u32>,
    /// Whether the walk is in the arguments of an attribute.
    pub is_attribute: bool,
    /// Whether the text is the expansion of a macro in code. Paths that the arguments spell alone were
    /// read at the invocation.
    pub is_code: bool,
    /// Whether the walk is in the arguments of an invocation that is kept.
    pub is_kept: bool,
    /// The number of enclosing macro invocations whose arguments are guessed.
    pub guessing: u32,
    /// The `impl` block or trait whose items are walked.
    pub around: Around,
}

/// Names that the walk compares with.
pub struct Keywords {
    pub crate_: Name,
    pub self_: Name,
    pub super_: Name,
    pub self_type: Name,
    pub underscore: Name,
}

impl Keywords {
    fn new(names: &mut Names) -> Self {
        Self {
            crate_: names.intern("crate"),
            self_: names.intern("self"),
            super_: names.intern("super"),
            self_type: names.intern("Self"),
            underscore: names.intern("_"),
        }
    }
}

impl<'a> Extractor<'a> {
    /// Starts in the body of a file, with no facts.
    pub fn new(origins: Origins<'a>) -> Self {
        let mut names = Names::default();
        let keywords = Keywords::new(&mut names);
        let mut facts = FileFacts { names, ..FileFacts::default() };
        let condition =
            facts.conditions.push(Condition { parent: ConditionId::from_raw(0), predicate: None });
        let (order, span) = (0, Span::default());
        let body =
            LexicalScope { kind: ScopeKind::Module, parent: None, condition, order, span, module: None };
        let scope = facts.scopes.push(body);
        facts.code.generics.push(Generics::default());
        let context = Context::Signature;
        Self {
            facts,
            here: Here {
                scope,
                condition,
                context,
                order,
                self_subject: None,
                is_attribute: false,
                is_code: false,
                is_kept: false,
                guessing: 0,
                around: Around::Nothing,
            },
            origins,
            locals: Locals::default(),
            complexity: Complexity::default(),
            guesses: Guesses { effort: Effort::default(), has_docs: origins.is_expansion() },
            bodies: None,
            keywords,
            entries: Vec::new(),
            derived: Vec::new(),
            spelling: String::new(),
        }
    }

    pub fn file(&mut self, file: &syn::File) {
        self.attributes(&file.attrs);
        self.facts.macro_use = attributes::has(&file.attrs, "macro_use");
        if let Some(condition) = self.cfg_of(&file.attrs) {
            self.here.condition = condition;
            self.facts.scopes[LexicalScopeId::from_raw(0)].condition = condition;
        }
        self.items(&file.items);
    }

    /// Walks the expansion of a macro. `None` if the text does not parse as such.
    pub fn fragment(
        &mut self,
        text: &str,
        kind: FragmentKind,
        parse: fn(&str) -> syn::Result<syn::File>,
    ) -> Option<()> {
        match kind {
            FragmentKind::Items => self.items(&parse(text).ok()?.items),
            FragmentKind::Associated => {
                self.here.self_subject = Some(self.subject(Type::SelfAround, None));
                self.here.around = Around::Invocation;
                let items: Vec<syn::ImplItem> = syn::parse::Parser::parse_str(parse_all, text).ok()?;
                items.iter().for_each(|item| self.impl_item(item));
            }
            FragmentKind::Code => {
                let stmts = syn::parse::Parser::parse_str(syn::Block::parse_within, text).ok()?;
                self.code_fragment(|this| {
                    this.block(&syn::Block { brace_token: syn::token::Brace::default(), stmts });
                });
            }
            FragmentKind::Pattern => {
                let parse = syn::Pat::parse_multi_with_leading_vert;
                let pattern = syn::parse::Parser::parse_str(parse, text).ok()?;
                self.code_fragment(|this| {
                    this.pattern(&pattern);
                });
            }
            FragmentKind::Type => {
                let ty: syn::Type = syn::parse_str(text).ok()?;
                self.code_fragment(|this| {
                    this.type_(&ty);
                });
            }
        }
        Some(())
    }

    /// Walks the expansion of a macro in code. Types of values are inferred where the invocation
    /// stands, so the code itself is not kept.
    fn code_fragment(&mut self, walk: impl FnOnce(&mut Self)) {
        self.here.self_subject = Some(self.subject(Type::SelfAround, None));
        self.here.is_code = true;
        self.within(Context::Body, walk);
        self.entries.clear();
    }

    pub fn items(&mut self, items: &[syn::Item]) {
        items.iter().for_each(|item| self.item(item));
    }

    /// The next position in textual order.
    pub fn next_order(&mut self) -> u32 {
        self.here.order += 1;
        self.here.order
    }

    /// An identifier's name, in its [`normalized`] form.
    pub fn name(&mut self, ident: &proc_macro2::Ident) -> Name {
        self.spelling.clear();
        let _ = write!(self.spelling, "{ident}");
        self.facts.names.intern(&normalized(&self.spelling))
    }

    /// The name of a tuple's field.
    pub fn number(&mut self, number: u32) -> Name {
        self.spelling.clear();
        let _ = write!(self.spelling, "{number}");
        self.facts.names.intern(&self.spelling)
    }

    pub fn span(&self, span: proc_macro2::Span) -> Span {
        self.origins.span(span)
    }

    /// Walks syntax that was parsed from a piece of the text, which starts at that position.
    pub fn at_piece<T>(&mut self, position: Position, walk: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.origins;
        self.origins = outer.of_piece(position);
        // The recorded positions of failed parses are relative to the piece.
        self.guesses.effort.forget_failures();
        let walked = walk(self);
        self.guesses.effort.forget_failures();
        self.origins = outer;
        walked
    }

    /// Walks in another context, except among a macro's arguments, where that context takes
    /// precedence.
    pub fn within<T>(&mut self, context: Context, walk: impl FnOnce(&mut Self) -> T) -> T {
        if self.here.guessing > 0 {
            return walk(self);
        }
        let outer = std::mem::replace(&mut self.here.context, context);
        let walked = walk(self);
        self.here.context = outer;
        walked
    }

    /// Walks a construct under its own `cfg` attributes.
    pub fn under<T>(&mut self, attributes: &[syn::Attribute], walk: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.here.condition;
        if let Some(condition) = self.cfg_of(attributes) {
            self.here.condition = condition;
        }
        let walked = walk(self);
        self.here.condition = outer;
        walked
    }

    /// The condition that adds `predicate` to the present one.
    pub fn and(&mut self, parent: ConditionId, predicate: Predicate) -> ConditionId {
        if self.facts.conditions[parent].predicate.as_ref() == Some(&predicate) {
            return parent; // a condition that is written twice
        }
        let condition = Condition { parent, predicate: Some(predicate) };
        let last = self.facts.conditions.iter_enumerated().rev().take(8);
        let known = last.into_iter().find(|(_, c)| c.parent == parent && c.predicate == condition.predicate);
        match known.map(|(id, _)| id) {
            Some(id) => id,
            None => self.facts.conditions.push(condition),
        }
    }

    /// Walks inside a new scope. Returns the scope.
    pub fn inside(&mut self, kind: ScopeKind, span: Span, walk: impl FnOnce(&mut Self)) -> LexicalScopeId {
        let outer = self.open_scope(kind, span);
        walk(self);
        std::mem::replace(&mut self.here.scope, outer)
    }

    /// Starts a scope. Returns the enclosing scope.
    pub fn open_scope(&mut self, kind: ScopeKind, span: Span) -> LexicalScopeId {
        let order = self.next_order();
        let scope = LexicalScope {
            kind,
            parent: Some(self.here.scope),
            condition: self.here.condition,
            order,
            span,
            module: None,
        };
        let inner = self.facts.scopes.push(scope);
        std::mem::replace(&mut self.here.scope, inner)
    }
}

/// Parses the whole input as a sequence of constructs.
pub fn parse_all<T: syn::parse::Parse>(input: syn::parse::ParseStream<'_>) -> syn::Result<Vec<T>> {
    let mut all = Vec::new();
    while !input.is_empty() {
        all.push(input.parse()?);
    }
    Ok(all)
}
