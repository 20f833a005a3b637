use std::fs;

use super::*;

fn name(text: &str) -> &OsStr {
    OsStr::new(text)
}

#[test]
fn a_name_is_one_step() {
    for wrong in ["", ".", "..", "a/b", "../a", "/a", "a/"] {
        assert!(one(name(wrong)).is_err(), "{wrong}");
    }
    assert!(one(name(".gitignore")).is_ok());
}

#[test]
fn a_file_is_replaced_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let folder = OpenFolder::open(dir.path()).unwrap();
    folder.replace(name("a"), ".t-", |out| out.write_all(b"old")).unwrap();
    let failed = folder.replace(name("a"), ".t-", |out| {
        out.write_all(b"half")?;
        Err(io::Error::other("no more"))
    });
    assert!(failed.is_err());
    assert_eq!(folder.read(name("a"), 3).unwrap(), b"old");
    folder.create(name("a"), ".t-", How::New, b"new").unwrap();
    assert_eq!(folder.read(name("a"), 3).unwrap(), b"old");
    assert_eq!(folder.names().unwrap(), ["a"]);
    assert_eq!(folder.read(name("a"), 2).unwrap_err().kind(), ErrorKind::FileTooLarge);
}

#[cfg(unix)]
mod links {
    use std::{os::unix::fs::symlink, process::Command};

    use super::*;

    /// `root/` is the root, `away/` is beside it, and `user` is the user's own link to the root.
    fn folders() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["root/in", "away"] {
            fs::create_dir_all(dir.path().join(folder)).unwrap();
        }
        symlink("../away", dir.path().join("root/link")).unwrap();
        symlink("root", dir.path().join("user")).unwrap();
        symlink("away", dir.path().join("mine")).unwrap();
        symlink("../../away/file", dir.path().join("root/in/file")).unwrap();
        dir
    }

    #[test]
    fn below_the_root_none_is_followed() {
        let dir = folders();
        let place = |path: &str| Destination::of(&dir.path().join(path), &dir.path().join("root"));
        for refused in
            ["root/link/x", "user/link/x", "root/in/../link/x", "root/./link/x", "mine/../root/link/x"]
        {
            assert_eq!(place(refused).unwrap_err().kind(), ErrorKind::NotADirectory, "{refused}");
        }
        for inside in ["root/x", "user/in/x", "root/link/../x"] {
            assert!(place(inside).unwrap().inside, "{inside}");
        }
        for outside in ["away/x", "mine/x", "root/../away/x", "x", "user"] {
            assert!(!place(outside).unwrap().inside, "{outside}");
        }
        let at = place("root/in/file").unwrap();
        let file = at.name.as_deref().unwrap();
        assert!(at.folder.file(file, How::Read).is_err());
        assert!(at.folder.file(file, How::Keep).is_err());
        assert!(at.folder.replace(file, ".t-", |out| out.write_all(b"x")).is_err());
        assert!(at.folder.remove(file).is_err());
        assert_eq!(fs::read_dir(dir.path().join("away")).unwrap().count(), 0);
    }

    #[test]
    fn folders_are_made_below_the_root_and_not_through_links() {
        let dir = folders();
        let make = |path: &str| Destination::folder(&dir.path().join(path), &dir.path().join("root"), true);
        assert!(make("root/in/a/b").is_ok());
        assert!(make("away/a/b").is_ok());
        assert!(make("root/link").is_err());
        assert!(make("root/link/a").is_err());
        assert!(!dir.path().join("away/a/a").exists());
        assert!(Destination::folder(&dir.path().join("root/no"), &dir.path().join("root"), false).is_err());
    }

    /// If another process replaces an open folder by a link, the open folder stays the original
    /// one.
    #[test]
    fn what_is_held_cannot_be_exchanged() {
        let dir = folders();
        let at = Destination::of(&dir.path().join("root/in/x"), &dir.path().join("root")).unwrap();
        fs::rename(dir.path().join("root/in"), dir.path().join("root/moved")).unwrap();
        symlink("../away", dir.path().join("root/in")).unwrap();
        at.folder.replace(name("x"), ".t-", |out| out.write_all(b"x")).unwrap();
        assert!(dir.path().join("root/moved/x").exists());
        assert!(!dir.path().join("away/x").exists());
    }

    #[test]
    fn only_regular_files_are_read_and_nothing_waits() {
        let dir = folders();
        let made = Command::new("mkfifo").arg(dir.path().join("pipe")).status();
        assert!(made.is_ok_and(|status| status.success()));
        fs::File::create(dir.path().join("vast")).unwrap().set_len(3 << 30).unwrap();
        for (path, kind) in [
            ("pipe", ErrorKind::InvalidInput),
            ("away", ErrorKind::InvalidInput),
            ("vast", ErrorKind::FileTooLarge),
        ] {
            assert_eq!(read(&dir.path().join(path), 1 << 20).unwrap_err().kind(), kind, "{path}");
        }
        assert!(read(Path::new("/dev/zero"), 1 << 20).is_err());
        let folder = OpenFolder::open(dir.path()).unwrap();
        assert!(folder.file(name("pipe"), How::Keep).is_err());
    }
}
