//! The bodies of functions, walked over their text without a syntax tree.
//!
//! The facts of a body are its references, its bindings and its expressions
//! ([`super::model::code`]), and all follow from its tokens in one pass: a recursive-descent walk
//! over them makes the same calls of the [`Extractor`] as the walk over `syn`'s tree, in the same
//! order. Two of these orders differ from that of the text, and the walk looks ahead for them: the
//! bindings of a `let` come into scope after its initialiser, and a block's items are in scope from
//! its start.
//!
//! `syn` stays the reference. The walk accepts the part of the language that occurs in practice,
//! and nothing that `syn` refuses. Where the walk is not sure, it takes back its facts: the meaning
//! of a macro's arguments is then guessed from the trees that `syn` parses, a body is parsed by
//! `syn` on its own, and if that fails, or a body that was left out is not where a function has
//! one, `syn` parses the whole file ([`super::extract()`]). Nested items are always parsed by
//! `syn`. So the facts are the same either way, field by field; a test compares them for each file
//! that it is given.
//!
//! The walk recurses as the text nests, less deep than the parser does, so the bound of the parser
//! also holds for the walk ([`super::source::Source::depth`]).

mod closures;
mod expressions;
#[cfg(test)]
mod forms;
mod items;
mod lex;
mod lexeme;
mod literal;
mod macros;
mod operators;
mod paths;
mod patterns;
mod postfix;
mod statements;
#[cfg(test)]
mod tests;
mod types;

use crate::base::{
    context::Context,
    name::{Name, normalized},
    span::{Position, Span},
};

use super::{
    model::code::{ExprId, List, Listed},
    source::Body,
    walk::Extractor,
};
use lexeme::{Lexeme, LexemeKind, Word};

/// The walk is not sure of the construct that it sees.
#[derive(Debug)]
pub struct Unsure;

/// The result of a step of the walk.
type Walked<T = ()> = Result<T, Unsure>;

/// Reads a body: walks its tokens or, where the walk is not sure, lets `syn` parse it. `None` if the
/// text is no body.
pub fn read(ex: &mut Extractor<'_>, text: &str, body: Body, position: Position) -> Option<ExprId> {
    let Body { start, end } = body;
    let mark = ex.mark();
    let mut lexemes = Vec::with_capacity((end - start) / BYTES_PER_LEXEME);
    let walked =
        lex::lex(text, (start, end), position, &mut lexemes).and_then(|()| walk(ex, text, &mut lexemes));
    if let Ok(block) = walked {
        return Some(block);
    }
    ex.take_back(&mark);
    ex.count_parsed(|parsed| parsed.bodies += end - start);
    parse(ex, position, &text[start..end])
}

/// The approximate number of bytes per lexeme, the space before it included.
const BYTES_PER_LEXEME: usize = 4;

fn walk(ex: &mut Extractor<'_>, text: &str, tokens: &mut [Lexeme]) -> Walked<ExprId> {
    let outer = ex.here.context;
    if ex.here.guessing == 0 {
        ex.here.context = Context::Body;
    }
    let mut walker = Walker { ex, text, tokens, at: 0, half_open: false };
    let block = walker.block()?;
    walker.expect(walker.kind() == LexemeKind::End, 0)?;
    walker.ex.here.context = outer;
    Ok(block)
}

fn parse(ex: &mut Extractor<'_>, position: Position, text: &str) -> Option<ExprId> {
    let block: syn::Block = syn::parse_str(text).ok()?;
    Some(ex.at_piece(position, |ex| ex.block(&block)))
}

/// The walk: a place among the tokens, and the extractor of the facts.
struct Walker<'w, 'e> {
    ex: &'w mut Extractor<'e>,
    text: &'w str,
    tokens: &'w mut [Lexeme],
    at: usize,
    /// Whether the last pattern was a range that lacks one of its ends.
    half_open: bool,
}

impl Walker<'_, '_> {
    fn kind(&self) -> LexemeKind {
        self.kind_at(self.at)
    }

    fn kind_at(&self, at: usize) -> LexemeKind {
        self.tokens.get(at).map_or(LexemeKind::End, |token| token.kind)
    }

    fn partner(&self, at: usize) -> usize {
        self.tokens[at].partner as usize
    }

    fn is_word(&self, word: Word) -> bool {
        self.kind() == LexemeKind::Word(word)
    }

    /// Whether the punctuation `text` is at `at`. As in the parser, its last character may be the
    /// start of a longer operator.
    fn is_punct_at(&self, at: usize, text: &[u8]) -> bool {
        text.iter().enumerate().all(|(i, &expected)| match self.kind_at(at + i) {
            LexemeKind::Punct(byte, joint) => byte == expected && (joint || i + 1 == text.len()),
            _ => false,
        })
    }

