//! Associated items: the types and traits that their paths start with, and the references to them.

use crate::{
    base::{name::Name, span::Span},
    rust::facts::model::{Maker, Namespaces, Path, PathStart, ReferenceKind, Subject, Type},
};

use super::{Extractor, locals::Meaning};

impl Extractor<'_> {
    /// The reference to an item of a trait that a generic argument constrains.
    pub fn constrained_item(&mut self, of_trait: Path, item: Name, span: Span) {
        let bounds = self.bounds(vec![of_trait]);
        let subject = self.subject(Type::Bounded(bounds), None);
        self.associated_reference(subject, item, span);
    }

    /// The reference to `<ty as Trait>::item`. Says nothing where `has_trait`, but the trait is no
    /// path that may leave the file.
    pub fn qualified_item(
        &mut self,
        ty: Type,
        of_trait: Option<Path>,
        has_trait: bool,
        item: Name,
        span: Span,
    ) {
        if of_trait.is_some() || !has_trait {
            let subject = self.subject(ty, of_trait);
            self.associated_reference(subject, item, span);
        }
    }

    /// Records the start of a path to an associated item. Returns its number.
    pub fn subject(&mut self, ty: Type, of_trait: Option<Path>) -> u32 {
        let subject = Subject { ty, of_trait };
        if self.facts.subjects.last() != Some(&subject) {
            self.facts.subjects.push(subject);
        }
        self.facts.subjects.len() as u32 - 1
    }

    /// A type without its generic arguments.
    pub fn type_of(&mut self, ty: &syn::Type) -> Type {
        use syn::Type as T;
        let mut ty = ty;
        loop {
            ty = match ty {
                T::Group(group) => &group.elem,
                T::Paren(paren) => &paren.elem,
                _ => break,
            };
        }
        match ty {
            T::Path(path) if path.qself.is_none() => self.type_of_path(&path.path),
            T::TraitObject(object) => match main_trait(&object.bounds) {
                Some(path) => self.bare_path(path, path.segments.len()).map_or(Type::Other, Type::Object),
                None => Type::Other,
            },
            T::Slice(_) => Type::Made(Maker::Slice),
            T::Array(_) => Type::Made(Maker::Array),
            T::Tuple(_) => Type::Made(Maker::Tuple),
            T::Reference(_) => Type::Made(Maker::Reference),
            T::Ptr(_) => Type::Made(Maker::Pointer),
            T::FnPtr(_) => Type::Made(Maker::Function),
            T::Never(_) => Type::Made(Maker::Never),
            _ => Type::Other,
        }
    }

    fn type_of_path(&mut self, path: &syn::Path) -> Type {
        let plain = path.leading_colon.is_none();
        if let Some(head) = path.segments.first().filter(|_| plain) {
            let head = self.name(&head.ident);
            if let Some(known) = self.type_known(head, path.segments.len()) {
                return known;
            }
        }
        self.bare_path(path, path.segments.len()).map_or(Type::Other, Type::Path)
    }

    /// The type that a path with `count` segments is by its first, `head`, if the file decides it.
    pub fn type_known(&mut self, head: Name, count: usize) -> Option<Type> {
        let known = if head == self.keywords.self_type {
            let subject = self.here.self_subject.map(|subject| self.facts.subjects[subject as usize]);
            subject.map_or(Type::Other, |subject| subject.ty)
        } else {
            match self.locals.find_type(head) {
                Some(Meaning::Generic(bounds)) => Type::Bounded(bounds),
                _ => return None,
            }
        };
        Some(if count == 1 { known } else { Type::Other })
    }

    /// Records the traits that a type is bound by. Returns the number of the list.
    pub fn bounds(&mut self, of: Vec<Path>) -> u32 {
        self.facts.bounds.push(of);
        self.facts.bounds.len() as u32 - 1
    }

    /// The reference to an item of what an entry of [`crate::rust::facts::FileFacts::subjects`]
    /// says.
    pub fn associated_reference(&mut self, subject: u32, item: Name, span: Span) {
        let first = self.facts.segments.len() as u32;
        self.facts.segments.push(item);
        let path = Path { start: PathStart::Plain, first, len: 1 };
        self.reference(path, span, Namespaces::ALL, ReferenceKind::Associated(subject));
    }

    /// `Self::Item` or `T::new`, where the file decides what `Self` or `T` is.
    pub fn associated_path(&mut self, path: &syn::Path) {
        let mut segments = path.segments.iter().map(|s| &s.ident);
        let (Some(head), Some(item)) = (segments.next(), segments.next()) else { return };
        let name = self.name(head);
        if let Some(subject) = self.known_subject(name) {
            let (item, span) = (self.name(item), self.path_span(path, 2));
            self.associated_reference(subject, item, span);
        }
    }

    /// `Self` or a type parameter as the start of a path.
    pub fn known_subject(&mut self, name: Name) -> Option<u32> {
        if name == self.keywords.self_type {
            return self.here.self_subject;
        }
        match self.locals.find_type(name) {
            Some(Meaning::Generic(bounds)) => Some(self.subject(Type::Bounded(bounds), None)),
            _ => None,
        }
    }
}

/// The trait of `dyn Trait + Send`.
fn main_trait<'b>(bounds: impl IntoIterator<Item = &'b syn::TypeParamBound>) -> Option<&'b syn::Path> {
    bounds.into_iter().find_map(|bound| match bound {
        syn::TypeParamBound::Trait(bound) => Some(&bound.path),
        _ => None,
    })
}
