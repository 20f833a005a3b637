//! The tokens of a body: the position of each, and the partner of each bracket.

use crate::base::{
    name::Name,
    span::{Position, Span},
};

/// A token. Punctuation is one character, as in a macro's arguments.
#[derive(Debug, Clone, Copy)]
pub struct Lexeme {
    pub kind: LexemeKind,
    /// The first byte of the token in the file.
    pub start: u32,
    /// The byte after the last byte of the token.
    pub end: u32,
    /// The line and column of the first byte.
    pub position: Position,
    /// For a bracket, the index of the matching bracket.
    pub partner: u32,
    /// The name that the token spells, if it was asked for before.
    pub name: Option<Name>,
}

/// The kinds of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LexemeKind {
    /// An identifier that is no keyword, or a raw one.
    Ident,
    /// A keyword that the grammar of bodies uses.
    Word(Word),
    /// A lifetime or a label, with its quote.
    Lifetime,
    /// A number without a point or an exponent.
    Integer,
    /// A number with a point or an exponent.
    Float,
    /// Any other literal, `true` and `false` included.
    Literal,
    /// A punctuation character, and whether another one follows directly.
    Punct(u8, bool),
    /// An opening bracket.
    Open(u8),
    /// A closing bracket.
    Close(u8),
    /// The end of the tokens.
    End,
}

/// Keywords. `_` counts as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    As,
    Async,
    Await,
    Break,
    Const,
    Continue,
    Crate,
    Dyn,
    Else,
    Enum,
    Extern,
    Fn,
    For,
    If,
    Impl,
    In,
    Let,
    Loop,
    Match,
    Mod,
    Move,
    Mut,
    Pub,
    Ref,
    Return,
    SelfType,
    SelfValue,
    Static,
    Struct,
    Super,
    Trait,
    Type,
    Underscore,
    Unsafe,
    Use,
    While,
    /// A keyword that is reserved, or that has no use in a body.
    Other,
}

impl Lexeme {
    /// The text that the token spans. No token but a string spans several lines.
    pub fn span(&self) -> Span {
        let Position { line, column } = self.position;
        Span::new(line, column, line, column + (self.end - self.start))
    }
}

/// The keyword that a word is, if any. The list is that of the parser.
pub fn keyword(word: &[u8]) -> Option<Word> {
    Some(match word {
        b"as" => Word::As,
        b"async" => Word::Async,
        b"await" => Word::Await,
        b"break" => Word::Break,
        b"const" => Word::Const,
        b"continue" => Word::Continue,
        b"crate" => Word::Crate,
        b"dyn" => Word::Dyn,
        b"else" => Word::Else,
        b"enum" => Word::Enum,
        b"extern" => Word::Extern,
        b"fn" => Word::Fn,
        b"for" => Word::For,
        b"if" => Word::If,
        b"impl" => Word::Impl,
        b"in" => Word::In,
        b"let" => Word::Let,
        b"loop" => Word::Loop,
        b"match" => Word::Match,
        b"mod" => Word::Mod,
        b"move" => Word::Move,
        b"mut" => Word::Mut,
        b"pub" => Word::Pub,
        b"ref" => Word::Ref,
        b"return" => Word::Return,
        b"Self" => Word::SelfType,
        b"self" => Word::SelfValue,
        b"static" => Word::Static,
        b"struct" => Word::Struct,
        b"super" => Word::Super,
        b"trait" => Word::Trait,
        b"type" => Word::Type,
        b"_" => Word::Underscore,
        b"unsafe" => Word::Unsafe,
        b"use" => Word::Use,
        b"while" => Word::While,
        b"abstract" | b"become" | b"box" | b"do" | b"final" | b"macro" | b"override" | b"priv" | b"try"
        | b"typeof" | b"unsized" | b"virtual" | b"where" | b"yield" => Word::Other,
        _ => return None,
    })
}
