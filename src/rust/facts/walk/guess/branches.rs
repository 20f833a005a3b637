//! Arguments in the form of `cfg_if!`: branches under conditions.

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::rust::facts::{
    model::condition::Predicate,
    walk::{Extractor, attributes::predicate},
};

impl Extractor<'_> {
    /// Walks the branches of `if #[cfg(…)] { … } else { … }`, the form that `cfg_if!` takes, each
    /// under its condition. Returns whether the tokens have that form.
    pub fn branches(&mut self, trees: &[TokenTree], walk: impl Fn(&mut Self, TokenStream)) -> bool {
        let Some(branches) = branches(trees) else { return false };
        let outer = self.here.condition;
        let mut excluded = Vec::new();
        for (predicate, branch) in branches {
            let mut all = excluded.clone();
            if let Some(predicate) = predicate {
                excluded.push(Predicate::Not(Box::new(predicate.clone())));
                all.push(predicate);
            }
            self.here.condition = match all.pop() {
                Some(only) if all.is_empty() => self.and(outer, only),
                Some(last) => {
                    all.push(last);
                    self.and(outer, Predicate::All(all))
                }
                None => outer,
            };
            walk(self, branch);
        }
        self.here.condition = outer;
        true
    }
}

/// The maximum number of branches that get their own condition: the condition of each excludes all
/// branches before it.
const MOST_BRANCHES: usize = 64;

/// The branches of tokens in the form `if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … }`; the
/// last may have no predicate.
fn branches(trees: &[TokenTree]) -> Option<Vec<(Option<Predicate>, TokenStream)>> {
    let is_word = |tree: &TokenTree, word: &str| matches!(tree, TokenTree::Ident(ident) if ident == word);
    let mut branches = Vec::new();
    let mut rest = trees;
    while branches.len() < MOST_BRANCHES {
        let [
            first,
            TokenTree::Punct(hash),
            TokenTree::Group(attribute),
            TokenTree::Group(branch),
            behind @ ..,
        ] = rest
        else {
            return None;
        };
        if !is_word(first, "if") || hash.as_char() != '#' {
            return None;
        }
        branches.push((Some(condition(attribute)?), branch.stream()));
        match behind {
            [] => return Some(branches),
            [word, TokenTree::Group(branch)] if is_word(word, "else") => {
                branches.push((None, branch.stream()));
                return Some(branches);
            }
            [word, behind @ ..] if is_word(word, "else") => rest = behind,
            _ => return None,
        }
    }
    None
}

/// The predicate in the brackets of `#[cfg(…)]`.
fn condition(attribute: &Group) -> Option<Predicate> {
    let trees: Vec<TokenTree> = attribute.stream().into_iter().collect();
    match trees.as_slice() {
        [TokenTree::Ident(name), TokenTree::Group(group)] if name == "cfg" => predicate(group.stream()),
        _ => None,
    }
}
