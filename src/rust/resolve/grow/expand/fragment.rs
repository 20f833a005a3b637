//! Fragment specifiers: the extent of `$x:expr` and the like (the Rust Reference, "Metavariables").
//!
//! The end of a fragment is found from the tokens that may follow it ("Follow-set ambiguity
//! restrictions") rather than by parsing the fragment.

use std::cell::Cell;

use crate::{
    base::name::Name,
    rust::facts::token::{Token, TokenKind},
};

use super::{Words, after_tree, spend};

/// The number of tokens that are examined per step, since examining a token costs a fraction of the
/// other steps.
const LOOKS: usize = 8;

/// Specifiers, and the keywords that delimit fragments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Block,
    Expr,
    Ident,
    Item,
    Lifetime,
    Literal,
    Meta,
    Pat,
    PatParam,
    Path,
    Stmt,
    Tt,
    Ty,
    Vis,
    As,
    Const,
    Crate,
    Dyn,
    Extern,
    False,
    Fn,
    For,
    If,
    Impl,
    In,
    Mut,
    Pub,
    Static,
    True,
    Type,
    Underscore,
    Unsafe,
    Use,
    Where,
}

impl Word {
    /// Each word with its spelling.
    pub const ALL: &[(&'static str, Self)] = &[
        ("block", Self::Block),
        ("expr", Self::Expr),
        ("expr_2021", Self::Expr),
        ("ident", Self::Ident),
        ("item", Self::Item),
        ("lifetime", Self::Lifetime),
        ("literal", Self::Literal),
        ("meta", Self::Meta),
        ("pat", Self::Pat),
        ("pat_param", Self::PatParam),
        ("path", Self::Path),
        ("stmt", Self::Stmt),
        ("tt", Self::Tt),
        ("ty", Self::Ty),
        ("vis", Self::Vis),
        ("as", Self::As),
        ("const", Self::Const),
        ("crate", Self::Crate),
        ("dyn", Self::Dyn),
        ("extern", Self::Extern),
        ("false", Self::False),
        ("fn", Self::Fn),
        ("for", Self::For),
        ("if", Self::If),
        ("impl", Self::Impl),
        ("in", Self::In),
        ("mut", Self::Mut),
        ("pub", Self::Pub),
        ("static", Self::Static),
        ("true", Self::True),
        ("type", Self::Type),
        ("_", Self::Underscore),
        ("unsafe", Self::Unsafe),
        ("use", Self::Use),
        ("where", Self::Where),
    ];
}

/// Keywords of expressions, and of the types in them, that are not operands.
pub(super) const KEYWORDS: &[&str] = &[
    "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "extern",
    "fn", "for", "gen", "if", "impl", "in", "let", "loop", "match", "move", "mut", "raw", "ref", "return",
    "static", "try", "unsafe", "use", "where", "while", "yeet", "yield",
];

/// The end of the fragment of a specifier that starts at `at`; `None` if none starts there. The
/// examined tokens are charged to `steps`, even if there is no fragment.
pub(super) fn end(
    words: &Words,
    tokens: &[Token],
    at: usize,
    specifier: Name,
    steps: &mut u32,
) -> Option<usize> {
    let cursor = Cursor { words, tokens, looks: Cell::new(0) };
    let end = cursor.end(at, *words.idents.get(&specifier)?);
    spend(steps, cursor.looks.get() / LOOKS)?;
    end
}

struct Cursor<'c> {
    words: &'c Words,
    tokens: &'c [Token],
    /// The number of examined tokens.
    looks: Cell<usize>,
}

