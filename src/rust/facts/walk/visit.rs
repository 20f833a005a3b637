//! The visitor: the part of the grammar for which the walk does more than `syn`'s own visitor.

use syn::visit::{self, Visit};

use crate::{
    base::context::Context,
    rust::facts::model::{Namespaces, ReferenceKind},
};

use super::{Extractor, attributes};

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
        let namespaces = self.namespaces_of(expr);
        self.path(expr.qself.as_ref(), &expr.path, namespaces);
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

    /// A generic argument. `Foo<N>` parses as a type, but `N` may be a constant.
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
            for input in &expr.inputs {
                this.under(attributes::of_pat(input), |this| this.pattern(input));
            }
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
