//! What one run learned, kept for the next, for everybody on the machine.
//!
//! Each thing is kept under the name of all that it is a function of:
//!
//! ```text
//! facts-…      what a file says             ← its bytes
//! workspace-…  packages and targets         ← manifests and folders as the reader saw them, cargo's environment
//! seen-…       the state of every file      ← the options; tells which analysis is theirs
//! analysis-…   the graph and its company    ← the workspace, the options, every file that was asked for
//! answer-…     what a command printed       ← all of the above, the configuration, the question
//! ```
//!
//! An answer is also good where files have changed that it tells no place of, if they still say the same ([`cosmetic`]).
//!
//! All of them also under the program's own source ([`fingerprint`]). Most carry a [`trace`]: what was seen of
//! which path, held against a `stat` of each, as git holds its index. A file whose stamp differs is read, and if
//! its content is the same, nothing is lost: a restored cache is as good as one that was never away.
//!
//! Invariants: a run with a cache gives what a run without gives, byte for byte. The cache can be lost, cut short,
//! damaged, killed while it is written, read-only, shared, or written by somebody who means harm ([`key`]); the worst that
//! comes of it is a cold run. Nothing here is an
//! error: what went wrong is a note in [`Debug`], for those who ask.

mod cosmetic;
mod entry;
mod environment;
#[cfg(test)]
mod fingerprint; // the build script, for its tests
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

/// Where the cache is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Place {
    /// In `target/archlint` at the workspace's root.
    #[default]
    Target,
    /// In this folder, which several workspaces may share.
    Folder(PathBuf),
    /// Nowhere: everything is worked out anew, and nothing is written.
    Nowhere,
}

/// Which program this is: two that differ in their source differ in this, and share no entries.
pub fn fingerprint() -> u64 {
    u64::from_str_radix(env!("ARCHLINT_FINGERPRINT"), 16).unwrap_or_default()
}

/// What the names of files start with that are not finished yet.
const UNFINISHED: &str = ".unfinished-";

/// What happened to the cache, for those who ask.
#[derive(Debug, Default)]
pub struct Debug(Mutex<Vec<String>>);

