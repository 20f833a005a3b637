//! Items: the definitions and imports of a file.

use crate::{
    base::{context::Context, name::Name, span::Span},
    rust::facts::model::{
        Item, ItemKind, Path, PathStart, ScopeKind, Visibility,
        code::{Around, SignatureKind, SignatureOf},
        condition::Predicate,
    },
};

use super::{
    Extractor,
    attributes::{is_test, of_item},
    code::Header,
};

impl Extractor<'_> {
    /// An item in any position.
    pub fn item(&mut self, item: &syn::Item) {
        let attributes = of_item(item);
        self.under(attributes, |this| {
            this.under_test(attributes, |this| {
                this.derived.clear();
                this.attributes(attributes);
                let mark = this.locals.enter_item();
                let around = std::mem::replace(&mut this.here.around, Around::Nothing);
                this.item_within(item);
                this.here.around = around;
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
                let kind = this.function_kind(&i.attrs);
                let of = this.define(&i.sig.ident, &i.vis, kind).map(SignatureOf::Item);
                this.procedural_macros(i);
                this.owned_by(None, |this| this.function(of, &i.sig, Some(&i.block)));
            }
            I::ForeignMod(i) => i.items.iter().for_each(|item| this.foreign(item)),
            I::Impl(i) => this.implementation(i),
            I::Macro(i) => this.item_macro(i),
            I::Mod(i) => this.module(i),
            I::Static(i) => {
                let of = this.define(&i.ident, &i.vis, ItemKind::Static).map(SignatureOf::Item);
                this.value(of, &syn::Generics::default(), &i.ty, Some(&i.expr));
            }
            I::Struct(i) => {
                let kind = this.struct_kind(&i.fields);
                let number = this.define(&i.ident, &i.vis, kind);
                let generics = this.generics(&i.generics);
                this.shape(number, None, generics, &i.fields);
            }
            I::Trait(i) => this.trait_definition(i),
            I::TraitAlias(i) => {
                let supertraits = this.trait_paths(&i.bounds);
                let number = this.define(&i.ident, &i.vis, ItemKind::Trait { body: None, supertraits });
                this.trait_shape(number, &i.generics, &i.bounds);
            }
            I::Type(i) => this.type_alias(i),
            I::Union(i) => {
                let number = this.define(&i.ident, &i.vis, ItemKind::Union);
                let generics = this.generics(&i.generics);
                this.shape(number, None, generics, &i.fields.named);
            }
            I::Use(i) => this.use_declaration(i),
            I::Verbatim(tokens) => {
                let first = this.entries.len();
                this.here.guessing += 1;
                this.scan(tokens.clone());
                this.here.guessing -= 1;
                this.guessed_code(first);
            }
            _ => {}
        });
    }

    /// Records that the present scope defines a name. Returns the number of the item.
    pub fn define(
        &mut self,
        ident: &proc_macro2::Ident,
        visibility: &syn::Visibility,
        kind: ItemKind,
    ) -> Option<u32> {
        let name = self.name(ident);
        let span = self.span(ident.span());
        let visibility = self.visibility(visibility);
        self.define_name(name, span, visibility, kind)
    }

    /// Records that the present scope defines a name. Returns the number of the item; `None` for
    /// `_`.
    pub fn define_name(
        &mut self,
        name: Name,
        span: Span,
        visibility: Visibility,
        kind: ItemKind,
    ) -> Option<u32> {
        if name == self.keywords.underscore {
            return None;
        }
        let order = self.next_order();
        let (scope, condition) = (self.here.scope, self.here.condition);
        self.facts.items.push(Item { name, kind, scope, visibility, condition, span, order });
        Some(self.facts.items.len() as u32 - 1)
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
        let of = self.define(&item.ident, &item.vis, ItemKind::Constant).map(SignatureOf::Item);
        self.value(of, &item.generics, &item.ty, Some(&item.expr));
    }

    fn enumeration(&mut self, item: &syn::ItemEnum) {
        let span = self.span(item.brace_token.span.join());
        let outer = self.open_scope(ScopeKind::Enum, span);
        let variants: Vec<Option<u32>> = item.variants.iter().map(|variant| self.variant(variant)).collect();
        let body = std::mem::replace(&mut self.here.scope, outer);
        let number = self.define(&item.ident, &item.vis, ItemKind::Enum { body });
        let generics = self.generics(&item.generics);
        self.shape(number, None, generics, []);
        for (variant, of) in item.variants.iter().zip(variants) {
            self.under(&variant.attrs, |this| {
                this.attributes(&variant.attrs);
                this.shape(of, number, generics, &variant.fields);
                if let Some((_, discriminant)) = &variant.discriminant {
                    this.expression(discriminant);
                }
            });
        }
    }

    /// Defines a variant in the scope of its enum.
    fn variant(&mut self, variant: &syn::Variant) -> Option<u32> {
        self.under(&variant.attrs, |this| {
            let constructor = Self::constructor(&variant.fields);
            let public = syn::Visibility::Public(syn::token::Pub::default());
            this.define(&variant.ident, &public, ItemKind::Variant { constructor })
        })
    }

    fn type_alias(&mut self, item: &syn::ItemType) {
        let mark = self.locals.enter();
        let generics = Some(self.generics(&item.generics));
        let next = self.facts.references.len() as u32;
        let output = Some(self.type_(&item.ty));
        self.locals.leave(mark);
        let plain = matches!(&*item.ty, syn::Type::Path(path) if path.qself.is_none());
        let target = (plain && self.facts.references.len() as u32 > next).then_some(next);
        let of = self.define(&item.ident, &item.vis, ItemKind::TypeAlias { target }).map(SignatureOf::Item);
        self.signature(of, SignatureKind::Alias, Header { generics, output, ..Header::default() });
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
