//! Facts, by the content that they were extracted from, in packs: files that are written once and
//! never changed.
//!
//! ```text
//! entries | the index: content, place, tag and last day of use of each | its place | header
//! ```
//!
//! A run that extracts facts adds a pack. If there are many, the run that adds the next one joins
//! all of them, and omits facts that have not been used for long. A pack deleted by another process
//! during a read counts as a cache miss.

use std::{
    fs::File,
    io::{self, Write as _},
    sync::Mutex,
    time::{Duration, SystemTime},
};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tracing::debug;

use super::{
    Digest, TARGET, UNFINISHED,
    entry::{HEADER, header},
    fingerprint,
    folder::Folder,
    key::Key,
};
use crate::base::{folder::How, order::Order as _};

/// The number of packs that are joined into one.
const MANY: usize = 8;

/// The number of days after which unused facts are omitted when packs are joined.
const LONG: u32 = 30;

/// The maximum size of joined packs, in bytes; the facts used last are kept first.
const ROOM: u64 = 1 << 30;

/// The size of the end of a pack: the position of the index, and the header of the index.
const TAIL: usize = 8 + HEADER;

/// Returns the digest of the doctests of a file, from that of its content.
pub(super) fn of_doctests(content: &Digest) -> Digest {
    super::digest_of(&("doctests", content))
}

/// The location of an entry.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Slot {
    digest: Digest,
    start: u64,
    len: u32,
    /// The first bytes of the tag of the entry under the user's key. They are part of the index,
    /// which is authenticated as a whole.
    tag: u64,
    /// The last known day of use, in days since 1970.
    used: u32,
}

/// An open pack.
#[derive(Debug)]
struct Pack {
    name: String,
    key: Key,
    file: File,
    places: Vec<Slot>,
}

/// The packs of a folder, and the entries of the next one.
#[derive(Debug)]
pub(super) struct Packs {
    folder: Folder,
    packs: Vec<Pack>,
    /// The indices of each entry's pack and place.
    known: FxHashMap<Digest, (usize, usize)>,
    new: Mutex<Vec<(Digest, Vec<u8>)>>,
}

impl Packs {
    /// Opens the valid packs of this program in a folder.
    pub(super) fn open(folder: &Folder) -> Self {
        let mut packs = Vec::new();
        for name in files(folder) {
            match open(folder, &name) {
                Ok(pack) => packs.push(pack),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    debug!(target: TARGET, "{name} is rebuilt: {error}");
                    folder.remove(&name);
                }
            }
        }
        let mut known = FxHashMap::default();
        for (at, pack) in packs.iter().enumerate() {
            known.extend(pack.places.iter().enumerate().map(|(place, of)| (of.digest, (at, place))));
        }
        Self { folder: folder.clone(), packs, known, new: Mutex::default() }
    }

    /// Returns the entry of a content, if it exists and is valid.
    pub(super) fn get<T: DeserializeOwned>(&self, digest: &Digest) -> Option<T> {
        let &(pack, place) = self.known.get(digest)?;
        let bytes = self.packs[pack].read(place);
        let value = bytes.and_then(|bytes| postcard::from_bytes(&bytes).map_err(io::Error::other));
        value
            .inspect_err(|error| debug!(target: TARGET, "an entry of {}: {error}", self.packs[pack].name))
            .ok()
    }

    /// Adds an entry to the next pack.
    pub(super) fn put<T: Serialize>(&self, digest: Digest, value: &T) {
        if let Ok(bytes) = postcard::to_stdvec(value) {
            super::lock(&self.new).push((digest, bytes));
        }
    }

    /// Writes the new entries; `used` are the contents that this run used.
    pub(super) fn write(self, used: &FxHashSet<Digest>) -> io::Result<()> {
        let mut new = std::mem::take(&mut *super::lock(&self.new));
        if new.is_empty() {
            return Ok(());
        }
        new.sort_unstable();
        new.dedup_by(|a, b| a.0 == b.0);
        let today = today();
        let new = new.into_iter().map(|(digest, bytes)| (digest, today, bytes));
        if self.packs.len() + 1 < MANY {
            return write(&self.folder, new);
        }
        write(&self.folder, self.kept(used, today).chain(new))?;
        self.packs.iter().for_each(|pack| self.folder.remove(&pack.name));
        Ok(())
    }

    /// Returns the entries to keep, with their days of last use, starting with those used last.
    fn kept(
        &self,
        used: &FxHashSet<Digest>,
        today: u32,
    ) -> impl Iterator<Item = (Digest, u32, Vec<u8>)> + '_ {
        let mut kept: Vec<(u32, usize, usize)> = Vec::new();
        for (at, pack) in self.packs.iter().enumerate() {
            for (place, of) in pack.places.iter().enumerate() {
                let day = if used.contains(&of.digest) { today } else { of.used };
                if self.known.get(&of.digest) == Some(&(at, place)) && day + LONG >= today {
                    kept.push((day, at, place));
                }
            }
        }
        kept.order_by_key(|&(day, ..)| std::cmp::Reverse(day));
        let mut room = ROOM;
        kept.into_iter()
            .map_while(move |(day, at, place)| {
                let of = self.packs[at].places[place];
                room = room.checked_sub(of.len.into())?;
                Some(self.packs[at].read(place).ok().map(|bytes| (of.digest, day, bytes)))
            })
            .flatten()
    }
}