impl Cursor<'_> {
    fn end(&self, at: usize, specifier: Word) -> Option<usize> {
        let (cursor, words, tokens) = (self, self.words, self.tokens);
        let first = tokens.get(at);
        match specifier {
            Word::Vis => Some(cursor.visibility(at)),
            Word::Ident => (first?.kind == TokenKind::Ident && words.word(first) != Some(Word::Underscore))
                .then_some(at + 1),
            Word::Lifetime => (first?.kind == TokenKind::Lifetime).then_some(at + 2),
            Word::Literal => cursor.literal(at),
            Word::Tt => first.map(|_| after_tree(words, tokens, at)),
            Word::Block => words.opens(first, '{').then(|| after_tree(words, tokens, at)),
            Word::Ty => cursor.ty(at),
            Word::Path => cursor.path(at),
            Word::Meta => cursor.meta(at),
            Word::Item => cursor.item(at),
            Word::Expr => {
                let stop = cursor.until(at, |c, i| c.is(i, ',') || c.is(i, ';') || c.arrow(i))?;
                cursor.may_be_expression(at, stop).then_some(stop)
            }
            Word::Stmt => cursor.until(at, |c, i| c.is(i, ';') || c.arrow(i) || c.is(i, ',')),
            Word::Pat => cursor.until(at, Cursor::ends_pattern),
            Word::PatParam => cursor.until(at, |c, i| c.ends_pattern(i) || c.is(i, '|')),
            _ => None,
        }
    }

    fn is(&self, at: usize, punct: char) -> bool {
        self.looks.update(|looks| looks + 1);
        self.words.is(self.tokens.get(at), punct)
    }

    fn opens(&self, at: usize, delimiter: char) -> bool {
        self.words.opens(self.tokens.get(at), delimiter)
    }

    fn word(&self, at: usize) -> Option<Word> {
        self.words.word(self.tokens.get(at))
    }

    fn arrow(&self, at: usize) -> bool {
        self.is(at, '=') && self.is(at + 1, '>')
    }

    fn path_separator(&self, at: usize) -> bool {
        self.is(at, ':') && self.is(at + 1, ':')
    }

    fn skip(&self, at: usize) -> usize {
        self.looks.update(|looks| looks + 1);
        after_tree(self.words, self.tokens, at)
    }

    /// The end of the trees before the first at which `ends` holds; there must be at least one.
    fn until(&self, at: usize, ends: impl Fn(&Self, usize) -> bool) -> Option<usize> {
        let mut stop = at;
        while stop < self.tokens.len() && !ends(self, stop) {
            stop = self.skip(stop);
        }
        (stop > at).then_some(stop)
    }

    /// Returns true if no operand directly follows another, as in `vec vec![]`. There the fragment
    /// would end between them, where no rule allows it, so these arguments belong to another rule,
    /// which starts with a keyword of its own.
    fn may_be_expression(&self, at: usize, stop: usize) -> bool {
        let is_operand = |at: usize| match self.tokens[at].kind {
            TokenKind::Ident => !self.words.keywords.contains(&self.tokens[at].text),
            kind => kind == TokenKind::Literal,
        };
        let mut here = at;
        while here < stop {
            let next = self.skip(here);
            // A lifetime consists of the quote and the name.
            let is_one = next == here + 1;
            if is_one && next < stop && is_operand(here) && is_operand(next) {
                return false;
            }
            here = next;
        }
        true
    }

    fn ends_pattern(&self, at: usize) -> bool {
        self.arrow(at)
            || self.is(at, ',')
            || (self.is(at, '=') && self.skip(at) == at + 1)
            || matches!(self.word(at), Some(Word::If | Word::In))
    }

    fn visibility(&self, at: usize) -> usize {
        if self.word(at) != Some(Word::Pub) {
            return at;
        }
        if self.opens(at + 1, '(')
            && matches!(self.tokens.get(at + 2).map(|t| t.kind), Some(TokenKind::Ident))
        {
            return self.skip(at + 1);
        }
        at + 1
    }

    fn literal(&self, at: usize) -> Option<usize> {
        let at = at + usize::from(self.is(at, '-'));
        let literal = self.tokens.get(at)?.kind == TokenKind::Literal
            || matches!(self.word(at), Some(Word::True | Word::False));
        literal.then_some(at + 1)
    }

    fn meta(&self, at: usize) -> Option<usize> {
        let after = self.path(at)?;
        match self.tokens.get(after).map(|t| t.kind) {
            Some(TokenKind::Open(_)) => Some(self.skip(after)),
            _ if self.is(after, '=') && !self.arrow(after) => {
                self.until(after + 1, |c, i| c.is(i, ',') || c.is(i, ';'))
            }
            _ => Some(after),
        }
    }

    fn item(&self, at: usize) -> Option<usize> {
        let mut head = at;
        while self.is(head, '#') && self.opens(head + 1, '[') {
            head = self.skip(head + 1);
        }
        head = self.visibility(head);
        self.tokens.get(head).filter(|t| matches!(t.kind, TokenKind::Ident | TokenKind::DollarCrate(_)))?;
        let to_semicolon = match self.word(head) {
            Some(Word::Use | Word::Static | Word::Type) => true,
            Some(Word::Const) => self.is(head + 2, ':'),
            Some(Word::Extern) => self.word(head + 1) == Some(Word::Crate),
            _ => false,
        };
        let mut stop = head;
        while stop < self.tokens.len() {
            if self.is(stop, ';') {
                return Some(stop + 1);
            }
            let block = self.opens(stop, '{');
            stop = self.skip(stop);
            if block && !to_semicolon {
                return Some(stop);
            }
        }
        None
    }

    /// A type (the Rust Reference, "Types"), with its `+` bounds.
    fn ty(&self, mut at: usize) -> Option<usize> {
        loop {
            match self.word(at) {
                Some(Word::Mut | Word::Const | Word::Dyn | Word::Impl | Word::Unsafe) => at += 1,
                Some(Word::Extern) => {
                    at += 1 + usize::from(
                        self.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Literal),
                    );
                }
                Some(Word::For) => at = self.angles(at + 1)?,
                _ if self.is(at, '&') || self.is(at, '*') || self.is(at, '?') => at += 1,
                _ if self.tokens.get(at)?.kind == TokenKind::Lifetime => {
                    at += 2;
                    if !self.is(at, '+') {
                        // A reference's lifetime is followed by its type; a bound that is a
                        // lifetime by nothing.
                        if self.tokens.get(at).is_none_or(|t| matches!(t.kind, TokenKind::Punct { .. }))
                            && !self.is(at, '&')
                            && !self.is(at, '*')
                            && !self.is(at, '<')
                        {
                            return Some(at);
                        }
                        continue;
                    }
                    at += 1;
                }
                _ => break,
            }
        }
        let mut stop = self.simple_type(at)?;
        while self.is(stop, '+') && !self.is(stop + 1, '=') {
            match self.ty(stop + 1) {
                Some(next) => stop = next,
                None => break,
            }
        }
        Some(stop)
    }

    fn simple_type(&self, at: usize) -> Option<usize> {
        if self.opens(at, '(') || self.opens(at, '[') || self.opens_nothing(at) {
            return Some(self.skip(at));
        }
        if self.is(at, '!') || self.word(at) == Some(Word::Underscore) {
            return Some(at + 1);
        }
        if self.word(at) == Some(Word::Fn) {
            return self.returns(self.opens(at + 1, '(').then(|| self.skip(at + 1))?);
        }
        let stop = self.path(at)?;
        if self.is(stop, '!') && matches!(self.tokens.get(stop + 1)?.kind, TokenKind::Open(_)) {
            return Some(self.skip(stop + 1));
        }
        Some(stop)
    }

    fn opens_nothing(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| matches!(t.kind, TokenKind::Open(_)))
            && !self.opens(at, '{')
            && !self.opens(at, '(')
            && !self.opens(at, '[')
    }

    fn returns(&self, at: usize) -> Option<usize> {
        if self.is(at, '-') && self.is(at + 1, '>') { self.ty(at + 2) } else { Some(at) }
    }

    /// A path with its generic arguments, `Fn(A) -> B` included.
    fn path(&self, at: usize) -> Option<usize> {
        let mut stop = at;
        if self.is(stop, '<') {
            stop = self.angles(stop)?;
        }
        if self.path_separator(stop) {
            stop += 2;
        }
        loop {
            let segment = self.tokens.get(stop)?;
            if !matches!(segment.kind, TokenKind::Ident | TokenKind::DollarCrate(_)) {
                return None;
            }
            stop += 1;
            if self.path_separator(stop) && self.is(stop + 2, '<') {
                stop = self.angles(stop + 2)?;
            } else if self.is(stop, '<') && !self.is(stop + 1, '=') {
                stop = self.angles(stop)?;
            } else if self.opens(stop, '(')
                && self.is(self.skip(stop), '-')
                && self.is(self.skip(stop) + 1, '>')
            {
                return self.returns(self.skip(stop));
            }
            let goes_on = self.tokens.get(stop + 2).is_some_and(|t| matches!(t.kind, TokenKind::Ident));
            if !self.path_separator(stop) || !goes_on {
                return Some(stop);
            }
            stop += 2;
        }
    }

    /// After the `>` that closes the `<` at `at`.
    fn angles(&self, at: usize) -> Option<usize> {
        let mut depth = 0usize;
        let mut stop = at;
        while stop < self.tokens.len() {
            if self.is(stop, '<') {
                depth += 1;
            } else if self.is(stop, '>') && !(stop > 0 && (self.is(stop - 1, '-') || self.is(stop - 1, '=')))
            {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(stop + 1);
                }
            }
            stop = match self.tokens[stop].kind {
                TokenKind::Open(distance) => stop + distance as usize + 1,
                _ => stop + 1,
            };
        }
        None
    }
}
