//! Attributes: `cfg`, derives, attribute macros, and the paths that attributes of common crates hold in strings.

mod cfg;
mod syntax;

use proc_macro2::{Literal, TokenStream, TokenTree};
use syn::{Meta, visit::Visit};

use crate::{
    base::{context::Context, name::Name},
    rust::facts::model::{Namespaces, ReferenceKind, condition::Predicate},
};

use super::{Effort, Extractor};
use cfg::{DEEPEST_PREDICATE, list, predicate_of};

pub use cfg::predicate;
pub use syntax::{before_expr, is_test, of_expr, of_generic, of_item, require_test};

/// Attributes of the language and its tools: they name no item (the Rust Reference, "Built-in attributes index").
const BUILT_IN: &[&str] = &[
    "allow",
    "automatically_derived",
    "cfg",
    "cold",
    "default",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "export_name",
    "feature",
    "forbid",
    "global_allocator",
    "ignore",
    "inline",
    "instruction_set",
    "link",
    "link_name",
    "link_ordinal",
    "link_section",
    "macro_export",
    "macro_use",
    "must_use",
    "naked",
    "no_builtins",
    "no_core",
    "no_link",
    "no_main",
    "no_mangle",
    "no_std",
    "non_exhaustive",
    "panic_handler",
    "path",
    "proc_macro",
    "proc_macro_attribute",
    "proc_macro_derive",
    "recursion_limit",
    "repr",
    "rustc_dummy",
    "should_panic",
    "target_feature",
    "track_caller",
    "type_length_limit",
    "unsafe",
    "used",
    "warn",
    "windows_subsystem",
];

/// Namespaces of attributes that only tools read (the Rust Reference, "Tool attributes").
const TOOLS: &[&str] = &["clippy", "diagnostic", "miri", "rust_analyzer", "rustfmt"];

/// Keys whose string value is a path, in the attributes of serde and of crates that follow its lead.
const PATH_KEYS: &[&str] = &[
    "crate",
    "default",
    "deserialize_with",
    "from",
    "getter",
    "into",
    "remote",
    "schema_with",
    "serialize_with",
    "skip_serializing_if",
    "try_from",
    "try_into",
    "with",
];

