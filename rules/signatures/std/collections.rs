//! `std::collections`.

pub use binary_heap::BinaryHeap;
pub use btree_map::BTreeMap;
pub use btree_set::BTreeSet;
pub use crate::ops::Bound;
pub use hash_map::HashMap;
pub use hash_set::HashSet;
pub use linked_list::LinkedList;
pub use vec_deque::VecDeque;

pub struct TryReserveError {}

impl Clone for TryReserveError {}
impl crate::fmt::Debug for TryReserveError {}
impl crate::fmt::Display for TryReserveError {}
impl crate::error::Error for TryReserveError {}

pub mod hash_map {
    use crate::borrow::Borrow;
    pub use crate::hash::{DefaultHasher, RandomState};

    pub struct HashMap<K, V, S = RandomState> {}

    impl<K, V> HashMap<K, V, RandomState> {
        pub fn new() -> HashMap<K, V, RandomState> {}
        pub fn with_capacity(capacity: usize) -> HashMap<K, V, RandomState> {}
    }

    impl<K, V, S> HashMap<K, V, S> {
        pub fn with_hasher(hasher: S) -> HashMap<K, V, S> {}
        pub fn with_capacity_and_hasher(capacity: usize, hasher: S) -> HashMap<K, V, S> {}
        pub fn capacity(&self) -> usize {}
        pub fn keys(&self) -> Keys<K, V> {}
        pub fn into_keys(self) -> IntoKeys<K, V> {}
        pub fn values(&self) -> Values<K, V> {}
        pub fn values_mut(&mut self) -> ValuesMut<K, V> {}
        pub fn into_values(self) -> IntoValues<K, V> {}
        pub fn iter(&self) -> Iter<K, V> {}
        pub fn iter_mut(&mut self) -> IterMut<K, V> {}
        pub fn len(&self) -> usize {}
        pub fn is_empty(&self) -> bool {}
        pub fn drain(&mut self) -> Drain<K, V> {}
        pub fn extract_if<F: FnMut(&K, &mut V) -> bool>(&mut self, f: F) -> ExtractIf<K, V, F> {}
        pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, f: F) {}
        pub fn clear(&mut self) {}
        pub fn hasher(&self) -> &S {}
        pub fn reserve(&mut self, additional: usize) {}
        pub fn try_reserve(&mut self, additional: usize) -> Result<(), super::TryReserveError> {}
        pub fn shrink_to_fit(&mut self) {}
        pub fn shrink_to(&mut self, capacity: usize) {}
        pub fn entry(&mut self, key: K) -> Entry<K, V> {}
        pub fn get<Q>(&self, key: &Q) -> Option<&V> {}
        pub fn get_key_value<Q>(&self, key: &Q) -> Option<(&K, &V)> {}
        pub fn contains_key<Q>(&self, key: &Q) -> bool {}
        pub fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V> {}
        pub fn insert(&mut self, key: K, value: V) -> Option<V> {}
        pub fn remove<Q>(&mut self, key: &Q) -> Option<V> {}
        pub fn remove_entry<Q>(&mut self, key: &Q) -> Option<(K, V)> {}
    }

    impl<K: Clone, V: Clone, S: Clone> Clone for HashMap<K, V, S> {}
    impl<K, V, S: Default> Default for HashMap<K, V, S> {}
    impl<K, V: PartialEq, S> PartialEq for HashMap<K, V, S> {}
    impl<K, V: Eq, S> Eq for HashMap<K, V, S> {}
    impl<K: crate::fmt::Debug, V: crate::fmt::Debug, S> crate::fmt::Debug for HashMap<K, V, S> {}
    impl<K: Borrow<Q>, Q, V, S> crate::ops::Index<&Q> for HashMap<K, V, S> {
        type Output = V;
    }
    impl<K, V, S> IntoIterator for HashMap<K, V, S> {
        type Item = (K, V);
        type IntoIter = IntoIter<K, V>;
    }
    impl<K, V, S> IntoIterator for &HashMap<K, V, S> {
        type Item = (&K, &V);
        type IntoIter = Iter<K, V>;
    }
    impl<K, V, S> IntoIterator for &mut HashMap<K, V, S> {
        type Item = (&K, &mut V);
        type IntoIter = IterMut<K, V>;
    }
    impl<K, V, S: Default> FromIterator<(K, V)> for HashMap<K, V, S> {}
    impl<K, V, S> Extend<(K, V)> for HashMap<K, V, S> {}
    impl<K: Copy, V: Copy, S> Extend<(&K, &V)> for HashMap<K, V, S> {}
    impl<K, V, const N: usize> From<[(K, V); N]> for HashMap<K, V, RandomState> {}

    pub struct Iter<K, V> {}
    impl<K, V> Iterator for Iter<K, V> {
        type Item = (&K, &V);
    }
    impl<K, V> ExactSizeIterator for Iter<K, V> {}
    impl<K, V> Clone for Iter<K, V> {}

    pub struct IterMut<K, V> {}
    impl<K, V> Iterator for IterMut<K, V> {
        type Item = (&K, &mut V);
    }
    impl<K, V> ExactSizeIterator for IterMut<K, V> {}

    pub struct IntoIter<K, V> {}
    impl<K, V> Iterator for IntoIter<K, V> {
        type Item = (K, V);
    }
    impl<K, V> ExactSizeIterator for IntoIter<K, V> {}

    pub struct Keys<K, V> {}
    impl<K, V> Iterator for Keys<K, V> {
        type Item = &K;
    }
    impl<K, V> ExactSizeIterator for Keys<K, V> {}
    impl<K, V> Clone for Keys<K, V> {}

    pub struct Values<K, V> {}
    impl<K, V> Iterator for Values<K, V> {
        type Item = &V;
    }
    impl<K, V> ExactSizeIterator for Values<K, V> {}
    impl<K, V> Clone for Values<K, V> {}

    pub struct ValuesMut<K, V> {}
    impl<K, V> Iterator for ValuesMut<K, V> {
        type Item = &mut V;
    }
    impl<K, V> ExactSizeIterator for ValuesMut<K, V> {}

    pub struct IntoKeys<K, V> {}
    impl<K, V> Iterator for IntoKeys<K, V> {
        type Item = K;
    }
    impl<K, V> ExactSizeIterator for IntoKeys<K, V> {}

    pub struct IntoValues<K, V> {}
    impl<K, V> Iterator for IntoValues<K, V> {
        type Item = V;
    }
    impl<K, V> ExactSizeIterator for IntoValues<K, V> {}

    pub struct Drain<K, V> {}
    impl<K, V> Iterator for Drain<K, V> {
        type Item = (K, V);
    }
    impl<K, V> ExactSizeIterator for Drain<K, V> {}

    pub struct ExtractIf<K, V, F> {}
    impl<K, V, F> Iterator for ExtractIf<K, V, F> {
        type Item = (K, V);
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
        pub fn and_modify<F: FnOnce(&mut V)>(self, f: F) -> Entry<K, V> {}
        pub fn insert_entry(self, value: V) -> OccupiedEntry<K, V> {}
        pub fn or_default(self) -> &mut V {}
    }

    pub struct OccupiedEntry<K, V> {}

    impl<K, V> OccupiedEntry<K, V> {
        pub fn key(&self) -> &K {}
        pub fn remove_entry(self) -> (K, V) {}
        pub fn get(&self) -> &V {}
        pub fn get_mut(&mut self) -> &mut V {}
        pub fn into_mut(self) -> &mut V {}
        pub fn insert(&mut self, value: V) -> V {}
        pub fn remove(self) -> V {}
    }

    pub struct VacantEntry<K, V> {}

    impl<K, V> VacantEntry<K, V> {
        pub fn key(&self) -> &K {}
        pub fn into_key(self) -> K {}
        pub fn insert(self, value: V) -> &mut V {}
        pub fn insert_entry(self, value: V) -> OccupiedEntry<K, V> {}
    }
}

