//! Which packages, targets and dependencies a Cargo workspace has.
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
        path,
    },
    graph::package::Package,
};

/// The manifest at `manifest_path`, or the nearest one at or above `cwd`, an absolute folder. An
/// absolute path.
///
/// # Errors
/// If there is none.
pub fn find(manifest_path: Option<&Path>, cwd: &Path) -> Result<PathBuf, WorkspaceError> {
    match manifest_path {
        Some(path) => given_manifest(path::absolute(cwd, path)),
        None => nearest_manifest(cwd),
    }
}

/// The root of the file system that an absolute path is in.
pub fn base(path: &Path) -> &Path {
    path.ancestors().last().unwrap_or(path)
}

/// The workspace of the manifest at an absolute path; `files` are those beneath its [`base`].
///
/// Cargo is asked first; where it cannot answer, the manifests are read directly, and an info says
/// so. Where both fail the manifest reader's error is reported: it knows the position of the
/// mistake.
///
/// # Errors
/// If neither reader understands a manifest.
pub fn load(manifest: &Path, files: &dyn Files) -> Result<(Workspace, Vec<Diagnostic>), WorkspaceError> {
    // This reader comes first, because it opens only regular files of a limited size, and cargo
    // opens any file.
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

/// The order that every reader gives its packages: by name, then folder; within each, sorted and
/// without doubles.
fn in_order(mut packages: Vec<Package>) -> Vec<Package> {
    for package in &mut packages {
        package.targets.sort();
        package.targets.dedup();
        package.dependencies.sort();
        package.dependencies.dedup();
    }
    packages.sort_by(|a, b| (&a.name, &a.dir).cmp(&(&b.name, &b.dir)));
    packages
}

/// The name that a manifest gives a dependency, where it is not the package's own.
fn rename(package: &str, name: Option<&str>) -> Option<String> {
    name.filter(|name| *name != package).map(ToOwned::to_owned)
}

/// A Cargo workspace, or a single package standing alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// The absolute folder of the root manifest. The only absolute path in the whole model.
    pub root: PathBuf,
    /// Its members.
    pub packages: Vec<Package>,
}
