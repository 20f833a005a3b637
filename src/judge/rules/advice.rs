//! What the rules mean for one module, in words: what to read before editing it.
//!
//! Each rule speaks for itself ([`super::Rule::advise`]); nothing here knows of any kind. A text is a phrase that goes under
//! the heading of its topic, without the rule's reason, which all its advice shares.

use crate::{
    base::pattern::Selector,
    graph::NodeId,
    judge::architecture::{Architecture, selection::Selection},
};

/// How many names a phrase lists before it counts the rest.
const SHOWN: usize = 8;

/// What a rule means for one module.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Advice {
    /// What it is about.
    pub topic: Topic,
    /// In words.
    pub text: String,
    /// The module.
    pub node: NodeId,
}

/// What advice is about, in the order in which it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// What one rule lets the module depend on; another rule may not.
    OneRuleAllows,
    /// What it must not.
    MustNotDependOn,
    /// What it must.
    MustDependOn,
    /// What it reaches only by way of something else.
    OnlyThrough,
    /// Who may depend on it.
    UsedBy,
    /// The numbers that are bounded, as they are now.
    Limit,
    /// What else has to hold.
    Must,
}

impl Topic {
    /// Its heading.
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
    /// Advice for `node`.
    pub fn new(node: NodeId, topic: Topic, text: impl Into<String>) -> Self {
        Self { topic, text: text.into(), node }
    }
}

/// The same advice, which `text` puts in words for each, for those of `nodes` that `selection` selects.
pub fn for_selected<'a>(
    nodes: &'a [NodeId],
    selection: &'a Selection,
    topic: Topic,
    text: impl Fn(NodeId) -> String + 'a,
) -> impl Iterator<Item = Advice> + 'a {
    let selected = nodes.iter().filter(|node| selection.contains(**node));
    selected.map(move |node| Advice::new(*node, topic, text(*node)))
}

/// A selector in words: its terms in backticks, then what it leaves out.
pub fn spelled(selector: &Selector) -> String {
    let terms =
        |exclude| selector.terms.iter().filter(move |t| t.exclude == exclude).map(|t| t.text.as_str());
    let left_out = listed(terms(true));
    let without = if left_out.is_empty() { left_out } else { format!(" (but not {left_out})") };
    format!("{}{without}", listed(terms(false)))
}

/// Names in backticks with commas; of a long list the beginning, and how many more there are.
pub fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let all: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match all.len().saturating_sub(SHOWN) {
        // One more takes no more room than saying so.
        0 | 1 => all.join(", "),
        more => format!("{} and {more} more", all[..SHOWN].join(", ")),
    }
}

/// What `selection` binds at `node`, as a clause: `, where {ctx} is \`billing\``. Empty where it captures nothing.
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
