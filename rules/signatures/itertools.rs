//! More adapters of iterators.

pub use either::Either;

pub trait Itertools: Iterator {
    fn collect_vec(self) -> Vec<Self::Item> {}
    fn join(&mut self, separator: &str) -> String {}
    fn sorted(self) -> std::vec::IntoIter<Self::Item> {}
    fn sorted_by<F: FnMut(&Self::Item, &Self::Item) -> std::cmp::Ordering>(
        self,
        compare: F,
    ) -> std::vec::IntoIter<Self::Item> {
    }
    fn sorted_by_key<K, F: FnMut(&Self::Item) -> K>(self, key: F) -> std::vec::IntoIter<Self::Item> {}
    fn sorted_unstable(self) -> std::vec::IntoIter<Self::Item> {}
    fn sorted_unstable_by_key<K, F: FnMut(&Self::Item) -> K>(
        self,
        key: F,
    ) -> std::vec::IntoIter<Self::Item> {
    }
    fn unique(self) -> std::vec::IntoIter<Self::Item> {}
    fn unique_by<K, F: FnMut(&Self::Item) -> K>(self, key: F) -> std::vec::IntoIter<Self::Item> {}
    fn dedup(self) -> std::vec::IntoIter<Self::Item> {}
    fn exactly_one(self) -> Result<Self::Item, ExactlyOneError> {}
    fn at_most_one(self) -> Result<Option<Self::Item>, ExactlyOneError> {}
    fn find_position<P: FnMut(&Self::Item) -> bool>(&mut self, predicate: P) -> Option<(usize, Self::Item)> {}
    fn find_or_first<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> Option<Self::Item> {}
    fn counts(self) -> std::collections::HashMap<Self::Item, usize> {}
    fn into_group_map_by<K, F: FnMut(&Self::Item) -> K>(
        self,
        key: F,
    ) -> std::collections::HashMap<K, Vec<Self::Item>> {
    }
    fn zip_eq<J: IntoIterator>(self, other: J) -> std::iter::Zip<Self, J::IntoIter> {}
    fn interleave<J: IntoIterator<Item = Self::Item>>(self, other: J) -> std::vec::IntoIter<Self::Item> {}
    fn merge<J: IntoIterator<Item = Self::Item>>(self, other: J) -> std::vec::IntoIter<Self::Item> {}
    fn intersperse(self, element: Self::Item) -> std::vec::IntoIter<Self::Item> {}
    fn filter_ok<T, E, F: FnMut(&T) -> bool>(self, predicate: F) -> std::vec::IntoIter<Self::Item> {}
    fn all_equal(&mut self) -> bool {}
    fn contains<Q>(&mut self, query: &Q) -> bool {}
    fn partition_map<A, B, F, L, R>(self, predicate: F) -> (A, B)
    where
        F: FnMut(Self::Item) -> Either<L, R>,
        A: Default + Extend<L>,
        B: Default + Extend<R>,
    {
    }
    fn multi_cartesian_product(self) -> std::vec::IntoIter<Vec<<Self::Item as IntoIterator>::Item>>
    where
        Self::Item: IntoIterator,
    {
    }
    fn min_set(self) -> Vec<Self::Item> {}
    fn max_set(self) -> Vec<Self::Item> {}
    fn fold_ok<A, E, B, F: FnMut(B, A) -> B>(&mut self, start: B, f: F) -> Result<B, E>
    where
        Self: Iterator<Item = Result<A, E>>,
    {
    }
    fn process_results<F, T, E, R>(self, processor: F) -> Result<R, E>
    where
        Self: Iterator<Item = Result<T, E>>,
        F: FnOnce(std::vec::IntoIter<T>) -> R,
    {
    }
    fn tuple_windows<T>(self) -> std::vec::IntoIter<T> {}
    fn tuples<T>(self) -> std::vec::IntoIter<T> {}
    fn collect_tuple<T>(self) -> Option<T> {}
    fn dropping(self, n: usize) -> Self {}
}

impl<T: Iterator> Itertools for T {}

pub struct ExactlyOneError;
impl std::fmt::Debug for ExactlyOneError {}
impl std::fmt::Display for ExactlyOneError {}
impl std::error::Error for ExactlyOneError {}
