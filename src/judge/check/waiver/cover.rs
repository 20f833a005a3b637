//! The innermost of many ranges of lines at a given line.

use std::collections::BTreeMap;

use crate::base::order::Order as _;

/// Ranges of lines, split wherever one starts or ends.
#[derive(Debug)]
pub(super) struct Cover<T> {
    /// The value from each line on, up to the next line in the map: that of the range that starts
    /// last; among those, of the shortest; among those, of the first given.
    from: BTreeMap<u32, Option<T>>,
}

impl<T: Copy> Cover<T> {
    /// Creates the cover of `stretches`: first line, last line, and value.
    pub fn new(mut stretches: Vec<((u32, u32), T)>) -> Self {
        stretches.order_by_key(|((first, last), _)| (*first, *last));
        let mut cuts: Vec<u32> = stretches.iter().flat_map(|((a, b), _)| [*a, b.saturating_add(1)]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut from = BTreeMap::new();
        // The ranges that have started, innermost first: a later start is further inside, and so is
        // an earlier end.
        let mut open: BTreeMap<(std::cmp::Reverse<u32>, u32, usize), T> = BTreeMap::new();
        let mut next = 0;
        for line in cuts {
            while let Some(((first, last), what)) =
                stretches.get(next).filter(|((first, _), _)| *first <= line)
            {
                open.insert((std::cmp::Reverse(*first), *last, next), *what);
                next += 1;
            }
            // Ranges that have ended are removed for good.
            while open.first_key_value().is_some_and(|((_, last, _), _)| *last < line) {
                open.pop_first();
            }
            from.insert(line, open.first_key_value().map(|(_, what)| *what));
        }
        Self { from }
    }

    /// Returns the value at `line`.
    pub fn at(&self, line: u32) -> Option<T> {
        self.from.range(..=line).next_back().and_then(|(_, what)| *what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_is_found() {
        let stretches =
            vec![((1, 9), 'a'), ((2, 3), 'b'), ((3, 3), 'c'), ((3, 3), 'd'), ((8, 12), 'e'), ((20, 20), 'f')];
        let brute = |line: u32| {
            let here = stretches.iter().zip(0..).filter(|(((a, b), _), _)| (*a..=*b).contains(&line));
            here.min_by_key(|(((a, b), _), n)| (std::cmp::Reverse(*a), *b, *n)).map(|((_, what), _)| *what)
        };
        let cover = Cover::new(stretches.clone());
        for line in 0..25 {
            assert_eq!(cover.at(line), brute(line), "{line}");
        }
        assert_eq!(cover.at(3), Some('c'));
        assert_eq!(Cover::<char>::new(Vec::new()).at(1), None);
    }
}
