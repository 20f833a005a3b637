//! From a file's bytes to text that is safe to parse.
//!
//! One pass over the bytes prepares the text for `syn`. The pass bounds the depth of the parser's
//! recursion, since `syn` recurses on the input's nesting, and it blanks the third character of doc
//! comments, which turns them into plain comments: the facts hold no documentation, and lexing it
//! costs as much as lexing code. No position changes. Only the arguments of macros keep the first
//! of several doc comments in a row, without its text, because a macro may match on attributes. The
//! pass also records the positions of functions' bodies and of the comments outside them, which
//! [`skeleton`] leaves out.

mod comments;
mod functions;
mod nesting;
mod scan;
pub mod skeleton;

use crate::base::{codes, diagnostic::Diagnostic, span::Span};

use scan::Scan;

pub use functions::Body;

/// Text that is ready to parse.
#[derive(Debug)]
pub struct Source {
    /// The text, without a byte order mark.
    pub text: String,
    /// An upper bound of the depth of a parser's recursion on the text, counted in tokens.
    pub depth: usize,
    /// The number of all tokens. A parser never recurses deeper than that.
    pub tokens: usize,
    /// The number of tokens of the [`skeleton`] plus that of the largest body, an upper bound of
    /// the tokens that a parser is given at once if bodies are left out.
    pub skeleton_tokens: usize,
    /// The number of lines of the text.
    pub lines: u32,
    /// Whether doc comments in the arguments of macros were kept.
    pub has_docs: bool,
    /// Whether some bodies are missing from `bodies` because they hold documentation.
    pub keeps_bodies: bool,
    /// Every comment, in order, if one of them may hold a directive to archlint; otherwise none.
    pub comments: Vec<Comment>,
    /// The bodies of functions, in order, except for empty bodies.
    pub bodies: Vec<Body>,
    /// The first byte of each comment outside the bodies, and the byte after its last, in order. A
    /// comment that is not closed is not included.
    pub gaps: Vec<(usize, usize)>,
}

/// A comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// The first byte of the comment.
    pub start: usize,
    /// The byte after the last byte. The line end after a line comment is not included.
    pub end: usize,
    /// The kind of the comment.
    pub kind: CommentKind,
}

/// The kinds of comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentKind {
    /// `// …`
    Line,
    /// `/* … */`
    Block,
    /// `/// …`, `//! …`, `/** … */`, `/*! … */`
    Doc,
    /// The line `#!…` that a file may start with.
    Shebang,
}

/// The first word of a directive to archlint.
pub const MARKER: &str = "archlint";

/// Prepares a file's bytes for parsing.
pub fn prepare(bytes: Vec<u8>) -> Result<Source, Diagnostic> {
    prepare_as(bytes, Docs::Blanked)
}

/// [`prepare`] for reading documentation: doc comments stay what they are, and [`skeleton`] leaves
/// out neither them nor the bodies that have some.
pub fn prepare_with_docs(bytes: Vec<u8>) -> Result<Source, Diagnostic> {
    prepare_as(bytes, Docs::Kept)
}

/// What becomes of doc comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Docs {
    Blanked,
    Kept,
}

fn prepare_as(mut bytes: Vec<u8>, docs: Docs) -> Result<Source, Diagnostic> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let shebang = bytes.starts_with(b"#!") && !is_inner_attribute(&bytes[2..]);
    if shebang {
        bytes[..2].copy_from_slice(b"//");
    }
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text.into_bytes(),
        Err(error) => return Err(not_utf8(error.as_bytes(), error.utf8_error().valid_up_to())),
    };
    let wanted = docs == Docs::Blanked && memchr::memmem::find(&text, MARKER.as_bytes()).is_some();
    let mut scan = Scan::new(&mut text, wanted, docs == Docs::Kept);
    scan.run();
    let (depth, tokens, gaps) = (scan.nesting.depth, scan.tokens, scan.gaps);
    let has_docs = scan.kept_doc.is_some();
    let mut bodies = scan.functions.bodies;
    let all = bodies.len();
    let kept = scan.docs.unwrap_or_default();
    bodies.retain(|body| {
        let before = kept.partition_point(|&doc| doc < body.start);
        kept.get(before).is_none_or(|&doc| doc > body.end)
    });
    let keeps_bodies = bodies.len() < all;
    let mut comments = scan.comments.unwrap_or_default();
    if let Some(first) = comments.first_mut().filter(|_| shebang) {
        first.kind = CommentKind::Shebang;
    }
    let lines =
        memchr::memchr_iter(b'\n', &text).count() + usize::from(text.last().is_some_and(|&b| b != b'\n'));
    // Only ASCII bytes inside comments were replaced, by ASCII.
    let text = String::from_utf8(text).expect("blanking a comment's marker keeps UTF-8 intact");
    bodies.retain(|body| !text[body.start + 1..body.end - 1].trim_ascii().is_empty());
    Ok(Source {
        text,
        depth,
        tokens: tokens.all,
        skeleton_tokens: tokens.all - tokens.in_bodies + tokens.largest_body,
        lines: lines as u32,
        has_docs,
        keeps_bodies,
        comments,
        bodies,
        gaps,
    })
}

