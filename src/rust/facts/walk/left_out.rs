//! The bodies of functions that are left out of the tree.

use crate::{
    base::span::Position,
    rust::facts::{
        origins::place,
        source::{Body, Source},
    },
};

use super::Extractor;

/// Reads one body: its text is that range of the file's, and its brace stands at that position.
/// Returns whether the text is that of a body.
pub type Reader = fn(&mut Extractor<'_>, &str, Body, Position) -> bool;

/// The bodies that are not in the tree.
pub struct LeftOut<'s> {
    text: &'s str,
    bodies: &'s [Body],
    braces: Vec<Position>,
    reader: Reader,
    /// Whether one of them is being read: the blocks inside it are no bodies of their own.
    is_reading: bool,
    /// The number of them that the walk came across.
    read: usize,
    /// Whether the reader refused one.
    refused: bool,
    pub parsed: Parsed,
}

/// The number of bytes of left out bodies that `syn` parsed after all. A test keeps it low.
#[derive(Debug, Default, Clone, Copy)]
pub struct Parsed {
    /// Of whole bodies.
    pub bodies: usize,
    /// Of macros' arguments in the others.
    pub arguments: usize,
    /// Of items, and statements with attributes, in the others.
    pub items: usize,
}

impl<'s> LeftOut<'s> {
    /// The bodies of `source`, with the places of their braces.
    pub fn new(source: &'s Source, braces: Vec<Position>, reader: Reader) -> Self {
        let (text, bodies) = (&source.text, &source.bodies);
        let parsed = Parsed::default();
        Self { text, bodies, braces, reader, is_reading: false, read: 0, refused: false, parsed }
    }

    /// Whether the facts of all of them were gathered.
    pub fn are_all_read(&self) -> bool {
        self.read == self.bodies.len() && !self.refused
    }
}

impl Extractor<'_> {
    /// Reads the body that was left out of a block of the tree, if it is one of those.
    pub fn left_out(&mut self, block: &syn::Block) -> bool {
        if !block.stmts.is_empty() {
            return false;
        }
        let Some(bodies) = self.bodies.as_mut().filter(|bodies| !bodies.is_reading) else { return false };
        let brace = place(block.brace_token.span.open().start());
        let Ok(index) = bodies.braces.binary_search(&brace) else { return false };
        bodies.is_reading = true;
        let (text, body, reader) = (bodies.text, bodies.bodies[index], bodies.reader);
        let is_body = reader(self, text, body, brace);
        if let Some(bodies) = &mut self.bodies {
            bodies.is_reading = false;
            bodies.read += 1;
            bodies.refused |= !is_body;
        }
        true
    }

    /// Counts text of bodies that `syn` parsed.
    pub fn count_parsed(&mut self, count: impl FnOnce(&mut Parsed)) {
        if let Some(bodies) = &mut self.bodies {
            count(&mut bodies.parsed);
        }
    }
}
