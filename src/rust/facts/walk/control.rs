//! Control flow: the functions, and the parts of their bodies that count for complexity.

use crate::{
    base::{name::Name, span::Span},
    rust::facts::model::{
        FunctionFacts,
        code::{self, Arm, Expr, ExprId},
    },
};

use super::{
    Extractor,
    complexity::{Counted, Operator},
    locals::Meaning,
};

impl Extractor<'_> {
    /// Walks a function's body, and records the function.
    pub fn function_body(&mut self, signature: &syn::Signature, body: &syn::Block) -> ExprId {
        let name = self.name(&signature.ident);
        self.complexity.enter(name);
        let walked = self.left_out(body).unwrap_or_else(|| self.block(body));
        let counted = self.complexity.leave();
        let written = self.span_of_function(signature, body);
        if let (Some(counted), Some(span)) = (counted, written) {
            let Counted { owner, cyclomatic, cognitive } = counted;
            let (scope, condition) = (self.here.scope, self.here.condition);
            self.facts.functions.push(FunctionFacts {
                name,
                owner,
                scope,
                condition,
                span,
                cyclomatic,
                cognitive,
            });
        }
        walked
    }

    /// The span from `fn` to the end of the body; `None` for a body that a macro's definition
    /// contributes.
    fn span_of_function(&self, signature: &syn::Signature, body: &syn::Block) -> Option<Span> {
        let brace = body.brace_token.span;
        let (open, close) = (self.span(brace.open()), self.span(brace.close()));
        let keyword = self.span(signature.fn_token.span);
        let start = if keyword.is_nowhere() { open } else { keyword };
        (!open.is_nowhere() && !close.is_nowhere()).then(|| start.to(close))
    }

    /// Walks the methods of `owner`, or functions without an owner.
    pub fn owned_by(&mut self, owner: Option<Name>, walk: impl FnOnce(&mut Self)) {
        let outer = self.complexity.owned_by(owner);
        walk(self);
        self.complexity.owned_by(outer);
    }

    /// The last name of the type that an `impl` is for, references to that type included; otherwise
    /// that of the trait.
    pub fn owner(&mut self, item: &syn::ItemImpl) -> Option<Name> {
        let mut ty = &*item.self_ty;
        while let syn::Type::Reference(reference) = ty {
            ty = &*reference.elem;
        }
        let path = match ty {
            syn::Type::Path(path) => Some(&path.path),
            _ => item.trait_.as_ref().map(|(path, _)| path),
        };
        let last = path.and_then(|path| path.segments.last());
        last.map(|segment| self.name(&segment.ident)).or(Some(self.keywords.self_type))
    }

    /// Walks the inside of a control structure or a closure.
    pub fn nested<T>(&mut self, walk: impl FnOnce(&mut Self) -> T) -> T {
        self.complexity.nest();
        let walked = walk(self);
        self.complexity.unnest();
        walked
    }

    /// An `if` with its `else` branches. The bindings of its condition go out of scope before the
    /// `else`.
    pub fn conditional(&mut self, expr: &syn::ExprIf) -> ExprId {
        self.complexity.on_if();
        let first = self.entries.len();
        let mut at = expr;
        loop {
            self.scoped(|this| {
                let condition = this.expression(&at.cond);
                this.entry(condition);
                let then = this.nested(|this| this.block(&at.then_branch));
                this.entry(then);
            });
            let Some((_, other)) = &at.else_branch else { return self.conditions(first, None) };
            let syn::Expr::If(next) = &**other else {
                self.complexity.on_else();
                let otherwise = self.nested(|this| this.expression(other));
                return self.conditions(first, Some(otherwise));
            };
            self.complexity.on_else_if();
            at = next;
        }
    }

    /// A `match`.
    pub fn selection(&mut self, expr: &syn::ExprMatch) -> Expr {
        self.complexity.on_match();
        self.complexity.on_arms(expr.arms.len());
        self.attributes(&expr.attrs);
        let value = self.expression(&expr.expr);
        let first = self.entries.len();
        self.nested(|this| {
            for arm in &expr.arms {
                let arm = this.under(&arm.attrs, |this| this.arm(arm));
                this.entry(arm);
            }
        });
        Expr::Match { value, arms: self.list(first) }
    }

    fn arm(&mut self, arm: &syn::Arm) -> Arm {
        self.attributes(&arm.attrs);
        self.scoped(|this| {
            let (pattern, guard) = match &arm.pat {
                syn::Pat::Guard(pat) => {
                    this.complexity.on_guard();
                    this.attributes(&pat.attrs);
                    let pattern = this.pattern(&pat.pat);
                    (pattern, Some(this.expression(&pat.guard)))
                }
                pat => (this.pattern(pat), None),
            };
            Arm { pattern, guard, value: this.expression(&arm.body) }
        })
    }

    /// A `while`.
    pub fn repetition(&mut self, expr: &syn::ExprWhile) -> Expr {
        self.complexity.on_while_or_for();
        self.scoped(|this| {
            let condition = this.expression(&expr.cond);
            Expr::While { condition, body: this.nested(|this| this.block(&expr.body)) }
        })
    }

    /// A `for` loop.
    pub fn iteration(&mut self, expr: &syn::ExprForLoop) -> Expr {
        self.complexity.on_while_or_for();
        let values = self.expression(&expr.expr);
        self.scoped(|this| {
            let pattern = this.pattern(&expr.pat);
            Expr::For { pattern, values, body: this.nested(|this| this.block(&expr.body)) }
        })
    }

    /// A `loop`.
    pub fn endless(&mut self, expr: &syn::ExprLoop) -> Expr {
        self.complexity.on_loop();
        self.nested(|this| {
            this.attributes(&expr.attrs);
            Expr::Loop(this.block(&expr.body))
        })
    }

    /// A `break` or a `continue`.
    pub fn jump(&mut self, label: Option<&syn::Lifetime>) {
        if label.is_some() {
            self.complexity.on_labelled_jump();
        }
    }

    /// Two operands. If an operand of `&&` or `||` is such an operator itself, both belong to one
    /// sequence, in parentheses or not.
    pub fn binary(&mut self, expr: &syn::ExprBinary) -> ExprId {
        self.attributes(&expr.attrs);
        let (left, right) = match lazy(expr) {
            Some(operator) => {
                let left = self.side(&expr.left);
                self.complexity.on_operator(operator);
                (left, self.side(&expr.right))
            }
            None => (self.expression(&expr.left), self.expression(&expr.right)),
        };
        self.new_expr(match operator(expr) {
            Some(operator) => Expr::Binary { operator, left, right },
            None => Expr::Assign { left, right },
        })
    }

    fn side(&mut self, expr: &syn::Expr) -> ExprId {
        match bare(expr) {
            syn::Expr::Binary(inner) if lazy(inner).is_some() => self.binary(inner),
            _ => self.expression(expr),
        }
    }

    /// Counts a call if the callee is the enclosing function.
    pub fn note_call(&mut self, expr: &syn::ExprCall) {
        let syn::Expr::Path(callee) = &*expr.func else { return };
        let Some(own) = self.complexity.function() else { return };
        let names = |ident: &proc_macro2::Ident| *ident == self.facts.names.text(own);
        let segments = &callee.path.segments;
        let last = segments.last().is_some_and(|last| names(&last.ident));
        if !last || callee.qself.is_some() || callee.path.leading_colon.is_some() {
            return;
        }
        if segments.len() == 2 && segments[0].ident == "Self" {
            self.complexity.calls_own(own);
        } else if segments.len() == 1 && !matches!(self.locals.find_value(own), Some(Meaning::Local(_))) {
            self.complexity.calls(own);
        }
    }

    /// Counts a method call if the callee is the enclosing method, on the same object.
    pub fn note_method_call(&mut self, expr: &syn::ExprMethodCall) {
        let syn::Expr::Path(receiver) = &*expr.receiver else { return };
        let Some(own) = self.complexity.function() else { return };
        if expr.method == self.facts.names.text(own) && receiver.path.is_ident("self") {
            self.complexity.calls_own(own);
        }
    }
}