pub mod hash_set {
    pub use crate::hash::RandomState;

    pub struct HashSet<T, S = RandomState> {}

    impl<T> HashSet<T, RandomState> {
        pub fn new() -> HashSet<T, RandomState> {}
        pub fn with_capacity(capacity: usize) -> HashSet<T, RandomState> {}
    }

    impl<T, S> HashSet<T, S> {
        pub fn with_hasher(hasher: S) -> HashSet<T, S> {}
        pub fn with_capacity_and_hasher(capacity: usize, hasher: S) -> HashSet<T, S> {}
        pub fn capacity(&self) -> usize {}
        pub fn iter(&self) -> Iter<T> {}
        pub fn len(&self) -> usize {}
        pub fn is_empty(&self) -> bool {}
        pub fn drain(&mut self) -> Drain<T> {}
        pub fn extract_if<F: FnMut(&T) -> bool>(&mut self, f: F) -> ExtractIf<T, F> {}
        pub fn retain<F: FnMut(&T) -> bool>(&mut self, f: F) {}
        pub fn clear(&mut self) {}
        pub fn hasher(&self) -> &S {}
        pub fn reserve(&mut self, additional: usize) {}
        pub fn shrink_to_fit(&mut self) {}
        pub fn difference(&self, other: &HashSet<T, S>) -> Difference<T, S> {}
        pub fn symmetric_difference(&self, other: &HashSet<T, S>) -> SymmetricDifference<T, S> {}
        pub fn intersection(&self, other: &HashSet<T, S>) -> Intersection<T, S> {}
        pub fn union(&self, other: &HashSet<T, S>) -> Union<T, S> {}
        pub fn contains<Q>(&self, value: &Q) -> bool {}
        pub fn get<Q>(&self, value: &Q) -> Option<&T> {}
        pub fn is_disjoint(&self, other: &HashSet<T, S>) -> bool {}
        pub fn is_subset(&self, other: &HashSet<T, S>) -> bool {}
        pub fn is_superset(&self, other: &HashSet<T, S>) -> bool {}
        pub fn insert(&mut self, value: T) -> bool {}
        pub fn replace(&mut self, value: T) -> Option<T> {}
        pub fn remove<Q>(&mut self, value: &Q) -> bool {}
        pub fn take<Q>(&mut self, value: &Q) -> Option<T> {}
    }

