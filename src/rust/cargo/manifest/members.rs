//! The manifests of a workspace: its root, the manifests that `members` lists, and their path
//! dependencies.

use std::collections::BTreeSet;

use cargo_toml::Workspace;

use super::{
    Inherited, dependencies,
    parse::{Manifest, Manifests},
};
use crate::{
    base::{
        codes,
        diagnostic::Diagnostic,
        files::{EntryKind, Files, MOST_FOLDERS},
        path,
    },
    rust::cargo::error::WorkspaceError,
};

/// The manifests of a workspace. Paths are relative to the base of the files.
pub struct Members {
    /// The folder of the root manifest.
    pub root: String,
    pub manifests: BTreeSet<String>,
    /// Reports of members that are left out because they are in other repositories.
    pub diagnostics: Vec<Diagnostic>,
}

/// The workspace of the manifest at `start`. A package that belongs to no workspace is a workspace
/// of its own.
pub fn find(manifests: &mut Manifests<'_>, start: &str) -> Result<Members, WorkspaceError> {
    let Some(root) = root_above(manifests, start)? else {
        let root = path::split(start).0.to_owned();
        let manifests = BTreeSet::from([start.to_owned()]);
        return Ok(Members { root, manifests, diagnostics: Vec::new() });
    };
    let (members, diagnostics) = collect(manifests, &root)?;
    if members.contains(start) {
        Ok(Members { root, manifests: members, diagnostics })
    } else {
        Err(stranger(start, &root))
    }
}

/// The root of the workspace of the manifest at `path`, which may be that of a single package.
pub fn root(manifests: &mut Manifests<'_>, path: &str) -> Result<String, WorkspaceError> {
    Ok(root_above(manifests, path)?.unwrap_or_else(|| path::split(path).0.to_owned()))
}

/// The folder of the workspace root that the manifest at `path` belongs to: its own, the one that
/// it points to, or that of the first root above it that does not exclude it.
fn root_above(manifests: &mut Manifests<'_>, path: &str) -> Result<Option<String>, WorkspaceError> {
    let own = manifests.get(path)?;
    if let Some(root) = root_named_by(&own, path, path) {
        return Ok(Some(root));
    }
    let mut dir = path::split(path).0;
    while let Some(above) = path::parent(dir) {
        let candidate = path::join(above, "Cargo.toml");
        if let Some(manifest) = manifests.optional(&candidate)?
            && let Some(root) = root_named_by(&manifest, &candidate, path)
        {
            return Ok(Some(root));
        }
        dir = above;
    }
    Ok(None)
}

/// The root that the manifest at `path` is or points to. A root that excludes the manifest at
/// `asking` does not count.
fn root_named_by(manifest: &Manifest, path: &str, asking: &str) -> Option<String> {
    let dir = path::split(path).0;
    if let Some(workspace) = &manifest.toml.workspace {
        return (!excludes(workspace, dir, asking)).then(|| dir.to_owned());
    }
    let pointer = manifest.toml.package.as_ref()?.workspace.as_ref()?;
    Some(super::resolve_path(dir, pointer.to_str()?))
}

/// Whether a workspace excludes a manifest. `exclude` does not apply to a folder that `members`
/// names.
fn excludes(workspace: &Workspace, root: &str, manifest: &str) -> bool {
    let named = |dirs: &[String]| dirs.iter().any(|dir| path::is_within(manifest, &path::join(root, dir)));
    named(&workspace.exclude) && !named(&workspace.members)
}

/// A manifest that is still to be read, and the reference to it.
struct Lead {
    manifest: String,
    /// The manifest with the reference, and the kind of reference.
    named_in: String,
    named_as: String,
    is_path_dependency: bool,
}

fn collect(
    manifests: &mut Manifests<'_>,
    root: &str,
) -> Result<(BTreeSet<String>, Vec<Diagnostic>), WorkspaceError> {
    let root_path = path::join(root, "Cargo.toml");
    let root_manifest = manifests.get(&root_path)?;
    let Some(workspace) = &root_manifest.toml.workspace else {
        let message = "`package.workspace` points to this manifest, which has no `[workspace]`";
        return Err(WorkspaceError::new(codes::NOT_A_WORKSPACE, message).at(root_path));
    };
    let inherited = Inherited { root, manifest: Some(&root_manifest) };
    let mut pending = listed(manifests.files, workspace, root)?;
    pending.push(lead(root, &root_path, "the root", false));
    let mut members = BTreeSet::new();
    let mut diagnostics = Vec::new();
    while let Some(lead) = pending.pop() {
        if members.contains(&lead.manifest)
            || excludes(workspace, root, &lead.manifest)
            || is_foreign(manifests, &lead, root)?
        {
            continue;
        }
        let manifest = match manifests.get(&lead.manifest) {
            Err(error) if error.code == codes::MANIFEST_IN_SUBMODULE => {
                diagnostics.push(left_out(&lead));
                continue;
            }
            found => found.map_err(|error| explain(error, &lead))?,
        };
        pending.extend(path_dependencies(&manifest, &lead.manifest, &inherited));
        members.insert(lead.manifest);
    }
    diagnostics.sort_unstable();
    diagnostics.dedup();
    Ok((members, diagnostics))
}

fn left_out(lead: &Lead) -> Diagnostic {
    let message = format!("{} lies in a git submodule, which is not followed", lead.named_as);
    let diagnostic = Diagnostic::warn(codes::MANIFEST_IN_SUBMODULE, message).help("its package is left out");
    Diagnostic { file: Some(lead.named_in.clone()), ..diagnostic }
}

