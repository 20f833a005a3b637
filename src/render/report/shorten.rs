//! Shortening of names that share a long path.
//!
//! The path is left out only if that saves more than the note about it costs. The output always
//! states the omitted path: `…` never stands for something that the reader must guess.

use crate::judge::rules::finding::Hop;

/// The minimum length, in characters, of a shared path that is left out.
const WORTHWHILE: usize = 16;

/// The path that the names of a chain share, if it is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short<'a> {
    prefix: Option<&'a str>,
}

impl<'a> Short<'a> {
    /// Finds the path that the names in `chain` share.
    pub fn of(chain: &'a [Hop]) -> Self {
        let mut names = chain.iter().flat_map(|hop| [hop.from.as_str(), hop.to.as_str()]);
        let first = names.next().unwrap_or_default();
        let shared = names.fold(first, shared);
        let prefix = (chain.len() > 1 && shared.chars().count() >= WORTHWHILE).then_some(shared);
        Self { prefix }
    }

    /// Returns `name`, with `…` in place of the shared path.
    pub fn name(&self, name: &str) -> String {
        let rest = self.prefix.and_then(|prefix| name.strip_prefix(prefix));
        rest.map_or_else(|| name.to_owned(), |rest| format!("…{rest}"))
    }

    /// Returns a note that explains `…`.
    pub fn note(&self) -> Option<String> {
        self.prefix.map(|prefix| format!("`…` stands for `{prefix}`"))
    }
}

/// Returns the longest path that is equal to or above both `a` and `b`.
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

    /// Returns the displayed names of a chain, and the note about them.
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
