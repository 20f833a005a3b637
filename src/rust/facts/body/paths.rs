//! Paths. A path is read to its end and recorded as a reference; then its generic arguments are
//! walked.

use std::ops::Range;

use smallvec::SmallVec;

use crate::{
    base::span::Span,
    rust::facts::{
        Namespaces, Path, PathStart, ReferenceKind, Type,
        model::code::{PathId, TypeForm, TypeId},
        walk::code::PathNames,
    },
};

use super::{LexemeKind, Unsure, Walked, Walker, Word};

/// The deepest nesting of angle brackets. It is bounded because each level is passed over once for
/// every level around it.
const DEEPEST_ANGLES: usize = 24;

/// A path as written in the text.
pub struct WrittenPath {
    pub global: bool,
    pub segments: SmallVec<[Segment; 6]>,
    /// The token after the path.
    pub end: usize,
}

/// A segment: its token, the `<` of its arguments, and the token after their `>`.
#[derive(Clone, Copy)]
pub struct Segment {
    pub token: usize,
    pub arguments: Option<(usize, usize)>,
}

/// Whether a path's generic arguments need a `::` before them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Expression,
    Type,
}

impl WrittenPath {
    pub fn has_no_arguments(&self) -> bool {
        self.segments.iter().all(|segment| segment.arguments.is_none())
    }

    /// The only token of a path that is a plain name.
    pub fn single(&self) -> Option<usize> {
        match (self.global, &self.segments[..]) {
            (false, [Segment { token, arguments: None }]) => Some(*token),
            _ => None,
        }
    }
}

impl Walker<'_, '_> {
    /// Whether a path may start here. A path that starts with `<` is not considered.
    pub fn is_path(&self) -> bool {
        match self.kind() {
            LexemeKind::Ident => true,
            LexemeKind::Word(word) => is_path_word(word),
            _ => self.is_punct(b"::"),
        }
    }

    /// Passes over a path.
    pub fn read_path(&mut self, style: Style) -> Walked<WrittenPath> {
        let global = self.take_punct(b"::");
        let mut path = WrittenPath { global, segments: SmallVec::new(), end: 0 };
        self.read_segments(style, &mut path)?;
        path.end = self.at;
        Ok(path)
    }

    fn read_segments(&mut self, style: Style, path: &mut WrittenPath) -> Walked {
        loop {
            let segment = self.read_segment(style)?;
            path.segments.push(segment);
            if !self.is_punct(b"::") || self.kind_at(self.at + 2) == LexemeKind::Open(b'(') {
                return Ok(());
            }
            self.at += 2;
        }
    }

    fn read_segment(&mut self, style: Style) -> Walked<Segment> {
        let token = self.at;
        let may_have_arguments = match self.kind() {
            LexemeKind::Ident | LexemeKind::Word(Word::SelfType) => true,
            LexemeKind::Word(word) if is_path_word(word) => false,
            _ => return Err(Unsure),
        };
        self.at += 1;
        let angle = if may_have_arguments { self.angle(style) } else { None };
        let arguments = match angle {
            Some(angle) => Some((angle, self.behind_angles(angle)?)),
            None => None,
        };
        self.at = arguments.map_or(self.at, |(_, behind)| behind);
        Ok(Segment { token, arguments })
    }

    /// The `<` of the generic arguments that start here, if any do.
    fn angle(&self, style: Style) -> Option<usize> {
        let is_plain = || self.is_punct(b"<") && !self.is_punct(b"<=") && !self.is_punct(b"<<=");
        if self.is_punct(b"::") && self.is_punct_at(self.at + 2, b"<") {
            Some(self.at + 2)
        } else {
            (style == Style::Type && is_plain()).then_some(self.at)
        }
    }

    /// The token after the `>` that matches the `<` at `at`.
    fn behind_angles(&self, mut at: usize) -> Walked<usize> {
        let mut depth = 0;
        loop {
            match self.kind_at(at) {
                LexemeKind::Open(_) => at = self.partner(at),
                LexemeKind::Close(_) | LexemeKind::End | LexemeKind::Punct(b';', _) => return Err(Unsure),
                LexemeKind::Punct(b'<', _) if depth == DEEPEST_ANGLES => return Err(Unsure),
                LexemeKind::Punct(b'<', _) => depth += 1,
                LexemeKind::Punct(b'-' | b'=', true) if self.is_punct_at(at + 1, b">") => at += 1,
                LexemeKind::Punct(b'>', _) => depth -= 1,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                return Ok(at);
            }
        }
    }

