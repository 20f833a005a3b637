//! Expansion of `macro_rules!` macros (the Rust Reference, "Macros by example"), on plain tokens.
//!
//! Enough of it to find the items that a workspace's own macros generate. Deliberately absent:
//! hygiene (a generated local cannot be named from elsewhere anyway), and fragment parsers that
//! reject what rustc would: the code compiles. Matching and transcribing have a budget of steps and
//! output one of tokens, so no definition can make them run away. The steps that were taken are the
//! caller's to add up, whether anything came of them or not.

mod fragment;
mod local;
mod matcher;
#[cfg(test)]
mod tests;
mod transcribe;

pub use local::with_local_macros;

use crate::{
    base::name::{Name, Names},
    rust::facts::token::{Token, TokenKind},
};

/// Steps that one expansion may take: tokens that are compared, skipped or written.
pub const STEPS: u32 = 2_000_000;

/// Tokens that one expansion may have.
pub const LARGEST_EXPANSION: usize = 400_000;

/// The depth to which the groups of a definition may nest: matching and transcribing recurse on
/// them. Real ones stay below twenty.
const DEEPEST_DEFINITION: usize = 256;

/// The names that macros by example give a meaning to. All tokens of an expansion are spelled by
/// one table.
pub struct Words {
    dollar: Name,
    crate_: Name,
    macro_rules: Name,
    punct: [Name; 128],
    idents: std::collections::BTreeMap<Name, fragment::Word>,
    /// Words that two operands may stand on both sides of.
    keywords: std::collections::BTreeSet<Name>,
}

impl Words {
    /// The words, as `names` spells them.
    pub fn new(names: &mut Names) -> Self {
        let punct = std::array::from_fn(|i| names.intern(&char::from(i as u8).to_string()));
        let idents = fragment::Word::ALL.iter().map(|&(text, word)| (names.intern(text), word)).collect();
        let keywords = fragment::KEYWORDS.iter().map(|text| names.intern(text)).collect();
        let [dollar, crate_, macro_rules] = ["$", "crate", "macro_rules"].map(|text| names.intern(text));
        Self { dollar, crate_, macro_rules, punct, idents, keywords }
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

/// One rule of a definition: what it matches and what it makes of it.
struct Rule<'d> {
    matcher: &'d [Token],
    transcriber: &'d [Token],
}

/// What `definition` makes of `arguments`: the first rule that matches decides. `None` if none
/// does, or `steps` are spent, which are those that are left. Tokens of the definition carry no
/// span; `$crate` becomes the crate numbered `home`.
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

/// Takes so many of `steps`; `None` where fewer are left, and then none are.
fn spend(steps: &mut u32, count: usize) -> Option<()> {
    let left = u32::try_from(count).ok().and_then(|count| steps.checked_sub(count + 1));
    *steps = left.unwrap_or(0);
    left.map(drop)
}

/// Whether `definition` nests deeper than macros by example do, so that it is not expanded.
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

/// The position after the token tree at `at`. A lifetime is its quote and its name; operators such
/// as `::` are one tree.
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