impl Debug {
    fn say(&self, note: String) {
        let mut notes = lock(&self.0);
        if !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// What was said so far, each thing once.
    pub fn notes(&self) -> Vec<String> {
        lock(&self.0).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name of a content, as it stands in names of files.
fn short(digest: &Digest) -> String {
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The name of a value: its BLAKE3, as it would be written down.
pub fn digest_of(value: &impl Serialize) -> Digest {
    *blake3::hash(&postcard::to_stdvec(value).unwrap_or_default()).as_bytes()
}

/// The cache of a workspace.
#[derive(Debug)]
pub struct Cache {
    folder: Folder,
    /// What tells this workspace from others in the same folder.
    salt: Digest,
}

/// What a task was made of.
pub struct Used {
    packs: Packs,
    trace: Trace,
    /// The entries of packs.
    used: FxHashSet<Digest>,
}

/// How a look into the cache ended.
pub enum Found<T> {
    /// It was there.
    Known(T, State),
    /// It was not. The one who asked works it out, and others who ask meanwhile wait for it as long as this lives.
    Unknown(Task),
}

/// The work that a cache could not spare.
pub struct Task {
    since: Moment,
    before: Trace,
    turn: Option<Turn>,
}

/// What an analysis saw, by the name of the file that keeps it, and which analysis it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The file that keeps what was seen.
    name: String,
    /// The digest of what the analysis was made from besides its files.
    made_from: Digest,
    /// The checksum of the analysis.
    id: u128,
}

/// What an analysis saw, and which one it is.
struct SeenBy {
    trace: Trace,
    state: State,
}

impl Cache {
    /// The cache of the workspace at `root`; `None` where there is to be none, or there can be none.
    pub fn open(place: &Place, root: &Path, debug: &Debug) -> Option<Self> {
        let folder = Folder::open(place, root, debug)?;
        let salt = match place {
            Place::Folder(_) => digest_of(&root),
            _ => Digest::default(),
        };
        Some(Self { folder, salt })
    }

    /// The analysis called `key` of what `made_from` names, if nothing that it saw has changed. Else the task to make it.
    pub fn find<T: DeserializeOwned>(
        &self,
        key: &impl Serialize,
        made_from: Digest,
        files: &DiskFiles,
        debug: &Debug,
    ) -> Found<T> {
        let name = self.name("seen", key);
        let mut before = Trace::default();
        let at_first = stamp_of(&self.folder, &name);
        let mut look = || {
            let seen = self.seen(&name, debug)?;
            let checked = seen.trace.check(files);
            before.clone_from(&seen.trace);
            self.renew(&seen, checked?, debug);
            let name = analysis(&seen.state);
            let mut content = self.entry(&name, debug).filter(|_| seen.state.made_from == made_from)?;
            Some(Found::Known(next(&mut content, &name, debug)?, seen.state))
        };
        if let Some(known) = look() {
            return known;
        }
        let mut turn = turn::wait(&self.folder, &name);
        if stamp_of(&self.folder, &name) != at_first {
            // Somebody worked it out meanwhile. Others who wait for the turn need not wait until we have read that.
            turn = None;
            if let Some(known) = look() {
                return known;
            }
        }
        Found::Unknown(Task { since: Moment::now(), before, turn })
    }

    /// What the file of this name says was seen.
    fn seen(&self, name: &str, debug: &Debug) -> Option<SeenBy> {
        let (trace, mut rest): (Trace, _) = read_entry(&self.folder, name, debug)?;
        Some(SeenBy { trace, state: next(&mut rest, name, debug)? })
    }

    /// Writes down what was seen again.
    fn renew(&self, SeenBy { state, .. }: &SeenBy, renewed: Renewed, debug: &Debug) {
        if let Renewed::By(trace) = renewed {
            write_entry(&self.folder, &state.name, &trace, state, debug);
        }
    }

    /// Where facts come from while a task is done.
    pub fn source<'f>(&self, task: &'f Task, files: &'f DiskFiles, debug: &'f Debug) -> Source<'f> {
        Source::new(Packs::open(&self.folder, debug), &task.before, Traced::new(files, task.since), debug)
    }

    /// Keeps what a task came to, and the facts that it was made of.
    pub fn keep<T: Serialize>(
        &self,
        key: &impl Serialize,
        made_from: Digest,
        task: Task,
        Used { packs, trace, used }: Used,
        value: &T,
        debug: &Debug,
    ) -> State {
        if let Err(error) = packs.write(&used) {
            debug.say(format!("facts are not kept: {error}"));
        }
        let content = entry::append(value, Vec::new()).unwrap_or_default();
        let state = State { name: self.name("seen", key), made_from, id: xxh3_128(&content) };
        let before = read_entry(&self.folder, &state.name, debug)
            .and_then(|(_, mut rest): (Trace, _)| next::<State>(&mut rest, &state.name, debug));
        write_content(&self.folder, &analysis(&state), &content, debug);
        write_entry(&self.folder, &state.name, &trace, &state, debug);
        if let Some(before) = before.filter(|before| before.id != state.id) {
            // Who wants it now works it out again.
            self.folder.remove(&analysis(&before));
        }
        packs::sweep(&self.folder);
        drop(task.turn);
        state
    }

    /// What was answered to a question the last time, if it would be answered again: if it was from what is seen now or, where
    /// `is_untold` says that a file's places are not in the answer, from what says the same. Else the turn to answer it,
    /// where there is one to be had: others who ask the same wait for as long as it lives.
    ///
    /// # Errors
    /// The turn.
    pub fn answer<T: DeserializeOwned + Serialize>(
        &self,
        question: &impl Serialize,
        is_untold: impl Fn(&T, &str) -> bool,
        files: &DiskFiles,
        debug: &Debug,
    ) -> Result<T, Option<Turn>> {
        let name = self.name("answer", question);
        let at_first = stamp_of(&self.folder, &name);
        if let Some(known) = self.known_answer(&name, &is_untold, files, debug) {
            return Ok(known);
        }
        let turn = turn::wait(&self.folder, &name);
        if stamp_of(&self.folder, &name) == at_first {
            return Err(turn);
        }
        // Somebody answered meanwhile.
        drop(turn);
        self.known_answer(&name, &is_untold, files, debug).ok_or(None)
    }

    fn known_answer<T: DeserializeOwned + Serialize>(
        &self,
        name: &str,
        is_untold: impl Fn(&T, &str) -> bool,
        files: &DiskFiles,
        debug: &Debug,
    ) -> Option<T> {
        let (configured, mut rest): (Trace, _) = read_entry(&self.folder, name, debug)?;
        let checked = configured.check(files)?;
        let state: State = next(&mut rest, name, debug)?;
        let seen = self.seen(&state.name, debug).filter(|seen| seen.state == state)?;
        let compared = seen.trace.compare(files, cosmetic::MOST);
        let answer: T = next(&mut rest, name, debug)?;
        match compared {
            Ok(renewed) => self.renew(&seen, renewed, debug),
            Err(changed) => {
                let changed = changed?;
                let is_untold = changed.iter().all(|changed| is_untold(&answer, &changed.path));
                let packs = is_untold.then(|| Packs::open(&self.folder, debug))?;
                cosmetic::all(&changed, &packs, files, debug).then_some(())?;
            }
        }
        if let Renewed::By(configured) = checked {
            write_entry(&self.folder, name, &configured, &(&state, &answer), debug);
        }
        Some(answer)
    }

    /// Keeps the answer to a question, which `configured` and the analysis of `state` led to.
    pub fn keep_answer(
        &self,
        question: &impl Serialize,
        configured: &Trace,
        state: &State,
        answer: &impl Serialize,
        debug: &Debug,
    ) {
        let name = self.name("answer", question);
        write_entry(&self.folder, &name, configured, &(state, answer), debug);
    }

    fn name(&self, what: &str, key: &impl Serialize) -> String {
        let key = digest_of(&(self.salt, digest_of(key)));
        format!("{what}-{:016x}-{}", fingerprint(), short(&key))
    }

    fn entry(&self, name: &str, debug: &Debug) -> Option<Content> {
        entry_of(&self.folder, name, debug)
    }
}

/// The name of the file that keeps the analysis of a state. Two that write at once write two files, and each file is whole.
fn analysis(state: &State) -> String {
    format!("{}-{:032x}", state.name.replacen("seen", "analysis", 1), state.id)
}

fn stamp_of(folder: &Folder, name: &str) -> Option<Stamp> {
    let metadata = folder.file(name, How::Read).and_then(|file| file.metadata());
    metadata.map(|metadata| Stamp::of(&metadata)).ok()
}

fn entry_of(folder: &Folder, name: &str, debug: &Debug) -> Option<Content> {
    match entry::read(folder, name) {
        Ok(content) => Some(content),
        Err(Unusable::Missing) => None,
        Err(error) => {
            debug.say(format!("{name} is rebuilt: {error}"));
            None
        }
    }
}

fn read_entry<T: DeserializeOwned>(folder: &Folder, name: &str, debug: &Debug) -> Option<(T, Content)> {
    let mut content = entry_of(folder, name, debug)?;
    Some((next(&mut content, name, debug)?, content))
}

fn next<T: DeserializeOwned>(content: &mut Content, name: &str, debug: &Debug) -> Option<T> {
    content.next().inspect_err(|error| debug.say(format!("{name} is rebuilt: {error}"))).ok()
}

fn write_entry(folder: &Folder, name: &str, trace: &Trace, value: &impl Serialize, debug: &Debug) {
    match entry::append(trace, Vec::new()).and_then(|content| entry::append(value, content)) {
        Ok(content) => write_content(folder, name, &content, debug),
        Err(error) => debug.say(format!("{name} is not kept: {error}")),
    }
}

fn write_content(folder: &Folder, name: &str, content: &[u8], debug: &Debug) {
    if let Err(error) = entry::write(folder, name, content) {
        debug.say(format!("{name} is not kept: {error}"));
    }
}
