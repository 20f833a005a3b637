//! The dependencies that a manifest declares.

use cargo_metadata::{cargo_platform::Platform, semver::VersionReq};
use cargo_toml::{Dependency as Declared, DepsSet};

use super::Inherited;
use crate::{
    base::path,
    graph::package::{Dependency, DependencyKind},
    rust::cargo::{
        patch::{Patches, Source, Wanted},
        rename,
    },
};

/// The dependencies of the package in `dir`, of every kind and platform. An error is the message
/// for it.
pub fn find(
    manifest: &cargo_toml::Manifest,
    dir: &str,
    inherited: &Inherited<'_>,
    patches: &Patches,
) -> Result<Vec<Dependency>, String> {
    let mut found = Vec::new();
    for (kind, platform, declared) in sections(manifest) {
        for (key, declared) in declared {
            let resolved = resolve(key, declared, dir, inherited, patches)?;
            found.push(Dependency { kind, target: platform.map(platform_name), ..resolved });
        }
    }
    Ok(found)
}

/// The folders of the path dependencies of the package in `dir`, each with its declared name.
pub fn folders<'a>(
    manifest: &'a cargo_toml::Manifest,
    dir: &str,
    inherited: &Inherited<'_>,
) -> Vec<(&'a str, String)> {
    let declared = sections(manifest).flat_map(|(.., declared)| declared);
    declared
        .filter_map(|(key, declared)| Some((key.as_str(), folder(key, declared, dir, inherited)?)))
        .collect()
}

fn sections(
    manifest: &cargo_toml::Manifest,
) -> impl Iterator<Item = (DependencyKind, Option<&str>, &DepsSet)> {
    use DependencyKind::{Build, Dev, Normal};
    let everywhere = [
        (Normal, None, &manifest.dependencies),
        (Dev, None, &manifest.dev_dependencies),
        (Build, None, &manifest.build_dependencies),
    ];
    let somewhere = manifest.target.iter().flat_map(|(platform, target)| {
        let platform = Some(platform.as_str());
        [
            (Normal, platform, &target.dependencies),
            (Dev, platform, &target.dev_dependencies),
            (Build, platform, &target.build_dependencies),
        ]
    });
    everywhere.into_iter().chain(somewhere)
}

fn resolve(
    key: &str,
    declared: &Declared,
    dir: &str,
    inherited: &Inherited<'_>,
    patches: &Patches,
) -> Result<Dependency, String> {
    let template = template(key, declared, inherited);
    if matches!(declared, Declared::Inherited(_)) && template.is_none() {
        return Err(format!(
            "the dependency `{key}` is inherited from the workspace, which does not define `workspace.dependencies.{key}`"
        ));
    }
    let package = template.and_then(Declared::package).unwrap_or(key);
    let own = folder(key, declared, dir, inherited).map(|folder| path::relative(inherited.root, &folder));
    let patched = || patches.find(wanted(package, template?)).map(str::to_owned);
    Ok(Dependency {
        package: package.to_owned(),
        rename: rename(package, Some(key)),
        kind: DependencyKind::Normal,
        path: own.or_else(patched),
        target: None,
        optional: declared.optional(),
    })
}

/// The declaration that gives the package and the path: that of the workspace if the package
/// inherits it.
fn template<'a>(key: &str, declared: &'a Declared, inherited: &'a Inherited<'_>) -> Option<&'a Declared> {
    match declared {
        Declared::Inherited(_) => inherited.workspace()?.dependencies.get(key),
        own => Some(own),
    }
}

/// The folder of a path dependency. A path is relative to the manifest that contains it.
fn folder(key: &str, declared: &Declared, dir: &str, inherited: &Inherited<'_>) -> Option<String> {
    let written = template(key, declared, inherited)?.detail()?.path.as_ref()?;
    let base = if matches!(declared, Declared::Inherited(_)) { inherited.root } else { dir };
    Some(super::resolve_path(base, written))
}

/// The requirement of a dependency without a version.
static ANY: VersionReq = VersionReq::STAR;

fn wanted<'a>(package: &'a str, declared: &'a Declared) -> Wanted<'a> {
    let detail = declared.detail();
    let git = detail.and_then(|d| d.git.as_deref());
    let registry = detail.and_then(|d| d.registry_index.as_deref().or(d.registry.as_deref()));
    let source = match (git, registry) {
        (Some(git), _) => Source::Git(git),
        (None, Some(registry)) => Source::Registry(registry),
        (None, None) => Source::Default,
    };
    // A git dependency needs no version.
    let requirement = match declared {
        Declared::Simple(requirement) => requirement,
        _ => detail.and_then(|d| d.version.as_ref()).unwrap_or(&ANY),
    };
    Wanted { package, requirement, source }
}

/// The name of a platform in cargo's form: conditions are parsed and printed.
fn platform_name(written: &str) -> String {
    written.parse().map_or_else(|_| written.to_owned(), |platform: Platform| platform.to_string())
}
