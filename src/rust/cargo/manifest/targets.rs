//! The crates that cargo builds from a package: those that the manifest lists, and those that the
//! layout implies.
//!
//! Follows cargo's rules (the Cargo Book, "Cargo Targets"), including those of edition 2015: a
//! listed target disables the discovery of its kind, and a few paths are implied.

use cargo_toml::{OptionalFile, Product};

use super::parse::Manifest;
use crate::{
    base::{
        files::{EntryKind, Files},
        path,
    },
    graph::package::{Edition, Target, TargetKind},
};

/// The targets of the package in `dir`, with files relative to `root`. An error is the message for
/// it.
pub fn find(
    files: &dyn Files,
    manifest: &Manifest,
    dir: &str,
    root: &str,
    edition: Edition,
) -> Result<Vec<Target>, String> {
    let package = Layout { files, manifest, dir, root, edition };
    let mut targets = Vec::new();
    targets.extend(library(&package)?);
    for section in sections(&package, !targets.is_empty()) {
        targets.extend(section_targets(&package, section)?);
    }
    targets.extend(build_script(&package));
    Ok(targets)
}

/// The layout of a package, in which targets are searched.
struct Layout<'a> {
    files: &'a dyn Files,
    manifest: &'a Manifest,
    dir: &'a str,
    root: &'a str,
    edition: Edition,
}

impl Layout<'_> {
    fn name(&self) -> &str {
        self.manifest.toml.package.as_ref().map_or("", |package| &package.name)
    }

    /// Returns true if something exists at a path relative to the package.
    fn exists(&self, path: &str) -> bool {
        self.files.kind(&path::join(self.dir, path)).is_some()
    }

    fn is_2015(&self) -> bool {
        self.edition == Edition::E2015
    }

    fn target(&self, kind: TargetKind, name: &str, path: &str, product: Option<&Product>) -> Target {
        Target {
            kind,
            crate_name: name.replace('-', "_"),
            root_file: path::relative(self.root, &super::resolve_path(self.dir, path)),
            edition: product.and_then(|product| product.edition).map_or(self.edition, super::edition),
            doctest: has_doctests(kind, product),
        }
    }
}

fn library(package: &Layout<'_>) -> Result<Option<Target>, String> {
    let listed = package.manifest.toml.lib.as_ref();
    let discovers = package.manifest.toml.package.as_ref().is_none_or(|package| package.autolib);
    let inferred = || package.exists("src/lib.rs").then(|| "src/lib.rs".to_owned());
    let name =
        listed.and_then(|library| library.name.clone()).unwrap_or_else(|| package.name().replace('-', "_"));
    let path = match listed {
        None if discovers => inferred(),
        None => None,
        Some(library) => {
            let legacy =
                || Some(format!("src/{name}.rs")).filter(|path| package.is_2015() && package.exists(path));
            let path = library.path.clone().or_else(inferred).or_else(legacy);
            Some(path.ok_or_else(|| format!("cannot find the library `{name}`: there is no `src/lib.rs`"))?)
        }
    };
    Ok(path.map(|path| package.target(library_kind(listed), &name, &path, listed)))
}

fn library_kind(listed: Option<&Product>) -> TargetKind {
    let is_proc_macro = |library: &Product| match library.crate_type.as_slice() {
        [] => library.proc_macro,
        types => types.iter().any(|name| name == "proc-macro"),
    };
    if listed.is_some_and(is_proc_macro) { TargetKind::ProcMacro } else { TargetKind::Lib }
}

/// Whether cargo runs the doctests of a target: those of a library that other Rust code can link to,
/// unless the manifest says no.
fn has_doctests(kind: TargetKind, product: Option<&Product>) -> bool {
    let is_library = matches!(kind, TargetKind::Lib | TargetKind::ProcMacro);
    let links = |product: &Product| {
        let mut types = product.crate_type.iter();
        product.crate_type.is_empty()
            || types.any(|name| matches!(name.as_str(), "lib" | "rlib" | "proc-macro"))
    };
    is_library && product.is_none_or(|product| product.doctest && links(product))
}

/// `[[bin]]`, `[[example]]`, `[[test]]` or `[[bench]]`.
struct Section<'a> {
    kind: TargetKind,
    listed: &'a [Product],
    /// The names and paths that the layout implies.
    inferred: Vec<(String, String)>,
    discovers: Option<bool>,
    /// The paths that edition 2015 implies for a listed name.
    legacy: &'a dyn Fn(&str) -> Vec<String>,
}

