//! Syntax that the parser refuses, of older editions and of older or nightly compilers: its tokens
//! are rewritten to syntax that the parser accepts.
//!
//! The edition of a text is not known here, and need not be: the newest edition refuses all syntax
//! that is rewritten, so rewriting is tried only on text that does not parse. Every token of the
//! source keeps its position.
//!
//! - Parameters without a name, in traits of edition 2015: `fn f(&str);` becomes `fn f(_: &str);`.
//! - Trait objects without `dyn`, before edition 2021: `Box<Fn(u8)>` becomes `Box<dyn Fn(u8)>`.
//!   Trait objects whose path does not end in a list in parentheses parse as they are.
//! - Keywords that were names: `async`, `await`, `dyn`, `try`. They become raw identifiers.
//! - `const` in places where the nightly compiler accepts or accepted it, which does not change the
//!   named item: `impl const From<T> for S`, `const impl From<T> for S`, `~const From<T>`.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};

/// Parses a text as a file of an older edition.
pub fn parse_file(text: &str) -> syn::Result<syn::File> {
    syn::parse2(rewritten(text.parse()?))
}

/// Rewrites tokens. Recurses into their groups.
fn rewritten(tokens: TokenStream) -> TokenStream {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut signature = Signature::Outside;
    let mut out: Vec<TokenTree> = Vec::with_capacity(trees.len());
    for (at, tree) in trees.iter().enumerate() {
        let is_parameters = signature.goes_on(at, &trees);
        match tree {
            TokenTree::Group(group) if is_definition(&trees, at) => out.push(group.clone().into()),
            TokenTree::Group(group) => {
                let content = rewritten(group.stream());
                let content = if is_parameters { with_names(content) } else { content };
                let mut new = Group::new(group.delimiter(), content);
                new.set_span(group.span());
                out.push(new.into());
            }
            _ if is_const_trait(&trees, at) => {}
            TokenTree::Ident(ident) if is_name(&trees, at) => {
                out.push(Ident::new_raw(&ident.to_string(), ident.span()).into());
            }
            tree => {
                if let Some(start) = bare_object(&trees, at) {
                    // No token was added since the path or its `for` started.
                    let start = out.len() - (at - start);
                    out.insert(start, Ident::new("dyn", Span::call_site()).into());
                }
                out.push(tree.clone());
            }
        }
    }
    out.into_iter().collect()
}

/// The part of a function's signature that has been read so far.
enum Signature {
    Outside,
    /// After `fn`.
    Name,
    /// After the name, inside this many `<`.
    Generics(usize),
}

impl Signature {
    /// Reads the tree at `at`. Returns whether the tree holds the parameters.
    fn goes_on(&mut self, at: usize, trees: &[TokenTree]) -> bool {
        *self = match (&*self, &trees[at]) {
            (_, TokenTree::Ident(word)) if word == "fn" => Self::Name,
            (Self::Name, TokenTree::Ident(_)) => Self::Generics(0),
            (Self::Generics(0), TokenTree::Group(group)) => {
                *self = Self::Outside;
                return group.delimiter() == Delimiter::Parenthesis;
            }
            (Self::Generics(0), tree) if !is_punct(Some(tree), '<') => Self::Outside,
            (Self::Generics(depth), tree) => Self::Generics(angles(*depth, trees, at, tree)),
            _ => Self::Outside,
        };
        false
    }
}

/// The number of `<` that are open after a tree.
fn angles(depth: usize, trees: &[TokenTree], at: usize, tree: &TokenTree) -> usize {
    let is_arrow = at > 0 && (is_punct(trees.get(at - 1), '-') || is_punct(trees.get(at - 1), '='));
    match tree {
        TokenTree::Punct(punct) if punct.as_char() == '<' => depth + 1,
        TokenTree::Punct(punct) if punct.as_char() == '>' && !is_arrow => depth.saturating_sub(1),
        _ => depth,
    }
}

