//! Bodies: expressions, patterns, blocks, and the scopes of what they bind (the Rust Reference, "Scopes").

use rustc_hash::FxHashMap;
use syn::visit::{self, Visit};

use crate::base::{context::Context, name::Name};

use super::{
    ItemKind, Namespaces, ReferenceKind, ScopeKind, attributes, extract::Extractor, locals::Meaning,
};

impl<'ast> Visit<'ast> for Extractor<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        self.item(item);
    }

    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        self.impl_item(item);
    }

    fn visit_trait_item(&mut self, item: &'ast syn::TraitItem) {
        self.trait_item(item);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        self.attribute(attribute);
    }

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_lifetime(&mut self, _: &'ast syn::Lifetime) {}

    fn visit_macro(&mut self, invocation: &'ast syn::Macro) {
        self.invocation(invocation);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.path(None, path, Namespaces::TYPES);
    }

    fn visit_type_path(&mut self, path: &'ast syn::TypePath) {
        self.path(path.qself.as_ref(), &path.path, Namespaces::TYPES);
    }

    fn visit_expr_path(&mut self, expr: &'ast syn::ExprPath) {
        self.attributes(&expr.attrs);
        self.path(expr.qself.as_ref(), &expr.path, Namespaces::VALUES);
    }

    fn visit_expr_struct(&mut self, expr: &'ast syn::ExprStruct) {
        self.path(expr.qself.as_ref(), &expr.path, Namespaces::TYPES);
        expr.fields.iter().for_each(|field| self.visit_field_value(field));
        if let Some(rest) = &expr.rest {
            self.visit_expr(rest);
        }
    }

    fn visit_pat_tuple_struct(&mut self, pat: &'ast syn::PatTupleStruct) {
        self.path(pat.qself.as_ref(), &pat.path, Namespaces::VALUES);
        pat.elems.iter().for_each(|elem| self.visit_pat(elem));
    }

    fn visit_pat_struct(&mut self, pat: &'ast syn::PatStruct) {
        self.path(pat.qself.as_ref(), &pat.path, Namespaces::TYPES);
        for field in &pat.fields {
            self.under(&field.attrs, |this| {
                this.attributes(&field.attrs);
                match &*field.pat {
                    syn::Pat::Ident(ident) if field.colon_token.is_none() => this.bind_plainly(ident),
                    pat => this.visit_pat(pat),
                }
            });
        }
    }

    fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
        self.bind(pat);
    }

    /// The arguments of a type that may be a const: `Foo<N>` parses as a type, and `N` may be a constant.
    fn visit_generic_argument(&mut self, argument: &'ast syn::GenericArgument) {
        match argument {
            syn::GenericArgument::Type(syn::Type::Path(path)) if path.qself.is_none() => {
                if let Some(ident) = path.path.get_ident() {
                    let name = self.name(ident);
                    if self.locals.find_type(name).is_none() && self.locals.find_value(name).is_none() {
                        self.plain_path(
                            &path.path,
                            1,
                            Namespaces::TYPES.and(Namespaces::VALUES),
                            ReferenceKind::Path,
                        );
                    }
                    return;
                }
                self.path(None, &path.path, Namespaces::TYPES.and(Namespaces::VALUES));
            }
            argument => visit::visit_generic_argument(self, argument),
        }
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.block(block);
    }

    fn visit_expr(&mut self, expr: &'ast syn::Expr) {
        let sequence = self.complexity.pause();
        self.under(attributes::of_expr(expr), |this| {
            this.within(Context::Body, |this| visit::visit_expr(this, expr));
        });
        self.complexity.resume(sequence);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        self.under(&local.attrs, |this| {
            this.attributes(&local.attrs);
            if let Some(init) = &local.init {
                this.visit_expr(&init.expr);
                if let Some((_, diverge)) = &init.diverge {
                    this.complexity.on_let_else();
                    this.nested(|this| this.visit_expr(diverge));
                }
            }
            this.pattern(&local.pat);
        });
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        self.under(&arm.attrs, |this| {
            this.attributes(&arm.attrs);
            this.scoped(|this| {
                this.pattern(&arm.pat);
                this.visit_expr(&arm.body);
            });
        });
    }

    fn visit_pat_guard(&mut self, pat: &'ast syn::PatGuard) {
        self.complexity.on_guard();
        visit::visit_pat_guard(self, pat);
    }

    fn visit_expr_let(&mut self, expr: &'ast syn::ExprLet) {
        self.visit_expr(&expr.expr);
        self.pattern(&expr.pat);
    }

    fn visit_expr_if(&mut self, expr: &'ast syn::ExprIf) {
        self.conditional(expr);
    }

    fn visit_expr_match(&mut self, expr: &'ast syn::ExprMatch) {
        self.selection(expr);
    }

    fn visit_expr_while(&mut self, expr: &'ast syn::ExprWhile) {
        self.complexity.on_while_or_for();
        self.scoped(|this| {
            this.visit_expr(&expr.cond);
            this.nested(|this| this.visit_block(&expr.body));
        });
    }

    fn visit_expr_for_loop(&mut self, expr: &'ast syn::ExprForLoop) {
        self.complexity.on_while_or_for();
        self.visit_expr(&expr.expr);
        self.scoped(|this| {
            this.pattern(&expr.pat);
            this.nested(|this| this.visit_block(&expr.body));
        });
    }

    fn visit_expr_loop(&mut self, expr: &'ast syn::ExprLoop) {
        self.complexity.on_loop();
        self.nested(|this| visit::visit_expr_loop(this, expr));
    }

    fn visit_expr_break(&mut self, expr: &'ast syn::ExprBreak) {
        self.jump(expr.label.as_ref());
        visit::visit_expr_break(self, expr);
    }

    fn visit_expr_continue(&mut self, expr: &'ast syn::ExprContinue) {
        self.jump(expr.label.as_ref());
        visit::visit_expr_continue(self, expr);
    }

    fn visit_expr_try(&mut self, expr: &'ast syn::ExprTry) {
        self.complexity.on_question();
        visit::visit_expr_try(self, expr);
    }

    fn visit_expr_binary(&mut self, expr: &'ast syn::ExprBinary) {
        self.binary(expr);
    }

    fn visit_expr_call(&mut self, expr: &'ast syn::ExprCall) {
        self.note_call(expr);
        self.attributes(&expr.attrs);
        self.visit_expr(&expr.func);
        expr.args.iter().for_each(|argument| self.element(argument));
    }

    fn visit_expr_method_call(&mut self, expr: &'ast syn::ExprMethodCall) {
        self.note_method_call(expr);
        visit::visit_expr_method_call(self, expr);
    }

    fn visit_expr_closure(&mut self, expr: &'ast syn::ExprClosure) {
        self.scoped(|this| {
            expr.inputs.iter().for_each(|input| this.pattern(input));
            this.visit_return_type(&expr.output);
            this.nested(|this| this.visit_expr(&expr.body));
        });
    }

    fn visit_expr_array(&mut self, expr: &'ast syn::ExprArray) {
        self.attributes(&expr.attrs);
        expr.elems.iter().for_each(|element| self.element(element));
    }

    fn visit_expr_tuple(&mut self, expr: &'ast syn::ExprTuple) {
        self.attributes(&expr.attrs);
        expr.elems.iter().for_each(|element| self.element(element));
    }

    fn visit_field_value(&mut self, field: &'ast syn::FieldValue) {
        self.under(&field.attrs, |this| visit::visit_field_value(this, field));
    }

    fn visit_generic_param(&mut self, param: &'ast syn::GenericParam) {
        self.under(attributes::of_generic(param), |this| visit::visit_generic_param(this, param));
    }

    fn visit_type(&mut self, ty: &'ast syn::Type) {
        visit::visit_type(self, ty);
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        self.under(&field.attrs, |this| {
            this.attributes(&field.attrs);
            this.visit_type(&field.ty);
            if let Some((_, default)) = &field.default {
                this.visit_expr(default);
            }
        });
    }

    fn visit_type_param(&mut self, param: &'ast syn::TypeParam) {
        param.bounds.iter().for_each(|bound| self.visit_type_param_bound(bound));
        if let Some((_, default)) = &param.default {
            self.visit_type(default);
        }
    }
}

