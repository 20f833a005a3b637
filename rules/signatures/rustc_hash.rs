//! Collections with a fast hash function.

pub type FxHashMap<K, V> = std::collections::HashMap<K, V, FxBuildHasher>;
pub type FxHashSet<T> = std::collections::HashSet<T, FxBuildHasher>;

pub struct FxBuildHasher;
pub struct FxHasher;

impl std::default::Default for FxHasher {}
impl std::hash::Hasher for FxHasher {}
