//! Paths in the form that archlint uses: relative, with `/`, normalised, so that they are the same
//! on every machine.
//!
//! All functions are purely lexical: they do not access a disk, and treat a symbolic link like any
//! other name. `..` remains only at the front, where it means that the path leaves its base folder.

use std::path::{Component, Path, PathBuf};

/// Returns `path` without `.`, empty segments and inner `..` (`a/./b/../c` becomes `a/c`). A
/// leading `/` stays.
pub fn normalise(path: &str) -> String {
    let absolute = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => drop(kept.pop()),
            ".." if absolute => {}
            _ => kept.push(segment),
        }
    }
    let joined = kept.join("/");
    if absolute { format!("/{joined}") } else { joined }
}

/// Resolves `path` relative to `dir`, normalised. An absolute `path` stays absolute.
pub fn join(dir: &str, path: &str) -> String {
    if dir.is_empty() || path.starts_with('/') {
        normalise(path)
    } else {
        normalise(&format!("{dir}/{path}"))
    }
}

/// Returns whether a normalised path leaves its base folder.
pub fn escapes(path: &str) -> bool {
    path.starts_with('/') || path == ".." || path.starts_with("../")
}

/// Splits a normalised path into its folder and its last segment: `a/b.rs` into (`a`, `b.rs`),
/// `b.rs` into (``, `b.rs`).
pub fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Returns the folder that contains a normalised path. `None` for `""` itself.
pub fn parent(path: &str) -> Option<&str> {
    (!path.is_empty()).then(|| split(path).0)
}

/// Returns whether a normalised `path` is `dir` or lies below it.
pub fn is_within(path: &str, dir: &str) -> bool {
    dir.is_empty() || path.strip_prefix(dir).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns `to` relative to the folder `from`; both are normalised, relative to a common base, and
/// inside it.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = segments(from).collect();
    let to: Vec<&str> = segments(to).collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from[shared..].iter().map(|_| "..");
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// Makes `path` absolute relative to `cwd` and normalises it like cargo: `..` is resolved without
/// accessing the disk.
pub fn absolute(cwd: &Path, path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in cwd.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            other => normal.push(other),
        }
    }
    normal
}

/// Converts an absolute path on disk to one relative to the root of its file system. `None` if it
/// is not UTF-8.
pub fn from_disk(path: &Path) -> Option<String> {
    let mut segments = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(segment) => segments.push(segment.to_str()?),
            Component::ParentDir => drop(segments.pop()),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    Some(segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalises() {
        let cases = [
            ("a/b/../c", "a/c"),
            ("./a//b/.", "a/b"),
            ("a/..", ""),
            ("a/../../b", "../b"),
            ("../../x", "../../x"),
            ("/../a", "/a"),
            ("", ""),
        ];
        for (written, expected) in cases {
            assert_eq!(normalise(written), expected, "{written}");
        }
    }

    #[test]
    fn joins_and_tells_what_leaves() {
        assert_eq!(join("src/net", "../x.rs"), "src/x.rs");
        assert_eq!(join("", "x.rs"), "x.rs");
        assert_eq!(join("src", "/etc/x.rs"), "/etc/x.rs");
        assert!(escapes(&join("src", "../../x.rs")));
        assert!(escapes("/etc/x.rs"));
        assert!(!escapes("..x.rs"));
    }

    #[test]
    fn goes_from_one_folder_to_another() {
        assert_eq!(relative("a/b", "a/b/c/d"), "c/d");
        assert_eq!(relative("a/b", "a/x"), "../x");
        assert_eq!(relative("a/b", "a/b"), "");
        assert_eq!(relative("", "a"), "a");
        assert_eq!(relative("a/b", "a/bc"), "../bc");
    }

    #[test]
    fn knows_what_lies_beneath() {
        assert!(is_within("a/b", "a"));
        assert!(is_within("a", "a"));
        assert!(is_within("a", ""));
        assert!(!is_within("ab", "a"));
    }

    #[test]
    fn makes_disk_paths_absolute() {
        assert_eq!(absolute(Path::new("/w/x"), Path::new("../y/./Cargo.toml")), Path::new("/w/y/Cargo.toml"));
        assert_eq!(from_disk(Path::new("/w/y")).as_deref(), Some("w/y"));
    }
}
