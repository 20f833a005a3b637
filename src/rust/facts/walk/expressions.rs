//! Expressions.

use crate::{
    base::context::Context,
    rust::facts::model::{
        Namespaces,
        code::{BlockKind, Expr, ExprId, FieldValue, List, Literal, MemberId, Statement, TypeId},
    },
};

use super::{
    Extractor, attributes,
    code::{Named, number},
};

impl Extractor<'_> {
    /// An expression.
    pub fn expression(&mut self, expr: &syn::Expr) -> ExprId {
        let sequence = self.complexity.pause();
        let id = self.under(attributes::of_expr(expr), |this| {
            this.within(Context::Body, |this| this.expression_within(expr))
        });
        self.complexity.resume(sequence);
        id
    }

    fn expression_within(&mut self, expr: &syn::Expr) -> ExprId {
        use syn::Expr as E;
        let form = match expr {
            E::Path(expr) => return self.path_expression(expr),
            E::MethodCall(expr) => self.method_call(expr),
            E::Call(expr) => self.call(expr),
            E::Field(expr) => self.field(expr),
            E::Lit(expr) => self.literal(expr),
            E::Reference(expr) => Expr::Reference(self.operand(&expr.attrs, &expr.expr)),
            E::RawAddr(expr) => Expr::Reference(self.operand(&expr.attrs, &expr.expr)),
            E::Unary(expr) => self.unary(expr),
            E::Try(expr) => {
                self.complexity.on_question();
                Expr::Try(self.operand(&expr.attrs, &expr.expr))
            }
            E::Await(expr) => Expr::Await(self.operand(&expr.attrs, &expr.base)),
            E::Paren(expr) => return self.operand(&expr.attrs, &expr.expr),
            E::Group(expr) => return self.operand(&expr.attrs, &expr.expr),
            E::Macro(expr) => {
                self.attributes(&expr.attrs);
                return self.macro_call(&expr.mac);
            }
            E::Binary(expr) => return self.binary(expr),
            E::Struct(expr) => self.structure(expr),
            E::Closure(expr) => self.closure(expr),
            E::If(expr) => return self.conditional(expr),
            E::Match(expr) => self.selection(expr),
            expr => return self.rare_expression(expr),
        };
        self.new_expr(form)
    }

    fn rare_expression(&mut self, expr: &syn::Expr) -> ExprId {
        use syn::Expr as E;
        let form = match expr {
            E::Assign(expr) => {
                let left = self.operand(&expr.attrs, &expr.left);
                Expr::Assign { left, right: self.expression(&expr.right) }
            }
            E::Index(expr) => {
                let base = self.operand(&expr.attrs, &expr.expr);
                Expr::Index { base, index: self.expression(&expr.index) }
            }
            E::Repeat(expr) => {
                let element = self.operand(&expr.attrs, &expr.expr);
                Expr::Repeat { element, count: self.expression(&expr.len) }
            }
            E::Cast(expr) => {
                let operand = self.operand(&expr.attrs, &expr.expr);
                Expr::Cast { operand, ty: self.type_(&expr.ty) }
            }
            E::Range(expr) => self.range(expr),
            E::Array(expr) => {
                self.attributes(&expr.attrs);
                Expr::Array(self.elements(&expr.elems))
            }
            E::Tuple(expr) => {
                self.attributes(&expr.attrs);
                Expr::Tuple(self.elements(&expr.elems))
            }
            E::Let(expr) => {
                let value = self.expression(&expr.expr);
                Expr::Let { pattern: self.pattern(&expr.pat), value }
            }
            E::Return(expr) => Expr::Return(self.optional(&expr.attrs, expr.expr.as_deref())),
            E::Break(expr) => {
                self.jump(expr.label.as_ref());
                Expr::Break(self.optional(&expr.attrs, expr.expr.as_deref()))
            }
            E::Continue(expr) => {
                self.jump(expr.label.as_ref());
                self.attributes(&expr.attrs);
                Expr::Continue
            }
            E::Yield(expr) => {
                self.optional(&expr.attrs, expr.expr.as_deref());
                Expr::Missing
            }
            E::While(expr) => self.repetition(expr),
            E::ForLoop(expr) => self.iteration(expr),
            E::Loop(expr) => self.endless(expr),
            expr => return self.block_expression(expr),
        };
        self.new_expr(form)
    }

    fn block_expression(&mut self, expr: &syn::Expr) -> ExprId {
        use syn::Expr as E;
        let (attributes, block, kind) = match expr {
            E::Block(expr) if expr.label.is_some() => (&expr.attrs, &expr.block, BlockKind::Labelled),
            E::Block(expr) => (&expr.attrs, &expr.block, BlockKind::Plain),
            E::Unsafe(expr) => (&expr.attrs, &expr.block, BlockKind::Plain),
            E::Const(expr) => (&expr.attrs, &expr.block, BlockKind::Plain),
            E::Async(expr) => (&expr.attrs, &expr.block, BlockKind::Async),
            E::TryBlock(expr) => (&expr.attrs, &expr.block, BlockKind::Try),
            _ => return self.new_expr(Expr::Missing),
        };
        self.attributes(attributes);
        self.block_of(kind, block)
    }

    fn operand(&mut self, attributes: &[syn::Attribute], expr: &syn::Expr) -> ExprId {
        self.attributes(attributes);
        self.expression(expr)
    }

    fn optional(&mut self, attributes: &[syn::Attribute], expr: Option<&syn::Expr>) -> Option<ExprId> {
        self.attributes(attributes);
        expr.map(|expr| self.expression(expr))
    }

    fn elements<'e>(&mut self, elements: impl IntoIterator<Item = &'e syn::Expr>) -> List<ExprId> {
        let first = self.entries.len();
        for element in elements {
            let element = self.element(element);
            self.entry(element);
        }
        self.list(first)
    }

    /// A statement or an element of a list, under the `cfg` before it.
    pub fn element(&mut self, expr: &syn::Expr) -> ExprId {
        self.under(attributes::before_expr(expr), |this| this.expression(expr))
    }

    fn path_expression(&mut self, expr: &syn::ExprPath) -> ExprId {
        self.attributes(&expr.attrs);
        let namespaces = self.namespaces_of(expr);
        let named = self.path(expr.qself.as_ref(), &expr.path, namespaces);
        self.named_expr(named)
    }

    fn call(&mut self, expr: &syn::ExprCall) -> Expr {
        self.note_call(expr);
        let callee = self.operand(&expr.attrs, &expr.func);
        Expr::Call { callee, arguments: self.elements(&expr.args) }
    }

    fn method_call(&mut self, expr: &syn::ExprMethodCall) -> Expr {
        self.note_method_call(expr);
        let receiver = self.operand(&expr.attrs, &expr.receiver);
        let types = match &expr.turbofish {
            Some(arguments) => self.generic_arguments(arguments).types,
            None => List::default(),
        };
        let (name, span) = (self.name(&expr.method), self.span(expr.method.span()));
        let member = self.new_member(name, span, types);
        let first = self.entries.len();
        for argument in &expr.args {
            let argument = self.expression(argument);
            self.entry(argument);
        }
        Expr::Method { receiver, member, arguments: self.list(first) }
    }

    fn field(&mut self, expr: &syn::ExprField) -> Expr {
        let base = self.operand(&expr.attrs, &expr.base);
        Expr::Field { base, member: self.field_name(&expr.member, List::default()) }
    }

    /// The name of a field.
    pub fn field_name(&mut self, member: &syn::Member, arguments: List<TypeId>) -> MemberId {
        let (name, span) = match member {
            syn::Member::Named(ident) => (self.name(ident), ident.span()),
            syn::Member::Unnamed(index) => (self.number(index.index), index.span),
        };
        let span = self.span(span);
        self.new_member(name, span, arguments)
    }

    fn literal(&mut self, expr: &syn::ExprLit) -> Expr {
        self.attributes(&expr.attrs);
        Expr::Literal(match &expr.lit {
            syn::Lit::Str(_) => Literal::Text,
            syn::Lit::ByteStr(_) => Literal::Bytes,
            syn::Lit::CStr(_) => Literal::CText,
            syn::Lit::Byte(_) => Literal::Byte,
            syn::Lit::Char(_) => Literal::Char,
            syn::Lit::Bool(_) => Literal::Bool,
            syn::Lit::Int(number) => self.numeral(number),
            syn::Lit::Float(number) => self.numeral(number),
            _ => return Expr::Missing,
        })
    }

    fn numeral(&mut self, literal: &dyn std::fmt::Display) -> Literal {
        number(&literal.to_string(), &mut self.facts.names)
    }

    fn unary(&mut self, expr: &syn::ExprUnary) -> Expr {
        let operand = self.operand(&expr.attrs, &expr.expr);
        match expr.op {
            syn::UnOp::Deref(_) => Expr::Deref(operand),
            _ => Expr::Negation(operand),
        }
    }

    fn range(&mut self, expr: &syn::ExprRange) -> Expr {
        let from = self.optional(&expr.attrs, expr.start.as_deref());
        let to = self.optional(&[], expr.end.as_deref());
        Expr::Range { from, to, is_closed: matches!(expr.limits, syn::RangeLimits::Closed(_)) }
    }

    fn structure(&mut self, expr: &syn::ExprStruct) -> Expr {
        let named = self.path(expr.qself.as_ref(), &expr.path, Namespaces::TYPES);
        let first = self.entries.len();
        for field in &expr.fields {
            let field = self.under(&field.attrs, |this| this.field_value(field));
            self.entry(field);
        }
        let fields = self.list(first);
        let base = self.optional(&[], expr.rest.as_deref());
        match named {
            Named::Path(path) => Expr::Struct { path, fields, base },
            Named::Qualified(_) => Expr::Missing,
        }
    }

    fn field_value(&mut self, field: &syn::FieldValue) -> FieldValue {
        self.attributes(&field.attrs);
        let member = self.field_name(&field.member, List::default());
        FieldValue { member, value: self.expression(&field.expr) }
    }

    fn closure(&mut self, expr: &syn::ExprClosure) -> Expr {
        self.scoped(|this| {
            let first = this.entries.len();
            for input in &expr.inputs {
                let input = this.under(attributes::of_pat(input), |this| this.typed_pattern(input));
                this.entry(input);
            }
            let parameters = this.list(first);
            let output = this.return_type(&expr.output);
            let body = this.nested(|this| this.expression(&expr.body));
            Expr::Closure { parameters, output, body, is_async: expr.asyncness.is_some() }
        })
    }

    /// A `let` statement.
    pub fn local(&mut self, local: &syn::Local) -> Statement {
        self.under(&local.attrs, |this| {
            this.attributes(&local.attrs);
            let (mut value, mut otherwise) = (None, None);
            if let Some(init) = &local.init {
                value = Some(this.expression(&init.expr));
                if let Some((_, diverge)) = &init.diverge {
                    this.complexity.on_let_else();
                    otherwise = Some(this.nested(|this| this.expression(diverge)));
                }
            }
            let typed = this.typed_pattern(&local.pat);
            Statement { pattern: Some(typed.pattern), ty: typed.ty, value, otherwise }
        })
    }
}
