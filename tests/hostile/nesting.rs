//! Nesting of every kind in the grammar, deeper than any stack.

use super::{Hostile, hold};

/// A nested construct: name, prefix, opening, middle, closing, suffix.
type Kind = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const EXPRESSIONS: &[Kind] = &[
    ("parentheses", "fn f() { let _ = ", "(", "1", ")", "; }"),
    ("brackets", "fn f() { let _ = ", "[", "1", "]", "; }"),
    ("blocks", "fn f() { let _ = ", "{", "1", "}", "; }"),
    ("tuples", "fn f() { let _ = ", "(1,", "1", ")", "; }"),
    ("not", "fn f() { let _ = ", "!", "x", "", "; }"),
    ("minus", "fn f() { let _ = ", "-", "x", "", "; }"),
    ("dereferences", "fn f() { let _ = ", "*", "x", "", "; }"),
    ("references", "fn f() { let _ = ", "&", "x", "", "; }"),
    ("sums", "fn f() { let _ = ", "1 + ", "1", "", "; }"),
    ("conjunctions", "fn f() { let _ = ", "a && ", "a", "", "; }"),
    ("powers to the right", "fn f() { ", "a = ", "a", "", "; }"),
    ("ranges", "fn f() { let _ = ", "..(", "a", ")", "; }"),
    ("casts", "fn f() { let _ = 1", " as u8", "", "", "; }"),
    ("questions", "fn f() { let _ = a", "?", "", "", "; }"),
    ("awaits", "fn f() { let _ = a", ".await", "", "", "; }"),
    ("method chains", "fn f() { let _ = a", ".a()", "", "", "; }"),
    ("fields", "fn f() { let _ = a", ".a", "", "", "; }"),
    ("calls", "fn f() { let _ = a", "()", "", "", "; }"),
    ("nested calls", "fn f() { let _ = ", "a(", "", ")", "; }"),
    ("indices", "fn f() { let _ = a", "[0]", "", "", "; }"),
    ("closures", "fn f() { let _ = ", "|a| ", "1", "", "; }"),
    ("returns", "fn f() { ", "return ", "1", "", "; }"),
    ("else if", "fn f() { ", "if a { } else ", "{ }", "", " }"),
    ("if in if", "fn f() { ", "if a { ", "", " }", " }"),
    ("if in condition", "fn f() { ", "if ", "a", " { }", " }"),
    ("matches", "fn f() { ", "match a { _ => ", "1", " }", " }"),
    ("loops", "fn f() { ", "loop { ", "", " }", " }"),
    ("unsafe", "fn f() { ", "unsafe { ", "", " }", " }"),
    ("async", "fn f() { let _ = ", "async { ", "1", " }", "; }"),
    ("struct literals", "fn f() { let _ = ", "A { a: ", "1", " }", "; }"),
    ("turbofish", "fn f() { let _ = ", "a::<", "u8", ">", "; }"),
    ("long path", "fn f() { let _ = ", "a::", "a", "", "; }"),
    ("loops in heads of loops", "fn f() { ", "for S {} in ", "a", " {}", " }"),
    ("closures with typed parameters", "fn f() { let _ = ", "|a: fn() -> fn() -> u8, b| ", "1", "", "; }"),
];

const PATTERNS_AND_TYPES: &[Kind] = &[
    ("pattern parentheses", "fn f() { let ", "(", "a", ")", " = 1; }"),
    ("pattern slices", "fn f() { let ", "[", "a", "]", " = 1; }"),
    ("pattern references", "fn f() { let ", "&", "a", "", " = 1; }"),
    ("pattern structs", "fn f() { let ", "A(", "a", ")", " = 1; }"),
    ("alternatives", "fn f() { match a { ", "1 | ", "1", "", " => {} } }"),
    ("bindings", "fn f() { match a { ", "a @ ", "1", "", " => {} } }"),
    ("generics", "type T = ", "A<", "u8", ">", ";"),
    ("reference types", "type T = ", "&", "u8", "", ";"),
    ("pointer types", "type T = ", "*const ", "u8", "", ";"),
    ("tuple types", "type T = ", "(", "u8", ",)", ";"),
    ("array types", "type T = ", "[", "u8", "; 1]", ";"),
    ("function types", "type T = ", "fn(", "u8", ")", ";"),
    ("function results", "type T = ", "fn() -> ", "u8", "", ";"),
    ("trait objects", "type T = ", "Box<dyn A<", "u8", ">>", ";"),
    ("impl Fn", "fn f(_: ", "impl Fn(", "u8", ")", ") {}"),
    ("qualified self", "type T = ", "<", "u8 as A", ">::B", ";"),
    ("bounds", "fn f<T: ", "A + ", "A", "", ">() {}"),
    ("for lifetimes", "type T = ", "for<'a> fn(", "u8", ")", ";"),
    ("long type path", "type T = ", "a::", "a", "", ";"),
    ("generics behind results", "type T = ", "A<fn() -> u8, ", "u8", ">", ";"),
];