fn is_punct(tree: Option<&TokenTree>, wanted: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn is_word(tree: Option<&TokenTree>, words: &[&str]) -> bool {
    matches!(tree, Some(TokenTree::Ident(ident)) if words.iter().any(|word| ident == word))
}

/// The tree before the one at `at`.
fn before(trees: &[TokenTree], at: usize) -> Option<&TokenTree> {
    at.checked_sub(1).and_then(|before| trees.get(before))
}

/// Whether the group at `at` holds the rules of a macro, which match tokens as they are written.
fn is_definition(trees: &[TokenTree], at: usize) -> bool {
    at > 2 && is_punct(trees.get(at - 2), '!') && is_word(trees.get(at - 3), &["macro_rules"])
}

/// The parameters, with `_` as the name of those that have none.
fn with_names(parameters: TokenStream) -> TokenStream {
    let trees: Vec<TokenTree> = parameters.into_iter().collect();
    let (mut out, mut start, mut depth) = (Vec::with_capacity(trees.len()), 0, 0);
    for (at, tree) in trees.iter().enumerate() {
        depth = angles(depth, &trees, at, tree);
        if depth == 0 && is_punct(Some(tree), ',') {
            with_name(&trees[start..at], &mut out);
            out.push(tree.clone());
            start = at + 1;
        }
    }
    with_name(&trees[start..], &mut out);
    out.into_iter().collect()
}

fn with_name(mut parameter: &[TokenTree], out: &mut Vec<TokenTree>) {
    while is_punct(parameter.first(), '#') && parameter.len() > 1 {
        out.extend_from_slice(&parameter[..2]);
        parameter = &parameter[2..];
    }
    let is_receiver = is_word(parameter.last(), &["self"]);
    if !parameter.is_empty() && !is_receiver && !is_punct(parameter.first(), '.') && !has_colon(parameter) {
        out.push(Ident::new("_", Span::call_site()).into());
        out.push(Punct::new(':', Spacing::Alone).into());
    }
    out.extend_from_slice(parameter);
}

/// Whether the trees have a `:` outside of paths and generic arguments.
fn has_colon(trees: &[TokenTree]) -> bool {
    let mut depth = 0;
    (0..trees.len()).any(|at| {
        depth = angles(depth, trees, at, &trees[at]);
        let is_path = is_punct(before(trees, at), ':') || is_punct(trees.get(at + 1), ':');
        depth == 0 && is_punct(trees.get(at), ':') && !is_path
    })
}

/// Words that come directly before a declared name.
const DECLARING: &[&str] = &[
    "as", "const", "crate", "enum", "fn", "let", "mod", "mut", "ref", "static", "struct", "trait", "type",
    "union", "use",
];

/// Whether the word at `at` is a name, although it is a keyword in newer editions.
fn is_name(trees: &[TokenTree], at: usize) -> bool {
    let TokenTree::Ident(ident) = &trees[at] else { return false };
    let word = ident.to_string();
    let (last, next) = (before(trees, at), trees.get(at + 1));
    let is_declared = is_word(last, DECLARING);
    let is_part_of_path =
        is_punct(last, '.') || (is_punct(last, ':') && at > 1 && is_punct(trees.get(at - 2), ':'));
    let is_braced = matches!(next, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace);
    match word.as_str() {
        "await" => !is_punct(last, '.'),
        "try" => is_declared || !(is_braced || is_punct(next, '!')),
        "async" => {
            let begins = ["fn", "move", "unsafe", "extern", "Fn", "FnMut", "FnOnce"];
            is_declared || is_part_of_path || !(is_braced || is_punct(next, '|') || is_word(next, &begins))
        }
        "dyn" => {
            // A type may follow, too, as in `&mut dyn T`.
            let is_declared = is_declared && !is_word(last, &["as", "const", "mut"]);
            is_declared || is_part_of_path || !starts_bounds(ident, next)
        }
        _ => false,
    }
}

/// Whether the bounds of a trait object may follow a `dyn`. In `dyn::f` and `dyn(x)`, where no
/// space follows, `dyn` is a name.
fn starts_bounds(dyn_: &Ident, next: Option<&TokenTree>) -> bool {
    match next {
        Some(TokenTree::Ident(word)) => word != "as" && word != "in" && word != "if",
        Some(TokenTree::Punct(punct)) if matches!(punct.as_char(), '\'' | '?' | '<' | '~') => true,
        Some(TokenTree::Punct(punct)) if punct.as_char() == ':' => dyn_.span().end() != punct.span().start(),
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            dyn_.span().end() != group.span_open().start()
        }
        _ => false,
    }
}

