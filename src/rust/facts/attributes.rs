//! Attributes: `cfg`, derives, attribute macros, and the paths that attributes of common crates hold in strings.

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use syn::{Meta, visit::Visit};

use crate::base::{context::Context, name::Name};

use super::{
    ConditionId, Namespaces, ReferenceKind, condition::Predicate, effort::Effort, extract::Extractor,
};

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
            if self.guessing == 0 {
                self.effort = Effort::of(list.tokens.clone());
            }
            self.guessing += 1;
            self.attribute_arguments(&list.tokens);
            self.guessing -= 1;
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
        let outer = self.condition;
        // Attributes that nest are taken apart one in the other, rather than parsed again on each level.
        let mut pending = vec![(outer, list.tokens.clone())];
        while let Some((outer, arguments)) = pending.pop() {
            let Some((predicate, attributes)) = split_cfg_attr(arguments) else { continue };
            self.condition = self.and(outer, predicate);
            for attribute in attributes {
                match nested_cfg_attr(&attribute) {
                    Some(arguments) => pending.push((self.condition, arguments)),
                    None => {
                        let parsed = syn::parse2::<Meta>(attribute.into_iter().collect());
                        parsed.iter().for_each(|meta| self.meta(meta));
                    }
                }
            }
        }
        self.condition = outer;
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

    /// The condition that `cfg` attributes add to the present one, if there are any.
    pub fn cfg_of(&mut self, attributes: &[syn::Attribute]) -> Option<ConditionId> {
        let mut condition = None;
        for attribute in attributes.iter().filter(|a| a.path().is_ident("cfg")) {
            let Meta::List(list) = &attribute.meta else { continue };
            let Some(predicate) = predicate(list.tokens.clone()) else { continue };
            let outer = condition.unwrap_or(self.condition);
            condition = Some(self.and(outer, predicate));
        }
        condition
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

/// The elements of a list that are separated by commas; there may be one behind the last.
fn list(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut elements = vec![Vec::new()];
    for tree in tokens {
        match &tree {
            TokenTree::Punct(punct) if punct.as_char() == ',' => elements.push(Vec::new()),
            _ => elements.last_mut().expect("there is always one").push(tree),
        }
    }
    if elements.last().is_some_and(Vec::is_empty) {
        elements.pop();
    }
    elements
}

/// The attributes of an item.
pub(super) fn of_item(item: &syn::Item) -> &[syn::Attribute] {
    use syn::Item as I;
    match item {
        I::Const(i) => &i.attrs,
        I::Enum(i) => &i.attrs,
        I::ExternCrate(i) => &i.attrs,
        I::Fn(i) => &i.attrs,
        I::ForeignMod(i) => &i.attrs,
        I::Impl(i) => &i.attrs,
        I::Macro(i) => &i.attrs,
        I::Mod(i) => &i.attrs,
        I::Static(i) => &i.attrs,
        I::Struct(i) => &i.attrs,
        I::Trait(i) => &i.attrs,
        I::TraitAlias(i) => &i.attrs,
        I::Type(i) => &i.attrs,
        I::Union(i) => &i.attrs,
        I::Use(i) => &i.attrs,
        _ => &[],
    }
}

/// The attributes of an expression.
pub(super) fn of_expr(expr: &syn::Expr) -> &[syn::Attribute] {
    use syn::Expr as E;
    match expr {
        E::Array(syn::ExprArray { attrs, .. })
        | E::Assign(syn::ExprAssign { attrs, .. })
        | E::Async(syn::ExprAsync { attrs, .. })
        | E::Await(syn::ExprAwait { attrs, .. })
        | E::Binary(syn::ExprBinary { attrs, .. })
        | E::Block(syn::ExprBlock { attrs, .. })
        | E::Break(syn::ExprBreak { attrs, .. })
        | E::Call(syn::ExprCall { attrs, .. })
        | E::Cast(syn::ExprCast { attrs, .. })
        | E::Closure(syn::ExprClosure { attrs, .. })
        | E::Const(syn::ExprConst { attrs, .. })
        | E::Continue(syn::ExprContinue { attrs, .. })
        | E::Field(syn::ExprField { attrs, .. })
        | E::ForLoop(syn::ExprForLoop { attrs, .. })
        | E::If(syn::ExprIf { attrs, .. })
        | E::Index(syn::ExprIndex { attrs, .. })
        | E::Let(syn::ExprLet { attrs, .. })
        | E::Loop(syn::ExprLoop { attrs, .. })
        | E::Macro(syn::ExprMacro { attrs, .. })
        | E::Match(syn::ExprMatch { attrs, .. })
        | E::MethodCall(syn::ExprMethodCall { attrs, .. })
        | E::Paren(syn::ExprParen { attrs, .. })
        | E::Path(syn::ExprPath { attrs, .. })
        | E::Range(syn::ExprRange { attrs, .. })
        | E::RawAddr(syn::ExprRawAddr { attrs, .. })
        | E::Reference(syn::ExprReference { attrs, .. })
        | E::Repeat(syn::ExprRepeat { attrs, .. })
        | E::Return(syn::ExprReturn { attrs, .. })
        | E::Struct(syn::ExprStruct { attrs, .. })
        | E::Try(syn::ExprTry { attrs, .. })
        | E::TryBlock(syn::ExprTryBlock { attrs, .. })
        | E::Tuple(syn::ExprTuple { attrs, .. })
        | E::Unary(syn::ExprUnary { attrs, .. })
        | E::Unsafe(syn::ExprUnsafe { attrs, .. })
        | E::While(syn::ExprWhile { attrs, .. })
        | E::Yield(syn::ExprYield { attrs, .. }) => attrs,
        _ => &[],
    }
}

/// The attributes that stand before an expression: the parser gives them to its first operand, and they mean all of it.
pub(super) fn before_expr(mut expr: &syn::Expr) -> &[syn::Attribute] {
    loop {
        expr = match expr {
            syn::Expr::Assign(assign) => &assign.left,
            syn::Expr::Binary(binary) => &binary.left,
            syn::Expr::Cast(cast) => &cast.expr,
            expr => return of_expr(expr),
        };
    }
}

/// The attributes of a generic parameter.
pub(super) fn of_generic(param: &syn::GenericParam) -> &[syn::Attribute] {
    match param {
        syn::GenericParam::Const(param) => &param.attrs,
        syn::GenericParam::Lifetime(param) => &param.attrs,
        syn::GenericParam::Type(param) => &param.attrs,
    }
}

/// Whether one of the attributes makes a test or a benchmark of what it stands on.
pub(super) fn is_test(attributes: &[syn::Attribute]) -> bool {
    let is_test = |s: &syn::PathSegment| s.ident == "test" || s.ident == "bench";
    attributes.iter().any(|a| a.path().segments.last().is_some_and(is_test))
}

/// Whether what the attributes stand on exists in test builds alone.
pub(super) fn require_test(attributes: &[syn::Attribute]) -> bool {
    let conditions = attributes.iter().filter(|a| a.path().is_ident("cfg"));
    let mut predicates = conditions.filter_map(|a| predicate(a.meta.require_list().ok()?.tokens.clone()));
    is_test(attributes) || predicates.any(|p| p.requires_test())
}

/// How deep a predicate may nest. What nests deeper counts as no condition at all, so what it stands on always counts.
const DEEPEST_PREDICATE: usize = 128;

/// The predicate that the arguments of `cfg` state.
pub(super) fn predicate(arguments: TokenStream) -> Option<Predicate> {
    match list(arguments).as_slice() {
        [predicate] => predicate_of(predicate, DEEPEST_PREDICATE),
        _ => None,
    }
}

/// The predicate that tokens state, if it nests no deeper than that. Each token is looked at once.
fn predicate_of(trees: &[TokenTree], deepest: usize) -> Option<Predicate> {
    let (path, rest) = option_path(trees)?;
    let inner = |group: &Group| {
        let list = list(group.stream());
        let deepest = deepest.checked_sub(1)?;
        list.iter().map(|trees| predicate_of(trees, deepest)).collect::<Option<Vec<_>>>()
    };
    match rest {
        [] => Some(Predicate::Option(path)),
        [TokenTree::Group(group)] => match path.as_str() {
            "all" => inner(group).map(Predicate::All),
            "any" => inner(group).map(Predicate::Any),
            "not" => inner(group)?.into_iter().next().map(|inner| Predicate::Not(Box::new(inner))),
            _ => Some(Predicate::Option(format!("{path}({})", group.stream()))),
        },
        [TokenTree::Punct(equals), TokenTree::Literal(value)] if equals.as_char() == '=' => {
            let value = string_literal(&value.to_string())?;
            Some(Predicate::Option(format!("{path} = {value:?}")))
        }
        _ => None,
    }
}

/// The path that an option's tokens start with, as written, and the rest of them.
fn option_path(trees: &[TokenTree]) -> Option<(String, &[TokenTree])> {
    let is_colon = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ':');
    let mut path = String::new();
    let mut rest = trees;
    loop {
        if let [first, second, behind @ ..] = rest
            && is_colon(first)
            && is_colon(second)
        {
            rest = behind;
        } else if !path.is_empty() {
            return Some((path, rest));
        }
        let [TokenTree::Ident(name), behind @ ..] = rest else { return None };
        if !path.is_empty() {
            path.push_str("::");
        }
        path.push_str(&name.to_string());
        rest = behind;
    }
}
