//! Macro invocations: what their arguments most likely are.
//!
//! A macro may do anything with its arguments, but most take expressions, statements or items, so these are tried in
//! turn; what is none of them is cut at its separators, and what is left is searched for paths. References found
//! this way are marked as guesses where a wrong guess is likely, and count for nothing when they name nothing.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::{parse::Parser, punctuated::Punctuated, visit::Visit};

use crate::base::{context::Context, span::Span};

use super::{
    ItemKind, Namespaces, Position, ReferenceKind, Visibility,
    attributes::predicate,
    condition::Predicate,
    effort::{self, Effort},
    extract::{Extractor, parse_all},
    locals::Meaning,
    token::stream_without_docs,
};

impl Extractor<'_> {
    /// A macro invocation in a body, a type or a pattern.
    pub fn invocation(&mut self, mac: &syn::Macro) {
        let order = self.next_order();
        let count = mac.path.segments.len();
        self.plain_path(&mac.path, count, Namespaces::MACROS, ReferenceKind::Macro(order));
        if mac.tokens.is_empty() || takes_tokens(mac.path.segments.last().map(|last| &last.ident)) {
            return;
        }
        if mac.path.is_ident("include") {
            self.keep_invocation(mac, Position::Expression, order);
        }
        let mut tokens = mac.tokens.clone();
        if self.guessing == 0 {
            if self.has_docs {
                tokens = stream_without_docs(tokens);
            }
            self.effort = Effort::of(tokens.clone());
        }
        self.guess(|this| this.arguments(tokens));
    }

    fn guess(&mut self, walk: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.context, Context::MacroArguments);
        self.guessing += 1;
        self.scoped(walk);
        self.guessing -= 1;
        self.context = outer;
    }

    /// Arguments: a list of expressions, else statements, else pieces.
    pub fn arguments(&mut self, tokens: TokenStream) {
        if self.effort.has_failures() {
            let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
            if self.effort.is_hopeless(&trees) {
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
                self.effort.failed(&no_list);
                self.effort.failed(&no_block);
                self.pieces(tokens.into_iter().collect());
            }
        }
    }

    /// Whether one more parse of tokens is within bounds. The first that is not is said.
    pub fn affords(&mut self, tokens: &TokenStream) -> bool {
        let was_spent = self.effort.is_spent();
        let affords = self.effort.affords(tokens);
        if !affords && !was_spent {
            let place =
                tokens.clone().into_iter().next().map_or_else(Span::default, |tree| self.span(tree.span()));
            self.facts.diagnostics.push(effort::spent(place));
        }
        affords
    }

    fn guessed_block(&mut self, statements: Vec<syn::Stmt>) {
        let brace_token = syn::token::Brace::default();
        self.visit_block(&syn::Block { brace_token, stmts: statements });
    }

    /// One argument. In `name = value` the name is the macro's own.
    fn argument(&mut self, expr: &syn::Expr) {
        match expr {
            syn::Expr::Assign(assign) if is_name(&assign.left) => self.visit_expr(&assign.right),
            expr => self.visit_expr(expr),
        }
    }

    /// Cuts tokens at `,`, `;` and `=>` and reads each piece as an expression, pattern, type or items, else looks for
    /// paths in it. What a pattern before `=>` binds is bound up to the next `,` or the end.
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

    fn piece(&mut self, trees: Vec<TokenTree>, before_arrow: bool) {
        if trees.is_empty() {
            return;
        }
        let tokens: TokenStream = trees.iter().cloned().collect();
        let is_hopeless = self.effort.is_hopeless(&trees);
        if is_hopeless && effort::is_long(&tokens) {
            return self.scan_trees(&trees);
        }
        if !self.affords(&tokens) {
            return self.scan_all(tokens);
        }
        if before_arrow && let Ok(arm) = parse_arm_head.parse2(tokens.clone()) {
            let (pat, exprs) = arm;
            exprs.iter().for_each(|expr| self.visit_expr(expr));
            return self.pattern(&pat);
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
            return exprs.iter().for_each(|expr| self.visit_expr(expr));
        }
        if let Ok(ty) = syn::parse2::<syn::Type>(tokens.clone()) {
            return self.visit_type(&ty);
        }
        if !is_hopeless {
            match syn::Block::parse_within.parse2(tokens) {
                Ok(statements) => return self.guessed_block(statements),
                Err(error) => failures.push(error),
            }
        }
        failures.iter().for_each(|error| self.effort.failed(error));
        self.scan_trees(&trees);
    }

    /// Looks for paths in tokens of unknown grammar.
    pub fn scan(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        self.scan_trees(&trees);
    }

    fn scan_trees(&mut self, trees: &[TokenTree]) {
        self.telling_paths(trees);
        for tree in trees {
            if let TokenTree::Group(group) = tree {
                self.guess(|this| this.arguments(group.stream()));
            }
        }
    }

    /// Looks for paths in tokens and in their groups, and for no more than that.
    fn scan_all(&mut self, tokens: TokenStream) {
        let mut streams = vec![tokens];
        while let Some(stream) = streams.pop() {
            let trees: Vec<TokenTree> = stream.into_iter().collect();
            self.telling_paths(&trees);
            streams.extend(trees.iter().filter_map(|tree| match tree {
                TokenTree::Group(group) => Some(group.stream()),
                _ => None,
            }));
        }
    }

    /// What is likely to be a path, in none of the groups.
    fn telling_paths(&mut self, trees: &[TokenTree]) {
        for found in find_paths(trees) {
            let telling = found.idents.len() > 1
                || found.bang
                || found.idents[0].to_string().starts_with(|c: char| c.is_uppercase())
                || found.called;
            if telling {
                self.found_path(&found);
            }
        }
    }

    /// Paths of several segments among the arguments of an attribute.
    pub fn scan_paths(&mut self, trees: &[TokenTree]) {
        find_paths(trees).iter().filter(|f| f.idents.len() > 1).for_each(|found| self.found_path(found));
    }

    fn found_path(&mut self, found: &FoundPath<'_>) {
        let segments = found.idents.iter().map(|&ident| syn::PathSegment::from(ident.clone()));
        let leading_colon = found.global.then(syn::token::PathSep::default);
        let path = syn::Path { leading_colon, segments: segments.collect() };
        let (namespaces, kind) = if found.bang {
            (Namespaces::MACROS, ReferenceKind::Macro(self.next_order()))
        } else if found.idents.len() == 1 && found.called {
            (Namespaces::VALUES, ReferenceKind::Guess)
        } else {
            (Namespaces::TYPES.and(Namespaces::VALUES), ReferenceKind::Guess)
        };
        let single_local = found.idents.len() == 1 && !found.bang && {
            let name = self.name(found.idents[0]);
            self.locals.find_value(name).is_some_and(|meaning| meaning != Meaning::Item)
        };
        if !single_local {
            self.plain_path(&path, found.idents.len(), namespaces, kind);
        }
    }

    /// The paths in the right-hand sides of a `macro_rules!` definition.
    pub fn scan_definition(&mut self, rules: TokenStream) {
        let mut after_arrow = false;
        let mut previous = ' ';
        for tree in rules {
            match tree {
                TokenTree::Group(group) if after_arrow => {
                    after_arrow = false;
                    self.scan_transcriber(group.stream());
                }
                TokenTree::Punct(punct) => {
                    after_arrow = previous == '=' && punct.as_char() == '>';
                    previous = punct.as_char();
                }
                _ => {}
            }
        }
    }

    fn scan_transcriber(&mut self, tokens: TokenStream) {
        let mut streams = vec![tokens];
        while let Some(stream) = streams.pop() {
            let trees: Vec<TokenTree> = stream.into_iter().collect();
            for found in find_paths(&trees) {
                // `$x::y` starts with whatever is put in for `$x`, and a single name is found where the macro is used.
                let dollar_crate = found.dollar && found.idents[0] == "crate";
                if (dollar_crate || !found.dollar) && found.idents.len() > 1 && !found.global {
                    self.path_in_definition(dollar_crate, &found.idents, found.bang);
                }
            }
            streams.extend(trees.iter().filter_map(|tree| match tree {
                TokenTree::Group(group) => Some(group.stream()),
                _ => None,
            }));
        }
    }

    /// Arguments of an unknown macro in item position: items as far as they parse, groups of items, and the names that
    /// keywords such as `struct` stand before.
    pub fn guess_items(&mut self, tokens: TokenStream) {
        if let Ok(items) = parse_all::<syn::Item>.parse2(tokens.clone()) {
            return self.items(&items);
        }
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        if self.branches(&trees, Self::guess_items) {
            return;
        }
        self.name_heads(&trees);
        for tree in &trees {
            if let TokenTree::Group(group) = tree
                && group.delimiter() == Delimiter::Brace
                && let Ok(items) = parse_all::<syn::Item>.parse2(group.stream())
            {
                self.items(&items);
            }
        }
        // What failed in the groups was read by itself, and not as part of all.
        self.effort.forget_failures();
        self.guess(|this| this.arguments(tokens));
    }

    /// Walks the branches of `if #[cfg(…)] { … } else { … }` each under its condition, as `cfg_if!` takes it. Says whether that is
    /// what the tokens are.
    fn branches(&mut self, trees: &[TokenTree], walk: impl Fn(&mut Self, TokenStream)) -> bool {
        let Some(branches) = branches(trees) else { return false };
        let outer = self.condition;
        let mut excluded = Vec::new();
        for (predicate, branch) in branches {
            let mut all = excluded.clone();
            if let Some(predicate) = predicate {
                excluded.push(Predicate::Not(Box::new(predicate.clone())));
                all.push(predicate);
            }
            self.condition = match all.pop() {
                Some(only) if all.is_empty() => self.and(outer, only),
                Some(last) => {
                    all.push(last);
                    self.and(outer, Predicate::All(all))
                }
                None => outer,
            };
            walk(self, branch);
        }
        self.condition = outer;
        true
    }

    /// Defines the names in `pub struct Name`, `static ref NAME`, `fn name` and their like.
    fn name_heads(&mut self, trees: &[TokenTree]) {
        let mut public = false;
        let mut keyword: Option<String> = None;
        for tree in trees {
            match tree {
                TokenTree::Ident(ident) => {
                    let text = ident.to_string();
                    if let Some(kind) =
                        keyword.take_if(|_| text != "ref" && text != "mut").and_then(|k| head_kind(&k))
                    {
                        let visibility = if public { Visibility::Public } else { Visibility::Private };
                        let (name, span) = (self.name(ident), self.span(ident.span()));
                        self.define_name(name, span, visibility, kind);
                        public = false;
                    } else if head_kind(&text).is_some() {
                        keyword = Some(text);
                    } else if text == "pub" {
                        public = true;
                    }
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {}
                _ => keyword = None,
            }
        }
    }
}

