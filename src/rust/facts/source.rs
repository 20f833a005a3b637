//! From a file's bytes to text that is safe to parse.
//!
//! One pass over the bytes does what has to be known before `syn` sees the text. It bounds how deep the parser can recurse,
//! since `syn` recurses on the input's nesting, and it blanks the third character of doc comments, which makes plain
//! comments of them: nothing here reads documentation, and lexing it costs as much as lexing code. No position moves.
//! Only what macros are given keeps the first of doc comments in a row, without its text: a macro may ask for attributes.
//! On the way it notes where the bodies of functions and the comments outside them are, which [`super::skeleton`] leaves
//! out.

use crate::base::{codes, diagnostic::Diagnostic, span::Span};

use super::functions::{Body, Finder};

/// Text that is ready to parse.
#[derive(Debug)]
pub struct Source {
    /// The text, without a byte order mark.
    pub text: String,
    /// An upper bound of how deep a parser recurses on it, counted in tokens.
    pub depth: usize,
    /// All tokens: however they nest, a parser recurses no deeper than that.
    pub tokens: usize,
    /// The same where the parser is given the [`super::skeleton`]: the tokens of that, and of the largest body.
    pub skeleton_tokens: usize,
    /// Lines of text.
    pub lines: u32,
    /// Whether doc comments were kept, as macros see them.
    pub has_docs: bool,
    /// Every comment, in order, where one may speak to archlint; else none.
    pub comments: Vec<Comment>,
    /// The bodies of functions, in order, unless there is nothing in them.
    pub bodies: Vec<Body>,
    /// The first byte of each comment outside those, and the one after its last, in order. One that is not closed is none.
    pub gaps: Vec<(usize, usize)>,
}

/// A comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last; a line comment's line end is not part of it.
    pub end: usize,
    /// What sort it is.
    pub kind: CommentKind,
}

/// The sorts of comment.
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

/// What a comment that speaks to archlint starts with.
pub const MARKER: &str = "archlint";

/// Prepares a file's bytes for parsing.
pub fn prepare(mut bytes: Vec<u8>) -> Result<Source, Diagnostic> {
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
    let wanted = memchr::memmem::find(&text, MARKER.as_bytes()).is_some();
    let mut scan = Scan {
        comments: wanted.then(Vec::new),
        bytes: &mut text,
        at: 0,
        levels: vec![Level::default()],
        sum: 0,
        depth: 0,
        tokens: Tokens::default(),
        kept_doc: None,
        last: Last::Other,
        after_brace: false,
        functions: Finder::default(),
        gaps: Vec::new(),
    };
    scan.run();
    let (depth, tokens, gaps) = (scan.depth, scan.tokens, scan.gaps);
    let has_docs = scan.kept_doc.is_some();
    let mut bodies = scan.functions.bodies;
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
        comments,
        bodies,
        gaps,
    })
}

/// Whether what follows `#!` makes it an attribute rather than a shebang line.
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

/// What one bracket level holds since the last token that certainly ends all that nests on it without brackets: `!!!x`,
/// `a + b + c`, `A<B<C`.
///
/// The bound must hold for every text, so it relies on what the grammar says of few tokens:
///
/// - `;` ends a statement, an item, or the type of an array, and `=>` the pattern of a match arm.
/// - `,` ends an element of a list, unless the list is that of generic arguments or of a closure's parameters: there, more
///   of the same type or expression follows. The former start with a `<` that a `>` closes, the latter with a `|`.
/// - A word or `#` behind `}` starts a statement, an item, a match arm or a guard. Only `else`, `as` and `in` continue what
///   the brace belongs to.
///
/// Where one of them stands elsewhere, a parser refuses the text and recurses no further.
#[derive(Default, Clone, Copy)]
struct Level {
    /// Tokens.
    tokens: usize,
    /// Those of them that are a `<` which may start a list, and are not closed.
    angles: usize,
    /// Whether one of them is a `|` that may start a closure's parameters.
    parameters: bool,
    /// Whether the level is that of an attribute.
    is_attribute: bool,
}

/// How many tokens there are, and where.
#[derive(Default, Clone, Copy)]
struct Tokens {
    all: usize,
    /// In bodies that end before.
    in_bodies: usize,
    largest_body: usize,
    /// How many stood before the body that the scan is in.
    before_body: usize,
}

impl Tokens {
    fn end_body(&mut self) {
        let body = self.all - self.before_body;
        self.in_bodies += body;
        self.largest_body = self.largest_body.max(body);
    }
}

