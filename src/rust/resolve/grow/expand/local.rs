//! `#[macro_export(local_inner_macros)]`: a macro that such a macro calls by a plain name is one of
//! its own crate, wherever it is invoked (the Rust Reference, "Hygiene").

use super::{Words, after_tree, group};
use crate::{
    base::span::Span,
    rust::facts::token::{Token, TokenKind},
};

/// The definition with `$crate::` before every macro that a transcriber calls by a plain name.
pub fn with_local_macros(words: &Words, definition: &[Token]) -> Vec<Token> {
    let mut out = Vec::with_capacity(definition.len());
    let mut at = 0;
    while at < definition.len() {
        let is_transcriber =
            at >= 2 && words.is(definition.get(at - 2), '=') && words.is(definition.get(at - 1), '>');
        match group(definition, at).filter(|_| is_transcriber) {
            Some((content, after)) => {
                let start = out.len();
                out.push(definition[at]);
                qualify(words, content, &mut out);
                close(&mut out, start, definition[after - 1]);
                at = after;
            }
            None => {
                let after = after_tree(words, definition, at);
                out.extend_from_slice(&definition[at..after]);
                at = after;
            }
        }
    }
    out
}

fn qualify(words: &Words, tokens: &[Token], out: &mut Vec<Token>) {
    let mut open: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if is_plain_call(words, tokens, at) {
            out.extend(own_crate(words));
        }
        match token.kind {
            TokenKind::Open(_) => open.push(out.len()),
            TokenKind::Close => {
                if let Some(start) = open.pop() {
                    close(out, start, *token);
                }
                continue;
            }
            _ => {}
        }
        out.push(*token);
    }
}

/// Writes the end of the group that began at `start`.
fn close(out: &mut Vec<Token>, start: usize, end: Token) {
    out[start].kind = TokenKind::Open((out.len() - start) as u32);
    out.push(end);
}

/// Returns whether `name!` starts at `at`, with no token before it that makes it a path, a variable
/// or a keyword.
fn is_plain_call(words: &Words, tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let is_part = [':', '.', '$'].into_iter().any(|punct| words.is(before, punct));
    let mark = tokens.get(at + 1);
    let is_call = words.is(mark, '!') && !(words.is(tokens.get(at + 2), '=') && is_joint(mark));
    tokens[at].kind == TokenKind::Ident && is_call && !is_part && words.may_call(tokens[at].text)
}

fn is_joint(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.kind == TokenKind::Punct { joint: true })
}

/// `$crate::`.
fn own_crate(words: &Words) -> [Token; 4] {
    let punct = |text: char, joint| Token {
        kind: TokenKind::Punct { joint },
        text: words.punct[text as usize],
        span: Span::default(),
    };
    let krate = Token { kind: TokenKind::Ident, text: words.crate_, span: Span::default() };
    [punct('$', false), krate, punct(':', true), punct(':', false)]
}
