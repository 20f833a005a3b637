//! The documentation in a file: the doc comments and `doc` attributes of its items, their fields
//! and variants, at any depth.

use index_vec::IndexVec;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{
    AttrStyle, Attribute, Meta,
    parse::Parser as _,
    punctuated::Punctuated,
    visit::{self, Visit},
};

use crate::{
    base::{
        codes,
        diagnostic::Diagnostic,
        name::Names,
        span::{Position, Span},
    },
    rust::facts::{
        include::{IncludedFile, included_file},
        model::{Condition, ConditionId, condition::Predicate},
        older,
        origins::{Origins, place},
        source::{Source, prepare_with_docs, skeleton::skeleton},
        stack::{is_too_deep, on_stack_for},
        token,
        walk::attributes::{is_test, nested_cfg_attr, of_item, predicate, split_cfg_attr},
    },
};

use super::{markdown, text::Form};

/// The documentation in a file.
#[derive(Default)]
pub struct Collected {
    pub all: Vec<Documentation>,
    pub conditions: IndexVec<ConditionId, Condition>,
}

/// The documentation of an item.
pub struct Documentation {
    /// The start of the body of the inline module around it; nowhere for the body of the file.
    pub module: Position,
    pub condition: ConditionId,
    pub fragments: Vec<Fragment>,
}

/// A doc comment or a `doc` attribute.
pub struct Fragment {
    pub form: Form,
    pub parts: Vec<Piece>,
}

/// A part of a fragment.
pub enum Piece {
    /// The text of a comment after its mark.
    Comment { text: String, start: Position },
    /// A string literal, as it is written, and its value.
    Literal { written: String, value: String, start: Position },
    /// `include_str!`.
    Included { file: IncludedFile, span: Span },
}

/// Returns false for a file whose documentation has no code: for most of them, without parsing it.
pub fn may_have_code(bytes: &[u8]) -> bool {
    let signs: [&[u8]; 5] = [b"```", b"~~~", b"include_str", b"/**", b"/*!"];
    let has = |text: &[u8], sign: &[u8]| memchr::memmem::find(text, sign).is_some();
    signs.iter().any(|sign| has(bytes, sign)) || has_indented_line(bytes) || has_attribute(bytes)
}

/// Returns whether a line comment of documentation may hold indented code, which Markdown may also
/// have inside of a list or a quotation.
fn has_indented_line(bytes: &[u8]) -> bool {
    bytes.split(|&byte| byte == b'\n').any(|line| {
        let mark = line.windows(3).position(|mark| mark == b"///" || mark == b"//!");
        mark.is_some_and(|at| markdown::may_be_indented(&line[at + 3..]))
    })
}

/// Returns whether there is an attribute `doc`, whose text may hold indented code.
fn has_attribute(bytes: &[u8]) -> bool {
    let is_equals = |at: usize| bytes[at + 3..].trim_ascii_start().first() == Some(&b'=');
    memchr::memmem::find_iter(bytes, b"doc").any(is_equals)
}

/// The documentation in a file with this content.
pub fn collect(bytes: Vec<u8>) -> Result<Collected, Diagnostic> {
    let source = prepare_with_docs(bytes)?;
    let unread = || {
        let message = "the documentation in this file cannot be read, so its doctests are left out";
        Diagnostic::warn(codes::DOCTEST, message).help("fix the errors in the file")
    };
    if is_too_deep(&source) {
        return Err(unread());
    }
    let tokens = if source.keeps_bodies { source.tokens } else { source.skeleton_tokens };
    let collected = on_stack_for(tokens, |most| {
        let collected = most.is_none().then(|| of(&source)).flatten();
        proc_macro2::extra::invalidate_current_thread_spans();
        collected
    });
    collected.flatten().ok_or_else(unread)
}

fn of(source: &Source) -> Option<Collected> {
    let text = skeleton(source).text;
    let file = syn::parse_file(&text).or_else(|_| older::parse_file(&text)).ok()?;
    let always = Condition { parent: ConditionId::from_raw(0), predicate: None };
    let mut collector = Collector {
        module: Position::default(),
        condition: ConditionId::from_raw(0),
        found: Collected { all: Vec::new(), conditions: IndexVec::from_vec(vec![always]) },
    };
    collector.visit_file(&file);
    Some(collector.found)
}

/// Gathers documentation.
struct Collector {
    module: Position,
    condition: ConditionId,
    found: Collected,
}