impl Pack {
    fn read(&self, place: usize) -> io::Result<Vec<u8>> {
        let Slot { start, len, tag, .. } = self.places[place];
        let mut bytes = vec![0; len as usize];
        read_at(&self.file, &mut bytes, start)?;
        if tag_of(&self.key, &bytes) == tag { Ok(bytes) } else { Err(damaged()) }
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is damaged, or was not written by this user")
}

/// The name under which an index is authenticated. The name of the pack is not available, because
/// it is made from the header.
const INDEX: &str = "facts";

fn tag_of(key: &Key, bytes: &[u8]) -> u64 {
    let tag = key.tag("entry", bytes);
    u64::from_le_bytes(std::array::from_fn(|at| tag[at]))
}

/// Returns the names of the packs of this program, sorted.
fn files(folder: &Folder) -> Vec<String> {
    let prefix = prefix();
    folder.names().into_iter().filter(|name| name.starts_with(&prefix)).collect()
}

/// Returns the prefix of the names of this program's packs.
fn prefix() -> String {
    format!("facts-{:016x}-", fingerprint())
}

fn open(folder: &Folder, name: &str) -> io::Result<Pack> {
    let file = folder.file(name, How::Read)?;
    let end = file.metadata()?.len().checked_sub(TAIL as u64).ok_or_else(damaged)?;
    let mut tail = [0; TAIL];
    read_at(&file, &mut tail, end)?;
    let (start, head) = tail.split_at(8);
    let start = u64::from_le_bytes(start.try_into().map_err(|_| damaged())?);
    let len = end.checked_sub(start).and_then(|len| usize::try_from(len).ok()).ok_or_else(damaged)?;
    let mut index = vec![0; len];
    read_at(&file, &mut index, start)?;
    if header(&folder.key, INDEX, &index) != *head {
        return Err(damaged());
    }
    let places: Vec<Slot> = postcard::from_bytes(&index).map_err(|_| damaged())?;
    let within = |place: &Slot| place.start.checked_add(place.len.into()).is_some_and(|end| end <= start);
    if !places.iter().all(within) {
        return Err(damaged());
    }
    Ok(Pack { name: name.to_owned(), key: folder.key, file, places })
}

/// Writes a pack to a temporary file and renames it.
fn write(folder: &Folder, entries: impl Iterator<Item = (Digest, u32, Vec<u8>)>) -> io::Result<()> {
    let file = folder.unfinished()?;
    let mut out = io::BufWriter::with_capacity(1 << 18, file);
    let mut places = Vec::new();
    let mut start = 0;
    for (digest, used, bytes) in entries {
        let len = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        places.push(Slot { digest, start, len, tag: tag_of(&folder.key, &bytes), used });
        out.write_all(&bytes)?;
        start += u64::from(len);
    }
    let index = postcard::to_stdvec(&places).map_err(io::Error::other)?;
    let header = header(&folder.key, INDEX, &index);
    out.write_all(&index)?;
    out.write_all(&start.to_le_bytes())?;
    out.write_all(&header)?;
    let file = out.into_inner().map_err(|error| error.into_error())?;
    let name = format!("{}{}", prefix(), super::short(blake3::hash(&header).as_bytes()));
    file.persist(name.as_ref())
}

/// Removes files of other programs that have not been changed for long, and old temporary files.
pub(super) fn sweep(folder: &Folder) {
    let long = Duration::from_secs(u64::from(LONG) * 24 * 60 * 60);
    let hour = Duration::from_secs(60 * 60);
    let prefix = prefix();
    // Packs of this build are removed when they are joined.
    for name in folder.names().into_iter().filter(|name| !name.starts_with(&prefix)) {
        let metadata = folder.file(&name, How::Read).and_then(|file| file.metadata());
        let age = metadata.and_then(|of| of.modified()).ok().and_then(|time| time.elapsed().ok());
        let limit = if name.starts_with(UNFINISHED) { hour } else { long };
        if age.is_some_and(|age| age > limit) {
            folder.remove(&name);
        }
    }
}

fn today() -> u32 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u32::try_from(since.as_secs() / (24 * 60 * 60)).unwrap_or_default()
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, start)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut start: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, start)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                bytes = &mut bytes[read..];
                start += read as u64;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    fn digest(n: u8) -> Digest {
        [n; 32]
    }

    fn mine(folder: &Path) -> Folder {
        Folder::of(folder, "mine")
    }

    #[test]
    fn facts_that_another_wrote_are_none() {
        let dir = tempfile::tempdir().unwrap();
        let another = Folder::of(dir.path(), "another");
        let packs = Packs::open(&another);
        packs.put(digest(1), &"harmless");
        packs.write(&FxHashSet::default()).unwrap();
        assert_eq!(Packs::open(&another).get(&digest(1)), Some("harmless".to_owned()));
        assert_eq!(get(dir.path(), 1), None);
    }

    fn add(folder: &Path, entries: &[(u8, &str)], used: &[u8]) {
        let packs = Packs::open(&mine(folder));
        entries.iter().for_each(|&(n, text)| packs.put(digest(n), &text));
        packs.write(&used.iter().map(|&n| digest(n)).collect()).unwrap();
    }

    fn get(folder: &Path, n: u8) -> Option<String> {
        Packs::open(&mine(folder)).get(&digest(n))
    }

    #[test]
    fn what_was_put_is_there_and_packs_are_joined() {
        let dir = tempfile::tempdir().unwrap();
        for n in 0..30 {
            add(dir.path(), &[(n, &n.to_string()), (100 + n, "more")], &[]);
            assert!(files(&mine(dir.path())).len() < MANY);
        }
        for n in 0..30 {
            assert_eq!(get(dir.path(), n), Some(n.to_string()));
        }
        assert_eq!(get(dir.path(), 99), None);
    }

    #[test]
    fn what_nobody_used_for_long_goes_when_packs_are_joined() {
        let dir = tempfile::tempdir().unwrap();
        let old = today() - LONG - 1;
        let entry = |n: u8| (digest(n), old, postcard::to_stdvec("old").unwrap());
        write(&mine(dir.path()), [entry(1), entry(2)].into_iter()).unwrap();
        for n in 10..10 + MANY as u8 {
            add(dir.path(), &[(n, "new")], &[2]);
        }
        assert_eq!(get(dir.path(), 1), None);
        assert_eq!(get(dir.path(), 2), Some("old".to_owned()));
        assert_eq!(get(dir.path(), 10), Some("new".to_owned()));
    }

    #[test]
    fn a_damaged_pack_gives_nothing_wrong() {
        let dir = tempfile::tempdir().unwrap();
        add(dir.path(), &[(1, "one"), (2, "two")], &[]);
        let path = dir.path().join(files(&mine(dir.path())).remove(0));
        let sound = fs::read(&path).unwrap();
        for at in 0..sound.len() {
            let mut bytes = sound.clone();
            bytes[at] ^= 1;
            fs::write(&path, &bytes).unwrap();
            for (n, text) in [(1, "one"), (2, "two")] {
                let found = get(dir.path(), n);
                assert!(found.is_none() || found.as_deref() == Some(text), "{at}");
            }
            fs::write(&path, &sound[..at]).unwrap();
            assert_eq!(get(dir.path(), 1), None);
        }
    }
}