/// The last token, where `|` or `<` behind it may be an operator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Other,
    /// A literal, or the end of a group that is no block.
    Operand,
    /// A word that starts and ends there.
    Word(usize, usize),
}

/// Words that an expression can follow, and thus a closure.
const BEFORE_EXPRESSIONS: &[&[u8]] = &[
    b"as",
    b"async",
    b"become",
    b"box",
    b"break",
    b"const",
    b"continue",
    b"default",
    b"do",
    b"dyn",
    b"else",
    b"fn",
    b"for",
    b"gen",
    b"if",
    b"impl",
    b"in",
    b"let",
    b"loop",
    b"match",
    b"move",
    b"mut",
    b"ref",
    b"return",
    b"safe",
    b"static",
    b"try",
    b"unsafe",
    b"use",
    b"where",
    b"while",
    b"yeet",
    b"yield",
];

/// A number of more characters is shortened. That of the largest type, in binary and with its name, has fewer.
const LONG_NUMBER: usize = 256;

struct Scan<'a> {
    bytes: &'a mut [u8],
    at: usize,
    levels: Vec<Level>,
    /// The sum of `tokens` over `levels`.
    sum: usize,
    depth: usize,
    tokens: Tokens,
    /// How many tokens there were behind the last doc comment that was kept.
    kept_doc: Option<usize>,
    last: Last,
    after_brace: bool,
    comments: Option<Vec<Comment>>,
    functions: Finder,
    gaps: Vec<(usize, usize)>,
}

