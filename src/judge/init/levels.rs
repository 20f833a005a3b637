//! The order of components by their dependencies.

use std::collections::{BTreeMap, BTreeSet};

/// Returns the level of each component in `uses`, which has an entry for each: 1 for a component
/// without dependencies, else one more than the highest level among its dependencies. `None` if
/// there is a cycle, since then there is no order.
pub fn levels(uses: &BTreeMap<String, BTreeSet<String>>) -> Option<BTreeMap<&str, usize>> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (user, used) in uses {
        for used in used {
            users.entry(used).or_default().push(user);
        }
    }
    let mut waiting: BTreeMap<&str, usize> =
        uses.iter().map(|(name, used)| (name.as_str(), used.len())).collect();
    let mut ready: Vec<&str> = uses.iter().filter(|(_, u)| u.is_empty()).map(|(n, _)| n.as_str()).collect();
    let mut levels: BTreeMap<&str, usize> = BTreeMap::new();
    while let Some(name) = ready.pop() {
        let below = uses.get(name)?.iter().filter_map(|used| levels.get(used.as_str())).max();
        levels.insert(name, below.map_or(1, |level| level + 1));
        for user in users.get(name).into_iter().flatten() {
            let left = waiting.get_mut(user)?;
            *left -= 1;
            if *left == 0 {
                ready.push(user);
            }
        }
    }
    (levels.len() == uses.len()).then_some(levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(edges: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
        let entry = |(name, used): &(&str, &[&str])| {
            ((*name).to_owned(), used.iter().map(|u| (*u).to_owned()).collect())
        };
        edges.iter().map(entry).collect()
    }

    #[test]
    fn a_component_stands_above_all_that_it_uses() {
        let uses = uses(&[("app", &["base", "mid"]), ("base", &[]), ("mid", &["base"]), ("alone", &[])]);
        let levels = levels(&uses).expect("no cycle");
        assert_eq!(levels, BTreeMap::from([("app", 3), ("base", 1), ("mid", 2), ("alone", 1)]));
    }

    #[test]
    fn a_cycle_has_no_order() {
        assert_eq!(levels(&uses(&[("a", &["b"]), ("b", &["a"]), ("c", &[])])), None);
    }
}