    impl<T: Clone, S: Clone> Clone for HashSet<T, S> {}
    impl<T, S: Default> Default for HashSet<T, S> {}
    impl<T, S> PartialEq for HashSet<T, S> {}
    impl<T, S> Eq for HashSet<T, S> {}
    impl<T: crate::fmt::Debug, S> crate::fmt::Debug for HashSet<T, S> {}
    impl<T, S> IntoIterator for HashSet<T, S> {
        type Item = T;
        type IntoIter = IntoIter<T>;
    }
    impl<T, S> IntoIterator for &HashSet<T, S> {
        type Item = &T;
        type IntoIter = Iter<T>;
    }
    impl<T, S: Default> FromIterator<T> for HashSet<T, S> {}
    impl<T, S> Extend<T> for HashSet<T, S> {}
    impl<T: Copy, S> Extend<&T> for HashSet<T, S> {}
    impl<T, const N: usize> From<[T; N]> for HashSet<T, RandomState> {}
    impl<T: Clone, S> crate::ops::BitOr<&HashSet<T, S>> for &HashSet<T, S> {
        type Output = HashSet<T, S>;
    }
    impl<T: Clone, S> crate::ops::BitAnd<&HashSet<T, S>> for &HashSet<T, S> {
        type Output = HashSet<T, S>;
    }
    impl<T: Clone, S> crate::ops::Sub<&HashSet<T, S>> for &HashSet<T, S> {
        type Output = HashSet<T, S>;
    }

    pub struct Iter<T> {}
    impl<T> Iterator for Iter<T> {
        type Item = &T;
    }
    impl<T> ExactSizeIterator for Iter<T> {}
    impl<T> Clone for Iter<T> {}

    pub struct IntoIter<T> {}
    impl<T> Iterator for IntoIter<T> {
        type Item = T;
    }
    impl<T> ExactSizeIterator for IntoIter<T> {}

    pub struct Drain<T> {}
    impl<T> Iterator for Drain<T> {
        type Item = T;
    }
    impl<T> ExactSizeIterator for Drain<T> {}

    pub struct ExtractIf<T, F> {}
    impl<T, F> Iterator for ExtractIf<T, F> {
        type Item = T;
    }

    pub struct Difference<T, S> {}
    impl<T, S> Iterator for Difference<T, S> {
        type Item = &T;
    }
    impl<T, S> Clone for Difference<T, S> {}

    pub struct SymmetricDifference<T, S> {}
    impl<T, S> Iterator for SymmetricDifference<T, S> {
        type Item = &T;
    }
    impl<T, S> Clone for SymmetricDifference<T, S> {}

    pub struct Intersection<T, S> {}
    impl<T, S> Iterator for Intersection<T, S> {
        type Item = &T;
    }
    impl<T, S> Clone for Intersection<T, S> {}

    pub struct Union<T, S> {}
    impl<T, S> Iterator for Union<T, S> {
        type Item = &T;
    }
    impl<T, S> Clone for Union<T, S> {}
}

pub mod btree_map {
    use crate::borrow::Borrow;
    use crate::ops::RangeBounds;

    pub struct BTreeMap<K, V> {}

