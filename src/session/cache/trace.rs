//! What was seen of the files, so that one can tell whether one would see the same again.

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

/// What was seen at one path. What was not looked at is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    content: Option<Result<(Stamp, Digest), Failure>>,
    listing: Option<Result<(Stamp, Digest), Failure>>,
    kind: Option<Option<Kind>>,
}

/// Why there was nothing to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Failure {
    NotFound,
    NotAFile,
    Outside,
    Io(String),
}

/// [`EntryKind`], to be written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Kind {
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
            // A disk has no submodules, only folders.
            ReadError::Submodule(_) => Self::Outside,
            ReadError::Io(message) => Self::Io(message.clone()),
        }
    }
}

impl From<EntryKind> for Kind {
    fn from(kind: EntryKind) -> Self {
        match kind {
            EntryKind::File => Self::File,
            EntryKind::Dir => Self::Dir,
            EntryKind::Symlink => Self::Symlink,
            EntryKind::Other => Self::Other,
        }
    }
}

/// Everything that was seen, by path, and since when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    since: Moment,
    seen: BTreeMap<String, Seen>,
}

/// Whether one sees the same again only after a second look.
pub(super) enum Renewed {
    /// No: every stamp is as it was.
    No,
    /// Yes: contents are as they were, and some stamps are not, or were too young. The trace as of now.
    By(Trace),
}

/// A file whose content is another now.
pub(super) struct Changed {
    /// The file.
    pub path: String,
    /// The content that was seen.
    pub before: Digest,
}

impl Trace {
    /// `None` where `files` look otherwise now.
    pub(super) fn check(&self, files: &DiskFiles) -> Option<Renewed> {
        self.compare(files, 0).ok()
    }

    /// Whether `files` look as they did; else the files whose contents have changed, if no more than `most` have and nothing
    /// besides has.
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
        // A stamp that was not renewed was old enough before, and is all the more so now.
        Ok(Renewed::By(Self { since, seen }))
    }

    /// A name of what was seen, whenever it was seen.
    pub(super) fn id(&self) -> Digest {
        let timeless = |result: &Result<(Stamp, Digest), Failure>| result.clone().map(|(_, digest)| digest);
        let seen = self.seen.iter().map(|(path, seen)| {
            (path, seen.content.as_ref().map(timeless), seen.listing.as_ref().map(timeless), seen.kind)
        });
        super::digest_of(&seen.collect::<Vec<_>>())
    }

    /// The content of the file at `path`, if its stamp says that it is the one that was seen.
    pub(super) fn digest(&self, path: &str, stamp: Stamp) -> Option<Digest> {
        match &self.seen.get(path)?.content {
            Some(Ok((seen, digest))) if *seen == stamp && !stamp.is_racy(self.since) => Some(*digest),
            _ => None,
        }
    }

    /// The contents that were seen.
    pub(super) fn digests(&self) -> impl Iterator<Item = Digest> + '_ {
        self.seen.values().filter_map(|seen| match seen.content {
            Some(Ok((_, digest))) => Some(digest),
            _ => None,
        })
    }
}

/// What a second look at a path comes to.
enum Again<T> {
    /// The same; with what is new about how it looks, a stamp, where that is.
    Same(Option<T>),
    /// A file with another content than this.
    Content(Digest),
    /// Something else.
    Other,
}

impl Seen {
    fn check(&self, path: &str, files: &DiskFiles, since: Moment) -> Again<Self> {
        if let Some(kind) = self.kind
            && files.kind(path).map(Kind::from) != kind
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

/// Whether it is the same as before: by its stamp if that is to be trusted, else by its content, whose new stamp is told.
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
        // Whatever was wrong before may be wrong in another way.
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

/// Files that note what is seen of them. The stamp is taken first: what changes meanwhile has another one afterwards.
pub struct Traced<'f> {
    files: &'f DiskFiles,
    since: Moment,
    seen: Mutex<BTreeMap<String, Seen>>,
}

impl<'f> Traced<'f> {
    /// Files of which nothing has been seen yet.
    pub fn new(files: &'f DiskFiles, since: Moment) -> Self {
        Self { files, since, seen: Mutex::default() }
    }

    /// What was seen.
    pub fn finish(self) -> Trace {
        let seen = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        Trace { since: self.since, seen }
    }

    fn note(&self, path: &str, what: impl FnOnce(&mut Seen)) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        what(seen.entry(path.to_owned()).or_default());
    }

    /// The file's stamp, which goes with what is read of it from now on.
    pub(super) fn stamp(&self, path: &str) -> Result<Stamp, ReadError> {
        stamp(self.files, path)
            .inspect_err(|error| self.note(path, |seen| seen.content = Some(Err(error.into()))))
    }

    /// Notes that the content at `path` is known from its stamp.
    pub(super) fn known(&self, path: &str, stamp: Stamp, digest: Digest) {
        self.note(path, |seen| seen.content = Some(Ok((stamp, digest))));
    }

    /// The file's bytes and their digest; `stamp` was taken before.
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
        self.note(path, |seen| seen.kind = Some(kind.map(Kind::from)));
        kind
    }
}
