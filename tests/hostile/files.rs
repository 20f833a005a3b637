//! Files of unusual size and with unusual bytes.

use std::fmt::Write;

use super::{Hostile, hold};

#[test]
fn strange_bytes() {
    let cases: &[(&str, &[u8])] = &[
        ("empty", b""),
        ("invalid UTF-8", b"pub struct A; // \xff\xfe\nuse crate::calm::Calm;"),
        ("invalid UTF-8 in a string", b"const A: &str = \"\xc3\x28\";"),
        ("UTF-16", b"\xff\xfep\0u\0b\0 \0f\0n\0"),
        ("NUL", b"pub struct A;\0\0\0 use crate::calm::Calm;"),
        ("NUL in a string", b"const A: &str = \"\0\";"),
        ("only NUL", &[0; 100_000]),
        ("BOM", b"\xef\xbb\xbfuse crate::calm::Calm;"),
        ("BOM twice", b"\xef\xbb\xbf\xef\xbb\xbfuse crate::calm::Calm;"),
        ("BOM and shebang", b"\xef\xbb\xbf#!/usr/bin/env run\nuse crate::calm::Calm;"),
        ("shebang", b"#!/usr/bin/env run\nuse crate::calm::Calm;"),
        ("shebang alone", b"#!"),
        ("CRLF", b"use crate::calm::Calm;\r\n// a\r\n/* b\r\n*/\r\nconst A: &str = \"a\\\r\n b\";\r\n"),
        ("CR alone", b"use crate::calm::Calm;\r// a\rfn f() {}"),
        ("no newline at the end of a comment", b"// a"),
        ("form feeds and unusual spaces", "\u{c}use\u{85}crate\u{200e}::\u{2028}calm::Calm;".as_bytes()),
        ("direction", "/* \u{202e} */ fn f() { let a = \"\u{202e}\"; }".as_bytes()),
        ("unterminated string", b"const A: &str = \"a"),
        ("unterminated raw string", b"const A: &str = r###\"a\"##"),
        ("unterminated character", b"const A: char = '"),
        (
            "strange literals",
            b"const A: u8 = 0x; const B: f64 = 1e; const C: u8 = 1_u999; const D: u8 = b'\\xzz';",
        ),
        ("large numbers", b"fn f() { a.0.0.99999999999999999999999999999999; 1e99999999999; }"),
        ("not Rust", b"<?php echo 'hello'; ?>"),
        ("merge conflict", b"<<<<<<< HEAD\nuse crate::a;\n=======\nuse crate::b;\n>>>>>>> x\n"),
        ("front matter", b"---\n[dependencies]\n---\nuse crate::calm::Calm;"),
    ];
    hold(cases.iter().map(|(name, bytes)| ((*name).to_owned(), Hostile::new().module("strange", bytes))));
}

#[test]
fn what_surrounds_the_text_does_not_hide_it() {
    let case = Hostile::new()
        .module("bom", "\u{feff}use crate::calm::Calm;\n")
        .module("crlf", "// a\r\nuse crate::calm::Calm;\r\n")
        .module("shebang", "#!/usr/bin/env run\nuse crate::calm::Calm;\n");
    let output = case.assert_survived().output;
    for module in ["bom", "crlf", "shebang"] {
        assert!(output.contains(&format!(r#""from":"hostile::{module}","to":"hostile::calm""#)), "{module}");
    }
}

#[test]
fn a_million_lines() {
    let statements = format!("fn f() {{\n{}}}\n", "    x += 1;\n".repeat(1_000_000));
    Hostile::new().module("long", statements).assert_survived();
}

#[test]
fn a_million_empty_lines_and_one_use() {
    let case = Hostile::new().module("blank", "\n".repeat(1_000_000) + "use crate::calm::Calm;");
    assert!(case.assert_survived().output.contains("\"line\":1000001,"));
}

#[test]
fn one_line_of_ten_megabytes() {
    Hostile::new()
        .module("string", format!("const A: &str = \"{}\";", "a".repeat(10_000_000)))
        .module("comment", format!("/*{}*/ use crate::calm::Calm;", "é".repeat(5_000_000)))
        .module("name", format!("fn {}() {{}}", "a".repeat(10_000_000)))
        .assert_survived();
}

#[test]
fn many_references_on_one_line() {
    let line = "crate::calm::Calm, ".repeat(100_000);
    Hostile::new().module("wide", format!("fn f() {{ let _ = ({line}); }}")).assert_survived();
}

#[test]
fn a_hundred_thousand_items() {
    let mut items = String::new();
    for n in 0..100_000 {
        let _ = writeln!(items, "pub struct S{n}(S{});", n / 2);
    }
    Hostile::new().module("items", items).assert_survived();
}

#[test]
fn items_of_one_name() {
    let same = "pub struct S;\n".repeat(30_000) + &"use crate::calm::Calm as C;\n".repeat(30_000);
    let modules = "pub mod m { pub fn f() { super::m::f() } }\n".repeat(10_000);
    Hostile::new().module("same", same).module("modules", modules).assert_survived();
}

#[test]
fn one_use_of_many_names() {
    let names: String = (0..100_000).map(|n| format!("S{n}, ")).collect();
    let items: String = (0..100_000).map(|n| format!("pub struct S{n};\n")).collect();
    Hostile::new()
        .module("items", items)
        .module("wide", format!("use crate::items::{{{names}}};"))
        .assert_survived();
}

#[test]
fn ten_thousand_files() {
    let mut case = Hostile::new();
    for n in 0..10_000 {
        case = case.module(&format!("m{n}"), "use crate::calm::Calm;");
    }
    case.assert_survived();
}
