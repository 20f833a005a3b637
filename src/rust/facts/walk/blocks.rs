//! Blocks, and the scopes of the names that they bind (the Rust Reference, "Scopes").

use crate::{
    base::{context::Context, name::Name},
    rust::facts::model::{
        ItemKind, ScopeKind,
        code::{BlockKind, Expr, ExprId, Statement},
    },
};

use super::{
    Extractor,
    guess::{defines_items, heads},
    locals::Meaning,
};

impl Extractor<'_> {
    /// Walks a construct at the end of which its bindings go out of scope.
    pub fn scoped<T>(&mut self, walk: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.locals.enter();
        let walked = walk(self);
        self.locals.leave(mark);
        walked
    }

    /// A block.
    pub fn block(&mut self, block: &syn::Block) -> ExprId {
        self.block_of(BlockKind::Plain, block)
    }

    /// A block of that kind.
    pub fn block_of(&mut self, kind: BlockKind, block: &syn::Block) -> ExprId {
        let has_items = block.stmts.iter().any(|statement| match statement {
            syn::Stmt::Item(_) => true,
            syn::Stmt::Macro(mac) => defines_items(&mac.mac),
            _ => false,
        });
        let first = self.entries.len();
        let (scope, value) = self.scoped(|this| {
            if !has_items {
                return (None, this.statements(&block.stmts));
            }
            for statement in &block.stmts {
                match statement {
                    syn::Stmt::Item(item) => this.announce(item),
                    syn::Stmt::Macro(mac) if defines_items(&mac.mac) => this.announce_heads(&mac.mac),
                    _ => {}
                }
            }
            let span = this.span(block.brace_token.span.join());
            let outer = this.open_scope(ScopeKind::Block, span);
            let value = this.statements(&block.stmts);
            (Some(std::mem::replace(&mut this.here.scope, outer)), value)
        });
        let statements = self.list(first);
        self.new_expr(Expr::Block { kind, scope, statements, value })
    }

    /// Walks the statements of a block, which then wait as entries. Returns the last expression if
    /// it has no `;`.
    pub fn statements(&mut self, statements: &[syn::Stmt]) -> Option<ExprId> {
        self.within(Context::Body, |this| {
            let mut value = None;
            for statement in statements {
                this.statement_of(value.take());
                value = this.statement(statement);
            }
            value
        })
    }

    /// Adds an expression as a statement.
    pub fn statement_of(&mut self, value: Option<ExprId>) {
        if value.is_some() {
            self.entry(Statement { pattern: None, ty: None, value, otherwise: None });
        }
    }

    fn statement(&mut self, statement: &syn::Stmt) -> Option<ExprId> {
        let (value, has_semicolon) = match statement {
            syn::Stmt::Local(local) => {
                let local = self.local(local);
                self.entry(local);
                return None;
            }
            syn::Stmt::Item(item) => {
                self.item(item);
                return None;
            }
            // A `;` alone.
            syn::Stmt::Expr(syn::Expr::Verbatim(tokens), Some(_)) if tokens.is_empty() => return None,
            syn::Stmt::Expr(expr, semicolon) => (self.element(expr), semicolon.is_some()),
            syn::Stmt::Macro(mac) => (self.macro_statement(mac), mac.semi_token.is_some()),
        };
        if has_semicolon {
            self.statement_of(Some(value));
        }
        (!has_semicolon).then_some(value)
    }

    fn macro_statement(&mut self, mac: &syn::StmtMacro) -> ExprId {
        self.under(&mac.attrs, |this| {
            this.attributes(&mac.attrs);
            if defines_items(&mac.mac) {
                this.name_heads(&mac.mac.tokens);
            }
            this.macro_call(&mac.mac)
        })
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