/// The expression inside parentheses.
fn bare(mut expr: &syn::Expr) -> &syn::Expr {
    loop {
        expr = match expr {
            syn::Expr::Paren(paren) => &paren.expr,
            syn::Expr::Group(group) => &group.expr,
            other => return other,
        }
    }
}

fn lazy(expr: &syn::ExprBinary) -> Option<Operator> {
    match expr.op {
        syn::BinOp::And(_) => Some(Operator::And),
        syn::BinOp::Or(_) => Some(Operator::Or),
        _ => None,
    }
}

/// The operator; `None` for an assignment such as `+=`.
fn operator(expr: &syn::ExprBinary) -> Option<code::Operator> {
    use code::Operator as O;
    use syn::BinOp as B;
    Some(match expr.op {
        B::And(_) | B::Or(_) => O::Lazy,
        B::Eq(_) | B::Ne(_) | B::Lt(_) | B::Le(_) | B::Gt(_) | B::Ge(_) => O::Comparison,
        B::Add(_) => O::Add,
        B::Sub(_) => O::Subtract,
        B::Mul(_) => O::Multiply,
        B::Div(_) => O::Divide,
        B::Rem(_) => O::Remainder,
        B::BitAnd(_) | B::BitOr(_) | B::BitXor(_) => O::Bit,
        B::Shl(_) | B::Shr(_) => O::Shift,
        _ => return None,
    })
}