impl Extractor<'_> {
    /// Walks something whose bindings end with it.
    pub fn scoped(&mut self, walk: impl FnOnce(&mut Self)) {
        let mark = self.locals.enter();
        walk(self);
        self.locals.leave(mark);
    }

    /// A pattern in a body.
    pub fn pattern(&mut self, pat: &syn::Pat) {
        self.within(Context::Body, |this| this.visit_pat(pat));
    }

    /// An identifier pattern: a constant if there is one of that name, else a binding.
    fn bind(&mut self, pat: &syn::PatIdent) {
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

    /// Binds a name by a pattern that made a reference, in case it is a constant.
    pub fn bind_name(&mut self, name: Name, reference: Option<u32>) {
        self.locals.value(name, Meaning::Local(reference.filter(|_| self.is_capitalised(name))));
    }

    fn bind_plainly(&mut self, pat: &syn::PatIdent) {
        let name = self.name(&pat.ident);
        self.locals.value(name, Meaning::Local(None));
    }

    /// Whether a name is written as constants are, so that its uses are worth a second look.
    fn is_capitalised(&self, name: Name) -> bool {
        self.facts.names.text(name).starts_with(|c: char| c.is_uppercase())
    }

    fn block(&mut self, block: &syn::Block) {
        let has_items = block.stmts.iter().any(|s| matches!(s, syn::Stmt::Item(_)));
        self.scoped(|this| {
            if has_items {
                for statement in &block.stmts {
                    if let syn::Stmt::Item(item) = statement {
                        this.announce(item);
                    }
                }
                let span = this.span(block.brace_token.span.join());
                this.inside(ScopeKind::Block, span, |this| this.statements(&block.stmts));
            } else {
                this.statements(&block.stmts);
            }
        });
    }

    /// What a block's statements say.
    pub fn statements(&mut self, statements: &[syn::Stmt]) {
        self.within(Context::Body, |this| {
            for statement in statements {
                match statement {
                    syn::Stmt::Local(local) => this.visit_local(local),
                    syn::Stmt::Item(item) => this.visit_item(item),
                    syn::Stmt::Expr(expr, _) => this.element(expr),
                    syn::Stmt::Macro(mac) => this.under(&mac.attrs, |this| {
                        this.attributes(&mac.attrs);
                        this.invocation(&mac.mac);
                    }),
                }
            }
        });
    }

    /// A statement or an element of a list, under the `cfg` that stands before it.
    fn element(&mut self, expr: &syn::Expr) {
        self.under(attributes::before_expr(expr), |this| this.visit_expr(expr));
    }

    /// Marks the names that a statement's item brings into its block: they shadow bindings made further out.
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

    /// A function: its generics and parameters are in scope of its signature and body.
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

    /// Brings generic parameters into scope, then walks their bounds. The caller's scope ends theirs.
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

    /// `where T: Bound` adds to what is known of `T`.
    fn where_bounds(&mut self, generics: &syn::Generics) {
        // Each list once, however many predicates add to it.
        let mut lists: Vec<(Name, Vec<super::Path>)> = Vec::new();
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

    /// The traits among bounds, as a list.
    pub fn trait_paths<'b>(&mut self, bounds: impl IntoIterator<Item = &'b syn::TypeParamBound>) -> u32 {
        let mut traits = Vec::new();
        self.add_traits(bounds, &mut traits);
        self.bounds(traits)
    }

    fn add_traits<'b>(
        &mut self,
        bounds: impl IntoIterator<Item = &'b syn::TypeParamBound>,
        to: &mut Vec<super::Path>,
    ) {
        for bound in bounds {
            if let syn::TypeParamBound::Trait(bound) = bound {
                to.extend(self.bare_path(&bound.path, bound.path.segments.len()));
            }
        }
    }

    /// What an enum's variants are, for [`ItemKind::Variant`].
    pub fn constructor(fields: &syn::Fields) -> super::Constructor {
        match fields {
            syn::Fields::Named(_) => super::Constructor::None,
            syn::Fields::Unnamed(_) => super::Constructor::Function,
            syn::Fields::Unit => super::Constructor::Unit,
        }
    }

    /// The item kind of a struct.
    pub fn struct_kind(&mut self, of: &syn::Fields) -> ItemKind {
        let mut fields = super::Visibility::Public;
        for field in of {
            let own = self.visibility(&field.vis);
            if own.rank() < fields.rank() {
                fields = own;
            }
        }
        ItemKind::Struct { constructor: Self::constructor(of), fields }
    }
}
