//! Facts from the cache where it has them, from the files where not.

use std::sync::Arc;

use crate::{
    facts::FileFacts,
    resolve::{FactsSource, facts_of},
    workspace::files::ReadError,
};

use super::{
    Debug,
    packs::Packs,
    trace::{Trace, Traced},
};

/// A source of facts that knows what was extracted before, and remembers what it was asked for.
pub struct Source<'f> {
    packs: Packs,
    before: &'f Trace,
    traced: Traced<'f>,
    debug: &'f Debug,
}

impl<'f> Source<'f> {
    pub(super) fn new(packs: Packs, before: &'f Trace, traced: Traced<'f>, debug: &'f Debug) -> Self {
        Self { packs, before, traced, debug }
    }

    /// What there is to be kept: the packs, and what was seen.
    pub fn finish(self) -> super::Used {
        (self.packs, self.traced.finish())
    }
}

impl FactsSource for Source<'_> {
    fn facts(&self, path: &str) -> Result<Arc<FileFacts>, ReadError> {
        let stamp = self.traced.stamp(path)?;
        if let Some(digest) = self.before.digest(path, stamp)
            && let Some(facts) = self.packs.get(&digest, self.debug)
        {
            self.traced.known(path, stamp, digest);
            return Ok(Arc::new(facts));
        }
        let (bytes, digest) = self.traced.read_stamped(path, stamp)?;
        if let Some(facts) = self.packs.get(&digest, self.debug) {
            return Ok(Arc::new(facts));
        }
        let facts = facts_of(bytes);
        self.packs.put(digest, &facts);
        Ok(Arc::new(facts))
    }
}
