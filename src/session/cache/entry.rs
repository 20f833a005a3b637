//! One file of the cache: written beside its place and renamed, checked before a word of it is believed.
//!
//! ```text
//! "archlint" | the program's fingerprint, 8 bytes | XXH3-128 of the rest | the rest, by postcard
//! ```

use std::{
    io::{self, Write as _},
    path::Path,
};

use serde::{Serialize, de::DeserializeOwned};
use xxhash_rust::xxh3::xxh3_128;

use super::{fingerprint, folder};

const MAGIC: &[u8; 8] = b"archlint";

/// Bytes before the content.
pub(super) const HEADER: usize = 32;

/// Why a file of the cache was not used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unusable {
    /// It is not there.
    #[error("there is none")]
    Missing,
    /// It is there and can not be read.
    #[error("it cannot be read: {0}")]
    Unreadable(io::Error),
    /// It is not what was written.
    #[error("it is damaged")]
    Damaged,
}

impl From<postcard::Error> for Unusable {
    fn from(_: postcard::Error) -> Self {
        Self::Damaged
    }
}

/// The header of a file with this content.
pub(super) fn header(content: &[u8]) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..8].copy_from_slice(MAGIC);
    header[8..16].copy_from_slice(&fingerprint().to_le_bytes());
    header[16..].copy_from_slice(&xxh3_128(content).to_le_bytes());
    header
}

/// The content of the file at `path`, sound and of this program.
pub(super) fn read(path: &Path) -> Result<Content, Unusable> {
    let bytes = folder::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Unusable::Missing,
        _ => Unusable::Unreadable(error),
    })?;
    match bytes.split_at_checked(HEADER) {
        Some((head, content)) if head == header(content) => Ok(Content { bytes, at: HEADER }),
        _ => Err(Unusable::Damaged),
    }
}

/// Puts a file with this content at `path`, in one step: whoever reads it sees the old one or the new one.
pub(super) fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let mut file = super::unfinished(folder)?;
    file.write_all(&header(content))?;
    file.write_all(content)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// A sound file's content, which is read from front to back.
pub(super) struct Content {
    bytes: Vec<u8>,
    at: usize,
}

impl Content {
    /// The next value.
    pub fn next<T: DeserializeOwned>(&mut self) -> Result<T, Unusable> {
        let (value, rest) = postcard::take_from_bytes(&self.bytes[self.at..])?;
        self.at = self.bytes.len() - rest.len();
        Ok(value)
    }
}

/// Adds a value to a content.
pub(super) fn append<T: Serialize>(value: &T, content: Vec<u8>) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_extend(value, content)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn whatever_byte_is_flipped_it_shows() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        write(&path, &append(&(7_u32, "text"), Vec::new()).unwrap()).unwrap();
        let sound = fs::read(&path).unwrap();
        assert_eq!(read(&path).unwrap().next::<(u32, String)>().unwrap(), (7, "text".to_owned()));
        for at in 0..sound.len() {
            let mut bytes = sound.clone();
            bytes[at] ^= 0x10;
            fs::write(&path, &bytes).unwrap();
            assert!(matches!(read(&path), Err(Unusable::Damaged)), "{at}");
            fs::write(&path, &sound[..at]).unwrap();
            assert!(matches!(read(&path), Err(Unusable::Damaged)), "{at}");
        }
        assert!(matches!(read(&dir.path().join("y")), Err(Unusable::Missing)));
    }
}
