//! Items: the definitions and imports of a file.

use syn::visit::{self, Visit};

use crate::{
    base::{context::Context, name::Name, span::Span},
    rust::facts::model::{Item, ItemKind, Path, PathStart, ScopeKind, Visibility, condition::Predicate},
};

use super::{
    Extractor,
    attributes::{is_test, of_item},
};

impl Extractor<'_> {
    /// An item in any position.
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
                this.procedural_macros(i);
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

    /// Records that the present scope defines a name.
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

    /// The visibility in the form of the facts.
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

    /// Walks under `cfg(test)` if an attribute such as `#[test]` or `#[tokio::test]` makes the item
    /// a test.
    fn under_test(&mut self, attributes: &[syn::Attribute], walk: impl FnOnce(&mut Self)) {
        let outer = self.here.condition;
        if is_test(attributes) {
            self.here.condition = self.and(outer, Predicate::test());
        }
        walk(self);
        self.here.condition = outer;
    }
}