const ITEMS: &[Kind] = &[
    ("modules", "", "mod a { ", "", " }", ""),
    ("functions", "", "fn a() { ", "", " }", ""),
    ("impls", "", "impl A { fn a() { ", "", " } }", ""),
    ("use trees", "use ", "a::{", "a", "}", ";"),
    ("use braces", "use ", "{", "a", "}", ";"),
    ("long use", "use ", "a::", "a", "", ";"),
    ("supers", "use ", "super::", "a", "", ";"),
    ("attributes", "", "#[a]\n", "fn f() {}", "", ""),
    ("attribute arguments", "#[a", "(a", "", ")", "]\nfn f() {}"),
    ("cfg", "#[cfg(", "not(", "a", ")", ")]\nfn f() {}"),
    ("cfg_attr", "#[", "cfg_attr(a, ", "b", ")", "]\nfn f() {}"),
    ("visibilities", "pub(in ", "a::", "a", "", ") fn f() {}"),
    ("loops in constants", "const A: u8 = ", "{ for S {} in ", "1", " {} }", ";"),
    ("constants in constants", "const A: u8 = ", "{ const A: u8 = ", "1", "; 1 }", ";"),
    ("macro arguments", "a!(", "(", "", ")", ");"),
    ("macro arguments, mixed", "fn f() { a!(", "[{(", "a::b", ")}]", "); }"),
    ("macros in macros", "fn f() { ", "a! { ", "1", " }", " }"),
    ("macro rules", "macro_rules! a { (", "$(", "a", ")*", ") => {} }"),
    ("macro bodies", "macro_rules! a { () => { ", "{", "a::b", "}", " } }"),
    ("block comments", "", "/*", "", "*/", "fn f() {}"),
    ("doc comments", "", "/// a\n", "fn f() {}", "", ""),
    ("raw string", "const A: &str = r", "#", "\"\"", "#", ";"),
    ("extern blocks", "", "extern \"C\" { a! { ", "", " } }", ""),
    ("opening only", "fn f() { ", "(", "", "", ""),
    ("closing only", "fn f() { ", "", "", ")", ""),
    ("angle brackets only", "type T = ", "<", "", "", ""),
    ("comments, opening only", "", "/*", "", "", ""),
];

/// Depths that a recursive parser handles, that it may handle, and that none handles.
const DEPTHS: [usize; 3] = [200, 3_000, 100_000];

fn nested(kind: &Kind, depth: usize) -> String {
    let (_, before, open, middle, close, behind) = kind;
    [before, open.repeat(depth).as_str(), middle, close.repeat(depth).as_str(), behind].concat()
}

fn hold_kinds(kinds: &[Kind]) {
    hold(kinds.iter().map(|kind| {
        let deeper =
            |case: Hostile, depth: &usize| case.module(&format!("deep_{depth}"), nested(kind, *depth));
        (kind.0.to_owned(), DEPTHS.iter().fold(Hostile::new(), deeper))
    }));
}

/// A construct that does not parse when shallow would prove nothing when deep.
#[test]
fn every_kind_is_grammatical() {
    let kinds = [EXPRESSIONS, PATTERNS_AND_TYPES, ITEMS].concat();
    let wrong =
        |kind: &Kind| Some((kind.0, syn::parse_file(&nested(kind, 2)).err()?.to_string(), nested(kind, 2)));
    let wrong: Vec<_> = kinds.iter().filter(|kind| !kind.0.ends_with(" only")).filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn deep_expressions() {
    hold_kinds(EXPRESSIONS);
}

#[test]
fn deep_patterns_and_types() {
    hold_kinds(PATTERNS_AND_TYPES);
}

#[test]
fn deep_items() {
    hold_kinds(ITEMS);
}

/// Nestings in a macro's arguments whose innermost part is incomplete.
const UNFINISHED: &[(&str, &str)] = &[
    ("impl A { fn a() {", "}}"),
    ("mod a {", "}"),
    ("if a {", "}"),
    ("|a| {", "}"),
    ("{", "}"),
    ("(", ")"),
    ("(a b ", ")"),
    ("a! { b, ", "}"),
    ("match a { b => {", "} }"),
    ("#[a(b c ", ")] d"),
];

#[test]
fn macro_arguments_that_are_nothing_on_any_level() {
    let places =
        [("const A: u8 = m!{", "};"), ("fn f() { m!{", "} }"), ("m!{", "}"), ("#[m(", ")] fn f() {}")];
    hold(UNFINISHED.iter().map(|(open, close)| {
        let text = places.map(|(before, behind)| {
            [before, &open.repeat(8_000), " x y ", &close.repeat(8_000), behind, "\n"].concat()
        });
        ((*open).to_owned(), Hostile::new().module("deep", text.concat()))
    }));
}

/// The greatest depth that is still parsed, so often that work quadratic in the depth would not
/// end.
#[test]
fn conditions_cost_what_they_are_long() {
    let conditions = ITEMS.iter().filter(|kind| kind.0.starts_with("cfg"));
    hold(conditions.map(|kind| {
        let text = nested(kind, 25_000).repeat(8);
        (kind.0.to_owned(), Hostile::new().module("deep", text))
    }));
}

#[test]
fn deep_macro_input_reaches_the_expansion() {
    let rules = "macro_rules! m { ($($t:tt)*) => { pub mod made { $($t)* } } }\n";
    let deep = |kind: &Kind| (kind.0.to_owned(), format!("{rules}m! {{ {} }}", nested(kind, 50_000)));
    let cases = EXPRESSIONS.iter().chain(ITEMS).map(deep);
    hold(cases.map(|(name, text)| (name, Hostile::new().module("deep", text))));
}

#[test]
fn module_folders_as_deep_as_the_file_system_bears() {
    let mut case = Hostile::new().root("mod d;\n").with("src/d.rs", "pub mod d;");
    let mut folder = "src".to_owned();
    for depth in 0..800 {
        folder.push_str("/d");
        let text = if depth == 799 { "pub struct Deep;" } else { "pub mod d; use super::d as up;" };
        case = case.with(format!("{folder}/d.rs"), text);
    }
    case.assert_survived();
}
