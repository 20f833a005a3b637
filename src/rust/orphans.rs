//! Orphans: source files that nothing compiles. They are in a package, but no `mod` reaches them.
//!
//! Invariant: a file that might be in use is no orphan. Test code and every branch of a `cfg`
//! count, even if the configuration leaves them out. A file beside one that could not be parsed is
//! no orphan, and neither is a file whose path is in some string of its package (`include!`, a
//! build script, a list of test cases).

use std::collections::BTreeSet;

use globset::GlobSet;
use memchr::memmem;

use crate::{
    base::{diagnostic::Diagnostic, files::Files, path},
    graph::{
        Graph,
        package::{OrphanFile, Package, TargetKind},
    },
    rust::{
        cargo::Workspace,
        resolve::{self, FactsSource, Reached},
        source_files::source_files,
    },
};

/// The orphans of a workspace, sorted, without those that `exclude` matches. `graph` is the graph
/// of the workspace, and `source` provides the facts of its files. Folders that cannot be listed
/// are reported as diagnostics. Must run in the same kind of pool as [`resolve::read`].
pub fn orphans(
    workspace: &Workspace,
    files: &dyn Files,
    source: &dyn FactsSource,
    exclude: &GlobSet,
    graph: &Graph,
) -> (Vec<OrphanFile>, Vec<Diagnostic>) {
    let (all, diagnostics) = source_files(files, workspace, exclude);
    let read = resolve::read(
        workspace,
        source,
        resolve::SourceFilter {
            tests: true,
            excludes: &|_| false,
            generated: &[],
            signatures: &[],
            methods: false,
        },
    );
    let mut reached = read.reached();
    let facts = read.into_facts();
    rayon::spawn(move || drop(facts));
    // The files of the graph include those that only macros declare.
    reached.files.extend(graph.files.iter().cloned());
    forget_build_scripts(workspace, &mut reached.folders);
    let unreached = all.into_iter().filter(|file| !reached.files.contains(file));
    let orphan = |path: String| OrphanFile { beside_modules: reached.folders.contains(home(&path)), path };
    let mut orphans: Vec<OrphanFile> = unreached.map(orphan).collect();
    for package in &workspace.packages {
        speak_for(package, files, &reached, &mut orphans);
    }
    (orphans, diagnostics)
}

/// The folder of the module whose `mod` would declare the file.
fn home(file: &str) -> &str {
    let (dir, name) = path::split(file);
    if name == "mod.rs" { path::parent(dir).unwrap_or_default() } else { dir }
}

/// Removes the folders that contain only build scripts: the other files there are not modules of
/// the script.
fn forget_build_scripts(workspace: &Workspace, folders: &mut BTreeSet<String>) {
    let roots = |build: bool| {
        let targets = workspace.packages.iter().flat_map(|p| &p.targets);
        let wanted = targets.filter(move |t| (t.kind == TargetKind::Build) == build);
        wanted.map(|t| path::split(&t.root_file).0).collect::<BTreeSet<&str>>()
    };
    let others = roots(false);
    for folder in roots(true).difference(&others) {
        folders.remove(*folder);
    }
}

/// Clears `beside_modules` for orphans of `package` whose name is in a string of the package.
fn speak_for(package: &Package, files: &dyn Files, reached: &Reached, orphans: &mut [OrphanFile]) {
    let own = |file: &str| path::is_within(file, &package.dir);
    let mut open: Vec<&mut OrphanFile> =
        orphans.iter_mut().filter(|f| f.beside_modules && own(&f.path)).collect();
    if open.is_empty() {
        return;
    }
    let manifest = path::join(&package.dir, "Cargo.toml");
    for source in reached.files.iter().filter(|file| own(file)).chain([&manifest]) {
        let Ok(text) = files.read(source) else { continue };
        open.retain_mut(|file| {
            file.beside_modules = !spells(&text, &file.path, &package.dir);
            file.beside_modules
        });
    }
}

/// Returns true if `text` has a string that ends with the file's name, or that is the path of its
/// folder in the package.
fn spells(text: &[u8], file: &str, package: &str) -> bool {
    let (dir, name) = path::split(file);
    // All files `mod.rs` have the same name, so the name of the folder is added.
    let name = if name == "mod.rs" { format!("{}/{name}", path::split(dir).1) } else { name.to_owned() };
    let starts = |at: usize| at > 0 && matches!(text[at - 1], b'"' | b'/');
    let folder = dir.strip_prefix(package).unwrap_or(dir).trim_start_matches('/');
    let whole = format!("\"{folder}\"");
    memmem::find_iter(text, &format!("{name}\"")).any(starts)
        || (!folder.is_empty() && folder != "src" && memmem::find(text, whole.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_speaks_for_a_file() {
        let says = |text: &str, file: &str| spells(text.as_bytes(), file, "a");
        assert!(says(r#"include!("gen/old.rs");"#, "a/src/gen/old.rs"));
        assert!(says(r#"#[path = "old.rs"]"#, "a/src/old.rs"));
        assert!(says(r#"automod::dir!("tests/cases");"#, "a/tests/cases/one.rs"));
        assert!(!says(r#"let path = "very-old.rs";"#, "a/src/old.rs"));
        assert!(!says("// see old.rs", "a/src/old.rs"));
        assert!(!says(r#"#[path = "new/mod.rs"]"#, "a/src/old/mod.rs"));
    }

    #[test]
    fn a_file_is_at_home_where_its_mod_would_stand() {
        assert_eq!((home("src/a.rs"), home("src/a/mod.rs"), home("mod.rs")), ("src", "src", ""));
    }
}
