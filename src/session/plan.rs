//! Plans: the modules that files would hold which do not exist yet, and crates that nothing uses yet.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    base::{
        path,
        pattern::{Matcher, PathPattern, Segment, Term},
    },
    graph::{
        Graph, ModuleInfo, NodeId,
        package::{Dependency, DependencyKind, Package, TargetKind},
        planned::Planned,
    },
    judge::check::{Setup, external_crates},
};

/// The reason that a file has no place among the modules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPlace {
    /// The file is not in the folder of any crate.
    #[error("it lies in the folder of no crate")]
    Outside,
    /// The file would be a crate.
    #[error("it would be the root of a crate of its own, of which nothing is known before it exists")]
    Root,
    /// A part of the path is no name of a module.
    #[error("`{0}` cannot be the name of a module")]
    Name(String),
}

/// Returns the modules that exist once `file` does, the outermost first: the module that it would hold,
/// and those above it that do not exist, either. `file` is a path relative to the workspace root that
/// ends in `.rs`. The place follows from the path alone, by the Rust Reference's "Module source
/// filenames"; a `#[path]` that is still to be written cannot be known.
///
/// # Errors
/// Returns an error if the path is no place for a module.
pub fn modules_of(graph: &Graph, packages: &[Package], file: &str) -> Result<Vec<Planned>, NoPlace> {
    if packages.iter().any(|package| is_root(package, file)) {
        return Err(NoPlace::Root);
    }
    let (above, folder) = nearest(graph, file).ok_or(NoPlace::Outside)?;
    let rest = file.strip_prefix(&folder).unwrap_or(file).trim_start_matches('/');
    let rest = rest.strip_suffix(".rs").unwrap_or(rest);
    let names: Vec<&str> = rest.strip_suffix("/mod").unwrap_or(rest).split('/').collect();
    let (mut id, mut dir) = (graph.nodes[above].id.clone(), folder);
    let mut planned = Vec::new();
    for (at, name) in names.iter().enumerate() {
        if !is_name(name) {
            return Err(NoPlace::Name((*name).to_owned()));
        }
        id = format!("{id}::{name}");
        dir = path::join(&dir, name);
        let file = if at + 1 == names.len() { file.to_owned() } else { format!("{dir}.rs") };
        planned.push(Planned::Module { id: id.clone(), above, file });
    }
    Ok(planned)
}

/// Returns the path of a file, which is relative to the current folder, relative to the workspace root,
/// if it is below that. The file and the last of its folders need not exist.
pub fn within(root: &Path, file: &Path) -> Option<String> {
    let file = &std::path::absolute(file).ok()?;
    let exists = file.ancestors().find(|above| above.exists())?;
    let rest = file.strip_prefix(exists).ok()?;
    let real: PathBuf = fs::canonicalize(exists).ok()?.join(rest);
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let relative = path::relative(&path::from_disk(&root)?, &path::normalise(&path::from_disk(&real)?));
    (!path::escapes(&relative)).then_some(relative)
}

/// Returns whether cargo would take `file` for the root of a target of `package` without being told.
fn is_root(package: &Package, file: &str) -> bool {
    let dir = if package.dir.is_empty() { String::new() } else { format!("{}/", package.dir) };
    let Some(rest) = file.strip_prefix(&dir) else { return false };
    let of_targets = ["src/bin/", "tests/", "examples/", "benches/"];
    let Some(rest) = of_targets.iter().find_map(|folder| rest.strip_prefix(folder)) else { return false };
    !rest.contains('/') || rest.split_once('/').is_some_and(|(_, file)| file == "main.rs")
}

/// Returns the module in whose folder `file` is, with the folder: that with the longest path, a library
/// before other targets.
fn nearest(graph: &Graph, file: &str) -> Option<(NodeId, String)> {
    let modules = graph.nodes.iter_enumerated().filter_map(|(id, node)| Some((id, node.module.as_ref()?)));
    let folders =
        modules.filter(|(_, module)| module.target != TargetKind::Build).filter_map(|(id, module)| {
            let folder = folder_of(graph, module)?;
            path::is_within(file, &folder).then_some((id, module, folder))
        });
    let nearest = folders.min_by_key(|(id, module, folder)| (usize::MAX - folder.len(), module.target, *id));
    nearest.map(|(id, _, folder)| (id, folder))
}

/// Returns the folder of the files of a module's children; `None` for an inline module, whose children
/// are where those of its file are.
fn folder_of(graph: &Graph, module: &ModuleInfo) -> Option<String> {
    let file = &graph.files[module.file];
    let (dir, name) = path::split(file);
    let is_inline = module.parent.is_some_and(|parent| {
        graph.nodes[parent].module.as_ref().is_some_and(|parent| parent.file == module.file)
    });
    match name {
        _ if is_inline => None,
        _ if module.parent.is_none() => Some(dir.to_owned()),
        "mod.rs" => Some(dir.to_owned()),
        _ => Some(file.strip_suffix(".rs")?.to_owned()),
    }
}

