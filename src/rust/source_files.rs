//! The `.rs` files of a workspace, whether a `mod` reaches them or not.
//!
//! These folders are not entered: hidden folders, build output, folders with a manifest of their
//! own (another package, member or not), and links to folders, which could form a cycle and whose
//! target is listed anyway if it is inside.

use std::collections::BTreeSet;

use globset::GlobSet;

use super::cargo::Workspace;
use crate::base::{
    codes,
    diagnostic::Diagnostic,
    files::{Entry, EntryKind, Files, MOST_FOLDERS, ReadError},
    path,
};

/// The maximum number of diagnostics for folders that cannot be listed.
const MOST_SAID: usize = 100;

/// Every `.rs` file of the workspace's packages that no glob of `exclude` matches, sorted. The
/// files of a folder that cannot be listed are missing, and a diagnostic says so.
pub fn source_files(
    files: &dyn Files,
    workspace: &Workspace,
    exclude: &GlobSet,
) -> (Vec<String>, Vec<Diagnostic>) {
    let mut found = BTreeSet::new();
    let mut diagnostics = Vec::new();
    let mut pending: Vec<(String, bool)> =
        workspace.packages.iter().map(|package| (package.dir.clone(), true)).collect();
    let mut listed = 0;
    while let Some((dir, is_package)) = pending.pop() {
        listed += 1;
        if listed > MOST_FOLDERS {
            diagnostics.push(endless(&dir));
            break;
        }
        match files.list(&dir) {
            Ok(entries) if !is_package && holds_manifest_or_output(&entries) => {}
            Ok(entries) => {
                let kept = entries.into_iter().filter(|entry| !is_skipped(entry, is_package));
                for (path, kind) in kept.map(|entry| (path::join(&dir, &entry.name), entry.kind)) {
                    if exclude.is_match(&path) {
                        continue;
                    }
                    if kind == EntryKind::Dir {
                        pending.push((path, false));
                    } else if path.ends_with(".rs") && is_file(files, &path, kind) {
                        found.insert(path);
                    }
                }
            }
            Err(error) if diagnostics.len() < MOST_SAID => diagnostics.push(unlisted(&dir, &error)),
            Err(_) => {}
        }
    }
    diagnostics.sort_unstable();
    (found.into_iter().collect(), diagnostics)
}

fn holds_manifest_or_output(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| entry.name == "Cargo.toml" || entry.name == "CACHEDIR.TAG")
}

/// Returns whether an entry is skipped. `target` is build output beside a manifest, and a module
/// anywhere else.
fn is_skipped(entry: &Entry, beside_manifest: bool) -> bool {
    entry.name.starts_with('.') || (beside_manifest && entry.name == "target" && entry.kind == EntryKind::Dir)
}

fn is_file(files: &dyn Files, path: &str, kind: EntryKind) -> bool {
    kind == EntryKind::File || (kind == EntryKind::Symlink && files.kind(path) == Some(EntryKind::File))
}

fn unlisted(dir: &str, error: &ReadError) -> Diagnostic {
    let dir = if dir.is_empty() { "." } else { dir };
    Diagnostic::warn(codes::UNLISTED_FOLDER, format!("cannot list the folder `{dir}`: {error}"))
        .help("files in it that no `mod` reaches are not known")
}

fn endless(dir: &str) -> Diagnostic {
    let message = format!("there are more than {MOST_FOLDERS} folders; `{dir}` and others are not listed");
    Diagnostic::warn(codes::UNLISTED_FOLDER, message)
        .help("files in them that no `mod` reaches are not known; `[analysis] exclude` leaves folders out")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{base::files::MemoryFiles, graph::package::Package};
    use globset::{Glob, GlobSetBuilder};

    fn package(name: &str, dir: &str) -> Package {
        Package {
            name: name.to_owned(),
            dir: dir.to_owned(),
            targets: Vec::new(),
            dependencies: Vec::new(),
            metadata: None,
        }
    }

    #[test]
    fn finds_members_files_and_nothing_else() {
        let paths = [
            "Cargo.toml",
            "src/lib.rs",
            "src/target/mod.rs",
            "src/notes.txt",
            "target/debug/out.rs",
            ".git/x.rs",
            "member/Cargo.toml",
            "member/src/lib.rs",
            "stranger/Cargo.toml",
            "stranger/src/lib.rs",
            "built/CACHEDIR.TAG",
            "built/x.rs",
            "vendor/x.rs",
            "vendor/deep/y.rs",
        ];
        let files = MemoryFiles::from_iter(paths.map(|path| (path, "")));
        let workspace = Workspace {
            root: "/w".into(),
            packages: vec![package("member", "member"), package("root", ""), package("gone", "gone")],
        };
        let exclude = GlobSetBuilder::new().add(Glob::new("vendor/**").unwrap()).build().unwrap();
        let (found, diagnostics) = source_files(&files, &workspace, &exclude);
        assert_eq!(found, ["member/src/lib.rs", "src/lib.rs", "src/target/mod.rs"]);
        assert_eq!(diagnostics.len(), 1);
        assert!(diagnostics[0].message.contains("`gone`"));
    }
}
