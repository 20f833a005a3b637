//! The folder in which the file of a `mod name;` is searched (the Rust Reference, "Module source
//! filenames").

use crate::{
    base::path,
    rust::facts::{FileFacts, LexicalScopeId, ScopeKind},
};

/// The folder in which the files of a module's children are searched.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ChildDir {
    /// The folder that `#[path]` is relative to.
    pub dir: String,
    /// The folder under `dir` for children without `#[path]`: the stem of the file's own name,
    /// unless the file is `mod.rs` or a root.
    pub relative: Option<String>,
}

impl ChildDir {
    /// The folder for a crate root, a `mod.rs`, or a file named by `#[path]`.
    pub fn of_owner(file: &str) -> Self {
        Self { dir: path::parent(file).unwrap_or_default().to_owned(), relative: None }
    }

    /// The folder for an inline module in this one.
    pub fn inside(mut self, name: &str, path_attribute: Option<&str>) -> Self {
        match path_attribute {
            Some(given) => self.dir = path::join(&self.dir, given),
            None => {
                if let Some(relative) = self.relative.take() {
                    self.dir = path::join(&self.dir, &relative);
                }
                self.dir = path::join(&self.dir, name);
            }
        }
        self.relative = None;
        self
    }

    /// The files that `mod name;` may denote here, each with the folder of its own children,
    /// likeliest first.
    pub fn candidates(&self, name: &str, given: Option<&str>) -> Vec<(String, Self)> {
        if let Some(given) = given {
            let file = path::join(&self.dir, given);
            let dir = Self::of_owner(&file);
            return vec![(file, dir)];
        }
        let dir = match &self.relative {
            Some(relative) => path::join(&self.dir, relative),
            None => self.dir.clone(),
        };
        let flat = path::join(&dir, &format!("{name}.rs"));
        let nested = path::join(&dir, &format!("{name}/mod.rs"));
        let of_nested = Self::of_owner(&nested);
        vec![(flat, Self { dir, relative: Some(name.to_owned()) }), (nested, of_nested)]
    }
}

/// The folder for a scope of a file, given the folder for the file itself. In a block, only
/// declarations with `#[path]` have files, and rustc uses the folder of the file for the block.
pub(super) fn dir_of_scope(facts: &FileFacts, dir: &ChildDir, scope: LexicalScopeId) -> ChildDir {
    let around = std::iter::successors(Some(scope), |&scope| facts.scopes[scope].parent);
    let around: Vec<_> = around.map(|scope| &facts.scopes[scope]).collect();
    around.into_iter().rev().fold(dir.clone(), |dir, scope| match scope.module {
        Some((name, given)) => dir.inside(facts.names.text(name), given.map(|given| facts.names.text(given))),
        None if scope.kind == ScopeKind::Block => ChildDir { relative: None, ..dir },
        None => dir,
    })
}
