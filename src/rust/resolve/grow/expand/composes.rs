//! Macros that compose paths: `crate::$module::$function()` names an item that neither the definition
//! nor the arguments of an invocation spell.

use crate::rust::facts::token::{Token, TokenKind};

use super::{Words, rule};

/// Whether a macro of that definition may compose a path from its arguments and from tokens of its
/// own, by itself or by the macros that it passes arguments to.
pub fn composes(words: &Words, definition: &[Token]) -> bool {
    let mut at = 0;
    while let Some((rule, after)) = rule(words, definition, at) {
        if (Transcriber { words, tokens: rule.transcriber }).composes() {
            return true;
        }
        at = after;
    }
    false
}

/// The right side of a rule.
struct Transcriber<'t> {
    words: &'t Words,
    tokens: &'t [Token],
}

impl Transcriber<'_> {
    fn composes(&self) -> bool {
        // The starts of the open groups, and the end of the last repetition.
        let (mut open, mut repetition) = (Vec::new(), None);
        for (at, token) in self.tokens.iter().enumerate() {
            match token.kind {
                TokenKind::Open(_) => open.push(at),
                TokenKind::Close => {
                    let start: Option<usize> = open.pop();
                    repetition = start.filter(|&start| self.is_dollar(start, 1)).map(|_| at).or(repetition);
                }
                TokenKind::Punct { .. } if self.composes_at(at, repetition) => return true,
                _ => {}
            }
        }
        false
    }

    /// Whether the punctuation at `at` is the `::` of such a path, or the `!` of such an invocation.
    /// `repetition` is the end of the last one.
    fn composes_at(&self, at: usize, repetition: Option<usize>) -> bool {
        let is_in_path = || self.is_variable(at + 2) || self.ends_variable(at, repetition);
        (self.is_separator(at) && is_in_path())
            || (self.words.is(self.tokens.get(at), '!') && self.passes_arguments(at))
    }

    /// Whether the token `before` the one at `at` is a `$`.
    fn is_dollar(&self, at: usize, before: usize) -> bool {
        self.words.is(at.checked_sub(before).and_then(|at| self.tokens.get(at)), '$')
    }

    fn is_separator(&self, at: usize) -> bool {
        [at, at + 1].iter().all(|&at| self.words.is(self.tokens.get(at), ':'))
    }

    /// Whether a variable or a repetition starts at `at`.
    fn is_variable(&self, at: usize) -> bool {
        self.words.is(self.tokens.get(at), '$')
            && self.tokens.get(at + 1).is_some_and(|token| match token.kind {
                TokenKind::Ident => token.text != self.words.crate_,
                TokenKind::Open(_) => true,
                _ => false,
            })
    }

    /// Whether a variable or a repetition ends before `at`.
    fn ends_variable(&self, at: usize, repetition: Option<usize>) -> bool {
        let is_operator = |at: usize| "*+?".chars().any(|c| self.words.is(self.tokens.get(at), c));
        let is_after = |end: usize| end + 1 == at || (end + 2 == at && is_operator(end + 1));
        (at >= 2 && self.is_variable(at - 2) && self.tokens[at - 1].kind == TokenKind::Ident)
            || repetition.is_some_and(is_after)
    }

    /// Whether the `!` at `at` is that of an invocation whose macro the arguments name, or of a macro
    /// that may compose paths, with variables among its arguments.
    fn passes_arguments(&self, at: usize) -> bool {
        let (Some(name), Some(group)) =
            (at.checked_sub(1).map(|at| self.tokens[at]), self.tokens.get(at + 1))
        else {
            return false;
        };
        let (TokenKind::Ident, TokenKind::Open(distance)) = (name.kind, group.kind) else { return false };
        if self.is_dollar(at, 2) {
            return true; // the arguments name the macro
        }
        let arguments = at + 2..at + 1 + distance as usize;
        !self.words.is_standard(name.text) && arguments.into_iter().any(|at| self.is_variable(at))
    }
}
