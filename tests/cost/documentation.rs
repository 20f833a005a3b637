//! Documentation, with its doctests.

use crate::input::{Class, each, nested, source};

/// A source whose documentation counts.
fn documented(text: String) -> (String, String) {
    (text, "[analysis]\ntests = true\n".to_owned())
}

pub const CLASSES: &[Class] = &[
    Class("doctests", 1_000, |n| {
        documented(each(n, |i| format!("/// ```\n/// use cost::f{i};\n/// ```\npub fn f{i}() {{}}")))
    }),
    Class("lines of a doctest", 2_000, |n| {
        documented(format!("/// ```\n{}/// ```\nfn f() {{}}", "/// cost::f();\n".repeat(n)))
    }),
    Class("a long line of a doctest", 2_000, |n| {
        documented(format!("/// ```\n/// {}\n/// ```\nfn f() {{}}", "cost::f(); ".repeat(n)))
    }),
    Class("quotations in each other in documentation", 2_000, |n| {
        documented(format!("/// {}\n///     cost::f();\nfn f() {{}}", nested(n, "> ", "```", "")))
    }),
    Class("lists in each other in documentation", 2_000, |n| {
        documented(format!("/** {}\n~~~\ncost::f();\n~~~ */\nfn f() {{}}", "- ".repeat(n)))
    }),
    Class("fences that nothing closes", 2_000, |n| {
        documented(format!("/** {}\n*/\nfn f() {{}}", each(n, |i| format!("```r{i}\n>```"))))
    }),
    Class("parentheses in a doctest", 1_000, |n| {
        documented(format!("/// ```\n/// cost::f({});\n/// ```\nfn f() {{}}", nested(n, "(", "1", ")")))
    }),
    Class("brackets in documentation", 5_000, |n| {
        documented(format!("/// {}\n/// ```\n/// cost::f();\n/// ```\nfn f() {{}}", "[*_`".repeat(n)))
    }),
    Class("a file that each item includes in its documentation", 500, |n| {
        documented(each(n, |i| format!("#[doc = include_str!(\"lib.rs\")] fn f{i}() {{}} // ```")))
    }),
    Class("documentation", 5_000, |n| source("/// a line\n".repeat(n) + "struct S;")),
];