impl Collector {
    /// Walks something with attributes, under their conditions.
    fn documented(&mut self, attributes: &[Attribute], inside: impl FnOnce(&mut Self)) {
        let outer = self.condition;
        self.enter(attributes);
        self.document(attributes.iter());
        inside(self);
        self.condition = outer;
    }

    /// Adds the conditions in attributes to the present one.
    fn enter(&mut self, attributes: &[Attribute]) {
        let cfgs = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
        let predicates = cfgs.filter_map(|cfg| predicate(cfg.meta.require_list().ok()?.tokens.clone()));
        for predicate in predicates.chain(is_test(attributes).then(Predicate::test)) {
            let condition = Condition { parent: self.condition, predicate: Some(predicate) };
            self.condition = self.found.conditions.push(condition);
        }
    }

    fn document<'a>(&mut self, attributes: impl Iterator<Item = &'a Attribute>) {
        let mut fragments = Vec::new();
        attributes.for_each(|attribute| add_fragments(attribute, &mut fragments));
        self.add(fragments);
    }

    fn add(&mut self, fragments: Vec<Fragment>) {
        if !fragments.is_empty() {
            let (module, condition) = (self.module, self.condition);
            self.found.all.push(Documentation { module, condition, fragments });
        }
    }

    /// An inline module. Documentation before it belongs to the module around it.
    fn module(&mut self, item: &syn::ItemMod) {
        let is_inner = |attribute: &&Attribute| matches!(attribute.style, AttrStyle::Inner(_));
        let condition = self.condition;
        self.enter(&item.attrs);
        self.document(item.attrs.iter().filter(|attribute| !is_inner(attribute)));
        if let Some((brace, items)) = &item.content {
            let outer = std::mem::replace(&mut self.module, place(brace.span.open().start()));
            self.document(item.attrs.iter().filter(is_inner));
            items.iter().for_each(|item| self.visit_item(item));
            self.module = outer;
        }
        self.condition = condition;
    }

    /// The documentation among the tokens of a macro: a run of attributes for each item.
    fn scan(&mut self, tokens: TokenStream) {
        let mut pending = vec![tokens];
        while let Some(tokens) = pending.pop() {
            let mut run = Vec::new();
            let mut trees = tokens.into_iter().peekable();
            while let Some(tree) = trees.next() {
                let attribute = attribute(&tree, &mut trees);
                match (&tree, attribute) {
                    (_, Some(group)) => run.extend(fragment_of(&tree, &group)),
                    (TokenTree::Group(group), None) => {
                        self.add(std::mem::take(&mut run));
                        pending.push(group.stream());
                    }
                    _ => self.add(std::mem::take(&mut run)),
                }
            }
            self.add(run);
        }
    }
}

/// Each of these may have documentation.
macro_rules! documented {
    ($($visit:ident: $node:ident),* $(,)?) => {$(
        fn $visit(&mut self, node: &'ast syn::$node) {
            self.documented(&node.attrs, |this| visit::$visit(this, node));
        }
    )*};
}

impl<'ast> Visit<'ast> for Collector {
    documented! {
        visit_field: Field,
        visit_file: File,
        visit_foreign_item_fn: ForeignItemFn,
        visit_foreign_item_static: ForeignItemStatic,
        visit_foreign_item_type: ForeignItemType,
        visit_impl_item_const: ImplItemConst,
        visit_impl_item_fn: ImplItemFn,
        visit_impl_item_type: ImplItemType,
        visit_trait_item_const: TraitItemConst,
        visit_trait_item_fn: TraitItemFn,
        visit_trait_item_type: TraitItemType,
        visit_variant: Variant,
    }

    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Mod(module) => self.module(module),
            // Documentation of an invocation is none: the macro does not see it.
            syn::Item::Macro(invocation) if invocation.ident.is_none() => {
                self.visit_macro(&invocation.mac);
            }
            item => self.documented(of_item(item), |this| visit::visit_item(this, item)),
        }
    }

    fn visit_macro(&mut self, invocation: &'ast syn::Macro) {
        self.scan(invocation.tokens.clone());
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

type Trees = std::iter::Peekable<proc_macro2::token_stream::IntoIter>;

/// Returns the content of the attribute that a `#` starts, and takes its tokens from those after
/// the `#`.
fn attribute(tree: &TokenTree, after: &mut Trees) -> Option<Group> {
    if !matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '#') {
        return None;
    }
    after.next_if(|tree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '!'));
    let is_bracket =
        |tree: &TokenTree| matches!(tree, TokenTree::Group(of) if of.delimiter() == Delimiter::Bracket);
    match after.next_if(is_bracket) {
        Some(TokenTree::Group(group)) => Some(group),
        _ => None,
    }
}

