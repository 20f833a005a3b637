//! Items: what a file defines and imports.

use syn::visit::{self, Visit};

use crate::{
    base::{context::Context, name::Name, span::Span},
    rust::facts::{
        model::{
            FragmentKind, Invocation, Item, ItemKind, MacroRules, Namespaces, Path, PathStart, ReferenceKind,
            ScopeKind, Visibility, condition::Predicate,
        },
        token,
    },
};

use super::{
    Extractor,
    attributes::{has, is_test, of_item},
};

impl Extractor<'_> {
    /// An item, wherever items stand.
    pub fn item(&mut self, item: &syn::Item) {
        let attributes = of_item(item);
        self.under(attributes, |this| {
            this.under_test(attributes, |this| {
                this.attributes(attributes);
                let mark = this.locals.enter_item();
                this.item_within(item);
                this.locals.leave_item(mark);
            });
        });
    }

    fn item_within(&mut self, item: &syn::Item) {
        use syn::Item as I;
        self.within(Context::Signature, |this| match item {
            I::Const(i) => this.constant(i),
            I::Enum(i) => this.enumeration(i),
            I::ExternCrate(i) => this.extern_crate(i),
            I::Fn(i) => {
                this.define(&i.sig.ident, &i.vis, this.function_kind(&i.attrs));
                this.derive_macro(&i.attrs, &i.vis);
                this.owned_by(None, |this| this.function(&i.sig, Some(&i.block)));
            }
            I::ForeignMod(i) => i.items.iter().for_each(|item| this.foreign(item)),
            I::Impl(i) => this.implementation(i),
            I::Macro(i) => this.item_macro(i),
            I::Mod(i) => this.module(i),
            I::Static(i) => {
                this.define(&i.ident, &i.vis, ItemKind::Static);
                this.visit_type(&i.ty);
                this.visit_expr(&i.expr);
            }
            I::Struct(i) => {
                let kind = this.struct_kind(&i.fields);
                this.define(&i.ident, &i.vis, kind);
                this.generics(&i.generics);
                this.visit_fields(&i.fields);
            }
            I::Trait(i) => this.trait_definition(i),
            I::TraitAlias(i) => {
                let supertraits = this.trait_paths(&i.bounds);
                this.define(&i.ident, &i.vis, ItemKind::Trait { body: None, supertraits });
                this.generics(&i.generics);
                i.bounds.iter().for_each(|bound| this.visit_type_param_bound(bound));
            }
            I::Type(i) => this.type_alias(i),
            I::Union(i) => {
                this.define(&i.ident, &i.vis, ItemKind::Union);
                this.generics(&i.generics);
                this.visit_fields_named(&i.fields);
            }
            I::Use(i) => this.use_declaration(i),
            I::Verbatim(tokens) => {
                this.here.guessing += 1;
                this.scan(tokens.clone());
                this.here.guessing -= 1;
            }
            other => visit::visit_item(this, other),
        });
    }

    /// Notes that the present scope defines a name.
    pub fn define(&mut self, ident: &proc_macro2::Ident, visibility: &syn::Visibility, kind: ItemKind) {
        let name = self.name(ident);
        let span = self.span(ident.span());
        let visibility = self.visibility(visibility);
        self.define_name(name, span, visibility, kind);
    }

    pub fn define_name(&mut self, name: Name, span: Span, visibility: Visibility, kind: ItemKind) {
        if name == self.keywords.underscore {
            return;
        }
        let order = self.next_order();
        let (scope, condition) = (self.here.scope, self.here.condition);
        self.facts.items.push(Item { name, kind, scope, visibility, condition, span, order });
    }

    /// Who may name what has that visibility.
    pub fn visibility(&mut self, visibility: &syn::Visibility) -> Visibility {
        let restricted = match visibility {
            syn::Visibility::Public(_) => return Visibility::Public,
            syn::Visibility::Inherited => return Visibility::Private,
            syn::Visibility::Restricted(restricted) => restricted,
        };
        let first = self.facts.segments.len();
        let idents = restricted.path.segments.iter().map(|s| &s.ident);
        match self.segments(restricted.path.leading_colon.is_some(), idents) {
            None => Visibility::Private,
            Some(PathStart::Crate) if self.facts.segments.len() == first => Visibility::Crate,
            Some(start) => {
                let len = (self.facts.segments.len() - first) as u16;
                Visibility::In(Path { start, first: first as u32, len })
            }
        }
    }

    fn constant(&mut self, item: &syn::ItemConst) {
        self.define(&item.ident, &item.vis, ItemKind::Constant);
        self.generics(&item.generics);
        self.visit_type(&item.ty);
        self.visit_expr(&item.expr);
    }

    fn enumeration(&mut self, item: &syn::ItemEnum) {
        let span = self.span(item.brace_token.span.join());
        let body = self.inside(ScopeKind::Enum, span, |this| {
            for variant in &item.variants {
                this.under(&variant.attrs, |this| {
                    let constructor = Self::constructor(&variant.fields);
                    let public = syn::Visibility::Public(syn::token::Pub::default());
                    this.define(&variant.ident, &public, ItemKind::Variant { constructor });
                });
            }
        });
        self.define(&item.ident, &item.vis, ItemKind::Enum { body });
        self.generics(&item.generics);
        for variant in &item.variants {
            self.under(&variant.attrs, |this| {
                this.attributes(&variant.attrs);
                this.visit_fields(&variant.fields);
                if let Some((_, discriminant)) = &variant.discriminant {
                    this.visit_expr(discriminant);
                }
            });
        }
    }

    fn type_alias(&mut self, item: &syn::ItemType) {
        let mark = self.locals.enter();
        self.generics(&item.generics);
        let next = self.facts.references.len() as u32;
        self.visit_type(&item.ty);
        self.locals.leave(mark);
        let plain = matches!(&*item.ty, syn::Type::Path(path) if path.qself.is_none());
        let target = (plain && self.facts.references.len() as u32 > next).then_some(next);
        self.define(&item.ident, &item.vis, ItemKind::TypeAlias { target });
    }

    fn trait_definition(&mut self, item: &syn::ItemTrait) {
        let span = self.span(item.brace_token.span.join());
        let body =
            self.inside(ScopeKind::Trait, span, |this| item.items.iter().for_each(|i| this.declare(i)));
        let supertraits = self.trait_paths(&item.supertraits);
        self.define(&item.ident, &item.vis, ItemKind::Trait { body: Some(body), supertraits });
        self.generics(&item.generics);
        item.supertraits.iter().for_each(|bound| self.visit_type_param_bound(bound));
        let own = self.bare_path(&syn::Path::from(item.ident.clone()), 1);
        let bounds = self.bounds(own.into_iter().collect());
        let owner = self.name(&item.ident);
        self.with_self(bounds, |this| {
            this.owned_by(Some(owner), |this| item.items.iter().for_each(|item| this.trait_item(item)));
        });
    }

    /// Names a trait's item in the trait's scope.
    fn declare(&mut self, item: &syn::TraitItem) {
        let ident = match item {
            syn::TraitItem::Const(item) => &item.ident,
            syn::TraitItem::Fn(item) => &item.sig.ident,
            syn::TraitItem::Type(item) => &item.ident,
            _ => return,
        };
        self.define(ident, &syn::Visibility::Public(syn::token::Pub::default()), ItemKind::Associated);
    }

    fn with_self(&mut self, bounds: u32, walk: impl FnOnce(&mut Self)) {
        let outer = self.here.self_bounds.replace(bounds);
        walk(self);
        self.here.self_bounds = outer;
    }

    fn implementation(&mut self, item: &syn::ItemImpl) {
        let mut stands_for = Vec::new();
        if let syn::Type::Path(path) = &*item.self_ty
            && path.qself.is_none()
        {
            stands_for.extend(self.bare_path(&path.path, path.path.segments.len()));
        }
        if let Some((path, _)) = &item.trait_ {
            stands_for.extend(self.bare_path(path, path.segments.len()));
        }
        let bounds = self.bounds(stands_for);
        self.with_self(bounds, |this| {
            this.within(Context::Impl, |this| {
                this.generics(&item.generics);
                if let Some((path, _)) = &item.trait_ {
                    this.path(None, path, Namespaces::TYPES);
                }
                this.visit_type(&item.self_ty);
            });
            let owner = this.owner(item);
            this.owned_by(owner, |this| item.items.iter().for_each(|item| this.impl_item(item)));
        });
    }

    /// An item of an `impl`.
    pub fn impl_item(&mut self, item: &syn::ImplItem) {
        use syn::ImplItem as I;
        let attributes: &[syn::Attribute] = match item {
            I::Const(i) => &i.attrs,
            I::Fn(i) => &i.attrs,
            I::Type(i) => &i.attrs,
            I::Macro(i) => &i.attrs,
            _ => &[],
        };
        self.associated(attributes, |this| match item {
            I::Fn(i) => this.function(&i.sig, Some(&i.block)),
            I::Macro(i) => this.invocation_of_items(&i.mac, FragmentKind::Associated),
            I::Const(i) => {
                this.generics(&i.generics);
                this.visit_type(&i.ty);
                this.visit_expr(&i.expr);
            }
            I::Type(i) => {
                this.generics(&i.generics);
                this.visit_type(&i.ty);
            }
            other => visit::visit_impl_item(this, other),
        });
    }

    /// An item of a trait.
    pub fn trait_item(&mut self, item: &syn::TraitItem) {
        use syn::TraitItem as I;
        let attributes: &[syn::Attribute] = match item {
            I::Const(i) => &i.attrs,
            I::Fn(i) => &i.attrs,
            I::Type(i) => &i.attrs,
            I::Macro(i) => &i.attrs,
            _ => &[],
        };
        self.associated(attributes, |this| match item {
            I::Fn(i) => this.function(&i.sig, i.default.as_ref()),
            I::Macro(i) => this.invocation_of_items(&i.mac, FragmentKind::Associated),
            I::Const(i) => {
                this.generics(&i.generics);
                this.visit_type(&i.ty);
                if let Some((_, default)) = &i.default {
                    this.visit_expr(default);
                }
            }
            I::Type(i) => {
                this.generics(&i.generics);
                i.bounds.iter().for_each(|bound| this.visit_type_param_bound(bound));
                if let Some((_, default)) = &i.default {
                    this.visit_type(default);
                }
            }
            other => visit::visit_trait_item(this, other),
        });
    }

    fn associated(&mut self, attributes: &[syn::Attribute], walk: impl FnOnce(&mut Self)) {
        self.under(attributes, |this| {
            this.attributes(attributes);
            this.scoped(|this| this.within(Context::Signature, walk));
        });
    }

    fn foreign(&mut self, item: &syn::ForeignItem) {
        use syn::ForeignItem as I;
        match item {
            I::Fn(i) => self.under(&i.attrs, |this| {
                this.attributes(&i.attrs);
                this.define(&i.sig.ident, &i.vis, ItemKind::Function);
                this.function(&i.sig, None);
            }),
            I::Static(i) => self.under(&i.attrs, |this| {
                this.attributes(&i.attrs);
                this.define(&i.ident, &i.vis, ItemKind::Static);
                this.visit_type(&i.ty);
            }),
            I::Type(i) => self.under(&i.attrs, |this| {
                this.define(&i.ident, &i.vis, ItemKind::Union);
            }),
            I::Macro(i) => self.invocation_of_items(&i.mac, FragmentKind::Items),
            other => visit::visit_foreign_item(self, other),
        }
    }

    fn module(&mut self, item: &syn::ItemMod) {
        let macro_use = has(&item.attrs, "macro_use");
        let paths = self.path_attributes(&item.attrs);
        let Some((brace, items)) = &item.content else {
            return self.file_module(item, macro_use, &paths);
        };
        let span = self.span(brace.span.join());
        let body = self.inside(ScopeKind::Module, span, |this| this.items(items));
        let path = paths.first().map(|&(path, _)| path);
        self.facts.scopes[body].module = Some((self.name(&item.ident), path));
        self.define(&item.ident, &item.vis, ItemKind::InlineModule { body, macro_use });
    }

    /// `mod name;`: a module for each file that some configuration reads.
    fn file_module(&mut self, item: &syn::ItemMod, macro_use: bool, paths: &[(Name, Option<Predicate>)]) {
        let outer = self.here.condition;
        let mut otherwise = Vec::new();
        for (path, predicate) in paths {
            let optional = predicate.is_some() || self.here.guessing > 0 || self.facts.is_never(outer);
            let kind = ItemKind::FileModule { macro_use, path: Some(*path), optional };
            let Some(predicate) = predicate else { return self.define(&item.ident, &item.vis, kind) };
            self.here.condition = self.and(outer, predicate.clone());
            self.define(&item.ident, &item.vis, kind);
            self.here.condition = outer;
            otherwise.push(predicate.clone());
        }
        let is_chosen = !otherwise.is_empty();
        if is_chosen {
            let any = if otherwise.len() == 1 { otherwise.remove(0) } else { Predicate::Any(otherwise) };
            self.here.condition = self.and(outer, Predicate::Not(Box::new(any)));
        }
        // What a macro makes of its arguments may be no module, and what no build contains needs no file.
        let optional = is_chosen || self.here.guessing > 0 || self.facts.is_never(self.here.condition);
        self.define(&item.ident, &item.vis, ItemKind::FileModule { macro_use, path: None, optional });
        self.here.condition = outer;
    }

    /// A macro invoked, or defined by `macro_rules!`, where items stand.
    fn item_macro(&mut self, item: &syn::ItemMacro) {
        let Some(ident) = item.ident.as_ref().filter(|_| item.mac.path.is_ident("macro_rules")) else {
            return self.invocation_of_items(&item.mac, FragmentKind::Items);
        };
        let name = self.name(ident);
        let exported = has(&item.attrs, "macro_export");
        let rules = self.keep_tokens(&item.mac.tokens);
        self.scan_definition(item.mac.tokens.clone());
        let order = self.next_order();
        let (scope, condition) = (self.here.scope, self.here.condition);
        self.facts.macros.push(MacroRules { name, scope, order, exported, condition, rules });
    }

    /// An invocation that may define items: its arguments are kept until its macro is known.
    fn invocation_of_items(&mut self, mac: &syn::Macro, kind: FragmentKind) {
        let order = self.next_order();
        let count = mac.path.segments.len();
        self.plain_path(&mac.path, count, Namespaces::MACROS, ReferenceKind::Macro(order));
        self.keep_invocation(mac, kind, order);
    }

    /// Keeps an invocation until its macro is known.
    pub fn keep_invocation(&mut self, mac: &syn::Macro, fragment: FragmentKind, order: u32) {
        let count = mac.path.segments.len();
        let first = self.facts.segments.len();
        let idents = mac.path.segments.iter().map(|s| &s.ident);
        let Some(start) = self.segments(mac.path.leading_colon.is_some(), idents) else { return };
        let path = Path { start, first: first as u32, len: (self.facts.segments.len() - first) as u16 };
        let arguments = self.keep_tokens(&mac.tokens);
        let span = self.path_span(&mac.path, count);
        let (scope, condition) = (self.here.scope, self.here.condition);
        self.facts.invocations.push(Invocation { path, scope, order, condition, span, arguments, fragment });
    }

    fn keep_tokens(&mut self, tokens: &proc_macro2::TokenStream) -> (u32, u32) {
        let start = self.facts.tokens.len() as u32;
        token::flatten(tokens.clone(), &self.origins, &mut self.facts.names, &mut self.facts.tokens);
        (start, self.facts.tokens.len() as u32)
    }

    /// Walks something under `cfg(test)` where an attribute such as `#[test]` or `#[tokio::test]` says so.
    fn under_test(&mut self, attributes: &[syn::Attribute], walk: impl FnOnce(&mut Self)) {
        let outer = self.here.condition;
        if is_test(attributes) {
            self.here.condition = self.and(outer, Predicate::test());
        }
        walk(self);
        self.here.condition = outer;
    }

    fn function_kind(&self, attributes: &[syn::Attribute]) -> ItemKind {
        let is_macro = ["proc_macro", "proc_macro_attribute"].iter().any(|name| has(attributes, name));
        if is_macro { ItemKind::ProcMacro } else { ItemKind::Function }
    }

    /// `#[proc_macro_derive(Name)]` defines the derive macro `Name`.
    fn derive_macro(&mut self, attributes: &[syn::Attribute], visibility: &syn::Visibility) {
        for attribute in attributes.iter().filter(|a| a.path().is_ident("proc_macro_derive")) {
            let syn::Meta::List(list) = &attribute.meta else { continue };
            if let Some(proc_macro2::TokenTree::Ident(ident)) = list.tokens.clone().into_iter().next() {
                self.define(&ident, visibility, ItemKind::ProcMacro);
            }
        }
    }
}