    /// Records the reference that a path makes, and walks its generic arguments.
    pub fn path(&mut self, path: &WrittenPath, namespaces: Namespaces) -> Walked<PathId> {
        let names = self.reference(path, namespaces);
        let first = self.ex.entries.len();
        self.path_arguments(path, 0..path.segments.len(), &names)?;
        Ok(self.ex.new_path(names, first))
    }

    /// Records the reference that a path makes. Returns the names.
    pub fn reference(&mut self, path: &WrittenPath, namespaces: Namespaces) -> PathNames {
        if path.segments.len() > 1 && !path.global && !self.was_read(path, path.segments.len()) {
            self.associated_path(path);
        }
        self.plain_path(path, path.segments.len(), namespaces, ReferenceKind::Path);
        self.names(path, 0..path.segments.len())
    }

    /// The names of some segments.
    pub fn names(&mut self, path: &WrittenPath, range: Range<usize>) -> PathNames {
        let mut names = self.ex.start_names(path.global && range.start == 0);
        for segment in &path.segments[range] {
            let name = self.name(segment.token);
            self.ex.add_name(&mut names, name);
        }
        names
    }

    /// `Self::Item` or `T::new`, where the file decides what `Self` or `T` is.
    pub fn associated_path(&mut self, path: &WrittenPath) {
        let head = self.name(path.segments[0].token);
        if let Some(subject) = self.ex.known_subject(head) {
            let (item, span) = (self.name(path.segments[1].token), self.path_span(path, 2));
            self.ex.associated_reference(subject, item, span);
        }
    }

    /// Records the reference of the first `count` segments, if they may name an item. Returns the
    /// number of the reference.
    pub fn plain_path(
        &mut self,
        path: &WrittenPath,
        count: usize,
        namespaces: Namespaces,
        kind: ReferenceKind,
    ) -> Option<u32> {
        if !matches!(kind, ReferenceKind::Macro(_)) && self.was_read(path, count) {
            return None;
        }
        let first = self.ex.facts.segments.len();
        let start = self.append(path, count)?;
        let (plain, kind) = self.ex.settle(start, first, namespaces, kind)?;
        self.ex.reference(plain, self.path_span(path, count), namespaces, kind)
    }

    /// Whether the first `count` segments come from the arguments alone, as
    /// [`Extractor::was_read`] says.
    ///
    /// [`Extractor::was_read`]: crate::rust::facts::walk::Extractor::was_read
    fn was_read(&self, path: &WrittenPath, count: usize) -> bool {
        self.ex.here.is_code && {
            let mut segments = path.segments[..count].iter().enumerate();
            segments.all(|(at, segment)| {
                let is_separated = at > 0 && self.span(segment.token - 1).is_nowhere();
                !is_separated && !self.span(segment.token).is_nowhere()
            })
        }
    }

    /// Appends the plain segments among the first `count`, as [`Extractor::segments`] does.
    fn append(&mut self, path: &WrittenPath, count: usize) -> Option<PathStart> {
        let mut appended = self.ex.start_path(path.global);
        for segment in &path.segments[..count] {
            let name = self.name(segment.token);
            self.ex.add_segment(&mut appended, name)?;
        }
        self.ex.end_path(&appended)
    }

    pub fn path_span(&self, path: &WrittenPath, count: usize) -> Span {
        Span::of_all(path.segments[..count].iter().map(|segment| self.span(segment.token)))
    }

    /// Walks the generic arguments of some segments of a path that was passed over, and ends after
    /// it.
    pub fn path_arguments(&mut self, path: &WrittenPath, range: Range<usize>, names: &PathNames) -> Walked {
        for index in range.clone() {
            let Some((angle, behind)) = path.segments[index].arguments else { continue };
            self.at = angle;
            let (arguments, constrained) = self.generic_arguments()?;
            self.expect(self.at == behind, 0)?;
            self.ex.add_arguments(names, index - range.start, arguments);
            self.constraints(path, index + 1, &constrained);
        }
        self.at = path.end;
        Ok(())
    }

