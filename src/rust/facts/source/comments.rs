//! Comments: recorded if they may hold a directive to archlint, and hidden from the parser unless a
//! macro receives them.

use super::{Comment, CommentKind, scan::Scan};

impl Scan<'_> {
    /// Records a comment. `is_gap` says whether the comment may be left out.
    fn comment(&mut self, start: usize, kind: CommentKind, is_gap: bool) {
        let end = self.at.min(self.bytes.len());
        // `(/*ERROR*/)` is rustc's output for an expression that it could not expand. `proc_macro2`
        // reads it as a literal.
        let is_gap = is_gap && &self.bytes[start..end] != b"/*ERROR*/";
        if is_gap && !self.functions.is_body() {
            self.gaps.push((start, end));
        }
        if let Some(comments) = &mut self.comments {
            comments.push(Comment { start, end, kind });
        }
    }

    pub fn line_comment(&mut self) {
        let start = self.at;
        let is_doc = matches!(self.peek(2), b'/' | b'!');
        let is_kept = is_doc && self.peek(3) != b'/' && self.keeps_doc();
        if is_doc && !is_kept {
            self.bytes[self.at + 2] = b' ';
        }
        self.at = memchr::memchr(b'\n', &self.bytes[self.at..]).map_or(self.bytes.len(), |n| self.at + n);
        if is_kept {
            self.shorten_doc(start);
        }
        self.comment(start, if is_doc { CommentKind::Doc } else { CommentKind::Line }, !is_kept);
    }

    /// Whether the doc comment here is passed on to a macro. If so, it counts as the token that
    /// starts an attribute.
    fn keeps_doc(&mut self) -> bool {
        if let Some(docs) = &mut self.docs {
            docs.push(self.at);
            self.token(true);
            return true;
        }
        let is_kept = self.functions.is_macro() && self.kept_doc != Some(self.tokens.all);
        if is_kept {
            self.token(true);
            self.kept_doc = Some(self.tokens.all);
        }
        is_kept
    }

    /// Replaces a line of documentation by `/** */`, and one about the enclosing item by `/*! */`.
    fn shorten_doc(&mut self, start: usize) {
        let line = &mut self.bytes[start..self.at];
        // If comments may hold directives, their text is kept, since it shows which of them do.
        if self.comments.is_some() || self.docs.is_some() || line.len() < b"/** */".len() {
            return;
        }
        let third = if line[2] == b'!' { b'!' } else { b'*' };
        line.fill(b' ');
        line[..6].copy_from_slice(&[b'/', b'*', third, b' ', b'*', b'/']);
    }

    pub fn block_comment(&mut self) {
        let start = self.at;
        let is_doc = self.peek(2) == b'!' || (self.peek(2) == b'*' && self.peek(3) != b'/');
        let is_kept = is_doc && (self.peek(2) == b'!' || self.peek(3) != b'*') && self.keeps_doc();
        if is_doc && !is_kept {
            self.bytes[self.at + 2] = b' ';
        }
        self.at += 2;
        let is_closed = self.skip_block();
        let kind = if is_doc { CommentKind::Doc } else { CommentKind::Block };
        self.comment(start, kind, is_closed && !is_kept);
    }

    /// Skips from the start of a block comment to its end, past nested comments. Returns whether
    /// the comment is closed.
    fn skip_block(&mut self) -> bool {
        let mut depth = 1usize;
        while depth > 0 {
            let Some(found) = memchr::memchr2(b'/', b'*', &self.bytes[self.at.min(self.bytes.len())..])
            else {
                self.at = self.bytes.len();
                return false;
            };
            self.at += found;
            match (self.peek(0), self.peek(1)) {
                (b'/', b'*') => {
                    depth += 1;
                    self.at += 2;
                }
                (b'*', b'/') => {
                    depth -= 1;
                    self.at += 2;
                }
                _ => self.at += 1,
            }
        }
        true
    }
}
