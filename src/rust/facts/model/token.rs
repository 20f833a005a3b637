//! Tokens of macros.

use serde::{Deserialize, Serialize};

use crate::base::{name::Name, span::Span};

/// A token, or the opening or closing of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The kind of the token.
    pub kind: TokenKind,
    /// The text of the token; for the opening or closing of a group, the delimiter.
    pub text: Name,
    /// The span in the source; empty and nowhere for a token that a macro's own definition
    /// contributes to an expansion.
    pub span: Span,
}

/// The kinds of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenKind {
    /// An identifier or keyword.
    Ident,
    /// A lifetime, with its quote.
    Lifetime,
    /// A punctuation character.
    Punct {
        /// Whether the next punctuation character follows without a space.
        joint: bool,
    },
    /// A literal.
    Literal,
    /// The opening of a group, with the distance to its closing.
    Open(u32),
    /// The closing of a group.
    Close,
    /// `$crate`, with the number of the crate that it denotes.
    DollarCrate(u32),
}
