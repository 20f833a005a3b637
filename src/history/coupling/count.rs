//! Counting: how often each part changes, and how often each two do at once.

use rustc_hash::FxHashMap;

/// The numbers of some commits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many commits there are.
    pub commits: u32,
    /// How many change each part.
    pub changes: Vec<u32>,
    /// How many change both parts of a pair, the smaller number first; only those that at least one does.
    pub together: FxHashMap<(u32, u32), u32>,
}

/// Counts `commits`, each given by the parts below `parts` that it changes, sorted, none twice.
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
    /// How many commits change both.
    pub fn both(&self, a: u32, b: u32) -> u32 {
        self.together.get(&(a.min(b), a.max(b))).copied().unwrap_or_default()
    }

    /// How many times as often both change as they would by chance: together × commits / (changes of a × changes of b); 0 where
    /// one never changes.
    pub fn lift(&self, a: u32, b: u32) -> f64 {
        let product = f64::from(self.changes[a as usize]) * f64::from(self.changes[b as usize]);
        if product == 0.0 { 0.0 } else { f64::from(self.both(a, b)) * f64::from(self.commits) / product }
    }

    /// How likely it is that no commit changes both, if neither knows of the other: that a hand of `changes of b` cards, drawn
    /// from a deck of all commits, holds none of the `changes of a` marked ones (the hypergeometric distribution at zero).
    pub fn chance_of_never(&self, a: u32, b: u32) -> f64 {
        let (a, b) = (self.changes[a as usize], self.changes[b as usize]);
        let (small, large) = (a.min(b), f64::from(a.max(b)));
        let all = f64::from(self.commits);
        (0..small)
            .map(|drawn| ((all - large - f64::from(drawn)) / (all - f64::from(drawn))).max(0.0))
            .product()
    }
}
