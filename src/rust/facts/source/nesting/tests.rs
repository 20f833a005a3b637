//! The bound of nesting, tested on texts that nest in every way that the grammar has, each way
//! inside each other.

use crate::rust::facts::source::{Source, prepare};
use crate::rust::facts::{STACK, extract};

/// The kinds of syntax that nest in each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Expression,
    Type,
    Pattern,
    /// Statements, including items.
    Statements,
}
use Sort::{Expression, Pattern, Statements, Type};

/// A kind of syntax, the text up to a nested kind of syntax, that kind, and the text after it.
type Link = (Sort, &'static str, Sort, &'static str);

const LINKS: &[Link] = &[
    (Expression, "(", Expression, ")"),
    (Expression, "[", Expression, "]"),
    (Expression, "[0, 1; ", Expression, "]"),
    (Expression, "!", Expression, ""),
    (Expression, "-", Expression, ""),
    (Expression, "&", Expression, ""),
    (Expression, "&mut *", Expression, ""),
    (Expression, "a = ", Expression, ""),
    (Expression, "a += ", Expression, ""),
    (Expression, "(a < b, c > d, ", Expression, ")"),
    (Expression, "a | ", Expression, ""),
    (Expression, "a | |a, b| ", Expression, ""),
    (Expression, "A {} | |a, b| ", Expression, ""),
    (Expression, "|a, b| ", Expression, ""),
    (Expression, "|a: fn() -> fn() -> u8, b| ", Expression, ""),
    (Expression, "|a, b: A<u8>| ", Expression, ""),
    (Expression, "move || ", Expression, ""),
    (Expression, "return |a, b| ", Expression, ""),
    (Expression, "break 'a ", Expression, ""),
    (Expression, "#[a] ", Expression, ""),
    (Expression, "f(a, b, ", Expression, ")"),
    (Expression, "a.f(", Expression, ", b).g()"),
    (Expression, "A { a, b: ", Expression, ", c }"),
    (Expression, "if a {} else ", Statements, ""),
    (Expression, "if a => {}.b { } else if ", Expression, " {}"),
    (Expression, "if ", Expression, " {}"),
    (Expression, "if let A {} = ", Expression, " {}"),
    (Expression, "while ", Expression, " {}"),
    (Expression, "for S {} in ", Expression, " {}"),
    (Expression, "match a { A {} if b => c, _ => ", Expression, " }"),
    (Expression, "match a { A {} if ", Expression, " => b }"),
    (Expression, "{", Statements, "}"),
    (Expression, "unsafe {", Statements, "}"),
    (Expression, "async move {", Statements, "}"),
    (Expression, "|a, b: fn(A) -> B| -> C {", Statements, "}"),
    (Expression, "a::<", Type, ">"),
    (Expression, "a::<fn() -> u8, ", Type, ">"),
    (Expression, "A {} as ", Type, ""),
    (Expression, "<", Type, ">::a"),
    (Expression, "|a: ", Type, "| b"),
    (Expression, "match a { ", Pattern, " => b }"),
    (Expression, "|", Pattern, ", a| b"),
    (Expression, "if let ", Pattern, " = a {}"),
    (Pattern, "(a, ", Pattern, ")"),
    (Pattern, "&", Pattern, ""),
    (Pattern, "a @ ", Pattern, ""),
    (Pattern, "A(", Pattern, ", ..)"),
    (Pattern, "A { a, b: ", Pattern, ", .. }"),
    (Pattern, "[", Pattern, ", ..]"),
    (Pattern, "(| A {} | ", Pattern, ")"),
    (Pattern, "A::<", Type, ">::B"),
    (Type, "A<", Type, ">"),
    (Type, "A<fn() -> u8, ", Type, ">"),
    (Type, "A<u8, B = ", Type, ">"),
    (Type, "A<<B as C<u8>>::D, ", Type, ">"),
    (Type, "A<{ a > b }, ", Type, ">"),
    (Type, "A<-1, ", Type, ">"),
    (Type, "<", Type, " as A<u8, B>>::C"),
    (Type, "<A as B<u8, ", Type, ">>::C"),
    (Type, "fn(A<u8>, ", Type, ")"),
    (Type, "fn() -> ", Type, ""),
    (Type, "for<'a, 'b> fn(A) -> ", Type, ""),
    (Type, "A<impl Fn(u8) -> u8, ", Type, ">"),
    (Type, "A<dyn Fn(u8) -> ", Type, ">"),
    (Type, "Box<dyn A + B<u8, ", Type, ">>"),
    (Type, "(u8, ", Type, ")"),
    (Type, "[", Type, "]"),
    (Type, "&'a mut ", Type, ""),
    (Type, "*const ", Type, ""),
    (Type, "[u8; ", Expression, "]"),
    (Type, "A<{", Statements, "}, u8>"),
    (Statements, "let a = ", Expression, ";"),
    (Statements, "let a: ", Type, ";"),
    (Statements, "let ", Pattern, " = b;"),
    (Statements, "let a = b else {", Statements, "};"),
    (Statements, "a(b); if c {} ", Expression, ""),
    (Statements, "a(b); if c {} #[d] ", Expression, ""),
    (Statements, "const A: u8 = ", Expression, ";"),
    (Statements, "type A<T, U> = ", Type, ";"),
    (Statements, "fn a<T: A<u8>, U>(b: u8) -> u8 where T: B<u8>, U: C {", Statements, "}"),
    (Statements, "struct A<T> { a: B<T>, b: ", Type, " }"),
    (Statements, "struct A(pub(crate) <B as C>::D, ", Type, ");"),
    (Statements, "impl A<", Type, "> for B {}"),
    (Statements, "impl A { const B: u8 = ", Expression, "; fn c() {} }"),
    (Statements, "trait A: B<u8> { fn a() {", Statements, "} }"),
    (Statements, "enum A { B = 1 << 2, C = ", Expression, " }"),
];

