//! One expansion: made by a macro's rules, or guessed from an invocation's arguments.

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
    base::{codes, diagnostic::Diagnostic, name::Names, span::Span},
    rust::facts::{
        self, Invocation,
        token::{Token, TokenKind},
    },
};

/// The number of steps of matching and transcribing that cost as much as a token of an expansion,
/// because an expansion is also parsed.
const STEPS_PER_TOKEN: usize = 16;

/// The rules of a macro: their tokens, and a digest of them.
#[derive(Clone)]
pub struct Rules {
    tokens: Arc<Vec<Token>>,
    digest: Digest,
}

impl Rules {
    /// The rules in these tokens, whose text is in `names`.
    pub fn new(tokens: Vec<Token>, names: &Names) -> Self {
        let digest = *blake3::hash(&spelled(&tokens, names)).as_bytes();
        Self { tokens: Arc::new(tokens), digest }
    }
}

/// An expansion that is to be made.
pub struct Task {
    pub instance: InstanceId,
    pub invocation: Invocation,
    pub arguments: Vec<Token>,
    /// The rules of the macro, and the crate that its `$crate` denotes; `None` if the macro is not
    /// known.
    pub definition: Option<(Rules, u32)>,
    pub expansion: Expansion,
    /// The condition of the macro, if the invocation has several macros.
    pub cfg: CfgId,
}

impl Task {
    /// Returns the expansion, from `source` if it holds the result already.
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
        let facts = Arc::new(if self.invocation.fragment.is_items() {
            facts::guess_fragment(&self.arguments, names)
        } else {
            facts::unreadable(not_expanded())
        });
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

/// The diagnostic for an invocation in code that is not expanded, whose arguments were read already.
fn not_expanded() -> Diagnostic {
    let message = "this macro composes paths from its arguments, and its expansion here is not known";
    Diagnostic::warn(codes::MACRO_LIMIT, message)
        .help("write the paths that it names in full, as arguments or in the macro's definition")
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
