//! The blocks of code in Markdown that are doctests, by rustdoc's own parser and its rules for the
//! words after a fence.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::text::Placed;

/// A block of code.
#[derive(Debug)]
pub struct Block {
    /// Its code, without the marks of hidden lines.
    pub code: Placed,
    /// The edition that it asks for.
    pub edition: Option<u16>,
}

/// The extensions that rustdoc parses documentation with, as far as they can move a block.
const EXTENSIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// Returns whether text may have a block of indented code. The indentation of such a block has four
/// columns, and may follow the mark of a list item or a quotation.
pub fn may_be_indented(text: &[u8]) -> bool {
    memchr::memchr(b'\t', text).is_some() || memchr::memmem::find(text, b"    ").is_some()
}

/// The blocks that are compiled, in order.
pub fn blocks(text: &Placed) -> Vec<Block> {
    let may_have_code =
        text.text.contains("```") || text.text.contains("~~~") || may_be_indented(text.text.as_bytes());
    let mut blocks = Vec::new();
    if !may_have_code {
        return blocks;
    }
    let mut open: Option<(Words, Placed)> = None;
    for (event, range) in Parser::new_ext(&text.text, EXTENSIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words))) => {
                open = Some((Words::of(&words), Placed::default()));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                open = Some((Words::of(""), Placed::default()));
            }
            Event::Text(line) => {
                if let Some((_, code)) = &mut open {
                    match text.text.get(range.clone()) {
                        Some(written) if *written == *line => code.push_part(text, range),
                        _ => code.push_made(&line),
                    }
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let block = open.take().filter(|(words, _)| words.is_compiled());
                blocks
                    .extend(block.map(|(words, code)| Block { code: shown(&code), edition: words.edition }));
            }
            _ => {}
        }
    }
    blocks
}

/// The code that is compiled: lines that start with `# ` are hidden from readers, and `##` stands
/// for a `#`.
fn shown(code: &Placed) -> Placed {
    let mut shown = Placed::default();
    let mut start = 0;
    for line in code.text.split_inclusive('\n') {
        let end = start + line.len();
        let space = line.len() - line.trim_start().len();
        let first = start + space;
        let trimmed = line.trim();
        if trimmed.starts_with("##") {
            shown.push_part(code, start..first);
            shown.push_part(code, first + 1..end);
        } else if trimmed.starts_with("# ") {
            shown.push_part(code, first + 2..end);
        } else if trimmed == "#" {
            shown.push_part(code, first + 1..end);
        } else {
            shown.push_part(code, start..end);
        }
        start = end;
    }
    shown
}

/// The meaning of the words after a fence.
#[derive(Debug, Default, PartialEq, Eq)]
struct Words {
    /// Whether a word says that the block is Rust.
    says_rust: bool,
    /// Whether a word is none that rustdoc knows, such as the name of another language.
    says_other: bool,
    /// Whether the block is none of rustdoc's.
    is_custom: bool,
    /// Whether the block is not compiled, or is not meant to compile.
    is_left_out: bool,
    edition: Option<u16>,
}

impl Words {
    fn of(info: &str) -> Self {
        let mut words = Self::default();
        for word in split(info) {
            words.add(word);
        }
        words
    }

    fn add(&mut self, word: &str) {
        let is_error = |code: &str| code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit());
        match word {
            "rust" => self.says_rust = true,
            "custom" => self.is_custom = true,
            "ignore" | "compile_fail" => {
                self.is_left_out = true;
                self.says_rust |= !self.says_other;
            }
            "should_panic" | "no_run" | "test_harness" | "standalone" | "standalone_crate" | "allow_fail" => {
                self.says_rust |= !self.says_other;
            }
            // Left out of builds for one target only.
            _ if word.starts_with("ignore-") => self.says_rust |= !self.says_other,
            _ if word.strip_prefix('E').is_some_and(is_error) => self.says_rust |= !self.says_other,
            _ => match word.strip_prefix("edition") {
                Some(edition) => self.edition = edition.parse().ok(),
                None => self.says_other = true,
            },
        }
    }

    fn is_compiled(&self) -> bool {
        !self.is_custom && !self.is_left_out && (self.says_rust || !self.says_other)
    }
}

/// The words after a fence, without attributes in braces and comments in parentheses.
fn split(info: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0usize;
    let words = info.split(move |c: char| {
        match c {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            _ => return depth > 0 || matches!(c, ' ' | ',' | '\t'),
        }
        true
    });
    words.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_whether_a_block_is_compiled() {
        for compiled in [
            "",
            "rust",
            "should_panic",
            "no_run",
            "edition2018",
            "rust,edition2021",
            "ignore-wasm",
            "no_run, rust",
            "text,rust",
            "{.class}",
            "rust (as a comment)",
        ] {
            assert!(Words::of(compiled).is_compiled(), "{compiled}");
        }
        for left_out in [
            "text",
            "toml",
            "ignore",
            "rust,ignore",
            "compile_fail",
            "compile_fail,E0277",
            "custom",
            "console,no_run",
        ] {
            assert!(!Words::of(left_out).is_compiled(), "{left_out}");
        }
        assert_eq!(Words::of("edition2018,no_run").edition, Some(2018));
    }
}
