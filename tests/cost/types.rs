//! Associated items, and the types of values.

use crate::input::{Class, each, source};

pub const CLASSES: &[Class] = &[
    Class("associated items of one name", 4_000, |n| {
        source(format!("struct S; {}", "impl S { fn f() { S::f(); } }".repeat(n)))
    }),
    Class("traits with an item of one name", 2_000, |n| {
        let traits = each(n, |i| format!("trait T{i} {{ fn f(); }} impl T{i} for S {{ fn f() {{}} }}"));
        source(format!("struct S; {traits} fn g() {{ {} }}", "S::f();".repeat(n)))
    }),
    Class("items of many bounds", 1_000, |n| {
        let traits = each(n, |i| format!("trait T{i} {{ fn f{i}(); }}"));
        let bounds = each(n, |i| format!("X: T{i},"));
        let uses = each(n, |i| format!("X::f{i}();"));
        source(format!("{traits} fn g<X>() where {bounds} {{ {uses} }}"))
    }),
    Class("methods in a chain", 1_000, |n| {
        source(format!(
            "struct S; impl S {{ fn f(&self) -> &S {{ self }} }} fn g(x: S) {{ x{} }}",
            ".f()".repeat(n)
        ))
    }),
    Class("types that double", 4_000, |n| {
        let doubled = each(n, |i| format!("let x{} = (x{i}, x{i});", i + 1));
        source(format!("struct S; impl S {{ fn f(&self) {{}} }} fn g(x0: S) {{ {doubled} x{n}.0.f(); }}"))
    }),
    Class("implementations of one trait for one type", 500, |n| {
        let all =
            each(n, |i| format!("struct T{i}; impl From<T{i}> for S {{ fn from(_: T{i}) -> S {{ S }} }}"));
        let uses = each(n, |i| format!("g(T{i}.into());"));
        source(format!("struct S; {all} fn g(_: S) {{}} fn f() {{ {uses} }}"))
    }),
    Class("adapters of an iterator", 40, |n| {
        let one = "fn f(all: Vec<u8>) { all.iter().map(|x| x).filter(|x| true).map(|x| x).count(); }";
        source(each(n, |i| one.replace("fn f", &format!("fn f{i}"))))
    }),
    Class("types that dereference to each other", 2_000, |n| {
        let deref = |a, b| format!("impl std::ops::Deref for {a} {{ type Target = {b}; }}");
        let (first, second) = (deref("A", "B"), deref("B", "A"));
        source(format!("struct A; struct B; {first} {second} fn f(a: A) {{ {} }}", "a.x();".repeat(n)))
    }),
    Class("aliases of each other", 500, |n| {
        let uses = each(n, |i| format!("fn f{i}(a: A<u8>) {{ a.m(); }}"));
        source(format!("type A<T> = B<(T, T)>; type B<T> = A<(T, T)>; {uses}"))
    }),
    Class("generic parameters of a function that is called", 4_000, |n| {
        let parameters = each(n, |i| format!("T{i},"));
        source(format!("fn f<{parameters}>() {{}} fn g() {{ {} }}", "f();".repeat(n)))
    }),
    Class("bounds of a function that is called", 4_000, |n| {
        source(format!(
            "trait T<X> {{}} fn f<A>(_: A) where {} {{}} fn g() {{ {} }}",
            "A: T<u8>,".repeat(n),
            "f(1);".repeat(n)
        ))
    }),
    Class("blocks whose bounds need blocks of the same trait", 30, |n| {
        let blocks = each(n, |i| {
            format!("struct A{i}<X>(X); impl<X> T for X where A{i}<X>: T {{ fn f(&self) {{}} }}")
        });
        source(format!(
            "trait T {{ fn f(&self); }} struct S; {blocks} fn g(s: S) {{ {} }}",
            "s.f();".repeat(n)
        ))
    }),
    Class("pairs of types that double", 40, |n| {
        let doubled = each(n, |i| format!("let a{j} = (a{i}, a{i}); let b{j} = (b{i}, b{i});", j = i + 1));
        source(format!("fn g(a0: u8, b0: u8) {{ {doubled} let mut c = a{n}; c = b{n}; }}"))
    }),
    Class("parameters with defaults that double", 40, |n| {
        let all = each(n, |i| {
            let of = if i == 0 { "u8".to_owned() } else { format!("D{i}") };
            format!("struct D{}<T = {of}, U = {of}>(T, U);", i + 1)
        });
        source(format!("{all} fn g(d: D{n}) {{ d.0; }}"))
    }),
    Class("fields of a type, and accesses to the last", 8_000, |n| {
        let fields = each(n, |i| format!("f{i}: u8,"));
        source(format!("struct S {{ {fields} }} fn g(s: S) {{ {} }}", format!("s.f{};", n - 1).repeat(n)))
    }),
    Class("scopes with globs of traits with a method of one name", 500, |n| {
        let traits = each(60, |i| format!("pub trait T{i} {{ fn m(&self); }} impl T{i} for crate::S {{}}"));
        source(format!(
            "struct S; mod p {{ {traits} }} fn g(s: S) {{ {} }}",
            "{ use p::*; s.m(); }".repeat(n)
        ))
    }),
];