/// Whether the tree at `at` is the `const` of a trait in an `impl` or a bound, or the `~` before
/// that `const`.
fn is_const_trait(trees: &[TokenTree], at: usize) -> bool {
    let (last, tree, next) = (before(trees, at), trees.get(at), trees.get(at + 1));
    if is_punct(tree, '~') {
        return is_word(next, &["const"]);
    }
    let names = matches!(next, Some(TokenTree::Ident(word)) if word != "fn" && word != "unsafe");
    let is_of_impl = || {
        let generics = is_punct(last, '>').then(|| opening(trees, at - 1)).flatten();
        is_word(last, &["impl"]) || generics.is_some_and(|open| is_word(before(trees, open), &["impl"]))
    };
    is_word(tree, &["const"]) && names && (is_punct(last, '~') || is_word(next, &["impl"]) || is_of_impl())
}

/// The position of the `<` that the `>` at `at` closes.
fn opening(trees: &[TokenTree], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    (at.saturating_sub(FARTHEST_ANGLE)..=at).rev().find(|&place| {
        depth += usize::from(is_punct(trees.get(place), '>'));
        depth -= usize::from(is_punct(trees.get(place), '<')).min(depth);
        depth == 0
    })
}

/// The traits whose arguments are written in parentheses.
const CALLABLE: &[&str] = &["Fn", "FnBox", "FnMut", "FnOnce"];

/// The maximum number of trees before a `>` that are searched for its `<`.
const FARTHEST_ANGLE: usize = 64;

/// The start of the trait object without `dyn` whose trait is named at `at`, if it is in a type.
fn bare_object(trees: &[TokenTree], at: usize) -> Option<usize> {
    let arguments = trees.get(at + 1);
    let is_called = matches!(arguments, Some(TokenTree::Group(g)) if g.delimiter() == Delimiter::Parenthesis);
    if !is_called || !is_word(trees.get(at), CALLABLE) {
        return None;
    }
    let mut start = at;
    while start > 1 && is_punct(trees.get(start - 1), ':') && is_punct(trees.get(start - 2), ':') {
        start -= 2;
        start -= usize::from(matches!(before(trees, start), Some(TokenTree::Ident(_))));
    }
    if is_punct(before(trees, start), '>') {
        start = quantifier(trees, start)?;
    }
    let is_type = match before(trees, start) {
        None => true,
        Some(TokenTree::Punct(punct)) => match punct.as_char() {
            '<' | ',' | '&' | '=' => true,
            // `-> Fn()`
            '>' => is_punct(before(trees, start - 1), '-'),
            _ => false,
        },
        Some(TokenTree::Ident(word)) => {
            let is_lifetime = start > 1 && is_punct(trees.get(start - 2), '\'');
            is_lifetime || ["as", "const", "for", "mut"].iter().any(|before| word == before)
        }
        Some(_) => false,
    };
    is_type.then_some(start)
}

