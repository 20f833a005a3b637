//! Finding and reading the files of a crate, in parallel, by following `mod` from its root.
//!
//! Reading runs ahead of everything else: it only guesses which files a module tree will need, and the tree asks for each
//! by name. A file is parsed once, however many modules it is.

use std::sync::{Arc, Mutex};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{files::ReadError, path},
    rust::facts::{FileFacts, ItemKind, ScopeId, ScopeKind, token::TokenKind},
};

/// Where the files of a module's children are looked for (the Rust Reference, "Module source filenames").
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// The folder that `#[path]` is relative to.
    pub dir: String,
    /// The folder under it that children without `#[path]` are in: the file's own name, unless that is `mod.rs` or a root.
    pub relative: Option<String>,
}

impl Place {
    /// The place of a crate root, a `mod.rs`, or a file named by `#[path]`.
    pub fn of_owner(file: &str) -> Self {
        Self { dir: path::parent(file).unwrap_or_default().to_owned(), relative: None }
    }

    /// The place inside an inline module.
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

    /// The files that `mod name;` may mean here, with the place of each one's own children, likeliest first.
    pub fn candidates(&self, name: &str, given: Option<&str>) -> Vec<(String, Place)> {
        let mut candidates = Vec::new();
        if let Some(given) = given {
            let file = path::join(&self.dir, given);
            let place = Self::of_owner(&file);
            candidates.push((file, place));
        }
        if given.is_none() {
            let dir = match &self.relative {
                Some(relative) => path::join(&self.dir, relative),
                None => self.dir.clone(),
            };
            let flat = path::join(&dir, &format!("{name}.rs"));
            let nested = path::join(&dir, &format!("{name}/mod.rs"));
            let place = Self::of_owner(&nested);
            candidates.push((flat, Self { dir, relative: Some(name.to_owned()) }));
            candidates.push((nested, place));
        }
        candidates
    }
}

/// The place in which a scope's `mod` declarations look for files, when `place` is that of the file's body. In a block, only
/// those with `#[path]` do, and rustc takes the folder of the file for that of the block.
pub(super) fn place_of_scope(facts: &FileFacts, place: &Place, scope: ScopeId) -> Place {
    let around = std::iter::successors(Some(scope), |&scope| facts.scopes[scope].parent);
    let around: Vec<_> = around.map(|scope| &facts.scopes[scope]).collect();
    around.into_iter().rev().fold(place.clone(), |place, scope| match scope.module {
        Some((name, given)) => {
            place.inside(facts.names.text(name), given.map(|given| facts.names.text(given)))
        }
        None if scope.kind == ScopeKind::Block => Place { relative: None, ..place },
        None => place,
    })
}

/// What became of a file.
#[derive(Debug, Clone)]
pub(super) enum Loaded {
    /// Its facts.
    Facts(Arc<FileFacts>),
    /// The configuration excludes it.
    LeftOut,
    /// It could not be read.
    Failed(ReadError),
}

#[derive(Debug)]
enum Entry {
    /// Being read, with the places whose children are to be read next.
    Reading(Vec<Place>),
    Done(Loaded),
}

/// Reads files once each.
pub(super) struct Loader<'f> {
    source: &'f dyn super::FactsSource,
    entries: Mutex<FxHashMap<String, Entry>>,
    /// Pairs of file and place whose children have been asked for: `#[path]` can make a circle.
    expanded: Mutex<FxHashSet<(String, Place)>>,
    wanted: super::Scope<'f>,
}

impl<'f> Loader<'f> {
    pub fn new(source: &'f dyn super::FactsSource, wanted: super::Scope<'f>) -> Self {
        Self { source, entries: Mutex::default(), expanded: Mutex::default(), wanted }
    }

