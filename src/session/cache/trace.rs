//! Traces, which record what was read from the file system, to detect whether another read would
//! give the same result.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use crate::{
    base::files::{Entry, EntryKind, Files, ReadError},
    rust::cargo::disk::DiskFiles,
};

use super::{
    Digest,
    stamp::{Moment, Stamp},
};

/// The results of all reads at one path; `None` for kinds of reads that did not happen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    content: Option<Result<(Stamp, Digest), Failure>>,
    listing: Option<Result<(Stamp, Digest), Failure>>,
    kind: Option<Option<SeenKind>>,
}

/// The reason why a read failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Failure {
    NotFound,
    NotAFile,
    Outside,
    Io(String),
}

/// A serializable [`EntryKind`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum SeenKind {
    File,
    Dir,
    Symlink,
    Other,
}

impl From<&ReadError> for Failure {
    fn from(error: &ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::NotAFile => Self::NotAFile,
            ReadError::Outside => Self::Outside,
            // Only revisions have submodules; on disk they are folders.
            ReadError::Submodule(_) => Self::Outside,
            ReadError::Absent(_) => Self::Io(error.to_string()),
            ReadError::Io(message) => Self::Io(message.clone()),
        }
    }
}

impl From<EntryKind> for SeenKind {
    fn from(kind: EntryKind) -> Self {
        match kind {
            EntryKind::File => Self::File,
            EntryKind::Dir => Self::Dir,
            EntryKind::Symlink => Self::Symlink,
            EntryKind::Other => Self::Other,
        }
    }
}

/// All recorded reads, by path, and the moment at which they started.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    since: Moment,
    seen: BTreeMap<String, Seen>,
}

/// Whether stamps had to be renewed although nothing has changed.
pub(super) enum Renewed {
    /// Every stamp is the same.
    No,
    /// Some stamps differ or were too recent to be trusted, but the contents are the same. The
    /// renewed trace.
    By(Trace),
}

/// A file whose content has changed.
pub(super) struct Changed {
    /// The file.
    pub path: String,
    /// The digest of the recorded content.
    pub before: Digest,
}

impl Trace {
    /// Compares the trace with `files`; returns `None` if anything has changed.
    pub(super) fn check(&self, files: &DiskFiles) -> Option<Renewed> {
        self.compare(files, 0).ok()
    }

    /// Compares the trace with `files`. If something has changed, returns the changed files,
    /// provided that only contents have changed, and at most `most` of them.
    pub(super) fn compare(&self, files: &DiskFiles, most: usize) -> Result<Renewed, Option<Vec<Changed>>> {
        let since = Moment::now();
        let (mut renewed, mut changed) = (Vec::new(), Vec::new());
        for (path, seen) in &self.seen {
            match seen.check(path, files, self.since) {
                Again::Same(None) => {}
                Again::Same(Some(now)) => renewed.push((path.clone(), now)),
                Again::Content(before) if changed.len() < most => {
                    changed.push(Changed { path: path.clone(), before });
                }
                Again::Content(_) | Again::Other => return Err(None),
            }
        }
        if !changed.is_empty() {
            return Err(Some(changed));
        }
        if renewed.is_empty() {
            return Ok(Renewed::No);
        }
        let mut seen = self.seen.clone();
        seen.extend(renewed);
        // Stamps that are not renewed were old enough before.
        Ok(Renewed::By(Self { since, seen }))
    }

    /// Returns a digest of the recorded results, without times.
    pub(super) fn id(&self) -> Digest {
        let timeless = |result: &Result<(Stamp, Digest), Failure>| result.clone().map(|(_, digest)| digest);
        let seen = self.seen.iter().map(|(path, seen)| {
            (path, seen.content.as_ref().map(timeless), seen.listing.as_ref().map(timeless), seen.kind)
        });
        super::digest_of(&seen.collect::<Vec<_>>())
    }

    /// Returns the digest of the file at `path`, if its stamp proves that it has not changed.
    pub(super) fn digest(&self, path: &str, stamp: Stamp) -> Option<Digest> {
        match &self.seen.get(path)?.content {
            Some(Ok((seen, digest))) if *seen == stamp && !stamp.is_racy(self.since) => Some(*digest),
            _ => None,
        }
    }

    /// Returns the digests of all contents.
    pub(super) fn digests(&self) -> impl Iterator<Item = Digest> + '_ {
        self.seen.values().filter_map(|seen| match seen.content {
            Some(Ok((_, digest))) => Some(digest),
            _ => None,
        })
    }
}

/// The result of repeating a read.
enum Again<T> {
    /// The result is the same, with the new stamp if that differs.
    Same(Option<T>),
    /// The content of the file differs; its recorded digest.
    Content(Digest),
    /// Anything else has changed.
    Other,
}

