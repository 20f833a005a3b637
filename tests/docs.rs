//! The README and the book under `docs/`: their commands run, their configurations are valid, what they show is what is printed, their
//! links lead somewhere, and the reference is what the program says of itself.
//!
//! `ARCHLINT_BLESS=1` writes the generated pages and pictures anew.

mod examples;
mod generated;
mod links;
mod markdown;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The root of the repository.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the documentation.
struct Page {
    /// Its path from the root of the repository, with `/`.
    path: String,
    text: String,
}

/// The files at the root that are documentation, and all pages of the book.
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

/// The README is a door: longer texts belong in the book.
#[test]
fn the_readme_is_short() {
    let lines = page(&root().join("README.md")).text.lines().count();
    assert!(lines <= 150, "{lines} lines");
}
