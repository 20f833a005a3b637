//! Finds and reads the files of a crate in parallel, by following `mod` from its root.
//!
//! Reading runs ahead of the module tree: it guesses the files that the tree will need, and the
//! tree then requests each by name. A file is parsed once, however many modules it is.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{files::ReadError, path},
    rust::facts::{FileFacts, ItemKind, token::TokenKind},
};

use super::{
    child_dir::{ChildDir, dir_of_scope},
    source::{FactsSource, SourceFilter},
};

/// The result of reading a file.
#[derive(Debug, Clone)]
pub(super) enum Loaded {
    /// The facts of the file.
    Facts(Arc<FileFacts>),
    /// The configuration excludes the file.
    LeftOut,
    /// The file could not be read.
    Failed(ReadError),
}

/// The files that `mod` declarations reach from the roots of the targets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reached {
    /// The files, relative to the workspace root.
    pub files: BTreeSet<String>,
    /// The folders that were searched for the child modules of a readable file.
    pub folders: BTreeSet<String>,
}

#[derive(Debug)]
enum Entry {
    /// The file is being read. The folders are those in which its children will be searched.
    Reading(Vec<ChildDir>),
    Done(Loaded),
}

/// Reads each file once.
pub(super) struct Loader<'f> {
    source: &'f dyn FactsSource,
    entries: Mutex<FxHashMap<String, Entry>>,
    /// The pairs of file and folder whose children have been requested, since `#[path]` can form a
    /// cycle.
    expanded: Mutex<FxHashSet<(String, ChildDir)>>,
    wanted: SourceFilter<'f>,
}

impl<'f> Loader<'f> {
    pub fn new(source: &'f dyn FactsSource, wanted: SourceFilter<'f>) -> Self {
        Self { source, entries: Mutex::default(), expanded: Mutex::default(), wanted }
    }

    /// The provider of facts.
    pub fn source(&self) -> &'f dyn FactsSource {
        self.source
    }

    /// The filter that decides which source is read.
    pub fn filter(&self) -> SourceFilter<'f> {
        self.wanted
    }

    /// The files that were read so far.
    pub fn reached(&self) -> Reached {
        let entries = lock(&self.entries);
        let exists = |entry: &Entry| match entry {
            Entry::Done(loaded) => !matches!(loaded, Loaded::Failed(ReadError::NotFound)),
            Entry::Reading(_) => true,
        };
        // A sorted set does not depend on the order of the hash map.
        let files = entries.iter().filter(|(_, entry)| exists(entry)).map(|(file, _)| file.clone()).collect();
        let parsed = |file: &str| match entries.get(file) {
            Some(Entry::Done(Loaded::Facts(facts))) => facts.diagnostics.is_empty(),
            _ => false,
        };
        let folder = |dir: &ChildDir| path::join(&dir.dir, dir.relative.as_deref().unwrap_or_default());
        let expanded = lock(&self.expanded);
        let folders = expanded.iter().filter(|(file, _)| parsed(file)).map(|(_, dir)| folder(dir));
        Reached { files, folders: folders.collect() }
    }

    /// Takes the facts of the files that were read.
    pub fn into_entries(self) -> impl Send + use<> {
        self.entries
    }

    /// Reads these files and, as far as it can be foreseen, all files of their module trees, in
    /// parallel.
    pub fn prefetch(&self, roots: Vec<(String, ChildDir)>) {
        rayon::scope(|scope| {
            for (file, dir) in roots {
                scope.spawn(move |scope| self.follow(scope, vec![(file, dir)]));
            }
        });
    }

    /// The facts of a file, which is read now if it was not foreseen.
    pub fn get(&self, file: &str, dir: &ChildDir) -> Loaded {
        if let Some(Entry::Done(loaded)) = lock(&self.entries).get(file) {
            return loaded.clone();
        }
        self.prefetch(vec![(file.to_owned(), dir.clone())]);
        match lock(&self.entries).get(file) {
            Some(Entry::Done(loaded)) => loaded.clone(),
            _ => Loaded::Failed(ReadError::NotFound),
        }
    }

    /// Reads the first of the candidates that exists, then its children.
    fn follow<'s>(&'s self, scope: &rayon::Scope<'s>, candidates: Vec<(String, ChildDir)>) {
        for (file, dir) in candidates {
            let reading = match lock(&self.entries).get_mut(&file) {
                Some(Entry::Reading(dirs)) => {
                    dirs.push(dir);
                    return;
                }
                Some(Entry::Done(Loaded::Failed(ReadError::NotFound))) => continue,
                Some(Entry::Done(loaded)) => Some(loaded.clone()),
                None => None,
            };
            if let Some(loaded) = reading {
                self.children(scope, &file, &loaded, vec![dir]);
                return;
            }
            lock(&self.entries).insert(file.clone(), Entry::Reading(vec![dir]));
            let loaded = self.read(&file);
            let missing = matches!(loaded, Loaded::Failed(ReadError::NotFound));
            let before = lock(&self.entries).insert(file.clone(), Entry::Done(loaded.clone()));
            if missing {
                continue;
            }
            let Some(Entry::Reading(dirs)) = before else { return };
            self.children(scope, &file, &loaded, dirs);
            return;
        }
    }

    fn children<'s>(&'s self, scope: &rayon::Scope<'s>, file: &str, loaded: &Loaded, dirs: Vec<ChildDir>) {
        let Loaded::Facts(facts) = loaded else { return };
        for dir in dirs {
            if !lock(&self.expanded).insert((file.to_owned(), dir.clone())) {
                continue;
            }
            for candidates in foreseen(facts, &dir, self.wanted.tests) {
                scope.spawn(move |scope| self.follow(scope, candidates));
            }
        }
    }

    fn read(&self, file: &str) -> Loaded {
        if (self.wanted.excludes)(file) {
            return Loaded::LeftOut;
        }
        match self.source.facts(file) {
            Ok(facts) => Loaded::Facts(facts),
            Err(error) => Loaded::Failed(error),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The files that a file's `mod` declarations denote, including those among macro arguments: a list
/// of candidates for each.
fn foreseen(facts: &FileFacts, dir: &ChildDir, tests: bool) -> Vec<Vec<(String, ChildDir)>> {
    let mut found = Vec::new();
    for item in &facts.items {
        let ItemKind::FileModule { path, .. } = item.kind else { continue };
        if !tests && facts.requires_test(item.condition) {
            continue;
        }
        let dir = dir_of_scope(facts, dir, item.scope);
        let given = path.map(|path| facts.names.text(path));
        found.push(dir.candidates(facts.names.text(item.name), given));
    }
    for invocation in facts.invocations.iter().filter(|invocation| invocation.fragment.is_items()) {
        let (start, end) = invocation.arguments;
        let tokens = &facts.tokens[start as usize..end as usize];
        for window in tokens.windows(3) {
            let [keyword, name, semicolon] = window else { continue };
            let is_mod = keyword.kind == TokenKind::Ident
                && name.kind == TokenKind::Ident
                && matches!(semicolon.kind, TokenKind::Punct { .. })
                && facts.names.text(keyword.text) == "mod"
                && facts.names.text(semicolon.text) == ";";
            if is_mod {
                let dir = dir_of_scope(facts, dir, invocation.scope);
                found.push(dir.candidates(facts.names.text(name.text), None));
            }
        }
    }
    found
}