    impl<K, V> BTreeMap<K, V> {
        pub fn new() -> BTreeMap<K, V> {}
        pub fn clear(&mut self) {}
        pub fn get<Q>(&self, key: &Q) -> Option<&V> {}
        pub fn get_key_value<Q>(&self, key: &Q) -> Option<(&K, &V)> {}
        pub fn first_key_value(&self) -> Option<(&K, &V)> {}
        pub fn first_entry(&mut self) -> Option<OccupiedEntry<K, V>> {}
        pub fn pop_first(&mut self) -> Option<(K, V)> {}
        pub fn last_key_value(&self) -> Option<(&K, &V)> {}
        pub fn last_entry(&mut self) -> Option<OccupiedEntry<K, V>> {}
        pub fn pop_last(&mut self) -> Option<(K, V)> {}
        pub fn contains_key<Q>(&self, key: &Q) -> bool {}
        pub fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V> {}
        pub fn insert(&mut self, key: K, value: V) -> Option<V> {}
        pub fn remove<Q>(&mut self, key: &Q) -> Option<V> {}
        pub fn remove_entry<Q>(&mut self, key: &Q) -> Option<(K, V)> {}
        pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, f: F) {}
        pub fn append(&mut self, other: &mut BTreeMap<K, V>) {}
        pub fn range<T, R: RangeBounds<T>>(&self, range: R) -> Range<K, V> {}
        pub fn range_mut<T, R: RangeBounds<T>>(&mut self, range: R) -> RangeMut<K, V> {}
        pub fn entry(&mut self, key: K) -> Entry<K, V> {}
        pub fn split_off<Q>(&mut self, key: &Q) -> BTreeMap<K, V> {}
        pub fn extract_if<R, F: FnMut(&K, &mut V) -> bool>(&mut self, range: R, f: F) -> ExtractIf<K, V, F> {}
        pub fn into_keys(self) -> IntoKeys<K, V> {}
        pub fn into_values(self) -> IntoValues<K, V> {}
        pub fn iter(&self) -> Iter<K, V> {}
        pub fn iter_mut(&mut self) -> IterMut<K, V> {}
        pub fn keys(&self) -> Keys<K, V> {}
        pub fn values(&self) -> Values<K, V> {}
        pub fn values_mut(&mut self) -> ValuesMut<K, V> {}
        pub fn len(&self) -> usize {}
        pub fn is_empty(&self) -> bool {}
    }

    impl<K: Clone, V: Clone> Clone for BTreeMap<K, V> {}
    impl<K, V> Default for BTreeMap<K, V> {}
    impl<K: PartialEq, V: PartialEq> PartialEq for BTreeMap<K, V> {}
    impl<K: Eq, V: Eq> Eq for BTreeMap<K, V> {}
    impl<K: PartialOrd, V: PartialOrd> PartialOrd for BTreeMap<K, V> {}
    impl<K: Ord, V: Ord> Ord for BTreeMap<K, V> {}
    impl<K: crate::hash::Hash, V: crate::hash::Hash> crate::hash::Hash for BTreeMap<K, V> {}
    impl<K: crate::fmt::Debug, V: crate::fmt::Debug> crate::fmt::Debug for BTreeMap<K, V> {}
    impl<K: Borrow<Q>, Q, V> crate::ops::Index<&Q> for BTreeMap<K, V> {
        type Output = V;
    }
    impl<K, V> IntoIterator for BTreeMap<K, V> {
        type Item = (K, V);
        type IntoIter = IntoIter<K, V>;
    }
    impl<K, V> IntoIterator for &BTreeMap<K, V> {
        type Item = (&K, &V);
        type IntoIter = Iter<K, V>;
    }
    impl<K, V> IntoIterator for &mut BTreeMap<K, V> {
        type Item = (&K, &mut V);
        type IntoIter = IterMut<K, V>;
    }
    impl<K, V> FromIterator<(K, V)> for BTreeMap<K, V> {}
    impl<K, V> Extend<(K, V)> for BTreeMap<K, V> {}
    impl<K: Copy, V: Copy> Extend<(&K, &V)> for BTreeMap<K, V> {}
    impl<K, V, const N: usize> From<[(K, V); N]> for BTreeMap<K, V> {}

    pub struct Iter<K, V> {}
    impl<K, V> Iterator for Iter<K, V> {
        type Item = (&K, &V);
    }
    impl<K, V> DoubleEndedIterator for Iter<K, V> {}
    impl<K, V> ExactSizeIterator for Iter<K, V> {}
    impl<K, V> Clone for Iter<K, V> {}

    pub struct IterMut<K, V> {}
    impl<K, V> Iterator for IterMut<K, V> {
        type Item = (&K, &mut V);
    }
    impl<K, V> DoubleEndedIterator for IterMut<K, V> {}
    impl<K, V> ExactSizeIterator for IterMut<K, V> {}

    pub struct IntoIter<K, V> {}
    impl<K, V> Iterator for IntoIter<K, V> {
        type Item = (K, V);
    }
    impl<K, V> DoubleEndedIterator for IntoIter<K, V> {}
    impl<K, V> ExactSizeIterator for IntoIter<K, V> {}

    pub struct Keys<K, V> {}
    impl<K, V> Iterator for Keys<K, V> {
        type Item = &K;
    }
    impl<K, V> DoubleEndedIterator for Keys<K, V> {}
    impl<K, V> ExactSizeIterator for Keys<K, V> {}
    impl<K, V> Clone for Keys<K, V> {}

    pub struct Values<K, V> {}
    impl<K, V> Iterator for Values<K, V> {
        type Item = &V;
    }
    impl<K, V> DoubleEndedIterator for Values<K, V> {}
    impl<K, V> ExactSizeIterator for Values<K, V> {}
    impl<K, V> Clone for Values<K, V> {}

    pub struct ValuesMut<K, V> {}
    impl<K, V> Iterator for ValuesMut<K, V> {
        type Item = &mut V;
    }
    impl<K, V> DoubleEndedIterator for ValuesMut<K, V> {}
    impl<K, V> ExactSizeIterator for ValuesMut<K, V> {}

    pub struct IntoKeys<K, V> {}
    impl<K, V> Iterator for IntoKeys<K, V> {
        type Item = K;
    }
    impl<K, V> DoubleEndedIterator for IntoKeys<K, V> {}
    impl<K, V> ExactSizeIterator for IntoKeys<K, V> {}

    pub struct IntoValues<K, V> {}
    impl<K, V> Iterator for IntoValues<K, V> {
        type Item = V;
    }
    impl<K, V> DoubleEndedIterator for IntoValues<K, V> {}
    impl<K, V> ExactSizeIterator for IntoValues<K, V> {}

    pub struct Range<K, V> {}
    impl<K, V> Iterator for Range<K, V> {
        type Item = (&K, &V);
    }
    impl<K, V> DoubleEndedIterator for Range<K, V> {}
    impl<K, V> Clone for Range<K, V> {}

    pub struct RangeMut<K, V> {}
    impl<K, V> Iterator for RangeMut<K, V> {
        type Item = (&K, &mut V);
    }
    impl<K, V> DoubleEndedIterator for RangeMut<K, V> {}

    pub struct ExtractIf<K, V, F> {}
    impl<K, V, F> Iterator for ExtractIf<K, V, F> {
        type Item = (K, V);
    }

    pub enum Entry<K, V> {
        Vacant(VacantEntry<K, V>),
        Occupied(OccupiedEntry<K, V>),
    }

    impl<K, V> Entry<K, V> {
        pub fn or_insert(self, default: V) -> &mut V {}
        pub fn or_insert_with<F: FnOnce() -> V>(self, f: F) -> &mut V {}
        pub fn or_insert_with_key<F: FnOnce(&K) -> V>(self, f: F) -> &mut V {}
        pub fn key(&self) -> &K {}
        pub fn and_modify<F: FnOnce(&mut V)>(self, f: F) -> Entry<K, V> {}
        pub fn insert_entry(self, value: V) -> OccupiedEntry<K, V> {}
        pub fn or_default(self) -> &mut V {}
    }

    pub struct OccupiedEntry<K, V> {}

    impl<K, V> OccupiedEntry<K, V> {
        pub fn key(&self) -> &K {}
        pub fn remove_entry(self) -> (K, V) {}
        pub fn get(&self) -> &V {}
        pub fn get_mut(&mut self) -> &mut V {}
        pub fn into_mut(self) -> &mut V {}
        pub fn insert(&mut self, value: V) -> V {}
        pub fn remove(self) -> V {}
    }

    pub struct VacantEntry<K, V> {}

    impl<K, V> VacantEntry<K, V> {
        pub fn key(&self) -> &K {}
        pub fn into_key(self) -> K {}
        pub fn insert(self, value: V) -> &mut V {}
        pub fn insert_entry(self, value: V) -> OccupiedEntry<K, V> {}
    }
}

