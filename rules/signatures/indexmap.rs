//! `indexmap`.

pub use map::IndexMap;
pub use set::IndexSet;

pub mod map {
    use std::hash::RandomState;
    use std::ops::{Index, IndexMut, RangeBounds};

    pub struct IndexMap<K, V, S = RandomState> {}

    impl<K, V> IndexMap<K, V, RandomState> {
        pub fn new() -> IndexMap<K, V, RandomState> {}
        pub fn with_capacity(n: usize) -> IndexMap<K, V, RandomState> {}
    }

    impl<K, V, S> IndexMap<K, V, S> {
        pub fn with_hasher(hasher: S) -> IndexMap<K, V, S> {}
        pub fn with_capacity_and_hasher(n: usize, hasher: S) -> IndexMap<K, V, S> {}
        pub fn capacity(&self) -> usize {}
        pub fn hasher(&self) -> &S {}
        pub fn len(&self) -> usize {}
        pub fn is_empty(&self) -> bool {}
        pub fn iter(&self) -> Iter<K, V> {}
        pub fn iter_mut(&mut self) -> IterMut<K, V> {}
        pub fn keys(&self) -> Keys<K, V> {}
        pub fn into_keys(self) -> IntoKeys<K, V> {}
        pub fn values(&self) -> Values<K, V> {}
        pub fn values_mut(&mut self) -> ValuesMut<K, V> {}
        pub fn into_values(self) -> IntoValues<K, V> {}
        pub fn clear(&mut self) {}
        pub fn truncate(&mut self, len: usize) {}
        pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<K, V> {}
        pub fn split_off(&mut self, at: usize) -> IndexMap<K, V, S> {}
        pub fn reserve(&mut self, additional: usize) {}
        pub fn shrink_to_fit(&mut self) {}
        pub fn insert(&mut self, key: K, value: V) -> Option<V> {}
        pub fn insert_full(&mut self, key: K, value: V) -> (usize, Option<V>) {}
        pub fn shift_insert(&mut self, index: usize, key: K, value: V) -> Option<V> {}
        pub fn entry(&mut self, key: K) -> Entry<K, V> {}
        pub fn contains_key<Q>(&self, key: &Q) -> bool {}
        pub fn get<Q>(&self, key: &Q) -> Option<&V> {}
        pub fn get_key_value<Q>(&self, key: &Q) -> Option<(&K, &V)> {}
        pub fn get_full<Q>(&self, key: &Q) -> Option<(usize, &K, &V)> {}
        pub fn get_index_of<Q>(&self, key: &Q) -> Option<usize> {}
        pub fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V> {}
        pub fn remove<Q>(&mut self, key: &Q) -> Option<V> {}
        pub fn swap_remove<Q>(&mut self, key: &Q) -> Option<V> {}
        pub fn swap_remove_entry<Q>(&mut self, key: &Q) -> Option<(K, V)> {}
        pub fn shift_remove<Q>(&mut self, key: &Q) -> Option<V> {}
        pub fn shift_remove_entry<Q>(&mut self, key: &Q) -> Option<(K, V)> {}
        pub fn pop(&mut self) -> Option<(K, V)> {}
        pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, f: F) {}
        pub fn sort_keys(&mut self) {}
        pub fn sort_unstable_keys(&mut self) {}
        pub fn sort_by<F: FnMut(&K, &V, &K, &V) -> std::cmp::Ordering>(&mut self, f: F) {}
        pub fn sort_unstable_by<F: FnMut(&K, &V, &K, &V) -> std::cmp::Ordering>(&mut self, f: F) {}
        pub fn sorted_by<F: FnMut(&K, &V, &K, &V) -> std::cmp::Ordering>(self, f: F) -> IntoIter<K, V> {}
        pub fn reverse(&mut self) {}
        pub fn get_index(&self, index: usize) -> Option<(&K, &V)> {}
        pub fn get_index_mut(&mut self, index: usize) -> Option<(&K, &mut V)> {}
        pub fn first(&self) -> Option<(&K, &V)> {}
        pub fn first_mut(&mut self) -> Option<(&K, &mut V)> {}
        pub fn last(&self) -> Option<(&K, &V)> {}
        pub fn last_mut(&mut self) -> Option<(&K, &mut V)> {}
        pub fn swap_remove_index(&mut self, index: usize) -> Option<(K, V)> {}
        pub fn shift_remove_index(&mut self, index: usize) -> Option<(K, V)> {}
        pub fn move_index(&mut self, from: usize, to: usize) {}
        pub fn swap_indices(&mut self, a: usize, b: usize) {}
    }

    impl<K: Clone, V: Clone, S: Clone> Clone for IndexMap<K, V, S> {}
    impl<K, V, S: Default> Default for IndexMap<K, V, S> {}
    impl<K, V, S> PartialEq for IndexMap<K, V, S> {}
    impl<K: std::fmt::Debug, V: std::fmt::Debug, S> std::fmt::Debug for IndexMap<K, V, S> {}
    impl<K, V, Q, S> Index<&Q> for IndexMap<K, V, S> {
        type Output = V;
    }
    impl<K, V, Q, S> IndexMut<&Q> for IndexMap<K, V, S> {}
    impl<K, V, S> Index<usize> for IndexMap<K, V, S> {
        type Output = V;
    }
    impl<K, V, S> IndexMut<usize> for IndexMap<K, V, S> {}
    impl<K, V, S> IntoIterator for IndexMap<K, V, S> {
        type Item = (K, V);
        type IntoIter = IntoIter<K, V>;
    }
    impl<K, V, S> IntoIterator for &IndexMap<K, V, S> {
        type Item = (&K, &V);
        type IntoIter = Iter<K, V>;
    }
    impl<K, V, S> IntoIterator for &mut IndexMap<K, V, S> {
        type Item = (&K, &mut V);
        type IntoIter = IterMut<K, V>;
    }
    impl<K, V, S: Default> FromIterator<(K, V)> for IndexMap<K, V, S> {}
    impl<K, V, S> Extend<(K, V)> for IndexMap<K, V, S> {}
    impl<K, V, const N: usize> From<[(K, V); N]> for IndexMap<K, V, RandomState> {}

    macro_rules! iterators {
        ($($name:ident $item:ty;)*) => {$(
            pub struct $name<K, V> {}
            impl<K, V> Iterator for $name<K, V> {
                type Item = $item;
            }
            impl<K, V> DoubleEndedIterator for $name<K, V> {}
            impl<K, V> ExactSizeIterator for $name<K, V> {}
        )*};
    }

    iterators! {
        Iter (&K, &V);
        IterMut (&K, &mut V);
        IntoIter (K, V);
        Drain (K, V);
        Keys &K;
        IntoKeys K;
        Values &V;
        ValuesMut &mut V;
        IntoValues V;
    }

    pub enum Entry<K, V> {
        Occupied(OccupiedEntry<K, V>),
        Vacant(VacantEntry<K, V>),
    }

    impl<K, V> Entry<K, V> {
        pub fn or_insert(self, default: V) -> &mut V {}
        pub fn or_insert_with<F: FnOnce() -> V>(self, f: F) -> &mut V {}
        pub fn or_insert_with_key<F: FnOnce(&K) -> V>(self, f: F) -> &mut V {}
        pub fn key(&self) -> &K {}
        pub fn index(&self) -> usize {}
        pub fn and_modify<F: FnOnce(&mut V)>(self, f: F) -> Entry<K, V> {}
        pub fn or_default(self) -> &mut V {}
    }

    pub struct OccupiedEntry<K, V> {}

    impl<K, V> OccupiedEntry<K, V> {
        pub fn key(&self) -> &K {}
        pub fn index(&self) -> usize {}
        pub fn get(&self) -> &V {}
        pub fn get_mut(&mut self) -> &mut V {}
        pub fn into_mut(self) -> &mut V {}
        pub fn insert(&mut self, value: V) -> V {}
        pub fn swap_remove(self) -> V {}
        pub fn shift_remove(self) -> V {}
    }

    pub struct VacantEntry<K, V> {}

    impl<K, V> VacantEntry<K, V> {
        pub fn key(&self) -> &K {}
        pub fn into_key(self) -> K {}
        pub fn index(&self) -> usize {}
        pub fn insert(self, value: V) -> &mut V {}
    }
}

