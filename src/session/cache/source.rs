//! A source of facts: the cache or, on a miss, the files.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{
    base::files::{Entry, Files, ReadError},
    rust::{
        facts::FileFacts,
        resolve::{Digest, Expanded, FactsSource, facts_of},
    },
};

use super::{
    Used, lock,
    packs::Packs,
    trace::{Trace, Traced},
};

/// A source of facts that reuses earlier extractions, and records what it is asked for.
pub struct Source<'f> {
    packs: Packs,
    before: &'f Trace,
    traced: Traced<'f>,
    /// The macro expansions that were requested.
    expanded: Mutex<Vec<Digest>>,
}

impl<'f> Source<'f> {
    pub(super) fn new(packs: Packs, before: &'f Trace, traced: Traced<'f>) -> Self {
        Self { packs, before, traced, expanded: Mutex::default() }
    }

    /// Returns the data to store: the packs, and the trace.
    pub fn finish(self) -> Used {
        let trace = self.traced.finish();
        let expanded = self.expanded.into_inner().unwrap_or_else(PoisonError::into_inner);
        let used = trace.digests().chain(expanded).collect();
        Used { packs: self.packs, trace, used }
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

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        self.traced.list(dir)
    }

    fn expanded(&self, digest: Digest, make: &dyn Fn() -> Expanded) -> Expanded {
        lock(&self.expanded).push(digest);
        if let Some((facts, tokens)) = self.packs.get(&digest) {
            return Expanded { facts: Arc::new(facts), tokens };
        }
        let made = make();
        self.packs.put(digest, &(&*made.facts, made.tokens));
        made
    }
}
