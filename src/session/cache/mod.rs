//! The cache: the results of one run, kept for later runs, including those of other processes.
//!
//! Each result is stored under the digest of everything that it depends on:
//!
//! ```text
//! facts-…      the facts of a file          ← its bytes (doctests apart from the others)
//! workspace-…  packages and targets         ← manifests and folders as read, cargo's environment
//! seen-…       the state of every file      ← the options; refers to the analysis of these files
//! analysis-…   the graph and other results  ← the workspace, the options, every file that was read
//! answer-…     the output of a command      ← all of the above, the configuration, the question
//! ```
//!
//! An answer also stays valid if files have changed of which it contains no places, and whose
//! meaning is the same ([`cosmetic`]).
//!
//! Every result also depends on the source of the program ([`fingerprint`]). Most have a [`trace`]:
//! the result of each read from the file system, compared with a `stat` of each path, as git does
//! with its index. A file with a different stamp is read, and if its content is the same, the
//! result stays valid: restoring a cache from a backup does not invalidate it.
//!
//! Invariants: a run with a cache gives the same output as a run without one, byte for byte. The
//! cache can be deleted, truncated, damaged, interrupted while it is written, read-only, shared, or
//! written by an attacker ([`key`]); the worst consequence is a cold run. No failure in this module
//! is an error: a failure is an event of `tracing`, which `--timings` and `--verbose` print.

mod cosmetic;
mod entry;
mod environment;
#[cfg(test)]
mod fingerprint; // a part of the build script, included for its tests
mod folder;
mod key;
mod manifests;
mod packs;
mod source;
mod stamp;
mod trace;
mod turn;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tracing::debug;
use xxhash_rust::xxh3::xxh3_128;

use crate::base::folder::How;
use crate::rust::cargo::disk::DiskFiles;
pub use crate::rust::resolve::Digest;
use entry::{Content, Unusable};
use folder::Folder;
pub use folder::{ForeignFolder, Refused};
pub use key::{NoKey, VARIABLE};
pub use manifests::{Manifests, workspace};
use packs::Packs;
pub use source::Source;
pub use stamp::Moment;
use stamp::Stamp;
use trace::Renewed;
pub use trace::{Trace, Traced};
pub use turn::Turn;

/// The location of the cache.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Storage {
    /// `target/archlint` at the workspace root.
    #[default]
    Target,
    /// A folder, which several workspaces may share.
    Folder(PathBuf),
    /// No cache: everything is computed again, and nothing is written.
    Nowhere,
}

/// Returns the fingerprint of this program. Programs built from different sources have different
/// fingerprints, and share no entries.
pub fn fingerprint() -> u64 {
    u64::from_str_radix(env!("ARCHLINT_FINGERPRINT"), 16).unwrap_or_default()
}

/// The prefix of the names of temporary files.
const UNFINISHED: &str = ".unfinished-";

/// The target of the events, one for all files of the cache.
const TARGET: &str = "archlint::cache";

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the digest of a content in the form used in file names.
fn short(digest: &Digest) -> String {
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the digest of a value: the BLAKE3 hash of its serialization.
pub fn digest_of(value: &impl Serialize) -> Digest {
    *blake3::hash(&postcard::to_stdvec(value).unwrap_or_default()).as_bytes()
}

/// The cache of a workspace.
#[derive(Debug)]
pub struct Cache {
    folder: Folder,
    /// The part of names that distinguishes workspaces in a shared folder.
    salt: Digest,
}

/// The data from which the result of a task was made.
pub struct Used {
    packs: Packs,
    trace: Trace,
    /// The contents of the facts that were used.
    used: FxHashSet<Digest>,
    /// Whether doctests were read.
    reads_docs: bool,
}

/// The result of a lookup.
pub enum Lookup<T> {
    /// The result was found.
    Known(T, State),
    /// The result was not found. The caller computes it, and other processes that need it wait
    /// until the task is dropped.
    Unknown(Task),
}

/// A computation whose result was not in the cache.
pub struct Task {
    since: Moment,
    before: Trace,
    turn: Option<Turn>,
}

/// The identity of an analysis: the file with its trace, and the analysis itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The name of the file with the trace.
    name: String,
    /// The digest of the inputs of the analysis other than files.
    made_from: Digest,
    /// The checksum of the analysis.
    id: u128,
    /// Whether the analysis depends on doctests.
    reads_docs: bool,
}

