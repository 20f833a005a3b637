//! Items with items of their own: traits, `impl`s, and blocks of foreign items.

use syn::visit::{self, Visit};

use crate::{
    base::context::Context,
    rust::facts::model::{
        FragmentKind, Implementation, ItemKind, Member, Namespaces, ScopeKind, Type,
        code::{GenericsId, TypeId},
    },
};

use super::Extractor;

impl Extractor<'_> {
    pub fn trait_definition(&mut self, item: &syn::ItemTrait) {
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
        let subject = self.subject(Type::Bounded(bounds), None);
        self.with_self(subject, |this| {
            this.owned_by(Some(owner), |this| item.items.iter().for_each(|item| this.trait_item(item)));
        });
    }

    /// Declares an item of a trait in the trait's scope.
    fn declare(&mut self, item: &syn::TraitItem) {
        let ident = match item {
            syn::TraitItem::Const(item) => &item.ident,
            syn::TraitItem::Fn(item) => &item.sig.ident,
            syn::TraitItem::Type(item) => &item.ident,
            _ => return,
        };
        self.define(ident, &syn::Visibility::Public(syn::token::Pub::default()), ItemKind::Associated);
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
            this.within(Context::Impl, |this| {
                this.generics(&item.generics);
                if let Some((path, _)) = &item.trait_ {
                    this.path(None, path, Namespaces::TYPES);
                }
                this.visit_type(&item.self_ty);
            });
            // The parameters are in scope now.
            let self_type = this.type_of(&item.self_ty);
            let trait_path = item.trait_.as_ref().map(|(path, _)| path);
            let of_trait = trait_path.and_then(|path| this.bare_path(path, path.segments.len()));
            let of = &mut this.facts.implementations[number as usize];
            (of.self_type, of.of_trait) = (self_type, of_trait);
            let owner = this.owner(item);
            this.owned_by(owner, |this| item.items.iter().for_each(|item| this.impl_item(item)));
        });
        self.facts.implementations[number as usize].references.1 = self.facts.references.len() as u32;
    }

    /// Records a function, constant or type of an `impl`.
    fn member(&mut self, ident: &proc_macro2::Ident, is_type: bool) {
        let Some(subject) = self.here.self_subject else { return };
        let of = match self.facts.subjects[subject as usize].ty {
            Type::SelfOf(number) => Some(number),
            _ => None,
        };
        let (name, span) = (self.name(ident), self.span(ident.span()));
        self.facts.members.push(Member { name, is_type, of, condition: self.here.condition, span });
    }

    /// Walks an item of an `impl`.
    pub fn impl_item(&mut self, item: &syn::ImplItem) {
        use syn::ImplItem as I;
        match item {
            I::Fn(i) => self.associated(&i.attrs, |this| {
                this.member(&i.sig.ident, false);
                this.function(&i.sig, Some(&i.block));
            }),
            I::Macro(i) => self.associated_macro(&i.attrs, &i.mac),
            I::Const(i) => self.associated(&i.attrs, |this| {
                this.member(&i.ident, false);
                this.generics(&i.generics);
                this.visit_type(&i.ty);
                this.visit_expr(&i.expr);
            }),
            I::Type(i) => self.associated(&i.attrs, |this| {
                this.member(&i.ident, true);
                this.generics(&i.generics);
                this.visit_type(&i.ty);
            }),
            other => self.associated(&[], |this| visit::visit_impl_item(this, other)),
        }
    }

    /// Walks an item of a trait, whose value is a default.
    pub fn trait_item(&mut self, item: &syn::TraitItem) {
        use syn::TraitItem as I;
        match item {
            I::Fn(i) => self.associated(&i.attrs, |this| this.function(&i.sig, i.default.as_ref())),
            I::Macro(i) => self.associated_macro(&i.attrs, &i.mac),
            I::Const(i) => self.associated(&i.attrs, |this| {
                this.generics(&i.generics);
                this.visit_type(&i.ty);
                i.default.iter().for_each(|(_, default)| this.visit_expr(default));
            }),
            I::Type(i) => self.associated(&i.attrs, |this| {
                this.generics(&i.generics);
                i.bounds.iter().for_each(|bound| this.visit_type_param_bound(bound));
                i.default.iter().for_each(|(_, default)| this.visit_type(default));
            }),
            other => self.associated(&[], |this| visit::visit_trait_item(this, other)),
        }
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
}
