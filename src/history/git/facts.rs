//! What files say, kept by the content that says it: each distinct blob is parsed once, in however many revisions it is.
//!
//! Invariant: facts depend on a file's bytes alone, so that a blob's id is all the key there is. Safe to share between
//! threads; two that want the same blob at once do the work once. The size is bounded: between revisions, what the longest has not been
//! asked for goes first. What the present revision needs always stays.

use std::sync::{
    Arc, Mutex, OnceLock, PoisonError,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};

use rustc_hash::FxHashMap;

use super::{repository::BlobId, tree::TreeFiles};
use crate::{
    base::files::{Files, ReadError},
    rust::{
        facts::FileFacts,
        resolve::{Digest, Expanded, FactsSource, facts_of},
    },
};

/// Facts take about as much memory as ten times their source, so this is one gigabyte at most.
const MOST_SOURCE: usize = 100 << 20;

/// For how many revisions an expansion is kept that none of them asked for.
const EXPANDED_FOR: u64 = 32;

/// Facts by blob.
#[derive(Debug)]
pub struct FactsCache {
    slots: Mutex<FxHashMap<BlobId, Arc<Slot>>>,
    /// Counts revisions: what was asked for how long ago.
    age: AtomicU64,
    parsed: AtomicUsize,
    /// The most bytes of source whose facts are kept from one revision to the next.
    most: usize,
    /// What macro invocations say, with the age at which each was last asked for.
    expanded: Mutex<FxHashMap<Digest, (Expanded, u64)>>,
}

#[derive(Debug, Default)]
struct Slot {
    facts: OnceLock<Arc<FileFacts>>,
    /// Bytes of source.
    size: AtomicUsize,
    /// The age at which it was last asked for.
    used: AtomicU64,
}

impl Default for FactsCache {
    fn default() -> Self {
        Self::bounded(MOST_SOURCE)
    }
}

impl FactsCache {
    /// A cache that keeps the facts of at most so many bytes of source from one revision to the next.
    pub fn bounded(most: usize) -> Self {
        Self {
            slots: Mutex::default(),
            age: AtomicU64::new(0),
            parsed: AtomicUsize::new(0),
            most,
            expanded: Mutex::default(),
        }
    }

    /// How many files have been parsed so far.
    pub fn parsed(&self) -> usize {
        self.parsed.load(Ordering::Relaxed)
    }

    /// The facts of the blob `id`, whose bytes `read` gives where they are not known yet.
    ///
    /// # Errors
    /// As `read`.
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

    /// What the macro invocation that `digest` names says; `make` works it out where it is not known yet.
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

    /// A revision is about to be read: lets go of what is too much, the longest unused first.
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

/// The facts of a revision's files.
#[derive(Debug, Clone)]
pub struct TreeFacts {
    files: Arc<TreeFiles>,
    cache: Arc<FactsCache>,
}

impl TreeFacts {
    /// The facts of `files`, as far as `cache` knows them without reading.
    pub fn new(files: Arc<TreeFiles>, cache: Arc<FactsCache>) -> Self {
        Self { files, cache }
    }
}

impl FactsSource for TreeFacts {
    fn facts(&self, path: &str) -> Result<Arc<FileFacts>, ReadError> {
        let id = self.files.blob(path)?;
        self.cache.facts(id, || self.files.content(id))
    }

    fn expanded(&self, digest: Digest, make: &dyn Fn() -> Expanded) -> Expanded {
        self.cache.expanded(digest, make)
    }
}

/// The facts of files that lie elsewhere, such as in the work tree, known by the blob that git would make of each: what is
/// as in some revision is parsed once for both.
pub struct HashedFacts<F> {
    files: Arc<F>,
    kind: BlobId,
    cache: Arc<FactsCache>,
}

impl<F: Files> HashedFacts<F> {
    /// The facts of `files`, with blobs of the kind that `repository` has.
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
