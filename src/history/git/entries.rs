//! Git tree objects: the contents of one folder.

use gix::{ObjectId, bstr::ByteSlice as _, hash, objs};

use crate::base::order::Order as _;

/// The contents of a folder, sorted by name.
pub(super) type Entries = Vec<TreeEntry>;

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TreeEntry {
    pub(super) name: String,
    pub(super) what: What,
    pub(super) id: ObjectId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    File,
    Folder,
    Link,
    Submodule,
}

/// Parses the tree object `data`. Entries whose names cannot be part of a path are left out. An
/// error is a message.
pub(super) fn entries(data: &[u8], hash: hash::Kind) -> Result<Entries, String> {
    let mut entries = Vec::new();
    for entry in objs::TreeRefIter::from_bytes(data, hash) {
        let entry = entry.map_err(|error| format!("a folder of the repository is damaged: {error}"))?;
        let what = match entry.mode.kind() {
            objs::tree::EntryKind::Tree => What::Folder,
            objs::tree::EntryKind::Link => What::Link,
            objs::tree::EntryKind::Commit => What::Submodule,
            objs::tree::EntryKind::Blob | objs::tree::EntryKind::BlobExecutable => What::File,
        };
        let Ok(name) = entry.filename.to_str() else { continue };
        // Git refuses to check out such names, since they would lead elsewhere.
        if !matches!(name, "" | "." | "..") && !name.contains('/') {
            entries.push(TreeEntry { name: name.to_owned(), what, id: entry.oid.to_owned() });
        }
    }
    entries.order_by(|a, b| a.name.cmp(&b.name));
    // Git refuses to check out two entries with one name; the first counts here.
    entries.dedup_by(|b, a| a.name == b.name);
    Ok(entries)
}