/// Macros that take tokens for what they are: nothing in them is named where they stand.
pub(super) const TEMPLATES: &[&str] = &["parse_quote", "quote", "stringify"];

/// Whether the macro of that name is one of [`TEMPLATES`].
fn takes_tokens(name: Option<&Ident>) -> bool {
    name.is_some_and(|name| TEMPLATES.iter().any(|template| name == template))
}

/// How many branches there may be, since each excludes those before it.
const MOST_BRANCHES: usize = 64;

/// The branches of what looks like `if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … }`; the last may have no predicate.
fn branches(trees: &[TokenTree]) -> Option<Vec<(Option<Predicate>, TokenStream)>> {
    let is_word = |tree: &TokenTree, word: &str| matches!(tree, TokenTree::Ident(ident) if ident == word);
    let mut branches = Vec::new();
    let mut rest = trees;
    while branches.len() < MOST_BRANCHES {
        let [
            first,
            TokenTree::Punct(hash),
            TokenTree::Group(attribute),
            TokenTree::Group(branch),
            behind @ ..,
        ] = rest
        else {
            return None;
        };
        if !is_word(first, "if") || hash.as_char() != '#' {
            return None;
        }
        branches.push((Some(condition(attribute)?), branch.stream()));
        match behind {
            [] => return Some(branches),
            [word, TokenTree::Group(branch)] if is_word(word, "else") => {
                branches.push((None, branch.stream()));
                return Some(branches);
            }
            [word, behind @ ..] if is_word(word, "else") => rest = behind,
            _ => return None,
        }
    }
    None
}

