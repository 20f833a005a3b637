//! The workspace, loaded from the cache or from its manifests.

use std::path::Path;

use crate::{
    base::{codes, diagnostic::Diagnostic},
    rust::cargo::{self as workspace, Workspace, WorkspaceError, disk::DiskFiles},
};

use super::{
    Cache, Digest, Moment, Storage, Trace, Traced, environment, fingerprint, folder::Folder, next,
    read_entry, short, stamp_of, trace::Renewed, turn, write_entry,
};

/// Loads the workspace of a manifest from the cache or else with [`workspace::load`], together
/// with the digest of everything that was read. Of several processes that need it at the same time,
/// one asks cargo.
///
/// # Errors
/// Returns the errors of [`workspace::load`].
pub fn workspace(place: &Storage, manifest: &Path) -> Result<Manifests, WorkspaceError> {
    let files = DiskFiles::new(workspace::base(manifest));
    if *place == Storage::Nowhere {
        let (workspace, diagnostics) = workspace::load(manifest, &files)?;
        return Ok(Manifests { workspace, diagnostics, seen: Digest::default() });
    }
    let since = Moment::now();
    let name = format!("workspace-{:016x}-{}", fingerprint(), short(&environment::digest(manifest)));
    if let Some(known) = known(place, manifest, &name, &files) {
        return Ok(known);
    }
    let turn = workspace::manifest::root(manifest, &files).ok().and_then(|root| {
        let folder = Cache::open(place, &root)?.folder;
        let at_first = stamp_of(&folder, &name);
        let turn = turn::wait(&folder, &name);
        Some((turn, stamp_of(&folder, &name) != at_first))
    });
    if let Some((_, true)) = turn
        && let Some(known) = known(place, manifest, &name, &files)
    {
        return Ok(known); // another process has asked cargo in the meantime
    }
    let traced = Traced::new(&files, since);
    let (workspace, diagnostics) = workspace::load(manifest, &traced)?;
    let trace = traced.finish();
    // If cargo failed, it may succeed the next time, so the result is not stored.
    if diagnostics.iter().all(|diagnostic| diagnostic.code != codes::CARGO_UNAVAILABLE)
        && let Some(cache) = Cache::open(place, &workspace.root)
    {
        write_entry(&cache.folder, &name, &trace, &(&workspace, &diagnostics));
    }
    drop(turn);
    Ok(Manifests { workspace, diagnostics, seen: trace.id() })
}

/// Looks for the entry in the caches of all folders above the manifest, since the workspace root is
/// not known yet.
fn known(place: &Storage, manifest: &Path, name: &str, files: &DiskFiles) -> Option<Manifests> {
    let above = || manifest.ancestors().skip(1);
    let around: Vec<&Path> = match place {
        Storage::Target => above().collect(),
        // The outermost folder that can be the root of the workspace: below it, links to the cache
        // folder are not followed.
        _ => above().filter(|folder| folder.join("Cargo.toml").exists()).last().into_iter().collect(),
    };
    let folders: Vec<Folder> = around.into_iter().filter_map(|root| Folder::existing(place, root)).collect();
    folders.iter().find_map(|folder| {
        let (trace, mut rest): (Trace, _) = read_entry(folder, name)?;
        let renewed = trace.check(files)?;
        let (workspace, diagnostics) = next(&mut rest, name)?;
        let seen = trace.id();
        if let Renewed::By(trace) = renewed {
            write_entry(folder, name, &trace, &(&workspace, &diagnostics));
        }
        Some(Manifests { workspace, diagnostics, seen })
    })
}

/// The result of reading the manifests of a workspace.
#[derive(Debug)]
pub struct Manifests {
    /// The workspace.
    pub workspace: Workspace,
    /// The diagnostics about the manifests.
    pub diagnostics: Vec<Diagnostic>,
    /// The digest of everything that was read of the manifests.
    pub seen: Digest,
}
