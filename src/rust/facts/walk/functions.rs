//! Signatures: parameters, generic parameters and their bounds.

use rustc_hash::FxHashMap;
use syn::visit::{self, Visit};

use crate::{
    base::{context::Context, name::Name},
    rust::facts::model::{Constructor, ItemKind, Path, Visibility},
};

use super::{Extractor, locals::Meaning};

impl Extractor<'_> {
    /// A function. Its generics and parameters are in scope in its signature and body.
    pub fn function(&mut self, signature: &syn::Signature, body: Option<&syn::Block>) {
        self.scoped(|this| {
            this.within(Context::Signature, |this| {
                this.generics(&signature.generics);
                for input in &signature.inputs {
                    match input {
                        syn::FnArg::Receiver(receiver) => this.under(&receiver.attrs, |this| {
                            this.attributes(&receiver.attrs);
                            if let syn::ReceiverKind::Typed(_, ty) = &receiver.kind {
                                this.visit_type(ty);
                            }
                        }),
                        syn::FnArg::Typed(typed) => this.under(&typed.attrs, |this| {
                            this.attributes(&typed.attrs);
                            this.visit_type(&typed.ty);
                        }),
                    }
                }
                this.visit_return_type(&signature.output);
            });
            for input in &signature.inputs {
                if let syn::FnArg::Typed(typed) = input {
                    this.under(&typed.attrs, |this| this.pattern(&typed.pat));
                }
            }
            if let Some(body) = body {
                this.function_body(signature, body);
            }
        });
    }

    /// Brings generic parameters into scope, then walks their bounds. The parameters stay in scope
    /// until the caller's scope ends.
    pub fn generics(&mut self, generics: &syn::Generics) {
        for param in &generics.params {
            match param {
                syn::GenericParam::Type(param) => {
                    let name = self.name(&param.ident);
                    let bounds = self.trait_paths(&param.bounds);
                    self.locals.r#type(name, Meaning::Generic(bounds));
                }
                syn::GenericParam::Const(param) => {
                    let name = self.name(&param.ident);
                    let none = self.bounds(Vec::new());
                    self.locals.value(name, Meaning::Generic(none));
                }
                syn::GenericParam::Lifetime(_) => {}
            }
        }
        self.where_bounds(generics);
        visit::visit_generics(self, generics);
    }

    /// `where T: Bound` adds to the known bounds of `T`.
    fn where_bounds(&mut self, generics: &syn::Generics) {
        // Each list is copied once, however many predicates add to it.
        let mut lists: Vec<(Name, Vec<Path>)> = Vec::new();
        let mut list_of: FxHashMap<Name, usize> = FxHashMap::default();
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            let syn::WherePredicate::Type(predicate) = predicate else { continue };
            let syn::Type::Path(path) = &predicate.bounded_ty else { continue };
            let Some(name) = path.path.get_ident().map(|ident| self.name(ident)) else { continue };
            let Some(Meaning::Generic(known)) = self.locals.find_type(name) else { continue };
            let list = *list_of.entry(name).or_insert_with(|| {
                lists.push((name, self.facts.bounds[known as usize].clone()));
                lists.len() - 1
            });
            self.add_traits(&predicate.bounds, &mut lists[list].1);
        }
        for (name, list) in lists {
            let bounds = self.bounds(list);
            self.locals.r#type(name, Meaning::Generic(bounds));
        }
    }

    /// Records the traits among bounds as a list. Returns the number of the list.
    pub fn trait_paths<'b>(&mut self, bounds: impl IntoIterator<Item = &'b syn::TypeParamBound>) -> u32 {
        let mut traits = Vec::new();
        self.add_traits(bounds, &mut traits);
        self.bounds(traits)
    }

    fn add_traits<'b>(
        &mut self,
        bounds: impl IntoIterator<Item = &'b syn::TypeParamBound>,
        to: &mut Vec<Path>,
    ) {
        for bound in bounds {
            if let syn::TypeParamBound::Trait(bound) = bound {
                to.extend(self.bare_path(&bound.path, bound.path.segments.len()));
            }
        }
    }

    /// The constructor of a struct or a variant with these fields.
    pub fn constructor(fields: &syn::Fields) -> Constructor {
        match fields {
            syn::Fields::Named(_) => Constructor::None,
            syn::Fields::Unnamed(_) => Constructor::Function,
            syn::Fields::Unit => Constructor::Unit,
        }
    }

    /// The item kind of a struct.
    pub fn struct_kind(&mut self, of: &syn::Fields) -> ItemKind {
        let mut fields = Visibility::Public;
        for field in of {
            let own = self.visibility(&field.vis);
            if own.rank() < fields.rank() {
                fields = own;
            }
        }
        ItemKind::Struct { constructor: Self::constructor(of), fields }
    }
}
