//! Imports: the leaves of `use` declarations, and `extern crate`.

use crate::{
    base::{context::Context, span::Span},
    rust::facts::model::{Import, ImportKind, Path, PathStart, Visibility},
};

use super::{Extractor, attributes::has};

impl Extractor<'_> {
    /// `extern crate name;`.
    pub fn extern_crate(&mut self, item: &syn::ItemExternCrate) {
        let krate = self.name(&item.ident);
        let rename = item.rename.as_ref().map(|(_, ident)| self.name(ident)).unwrap_or(krate);
        let first = self.facts.segments.len() as u32;
        let start = if krate == self.keywords.self_ { PathStart::Crate } else { PathStart::Global };
        if start == PathStart::Global {
            self.facts.segments.push(krate);
        }
        let path = Path { start, first, len: (self.facts.segments.len() as u32 - first) as u16 };
        let name = (rename != self.keywords.underscore).then_some(rename);
        let kind = ImportKind::Crate { name, macro_use: has(&item.attrs, "macro_use") };
        let span = self.span(item.ident.span());
        let visibility = self.visibility(&item.vis);
        self.import(path, kind, visibility, span, Span::default());
    }

    fn import(
        &mut self,
        path: Path,
        kind: ImportKind,
        visibility: Visibility,
        span: Span,
        parent_span: Span,
    ) {
        let order = self.next_order();
        let (scope, condition, written) = (self.here.scope, self.here.condition, !span.is_nowhere());
        let context = if self.here.guessing > 0 { Context::MacroArguments } else { Context::Import };
        self.facts.imports.push(Import {
            context,
            path,
            kind,
            visibility,
            scope,
            condition,
            span,
            parent_span,
            order,
            written,
        });
    }

    /// A `use` declaration: each leaf of its tree is an import.
    pub fn use_declaration(&mut self, item: &syn::ItemUse) {
        let visibility = self.visibility(&item.vis);
        let global = item.leading_colon.is_some();
        let mut prefix: Vec<&proc_macro2::Ident> = Vec::new();
        // The trees that have not been walked yet, each with the length of the path before it.
        let mut trees = vec![(&item.tree, 0)];
        while let Some((tree, depth)) = trees.pop() {
            prefix.truncate(depth);
            match tree {
                syn::UseTree::Path(path) => {
                    prefix.push(&path.ident);
                    trees.push((&path.tree, depth + 1));
                }
                syn::UseTree::Group(group) => {
                    trees.extend(group.items.iter().rev().map(|tree| (tree, depth)))
                }
                syn::UseTree::Name(name) => self.leaf(global, &prefix, Some(&name.ident), None, visibility),
                syn::UseTree::Rename(rename) => {
                    self.leaf(global, &prefix, Some(&rename.ident), Some(&rename.rename), visibility);
                }
                syn::UseTree::Glob(_) => self.leaf(global, &prefix, None, None, visibility),
            }
        }
    }

    fn leaf(
        &mut self,
        global: bool,
        prefix: &[&proc_macro2::Ident],
        ident: Option<&proc_macro2::Ident>,
        rename: Option<&proc_macro2::Ident>,
        visibility: Visibility,
    ) {
        let first = self.facts.segments.len();
        let self_leaf = ident.is_some_and(|ident| ident == "self") && !prefix.is_empty();
        let last = if self_leaf { None } else { ident };
        let Some(start) = self.segments(global, prefix.iter().copied().chain(last)).or_else(|| {
            // `use self::*`, `use self::{…}` and `use self as this` import the module itself.
            let is_self = ident.is_none_or(|ident| ident == "self");
            is_self.then_some(PathStart::SelfModule)
        }) else {
            return;
        };
        let len = (self.facts.segments.len() - first) as u16;
        let path = Path { start, first: first as u32, len };
        let own = prefix.last().copied();
        let bound = rename.or(if self_leaf { own } else { ident });
        let bound = bound.map(|ident| self.name(ident)).filter(|&name| name != self.keywords.underscore);
        let kind = match ident {
            None => ImportKind::Glob,
            Some(_) if self_leaf => ImportKind::SelfLeaf(bound),
            Some(_) => ImportKind::Single(bound),
        };
        let place =
            Span::of_all(ident.or(own).into_iter().chain(rename).map(|ident| self.span(ident.span())));
        let parent =
            own.filter(|_| ident.is_some() && !self_leaf).map(|i| self.span(i.span())).unwrap_or_default();
        self.import(path, kind, visibility, place, parent);
    }
}
