//! Signatures: parameters, generic parameters and their bounds.

use crate::{
    base::{context::Context, name::Name},
    rust::facts::model::{
        Constructor, ItemKind, Path, Visibility,
        code::{
            Field, GenericsId, Listed as _, Parameter, PatId, Shape, SignatureKind, SignatureOf, TypeForm,
            TypeId,
        },
    },
};
use rustc_hash::FxHashMap;

use super::{Extractor, code::Header, locals::Meaning};

impl Extractor<'_> {
    /// A function. Its generics and parameters are in scope in its signature and body.
    pub fn function(
        &mut self,
        of: Option<SignatureOf>,
        signature: &syn::Signature,
        body: Option<&syn::Block>,
    ) {
        let header = self.scoped(|this| {
            let first = this.entries.len();
            let mut header = this.within(Context::Signature, |this| this.header(signature));
            for (at, typed) in typed(signature).enumerate() {
                let pattern = this.under(&typed.attrs, |this| this.pattern(&typed.pat));
                this.entries[first + at * Parameter::WIDTH] = pattern.raw();
            }
            header.parameters = this.list(first);
            header.body = body.map(|body| this.function_body(signature, body));
            header
        });
        let is_async = signature.asyncness.is_some();
        self.signature(of, SignatureKind::Function { is_async }, header);
    }

    /// The types of a signature. The parameters wait as entries, with patterns that are still to be
    /// walked.
    fn header(&mut self, signature: &syn::Signature) -> Header {
        let generics = Some(self.generics(&signature.generics));
        let mut receiver = None;
        for input in &signature.inputs {
            match input {
                syn::FnArg::Receiver(input) => {
                    receiver = Some(self.under(&input.attrs, |this| this.receiver(input)));
                }
                syn::FnArg::Typed(typed) => {
                    let ty = self.under(&typed.attrs, |this| {
                        this.attributes(&typed.attrs);
                        this.type_(&typed.ty)
                    });
                    self.entry(Parameter { pattern: PatId::from_raw(0), ty: Some(ty) });
                }
            }
        }
        let output = self.return_type(&signature.output);
        Header { generics, receiver, output, ..Header::default() }
    }

    /// The type of `self`.
    fn receiver(&mut self, receiver: &syn::Receiver) -> TypeId {
        self.attributes(&receiver.attrs);
        match &receiver.kind {
            syn::ReceiverKind::Typed(_, ty) => self.type_(ty),
            syn::ReceiverKind::Reference(..) => {
                let own = self.single_type(self.keywords.self_type);
                self.new_type(TypeForm::Reference(own))
            }
            _ => self.single_type(self.keywords.self_type),
        }
    }

    /// Brings generic parameters into scope, then walks their bounds. The parameters stay in scope
    /// until the caller's scope ends.
    pub fn generics(&mut self, generics: &syn::Generics) -> GenericsId {
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
        self.parameters_and_bounds(generics)
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

    /// The fields of a struct, a union or a variant, and its shape.
    pub fn shape<'f>(
        &mut self,
        item: Option<u32>,
        of_enum: Option<u32>,
        generics: GenericsId,
        fields: impl IntoIterator<Item = &'f syn::Field>,
    ) {
        let derives = std::mem::take(&mut self.derived);
        let derives = self.facts.code.list(derives);
        let first = self.entries.len();
        for (at, field) in fields.into_iter().enumerate() {
            let ty = self.under(&field.attrs, |this| this.field_type(field));
            let name = match &field.ident {
                Some(ident) => self.name(ident),
                None => self.number(at as u32),
            };
            self.entry(Field { name, ty });
        }
        let (fields, scope) = (self.list(first), self.here.scope);
        if let Some(item) = item {
            self.facts.code.shapes.push(Shape { item, of_enum, generics, scope, fields, derives });
        }
    }

    fn field_type(&mut self, field: &syn::Field) -> TypeId {
        self.attributes(&field.attrs);
        let ty = self.type_(&field.ty);
        if let Some((_, default)) = &field.default {
            self.expression(default);
        }
        ty
    }
}

/// The parameters after `self`.
fn typed(signature: &syn::Signature) -> impl Iterator<Item = &syn::PatType> {
    signature.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(typed) => Some(typed),
        syn::FnArg::Receiver(_) => None,
    })
}