/// Whether the text after `#!` makes it an attribute rather than a shebang line.
fn is_inner_attribute(rest: &[u8]) -> bool {
    rest.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'[')
}

fn not_utf8(bytes: &[u8], valid: usize) -> Diagnostic {
    let line = memchr::memchr_iter(b'\n', &bytes[..valid]).count() as u32 + 1;
    let start = memchr::memrchr(b'\n', &bytes[..valid]).map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&bytes[start..valid]).chars().count() as u32 + 1;
    Diagnostic::error(codes::INVALID_UTF8, "this file is not valid UTF-8, so its content is left out")
        .at("", Span::new(line, column, line, column + 1))
        .help("save the file as UTF-8; rustc does not accept it either")
}

#[cfg(test)]
mod tests {
    use super::{scan::LONG_NUMBER, *};

    fn depth(text: &str) -> usize {
        prepare(text.as_bytes().to_vec()).unwrap().depth
    }

    #[test]
    fn documentation_becomes_comments_and_nothing_moves() {
        let text =
            "/// a\n//! b\n/** c */ /*! d */ /**/ /***/ //// e\nlet s = \"/// no\"; r#\"/// no\"#; '/'; 'a";
        let source = prepare(text.as_bytes().to_vec()).unwrap();
        assert_eq!(
            source.text,
            "// a\n//  b\n/*  c */ /*  d */ /**/ /* */ // / e\nlet s = \"/// no\"; r#\"/// no\"#; '/'; 'a"
                .replacen("// a", "//  a", 1)
        );
        assert_eq!(source.lines, 4);
    }

    #[test]
    fn depth_follows_nesting_with_and_without_brackets() {
        for nested in ["(", "!", "a.", "1+", "return ", "A<B,", "|a,b|", "if x {} else ", "&mut "] {
            assert!(depth(&nested.repeat(1000)) >= 1000, "{nested}");
        }
        for flat in
            ["f(a, b);", "fn f() -> T { g() }\n", "if a > b { c() }\n", "#[a] struct S;", "x, ", "'(' "]
        {
            assert!(depth(&format!("{{{}}}", flat.repeat(1000))) < 1020, "{flat}");
        }
        assert!(depth(&"f(a, b);".repeat(1000)) < 20);
        assert!(depth(&"fn f() -> T { g() }\n".repeat(1000)) < 30);
    }

    #[test]
    fn macros_keep_the_first_of_documentation_in_a_row() {
        let text = "m! { /// \u{e9} b\n  /// c\n fn f() {} /** d */ x //! e f\n //// f\n } /// g\nfn f() { m! { /// h\n } }";
        let source = prepare(text.as_bytes().to_vec()).unwrap();
        assert_eq!(
            source.text,
            "m! { /** */  \n  //  c\n fn f() {} /** d */ x /*! */ \n // / f\n } //  g\nfn f() { m! { //  h\n } }"
        );
        assert!(source.has_docs && !prepare(b"/// a\n".to_vec()).unwrap().has_docs);
    }

    #[test]
    fn long_numbers_lose_digits_and_stay_numbers() {
        let zeros = "0".repeat(2 * LONG_NUMBER);
        let numbers = [
            "1$",
            "1$u128",
            "1$.5",
            "1.5$",
            "1.$e7$f64",
            "1$e$1",
            "1e+$",
            "0xa$fu8",
            "0b1$",
            "0o7$",
            "1_$_$",
        ];
        for number in numbers.map(|number| number.replace('$', &zeros)) {
            let text = prepare(number.clone().into_bytes()).unwrap().text;
            assert!(text.matches('_').count() > LONG_NUMBER - 10, "{text}");
            assert_eq!(text.len(), number.len());
            assert!(syn::parse_str::<syn::Lit>(&text).is_ok(), "{text}");
        }
        for kept in [format!("a{zeros}"), "f".repeat(2 * LONG_NUMBER), zeros[..LONG_NUMBER].to_owned()] {
            assert_eq!(prepare(kept.clone().into_bytes()).unwrap().text, kept);
        }
    }

    #[test]
    fn bad_utf8_is_placed() {
        let error = prepare(b"ok\nab\xff".to_vec()).unwrap_err();
        assert_eq!(error.span, Some(Span::new(2, 3, 2, 4)));
    }
}
