//! Tests of the syntax of waivers, and of the code that they cover before and after `rustfmt`.

use super::*;
use crate::rust::facts::{extract, source::prepare};

fn waivers(text: &str) -> Vec<Waiver> {
    extract(&prepare(text.as_bytes().to_vec()).unwrap()).waivers
}

/// The lines of `text` that its waivers cover, trimmed.
fn about(text: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let covered = |w: &Waiver| lines[w.lines.0 as usize - 1..w.lines.1 as usize].to_vec();
    waivers(text).iter().map(covered).collect()
}

/// The mistakes of the waivers of `text`; `None` for a well-formed one.
fn mistakes(text: &str) -> Vec<Option<String>> {
    waivers(text).into_iter().map(|w| w.mistake.map(|(message, _)| message)).collect()
}

const W: &str = "// archlint: allow(x, reason = \"y\")";

/// The names `b::…` that the only waiver of `text`, written `W`, covers, in order.
fn names(text: &str) -> Vec<String> {
    let text = text.replace('W', W);
    let [covered] = &about(&text)[..] else { panic!("one waiver in\n{text}") };
    let words = covered.iter().flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'));
    words.filter(|w| w.starts_with("b_")).map(str::to_owned).collect()
}

#[test]
fn its_words_are_read() {
    let all = waivers(
        "use a::b; // archlint: allow(one, two/2, reason = \"it \\\"is\\\" so)\", until = \"2027-01-31\")\n\
         //archlint:allow( x ,reason=\"é\",)\nfn f() {}\n",
    );
    assert_eq!(all[0].rules, ["one", "two/2"]);
    assert_eq!(all[0].reason.as_deref(), Some("it \"is\" so)"));
    assert_eq!(all[0].until.as_deref(), Some("2027-01-31"));
    assert_eq!((all[0].span, all[0].lines), (Span::new(1, 11, 1, 89), (1, 1)));
    assert_eq!((all[1].rules.as_slice(), all[1].reason.as_deref()), (&["x".to_owned()][..], Some("é")));
    assert!(all.iter().all(|w| w.mistake.is_none() && !w.test), "{all:?}");
}

#[test]
fn it_may_go_on_beneath() {
    let text = "// archlint: allow(x,\n//     reason = \"long and\n// longer\", until = \"2027-01-31\")\n// more\nuse a::b;\nuse c;\n";
    let [waiver] = &waivers(text)[..] else { panic!("one waiver") };
    assert_eq!(waiver.reason.as_deref(), Some("long and longer"));
    assert_eq!((waiver.span, waiver.lines), (Span::new(1, 1, 3, 34), (1, 5)));
}

#[test]
fn what_is_no_comment_is_no_waiver() {
    for text in [
        "const A: &str = \"// archlint: allow(x)\";",
        "const A: &str = r#\"\"\n// archlint: allow(x)\n\"#;",
        "const A: &[u8] = b\"\\\"// archlint: allow(x)\";",
        "const A: (char, char, &str) = ('\"', '\\'', \"// archlint: allow(x)\");",
        "#!/bin/archlint: allow(x)\nfn main() {}",
        "// see archlint: allow(x)\n// archlint is a tool that may allow (x)\n// archlinted\nfn f() {}",
        "/* a /* b */ // archlint: allow(x)\n*/ fn f() {}",
        "fn f<'a>(a: &'a str) -> char { '/' }",
        "m! { \"// archlint: allow(x)\" }",
    ] {
        assert_eq!(waivers(text), [], "{text}");
    }
}

