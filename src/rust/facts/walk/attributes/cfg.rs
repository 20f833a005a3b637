//! `cfg` predicates, read from tokens.

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::Meta;

use crate::rust::facts::{
    model::{ConditionId, condition::Predicate},
    walk::Extractor,
};

use super::string_literal;

impl Extractor<'_> {
    /// The condition that `cfg` attributes add to the present one, if any do.
    pub fn cfg_of(&mut self, attributes: &[syn::Attribute]) -> Option<ConditionId> {
        let mut condition = None;
        for attribute in attributes.iter().filter(|a| a.path().is_ident("cfg")) {
            let Meta::List(list) = &attribute.meta else { continue };
            let Some(predicate) = predicate(list.tokens.clone()) else { continue };
            let outer = condition.unwrap_or(self.here.condition);
            condition = Some(self.and(outer, predicate));
        }
        condition
    }
}

/// The deepest nesting of a predicate. A predicate that nests deeper is ignored, so that its item
/// counts in every build.
const DEEPEST_PREDICATE: usize = 128;

/// The predicate that the arguments of `cfg` state.
pub fn predicate(arguments: TokenStream) -> Option<Predicate> {
    match list(arguments).as_slice() {
        [predicate] => predicate_of(predicate, DEEPEST_PREDICATE),
        _ => None,
    }
}

/// The predicate that tokens state, if it nests at most `deepest` levels. Each token is read once.
fn predicate_of(trees: &[TokenTree], deepest: usize) -> Option<Predicate> {
    let (path, rest) = option_path(trees)?;
    let inner = |group: &Group| {
        let list = list(group.stream());
        let deepest = deepest.checked_sub(1)?;
        list.iter().map(|trees| predicate_of(trees, deepest)).collect::<Option<Vec<_>>>()
    };
    match rest {
        [] => Some(Predicate::Option(path)),
        [TokenTree::Group(group)] => match path.as_str() {
            "all" => inner(group).map(Predicate::All),
            "any" => inner(group).map(Predicate::Any),
            "not" => inner(group)?.into_iter().next().map(|inner| Predicate::Not(Box::new(inner))),
            _ => Some(Predicate::Option(format!("{path}({})", group.stream()))),
        },
        [TokenTree::Punct(equals), TokenTree::Literal(value)] if equals.as_char() == '=' => {
            let value = string_literal(&value.to_string())?;
            Some(Predicate::Option(format!("{path} = {value:?}")))
        }
        _ => None,
    }
}

/// The path at the start of an option's tokens, as written, and the remaining tokens.
fn option_path(trees: &[TokenTree]) -> Option<(String, &[TokenTree])> {
    let is_colon = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ':');
    let mut path = String::new();
    let mut rest = trees;
    loop {
        if let [first, second, behind @ ..] = rest
            && is_colon(first)
            && is_colon(second)
        {
            rest = behind;
        } else if !path.is_empty() {
            return Some((path, rest));
        }
        let [TokenTree::Ident(name), behind @ ..] = rest else { return None };
        if !path.is_empty() {
            path.push_str("::");
        }
        path.push_str(&name.to_string());
        rest = behind;
    }
}

/// The elements of a list that are separated by commas; a trailing comma is allowed.
pub fn list(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut elements = vec![Vec::new()];
    for tree in tokens {
        match &tree {
            TokenTree::Punct(punct) if punct.as_char() == ',' => elements.push(Vec::new()),
            _ => elements.last_mut().expect("there is always one").push(tree),
        }
    }
    if elements.last().is_some_and(Vec::is_empty) {
        elements.pop();
    }
    elements
}

/// The predicate and the attributes in `cfg_attr(predicate, attributes…)`.
pub fn split_cfg_attr(arguments: TokenStream) -> Option<(Predicate, Vec<Vec<TokenTree>>)> {
    let mut list = list(arguments).into_iter();
    let predicate = predicate_of(&list.next()?, DEEPEST_PREDICATE)?;
    Some((predicate, list.collect()))
}

/// The arguments of a `cfg_attr` that is nested in another.
pub fn nested_cfg_attr(attribute: &[TokenTree]) -> Option<TokenStream> {
    match attribute {
        [TokenTree::Ident(name), TokenTree::Group(group)] if name == "cfg_attr" => Some(group.stream()),
        _ => None,
    }
}
