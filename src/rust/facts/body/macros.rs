//! Macro invocations. Arguments that parse as a list of expressions, as most do, are walked. The
//! meaning of other arguments is guessed from the trees that `syn` parses
//! ([`crate::rust::facts::walk::guess`]).

use std::ops::Range;

use crate::{
    base::{
        context::Context,
        span::{Position, Span},
    },
    rust::facts::{
        FragmentKind, Invocation, Namespaces, ReferenceKind,
        model::code::{Expr, ExprId},
        token::{ANY_LITERAL, Token, TokenKind},
        walk::{
            Effort, STANDARD_MACROS,
            guess::{SPANNED_TEMPLATES, TEMPLATES, is_head},
        },
    },
};

use super::{LexemeKind, Unsure, Walked, Walker, Word, paths::WrittenPath};

/// The deepest nesting of invocations whose arguments are guessed one by one. Beyond it, the
/// arguments of the enclosing invocation are guessed as a whole, so that a walk which fails on
/// every level does not try each level again.
const DEEPEST_GUESS: u32 = 4;

impl Walker<'_, '_> {
    /// An invocation as an expression, from its `!`.
    pub fn macro_call(&mut self, path: &WrittenPath) -> Walked<ExprId> {
        let invocation = self.invocation(path, FragmentKind::Code)?;
        Ok(self.ex.new_expr(invocation))
    }

    /// An invocation, from its `!`.
    pub fn invocation(&mut self, path: &WrittenPath, kind: FragmentKind) -> Walked<Expr> {
        let order = self.ex.next_order();
        let count = path.segments.len();
        self.plain_path(path, count, Namespaces::MACROS, ReferenceKind::Macro(order));
        let names = self.names(path, 0..count);
        let first = self.ex.entries.len();
        let code_path = self.ex.new_path(names, first);
        let is_kept = self.ex.here.is_kept;
        self.invocation_arguments(path, kind, order)?;
        self.ex.here.is_kept = is_kept;
        Ok(Expr::Macro { path: code_path, arguments: self.ex.list(first) })
    }

    /// The arguments of an invocation, from its `!`.
    fn invocation_arguments(&mut self, path: &WrittenPath, kind: FragmentKind, order: u32) -> Walked {
        self.expect_punct(b"!")?;
        let LexemeKind::Open(_) = self.kind() else { return Err(Unsure) };
        let (open, close) = (self.at, self.partner(self.at));
        self.at = close + 1;
        if self.ex.here.is_code && !self.span(open - 1).is_nowhere() {
            return Ok(()); // read at the invocation
        }
        let name = path.segments.last().map(|segment| segment.token);
        let takes_tokens =
            name.is_some_and(|at| TEMPLATES.iter().any(|template| self.is_ident(at, template)));
        if open + 1 == close || takes_tokens {
            return Ok(());
        }
        if path.single().is_some_and(|token| self.is_ident(token, "include")) {
            return Err(Unsure); // its arguments are kept as tokens
        }
        self.keep_invocation(path, kind, order, open + 1..close)?;
        let is_spanned =
            name.is_some_and(|at| SPANNED_TEMPLATES.iter().any(|template| self.is_ident(at, template)));
        let end = if is_spanned { self.find_arrow(open + 1, close) } else { Some(close) };
        if let Some(end) = end.filter(|&end| end > open + 1) {
            self.guess(open + 1, end)?;
        }
        self.at = close + 1;
        Ok(())
    }

    /// Keeps an invocation, as [`Extractor::invocation_in_code`] does.
    ///
    /// [`Extractor::invocation_in_code`]: crate::rust::facts::walk::Extractor::invocation_in_code
    fn keep_invocation(
        &mut self,
        path: &WrittenPath,
        fragment: FragmentKind,
        order: u32,
        arguments: Range<usize>,
    ) -> Walked {
        let is_standard = path
            .segments
            .last()
            .is_none_or(|last| STANDARD_MACROS.iter().any(|name| self.token_text(last.token) == *name));
        if self.ex.here.is_kept || is_standard || !self.has_name(arguments.clone()) {
            return Ok(());
        }
        let count = path.segments.len();
        let Some(kept) = self.bare_path(path, count) else { return Ok(()) };
        let span = self.path_span(path, count);
        let arguments = self.keep_tokens(arguments)?;
        let here = &self.ex.here;
        let (scope, condition, subject) = (here.scope, here.condition, here.self_subject);
        let invocation =
            Invocation { path: kept, scope, order, condition, span, arguments, fragment, subject };
        self.ex.facts.invocations.push(invocation);
        self.ex.here.is_kept = true;
        Ok(())
    }

    /// Whether there is a word among the tokens that may be a segment of a path.
    fn has_name(&self, mut tokens: Range<usize>) -> bool {
        tokens.any(|at| {
            let is_bool = || matches!(self.token_text(at), "true" | "false");
            match self.kind_at(at) {
                LexemeKind::Ident | LexemeKind::Word(_) | LexemeKind::Lifetime => true,
                LexemeKind::Literal => is_bool(),
                _ => false,
            }
        })
    }

