//! The packages, targets and dependencies of a Cargo workspace.
//!
//! Two readers return the same answer: [`metadata`] asks `cargo metadata`, and [`manifest`] reads
//! the manifests itself if cargo cannot answer; the tests compare the two. No code of the workspace
//! is run, and the registry is not needed.
//!
//! Invariants: packages are sorted by name, then directory; targets by kind, then name; every path
//! is relative to [`Workspace::root`], with `/`, normalised.

pub mod disk;
pub mod error;
pub mod manifest;
pub mod metadata;
pub mod patch;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use error::WorkspaceError;

use crate::{
    base::{
        codes,
        diagnostic::{Diagnostic, Severity},
        files::Files,
        order::Order as _,
        path,
    },
    graph::package::Package,
};

/// Returns the absolute path of the manifest at `manifest_path`, or of the nearest one at or above
/// `cwd`, an absolute folder.
///
/// # Errors
/// Returns an error if there is no manifest.
pub fn find(manifest_path: Option<&Path>, cwd: &Path) -> Result<PathBuf, WorkspaceError> {
    match manifest_path {
        Some(path) => given_manifest(path::absolute(cwd, path)),
        None => nearest_manifest(cwd),
    }
}

/// The root of the file system that contains an absolute path.
pub fn base(path: &Path) -> &Path {
    path.ancestors().last().unwrap_or(path)
}

/// The workspace of the manifest at an absolute path. `files` are the files beneath its [`base`].
///
/// Cargo is asked first. If it cannot answer, the manifests are read directly, and an info says so.
/// If both fail, the error of the manifest reader is reported, since it has the position of the
/// mistake.
///
/// # Errors
/// Returns an error if neither reader can read the manifests.
pub fn load(manifest: &Path, files: &dyn Files) -> Result<(Workspace, Vec<Diagnostic>), WorkspaceError> {
    // The manifest reader comes first, because it opens only regular files of a limited size, while
    // cargo opens any file.
    let read = manifest::load(manifest, files);
    if let Err(error) = &read
        && error.code == codes::UNREADABLE_MANIFEST
    {
        return read;
    }
    match (metadata::load(manifest), read) {
        (Ok(answer), _) => Ok(answer),
        (Err(reason), Ok(read)) => Ok(without_cargo(read, &reason)),
        (Err(_), Err(error)) => Err(error),
    }
}

fn given_manifest(path: PathBuf) -> Result<PathBuf, WorkspaceError> {
    if path.is_file() {
        return Ok(path);
    }
    let error = if path.is_dir() {
        WorkspaceError::new(codes::NOT_A_MANIFEST, "the manifest path is a folder")
            .help("name the `Cargo.toml` in it")
    } else {
        WorkspaceError::new(codes::MISSING_MANIFEST, "there is no manifest at the given path")
            .help("`--manifest-path` takes the path of a `Cargo.toml`")
    };
    Err(error.at(path))
}

fn nearest_manifest(cwd: &Path) -> Result<PathBuf, WorkspaceError> {
    let mut candidates = cwd.ancestors().map(|dir| dir.join("Cargo.toml"));
    candidates.find(|path| path.is_file()).ok_or_else(|| {
        let message = format!("there is no `Cargo.toml` in `{}` or in any folder above it", cwd.display());
        WorkspaceError::new(codes::MISSING_MANIFEST, message)
            .help("run archlint inside a Cargo workspace, or name one with `--manifest-path`")
    })
}

fn without_cargo(
    (workspace, mut diagnostics): (Workspace, Vec<Diagnostic>),
    reason: &metadata::Unanswered,
) -> (Workspace, Vec<Diagnostic>) {
    let reason = reason.to_string();
    let first_line = reason.lines().next().unwrap_or_default();
    let message = format!("cargo gave no answer, so the manifests were read directly: {first_line}");
    diagnostics
        .push(Diagnostic { severity: Severity::Info, ..Diagnostic::warn(codes::CARGO_UNAVAILABLE, message) });
    (workspace, diagnostics)
}

/// The order in which every reader returns its packages: by name, then folder. The content of each
/// package is sorted and without duplicates.
fn in_order(mut packages: Vec<Package>) -> Vec<Package> {
    for package in &mut packages {
        package.targets.sort_unstable();
        package.targets.dedup();
        package.dependencies.sort_unstable();
        package.dependencies.dedup();
    }
    packages.order_by(|a, b| (&a.name, &a.dir).cmp(&(&b.name, &b.dir)));
    packages
}

/// The name that a manifest gives a dependency, if it differs from that of the package.
fn rename(package: &str, name: Option<&str>) -> Option<String> {
    name.filter(|name| *name != package).map(ToOwned::to_owned)
}

/// A Cargo workspace, or a single package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// The absolute folder of the root manifest, the only absolute path in the model.
    pub root: PathBuf,
    /// The member packages.
    pub packages: Vec<Package>,
}
