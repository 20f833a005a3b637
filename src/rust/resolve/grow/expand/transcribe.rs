//! Transcribers: the right side of a rule, with the values of its names substituted.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{name::Name, span::Span},
    rust::facts::token::{Token, TokenKind},
};

use super::{
    LARGEST_EXPANSION, Words,
    matcher::{Binding, Bindings, repetition},
    spend,
};

/// The expansion. `None` if it exceeds its bound, takes more than `steps`, or has a repetition that
/// does not match the arguments.
pub(super) fn transcribe(
    words: &Words,
    transcriber: &[Token],
    bindings: &Bindings,
    arguments: &[Token],
    home: u32,
    steps: &mut u32,
) -> Option<Vec<Token>> {
    let mut scope: FxHashMap<Name, &Binding> =
        bindings.iter().map(|(name, binding)| (*name, binding)).collect();
    let mut writer = Writer { words, arguments, home, steps, out: Vec::new() };
    writer.write(transcriber, &mut scope)?;
    Some(writer.out)
}

struct Writer<'w> {
    words: &'w Words,
    arguments: &'w [Token],
    home: u32,
    steps: &'w mut u32,
    out: Vec<Token>,
}

impl Writer<'_> {
    fn write(&mut self, tokens: &[Token], scope: &mut FxHashMap<Name, &Binding>) -> Option<()> {
        let mut at = 0;
        // The starts of the groups that are open in the output.
        let mut open: Vec<usize> = Vec::new();
        while let Some(&token) = tokens.get(at) {
            if self.out.len() > LARGEST_EXPANSION {
                return None;
            }
            spend(self.steps, 0)?;
            if token.text == self.words.dollar
                && matches!(token.kind, TokenKind::Punct { .. })
                && let Some(next) = self.dollar(tokens, at, scope)?
            {
                at = next;
                continue;
            }
            match token.kind {
                TokenKind::Open(_) => open.push(self.out.len()),
                TokenKind::Close => {
                    let start = open.pop()?;
                    self.out[start].kind = TokenKind::Open((self.out.len() - start) as u32);
                }
                _ => {}
            }
            self.out.push(Token { span: Span::default(), ..token });
            at += 1;
        }
        Some(())
    }

    /// Transcribes the `$` at `at`. Returns the position after it, or `Some(None)` if the `$` has
    /// no meaning in this macro.
    fn dollar(
        &mut self,
        tokens: &[Token],
        at: usize,
        scope: &mut FxHashMap<Name, &Binding>,
    ) -> Option<Option<usize>> {
        if let Some(repeat) = repetition(self.words, tokens, at) {
            self.repeat(repeat.content, repeat.separator, scope)?;
            return Some(Some(repeat.after));
        }
        let Some(name) = tokens.get(at + 1).filter(|t| t.kind == TokenKind::Ident) else { return Some(None) };
        if name.text == self.words.crate_ {
            let kind = TokenKind::DollarCrate(self.home);
            self.out.push(Token { kind, text: name.text, span: Span::default() });
            return Some(Some(at + 2));
        }
        match scope.get(&name.text) {
            Some(&&Binding::Tokens(start, end)) => {
                spend(self.steps, end - start)?;
                self.out.extend_from_slice(&self.arguments[start..end]);
                self.end_operator();
                Some(Some(at + 2))
            }
            Some(Binding::Turns(_)) => None,
            None => Some(None),
        }
    }

    /// Marks the last token as not joint, because its neighbour in the source does not follow it in
    /// the output.
    fn end_operator(&mut self) {
        if let Some(Token { kind: TokenKind::Punct { joint }, .. }) = self.out.last_mut() {
            *joint = false;
        }
    }

    fn repeat<'b>(
        &mut self,
        content: &[Token],
        separator: &[Token],
        scope: &mut FxHashMap<Name, &'b Binding>,
    ) -> Option<()> {
        spend(self.steps, content.len())?;
        let mut repeated: Vec<(Name, &'b [Binding])> = Vec::new();
        let mut seen = FxHashSet::default();
        for pair in content.windows(2).filter(|pair| pair[0].text == self.words.dollar) {
            if let Some(&Binding::Turns(turns)) = scope.get(&pair[1].text)
                && seen.insert(pair[1].text)
            {
                repeated.push((pair[1].text, turns));
            }
        }
        let count = repeated.iter().map(|(_, turns)| turns.len()).min()?;
        for turn in 0..count {
            spend(self.steps, repeated.len())?;
            if turn > 0 {
                self.out.extend(separator.iter().map(|t| Token { span: Span::default(), ..*t }));
                self.end_operator();
            }
            let outer: Vec<_> =
                repeated.iter().map(|(name, turns)| (*name, scope.insert(*name, &turns[turn]))).collect();
            self.write(content, scope)?;
            for (name, binding) in outer {
                scope.insert(name, binding?);
            }
        }
        Some(())
    }
}
