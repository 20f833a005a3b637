//! Advice: the consequences of the rules for one module, in words, to read before editing it.
//!
//! Each rule words its own advice ([`super::Rule::advise`]); nothing here depends on any kind. The
//! text is a phrase below the heading of its topic. It omits the rule's reason, which all advice of
//! a rule shares.

use crate::{
    base::pattern::Selector,
    graph::NodeId,
    judge::architecture::{Architecture, selection::Selection},
};

/// The maximum number of names that a phrase lists before it counts the rest.
const SHOWN: usize = 8;

/// The consequence of a rule for one module.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Advice {
    /// The topic.
    pub topic: Topic,
    /// The text.
    pub text: String,
    /// The module.
    pub node: NodeId,
}

/// The topic of advice, in the order of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// The only modules that one rule allows as dependencies; other rules may still forbid them.
    OneRuleAllows,
    /// Modules that must not be dependencies.
    MustNotDependOn,
    /// Modules that must be dependencies.
    MustDependOn,
    /// Modules that may only be reached through others.
    OnlyThrough,
    /// Modules that may depend on the module.
    UsedBy,
    /// A metric with a ceiling, with its current value.
    Limit,
    /// Any other requirement.
    Must,
}

impl Topic {
    /// Returns the heading.
    pub fn heading(self) -> &'static str {
        match self {
            Self::OneRuleAllows => "single rules let it depend on",
            Self::MustNotDependOn => "must not depend on",
            Self::MustDependOn => "must depend on",
            Self::OnlyThrough => "reaches only through a gateway",
            Self::UsedBy => "may be used by",
            Self::Limit => "limits",
            Self::Must => "must",
        }
    }
}

impl Advice {
    /// Creates advice for `node`.
    pub fn new(node: NodeId, topic: Topic, text: impl Into<String>) -> Self {
        Self { topic, text: text.into(), node }
    }
}

/// Returns one piece of advice for each of `nodes` that `selection` selects, with the result of
/// `text`.
pub fn for_selected<'a>(
    nodes: &'a [NodeId],
    selection: &'a Selection,
    topic: Topic,
    text: impl Fn(NodeId) -> String + 'a,
) -> impl Iterator<Item = Advice> + 'a {
    let selected = nodes.iter().filter(|node| selection.contains(**node));
    selected.map(move |node| Advice::new(*node, topic, text(*node)))
}

/// Returns a selector in words: its terms in backticks, then its exclusions.
pub fn spelled(selector: &Selector) -> String {
    let terms =
        |exclude| selector.terms.iter().filter(move |t| t.exclude == exclude).map(|t| t.text.as_str());
    let left_out = listed(terms(true));
    let without = if left_out.is_empty() { left_out } else { format!(" (but not {left_out})") };
    format!("{}{without}", listed(terms(false)))
}

/// Returns names in backticks, separated by commas. Of a long list only the first names are
/// written, and the number of the others.
pub fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let all: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match all.len().saturating_sub(SHOWN) {
        // Naming a single remaining item takes no more space than counting it.
        0 | 1 => all.join(", "),
        more => format!("{} and {more} more", all[..SHOWN].join(", ")),
    }
}

/// Returns the bindings of `selection` at `node` as a clause: `, where {ctx} is \`billing\``. Empty
/// without captures.
pub fn bound(architecture: &Architecture<'_>, selection: &Selection, node: NodeId) -> String {
    let ways = selection.bindings(node).into_iter().filter(|way| !way.is_empty()).map(|way| {
        let each = way.iter().map(|(name, text)| format!("{{{name}}} is `{}`", architecture.text(*text)));
        each.collect::<Vec<_>>().join(" and ")
    });
    let ways: Vec<String> = ways.collect();
    if ways.is_empty() { String::new() } else { format!(", where {}", ways.join(", or ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::pattern::Term;

    #[test]
    fn long_lists_are_counted() {
        let names: Vec<String> = (0..20).map(|n| n.to_string()).collect();
        let list = |count: usize| listed(names[..count].iter().map(String::as_str));
        assert_eq!((list(0).as_str(), list(2).as_str()), ("", "`0`, `1`"));
        assert!(list(9).ends_with("`8`"));
        assert!(list(20).ends_with("`7` and 12 more"));
    }

    #[test]
    fn what_is_left_out_comes_last() {
        let terms = ["!a::x", "a", "b"].map(|text| Term::parse(text).expect("a selector"));
        assert_eq!(spelled(&Selector { terms: terms.to_vec() }), "`a`, `b` (but not `a::x`)");
    }
}
