//! Changes without effect on the meaning of a file: comments, blank lines, layout, values of
//! literals.
//!
//! An answer depends on the meaning of the files, and on the places that it contains. If a file
//! without such places has the same meaning as before at other positions, and the positions have
//! kept their order, the answer stays valid. The check extracts the facts of the changed files
//! only.

use std::thread;

use crate::{
    base::files::Files as _,
    rust::{
        cargo::disk::DiskFiles,
        facts::{self, FileFacts},
        resolve::facts_of,
    },
};

use super::{packs::Packs, trace::Changed};

/// The maximum number of changed files that are compared; with more, everything is computed again.
pub(super) const MOST: usize = 8;

/// Whether all of `changed` have the same facts as before.
pub(super) fn all(changed: &[Changed], packs: &Packs, files: &DiskFiles) -> bool {
    changed.iter().all(|Changed { path, before }| {
        let Some(before) = packs.get::<FileFacts>(before) else { return false };
        let Ok(bytes) = files.read(path) else { return false };
        extracted(bytes).is_some_and(|now| before.says_the_same(now))
    })
}

/// Extracts the facts of a file on a thread with a sufficient stack.
fn extracted(bytes: Vec<u8>) -> Option<FileFacts> {
    let thread = thread::Builder::new().stack_size(facts::STACK).spawn(|| facts_of(bytes));
    thread.ok()?.join().ok()
}
