//! Paths: the conversion of `syn`'s paths to those of the facts, and the references that they make.

use std::ops::Range;

use smallvec::SmallVec;

use crate::{
    base::{context::Context, name::Name, span::Span},
    rust::facts::model::{
        Namespace, Namespaces, OWN_CRATE, Path, PathStart, ReferenceFacts, ReferenceKind,
        code::{PathId, TypeForm, TypeId},
    },
};

use super::{
    Extractor,
    code::{Named, PathNames},
    locals::Meaning,
};

/// A path whose segments are being appended.
pub struct Appended {
    first: usize,
    start: PathStart,
    /// Whether the next segment may still be `crate`, `self` or `super`.
    is_qualifier: bool,
}

impl Extractor<'_> {
    /// Records the reference that a path in an expression, type or pattern makes, and those in its
    /// generic arguments.
    pub fn path(&mut self, qself: Option<&syn::QSelf>, path: &syn::Path, namespaces: Namespaces) -> Named {
        match qself {
            Some(qself) => Named::Qualified(self.qualified(qself, path)),
            None => Named::Path(self.plain(path, namespaces)),
        }
    }

    /// A path that starts with a name.
    pub fn plain(&mut self, path: &syn::Path, namespaces: Namespaces) -> PathId {
        let count = path.segments.len();
        if count > 1 && path.leading_colon.is_none() && !self.was_read(path, count) {
            self.associated_path(path);
        }
        let all: SmallVec<[Name; 4]> = idents(path, 0..count).map(|ident| self.name(ident)).collect();
        let first = self.facts.segments.len();
        if let Some(start) = self.named_segments(path.leading_colon.is_some(), &all) {
            self.reference_of_path(path, count, (start, first), namespaces, ReferenceKind::Path);
        }
        let mut names = self.start_names(path.leading_colon.is_some());
        all.iter().for_each(|&name| self.add_name(&mut names, name));
        self.with_arguments(path, 0..count, names)
    }

    /// `<T as Trait>::Item`.
    fn qualified(&mut self, qself: &syn::QSelf, path: &syn::Path) -> TypeId {
        let code_type = self.type_(&qself.ty);
        let (count, all) = (qself.position, path.segments.len());
        let mut of_trait = None;
        if count > 0
            && let Some(number) = self.plain_path(path, count, Namespaces::TYPES, ReferenceKind::Path)
        {
            // `<T as Trait>::Item` is one path, and ends with the item.
            let whole = self.path_span(path, all);
            let named = &mut self.facts.references[number as usize];
            (named.span, of_trait) = (whole, Some(named.path));
        }
        if let Some(item) = path.segments.get(count) {
            let ty = self.type_of(&qself.ty);
            let (item, span) = (self.name(&item.ident), self.path_span(path, count + 1));
            self.qualified_item(ty, of_trait, count > 0, item, span);
        }
        let mut trait_type = None;
        if count > 0 {
            let names = self.names_of(path, 0..count);
            let path = self.with_arguments(path, 0..count, names);
            trait_type = Some(self.new_type(TypeForm::Path(path)));
        }
        let mut names = self.names_of(path, count..all);
        names.start = PathStart::Plain; // the colons of `<T>::item` are no start
        let rest = self.with_arguments(path, count..all, names);
        self.new_type(TypeForm::Qualified { ty: code_type, of_trait: trait_type, rest })
    }

    /// The names of some segments.
    pub fn names_of(&mut self, path: &syn::Path, range: Range<usize>) -> PathNames {
        let is_global = path.leading_colon.is_some() && range.start == 0;
        let mut names = self.start_names(is_global);
        for ident in idents(path, range) {
            let name = self.name(ident);
            self.add_name(&mut names, name);
        }
        names
    }

    /// Walks the generic arguments of some segments, and adds the path of these.
    fn with_arguments(&mut self, path: &syn::Path, range: Range<usize>, names: PathNames) -> PathId {
        let first = self.entries.len();
        for at in range.clone() {
            if let Some(segment) = path.segments.get(at).filter(|segment| !segment.arguments.is_none()) {
                let arguments = self.path_arguments(&segment.arguments);
                self.add_arguments(&names, at - range.start, arguments);
                self.constraints(path, at + 1, &segment.arguments);
            }
        }
        self.new_path(names, first)
    }

    /// `Iterator<Item = T>`: the items that generic arguments constrain are items of the trait.
    fn constraints(&mut self, path: &syn::Path, count: usize, arguments: &syn::PathArguments) {
        let syn::PathArguments::AngleBracketed(arguments) = arguments else { return };
        for argument in &arguments.args {
            let ident = match argument {
                syn::GenericArgument::AssocType(item) => &item.ident,
                syn::GenericArgument::AssocConst(item) => &item.ident,
                syn::GenericArgument::Constraint(item) => &item.ident,
                _ => continue,
            };
            let Some(bound) = self.bare_path(path, count) else { continue };
            let (name, span) = (self.name(ident), self.span(ident.span()));
            self.constrained_item(bound, name, span);
        }
    }

    /// The path of the first `count` segments, without a reference.
    pub fn bare_path(&mut self, path: &syn::Path, count: usize) -> Option<Path> {
        let first = self.facts.segments.len();
        let start = self.segments(path.leading_colon.is_some(), idents(path, 0..count))?;
        Some(Path { start, first: first as u32, len: (self.facts.segments.len() - first) as u16 })
    }

    /// Records the reference that the first `count` segments of a path make, if it may name an
    /// item. Returns the number of the reference.
    pub fn plain_path(
        &mut self,
        path: &syn::Path,
        count: usize,
        namespaces: Namespaces,
        kind: ReferenceKind,
    ) -> Option<u32> {
        let first = self.facts.segments.len();
        let start = self.segments(path.leading_colon.is_some(), idents(path, 0..count))?;
        self.reference_of_path(path, count, (start, first), namespaces, kind)
    }

    /// [`plain_path`](Self::plain_path) for a path whose plain segments are those from `first` on.
    fn reference_of_path(
        &mut self,
        path: &syn::Path,
        count: usize,
        (start, first): (PathStart, usize),
        namespaces: Namespaces,
        kind: ReferenceKind,
    ) -> Option<u32> {
        // The arguments may name a macro that the expansion invokes.
        if !matches!(kind, ReferenceKind::Macro(_)) && self.was_read(path, count) {
            self.facts.segments.truncate(first);
            return None;
        }
        let (plain, kind) = self.settle(start, first, namespaces, kind)?;
        let span = self.path_span(path, count);
        self.reference(plain, span, namespaces, kind)
    }

    /// Whether the first `count` segments of a path in the expansion of a macro in code come from the
    /// arguments alone, with the separators between them.
    fn was_read(&self, path: &syn::Path, count: usize) -> bool {
        self.here.is_code && {
            let mut pairs = path.segments.pairs().take(count).enumerate();
            let is_written = |span: proc_macro2::Span| !self.span(span).is_nowhere();
            pairs.all(|(at, pair)| {
                let separator = pair.punct().filter(|_| at + 1 < count);
                is_written(pair.value().ident.span())
                    && separator.is_none_or(|separator| is_written(separator.spans[0]))
            })
        }
    }

    /// The path of the segments from `first` on, and the kind of its reference. If the path names a
    /// binding or a parameter, returns `None` and removes the segments.
    pub fn settle(
        &mut self,
        start: PathStart,
        first: usize,
        namespaces: Namespaces,
        kind: ReferenceKind,
    ) -> Option<(Path, ReferenceKind)> {
        let len = self.facts.segments.len() - first;
        match self.local_meaning(start, first, len, namespaces, kind) {
            Some(kind) => Some((Path { start, first: first as u32, len: len as u16 }, kind)),
            None => {
                self.facts.segments.truncate(first);
                None
            }
        }
    }

    /// Appends the plain segments of a path and returns its start. `None` for paths that cannot
    /// leave the file: `self` alone, and those that start with `Self`.
    pub fn segments<'i>(
        &mut self,
        global: bool,
        idents: impl Iterator<Item = &'i proc_macro2::Ident>,
    ) -> Option<PathStart> {
        let mut path = self.start_path(global);
        for ident in idents {
            let name = self.name(ident);
            self.add_segment(&mut path, name)?;
        }
        self.end_path(&path)
    }

    /// [`segments`](Self::segments) for names.
    fn named_segments(&mut self, global: bool, names: &[Name]) -> Option<PathStart> {
        let mut path = self.start_path(global);
        for &name in names {
            self.add_segment(&mut path, name)?;
        }
        self.end_path(&path)
    }

    /// Starts to append the segments of a path.
    pub fn start_path(&self, global: bool) -> Appended {
        let start = if global { PathStart::Global } else { PathStart::Plain };
        Appended { first: self.facts.segments.len(), start, is_qualifier: !global }
    }

    /// Appends a segment. If the path starts with `Self`, returns `None` and removes all its
    /// segments.
    pub fn add_segment(&mut self, path: &mut Appended, name: Name) -> Option<()> {
        if path.is_qualifier {
            if let Some(next) = self.qualifier(path.start, name) {
                path.start = next;
                return Some(());
            }
            if name == self.keywords.self_type && path.start == PathStart::Plain {
                self.facts.segments.truncate(path.first);
                return None;
            }
        }
        path.is_qualifier = false;
        self.facts.segments.push(name);
        Some(())
    }

    /// The start of the path; `None` if the path is `self` alone.
    pub fn end_path(&self, path: &Appended) -> Option<PathStart> {
        let nothing = self.facts.segments.len() == path.first && path.start == PathStart::SelfModule;
        (!nothing).then_some(path.start)
    }

    /// The start of a path after the qualifier `name` (the Rust Reference, "Path qualifiers").
    pub fn qualifier(&self, start: PathStart, name: Name) -> Option<PathStart> {
        let keywords = &self.keywords;
        match start {
            PathStart::Plain if name == keywords.crate_ => Some(PathStart::Crate),
            PathStart::Plain if name == keywords.self_ => Some(PathStart::SelfModule),
            PathStart::Plain | PathStart::SelfModule if name == keywords.super_ => Some(PathStart::Super(1)),
            PathStart::Super(n) if name == keywords.super_ => Some(PathStart::Super(n.saturating_add(1))),
            PathStart::Plain => {
                self.origins.dollar_crate(self.facts.names.text(name)).map(PathStart::DollarCrate)
            }
            _ => None,
        }
    }

    /// The kind of the reference, given the bindings and generic parameters in scope; `None` if the
    /// path names one of those.
    fn local_meaning(
        &self,
        start: PathStart,
        first: usize,
        len: usize,
        namespaces: Namespaces,
        kind: ReferenceKind,
    ) -> Option<ReferenceKind> {
        if start != PathStart::Plain || len == 0 || matches!(kind, ReferenceKind::Macro(_)) {
            return Some(kind);
        }
        let name = self.facts.segments[first];
        let meaning = if len == 1 && namespaces == Namespaces::VALUES && kind != ReferenceKind::Binding {
            self.locals.find_value(name)
        } else if len == 1 && namespaces.has(Namespace::Values) {
            None
        } else {
            self.locals.find_type(name)
        };
        match meaning {
            Some(Meaning::Generic(_) | Meaning::Local(None)) => None,
            Some(Meaning::Local(Some(pattern))) => Some(ReferenceKind::Local(pattern)),
            Some(Meaning::Item) | None => Some(kind),
        }
    }

    /// The span from the first segment to the end of the last name, as far as the source contains
    /// them.
    pub fn path_span(&self, path: &syn::Path, count: usize) -> Span {
        Span::of_all(idents(path, 0..count).map(|ident| self.span(ident.span())))
    }

    /// Records a reference, unless it has no span in the source. Returns the number of the
    /// reference.
    pub fn reference(
        &mut self,
        path: Path,
        span: Span,
        namespaces: Namespaces,
        kind: ReferenceKind,
    ) -> Option<u32> {
        if span.is_nowhere() {
            return None;
        }
        let single = path.len <= 1 && path.start == PathStart::Plain;
        let kind = match kind {
            ReferenceKind::Path if self.here.guessing > 0 && single => ReferenceKind::Guess,
            kind => kind,
        };
        let number = self.facts.references.len() as u32;
        let (scope, condition) = (self.here.scope, self.here.condition);
        let context = match kind {
            ReferenceKind::Macro(_) if self.here.guessing == 0 => Context::MacroInvocation,
            _ => self.here.context,
        };
        self.facts.references.push(ReferenceFacts {
            span,
            path,
            scope,
            condition,
            namespaces,
            context,
            kind,
        });
        Some(number)
    }

    /// A path in a macro's definition: `$crate::a::b`, or a path that may resolve in the scope of
    /// the definition.
    pub fn path_in_definition(&mut self, dollar: bool, idents: &[&proc_macro2::Ident], is_macro: bool) {
        let (Some(head), Some(last)) = (idents.first(), idents.last()) else { return };
        let span = self.span(head.span()).to(self.span(last.span()));
        let first = self.facts.segments.len();
        let names = idents.iter().skip(usize::from(dollar)).copied();
        let Some(mut start) = self.segments(false, names) else { return };
        if dollar {
            start = PathStart::DollarCrate(OWN_CRATE);
        }
        let len = (self.facts.segments.len() - first) as u16;
        let path = Path { start, first: first as u32, len };
        let namespaces =
            if is_macro { Namespaces::MACROS } else { Namespaces::TYPES.and(Namespaces::VALUES) };
        let outer = std::mem::replace(&mut self.here.context, Context::MacroDefinition);
        self.reference(path, span, namespaces, ReferenceKind::Guess);
        self.here.context = outer;
    }
}

/// The identifiers of some segments, by index: an iterator over them would be allocated anew for each
/// path.
fn idents(path: &syn::Path, range: Range<usize>) -> impl Iterator<Item = &proc_macro2::Ident> {
    range.map_while(|at| path.segments.get(at)).map(|segment| &segment.ident)
}
