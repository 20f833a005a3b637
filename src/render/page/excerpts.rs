//! The source lines that the page shows, each text once.

use std::{collections::BTreeMap, fmt};

use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{graph::Graph, render::report::Sources};

/// The longest line, in bytes, that is shown: longer ones were not written by hand.
const MAX_LINE: usize = 1_000;

/// Source lines by file and number. Lines that are too long, or not there, are left out; their places are named all the same.
pub(super) struct Excerpts<'a> {
    sources: &'a Sources<'a>,
    /// All files by name: those of the graph first, as it numbers them.
    files: Vec<String>,
    numbers: BTreeMap<String, usize>,
    /// For each file its lines: the text and how many blank characters stand before it.
    lines: Vec<BTreeMap<u32, Option<(u32, u32)>>>,
    texts: Vec<String>,
    known: FxHashMap<String, u32>,
}

impl<'a> Excerpts<'a> {
    /// The files of `graph`, none of their lines yet.
    pub(super) fn new(graph: &Graph, sources: &'a Sources<'a>) -> Self {
        let files: Vec<String> = graph.files.iter().cloned().collect();
        let numbers = files.iter().enumerate().map(|(at, name)| (name.clone(), at)).collect();
        let lines = vec![BTreeMap::new(); files.len()];
        Self { sources, files, numbers, lines, texts: Vec::new(), known: FxHashMap::default() }
    }

    /// Adds a line of `file`, whose number it returns.
    pub(super) fn add(&mut self, file: &str, line: u32) -> usize {
        let at = self.file(file);
        if line > 0 && !self.lines[at].contains_key(&line) {
            let found = self.read(file, line);
            self.lines[at].insert(line, found);
        }
        at
    }

    fn file(&mut self, name: &str) -> usize {
        if let Some(&at) = self.numbers.get(name) {
            return at;
        }
        self.numbers.insert(name.to_owned(), self.files.len());
        self.files.push(name.to_owned());
        self.lines.push(BTreeMap::new());
        self.files.len() - 1
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

    /// The lines of a file as a row of numbers: line less the one before, text, blank characters before it.
    fn row(lines: &BTreeMap<u32, Option<(u32, u32)>>) -> Vec<u32> {
        let mut before = 0;
        let mut row = Vec::with_capacity(lines.len() * 3);
        for (line, found) in lines {
            if let Some((text, blank)) = found {
                row.extend([line - before, *text, *blank]);
                before = *line;
            }
        }
        row
    }
}

impl Serialize for Excerpts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Excerpts", 3)?;
        out.serialize_field("files", &self.files)?;
        out.serialize_field("lines", &self.lines.iter().map(Self::row).collect::<Vec<_>>())?;
        out.serialize_field("texts", &self.texts)?;
        out.end()
    }
}

impl fmt::Debug for Excerpts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Excerpts").field("texts", &self.texts.len()).finish_non_exhaustive()
    }
}
