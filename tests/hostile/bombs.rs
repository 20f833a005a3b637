//! Small inputs that cause unbounded work: macros, modules and imports that multiply.

use super::{Hostile, hold};

const MACROS: &[(&str, &str)] = &[
    ("infinite", "macro_rules! r { () => { r!(); } }\nr!();"),
    ("mutual", "macro_rules! a { () => { b!(); } }\nmacro_rules! b { () => { a!(); } }\na!();"),
    ("growing", "macro_rules! g { ($($t:tt)*) => { g!($($t)* x); } }\ng!();"),
    ("doubling", "macro_rules! d { ($($t:tt)*) => { d!($($t)* $($t)*); } }\nd!(x);"),
    ("branching", "macro_rules! t { ($($t:tt)*) => { t!($($t)* x); t!($($t)* x); } }\nt!();"),
    ("in modules", "macro_rules! m { () => { pub mod m { m!(); } } }\nm!();"),
    ("defining itself", "macro_rules! s { () => { macro_rules! s { () => { s!(); } } s!(); } }\ns!();"),
    ("in expressions", "macro_rules! e { ($e:expr) => { e!($e + $e) } }\nfn f() { e!(1); }"),
    ("in types", "macro_rules! y { ($t:ty) => { y!(A<$t, $t>) } }\ntype T = y!(u8);"),
    ("empty repetition", "macro_rules! z { ($($($t:tt)?)*) => { $($($t)?)* } }\nz!(fn f() {});"),
    (
        "ambiguous",
        "macro_rules! q { ($($a:tt)* $($b:tt)* $($c:tt)*) => {} }\nq!(a a a a a a a a a a a a a a a a a a a a a a a a);",
    ),
    (
        "nested repetition",
        "macro_rules! n { ($($($($t:tt)*)*)*) => {} }\nn!(a a a a a a a a a a a a a a a a a a a a a a a a);",
    ),
];

#[test]
fn macros() {
    hold(MACROS.iter().map(|(name, text)| ((*name).to_owned(), Hostile::new().module("bomb", text))));
}

#[test]
fn macros_that_double_forty_times() {
    let mut rules = "macro_rules! e0 { () => { pub struct X; } }\n".to_owned();
    for n in 1..=40 {
        rules += &format!("macro_rules! e{n} {{ () => {{ e{0}!(); e{0}!(); }} }}\n", n - 1);
    }
    let mut modules = "macro_rules! f0 { () => { pub struct X; } }\n".to_owned();
    for n in 1..=40 {
        modules += &format!(
            "macro_rules! f{n} {{ () => {{ pub mod a {{ f{0}!(); }} pub mod b {{ f{0}!(); }} }} }}\n",
            n - 1
        );
    }
    Hostile::new()
        .module("items", rules + "e40!();")
        .module("modules", modules + "f40!();")
        .assert_survived();
}

#[test]
fn one_macro_with_a_million_tokens() {
    let many = "macro_rules! k { ($($t:ident)*) => { $(pub struct $t;)* } }\nk!(".to_owned();
    let names: String = (0..1_000_000).map(|n| format!("A{n} ")).collect();
    Hostile::new().module("bomb", many + &names + ");").assert_survived();
}

#[test]
fn numbers_of_a_million_digits() {
    let places = [
        ("constant", "const A: u8 = $;"),
        ("body", "fn f() { g($, -$); }"),
        ("float", "const A: f64 = $.$e$;"),
        ("hexadecimal", "const A: u8 = 0x$;"),
        ("field", "fn f() { let a = b.$; }"),
        ("macro", "m!(a $ b);"),
        ("expansion", "macro_rules! m { ($a:expr) => { const A: u8 = $a; } }\nm!($);"),
        ("attribute", "#[a(b = $)] struct S;"),
        ("pattern", "fn f() { match a { $ => {} } }"),
    ];
    let digits = "9".repeat(1_000_000);
    hold(places.map(|(name, text)| {
        let text = text.replace("$a", "\0").replace('$', &digits).replace('\0', "$a");
        (name.to_owned(), Hostile::new().module("bomb", text))
    }));
}

