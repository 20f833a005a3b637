//! Expansion of `macro_rules!` macros (the Rust Reference, "Macros by example"), on plain tokens.
//!
//! The expansion finds the items that a workspace's own macros generate. It deliberately lacks
//! hygiene (a generated local cannot be named from elsewhere anyway) and fragment parsers that
//! reject what rustc rejects: the code compiles. Matching and transcribing have a budget of steps,
//! and the output has a budget of tokens, so no definition can make them run away. The caller adds
//! up the steps, which are spent whether the expansion succeeds or not.

mod composes;
mod fragment;
mod local;
mod matcher;
#[cfg(test)]
mod tests;
mod transcribe;

pub use composes::composes;
pub use local::with_local_macros;

use crate::{
    base::name::{Name, Names},
    rust::facts::{
        STANDARD_MACROS,
        token::{Token, TokenKind},
    },
};

/// The maximum number of steps of one expansion: tokens that are compared, skipped or written.
pub const STEPS: u32 = 2_000_000;

/// The maximum number of tokens of one expansion.
pub const LARGEST_EXPANSION: usize = 400_000;

/// The maximum nesting of the groups of a definition, since matching and transcribing recurse into
/// them. Real definitions nest less than twenty levels.
const DEEPEST_DEFINITION: usize = 256;

/// The names that have a meaning in macros by example. One table holds the text of all tokens of an
/// expansion.
pub struct Words {
    dollar: Name,
    crate_: Name,
    macro_rules: Name,
    punct: [Name; 128],
    idents: std::collections::BTreeMap<Name, fragment::Word>,
    /// Keywords that may come between two operands.
    keywords: std::collections::BTreeSet<Name>,
    /// The macros of the standard library that are invoked in code.
    standard: std::collections::BTreeSet<Name>,
}

impl Words {
    /// Looks up the words in `names`.
    pub fn new(names: &mut Names) -> Self {
        let punct = std::array::from_fn(|i| names.intern(&char::from(i as u8).to_string()));
        let idents = fragment::Word::ALL.iter().map(|&(text, word)| (names.intern(text), word)).collect();
        let keywords = fragment::KEYWORDS.iter().map(|text| names.intern(text)).collect();
        let standard = STANDARD_MACROS.iter().map(|text| names.intern(text)).collect();
        let [dollar, crate_, macro_rules] = ["$", "crate", "macro_rules"].map(|text| names.intern(text));
        Self { dollar, crate_, macro_rules, punct, idents, keywords, standard }
    }

    /// Whether the standard library has a macro of that name which is invoked in code.
    pub fn is_standard(&self, name: Name) -> bool {
        self.standard.contains(&name)
    }

    fn is(&self, token: Option<&Token>, punct: char) -> bool {
        token.is_some_and(|t| {
            matches!(t.kind, TokenKind::Punct { .. }) && t.text == self.punct[punct as usize]
        })
    }

    fn opens(&self, token: Option<&Token>, delimiter: char) -> bool {
        token
            .is_some_and(|t| matches!(t.kind, TokenKind::Open(_)) && t.text == self.punct[delimiter as usize])
    }

    /// Returns true if the identifier followed by `!` is a macro call.
    fn may_call(&self, ident: Name) -> bool {
        ident != self.macro_rules && !self.keywords.contains(&ident)
    }

    fn word(&self, token: Option<&Token>) -> Option<fragment::Word> {
        token.filter(|t| t.kind == TokenKind::Ident).and_then(|t| self.idents.get(&t.text).copied())
    }
}

/// One rule of a definition: its pattern and its output.
struct Rule<'d> {
    matcher: &'d [Token],
    transcriber: &'d [Token],
}

/// The expansion of `arguments` by the first rule of `definition` that matches. `None` if no rule
/// matches, or the remaining `steps` are spent. Tokens of the definition have no span; `$crate`
/// becomes the crate numbered `home`.
pub fn expand(
    words: &Words,
    definition: &[Token],
    arguments: &[Token],
    home: u32,
    steps: &mut u32,
) -> Option<Vec<Token>> {
    let mut at = 0;
    while let Some((rule, after)) = rule(words, definition, at) {
        spend(steps, rule.matcher.len())?;
        let patterns = matcher::parse(words, rule.matcher);
        if let Some(bindings) = matcher::matches(words, &patterns, arguments, steps) {
            return transcribe::transcribe(words, rule.transcriber, &bindings, arguments, home, steps);
        }
        at = after;
    }
    None
}

/// Takes `count` of `steps`. If fewer are left, returns `None` and leaves no step.
fn spend(steps: &mut u32, count: usize) -> Option<()> {
    let left = u32::try_from(count).ok().and_then(|count| steps.checked_sub(count + 1));
    *steps = left.unwrap_or(0);
    left.map(drop)
}

/// Returns whether `definition` nests too deeply to be expanded.
pub fn is_too_deep(definition: &[Token]) -> bool {
    nesting(definition) > DEEPEST_DEFINITION
}

fn nesting(tokens: &[Token]) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for token in tokens {
        match token.kind {
            TokenKind::Open(_) => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The rule of a definition that starts at `at`, `matcher => transcriber`, and the position after
/// it and its `;`.
fn rule<'d>(words: &Words, definition: &'d [Token], at: usize) -> Option<(Rule<'d>, usize)> {
    let (matcher, after) = group(definition, at)?;
    if !words.is(definition.get(after), '=') || !words.is(definition.get(after + 1), '>') {
        return None;
    }
    let (transcriber, after) = group(definition, after + 2)?;
    Some((Rule { matcher, transcriber }, after + usize::from(words.is(definition.get(after), ';'))))
}

/// The content of the group that opens at `at`, and the position after it.
fn group(tokens: &[Token], at: usize) -> Option<(&[Token], usize)> {
    match tokens.get(at)?.kind {
        TokenKind::Open(distance) => {
            let close = at + distance as usize;
            Some((&tokens[at + 1..close], close + 1))
        }
        _ => None,
    }
}

/// The position after the token tree at `at`. A lifetime consists of its quote and its name; an
/// operator such as `::` is one tree.
fn after_tree(words: &Words, tokens: &[Token], at: usize) -> usize {
    match tokens[at].kind {
        TokenKind::Open(distance) => at + distance as usize + 1,
        TokenKind::Lifetime => (at + 2).min(tokens.len()),
        TokenKind::Punct { joint: true } => after_operator(words, tokens, at),
        _ => at + 1,
    }
}

/// Operators of several characters, longest first.
const OPERATORS: &[&str] = &[
    "<<=", ">>=", "...", "..=", "::", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=",
    "%=", "^=", "&=", "|=", "<<", ">>", "..",
];

fn after_operator(words: &Words, tokens: &[Token], at: usize) -> usize {
    let fits = |operator: &&&str| {
        operator.chars().enumerate().all(|(i, c)| {
            let joined = i == 0 || matches!(tokens[at + i - 1].kind, TokenKind::Punct { joint: true });
            joined && words.is(tokens.get(at + i), c)
        })
    };
    at + OPERATORS.iter().find(fits).map_or(1, |operator| operator.len())
}
