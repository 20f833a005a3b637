//! `[patch]` of the root manifest: where a member stands in for a crate from elsewhere.
//!
//! A dependency without a path is on a crate outside, even where a member has the same name: cargo takes the two for
//! different packages. The exception is a patch that leads to a member whose version fits. Cargo answers without resolving,
//! so its answer does not say this; both readers ask here, and write the member's folder into the dependency's path.

use cargo_metadata::semver::{Version, VersionReq};

use crate::base::path;

/// A member that may stand in for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its package's name.
    pub name: String,
    /// Its folder, relative to the root.
    pub dir: String,
    /// Its version.
    pub version: Version,
}

/// The members that stand in for crates from elsewhere.
#[derive(Debug, Default)]
pub struct Patches {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    /// The registry or repository of which a crate is replaced.
    source: String,
    member: Member,
}

/// A dependency without a path.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The package.
    pub package: &'a str,
    /// The versions that will do.
    pub requirement: &'a VersionReq,
    /// Where it comes from.
    pub source: Source<'a>,
}

/// Where a dependency without a path comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source<'a> {
    /// crates.io.
    Default,
    /// Another registry, by its name or address.
    Registry(&'a str),
    /// A git repository, by its address.
    Git(&'a str),
}

/// What `[patch]` calls crates.io.
const CRATES_IO: [&str; 2] = ["crates-io", "https://github.com/rust-lang/crates.io-index"];

impl Patches {
    /// The patches of `root`, the root manifest, that lead to one of `members`.
    pub fn of(root: &cargo_toml::Manifest, members: &[Member]) -> Self {
        let mut entries = Vec::new();
        for (source, patches) in &root.patch {
            for (key, patch) in patches {
                let package = patch.package().unwrap_or(key);
                let dir = patch.detail().and_then(|detail| Some(path::join("", detail.path.as_deref()?)));
                let member = members.iter().find(|m| m.name == package && dir.as_deref() == Some(&m.dir));
                entries.extend(member.map(|m| Entry { source: source.clone(), member: m.clone() }));
            }
        }
        Self { entries }
    }

    /// The folder of the member that stands in for `wanted`, relative to the root.
    pub fn find(&self, wanted: Wanted<'_>) -> Option<&str> {
        let fits = |entry: &&Entry| {
            entry.member.name == wanted.package
                && wanted.requirement.matches(&entry.member.version)
                && is_of(&entry.source, wanted.source)
        };
        self.entries.iter().find(fits).map(|entry| entry.member.dir.as_str())
    }
}

/// Whether the key of a table of patches speaks of `source`.
fn is_of(key: &str, source: Source<'_>) -> bool {
    match source {
        Source::Default => CRATES_IO.contains(&key),
        Source::Registry(registry) => bare(key) == bare(registry),
        Source::Git(url) => bare(key) == bare(url),
    }
}

/// An address without what cargo does not tell addresses apart by.
fn bare(url: &str) -> String {
    let url = ["git+", "registry+"].iter().find_map(|scheme| url.strip_prefix(scheme)).unwrap_or(url);
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let url = url[..end].trim_end_matches('/');
    let url = url.strip_suffix(".git").unwrap_or(url);
    if url.contains("github.com") { url.to_lowercase() } else { url.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(manifest: &str, package: &str, requirement: &str, source: Source<'_>) -> Option<String> {
        let root: cargo_toml::Manifest = toml::from_str(manifest).expect("a manifest");
        let member = |name: &str, dir: &str| Member {
            name: name.to_owned(),
            dir: dir.to_owned(),
            version: Version::new(2, 1, 0),
        };
        let members = [member("bar", "crates/bar"), member("baz", "baz")];
        let requirement = VersionReq::parse(requirement).expect("a requirement");
        let wanted = Wanted { package, requirement: &requirement, source };
        Patches::of(&root, &members).find(wanted).map(str::to_owned)
    }

    #[test]
    fn a_patch_leads_to_a_member_whose_version_fits() {
        let root = "[workspace]\n[patch.crates-io]\nbar = { path = \"./crates/bar\" }\n\
                    other = { package = \"baz\", path = \"baz\" }\ngone = { path = \"gone\" }\n";
        let bar = |requirement: &str, source| found(root, "bar", requirement, source);
        assert_eq!(bar("2", Source::Default).as_deref(), Some("crates/bar"));
        assert_eq!(bar("1", Source::Default), None, "another version");
        assert_eq!(bar("2", Source::Git("https://example.org/bar")), None, "another source");
        assert_eq!(found(root, "baz", "*", Source::Default).as_deref(), Some("baz"));
        assert_eq!(found(root, "gone", "*", Source::Default), None, "no member");
        assert_eq!(found("[workspace]\n", "bar", "2", Source::Default), None);
    }

    #[test]
    fn repositories_are_told_apart_as_cargo_does() {
        let root = "[workspace]\n[patch.\"https://github.com/Acme/Bar\"]\nbar = { path = \"crates/bar\" }\n";
        let of = |url| found(root, "bar", "*", Source::Git(url)).is_some();
        assert!(of("https://github.com/acme/bar.git"));
        assert!(of("git+https://github.com/Acme/Bar/?branch=main#0123"));
        assert!(!of("https://github.com/acme/baz"));
    }
}
