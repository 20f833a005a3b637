//! Macro invocations: the likely meaning of their arguments.
//!
//! A macro may do anything with its arguments, but most take expressions, statements or items, so
//! these are tried in turn. Other arguments are cut at their separators, and a piece that does not
//! parse is searched for paths. References found this way are marked as guesses if a wrong guess is
//! likely, and are ignored if they name nothing.

mod branches;
mod items;
mod scan;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{parse::Parser, punctuated::Punctuated};

use crate::{
    base::{context::Context, span::Span},
    rust::facts::{
        model::{
            FragmentKind, Namespaces, ReferenceKind,
            code::{Expr, ExprId},
        },
        token::stream_without_docs,
    },
};

use super::{Effort, Extractor, effort};
pub use items::{defines_items, heads, is_head};

/// The state of the reading of macro arguments.
pub struct Guesses {
    /// The remaining work for the present invocation.
    pub effort: Effort,
    /// Whether the text kept doc comments in the arguments of macros.
    pub has_docs: bool,
}

impl Extractor<'_> {
    /// A macro invocation as an expression.
    pub fn macro_call(&mut self, mac: &syn::Macro) -> ExprId {
        let invocation = self.invocation(mac);
        self.new_expr(invocation)
    }

    /// A macro invocation in a body, a type or a pattern.
    pub fn invocation(&mut self, mac: &syn::Macro) -> Expr {
        let order = self.next_order();
        let count = mac.path.segments.len();
        self.plain_path(&mac.path, count, Namespaces::MACROS, ReferenceKind::Macro(order));
        let names = self.names_of(&mac.path, 0..count);
        let first = self.entries.len();
        let path = self.new_path(names, first);
        self.arguments_of_invocation(mac, order);
        Expr::Macro { path, arguments: self.list(first) }
    }

    fn arguments_of_invocation(&mut self, mac: &syn::Macro, order: u32) {
        let Some(mut tokens) = code(mac) else { return };
        if mac.path.is_ident("include") {
            self.keep_invocation(mac, FragmentKind::Expression, order);
        }
        if self.here.guessing == 0 {
            if self.guesses.has_docs {
                tokens = stream_without_docs(tokens);
            }
            self.guesses.effort = Effort::of(tokens.clone());
        }
        self.guess(|this| this.arguments(tokens));
    }

    fn guess(&mut self, walk: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.here.context, Context::MacroArguments);
        self.here.guessing += 1;
        self.scoped(walk);
        self.here.guessing -= 1;
        self.here.context = outer;
    }

    /// Arguments: a list of expressions, otherwise statements, otherwise separate pieces. The
    /// expressions that are found wait as entries.
    pub fn arguments(&mut self, tokens: TokenStream) {
        if self.guesses.effort.has_failures() {
            let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
            if self.guesses.effort.is_hopeless(&trees) {
                return self.pieces(trees);
            }
        }
        if !self.affords(&tokens) {
            return self.scan_all(tokens);
        }
        let list = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        let no_list = match list.parse2(tokens.clone()) {
            Ok(list) => return list.iter().for_each(|expr| self.argument(expr)),
            Err(error) => error,
        };
        match syn::Block::parse_within.parse2(tokens.clone()) {
            Ok(statements) => self.guessed_block(statements),
            Err(no_block) => {
                self.guesses.effort.failed(&no_list);
                self.guesses.effort.failed(&no_block);
                self.pieces(tokens.into_iter().collect());
            }
        }
    }

    /// A piece that parses only as a type. `path<T>` may also be a function or a constant that the
    /// macro uses by that path.
    fn type_argument(&mut self, ty: &syn::Type) {
        match ty {
            syn::Type::Path(syn::TypePath { qself, path, .. }) => {
                self.path(qself.as_ref(), path, Namespaces::TYPES.and(Namespaces::VALUES));
            }
            ty => {
                self.type_(ty);
            }
        }
    }

    /// Whether one more parse of tokens is within the budget. The first parse beyond it is
    /// reported.
    pub fn affords(&mut self, tokens: &TokenStream) -> bool {
        let was_spent = self.guesses.effort.is_spent();
        let affords = self.guesses.effort.affords(tokens);
        if !affords && !was_spent {
            let place =
                tokens.clone().into_iter().next().map_or_else(Span::default, |tree| self.span(tree.span()));
            self.facts.diagnostics.push(effort::spent(place));
        }
        affords
    }

    fn guessed_block(&mut self, statements: Vec<syn::Stmt>) {
        let brace_token = syn::token::Brace::default();
        let block = self.block(&syn::Block { brace_token, stmts: statements });
        self.entry(block);
    }

    /// One argument. In `name = value` the name belongs to the macro.
    fn argument(&mut self, expr: &syn::Expr) {
        let argument = match expr {
            syn::Expr::Assign(assign) if is_name(&assign.left) => self.expression(&assign.right),
            expr => self.expression(expr),
        };
        self.entry(argument);
    }

    /// Cuts tokens at `,`, `;` and `=>` and reads each piece as an expression, pattern, type or
    /// items, otherwise searches it for paths. The bindings of a pattern before `=>` are in scope
    /// up to the next `,` or the end.
    fn pieces(&mut self, trees: Vec<TokenTree>) {
        if self.branches(&trees, |this, branch| this.guess(|this| this.arguments(branch))) {
            return;
        }
        let mut piece: Vec<TokenTree> = Vec::new();
        let mut mark = self.locals.enter();
        let mut trees = trees.into_iter().peekable();
        while let Some(tree) = trees.next() {
            let TokenTree::Punct(punct) = &tree else {
                let block = matches!(&tree, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
                piece.push(tree);
                if block && trees.peek().is_some_and(|next| !matches!(next, TokenTree::Punct(_))) {
                    self.piece(std::mem::take(&mut piece), false);
                }
                continue;
            };
            let arrow = punct.as_char() == '='
                && matches!(trees.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '>');
            match punct.as_char() {
                ',' | ';' => {
                    self.piece(std::mem::take(&mut piece), false);
                    self.locals.leave(mark);
                    mark = self.locals.enter();
                }
                '=' if arrow => {
                    trees.next();
                    self.piece(std::mem::take(&mut piece), true);
                }
                _ => piece.push(tree),
            }
        }
        self.piece(piece, false);
        self.locals.leave(mark);
    }

    /// Expressions that are part of a piece.
    fn found(&mut self, exprs: &[syn::Expr]) {
        for expr in exprs {
            let expr = self.expression(expr);
            self.entry(expr);
        }
    }

    fn piece(&mut self, trees: Vec<TokenTree>, before_arrow: bool) {
        if trees.is_empty() {
            return;
        }
        let tokens: TokenStream = trees.iter().cloned().collect();
        let is_hopeless = self.guesses.effort.is_hopeless(&trees);
        if is_hopeless && effort::is_long(&tokens) {
            return self.scan_trees(&trees);
        }
        if !self.affords(&tokens) {
            return self.scan_all(tokens);
        }
        if before_arrow && let Ok(arm) = parse_arm_head.parse2(tokens.clone()) {
            let (pat, exprs) = arm;
            self.found(&exprs);
            self.pattern(&pat);
            return;
        }
        let mut failures = Vec::new();
        if !is_hopeless {
            match syn::parse2::<syn::Expr>(tokens.clone()) {
                Ok(expr) => return self.argument(&expr),
                Err(error) => failures.push(error),
            }
        }
        if let Ok((pat, exprs)) = parse_arm_head.parse2(tokens.clone()) {
            self.pattern(&pat);
            return self.found(&exprs);
        }
        if let Ok(ty) = syn::parse2::<syn::Type>(tokens.clone()) {
            return self.type_argument(&ty);
        }
        if !is_hopeless {
            match syn::Block::parse_within.parse2(tokens) {
                Ok(statements) => return self.guessed_block(statements),
                Err(error) => failures.push(error),
            }
        }
        failures.iter().for_each(|error| self.guesses.effort.failed(error));
        self.scan_trees(&trees);
    }
}

