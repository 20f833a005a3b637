//! The folders that builds have written to, if the configuration requests that they are read.
//!
//! Cargo gives the build script of each package its own folder, `OUT_DIR`:
//! `target/debug/build/<package>-<hash>/out`. A package may have several, one for each profile and
//! set of features. They are ordered by the globs, and then by their paths.

use globset::{Glob, GlobMatcher};

use super::super::source::FactsSource;
use crate::base::{files::EntryKind, path};

/// The maximum number of folders that a glob may match. Further folders are ignored.
const MOST_FOLDERS: usize = 1 << 14;

/// Folders that may be the `OUT_DIR` of some package.
#[derive(Debug)]
pub struct OutDirs(Vec<String>);

impl OutDirs {
    /// The folders that `globs` match, relative to the workspace root. Links are not followed.
    pub fn find(globs: &[String], source: &dyn FactsSource) -> Self {
        let mut found = Vec::new();
        for glob in globs {
            let mut dirs = vec![String::new()];
            for segment in glob.split('/') {
                dirs = match Segment::of(segment) {
                    Segment::Plain => dirs.iter().map(|dir| path::join(dir, segment)).collect(),
                    Segment::Glob(glob) => dirs.iter().flat_map(|dir| matching(source, dir, &glob)).collect(),
                };
                dirs.truncate(MOST_FOLDERS);
            }
            found.extend(dirs);
        }
        Self(found)
    }

    /// The folders of a package.
    pub fn of<'d>(&'d self, package: &'d str) -> impl Iterator<Item = &'d str> {
        self.0.iter().map(String::as_str).filter(move |dir| belongs_to(dir, package))
    }
}

enum Segment {
    Plain,
    Glob(GlobMatcher),
}

impl Segment {
    fn of(text: &str) -> Self {
        match Glob::new(text) {
            Ok(glob) if text.contains(['*', '?', '[', '{']) => Self::Glob(glob.compile_matcher()),
            _ => Self::Plain,
        }
    }
}

fn matching(source: &dyn FactsSource, dir: &str, glob: &GlobMatcher) -> Vec<String> {
    let entries = source.list(dir).unwrap_or_default().into_iter();
    let folders = entries.filter(|entry| entry.kind == EntryKind::Dir && glob.is_match(&entry.name));
    folders.map(|entry| path::join(dir, &entry.name)).collect()
}

/// Returns true if a folder on the path has the name that cargo gives to a folder of the package:
/// `<package>-<hash>`, or `<package>/<hash>` in newer layouts.
fn belongs_to(dir: &str, package: &str) -> bool {
    let is_hash = |text: &str| text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_own = |name: &str| {
        let rest = name.strip_prefix(package);
        rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(is_hash))
    };
    dir.split('/').any(is_own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_a_build_is_one_packages() {
        let out = "target/debug/build/acme-proto-0123456789abcdef/out";
        assert!(belongs_to(out, "acme-proto"));
        assert!(!belongs_to(out, "acme") && !belongs_to(out, "proto"));
        assert!(belongs_to("target/debug/build/acme/0123456789abcdef/out", "acme"));
    }
}
