//! A source of facts: the cache or, on a miss, the files.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use crate::{
    base::files::{Entry, Files, ReadError},
    rust::{
        facts::{Doctests, Documented, FileFacts, doctests},
        resolve::{Digest, Expanded, FactsSource, facts_of},
    },
};

use super::{
    Used, lock,
    packs::{Packs, of_doctests},
    trace::{Trace, Traced},
};

/// A source of facts that reuses earlier extractions, and records what it is asked for.
pub struct Source<'f> {
    packs: Packs,
    before: &'f Trace,
    traced: Traced<'f>,
    /// The macro expansions and doctests that were requested.
    others: Mutex<Vec<Digest>>,
    /// Whether doctests were requested.
    reads_docs: AtomicBool,
}

impl<'f> Source<'f> {
    pub(super) fn new(packs: Packs, before: &'f Trace, traced: Traced<'f>) -> Self {
        Self { packs, before, traced, others: Mutex::default(), reads_docs: AtomicBool::new(false) }
    }

    /// Returns the data to store: the packs, and the trace.
    pub fn finish(self) -> Used {
        let trace = self.traced.finish();
        let others = self.others.into_inner().unwrap_or_else(PoisonError::into_inner);
        let used = trace.digests().chain(others).collect();
        Used { packs: self.packs, trace, used, reads_docs: self.reads_docs.into_inner() }
    }

    /// Returns the doctests of a file with this content, if they are known and depend on no other
    /// file.
    fn known_doctests(&self, digest: &Digest) -> Option<Arc<Doctests>> {
        let digest = of_doctests(digest);
        lock(&self.others).push(digest);
        self.packs.get(&digest).map(Arc::new)
    }
}

impl FactsSource for Source<'_> {
    fn facts(&self, path: &str) -> Result<Arc<FileFacts>, ReadError> {
        let stamp = self.traced.stamp(path)?;
        if let Some(digest) = self.before.digest(path, stamp)
            && let Some(facts) = self.packs.get(&digest)
        {
            self.traced.known(path, stamp, digest);
            return Ok(Arc::new(facts));
        }
        let (bytes, digest) = self.traced.read_stamped(path, stamp)?;
        if let Some(facts) = self.packs.get(&digest) {
            return Ok(Arc::new(facts));
        }
        let facts = facts_of(bytes);
        self.packs.put(digest, &facts);
        Ok(Arc::new(facts))
    }

    fn doctests(&self, path: &str, package: &str) -> Result<Arc<Doctests>, ReadError> {
        self.reads_docs.store(true, Ordering::Relaxed);
        let stamp = self.traced.stamp(path)?;
        if let Some(digest) = self.before.digest(path, stamp)
            && let Some(known) = self.known_doctests(&digest)
        {
            self.traced.known(path, stamp, digest);
            return Ok(known);
        }
        let (bytes, digest) = self.traced.read_stamped(path, stamp)?;
        if let Some(known) = self.known_doctests(&digest) {
            return Ok(known);
        }
        let found = doctests(Documented { path, package }, bytes, &|path| self.traced.read(path));
        if !found.includes {
            self.packs.put(of_doctests(&digest), &found);
        }
        Ok(Arc::new(found))
    }

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        self.traced.list(dir)
    }

    fn expanded(&self, digest: Digest, make: &dyn Fn() -> Expanded) -> Expanded {
        lock(&self.others).push(digest);
        if let Some((facts, tokens)) = self.packs.get(&digest) {
            return Expanded { facts: Arc::new(facts), tokens };
        }
        let made = make();
        self.packs.put(digest, &(&*made.facts, made.tokens));
        made
    }
}
