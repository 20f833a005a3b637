//! The places and the choice of doctests, by the text of a file alone.

use super::*;

fn found(text: &str) -> Doctests {
    found_with(text, &[])
}

fn found_with(text: &str, files: &[(&str, &str)]) -> Doctests {
    let read = |path: &str| {
        let known = files.iter().find(|(name, _)| *name == path);
        known.map(|(_, text)| text.as_bytes().to_vec()).ok_or(ReadError::NotFound)
    };
    doctests(Documented { path: "a/src/lib.rs", package: "a" }, text.as_bytes().to_vec(), &read)
}

/// The paths in doctests, each with the text of its file that its span covers.
fn named(text: &str) -> Vec<String> {
    let found = found(text);
    assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
    let mut all = Vec::new();
    for one in &found.all {
        let spans = one.facts.imports.iter().map(|import| import.span);
        let longer = one.facts.references.iter().filter(|of| of.path.len > 1).map(|of| of.span);
        all.extend(spans.chain(longer).map(|span| covered(text, span)));
    }
    all
}

fn covered(text: &str, span: Span) -> String {
    assert_eq!(span.start.line, span.end.line, "{span:?}");
    let line = text.lines().nth(span.start.line as usize - 1).expect("the line is there");
    let (start, end) = (span.start.column as usize - 1, span.end.column as usize - 1);
    line.chars().skip(start).take(end - start).collect()
}

#[test]
fn spans_are_places_in_the_source() {
    for (text, expected) in [
        ("/// ```\n/// a::bé();\n/// ```\nfn f() {}", "a::bé"),
        ("//!```\n//!   a::b();\n//!```\n", "a::b"),
        ("    /// ~~~rust\n    /// # use a::b;\n    /// ~~~\n    fn f() {}", "b"),
        ("    /// * x\n    ///   ```\n    ///   # use a::b;\n    ///   ```\n    fn f() {}", "b"),
        ("//! é `é`\n//!\n//!     a::b();\n", "a::b"),
        ("/// > ```\n/// > a::b();\n/// > ```\nfn f() {}", "a::b"),
        ("/** ```\na::b();\n``` */\nfn f() {}", "a::b"),
        ("    /**\n     * x\n     * ```\n     * ##[a::b] fn f() {}\n     * ```\n     */\nfn f() {}", "a::b"),
        ("/*!\n```\n  a::b();\n```\n*/", "a::b"),
        ("#[doc = \"```\"]\n#[doc = \" a::b();\"]\n#[doc = \"```\"]\nfn f() {}", "a::b"),
        ("#[doc = \"```\\n\\\"é\\\"; a::b();\\n```\"]\nfn f() {}", "a::b"),
        ("#[doc = r#\"\n```\n a::b();\n```\"#]\nfn f() {}", "a::b"),
        (
            "#[cfg_attr(x, doc = \"t\")]\n#[doc = concat!(\"```\\n\", \"a::b();\", \"\\n```\")]\nfn f() {}",
            "a::b",
        ),
        ("m! { /// ```\n /// a::b();\n /// ```\n struct S; }", "a::b"),
        ("fn f() { /// ```\n /// a::b();\n /// ```\n fn g() {} }", "a::b"),
        ("struct S { /// ```\n /// a::b();\n /// ```\n x: u8 }", "a::b"),
        ("enum E { /// ```\n /// a::b();\n /// ```\n V }", "a::b"),
        ("impl S { /// ```\n /// a::b();\n /// ```\n fn g() {} }", "a::b"),
        ("/// ```\r\n/// a::b();\r\n/// ```\r\nfn f() {}", "a::b"),
        ("/// ```\n/// fn main() { a::b(); }\n/// ```\nfn f() {}", "a::b"),
        ("/// ```\n/// #![allow(x)]\n/// a::b()?;\n/// # Ok::<(), ()>(())\n/// ```\nfn f() {}", "a::b"),
    ] {
        let found = named(text);
        assert_eq!(found, [expected], "{text}");
    }
}