/// The trace of an analysis, and its identity.
struct SeenBy {
    trace: Trace,
    state: State,
}

impl Cache {
    /// Opens the cache of the workspace at `root`; `None` if it is switched off or cannot be used.
    pub fn open(place: &Storage, root: &Path) -> Option<Self> {
        let folder = Folder::open(place, root)?;
        let salt = match place {
            Storage::Folder(_) => digest_of(&root),
            _ => Digest::default(),
        };
        Some(Self { folder, salt })
    }

    /// Returns the analysis `key` with the other inputs `made_from` if no file that it read has
    /// changed. Otherwise returns the task to compute it.
    pub fn find<T: DeserializeOwned>(
        &self,
        key: &impl Serialize,
        made_from: Digest,
        files: &DiskFiles,
    ) -> Lookup<T> {
        let name = self.name("seen", key);
        let mut before = Trace::default();
        let at_first = stamp_of(&self.folder, &name);
        let mut look = || {
            let seen = self.seen(&name)?;
            let checked = seen.trace.check(files);
            before.clone_from(&seen.trace);
            self.renew(&seen, checked?);
            let name = analysis(&seen.state);
            let mut content = self.entry(&name).filter(|_| seen.state.made_from == made_from)?;
            Some(Lookup::Known(next(&mut content, &name)?, seen.state))
        };
        if let Some(known) = look() {
            return known;
        }
        let mut turn = turn::wait(&self.folder, &name);
        if stamp_of(&self.folder, &name) != at_first {
            // Another process has computed the result in the meantime. Processes that wait for the
            // turn need not wait until it is read here.
            turn = None;
            if let Some(known) = look() {
                return known;
            }
        }
        Lookup::Unknown(Task { since: Moment::now(), before, turn })
    }

    /// Reads the trace in the file of this name.
    fn seen(&self, name: &str) -> Option<SeenBy> {
        let (trace, mut rest): (Trace, _) = read_entry(&self.folder, name)?;
        Some(SeenBy { trace, state: next(&mut rest, name)? })
    }

    /// Writes a renewed trace.
    fn renew(&self, SeenBy { state, .. }: &SeenBy, renewed: Renewed) {
        if let Renewed::By(trace) = renewed {
            write_entry(&self.folder, &state.name, &trace, state);
        }
    }

    /// Returns the source of the facts for a task.
    pub fn source<'f>(&self, task: &'f Task, files: &'f DiskFiles) -> Source<'f> {
        Source::new(Packs::open(&self.folder), &task.before, Traced::new(files, task.since))
    }

