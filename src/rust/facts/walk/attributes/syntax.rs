//! The attributes of a piece of syntax, and whether they make it a test.

use super::cfg::predicate;

/// The attributes of an item.
pub fn of_item(item: &syn::Item) -> &[syn::Attribute] {
    use syn::Item as I;
    match item {
        I::Const(i) => &i.attrs,
        I::Enum(i) => &i.attrs,
        I::ExternCrate(i) => &i.attrs,
        I::Fn(i) => &i.attrs,
        I::ForeignMod(i) => &i.attrs,
        I::Impl(i) => &i.attrs,
        I::Macro(i) => &i.attrs,
        I::Mod(i) => &i.attrs,
        I::Static(i) => &i.attrs,
        I::Struct(i) => &i.attrs,
        I::Trait(i) => &i.attrs,
        I::TraitAlias(i) => &i.attrs,
        I::Type(i) => &i.attrs,
        I::Union(i) => &i.attrs,
        I::Use(i) => &i.attrs,
        _ => &[],
    }
}

/// The attributes of an expression.
pub fn of_expr(expr: &syn::Expr) -> &[syn::Attribute] {
    use syn::Expr as E;
    match expr {
        E::Array(syn::ExprArray { attrs, .. })
        | E::Assign(syn::ExprAssign { attrs, .. })
        | E::Async(syn::ExprAsync { attrs, .. })
        | E::Await(syn::ExprAwait { attrs, .. })
        | E::Binary(syn::ExprBinary { attrs, .. })
        | E::Block(syn::ExprBlock { attrs, .. })
        | E::Break(syn::ExprBreak { attrs, .. })
        | E::Call(syn::ExprCall { attrs, .. })
        | E::Cast(syn::ExprCast { attrs, .. })
        | E::Closure(syn::ExprClosure { attrs, .. })
        | E::Const(syn::ExprConst { attrs, .. })
        | E::Continue(syn::ExprContinue { attrs, .. })
        | E::Field(syn::ExprField { attrs, .. })
        | E::ForLoop(syn::ExprForLoop { attrs, .. })
        | E::If(syn::ExprIf { attrs, .. })
        | E::Index(syn::ExprIndex { attrs, .. })
        | E::Let(syn::ExprLet { attrs, .. })
        | E::Loop(syn::ExprLoop { attrs, .. })
        | E::Macro(syn::ExprMacro { attrs, .. })
        | E::Match(syn::ExprMatch { attrs, .. })
        | E::MethodCall(syn::ExprMethodCall { attrs, .. })
        | E::Paren(syn::ExprParen { attrs, .. })
        | E::Path(syn::ExprPath { attrs, .. })
        | E::Range(syn::ExprRange { attrs, .. })
        | E::RawAddr(syn::ExprRawAddr { attrs, .. })
        | E::Reference(syn::ExprReference { attrs, .. })
        | E::Repeat(syn::ExprRepeat { attrs, .. })
        | E::Return(syn::ExprReturn { attrs, .. })
        | E::Struct(syn::ExprStruct { attrs, .. })
        | E::Try(syn::ExprTry { attrs, .. })
        | E::TryBlock(syn::ExprTryBlock { attrs, .. })
        | E::Tuple(syn::ExprTuple { attrs, .. })
        | E::Unary(syn::ExprUnary { attrs, .. })
        | E::Unsafe(syn::ExprUnsafe { attrs, .. })
        | E::While(syn::ExprWhile { attrs, .. })
        | E::Yield(syn::ExprYield { attrs, .. }) => attrs,
        _ => &[],
    }
}

/// The attributes before an expression. The parser gives them to the first operand, but they apply
/// to the whole expression.
pub fn before_expr(mut expr: &syn::Expr) -> &[syn::Attribute] {
    loop {
        expr = match expr {
            syn::Expr::Assign(assign) => &assign.left,
            syn::Expr::Binary(binary) => &binary.left,
            syn::Expr::Cast(cast) => &cast.expr,
            expr => return of_expr(expr),
        };
    }
}

/// The attributes of a generic parameter.
pub fn of_generic(param: &syn::GenericParam) -> &[syn::Attribute] {
    match param {
        syn::GenericParam::Const(param) => &param.attrs,
        syn::GenericParam::Lifetime(param) => &param.attrs,
        syn::GenericParam::Type(param) => &param.attrs,
    }
}

/// The attributes of a pattern.
pub fn of_pat(pat: &syn::Pat) -> &[syn::Attribute] {
    use syn::Pat as P;
    match pat {
        P::Const(syn::PatConst { attrs, .. })
        | P::Guard(syn::PatGuard { attrs, .. })
        | P::Ident(syn::PatIdent { attrs, .. })
        | P::Lit(syn::PatLit { attrs, .. })
        | P::Macro(syn::PatMacro { attrs, .. })
        | P::Or(syn::PatOr { attrs, .. })
        | P::Paren(syn::PatParen { attrs, .. })
        | P::Path(syn::PatPath { attrs, .. })
        | P::Range(syn::PatRange { attrs, .. })
        | P::Reference(syn::PatReference { attrs, .. })
        | P::Rest(syn::PatRest { attrs, .. })
        | P::Slice(syn::PatSlice { attrs, .. })
        | P::Struct(syn::PatStruct { attrs, .. })
        | P::Tuple(syn::PatTuple { attrs, .. })
        | P::TupleStruct(syn::PatTupleStruct { attrs, .. })
        | P::Type(syn::PatType { attrs, .. })
        | P::Wild(syn::PatWild { attrs, .. }) => attrs,
        _ => &[],
    }
}

/// Whether one of the attributes makes its item a test or a benchmark.
pub fn is_test(attributes: &[syn::Attribute]) -> bool {
    let is_test = |s: &syn::PathSegment| s.ident == "test" || s.ident == "bench";
    attributes.iter().any(|a| a.path().segments.last().is_some_and(is_test))
}

/// Whether the attributes restrict their item to test builds.
pub fn require_test(attributes: &[syn::Attribute]) -> bool {
    let conditions = attributes.iter().filter(|a| a.path().is_ident("cfg"));
    let mut predicates = conditions.filter_map(|a| predicate(a.meta.require_list().ok()?.tokens.clone()));
    is_test(attributes) || predicates.any(|p| p.requires_test())
}
