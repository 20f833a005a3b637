//! The cost of a check is proportional to its input. For each class of input, including those that
//! were once more expensive, the bytes that a check allocates are counted at one, two and four
//! times a size. Time is not measured, since it varies from run to run.

use std::{alloc::System, fmt::Write as _, fs};

use archlint::{Options, Session};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The tolerance for the cost of twice the input, relative to twice the bytes: a table that has
/// just grown is half empty.
const SLACK: f64 = 1.3;

/// A class of input: its name, its size, and a function that returns the root file and the
/// configuration of a workspace of a given size.
struct Class(&'static str, usize, fn(usize) -> (String, String));

/// Returns `piece` for each number below `n`.
fn each(n: usize, piece: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut text, at| {
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "{}", piece(at));
        text
    })
}

fn source(text: String) -> (String, String) {
    (text, String::new())
}

/// Returns `n` times `open`, then `middle`, then `n` times `close`.
fn nested(n: usize, open: &str, middle: &str, close: &str) -> String {
    open.repeat(n) + middle + &close.repeat(n)
}

const CLASSES: &[Class] = &[
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
    Class("documentation", 5_000, |n| source("/// a line\n".repeat(n) + "struct S;")),
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
    Class("waivers", 1_000, |n| {
        source(each(n, |i| format!("// archlint: allow(none) reason {i}\nstruct S{i};")))
    }),
    Class("components", 200, |n| {
        (
            each(n, |i| format!("pub mod m{i} {{ pub struct S; }}")),
            each(n, |i| format!("[components.c{i}]\nmodules = [\"cost::m{i}\"]\ndepends-on = []")),
        )
    }),
    Class("rules", 200, |n| {
        (
            "pub mod a { pub struct S; } pub mod b { use crate::a::S; }".to_owned(),
            each(n, |i| format!("[[forbid]]\nid = \"r{i}\"\nfrom = \"cost::a\"\nto = \"cost::b\"")),
        )
    }),
];

/// Returns the number of bytes that opening and checking such a workspace allocates.
fn bytes((text, configuration): (String, String)) -> usize {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    };
    write("Cargo.toml", "[package]\nname = \"cost\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    write("src/lib.rs", &text);
    if !configuration.is_empty() {
        write("archlint.toml", &configuration);
    }
    let mut options = Options::new(folder.path().join("Cargo.toml"));
    options.threads = Some(1.try_into().expect("one is not zero"));
    let region = Region::new(ALLOCATOR);
    let verdict = Session::open(&options).and_then(|session| session.verdict());
    drop(verdict.expect("the workspace can be checked"));
    region.change().bytes_allocated
}

#[test]
fn twice_the_input_costs_twice_the_memory() {
    bytes(source(String::new()));
    let constant = bytes(source(String::new()));
    let mut problems = String::new();
    for Class(name, n, class) in CLASSES {
        let costs = [1, 2, 4].map(|times| bytes(class(n * times)).saturating_sub(constant).max(1));
        let ratios = [costs[1] as f64 / costs[0] as f64, costs[2] as f64 / costs[1] as f64];
        // The first doubling may cross the size above which work is distributed over threads; the
        // second shows the slope.
        if ratios[1] > 2.0 * SLACK && ratios[0] * ratios[1] > 4.0 * SLACK {
            let _ = writeln!(problems, "{name}: {costs:?} bytes at {n}, twice and four times that");
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}
