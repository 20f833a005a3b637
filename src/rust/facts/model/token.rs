//! Tokens of macros.

use serde::{Deserialize, Serialize};

use crate::base::{name::Name, span::Span};

/// A token, or the opening or closing of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its sort.
    pub kind: TokenKind,
    /// Its text; a group's delimiter for openings and closings.
    pub text: Name,
    /// Where it stands in the source; nowhere for what a macro's own definition contributes to an
    /// expansion.
    pub span: Span,
}

/// The sorts of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenKind {
    /// An identifier or keyword.
    Ident,
    /// A lifetime, with its quote.
    Lifetime,
    /// A punctuation character; whether the next one follows without a space.
    Punct {
        /// Directly followed by another.
        joint: bool,
    },
    /// A literal.
    Literal,
    /// The opening of a group, with the distance to its closing.
    Open(u32),
    /// The closing of a group.
    Close,
    /// `$crate`, with the number of the crate that it stands for.
    DollarCrate(u32),
}