/// The fragment of an attribute among the tokens of a macro, if it is documentation.
fn fragment_of(hash: &TokenTree, attribute: &Group) -> Option<Fragment> {
    let mut trees = attribute.stream().into_iter();
    let is_doc = matches!(trees.next(), Some(TokenTree::Ident(name)) if name == "doc")
        && matches!(trees.next(), Some(TokenTree::Punct(equals)) if equals.as_char() == '=');
    let value = is_doc.then(|| syn::parse2::<syn::Expr>(trees.collect()).ok()).flatten()?;
    Some(fragment(hash.span(), &value))
}

/// The fragments that an attribute adds. Of those in a `cfg_attr`, the ones of the build that is
/// documented.
fn add_fragments(attribute: &Attribute, fragments: &mut Vec<Fragment>) {
    let hash = attribute.pound_token.span;
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => fragments.push(fragment(hash, &pair.value)),
        Meta::List(list) if list.path.is_ident("cfg_attr") => {
            let mut pending = vec![list.tokens.clone()];
            while let Some(arguments) = pending.pop() {
                let Some((predicate, attributes)) = split_cfg_attr(arguments) else { continue };
                if predicate.evaluate(&documented_build) == Some(false) {
                    continue;
                }
                for attribute in attributes {
                    pending.extend(nested_cfg_attr(&attribute));
                    let meta = syn::parse2::<Meta>(attribute.into_iter().collect());
                    if let Ok(Meta::NameValue(pair)) = meta
                        && pair.path.is_ident("doc")
                    {
                        fragments.push(fragment(hash, &pair.value));
                    }
                }
            }
        }
        _ => {}
    }
}

/// The value of a configuration option in the build whose documentation counts: all features, on
/// Linux. Documentation that has a block twice, once as `ignore`, would have none otherwise.
fn documented_build(option: &str) -> Option<bool> {
    let name = option.split(['=', '(']).next().unwrap_or_default().trim();
    Some(match name {
        "feature" | "doc" | "doctest" | "docsrs" | "debug_assertions" | "unix" | "target_has_atomic" => true,
        "target_os" => option.contains("\"linux\""),
        "target_family" => option.contains("\"unix\""),
        "target_arch" => option.contains("\"x86_64\""),
        "target_pointer_width" => option.contains("\"64\""),
        _ => false,
    })
}

/// Returns the fragment of a `doc` attribute with this value. The tokens of a doc comment all have
/// the span of the comment, as its `#` does.
fn fragment(hash: proc_macro2::Span, value: &syn::Expr) -> Fragment {
    let hash_at = place(hash.start());
    if let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = value
        && place(text.span().start()) == hash_at
    {
        let (text, end) = (text.value(), place(hash.end()));
        let is_line =
            hash_at.line == end.line && (end.column - hash_at.column) as usize == text.chars().count() + 3;
        let start = Position { column: hash_at.column + 3, ..hash_at };
        let form = if is_line { Form::Line } else { Form::Block };
        return Fragment { form, parts: vec![Piece::Comment { text, start }] };
    }
    let mut parts = Vec::new();
    add_parts(value, &mut parts);
    Fragment { form: Form::Attribute, parts }
}

/// The parts of a value: of a string, of `include_str!`, and of a `concat!` of such. Others are
/// known in a build only.
fn add_parts(value: &syn::Expr, parts: &mut Vec<Piece>) {
    match value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => parts.push(Piece::Literal {
            written: text.token().to_string(),
            value: text.value(),
            start: place(text.span().start()),
        }),
        syn::Expr::Macro(syn::ExprMacro { mac, .. }) if mac.path.is_ident("include_str") => {
            let (mut names, mut tokens) = (Names::default(), Vec::new());
            token::flatten(mac.tokens.clone(), &Origins::SOURCE, &mut names, &mut tokens);
            let span = Origins::SOURCE.span(value_span(mac));
            parts.extend(included_file(&tokens, &names).map(|file| Piece::Included { file, span }));
        }
        syn::Expr::Macro(syn::ExprMacro { mac, .. }) if mac.path.is_ident("concat") => {
            let list = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
            let list = list.parse2(mac.tokens.clone()).unwrap_or_default();
            list.iter().for_each(|element| add_parts(element, parts));
        }
        _ => {}
    }
}

fn value_span(mac: &syn::Macro) -> proc_macro2::Span {
    mac.path.segments.first().map_or_else(proc_macro2::Span::call_site, |segment| segment.ident.span())
}
