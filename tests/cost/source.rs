//! Modules, items, expressions and imports.

use crate::input::{Class, complete, each, nested, source};

pub const CLASSES: &[Class] = &[
    Class("modules side by side", 2_000, |n| source(each(n, |i| format!("mod m{i} {{ pub struct S; }}")))),
    Class("modules in each other", 1_000, |n| source(nested(n, "mod a { ", "pub struct S;", "}"))),
    Class("a chain of globs", 1_000, |n| {
        source(each(n, |i| format!("pub mod m{i} {{ pub use super::m{}::*; pub struct S{i}; }}", i + 1)))
    }),
    Class("a ring of globs", 1_000, |n| {
        source(each(n, |i| {
            format!(
                "pub mod m{i} {{ pub use super::m{}::*; pub struct S{i}; fn f(_: S{i}) {{}} }}",
                (i + 1) % n
            )
        }))
    }),
    Class("modules that import all of one, and it of them", 500, |n| {
        source(each(n, |i| {
            format!(
                "mod m{i} {{ use super::*; pub struct S{i}; fn f(_: S{}) {{}} }} pub use m{i}::*;",
                (i * 7) % n
            )
        }))
    }),
    Class("a chain of re-exports", 1_000, |n| {
        source(
            each(n, |i| format!("pub mod m{i} {{ pub use super::m{}::X; }}", i + 1))
                + &format!("pub mod m{n} {{ pub struct X; }}"),
        )
    }),
    Class("a chain of aliases", 1_000, |n| {
        source(each(n, |i| format!("type A{i} = A{};", i + 1)) + &format!("struct A{n};"))
    }),
    Class("functions", 2_000, |n| {
        source(each(n, |i| format!("fn f{i}(x: u8) -> u8 {{ if x > 1 {{ f{i}(x - 1) }} else {{ x }} }}")))
    }),
    Class("references from one module to many", 1_000, |n| {
        source(each(n, |i| format!("pub mod m{i} {{ pub struct S; }} fn f{i}(_: m{i}::S) {{}}")))
    }),
    Class("statements", 5_000, |n| {
        source(format!("fn f() {{ {} }}", each(n, |i| format!("let x{i} = {i};"))))
    }),
    Class("arms of a match", 3_000, |n| {
        source(format!("fn f(x: u32) {{ match x {{ {} _ => {{}} }} }}", each(n, |i| format!("{i} => {{}}"))))
    }),
    Class("terms of a sum", 2_000, |n| source(format!("const X: u32 = 0{};", " + 1".repeat(n)))),
    Class("calls in a chain", 2_000, |n| source(format!("fn f() {{ x{} }}", ".f()".repeat(n)))),
    Class("parentheses", 2_000, |n| source(format!("const X: u32 = {};", nested(n, "(", "1", ")")))),
    Class("types in each other", 2_000, |n| source(format!("type T = {};", nested(n, "A<", "u8", ">")))),
    Class("function types in each other", 2_000, |n| {
        source(format!("type T = {};", nested(n, "A<fn() -> u8, ", "u8", ">")))
    }),
    Class("digits of a number", 50_000, |n| source(format!("const X: u8 = {};", "7".repeat(n)))),
    Class("a text", 200_000, |n| source(format!("const X: &str = \"{}\";", "x".repeat(n)))),
    Class("comments", 5_000, |n| source("// a comment\n/* another */\n".repeat(n))),
    Class("attributes", 3_000, |n| source("#[allow(dead_code)]\n".repeat(n) + "struct S;")),
    Class("conditions in each other", 2_000, |n| {
        source(format!("#[cfg({})] struct S;", nested(n, "not(", "a", ")")))
    }),
    Class("conditions side by side", 2_000, |n| {
        source(each(n, |i| format!("#[cfg(feature = \"f{i}\")] struct S{i};")))
    }),
    Class("variants", 5_000, |n| source(format!("enum E {{ {} }}", each(n, |i| format!("V{i},"))))),
    Class("fields", 5_000, |n| source(format!("struct S {{ {} }}", each(n, |i| format!("f{i}: u8,"))))),
    Class("implementations", 2_000, |n| {
        source("trait T {}\n".to_owned() + &each(n, |i| format!("struct S{i}; impl T for S{i} {{}}")))
    }),
    Class("bounds", 2_000, |n| {
        source(format!("trait T {{}} fn f<A>() where {} {{}}", each(n, |_| "A: T,".to_owned())))
    }),
    Class("leaves of an import", 3_000, |n| {
        source(format!(
            "mod m {{ {} }} use m::{{ {} }};",
            each(n, |i| format!("pub struct S{i};")),
            each(n, |i| format!("S{i},"))
        ))
    }),
    Class("braces of an import", 1_000, |n| source(format!("use {};", nested(n, "a::{", "b", "}")))),
    Class("segments of a path", 5_000, |n| source(format!("fn f() {{ a{} }}", "::a".repeat(n)))),
    Class("modules that all use each other", 4_000, |n| source(complete(n))),
    Class("modules in one line", 1_000, |n| {
        let text: String = (0..n).map(|i| format!("mod m{i} {{ fn f() {{ crate::S; }} }} ")).collect();
        source(text + "pub struct S;")
    }),
];