    /// `Iterator<Item = T>`: the items that generic arguments constrain are items of the trait.
    fn constraints(&mut self, path: &WrittenPath, count: usize, constrained: &[usize]) {
        for &token in constrained {
            let Some(bound) = self.bare_path(path, count) else { continue };
            let (name, span) = (self.name(token), self.span(token));
            self.ex.constrained_item(bound, name, span);
        }
    }

    pub fn bare_path(&mut self, path: &WrittenPath, count: usize) -> Option<Path> {
        let first = self.ex.facts.segments.len();
        let start = self.append(path, count)?;
        Some(Path { start, first: first as u32, len: (self.ex.facts.segments.len() - first) as u16 })
    }

    /// `<T as Trait>::Item`: walks the type, records the reference, and walks the arguments.
    pub fn qualified_path(&mut self, style: Style) -> Walked<TypeId> {
        self.expect_punct(b"<")?;
        let start = self.at;
        let code_type = self.type_(true)?;
        let end = self.at;
        let mut path = WrittenPath { global: true, segments: SmallVec::new(), end: 0 };
        if self.take_word(Word::As) {
            path = self.read_path(Style::Type)?;
        }
        let count = path.segments.len();
        self.expect_punct(b">")?;
        self.expect_punct(b"::")?;
        self.read_qualified_rest(style, &mut path)?;
        path.end = self.at;
        let of_trait = self.named_trait(&path, count);
        let ty = self.type_between(start, end)?;
        let (item, span) = (self.name(path.segments[count].token), self.path_span(&path, count + 1));
        self.ex.qualified_item(ty, of_trait, count > 0, item, span);
        let mut trait_type = None;
        if count > 0 {
            let path = self.part(&path, 0..count)?;
            trait_type = Some(self.ex.new_type(TypeForm::Path(path)));
        }
        let rest = self.part(&path, count..path.segments.len())?;
        Ok(self.ex.new_type(TypeForm::Qualified { ty: code_type, of_trait: trait_type, rest }))
    }

    /// Records the reference to the trait of a path that starts with `<T as Trait>`.
    fn named_trait(&mut self, path: &WrittenPath, count: usize) -> Option<Path> {
        if count == 0 {
            return None;
        }
        let number = self.plain_path(path, count, Namespaces::TYPES, ReferenceKind::Path)?;
        // The reference spans the whole path, which ends with the item.
        let whole = self.path_span(path, path.segments.len());
        let named = &mut self.ex.facts.references[number as usize];
        named.span = whole;
        Some(named.path)
    }

    /// Walks the generic arguments of some segments, and adds the path of these.
    fn part(&mut self, path: &WrittenPath, range: Range<usize>) -> Walked<PathId> {
        let mut names = self.names(path, range.clone());
        if range.end == path.segments.len() {
            names.start = PathStart::Plain; // the colons of `<T>::item` are no start
        }
        let first = self.ex.entries.len();
        self.path_arguments(path, range, &names)?;
        Ok(self.ex.new_path(names, first))
    }

    /// The type of the tokens from `start` to before `end`, which were walked. The parser reads the
    /// body where this is none of the usual.
    fn type_between(&mut self, start: usize, end: usize) -> Walked<Type> {
        let behind = std::mem::replace(&mut self.at, start);
        let ty = match self.kind() {
            LexemeKind::Punct(b'<', _) | LexemeKind::Word(Word::Underscore) => Type::Other,
            _ if self.is_path() => self.type_of_path(end)?,
            _ => return Err(Unsure),
        };
        self.at = behind;
        Ok(ty)
    }

    fn type_of_path(&mut self, end: usize) -> Walked<Type> {
        let path = self.read_path(Style::Type)?;
        if path.end != end {
            return Ok(Type::Other); // a macro's invocation
        }
        if !path.global {
            let head = self.name(path.segments[0].token);
            if let Some(known) = self.ex.type_known(head, path.segments.len()) {
                return Ok(known);
            }
        }
        Ok(self.bare_path(&path, path.segments.len()).map_or(Type::Other, Type::Path))
    }

    fn read_qualified_rest(&mut self, style: Style, path: &mut WrittenPath) -> Walked {
        loop {
            let segment = self.read_segment(style)?;
            path.segments.push(segment);
            if !self.take_punct(b"::") {
                return Ok(());
            }
        }
    }
}

fn is_path_word(word: Word) -> bool {
    matches!(word, Word::SelfValue | Word::SelfType | Word::Super | Word::Crate)
}
