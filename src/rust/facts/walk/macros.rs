//! Macros: their definitions, the invocations whose arguments are kept until the macro is known,
//! and procedural macros.

use proc_macro2::TokenTree;

use crate::rust::facts::{
    model::{FragmentKind, Invocation, ItemKind, MacroRules, Namespaces, Path, ReferenceKind},
    token,
};

use super::{Extractor, attributes::has};

impl Extractor<'_> {
    /// An invocation or a `macro_rules!` definition in item position.
    pub fn item_macro(&mut self, item: &syn::ItemMacro) {
        let Some(ident) = item.ident.as_ref().filter(|_| item.mac.path.is_ident("macro_rules")) else {
            return self.invocation_of_items(&item.mac, FragmentKind::Items);
        };
        let name = self.name(ident);
        let exported = has(&item.attrs, "macro_export");
        let local_inner = item.attrs.iter().any(is_local_inner);
        let rules = self.keep_tokens(&item.mac.tokens);
        self.scan_definition(item.mac.tokens.clone());
        let order = self.next_order();
        let (scope, condition) = (self.here.scope, self.here.condition);
        self.facts.macros.push(MacroRules { name, scope, order, exported, local_inner, condition, rules });
    }

    /// An invocation in code: its arguments are kept if the macro may compose a path from them. Those
    /// of an invocation among the arguments of another one are kept with these.
    pub fn invocation_in_code(&mut self, mac: &syn::Macro, kind: FragmentKind, order: u32) {
        if !self.here.is_kept && may_compose(&mac.path) && has_name(mac.tokens.clone()) {
            let first = self.facts.tokens.len();
            self.keep_invocation(mac, kind, order);
            token::without_values(&mut self.facts.tokens[first..], &mut self.facts.names);
            self.here.is_kept = true;
        }
    }

    /// An invocation that may define items: its arguments are kept until the macro is known.
    pub fn invocation_of_items(&mut self, mac: &syn::Macro, kind: FragmentKind) {
        let order = self.next_order();
        let count = mac.path.segments.len();
        self.plain_path(&mac.path, count, Namespaces::MACROS, ReferenceKind::Macro(order));
        self.keep_invocation(mac, kind, order);
    }

    /// Keeps the arguments of an invocation until the macro is known.
    pub fn keep_invocation(&mut self, mac: &syn::Macro, fragment: FragmentKind, order: u32) {
        let count = mac.path.segments.len();
        let first = self.facts.segments.len();
        let idents = mac.path.segments.iter().map(|s| &s.ident);
        let Some(start) = self.segments(mac.path.leading_colon.is_some(), idents) else { return };
        let path = Path { start, first: first as u32, len: (self.facts.segments.len() - first) as u16 };
        let arguments = self.keep_tokens(&mac.tokens);
        let span = self.path_span(&mac.path, count);
        let (scope, condition) = (self.here.scope, self.here.condition);
        let subject = self.here.self_subject.filter(|_| fragment != FragmentKind::Items);
        self.facts.invocations.push(Invocation {
            path,
            scope,
            order,
            condition,
            span,
            arguments,
            fragment,
            subject,
        });
    }

    fn keep_tokens(&mut self, tokens: &proc_macro2::TokenStream) -> (u32, u32) {
        let start = self.facts.tokens.len() as u32;
        token::flatten(tokens.clone(), &self.origins, &mut self.facts.names, &mut self.facts.tokens);
        (start, self.facts.tokens.len() as u32)
    }

    /// The kind of a function item: a macro if an attribute makes it one in every build.
    pub fn function_kind(&self, attributes: &[syn::Attribute]) -> ItemKind {
        let is_macro = |a: &syn::Attribute| FUNCTION_MACROS.iter().any(|name| a.path().is_ident(name));
        if attributes.iter().any(is_macro) { ItemKind::ProcMacro } else { ItemKind::Function }
    }

    /// Defines the procedural macros that the attributes of a function make it: the derive macro
    /// `Name` of `#[proc_macro_derive(Name)]`, and each macro whose attribute is in a `cfg_attr`,
    /// under the condition of that.
    pub fn procedural_macros(&mut self, function: &syn::ItemFn) {
        for attribute in &function.attrs {
            let syn::Meta::List(list) = &attribute.meta else { continue };
            if list.path.is_ident("proc_macro_derive") {
                self.derive_macro(list.tokens.clone(), &function.vis);
            } else if list.path.is_ident("cfg_attr") {
                self.conditional_attributes(list.tokens.clone(), |this, attribute| {
                    match attribute.as_slice() {
                        [TokenTree::Ident(name), TokenTree::Group(group)] if name == "proc_macro_derive" => {
                            this.derive_macro(group.stream(), &function.vis);
                        }
                        [TokenTree::Ident(name)] if FUNCTION_MACROS.iter().any(|known| name == known) => {
                            this.define(&function.sig.ident, &function.vis, ItemKind::ProcMacro);
                        }
                        _ => {}
                    }
                });
            }
        }
    }

    fn derive_macro(&mut self, arguments: proc_macro2::TokenStream, visibility: &syn::Visibility) {
        if let Some(TokenTree::Ident(ident)) = arguments.into_iter().next() {
            self.define(&ident, visibility, ItemKind::ProcMacro);
        }
    }
}

/// Whether the macro of that path may be one of the workspace, which may compose a path.
fn may_compose(path: &syn::Path) -> bool {
    let last = path.segments.last().map(|segment| &segment.ident);
    last.is_some_and(|last| !STANDARD_MACROS.iter().any(|name| last == name))
}

/// Whether there is a word among the tokens that may be a segment of a path.
fn has_name(tokens: proc_macro2::TokenStream) -> bool {
    let mut streams = vec![tokens];
    while let Some(stream) = streams.pop() {
        for tree in stream {
            match tree {
                TokenTree::Group(group) => streams.push(group.stream()),
                TokenTree::Ident(_) => return true,
                _ => {}
            }
        }
    }
    false
}

/// The macros of the standard library that are invoked in code with arguments. The arguments of these and of macros
/// that share their names are not kept.
pub const STANDARD_MACROS: &[&str] = &[
    "addr_of",
    "addr_of_mut",
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "compile_error",
    "concat",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "env",
    "eprint",
    "eprintln",
    "format",
    "format_args",
    "include",
    "include_bytes",
    "include_str",
    "matches",
    "option_env",
    "panic",
    "print",
    "println",
    "stringify",
    "todo",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

/// The attributes that make a function a function-like macro or an attribute macro of the same
/// name.
const FUNCTION_MACROS: &[&str] = &["proc_macro", "proc_macro_attribute"];

/// Whether an attribute is `macro_export(local_inner_macros)`.
fn is_local_inner(attribute: &syn::Attribute) -> bool {
    let argument = || attribute.parse_args::<syn::Ident>();
    attribute.path().is_ident("macro_export") && argument().is_ok_and(|name| name == "local_inner_macros")
}
