//! A file's text without the bodies of its functions and without its comments.
//!
//! Most of a file is inside functions, and the parser's tree holds far more than the paths and
//! scopes that the facts need. So the parser is given the skeleton, and
//! [`crate::rust::facts::body`] walks the bodies. Every remaining token keeps its line and column:
//! a gap keeps its line ends and, if more text follows on a line, as many spaces as it had
//! characters.

use crate::base::span::Position;

use super::{Body, Source};

/// The skeleton of a file.
pub struct Skeleton {
    /// The text of the skeleton.
    pub text: String,
    /// The position of the opening brace of each body that was left out, in the order of
    /// [`Source::bodies`].
    pub braces: Vec<Position>,
}

/// Leaves out the bodies and comments of `source`.
pub fn skeleton(source: &Source) -> Skeleton {
    let mut builder = Builder {
        source: &source.text,
        text: String::with_capacity(source.text.len() / 2),
        at: 0,
        line: 1,
        columns: 0,
        counted: 0,
        braces: Vec::with_capacity(source.bodies.len()),
    };
    let mut gaps = source.gaps.iter().copied().peekable();
    for body in &source.bodies {
        while let Some((start, end)) = gaps.next_if(|gap| gap.0 < body.start) {
            builder.leave_out(start, end);
        }
        builder.body(*body);
    }
    gaps.for_each(|(start, end)| builder.leave_out(start, end));
    builder.keep(source.text.len());
    Skeleton { text: builder.text, braces: builder.braces }
}

struct Builder<'s> {
    source: &'s str,
    text: String,
    /// The number of bytes of the source that have been processed.
    at: usize,
    /// The line that the end of `text` is on.
    line: u32,
    /// The number of characters of that line, up to byte `counted` of `text`.
    columns: u32,
    counted: usize,
    braces: Vec<Position>,
}

impl Builder<'_> {
    fn keep(&mut self, to: usize) {
        let kept = &self.source[self.at..to];
        self.line += memchr::memchr_iter(b'\n', kept.as_bytes()).count() as u32;
        self.text.push_str(kept);
        self.at = to;
    }

    fn leave_out(&mut self, start: usize, end: usize) {
        self.keep(start);
        let gap = &self.source[start..end];
        let lines = memchr::memchr_iter(b'\n', gap.as_bytes()).count();
        self.text.extend(std::iter::repeat_n('\n', lines));
        self.line += lines as u32;
        self.at = end;
        if !matches!(self.source.as_bytes().get(end), None | Some(b'\n')) {
            let last = memchr::memrchr(b'\n', gap.as_bytes()).map_or(gap, |at| &gap[at + 1..]);
            self.text.extend(std::iter::repeat_n(' ', last.chars().count()));
        }
    }

    /// The column of the end of the text. Only what was added since the last call is read: a file with
    /// thousands of bodies may be one line.
    fn column(&mut self) -> u32 {
        let mut new = &self.text[self.counted..];
        if let Some(end) = memchr::memrchr(b'\n', new.as_bytes()) {
            (new, self.columns) = (&new[end + 1..], 0);
        }
        self.columns += new.chars().count() as u32;
        self.counted = self.text.len();
        self.columns + 1
    }

    /// Leaves out the text between the braces of a body.
    fn body(&mut self, body: Body) {
        self.keep(body.start);
        let column = self.column();
        self.braces.push(Position { line: self.line, column });
        self.leave_out(body.start + 1, body.end - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::facts::source::prepare;

    fn written(text: &str) -> (String, Vec<(u32, u32)>) {
        let skeleton = skeleton(&prepare(text.as_bytes().to_vec()).unwrap());
        (skeleton.text, skeleton.braces.iter().map(|p| (p.line, p.column)).collect())
    }

    #[test]
    fn bodies_and_comments_leave_their_lines_and_columns() {
        let text = "/* é */ fn f() { \"é}\" } // c\nimpl A {\n  /// d\n  fn g(&self) -> B<{ 1 }> {\n    h();\n  } x}";
        let (skeleton, braces) = written(text);
        assert_eq!(
            skeleton,
            "        fn f() {      } \nimpl A {\n  \n  fn g(&self) -> B<{   }> {\n    h();\n  } x}"
        );
        assert_eq!(braces, [(1, 16), (4, 20)]);
    }

    #[test]
    fn macros_attributes_and_functions_without_a_body_are_kept() {
        for kept in [
            "macro_rules! m { () => { fn f() { a } } }",
            "m! { fn f() { a } }",
            "#[a(fn f() { b })] struct S;",
            "trait T { fn f(); const C: fn() = { a }; }",
            "fn f() {} fn g() { \n }",
        ] {
            assert_eq!(written(kept), (kept.to_owned(), vec![]));
        }
    }
}