/// What a byte may start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    /// A word, or a number.
    Word,
    Open,
    Close,
    Separator,
    /// A comment, a literal in quotes, or punctuation.
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < classes.len() {
        classes[byte] = match byte as u8 {
            b' ' | b'\t' | b'\r' | b'\n' => Class::Space,
            b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => Class::Word,
            b'(' | b'[' | b'{' => Class::Open,
            b')' | b']' | b'}' => Class::Close,
            b',' | b';' => Class::Separator,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

impl Scan<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASSES[usize::from(byte)] {
                Class::Space => self.at = self.behind(Class::Space),
                Class::Word => self.word(),
                Class::Open => self.open(),
                Class::Close => self.close(byte == b'}'),
                Class::Separator => self.separate(byte == b';'),
                Class::Other => self.other(byte),
            }
        }
    }

    /// The end of the run of bytes of a class that starts here.
    fn behind(&self, class: Class) -> usize {
        let run = self.bytes[self.at..].iter().take_while(|&&byte| CLASSES[usize::from(byte)] == class);
        self.at + run.count()
    }

    fn other(&mut self, byte: u8) {
        match byte {
            b'/' if self.peek(1) == b'/' => self.line_comment(),
            b'/' if self.peek(1) == b'*' => self.block_comment(),
            b'"' => {
                self.token(false);
                self.functions.other();
                self.string();
                self.last = Last::Operand;
            }
            b'\'' => {
                self.token(false);
                self.functions.other();
                self.quote();
            }
            _ => self.punctuation(byte),
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn top(&mut self) -> &mut Level {
        self.levels.last_mut().expect("the outermost level is never closed")
    }

    fn token(&mut self, starts_statement: bool) {
        if self.after_brace && starts_statement {
            self.reset();
        }
        self.after_brace = false;
        self.last = Last::Other;
        self.top().tokens += 1;
        self.sum += 1;
        self.tokens.all += 1;
        self.depth = self.depth.max(self.sum + self.levels.len());
    }

    /// Everything that nests on this level ends here.
    fn reset(&mut self) {
        let top = self.top();
        let ended = top.tokens;
        *top = Level { is_attribute: top.is_attribute, ..Level::default() };
        self.sum -= ended;
    }

    fn open(&mut self) {
        self.token(false);
        let is_attribute = self.functions.is_behind_hash() && self.bytes[self.at] == b'[';
        let was_body = self.functions.is_body();
        self.functions.open(self.bytes[self.at], self.levels.len(), self.at);
        if !was_body && self.functions.is_body() {
            self.tokens.before_body = self.tokens.all;
        }
        self.levels.push(Level { is_attribute, ..Level::default() });
        self.at += 1;
    }

    fn close(&mut self, brace: bool) {
        let mut is_attribute = false;
        if self.levels.len() > 1 {
            self.reset();
            is_attribute = self.levels.pop().is_some_and(|level| level.is_attribute);
            let was_body = self.functions.is_body();
            self.functions.close(self.levels.len(), self.at);
            if was_body && !self.functions.is_body() {
                self.tokens.end_body();
            }
        }
        self.last = if brace || is_attribute { Last::Other } else { Last::Operand };
        self.after_brace = brace;
        self.at += 1;
    }

    fn separate(&mut self, statement: bool) {
        let Level { angles, parameters, .. } = *self.top();
        if statement || (angles == 0 && !parameters) {
            self.reset();
        }
        self.last = Last::Other;
        self.after_brace = false;
        if statement {
            self.functions.semicolon(self.levels.len());
        } else {
            self.functions.other();
        }
        self.at += 1;
    }

    fn punctuation(&mut self, byte: u8) {
        let before = self.last;
        self.token(byte == b'#');
        self.functions.punctuation(byte);
        match byte {
            b'<' if self.may_open_list(before) => self.top().angles += 1,
            b'|' if self.may_open_parameters(before) => self.top().parameters = true,
            b'>' => self.close_angle(),
            _ => {}
        }
        self.at += 1;
    }

    /// Whether the `<` here may be that of generic arguments. If it is not, the `>` behind it closes none either.
    fn may_open_list(&self, before: Last) -> bool {
        let is_operand = match before {
            Last::Operand => true,
            Last::Word(start, _) => self.bytes[start].is_ascii_digit(),
            Last::Other => false,
        };
        !is_operand && self.peek(1) != b'='
    }

    /// Whether the `|` here may be the first of a closure's. Where an operand ends before it, it is an operator or a
    /// closure's second; and there are no parameters in `||`.
    fn may_open_parameters(&self, before: Last) -> bool {
        let is_operand = match before {
            Last::Operand => true,
            Last::Word(start, end) => !BEFORE_EXPRESSIONS.contains(&&self.bytes[start..end]),
            Last::Other => false,
        };
        !is_operand && self.peek(1) != b'|'
    }

    /// A `>`, which closes a list unless it is that of `->` or `=>`.
    fn close_angle(&mut self) {
        match self.at.checked_sub(1).map(|before| self.bytes[before]) {
            Some(b'-') => {}
            Some(b'=') => self.reset(),
            _ => {
                let top = self.top();
                top.angles = top.angles.saturating_sub(1);
            }
        }
    }

    fn word(&mut self) {
        let start = self.at;
        self.at = self.behind(Class::Word);
        let word = &self.bytes[start..self.at];
        let raw =
            matches!(word, b"r" | b"br" | b"cr") && matches!(self.peek(0), b'"' | b'#') && self.raw_string();
        if self.at - start > LONG_NUMBER && self.bytes[start].is_ascii_digit() {
            self.shorten_number(start);
        }
        let goes_on = matches!(&self.bytes[start..self.at], b"else" | b"as" | b"in");
        self.token(!raw && !goes_on);
        if raw {
            self.last = Last::Operand;
            self.functions.other();
        } else {
            self.last = Last::Word(start, self.at);
            self.functions.word(&self.bytes[start..self.at], self.levels.len());
        }
    }

    /// Makes `_` of a long number's digits, but for the first behind anything else: the parser works out the value of every number,
    /// in time that grows with the square of its digits. No value matters here.
    fn shorten_number(&mut self, start: usize) {
        let is_hexadecimal = self.bytes[start..].starts_with(b"0x");
        let mut is_run = false;
        for byte in &mut self.bytes[start + LONG_NUMBER..self.at] {
            let is_digit = byte.is_ascii_digit() || (is_hexadecimal && byte.is_ascii_hexdigit());
            if is_digit && is_run {
                *byte = b'_';
            }
            is_run = is_digit || (is_run && *byte == b'_');
        }
    }

    /// At the `#` or `"` after a raw string's prefix: skips the string, or stays where `r#` starts a raw identifier.
    fn raw_string(&mut self) -> bool {
        let hashes = self.bytes[self.at..].iter().take_while(|&&b| b == b'#').count();
        if self.peek(hashes) != b'"' {
            return false;
        }
        let mut end = self.at + hashes + 1;
        while let Some(quote) = memchr::memchr(b'"', &self.bytes[end..]) {
            end += quote + 1;
            if self.bytes[end..].iter().take(hashes).filter(|&&b| b == b'#').count() == hashes {
                self.at = end + hashes;
                return true;
            }
        }
        self.at = self.bytes.len();
        true
    }

    fn string(&mut self) {
        self.at += 1;
        while let Some(found) = memchr::memchr2(b'"', b'\\', &self.bytes[self.at..]) {
            self.at += found;
            if self.bytes[self.at] == b'"' {
                self.at += 1;
                return;
            }
            self.at = (self.at + 2).min(self.bytes.len());
        }
        self.at = self.bytes.len();
    }

    /// A character literal or a lifetime, of which the name is part: it is no operand.
    fn quote(&mut self) {
        self.at += 1;
        if self.peek(0) == b'\\' {
            self.at = (self.at + 2).min(self.bytes.len());
            self.at =
                memchr::memchr(b'\'', &self.bytes[self.at..]).map_or(self.bytes.len(), |n| self.at + n + 1);
            self.last = Last::Operand;
            return;
        }
        let width = match self.peek(0) {
            0..0x80 => 1,
            0x80..0xe0 => 2,
            0xe0..0xf0 => 3,
            _ => 4,
        };
        if self.peek(width) == b'\'' {
            self.at += width + 1;
            self.last = Last::Operand;
        } else {
            self.at = self.behind(Class::Word);
        }
    }

    /// Notes a comment, and whether it may be left out.
    fn comment(&mut self, start: usize, kind: CommentKind, is_gap: bool) {
        let end = self.at.min(self.bytes.len());
        // `(/*ERROR*/)` is how rustc prints what it could not expand: the lexer takes it for a literal.
        let is_gap = is_gap && &self.bytes[start..end] != b"/*ERROR*/";
        if is_gap && !self.functions.is_body() {
            self.gaps.push((start, end));
        }
        if let Some(comments) = &mut self.comments {
            comments.push(Comment { start, end, kind });
        }
    }

    fn line_comment(&mut self) {
        let start = self.at;
        let is_doc = matches!(self.peek(2), b'/' | b'!');
        let is_kept = is_doc && self.peek(3) != b'/' && self.keeps_doc();
        if is_doc && !is_kept {
            self.bytes[self.at + 2] = b' ';
        }
        self.at = memchr::memchr(b'\n', &self.bytes[self.at..]).map_or(self.bytes.len(), |n| self.at + n);
        if is_kept {
            self.shorten_doc(start);
        }
        self.comment(start, if is_doc { CommentKind::Doc } else { CommentKind::Line }, !is_kept);
    }

    /// Whether the doc comment here is one that a macro is to see. If so it counts as the token that starts an attribute.
    fn keeps_doc(&mut self) -> bool {
        let is_kept = self.functions.is_macro() && self.kept_doc != Some(self.tokens.all);
        if is_kept {
            self.token(true);
            self.kept_doc = Some(self.tokens.all);
        }
        is_kept
    }

    /// Makes `/** */` of a line of documentation, and `/*! */` of one about what is around it.
    fn shorten_doc(&mut self, start: usize) {
        let line = &mut self.bytes[start..self.at];
        // Where comments speak to archlint, those that cannot are told apart by their text.
        if self.comments.is_some() || line.len() < b"/** */".len() {
            return;
        }
        let third = if line[2] == b'!' { b'!' } else { b'*' };
        line.fill(b' ');
        line[..6].copy_from_slice(&[b'/', b'*', third, b' ', b'*', b'/']);
    }

    fn block_comment(&mut self) {
        let start = self.at;
        let is_doc = self.peek(2) == b'!' || (self.peek(2) == b'*' && self.peek(3) != b'/');
        let is_kept = is_doc && (self.peek(2) == b'!' || self.peek(3) != b'*') && self.keeps_doc();
        if is_doc && !is_kept {
            self.bytes[self.at + 2] = b' ';
        }
        self.at += 2;
        let is_closed = self.skip_block();
        let kind = if is_doc { CommentKind::Doc } else { CommentKind::Block };
        self.comment(start, kind, is_closed && !is_kept);
    }

    /// Behind the start of a block comment: to its end, past those nested in it. Tells whether it has one.
    fn skip_block(&mut self) -> bool {
        let mut depth = 1usize;
        while depth > 0 {
            let Some(found) = memchr::memchr2(b'/', b'*', &self.bytes[self.at.min(self.bytes.len())..])
            else {
                self.at = self.bytes.len();
                return false;
            };
            self.at += found;
            match (self.peek(0), self.peek(1)) {
                (b'/', b'*') => {
                    depth += 1;
                    self.at += 2;
                }
                (b'*', b'/') => {
                    depth -= 1;
                    self.at += 2;
                }
                _ => self.at += 1,
            }
        }
        true
    }
}

#[cfg(test)]
mod nesting;

#[cfg(test)]
mod tests {
    use super::*;

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
