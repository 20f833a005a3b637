//! The folders that builds have written to, if the configuration requests that they are read.
//!
//! Cargo gives the build script of each package its own folder, `OUT_DIR`:
//! `target/debug/build/<package>-<hash>/out`. A package may have several, one for each profile and
//! set of features. They are ordered by the globs, and then by their paths.

use super::super::{matching::matching, source::FactsSource};
use crate::base::files::EntryKind;

/// Folders that may be the `OUT_DIR` of some package.
#[derive(Debug)]
pub struct OutDirs(Vec<String>);

impl OutDirs {
    /// The folders that `globs` match, relative to the workspace root. Links are not followed.
    pub fn find(globs: &[String], source: &dyn FactsSource) -> Self {
        Self(globs.iter().flat_map(|glob| matching(glob, EntryKind::Dir, source)).collect())
    }

    /// The folders of a package.
    pub fn of<'d>(&'d self, package: &'d str) -> impl Iterator<Item = &'d str> {
        self.0.iter().map(String::as_str).filter(move |dir| belongs_to(dir, package))
    }
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
