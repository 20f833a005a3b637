//! Types that grow, and searches that multiply, until inference gives up.

use std::fmt::Write as _;

use super::Hostile;

/// A type with a method, and a function that needs the type of a value.
const START: &str = "pub struct S; impl S { pub fn f(&self) {} }\n";

fn each(n: usize, piece: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut text, at| {
        let _ = writeln!(text, "{}", piece(at));
        text
    })
}

/// Checks a workspace with this source as a module of its own.
fn check(source: &str) -> super::Run {
    let case = Hostile::new().module("costly", format!("{START}{source}"));
    let (_, check) = case.verdicts().unwrap_or_else(|problem| panic!("{problem}: {source:.300}"));
    check
}

/// Real crates contain these: a supertrait's argument is an associated type of `Self`.
#[test]
fn bounds_that_ask_for_themselves() {
    let run = check(
        "use std::ops::*; pub trait V: Mul<Self::N, Output = Self> + Div<Self::N, Output = Self> + Add<Self, Output = Self> + Neg<Output = Self> + Copy { type N: F; const ONE: Self; fn lerp(self, other: Self, t: Self::N) -> Self { self * (Self::N::ONE - t) + other * t } } pub trait F: V<N = Self> + Add<Self::N, Output = Self> + Sub<Self, Output = Self> { const ONE: Self; fn r(self) -> Self::N { self.lerp(self, Self::N::ONE) } }",
    );
    assert!(!run.output.contains("too many steps"), "{}", run.output);
}

#[test]
fn growth_that_ends_in_a_finding() {
    let doubled = each(60, |i| format!("let a{j} = (a{i}, a{i}); let b{j} = (b{i}, b{i});", j = i + 1));
    let defaults = each(44, |i| {
        let of = if i == 0 { "S".to_owned() } else { format!("D{i}") };
        format!("pub struct D{}<T = {of}, U = {of}>(T, U);", i + 1)
    });
    let aliases = each(44, |i| format!("type A{} = (A{i}, A{i});", i + 1));
    let parameters: String = (0..20_000).map(|i| format!("T{i},")).collect();
    let sources = [
        format!("fn g(a0: S, b0: S) {{ {doubled} let mut c = a60; c = b60; S.f(); }}"),
        format!("{defaults} fn g(d: D44) {{ d.0; S.f(); }}"),
        format!("type A0 = S; {aliases} {}", "fn g(a: A44) { a.0; S.f(); }".repeat(100)),
        format!("fn w<{parameters}>() {{}} fn g() {{ {} S.f(); }}", "w();".repeat(20_000)),
    ];
    for source in sources {
        let run = check(&source);
        let said = run.output + &run.errors;
        assert!(said.contains("costly.rs") && said.contains("too many steps"), "{said}");
    }
}

#[test]
fn searches_that_multiply() {
    let of_all =
        each(300, |i| format!("struct A{i}<X>(X); impl<X> T for X where A{i}<X>: T {{ fn t(&self) {{}} }}"));
    let of_one = each(300, |_| "impl<X> T for W<X> where W<(X,)>: T {}".to_owned());
    check(&format!("trait T {{ fn t(&self); }} {of_all} fn g(s: S) {{ s.t(); s.f(); }}"));
    check(&format!(
        "trait T {{ fn t(&self) {{}} }} struct W<X>(X); {of_one} fn g(w: W<S>) {{ w.t(); w.0.f(); }}"
    ));
    check(
        "type A<T> = B<(T, T)>; type B<T> = A<(T, T)>; trait I { type I: I; } impl I for S { type I = <<S as I>::I as I>::I; } fn g(a: A<u8>, b: <S as I>::I) { a.m(); b.f(); }",
    );
}