/// Returns the external node of `path` (`sqlx::Pool`), if its first segment is a crate outside the
/// workspace: one of the standard library, one that a manifest declares, or any other if it `may_be_new`.
pub fn external(graph: &Graph, packages: &[Package], path: &str, may_be_new: bool) -> Option<Planned> {
    let krate = path.split("::").next()?;
    let is_member = graph.nodes.iter().any(|node| node.module.is_some() && node.id == krate);
    let is_declared = || external_crates(packages).iter().any(|name| name == krate);
    let is_outside = !is_member && (may_be_new || STANDARD.contains(&krate) || is_declared());
    (is_outside && is_path(path)).then(|| Planned::External(path.to_owned()))
}

/// Returns the paths below `path` that selectors of rules name: what nothing uses has no node, and a rule
/// about it would not be seen.
pub fn named_below(setup: &Setup, path: &str) -> BTreeSet<String> {
    let selectors = setup.rules.iter().flat_map(|rule| rule.rule.selectors());
    let terms = selectors.flat_map(|(_, selector)| selector.terms.iter().map(|term| &term.matcher));
    let paths = terms.filter_map(|matcher| match matcher {
        Matcher::Path(pattern) => literal(pattern),
        _ => None,
    });
    paths.filter(|named| named.strip_prefix(path).is_some_and(|rest| rest.starts_with("::"))).collect()
}

/// Returns the path of a pattern without wildcards.
fn literal(pattern: &PathPattern) -> Option<String> {
    let name = |segment: &Segment| match segment {
        Segment::Literal(name) => Some(name.clone()),
        _ => None,
    };
    let names: Option<Vec<String>> = pattern.segments.iter().map(name).collect();
    names.map(|names| names.join("::"))
}

/// Returns whether `text` is a path of names.
pub fn is_path(text: &str) -> bool {
    text.split("::").all(is_name)
}

/// Returns whether the manifest of `package` lets its code name the package or crate `name`. Code that
/// exists only for tests may also use its development dependencies.
pub fn declares(package: &Package, name: &str, test: bool) -> bool {
    let plain = |name: &str| name.replace('-', "_");
    let is_it = |dependency: &Dependency| {
        let names = [Some(&dependency.package), dependency.rename.as_ref()];
        let counts = match dependency.kind {
            DependencyKind::Normal => true,
            DependencyKind::Dev => test,
            DependencyKind::Build => false,
        };
        counts && names.into_iter().flatten().any(|known| plain(known) == plain(name))
    };
    package.name == name || STANDARD.contains(&name) || package.dependencies.iter().any(is_it)
}

/// Returns whether `text` is one segment of a path.
fn is_name(text: &str) -> bool {
    let matcher = Term::parse(text).map(|term| term.matcher);
    let Ok(Matcher::Path(pattern)) = matcher else { return false };
    !pattern.exact && matches!(&pattern.segments[..], [Segment::Literal(name)] if name == text)
}

/// The crates of the standard library.
const STANDARD: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample::sample;

    fn places(file: &str) -> String {
        let mut graph = sample("shop::billing::invoice\nshop::inline\nbin:shop").graph;
        let files = [
            ("shop", "crates/shop/src/lib.rs"),
            ("shop::billing", "crates/shop/src/billing.rs"),
            ("shop::billing::invoice", "crates/shop/src/billing/invoice.rs"),
            ("shop::inline", "crates/shop/src/lib.rs"),
            ("bin:shop", "crates/shop/src/main.rs"),
        ];
        for (id, file) in files {
            let at = graph.files.push(file.to_owned());
            let node = graph.nodes.iter_mut().find(|node| node.id == id).expect("it is there");
            node.module.as_mut().expect("it is a module").file = at;
        }
        let package = Package {
            name: "shop".into(),
            dir: "crates/shop".into(),
            targets: Vec::new(),
            dependencies: Vec::new(),
            metadata: None,
        };
        match modules_of(&graph, &[package], file) {
            Ok(planned) => planned.iter().map(Planned::id).collect::<Vec<_>>().join(" "),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_file_has_the_module_that_its_path_says() {
        assert_eq!(places("crates/shop/src/orders.rs"), "shop::orders");
        assert_eq!(places("crates/shop/src/orders/mod.rs"), "shop::orders");
        assert_eq!(
            places("crates/shop/src/orders/a/b.rs"),
            "shop::orders shop::orders::a shop::orders::a::b"
        );
        assert_eq!(places("crates/shop/src/billing/tax.rs"), "shop::billing::tax");
        assert_eq!(places("crates/shop/src/billing/invoice/line.rs"), "shop::billing::invoice::line");
        assert_eq!(places("crates/shop/src/inline/x.rs"), "shop::inline shop::inline::x");
        assert_eq!(places("crates/shop/src/bin/tool.rs"), NoPlace::Root.to_string());
        assert_eq!(places("crates/shop/tests/it.rs"), NoPlace::Root.to_string());
        assert_eq!(places("crates/shop/src/a-b.rs"), "`a-b` cannot be the name of a module");
        assert_eq!(places("crates/other/src/lib.rs"), NoPlace::Outside.to_string());
    }
}
