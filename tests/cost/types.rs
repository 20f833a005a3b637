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
];