pub mod btree_set {
    use crate::ops::RangeBounds;

    pub struct BTreeSet<T> {}

    impl<T> BTreeSet<T> {
        pub fn new() -> BTreeSet<T> {}
        pub fn range<K, R: RangeBounds<K>>(&self, range: R) -> Range<T> {}
        pub fn difference(&self, other: &BTreeSet<T>) -> Difference<T> {}
        pub fn symmetric_difference(&self, other: &BTreeSet<T>) -> SymmetricDifference<T> {}
        pub fn intersection(&self, other: &BTreeSet<T>) -> Intersection<T> {}
        pub fn union(&self, other: &BTreeSet<T>) -> Union<T> {}
        pub fn clear(&mut self) {}
        pub fn contains<Q>(&self, value: &Q) -> bool {}
        pub fn get<Q>(&self, value: &Q) -> Option<&T> {}
        pub fn is_disjoint(&self, other: &BTreeSet<T>) -> bool {}
        pub fn is_subset(&self, other: &BTreeSet<T>) -> bool {}
        pub fn is_superset(&self, other: &BTreeSet<T>) -> bool {}
        pub fn first(&self) -> Option<&T> {}
        pub fn last(&self) -> Option<&T> {}
        pub fn pop_first(&mut self) -> Option<T> {}
        pub fn pop_last(&mut self) -> Option<T> {}
        pub fn insert(&mut self, value: T) -> bool {}
        pub fn replace(&mut self, value: T) -> Option<T> {}
        pub fn remove<Q>(&mut self, value: &Q) -> bool {}
        pub fn take<Q>(&mut self, value: &Q) -> Option<T> {}
        pub fn retain<F: FnMut(&T) -> bool>(&mut self, f: F) {}
        pub fn append(&mut self, other: &mut BTreeSet<T>) {}
        pub fn split_off<Q>(&mut self, value: &Q) -> BTreeSet<T> {}
        pub fn iter(&self) -> Iter<T> {}
        pub fn len(&self) -> usize {}
        pub fn is_empty(&self) -> bool {}
    }