/// Macros that take their arguments as tokens, so that nothing in them is named at the invocation.
pub const TEMPLATES: &[&str] = &["parse_quote", "quote", "stringify"];

/// Such macros that take an expression before a `=>` and then the tokens.
pub const SPANNED_TEMPLATES: &[&str] = &["parse_quote_spanned", "quote_spanned"];

/// The arguments that a macro may read as code; `None` if there are none.
fn code(mac: &syn::Macro) -> Option<TokenStream> {
    let name = &mac.path.segments.last()?.ident;
    if mac.tokens.is_empty() || TEMPLATES.iter().any(|template| name == template) {
        return None;
    }
    let tokens = mac.tokens.clone();
    if !SPANNED_TEMPLATES.iter().any(|template| name == template) {
        return Some(tokens);
    }
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let is_punct =
        |tree: &TokenTree, wanted| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == wanted);
    let arrow = trees.windows(2).position(|pair| is_punct(&pair[0], '=') && is_punct(&pair[1], '>'))?;
    Some(trees.into_iter().take(arrow).collect())
}

fn is_name(expr: &syn::Expr) -> bool {
    matches!(expr, syn::Expr::Path(path) if path.path.get_ident().is_some())
}

/// `pattern`, `pattern = expression`, either with `if guard`: the head of tokens in the form of a
/// match arm.
fn parse_arm_head(input: syn::parse::ParseStream<'_>) -> syn::Result<(syn::Pat, Vec<syn::Expr>)> {
    let pat = syn::Pat::parse_multi_with_leading_vert(input)?;
    let mut exprs = Vec::new();
    if input.parse::<Option<syn::Token![=]>>()?.is_some() {
        exprs.push(input.parse()?);
    }
    for _ in 0..2 {
        if input.parse::<Option<syn::Token![if]>>()?.is_some()
            || (!exprs.is_empty() && input.parse::<Option<syn::Token![,]>>()?.is_some())
        {
            exprs.push(input.parse()?);
        }
    }
    Ok((pat, exprs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::facts::{origins::Origins, stack::STACK};

    /// The number of tokens that the parses of a macro's arguments read after the first, and
    /// whether the budget was spent.
    fn seen(arguments: &str) -> (usize, bool) {
        let mac: syn::Macro = syn::parse_str(&format!("m! {{ {arguments} }}")).expect("an invocation");
        let mut extractor = Extractor::new(Origins::SOURCE);
        extractor.invocation(&mac);
        (extractor.guesses.effort.seen, extractor.guesses.effort.is_spent())
    }

    /// Nesting in each of these kinds, with a content that does not parse.
    const KINDS: &[(&str, &str)] = &[
        ("impl A { fn a() {", "}}"),
        ("mod a {", "}"),
        ("if a {", "}"),
        ("|a| {", "}"),
        ("{", "}"),
        ("(", ")"),
        ("[a, b(", ")]"),
        ("a! { b, ", "}"),
        ("match a { b => {", "} }"),
        ("a { b: {", "} }"),
        ("(a b ", ")"),
        ("a b => (", ")"),
        ("(a b", "), (a b (c d), e)"),
    ];

    #[test]
    fn work_grows_as_the_arguments_do() {
        let thread = std::thread::Builder::new().stack_size(4 * STACK).spawn(|| {
            for (open, close) in KINDS {
                let work =
                    [200, 400, 800].map(|n| seen(&[&open.repeat(n), "x y", &close.repeat(n)].concat()));
                let [(_, _), (twice, _), (four_times, is_spent)] = work;
                assert!(is_spent || four_times < twice * 2 + 10_000, "{open}: {work:?}");
            }
        });
        thread.expect("a thread").join().expect("no panic");
    }
}
