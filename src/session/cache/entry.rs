//! A file of the cache. It is written under a temporary name and renamed, and is authenticated
//! before any of its content is used.
//!
//! ```text
//! "archlint" | fingerprint, 8 bytes | tag of the rest under the user's key | the rest, by postcard
//! ```

use std::io;

use serde::{Serialize, de::DeserializeOwned};

use super::{fingerprint, folder::Folder, key::Key};

const MAGIC: &[u8; 8] = b"archlint";

/// The number of bytes before the content.
pub(super) const HEADER: usize = 32;

/// The reason why a file of the cache was not used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unusable {
    /// The file does not exist.
    #[error("there is none")]
    Missing,
    /// The file exists, but cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(io::Error),
    /// The content was changed after it was written, or was written with another key.
    #[error("it is damaged, or was not written by this user")]
    Damaged,
}

impl From<postcard::Error> for Unusable {
    fn from(_: postcard::Error) -> Self {
        Self::Damaged
    }
}

/// Returns the header of the file `name` with this content.
pub(super) fn header(key: &Key, name: &str, content: &[u8]) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..8].copy_from_slice(MAGIC);
    header[8..16].copy_from_slice(&fingerprint().to_le_bytes());
    header[16..].copy_from_slice(&key.tag(name, content));
    header
}

/// Returns the content of the file `name`, which must be intact, of this program, and written by
/// this user.
pub(super) fn read(folder: &Folder, name: &str) -> Result<Content, Unusable> {
    let bytes = folder.read(name).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Unusable::Missing,
        _ => Unusable::Unreadable(error),
    })?;
    match bytes.split_at_checked(HEADER) {
        Some((head, content)) if head == header(&folder.key, name, content) => {
            Ok(Content { bytes, at: HEADER })
        }
        _ => Err(Unusable::Damaged),
    }
}

/// Writes the file `name` with this content atomically: a reader gets either the old or the new
/// content.
pub(super) fn write(folder: &Folder, name: &str, content: &[u8]) -> io::Result<()> {
    folder.write(name, |out| {
        out.write_all(&header(&folder.key, name, content))?;
        out.write_all(content)
    })
}

/// The content of an intact file, which is read from front to back.
pub(super) struct Content {
    bytes: Vec<u8>,
    at: usize,
}

impl Content {
    /// Reads the next value.
    pub fn next<T: DeserializeOwned>(&mut self) -> Result<T, Unusable> {
        let (value, rest) = postcard::take_from_bytes(&self.bytes[self.at..])?;
        self.at = self.bytes.len() - rest.len();
        Ok(value)
    }
}

/// Appends a value to a content.
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
        let folder = Folder::of(dir.path(), "mine");
        write(&folder, "x", &append(&(7_u32, "text"), Vec::new()).unwrap()).unwrap();
        let path = dir.path().join("x");
        let sound = fs::read(&path).unwrap();
        assert_eq!(read(&folder, "x").unwrap().next::<(u32, String)>().unwrap(), (7, "text".to_owned()));
        for at in 0..sound.len() {
            let mut bytes = sound.clone();
            bytes[at] ^= 0x10;
            fs::write(&path, &bytes).unwrap();
            assert!(matches!(read(&folder, "x"), Err(Unusable::Damaged)), "{at}");
            fs::write(&path, &sound[..at]).unwrap();
            assert!(matches!(read(&folder, "x"), Err(Unusable::Damaged)), "{at}");
        }
        assert!(matches!(read(&folder, "y"), Err(Unusable::Missing)));
    }

    #[test]
    fn nobody_else_can_write_an_entry_and_none_stands_for_another() {
        let dir = tempfile::tempdir().unwrap();
        let (mine, another) = (Folder::of(dir.path(), "mine"), Folder::of(dir.path(), "another"));
        write(&another, "x", b"content").unwrap();
        assert!(matches!(read(&mine, "x"), Err(Unusable::Damaged)));
        write(&mine, "x", b"content").unwrap();
        assert!(read(&mine, "x").is_ok());
        fs::copy(dir.path().join("x"), dir.path().join("y")).unwrap();
        assert!(matches!(read(&mine, "y"), Err(Unusable::Damaged)));
    }
}
