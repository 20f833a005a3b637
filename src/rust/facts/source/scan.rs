//! One pass over a file's bytes.

use super::{Comment, functions::Finder, nesting::Nesting};

/// A pass over the bytes of a file, and the results so far.
pub struct Scan<'a> {
    pub bytes: &'a mut [u8],
    pub at: usize,
    pub nesting: Nesting,
    pub tokens: Tokens,
    /// The number of tokens up to and including the last doc comment that was kept.
    pub kept_doc: Option<usize>,
    pub comments: Option<Vec<Comment>>,
    /// Where each doc comment starts, if all of them are kept.
    pub docs: Option<Vec<usize>>,
    pub functions: Finder,
    pub gaps: Vec<(usize, usize)>,
}

/// Counts of tokens.
#[derive(Default, Clone, Copy)]
pub struct Tokens {
    pub all: usize,
    /// The number of tokens in bodies that have ended.
    pub in_bodies: usize,
    pub largest_body: usize,
    /// The number of tokens before the body that the scan is in.
    before_body: usize,
}

impl Tokens {
    fn end_body(&mut self) {
        let body = self.all - self.before_body;
        self.in_bodies += body;
        self.largest_body = self.largest_body.max(body);
    }
}

/// Numbers with more characters are shortened. The longest number of a primitive type, in binary
/// and with the name of the type, has fewer.
pub const LONG_NUMBER: usize = 256;

/// The class of a byte: the token that it may start.
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

impl<'a> Scan<'a> {
    /// Starts at the first byte. With `comments`, all comments are recorded; with `docs`, all doc
    /// comments are kept.
    pub fn new(bytes: &'a mut [u8], comments: bool, docs: bool) -> Self {
        Self {
            bytes,
            at: 0,
            nesting: Nesting::default(),
            tokens: Tokens::default(),
            kept_doc: None,
            comments: comments.then(Vec::new),
            docs: docs.then(Vec::new),
            functions: Finder::default(),
            gaps: Vec::new(),
        }
    }
}

impl Scan<'_> {
    /// Scans all of the text.
    pub fn run(&mut self) {
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
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|&byte| CLASSES[usize::from(byte)] != class);
        self.at + end.unwrap_or(rest.len())
    }

    fn other(&mut self, byte: u8) {
        match byte {
            b'/' if self.peek(1) == b'/' => self.line_comment(),
            b'/' if self.peek(1) == b'*' => self.block_comment(),
            b'"' => {
                self.token(false);
                self.functions.other();
                self.string();
                self.nesting.literal();
            }
            b'\'' => {
                self.token(false);
                self.functions.other();
                self.quote();
            }
            _ => self.punctuation(byte),
        }
    }

    pub fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    pub fn token(&mut self, starts_statement: bool) {
        self.nesting.token(starts_statement);
        self.tokens.all += 1;
    }

    fn open(&mut self) {
        self.token(false);
        let byte = self.bytes[self.at];
        let is_attribute = self.functions.is_behind_hash() && byte == b'[';
        let was_body = self.functions.is_body();
        self.functions.open(byte, self.nesting.level(), self.at);
        if !was_body && self.functions.is_body() {
            self.tokens.before_body = self.tokens.all;
        }
        self.nesting.open(is_attribute);
        self.at += 1;
    }

    fn close(&mut self, is_brace: bool) {
        if self.nesting.close(is_brace) {
            let was_body = self.functions.is_body();
            self.functions.close(self.nesting.level(), self.at);
            if was_body && !self.functions.is_body() {
                self.tokens.end_body();
            }
        }
        self.at += 1;
    }

    fn separate(&mut self, is_semicolon: bool) {
        self.nesting.separate(is_semicolon);
        if is_semicolon {
            self.functions.semicolon(self.nesting.level());
        } else {
            self.functions.other();
        }
        self.at += 1;
    }

    fn punctuation(&mut self, byte: u8) {
        self.nesting.punctuation(self.bytes, self.at);
        self.tokens.all += 1;
        self.functions.punctuation(byte);
        self.at += 1;
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
            self.nesting.literal();
            self.functions.other();
        } else {
            self.nesting.word(start, self.at);
            self.functions.word(&self.bytes[start..self.at], self.nesting.level());
        }
    }

    /// Replaces the digits of a long number after its first [`LONG_NUMBER`] characters by `_`,
    /// except for the first digit of each run: the parser computes the value of every number, in
    /// time that grows with the square of its digits. The facts need no value.
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

    /// At the `#` or `"` after the prefix of a raw string: skips the string, or stays if `r#`
    /// starts a raw identifier.
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

    /// A character literal or a lifetime including its name, which is no operand.
    fn quote(&mut self) {
        self.at += 1;
        if self.peek(0) == b'\\' {
            self.at = (self.at + 2).min(self.bytes.len());
            self.at =
                memchr::memchr(b'\'', &self.bytes[self.at..]).map_or(self.bytes.len(), |n| self.at + n + 1);
            self.nesting.literal();
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
            self.nesting.literal();
        } else {
            self.at = self.behind(Class::Word);
        }
    }
}
