//! Links refer to existing files and headings, and the table of contents lists every page once.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Component, Path, PathBuf},
};

use super::{markdown, pages, root};

#[test]
fn links_lead_somewhere() {
    let pages = pages();
    let anchors: BTreeMap<&str, Vec<String>> =
        pages.iter().map(|page| (page.path.as_str(), markdown::parse(&page.text).anchors)).collect();
    let mut broken = Vec::new();
    for page in &pages {
        for (line, link) in markdown::parse(&page.text).links {
            if link.contains("://") {
                continue; // the network is not asked
            }
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let folder = Path::new(&page.path).parent().expect("a file has a folder");
            let target = if file.is_empty() { page.path.clone() } else { normal(&folder.join(file)) };
            let in_book = page.path.starts_with("docs/src/");
            let leaves_book = in_book && !target.starts_with("docs/src/");
            let known = anchors.get(target.as_str());
            let has_anchor = anchor.is_empty() || known.is_some_and(|all| all.iter().any(|a| a == anchor));
            if leaves_book || !root().join(&target).exists() || !has_anchor {
                broken.push(format!("{}:{line} {link}", page.path));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere, or out of the book:\n{}", broken.join("\n"));
}

/// Returns a path without `.` and `..`.
fn normal(path: &Path) -> String {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    normal.to_string_lossy().replace('\\', "/")
}

#[test]
fn the_table_of_contents_names_every_page_once() {
    let pages = pages();
    let contents = "docs/src/SUMMARY.md";
    let summary = pages.iter().find(|page| page.path == contents).expect("the book has a table of contents");
    let listed: Vec<String> =
        markdown::parse(&summary.text).links.into_iter().map(|(_, link)| link).collect();
    let unique: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), unique.len(), "a page is listed twice");
    let in_book = pages.iter().filter_map(|page| page.path.strip_prefix("docs/src/"));
    let there: BTreeSet<String> = in_book.filter(|path| *path != "SUMMARY.md").map(str::to_owned).collect();
    assert_eq!(unique, there);
}
