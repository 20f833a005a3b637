//! The resolution of `extends`: packs by name, files by path, and the packs and files that those
//! extend in turn.
//!
//! Each file is read once, and comes after every file that it extends, in the order of the lists;
//! the configuration itself comes last. A path is relative to the file that names it, and stays
//! inside the workspace. Nothing recurses.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use super::{
    File, Vocabulary, document,
    packs::{self, PACKS},
    raw::Document,
    source::Source,
    value,
};
use crate::base::{
    codes,
    diagnostic::Diagnostic,
    files::Files,
    path,
    place::{Located, Place},
    suggest,
};

/// The maximum number of files in one configuration.
const MOST: usize = 1000;

/// A pack or file that the configuration extends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The name of the file: a path, or `pack:` and a pack's name.
    pub file: Arc<str>,
    /// The first place that names the file.
    pub place: Place,
}

/// All files of a configuration.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The tables of each file, in the order in which they change each other.
    pub documents: Vec<Document>,
    /// The packs and files that the configuration extends, in the order in which they are first
    /// named.
    pub extensions: Vec<Extension>,
}

/// A file that is complete only after the files that it extends.
struct Open {
    file: Arc<str>,
    document: Document,
    /// The entries of `extends` that are not resolved yet.
    waiting: VecDeque<Located<String>>,
}

/// Reads `main` and everything that it extends.
pub fn load(
    main: File<'_>,
    files: &dyn Files,
    words: Vocabulary<'_>,
    errors: &mut Vec<Diagnostic>,
) -> Loaded {
    let mut loaded = Loaded::default();
    let mut stack = vec![open(main, words, errors)];
    // Whether each file is complete. An incomplete file is on the stack, so extending it is a
    // cycle.
    let mut finished: BTreeMap<Arc<str>, bool> = BTreeMap::from([(stack[0].file.clone(), false)]);
    while let Some(top) = stack.last_mut() {
        let Some(entry) = top.waiting.pop_front() else {
            finished.insert(top.file.clone(), true);
            loaded.documents.extend(stack.pop().map(|done| done.document));
            continue;
        };
        let found = find(&entry, &top.file).and_then(|name| match finished.get(name.as_str()) {
            Some(true) => Ok(None),
            Some(false) => Err(cycle(&name, &stack)),
            None if finished.len() > MOST => Err(error(format!("a configuration has at most {MOST} files"))),
            None => read(&name, files).map(|text| Some((name, text))),
        });
        match found {
            Ok(None) => {}
            Ok(Some((name, text))) => {
                let next = open(File { name: &name, text: &text }, words, errors);
                finished.insert(next.file.clone(), false);
                loaded.extensions.push(Extension { file: next.file.clone(), place: entry.place });
                stack.push(next);
            }
            Err(error) => errors.push(entry.place.say(error)),
        }
    }
    loaded
}

fn open(file: File<'_>, words: Vocabulary<'_>, errors: &mut Vec<Diagnostic>) -> Open {
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(file.text);
    let source = Source::new(file.name, text);
    let (table, syntax) = value::parse_toml(&source, text);
    errors.extend(syntax);
    let document = document::split(table, &source, words, errors);
    let waiting = document.extends.iter().cloned().collect();
    Open { file: source.file, document, waiting }
}

fn error(message: String) -> Diagnostic {
    Diagnostic::error(codes::EXTENDS, message)
}

/// Returns the name of the file that `entry`, written in `file`, refers to.
fn find(entry: &Located<String>, file: &str) -> Result<String, Diagnostic> {
    let text = entry.value.as_str();
    if !text.contains('/') && !text.ends_with(".toml") {
        return packs::find(text).map(|pack| packs::file_name(pack.name)).ok_or_else(|| unknown_pack(text));
    }
    if packs::of_file(file).is_some() {
        return Err(error("a pack extends packs only".to_owned()));
    }
    let path = path::join(path::split(file).0, text);
    if path::escapes(&path) || path::escapes(file) {
        let error = error(format!("`{text}` leads out of the workspace; it is not read"));
        return Err(error.help("extend packs, and files inside the workspace"));
    }
    Ok(path)
}

fn unknown_pack(name: &str) -> Diagnostic {
    let known: Vec<&str> = PACKS.iter().map(|pack| pack.name).collect();
    let mut error = Diagnostic::error(codes::UNKNOWN_PACK, format!("there is no pack `{name}`"));
    error.help =
        suggest::help(name, known).map(|help| format!("{help}; a file is a path that ends in `.toml`"));
    error
}

fn read(name: &str, files: &dyn Files) -> Result<String, Diagnostic> {
    if let Some(pack) = packs::of_file(name) {
        return Ok(pack.text.to_owned());
    }
    let bytes = files.read(name).map_err(|cause| {
        let mut error = error(format!("`{name}` cannot be read: {cause}"));
        error.help = suggestion(name, files);
        error
    })?;
    String::from_utf8(bytes).map_err(|_| error(format!("`{name}` is not valid UTF-8")))
}

/// Returns a suggestion for the missing file `name`: a similar name in its folder.
fn suggestion(name: &str, files: &dyn Files) -> Option<String> {
    let (dir, file) = path::split(name);
    let entries = files.list(dir).ok()?;
    let close = suggest::closest(file, entries.iter().map(|e| e.name.as_str()))?;
    Some(format!("did you mean `{}`?", path::join(dir, close)))
}

/// Returns the error for extending `name`, which is on the stack.
fn cycle(name: &str, stack: &[Open]) -> Diagnostic {
    let open = stack.iter().map(|o| &*o.file).skip_while(|file| *file != name);
    let way: Vec<String> = open.chain([name]).map(|file| format!("`{file}`")).collect();
    Diagnostic::error(codes::EXTENDS_CYCLE, format!("`{name}` extends itself: {}", way.join(" → ")))
        .help("remove one of these `extends`, or move the shared rules to another file")
}
