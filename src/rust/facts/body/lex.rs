//! The lexer of bodies.
//!
//! The lexer covers the tokens that occur in practice, and reads each exactly as `proc_macro2`
//! does. At any other text (identifiers outside ASCII, C strings, literals with unusual suffixes, a
//! lone carriage return, …) it gives up, and `syn` parses the body.

use crate::base::span::Position;

use super::{
    Unsure, Walked,
    lexeme::{Lexeme, LexemeKind, keyword},
    literal,
};

/// Appends the tokens of `text[start..end]`, whose first character is at `position`, and then a
/// token for the end.
pub fn lex(text: &str, (start, end): (usize, usize), position: Position, tokens: &mut Vec<Lexeme>) -> Walked {
    let bytes = &text.as_bytes()[..end];
    let before = (start as u32).wrapping_sub(position.column);
    let mut lexer = Lexer { bytes, at: start, line: position.line, before, tokens, open: Vec::new() };
    while lexer.skip_space()? {
        lexer.token()?;
    }
    lexer.push(LexemeKind::End, end);
    if lexer.open.is_empty() { Ok(()) } else { Err(Unsure) }
}

struct Lexer<'t> {
    bytes: &'t [u8],
    at: usize,
    /// The number of the present line.
    line: u32,
    /// The column of a byte is its distance from here. Modulo 2^32, since a text may be a piece from
    /// the middle of a line.
    before: u32,
    tokens: &'t mut Vec<Lexeme>,
    /// The brackets that are still open.
    open: Vec<u32>,
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// Skips white space and comments; false at the end.
    fn skip_space(&mut self) -> Walked<bool> {
        loop {
            match self.peek(0) {
                b'\n' => {
                    self.line += 1;
                    self.before = self.at as u32;
                    self.at += 1;
                }
                b' ' | b'\t' | b'\r' | 0x0b | 0x0c => self.at += 1,
                b'/' if self.peek(1) == b'/' => self.line_comment()?,
                b'/' if self.peek(1) == b'*' => self.block_comment()?,
                _ => return Ok(self.at < self.bytes.len()),
            }
        }
    }

    /// Doc comments have been turned into plain comments before. A comment that still starts like a
    /// doc comment stands for an attribute that a macro receives.
    fn line_comment(&mut self) -> Walked {
        if self.peek(2) == b'!' || (self.peek(2) == b'/' && self.peek(3) != b'/') {
            return Err(Unsure);
        }
        let start = self.at;
        let rest = &self.bytes[start..];
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        if self.at == self.bytes.len() {
            self.pass(start);
        }
        Ok(())
    }

    fn block_comment(&mut self) -> Walked {
        let (third, fourth) = (self.peek(2), self.peek(3));
        if third == b'!' || (third == b'*' && fourth != b'*' && fourth != b'/') {
            return Err(Unsure);
        }
        let start = self.at;
        let mut depth = 0;
        loop {
            let rest = self.bytes.get(self.at..).ok_or(Unsure)?;
            self.at += memchr::memchr2(b'/', b'*', rest).ok_or(Unsure)?;
            match (self.peek(0), self.peek(1)) {
                (b'/', b'*') => depth += 1,
                (b'*', b'/') => depth -= 1,
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                self.pass(start);
                return Ok(());
            }
        }
    }

    /// Advances the position past the text since `start`, which may have line ends and characters
    /// outside ASCII.
    fn pass(&mut self, start: usize) {
        let mut passed = &self.bytes[start..self.at];
        if let Some(last) = memchr::memrchr(b'\n', passed) {
            self.line += memchr::memchr_iter(b'\n', passed).count() as u32;
            self.before = (start + last) as u32;
            passed = &passed[last + 1..];
        }
        let is_inside = |byte: &&u8| **byte & 0xc0 == 0x80;
        self.before = self.before.wrapping_add(passed.iter().filter(is_inside).count() as u32);
    }

    /// The position of a byte on the present line.
    fn locate(&self, at: usize) -> Position {
        Position { line: self.line, column: (at as u32).wrapping_sub(self.before) }
    }

    fn push(&mut self, kind: LexemeKind, start: usize) {
        let position = self.locate(start);
        let (start, end) = (start as u32, self.at as u32);
        self.tokens.push(Lexeme { kind, start, end, position, partner: 0, name: None });
    }

    fn token(&mut self) -> Walked {
        let start = self.at;
        match self.peek(0) {
            byte if byte == b'_' || byte.is_ascii_alphabetic() => return self.word(),
            b'0'..=b'9' => {
                let (kind, end) = literal::number(self.bytes, start)?;
                self.at = end;
                self.push(kind, start);
            }
            b'"' => self.literal(start, literal::string(self.bytes, start + 1, false)?)?,
            b'\'' => self.quote()?,
            bracket @ (b'(' | b'[' | b'{') => self.open(bracket)?,
            bracket @ (b')' | b']' | b'}') => self.close(bracket)?,
            byte if is_punct(byte) => {
                self.at += 1;
                let comment = self.peek(0) == b'/' && matches!(self.peek(1), b'/' | b'*');
                let joint = !comment && (is_punct(self.peek(0)) || self.peek(0) == b'\'');
                self.push(LexemeKind::Punct(byte, joint), start);
            }
            _ => return Err(Unsure),
        }
        Ok(())
    }

    fn open(&mut self, bracket: u8) -> Walked {
        // rustc prints this for an expression that it could not expand.
        if self.bytes[self.at..].starts_with(b"(/*ERROR*/)") {
            return Err(Unsure);
        }
        self.open.push(self.tokens.len() as u32);
        self.at += 1;
        self.push(LexemeKind::Open(bracket), self.at - 1);
        Ok(())
    }

    fn close(&mut self, bracket: u8) -> Walked {
        let partner = self.open.pop().ok_or(Unsure)?;
        let opening = &mut self.tokens[partner as usize];
        let fits = match bracket {
            b')' => opening.kind == LexemeKind::Open(b'('),
            b']' => opening.kind == LexemeKind::Open(b'['),
            _ => opening.kind == LexemeKind::Open(b'{'),
        };
        let own = self.tokens.len() as u32;
        self.tokens[partner as usize].partner = own;
        self.at += 1;
        self.push(LexemeKind::Close(bracket), self.at - 1);
        self.tokens[own as usize].partner = partner;
        if fits { Ok(()) } else { Err(Unsure) }
    }

    /// A literal that ends at `end`.
    fn literal(&mut self, start: usize, end: usize) -> Walked {
        self.at = end;
        if is_word(self.peek(0)) || self.peek(0) >= 0x80 {
            return Err(Unsure);
        }
        self.push(LexemeKind::Literal, start);
        self.pass(start);
        Ok(())
    }

    fn skip_word(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|&byte| !is_word(byte)).unwrap_or(rest.len());
    }

    /// An identifier, a keyword, or a literal with a prefix.
    fn word(&mut self) -> Walked {
        let start = self.at;
        self.skip_word();
        let word = &self.bytes[start..self.at];
        match (word, self.peek(0)) {
            (b"r" | b"br", b'"' | b'#') => return self.raw(start),
            (b"b", b'"') => return self.literal(start, literal::string(self.bytes, self.at + 1, true)?),
            (b"b", b'\'') => return self.literal(start, literal::byte(self.bytes, self.at + 1)?),
            (_, b'"' | b'\'' | b'#' | 0x80..) => return Err(Unsure),
            _ => {}
        }
        let kind = match keyword(word) {
            Some(word) => LexemeKind::Word(word),
            None if matches!(word, b"true" | b"false") => LexemeKind::Literal,
            None => LexemeKind::Ident,
        };
        self.push(kind, start);
        Ok(())
    }

    /// Reads on after the `r` or `br` of a raw string, or the `r` of a raw identifier.
    fn raw(&mut self, start: usize) -> Walked {
        if let Some(end) = literal::raw_string(self.bytes, start, self.at)? {
            return self.literal(start, end);
        }
        self.at += 1;
        let name = self.at;
        self.skip_word();
        let word = &self.bytes[name..self.at];
        let is_name = word.first().is_some_and(|byte| !byte.is_ascii_digit());
        let is_path = matches!(word, b"_" | b"super" | b"self" | b"Self" | b"crate");
        if !is_name || is_path || matches!(self.peek(0), b'"' | b'\'' | b'#' | 0x80..) {
            return Err(Unsure);
        }
        self.push(LexemeKind::Ident, start);
        Ok(())
    }

    /// A character or a lifetime.
    fn quote(&mut self) -> Walked {
        let start = self.at;
        if let Some(end) = literal::character(self.bytes, start + 1)? {
            return self.literal(start, end);
        }
        self.at += 1;
        self.skip_word();
        let starts_well = is_word(self.bytes[start + 1]) && !self.bytes[start + 1].is_ascii_digit();
        if !starts_well || matches!(self.peek(0), b'"' | b'\'' | b'#' | 0x80..) {
            return Err(Unsure);
        }
        self.push(LexemeKind::Lifetime, start);
        Ok(())
    }
}

/// Whether each byte may be a part of a word.
const WORD: [bool; 256] = {
    let mut word = [false; 256];
    let mut byte = 0;
    while byte < word.len() {
        word[byte] = byte as u8 == b'_' || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    word
};

fn is_word(byte: u8) -> bool {
    WORD[usize::from(byte)]
}

fn is_punct(byte: u8) -> bool {
    matches!(
        byte,
        b'~' | b'!'
            | b'@'
            | b'#'
            | b'$'
            | b'%'
            | b'^'
            | b'&'
            | b'*'
            | b'-'
            | b'='
            | b'+'
            | b'|'
            | b';'
            | b':'
            | b','
            | b'<'
            | b'.'
            | b'>'
            | b'/'
            | b'?'
    )
}