pub mod set {
    use std::hash::RandomState;
    use std::ops::{Index, RangeBounds};

    pub struct IndexSet<T, S = RandomState> {}

    impl<T> IndexSet<T, RandomState> {
        pub fn new() -> IndexSet<T, RandomState> {}
        pub fn with_capacity(n: usize) -> IndexSet<T, RandomState> {}
    }

    impl<T, S> IndexSet<T, S> {
        pub fn with_hasher(hasher: S) -> IndexSet<T, S> {}
        pub fn with_capacity_and_hasher(n: usize, hasher: S) -> IndexSet<T, S> {}
        pub fn len(&self) -> usize {}
        pub fn is_empty(&self) -> bool {}
        pub fn iter(&self) -> Iter<T> {}
        pub fn clear(&mut self) {}
        pub fn truncate(&mut self, len: usize) {}
        pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<T> {}
        pub fn reserve(&mut self, additional: usize) {}
        pub fn shrink_to_fit(&mut self) {}
        pub fn insert(&mut self, value: T) -> bool {}
        pub fn insert_full(&mut self, value: T) -> (usize, bool) {}
        pub fn contains<Q>(&self, value: &Q) -> bool {}
        pub fn get<Q>(&self, value: &Q) -> Option<&T> {}
        pub fn get_full<Q>(&self, value: &Q) -> Option<(usize, &T)> {}
        pub fn get_index_of<Q>(&self, value: &Q) -> Option<usize> {}
        pub fn remove<Q>(&mut self, value: &Q) -> bool {}
        pub fn swap_remove<Q>(&mut self, value: &Q) -> bool {}
        pub fn shift_remove<Q>(&mut self, value: &Q) -> bool {}
        pub fn swap_take<Q>(&mut self, value: &Q) -> Option<T> {}
        pub fn shift_take<Q>(&mut self, value: &Q) -> Option<T> {}
        pub fn pop(&mut self) -> Option<T> {}
        pub fn retain<F: FnMut(&T) -> bool>(&mut self, f: F) {}
        pub fn sort(&mut self) {}
        pub fn sort_by<F: FnMut(&T, &T) -> std::cmp::Ordering>(&mut self, f: F) {}
        pub fn sort_unstable(&mut self) {}
        pub fn reverse(&mut self) {}
        pub fn get_index(&self, index: usize) -> Option<&T> {}
        pub fn first(&self) -> Option<&T> {}
        pub fn last(&self) -> Option<&T> {}
        pub fn swap_remove_index(&mut self, index: usize) -> Option<T> {}
        pub fn shift_remove_index(&mut self, index: usize) -> Option<T> {}
        pub fn difference(&self, other: &IndexSet<T, S>) -> Iter<T> {}
        pub fn intersection(&self, other: &IndexSet<T, S>) -> Iter<T> {}
        pub fn union(&self, other: &IndexSet<T, S>) -> Iter<T> {}
        pub fn is_disjoint(&self, other: &IndexSet<T, S>) -> bool {}
        pub fn is_subset(&self, other: &IndexSet<T, S>) -> bool {}
        pub fn is_superset(&self, other: &IndexSet<T, S>) -> bool {}
    }

