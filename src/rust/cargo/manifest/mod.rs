//! Our own reading of the manifests, for where cargo cannot answer: no cargo, another toolchain, a git tree.
//!
//! Gives the answer that cargo gives, from the manifests and the names of files alone. It reads through [`Files`], from
//! a base that holds the workspace: on disk the root of the file system, in git the repository. Where cargo would refuse
//! a manifest for something that does not bear on the module graph, it reads on.

mod dependencies;
mod members;
mod parse;
mod targets;

use std::path::{Path, PathBuf};

use cargo_metadata::semver::Version;

use super::{
    Workspace, WorkspaceError, in_order,
    patch::{Member, Patches},
};
use crate::{
    base::{codes, diagnostic::Diagnostic, files::Files, path},
    graph::package::{Edition, Package},
};
use parse::{Manifest, Manifests};

/// The workspace that the manifest at `manifest`, an absolute path on disk, belongs to; `files` are those beneath the root
/// of its file system.
pub fn load(manifest: &Path, files: &dyn Files) -> Result<(Workspace, Vec<Diagnostic>), WorkspaceError> {
    let base = super::base(manifest);
    let path = named(manifest)?;
    let (workspace, diagnostics) = load_from(files, &path).map_err(|error| error.on_disk(base))?;
    Ok((Workspace { root: base.join(&workspace.root), ..workspace }, diagnostics))
}

/// The root of that workspace, for which few manifests are read.
pub fn root(manifest: &Path, files: &dyn Files) -> Result<PathBuf, WorkspaceError> {
    let base = super::base(manifest);
    let root = members::root(&mut Manifests::new(files), &named(manifest)?);
    Ok(base.join(root.map_err(|error| error.on_disk(base))?))
}

/// What a manifest on disk is called among the files beneath the root of its file system.
fn named(manifest: &Path) -> Result<String, WorkspaceError> {
    path::from_disk(manifest).ok_or_else(|| {
        let message = format!("the path `{}` is not valid UTF-8", manifest.display());
        WorkspaceError::new(codes::INVALID_PATH, message).help("rename the folder")
    })
}

/// The workspace that the manifest at `manifest` in `files` belongs to. Its root, too, is relative to the base of
/// `files`.
pub fn load_from(files: &dyn Files, manifest: &str) -> Result<(Workspace, Vec<Diagnostic>), WorkspaceError> {
    let mut manifests = Manifests::new(files);
    let members = members::find(&mut manifests, manifest)?;
    let mut known = Vec::with_capacity(members.manifests.len());
    for path in &members.manifests {
        known.extend(member(&mut manifests, path, &members.root)?);
    }
    let patches = patches_of(&mut manifests, &members.root, &known);
    let mut packages = Vec::with_capacity(members.manifests.len());
    for path in &members.manifests {
        packages.extend(package(&mut manifests, path, &members.root, &patches)?);
    }
    Ok((Workspace { root: members.root.into(), packages: in_order(packages) }, members.diagnostics))
}

/// What the manifest in the folder `root` puts in the place of crates from elsewhere; nothing where it cannot be read.
pub(super) fn patches(files: &dyn Files, root: &str, members: &[Member]) -> Patches {
    patches_of(&mut Manifests::new(files), root, members)
}

fn patches_of(manifests: &mut Manifests<'_>, root: &str, members: &[Member]) -> Patches {
    let manifest = manifests.get(&path::join(root, "Cargo.toml"));
    manifest.map(|manifest| Patches::of(&manifest.toml, members)).unwrap_or_default()
}

/// What a patch may lead to; `None` for a virtual manifest.
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

/// `None` for a virtual manifest.
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

/// What `{ workspace = true }` refers to.
struct Inherited<'a> {
    /// The folder of the workspace's root.
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

/// A path as a manifest in `dir` writes it, relative to the base of the files. The base stands for the root.
fn resolve_path(dir: &str, written: &str) -> String {
    path::join(dir, written).trim_start_matches('/').to_owned()
}