/// The manifests that `members` lists, with globs expanded.
fn listed(files: &dyn Files, workspace: &Workspace, root: &str) -> Result<Vec<Lead>, WorkspaceError> {
    let root_path = path::join(root, "Cargo.toml");
    let mut leads = Vec::new();
    for pattern in &workspace.members {
        let dirs = expand(files, root, pattern).map_err(|error| {
            WorkspaceError::new(
                codes::BROKEN_MANIFEST,
                format!("the member glob `{pattern}` is invalid: {error}"),
            )
            .at(&root_path)
        })?;
        let named_as = format!("the workspace member `{pattern}`");
        leads.extend(dirs.iter().map(|dir| lead(dir, &root_path, &named_as, false)));
    }
    Ok(leads)
}

fn path_dependencies(manifest: &Manifest, path: &str, inherited: &Inherited<'_>) -> Vec<Lead> {
    if manifest.toml.package.is_none() {
        return Vec::new();
    }
    let found = dependencies::folders(&manifest.toml, path::split(path).0, inherited);
    found.iter().map(|(name, dir)| lead(dir, path, &format!("the path dependency `{name}`"), true)).collect()
}

fn lead(dir: &str, named_in: &str, named_as: &str, is_path_dependency: bool) -> Lead {
    Lead {
        manifest: path::join(dir, "Cargo.toml"),
        named_in: named_in.to_owned(),
        named_as: named_as.to_owned(),
        is_path_dependency,
    }
}

/// Whether a path dependency is not a member. One outside the root is a member only if its manifest
/// says so. A missing one, as in a repository that was checked out without its neighbours, is no
/// member either.
fn is_foreign(manifests: &mut Manifests<'_>, lead: &Lead, root: &str) -> Result<bool, WorkspaceError> {
    if !lead.is_path_dependency || path::is_within(&lead.manifest, root) {
        return Ok(false);
    }
    if manifests.files.kind(&lead.manifest).is_none() {
        return Ok(true);
    }
    let its_root = root_above(manifests, &lead.manifest).map_err(|error| explain(error, lead))?;
    Ok(its_root.as_deref() != Some(root))
}

/// Attributes the error of a missing manifest to the manifest that refers to it.
fn explain(error: WorkspaceError, lead: &Lead) -> WorkspaceError {
    if error.code != codes::MISSING_MANIFEST {
        return error;
    }
    let dir = path::split(&lead.manifest).0;
    let message = format!("{} has no manifest", lead.named_as);
    WorkspaceError { code: codes::MISSING_MEMBER, message, ..error }
        .at(&lead.named_in)
        .help(format!("add `{dir}/Cargo.toml`, or take it out of this manifest"))
}

fn stranger(manifest: &str, root: &str) -> WorkspaceError {
    let root = path::join(root, "Cargo.toml");
    WorkspaceError::new(
        codes::NOT_A_MEMBER,
        format!("the package is not a member of the workspace at `{root}`"),
    )
    .at(manifest)
    .help("add it to `workspace.members` or `workspace.exclude` there, or give it a `[workspace]` of its own")
}

/// The folders that a member pattern names, as cargo expands it: a pattern without matches stands
/// for itself, files are passed over, and hidden folders are not.
fn expand(files: &dyn Files, root: &str, pattern: &str) -> Result<Vec<String>, String> {
    let mut found = BTreeSet::from([root.to_owned()]);
    for segment in pattern.split('/') {
        found = match segment {
            "**" => and_beneath(files, found)?,
            _ if is_glob(segment) => {
                let segment = glob::Pattern::new(segment).map_err(|error| error.to_string())?;
                let matching = found.iter().flat_map(|dir| matching(files, dir, &segment));
                few(matching.take(MOST_FOLDERS + 1).collect())?
            }
            _ => found.iter().map(|dir| path::join(dir, segment)).collect(),
        };
    }
    found.retain(|path| files.kind(path).is_some());
    if found.is_empty() {
        return Ok(vec![path::join(root, pattern)]);
    }
    Ok(found.into_iter().filter(|path| files.kind(path) == Some(EntryKind::Dir)).collect())
}

fn is_glob(segment: &str) -> bool {
    segment.contains(['*', '?', '['])
}

fn matching(files: &dyn Files, dir: &str, pattern: &glob::Pattern) -> Vec<String> {
    let entries = files.list(dir).unwrap_or_default().into_iter();
    entries.filter(|entry| pattern.matches(&entry.name)).map(|entry| path::join(dir, &entry.name)).collect()
}

/// The folders and all folders beneath them, each once, however many of them contain it. Links are
/// not followed, since they could form a cycle.
fn and_beneath(files: &dyn Files, dirs: BTreeSet<String>) -> Result<BTreeSet<String>, String> {
    let mut pending: Vec<String> = dirs.iter().cloned().collect();
    let mut found = dirs;
    while let Some(dir) = pending.pop() {
        let entries = files.list(&dir).unwrap_or_default().into_iter();
        for entry in entries.filter(|entry| entry.kind == EntryKind::Dir) {
            let folder = path::join(&dir, &entry.name);
            if found.insert(folder.clone()) {
                pending.push(folder);
            }
        }
        found = few(found)?;
    }
    Ok(found)
}

/// Returns `found`, or an error if it has too many folders.
fn few(found: BTreeSet<String>) -> Result<BTreeSet<String>, String> {
    if found.len() <= MOST_FOLDERS {
        Ok(found)
    } else {
        Err(format!("it matches more than {MOST_FOLDERS} folders"))
    }
}
