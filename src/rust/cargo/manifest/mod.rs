//! The reader of manifests that archlint uses if cargo cannot answer: cargo is not installed, the
//! toolchain is another one, or the workspace is in a git tree.
//!
//! Returns the answer that cargo would give, from the manifests and the names of files alone. Files
//! are read through [`Files`], from a base that holds the workspace: on disk the root of the file
//! system, in git the repository. Errors for which cargo would refuse a manifest, but which do not
//! affect the module graph, are ignored.
//!
//! The types of a manifest come from `cargo_toml`. Its `complete_from_abstract_filesystem` also
//! does inheritance and the discovery of targets, but they are done here instead, for four reasons:
//! it treats an absent `autobins` as `true`, although in edition 2015 a listed target disables
//! discovery; it does not support the implied paths of edition 2015, and drops a listed binary
//! without a file, which cargo refuses; its file system has names without kinds, so that a folder
//! `tests/a.rs/` is a test; and it does not find the members of a workspace.

mod dependencies;
mod members;
mod parse;
mod targets;

use std::path::{Path, PathBuf};

use cargo_metadata::semver::Version;

use super::{
    Workspace, WorkspaceError, in_order,
    patch::{Config, Declared, Member, Patches},
};
use crate::{
    base::{
        codes,
        diagnostic::Diagnostic,
        files::{EntryKind, Files},
        path,
    },
    graph::package::{Edition, Package},
};
use parse::{Manifest, Manifests};

/// The workspace of the manifest at `manifest`, an absolute path on disk. `files` are the files
/// beneath the root of its file system.
pub fn load(manifest: &Path, files: &dyn Files) -> Result<(Workspace, Vec<Diagnostic>), WorkspaceError> {
    let base = super::base(manifest);
    let path = named(manifest)?;
    let (workspace, diagnostics) =
        load_within(files, &path, Reach::Repository).map_err(|error| error.on_disk(base))?;
    Ok((Workspace { root: base.join(&workspace.root), ..workspace }, diagnostics))
}

/// The root of the workspace of `manifest`. Reads fewer manifests than [`load`].
pub fn root(manifest: &Path, files: &dyn Files) -> Result<PathBuf, WorkspaceError> {
    let base = super::base(manifest);
    let root = members::root(&mut Manifests::new(files), &named(manifest)?);
    Ok(base.join(root.map_err(|error| error.on_disk(base))?))
}

/// The path of a manifest relative to the root of its file system.
fn named(manifest: &Path) -> Result<String, WorkspaceError> {
    path::from_disk(manifest).ok_or_else(|| {
        let message = format!("the path `{}` is not valid UTF-8", manifest.display());
        WorkspaceError::new(codes::INVALID_PATH, message).help("rename the folder")
    })
}

/// The workspace of the manifest at `manifest` in `files`. The workspace's root is also relative to
/// the base of `files`.
pub fn load_from(files: &dyn Files, manifest: &str) -> Result<(Workspace, Vec<Diagnostic>), WorkspaceError> {
    load_within(files, manifest, Reach::All)
}

/// The folders above the root whose configuration of cargo counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Those of the git repository that the root is in; none if it is in none.
    Repository,
    /// All: the files are those of a repository.
    All,
}

fn load_within(
    files: &dyn Files,
    manifest: &str,
    reach: Reach,
) -> Result<(Workspace, Vec<Diagnostic>), WorkspaceError> {
    let mut manifests = Manifests::new(files);
    let members = members::find(&mut manifests, manifest)?;
    let mut known = Vec::with_capacity(members.manifests.len());
    for path in &members.manifests {
        known.extend(member(&mut manifests, path, &members.root)?);
    }
    let patches = patches_of(&mut manifests, &members.root, &known, reach);
    let mut packages = Vec::with_capacity(members.manifests.len());
    for path in &members.manifests {
        packages.extend(package(&mut manifests, path, &members.root, &patches)?);
    }
    Ok((Workspace { root: members.root.into(), packages: in_order(packages) }, members.diagnostics))
}

/// The patches of the workspace with the root folder `root` on disk; none if its manifest cannot be
/// read.
pub(super) fn patches(files: &dyn Files, root: &str, members: &[Member]) -> Patches {
    patches_of(&mut Manifests::new(files), root, members, Reach::Repository)
}

fn patches_of(manifests: &mut Manifests<'_>, root: &str, members: &[Member], reach: Reach) -> Patches {
    let configs = configurations(manifests.files, root, reach);
    let manifest = manifests.get(&path::join(root, "Cargo.toml"));
    let patches = |manifest: std::rc::Rc<Manifest>| {
        Patches::of(Declared { manifest: &manifest.toml, root, configs: &configs }, members)
    };
    manifest.map(patches).unwrap_or_default()
}