    impl<T: Clone> Clone for BTreeSet<T> {}
    impl<T> Default for BTreeSet<T> {}
    impl<T: PartialEq> PartialEq for BTreeSet<T> {}
    impl<T: Eq> Eq for BTreeSet<T> {}
    impl<T: PartialOrd> PartialOrd for BTreeSet<T> {}
    impl<T: Ord> Ord for BTreeSet<T> {}
    impl<T: crate::hash::Hash> crate::hash::Hash for BTreeSet<T> {}
    impl<T: crate::fmt::Debug> crate::fmt::Debug for BTreeSet<T> {}
    impl<T> IntoIterator for BTreeSet<T> {
        type Item = T;
        type IntoIter = IntoIter<T>;
    }
    impl<T> IntoIterator for &BTreeSet<T> {
        type Item = &T;
        type IntoIter = Iter<T>;
    }
    impl<T> FromIterator<T> for BTreeSet<T> {}
    impl<T> Extend<T> for BTreeSet<T> {}
    impl<T: Copy> Extend<&T> for BTreeSet<T> {}
    impl<T, const N: usize> From<[T; N]> for BTreeSet<T> {}
    impl<T: Clone> crate::ops::BitOr<&BTreeSet<T>> for &BTreeSet<T> {
        type Output = BTreeSet<T>;
    }
    impl<T: Clone> crate::ops::BitAnd<&BTreeSet<T>> for &BTreeSet<T> {
        type Output = BTreeSet<T>;
    }
    impl<T: Clone> crate::ops::Sub<&BTreeSet<T>> for &BTreeSet<T> {
        type Output = BTreeSet<T>;
    }

    pub struct Iter<T> {}
    impl<T> Iterator for Iter<T> {
        type Item = &T;
    }
    impl<T> DoubleEndedIterator for Iter<T> {}
    impl<T> ExactSizeIterator for Iter<T> {}
    impl<T> Clone for Iter<T> {}

    pub struct IntoIter<T> {}
    impl<T> Iterator for IntoIter<T> {
        type Item = T;
    }
    impl<T> DoubleEndedIterator for IntoIter<T> {}
    impl<T> ExactSizeIterator for IntoIter<T> {}

    pub struct Range<T> {}
    impl<T> Iterator for Range<T> {
        type Item = &T;
    }
    impl<T> DoubleEndedIterator for Range<T> {}
    impl<T> Clone for Range<T> {}

    pub struct Difference<T> {}
    impl<T> Iterator for Difference<T> {
        type Item = &T;
    }
    impl<T> Clone for Difference<T> {}

    pub struct SymmetricDifference<T> {}
    impl<T> Iterator for SymmetricDifference<T> {
        type Item = &T;
    }
    impl<T> Clone for SymmetricDifference<T> {}

    pub struct Intersection<T> {}
    impl<T> Iterator for Intersection<T> {
        type Item = &T;
    }
    impl<T> Clone for Intersection<T> {}

    pub struct Union<T> {}
    impl<T> Iterator for Union<T> {
        type Item = &T;
    }
    impl<T> Clone for Union<T> {}
}

pub mod vec_deque {
    use crate::ops::RangeBounds;

    pub struct VecDeque<T> {}