fn sections<'a>(package: &Layout<'a>, has_library: bool) -> [Section<'a>; 4] {
    let Manifest { toml, discovery } = package.manifest;
    let nothing = &|_: &str| Vec::new();
    let section = |kind, listed, dir, discovers| {
        let inferred = infer(package.files, package.dir, dir);
        Section { kind, listed, inferred, discovers, legacy: nothing }
    };
    let mut bins = section(TargetKind::Bin, &toml.bin, "src/bin", discovery.bins);
    if package.exists("src/main.rs") {
        bins.inferred.push((package.name().to_owned(), "src/main.rs".to_owned()));
    }
    bins.legacy = if has_library { &legacy_bin } else { &legacy_bin_without_library };
    let mut benches = section(TargetKind::Bench, &toml.bench, "benches", discovery.benches);
    benches.legacy = &legacy_bench;
    let examples = section(TargetKind::Example, &toml.example, "examples", discovery.examples);
    let tests = section(TargetKind::Test, &toml.test, "tests", discovery.tests);
    [bins, examples, tests, benches]
}

fn legacy_bin(_: &str) -> Vec<String> {
    vec!["src/main.rs".to_owned(), "src/bin/main.rs".to_owned()]
}

fn legacy_bin_without_library(name: &str) -> Vec<String> {
    [vec![format!("src/{name}.rs")], legacy_bin(name)].concat()
}

fn legacy_bench(name: &str) -> Vec<String> {
    if name == "bench" { vec!["src/bench.rs".to_owned()] } else { Vec::new() }
}

/// The targets `<dir>/<name>.rs` and `<dir>/<name>/main.rs`. Hidden names are passed over.
fn infer(files: &dyn Files, package: &str, dir: &str) -> Vec<(String, String)> {
    let entries = files.list(&path::join(package, dir)).unwrap_or_default();
    let visible = entries.iter().filter(|entry| !entry.name.starts_with('.'));
    let inferred = visible.filter_map(|entry| {
        let path = format!("{dir}/{}", entry.name);
        if entry.kind != EntryKind::Dir {
            return Some((entry.name.strip_suffix(".rs")?.to_owned(), path));
        }
        let main = format!("{path}/main.rs");
        files.kind(&path::join(package, &main)).map(|_| (entry.name.clone(), main))
    });
    inferred.collect()
}

fn section_targets(package: &Layout<'_>, section: Section<'_>) -> Result<Vec<Target>, String> {
    let mut targets = Vec::new();
    for product in section.listed {
        let what = section.kind.name();
        let name = product.name.as_deref().ok_or_else(|| format!("a `[[{what}]]` has no `name`"))?;
        let path = product.path.clone().map_or_else(|| path_of(package, &section, name), Ok);
        match path {
            Ok(path) => targets.push(package.target(section.kind, name, &path, Some(product))),
            Err(message) if section.kind == TargetKind::Bin => return Err(message),
            // Published packages lack these files, and cargo then omits the targets.
            Err(_) => {}
        }
    }
    if section.discovers.unwrap_or(!package.is_2015() || section.listed.is_empty()) {
        let is_new = |(name, path): &&(String, String)| {
            !section.listed.iter().any(|product| names(product, name, path))
        };
        let new = section.inferred.iter().filter(is_new);
        targets.extend(new.map(|(name, path)| package.target(section.kind, name, path, None)));
    }
    Ok(targets)
}

fn names(product: &Product, name: &str, path: &str) -> bool {
    product.name.as_deref() == Some(name)
        || product.path.as_deref().map(path::normalise).as_deref() == Some(path)
}

/// The file of a target that is listed without a path.
fn path_of(package: &Layout<'_>, section: &Section<'_>, name: &str) -> Result<String, String> {
    let mut inferred = section.inferred.iter().filter(|(inferred, _)| inferred == name).map(|(_, path)| path);
    let (first, second) = (inferred.next(), inferred.next());
    if let (Some(path), None) = (first, second) {
        return Ok(path.clone());
    }
    if package.is_2015()
        && let Some(path) = (section.legacy)(name).into_iter().find(|path| package.exists(path))
    {
        return Ok(path);
    }
    let what = section.kind.name();
    Err(match (first, second) {
        (Some(first), Some(second)) => {
            format!("the {what} `{name}` could be `{first}` or `{second}`: give it a `path`")
        }
        _ => format!("cannot find the file of the {what} `{name}`: give it a `path`"),
    })
}

fn build_script(package: &Layout<'_>) -> Option<Target> {
    let path = match package.manifest.toml.package.as_ref()?.build.as_ref() {
        Some(OptionalFile::Flag(false)) => return None,
        Some(OptionalFile::Path(path)) => path.to_str()?,
        Some(OptionalFile::Flag(true)) => "build.rs",
        None => {
            let is_file = package.files.kind(&path::join(package.dir, "build.rs")) == Some(EntryKind::File);
            is_file.then_some("build.rs")?
        }
    };
    let stem = path::split(path).1.rsplit_once('.').map_or(path::split(path).1, |(stem, _)| stem);
    Some(package.target(TargetKind::Build, &format!("build-script-{stem}"), path, None))
}
