//! A cache of the facts of files, keyed by their content: each distinct blob is parsed once,
//! regardless of the number of revisions that contain it.
//!
//! Invariant: facts depend on a file's bytes alone, so the id of a blob is a sufficient key. The
//! cache can be shared between threads; two threads that request the same blob at once do the work
//! once. The size is bounded: between revisions, the least recently used entries are evicted first.
//! The entries that the current revision needs always stay.

use std::sync::{
    Arc, Mutex, OnceLock, PoisonError,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};

use rustc_hash::FxHashMap;

use super::{repository::BlobId, tree::TreeFiles};
use crate::{
    base::files::{Entry, Files, ReadError},
    rust::{
        facts::{Doctests, Documented, FileFacts, doctests},
        resolve::{Digest, Expanded, FactsSource, facts_of},
    },
};

/// The facts of a file take about ten times as much memory as its source, so this limits the cache
/// to about one gigabyte.
const MOST_SOURCE: usize = 100 << 20;

/// The number of revisions after which an expansion that none of them requested is evicted.
const EXPANDED_FOR: u64 = 32;

/// The cache of facts by blob.
#[derive(Debug)]
pub struct FactsCache {
    slots: Mutex<FxHashMap<BlobId, Arc<Slot>>>,
    /// The number of revisions read so far, which serves as the time of last use.
    age: AtomicU64,
    parsed: AtomicUsize,
    /// The maximum number of bytes of source whose facts are kept from one revision to the next.
    most: usize,
    /// The expansions of macro invocations, with the age at which each was last requested.
    expanded: Mutex<FxHashMap<Digest, (Expanded, u64)>>,
}

#[derive(Debug, Default)]
struct Slot {
    facts: OnceLock<Arc<FileFacts>>,
    /// The doctests, unless they depend on other files.
    doctests: OnceLock<Arc<Doctests>>,
    /// The size of the source in bytes.
    size: AtomicUsize,
    /// The age at which the entry was last requested.
    used: AtomicU64,
}

impl Default for FactsCache {
    fn default() -> Self {
        Self::bounded(MOST_SOURCE)
    }
}

impl FactsCache {
    /// Creates a cache that keeps the facts of at most `most` bytes of source from one revision to
    /// the next.
    pub fn bounded(most: usize) -> Self {
        Self {
            slots: Mutex::default(),
            age: AtomicU64::new(0),
            parsed: AtomicUsize::new(0),
            most,
            expanded: Mutex::default(),
        }
    }

    /// Returns the number of files parsed so far.
    pub fn parsed(&self) -> usize {
        self.parsed.load(Ordering::Relaxed)
    }

    /// Returns the facts of the blob `id`. If they are not cached, `read` returns its bytes.
    ///
    /// # Errors
    /// Returns the error of `read`.
    pub fn facts(
        &self,
        id: BlobId,
        read: impl FnOnce() -> Result<Vec<u8>, ReadError>,
    ) -> Result<Arc<FileFacts>, ReadError> {
        let slot = Arc::clone(self.slots().entry(id).or_default());
        slot.used.store(self.age.load(Ordering::Relaxed), Ordering::Relaxed);
        if let Some(facts) = slot.facts.get() {
            return Ok(Arc::clone(facts));
        }
        let bytes = read()?;
        slot.size.store(bytes.len(), Ordering::Relaxed);
        let parse = || {
            self.parsed.fetch_add(1, Ordering::Relaxed);
            Arc::new(facts_of(bytes))
        };
        Ok(Arc::clone(slot.facts.get_or_init(parse)))
    }

    /// Returns the doctests of the blob `id`, which is the file `of`. `read` returns the bytes of it
    /// and of the files that its documentation includes.
    fn doctests(
        &self,
        id: BlobId,
        of: Documented<'_>,
        read: &dyn Fn(&str) -> Result<Vec<u8>, ReadError>,
    ) -> Result<Arc<Doctests>, ReadError> {
        let slot = Arc::clone(self.slots().entry(id).or_default());
        slot.used.store(self.age.load(Ordering::Relaxed), Ordering::Relaxed);
        if let Some(known) = slot.doctests.get() {
            return Ok(Arc::clone(known));
        }
        let found = Arc::new(doctests(of, read(of.path)?, read));
        Ok(if found.includes { found } else { Arc::clone(slot.doctests.get_or_init(|| found)) })
    }

    /// Returns the expansion of the macro invocation identified by `digest`; `make` computes it if
    /// it is not cached.
    fn expanded(&self, digest: Digest, make: &dyn Fn() -> Expanded) -> Expanded {
        let age = self.age.load(Ordering::Relaxed);
        if let Some((known, used)) = lock(&self.expanded).get_mut(&digest) {
            *used = age;
            return known.clone();
        }
        let made = make();
        lock(&self.expanded).insert(digest, (made.clone(), age));
        made
    }