#[test]
fn path_attributes_that_fan_out() {
    let both = |n: u32| {
        format!("#[path = \"f{0}.rs\"] mod x;\n#[path = \"f{0}.rs\"] mod y;\npub struct S;\n", n + 1)
    };
    let case = Hostile::new().root("#[path = \"f0.rs\"] mod fan;\n").with("src/f40.rs", "pub struct End;");
    (0..40).fold(case, |case, n| case.with(format!("src/f{n}.rs"), both(n))).assert_survived();
}

#[test]
fn includes_that_fan_out() {
    let both =
        |n: u32| format!("mod x {{ include!(\"f{0}.rs\"); }}\nmod y {{ include!(\"f{0}.rs\"); }}\n", n + 1);
    let case =
        Hostile::new().root("mod fan { include!(\"f0.rs\"); }\n").with("src/f40.rs", "pub struct End;");
    (0..40).fold(case, |case, n| case.with(format!("src/f{n}.rs"), both(n))).assert_survived();
}

#[test]
fn cycles_of_files() {
    let cases = [
        ("two files", "#[path = \"two.rs\"] mod two;", "#[path = \"cycle.rs\"] mod one;"),
        ("itself", "#[path = \"cycle.rs\"] mod me;", ""),
        ("the root", "#[path = \"lib.rs\"] mod root;", ""),
        ("through ..", "#[path = \"../src/cycle.rs\"] mod me;", ""),
        ("include", "include!(\"two.rs\");", "include!(\"cycle.rs\");"),
        ("include of itself", "mod a { include!(\"cycle.rs\"); }", ""),
    ];
    hold(cases.map(|(name, one, two)| {
        (name.to_owned(), Hostile::new().module("cycle", one).with("src/two.rs", two))
    }));
}

#[test]
fn modules_that_are_too_deep_or_too_many() {
    let deep = "mod a { ".repeat(4_000) + "use crate::calm::X;" + &"}".repeat(4_000);
    let long = format!("mod {} {{ mod {} {{ }} }}", "x".repeat(1_500), "y".repeat(1_500));
    for (name, text) in [("deep", deep), ("long", long)] {
        let case = Hostile::new().with("archlint.toml", "").module(name, text);
        let run = case.assert_survived();
        assert!(
            run.errors.contains("module-too-deep"),
            "{name}: what is not told apart is said: {}",
            run.errors
        );
        for drawing in ["svg", "html", "json"] {
            case.run(&format!("graph --format {drawing}"))
                .unwrap_or_else(|problem| panic!("{name}: {problem}"));
        }
        assert_eq!(case.run("check").expect("the check ends").code, 1, "{name}: it does not pass");
    }
    let many: String = (0..40_000).map(|n| format!("mod m{n} {{}}\n")).collect();
    Hostile::new().module("many", many).assert_survived();
}

#[test]
fn a_ring_of_globs() {
    let n = 2_000;
    let module =
        |i: u32| format!("pub mod m{i} {{ pub use super::m{}::*; pub struct S{i}; }}\n", (i + 1) % n);
    let ring: String = (0..n).map(module).collect();
    Hostile::new().module("ring", ring).assert_survived();
}

#[test]
fn a_chain_of_globs_that_everyone_asks_for_every_name() {
    let n = 3_000;
    let module = |i: u32| {
        let next = i + 1;
        format!(
            "pub mod m{i} {{ pub use super::m{next}::*; pub struct S{i}; use crate::chain::m0::S{i} as T; }}\n"
        )
    };
    let chain: String = (0..n).map(module).collect();
    // Names are missing in other modules, too, so an exception for files does not accept it.
    let case = Hostile::new().with("archlint.toml", "[analysis]\nunread-except = [\"**\"]\n");
    let case = case.module("chain", chain + &format!("pub mod m{n} {{}}"));
    let run = case.assert_survived();
    assert!(run.errors.contains("glob-limit"), "what is not known is said: {}", run.errors);
    let check = case.run("check").expect("the check ends");
    assert_eq!(check.code, 1, "what is not known does not pass");
}