/// Cargo's configurations that count for the root manifest, nearest first, each with the folder that
/// its paths are relative to (the Cargo Book, "Hierarchical structure").
fn configurations(files: &dyn Files, root: &str, reach: Reach) -> Vec<(String, Config)> {
    let above: Vec<&str> = std::iter::successors(Some(root), |dir| path::parent(dir)).collect();
    let is_repository = |dir: &&str| {
        let is_file = |name| files.kind(&path::join(dir, name)) == Some(EntryKind::File);
        is_file(".git") || is_file(".git/HEAD")
    };
    let last = match reach {
        Reach::All => above.len(),
        Reach::Repository => above.iter().position(is_repository).map_or(1, |at| at + 1),
    };
    above[..last].iter().filter_map(|dir| Some(((*dir).to_owned(), configuration(files, dir)?))).collect()
}

/// Cargo's configuration in a folder; `None` if there is none that cargo would accept. If both file
/// names exist, the older one counts.
fn configuration(files: &dyn Files, dir: &str) -> Option<Config> {
    let names = [".cargo/config", ".cargo/config.toml"];
    let bytes = names.iter().find_map(|name| files.read(&path::join(dir, name)).ok())?;
    toml::from_str(&String::from_utf8(bytes).ok()?).ok()
}

/// The member that a manifest defines, as a target of patches; `None` for a virtual manifest.
fn member(manifests: &mut Manifests<'_>, path: &str, root: &str) -> Result<Option<Member>, WorkspaceError> {
    let workspace = manifests.optional(&path::join(root, "Cargo.toml"))?;
    let manifest = manifests.get(path)?;
    let Some(found) = &manifest.toml.package else { return Ok(None) };
    let inherited = Inherited { root, manifest: workspace.as_deref() };
    let version = match &found.version {
        cargo_toml::Inheritable::Set(version) => Some(version.clone()),
        cargo_toml::Inheritable::Inherited => {
            inherited.workspace().and_then(|workspace| workspace.package.as_ref()?.version.clone())
        }
    };
    let dir = path::relative(root, path::split(path).0);
    let version = version.unwrap_or_else(|| Version::new(0, 0, 0));
    Ok(Some(Member { name: found.name.clone(), dir, version }))
}

/// The package that a manifest defines; `None` for a virtual manifest.
fn package(
    manifests: &mut Manifests<'_>,
    path: &str,
    root: &str,
    patches: &Patches,
) -> Result<Option<Package>, WorkspaceError> {
    let workspace = manifests.optional(&path::join(root, "Cargo.toml"))?;
    let manifest = manifests.get(path)?;
    let Some(found) = &manifest.toml.package else { return Ok(None) };
    let dir = path::split(path).0;
    let inherited = Inherited { root, manifest: workspace.as_deref() };
    let broken = |message| WorkspaceError::new(codes::BROKEN_MANIFEST, message).at(path);
    let edition = package_edition(found.edition, &inherited).map_err(broken)?;
    Ok(Some(Package {
        name: found.name.clone(),
        dir: path::relative(root, dir),
        targets: targets::find(manifests.files, &manifest, dir, root, edition).map_err(broken)?,
        dependencies: dependencies::find(&manifest.toml, dir, &inherited, patches).map_err(broken)?,
        metadata: found.metadata.as_ref().and_then(|all| serde_json::to_value(all.get("archlint")?).ok()),
    }))
}

/// The manifest that `{ workspace = true }` refers to.
struct Inherited<'a> {
    /// The folder of the workspace root.
    root: &'a str,
    manifest: Option<&'a Manifest>,
}

impl Inherited<'_> {
    fn workspace(&self) -> Option<&cargo_toml::Workspace> {
        self.manifest?.toml.workspace.as_ref()
    }
}

fn package_edition(
    edition: cargo_toml::Inheritable<cargo_toml::Edition>,
    inherited: &Inherited<'_>,
) -> Result<Edition, String> {
    let template = || inherited.workspace()?.package.as_ref()?.edition;
    let missing =
        "`edition` is inherited from the workspace, which does not define `workspace.package.edition`";
    match edition {
        cargo_toml::Inheritable::Set(edition) => Ok(self::edition(edition)),
        cargo_toml::Inheritable::Inherited => template().map(self::edition).ok_or(missing.to_owned()),
    }
}

fn edition(edition: cargo_toml::Edition) -> Edition {
    match edition {
        cargo_toml::Edition::E2015 => Edition::E2015,
        cargo_toml::Edition::E2018 => Edition::E2018,
        cargo_toml::Edition::E2021 => Edition::E2021,
        _ => Edition::E2024,
    }
}

/// A path in a manifest in `dir`, relative to the base of the files. An absolute path is relative
/// to the base, which takes the place of the file system's root.
fn resolve_path(dir: &str, written: &str) -> String {
    path::join(dir, written).trim_start_matches('/').to_owned()
}
