//! The one way by which archlint reads files: from disk, from memory, later from a git tree.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// Reads a workspace's files. Paths are relative to the workspace root, with `/`, normalised (`..` only at the front).
pub trait Files: Sync {
    /// The bytes of the file at `path`.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing at that path.
    #[error("no such file")]
    NotFound,
    /// A folder, a device, a pipe.
    #[error("not a regular file")]
    NotAFile,
    /// A symbolic link leads out of the workspace.
    #[error("a symbolic link that leaves the workspace; not followed")]
    Outside,
    /// The operating system's word for it.
    #[error("{0}")]
    Io(String),
}
