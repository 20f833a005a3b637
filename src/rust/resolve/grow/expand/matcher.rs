//! Matchers: the pattern on the left side of a rule, and the matching of arguments.

use crate::{
    base::name::Name,
    rust::facts::token::{Token, TokenKind},
};

use rustc_hash::FxHashMap;

use super::{Words, after_tree, fragment, group, spend};

/// A piece of a matcher.
#[derive(Debug)]
pub(super) enum Pattern<'d> {
    /// A token that the arguments must contain here.
    Token(Token),
    /// A group with that delimiter.
    Group(Name, Vec<Pattern<'d>>),
    /// `$name:specifier`.
    Fragment(Name, Name),
    /// `$( … ) separator operator`.
    Repeat { inner: Vec<Pattern<'d>>, separator: &'d [Token], at_most_one: bool, at_least_one: bool },
}

/// The value of a `$name`.
#[derive(Debug, Clone)]
pub(super) enum Binding {
    /// A range of the arguments.
    Tokens(usize, usize),
    /// One value for each turn of a repetition.
    Turns(Vec<Binding>),
}

/// The values of the names of a rule.
pub(super) type Bindings = Vec<(Name, Binding)>;

/// A repetition as written: its content, separator, operator, and the position after it.
pub(super) struct Repetition<'d> {
    pub content: &'d [Token],
    pub separator: &'d [Token],
    pub operator: char,
    pub after: usize,
}

/// The repetition whose `$` is at `at`, if one starts there.
pub(super) fn repetition<'d>(words: &Words, tokens: &'d [Token], at: usize) -> Option<Repetition<'d>> {
    if !words.opens(tokens.get(at + 1), '(') {
        return None;
    }
    let (content, after) = group(tokens, at + 1)?;
    let operator_at = |at: usize| "*+?".chars().find(|&c| words.is(tokens.get(at), c));
    if let Some(operator) = operator_at(after) {
        return Some(Repetition { content, separator: &[], operator, after: after + 1 });
    }
    tokens.get(after)?;
    let end = after_tree(words, tokens, after);
    let operator = operator_at(end)?;
    Some(Repetition { content, separator: &tokens[after..end], operator, after: end + 1 })
}

/// Parses the tokens of a matcher.
pub(super) fn parse<'d>(words: &Words, tokens: &'d [Token]) -> Vec<Pattern<'d>> {
    let mut patterns = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = tokens[at];
        if words.is(Some(&token), '$') {
            if let Some(repeat) = repetition(words, tokens, at) {
                patterns.push(Pattern::Repeat {
                    inner: parse(words, repeat.content),
                    separator: repeat.separator,
                    at_most_one: repeat.operator == '?',
                    at_least_one: repeat.operator == '+',
                });
                at = repeat.after;
                continue;
            }
            let name = tokens.get(at + 1).filter(|t| t.kind == TokenKind::Ident);
            let specifier = tokens.get(at + 3).filter(|t| t.kind == TokenKind::Ident);
            if let (Some(name), true, Some(specifier)) = (name, words.is(tokens.get(at + 2), ':'), specifier)
            {
                patterns.push(Pattern::Fragment(name.text, specifier.text));
                at += 4;
                continue;
            }
        }
        if let Some((content, after)) = group(tokens, at) {
            patterns.push(Pattern::Group(token.text, parse(words, content)));
            at = after;
        } else {
            patterns.push(Pattern::Token(token));
            at += 1;
        }
    }
    patterns
}

/// The values of the names, if `patterns` match all of `arguments`.
pub(super) fn matches(
    words: &Words,
    patterns: &[Pattern<'_>],
    arguments: &[Token],
    steps: &mut u32,
) -> Option<Bindings> {
    let mut bindings = Vec::new();
    let mut matching = Matching { words, arguments, steps };
    matching.sequence(patterns, 0, arguments.len(), true, &mut bindings).map(|_| bindings)
}

struct Matching<'m> {
    words: &'m Words,
    arguments: &'m [Token],
    steps: &'m mut u32,
}

