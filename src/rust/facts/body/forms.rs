//! The code of signatures and bodies, form by form. Each expectation holds for the walk over tokens
//! and for the walk over the tree.

use crate::rust::facts::{
    FileFacts,
    extract::{with_bodies, without_bodies},
    model::code::written::written,
    source::prepare,
};

/// The facts of a text by both walks; the first may need the tree of the whole text.
fn facts(text: &str) -> [FileFacts; 2] {
    let source = prepare(text.as_bytes().to_vec()).expect("the text is short");
    let slow = with_bodies(&source, None);
    [without_bodies(&source).unwrap_or_else(|| slow.clone()), slow]
}

/// Compares the code of a text with the expectation, which holds by both walks.
#[track_caller]
fn check(text: &str, expected: &str) {
    for facts in facts(text) {
        assert!(facts.diagnostics.is_empty(), "{text}: {:?}", facts.diagnostics);
        assert_eq!(facts.unsound(), None, "{text}");
        assert_eq!(written(&facts), expected, "{text}");
    }
}

/// Each body, with the statements and the value that it consists of.
const BODIES: &[(&str, &str)] = &[
    ("1; 2u8; 0xeF; 1e5; 1usize; 1f32; 1.0f64", "1; 1u8; 1; 1.0; 1usize; 1.0f32; 1.0f64"),
    (
        "\"a\"; r#\"a\"#; b\"a\"; br\"a\"; c\"a\"; 'a'; b'a'; true",
        "\"\"; \"\"; b\"\"; b\"\"; c\"\"; ' '; b' '; true",
    ),
    (
        "a; a::b; ::a; crate::a; self; self::a; super::super::a; Self; Self::A",
        "a; a::b; ::a; crate::a; self; self::a; super::super::a; Self; Self::A",
    ),
    ("a::<B, 'c, 3>::d::<[E]>", "a::<B, ?>::d::<[E]>"),
    ("<A as B<C>>::d::<E>(f); <[A]>::b", "<A as B<C>>::d<E>(f); <[A]>::b"),
    // Calls, methods and fields.
    ("a(b, c,)(d)", "a(b, c)(d)"),
    ("a.b.c().d::<E, 'f>(g)?.0.1.2.await[h]", "a.b.c().d::<E>(g)?.0.1.2.await[h]"),
    ("(a.b)(c); self.f(&mut d)", "a.b(c); self.f((&d))"),
    // Operators.
    ("a + b * c - d / e % f", "((a + (b * c)) - ((d / e) % f))"),
    ("a & b | c ^ d << e >> f == g && h || i", "(((((a & b) & (c & ((d << e) << f))) == g) && h) && i)"),
    ("!a && -b < *c as D as E", "((!a) && ((!b) == (((*c) as D) as E)))"),
    ("&&a; &mut a.b(); &raw const a; *&*a", "(&(&a)); (&a.b()); (&a); (*(&(*a)))"),
    ("a = b = c; a += b + c; _ = d", "(a = (b = c)); (a = (b + c)); (? = d)"),
    ("a..b; a + 1..=b; ..; ..a; ..=a.b(); a..", "(a..b); ((a + 1)..=b); (..); (..a); (..=a.b()); (a..)"),
    ("(a && (b || c)) && !(d && e)", "((a && (b && c)) && (!(d && e)))"),
    ("(a); (a,); (); (a, b)", "a; (a,); (,); (a, b,)"),
    ("[]; [a]; [a, b,]; [a; b.c()]", "[]; [a]; [a, b]; [a; b.c()]"),
    // Structs.
    ("A { b, c: d.e(), 0: f, ..g() }", "A { b: b, c: d.e(), 0: f, ..g() }"),
    ("a::A::<B> { }; A { #[cfg(x)] b: c, .. } = d", "a::A::<B> {  }; (A { b: c } = d)"),
    // Blocks and control structures.
    (
        "{ a; b }; unsafe { c }; async move { d }; 'e: { break 'e f }; const { g }",
        "{ a; b }; { c }; async { d }; 'label: { break f }; { g }",
    ),
    (
        "if a { b } else if let C(d) = e && f { } else { g; }",
        "if a { b } else if ((let C(d) = e) && f) { } else { g; }",
    ),
    ("if a { b } if c { d }", "if a { b }; if c { d }"),
    ("if a { b }.c(); match d { _ => e }?", "if a { b }.c(); match d { _ => e }?"),
    (
        "match a { B | C if d => e, F { g, .. } => { h } _ => i }",
        "match a { (B | C) if d => e, F { g: g! } => { h }, _ => i }",
    ),
    (
        "while let Some(a) = b.c() { continue } 'd: loop { break 'd; }",
        "while (let Some(a) = b.c()) { continue }; loop { break; }",
    ),
    ("for (a, b) in c.d() { return a; }", "for (a, b,) in c.d() { return a; }"),
    (
        "|a, &b: &C| a.d(b); move || -> D { e }; async |f| f",
        "(|a, &b: &C| a.d(b)); (|| -> D { e }); (async |f| f)",
    ),
    ("return; return a; break; break a.b()", "return; return a; break; break a.b()"),
    // Statements.
    ("let a; let b: C = d; let e = f else { return };", "let a; let b: C = d; let e = f else { return };"),
    (
        "let A::B(ref c, mut d, .., e @ F { g: 0..=9, h: _ }) = i;",
        "let A::B(ref c!, d!, .., e! @ F { g: ?, h: _ }) = i;",
    ),
    (
        "let [a, b @ .., &c] = d; let (e) = f; let (..) = g; let (H | (I)) = j;",
        "let [a, b! @ .., &c] = d; let e = f; let (..,) = g; let (H | I) = j;",
    ),
    (
        "let a::B = c; let A..=B = d; let -1 = e; let <A as B>::C = f;",
        "let path a::B = c; let ? = d; let ? = e; let ? = f;",
    ),
    (";; a;; ;", "a;"),
    ("m! { a } m! { b }", "m!(a); m!(b)"),
    ("m!(a); m![b].c(); a::m!{c}", "m!(a); m!(b).c(); a::m!(c)"),
    // Macros.
    ("format!(\"{}\", a.b(), c = d.e())", "format!(\"\", a.b(), d.e())"),
    ("vec![a.b(); n]; assert!(a == b, \"c\")", "vec!(a.b(), n); assert!((a == b), \"\")"),
    ("matches!(a, B(_) if c.d())", "matches!(match a { B(_) if c.d() => true })"),
    ("m!(a => b, c => d.e()); quote!(a.b())", "m!(b, d.e()); quote!()"),
    (
        "s!(a = b.c() => a.d(), e = f => { g })",
        "s!(match b.c().await { a => a.d() }, match f.await { e => { g } })",
    ),
    ("m!(let a = b; a.c())", "m!({ let a = b; a.c() })"),
    // Types.
    ("let a: (&B, *const C, [D], [E; 2], (F), (), !, _);", "let a: (&B, *C, [D], [E; N], F, (), !, _);"),
    (
        "let a: fn(b: B, &mut C) -> D; let e: Box<dyn Fn(F, G) -> H + Send + 'i>;",
        "let a: fn(B, &C) -> D; let e: Box<dyn Fn<(F, G), Output = H> + Send>;",
    ),
    (
        "let a: &dyn Fn(); let b: impl for<'c> D<'c, E = F> + ?Sized; let g: m!(h);",
        "let a: &dyn Fn<(), Output = ()>; let b: impl D<E = F>; let g: ?;",
    ),
    (
        "let a: <B as C<D>>::E<F>; let g: T::H; let i: J<{ 1 }, -1>;",
        "let a: <B as C<D>>::E<F>; let g: T::H; let i: J<?, ?>;",
    ),
];

