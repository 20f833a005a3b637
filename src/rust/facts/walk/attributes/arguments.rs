//! The arguments of attributes: the paths in them, and the code in the strings of well-known derive
//! helpers.

use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use syn::{parse::Parser, punctuated::Punctuated};

use crate::rust::facts::{
    model::{Namespaces, ReferenceKind},
    source,
    walk::{Effort, Extractor},
};

use super::string_literal;

/// Keys whose string value is code, in the attributes of serde and of crates that follow its
/// example.
const CODE_KEYS: &[&str] = &[
    "bound",
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

/// More such keys in the attributes of other derive macros, with the name of the attribute.
const CODE_KEYS_OF: &[(&str, &[&str])] = &[
    ("arg", &["value_parser"]),                         // clap
    ("builder", &["build", "error", "ty", "validate"]), // derive_builder
    ("clap", &["try_from_str", "from_str", "value_parser"]),
    ("darling", &["and_then", "map"]),
    ("derivative", &["clone_with", "compare_with", "format_with", "hash_with"]),
    ("error", &["fmt"]), // thiserror
    ("structopt", &["from_os_str", "from_str", "try_from_os_str", "try_from_str"]),
    ("validate", &["custom", "function", "path", "regex"]), // validator
];

/// Code in a string that may nest deeper is not read: the parser recurses, and the estimate of the
/// file's nesting counts a string as one token.
const DEEPEST_CODE: usize = 64;

impl Extractor<'_> {
    /// The arguments of the attribute `head`.
    pub fn arguments_of(&mut self, head: &Ident, tokens: &TokenStream) {
        if self.here.guessing == 0 {
            self.guesses.effort = Effort::of(tokens.clone());
        }
        self.here.guessing += 1;
        let outer = std::mem::replace(&mut self.here.is_attribute, true);
        self.code_in_strings(head, tokens);
        self.attribute_arguments(tokens);
        self.here.is_attribute = outer;
        self.here.guessing -= 1;
    }

    /// The code in strings that follow a known key.
    fn code_in_strings(&mut self, head: &Ident, tokens: &TokenStream) {
        let more = CODE_KEYS_OF.iter().find(|(name, _)| head == name).map_or(&[][..], |(_, keys)| keys);
        let is_key = |key: &Ident| CODE_KEYS.iter().chain(more).any(|name| key == name);
        let mut pending = vec![tokens.clone()];
        while let Some(tokens) = pending.pop() {
            let trees: Vec<TokenTree> = tokens.into_iter().collect();
            for (at, tree) in trees.iter().enumerate() {
                match (tree, trees.get(at + 1), trees.get(at + 2)) {
                    (TokenTree::Ident(key), Some(TokenTree::Punct(eq)), Some(TokenTree::Literal(text)))
                        if eq.as_char() == '=' && is_key(key) =>
                    {
                        self.code_in_string(text);
                    }
                    // `bound(serialize = "…", deserialize = "…")`
                    (TokenTree::Ident(key), Some(TokenTree::Group(group)), _) if key == "bound" => {
                        for tree in group.stream() {
                            if let TokenTree::Literal(text) = tree {
                                self.code_in_string(&text);
                            }
                        }
                    }
                    (TokenTree::Group(group), ..) => pending.push(group.stream()),
                    _ => {}
                }
            }
        }
    }

    /// The paths in a string that is a path, an expression, a type or bounds. All of them get the
    /// span of the string.
    fn code_in_string(&mut self, literal: &Literal) {
        let Some(text) = string_literal(&literal.to_string()) else { return };
        if !source::prepare(text.clone().into_bytes()).is_ok_and(|source| source.depth <= DEEPEST_CODE) {
            return;
        }
        let is_path = text.contains("::");
        let literal = syn::LitStr::new(&text, literal.span());
        if let Ok(path) = literal.parse::<syn::Path>() {
            let namespaces = Namespaces::TYPES.and(Namespaces::VALUES);
            self.plain_path(&path, path.segments.len(), namespaces, ReferenceKind::Guess);
            for segment in &path.segments {
                self.path_arguments(&segment.arguments);
            }
            return;
        }
        if !is_path {
            return; // any text, or names that are found wherever their code stands
        }
        if let Ok(expr) = literal.parse::<syn::Expr>() {
            self.expression(&expr);
            return;
        }
        if let Ok(ty) = literal.parse::<syn::Type>() {
            self.type_(&ty);
            return;
        }
        let bounds = Punctuated::<syn::WherePredicate, syn::Token![,]>::parse_terminated;
        if let Ok(bounds) = literal.parse_with(bounds) {
            bounds.iter().for_each(|bound| self.predicate(bound, &mut Vec::new()));
        }
    }

    /// Arguments: a list of expressions, otherwise the content of their groups, and paths of
    /// several segments.
    fn attribute_arguments(&mut self, tokens: &TokenStream) {
        let list = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        if self.affords(tokens)
            && let Ok(list) = list.parse2(tokens.clone())
        {
            return list.iter().for_each(|expr| self.attribute_argument(expr));
        }
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        for tree in &trees {
            if let TokenTree::Group(group) = tree {
                self.attribute_arguments(&group.stream());
            }
        }
        self.scan_paths(&trees);
    }

    /// One argument. In `default`, `skip(x)` and `name = value` the first name is a keyword of the
    /// attribute.
    fn attribute_argument(&mut self, expr: &syn::Expr) {
        let is_word =
            |expr: &syn::Expr| matches!(expr, syn::Expr::Path(path) if path.path.get_ident().is_some());
        match expr {
            expr if is_word(expr) => {}
            syn::Expr::Assign(assign) if is_word(&assign.left) => {
                self.expression(&assign.right);
            }
            syn::Expr::Call(call) => {
                if !is_word(&call.func) {
                    self.expression(&call.func);
                }
                call.args.iter().for_each(|argument| self.attribute_argument(argument));
            }
            expr => {
                self.expression(expr);
            }
        }
    }

    /// The namespaces in which the path of an expression is looked up. An attribute macro also
    /// takes types, traits and modules.
    pub fn namespaces_of(&mut self, expr: &syn::ExprPath) -> Namespaces {
        let is_bound = |this: &mut Self, ident: &Ident| {
            let name = this.name(ident);
            this.locals.find_value(name).is_some()
        };
        if !self.here.is_attribute || expr.path.get_ident().is_some_and(|ident| is_bound(self, ident)) {
            return Namespaces::VALUES;
        }
        Namespaces::TYPES.and(Namespaces::VALUES)
    }
}