    impl<T> VecDeque<T> {
        pub fn new() -> VecDeque<T> {}
        pub fn with_capacity(capacity: usize) -> VecDeque<T> {}
        pub fn get(&self, index: usize) -> Option<&T> {}
        pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {}
        pub fn swap(&mut self, a: usize, b: usize) {}
        pub fn capacity(&self) -> usize {}
        pub fn reserve(&mut self, additional: usize) {}
        pub fn reserve_exact(&mut self, additional: usize) {}
        pub fn shrink_to_fit(&mut self) {}
        pub fn shrink_to(&mut self, capacity: usize) {}
        pub fn truncate(&mut self, len: usize) {}
        pub fn iter(&self) -> Iter<T> {}
        pub fn iter_mut(&mut self) -> IterMut<T> {}
        pub fn as_slices(&self) -> (&[T], &[T]) {}
        pub fn as_mut_slices(&mut self) -> (&mut [T], &mut [T]) {}
        pub fn len(&self) -> usize {}
        pub fn is_empty(&self) -> bool {}
        pub fn range<R: RangeBounds<usize>>(&self, range: R) -> Iter<T> {}
        pub fn range_mut<R: RangeBounds<usize>>(&mut self, range: R) -> IterMut<T> {}
        pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<T> {}
        pub fn clear(&mut self) {}
        pub fn contains(&self, value: &T) -> bool {}
        pub fn front(&self) -> Option<&T> {}
        pub fn front_mut(&mut self) -> Option<&mut T> {}
        pub fn back(&self) -> Option<&T> {}
        pub fn back_mut(&mut self) -> Option<&mut T> {}
        pub fn pop_front(&mut self) -> Option<T> {}
        pub fn pop_back(&mut self) -> Option<T> {}
        pub fn push_front(&mut self, value: T) {}
        pub fn push_back(&mut self, value: T) {}
        pub fn swap_remove_front(&mut self, index: usize) -> Option<T> {}
        pub fn swap_remove_back(&mut self, index: usize) -> Option<T> {}
        pub fn insert(&mut self, index: usize, value: T) {}
        pub fn remove(&mut self, index: usize) -> Option<T> {}
        pub fn split_off(&mut self, at: usize) -> VecDeque<T> {}
        pub fn append(&mut self, other: &mut VecDeque<T>) {}
        pub fn retain<F: FnMut(&T) -> bool>(&mut self, f: F) {}
        pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, f: F) {}
        pub fn resize_with<F: FnMut() -> T>(&mut self, len: usize, f: F) {}
        pub fn resize(&mut self, len: usize, value: T) {}
        pub fn make_contiguous(&mut self) -> &mut [T] {}
        pub fn rotate_left(&mut self, by: usize) {}
        pub fn rotate_right(&mut self, by: usize) {}
        pub fn binary_search(&self, value: &T) -> Result<usize, usize> {}
        pub fn binary_search_by<F: FnMut(&T) -> crate::cmp::Ordering>(&self, f: F) -> Result<usize, usize> {}
        pub fn partition_point<P: FnMut(&T) -> bool>(&self, predicate: P) -> usize {}
    }

    impl<T: Clone> Clone for VecDeque<T> {}
    impl<T> Default for VecDeque<T> {}
    impl<T: PartialEq> PartialEq for VecDeque<T> {}
    impl<T: Eq> Eq for VecDeque<T> {}
    impl<T: crate::hash::Hash> crate::hash::Hash for VecDeque<T> {}
    impl<T: crate::fmt::Debug> crate::fmt::Debug for VecDeque<T> {}
    impl<T> crate::ops::Index<usize> for VecDeque<T> {
        type Output = T;
    }
    impl<T> crate::ops::IndexMut<usize> for VecDeque<T> {}
    impl<T> IntoIterator for VecDeque<T> {
        type Item = T;
        type IntoIter = IntoIter<T>;
    }
    impl<T> IntoIterator for &VecDeque<T> {
        type Item = &T;
        type IntoIter = Iter<T>;
    }
    impl<T> IntoIterator for &mut VecDeque<T> {
        type Item = &mut T;
        type IntoIter = IterMut<T>;
    }
    impl<T> FromIterator<T> for VecDeque<T> {}
    impl<T> Extend<T> for VecDeque<T> {}
    impl<T: Copy> Extend<&T> for VecDeque<T> {}
    impl<T> From<Vec<T>> for VecDeque<T> {}
    impl<T, const N: usize> From<[T; N]> for VecDeque<T> {}

    pub struct Iter<T> {}
    impl<T> Iterator for Iter<T> {
        type Item = &T;
    }
    impl<T> DoubleEndedIterator for Iter<T> {}
    impl<T> ExactSizeIterator for Iter<T> {}
    impl<T> Clone for Iter<T> {}

    pub struct IterMut<T> {}
    impl<T> Iterator for IterMut<T> {
        type Item = &mut T;
    }
    impl<T> DoubleEndedIterator for IterMut<T> {}
    impl<T> ExactSizeIterator for IterMut<T> {}

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
    impl<T> DoubleEndedIterator for Drain<T> {}
    impl<T> ExactSizeIterator for Drain<T> {}
}

pub mod binary_heap {
    pub struct BinaryHeap<T> {}

