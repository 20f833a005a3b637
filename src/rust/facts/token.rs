//! Macro tokens as plain data: the content of `macro_rules!` definitions and invocations until they
//! are expanded.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

use crate::base::{name::Names, span::Span};

use super::{
    model,
    origins::{DOLLAR_CRATE, Origins},
};

pub use model::{Token, TokenKind};

/// The text of each literal among the arguments of a macro in code, where only names matter: an edit of
/// a value or a message changes no fact.
pub const ANY_LITERAL: &str = "0";

/// Replaces the literals among `tokens` by [`ANY_LITERAL`].
pub fn without_values(tokens: &mut [Token], names: &mut Names) {
    let any = names.intern(ANY_LITERAL);
    for token in tokens.iter_mut().filter(|token| token.kind == TokenKind::Literal) {
        token.text = any;
        token.span.end = token.span.start;
    }
}

/// Appends `stream` to `tokens`. Iterates, because macro arguments may nest to any depth.
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

/// Writes tokens as text that parses to the same tokens, one per line, so that the line of a
/// position identifies the token: line *n* is token *n − 1*. The characters of one operator share a
/// line, and blank lines follow to keep the count.
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

/// The tokens without those of doc comments, which only a macro accepts in any place. The distances
/// of groups are not updated.
pub fn without_docs(tokens: &[Token], names: &Names) -> Vec<Token> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        match doc(&tokens[at..], names) {
            0 => {
                kept.push(tokens[at]);
                at += 1;
            }
            doc => at += doc,
        }
    }
    kept
}

/// The number of tokens of the doc comment at the start of `tokens`, `#[doc = "…"]` or `#![doc =
/// "…"]`; otherwise 0.
fn doc(tokens: &[Token], names: &Names) -> usize {
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| names.text(token.text) == text);
    let open = 1 + usize::from(is(1, "!"));
    let is_doc = is(0, "#") && is(open, "[") && is(open + 1, "doc") && is(open + 2, "=") && is(open + 4, "]");
    if is_doc { open + 5 } else { 0 }
}

/// A stream without the tokens of doc comments. Recurses into its groups.
pub fn stream_without_docs(stream: TokenStream) -> TokenStream {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let is_punct =
        |at: usize, c: char| matches!(trees.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == c);
    let mut kept = Vec::with_capacity(trees.len());
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        let group = at + 1 + usize::from(is_punct(at + 1, '!'));
        if is_punct(at, '#') && matches!(trees.get(group), Some(TokenTree::Group(group)) if is_doc(group)) {
            at = group + 1;
            continue;
        }
        kept.push(match tree {
            TokenTree::Group(group) => {
                let mut new = Group::new(group.delimiter(), stream_without_docs(group.stream()));
                new.set_span(group.span());
                new.into()
            }
            tree => tree.clone(),
        });
        at += 1;
    }
    kept.into_iter().collect()
}

fn is_doc(attribute: &Group) -> bool {
    let mut trees = attribute.stream().into_iter();
    let is_doc = matches!(trees.next(), Some(TokenTree::Ident(name)) if name == "doc");
    is_doc && matches!(trees.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=')
}

/// A literal that spans lines would shift the lines below it, so an empty string replaces it. Only
/// strings that hold paths are ever read.
fn one_line(literal: &str) -> std::borrow::Cow<'_, str> {
    if literal.contains('\n') { "\"\"".into() } else { literal.into() }
}

/// The tokens of a text, for tests.
#[cfg(test)]
pub(crate) fn lex(text: &str, names: &mut Names) -> Vec<Token> {
    let mut tokens = Vec::new();
    flatten(text.parse().expect("balanced text"), &Origins::SOURCE, names, &mut tokens);
    tokens
}
