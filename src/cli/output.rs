//! The destination of results.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use anyhow::Context;

use super::runner::{self, Guard};
use crate::base::{
    files,
    folder::{self, Destination, OpenFolder},
};

/// The prefix of the names of unfinished files.
const UNFINISHED: &str = ".archlint-";

/// Calls `write` with the file `to`, or with standard output; `root` is the folder of the
/// workspace.
///
/// A file is written under another name in the same folder and then renamed, so that no reader sees
/// an incomplete file and a failure leaves the old one. Inside `root` symbolic links are not
/// followed, and only regular files are replaced, since the repository's content is not trusted;
/// elsewhere the path is the user's own choice, and links, devices and pipes are accepted. On
/// standard output, no line is interpreted as a command of a runner, and a reader that closes the
/// pipe early ends the writing without an error.
pub fn deliver(
    to: Option<&Path>,
    root: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    match to {
        Some(path) => {
            to_file(path, root, write).with_context(|| format!("`{}` cannot be written", path.display()))
        }
        None => to_stdout(write).context("standard output cannot be written"),
    }
}

/// Returns the content of the regular file `path` that [`deliver`] would replace, with the same
/// treatment of links; `None` if there is none.
pub fn existing(path: &Path, root: &Path) -> io::Result<Option<Vec<u8>>> {
    let place = Destination::of(&std::path::absolute(path)?, root)?;
    let read = match &place.name {
        Some(name) if place.inside => place.folder.read(name, files::LARGEST_TEXT),
        _ if path.metadata().is_ok_and(|found| !found.is_file()) => return Ok(None),
        _ => folder::read(path, files::LARGEST_TEXT),
    };
    match read {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

/// Prints `text` to standard output with the precautions of [`deliver`].
pub fn print(text: &str) -> anyhow::Result<()> {
    to_stdout(|out| out.write_all(text.as_bytes())).context("standard output cannot be written")
}

/// Prints `text`, which contains commands for a runner and therefore bypasses [`print`].
pub fn command(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    unless_left(written).context("standard output cannot be written")
}

fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = Guard::new(io::stdout().lock(), runner::is_any());
    unless_left(write(&mut out).and_then(|()| out.finish()))
}

fn unless_left(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

fn to_file(path: &Path, root: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let place = Destination::of(&std::path::absolute(path)?, root)?;
    match &place.name {
        Some(name) if place.inside => place.folder.replace(name, UNFINISHED, write),
        _ => to_own(path, write),
    }
}

/// Writes a file that the user named outside of the workspace.
fn to_own(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    // A symbolic link is followed to its target. A device or a pipe cannot be replaced by renaming,
    // so it is written directly.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
        return write(&mut File::options().write(true).open(path)?);
    }
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    OpenFolder::open(path.parent().unwrap_or(&path))?.replace(name, UNFINISHED, write)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_leaves_the_old_file_alone() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let (path, root) = (folder.path().join("out.json"), Path::new("/no/workspace"));
        deliver(Some(&path), root, |out| out.write_all(b"old")).expect("the folder can be written");
        let failed = deliver(Some(&path), root, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("no more"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).expect("the file is there"), b"old");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder is there").count(), 1);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let error = deliver(Some(Path::new("/no/such/folder/out")), Path::new("/no/workspace"), |_| Ok(()))
            .expect_err("there is no such folder");
        assert!(error.to_string().contains("/no/such/folder/out"), "{error}");
    }
}