    impl<T> BinaryHeap<T> {
        pub fn new() -> BinaryHeap<T> {}
        pub fn with_capacity(capacity: usize) -> BinaryHeap<T> {}
        pub fn peek_mut(&mut self) -> Option<PeekMut<T>> {}
        pub fn pop(&mut self) -> Option<T> {}
        pub fn push(&mut self, item: T) {}
        pub fn into_sorted_vec(self) -> Vec<T> {}
        pub fn append(&mut self, other: &mut BinaryHeap<T>) {}
        pub fn retain<F: FnMut(&T) -> bool>(&mut self, f: F) {}
        pub fn iter(&self) -> Iter<T> {}
        pub fn peek(&self) -> Option<&T> {}
        pub fn capacity(&self) -> usize {}
        pub fn reserve(&mut self, additional: usize) {}
        pub fn shrink_to_fit(&mut self) {}
        pub fn into_vec(self) -> Vec<T> {}
        pub fn as_slice(&self) -> &[T] {}
        pub fn len(&self) -> usize {}
        pub fn is_empty(&self) -> bool {}
        pub fn drain(&mut self) -> Drain<T> {}
        pub fn clear(&mut self) {}
    }

    impl<T: Clone> Clone for BinaryHeap<T> {}
    impl<T> Default for BinaryHeap<T> {}
    impl<T: crate::fmt::Debug> crate::fmt::Debug for BinaryHeap<T> {}
    impl<T> IntoIterator for BinaryHeap<T> {
        type Item = T;
        type IntoIter = IntoIter<T>;
    }
    impl<T> IntoIterator for &BinaryHeap<T> {
        type Item = &T;
        type IntoIter = Iter<T>;
    }
    impl<T> FromIterator<T> for BinaryHeap<T> {}
    impl<T> Extend<T> for BinaryHeap<T> {}
    impl<T> From<Vec<T>> for BinaryHeap<T> {}
    impl<T, const N: usize> From<[T; N]> for BinaryHeap<T> {}

    pub struct PeekMut<T> {}
    impl<T> PeekMut<T> {
        pub fn pop(this: PeekMut<T>) -> T {}
    }
    impl<T> crate::ops::Deref for PeekMut<T> {
        type Target = T;
    }
    impl<T> crate::ops::DerefMut for PeekMut<T> {}

    pub struct Iter<T> {}
    impl<T> Iterator for Iter<T> {
        type Item = &T;
    }
    impl<T> DoubleEndedIterator for Iter<T> {}
    impl<T> ExactSizeIterator for Iter<T> {}
    impl<T> Clone for Iter<T> {}

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
    impl<T> DoubleEndedIterator for Drain<T> {}
    impl<T> ExactSizeIterator for Drain<T> {}
}

pub mod linked_list {
    pub struct LinkedList<T> {}

    impl<T> LinkedList<T> {
        pub fn new() -> LinkedList<T> {}
        pub fn append(&mut self, other: &mut LinkedList<T>) {}
        pub fn iter(&self) -> Iter<T> {}
        pub fn iter_mut(&mut self) -> IterMut<T> {}
        pub fn is_empty(&self) -> bool {}
        pub fn len(&self) -> usize {}
        pub fn clear(&mut self) {}
        pub fn contains(&self, value: &T) -> bool {}
        pub fn front(&self) -> Option<&T> {}
        pub fn front_mut(&mut self) -> Option<&mut T> {}
        pub fn back(&self) -> Option<&T> {}
        pub fn back_mut(&mut self) -> Option<&mut T> {}
        pub fn push_front(&mut self, value: T) {}
        pub fn pop_front(&mut self) -> Option<T> {}
        pub fn push_back(&mut self, value: T) {}
        pub fn pop_back(&mut self) -> Option<T> {}
        pub fn split_off(&mut self, at: usize) -> LinkedList<T> {}
    }

    impl<T: Clone> Clone for LinkedList<T> {}
    impl<T> Default for LinkedList<T> {}
    impl<T: crate::fmt::Debug> crate::fmt::Debug for LinkedList<T> {}
    impl<T> IntoIterator for LinkedList<T> {
        type Item = T;
        type IntoIter = IntoIter<T>;
    }
    impl<T> IntoIterator for &LinkedList<T> {
        type Item = &T;
        type IntoIter = Iter<T>;
    }
    impl<T> FromIterator<T> for LinkedList<T> {}
    impl<T> Extend<T> for LinkedList<T> {}

    pub struct Iter<T> {}
    impl<T> Iterator for Iter<T> {
        type Item = &T;
    }
    impl<T> DoubleEndedIterator for Iter<T> {}
    impl<T> Clone for Iter<T> {}

    pub struct IterMut<T> {}
    impl<T> Iterator for IterMut<T> {
        type Item = &mut T;
    }
    impl<T> DoubleEndedIterator for IterMut<T> {}

    pub struct IntoIter<T> {}
    impl<T> Iterator for IntoIter<T> {
        type Item = T;
    }
    impl<T> DoubleEndedIterator for IntoIter<T> {}
}