/// The start of the `for<…>` that ends before `end`.
fn quantifier(trees: &[TokenTree], end: usize) -> Option<usize> {
    let mut depth = 0usize;
    for at in (end.saturating_sub(FARTHEST_ANGLE)..end).rev() {
        depth += usize::from(is_punct(trees.get(at), '>'));
        if is_punct(trees.get(at), '<') {
            depth = depth.checked_sub(1)?;
        }
        if depth == 0 {
            return at.checked_sub(1).filter(|&at| is_word(trees.get(at), &["for"]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rewritten text. The parser must accept it, and refuse the original.
    fn rewrite(text: &str) -> String {
        assert!(syn::parse_file(text).is_err(), "the parser accepts {text}");
        let rewritten = rewritten(text.parse().expect("tokens"));
        assert!(syn::parse2::<syn::File>(rewritten.clone()).is_ok(), "the parser refuses {rewritten}");
        let spaced = rewritten.to_string().replace(' ', "");
        spaced.replace("dyn", "dyn ").replace("_:", "_: ")
    }

    #[test]
    fn trait_objects_get_their_dyn() {
        for (older, newer) in [
            ("type A = Box<Fn(u8)>;", "typeA=Box<dyn Fn(u8)>;"),
            ("type A = &'static Fn(u8);", "typeA=&'staticdyn Fn(u8);"),
            ("type A = &mut std::ops::FnMut() -> B;", "typeA=&mutdyn std::ops::FnMut()->B;"),
            (
                "type A = Box<for<'a> Fn(&'a u8) -> B<'a> + Send>;",
                "typeA=Box<dyn for<'a>Fn(&'au8)->B<'a>+Send>;",
            ),
            ("type A = &(Fn(u8) + Send);", "typeA=&(dyn Fn(u8)+Send);"),
            ("impl A for Fn(u8) {}", "implAfordyn Fn(u8){}"),
            (
                "fn f(a: &mut dyn T, b: *const dyn T, c: &Fn(u8)) { a as dyn T; }",
                "fnf(a:&mutdyn T,b:*constdyn T,c:&dyn Fn(u8)){aasdyn T;}",
            ),
            (
                "fn f<F: Fn(u8)>(a: Rc<FnOnce()>) where F: Fn(A) -> Box<Fn(B)> {}",
                "fnf<F:Fn(u8)>(a:Rc<dyn FnOnce()>)whereF:Fn(A)->Box<dyn Fn(B)>{}",
            ),
        ] {
            assert_eq!(rewrite(older), newer);
        }
    }

    #[test]
    fn parameters_get_a_name() {
        for (older, newer) in [
            ("trait T { fn f(u8); }", "traitT{fnf(_: u8);}"),
            ("trait T { fn f(&self, &str, A<B, C>) -> u8; }", "traitT{fnf(&self,_: &str,_: A<B,C>)->u8;}"),
            (
                "trait T { fn f<A: B<C>>(a::A, (u8, u8), b: c::D,); }",
                "traitT{fnf<A:B<C>>(_: a::A,_: (u8,u8),b:c::D,);}",
            ),
            (
                "trait T { fn f(&'a mut self, fn(u8) -> u8, Box<Fn(u8)>); }",
                "traitT{fnf(&'amutself,_: fn(u8)->u8,_: Box<dyn Fn(u8)>);}",
            ),
        ] {
            assert_eq!(rewrite(older), newer);
        }
    }

    #[test]
    fn traits_are_implemented_without_const() {
        for (nightly, stable) in [
            ("impl const A for B { const C: u8 = 1; }", "implAforB{constC:u8=1;}"),
            ("impl<T: ~const A> const B<T> for C<T> {}", "impl<T:A>B<T>forC<T>{}"),
            (
                "impl<const N: usize> const a::A for [u8; N] { const fn f() {} }",
                "impl<constN:usize>a::Afor[u8;N]{constfnf(){}}",
            ),
        ] {
            assert_eq!(rewrite(nightly), stable);
        }
    }

    #[test]
    fn keywords_become_names() {
        for (older, newer) in [
            ("struct try; fn f() { try!(try::g()); }", "structr#try;fnf(){try!(r#try::g());}"),
            ("mod async {} use a::async::b;", "modr#async{}usea::r#async::b;"),
            (
                "fn await(dyn: u8) { dyn.f(); dyn::g(dyn) }",
                "fnr#await(r#dyn :u8){r#dyn .f();r#dyn ::g(r#dyn )}",
            ),
            (
                "fn f() { async { a.await }; async(1); a.async() }",
                "fnf(){async{a.await};r#async(1);a.r#async()}",
            ),
        ] {
            assert_eq!(rewrite(older), newer);
        }
    }
}
