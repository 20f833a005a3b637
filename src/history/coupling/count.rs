//! Counting: the number of changes of each part, and of the changes common to each pair of parts.

use rustc_hash::FxHashMap;

/// The counts of a list of commits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// The number of commits.
    pub commits: u32,
    /// The number of commits that change each part.
    pub changes: Vec<u32>,
    /// The number of commits that change both parts of a pair, with the smaller index first; only
    /// pairs with at least one such commit.
    pub together: FxHashMap<(u32, u32), u32>,
}

/// Counts `commits`. Each commit is the sorted list, without duplicates, of the indices below
/// `parts` of the parts that it changes.
pub fn count(parts: usize, commits: &[Vec<u32>]) -> Counts {
    let mut counts = Counts { commits: commits.len() as u32, changes: vec![0; parts], ..Counts::default() };
    for changed in commits {
        for (i, a) in changed.iter().enumerate() {
            counts.changes[*a as usize] += 1;
            for b in &changed[i + 1..] {
                *counts.together.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    counts
}

impl Counts {
    /// Returns the number of commits that change both parts.
    pub fn both(&self, a: u32, b: u32) -> u32 {
        self.together.get(&(a.min(b), a.max(b))).copied().unwrap_or_default()
    }

    /// Returns the ratio of the number of common changes to that expected by chance: together ×
    /// commits / (changes of a × changes of b); 0 if one part never changes.
    pub fn lift(&self, a: u32, b: u32) -> f64 {
        let product = f64::from(self.changes[a as usize]) * f64::from(self.changes[b as usize]);
        if product == 0.0 { 0.0 } else { f64::from(self.both(a, b)) * f64::from(self.commits) / product }
    }

    /// Returns the probability that no commit changes both parts if the two are independent: that a
    /// hand of `changes of b` cards, drawn from a deck of all commits, contains none of the
    /// `changes of a` marked ones (the hypergeometric distribution at zero).
    pub fn chance_of_never(&self, a: u32, b: u32) -> f64 {
        let (a, b) = (self.changes[a as usize], self.changes[b as usize]);
        let (small, large) = (a.min(b), f64::from(a.max(b)));
        let all = f64::from(self.commits);
        (0..small)
            .map(|drawn| ((all - large - f64::from(drawn)) / (all - f64::from(drawn))).max(0.0))
            .product()
    }
}
