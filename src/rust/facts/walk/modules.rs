//! Modules, inline and in separate files.

use crate::{
    base::name::Name,
    rust::facts::model::{ItemKind, ScopeKind, condition::Predicate},
};

use super::{Extractor, attributes::has};

impl Extractor<'_> {
    pub fn module(&mut self, item: &syn::ItemMod) {
        let macro_use = has(&item.attrs, "macro_use");
        let paths = self.path_attributes(&item.attrs);
        let Some((brace, items)) = &item.content else {
            return self.file_module(item, macro_use, &paths);
        };
        let span = self.span(brace.span.join());
        let body = self.inside(ScopeKind::Module, span, |this| this.items(items));
        let path = paths.first().map(|&(path, _)| path);
        self.facts.scopes[body].module = Some((self.name(&item.ident), path));
        self.define(&item.ident, &item.vis, ItemKind::InlineModule { body, macro_use });
    }

    /// `mod name;`: a module for each file that some configuration reads.
    fn file_module(&mut self, item: &syn::ItemMod, macro_use: bool, paths: &[(Name, Option<Predicate>)]) {
        let outer = self.here.condition;
        let mut otherwise = Vec::new();
        for (path, predicate) in paths {
            let optional = predicate.is_some() || self.here.guessing > 0 || self.facts.is_never(outer);
            let kind = ItemKind::FileModule { macro_use, path: Some(*path), optional };
            let Some(predicate) = predicate else {
                self.define(&item.ident, &item.vis, kind);
                return;
            };
            self.here.condition = self.and(outer, predicate.clone());
            self.define(&item.ident, &item.vis, kind);
            self.here.condition = outer;
            otherwise.push(predicate.clone());
        }
        let is_chosen = !otherwise.is_empty();
        if is_chosen {
            let any = if otherwise.len() == 1 { otherwise.remove(0) } else { Predicate::Any(otherwise) };
            self.here.condition = self.and(outer, Predicate::Not(Box::new(any)));
        }
        // The arguments of a macro may not become a module, and a module that no build contains
        // needs no file.
        let optional = is_chosen || self.here.guessing > 0 || self.facts.is_never(self.here.condition);
        self.define(&item.ident, &item.vis, ItemKind::FileModule { macro_use, path: None, optional });
        self.here.condition = outer;
    }
}
