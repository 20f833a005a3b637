//! Members that replace external crates: `[patch]` and `[replace]` of the root manifest, and
//! `[patch]` of `.cargo/config.toml` beside it and in the folders above it.
//!
//! A dependency without a path is on an external crate, even if a member has the same name: cargo
//! treats the two as different packages. The exception is a patch that leads to a member with a
//! matching version. Cargo's answer does not contain this, because cargo answers without resolving.
//! Both readers therefore use this module, and set the dependency's path to the member's folder.
//!
//! Configurations of folders outside the git repository and of the user are deliberately ignored,
//! since the repository does not determine them.

use std::collections::BTreeSet;

use cargo_metadata::semver::{Version, VersionReq};
use cargo_toml::{Dependency, PatchSet};
use serde::Deserialize;

use crate::base::path;

/// A member that may replace an external crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The name of the package.
    pub name: String,
    /// The folder of the member, relative to the root.
    pub dir: String,
    /// The version of the package.
    pub version: Version,
}

/// The members that replace external crates.
#[derive(Debug, Default)]
pub struct Patches {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    /// The registry or repository of the replaced crate.
    source: String,
    member: Member,
}

/// A dependency without a path.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The package.
    pub package: &'a str,
    /// The versions that the dependency accepts.
    pub requirement: &'a VersionReq,
    /// The registry or repository of the package.
    pub source: Source<'a>,
}

/// The source of a dependency without a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source<'a> {
    /// crates.io.
    Default,
    /// Another registry, by its name or address.
    Registry(&'a str),
    /// A git repository, by its address.
    Git(&'a str),
}

/// The names of crates.io in `[patch]`.
const CRATES_IO: [&str; 2] = ["crates-io", "https://github.com/rust-lang/crates.io-index"];

/// The declarations that can replace a crate by a member.
#[derive(Debug, Clone, Copy)]
pub struct Declared<'a> {
    /// The root manifest.
    pub manifest: &'a cargo_toml::Manifest,
    /// The folder of the root manifest.
    pub root: &'a str,
    /// The configurations of cargo, each with the folder that its paths are relative to. The first
    /// that replaces a crate takes precedence over the others and over the manifest.
    pub configs: &'a [(String, Config)],
}

/// The part of `.cargo/config.toml` that is read.
#[derive(Debug, Default, Deserialize)]
pub struct Config {
    #[serde(default)]
    patch: PatchSet,
}

impl Patches {
    /// The patches and replacements that lead to one of `members`.
    pub fn of(declared: Declared<'_>, members: &[Member]) -> Self {
        let Declared { manifest, root, configs } = declared;
        let configs = configs.iter().map(|(dir, config)| (dir.as_str(), &config.patch));
        let all = configs.chain([(root, &manifest.patch)]);
        let member = |of: &Dependency, dir, name| {
            // An absolute path is relative to the base.
            let led = path::join(dir, of.detail()?.path.as_deref()?);
            let dir = path::relative(root, led.trim_start_matches('/'));
            members.iter().find(|member| member.name == name && member.dir == dir)
        };
        let mut entries = Vec::new();
        let mut known = BTreeSet::new();
        for (dir, of_source) in all {
            for (source, patches) in of_source {
                let new = patches.iter().filter(|(key, _)| known.insert((source.clone(), (*key).clone())));
                entries.extend(new.filter_map(|(key, patch)| {
                    let member = member(patch, dir, patch.package().unwrap_or(key))?;
                    Some(Entry { source: source.clone(), member: member.clone() })
                }));
            }
        }
        #[expect(deprecated, reason = "cargo still reads what it recommends no more")]
        let replace = &manifest.replace;
        entries.extend(replace.iter().filter_map(|(spec, replacement)| {
            let (source, name, version) = replaced(spec);
            let member = member(replacement, root, name)?;
            let fits = version.is_none_or(|version| version == member.version.to_string());
            fits.then(|| Entry { source: source.to_owned(), member: member.clone() })
        }));
        Self { entries }
    }

    /// The folder of the member that replaces `wanted`, relative to the root.
    pub fn find(&self, wanted: Wanted<'_>) -> Option<&str> {
        let fits = |entry: &&Entry| {
            entry.member.name == wanted.package
                && wanted.requirement.matches(&entry.member.version)
                && is_of(&entry.source, wanted.source)
        };
        self.entries.iter().find(fits).map(|entry| entry.member.dir.as_str())
    }
}