#[test]
fn globs_from_everyone() {
    let globs: String = (0..200).map(|i| format!("pub use super::m{i}::*;\n")).collect();
    let module = |i: u32| format!("pub mod m{i} {{ {globs} pub struct S{i}; }}\n");
    Hostile::new().module("clique", (0..200).map(module).collect::<String>()).assert_survived();
}

#[test]
fn a_long_chain_of_re_exports() {
    let n = 10_000;
    let link = |i: u32| format!("pub mod m{i} {{ pub use super::m{}::X; }}\n", i + 1);
    let chain: String = (0..n).map(link).collect();
    let end = format!("pub mod m{n} {{ pub struct X; }}\nfn f(_: m0::X) {{}}\n");
    let globs = chain.replace("::X;", "::*;");
    // Declared in both orders: a fixpoint that runs forward must not need a round for each link of
    // the reversed order.
    let backward: String = (0..n).rev().map(link).collect();
    Hostile::new()
        .module("forward", chain + &end)
        .module("backward", backward + &end)
        .module("globs", globs + &end)
        .assert_survived();
}

#[test]
fn imports_that_never_settle() {
    let cases = [
        ("of itself", "use self::a as a; use a::b;"),
        ("in a ring", "use self::c as a; use self::a as b; use self::b as c; fn f() { a::x(); }"),
        (
            "through itself",
            "pub mod m { pub use super::m::m as n; pub use self::n::n as m2; } use m::n::n::n::n::n;",
        ),
        ("glob of itself", "pub use self::*; pub use crate::*; pub use super::*;"),
        (
            "glob of an alias",
            "pub mod a { pub use super::b::*; pub mod b {} } pub mod b { pub use super::a::*; pub mod a {} }",
        ),
        ("enum", "pub enum E { E } pub use E::*; pub use self::E::*;"),
        ("type aliases", "type A = B; type B = A; fn f() { A::x(); B::y::z(); }"),
        ("extern crate self", "extern crate self as me; pub use me::*; pub use crate::me::me::me as you;"),
        (
            "super past the root",
            "use super::super::super::super::super::super::x; fn f() { super::super::super::y(); }",
        ),
    ];
    hold(cases.map(|(name, text)| (name.to_owned(), Hostile::new().module("imports", text))));
}

/// A large file that is 900 modules, or that is included 900 times.
#[test]
fn files_that_are_many_modules() {
    let large: String = (0..6_000).map(|n| format!("mod m{n} {{ fn f() {{ a::b; }} }}\n")).collect();
    let paths: String = (0..900).map(|n| format!("#[path = \"large.rs\"] mod p{n};\n")).collect();
    let includes: String = (0..900).map(|n| format!("mod i{n} {{ include!(\"large.rs\"); }}\n")).collect();
    for (name, text) in [("paths", paths), ("includes", includes)] {
        let except = "[analysis]\nunread-except = [\"**\"]\n";
        let case =
            Hostile::new().with("archlint.toml", except).with("src/large.rs", &large).module(name, text);
        let (graph, check) = case.verdicts().unwrap_or_else(|problem| panic!("{problem}"));
        assert!(graph.errors.contains("macro-limit"), "{name}: the limit is said: {}", graph.errors);
        assert_eq!(check.code, 1, "{name}: it is about all macros, and no glob of files accepts it");
    }
}

