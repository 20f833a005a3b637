//! Macros: their rules, invocations and arguments.

use crate::input::{Class, each, nested, source};

/// A macro that composes a path from its arguments.
const COMPOSES: &str =
    "macro_rules! c { ($m:ident $(, $e:expr)?) => { crate::$m::f($($e)?) } } mod s { pub fn f() {} }";

pub const CLASSES: &[Class] = &[
    Class("invocations of a macro", 1_000, |n| {
        source(
            "macro_rules! m { ($n:ident) => { struct $n; } }\n".to_owned()
                + &each(n, |i| format!("m!(S{i});")),
        )
    }),
    Class("repetitions in a macro", 3_000, |n| {
        source(format!(
            "macro_rules! m {{ ($($n:ident)*) => {{ $(struct $n;)* }} }} m!({});",
            each(n, |i| format!("S{i}"))
        ))
    }),
    Class("rules of a macro", 500, |n| {
        source(format!("macro_rules! m {{ {} }}\n{}", each(n, |i| format!("(r{i}) => {{}};")), "m!(r0);\n"))
    }),
    Class("arguments of an unknown macro", 2_000, |n| {
        source(format!("fn f() {{ x!({}); }}", each(n, |i| format!("a{i} => b::c({i}),"))))
    }),
    Class("groups in a macro's arguments", 500, |n| {
        source(format!("fn f() {{ vec![{}]; }}", nested(n, "{ a ", "x y", "}")))
    }),
    Class("items in a macro's arguments", 200, |n| {
        source(format!("fn f() {{ vec![{}]; }}", nested(n, "impl A { fn a() { ", "x y", "} }")))
    }),
    Class("closures in a macro's arguments", 200, |n| {
        source(format!("fn f() {{ vec![{}]; }}", nested(n, "|a| { ", "x y", "}")))
    }),
    Class("invocations of a large macro", 200, |n| {
        let body = "a::b; ".repeat(n);
        source(format!("macro_rules! m {{ () => {{ fn f() {{ {body} }} }} }} m!();"))
    }),
    Class("invocations in code of a macro that composes paths", 500, |n| {
        let calls = each(n, |_| "c!(s); ".to_owned());
        source(format!("{COMPOSES} fn f() {{ {calls} }}"))
    }),
    Class("nested invocations in code of a macro that composes paths", 100, |n| {
        source(format!("{COMPOSES} fn f() {{ x!({}); }}", nested(n, "c!(s, ", "a", ")")))
    }),
    Class("names of repetitions in a macro", 500, |n| {
        let names = each(n, |i| format!("$n{i}:ident"));
        source(format!("macro_rules! m {{ ($({names})*) => {{}} }} m!({});", "a ".repeat(n)))
    }),
];