#[test]
fn bodies() {
    for (body, expected) in BODIES {
        check(&format!("fn f() {{ {body} }}"), &format!("fn f() = {{ {expected} }}"));
    }
}

const ITEMS: &[(&str, &str)] = &[
    (
        "fn f<T: A + B, const N: C, U = D>(a: T, (b, c): &E) -> F where T: G, [T]: H<I> { }",
        "fn f<T, N, U = D where T: A, T: B, T: G, [T]: H<I>>(a: T, (b, c,): &E) -> F = { }",
    ),
    (
        "async fn f(mut a: B) {} extern \"C\" { fn g(a: B, ...); static C: D; }",
        "async fn f(a!: B) = { }\nfn g(a: B)\nvalue C -> D",
    ),
    (
        "const A: B = c(); static D: E = F; const _: () = g.h(); type I<J> = K<J>;",
        "value A -> B = c()\nvalue D -> E = F\nvalue _ -> () = g.h()\ntype I<J> -> K<J>",
    ),
    (
        "struct A; struct B<T>(C, T); struct D { e: F, #[cfg(g)] h: I } union J { k: L }",
        "shape A {  }\nshape B<T> { 0: C, 1: T }\nshape D { e: F, h: I }\nshape J { k: L }",
    ),
    (
        "enum A<T> { B, C(D, T), E { f: G } = 3 }",
        "shape A<T> {  }\nshape A::B<T> {  }\nshape A::C<T> { 0: D, 1: T }\nshape A::E<T> { f: G }",
    ),
    (
        "trait A<T>: B + ?Sized + C<T> { const D: E = f(); type G: H + I = J; fn k(&self, l: L) { m() } fn n(self: Box<Self>); o!(); }",
        "trait A<T>: B + C<T>\ntrait 0: value D -> E = f()\ntrait 0: type G: H + I -> J\ntrait 0: fn k(self: &Self, l: L) = { m() }\ntrait 0: fn n(self: Box<Self>)",
    ),
    (
        "impl<T: A> B<T> for C<T> where T: D { type E = F; const G: H = i; fn j(self) {} fn k(&mut self) {} }",
        "impl<T where T: A, T: D> B<T> for C<T>\nimpl 0: type E -> F\nimpl 0: value G -> H = i\nimpl 0: fn j(self: Self) = { }\nimpl 0: fn k(self: &Self) = { }",
    ),
    (
        "impl A { fn b() { fn c() { d() } impl E { fn f() {} } } }",
        "impl A\nimpl E\nfn c() = { d() }\nimpl 1: fn f() = { }\nimpl 0: fn b() = { in 1 }",
    ),
    (
        "trait B = C + D; fn e() { fn a() {} b; use c::d; }",
        "trait B: C + D\nfn a() = { }\nfn e() = { in 1 b; }",
    ),
];

#[test]
fn items() {
    for (text, expected) in ITEMS {
        check(text, expected);
    }
}

/// Names behind dots and in braces have the spans and the conditions of the source.
#[test]
fn members_have_places() {
    let text = "fn f() {\n    a.bc.0.12.de();\n    #[cfg(x)]\n    G { h, i: j } = k;\n}";
    for facts in facts(text) {
        let member = |name: &str| {
            let found = facts.code.members.iter().find(|member| facts.names.text(member.name) == name);
            found.unwrap_or_else(|| panic!("{name}"))
        };
        for (name, line, start, end) in [
            ("bc", 2, 7, 9),
            ("0", 2, 10, 11),
            ("12", 2, 12, 14),
            ("de", 2, 15, 17),
            ("h", 4, 9, 10),
            ("i", 4, 12, 13),
        ] {
            let span = member(name).span;
            assert_eq!((span.start.line, span.start.column, span.end.column), (line, start, end), "{name}");
        }
        assert_eq!(member("bc").condition.raw(), 0);
        assert_eq!(member("h").condition.raw(), 1);
    }
}