impl Extractor<'_> {
    /// What attributes name.
    pub fn attributes(&mut self, attributes: &[syn::Attribute]) {
        attributes.iter().for_each(|attribute| self.attribute(attribute));
    }

    /// What an attribute names.
    pub fn attribute(&mut self, attribute: &syn::Attribute) {
        self.within(Context::Attribute, |this| this.meta(&attribute.meta));
    }

    fn meta(&mut self, meta: &Meta) {
        let path = meta.path();
        if path.is_ident("derive") {
            return self.derives(meta);
        }
        if path.is_ident("cfg_attr") {
            return self.conditional_attributes(meta);
        }
        let Some(head) = path.segments.first() else { return };
        if path.segments.len() == 1 && BUILT_IN.iter().any(|name| head.ident == name) {
            return;
        }
        if path.segments.len() > 1 && TOOLS.iter().any(|name| head.ident == name) {
            return;
        }
        // A single name may be the helper attribute of a derive, which is no item.
        let kind = if path.segments.len() == 1 { ReferenceKind::Guess } else { ReferenceKind::Path };
        self.plain_path(path, path.segments.len(), Namespaces::MACROS, kind);
        if let Meta::List(list) = meta {
            if self.here.guessing == 0 {
                self.guesses.effort = Effort::of(list.tokens.clone());
            }
            self.here.guessing += 1;
            self.attribute_arguments(&list.tokens);
            self.here.guessing -= 1;
        }
    }

    fn derives(&mut self, meta: &Meta) {
        let Meta::List(list) = meta else { return };
        let paths = syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
        let Ok(paths) = list.parse_args_with(paths) else { return };
        self.within(Context::Derive, |this| {
            for path in &paths {
                this.plain_path(path, path.segments.len(), Namespaces::MACROS, ReferenceKind::Path);
            }
        });
    }

    fn conditional_attributes(&mut self, meta: &Meta) {
        let Meta::List(list) = meta else { return };
        let outer = self.here.condition;
        // Attributes that nest are taken apart one in the other, rather than parsed again on each level.
        let mut pending = vec![(outer, list.tokens.clone())];
        while let Some((outer, arguments)) = pending.pop() {
            let Some((predicate, attributes)) = split_cfg_attr(arguments) else { continue };
            self.here.condition = self.and(outer, predicate);
            for attribute in attributes {
                match nested_cfg_attr(&attribute) {
                    Some(arguments) => pending.push((self.here.condition, arguments)),
                    None => {
                        let parsed = syn::parse2::<Meta>(attribute.into_iter().collect());
                        parsed.iter().for_each(|meta| self.meta(meta));
                    }
                }
            }
        }
        self.here.condition = outer;
    }

    /// Paths in the arguments of an attribute: in strings that follow a known key, and in paths of several segments.
    fn attribute_arguments(&mut self, tokens: &TokenStream) {
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        for window in trees.windows(3) {
            if let [TokenTree::Ident(key), TokenTree::Punct(eq), TokenTree::Literal(text)] = window
                && eq.as_char() == '='
                && PATH_KEYS.iter().any(|name| key == name)
            {
                self.path_literal(text);
            }
        }
        let list = syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        if self.affords(tokens)
            && let Ok(list) = syn::parse::Parser::parse2(list, tokens.clone())
        {
            return list.iter().for_each(|expr| self.attribute_argument(expr));
        }
        for tree in &trees {
            if let TokenTree::Group(group) = tree {
                self.attribute_arguments(&group.stream());
            }
        }
        self.scan_paths(&trees);
    }

    /// One argument: in `default`, `skip(x)` and `name = value` the first name is a word of the attribute's own.
    fn attribute_argument(&mut self, expr: &syn::Expr) {
        let is_word =
            |expr: &syn::Expr| matches!(expr, syn::Expr::Path(path) if path.path.get_ident().is_some());
        match expr {
            expr if is_word(expr) => {}
            syn::Expr::Assign(assign) if is_word(&assign.left) => self.visit_expr(&assign.right),
            syn::Expr::Call(call) => {
                if !is_word(&call.func) {
                    self.visit_expr(&call.func);
                }
                call.args.iter().for_each(|argument| self.attribute_argument(argument));
            }
            expr => self.visit_expr(expr),
        }
    }

    fn path_literal(&mut self, literal: &Literal) {
        if let Some(text) = string_literal(&literal.to_string()) {
            let span = self.span(literal.span());
            self.path_in_text(&text, span, Namespaces::TYPES.and(Namespaces::VALUES));
        }
    }

    /// The paths that `#[path]` gives a module: each with the condition of its `cfg_attr`, `None` where it has none.
    pub fn path_attributes(&mut self, attributes: &[syn::Attribute]) -> Vec<(Name, Option<Predicate>)> {
        let mut found = Vec::new();
        for attribute in attributes {
            if let Some(path) = path_value(&attribute.meta) {
                found.push((self.facts.names.intern(&path), None));
            }
            let Meta::List(list) = &attribute.meta else { continue };
            if !list.path.is_ident("cfg_attr") {
                continue;
            }
            let Some((predicate, attributes)) = split_cfg_attr(list.tokens.clone()) else { continue };
            for attribute in attributes.into_iter().filter(|trees| nested_cfg_attr(trees).is_none()) {
                let meta = syn::parse2(attribute.into_iter().collect());
                if let Some(path) = meta.ok().as_ref().and_then(path_value) {
                    found.push((self.facts.names.intern(&path), Some(predicate.clone())));
                }
            }
        }
        found
    }
}

/// The text of a string literal; `None` for any other literal.
pub fn string_literal(literal: &str) -> Option<String> {
    syn::parse_str::<syn::LitStr>(literal).ok().map(|literal| literal.value())
}

fn path_value(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(path), .. }) => Some(path.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The predicate and the attributes in `cfg_attr(predicate, attributes…)`.
fn split_cfg_attr(arguments: TokenStream) -> Option<(Predicate, Vec<Vec<TokenTree>>)> {
    let mut list = list(arguments).into_iter();
    let predicate = predicate_of(&list.next()?, DEEPEST_PREDICATE)?;
    Some((predicate, list.collect()))
}

/// The arguments of a `cfg_attr` among those of another.
fn nested_cfg_attr(attribute: &[TokenTree]) -> Option<TokenStream> {
    match attribute {
        [TokenTree::Ident(name), TokenTree::Group(group)] if name == "cfg_attr" => Some(group.stream()),
        _ => None,
    }
}

/// Whether an attribute of that single name is there.
pub fn has(attributes: &[syn::Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}