    /// Keeps tokens in the form of [`crate::rust::facts::token::flatten`], without the values of
    /// literals.
    fn keep_tokens(&mut self, range: Range<usize>) -> Walked<(u32, u32)> {
        let start = self.ex.facts.tokens.len();
        let mut open: Vec<usize> = Vec::new();
        for at in range {
            let here = self.ex.facts.tokens.len();
            let kind = match self.kind_at(at) {
                LexemeKind::Lifetime => {
                    self.keep_lifetime(at);
                    continue;
                }
                LexemeKind::Ident | LexemeKind::Word(_) => {
                    match self.ex.origins.dollar_crate(self.token_text(at)) {
                        Some(krate) => TokenKind::DollarCrate(krate),
                        None => TokenKind::Ident,
                    }
                }
                LexemeKind::Literal if matches!(self.token_text(at), "true" | "false") => TokenKind::Ident,
                LexemeKind::Integer | LexemeKind::Float | LexemeKind::Literal => TokenKind::Literal,
                LexemeKind::Punct(_, joint) => TokenKind::Punct { joint },
                LexemeKind::Open(_) => {
                    open.push(here);
                    TokenKind::Open(0)
                }
                LexemeKind::Close(_) => {
                    let start = open.pop().ok_or(Unsure)?;
                    self.ex.facts.tokens[start].kind = TokenKind::Open((here - start) as u32);
                    TokenKind::Close
                }
                LexemeKind::End => return Err(Unsure),
            };
            let token = &self.tokens[at];
            let written = &self.text[token.start as usize..token.end as usize];
            let is_literal = kind == TokenKind::Literal;
            let text = self.ex.facts.names.intern(if is_literal { ANY_LITERAL } else { written });
            let mut span = self.span(at);
            if is_literal {
                span.end = span.start;
            }
            self.ex.facts.tokens.push(Token { kind, text, span });
        }
        Ok((start as u32, self.ex.facts.tokens.len() as u32))
    }

    /// A lifetime is two tokens: its quote and its name.
    fn keep_lifetime(&mut self, at: usize) {
        let whole = self.tokens[at].span();
        let middle = Position { column: whole.start.column + 1, ..whole.start };
        let name = &self.text[self.tokens[at].start as usize + 1..self.tokens[at].end as usize];
        let spans = [Span { end: middle, ..whole }, Span { start: middle, ..whole }];
        let [quote, word] = spans.map(|span| self.ex.origins.placed(span));
        let names = &mut self.ex.facts.names;
        let (quote_text, text) = (names.intern("'"), names.intern(name));
        let tokens = &mut self.ex.facts.tokens;
        tokens.push(Token { kind: TokenKind::Lifetime, text: quote_text, span: quote });
        tokens.push(Token { kind: TokenKind::Ident, text, span: word });
    }

    /// Whether the invocation whose `!` is next seems to define items of its block, by the rule of
    /// [`crate::rust::facts::walk::guess::defines_items`].
    pub fn defines_items(&self, path: &WrittenPath) -> bool {
        let is_template = |at| {
            let mut templates = TEMPLATES.iter().chain(SPANNED_TEMPLATES);
            templates.any(|template| self.is_ident(at, template))
        };
        let mut at = self.at + 2;
        loop {
            match self.kind_at(at) {
                LexemeKind::Punct(b'#', _) if matches!(self.kind_at(at + 1), LexemeKind::Open(_)) => {
                    at = self.partner(at + 1) + 1;
                }
                LexemeKind::Word(Word::Pub) => at += 1,
                LexemeKind::Open(b'(') => at = self.partner(at) + 1,
                LexemeKind::Ident | LexemeKind::Word(_) => break,
                _ => return false,
            }
        }
        is_head(self.token_text(at)) && path.segments.last().is_some_and(|last| !is_template(last.token))
    }

    /// The first `=>` from `start` on that is outside of groups.
    fn find_arrow(&self, start: usize, close: usize) -> Option<usize> {
        let mut at = start;
        while at < close && !self.is_punct_at(at, b"=>") {
            at = if let LexemeKind::Open(_) = self.kind_at(at) { self.partner(at) + 1 } else { at + 1 };
        }
        (at < close).then_some(at)
    }

    /// Walks the tokens from `start` up to `close` as the syntax that they seem to be. The
    /// expressions that are found wait as entries.
    fn guess(&mut self, start: usize, close: usize) -> Walked {
        let outer = std::mem::replace(&mut self.ex.here.context, Context::MacroArguments);
        self.ex.here.guessing += 1;
        if self.ex.here.guessing == 1 {
            self.ex.guesses.effort = Effort::of_size(close - start);
        }
        let (bindings, mark) = (self.ex.locals.enter(), self.ex.mark());
        self.at = start;
        let walked = self.list(Self::argument);
        if walked.is_err() || self.at != close {
            if self.ex.here.guessing > DEEPEST_GUESS {
                return Err(Unsure);
            }
            self.ex.take_back(&mark);
            self.guess_tokens(start, close)?;
        }
        self.ex.locals.leave(bindings);
        self.ex.here.guessing -= 1;
        self.ex.here.context = outer;
        Ok(())
    }

    fn guess_tokens(&mut self, start: usize, close: usize) -> Walked {
        let (position, text) = self.source(start, close);
        let length = text.len();
        let tokens: proc_macro2::TokenStream = text.parse().map_err(|_| Unsure)?;
        self.ex.guesses.effort = Effort::of(tokens.clone());
        self.ex.count_parsed(|parsed| parsed.arguments += length);
        self.ex.at_piece(position, |ex| ex.arguments(tokens));
        Ok(())
    }

    /// One argument. In `name = value` the name belongs to the macro.
    fn argument(&mut self) -> Walked {
        let is_assigned = self.is_punct_at(self.at + 1, b"=")
            && !self.is_punct_at(self.at + 1, b"==")
            && !self.is_punct_at(self.at + 1, b"=>");
        if is_assigned && self.is_path() {
            self.at += 2;
        }
        let argument = self.expression(true)?;
        self.ex.entry(argument);
        Ok(())
    }
}
