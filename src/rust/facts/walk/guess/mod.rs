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
            code::{Arm, Expr, ExprId, PatId},
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
        let invocation = self.invocation(mac, FragmentKind::Code);
        self.new_expr(invocation)
    }

    /// A macro invocation in a body, a type or a pattern.
    pub fn invocation(&mut self, mac: &syn::Macro, kind: FragmentKind) -> Expr {
        let order = self.next_order();
        let count = mac.path.segments.len();
        self.plain_path(&mac.path, count, Namespaces::MACROS, ReferenceKind::Macro(order));
        let names = self.names_of(&mac.path, 0..count);
        let first = self.entries.len();
        let path = self.new_path(names, first);
        let is_kept = self.here.is_kept;
        self.arguments_of_invocation(mac, kind, order);
        self.here.is_kept = is_kept;
        Expr::Macro { path, arguments: self.list(first) }
    }

    fn arguments_of_invocation(&mut self, mac: &syn::Macro, kind: FragmentKind, order: u32) {
        // The arguments of an expansion were read at its invocation, and so were those of the
        // invocations among them.
        if self.here.is_code && !self.span(mac.bang_token.span).is_nowhere() {
            return;
        }
        let Some(mut tokens) = code(mac) else { return };
        if mac.path.is_ident("include") {
            self.keep_invocation(mac, FragmentKind::Code, order);
        } else {
            self.invocation_in_code(mac, kind, order);
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

    /// A pattern, perhaps with a guard: `matches!` matches the expression before it.
    fn matched(&mut self, head: &ArmHead, first: usize) {
        let pattern = self.pattern(&head.pat);
        self.found(head.value.as_slice());
        let guards = self.entries.len();
        self.found(&head.guards);
        let guard = self.entries.get(guards).copied().map(ExprId::from_raw);
        if head.value.is_none() && head.guards.len() < 2 && guards > first {
            self.entries.truncate(guards);
            let value = ExprId::from_raw(self.entries.pop().unwrap_or_default());
            let whole = self.matching(value, pattern, guard);
            self.entry(whole);
        }
    }

    fn guessed_block(&mut self, statements: Vec<syn::Stmt>) {
        // `vec![element; count]` takes two values.
        if let [syn::Stmt::Expr(element, Some(_)), syn::Stmt::Expr(count, None)] = &statements[..] {
            return self.scoped(|this| {
                for value in [element, count] {
                    let value = this.element(value);
                    this.entry(value);
                }
            });
        }
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
        let mut reader = Pieces { piece: Vec::new(), first: self.entries.len(), head: None };
        let mut mark = self.locals.enter();
        let mut trees = trees.into_iter().peekable();
        while let Some(tree) = trees.next() {
            let TokenTree::Punct(punct) = &tree else {
                let block = matches!(&tree, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
                reader.piece.push(tree);
                if block && trees.peek().is_some_and(|next| !matches!(next, TokenTree::Punct(_))) {
                    self.end_of_piece(&mut reader, false);
                }
                continue;
            };
            let arrow = punct.as_char() == '='
                && matches!(trees.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '>');
            match punct.as_char() {
                ',' | ';' => {
                    self.end_of_piece(&mut reader, false);
                    self.locals.leave(mark);
                    mark = self.locals.enter();
                }
                '=' if arrow => {
                    trees.next();
                    self.end_of_piece(&mut reader, true);
                }
                _ => reader.piece.push(tree),
            }
        }
        self.end_of_piece(&mut reader, false);
        self.locals.leave(mark);
    }

    /// Reads a piece. The code of `pattern = future => value`, as `select!` takes it, is a `match`
    /// on the result of the future.
    fn end_of_piece(&mut self, reader: &mut Pieces, before_arrow: bool) {
        let before = self.entries.len();
        let head = self.piece(std::mem::take(&mut reader.piece), before_arrow, reader.first);
        if let Some((pattern, future)) = reader.head.take() {
            let is_one = self.entries.len() == before + 1;
            let value = if is_one { self.entries.pop() } else { None };
            let whole = match value {
                Some(value) => self.selected(pattern, future, ExprId::from_raw(value)),
                None => future,
            };
            self.entry(whole);
        }
        reader.head = head;
    }

    fn selected(&mut self, pattern: PatId, future: ExprId, value: ExprId) -> ExprId {
        let awaited = self.new_expr(Expr::Await(future));
        let arms = self.facts.code.list([Arm { pattern, guard: None, value }]);
        self.new_expr(Expr::Match { value: awaited, arms })
    }

    /// Expressions that are part of a piece.
    fn found(&mut self, exprs: &[syn::Expr]) {
        for expr in exprs {
            let expr = self.expression(expr);
            self.entry(expr);
        }
    }

    /// Reads a piece of the arguments whose expressions wait from `first` on. Returns the pattern
    /// and the value of `pattern = value` before an arrow.
    fn piece(&mut self, trees: Vec<TokenTree>, before_arrow: bool, first: usize) -> Option<(PatId, ExprId)> {
        if trees.is_empty() {
            return None;
        }
        let tokens: TokenStream = trees.iter().cloned().collect();
        let is_hopeless = self.guesses.effort.is_hopeless(&trees);
        if is_hopeless && effort::is_long(&tokens) {
            self.scan_trees(&trees);
            return None;
        }
        if !self.affords(&tokens) {
            self.scan_all(tokens);
            return None;
        }
        if before_arrow && let Ok(head) = parse_arm_head.parse2(tokens.clone()) {
            let value = head.value.as_ref().map(|value| self.expression(value));
            self.found(&head.guards);
            return Some(self.pattern(&head.pat)).zip(value);
        }
        self.piece_without_arrow(trees, tokens, is_hopeless, first);
        None
    }

    fn piece_without_arrow(
        &mut self,
        trees: Vec<TokenTree>,
        tokens: TokenStream,
        is_hopeless: bool,
        first: usize,
    ) {
        let mut failures = Vec::new();
        if !is_hopeless {
            match syn::parse2::<syn::Expr>(tokens.clone()) {
                Ok(expr) => return self.argument(&expr),
                Err(error) => failures.push(error),
            }
        }
        if let Ok(head) = parse_arm_head.parse2(tokens.clone()) {
            return self.matched(&head, first);
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

/// The reading of arguments piece by piece.
struct Pieces {
    /// The trees of the present piece.
    piece: Vec<TokenTree>,
    /// The number of entries before those of the arguments.
    first: usize,
    /// The pattern and the value before the last arrow.
    head: Option<(PatId, ExprId)>,
}

/// The head of tokens in the form of a match arm.
struct ArmHead {
    pat: syn::Pat,
    value: Option<syn::Expr>,
    guards: Vec<syn::Expr>,
}

/// `pattern`, `pattern = expression`, either with `if guard`.
fn parse_arm_head(input: syn::parse::ParseStream<'_>) -> syn::Result<ArmHead> {
    let pat = syn::Pat::parse_multi_with_leading_vert(input)?;
    let mut head = ArmHead { pat, value: None, guards: Vec::new() };
    if input.parse::<Option<syn::Token![=]>>()?.is_some() {
        head.value = Some(input.parse()?);
    }
    for _ in 0..2 {
        let has_more = head.value.is_some() || !head.guards.is_empty();
        if input.parse::<Option<syn::Token![if]>>()?.is_some()
            || (has_more && input.parse::<Option<syn::Token![,]>>()?.is_some())
        {
            head.guards.push(input.parse()?);
        }
    }
    Ok(head)
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
        extractor.invocation(&mac, FragmentKind::Code);
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
