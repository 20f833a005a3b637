//! Attributes: `cfg`, derives, attribute macros, and the paths in the strings of common crates'
//! attributes.

mod arguments;
mod cfg;
mod syntax;

use proc_macro2::{TokenStream, TokenTree};
use syn::Meta;

use crate::{
    base::{context::Context, name::Name},
    rust::facts::model::{FragmentKind, Namespaces, ReferenceKind, condition::Predicate},
};

use super::Extractor;
use cfg::list;

pub use cfg::{nested_cfg_attr, predicate, split_cfg_attr};
pub use syntax::{before_expr, is_test, of_expr, of_generic, of_item, of_pat, require_test};

/// Attributes of the language and its tools: they name no item (the Rust Reference, "Built-in
/// attributes index").
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

impl Extractor<'_> {
    /// Records the references in attributes.
    pub fn attributes(&mut self, attributes: &[syn::Attribute]) {
        attributes.iter().for_each(|attribute| self.attribute(attribute));
    }

    /// Records the references in an attribute.
    pub fn attribute(&mut self, attribute: &syn::Attribute) {
        self.within(Context::Attribute, |this| this.meta(&attribute.meta));
    }

    fn meta(&mut self, meta: &Meta) {
        let path = meta.path();
        if path.is_ident("derive") {
            return self.derives(meta);
        }
        if let Meta::List(list) = meta
            && path.is_ident("cfg_attr")
        {
            return self.conditional_attributes(list.tokens.clone(), |this, attribute| {
                let parsed = syn::parse2::<Meta>(attribute.into_iter().collect());
                parsed.iter().for_each(|meta| this.meta(meta));
            });
        }
        if let Meta::NameValue(syn::MetaNameValue { value: syn::Expr::Macro(value), .. }) = meta {
            self.invocation(&value.mac, FragmentKind::Code); // `#[doc = include_str!("…")]`
        }
        let Some(head) = path.segments.first() else { return };
        if path.segments.len() == 1 && BUILT_IN.iter().any(|name| head.ident == name) {
            return;
        }
        if path.segments.len() > 1 && TOOLS.iter().any(|name| head.ident == name) {
            return;
        }
        if let Some(last) = path.segments.last() {
            let name = self.name(&last.ident);
            self.derived.push(name);
        }
        // A single name may be the helper attribute of a derive, which is not an item.
        let kind = if path.segments.len() == 1 { ReferenceKind::Guess } else { ReferenceKind::Path };
        self.plain_path(path, path.segments.len(), Namespaces::MACROS, kind);
        if let Meta::List(list) = meta {
            self.arguments_of(&head.ident, &list.tokens);
        }
    }

    fn derives(&mut self, meta: &Meta) {
        let Meta::List(list) = meta else { return };
        let paths = syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
        let Ok(paths) = list.parse_args_with(paths) else { return };
        self.within(Context::Derive, |this| {
            for path in &paths {
                if let Some(last) = path.segments.last() {
                    let name = this.name(&last.ident);
                    this.derived.push(name);
                }
                this.plain_path(path, path.segments.len(), Namespaces::MACROS, ReferenceKind::Path);
            }
        });
    }

    /// Walks the attributes inside a `cfg_attr`, and those of nested ones, each under its
    /// condition.
    pub fn conditional_attributes(
        &mut self,
        arguments: TokenStream,
        mut walk: impl FnMut(&mut Self, Vec<TokenTree>),
    ) {
        let outer = self.here.condition;
        // Nested attributes are taken apart level by level, rather than parsed again on each level.
        let mut pending = vec![(outer, arguments)];
        while let Some((outer, arguments)) = pending.pop() {
            let Some((predicate, attributes)) = split_cfg_attr(arguments) else { continue };
            self.here.condition = self.and(outer, predicate);
            for attribute in attributes {
                match nested_cfg_attr(&attribute) {
                    Some(arguments) => pending.push((self.here.condition, arguments)),
                    None => walk(self, attribute),
                }
            }
        }
        self.here.condition = outer;
    }

    /// The paths that `#[path]` gives a module, each with the condition of its `cfg_attr`; `None`
    /// if it has no condition.
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

/// Whether there is an attribute of that single name, including inside a `cfg_attr`, since some
/// build has that.
pub fn has(attributes: &[syn::Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => has_conditional(list.tokens.clone(), name),
        meta => meta.path().is_ident(name),
    })
}

fn has_conditional(arguments: TokenStream, name: &str) -> bool {
    let mut pending = vec![arguments];
    while let Some(arguments) = pending.pop() {
        for attribute in list(arguments).iter().skip(1) {
            match attribute.as_slice() {
                [TokenTree::Ident(first)] | [TokenTree::Ident(first), TokenTree::Group(_)]
                    if first == name =>
                {
                    return true;
                }
                attribute => pending.extend(nested_cfg_attr(attribute)),
            }
        }
    }
    false
}
