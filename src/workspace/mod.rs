//! Stage 1: which packages, targets and dependencies a Cargo workspace has.
//!
//! Two readers give the same answer: [`cargo`] asks `cargo metadata`, [`manifest`] reads the manifests itself for when
//! cargo cannot answer; the tests hold the two equal. Nothing of the workspace is run, and nothing of the registry is needed.
//!
//! Invariants: packages are sorted by name, then directory; targets by kind, then name; every path is relative to
//! [`Workspace::root`], with `/`, normalised.

pub mod cargo;
pub mod disk;
pub mod error;
pub mod files;
pub mod manifest;
pub mod path;
pub mod sources;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use error::WorkspaceError;

use crate::base::diagnostic::{Diagnostic, Severity};
use disk::DiskFiles;
use files::Files;

/// The workspace of the manifest at `manifest_path`, or of the nearest one at or above `cwd`, an absolute folder.
///
/// # Errors
/// Where there is no manifest, or one that neither reader can make sense of.
pub fn load(
    manifest_path: Option<&Path>,
    cwd: &Path,
) -> Result<(Workspace, Vec<Diagnostic>), WorkspaceError> {
    let manifest = find(manifest_path, cwd)?;
    load_at(&manifest, &DiskFiles::new(base(&manifest)))
}

/// The manifest at `manifest_path`, or the nearest one at or above `cwd`, an absolute folder. An absolute path.
///
/// # Errors
/// Where there is none.
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
/// Cargo is asked first; where it cannot answer, the manifests are read directly, and an info says so. Where both fail
/// the manifest reader has the word: it knows the place of the mistake.
///
/// # Errors
/// Where neither reader can make sense of a manifest.
pub fn load_at(manifest: &Path, files: &dyn Files) -> Result<(Workspace, Vec<Diagnostic>), WorkspaceError> {
    // First, because it opens nothing but regular files of a bearable size, and cargo opens whatever is there.
    let read = manifest::load(manifest, files);
    if let Err(error) = &read
        && error.code == UNREADABLE
    {
        return read;
    }
    match (cargo::load(manifest), read) {
        (Ok(answer), _) => Ok(answer),
        (Err(reason), Ok(read)) => Ok(without_cargo(read, &reason)),
        (Err(_), Err(error)) => Err(error),
    }
}

/// The code of an info that cargo did not answer.
pub const WITHOUT_CARGO: &str = "cargo-unavailable";

/// The code of a manifest that must not be opened, or cannot be.
const UNREADABLE: &str = "unreadable-manifest";

fn given_manifest(path: PathBuf) -> Result<PathBuf, WorkspaceError> {
    if path.is_file() {
        return Ok(path);
    }
    let error = if path.is_dir() {
        WorkspaceError::new("not-a-manifest", "the manifest path is a folder")
            .help("name the `Cargo.toml` in it")
    } else {
        WorkspaceError::new("missing-manifest", "there is no manifest at the given path")
            .help("`--manifest-path` takes the path of a `Cargo.toml`")
    };
    Err(error.at(path))
}

fn nearest_manifest(cwd: &Path) -> Result<PathBuf, WorkspaceError> {
    let mut candidates = cwd.ancestors().map(|dir| dir.join("Cargo.toml"));
    candidates.find(|path| path.is_file()).ok_or_else(|| {
        let message = format!("there is no `Cargo.toml` in `{}` or in any folder above it", cwd.display());
        WorkspaceError::new("missing-manifest", message)
            .help("run archlint inside a Cargo workspace, or name one with `--manifest-path`")
    })
}

fn without_cargo(
    (workspace, mut diagnostics): (Workspace, Vec<Diagnostic>),
    reason: &cargo::Unanswered,
) -> (Workspace, Vec<Diagnostic>) {
    let reason = reason.to_string();
    let first_line = reason.lines().next().unwrap_or_default();
    let message = format!("cargo gave no answer, so the manifests were read directly: {first_line}");
    diagnostics
        .push(Diagnostic { severity: Severity::Info, ..Diagnostic::warn("cargo-unavailable", message) });
    (workspace, diagnostics)
}

/// The order that every reader gives its packages: by name, then folder; within each, sorted and without doubles.
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

/// A member package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// The name in its manifest, as written (`gix-hash`).
    pub name: String,
    /// Its folder, relative to the workspace root; `""` for the root itself. A member outside the root starts with `../`.
    pub dir: String,
    /// What cargo would build.
    pub targets: Vec<Target>,
    /// Its dependencies of every kind and platform.
    pub dependencies: Vec<Dependency>,
    /// `[package.metadata.archlint]`, as JSON.
    #[serde(with = "as_text")]
    pub metadata: Option<serde_json::Value>,
}

/// A crate that cargo would build from a package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Target {
    /// What sort of target.
    pub kind: TargetKind,
    /// The crate's name in Rust code (`gix_hash`): hyphens are underscores.
    pub crate_name: String,
    /// The crate's root file, relative to the workspace root.
    pub root_file: String,
    /// The edition it is compiled with.
    pub edition: Edition,
}

/// The kinds of target, in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetKind {
    /// The library.
    Lib,
    /// A library of procedural macros.
    ProcMacro,
    /// A binary.
    Bin,
    /// An example.
    Example,
    /// An integration test.
    Test,
    /// A benchmark.
    Bench,
    /// The build script.
    Build,
}

impl TargetKind {
    /// The prefix of its modules' ids: `bin` in `bin:shop::cli`. Libraries have none.
    pub fn prefix(self) -> Option<&'static str> {
        match self {
            Self::Lib | Self::ProcMacro => None,
            Self::Bin => Some("bin"),
            Self::Example => Some("example"),
            Self::Test => Some("test"),
            Self::Bench => Some("bench"),
            Self::Build => Some("build"),
        }
    }

    /// Its name in the graph JSON's `target`.
    pub fn name(self) -> &'static str {
        self.prefix().unwrap_or(if self == Self::ProcMacro { "proc-macro" } else { "lib" })
    }

    /// Whether it only exists to exercise the rest: tests, examples and benchmarks.
    pub fn is_test(self) -> bool {
        matches!(self, Self::Example | Self::Test | Self::Bench)
    }
}

/// A Rust edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Edition {
    /// 2015: paths in `use` start at the crate root.
    E2015,
    /// 2018: uniform paths.
    E2018,
    /// 2021.
    E2021,
    /// 2024.
    E2024,
}

/// A dependency as declared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dependency {
    /// The package depended on (`serde_json`, `gix-hash`), as written.
    pub package: String,
    /// The other name that the manifest gives it, if any (`hash = { package = "gix-hash" }`), as written.
    pub rename: Option<String>,
    /// Where it applies.
    pub kind: DependencyKind,
    /// The folder of the dependency where it is a path dependency, relative to the workspace root.
    pub path: Option<String>,
    /// `[target.'cfg(…)'.dependencies]`: the condition.
    pub target: Option<String>,
    /// Whether it is behind a feature.
    pub optional: bool,
}

/// Which targets see a dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DependencyKind {
    /// `[dependencies]`: all but the build script.
    Normal,
    /// `[dev-dependencies]`: tests, examples, benchmarks.
    Dev,
    /// `[build-dependencies]`: the build script.
    Build,
}

/// JSON within formats that do not tell what comes next: as its text.
mod as_text {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error as _};
    use serde_json::Value;

    pub fn serialize<S: Serializer>(value: &Option<Value>, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Value::to_string).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| serde_json::from_str(&text).map_err(D::Error::custom)).transpose()
    }
}