    /// Who is asked.
    pub fn source(&self) -> &'f dyn super::FactsSource {
        self.source
    }

    /// What has been read so far.
    pub fn reached(&self) -> super::Reached {
        let entries = lock(&self.entries);
        let exists = |entry: &Entry| match entry {
            Entry::Done(loaded) => !matches!(loaded, Loaded::Failed(ReadError::NotFound)),
            Entry::Reading(_) => true,
        };
        // The order of a hash map does not show in a sorted set.
        let files = entries.iter().filter(|(_, entry)| exists(entry)).map(|(file, _)| file.clone()).collect();
        let parsed = |file: &str| match entries.get(file) {
            Some(Entry::Done(Loaded::Facts(facts))) => facts.diagnostics.is_empty(),
            _ => false,
        };
        let folder = |place: &Place| path::join(&place.dir, place.relative.as_deref().unwrap_or_default());
        let expanded = lock(&self.expanded);
        let folders = expanded.iter().filter(|(file, _)| parsed(file)).map(|(_, place)| folder(place));
        super::Reached { files, folders: folders.collect() }
    }

    /// Takes the facts of the files that were read.
    pub fn into_entries(self) -> impl Send + use<> {
        self.entries
    }

    /// Reads these files and, as far as can be foreseen, all that belong to their module trees. In parallel.
    pub fn prefetch(&self, roots: Vec<(String, Place)>) {
        rayon::scope(|scope| {
            for (file, place) in roots {
                scope.spawn(move |scope| self.follow(scope, vec![(file, place)]));
            }
        });
    }

    /// The file, read now if it was not foreseen.
    pub fn get(&self, file: &str, place: &Place) -> Loaded {
        if let Some(Entry::Done(loaded)) = lock(&self.entries).get(file) {
            return loaded.clone();
        }
        self.prefetch(vec![(file.to_owned(), place.clone())]);
        match lock(&self.entries).get(file) {
            Some(Entry::Done(loaded)) => loaded.clone(),
            _ => Loaded::Failed(ReadError::NotFound),
        }
    }

    /// Reads the first of the candidates that exists, then goes on to its children.
    fn follow<'s>(&'s self, scope: &rayon::Scope<'s>, candidates: Vec<(String, Place)>) {
        for (file, place) in candidates {
            let reading = match lock(&self.entries).get_mut(&file) {
                Some(Entry::Reading(places)) => {
                    places.push(place);
                    return;
                }
                Some(Entry::Done(Loaded::Failed(ReadError::NotFound))) => continue,
                Some(Entry::Done(loaded)) => Some(loaded.clone()),
                None => None,
            };
            if let Some(loaded) = reading {
                self.children(scope, &file, &loaded, vec![place]);
                return;
            }
            lock(&self.entries).insert(file.clone(), Entry::Reading(vec![place]));
            let loaded = self.read(&file);
            let missing = matches!(loaded, Loaded::Failed(ReadError::NotFound));
            let before = lock(&self.entries).insert(file.clone(), Entry::Done(loaded.clone()));
            if missing {
                continue;
            }
            let Some(Entry::Reading(places)) = before else { return };
            self.children(scope, &file, &loaded, places);
            return;
        }
    }

    fn children<'s>(&'s self, scope: &rayon::Scope<'s>, file: &str, loaded: &Loaded, places: Vec<Place>) {
        let Loaded::Facts(facts) = loaded else { return };
        for place in places {
            if !lock(&self.expanded).insert((file.to_owned(), place.clone())) {
                continue;
            }
            for candidates in foreseen(facts, &place, self.wanted.tests) {
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

/// The files that a file's `mod` declarations mean, those among macro arguments included: a list of candidates for each.
fn foreseen(facts: &FileFacts, place: &Place, tests: bool) -> Vec<Vec<(String, Place)>> {
    let mut found = Vec::new();
    for item in &facts.items {
        let ItemKind::FileModule { path, .. } = item.kind else { continue };
        if !tests && facts.requires_test(item.condition) {
            continue;
        }
        let place = place_of_scope(facts, place, item.scope);
        let given = path.map(|path| facts.names.text(path));
        found.push(place.candidates(facts.names.text(item.name), given));
    }
    for invocation in &facts.invocations {
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
                let place = place_of_scope(facts, place, invocation.scope);
                found.push(place.candidates(facts.names.text(name.text), None));
            }
        }
    }
    found
}
