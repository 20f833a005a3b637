//! The files that declare components, with their changes.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    Input,
    edit::{self, Edit},
    list, table,
};
use crate::{
    base::files::{Entry, EntryKind, Files, ReadError},
    graph::package::Package,
    judge::{
        config::{self, File, Vocabulary, packs, written::Written},
        rules::{
            self,
            fix::{Change, Fix},
        },
    },
};

/// A file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The name: that of the configuration, or a path relative to the workspace root.
    pub file: String,
    /// The text as it is.
    pub before: String,
    /// The new text.
    pub after: String,
}

/// The files of the workspace, some of which have new texts.
pub struct Texts<'a> {
    main: &'a str,
    packages: &'a [Package],
    files: &'a dyn Files,
    /// The text of the configuration, and those of other files that change, before and after.
    texts: BTreeMap<String, (String, String)>,
}

impl Files for Texts<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.texts.get(path).filter(|_| path != self.main) {
            Some((_, text)) => Ok(text.clone().into_bytes()),
            None => self.files.read(path),
        }
    }

    fn list(&self, dir: &str) -> Result<Vec<Entry>, ReadError> {
        self.files.list(dir)
    }

    fn kind(&self, path: &str) -> Option<EntryKind> {
        self.files.kind(path)
    }
}

/// The changes of one list.
#[derive(Default)]
struct ListChange {
    gone: BTreeSet<String>,
    new: BTreeSet<String>,
}

/// The changes of lists, by component and key.
type ListChanges<'f> = BTreeMap<(&'f str, &'static str), ListChange>;

impl<'a> Texts<'a> {
    /// Creates the files of `input` without changes.
    pub fn new(input: &Input<'a>) -> Self {
        let (name, text) = (input.file.name, input.file.text.to_owned());
        let texts = BTreeMap::from([(name.to_owned(), (text.clone(), text))]);
        Self { main: name, packages: input.subject.packages, files: input.files, texts }
    }

