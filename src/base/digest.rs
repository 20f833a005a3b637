//! SHA-256 digests of content, for records that others compare with tools of their own.

use std::io;

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

/// A digest, as in-toto writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sha256 {
    /// The digest in hexadecimal.
    pub sha256: String,
}

impl Sha256 {
    /// Returns the digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        let mut writer = Hasher::default();
        writer.0.update(bytes);
        writer.finish()
    }
}

/// A writer that keeps only the digest of what is written.
#[derive(Debug, Clone, Default)]
pub struct Hasher(sha2::Sha256);

impl Hasher {
    /// Returns the digest of everything that was written.
    pub fn finish(self) -> Sha256 {
        let digest = self.0.finalize();
        Sha256 { sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect() }
    }
}

impl io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use io::Write as _;

    #[test]
    fn a_digest_is_that_of_other_tools() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Sha256::of(b"").sha256, empty);
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let mut hasher = Hasher::default();
        hasher.write_all(b"a").and_then(|()| hasher.write_all(b"bc")).expect("it only counts");
        assert_eq!(hasher.finish().sha256, abc);
    }
}