    /// Starts a new revision: evicts entries above the limit, the least recently used first.
    pub fn turn(&self) {
        let age = self.age.fetch_add(1, Ordering::Relaxed);
        lock(&self.expanded).retain(|_, (_, used)| *used + EXPANDED_FOR >= age);
        let mut slots = self.slots();
        let size = |slot: &Slot| slot.size.load(Ordering::Relaxed);
        let mut by_age: Vec<(u64, usize)> =
            slots.values().map(|slot| (slot.used.load(Ordering::Relaxed), size(slot))).collect();
        by_age.sort_unstable();
        let Some((newest, _)) = by_age.last().copied() else { return };
        let mut kept = 0;
        let oldest = by_age.iter().rev().take_while(|(_, size)| {
            kept += size;
            kept <= self.most
        });
        let oldest = oldest.last().map_or(newest, |(used, _)| *used);
        slots.retain(|_, slot| slot.used.load(Ordering::Relaxed) >= oldest);
    }

    fn slots(&self) -> std::sync::MutexGuard<'_, FxHashMap<BlobId, Arc<Slot>>> {
        lock(&self.slots)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The facts of the files of a revision.
#[derive(Debug, Clone)]
pub struct TreeFacts {
    files: Arc<TreeFiles>,
    cache: Arc<FactsCache>,
}

impl TreeFacts {
    /// Creates a source of the facts of `files`, which reads a file only if `cache` does not
    /// contain its facts.
    pub fn new(files: Arc<TreeFiles>, cache: Arc<FactsCache>) -> Self {
        Self { files, cache }
    }
}

impl FactsSource for TreeFacts {
    fn facts(&self, path: &str) -> Result<Arc<FileFacts>, ReadError> {
        let id = self.files.blob(path)?;
        self.cache.facts(id, || self.files.content(path, id))
    }

    fn doctests(&self, path: &str, package: &str) -> Result<Arc<Doctests>, ReadError> {
        let id = self.files.blob(path)?;
        self.cache.doctests(id, Documented { path, package }, &|path| self.files.read(path))
    }

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        self.files.list(dir)
    }

    fn expanded(&self, digest: Digest, make: &dyn Fn() -> Expanded) -> Expanded {
        self.cache.expanded(digest, make)
    }
}

/// The facts of files outside the object store, such as those in the work tree, keyed by the blob
/// id that git would assign: a file that is unchanged from some revision is parsed once for both.
pub struct HashedFacts<F> {
    files: Arc<F>,
    kind: BlobId,
    cache: Arc<FactsCache>,
}

impl<F: Files> HashedFacts<F> {
    /// Creates a source of the facts of `files`, with blob ids of the hash that `repository` uses.
    pub fn new(files: Arc<F>, repository: &super::Repository, cache: Arc<FactsCache>) -> Self {
        Self { files, kind: repository.no_blob(), cache }
    }
}

impl<F: Files + Send> FactsSource for HashedFacts<F> {
    fn facts(&self, path: &str) -> Result<Arc<FileFacts>, ReadError> {
        let bytes = self.files.read(path)?;
        match self.kind.same_kind_of(&bytes) {
            Some(id) => self.cache.facts(id, || Ok(bytes)),
            None => Ok(Arc::new(facts_of(bytes))),
        }
    }

    fn doctests(&self, path: &str, package: &str) -> Result<Arc<Doctests>, ReadError> {
        let (of, bytes) = (Documented { path, package }, self.files.read(path)?);
        let read = |path: &str| self.files.read(path);
        match self.kind.same_kind_of(&bytes) {
            Some(id) => self.cache.doctests(id, of, &read),
            None => Ok(Arc::new(doctests(of, bytes, &read))),
        }
    }

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        self.files.list(dir)
    }

    fn expanded(&self, digest: Digest, make: &dyn Fn() -> Expanded) -> Expanded {
        self.cache.expanded(digest, make)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> BlobId {
        BlobId::sha1_of(text.as_bytes()).expect("text has a hash")
    }

    #[test]
    fn a_blob_is_parsed_once_by_however_many_threads() {
        let cache = FactsCache::default();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| cache.facts(id("fn a() {}"), || Ok(b"fn a() {}".to_vec())).map(drop));
            }
        });
        assert_eq!(cache.parsed(), 1);
        let again = cache.facts(id("fn a() {}"), || Err(ReadError::NotFound));
        assert!(again.is_ok(), "known content is not read again");
    }

    #[test]
    fn what_cannot_be_read_is_asked_for_again() {
        let cache = FactsCache::default();
        assert!(cache.facts(id("x"), || Err(ReadError::NotFound)).is_err());
        assert!(cache.facts(id("x"), || Ok(Vec::new())).is_ok());
    }

    #[test]
    fn the_longest_unused_goes_first() {
        let cache = FactsCache::bounded(2);
        for text in ["a", "b", "c"] {
            cache.turn();
            let _ = cache.facts(id(text), || Ok(text.as_bytes().to_vec()));
        }
        cache.turn();
        assert_eq!(cache.slots().len(), 2);
        let missing = |text: &str| cache.facts(id(text), || Err(ReadError::NotFound)).is_err();
        assert!(missing("a") && !missing("b") && !missing("c"));
    }
}
