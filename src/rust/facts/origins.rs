//! Where parsed text comes from.

use crate::base::span::{Position, Span};

use super::model::Token;

/// The name of `$crate` in the text of an expansion, which the crate's number follows.
pub const DOLLAR_CRATE: &str = "__archlint_dollar_crate_";

/// Where the text that is being parsed comes from, to give its spans back in terms of source.
#[derive(Clone, Copy)]
pub struct Origins<'a> {
    /// The place in the text at which the piece starts that is being parsed.
    piece: Position,
    /// For a text that was written by [`super::token::write`]: its tokens, one to a line.
    tokens: Option<&'a [Token]>,
}

impl<'a> Origins<'a> {
    /// The text is source.
    pub const SOURCE: Self = Self { piece: Position { line: 1, column: 1 }, tokens: None };

    /// The text was written by [`super::token::write`] from these tokens.
    pub fn of_expansion(tokens: &'a [Token]) -> Self {
        Self { tokens: Some(tokens), ..Self::SOURCE }
    }

    /// Whether the text is what tokens were written as, rather than source.
    pub fn is_expansion(&self) -> bool {
        self.tokens.is_some()
    }

    /// For a piece of the text that starts at a place in it.
    #[must_use]
    pub fn of_piece(self, piece: Position) -> Self {
        Self { piece, ..self }
    }

    /// The place in source; nowhere for a token that a macro's own definition contributed.
    pub fn span(&self, span: proc_macro2::Span) -> Span {
        // An empty span belongs to a token that this room has made.
        if span.start() == span.end() { Span::default() } else { self.placed(self.located(span)) }
    }

    /// The place in the text, whether the span is empty or not.
    pub fn located(&self, span: proc_macro2::Span) -> Span {
        let first = self.piece;
        let place = |at: proc_macro2::LineColumn| {
            let column = at.column as u32 + if at.line == 1 { first.column } else { 1 };
            Position { line: first.line + at.line as u32 - 1, column }
        };
        Span { start: place(span.start()), end: place(span.end()) }
    }

    /// The place in source of what stands at a place in the text: of its first token, where that
    /// was written.
    pub fn placed(&self, span: Span) -> Span {
        let Some(tokens) = self.tokens else { return span };
        tokens.get((span.start.line as usize).wrapping_sub(1)).map_or_else(Span::default, |token| token.span)
    }

    /// The crate that an identifier stands for if it is what `$crate` was written as.
    pub fn dollar_crate(&self, ident: &str) -> Option<u32> {
        self.tokens.and_then(|_| ident.strip_prefix(DOLLAR_CRATE)?.parse().ok())
    }
}

/// A place in a text as [`Span`]s have it.
pub fn place(at: proc_macro2::LineColumn) -> Position {
    Position { line: at.line as u32, column: at.column as u32 + 1 }
}
