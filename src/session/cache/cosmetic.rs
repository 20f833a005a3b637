//! Changes that show nowhere: comments, blank lines, layout, what a literal says.
//!
//! An answer hangs on what files say and on the places that it tells. Where a file that it tells no place of says the same as
//! before, only elsewhere, and its places have kept their order, whoever asks again is told the same again. It takes the facts
//! of the files that have changed, and no look at the others.

use std::thread;

use crate::{
    base::files::Files as _,
    rust::{
        cargo::disk::DiskFiles,
        facts::{self, FileFacts},
        resolve::facts_of,
    },
};

use super::{Debug, packs::Packs, trace::Changed};

/// So many changed files are looked at; with more, all is worked out anew.
pub(super) const MOST: usize = 8;

/// Whether the files of `changed` say what they said before.
pub(super) fn all(changed: &[Changed], packs: &Packs, files: &DiskFiles, debug: &Debug) -> bool {
    changed.iter().all(|Changed { path, before }| {
        let Some(before) = packs.get::<FileFacts>(before, debug) else { return false };
        let Ok(bytes) = files.read(path) else { return false };
        extracted(bytes).is_some_and(|now| before.says_the_same(now))
    })
}

/// The facts of a file, by a thread that has the stack for it.
fn extracted(bytes: Vec<u8>) -> Option<FileFacts> {
    let thread = thread::Builder::new().stack_size(facts::STACK).spawn(|| facts_of(bytes));
    thread.ok()?.join().ok()
}