    fn is_punct(&self, text: &[u8]) -> bool {
        self.is_punct_at(self.at, text)
    }

    /// Whether a group or the body ends here.
    fn is_end(&self) -> bool {
        matches!(self.kind(), LexemeKind::Close(_) | LexemeKind::End)
    }

    fn expect(&mut self, is_there: bool, tokens: usize) -> Walked {
        if !is_there {
            return Err(Unsure);
        }
        self.at += tokens;
        Ok(())
    }

    fn expect_word(&mut self, word: Word) -> Walked {
        self.expect(self.is_word(word), 1)
    }

    fn expect_punct(&mut self, text: &[u8]) -> Walked {
        self.expect(self.is_punct(text), text.len())
    }

    fn take_word(&mut self, word: Word) -> bool {
        self.expect_word(word).is_ok()
    }

    fn take_punct(&mut self, text: &[u8]) -> bool {
        self.expect_punct(text).is_ok()
    }

    /// The content of a group in brackets, which `walk` must read to its end.
    fn group<T>(&mut self, bracket: u8, walk: impl FnOnce(&mut Self) -> Walked<T>) -> Walked<T> {
        if self.kind() != LexemeKind::Open(bracket) {
            return Err(Unsure);
        }
        let close = self.partner(self.at);
        self.at += 1;
        let walked = walk(self)?;
        self.expect(self.at == close, 1)?;
        Ok(walked)
    }

    /// A list in a group, its elements separated by commas. Returns whether a comma is last.
    fn list(&mut self, mut element: impl FnMut(&mut Self) -> Walked) -> Walked<bool> {
        let mut ends_with_comma = false;
        while !self.is_end() {
            element(self)?;
            ends_with_comma = false;
            if self.is_end() {
                break;
            }
            self.expect_punct(b",")?;
            ends_with_comma = true;
        }
        Ok(ends_with_comma)
    }

    /// A list whose elements are entries.
    fn entries<T: Listed>(&mut self, mut element: impl FnMut(&mut Self) -> Walked<T>) -> Walked<List<T>> {
        let first = self.ex.entries.len();
        self.list(|this| {
            let element = element(this)?;
            this.ex.entry(element);
            Ok(())
        })?;
        Ok(self.ex.list(first))
    }

    /// The list in a group whose elements are entries; one element without a comma after it is
    /// returned by itself.
    fn elements<T: Listed + Copy>(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Walked<T>,
    ) -> Walked<Result<T, List<T>>> {
        let (first, mut last) = (self.ex.entries.len(), None);
        let ends_with_comma = self.list(|this| {
            let element = element(this)?;
            this.ex.entry(element);
            last = Some(element);
            Ok(())
        })?;
        match last {
            Some(only) if !ends_with_comma && self.ex.entries.len() == first + T::WIDTH => {
                self.ex.entries.truncate(first);
                Ok(Ok(only))
            }
            _ => Ok(Err(self.ex.list(first))),
        }
    }

    fn token_text(&self, at: usize) -> &str {
        let token = &self.tokens[at];
        &self.text[token.start as usize..token.end as usize]
    }

    fn is_ident(&self, at: usize, text: &str) -> bool {
        self.kind_at(at) == LexemeKind::Ident && self.token_text(at) == text
    }

    /// The name that a token spells.
    fn name(&mut self, at: usize) -> Name {
        let token = &mut self.tokens[at];
        if let Some(name) = token.name {
            return name;
        }
        let text = &self.text[token.start as usize..token.end as usize];
        *token.name.insert(self.ex.facts.names.intern(&normalized(text)))
    }

    fn span(&self, at: usize) -> Span {
        self.ex.origins.placed(self.tokens[at].span())
    }

    /// The span from the first token to the end of the last.
    fn span_to(&self, first: usize, last: usize) -> Span {
        self.ex.origins.placed(self.tokens[first].span().to(self.tokens[last].span()))
    }

    /// Walks a construct at the end of which its bindings go out of scope.
    fn scoped<T>(&mut self, walk: impl FnOnce(&mut Self) -> Walked<T>) -> Walked<T> {
        let mark = self.ex.locals.enter();
        let walked = walk(self)?;
        self.ex.locals.leave(mark);
        Ok(walked)
    }

    /// The source of the tokens from `start` up to `end`, and its position.
    fn source(&self, start: usize, end: usize) -> (Position, &str) {
        let (first, last) = (&self.tokens[start], &self.tokens[end - 1]);
        (first.position, &self.text[first.start as usize..last.end as usize])
    }
}
