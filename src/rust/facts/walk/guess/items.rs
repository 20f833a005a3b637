//! Arguments of a macro that stands where items do, and may define some.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::Parser;

use crate::rust::facts::{
    model::{ItemKind, Visibility},
    walk::{Extractor, parse_all},
};

impl Extractor<'_> {
    /// Arguments of an unknown macro in item position: items as far as they parse, groups of items, and the names that
    /// keywords such as `struct` stand before.
    pub fn guess_items(&mut self, tokens: TokenStream) {
        if let Ok(items) = parse_all::<syn::Item>.parse2(tokens.clone()) {
            return self.items(&items);
        }
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        if self.branches(&trees, Self::guess_items) {
            return;
        }
        self.name_heads(&trees);
        for tree in &trees {
            if let TokenTree::Group(group) = tree
                && group.delimiter() == Delimiter::Brace
                && let Ok(items) = parse_all::<syn::Item>.parse2(group.stream())
            {
                self.items(&items);
            }
        }
        // What failed in the groups was read by itself, and not as part of all.
        self.guesses.effort.forget_failures();
        self.guess(|this| this.arguments(tokens));
    }

    /// Defines the names in `pub struct Name`, `static ref NAME`, `fn name` and their like.
    fn name_heads(&mut self, trees: &[TokenTree]) {
        let mut public = false;
        let mut keyword: Option<String> = None;
        for tree in trees {
            match tree {
                TokenTree::Ident(ident) => {
                    let text = ident.to_string();
                    if let Some(kind) =
                        keyword.take_if(|_| text != "ref" && text != "mut").and_then(|k| head_kind(&k))
                    {
                        let visibility = if public { Visibility::Public } else { Visibility::Private };
                        let (name, span) = (self.name(ident), self.span(ident.span()));
                        self.define_name(name, span, visibility, kind);
                        public = false;
                    } else if head_kind(&text).is_some() {
                        keyword = Some(text);
                    } else if text == "pub" {
                        public = true;
                    }
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {}
                _ => keyword = None,
            }
        }
    }
}

/// What a keyword before a name says that the name is, as far as one can tell without the macro's definition.
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