#[test]
fn mistakes_are_kept() {
    let said = |comment: &str| mistakes(&format!("{comment}\nfn f() {{}}\n")).remove(0).unwrap_or_default();
    let cases = [
        ("// archlint allow(x, reason = \"y\")", "a waiver needs a colon after `archlint`"),
        ("// archlint: deny(x)", "expected `allow`, found `deny`"),
        ("// archlint:", "expected `allow`, found ``"),
        ("// archlint: allow x", "`allow` needs the rule's id in parentheses"),
        ("// archlint: allow()", "the waiver names no rule"),
        ("// archlint: allow(reason = \"y\")", "the waiver names no rule"),
        ("// archlint: allow(x, reason = \"y\"", "the waiver's parenthesis is not closed"),
        ("// archlint: allow(x y)", "expected `,` or `)`, found `y)`"),
        ("// archlint: allow(\"x\")", "expected a rule's id, found `\"x\")`"),
        ("// archlint: allow(x, because = \"y\")", "a waiver has no key `because`"),
        ("// archlint: allow(x, reason = y)", "`reason` needs a text in double quotes"),
        ("// archlint: allow(x, reason = \"y)", "`reason` needs a text in double quotes"),
        ("// archlint: allow(x, reason = \"y\", reason = \"z\")", "`reason` is given twice"),
        ("// archlint: allow(x, reason = \"y\") (z)", "the waiver ends before `(z)`"),
        ("/// archlint: allow(x, reason = \"y\")", "a block or documentation comment is not a waiver"),
        ("//! archlint: allow(x, reason = \"y\")", "a block or documentation comment is not a waiver"),
        ("/* archlint: allow(x, reason = \"y\") */", "a block or documentation comment is not a waiver"),
        ("/** archlint: allow(x, reason = \"y\") */", "a block or documentation comment is not a waiver"),
    ];
    for (comment, mistake) in cases {
        assert_eq!(said(comment), mistake, "{comment}");
    }
}

#[test]
fn alone_it_is_about_the_next_thing() {
    assert_eq!(names("W\nuse b_one;\nuse b_two;\n"), ["b_one"]);
    assert_eq!(
        names("mod m;\nW\n\n// why\n/// what\n#[derive(b_d)]\npub struct S(\n    b_one,\n);\nuse b_two;"),
        ["b_d", "b_one"]
    );
    assert_eq!(
        names("mod m;\nW\nimpl b_t for S {\n    fn f() {\n        b_one();\n    }\n}\nuse b_two;"),
        ["b_t", "b_one"]
    );
    assert_eq!(
        names("fn f() {\n    b_zero();\n    W\n    let x =\n        b_one();\n    b_two();\n}"),
        ["b_one"]
    );
    assert_eq!(names("use a::{\n    b_zero,\n    W\n    b_one,\n    b_two,\n};"), ["b_one"]);
    assert_eq!(
        names("struct S {\n    z: b_zero,\n    W\n    a: Map<b_one, b_x>,\n    b: b_two,\n}"),
        ["b_one", "b_x"]
    );
    assert_eq!(
        names(
            "fn f() {\n    match x {\n        Z => b_zero(),\n        W\n        A => {\n            b_one();\n        }\n        B => b_two(),\n    }\n}"
        ),
        ["b_one"]
    );
    assert_eq!(
        names(
            "fn f() {\n    g(\n        b_zero(),\n        W\n        b_one(\n            b_x,\n        ),\n        b_two(),\n    );\n}"
        ),
        ["b_one", "b_x"]
    );
    assert_eq!(
        names(
            "fn f() {\n    x\n        .f(b_zero)\n        W\n        .f(b_one(\n            b_x,\n        ))\n        .f(b_two);\n}"
        ),
        ["b_one", "b_x"]
    );
    assert_eq!(
        names(
            "fn f() {\n    m!(\n        b_zero,\n        W\n        b_one(\n            b_x,\n        ),\n        b_two,\n    );\n}"
        ),
        ["b_one", "b_x"]
    );
    assert!(names("fn f() {\n    b_zero();\n    W\n}\nuse b_two;").is_empty());
    assert!(names("use b_zero;\nW\n").is_empty());
}

#[test]
fn behind_code_it_is_about_that() {
    assert_eq!(names("use b_zero;\nuse b_one; W\nuse b_two;"), ["b_one"]);
    assert_eq!(names("fn f() {\n    g(\n        b_zero(), W\n        b_two(),\n    );\n}"), ["b_zero"]);
    assert_eq!(names("fn f() {\n    b_zero();\n    g(b_one, b_x); W\n    b_two();\n}"), ["b_one", "b_x"]);
    assert_eq!(names("fn f() {\n    b_one();\n} W\nuse b_two;"), ["b_one"]);
    assert_eq!(names("/* a */ W\nuse b_one;\nuse b_two;"), ["b_one"]);
}

