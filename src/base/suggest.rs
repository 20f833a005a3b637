//! Suggestions ("did you mean"): the known name that is closest to an unknown one.

/// The length, in characters, of the longest name that is compared. Longer names are not typos.
const LONGEST: usize = 200;

/// The maximum number of candidates that are compared, since there may be as many unknown names as
/// known ones.
const CANDIDATES: usize = 1_000;

/// Returns the candidate that `unknown` most likely stands for; the first in sorted order if
/// several are equally close. Only the first candidates are compared if there are many.
pub fn closest<'a>(unknown: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = unknown.chars().count();
    let lower = unknown.to_lowercase();
    let limit = (length / 3).min(4);
    let near = |c: &'a str| {
        // The comparison takes time proportional to the product of the lengths, so names that
        // cannot be close are skipped.
        if length > LONGEST || c.chars().count().abs_diff(length) > limit {
            return None;
        }
        let distance = strsim::osa_distance(&lower, &c.to_lowercase());
        (distance <= limit).then_some((distance, c))
    };
    candidates.into_iter().take(CANDIDATES).filter(|c| *c != unknown).filter_map(near).min().map(|(_, c)| c)
}

/// Returns the help for a message about an unknown name: the closest candidate, or the list of all
/// candidates if it is short.
pub fn help<'a>(unknown: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    if let Some(name) = closest(unknown, candidates.clone()) {
        return Some(format!("did you mean `{name}`?"));
    }
    let mut all: Vec<&str> = candidates.into_iter().collect();
    all.sort_unstable();
    let list = all.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", ");
    (!all.is_empty() && all.len() <= 20).then(|| format!("known: {list}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_what_is_close() {
        assert_eq!(closest("biling", ["billing", "ledger"]), Some("billing"));
        assert_eq!(closest("Billing", ["billing"]), Some("billing"));
        assert_eq!(closest("xyz", ["billing", "ledger"]), None);
        assert_eq!(closest("x", ["y"]), None);
        assert_eq!(help("xyz", ["b", "a"]), Some("known: `a`, `b`".to_owned()));
    }
}
