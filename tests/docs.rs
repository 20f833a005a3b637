//! The README and the book under `docs/`: their commands run, their configurations are valid, the
//! output that they show is the actual output, their links are valid, and the reference pages are
//! generated from the program.
//!
//! `ARCHLINT_BLESS=1` regenerates the generated pages and pictures.

mod examples;
mod generated;
mod links;
mod markdown;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Returns the root of the repository.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the documentation.
struct Page {
    /// The path from the root of the repository, with `/`.
    path: String,
    text: String,
}

/// Returns the documentation files at the root, and all pages of the book.
fn pages() -> Vec<Page> {
    let at_root =
        ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map(|file| root().join(file));
    let book = walkdir::WalkDir::new(root().join("docs/src")).sort_by_file_name().into_iter();
    let book = book.filter_map(Result::ok).map(|entry| entry.into_path());
    let book = book.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    at_root.into_iter().chain(book).map(|path| page(&path)).collect()
}

fn page(path: &Path) -> Page {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let path = path.strip_prefix(root()).expect("beneath the root").to_string_lossy().replace('\\', "/");
    Page { path, text }
}

/// The README is an entry point: longer texts belong in the book.
#[test]
fn the_readme_is_short() {
    let lines = page(&root().join("README.md")).text.lines().count();
    assert!(lines <= 150, "{lines} lines");
}