/// Each row is a text, and then `rustfmt`'s output for it.
#[test]
fn formatting_changes_nothing() {
    let rows = [
        ("use a::{b_one, b_x}; W", "use a::{\n    b_one,\n    b_x,\n}; W"),
        ("use a::{b_one, W\n  b_two};", "use a::{\n    b_one, W\n    b_two,\n};"),
        (
            "fn f(x: b_one) { W\n  let y = 1; b_two(); }",
            "fn f(x: b_one) {\n    W\n    let y = 1;\n    b_two();\n}",
        ),
        ("impl b_one for S { W\n  const C: u8 = 1; }", "impl b_one for S {\n    W\n    const C: u8 = 1;\n}"),
        (
            "fn g() { if b_one() { W\n x() } else { b_two() } }",
            "fn g() {\n    if b_one() {\n        W\n        x()\n    } else {\n        b_two()\n    }\n}",
        ),
        (
            "fn g() {\n let x = h(b_one(), b_x()); W\n b_two() }",
            "fn g() {\n    let x = h(\n        b_one(),\n        b_x(),\n    ); W\n    b_two()\n}",
        ),
        (
            "fn g() {\n W\n b_one().b_x(|| { b_y() });\n b_two() }",
            "fn g() {\n    W\n    b_one()\n        .b_x(|| b_y());\n    b_two()\n}",
        ),
        ("struct S { a: b_one, W\n b: b_two }", "struct S {\n    a: b_one, W\n    b: b_two,\n}"),
        ("W\n#[derive(b_d)] pub struct Q(b_one);", "W\n#[derive(b_d)]\npub struct Q(b_one);"),
        (
            "fn h(a: b_one) -> b_x { x() } W\nuse b_two;",
            "fn h(\n    a: b_one,\n) -> b_x {\n    x()\n} W\nuse b_two;",
        ),
        (
            "fn h() { match x { A => b_one(), W\n B => b_two() } }",
            "fn h() {\n    match x {\n        A => b_one(), W\n        B => b_two(),\n    }\n}",
        ),
    ];
    for (before, after) in rows {
        let kept = |text| names(text).into_iter().filter(|name| name != "b_two").collect::<Vec<_>>();
        assert_eq!(kept(before), kept(after), "{before}");
        assert!(kept(before).contains(&"b_one".to_owned()), "{before}");
        assert!(!names(after).contains(&"b_two".to_owned()), "{after}");
    }
}

#[test]
fn at_the_top_it_is_about_the_file_too() {
    let text = format!("//! Documentation.\n\n{W}\n\nuse a;\nuse b;\n");
    assert_eq!(waivers(&text)[0].lines, (1, 5));
}

#[test]
fn test_code_is_known() {
    let test = |text: &str| waivers(&text.replace('W', W)).iter().map(|w| w.test).collect::<Vec<_>>();
    assert_eq!(test("#[cfg(test)]\nmod t {\n    W\n    use a;\n}\nW\nuse b;"), [true, false]);
    assert_eq!(test("W\n#[cfg(all(test, unix))]\nuse a;\nW\nuse b;"), [true, false]);
    assert_eq!(test("#[cfg(test)]\nuse a; W\nuse b; W"), [true, false]);
    assert_eq!(
        test(
            "#[test]\nfn t() {\n    W\n    f();\n}\nimpl S {\n    #[cfg(test)]\n    fn g() {\n        W\n        f();\n    }\n}"
        ),
        [true, true]
    );
    assert_eq!(test("#![cfg(test)]\nW\nuse a;"), [true]);
    assert_eq!(test("#[cfg(not(test))]\nmod t {\n    W\n    use a;\n}"), [false]);
}

#[test]
fn nesting_costs_no_more_than_itself() {
    let deep = format!("{}{W}\nuse a;{}", "mod a {\n".repeat(300), "}\n".repeat(300));
    assert_eq!(waivers(&deep).len(), 1);
    let sum = format!("fn f() {{\n{W}\nlet x = {}1;\n}}", "1 + ".repeat(3_000));
    assert_eq!(waivers(&sum)[0].lines, (1, 3));
    let many = format!("fn f() {{\n{}}}", format!("f(); {W}\n").repeat(3_000));
    assert_eq!(waivers(&many).len(), 3_000);
    let blocks = "/* archlint: allow(x) */ ".repeat(20_000);
    assert_eq!(waivers(&blocks).len(), 20_000);
    let comments = format!("{W}\n").repeat(20_000) + "use a;";
    assert_eq!(waivers(&comments).len(), 20_000);
}
