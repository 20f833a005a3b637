//! Macro invocations. Arguments that parse as a list of expressions, as most do, are walked. The
//! meaning of other arguments is guessed from the trees that `syn` parses
//! ([`crate::rust::facts::walk::guess`]).

use crate::{
    base::context::Context,
    rust::facts::{
        Namespaces, ReferenceKind,
        model::code::{Expr, ExprId},
        walk::{
            Effort,
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
        let invocation = self.invocation(path)?;
        Ok(self.ex.new_expr(invocation))
    }

    /// An invocation, from its `!`.
    pub fn invocation(&mut self, path: &WrittenPath) -> Walked<Expr> {
        let order = self.ex.next_order();
        let count = path.segments.len();
        self.plain_path(path, count, Namespaces::MACROS, ReferenceKind::Macro(order));
        let names = self.names(path, 0..count);
        let first = self.ex.entries.len();
        let code_path = self.ex.new_path(names, first);
        self.invocation_arguments(path)?;
        Ok(Expr::Macro { path: code_path, arguments: self.ex.list(first) })
    }

    /// The arguments of an invocation, from its `!`.
    fn invocation_arguments(&mut self, path: &WrittenPath) -> Walked {
        self.expect_punct(b"!")?;
        let LexemeKind::Open(_) = self.kind() else { return Err(Unsure) };
        let (open, close) = (self.at, self.partner(self.at));
        self.at = close + 1;
        let name = path.segments.last().map(|segment| segment.token);
        let takes_tokens =
            name.is_some_and(|at| TEMPLATES.iter().any(|template| self.is_ident(at, template)));
        if open + 1 == close || takes_tokens {
            return Ok(());
        }
        if path.single().is_some_and(|token| self.is_ident(token, "include")) {
            return Err(Unsure); // its arguments are kept as tokens
        }
        let is_spanned =
            name.is_some_and(|at| SPANNED_TEMPLATES.iter().any(|template| self.is_ident(at, template)));
        let end = if is_spanned { self.find_arrow(open + 1, close) } else { Some(close) };
        if let Some(end) = end.filter(|&end| end > open + 1) {
            self.guess(open + 1, end)?;
        }
        self.at = close + 1;
        Ok(())
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