/// The predicate in the brackets of `#[cfg(…)]`.
fn condition(attribute: &Group) -> Option<Predicate> {
    let trees: Vec<TokenTree> = attribute.stream().into_iter().collect();
    match trees.as_slice() {
        [TokenTree::Ident(name), TokenTree::Group(group)] if name == "cfg" => predicate(group.stream()),
        _ => None,
    }
}

/// What a keyword before a name says that the name is, as far as one can tell without the macro's definition.
fn head_kind(keyword: &str) -> Option<ItemKind> {
    Some(match keyword {
        "struct" | "enum" | "union" => ItemKind::Opaque,
        "trait" => ItemKind::Union,
        "fn" => ItemKind::Function,
        "static" => ItemKind::Static,
        "const" => ItemKind::Constant,
        "type" => ItemKind::Union,
        _ => return None,
    })
}

fn is_name(expr: &syn::Expr) -> bool {
    matches!(expr, syn::Expr::Path(path) if path.path.get_ident().is_some())
}

/// `pattern`, `pattern = expression`, either with `if guard`: the head of what looks like a match arm.
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

/// A path found among tokens.
struct FoundPath<'t> {
    idents: Vec<&'t Ident>,
    global: bool,
    /// Follows a `$`.
    dollar: bool,
    /// Followed by `!`.
    bang: bool,
    /// Followed by `(` or `{`.
    called: bool,
}

