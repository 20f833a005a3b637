//! Items with items of their own: traits, `impl`s, and blocks of foreign items.

use crate::{
    base::context::Context,
    rust::facts::model::{
        FragmentKind, Implementation, ItemKind, Member, Namespaces, ScopeKind, Type,
        code::{Around, GenericsId, SignatureKind, SignatureOf, TraitShape, TypeForm, TypeId},
    },
};

use super::{Extractor, code::Header};

impl Extractor<'_> {
    pub fn trait_definition(&mut self, item: &syn::ItemTrait) {
        let span = self.span(item.brace_token.span.join());
        let outer = self.open_scope(ScopeKind::Trait, span);
        let declared: Vec<Option<u32>> = item.items.iter().map(|item| self.declare(item)).collect();
        let body = std::mem::replace(&mut self.here.scope, outer);
        let supertraits = self.trait_paths(&item.supertraits);
        let number = self.define(&item.ident, &item.vis, ItemKind::Trait { body: Some(body), supertraits });
        self.here.around = self.trait_shape(number, &item.generics, &item.supertraits);
        let own = self.bare_path(&syn::Path::from(item.ident.clone()), 1);
        let bounds = self.bounds(own.into_iter().collect());
        let owner = self.name(&item.ident);
        let subject = self.subject(Type::Bounded(bounds), None);
        self.with_self(subject, |this| {
            this.owned_by(Some(owner), |this| {
                item.items.iter().zip(declared).for_each(|(item, number)| this.trait_item(item, number));
            });
        });
    }

    /// The generic parameters and supertraits of a trait, and its shape.
    pub fn trait_shape<'b>(
        &mut self,
        item: Option<u32>,
        generics: &syn::Generics,
        supertraits: impl IntoIterator<Item = &'b syn::TypeParamBound>,
    ) -> Around {
        let generics = self.generics(generics);
        let supertraits = self.bound_list(supertraits);
        let Some(item) = item else { return Around::Nothing };
        let (number, scope) = (self.facts.code.traits.len() as u32, self.here.scope);
        self.facts.code.traits.push(TraitShape { item, generics, scope, supertraits });
        Around::Trait(number)
    }

    /// Declares an item of a trait in the trait's scope.
    fn declare(&mut self, item: &syn::TraitItem) -> Option<u32> {
        let ident = match item {
            syn::TraitItem::Const(item) => &item.ident,
            syn::TraitItem::Fn(item) => &item.sig.ident,
            syn::TraitItem::Type(item) => &item.ident,
            _ => return None,
        };
        self.define(ident, &syn::Visibility::Public(syn::token::Pub::default()), ItemKind::Associated)
    }

    fn with_self(&mut self, subject: u32, walk: impl FnOnce(&mut Self)) {
        let outer = self.here.self_subject.replace(subject);
        walk(self);
        self.here.self_subject = outer;
    }

    pub fn implementation(&mut self, item: &syn::ItemImpl) {
        let number = self.facts.implementations.len() as u32;
        let (scope, condition) = (self.here.scope, self.here.condition);
        let span = self.span(item.impl_token.span);
        let first = self.facts.references.len() as u32;
        let (self_type, of_trait, references) = (Type::Other, None, (first, first));
        self.facts.implementations.push(Implementation {
            self_type,
            of_trait,
            ty: TypeId::from_raw(0),
            trait_type: None,
            generics: GenericsId::from_raw(0),
            scope,
            condition,
            span,
            references,
        });
        let subject = self.subject(Type::SelfOf(number), None);
        self.with_self(subject, |this| {
            this.within(Context::Impl, |this| this.header_of_implementation(number, item));
            // The parameters are in scope now.
            let self_type = this.type_of(&item.self_ty);
            let trait_path = item.trait_.as_ref().map(|(path, _)| path);
            let of_trait = trait_path.and_then(|path| this.bare_path(path, path.segments.len()));
            let of = &mut this.facts.implementations[number as usize];
            (of.self_type, of.of_trait) = (self_type, of_trait);
            let owner = this.owner(item);
            this.here.around = Around::Implementation(number);
            this.owned_by(owner, |this| item.items.iter().for_each(|item| this.impl_item(item)));
        });
        self.facts.implementations[number as usize].references.1 = self.facts.references.len() as u32;
    }

    fn header_of_implementation(&mut self, number: u32, item: &syn::ItemImpl) {
        let generics = self.generics(&item.generics);
        let trait_type = item.trait_.as_ref().map(|(path, _)| {
            let path = self.plain(path, Namespaces::TYPES);
            self.new_type(TypeForm::Path(path))
        });
        let ty = self.type_(&item.self_ty);
        let of = &mut self.facts.implementations[number as usize];
        (of.ty, of.trait_type, of.generics) = (ty, trait_type, generics);
    }

    /// Records a function, constant or type of an `impl`.
    fn member(&mut self, ident: &proc_macro2::Ident, is_type: bool) -> Option<SignatureOf> {
        let subject = self.here.self_subject?;
        let of = match self.facts.subjects[subject as usize].ty {
            Type::SelfOf(number) => Some(number),
            _ => None,
        };
        let (name, span) = (self.name(ident), self.span(ident.span()));
        let number = self.facts.members.len() as u32;
        self.facts.members.push(Member { name, is_type, of, condition: self.here.condition, span });
        Some(SignatureOf::Member(number))
    }

    /// Walks an item of an `impl`.
    pub fn impl_item(&mut self, item: &syn::ImplItem) {
        use syn::ImplItem as I;
        match item {
            I::Fn(i) => self.associated(&i.attrs, |this| {
                let of = this.member(&i.sig.ident, false);
                this.function(of, &i.sig, Some(&i.block));
            }),
            I::Macro(i) => self.associated_macro(&i.attrs, &i.mac),
            I::Const(i) => self.associated(&i.attrs, |this| {
                let of = this.member(&i.ident, false);
                this.value(of, &i.generics, &i.ty, Some(&i.expr));
            }),
            I::Type(i) => self.associated(&i.attrs, |this| {
                let of = this.member(&i.ident, true);
                let generics = Some(this.generics(&i.generics));
                let output = Some(this.type_(&i.ty));
                this.signature(of, SignatureKind::Alias, Header { generics, output, ..Header::default() });
            }),
            _ => {}
        }
    }

    /// Walks an item of a trait, whose value is a default.
    fn trait_item(&mut self, item: &syn::TraitItem, number: Option<u32>) {
        use syn::TraitItem as I;
        let of = number.map(SignatureOf::Item);
        match item {
            I::Fn(i) => self.associated(&i.attrs, |this| this.function(of, &i.sig, i.default.as_ref())),
            I::Macro(i) => self.associated_macro(&i.attrs, &i.mac),
            I::Const(i) => self.associated(&i.attrs, |this| {
                let default = i.default.as_ref().map(|(_, default)| default);
                this.value(of, &i.generics, &i.ty, default);
            }),
            I::Type(i) => self.associated(&i.attrs, |this| {
                let generics = Some(this.generics(&i.generics));
                let bounds = this.bound_list(&i.bounds);
                let output = i.default.as_ref().map(|(_, default)| this.type_(default));
                let header = Header { generics, bounds, output, ..Header::default() };
                this.signature(of, SignatureKind::Alias, header);
            }),
            _ => {}
        }
    }

    /// A constant or static.
    pub fn value(
        &mut self,
        of: Option<SignatureOf>,
        generics: &syn::Generics,
        ty: &syn::Type,
        value: Option<&syn::Expr>,
    ) {
        let generics = Some(self.generics(generics));
        let output = Some(self.type_(ty));
        let body = value.map(|value| self.expression(value));
        self.signature(of, SignatureKind::Value, Header { generics, output, body, ..Header::default() });
    }

    fn associated_macro(&mut self, attributes: &[syn::Attribute], invocation: &syn::Macro) {
        self.associated(attributes, |this| this.invocation_of_items(invocation, FragmentKind::Associated));
    }

    fn associated(&mut self, attributes: &[syn::Attribute], walk: impl FnOnce(&mut Self)) {
        self.under(attributes, |this| {
            this.attributes(attributes);
            this.scoped(|this| this.within(Context::Signature, walk));
        });
    }

    pub fn foreign(&mut self, item: &syn::ForeignItem) {
        use syn::ForeignItem as I;
        match item {
            I::Fn(i) => self.under(&i.attrs, |this| {
                this.attributes(&i.attrs);
                let of = this.define(&i.sig.ident, &i.vis, ItemKind::Function).map(SignatureOf::Item);
                this.function(of, &i.sig, None);
            }),
            I::Static(i) => self.under(&i.attrs, |this| {
                this.attributes(&i.attrs);
                let of = this.define(&i.ident, &i.vis, ItemKind::Static).map(SignatureOf::Item);
                this.value(of, &syn::Generics::default(), &i.ty, None);
            }),
            I::Type(i) => self.under(&i.attrs, |this| {
                this.define(&i.ident, &i.vis, ItemKind::Union);
            }),
            I::Macro(i) => self.invocation_of_items(&i.mac, FragmentKind::Items),
            _ => {}
        }
    }
}