/// The source, the name and the version of a replaced package: `foo:1.0.0`,
/// `https://example.org/index#foo@1.0.0` (the Cargo Book, "Package ID Specifications").
fn replaced(spec: &str) -> (&str, &str, Option<&str>) {
    let (source, package) = spec.rsplit_once('#').unwrap_or((CRATES_IO[0], spec));
    match package.split_once([':', '@']) {
        Some((name, version)) => (source, name, Some(version)),
        None => (source, package, None),
    }
}

/// Returns true if a key of a table of patches denotes `source`.
fn is_of(key: &str, source: Source<'_>) -> bool {
    match source {
        Source::Default => CRATES_IO.contains(&key),
        Source::Registry(registry) => bare(key) == bare(registry),
        Source::Git(url) => bare(key) == bare(url),
    }
}

/// An address without the parts that cargo ignores when it compares addresses.
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

    fn configured(
        [beside, above]: [&str; 2],
        manifest: &str,
        package: &str,
        requirement: &str,
        source: Source<'_>,
    ) -> Option<String> {
        let root: cargo_toml::Manifest = toml::from_str(manifest).expect("a manifest");
        let member = |name: &str, dir: &str| Member {
            name: name.to_owned(),
            dir: dir.to_owned(),
            version: Version::new(2, 1, 0),
        };
        let members = [member("bar", "crates/bar"), member("baz", "baz")];
        let requirement = VersionReq::parse(requirement).expect("a requirement");
        let wanted = Wanted { package, requirement: &requirement, source };
        let config = |text: &str| toml::from_str(text).expect("a configuration");
        let configs = [("repo/ws".to_owned(), config(beside)), ("repo".to_owned(), config(above))];
        let declared = Declared { manifest: &root, root: "repo/ws", configs: &configs };
        Patches::of(declared, &members).find(wanted).map(str::to_owned)
    }

    fn found(manifest: &str, package: &str, requirement: &str, source: Source<'_>) -> Option<String> {
        configured(["", ""], manifest, package, requirement, source)
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

    #[test]
    fn a_configuration_patches_like_a_manifest_and_comes_first() {
        let config = "[build]\njobs = 1\n[patch.crates-io]\nbar = { path = \"crates/bar\" }\n";
        let bar = |configs, source| configured(configs, "[workspace]\n", "bar", "2", source);
        assert_eq!(bar([config, ""], Source::Default).as_deref(), Some("crates/bar"));
        assert_eq!(bar([config, ""], Source::Git("https://example.org/bar")), None, "another source");
        // In a folder above, paths are relative to that folder.
        assert_eq!(bar(["", config], Source::Default), None);
        let above = config.replace("crates/bar", "ws/crates/bar");
        assert_eq!(bar(["", &above], Source::Default).as_deref(), Some("crates/bar"));
        // The nearest configuration with the key counts.
        let foreign = config.replace("crates/bar", "../elsewhere/bar");
        assert_eq!(bar([&foreign, &above], Source::Default), None);
        let manifest = "[workspace]\n[patch.crates-io]\nbar = { path = \"crates/bar\" }\n";
        assert_eq!(configured(["", &foreign], manifest, "bar", "2", Source::Default), None);
    }

    #[test]
    fn a_replacement_is_of_one_version() {
        let of = |spec: &str, source| {
            let root = format!("[workspace]\n[replace]\n\"{spec}\" = {{ path = \"crates/bar\" }}\n");
            found(&root, "bar", "2", source).is_some()
        };
        assert!(of("bar:2.1.0", Source::Default));
        assert!(of("bar@2.1.0", Source::Default) && of("bar", Source::Default));
        assert!(!of("bar:2.0.0", Source::Default), "the member has another version");
        assert!(!of("baz:2.1.0", Source::Default), "the member has another name");
        let index = "https://github.com/rust-lang/crates.io-index#bar:2.1.0";
        assert!(of(index, Source::Default) && !of(index, Source::Git("https://example.org/bar")));
        assert!(of("https://example.org/bar#bar@2.1.0", Source::Git("https://example.org/bar.git")));
    }
}