impl Seen {
    fn check(&self, path: &str, files: &DiskFiles, since: Moment) -> Again<Self> {
        if let Some(kind) = self.kind
            && files.kind(path).map(SeenKind::from) != kind
        {
            return Again::Other;
        }
        let mut now = None;
        if let Some(listing) = &self.listing {
            match again(listing, since, || stamp(files, path), || list(files, path).map(|l| l.1)) {
                Again::Same(None) => {}
                Again::Same(Some(new)) => now = Some(Self { listing: Some(Ok(new)), ..self.clone() }),
                Again::Content(_) | Again::Other => return Again::Other,
            }
        }
        if let Some(content) = &self.content {
            match again(content, since, || stamp(files, path), || read(files, path).map(|r| r.1)) {
                Again::Same(None) => {}
                Again::Same(Some(new)) => {
                    now = Some(Self { content: Some(Ok(new)), ..now.unwrap_or_else(|| self.clone()) });
                }
                Again::Content(before) => return Again::Content(before),
                Again::Other => return Again::Other,
            }
        }
        Again::Same(now)
    }
}

/// Returns whether the result is the same as before: by the stamp if it can be trusted, else by the
/// content, with its new stamp.
fn again(
    before: &Result<(Stamp, Digest), Failure>,
    since: Moment,
    stamp: impl Fn() -> Result<Stamp, ReadError>,
    look: impl Fn() -> Result<Digest, ReadError>,
) -> Again<(Stamp, Digest)> {
    match (before, stamp()) {
        (Ok((old, _)), Ok(new)) if *old == new && !new.is_racy(since) => Again::Same(None),
        (Ok((_, digest)), Ok(new)) => match look() {
            Ok(now) if now == *digest => Again::Same(Some((new, now))),
            Ok(_) => Again::Content(*digest),
            Err(_) => Again::Other,
        },
        (Ok(_), Err(_)) => Again::Other,
        // A read that failed before may now fail for another reason.
        (Err(failure), _) => match look() {
            Err(error) if *failure == Failure::from(&error) => Again::Same(None),
            _ => Again::Other,
        },
    }
}

fn stamp(files: &DiskFiles, path: &str) -> Result<Stamp, ReadError> {
    files.metadata(path).map(|metadata| Stamp::of(&metadata))
}

fn read(files: &DiskFiles, path: &str) -> Result<(Vec<u8>, Digest), ReadError> {
    let bytes = files.read(path)?;
    let digest = *blake3::hash(&bytes).as_bytes();
    Ok((bytes, digest))
}

fn list(files: &DiskFiles, path: &str) -> Result<(Vec<Entry>, Digest), ReadError> {
    let entries = files.list(path)?;
    let mut hasher = blake3::Hasher::new();
    for entry in &entries {
        hasher.update(entry.name.as_bytes()).update(&[0, entry.kind as u8]);
    }
    Ok((entries, *hasher.finalize().as_bytes()))
}

/// Files that record every read. The stamp is taken first, so that a change during the read shows
/// in a different stamp afterwards.
pub struct Traced<'f> {
    files: &'f DiskFiles,
    since: Moment,
    seen: Mutex<BTreeMap<String, Seen>>,
}

impl<'f> Traced<'f> {
    /// Wraps `files` without any recorded reads.
    pub fn new(files: &'f DiskFiles, since: Moment) -> Self {
        Self { files, since, seen: Mutex::default() }
    }

    /// Returns the recorded reads.
    pub fn finish(self) -> Trace {
        let seen = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        Trace { since: self.since, seen }
    }

    fn note(&self, path: &str, what: impl FnOnce(&mut Seen)) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        what(seen.entry(path.to_owned()).or_default());
    }

    /// Returns the stamp of a file, for the reads that follow.
    pub(super) fn stamp(&self, path: &str) -> Result<Stamp, ReadError> {
        stamp(self.files, path)
            .inspect_err(|error| self.note(path, |seen| seen.content = Some(Err(error.into()))))
    }

    /// Records that the content at `path` is known from its stamp.
    pub(super) fn known(&self, path: &str, stamp: Stamp, digest: Digest) {
        self.note(path, |seen| seen.content = Some(Ok((stamp, digest))));
    }

    /// Returns the bytes of a file and their digest; `stamp` was taken before.
    pub(super) fn read_stamped(&self, path: &str, stamp: Stamp) -> Result<(Vec<u8>, Digest), ReadError> {
        let read = read(self.files, path);
        let content = read.as_ref().map(|(_, digest)| (stamp, *digest)).map_err(Failure::from);
        self.note(path, |seen| seen.content = Some(content));
        read
    }
}

impl Files for Traced<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let stamp = self.stamp(path)?;
        self.read_stamped(path, stamp).map(|(bytes, _)| bytes)
    }

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        let stamp = stamp(self.files, dir);
        let listed =
            stamp.and_then(|stamp| list(self.files, dir).map(|(entries, digest)| (entries, stamp, digest)));
        let listing = listed.as_ref().map(|(_, stamp, digest)| (*stamp, *digest)).map_err(Failure::from);
        self.note(dir, |seen| seen.listing = Some(listing));
        listed.map(|(entries, ..)| entries)
    }

    fn kind(&self, path: &str) -> Option<EntryKind> {
        let kind = self.files.kind(path);
        self.note(path, |seen| seen.kind = Some(kind.map(SeenKind::from)));
        kind
    }
}