/// A file may be a thousand modules, and no more.
#[test]
fn the_limit_on_the_modules_of_a_file_is_the_number_that_is_reported() {
    let modules = |count: usize| -> String {
        (0..count).map(|n| format!("#[path = \"small.rs\"] mod p{n};\n")).collect()
    };
    for (count, is_reported) in [(1_000, false), (1_001, true)] {
        let case = Hostile::new().with("src/small.rs", "").module("paths", modules(count));
        let run = case.assert_survived();
        let said = run.errors.contains("`src/small.rs` is more than 1000 modules");
        assert_eq!(said, is_reported, "{count}: {}", run.errors);
        assert!(run.output.contains("hostile::paths::p999"), "{count}");
        assert!(!run.output.contains("hostile::paths::p1000"), "{count}");
    }
}

/// What is accepted in one file says nothing about another.
#[test]
fn a_limit_that_is_accepted_in_one_file_is_reported_in_others() {
    let paths: String = (0..1_200).map(|n| format!("#[path = \"small.rs\"] mod p{n};\n")).collect();
    let meanings: String =
        (0..40).map(|n| format!("#[cfg(feature = \"f{n}\")] pub use crate::m{n} as x;\n")).collect();
    let modules: String = (0..40).map(|n| format!("pub mod m{n} {{}}\n")).collect();
    let cases = [
        ("too-many-modules", paths.clone(), paths, String::new()),
        ("too-many-meanings", meanings.clone(), meanings, modules),
    ];
    for (code, one, other, root) in cases {
        let except = "[analysis]\nunread-except = [\"src/one.rs\"]\n";
        let case = Hostile::new().with("archlint.toml", except).with("src/small.rs", "");
        let waiver = "// archlint: allow(unread, reason = \"agreed\")\n".to_owned();
        let case = case.root(&root).module("one", one).module("other", waiver + &other);
        case.assert_survived();
        let run = case.run("check --format json").expect("the check ends");
        let report: serde_json::Value = serde_json::from_str(&run.output).expect("JSON");
        let open = report["findings"].as_array().expect("a list").iter();
        let open = open.filter(|f| f["rule"] == "unread" && f["status"] == "new");
        let files: Vec<_> = open.map(|f| f["sites"][0]["file"].clone()).collect();
        assert_eq!((run.code, files), (1, vec!["src/other.rs".into()]), "{code}: {}", run.output);
    }
}

/// A macro with a large body, or with rules that are tried without success, that is invoked many
/// times.
#[test]
fn large_macros_that_are_invoked_often() {
    let calls = |call: &str| (0..5_000).map(|n| format!("mod c{n} {{ {call} }}\n")).collect::<String>();
    let body = format!("macro_rules! m {{ () => {{ fn f() {{ {} }} }} }}\n", "a::b; ".repeat(90_000));
    let rules: String = (0..20_000).map(|n| format!("(x{n} $e:expr) => {{}};")).collect();
    let rules = format!("macro_rules! r {{ {rules} }}\n");
    let empty = format!(
        "macro_rules! z {{ ($($a:ident $(= $b:ident {})?)*) => {{ $($($b {})?)* }} }}\n",
        "a ".repeat(50_000),
        "b ".repeat(50_000)
    );
    let few = format!("z!({});", "x ".repeat(50_000));
    hold([
        ("bodies".to_owned(), Hostile::new().module("bomb", body + &calls("m!();"))),
        ("rules".to_owned(), Hostile::new().module("bomb", rules + &calls("r!(y);"))),
        ("repetitions".to_owned(), Hostile::new().module("bomb", empty + &few)),
    ]);
}

/// A manifest of many targets that all see many dependencies.
#[test]
fn targets_and_dependencies_without_number() {
    let mut manifest = "[package]\nname = \"hostile\"\nversion = \"0.1.0\"\nedition = \"2021\"\n".to_owned();
    manifest += "[dependencies]\n";
    manifest += &(0..10_000).map(|n| format!("d{n} = \"1\"\n")).collect::<String>();
    manifest += &(0..10_000)
        .map(|n| format!("[[bin]]\nname = \"b{n}\"\npath = \"src/lib.rs\"\n"))
        .collect::<String>();
    Hostile::new().with("Cargo.toml", manifest).assert_survived();
}
