//! The origin of parsed text.

use crate::base::span::{Position, Span};

use super::model::Token;

/// The name that `$crate` has in the text of an expansion; the number of the crate follows.
pub const DOLLAR_CRATE: &str = "__archlint_dollar_crate_";

/// The origin of the text that is being parsed, which translates its spans to the source.
#[derive(Clone, Copy)]
pub struct Origins<'a> {
    /// The position in the text at which the piece that is being parsed starts.
    piece: Position,
    /// For a text that [`super::token::write`] wrote: its tokens, one per line.
    tokens: Option<&'a [Token]>,
}

impl<'a> Origins<'a> {
    /// The origin of text that is source itself.
    pub const SOURCE: Self = Self { piece: Position { line: 1, column: 1 }, tokens: None };

    /// The origin of a text that [`super::token::write`] wrote from these tokens.
    pub fn of_expansion(tokens: &'a [Token]) -> Self {
        Self { tokens: Some(tokens), ..Self::SOURCE }
    }

    /// Whether the text was written from tokens, rather than being source.
    pub fn is_expansion(&self) -> bool {
        self.tokens.is_some()
    }

    /// The origin of a piece of the text that starts at `piece`.
    #[must_use]
    pub fn of_piece(self, piece: Position) -> Self {
        Self { piece, ..self }
    }

    /// The span in the source; nowhere for a token that a macro's own definition contributed.
    pub fn span(&self, span: proc_macro2::Span) -> Span {
        let text = self.located(span);
        // An empty span belongs to a token that was added during the parse.
        if text.start == text.end { Span::default() } else { self.placed(text) }
    }

    /// The span in the text, even if it is empty. Each end is a search in the parser's map of the
    /// source, so each is asked for once.
    pub fn located(&self, span: proc_macro2::Span) -> Span {
        let first = self.piece;
        let place = |at: proc_macro2::LineColumn| {
            let column = at.column as u32 + if at.line == 1 { first.column } else { 1 };
            Position { line: first.line + at.line as u32 - 1, column }
        };
        Span { start: place(span.start()), end: place(span.end()) }
    }

    /// The span in the source of a span in the text. For an expansion, this is the span of its
    /// first token, if the source has that token.
    pub fn placed(&self, span: Span) -> Span {
        let Some(tokens) = self.tokens else { return span };
        tokens.get((span.start.line as usize).wrapping_sub(1)).map_or_else(Span::default, |token| token.span)
    }

    /// The crate that an identifier denotes if it is the written form of `$crate`.
    pub fn dollar_crate(&self, ident: &str) -> Option<u32> {
        self.tokens.and_then(|_| ident.strip_prefix(DOLLAR_CRATE)?.parse().ok())
    }
}

/// A position of the parser as a [`Position`].
pub fn place(at: proc_macro2::LineColumn) -> Position {
    Position { line: at.line as u32, column: at.column as u32 + 1 }
}