/// Cycles of at most three links, each of which starts with the kind that the previous one nests.
fn rings() -> Vec<Vec<Link>> {
    let mut rings = Vec::new();
    for &first in LINKS {
        if first.2 == first.0 {
            rings.push(vec![first]);
        }
        for &second in LINKS.iter().filter(|link| link.0 == first.2) {
            if second.2 == first.0 {
                rings.push(vec![first, second]);
            } else {
                let thirds = LINKS.iter().filter(|link| link.0 == second.2 && link.2 == first.0);
                rings.extend(thirds.map(|&third| vec![first, second, third]));
            }
        }
    }
    rings
}

/// A file in which the links of a ring nest `times` times.
fn nested(ring: &[Link], times: usize) -> String {
    let (before, middle, behind) = match ring[0].0 {
        Expression => ("const A: u8 = ", "a", ";"),
        Type => ("type A = ", "u8", ";"),
        Pattern => ("fn a() { let ", "a", " = b; }"),
        Statements => ("fn a() {", "", "}"),
    };
    let opening: String = ring.iter().map(|link| link.1).collect();
    let closing: String = ring.iter().rev().map(|link| link.3).collect();
    [before, opening.repeat(times).as_str(), middle, closing.repeat(times).as_str(), behind].concat()
}

fn prepared(text: String) -> Source {
    prepare(text.into_bytes()).expect("it is UTF-8")
}

#[test]
fn the_bound_grows_with_whatever_nests() {
    let mut grammatical = 0;
    let mut wrong = Vec::new();
    for ring in rings() {
        let text = nested(&ring, 2);
        if syn::parse_file(&text).is_err() {
            continue;
        }
        grammatical += 1;
        let [shallow, deep] = [40, 80].map(|times| prepared(nested(&ring, times)).depth);
        if deep - shallow < 40 * ring.len() {
            wrong.push((text, deep - shallow));
        }
    }
    assert!(wrong.is_empty(), "{} of {grammatical}: {wrong:#?}", wrong.len());
    assert!(grammatical > 1500, "{grammatical}");
}

/// If a token takes more stack than is reserved for it, this test aborts instead of failing.
#[test]
fn a_token_takes_no_more_stack_than_is_set_aside() {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(|| {
        for ring in rings().into_iter().filter(|ring| ring.len() < 3).step_by(7) {
            let once = prepared(nested(&ring, 2)).tokens - prepared(nested(&ring, 1)).tokens;
            let facts = extract(&prepared(nested(&ring, 3_000 / once)));
            assert!(facts.diagnostics.iter().all(|diagnostic| diagnostic.code.name == "syntax"));
        }
    });
    thread.expect("a thread").join().expect("no panic");
}
