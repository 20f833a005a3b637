//! One expansion: made from a macro's rules, or a guess at an invocation's arguments.

use std::sync::Arc;

use super::{
    super::{
        ids::{CfgId, InstanceId},
        source::{Digest, Expanded, FactsSource},
    },
    expand::{STEPS, Words, expand},
    state::Expansion,
};
use crate::{
    base::{name::Names, span::Span},
    rust::facts::{
        self, Invocation,
        token::{Token, TokenKind},
    },
};

/// Steps of matching and transcribing that cost as much as a token of an expansion, which is parsed.
const STEPS_PER_TOKEN: usize = 16;

/// A macro's rules, by their tokens and by a digest of them.
#[derive(Clone)]
pub struct Rules {
    tokens: Arc<Vec<Token>>,
    digest: Digest,
}

impl Rules {
    /// The rules of these tokens, which `names` spells.
    pub fn new(tokens: Vec<Token>, names: &Names) -> Self {
        let digest = *blake3::hash(&spelled(&tokens, names)).as_bytes();
        Self { tokens: Arc::new(tokens), digest }
    }
}

/// An expansion to be made.
pub struct Task {
    pub instance: InstanceId,
    pub invocation: Invocation,
    pub arguments: Vec<Token>,
    /// The macro's rules and the crate that its `$crate` is; none where it is not known.
    pub definition: Option<(Rules, u32)>,
    pub expansion: Expansion,
    /// The condition of the macro, where it is one of several.
    pub cfg: CfgId,
}

impl Task {
    /// The expansion, from `source` if it is known there.
    pub fn run(&self, words: &Words, names: &Names, source: &dyn FactsSource) -> Expanded {
        source.expanded(self.digest(names), &|| self.make(words, names))
    }

    fn make(&self, words: &Words, names: &Names) -> Expanded {
        let mut steps = STEPS;
        let mut cost = self.arguments.len();
        if let Some((rules, home)) = &self.definition
            && let Some(tokens) = expand(words, &rules.tokens, &self.arguments, *home, &mut steps)
        {
            let fragment = facts::extract_fragment(&tokens, names, self.invocation.fragment);
            let cost_of_steps = (STEPS - steps) as usize / STEPS_PER_TOKEN;
            if let Some(fragment) = fragment {
                return Expanded { facts: Arc::new(fragment), tokens: tokens.len() + cost_of_steps };
            }
            cost += tokens.len();
        }
        cost += (STEPS - steps) as usize / STEPS_PER_TOKEN;
        let facts = Arc::new(facts::guess_fragment(&self.arguments, names));
        Expanded { facts, tokens: cost }
    }

    /// The digest of the inputs of the expansion.
    fn digest(&self, names: &Names) -> Digest {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[self.invocation.fragment as u8]);
        if let Some((rules, home)) = &self.definition {
            hasher.update(&rules.digest).update(&home.to_le_bytes());
        }
        hasher.update(&spelled(&self.arguments, names));
        *hasher.finalize().as_bytes()
    }
}

/// A serialization of tokens that does not depend on the table of names.
fn spelled(tokens: &[Token], names: &Names) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(tokens.len() * 32);
    for token in tokens {
        let (kind, more) = match token.kind {
            TokenKind::Ident => (0, 0),
            TokenKind::Lifetime => (1, 0),
            TokenKind::Punct { joint } => (2, u32::from(joint)),
            TokenKind::Literal => (3, 0),
            TokenKind::Open(distance) => (4, distance),
            TokenKind::Close => (5, 0),
            TokenKind::DollarCrate(krate) => (6, krate),
        };
        let (text, Span { start, end }) = (names.text(token.text), token.span);
        bytes.push(kind);
        for number in [more, start.line, start.column, end.line, end.column, text.len() as u32] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend_from_slice(text.as_bytes());
    }
    bytes
}
