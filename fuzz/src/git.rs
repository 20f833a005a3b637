//! Repositories whose objects are arbitrary bytes: trees that contain themselves, names that no
//! file system supports, commits of nothing.

use std::{fs, path::Path, sync::Arc};

use archlint::{
    base::{
        files::{EntryKind, Files, ReadError},
        path,
    },
    history::git::{Repository, Revision, tree::TreeFiles},
};

/// The byte that ends an object.
const END: u8 = 0x1e;
/// The byte that precedes the number of an object, in place of its id.
const ID: u8 = 0x1a;
/// The maximum number of objects that have a number.
const MOST: usize = 64;
/// The maximum number of folders that are listed.
const FOLDERS: usize = 200;

/// Creates a repository whose objects are in `bytes`: each starts with a letter for its kind, and
/// the last one is checked out. The ids of objects are their numbers rather than their hashes, so
/// that an object can refer to itself.
///
/// Nothing panics, listed entries can be read, and no path leads out of the repository.
pub(super) fn tree(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    write(folder.path(), bytes);
    let Ok(repository) = Repository::discover(folder.path()) else { return };
    let repository = Arc::new(repository);
    let Ok(head) = repository.head() else { return };
    let line = repository.first_parents(&head, 20).unwrap_or_default();
    for pair in line.windows(2) {
        let _ = repository.differing(&pair[1], &pair[0]);
        let _ = repository.merge_base(&pair[0], &pair[1]);
    }
    files(&repository, &head);
}

fn files(repository: &Arc<Repository>, head: &Revision) {
    let files = TreeFiles::new(Arc::clone(repository), head);
    let mut pending = vec![String::new()];
    let mut looked = 0;
    while let Some(dir) = pending.pop().filter(|_| looked < FOLDERS) {
        looked += 1;
        for entry in files.list(&dir).unwrap_or_default() {
            let path = path::join(&dir, &entry.name);
            let kind = files.kind(&path);
            assert!(
                entry.kind == EntryKind::Symlink || kind.is_none_or(|kind| kind == entry.kind),
                "{path:?}"
            );
            match kind {
                Some(EntryKind::Dir) if entry.kind == EntryKind::Dir => pending.push(path),
                _ => drop(files.read(&path)),
            }
        }
    }
    assert_eq!(files.read("../x"), Err(ReadError::Outside));
    let within = files.within("src", &["../a"]);
    let _ = within.list("../a");
    let _ = super::analyzed(&files);
}

fn write(folder: &Path, bytes: &[u8]) {
    let git = folder.join(".git");
    let put = |path: &str, content: &[u8]| {
        let path = git.join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    };
    fs::create_dir_all(git.join("refs/heads")).expect("a folder can be made");
    put("config", b"[core]\n\trepositoryformatversion = 0\n\tbare = false\n");
    let objects: Vec<&[u8]> = bytes.split(|byte| *byte == END).take(MOST).collect();
    for (number, object) in objects.iter().enumerate() {
        let id = hex(&id(number));
        put(&format!("objects/{}/{}", &id[..2], &id[2..]), &loose(object));
    }
    put("HEAD", format!("{}\n", hex(&id(objects.len() - 1))).as_bytes());
}

/// Returns the id of the object with that number.
fn id(number: usize) -> [u8; 20] {
    [number as u8 + 1; 20]
}

fn hex(id: &[u8]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns an object in the form in which git stores a loose object.
fn loose(object: &[u8]) -> Vec<u8> {
    let (kind, rest) = match object.split_first() {
        Some((b't', rest)) => ("tree", rest),
        Some((b'c', rest)) => ("commit", rest),
        Some((b'g', rest)) => ("tag", rest),
        Some((_, rest)) => ("blob", rest),
        None => ("blob", object),
    };
    let mut content = Vec::new();
    let mut bytes = rest.iter();
    while let Some(&byte) = bytes.next() {
        match bytes.as_slice().first().filter(|_| byte == ID) {
            Some(&number) => {
                bytes.next();
                let id = id(usize::from(number) % MOST);
                content.extend(if kind == "tree" { id.to_vec() } else { hex(&id).into_bytes() });
            }
            None => content.push(byte),
        }
    }
    let mut whole = format!("{kind} {}\0", content.len()).into_bytes();
    whole.extend(content);
    zlib(&whole)
}

/// Returns `content` in the format of zlib (RFC 1950), uncompressed.
fn zlib(content: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let count = content.chunks(0xffff).count().max(1);
    for at in 0..count {
        let chunk = content.chunks(0xffff).nth(at).unwrap_or_default();
        let length = chunk.len() as u16;
        out.push(u8::from(at + 1 == count));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(chunk);
    }
    let (a, b) = content.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    out.extend((b << 16 | a).to_be_bytes());
    out
}