    /// Returns a source of the facts of files whose result is not stored.
    pub fn reader<'f>(&self, files: &'f DiskFiles) -> Source<'f> {
        static NOTHING: std::sync::LazyLock<Trace> = std::sync::LazyLock::new(Trace::default);
        Source::new(Packs::open(&self.folder), &NOTHING, Traced::new(files, Moment::now()))
    }

    /// Stores the result of a task, and the facts that it used.
    pub fn keep<T: Serialize>(
        &self,
        key: &impl Serialize,
        made_from: Digest,
        task: Task,
        Used { packs, trace, used, reads_docs }: Used,
        value: &T,
    ) -> State {
        if let Err(error) = packs.write(&used) {
            debug!(target: TARGET, "facts are not kept: {error}");
        }
        let content = entry::append(value, Vec::new()).unwrap_or_default();
        let state = State { name: self.name("seen", key), made_from, id: xxh3_128(&content), reads_docs };
        let before = read_entry(&self.folder, &state.name)
            .and_then(|(_, mut rest): (Trace, _)| next::<State>(&mut rest, &state.name));
        write_content(&self.folder, &analysis(&state), &content);
        write_entry(&self.folder, &state.name, &trace, &state);
        if let Some(before) = before.filter(|before| before.id != state.id) {
            // A process that needs the old analysis now must compute it again.
            self.folder.remove(&analysis(&before));
        }
        packs::sweep(&self.folder);
        drop(task.turn);
        state
    }

    /// Returns the last answer to a question if it is still valid: if all inputs are the same or,
    /// for files whose places are not in the answer according to `is_untold`, have the same
    /// meaning.
    ///
    /// # Errors
    /// Returns the turn to compute the answer, if one is available. Others with the same question
    /// wait until it is dropped.
    pub fn answer<T: DeserializeOwned + Serialize>(
        &self,
        question: &impl Serialize,
        is_untold: impl Fn(&T, &str) -> bool,
        files: &DiskFiles,
    ) -> Result<T, Option<Turn>> {
        let name = self.name("answer", question);
        let at_first = stamp_of(&self.folder, &name);
        if let Some(known) = self.known_answer(&name, &is_untold, files) {
            return Ok(known);
        }
        let turn = turn::wait(&self.folder, &name);
        if stamp_of(&self.folder, &name) == at_first {
            return Err(turn);
        }
        // Another process has answered in the meantime.
        drop(turn);
        self.known_answer(&name, &is_untold, files).ok_or(None)
    }

    fn known_answer<T: DeserializeOwned + Serialize>(
        &self,
        name: &str,
        is_untold: impl Fn(&T, &str) -> bool,
        files: &DiskFiles,
    ) -> Option<T> {
        let (configured, mut rest): (Trace, _) = read_entry(&self.folder, name)?;
        let checked = configured.check(files)?;
        let state: State = next(&mut rest, name)?;
        let seen = self.seen(&state.name).filter(|seen| seen.state == state)?;
        let compared = seen.trace.compare(files, cosmetic::MOST);
        let answer: T = next(&mut rest, name)?;
        match compared {
            Ok(renewed) => self.renew(&seen, renewed),
            Err(changed) => {
                let changed = changed?;
                let is_untold = changed.iter().all(|changed| is_untold(&answer, &changed.path));
                let packs = is_untold.then(|| Packs::open(&self.folder))?;
                cosmetic::all(&changed, &packs, files, state.reads_docs).then_some(())?;
            }
        }
        if let Renewed::By(configured) = checked {
            write_entry(&self.folder, name, &configured, &(&state, &answer));
        }
        Some(answer)
    }

    /// Stores the answer to a question, which depends on `configured` and the analysis of `state`.
    pub fn keep_answer(
        &self,
        question: &impl Serialize,
        configured: &Trace,
        state: &State,
        answer: &impl Serialize,
    ) {
        let name = self.name("answer", question);
        write_entry(&self.folder, &name, configured, &(state, answer));
    }

    fn name(&self, what: &str, key: &impl Serialize) -> String {
        let key = digest_of(&(self.salt, digest_of(key)));
        format!("{what}-{:016x}-{}", fingerprint(), short(&key))
    }

    fn entry(&self, name: &str) -> Option<Content> {
        entry_of(&self.folder, name)
    }
}

/// Returns the name of the file with an analysis. It includes the checksum, so that two processes
/// that write at the same time write two files, each of which is whole.
fn analysis(state: &State) -> String {
    format!("{}-{:032x}", state.name.replacen("seen", "analysis", 1), state.id)
}

fn stamp_of(folder: &Folder, name: &str) -> Option<Stamp> {
    let metadata = folder.file(name, How::Read).and_then(|file| file.metadata());
    metadata.map(|metadata| Stamp::of(&metadata)).ok()
}

fn entry_of(folder: &Folder, name: &str) -> Option<Content> {
    match entry::read(folder, name) {
        Ok(content) => Some(content),
        Err(Unusable::Missing) => None,
        Err(error) => {
            debug!(target: TARGET, "{name} is rebuilt: {error}");
            None
        }
    }
}

fn read_entry<T: DeserializeOwned>(folder: &Folder, name: &str) -> Option<(T, Content)> {
    let mut content = entry_of(folder, name)?;
    Some((next(&mut content, name)?, content))
}

fn next<T: DeserializeOwned>(content: &mut Content, name: &str) -> Option<T> {
    content.next().inspect_err(|error| debug!(target: TARGET, "{name} is rebuilt: {error}")).ok()
}

fn write_entry(folder: &Folder, name: &str, trace: &Trace, value: &impl Serialize) {
    match entry::append(trace, Vec::new()).and_then(|content| entry::append(value, content)) {
        Ok(content) => write_content(folder, name, &content),
        Err(error) => debug!(target: TARGET, "{name} is not kept: {error}"),
    }
}

fn write_content(folder: &Folder, name: &str, content: &[u8]) {
    if let Err(error) = entry::write(folder, name, content) {
        debug!(target: TARGET, "{name} is not kept: {error}");
    }
}