    /// Returns the configuration.
    pub fn main(&self) -> File<'_> {
        File { name: self.main, text: self.texts.get(self.main).map_or("", |(_, text)| text) }
    }

    /// Returns the packages, with the metadata of manifests that change.
    pub fn packages(&self) -> Vec<Package> {
        let changed = |package: &Package| match self.texts.get(&config::manifest_of(package)) {
            Some((_, text)) => config::with_metadata(package, text),
            None => package.clone(),
        };
        self.packages.iter().map(changed).collect()
    }

    /// Returns the tables of the components, by their names.
    pub fn written(&self) -> BTreeMap<String, Written> {
        let (kinds, reserved) = rules::vocabulary();
        let words = Vocabulary { kinds: &kinds, reserved: &reserved };
        config::components(self.main(), self.packages, self, words)
    }

    /// Returns the files that differ from what they were.
    pub fn changed(self) -> Vec<Changed> {
        let differs = self.texts.into_iter().filter(|(_, (before, after))| before != after);
        differs.map(|(file, (before, after))| Changed { file, before, after }).collect()
    }

    /// Applies `fixes`.
    ///
    /// # Errors
    /// Returns why a fix cannot be applied.
    pub fn with(&self, fixes: &[Fix]) -> Result<Self, String> {
        let written = self.written();
        let mut edits: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
        for ((component, key), change) in lists(fixes, &written) {
            let (file, new) = self.list(&written, component, key, &change)?;
            edits.entry(file).or_default().extend(new);
        }
        for fix in fixes {
            match &fix.change {
                Change::New { .. } => {
                    let table = fix.toml().unwrap_or_default();
                    let edit = table::insert(body(self.main().text), self.main, &written, &table);
                    edits.entry(self.main.to_owned()).or_default().push(edit);
                }
                Change::Gone => self.remove(&written, &fix.component, &mut edits)?,
                Change::Add(_) | Change::Remove(_) => {}
            }
        }
        self.edited(edits)
    }

    fn edited(&self, edits: BTreeMap<String, Vec<Edit>>) -> Result<Self, String> {
        let mut texts = self.texts.clone();
        for (file, edits) in edits {
            let old = self.text(&file)?.into_owned();
            let mark = &old[..old.len() - body(&old).len()];
            let after = format!("{mark}{}", edit::apply(body(&old), edits));
            texts.entry(file).or_insert_with(|| (old.clone(), String::new())).1 = after;
        }
        Ok(Self { texts, ..*self })
    }

    /// Returns the current text of a file.
    fn text(&self, file: &str) -> Result<Cow<'_, str>, String> {
        if packs::of_file(file).is_some() {
            return Err(format!("`{file}` comes with archlint"));
        }
        match self.texts.get(file) {
            Some((_, text)) => Ok(Cow::Borrowed(text)),
            None => {
                let bytes = self.files.read(file).map_err(|why| format!("`{file}` cannot be read: {why}"))?;
                String::from_utf8(bytes).map(Cow::Owned).map_err(|_| format!("`{file}` is not valid UTF-8"))
            }
        }
    }

    /// Returns the edits of one list, and its file.
    fn list(
        &self,
        written: &BTreeMap<String, Written>,
        component: &str,
        key: &str,
        change: &ListChange,
    ) -> Result<(String, Vec<Edit>), String> {
        let entry = written.get(component).and_then(|written| written.table.get(key));
        let entry = entry.ok_or_else(|| format!("`{key}` of `{component}` is not written anywhere"))?;
        let file = entry.source.file.to_string();
        let text = self.text(&file)?;
        let edits = list::edits(body(&text), &entry.item, &change.gone, &change.new);
        Ok((file, edits))
    }

    /// Adds the edits that remove `component`.
    fn remove(
        &self,
        written: &BTreeMap<String, Written>,
        component: &str,
        edits: &mut BTreeMap<String, Vec<Edit>>,
    ) -> Result<(), String> {
        for part in written.get(component).into_iter().flat_map(|written| &written.parts) {
            let file = &*part.source.file;
            if rules::fix::is_manifest(file) {
                return Err(format!("`{file}` declares it for a package that exists"));
            }
            let text = self.text(file)?;
            let own = table::remove(body(&text), part);
            let own = own.ok_or_else(|| format!("`{file}` does not declare it in lines of their own"))?;
            edits.entry(file.to_owned()).or_default().extend(own);
        }
        Ok(())
    }
}

/// Returns the text without a byte order mark, to which all positions refer.
fn body(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Returns the changes of lists: those of `fixes`, and the names of components that go.
fn lists<'f>(fixes: &'f [Fix], written: &'f BTreeMap<String, Written>) -> ListChanges<'f> {
    let mut lists = ListChanges::new();
    let is_gone = |fix: &&Fix| fix.change == Change::Gone;
    let gone: BTreeSet<&str> = fixes.iter().filter(is_gone).map(|fix| fix.component.as_str()).collect();
    for fix in fixes {
        match &fix.change {
            Change::Add(entry) => {
                lists.entry((&fix.component, entry.key)).or_default().new.insert(entry.value.clone());
            }
            Change::Remove(entry) => {
                lists.entry((&fix.component, entry.key)).or_default().gone.insert(entry.value.clone());
            }
            Change::New { .. } | Change::Gone => {}
        }
    }
    for (name, written) in written.iter().filter(|_| !gone.is_empty()) {
        for key in ["depends-on", "visible-to"] {
            let Some(entry) = written.table.get(key) else { continue };
            let named = entry.item.strings().filter(|name| gone.contains(name)).map(str::to_owned);
            let named: BTreeSet<String> = named.collect();
            if !named.is_empty() {
                lists.entry((name, key)).or_default().gone.extend(named);
            }
        }
    }
    lists.retain(|(component, _), _| !gone.contains(component));
    lists
}