#[test]
fn other_blocks_are_no_doctests() {
    for text in [
        "/// ```text\n/// a::b();\n/// ```\nfn f() {}",
        "/// ```ignore\n/// a::b();\n/// ```\nfn f() {}",
        "/// ```compile_fail,E0277\n/// a::b();\n/// ```\nfn f() {}",
        "// ```\n// a::b();\n// ```\nfn f() {}",
        "//// ```\n//// a::b();\n//// ```\nfn f() {}",
        "/// a::b\nfn f() {}",
        "/// ```\n/// let x = 1;\n/// ```\nfn f() {}",
        "#[cfg_attr(feature = \"x\", doc = \"```ignore\")]\n#[cfg_attr(not(feature = \"x\"), doc = \"```\")]\n/// a::b();\n/// ```\nfn f() {}",
        "const S: &str = \"/// ```\\n/// a::b();\\n/// ```\";",
    ] {
        let found = found(text);
        assert!(found.all.is_empty() && found.diagnostics.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn a_block_that_does_not_parse_is_told_of_at_its_place() {
    let found = found("/// x\n/// ```\n/// use a::b;\n/// let = ;\n/// ```\nfn f() {}");
    let [problem] = found.diagnostics.as_slice() else { panic!("{found:?}") };
    assert_eq!((problem.code, problem.span), (codes::DOCTEST, Some(Span::new(4, 9, 4, 10))));
}

#[test]
fn documentation_knows_its_module_and_conditions() {
    let text = "#[cfg(unix)] mod a { //! ```\n //! a::b();\n //! ```\n #[cfg(x)]\n /// ```\n /// a::c();\n /// ```\n fn f() {} }";
    let found = found(text);
    let modules: Vec<Position> = found.all.iter().map(|one| one.module).collect();
    assert_eq!(modules, [Position { line: 1, column: 20 }; 2]);
    let depth = |one: &Doctest| {
        let parent = |&id: &ConditionId| Some(found.conditions[id].parent).filter(|_| id.index() > 0);
        std::iter::successors(Some(one.condition), parent).count() - 1
    };
    assert_eq!(found.all.iter().map(depth).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn included_files_are_documentation() {
    let text = "#![doc = include_str!(\"../README.md\")]\n#![doc = \"```\"]\n#![doc = include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/x.rs\"))]\n#![doc = \"```\"]\n#![doc = include_str!(\"gone.md\")]\n";
    let files = [("a/README.md", "# A\n\n```rust\nuse a::b;\n```\n"), ("a/x.rs", "use a::c;\n")];
    let found = found_with(text, &files);
    assert!(found.includes);
    let imports: Vec<_> =
        found.all.iter().map(|one| (one.file.as_deref(), one.facts.imports[0].span)).collect();
    assert_eq!(
        imports,
        [(Some("a/README.md"), Span::new(4, 8, 4, 9)), (Some("a/x.rs"), Span::new(1, 8, 1, 9))]
    );
    let [problem] = found.diagnostics.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        (problem.code, problem.span.map(|span| span.start.line)),
        (codes::UNREADABLE_INCLUDE, Some(5))
    );
}

#[test]
fn doctests_survive_being_written_down_and_compare_by_what_they_say() {
    let text = "/// ```\n/// use a::b;\n/// ```\nfn f() {}";
    let bytes = postcard::to_stdvec(&found(text)).expect("doctests can be written");
    let read: Doctests = postcard::from_bytes(&bytes).expect("what was written can be read");
    assert!(read.say_the_same(found(&format!("//\n\n{text}"))));
    for other in ["fn f() {}", "/// ```\n/// use a::c;\n/// ```\nfn f() {}"] {
        assert!(!found(text).say_the_same(found(other)), "{other}");
    }
}

/// Four columns of white space are a block of code, whatever they follow.
#[test]
fn indented_code_is_a_doctest_wherever_markdown_allows_it() {
    for text in [
        "///Text.\n///\n///    a::b();\nfn f() {}",
        "/// Text.\n///\n/// \ta::b();\nfn f() {}",
        "/// - Text.\n///\n///       a::b();\nfn f() {}",
        "/// >     a::b();\nfn f() {}",
        "/// -     a::b();\nfn f() {}",
        "//! Text.\n//!\n//!     a::b();",
        "struct S { a: u8, /// Text.\n///\n///     a::b();\n b: u8 }",
    ] {
        assert_eq!(found(text).all.len(), 1, "{text}");
    }
    for text in ["/// Text.\n///\n///    a::b();\nfn f() {}", "///   - a::b();\nfn f() {}"] {
        assert_eq!(found(text).all.len(), 0, "{text}");
    }
}