    impl<T: Clone, S: Clone> Clone for IndexSet<T, S> {}
    impl<T, S: Default> Default for IndexSet<T, S> {}
    impl<T, S> PartialEq for IndexSet<T, S> {}
    impl<T: std::fmt::Debug, S> std::fmt::Debug for IndexSet<T, S> {}
    impl<T, S> Index<usize> for IndexSet<T, S> {
        type Output = T;
    }
    impl<T, S> IntoIterator for IndexSet<T, S> {
        type Item = T;
        type IntoIter = IntoIter<T>;
    }
    impl<T, S> IntoIterator for &IndexSet<T, S> {
        type Item = &T;
        type IntoIter = Iter<T>;
    }
    impl<T, S: Default> FromIterator<T> for IndexSet<T, S> {}
    impl<T, S> Extend<T> for IndexSet<T, S> {}

    pub struct Iter<T> {}
    impl<T> Iterator for Iter<T> {
        type Item = &T;
    }
    impl<T> DoubleEndedIterator for Iter<T> {}
    impl<T> ExactSizeIterator for Iter<T> {}

    pub struct IntoIter<T> {}
    impl<T> Iterator for IntoIter<T> {
        type Item = T;
    }
    impl<T> DoubleEndedIterator for IntoIter<T> {}
    impl<T> ExactSizeIterator for IntoIter<T> {}

    pub struct Drain<T> {}
    impl<T> Iterator for Drain<T> {
        type Item = T;
    }
}
