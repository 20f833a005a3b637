//! The source lines that the page shows; each distinct text is stored once.

use std::{collections::BTreeMap, fmt};

use rustc_hash::FxHashMap;

use super::format;
use crate::{graph::Graph, render::report::Sources};

/// The length of the longest line, in bytes, that is shown: longer lines were not written by hand.
const MAX_LINE: usize = 1_000;

/// Source lines by file and number. A line that is too long or does not exist has no excerpt, but
/// its file is still listed.
pub(super) struct Excerpts<'a> {
    sources: &'a Sources<'a>,
    /// All files by name: those of the graph come first, in its numbering.
    files: Vec<String>,
    numbers: BTreeMap<String, u32>,
    /// The lines of each file: the index of the text, and the number of whitespace characters
    /// before it.
    lines: Vec<BTreeMap<u32, Option<(u32, u32)>>>,
    texts: Vec<String>,
    known: FxHashMap<String, u32>,
}

impl<'a> Excerpts<'a> {
    /// Creates a list of the files of `graph`, without lines.
    pub(super) fn new(graph: &Graph, sources: &'a Sources<'a>) -> Self {
        let files: Vec<String> = graph.files.iter().cloned().collect();
        let numbers = (0u32..).zip(&files).map(|(at, name)| (name.clone(), at)).collect();
        let lines = vec![BTreeMap::new(); files.len()];
        Self { sources, files, numbers, lines, texts: Vec::new(), known: FxHashMap::default() }
    }

    /// Adds a line of `file`, and returns the number of the file.
    pub(super) fn add(&mut self, file: &str, line: u32) -> u32 {
        let at = self.file(file);
        if line > 0 && !self.lines[at as usize].contains_key(&line) {
            let found = self.read(file, line);
            self.lines[at as usize].insert(line, found);
        }
        at
    }

    fn file(&mut self, name: &str) -> u32 {
        if let Some(&at) = self.numbers.get(name) {
            return at;
        }
        let at = self.files.len() as u32;
        self.numbers.insert(name.to_owned(), at);
        self.files.push(name.to_owned());
        self.lines.push(BTreeMap::new());
        at
    }

    fn read(&mut self, file: &str, line: u32) -> Option<(u32, u32)> {
        let source = self.sources.file(file)?;
        let text = source.line(line).filter(|text| text.len() <= MAX_LINE)?;
        let shown = text.trim();
        let blank = text.chars().take_while(|c| c.is_whitespace()).count();
        let at = match self.known.get(shown) {
            Some(&at) => at,
            None => {
                let at = self.texts.len() as u32;
                self.texts.push(shown.to_owned());
                self.known.insert(shown.to_owned(), at);
                at
            }
        };
        Some((at, blank as u32))
    }

    /// Returns the files and lines that were added.
    pub(super) fn columns(&self) -> format::Excerpts<'_> {
        let files = self.files.iter().zip(&self.lines).map(|(name, lines)| file(name, lines));
        format::Excerpts { files: files.collect(), texts: &self.texts }
    }
}

fn file<'n>(name: &'n str, lines: &BTreeMap<u32, Option<(u32, u32)>>) -> format::File<'n> {
    let mut file = format::File { name, line: Vec::new(), text: Vec::new(), indent: Vec::new() };
    let mut before = 0;
    for (line, found) in lines {
        if let Some((text, indent)) = found {
            file.line.push(line - before);
            file.text.push(*text);
            file.indent.push(*indent);
            before = *line;
        }
    }
    file
}

impl fmt::Debug for Excerpts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Excerpts").field("texts", &self.texts.len()).finish_non_exhaustive()
    }
}
