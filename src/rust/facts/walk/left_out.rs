//! The bodies of functions that are left out of the tree.

use crate::{
    base::span::Position,
    rust::facts::{
        model::code::ExprId,
        origins::place,
        source::{Body, Source},
    },
};

use super::Extractor;

/// Reads one body, given the text of the file, the range of the body in it, and the position of its
/// opening brace. Returns the body as code; `None` if the text is not that of a body.
pub type Reader = fn(&mut Extractor<'_>, &str, Body, Position) -> Option<ExprId>;

/// The bodies that are not in the tree.
pub struct LeftOut<'s> {
    text: &'s str,
    bodies: &'s [Body],
    braces: Vec<Position>,
    reader: Reader,
    /// Whether a body is being read. Blocks inside it are not bodies of their own.
    is_reading: bool,
    /// The number of bodies that the walk came across.
    read: usize,
    /// Whether the reader refused a body.
    refused: bool,
    pub parsed: Parsed,
}

/// The number of bytes of left-out bodies that `syn` parsed after all. A test bounds it.
#[derive(Debug, Default, Clone, Copy)]
pub struct Parsed {
    /// Bytes of whole bodies.
    pub bodies: usize,
    /// Bytes of macro arguments in other bodies.
    pub arguments: usize,
    /// Bytes of items, and of statements with attributes, in other bodies.
    pub items: usize,
}

impl<'s> LeftOut<'s> {
    /// The bodies of `source`, with the positions of their braces.
    pub fn new(source: &'s Source, braces: Vec<Position>, reader: Reader) -> Self {
        let (text, bodies) = (&source.text, &source.bodies);
        let parsed = Parsed::default();
        Self { text, bodies, braces, reader, is_reading: false, read: 0, refused: false, parsed }
    }

    /// Whether the facts of all bodies were gathered.
    pub fn are_all_read(&self) -> bool {
        self.read == self.bodies.len() && !self.refused
    }
}

impl Extractor<'_> {
    /// Reads the body that was left out of a block of the tree. `None` if the block is no such
    /// body.
    pub fn left_out(&mut self, block: &syn::Block) -> Option<ExprId> {
        if !block.stmts.is_empty() {
            return None;
        }
        let bodies = self.bodies.as_mut().filter(|bodies| !bodies.is_reading)?;
        let brace = place(block.brace_token.span.open().start());
        let index = bodies.braces.binary_search(&brace).ok()?;
        bodies.is_reading = true;
        let (text, body, reader) = (bodies.text, bodies.bodies[index], bodies.reader);
        let read = reader(self, text, body, brace);
        if let Some(bodies) = &mut self.bodies {
            bodies.is_reading = false;
            bodies.read += 1;
            bodies.refused |= read.is_none();
        }
        Some(read.unwrap_or_else(|| self.empty_block()))
    }

    /// Adds to the number of bytes that `syn` parsed.
    pub fn count_parsed(&mut self, count: impl FnOnce(&mut Parsed)) {
        if let Some(bodies) = &mut self.bodies {
            count(&mut bodies.parsed);
        }
    }
}
