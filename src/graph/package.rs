//! Packages and targets as plain data: the facts about a Cargo workspace that later stages need.
//!
//! The reader of a workspace creates them; nothing here depends on the format of a manifest.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// A member package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// The name in the package's manifest, as written (`gix-hash`).
    pub name: String,
    /// The package's folder, relative to the workspace root; `""` for the root itself. The path of
    /// a member outside the root starts with `../`.
    pub dir: String,
    /// The targets that cargo would build.
    pub targets: Vec<Target>,
    /// The dependencies, of every kind and platform.
    pub dependencies: Vec<Dependency>,
    /// `[package.metadata.archlint]`, as JSON.
    #[serde(with = "as_text")]
    pub metadata: Option<serde_json::Value>,
}

/// A crate that cargo would build from a package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Target {
    /// The kind of the target.
    pub kind: TargetKind,
    /// The crate's name in Rust code (`gix_hash`): hyphens are underscores.
    pub crate_name: String,
    /// The crate's root file, relative to the workspace root.
    pub root_file: String,
    /// The edition that the crate is compiled with.
    pub edition: Edition,
    /// Whether `cargo test` runs the doctests of the target, a library.
    pub doctest: bool,
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
    /// Returns the prefix of the ids of the target's modules: `bin` in `bin:shop::cli`. Libraries
    /// have none.
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

    /// Returns the target's name in the graph JSON's `target`.
    pub fn name(self) -> &'static str {
        self.prefix().unwrap_or(if self == Self::ProcMacro { "proc-macro" } else { "lib" })
    }

    /// Returns whether targets of this kind only exercise other code: tests, examples and
    /// benchmarks.
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
    /// The other name that the manifest gives it, if any (`hash = { package = "gix-hash" }`), as
    /// written.
    pub rename: Option<String>,
    /// The targets that the dependency applies to.
    pub kind: DependencyKind,
    /// The folder of a path dependency, relative to the workspace root.
    pub path: Option<String>,
    /// The condition of `[target.'cfg(…)'.dependencies]`.
    pub target: Option<String>,
    /// Whether the dependency is optional, that is, enabled by a feature.
    pub optional: bool,
}

/// The targets that a dependency applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DependencyKind {
    /// `[dependencies]`: all targets but the build script.
    Normal,
    /// `[dev-dependencies]`: tests, examples, benchmarks.
    Dev,
    /// `[build-dependencies]`: the build script.
    Build,
}

/// Returns the name of a crate outside the workspace: `name` itself, or `name` with a suffix if a
/// library of the workspace has the same name.
pub fn outside_name(name: &str, is_taken: bool) -> String {
    if is_taken { format!("{name}{OUTSIDE}") } else { name.to_owned() }
}

/// The suffix of the name of a crate outside the workspace if a library inside has the same name.
pub const OUTSIDE: &str = "@external";

/// Returns the additional names of crates that Rust code and manifests use, each with the first
/// segments of ids that it refers to: the name that a dependency is renamed to, and the name of a
/// package whose library has another name. A name that is itself the first segment of an id refers
/// to that id alone.
pub fn aliases(packages: &[Package]) -> BTreeMap<String, Vec<String>> {
    let is_library = |t: &&Target| matches!(t.kind, TargetKind::Lib | TargetKind::ProcMacro);
    let libraries = |package: &Package| -> Vec<String> {
        package.targets.iter().filter(is_library).map(|t| t.crate_name.clone()).collect()
    };
    let members: BTreeMap<(&str, &str), &Package> =
        packages.iter().map(|p| ((p.name.as_str(), p.dir.as_str()), p)).collect();
    let own: BTreeSet<String> = packages.iter().flat_map(libraries).collect();
    let mut outside: BTreeSet<String> = BTreeSet::new();
    let mut aliases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages {
        let mut names = libraries(package);
        if names.is_empty() {
            let binaries = package.targets.iter().filter(|t| t.kind == TargetKind::Bin);
            names = binaries.map(|t| t.crate_name.clone()).collect();
        }
        aliases.entry(package.name.replace('-', "_")).or_default().extend(names);
    }
    for dependency in packages.iter().flat_map(|p| &p.dependencies) {
        let member =
            dependency.path.as_deref().and_then(|dir| members.get(&(dependency.package.as_str(), dir)));
        let name = dependency.package.replace('-', "_");
        let names = match member {
            Some(member) => libraries(member),
            None => vec![outside_name(&name, own.contains(&name))],
        };
        match &dependency.rename {
            Some(rename) => aliases.entry(rename.replace('-', "_")).or_default().extend(names),
            None => outside.extend(names.into_iter().filter(|_| member.is_none())),
        }
    }
    aliases.retain(|alias, names| {
        names.sort_unstable();
        names.dedup();
        !own.contains(alias) && !outside.contains(alias) && names.iter().any(|name| name != alias)
    });
    aliases
}

/// JSON as a string, for serialization formats that are not self-describing.
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

/// An orphan: a source file that no `mod` reaches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrphanFile {
    /// The path of the file, relative to the workspace root.
    pub path: String,
    /// Whether a `mod` in a reachable file could name this file, and nothing else explains its
    /// presence.
    pub beside_modules: bool,
}
