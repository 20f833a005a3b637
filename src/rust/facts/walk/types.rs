//! Types, bounds, generic parameters and generic arguments.

use smallvec::SmallVec;

use crate::rust::facts::model::{
    FragmentKind, Namespaces, ReferenceKind,
    code::{Bound, Constrained, GenericParameter, Generics, GenericsId, List, TypeForm, TypeId},
};

use super::{Extractor, attributes::of_generic, code::GenericArguments};

impl Extractor<'_> {
    /// A type.
    pub fn type_(&mut self, ty: &syn::Type) -> TypeId {
        use syn::Type as T;
        let form = match ty {
            T::Path(ty) => {
                let named = self.path(ty.qself.as_ref(), &ty.path, Namespaces::TYPES);
                return self.named_type(named);
            }
            T::Group(ty) => return self.inner_type(&ty.attrs, &ty.elem),
            T::Paren(ty) => return self.inner_type(&ty.attrs, &ty.elem),
            T::Reference(ty) => TypeForm::Reference(self.inner_type(&ty.attrs, &ty.elem)),
            T::Ptr(ty) => TypeForm::Pointer(self.inner_type(&ty.attrs, &ty.elem)),
            T::Slice(ty) => TypeForm::Slice(self.inner_type(&ty.attrs, &ty.elem)),
            T::Array(ty) => {
                let element = self.inner_type(&ty.attrs, &ty.elem);
                self.expression(&ty.len);
                TypeForm::Array(element)
            }
            T::Tuple(ty) => {
                self.attributes(&ty.attrs);
                TypeForm::Tuple(self.type_list(&ty.elems))
            }
            T::FnPtr(ty) => self.function_pointer(ty),
            T::ImplTrait(ty) => {
                self.attributes(&ty.attrs);
                TypeForm::Impl(self.bound_list(&ty.bounds))
            }
            T::TraitObject(ty) => {
                self.attributes(&ty.attrs);
                TypeForm::Dyn(self.bound_list(&ty.bounds))
            }
            T::Infer(ty) => self.symbol(&ty.attrs, TypeForm::Infer),
            T::Never(ty) => self.symbol(&ty.attrs, TypeForm::Never),
            T::Macro(ty) => {
                self.attributes(&ty.attrs);
                self.invocation(&ty.mac, FragmentKind::Type);
                TypeForm::Other
            }
            _ => TypeForm::Other,
        };
        self.new_type(form)
    }

    fn inner_type(&mut self, attributes: &[syn::Attribute], ty: &syn::Type) -> TypeId {
        self.attributes(attributes);
        self.type_(ty)
    }

    fn symbol(&mut self, attributes: &[syn::Attribute], form: TypeForm) -> TypeForm {
        self.attributes(attributes);
        form
    }

    fn type_list<'t>(&mut self, types: impl IntoIterator<Item = &'t syn::Type>) -> List<TypeId> {
        let first = self.entries.len();
        for ty in types {
            let ty = self.type_(ty);
            self.entry(ty);
        }
        self.list(first)
    }

    fn function_pointer(&mut self, ty: &syn::TypeFnPtr) -> TypeForm {
        self.attributes(&ty.attrs);
        self.binder(ty.lifetimes.as_ref());
        let params = self.named_types(&ty.inputs);
        if let Some(variadic) = &ty.variadic {
            self.attributes(&variadic.attrs);
        }
        TypeForm::Function { params, output: self.return_type(&ty.output) }
    }

    fn named_types<'t>(&mut self, types: impl IntoIterator<Item = &'t syn::NamedArg>) -> List<TypeId> {
        let first = self.entries.len();
        for named in types {
            let ty = self.inner_type(&named.attrs, &named.ty);
            self.entry(ty);
        }
        self.list(first)
    }

    pub fn return_type(&mut self, ty: &syn::ReturnType) -> Option<TypeId> {
        match ty {
            syn::ReturnType::Default => None,
            syn::ReturnType::Type(_, ty) => Some(self.type_(ty)),
        }
    }

    /// `for<'a>`.
    fn binder(&mut self, binder: Option<&syn::BoundLifetimes>) {
        for parameter in binder.iter().flat_map(|binder| &binder.lifetimes) {
            self.under(of_generic(parameter), |this| this.attributes(of_generic(parameter)));
        }
    }

    /// Bounds. Returns the traits.
    pub fn bound_list<'b>(
        &mut self,
        bounds: impl IntoIterator<Item = &'b syn::TypeParamBound>,
    ) -> List<TypeId> {
        let first = self.entries.len();
        for bound in bounds {
            if let Some(of_trait) = self.bound(bound) {
                self.entry(of_trait);
            }
        }
        self.list(first)
    }

    /// A bound. Returns the trait; `None` for `?Trait`.
    fn bound(&mut self, bound: &syn::TypeParamBound) -> Option<TypeId> {
        let syn::TypeParamBound::Trait(bound) = bound else { return None };
        self.binder(bound.lifetimes.as_ref());
        let path = self.plain(&bound.path, Namespaces::TYPES);
        bound.maybe.is_none().then(|| self.new_type(TypeForm::Path(path)))
    }

    /// The generic parameters and bounds of a definition, whose names are in scope.
    pub fn parameters_and_bounds(&mut self, generics: &syn::Generics) -> GenericsId {
        if generics.params.is_empty() && generics.where_clause.is_none() {
            return GenericsId::from_raw(0);
        }
        let (mut parameters, mut bounds) = (Vec::new(), Vec::new());
        for parameter in &generics.params {
            self.under(of_generic(parameter), |this| {
                parameters.extend(this.generic_parameter(parameter, &mut bounds));
            });
        }
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            self.predicate(predicate, &mut bounds);
        }
        let code = &mut self.facts.code;
        let parameters = code.list(parameters);
        let bounds = code.list(bounds);
        code.generics.push(Generics { parameters, bounds })
    }

    fn generic_parameter(
        &mut self,
        parameter: &syn::GenericParam,
        bounds: &mut Vec<Bound>,
    ) -> Option<GenericParameter> {
        match parameter {
            syn::GenericParam::Lifetime(lifetime) => {
                self.attributes(&lifetime.attrs);
                None
            }
            syn::GenericParam::Type(parameter) => {
                let name = self.name(&parameter.ident);
                if !parameter.bounds.is_empty() {
                    let ty = self.single_type(name);
                    self.bounds_of(ty, &parameter.bounds, bounds);
                }
                let default = parameter.default.as_ref().map(|(_, default)| self.type_(default));
                Some(GenericParameter { name, default })
            }
            syn::GenericParam::Const(parameter) => {
                self.attributes(&parameter.attrs);
                self.type_(&parameter.ty);
                if let Some((_, default)) = &parameter.default {
                    self.expression(default);
                }
                Some(GenericParameter { name: self.name(&parameter.ident), default: None })
            }
        }
    }

    /// A predicate of a `where` clause.
    pub fn predicate(&mut self, predicate: &syn::WherePredicate, bounds: &mut Vec<Bound>) {
        match predicate {
            syn::WherePredicate::Lifetime(predicate) => self.attributes(&predicate.attrs),
            syn::WherePredicate::Type(predicate) => {
                self.attributes(&predicate.attrs);
                self.binder(predicate.lifetimes.as_ref());
                let ty = self.type_(&predicate.bounded_ty);
                self.bounds_of(ty, &predicate.bounds, bounds);
            }
            _ => {}
        }
    }

    fn bounds_of<'b>(
        &mut self,
        ty: TypeId,
        of: impl IntoIterator<Item = &'b syn::TypeParamBound>,
        bounds: &mut Vec<Bound>,
    ) {
        for bound in of {
            bounds.extend(self.bound(bound).map(|of_trait| Bound { ty, of_trait }));
        }
    }

    /// The generic arguments of a segment.
    pub fn path_arguments(&mut self, arguments: &syn::PathArguments) -> GenericArguments {
        match arguments {
            syn::PathArguments::None => GenericArguments::default(),
            syn::PathArguments::AngleBracketed(arguments) => self.generic_arguments(arguments),
            syn::PathArguments::Parenthesized(arguments) => {
                let parameters = self.named_types(&arguments.inputs);
                let output = self.return_type(&arguments.output);
                self.call_arguments(parameters, output)
            }
        }
    }

    /// `<A, 'a, 3, Item = B>`.
    pub fn generic_arguments(&mut self, arguments: &syn::AngleBracketedGenericArguments) -> GenericArguments {
        let (first, mut items) = (self.entries.len(), SmallVec::new());
        for argument in &arguments.args {
            if let Some(ty) = self.generic_argument(argument, &mut items) {
                self.entry(ty);
            }
        }
        GenericArguments { types: self.list(first), items }
    }

    fn generic_argument(
        &mut self,
        argument: &syn::GenericArgument,
        items: &mut SmallVec<[Constrained; 2]>,
    ) -> Option<TypeId> {
        use syn::GenericArgument as A;
        match argument {
            A::Type(ty) => return Some(self.type_or_constant(ty)),
            A::Const(value) => {
                self.expression(value);
                return Some(self.new_type(TypeForm::Other));
            }
            A::AssocType(item) => {
                self.arguments_of_item(item.generics.as_ref());
                let (name, ty) = (self.name(&item.ident), self.type_(&item.ty));
                items.push(Constrained { name, ty });
            }
            A::AssocConst(item) => {
                self.arguments_of_item(item.generics.as_ref());
                self.expression(&item.value);
            }
            A::Constraint(item) => {
                self.arguments_of_item(item.generics.as_ref());
                self.bound_list(&item.bounds);
            }
            _ => {}
        }
        None
    }

    /// The generic arguments of the item in `Trait<Item<T> = U>`, which the code leaves out.
    fn arguments_of_item(&mut self, arguments: Option<&syn::AngleBracketedGenericArguments>) {
        if let Some(arguments) = arguments {
            self.generic_arguments(arguments);
        }
    }

    /// A type as a generic argument. `Foo<N>` parses as a type, but `N` may be a constant.
    fn type_or_constant(&mut self, ty: &syn::Type) -> TypeId {
        let syn::Type::Path(syn::TypePath { qself: None, path, .. }) = ty else { return self.type_(ty) };
        let namespaces = Namespaces::TYPES.and(Namespaces::VALUES);
        let Some(ident) = path.get_ident() else {
            let path = self.plain(path, namespaces);
            return self.new_type(TypeForm::Path(path));
        };
        let name = self.name(ident);
        if self.locals.find_type(name).is_none() && self.locals.find_value(name).is_none() {
            self.plain_path(path, 1, namespaces, ReferenceKind::Path);
        }
        self.single_type(name)
    }
}