/// The paths among `trees` themselves, not in their groups.
fn find_paths(trees: &[TokenTree]) -> Vec<FoundPath<'_>> {
    let punct = |at: usize| match trees.get(at) {
        Some(TokenTree::Punct(punct)) => punct.as_char(),
        _ => ' ',
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < trees.len() {
        let TokenTree::Ident(first) = &trees[at] else {
            at += 1;
            continue;
        };
        let before = if at > 0 { punct(at - 1) } else { ' ' };
        let global = before == ':' && at > 1 && punct(at - 2) == ':';
        let mut idents = vec![first];
        at += 1;
        while punct(at) == ':' && punct(at + 1) == ':' {
            let Some(TokenTree::Ident(next)) = trees.get(at + 2) else { break };
            idents.push(next);
            at += 3;
        }
        let bang = punct(at) == '!' && punct(at + 1) != '=';
        let called =
            matches!(trees.get(at), Some(TokenTree::Group(g)) if g.delimiter() != Delimiter::Bracket);
        if before != '.' && before != '\'' && (idents.len() > 1 || !is_keyword(first)) {
            found.push(FoundPath { idents, global, dollar: before == '$', bang, called });
        }
    }
    found
}

fn is_keyword(ident: &Ident) -> bool {
    syn::parse_str::<Ident>(&ident.to_string()).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::facts::extract::{Origins, STACK};

    /// For a macro's arguments: how many tokens the parses saw after the first, and whether more were to be seen.
    fn seen(arguments: &str) -> (usize, bool) {
        let mac: syn::Macro = syn::parse_str(&format!("m! {{ {arguments} }}")).expect("an invocation");
        let mut extractor = Extractor::new(Origins::SOURCE);
        extractor.invocation(&mac);
        (extractor.effort.seen, extractor.effort.is_spent())
    }

    /// In none of them can anything be made of the innermost.
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
