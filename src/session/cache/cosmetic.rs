//! Changes without effect on the meaning of a file: comments, blank lines, layout, values of
//! literals.
//!
//! An answer depends on the meaning of the files, and on the places that it contains. If a file
//! without such places has the same meaning as before at other positions, and the positions have
//! kept their order, the answer stays valid. The check extracts the facts of the changed files
//! only.

use std::thread;

use crate::{
    base::files::{Files as _, ReadError},
    rust::{
        cargo::disk::DiskFiles,
        facts::{self, Doctests, Documented, FileFacts, doctests},
        resolve::facts_of,
    },
};

use super::{
    packs::{Packs, of_doctests},
    trace::Changed,
};

/// The maximum number of changed files that are compared; with more, everything is computed again.
pub(super) const MOST: usize = 8;

/// Whether all of `changed` have the same facts as before.
/// With `docs`, the same doctests as well.
pub(super) fn all(changed: &[Changed], packs: &Packs, files: &DiskFiles, docs: bool) -> bool {
    changed.iter().all(|Changed { path, before }| {
        let Some(known) = packs.get::<FileFacts>(before) else { return false };
        let Ok(bytes) = files.read(path) else { return false };
        let copy = bytes.clone();
        with_stack(|| facts_of(bytes)).is_some_and(|now| known.says_the_same(now))
            && (!docs || has_same_doctests(packs.get(&of_doctests(before)), copy))
    })
}

/// Whether a file has the doctests that it had. False where that is not known: for a file whose
/// documentation includes others, and for one that is in no library.
fn has_same_doctests(before: Option<Doctests>, bytes: Vec<u8>) -> bool {
    let of = Documented { path: "", package: "" };
    let now = with_stack(|| doctests(of, bytes, &|_| Err(ReadError::NotFound)));
    before.zip(now).is_some_and(|(before, now)| !now.includes && before.say_the_same(now))
}

/// Runs `work` on a thread with a sufficient stack.
fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(facts::STACK).spawn_scoped(scope, work);
        thread.ok()?.join().ok()
    })
}
