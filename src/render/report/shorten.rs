//! Long names that share a path, without it.
//!
//! The path is left out only where that saves more than it takes to say what was left out, and it is always said: `…` never
//! stands for something that the reader has to guess.

use crate::judge::rules::finding::Hop;

/// A shared path shorter than this, in characters, is repeated.
const WORTHWHILE: usize = 16;

/// The path that a chain's names share, where it is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short<'a> {
    prefix: Option<&'a str>,
}

impl<'a> Short<'a> {
    /// What the names in `chain` share.
    pub fn of(chain: &'a [Hop]) -> Self {
        let mut names = chain.iter().flat_map(|hop| [hop.from.as_str(), hop.to.as_str()]);
        let first = names.next().unwrap_or_default();
        let shared = names.fold(first, shared);
        let prefix = (chain.len() > 1 && shared.chars().count() >= WORTHWHILE).then_some(shared);
        Self { prefix }
    }

    /// `name`, with `…` for what is shared.
    pub fn name(&self, name: &str) -> String {
        let rest = self.prefix.and_then(|prefix| name.strip_prefix(prefix));
        rest.map_or_else(|| name.to_owned(), |rest| format!("…{rest}"))
    }

    /// What `…` stands for.
    pub fn note(&self) -> Option<String> {
        self.prefix.map(|prefix| format!("`…` stands for `{prefix}`"))
    }
}

/// The longest path that `a` and `b` both are or lie beneath.
fn shared<'a>(a: &'a str, b: &str) -> &'a str {
    let ends = a.match_indices("::").map(|(i, _)| i).chain([a.len()]);
    let beneath =
        |end: &usize| b.strip_prefix(&a[..*end]).is_some_and(|r| r.is_empty() || r.starts_with("::"));
    ends.take_while(|end| beneath(end)).last().map_or("", |end| &a[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(names: &[&str]) -> Vec<Hop> {
        let hop = |pair: &[&str]| Hop { from: pair[0].to_owned(), to: pair[1].to_owned(), sites: Vec::new() };
        names.windows(2).map(hop).collect()
    }

    /// The names of a chain as they are shown, and what is said of them.
    fn shown(names: &[&str]) -> (Vec<String>, Option<String>) {
        let chain = chain(names);
        let short = Short::of(&chain);
        (names.iter().map(|name| short.name(name)).collect(), short.note())
    }

    #[test]
    fn a_long_shared_path_is_said_once() {
        let (names, note) =
            shown(&["shop_backend::billing", "shop_backend::billing::a", "shop_backend::billing::b::c"]);
        assert_eq!(names, ["…", "…::a", "…::b::c"]);
        assert_eq!(note.as_deref(), Some("`…` stands for `shop_backend::billing`"));
    }

    #[test]
    fn what_only_looks_shared_is_not() {
        let whole =
            ["shop_backend_of_ours::billing", "shop_backend_of_ours::billings", "shop_backend_of_ours"];
        assert_eq!(shown(&whole).0, ["…::billing", "…::billings", "…"]);
        for names in [
            &["shop_backend_of_ours", "shop_backend_of_ourselves", "shop_backend_of_ours"][..],
            &["a::b", "a::c", "a::b"],
            &["shop_backend::billing::a", "shop_backend::billing::b"],
            &["billing", "ledger", "billing"],
        ] {
            assert_eq!(shown(names), (names.iter().map(|n| (*n).to_owned()).collect(), None));
        }
    }
}
