//! Where results go.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;
use tempfile::NamedTempFile;

/// Gives `write` the file `to`, or standard output.
///
/// A file is written beside its place and renamed, so that nobody reads half of it and a failure leaves the old one. A reader
/// of standard output who leaves early ends the writing, successfully.
pub fn deliver(
    to: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    match to {
        Some(path) => to_file(path, write).with_context(|| format!("`{}` cannot be written", path.display())),
        None => to_stdout(write).context("standard output cannot be written"),
    }
}

fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    // Through a symbolic link to what it points to; a device or a pipe has no place beside it that would do.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
        return write(&mut File::options().write(true).open(path)?);
    }
    let mut beside = beside(&path)?;
    write(beside.as_file_mut())?;
    beside.persist(&path)?;
    Ok(())
}

fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_owned);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".archlint-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What any program gives a new file; the user's mask takes away what is too much.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_leaves_the_old_file_alone() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("out.json");
        deliver(Some(&path), |out| out.write_all(b"old")).expect("the folder can be written");
        let failed = deliver(Some(&path), |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("no more"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).expect("the file is there"), b"old");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder is there").count(), 1);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let error =
            deliver(Some(Path::new("/no/such/folder/out")), |_| Ok(())).expect_err("there is no such folder");
        assert!(error.to_string().contains("/no/such/folder/out"), "{error}");
    }
}
