//! Macro tokens as plain data: what `macro_rules!` definitions and invocations hold until they are expanded.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use serde::{Deserialize, Serialize};

use crate::base::{
    name::{Name, Names},
    span::Span,
};

use super::extract::Origins;

/// A token, or the opening or closing of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its sort.
    pub kind: TokenKind,
    /// Its text; a group's delimiter for openings and closings.
    pub text: Name,
    /// Where it stands in the source; nowhere for what a macro's own definition contributes to an expansion.
    pub span: Span,
}

/// The sorts of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenKind {
    /// An identifier or keyword.
    Ident,
    /// A lifetime, with its quote.
    Lifetime,
    /// A punctuation character; whether the next one follows without a space.
    Punct {
        /// Directly followed by another.
        joint: bool,
    },
    /// A literal.
    Literal,
    /// The opening of a group, with the distance to its closing.
    Open(u32),
    /// The closing of a group.
    Close,
    /// `$crate`, with the number of the crate that it stands for.
    DollarCrate(u32),
}

/// Appends `stream` to `tokens`. Iterates: macro arguments nest as deep as their author likes.
pub fn flatten(stream: TokenStream, origins: &Origins<'_>, names: &mut Names, tokens: &mut Vec<Token>) {
    let mut open: Vec<(proc_macro2::token_stream::IntoIter, u32, &'static str, Span)> = Vec::new();
    let mut trees = stream.into_iter();
    let mut text = String::new();
    loop {
        let Some(tree) = trees.next() else {
            let Some((outer, start, close, span)) = open.pop() else { return };
            let distance = tokens.len() as u32 - start;
            tokens[start as usize].kind = TokenKind::Open(distance);
            tokens.push(Token { kind: TokenKind::Close, text: names.intern(close), span });
            trees = outer;
            continue;
        };
        if let TokenTree::Group(group) = tree {
            let (opening, closing) = delimiters(group.delimiter());
            let start = tokens.len() as u32;
            let span = origins.span(group.span_open());
            tokens.push(Token { kind: TokenKind::Open(0), text: names.intern(opening), span });
            let close = origins.span(group.span_close());
            open.push((std::mem::replace(&mut trees, group.stream().into_iter()), start, closing, close));
            continue;
        }
        tokens.push(leaf(&tree, origins, names, &mut text));
    }
}

fn leaf(tree: &TokenTree, origins: &Origins<'_>, names: &mut Names, text: &mut String) -> Token {
    use std::fmt::Write as _;
    text.clear();
    let _ = write!(text, "{tree}");
    let span = origins.span(tree.span());
    let kind = match tree {
        TokenTree::Ident(_) => match origins.dollar_crate(text) {
            Some(krate) => TokenKind::DollarCrate(krate),
            None => TokenKind::Ident,
        },
        TokenTree::Punct(punct) if punct.as_char() == '\'' => TokenKind::Lifetime,
        TokenTree::Punct(punct) => TokenKind::Punct { joint: punct.spacing() == Spacing::Joint },
        _ => TokenKind::Literal,
    };
    Token { kind, text: names.intern(text), span }
}

fn delimiters(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

/// Writes tokens as text that parses to the same tokens, one to a line, so that a position in the text tells the token
/// that it came from: line *n* is token *n − 1*. Punctuation that belongs together shares a line, followed by blank ones.
pub fn write(tokens: &[Token], names: &Names) -> String {
    let mut text = String::with_capacity(tokens.len() * 6);
    let mut owed = 0;
    for (i, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::DollarCrate(krate) => {
                text.push_str(DOLLAR_CRATE);
                text.push_str(&krate.to_string());
            }
            TokenKind::Literal => text.push_str(&one_line(names.text(token.text))),
            _ => text.push_str(names.text(token.text)),
        }
        owed += 1;
        let punct_next = matches!(tokens.get(i + 1), Some(Token { kind: TokenKind::Punct { .. }, .. }));
        let joined = matches!(token.kind, TokenKind::Punct { joint: true }) && punct_next;
        if !joined && token.kind != TokenKind::Lifetime {
            text.extend(std::iter::repeat_n('\n', owed));
            owed = 0;
        }
    }
    text
}

/// What `$crate` is called in the text of an expansion, followed by the crate's number.
pub const DOLLAR_CRATE: &str = "__archlint_dollar_crate_";

/// A literal that spans lines would shift the lines below it. Only the paths that some strings hold are ever read.
fn one_line(literal: &str) -> std::borrow::Cow<'_, str> {
    if literal.contains('\n') { "\"\"".into() } else { literal.into() }
}

/// The tokens of a text, for tests of what is done with tokens.
#[cfg(test)]
pub(crate) fn lex(text: &str, names: &mut Names) -> Vec<Token> {
    let mut tokens = Vec::new();
    flatten(text.parse().expect("balanced text"), &Origins::SOURCE, names, &mut tokens);
    tokens
}
