//! The arguments of a macro in item position, which may define items.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::parse::Parser;

use crate::rust::facts::{
    model::{ItemKind, Visibility},
    walk::{Extractor, parse_all},
};

use super::{SPANNED_TEMPLATES, TEMPLATES};

impl Extractor<'_> {
    /// The arguments of an unknown macro in item position: items as far as they parse, groups of
    /// items, and the names after keywords such as `struct`.
    pub fn guess_items(&mut self, tokens: TokenStream) {
        if let Ok(items) = parse_all::<syn::Item>.parse2(tokens.clone()) {
            return self.items(&items);
        }
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        if self.branches(&trees, Self::guess_items) {
            return;
        }
        self.name_heads(&tokens);
        for tree in &trees {
            if let TokenTree::Group(group) = tree
                && group.delimiter() == Delimiter::Brace
                && let Ok(items) = parse_all::<syn::Item>.parse2(group.stream())
            {
                self.items(&items);
            }
        }
        // The parses above failed in single groups, which does not show that the whole cannot be
        // parsed.
        self.guesses.effort.forget_failures();
        self.guess(|this| this.arguments(tokens));
    }

    /// Defines the names in `pub struct Name`, `static ref NAME`, `fn name` and the like.
    pub fn name_heads(&mut self, tokens: &TokenStream) {
        for Head { ident, visibility, kind } in heads(tokens) {
            let (name, span) = (self.name(&ident), self.span(ident.span()));
            self.define_name(name, span, visibility, kind);
        }
    }
}

/// A name after a keyword such as `struct`, which a macro may define.
pub struct Head {
    pub ident: Ident,
    pub visibility: Visibility,
    pub kind: ItemKind,
}

/// The names that tokens seem to define.
pub fn heads(tokens: &TokenStream) -> Vec<Head> {
    let mut found = Vec::new();
    let mut visibility = Visibility::Private;
    let mut keyword: Option<String> = None;
    for tree in tokens.clone() {
        match tree {
            TokenTree::Ident(ident) => {
                let text = ident.to_string();
                let is_name = text != "ref" && text != "mut";
                if let Some(kind) = keyword.take_if(|_| is_name).and_then(|keyword| head_kind(&keyword)) {
                    found.push(Head { ident, visibility, kind });
                    visibility = Visibility::Private;
                } else if head_kind(&text).is_some() {
                    keyword = Some(text);
                } else if text == "pub" {
                    visibility = Visibility::Public;
                }
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {}
            _ => keyword = None,
        }
    }
    found
}

/// Whether the arguments of a macro statement start like an item, as those of `thread_local!` and
/// `lazy_static!` do, so that the macro seems to define items of the block.
pub fn defines_items(mac: &syn::Macro) -> bool {
    let is_template =
        |name: &Ident| TEMPLATES.iter().chain(SPANNED_TEMPLATES).any(|template| name == template);
    if mac.path.segments.last().is_none_or(|last| is_template(&last.ident)) {
        return false;
    }
    let mut trees = mac.tokens.clone().into_iter();
    loop {
        match trees.next() {
            Some(TokenTree::Punct(punct)) if punct.as_char() == '#' => drop(trees.next()),
            Some(TokenTree::Ident(word)) if word == "pub" => {}
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {}
            Some(TokenTree::Ident(word)) => {
                let is_named = matches!(trees.next(), Some(TokenTree::Ident(_)));
                return is_named && is_head(&word.to_string());
            }
            _ => return false,
        }
    }
}

/// Whether a word may be followed by a name that a macro defines.
pub fn is_head(word: &str) -> bool {
    head_kind(word).is_some()
}

/// The kind of item that a keyword introduces, as far as the keyword alone determines it.
fn head_kind(keyword: &str) -> Option<ItemKind> {
    Some(match keyword {
        "struct" | "enum" | "union" => ItemKind::Opaque,
        "trait" => ItemKind::Union,
        "fn" => ItemKind::Function,
        "static" => ItemKind::Static,
        "const" => ItemKind::Constant,
        "type" => ItemKind::Union,
        _ => return None,
    })
}
