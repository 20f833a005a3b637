//! The cost of a command is proportional to its input. For each class of input, which include
//! regressions, the bytes that the command allocates are counted at one, two and four times a size.
//!
//! Bytes are the measure because they are the same on each run and each machine, and repeated work
//! in archlint usually allocates. Repeated work without allocation (a search, a comparison of all
//! pairs) does not show in the bytes, so the processor time is also limited. That limit is much
//! wider, so that only quadratic growth exceeds it.

use std::{alloc::System, fmt::Write as _, fs, io, time::Duration};

use archlint::{
    Options, Session,
    base::day::Day,
    graph::algorithms::{minimum_cut, shortest_chains},
    judge::init::{Source, draft},
    render::diagram::{Picture, PictureOptions, View, ViewOptions, dot, dsm, json, svg},
};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The factor beyond twice the bytes that twice the input may cost, since a table that has just
/// grown is half empty.
const SLACK: f64 = 1.3;

/// The maximum ratio of the processor times for four times the input. Quadratic growth has the
/// ratio sixteen.
const MOST_TIME: f64 = 10.0;

/// The minimum processor time that is significant.
const LEAST_TIME: Duration = Duration::from_millis(150);

/// A class of input: its name, its size, and the function that returns the root file and the
/// configuration of a workspace of a given size.
struct Class(&'static str, usize, fn(usize) -> (String, String));

/// A class of input for a command other than `check`.
struct Other(Class, fn(&Session));

/// Returns modules that all use each other, with `n` dependencies among them.
fn complete(n: usize) -> String {
    let modules = n.isqrt() + 1;
    each(modules, |i| {
        let uses: String = (0..modules).filter(|j| *j != i).map(|j| format!("m{j}::S;")).collect();
        format!("pub mod m{i} {{ use super::*; pub struct S; fn f() {{ {uses} }} }}")
    })
}

/// Returns modules each of which uses two of the next few, so that the number of chains from the
/// first to the last is exponential.
fn ladder(n: usize) -> String {
    let uses = |i: usize| format!("use crate::{{m{}, m{}}};", i / 2 * 2 + 2, i / 2 * 2 + 3);
    each(n, |i| {
        format!("pub mod m{i} {{ {} pub struct S; }}", if i + 4 < n { uses(i) } else { String::new() })
    })
}

fn with_init(session: &Session) {
    let analysis = &session.analysis;
    let source = Source { diagnostics: &[], waivers: &[], today: Day::today() };
    draft(&analysis.graph, &analysis.workspace.packages, source).expect("nothing is declared");
}

fn with_why(session: &Session) {
    let graph = session.analysis.graph.csr(|_| true);
    let last = graph.nodes() as u32 - 1;
    shortest_chains(&graph, &[0], &[last], 10);
    minimum_cut(&graph, &[0], &[last], |_| 1);
}

/// Passes a picture of all modules to `write`.
fn drawn(session: &Session, write: impl Fn(&Picture)) {
    let view = View::new(&session.analysis.graph, None, ViewOptions::default());
    write(&Picture::new(&view, PictureOptions::default()));
}

fn with_matrices(session: &Session) {
    drawn(session, |picture| {
        dsm::csv::write(picture, io::sink()).expect("all is taken");
        dsm::html::write(picture, io::sink()).expect("all is taken");
        dsm::text::write(picture, io::sink()).expect("all is taken");
    });
}

fn with_drawings(session: &Session) {
    drawn(session, |picture| {
        dot::write(picture, io::sink()).expect("all is taken");
        svg::draw(picture, svg::Look::Both).expect("it is small enough");
    });
}

fn with_json(session: &Session) {
    let view = View::new(&session.analysis.graph, None, ViewOptions::default());
    json::write(&view, true, session.analysis.resolution, io::sink()).expect("all is taken");
}

const ACYCLIC: &str = "[[acyclic]]\nid = \"none\"\nof = \"modules\"\n";

const OTHERS: &[Other] = &[
    Other(
        Class("init, modules side by side", 400, |n| source(each(n, |i| format!("mod m{i} {{}}")))),
        with_init,
    ),
    Other(Class("init, modules that all use each other", 2_000, |n| source(complete(n))), with_init),
    Other(Class("why, a ladder", 500, |n| source(ladder(n))), with_why),
    Other(Class("why, modules that all use each other", 4_000, |n| source(complete(n))), with_why),
    Other(
        Class("matrices of modules that all use each other", 4_000, |n| source(complete(n))),
        with_matrices,
    ),
    Other(
        Class("drawings of modules side by side", 1_000, |n| source(each(n, |i| format!("mod m{i} {{}}")))),
        with_drawings,
    ),
    Other(Class("drawings of a ladder", 100, |n| source(ladder(n))), with_drawings),
    Other(Class("JSON of modules that all use each other", 4_000, |n| source(complete(n))), with_json),
];

/// Returns the concatenation of `piece` for each number below `n`.
fn each(n: usize, piece: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut text, at| {
        // Writing to a `String` cannot fail.
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

/// A source whose documentation counts.
fn documented(text: String) -> (String, String) {
    (text, "[analysis]\ntests = true\n".to_owned())
}

const CLASSES: &[Class] = &[
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
    Class("modules that all use each other", 4_000, |n| source(complete(n))),
    Class("a rule against cycles, modules that all use each other", 4_000, |n| {
        (complete(n), ACYCLIC.to_owned())
    }),
    Class("a rule against cycles, a ring", 1_000, |n| {
        (each(n, |i| format!("mod m{i} {{ use crate::m{}; }}", (i + 1) % n)), ACYCLIC.to_owned())
    }),
    Class("a rule against cycles, a ring with chords", 1_000, |n| {
        let uses = |i: usize| format!("use crate::{{m{}, m{}}};", (i + 1) % n, i * 7919 % n);
        (each(n, |i| format!("mod m{i} {{ {} }}", uses(i))), ACYCLIC.to_owned())
    }),
    Class("a rule about chains, with a hub between the ends", 300, |n| {
        let ends = each(n, |i| format!("pub mod a{i} {{ use crate::hub; }} pub mod b{i} {{}}"));
        let uses = each(n.isqrt(), |i| format!("b{i},"));
        let rule = "[[forbid]]\ntransitive = true\nfrom = \"cost::a*\"\nto = \"cost::b*\"\n";
        (format!("{ends} pub mod hub {{ use crate::{{ {uses} }}; }}"), rule.to_owned())
    }),
    Class("a rule about chains, as many as are short", 500, |n| {
        let text =
            each(n, |i| format!("pub mod a{i} {{ use crate::c{i}; }} pub mod c{i} {{ use crate::t; }}"));
        let rule = "[[forbid]]\ntransitive = true\nfrom = \"cost::a*\"\nto = \"cost::t\"\n";
        (text + "pub mod t {}", rule.to_owned())
    }),
    Class("a rule within each of many modules", 1_000, |n| {
        let text = each(n, |i| format!("pub mod m{i} {{ pub mod a {{ use super::b; }} pub mod b {{}} }}"));
        (text, "[[acyclic]]\nof = \"modules\"\nwithin = \"cost::{ctx}\"\n".to_owned())
    }),
    Class("selectors that select nothing", 200, |n| {
        let text = each(n, |i| format!("pub mod m{i} {{}}"));
        (text, each(n, |i| format!("[[forbid]]\nid = \"r{i}\"\nfrom = \"cost::m{i}\"\nto = \"cost::n{i}\"")))
    }),
    Class("layers", 200, |n| {
        let text = each(n, |i| format!("pub mod m{i} {{ pub struct S; use crate::m{}; }}", (i + 1) % n));
        (text, format!("[[layers]]\norder = [{}]\n", each(n, |i| format!("\"cost::m{i}\","))))
    }),
    Class("waivers of a rule against cycles", 30, |n| {
        let text = each(n, |i| {
            let waiver = "// archlint: allow(none, reason = \"agreed\")";
            format!("pub mod m{i} {{\n{waiver}\nuse crate::m{};\n}}", (i + 1) % n)
        });
        (text, ACYCLIC.to_owned())
    }),
    Class("components with wildcards", 200, |n| {
        (
            each(n, |i| format!("pub mod m{i} {{ pub mod a; pub struct S; }}")),
            each(n, |i| format!("[components.c{i}]\nmodules = [\"cost::m{i}::*\", \"cost::m{i}\"]")),
        )
    }),
    Class("wildcards in the selectors of one rule", 20, |n| {
        (
            each(n * 10, |i| format!("pub mod m{i} {{}}")),
            format!("[[forbid]]\nfrom = [{}]\nto = \"std\"\n", each(4, |i| format!("\"**::m{i}*\","))),
        )
    }),
    Class("captures", 500, |n| {
        let text = each(n, |i| {
            format!(
                "pub mod m{i} {{ pub mod api {{}} pub mod domain {{ use crate::m{}::api; }} }}",
                (i + 1) % n
            )
        });
        let rules = "[[forbid]]\nfrom = \"cost::{a}::domain\"\nto = \"cost::{b}::domain\"\n\
                     [[independent]]\nmodules = [\"cost::{a}::domain\"]\n\
                     [[layers]]\nwithin = \"cost::{a}\"\norder = [\"cost::{a}::domain\", \"cost::{a}::api\"]\n";
        (text, rules.to_owned())
    }),
    Class("captures that bind in many ways", 100, |n| {
        let text = each(n, |i| format!("mod m{i} {{ {} }}", nested(8, "pub mod a { pub mod b {", "", "} }")));
        (text, "[[forbid]]\nfrom = \"**::{a}::**\"\nto = \"**::{a}::**::{b}\"\n".to_owned())
    }),
    Class("selectors in one line", 1_000, |n| {
        let all = "\"cost::a\",".repeat(n);
        ("pub mod a {}".to_owned(), format!("[[forbid]]\nfrom = [{all}]\nto = \"std\"\n"))
    }),
    Class("rules in one line", 200, |n| {
        let all: String =
            (0..n).map(|i| format!("{{ id = \"r{i}\", from = \"cost::a\", to = \"std\" }},")).collect();
        ("pub mod a {}".to_owned(), format!("forbid = [{all}]\n"))
    }),
    Class("findings in one line", 1_000, |n| {
        let uses: String = (0..n).map(|i| format!("mod m{i} {{ fn f() {{ crate::t::S; }} }} ")).collect();
        let rule = "[[forbid]]\nfrom = \"cost::m*\"\nto = \"cost::t\"\n";
        (uses + "pub mod t { pub struct S; }", rule.to_owned())
    }),
    Class("findings of distant lines", 200, |n| {
        let lines = "\n".repeat(10 * n);
        let text = format!("pub mod t {{ pub struct S; }} fn f(_: t::S) {{}}\n{lines}fn g(_: t::S) {{}}");
        (text, each(n, |i| format!("[[forbid]]\nid = \"r{i}\"\nfrom = \"=cost\"\nto = \"cost::t\"")))
    }),
    Class("modules in one line", 1_000, |n| {
        let text: String = (0..n).map(|i| format!("mod m{i} {{ fn f() {{ crate::S; }} }} ")).collect();
        source(text + "pub struct S;")
    }),
    Class("invocations of a large macro", 200, |n| {
        let body = "a::b; ".repeat(n);
        source(format!("macro_rules! m {{ () => {{ fn f() {{ {body} }} }} }} m!();"))
    }),
    Class("names of repetitions in a macro", 500, |n| {
        let names = each(n, |i| format!("$n{i}:ident"));
        source(format!("macro_rules! m {{ ($({names})*) => {{}} }} m!({});", "a ".repeat(n)))
    }),
    Class("rules", 200, |n| {
        (
            "pub mod a { pub struct S; } pub mod b { use crate::a::S; }".to_owned(),
            each(n, |i| format!("[[forbid]]\nid = \"r{i}\"\nfrom = \"cost::a\"\nto = \"cost::b\"")),
        )
    }),
];

/// Returns the bytes that opening such a workspace and `then` allocate, and the processor time that
/// they take.
fn cost((text, configuration): (String, String), then: impl Fn(&Session)) -> (usize, Duration) {
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
    let (region, start) = (Region::new(ALLOCATOR), processor_time());
    let session = Session::open(&options).expect("the workspace can be opened");
    then(&session);
    (region.change().bytes_allocated, processor_time().saturating_sub(start))
}

fn with_check(session: &Session) {
    drop(session.verdict().expect("the workspace can be checked"));
}

/// Returns the processor time of this program, as reported by Linux in hundredths of a second; zero
/// on other systems.
fn processor_time() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The program's name is in parentheses; the eleventh and twelfth fields after it are the times
    // in the program and in the system.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
    Duration::from_millis(10 * ticks.sum::<u64>())
}

/// Returns a description of the problem if the cost of a class grows too fast.
fn problem(Class(name, n, class): &Class, then: impl Fn(&Session)) -> Option<String> {
    let constant = cost(source(String::new()), &then).0;
    let costs = [1, 2, 4].map(|times| cost(class(n * times), &then));
    let bytes = costs.map(|(bytes, _)| bytes.saturating_sub(constant).max(1));
    let ratios = [bytes[1] as f64 / bytes[0] as f64, bytes[2] as f64 / bytes[1] as f64];
    // The first doubling can cross the size from which on work is divided among threads; the second
    // shows the growth.
    if ratios[1] > 2.0 * SLACK && ratios[0] * ratios[1] > 4.0 * SLACK {
        return Some(format!("{name}: {bytes:?} bytes at {n}, twice and four times that\n"));
    }
    let times = costs.map(|(_, time)| time);
    let grown = times[2].as_secs_f64() / times[0].as_secs_f64().max(0.001);
    (times[2] > LEAST_TIME && grown > MOST_TIME)
        .then(|| format!("{name}: {times:?} of the processor's time at {n}, twice and four times that\n"))
}

#[test]
fn twice_the_input_costs_twice_the_memory() {
    // The first run allocates the data that is created once per process.
    cost(source(String::new()), with_check);
    let checks = CLASSES.iter().filter_map(|class| problem(class, with_check));
    let others = OTHERS.iter().filter_map(|Other(class, then)| problem(class, then));
    let problems: String = checks.chain(others).collect();
    assert!(problems.is_empty(), "\n{problems}");
}
