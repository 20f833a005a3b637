//! Blocks and patterns, and the scopes of the names that they bind (the Rust Reference, "Scopes").

use syn::visit::Visit;

use crate::{
    base::{context::Context, name::Name},
    rust::facts::model::{ItemKind, Namespaces, ReferenceKind, ScopeKind},
};

use super::{
    Extractor, attributes,
    guess::{defines_items, heads},
    locals::Meaning,
};

impl Extractor<'_> {
    /// Walks a construct at the end of which its bindings go out of scope.
    pub fn scoped(&mut self, walk: impl FnOnce(&mut Self)) {
        let mark = self.locals.enter();
        walk(self);
        self.locals.leave(mark);
    }

    /// A pattern in a body.
    pub fn pattern(&mut self, pat: &syn::Pat) {
        self.within(Context::Body, |this| this.visit_pat(pat));
    }

    /// An identifier pattern: a constant if one of that name exists, else a binding.
    pub fn bind(&mut self, pat: &syn::PatIdent) {
        if pat.by_ref.is_some() || pat.mutability.is_some() || pat.subpat.is_some() {
            if let Some((_, subpat)) = &pat.subpat {
                self.visit_pat(subpat);
            }
            return self.bind_plainly(pat);
        }
        let path = syn::Path::from(pat.ident.clone());
        let reference = self.plain_path(&path, 1, Namespaces::VALUES, ReferenceKind::Binding);
        let name = self.name(&pat.ident);
        self.bind_name(name, reference);
    }

    /// Binds a name by a pattern that made a reference, since the pattern may name a constant.
    pub fn bind_name(&mut self, name: Name, reference: Option<u32>) {
        self.locals.value(name, Meaning::Local(reference.filter(|_| self.is_capitalised(name))));
    }

    pub fn bind_plainly(&mut self, pat: &syn::PatIdent) {
        let name = self.name(&pat.ident);
        self.locals.value(name, Meaning::Local(None));
    }

    /// Whether a name is written like a constant, so that its uses may refer to one.
    fn is_capitalised(&self, name: Name) -> bool {
        self.facts.names.text(name).starts_with(|c: char| c.is_uppercase())
    }

    pub fn block(&mut self, block: &syn::Block) {
        let has_items = block.stmts.iter().any(|statement| match statement {
            syn::Stmt::Item(_) => true,
            syn::Stmt::Macro(mac) => defines_items(&mac.mac),
            _ => false,
        });
        self.scoped(|this| {
            if has_items {
                for statement in &block.stmts {
                    match statement {
                        syn::Stmt::Item(item) => this.announce(item),
                        syn::Stmt::Macro(mac) if defines_items(&mac.mac) => this.announce_heads(&mac.mac),
                        _ => {}
                    }
                }
                let span = this.span(block.brace_token.span.join());
                this.inside(ScopeKind::Block, span, |this| this.statements(&block.stmts));
            } else {
                this.statements(&block.stmts);
            }
        });
    }

    /// Walks the statements of a block.
    pub fn statements(&mut self, statements: &[syn::Stmt]) {
        self.within(Context::Body, |this| {
            for statement in statements {
                match statement {
                    syn::Stmt::Local(local) => this.visit_local(local),
                    syn::Stmt::Item(item) => this.visit_item(item),
                    syn::Stmt::Expr(expr, _) => this.element(expr),
                    syn::Stmt::Macro(mac) => this.under(&mac.attrs, |this| {
                        this.attributes(&mac.attrs);
                        if defines_items(&mac.mac) {
                            this.name_heads(&mac.mac.tokens);
                        }
                        this.invocation(&mac.mac);
                    }),
                }
            }
        });
    }

    /// A statement or an element of a list, under the `cfg` before it.
    pub fn element(&mut self, expr: &syn::Expr) {
        self.under(attributes::before_expr(expr), |this| this.visit_expr(expr));
    }

    /// Declares the names that a statement's item brings into its block, since they shadow the
    /// bindings around it.
    pub fn announce(&mut self, item: &syn::Item) {
        use syn::Item;
        let (ident, value, ty) = match item {
            Item::Fn(i) => (&i.sig.ident, true, false),
            Item::Const(i) => (&i.ident, true, false),
            Item::Static(i) => (&i.ident, true, false),
            Item::Struct(i) => (&i.ident, !matches!(i.fields, syn::Fields::Named(_)), true),
            Item::Enum(i) => (&i.ident, false, true),
            Item::Union(i) => (&i.ident, false, true),
            Item::Trait(i) => (&i.ident, false, true),
            Item::Type(i) => (&i.ident, false, true),
            Item::Mod(i) => (&i.ident, false, true),
            Item::Use(i) => return self.announce_use(&i.tree),
            _ => return,
        };
        let name = self.name(ident);
        self.announce_name(name, value, ty);
    }

    /// Declares the names that the arguments of a macro seem to define, as those of `thread_local!`
    /// do.
    fn announce_heads(&mut self, mac: &syn::Macro) {
        for head in heads(&mac.tokens) {
            let name = self.name(&head.ident);
            let (value, ty) = match head.kind {
                ItemKind::Function | ItemKind::Static | ItemKind::Constant => (true, false),
                ItemKind::Opaque => (true, true),
                _ => (false, true),
            };
            self.announce_name(name, value, ty);
        }
    }

    fn announce_name(&mut self, name: Name, value: bool, ty: bool) {
        if value {
            self.locals.value(name, Meaning::Item);
        }
        if ty {
            self.locals.r#type(name, Meaning::Item);
        }
    }

    fn announce_use(&mut self, tree: &syn::UseTree) {
        let mut trees = vec![tree];
        while let Some(tree) = trees.pop() {
            let ident = match tree {
                syn::UseTree::Path(path) => {
                    trees.push(&path.tree);
                    continue;
                }
                syn::UseTree::Group(group) => {
                    trees.extend(&group.items);
                    continue;
                }
                syn::UseTree::Name(name) => &name.ident,
                syn::UseTree::Rename(rename) => &rename.rename,
                syn::UseTree::Glob(_) => continue,
            };
            let name = self.name(ident);
            self.announce_name(name, true, true);
        }
    }
}