impl Matching<'_> {
    /// Matches `patterns` with the arguments from `at`, up to `end` at most. Returns the end of the
    /// match. On failure `bindings` is unchanged.
    fn sequence(
        &mut self,
        patterns: &[Pattern<'_>],
        mut at: usize,
        end: usize,
        whole: bool,
        bindings: &mut Bindings,
    ) -> Option<usize> {
        let mark = bindings.len();
        for (i, pattern) in patterns.iter().enumerate() {
            spend(self.steps, 0)?;
            let next = match pattern {
                Pattern::Repeat { .. } => {
                    return self.repeat(pattern, &patterns[i + 1..], at, end, whole, bindings).or_else(
                        || {
                            bindings.truncate(mark);
                            None
                        },
                    );
                }
                simple => self.simple(simple, at, end, bindings),
            };
            let Some(next) = next else {
                bindings.truncate(mark);
                return None;
            };
            at = next;
        }
        if whole && at != end {
            bindings.truncate(mark);
            return None;
        }
        Some(at)
    }

    fn simple(
        &mut self,
        pattern: &Pattern<'_>,
        at: usize,
        end: usize,
        bindings: &mut Bindings,
    ) -> Option<usize> {
        match pattern {
            Pattern::Token(wanted) => {
                let token = self.arguments[..end].get(at)?;
                let same = token.text == wanted.text
                    && !matches!(token.kind, TokenKind::Open(_) | TokenKind::Close)
                    && std::mem::discriminant(&token.kind) == std::mem::discriminant(&wanted.kind);
                same.then_some(at + 1)
            }
            Pattern::Group(delimiter, inner) => {
                let token = self.arguments[..end].get(at).filter(|t| t.text == *delimiter)?;
                let TokenKind::Open(distance) = token.kind else { return None };
                let close = at + distance as usize;
                self.sequence(inner, at + 1, close, true, bindings)?;
                Some(close + 1)
            }
            Pattern::Fragment(name, specifier) => {
                let stop = fragment::end(self.words, &self.arguments[..end], at, *specifier, self.steps)?;
                bindings.push((*name, Binding::Tokens(at, stop)));
                Some(stop)
            }
            Pattern::Repeat { .. } => None,
        }
    }

    /// A repetition, then the rest of the sequence: as many turns as match, or fewer if the rest
    /// would not match after them.
    fn repeat(
        &mut self,
        pattern: &Pattern<'_>,
        rest: &[Pattern<'_>],
        at: usize,
        end: usize,
        whole: bool,
        bindings: &mut Bindings,
    ) -> Option<usize> {
        let Pattern::Repeat { inner, separator, at_most_one, at_least_one } = pattern else { return None };
        let mut turns: Vec<Bindings> = Vec::new();
        let mut stops = vec![at];
        loop {
            if *at_most_one && turns.len() == 1 {
                break;
            }
            let mut from = stops[turns.len()];
            if !turns.is_empty() && !separator.is_empty() {
                match self.separator(separator, from, end) {
                    Some(after) => from = after,
                    None => break,
                }
            }
            let mut turn = Vec::new();
            match self.sequence(inner, from, end, false, &mut turn) {
                Some(stop) if stop > from => {
                    turns.push(turn);
                    stops.push(stop);
                }
                _ => break,
            }
        }
        let mark = bindings.len();
        for count in (usize::from(*at_least_one)..=turns.len()).rev() {
            gather(inner, &turns[..count], bindings);
            if let Some(stop) = self.sequence(rest, stops[count], end, whole, bindings) {
                return Some(stop);
            }
            bindings.truncate(mark);
            spend(self.steps, count)?;
        }
        None
    }

    fn separator(&self, separator: &[Token], at: usize, end: usize) -> Option<usize> {
        let stop = at + separator.len();
        let found = self.arguments[..end].get(at..stop)?;
        found.iter().zip(separator).all(|(a, b)| a.text == b.text).then_some(stop)
    }
}

/// Binds each name of a repetition to its values in the turns.
fn gather(inner: &[Pattern<'_>], turns: &[Bindings], bindings: &mut Bindings) {
    let mut names = Vec::new();
    collect_names(inner, &mut names);
    let mut each: FxHashMap<Name, Vec<Binding>> = names.iter().map(|name| (*name, Vec::new())).collect();
    for (name, binding) in turns.iter().flatten() {
        if let Some(each) = each.get_mut(name) {
            each.push(binding.clone());
        }
    }
    bindings.extend(names.into_iter().filter_map(|n| Some((n, Binding::Turns(each.remove(&n)?)))));
}

fn collect_names(patterns: &[Pattern<'_>], names: &mut Vec<Name>) {
    for pattern in patterns {
        match pattern {
            Pattern::Fragment(name, _) => names.push(*name),
            Pattern::Group(_, inner) | Pattern::Repeat { inner, .. } => collect_names(inner, names),
            Pattern::Token(_) => {}
        }
    }
}
